"""Opening libraries: the last one, another, a dropped one; and coming back to where one was in it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QProcess, Signal

from briefing.app.session import Address
from briefing.app.settings import Place
from briefing.app.wording import one_line
from briefing.errors import BriefingError
from briefing.program import command
from briefing.resources import bundled_library

if TYPE_CHECKING:
    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QMenu, QWidget

    from briefing.app.notify import Notify
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.tree.panel import TreePanel

LIBRARY_FILE = "library.yaml"


class Opening(QObject):
    """Opens libraries in one window, and remembers the reader's place in each."""

    library_opened = Signal(object, object)
    """The folder of the library that is open now, whose index may be out of date, and that of texts, or None."""
    reload_requested = Signal(object, object)
    """The folder of the library whose files are all to be looked at again, and that of texts, or None."""

    def __init__(self, session: Session, settings: Settings, notify: Notify, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._settings = settings
        self._notify = notify
        self._window = window
        self._tree: TreePanel | None = None
        self._texts: Path | None = None
        self._first_words = ""
        session.content_changed.connect(self._content_changed)
        session.reach_changed.connect(self._content_changed)

    def open_first(self, folder: Path | None, texts: Path | None) -> None:
        """Open the library that was asked for, else the last one, else the bundled one.

        What is to be said of it is kept for `say_first_words`: there may be no window yet to say it in.
        """
        self._texts = texts
        wanted = folder or (Path(self._settings.last_library) if self._settings.last_library else None)
        for each in (wanted, bundled_library()):
            if each is not None:
                try:
                    self._open(each)
                except (BriefingError, OSError, RuntimeError) as error:
                    self._first_words = f"{one_line(str(each))} cannot be opened. {error}"
                else:
                    return

    def say_first_words(self) -> None:
        """Say what went wrong with the first library, in the status line."""
        if self._first_words:
            self._notify.say(self._first_words)
            self._first_words = ""

    def look_after(self, tree: TreePanel) -> None:
        """Show a tree as it was left in the open library, and remember how it is left from now on."""
        self._tree = tree
        library = self._session.library
        if library is None:
            return
        if library.ready:
            tree.restore(self._settings.places.get(str(library.folder)))
        self.library_opened.emit(library.folder, library.texts)

    def open(self, folder: Path) -> bool:
        """Open a library where one was in it; say why, where it cannot be opened."""
        try:
            self._open(folder)
        except (BriefingError, OSError, RuntimeError) as error:
            self._notify.warn(f"“{one_line(str(folder))}” cannot be opened.", str(error))
            return False
        self._save()
        return True

    def _open(self, folder: Path) -> None:
        folder = folder.expanduser().resolve()
        self.remember()
        texts = self._texts or _folder(self._settings.texts)
        self._session.open_library(folder, texts)
        self._settings.opened(str(folder))
        self.show_place()
        if self._tree is not None:
            self.library_opened.emit(folder, texts)

    def open_record(self, record_id: str) -> None:
        """Show a record, as if it had been followed to."""
        self._session.go(Address("record", record_id))

    def ask(self) -> None:
        """Let the user choose a folder, and open it."""
        start = str(self._session.library.folder) if self._session.library is not None else ""
        chosen = _chosen_folder(self._window, "Open a library: a folder of records", start)
        if chosen:
            self.open(Path(chosen))

    def ask_texts(self) -> None:
        """Let the user choose where the texts of sources are, and check against them."""
        start = self._settings.texts or str(Path.home())
        chosen = _chosen_folder(self._window, "The folder with the texts of sources", start)
        if chosen and self._session.library is not None:
            self._settings.texts = chosen
            self._texts = None
            self.open(self._session.library.folder)

    def reload(self) -> None:
        """Look at every file again."""
        library = self._session.library
        if library is not None:
            self.reload_requested.emit(library.folder, library.texts)

    def home(self) -> None:
        """Show the record that the library opens with."""
        address = self._home()
        if address is not None:
            self._session.go(address)

    def new_window(self) -> None:
        """Open the library in a second window, which is a process of its own."""
        library = self._session.library
        where = ("--library", str(library.folder)) if library is not None else ()
        texts = ("--texts", str(self._texts)) if self._texts is not None else ()
        program, *words = command(*where, *texts)
        QProcess.startDetached(program, words)

    def fill_recent(self, menu: QMenu) -> None:
        """Fill a menu with the libraries that were open before."""
        menu.clear()
        for name in self._settings.recent:
            action = menu.addAction(one_line(name).replace("&", "&&"))
            action.triggered.connect(lambda _=False, folder=name: self.open(Path(folder)))
        menu.addSeparator()
        bundled = menu.addAction("The library that comes with Briefing")
        bundled.triggered.connect(lambda: self.open(bundled_library()))

    def remember(self) -> None:
        """Keep where the reader is in the library that is open."""
        library, tree = self._session.library, self._tree
        if library is None or tree is None:
            return
        address = self._session.address
        self._settings.places[str(library.folder)] = Place(
            kind=address.kind if address is not None else "",
            key=address.key if address is not None else "",
            scroll=max(self._session.scroll, 0.0),
            open_nodes=tree.open_nodes(),
            top_node=tree.top_node(),
            current_node=tree.current_node(),
        )

    def show_place(self) -> None:
        """Show the record that was open when the library was left, then the tree as it was."""
        library = self._session.library
        if library is None or not library.ready:
            return
        place = self._settings.places.get(str(library.folder))
        address = self._address_of(place) if place is not None else None
        follow = self._tree is not None and self._tree.follow
        if self._tree is not None:
            # It is not to open its nodes for what is shown: it gets them back as they were.
            self._tree.follow = False
        if address is not None and place is not None:
            self._session.go(address, place.scroll)
        else:
            self.home()
        if self._tree is not None:
            # Hits may stand in its place.
            self._tree.follow = follow
            self._tree.restore(place)

    def _is_to_come(self, place: Place | None) -> bool:
        """Whether what is to be shown may be among the records that are yet to be read."""
        library = self._session.library
        if library is None or self._session.reach is None:
            return False
        wanted = place.key if place is not None and place.key else library.info.home
        return bool(wanted) and library.card(wanted) is None

    def _address_of(self, place: Place) -> Address | None:
        library = self._session.library
        if library is None:
            return None
        if place.kind == "record" and library.card(place.key) is not None:
            return Address("record", place.key)
        if place.kind == "file" and library.problems(place.key):
            return Address("file", place.key)
        return None

    def _home(self) -> Address | None:
        """Return the record that library.yaml names, else the first of the tree."""
        library = self._session.library
        if library is None:
            return None
        if library.info.home and library.card(library.info.home) is not None:
            return Address("record", library.info.home)
        for section in library.sections():
            for card in library.cards(section.kind, 0, 1):
                return Address("record", card.id)
        for file, _, _ in library.problem_files():
            return Address("file", file)
        return None

    def _content_changed(self) -> None:
        # The first index of this library is there, or a part of it.
        library = self._session.library
        if library is None or self._session.address is not None:
            return
        if not self._is_to_come(self._settings.places.get(str(library.folder))):
            self.show_place()

    def _save(self) -> None:
        try:
            self._settings.save()
        except OSError as error:
            self._notify.say(f"The settings cannot be saved: {error}")


def dropped_library(data: QMimeData) -> Path | None:
    """Return the library that was dropped: a folder, or that of a record's file."""
    for url in data.urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.is_dir():
            return path
        if path is not None and path.suffix in (".yaml", ".yml") and path.is_file():
            return next((each for each in path.parents if (each / LIBRARY_FILE).is_file()), path.parent)
    return None


def _folder(text: str) -> Path | None:
    return Path(text) if text else None


def _chosen_folder(window: QWidget, title: str, start: str) -> str:
    """Let the user choose a folder; nothing where none was chosen."""
    # Imported here: it would keep what was read last from the screen.
    from PySide6.QtWidgets import QFileDialog

    return QFileDialog.getExistingDirectory(window, title, start)
