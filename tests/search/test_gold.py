"""What comes first for a query typed by hand: see gold.yaml."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from briefing.library.library import Library
from briefing.resources import bundled_library
from tests.search.gold_library import MADE_UP, TYPED, make_gold_library

if TYPE_CHECKING:
    from collections.abc import Iterator

GOLD: dict[str, dict[str, dict[str, str]]] = yaml.load(
    Path(__file__).with_name("gold.yaml").read_text(encoding="utf-8"), yaml.CBaseLoader
)
ASKED = [(library, name) for library, classes in GOLD.items() for name in classes]


@pytest.fixture(scope="session")
def libraries(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Library]]:
    made = tmp_path_factory.mktemp("gold")
    make_gold_library(made / "large")
    opened = {
        name: Library(folder, cache=made / "cache")
        for name, folder in (("bundled", bundled_library()), ("large", made / "large"))
    }
    for library in opened.values():
        library.update()
    yield opened
    for library in opened.values():
        library.close()


def test_the_libraries_of_the_gold_set_are_whole(libraries: dict[str, Library]) -> None:
    typed = sum(map(len, yaml.load(TYPED.read_text(encoding="utf-8"), yaml.CBaseLoader).values()))
    assert libraries["large"].counts().records == MADE_UP + typed
    assert [problem for problem in libraries["large"].problems() if problem.file.startswith("typed")] == []
    assert set(libraries) == set(GOLD)


def test_the_gold_set_has_queries_of_every_class() -> None:
    classes: Counter[str] = Counter()
    for each in GOLD.values():
        classes.update({name: len(queries) for name, queries in each.items()})
    assert classes.total() >= 200
    assert len(classes) == 13
    assert min(classes.values()) >= 10


@pytest.mark.parametrize(("library", "name"), ASKED, ids=" ".join)
def test_what_is_looked_for_comes_first(libraries: dict[str, Library], library: str, name: str) -> None:
    came: list[str] = []
    for query, expected in GOLD[library][name].items():
        hits = libraries[library].search(query, 5)
        ids = [hit.id for hit in hits.hits]
        if (ids or [""])[0] != expected:
            came.append(
                f"{query!r} wants {expected or 'nothing'!r}, came {ids} for {str(hits.showing or hits.query)!r}"
            )
    assert not came, "\n".join(["", *came])
