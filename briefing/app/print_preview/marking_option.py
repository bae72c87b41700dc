"""At which marking the print is, and what becomes of what is marked higher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QListWidget

from briefing.app.print_preview.options import Option
from briefing.app.wording import count, one_line
from briefing.records import markings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.app.theme import Theme

OWN = "As its highest part"
_CHIP = QSize(14, 14)
_LINES = 18


class MarkingOption(Option):
    """The markings of every scheme; below them what was left out, or what stands in the way."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Marking")
        self.list = QComboBox()
        self.list.setAccessibleName("Marking")
        self.list.setToolTip("The marking at the head and the foot of each page")
        self.list.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.list.setIconSize(_CHIP)
        self.list.addItem(OWN, "")
        for label in markings.all_markings():
            self.list.addItem(_chip(label), label, label)
            self.list.setItemData(self.list.count() - 1, markings.meaning(label), Qt.ItemDataRole.ToolTipRole)
        self.leave_out = QCheckBox("Leave out what is marked higher")
        self.said = self.quiet_label()
        self.said.setAccessibleName("What is marked higher")
        self.parts = QListWidget()
        self.parts.setObjectName("preview-parts")
        self.parts.setAccessibleName("What stands in the way")
        self.parts.setFrameShape(QFrame.Shape.NoFrame)
        self.parts.setWordWrap(True)
        self.parts.setFont(theme.font(0.9))
        self.parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for widget in (self.list, self.leave_out, self.said, self.parts):
            self.column.addWidget(widget)
        self.list.activated.connect(self._chosen)
        self.leave_out.toggled.connect(lambda _: self.changed.emit())
        self.reset()

    def chosen(self) -> dict[str, Any]:
        return {"marking": self.marking, "leave_out_higher": self.leave_out.isChecked()}

    @property
    def marking(self) -> str:
        """The label that is chosen, or nothing for the highest of the parts."""
        return str(self.list.currentData())

    def reset(self) -> None:
        """Begin with nothing chosen: what is printed next is marked as its parts are."""
        for widget in (self.list, self.leave_out):
            widget.blockSignals(True)
        self.list.setCurrentIndex(0)
        self.list.setItemText(0, OWN)
        self.leave_out.setChecked(False)
        for widget in (self.list, self.leave_out):
            widget.blockSignals(False)
        self.leave_out.setVisible(False)
        self._last = ""
        self._say("", ())

    def show_composed(self, marking: str, left_out: int) -> None:
        """Show at which marking the document is, and how many of its parts were left out."""
        if not self.marking and marking:
            self.list.setItemText(0, f"{OWN}: {marking}")
        self._say(f"{count(left_out, 'part')} left out" if left_out else "", ())

    def show_refused(self, what: str, parts: Sequence[str]) -> None:
        """Show what stands in the way of the marking that is chosen."""
        self._say(f"{what}:", parts)

    def _chosen(self) -> None:
        if self.marking != self._last:
            self._last = self.marking
            self.leave_out.setVisible(bool(self.marking))
            self._say("", ())
            self.changed.emit()

    def _say(self, sentence: str, parts: Sequence[str]) -> None:
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        self.parts.clear()
        self.parts.addItems([one_line(part) for part in parts])
        for row in range(self.parts.count()):
            self.parts.item(row).setToolTip(self.parts.item(row).text())
        self.parts.setVisible(bool(parts))
        self.parts.setFixedHeight(self.parts.fontMetrics().height() * min(4 * len(parts), _LINES) + 16)


def _chip(label: str) -> QIcon:
    """Return the colours of a marking as a small picture of how it stands on the page."""
    foreground, background = markings.colour(label)
    picture = QPixmap(_CHIP * 4)
    picture.fill(QColor(background))
    painter = QPainter(picture)
    painter.fillRect(12, 22, 32, 12, QColor(foreground))
    painter.end()
    return QIcon(picture)
