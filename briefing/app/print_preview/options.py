"""The options of a print beside its pages: each changes the order, and the pages follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from briefing.app.print_preview.gauge import Gauge
from briefing.document.templates import TEMPLATES, template_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QMouseEvent

    from briefing.app.theme import Theme
    from briefing.document.templates import Template
    from briefing.printing.order import Order, Paper

WIDTH = 272


class Option(QWidget):
    """One option under its heading."""

    changed = Signal()
    """The user chose something else."""

    def __init__(self, theme: Theme, heading: str) -> None:
        super().__init__()
        self.theme = theme
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(6)
        self._heading = QLabel(heading.upper())
        font = theme.font(0.82)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.8)
        self._heading.setFont(font)
        self.column.addWidget(self._heading)
        self._quiet = [self._heading]
        theme.changed.connect(self._colour)
        self._colour()

    def chosen(self) -> dict[str, Any]:
        """Return the fields of an order as they are chosen here."""
        return {}

    def quiet_label(self, text: str = "") -> QLabel:
        """Return a label in the colour of what is said beside."""
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        label.setFont(self.theme.font(0.9))
        self._quiet.append(label)
        self._colour()
        return label

    def _colour(self) -> None:
        for label in self._quiet:
            palette = label.palette()
            palette.setColor(label.foregroundRole(), self.theme.colour("muted"))
            label.setPalette(palette)


class Choice(QWidget):
    """A radio button with half a sentence below it that says what for."""

    def __init__(self, label: str, purpose: QLabel) -> None:
        super().__init__()
        self.button = QRadioButton(label)
        self.button.setAccessibleDescription(purpose.text())
        purpose.setIndent(22)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 4)
        column.setSpacing(0)
        column.addWidget(self.button)
        column.addWidget(purpose)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.button.setFocus(Qt.FocusReason.MouseFocusReason)
        self.button.click()


class TemplateOption(Option):
    """Which template, of those that suit what is printed."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "Template")
        self.name = TEMPLATES[0].name
        self.choices: dict[str, Choice] = {}
        self._group = QButtonGroup(self)
        for template in TEMPLATES:
            choice = Choice(template.label, self.quiet_label(template.purpose))
            self.choices[template.name] = choice
            self._group.addButton(choice.button)
            self.column.addWidget(choice)
            choice.button.toggled.connect(lambda on, name=template.name: self._toggled(on, name))
        self._show()

    def offer(self, templates: Sequence[Template]) -> None:
        """Offer these templates; the one that was chosen stays, where it is one of them."""
        names = [template.name for template in templates]
        for name, choice in self.choices.items():
            choice.setVisible(name in names)
        if self.name not in names:
            self.name = names[0]
        self._show()

    def chosen(self) -> dict[str, Any]:
        return {"template": self.name}

    @property
    def template(self) -> Template:
        """The template that is chosen."""
        return template_named(self.name)

    def _show(self) -> None:
        button = self.choices[self.name].button
        button.blockSignals(True)
        button.setChecked(True)
        button.blockSignals(False)

    def _toggled(self, on: bool, name: str) -> None:
        if on and name != self.name:
            self.name = name
            self.changed.emit()


class PaperOption(Option):
    """A4 or Letter."""

    def __init__(self, theme: Theme, paper: str) -> None:
        super().__init__(theme, "Paper")
        row = QHBoxLayout()
        row.setSpacing(6)
        self.a4, self.letter = self._button("A4"), self._button("Letter")
        (self.letter if paper == "letter" else self.a4).setChecked(True)
        group = QButtonGroup(self)
        for button in (self.a4, self.letter):
            group.addButton(button)
            row.addWidget(button, 1)
        group.buttonToggled.connect(lambda _, on: self.changed.emit() if on else None)
        self.column.addLayout(row)

    @property
    def paper(self) -> Paper:
        """The paper that is chosen."""
        return "letter" if self.letter.isChecked() else "a4"

    def chosen(self) -> dict[str, Any]:
        return {"paper": self.paper}

    def _button(self, label: str) -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(False)
        button.setCheckable(True)
        button.setAccessibleName(f"Paper: {label}")
        button.setToolTip(f"Set the pages for {label} paper")
        return button


class OptionsPanel(QScrollArea):
    """The options, one below the other, and how much of its pages the print takes."""

    changed = Signal()
    """The user wants the print another way."""

    def __init__(self, theme: Theme, paper: str, *more: Option, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("preview-options")
        self.setAccessibleName("Options")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)
        self.template = TemplateOption(theme)
        self.paper = PaperOption(theme, paper)
        self.gauge = Gauge(theme)
        self.options: tuple[Option, ...] = (self.template, self.paper, *more)
        inner = QWidget()
        inner.setObjectName("preview-options-inner")
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 18, 16, 18)
        column.setSpacing(22)
        column.addWidget(self.template)
        column.addWidget(self.gauge)
        for option in self.options:
            if option is not self.template:
                column.addWidget(option)
            option.changed.connect(self.changed)
        column.addStretch(1)
        self.setWidget(inner)

    def offer(self, templates: Sequence[Template]) -> None:
        """Offer these templates, which suit what is printed."""
        self.template.offer(templates)
        self.show_pages(0)

    def focusInEvent(self, event: QFocusEvent) -> None:
        # Whoever comes to the panel wants its first option.
        self.focusNextChild()

    def order(self, order: Order) -> Order:
        """Return the order with the options as they are chosen here."""
        chosen = {name: value for option in self.options for name, value in option.chosen().items()}
        return replace(order, **chosen)

    def show_pages(self, pages: int, report: Mapping[str, Any] | None = None) -> None:
        """Show how many pages of those that the template may have are taken; 0 where that is not known yet.

        `report` is what the template tells, see `Printed`.
        """
        told = report or {}
        main = min(told.get("pages", pages), pages)
        limit = self.template.template.pages * told.get("records", 1)
        self.gauge.show_pages(main, limit, told.get("annex", ()), pages - main)
