"""The `briefing` command: it opens the window, or works without one."""

from briefing.cli.main import main

__all__ = ["main"]
