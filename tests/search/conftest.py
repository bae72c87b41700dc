"""The library that searching is tested on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.search.shelf import RECORDS, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    shelf = Shelf(tmp_path_factory.mktemp("shelf") / "index", RECORDS)
    yield shelf
    shelf.index.close()
