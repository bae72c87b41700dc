"""A library in a folder of its own, with a cache of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.library.shelf import Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("BRIEFING_CACHE", str(folder))
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    folder, texts = tmp_path / "library", tmp_path / "texts"
    folder.mkdir()
    texts.mkdir()
    made = Shelf(folder, texts)
    yield made
    made.close()
