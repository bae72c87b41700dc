"""How the program starts itself again: a second window, the keeper of the index, what the self-test tries."""

from __future__ import annotations

import sys


def command(*words: str) -> tuple[str, ...]:
    """Return what runs `briefing` with these words in a process of its own."""
    # In a bundle that PyInstaller made, the interpreter is the program itself. Elsewhere, -P keeps Python from
    # importing what lies in the folder that one happens to be in.
    start = () if getattr(sys, "frozen", False) else ("-P", "-m", "briefing")
    return (sys.executable, *start, *words)
