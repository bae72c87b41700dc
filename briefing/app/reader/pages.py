"""Makes the pages of the reading pane in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QImage

    from briefing.app.theme import Theme
    from briefing.library.library import Library
    from briefing.records.record import Record

READING_SCALE = 1.12
"""The text that is read, beside that of the window."""
_ICON_SIZE = 16


def reading_font(theme: Theme, zoom: float) -> QFont:
    """Return the font that a record is set in."""
    return theme.font(READING_SCALE * zoom)


def record_html(record: Record, library: Library, theme: Theme, zoom: float) -> str:
    """Return a record's page."""
    # Imported here: the window is painted before CommonMark is loaded.
    from briefing.document.compose import compose
    from briefing.document.html import HtmlStyle, to_html

    colours = theme.palette
    font = reading_font(theme, zoom)
    style = HtmlStyle(
        ink=colours.ink,
        muted=colours.muted,
        accent=colours.accent,
        line=colours.line,
        # Where every ground is the same, a box would not be seen.
        panel=colours.hover if colours.high_contrast else colours.box,
        match=colours.match,
        warning=colours.error,
        kinds=dict(colours.kinds),
        font_family=", ".join([font.family(), "sans-serif"]),
        font_size=font.pointSizeF(),
    )
    return to_html(compose(record, library), style)


def message_html(title: str, sentence: str, theme: Theme) -> str:
    """Return a page that says something instead of showing a record."""
    # Imported here: nothing but this page needs it.
    from html import escape

    muted = theme.palette.muted
    return f'<h2>{escape(title)}</h2><p style="color: {muted}">{escape(sentence)}</p>'


def icon_image(theme: Theme, name: str, scale: float) -> QImage | None:
    """Return one of our icons for a page, None where there is none of that name."""
    if not name.replace("-", "").isalnum():
        return None
    try:
        icon = theme.kind_icon(name.removeprefix("kind-")) if name.startswith("kind-") else theme.icon(name)
    except OSError:
        return None
    return icon.pixmap(QSize(_ICON_SIZE, _ICON_SIZE), scale).toImage()
