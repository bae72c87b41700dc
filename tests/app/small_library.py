"""A small library of real files, for what needs the real thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.library.library import Library

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "library.yaml": "briefing: 1\ntitle: Small library\nhome: icet\n",
    "countries/india.yaml": "kind: country\ntitle: India\niso: IN\naliases: [Bharat]\nsummary: Works with many.\n",
    "countries/south-korea.yaml": "kind: country\ntitle: South Korea\niso: KR\n",
    "dialogues/icet.yaml": (
        "kind: dialogue\ntitle: iCET\nmembers: [india]\ntechnologies: [6g]\nsummary: Work on semiconductors and 6G.\n"
    ),
    "dialogues/quad.yaml": "kind: dialogue\ntitle: Quad\nmembers: [india]\ntechnologies: [6g]\nsummary: Four states.\n",
    "technologies/telecoms.yaml": "kind: technology\ntitle: Telecommunications\n",
    "technologies/6g.yaml": "kind: technology\ntitle: 6G\nbroader: telecoms\n",
}


def write_library(folder: Path, files: dict[str, str] = FILES) -> Path:
    """Write the files of a library; return the folder."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def index(folder: Path) -> None:
    """Bring its index up to date."""
    with Library(folder) as library:
        library.update()


def small_library(folder: Path) -> Path:
    """Write and index a small library; return its folder."""
    write_library(folder)
    index(folder)
    return folder
