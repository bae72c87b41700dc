"""How the window looks: colours, fonts and icons, following the system's light, dark and contrast as they change."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap, QStyleHints

from briefing.app import palette as palettes
from briefing.resources import resource

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtSvg import QSvgRenderer

    from briefing.app.palette import Palette


class Theme(QObject):
    """The look that is in force: `palette`, `font()`, `icon()`, `kind_icon()`, `style_sheet()`; `changed` when it does.

    `scheme` is system, light or dark; `contrast` is system or high.
    """

    changed = Signal()

    def __init__(
        self, hints: QStyleHints, scheme: str = "system", contrast: str = "system", parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._hints = hints
        self.scheme = scheme
        self.contrast = contrast
        self._sources: dict[str, str] = {}
        self._icons: dict[tuple[str, str], QIcon] = {}
        self.palette: Palette = self._chosen()
        hints.colorSchemeChanged.connect(self._look_again)
        # Qt tells of contrast since 6.10; before that nothing is known of it.
        accessibility = getattr(hints, "accessibility", lambda: None)()
        if accessibility is not None:
            accessibility.contrastPreferenceChanged.connect(self._look_again)

    def choose(self, scheme: str, contrast: str) -> None:
        """Take another scheme (system, light, dark) and contrast (system, high)."""
        self.scheme, self.contrast = scheme, contrast
        self._look_again()

    def font(self, scale: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the window's font, `scale` times its usual size."""
        font = QFont(QGuiApplication.font())
        font.setPointSizeF(font.pointSizeF() * scale)
        if bold:
            font.setWeight(QFont.Weight.DemiBold)
        return font

    def colour(self, name: str) -> QColor:
        """Return a colour of the palette by its name."""
        return QColor(self.palette.colours[name])

    def kind_colour(self, kind: str) -> QColor:
        """Return the colour of a kind of record."""
        return QColor(self.palette.kind(kind))

    def icon(self, name: str, colour: str = "ink") -> QIcon:
        """Return one of our icons, drawn sharp at every size, in a colour of the palette (by name or #rrggbb)."""
        drawn_in = colour if colour.startswith("#") else self.palette.colours[colour]
        key = (name, drawn_in)
        if key not in self._icons:
            self._icons[key] = QIcon(_SvgIcon(self._source(name), drawn_in, self.palette.muted))
        return self._icons[key]

    def kind_icon(self, kind: str) -> QIcon:
        """Return the sign of a kind of record: its shape in its colour."""
        return self.icon(f"kind-{kind}", self.palette.kind(kind))

    def qt_palette(self) -> QPalette:
        """Return the colours as Qt's own widgets take them."""
        colours = {name: QColor(value) for name, value in self.palette.colours.items()}
        made = QPalette()
        for role, name in _ROLES.items():
            made.setColor(role, colours[name])
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            made.setColor(QPalette.ColorGroup.Disabled, role, _between(colours["muted"], colours["window"], 0.45))
        return made

    def style_sheet(self) -> str:
        """Return the window's style sheet in these colours."""
        text = resource("styles", "window.qss").read_text(encoding="utf-8")
        # A style sheet takes pictures from files only, which have colours of their own.
        scheme = "dark" if self.palette.dark else "light"
        pictures = {name: resource("styles", f"{name}-{scheme}.svg").as_posix() for name in ("tick", "arrow")}
        return Template(text).substitute(self.palette.colours, **pictures)

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]

    def _chosen(self) -> Palette:
        dark = self.scheme == "dark"
        if self.scheme == "system":
            dark = self._hints.colorScheme() == Qt.ColorScheme.Dark
        return palettes.palette(dark=dark, high_contrast=self.contrast == "high" or _wants_contrast(self._hints))

    def _look_again(self) -> None:
        chosen = self._chosen()
        if chosen is not self.palette:
            self.palette = chosen
            self._icons.clear()
            self.changed.emit()


def _wants_contrast(hints: QStyleHints) -> bool:
    accessibility = getattr(hints, "accessibility", lambda: None)()
    return accessibility is not None and accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast


def _between(one: QColor, other: QColor, share: float) -> QColor:
    def mix(a: int, b: int) -> int:
        return round(a + (b - a) * share)

    return QColor(mix(one.red(), other.red()), mix(one.green(), other.green()), mix(one.blue(), other.blue()))


class _SvgIcon(QIconEngine):
    """Draws an SVG of ours in one colour, at the size and the resolution that are asked for.

    `currentColor` in the file stands for that colour.
    """

    def __init__(self, source: str, colour: str, disabled: str) -> None:
        super().__init__()
        self._source = source
        self._colour = colour
        self._disabled = disabled
        self._renderers: dict[str, QSvgRenderer] = {}

    def clone(self) -> QIconEngine:
        return _SvgIcon(self._source, self._colour, self._disabled)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        disabled = mode == QIcon.Mode.Disabled
        painter.save()
        if disabled:
            painter.setOpacity(0.4)
        self._renderer(self._disabled if disabled else self._colour).render(painter, QRectF(rect))
        painter.restore()

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        pixmap = QPixmap(size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, pixmap.rect(), mode, state)
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        return pixmap

    def _renderer(self, colour: str) -> QSvgRenderer:
        if colour not in self._renderers:
            # Imported here: Qt's SVG module takes its time, and the first icon is drawn when the window is.
            from PySide6.QtSvg import QSvgRenderer

            renderer = QSvgRenderer(QByteArray(self._source.replace("currentColor", colour).encode()))
            renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
            self._renderers[colour] = renderer
        return self._renderers[colour]


_ROLES = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "panel",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "window",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "error",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "ink",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "raised",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "hover",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "line",
    QPalette.ColorRole.Accent: "accent",
}
