"""A library to be read in: a few records with claims, a source and dates, in a folder of its own."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.app.session import Changes
from briefing.library.cache import Cache
from briefing.library.library import Library

if TYPE_CHECKING:
    from briefing.app.session import Session

FILES = {
    "library.yaml": "briefing: 1\ntitle: Small library\nhome: trilateral\nmarking: TLP:CLEAR\n",
    "india.yaml": "kind: country\ntitle: India\niso: IN\nsummary: A country in South Asia.\n",
    "korea.yaml": "kind: country\ntitle: South Korea\niso: KR\n",
    "chips.yaml": "kind: technology\ntitle: Semiconductors\n",
    "trilateral.yaml": """\
kind: dialogue
title: Trilateral dialogue
aliases: [Tri]
summary: Three governments plan to talk about technology.
members: [india, korea]
technologies: chips
announced: 2023-12
next_due: 2024-Q1
body: |
  They met in Séoul. See [[india]] and [[nowhere]].

  Filler one.

links:
  - title: A page
    url: https://example.org/page
claims:
  - id: first
    text: A first round is planned for the first quarter of 2024.
    source: article
    at: 1-2
    quote: first quarter of 2024
  - id: second
    text: China answers slowly.
    source: article
    at: 4
  - id: bare
    text: Nobody said this.
""",
    "article.yaml": """\
kind: source
title: An article
published: 2023-12
gists:
  - The plan is told.
  - The quarter is named.
  - Others are quoted.
  - China is mentioned.
""",
    "meeting.yaml": "kind: event\ntitle: First meeting\ndate: 2023-08\ndialogue: trilateral\ncountries: [india]\n",
}
BROKEN = "kind: country\ntitle: Atlantis\nsumary: |\n  Sunk.\niso: ZZ\n"


_TEMPLATE = tempfile.TemporaryDirectory(prefix="briefing-small-", ignore_cleanup_errors=True)


def write_library(folder: Path, files: dict[str, str] | None = None) -> Path:
    """Write the files of a library, by default the small one, and catalogue it.

    The small one is catalogued once and then copied, which is ten times as fast.
    """
    if files is not None:
        return _written(folder, files)
    template = Path(_TEMPLATE.name, "small")
    kept = Path(_TEMPLATE.name, "cache")
    if not template.exists():
        _written(template, FILES)
        shutil.copytree(Cache(template).folder, kept)
    shutil.copytree(template, folder)
    shutil.copytree(kept, Cache(folder).folder, dirs_exist_ok=True)
    return folder


def _written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    update(folder)
    return folder


def update(folder: Path) -> Changes:
    """Bring the catalogue up to date, as the indexing process does, and return what changed."""
    with Library(folder) as library:
        done = library.update()
    return Changes(generation=done.generation, ids=done.changed, everything=False)


def change(session: Session, name: str, text: str) -> None:
    """Save a file of the open library, and let the session know."""
    assert session.library is not None
    folder = session.library.folder
    (folder / name).write_text(text, encoding="utf-8")
    session.index_updated(update(folder))
