"""What the frozen program is made from, and what is left out of it."""

from __future__ import annotations

import re
import sys
import sysconfig
from collections.abc import Callable, Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path, PurePath

Entry = tuple[str, str, str]
"""A row of PyInstaller's tables: where the file is to be, where it is, and of which type it is."""

Imports = Callable[[str], Iterable[str]]
"""Says of a library the names of those that it loads, and that those load."""

PACKAGES = ("briefing", "anyascii._data")
"""Packages of which every module is wanted, also those that are imported by names put together at run time."""

EXCLUDED = (
    # Of pikepdf and lxml: for pictures and pages, which the program has no use for.
    *("PIL", "lxml.html", "lxml.isoschematron", "lxml.objectify"),
    # Of Qt's own bindings: what is imported nowhere here.
    "PySide6.QtNetwork",
    # Of Python: what its own modules import for those who type at them, and for servers.
    *("tkinter", "curses", "readline", "pydoc", "doctest", "unittest", "test", "setuptools", "pip", "lib2to3"),
    *("xmlrpc", "ftplib", "http.server"),
)
"""Modules that somebody imports, and that this program does without."""

PLUGINS = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qsvg", "qgif", "qjpeg", "qico", "qwebp"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qgtk3", "qxdgdesktopportal"},
    "printsupport": {"cupsprintersupport"},
    "styles": {"qmodernwindowsstyle", "qmacstyle"},
    "wayland-decoration-client": {"adwaita", "bradient"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": set(),
}
"""Plugins of Qt that are kept, by their folders; the names are without `lib` and ending."""

WORDS = Path(__file__).parents[2] / "resources" / "words"
"""Where the words of the page are, a file for each language but English."""

_DATA_LEFT_OUT = (("PySide6", "Qt", "translations"), ("pycountry", "locales"))
"""Folders of other people's data: names in other languages, which nobody asks for."""


def kept_data(datas: Iterable[Entry], *, platform: str = sys.platform) -> list[Entry]:
    """Return the rows of data files that are wanted.

    On Linux, PyInstaller puts links to the libraries of wheels among them, which these find each other without.
    """
    return [
        row
        for row in datas
        if not any(PurePath(row[0]).parts[: len(each)] == each for each in _DATA_LEFT_OUT)
        and not _is_of_another_language(PurePath(row[0]))
        and not (platform == "linux" and row[2] == "SYMLINK")
    ]


def kept_binaries(binaries: Iterable[Entry], imports: Imports, *, platform: str = sys.platform) -> list[Entry]:
    """Return the rows of libraries that are wanted; `imports` says which files a library loads.

    Of Qt, these are the plugins above and what they and the program's own modules load. On Linux, what the system has
    is the system's: packages depend on it, and it is kept up to date there.
    """
    rows = [row for row in binaries if _is_wanted(row) and not (platform == "linux" and _is_system_s(row))]
    loaded = {name for row in rows if not _is_qt_library(row[0]) for name in imports(row[1])}
    return [row for row in rows if not _is_qt_library(row[0]) or PurePath(row[0]).name in loaded]


def _is_of_another_language(file: PurePath) -> bool:
    """Whether it says how dates and numbers are written in a language that the program has no words of."""
    if file.parts[:2] != ("babel", "locale-data") or file.suffix != ".dat":
        return False
    spoken = {"root", "en", *(words.stem for words in WORDS.glob("*.po"))}
    return file.stem.partition("_")[0] not in spoken


def _is_wanted(row: Entry) -> bool:
    parts = PurePath(row[0]).parts
    if parts[0] != "PySide6" or "plugins" not in parts:
        return True
    folder = parts[parts.index("plugins") + 1]
    return PurePath(row[0]).stem.removeprefix("lib") in PLUGINS.get(folder, set())


def _is_system_s(row: Entry) -> bool:
    name, source, kind = row
    return kind == "BINARY" and not name.startswith("libpython") and "-packages" not in source


def _is_qt_library(name: str) -> bool:
    path = PurePath(name)
    return path.parts[0] == "PySide6" and path.parent.name == "lib"


def distributions() -> list[str]:
    """Return the names of the program's distribution and of all that it needs: they tell versions and licences."""
    return sorted(_needed("briefing", set()), key=str.lower)


def python_licence() -> list[tuple[str, str]]:
    """Return the licence of Python, and the folder that it goes to; nothing where this Python came without."""
    places = [Path(folder, "LICENSE.txt") for folder in (sysconfig.get_path("stdlib"), sys.base_prefix)]
    return [(str(file), "python-licence") for file in places if file.is_file()][:1]


def _needed(name: str, known: set[str]) -> set[str]:
    """Add a distribution, and all that it needs on this system, to those that are known, and return them."""
    try:
        package = distribution(name)
    except PackageNotFoundError:
        # Needed on other systems.
        return known
    if package.name not in known:
        known.add(package.name)
        for requirement in package.requires or ():
            if "extra ==" not in requirement:
                _needed(re.split(r"[^\w.-]", requirement, maxsplit=1)[0], known)
    return known


def version_file(packaging: Path, version: str, folder: Path) -> Path:
    """Write what Windows shows of the program's version to a file in that folder, for PyInstaller."""
    numbers = ", ".join((re.findall(r"\d+", version) + ["0"] * 4)[:4])
    text = (packaging / "windows" / "version_info.txt").read_text(encoding="utf-8")
    file = folder / "version_info.txt"
    file.write_text(text.format(numbers=numbers, version=version), encoding="utf-8")
    return file
