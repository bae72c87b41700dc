from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import pytest

from briefing.library import ranges
from briefing.library.answers import Start

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.library.library import Library
    from tests.library.shelf import Shelf


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "LONG", 8)
    monkeypatch.setattr(ranges, "SHORTEST", 2)
    monkeypatch.setattr(ranges, "LONGEST", 4)


def write(shelf: Shelf, titles: Iterable[str], name: str = "events") -> None:
    """Write events into one file; their ids are made of the file's name and a number."""
    shelf.write(
        f"{name}.yaml",
        "---\n".join(f"kind: event\nid: {name}-{at}\ntitle: '{each}'\n" for at, each in enumerate(titles)),
    )


def names(library: Library) -> list[str]:
    return [f"{each.begins} - {each.ends}" for each in library.ranges("event")]


def held(library: Library) -> list[list[str]]:
    """Return the titles in each range, having looked whether they are as many as the range says."""
    found = []
    for each in library.ranges("event"):
        cards = library.range_cards("event", each.start)
        assert len(cards) == each.records
        assert {library.range_of(card.id) for card in cards} == {each.start}
        found.append([card.title for card in cards])
    assert not found or list(chain(*found)) == [card.title for card in library.cards("event")]
    return found


LETTERS = [f"{first}{second}" for first in "ABCDEF" for second in "aeo"]


def test_a_section_that_is_not_long_is_not_parted(shelf: Shelf) -> None:
    write(shelf, LETTERS[:8])
    library = shelf.indexed()
    assert library.ranges("event") == []
    assert library.range_of("events-0") is None


def test_a_long_section_is_parted_where_the_fewest_letters_tell_its_ends_apart(shelf: Shelf) -> None:
    write(shelf, LETTERS)
    library = shelf.indexed()
    assert held(library) == [LETTERS[at : at + 3] for at in (0, 3, 6, 9)] + [LETTERS[12:]]
    assert names(library) == ["A - A", "B - B", "C - C", "D - D", "E - F"]


def test_an_end_is_never_shorter_than_what_it_begins_with(shelf: Shelf) -> None:
    write(shelf, [*(f"export {letter}" for letter in "abcdefg"), "fish", "fowl"])
    library = shelf.indexed()
    assert held(library)[1] == ["export e", "export f", "export g", "fish", "fowl"]
    assert names(library) == ["E - Export d", "Export e - F"]
    shelf.write("more.yaml", "---\n".join(f"kind: event\nid: f{at}\ntitle: f{at}\n" for at in range(4)))
    library.update()
    assert names(library) == ["E - Export d", "Export e - Export g", "F - F"]


@pytest.mark.parametrize(
    ("titles", "wanted"),
    [
        (["가나", "가다", "가라", "나가", "나다", "나라", "다가", "다나", "다라"], ["가 - 가", "나 - 다"]),
        (["한국", "한글", "한강", "한식", "한옥", "한복", "한류", "한파", "한방"], ["한 - 한류", "한방 - 한파"]),
        (["कि", "किक", "किख", "की", "कीक", "कीख", "कु", "कुक", "कुख"], ["कि - कि", "की - कु"]),
        (["क्षा", "क्षि", "क्षु", "ज्ञा", "ज्ञि", "ज्ञु", "त्रा", "त्रि", "त्रु"], ["क्षा - ज्ञा", "ज्ञि - त्रु"]),
        (["中国", "中文", "中东", "北京", "北方", "北约", "日本", "日元", "日内"], ["中 - 中", "北 - 日"]),
        ([f"Round {each}" for each in (1, 2, 10, 11, 12, 20, 21, 22, 100)], ["R - Round 11", "Round 12 - Round 100"]),
        (["“Ábaco”", "“Abacus”", "Àb", "b", "“Ça”", "c", "Émile", "e", "f"], ["À - B", "C - F"]),
    ],
)
def test_a_name_is_of_whole_letters_in_any_script(shelf: Shelf, titles: list[str], wanted: list[str]) -> None:
    write(shelf, titles)
    library = shelf.indexed()
    assert len(held(library)) == 2
    assert names(library) == wanted


