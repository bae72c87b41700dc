"""What stands on a dossier's cover, to be typed: title, subtitle, for whom, from whom, date."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLabel, QVBoxLayout, QWidget

from briefing.app.line_edit import LineEdit
from briefing.records.dates import EdtfDate, parse_date

if TYPE_CHECKING:
    from briefing.app.theme import Theme
    from briefing.records.dossier import Dossier

LONGEST = 300
BETWEEN = ";"
"""Parts several names on one line: a name may have a comma in it."""
_WIDTH = 480


class CoverDialog(QDialog):
    """Shows the cover of a dossier in fields; `chosen` comes with the dossier as it is to be."""

    chosen = Signal(object)

    def __init__(self, dossier: Dossier, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Cover of the dossier")
        self.setMinimumWidth(_WIDTH)
        self._dossier = dossier
        self.title = self._field("Title", dossier.title, "Untitled dossier")
        self.subtitle = self._field("Subtitle", dossier.subtitle)
        self.for_ = self._field("For", _on_one_line(dossier.for_), "Minister; Private office")
        self.from_ = self._field("From", _on_one_line(dossier.from_))
        self.date = self._field("Date", str(dossier.date or ""), "2024-03-08, 2024-03, 2024-Q1 or 2024")
        self.fault = QLabel()
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.setAccessibleName("What is wrong with the date")
        palette = self.fault.palette()
        palette.setColor(self.fault.foregroundRole(), theme.colour("error"))
        self.fault.setPalette(palette)
        self.fault.hide()
        self._arrange()
        self.date.textEdited.connect(self.fault.hide)

    def _field(self, name: str, text: str, hint: str = "") -> LineEdit:
        field = LineEdit(text)
        field.setAccessibleName(name)
        field.setPlaceholderText(hint)
        field.setMaxLength(LONGEST)
        field.setCursorPosition(0)
        return field

    def _arrange(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        for field in (self.title, self.subtitle, self.for_, self.from_, self.date):
            form.addRow(field.accessibleName(), field)
        form.addRow("", self.fault)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(14)
        column.addLayout(form)
        column.addWidget(buttons)

    def accept(self) -> None:
        try:
            date = self._date()
        except ValueError as error:
            self.fault.setText(f"{error}. Write it as 2024-03-08, 2024-03, 2024-Q1 or 2024.")
            self.fault.show()
            self.date.setFocus()
            self.date.selectAll()
            return
        self.chosen.emit(
            replace(
                self._dossier,
                title=_tidy(self.title.text()),
                subtitle=_tidy(self.subtitle.text()),
                for_=_names(self.for_.text()),
                from_=_names(self.from_.text()),
                date=date,
            )
        )
        super().accept()

    def _date(self) -> EdtfDate | None:
        text = self.date.text().strip()
        return parse_date(text) if text else None


def _on_one_line(names: tuple[str, ...]) -> str:
    return f"{BETWEEN} ".join(names)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(BETWEEN) if (name := _tidy(part)))


def _tidy(text: str) -> str:
    return " ".join(text.split())
