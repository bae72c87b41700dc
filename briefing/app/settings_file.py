"""The settings file: where it is, read and migrated, written whole or not at all.

What is in it is `briefing.app.settings`'s affair; the command line, which wants two of the settings and no delay,
reads them from here.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

VERSION = 1

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""What turns a file of that version into one of the next."""


def path() -> Path:
    """Return where the settings are: `settings.json` in BRIEFING_CONFIG, else in the user's configuration folder."""
    folder: str | Path | None = os.environ.get("BRIEFING_CONFIG")
    if not folder and sys.platform == "linux":
        # What platformdirs answers here; its import alone takes half as long as a search on the command line.
        folder = Path(os.environ.get("XDG_CONFIG_HOME", "").strip() or Path.home() / ".config") / "briefing"
    elif not folder:
        # Imported here: the systems that need it pay for it.
        from platformdirs import user_config_dir

        folder = user_config_dir("briefing", appauthor=False)
    return Path(folder) / "settings.json"


def read(file: Path) -> dict[str, Any]:
    """Return the file's content at this version, empty where there is no file; ValueError where it is damaged."""
    try:
        data: Any = json.loads(file.read_bytes())
    except OSError:
        return {}
    if not isinstance(data, dict):
        raise ValueError("not an object")
    version = data.get("version")
    while isinstance(version, int) and version in MIGRATIONS:
        data = MIGRATIONS[version](data)
        version = data.get("version")
    return dict(data)


def is_device(file: Path) -> bool:
    """Whether it is something that holds no settings and must stay as it is, such as /dev/null."""
    return file.exists() and not file.is_file()


def write(file: Path, data: dict[str, Any]) -> None:
    """Write settings, whole or not at all; raises OSError where that cannot be."""
    if is_device(file):
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        # A library's path need not be UTF-8; json reads back what stands for its odd bytes.
        with beside.open("w", encoding="utf-8", errors="surrogatepass") as stream:
            json.dump(data, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def set_aside(file: Path) -> str:
    """Move a damaged file out of the way; return where it is now, or nothing where it stays."""
    if is_device(file):
        return ""
    aside = file.with_name(f"{file.stem}.damaged{file.suffix}")
    try:
        file.replace(aside)
    except OSError:
        return ""
    return str(aside)
