from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from briefing.app.picked import Pick, drag, picks_in
from briefing.app.tree.node import RANGE_KEY, Item
from briefing.app.tree.picking import pick_of, subtree_of

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData, Qt
    from pytestqt.qtbot import QtBot


@pytest.mark.parametrize(
    ("item", "pick"),
    [
        (Item("record", "r", "iCET", "dialogue", "icet"), Pick("record", "iCET", id="icet")),
        (Item("section", "s", "Dialogues", "dialogue"), Pick("section", "Dialogues", kind="dialogue")),
        (Item("group", "g", "Members", "country", "icet"), Pick("group", "Members", id="icet", kind="country")),
        (
            Item("range", f"{RANGE_KEY}bad\nbad-talks", "Bad – Baf", "dialogue"),
            Pick("range", "Bad – Baf", kind="dialogue", begins="bad", first="bad-talks"),
        ),
        (Item("search", "q", "Planned", query="status:planned"), Pick("query", "Planned", query="status:planned")),
        (Item("file", "f", "broken.yaml", file="broken.yaml"), None),
        (None, None),
    ],
)
def test_a_row_picks_what_it_stands_for(item: Item | None, pick: Pick | None) -> None:
    assert pick_of(item) == pick


def test_only_a_record_whose_kind_nests_has_a_subtree() -> None:
    assert subtree_of(Item("record", "r", "6G", "technology", "6g")) == Pick("below", "6G", id="6g")
    assert subtree_of(Item("record", "r", "iCET", "dialogue", "icet")) is None
    assert subtree_of(Item("section", "s", "Technology areas", "technology")) is None
    assert subtree_of(None) is None


def test_what_is_dragged_out_is_what_was_picked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    dragged: list[QMimeData] = []

    def dropped(self: QDrag, actions: Qt.DropAction) -> Qt.DropAction:
        dragged.append(self.mimeData())
        assert picks_in(self.mimeData()) == picks
        assert not self.pixmap().isNull()
        return actions

    monkeypatch.setattr(QDrag, "exec", dropped)
    source = QWidget()
    qtbot.addWidget(source)
    picks = (Pick("record", "iCET", id="icet"), Pick("record", "Quad", id="quad"))
    drag(source, picks)
    assert len(dragged) == 1
    drag(source, ())
    assert len(dragged) == 1
