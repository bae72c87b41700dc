from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPalette

from briefing.app import palette as palettes
from briefing.app.palette import DARK, LIGHT, PALETTES, Palette, contrast
from briefing.app.theme import Theme
from briefing.records.kinds import KINDS
from briefing.resources import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

GROUNDS = ("window", "panel", "surface", "raised", "selection", "hover", "box")
ICONS = sorted(path.stem for path in resource("icons").glob("*.svg"))


class Contrast(QObject):
    """What the system says of contrast."""

    contrastPreferenceChanged = Signal(Qt.ContrastPreference)  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.preference = Qt.ContrastPreference.NoPreference

    def contrastPreference(self) -> Qt.ContrastPreference:
        return self.preference


class Hints(QObject):
    """What the system says of its look, and can be told to."""

    colorSchemeChanged = Signal(Qt.ColorScheme)  # noqa: N815 - Qt's name

    def __init__(self) -> None:
        super().__init__()
        self.scheme = Qt.ColorScheme.Light
        self.contrast = Contrast()

    def colorScheme(self) -> Qt.ColorScheme:
        return self.scheme

    def accessibility(self) -> Contrast:
        return self.contrast


@pytest.fixture
def hints(qapp: QApplication) -> Hints:
    return Hints()


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_text_can_be_read_on_every_ground(palette: Palette) -> None:
    colours = palette.colours
    for ground in GROUNDS:
        assert contrast(palette.ink, colours[ground]) >= 7, ground
        for name, colour in {
            **{n: colours[n] for n in ("muted", "accent", "error", "warning")},
            **palette.kinds,
        }.items():
            assert contrast(colour, colours[ground]) >= 5.8, (name, ground)
    assert contrast(palette.ink, palette.match) >= 7


@pytest.mark.parametrize("palette", [each for each in PALETTES if each.high_contrast], ids=lambda palette: palette.name)
def test_high_contrast_is_high(palette: Palette) -> None:
    for ground in ("window", "panel", "surface"):
        assert contrast(palette.ink, palette.colours[ground]) == pytest.approx(21)
        assert contrast(palette.muted, palette.colours[ground]) >= 15
        assert contrast(palette.line, palette.colours[ground]) >= 15


@pytest.mark.parametrize("palette", PALETTES, ids=lambda palette: palette.name)
def test_every_kind_has_its_colour_and_no_other_has_it(palette: Palette) -> None:
    assert set(palette.kinds) == {kind.name for kind in KINDS}
    assert len(set(palette.kinds.values())) == len(KINDS)
    assert palette.kind("dossier") == palette.muted


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_the_palettes_are_told_apart_by_what_was_asked_for() -> None:
    for dark in (False, True):
        for high in (False, True):
            found = palettes.palette(dark=dark, high_contrast=high)
            assert (found.dark, found.high_contrast) == (dark, high)


def test_the_system_going_dark_is_followed_at_once(hints: Hints, qtbot: QtBot) -> None:
    theme = Theme(hints)  # type: ignore[arg-type]
    assert theme.palette is LIGHT
    with qtbot.waitSignal(theme.changed):
        hints.scheme = Qt.ColorScheme.Dark
        hints.colorSchemeChanged.emit(hints.scheme)
    assert theme.palette is DARK


def test_the_system_wanting_contrast_is_followed_at_once(hints: Hints, qtbot: QtBot) -> None:
    theme = Theme(hints)  # type: ignore[arg-type]
    with qtbot.waitSignal(theme.changed):
        hints.contrast.preference = Qt.ContrastPreference.HighContrast
        hints.contrast.contrastPreferenceChanged.emit(hints.contrast.preference)
    assert theme.palette.high_contrast


def test_what_was_chosen_stays_whatever_the_system_does(hints: Hints, qtbot: QtBot) -> None:
    theme = Theme(hints, "light")  # type: ignore[arg-type]
    with qtbot.assertNotEmitted(theme.changed):
        hints.scheme = Qt.ColorScheme.Dark
        hints.colorSchemeChanged.emit(hints.scheme)
    with qtbot.waitSignal(theme.changed):
        theme.choose("system", "high")
    assert (theme.palette.dark, theme.palette.high_contrast) == (True, True)


