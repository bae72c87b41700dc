"""What can be picked in one part of the window and put into a dossier: a value, and the same while it is dragged."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Literal, get_args

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QDrag, QFontMetrics, QPainter, QPalette, QPixmap

from briefing.app.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget

MIME = "application/x-briefing-picks"
LONGEST = 1_000_000
"""How many bytes of what was dragged are read: it may come from any program."""

What = Literal["record", "below", "section", "range", "group", "hits", "query"]


@dataclass(frozen=True, slots=True)
class Pick:
    """Something of the library: a record, one with all that nests below it, a part of the tree, or a search.

    `kind` is that of the records of a section, a range or a group, `id` that of the record or of the one that a group
    is related to, `begins` and `first` are where a range starts. `hits` are the records that a query finds now,
    `query` is the search itself. `text` is what it is called.
    """

    what: What
    text: str = ""
    id: str = ""
    kind: str = ""
    begins: str = ""
    first: str = ""
    query: str = ""


def packed(picks: Iterable[Pick]) -> QMimeData:
    """Return picks as they are dragged; for other programs they are their texts, a line each."""
    picks = tuple(picks)
    data = QMimeData()
    data.setData(MIME, json.dumps([asdict(each) for each in picks]).encode())
    data.setText("\n".join(one_line(each.text) for each in picks))
    return data


def picks_in(data: QMimeData) -> tuple[Pick, ...]:
    """Return the picks that are dragged; none where it is something else."""
    if not data.hasFormat(MIME):
        return ()
    raw = data.data(MIME)
    try:
        found: Any = json.loads(bytes(raw.data())) if raw.size() <= LONGEST else []
    except ValueError:
        return ()
    made = [_made(each) for each in found] if isinstance(found, list) else []
    return tuple(each for each in made if each is not None)


def _made(plain: object) -> Pick | None:
    names = {field.name for field in fields(Pick)}
    if not isinstance(plain, dict) or not plain.keys() <= names or plain.get("what") not in get_args(What):
        return None
    return Pick(**plain) if all(isinstance(value, str) for value in plain.values()) else None


_WIDEST = 320
_SPACE = 8


def drag(source: QWidget, picks: Sequence[Pick]) -> None:
    """Have the user drag picks out of a widget; returns when they were dropped."""
    if not picks:
        return
    dragging = QDrag(source)
    dragging.setMimeData(packed(picks))
    dragging.setPixmap(_label(source, picks))
    dragging.setHotSpot(QPoint(-_SPACE, -_SPACE))
    dragging.exec(Qt.DropAction.CopyAction)


def _label(source: QWidget, picks: Sequence[Pick]) -> QPixmap:
    """Return what is seen under the mouse: the text of the first, and how many more."""
    metrics = QFontMetrics(source.font())
    more = f"  +{len(picks) - 1:,}" if len(picks) > 1 else ""
    text = metrics.elidedText(one_line(picks[0].text), Qt.TextElideMode.ElideRight, _WIDEST) + more
    scale = source.devicePixelRatioF()
    width, height = metrics.horizontalAdvance(text) + 2 * _SPACE, metrics.height() + _SPACE
    pixmap = QPixmap(round(width * scale), round(height * scale))
    pixmap.setDevicePixelRatio(scale)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(source.font())
    colours = source.palette()
    painter.setPen(colours.color(QPalette.ColorRole.Mid))
    painter.setBrush(colours.color(QPalette.ColorRole.Base))
    place = QRectF(0.5, 0.5, width - 1, height - 1)
    painter.drawRoundedRect(place, 5, 5)
    painter.setPen(colours.color(QPalette.ColorRole.Text))
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    painter.end()
    return pixmap
