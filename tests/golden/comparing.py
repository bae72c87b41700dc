"""Golden files: what a document looked like when somebody last looked at it.

To renew them after a change that is meant, run the tests with UPDATE_GOLDEN=1 in the environment, and read the
difference that git shows before it is committed:

    UPDATE_GOLDEN=1 pytest tests/document tests/printing && git diff tests/golden
"""

from __future__ import annotations

import os
from pathlib import Path

FOLDER = Path(__file__).parent


def check_golden(text: str, name: str) -> None:
    """Compare a text with the golden file of that name, or renew the file where that is asked for."""
    path = FOLDER / name
    if os.environ.get("UPDATE_GOLDEN"):
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")
