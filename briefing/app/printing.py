"""When the print preview is made and when it is got ready: before anybody waits for it, and at nobody's cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from briefing.app.jobs import Jobs
    from briefing.app.print_preview.preview import PrintPreview
    from briefing.app.session import Address, Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme
    from briefing.printing.order import Order

QUIET_MS = 3_000
"""How long a record is read before it may be printed next."""
_LANE = "print"


class Printing(QObject):
    """Opens the preview; gets it ready while the reader reads, or reaches for the button."""

    said = Signal(str)
    """A sentence for the status line."""
    settings_changed = Signal()

    def __init__(self, session: Session, theme: Theme, jobs: Jobs, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._theme, self._jobs, self._settings = session, theme, jobs, settings
        self._preview: PrintPreview | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(QUIET_MS)
        self._quiet.timeout.connect(self.get_ready)
        session.address_changed.connect(self._address_changed)

    def show(self, address: Address | None) -> None:
        """Show a record as it will be on paper."""
        self._quiet.stop()
        if address is None or address.kind != "record":
            self.said.emit("Only a record can be printed.")
        else:
            self._made().open_for(address)

    def show_order(self, order: Order, name: str, template: str) -> None:
        """Show an order as it will be on paper, with that template; `name` is that of its file."""
        # Imported here, as whatever needs the document package: the window is painted first.
        from briefing.document.templates import template_named

        self._quiet.stop()
        self._made().open_order(order, name, (template_named(template),))

    def get_ready(self) -> None:
        """Make the preview and start what sets its pages, unless that is done."""
        self._quiet.stop()
        if self._session.library is None:
            return
        if self._preview is None:
            # Loaded beside the window, which goes on meanwhile.
            self._jobs.run(_load, lambda _: self._made().get_ready(), lambda _: None, lane=_LANE, latest=False)
        else:
            self._preview.get_ready()

    def _address_changed(self, address: Address | None) -> None:
        if address is not None and address.kind == "record":
            self._quiet.start()

    def _made(self) -> PrintPreview:
        if self._preview is None:
            # Imported here: the window is on screen before this is needed.
            from briefing.app.print_preview.preview import PrintPreview

            # Not kept as an attribute: the window keeps this.
            window = self.parent()
            self._preview = PrintPreview(
                self._session,
                self._theme,
                self._jobs,
                self._settings,
                window if isinstance(window, QWidget) else None,
            )
            self._preview.status_changed.connect(self.said)
            self._preview.settings_changed.connect(self.settings_changed)
        return self._preview


def _load() -> None:
    from briefing.app.print_preview import preview  # noqa: F401 - that is all