def test_records_with_one_title_are_parted_too(shelf: Shelf) -> None:
    write(shelf, ["Round"] * 20)
    library = shelf.indexed()
    assert [len(each) for each in held(library)] == [4, 4, 4, 4, 4]
    assert names(library) == ["R - Round", *["Round - Round"] * 4]


def test_ranges_stay_where_they_are_while_records_come_and_go(shelf: Shelf) -> None:
    write(shelf, LETTERS)
    library = shelf.indexed()
    before = [each.start for each in library.ranges("event")]
    shelf.write("new.yaml", "kind: event\ntitle: Cz\n")
    library.update()
    assert held(library)[2] == ["Ca", "Ce", "Co", "Cz"]
    shelf.write("new.yaml", "kind: event\ntitle: Az\n")
    library.update()
    assert held(library)[:3] == [["Aa", "Ae", "Ao", "Az"], ["Ba", "Be", "Bo"], ["Ca", "Ce", "Co"]]
    shelf.remove("new.yaml")
    library.update()
    assert len(held(library)[0]) == 3
    write(shelf, [each for each in LETTERS if not each.startswith("B")])
    library.update()
    assert [each.start for each in library.ranges("event")] == [*before[:1], *before[2:]]
    assert ["Ba"] not in held(library)
    write(shelf, LETTERS)
    library.update()
    held(library)
    assert [each.start for each in library.ranges("event")] == before


def test_a_range_that_grew_too_long_is_parted_and_the_others_are_not(shelf: Shelf) -> None:
    write(shelf, LETTERS)
    library = shelf.indexed()
    before = [each.start for each in library.ranges("event")]
    write(shelf, [f"B{letter}{letter}" for letter in "abcdefgh"], "more")
    library.update()
    after = [each.start for each in library.ranges("event")]
    assert [each for each in after if each in before] == before
    assert after[1:4] == [Start("b", ""), Start("bd", ""), Start("bg", "")]
    held(library)


def test_of_records_with_one_id_only_one_is_in_a_range(shelf: Shelf) -> None:
    write(shelf, LETTERS)
    shelf.write("z.yaml", "kind: event\nid: events-0\ntitle: Za\n")
    library = shelf.indexed()
    assert "Za" not in held(library)[-1]
    shelf.remove("events.yaml")
    write(shelf, LETTERS[1:], "others")
    library.update()
    assert held(library)[-1][-1] == "Za"


def test_a_section_that_became_short_is_whole_again(shelf: Shelf) -> None:
    write(shelf, LETTERS)
    library = shelf.indexed()
    write(shelf, LETTERS[:5])
    library.update()
    assert len(held(library)) == 2
    write(shelf, LETTERS[:4])
    library.update()
    assert library.ranges("event") == []
    assert len(library.cards("event")) == 4


def test_ranges_that_have_nearly_nothing_left_are_put_together(shelf: Shelf) -> None:
    write(shelf, [f"{letter}{number}" for letter in "ABCDEFGHIJKL" for number in (1, 2, 3)])
    library = shelf.indexed()
    assert len(library.ranges("event")) > 10
    write(shelf, [f"{letter}1" for letter in "ABCDEFGHI"])
    library.update()
    assert [len(each) for each in held(library)] == [4, 5]


def test_a_first_index_is_parted_as_far_as_it_has_come(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.library.indexer._FIRST_COMMIT_SECONDS", 0.0)
    for at in range(50):
        write(shelf, [f"{'ABCDE'[at % 5]}{at}"], f"file-{at}")
    library, reader = shelf.open(), shelf.open()
    seen = []

    def look(*_: object) -> bool:
        reader.refresh()
        seen.append(sum(map(len, held(reader))))
        return False

    library.update(cancelled=look)
    assert sum(map(len, held(library))) == 50
    assert [number for number in seen if 8 < number < 50]


def test_a_title_is_found_by_how_it_begins(shelf: Shelf) -> None:
    write(shelf, [*LETTERS, "Élan vital", "한국 대화"])
    library = shelf.indexed()

    def title(begin: str) -> str | None:
        found = library.titled("event", begin)
        card = library.card(found) if found else None
        return card.title if card else None

    assert [title(begin) for begin in ("e", "EL", "한", "c", "ce", "zz", " ")] == [
        "Ea",
        "Élan vital",
        "한국 대화",
        "Ca",
        "Ce",
        None,
        None,
    ]
