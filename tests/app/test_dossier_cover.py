"""The dialog in which a dossier's cover is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from briefing.app.dossier.cover import CoverDialog
from briefing.records.dates import parse_date
from briefing.records.dossier import Dossier, RecordEntry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from briefing.app.theme import Theme

DOSSIER = Dossier(
    "Talks",
    "Of three",
    for_=("Minister, Trade", "Private office"),
    date=parse_date("2024-03"),
    marking="TLP:GREEN",
    entries=(RecordEntry("india"),),
)


@pytest.fixture
def dialog(qtbot: QtBot, theme: Theme) -> Iterator[CoverDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = CoverDialog(DOSSIER, theme, parent)
    made.open()
    yield made
    # Until then it is what keeps the dialog.
    parent.close()


def test_the_fields_show_what_is_there_and_give_it_back(dialog: CoverDialog, qtbot: QtBot) -> None:
    fields = [dialog.title, dialog.subtitle, dialog.for_, dialog.from_, dialog.date]
    assert [field.text() for field in fields] == ["Talks", "Of three", "Minister, Trade; Private office", "", "2024-03"]
    assert all(field.accessibleName() for field in fields)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == [DOSSIER]


def test_what_is_typed_is_tidied(dialog: CoverDialog, qtbot: QtBot) -> None:
    dialog.title.setText("  Visit   to Seoul ")
    dialog.for_.setText(" ; Minister;; 장관 ")
    dialog.from_.setText("Desk")
    dialog.date.setText(" ")
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    (dossier,) = chosen.args
    assert (dossier.title, dossier.for_, dossier.from_, dossier.date) == (
        "Visit to Seoul",
        ("Minister", "장관"),
        ("Desk",),
        None,
    )
    assert (dossier.marking, dossier.entries) == (DOSSIER.marking, DOSSIER.entries)


def test_a_date_that_is_none_is_told_and_the_dialog_stays(dialog: CoverDialog, qtbot: QtBot) -> None:
    dialog.date.setText("2024-02-31")
    with qtbot.assertNotEmitted(dialog.chosen):
        dialog.accept()
    assert dialog.isVisible()
    assert not dialog.fault.isHidden()
    assert dialog.fault.text().endswith("Write it as 2024-03-08, 2024-03, 2024-Q1 or 2024.")
    dialog.date.clear()
    QTest.keyClicks(dialog.date, "2024-Q1")
    assert dialog.fault.isHidden()
    with qtbot.waitSignal(dialog.chosen):
        dialog.accept()
