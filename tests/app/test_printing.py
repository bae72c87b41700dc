from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from briefing.app.printing import Printing
from briefing.app.session import Address
from tests.app.fake_typesetter import TRILATERAL, FakeTypesetter
from tests.app.reading_library import write_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme


@pytest.fixture
def printing(
    qtbot: QtBot,
    session: Session,
    theme: Theme,
    jobs: Jobs,
    settings: Settings,
    typesetter: FakeTypesetter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Printing]:
    from briefing.app.print_preview import preview

    monkeypatch.setattr(preview.PrintPreview.__init__, "__kwdefaults__", {"typesetter": lambda: typesetter})
    window = QWidget()
    qtbot.addWidget(window)
    session.open_library(write_library(tmp_path / "small"))
    made = Printing(session, theme, jobs, settings, window)
    yield made
    if made._preview is not None:
        made._preview.close()


def test_all_is_ready_once_a_record_is_read_in_quiet(
    qtbot: QtBot, printing: Printing, session: Session, typesetter: FakeTypesetter
) -> None:
    session.go(TRILATERAL)
    assert printing._quiet.isActive()
    assert printing._preview is None
    printing._quiet.timeout.emit()
    qtbot.waitUntil(lambda: typesetter.readied == 1)
    assert printing._preview is not None
    assert not printing._preview.isVisible()
    preview = printing._preview
    with qtbot.waitSignal(preview.pages.first_drawn):
        printing.show(TRILATERAL)
    assert printing._preview is preview


def test_reaching_for_the_button_gets_it_ready_as_well(
    qtbot: QtBot, printing: Printing, typesetter: FakeTypesetter
) -> None:
    printing.get_ready()
    qtbot.waitUntil(lambda: typesetter.readied == 1)
    printing.get_ready()
    qtbot.waitUntil(lambda: typesetter.readied == 2)


def test_only_a_record_is_printed(qtbot: QtBot, printing: Printing, session: Session) -> None:
    for address in (None, Address("file", "bad.yaml")):
        with qtbot.waitSignal(printing.said) as said:
            printing.show(address)
        assert said.args == ["Only a record can be printed."]
    session.go(Address("file", "bad.yaml"))
    assert not printing._quiet.isActive()
    assert printing._preview is None


def test_without_a_library_nothing_is_got_ready(printing: Printing, session: Session) -> None:
    session.close_library()
    printing.get_ready()
    assert printing._preview is None
