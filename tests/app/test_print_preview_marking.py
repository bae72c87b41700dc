from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefing.app.print_preview.marking_option import OWN
from briefing.app.print_preview.preview import PrintPreview
from briefing.app.session import Address
from briefing.records import markings
from tests.app.fake_typesetter import FakeTypesetter, said
from tests.app.reading_library import write_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme

TALKS = Address("record", "talks")
FILES = {
    "library.yaml": "briefing: 1\ntitle: Marked\nmarking: TLP:CLEAR\n",
    "talks.yaml": """\
kind: note
title: Talks
marking: TLP:GREEN
claims:
  - text: They met.
  - text: One was not pleased.
    marking: TLP:RED
  - text: The sum is secret.
    marking: TLP:AMBER
""",
}


@pytest.fixture
def shown(
    qtbot: QtBot,
    session: Session,
    theme: Theme,
    settings: Settings,
    jobs: Jobs,
    tmp_path: Path,
    typesetter: FakeTypesetter,
) -> Iterator[PrintPreview]:
    session.open_library(write_library(tmp_path / "marked", FILES))
    preview = PrintPreview(session, theme, jobs, settings, typesetter=lambda: typesetter)
    qtbot.addWidget(preview)
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.open_for(TALKS)
    yield preview
    preview.close()


def choose(preview: PrintPreview, label: str) -> None:
    row = preview.marking.list.findData(label)
    preview.marking.list.setCurrentIndex(row)
    preview.marking.list.activated.emit(row)


def test_what_is_printed_is_marked_as_its_highest_part(shown: PrintPreview) -> None:
    option = shown.marking
    assert option.list.currentText() == f"{OWN}: TLP:RED"
    assert [option.list.itemData(row) for row in range(option.list.count())] == ["", *markings.all_markings()]
    assert option.leave_out.isHidden()


def test_what_stands_in_the_way_is_listed_and_no_page_is_shown(qtbot: QtBot, shown: PrintPreview) -> None:
    with qtbot.waitSignal(shown.composing.failed):
        choose(shown, "TLP:GREEN")
    option = shown.marking
    assert said(shown) == ("2 parts stand in the way of printing at TLP:GREEN. Leave them out, or print at TLP:RED.")
    assert option.said.text() == "2 parts stand in the way of printing at TLP:GREEN:"
    parts = [option.parts.item(row).text() for row in range(option.parts.count())]
    assert len(parts) == 2
    assert "One was not pleased" in parts[0]
    assert parts[0].endswith("TLP:RED")
    assert not option.leave_out.isHidden()
    # A page that stayed would be one of another marking than the one that is chosen.
    assert shown.pages.count == 0
    assert not shown.tools.save.isEnabled()


def test_what_is_left_out_is_counted(qtbot: QtBot, shown: PrintPreview) -> None:
    with qtbot.waitSignal(shown.composing.failed):
        choose(shown, "TLP:GREEN")
    with qtbot.waitSignal(shown.pages.first_drawn):
        shown.marking.leave_out.click()
    assert shown.marking.said.text() == "2 parts left out"
    assert shown.marking.parts.isHidden()
    with qtbot.waitSignal(shown.pages.first_drawn):
        choose(shown, "TLP:AMBER")
    assert shown.marking.said.text() == "1 part left out"


def test_what_is_printed_next_begins_with_its_own_marking(qtbot: QtBot, shown: PrintPreview) -> None:
    with qtbot.waitSignal(shown.composing.failed):
        choose(shown, "TLP:GREEN")
    shown.close()
    with qtbot.waitSignal(shown.pages.first_drawn):
        shown.open_for(TALKS)
    assert shown.marking.marking == ""
    assert shown.marking.list.currentText() == f"{OWN}: TLP:RED"
    assert not shown.marking.leave_out.isChecked()
    assert shown.marking.parts.isHidden()