def test_a_qt_that_knows_nothing_of_contrast_is_fine(hints: Hints, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hints, "accessibility", None)
    hints.__dict__["accessibility"] = lambda: None
    assert Theme(hints).palette is LIGHT  # type: ignore[arg-type]


def test_qts_own_widgets_get_our_colours(theme: Theme) -> None:
    made = theme.qt_palette()
    assert made.color(QPalette.ColorRole.Base).name().upper() == LIGHT.surface
    assert made.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text) != made.color(QPalette.ColorRole.Text)


def test_the_style_sheet_has_every_colour_filled_in(theme: Theme) -> None:
    sheet = theme.style_sheet()
    assert LIGHT.panel in sheet
    assert re.findall(r"\$\w+", sheet.replace("$names", "")) == []


def test_fonts_are_the_windows_own_in_other_sizes(theme: Theme) -> None:
    assert theme.font(2).pointSizeF() == pytest.approx(2 * theme.font().pointSizeF())
    assert theme.font(bold=True).weight() > theme.font().weight()


@pytest.mark.parametrize("name", ICONS)
def test_an_icon_takes_its_colour_from_the_theme_and_loads_nothing(name: str) -> None:
    root = ElementTree.fromstring(resource("icons", f"{name}.svg").read_text(encoding="utf-8"))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert tags <= {"svg", "path", "circle", "rect"}
    if name != "briefing":
        colours = {element.get(key) for element in root.iter() for key in ("fill", "stroke")}
        assert colours <= {None, "none", "currentColor"}


def drawn(icon: QIcon, side: int, scale: float = 1.0) -> QImage:
    return icon.pixmap(QSize(side, side), scale).toImage().convertToFormat(QImage.Format.Format_ARGB32)


def ink(image: QImage) -> list[tuple[int, int]]:
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if QColor(image.pixelColor(x, y)).alpha() > 200
    ]


def test_every_kind_has_a_shape_of_its_own(theme: Theme) -> None:
    shapes = {kind.name: frozenset(ink(drawn(theme.kind_icon(kind.name), 24))) for kind in KINDS}
    assert all(shapes.values())
    assert len(set(shapes.values())) == len(KINDS)


def test_an_icon_is_in_the_colour_that_was_asked_for(theme: Theme) -> None:
    image = drawn(theme.kind_icon("country"), 16)
    assert QColor(image.pixelColor(8, 8)).name().upper() == LIGHT.kind("country")


def test_an_icon_is_drawn_at_the_screens_resolution(theme: Theme) -> None:
    image = drawn(theme.kind_icon("event"), 16, 2.0)
    assert (image.width(), image.height()) == (32, 32)
    # Its edges lie on whole pixels there, so nothing is half inked.
    alphas = {QColor(image.pixelColor(x, 16)).alpha() for x in range(32)}
    assert alphas == {0, 255}


def test_an_action_that_is_off_has_a_faint_icon(theme: Theme) -> None:
    icon = theme.icon("back")
    image = icon.pixmap(QSize(24, 24), 1.0, QIcon.Mode.Disabled).toImage()
    assert 0 < max(QColor(image.pixelColor(x, y)).alpha() for x in range(24) for y in range(24)) < 140


def test_a_copy_of_an_icon_draws_the_same(theme: Theme) -> None:
    icon = QIcon(theme.icon("search"))
    icon.detach() if hasattr(icon, "detach") else None
    canvas = QImage(24, 24, QImage.Format.Format_ARGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    icon.paint(painter, 0, 0, 24, 24)
    painter.end()
    assert ink(canvas)


def test_icons_change_with_the_theme(theme: Theme) -> None:
    before = drawn(theme.kind_icon("country"), 16)
    theme.choose("dark", "system")
    assert drawn(theme.kind_icon("country"), 16) != before


def test_palettes_are_values() -> None:
    assert replace(LIGHT, name="other") != LIGHT
