"""Every action of the window in one table: what menus, keys and the list of keys are made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QWidget

    from briefing.app.theme import Theme


@dataclass(frozen=True, slots=True)
class Spec:
    """One action. `keys` are its shortcuts, the first of them shown; `group` the radio buttons that it is one of."""

    name: str
    text: str
    menu: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    group: str = ""


LINE = ""
"""The name of an entry that is a line in a menu."""

MENUS = ("File", "Go", "Record", "Dossier", "View", "Help")

TABLE: tuple[Spec, ...] = (
    Spec("open", "Open library …", "File", ("Ctrl+O",), "open", "Open another folder of records"),
    Spec("new_window", "New window", "File", ("Ctrl+N",), tip="Open this library in a second window"),
    Spec(
        "texts", "Folder with texts of sources …", "File", tip="Where the texts of sources are, to check quotes against"
    ),
    Spec("reload", "Read the library again", "File", ("F5",), tip="Look at every file again"),
    Spec(LINE, "", "File"),
    Spec("export_searches", "Export saved searches …", "File", tip="Write the saved searches to a file"),
    Spec("import_searches", "Import saved searches …", "File", tip="Read saved searches from a file"),
    Spec(LINE, "", "File"),
    Spec("print", "Print …", "File", ("Ctrl+P",), "print", "See the page, save it as PDF, or print it"),
    Spec(LINE, "", "File"),
    Spec("close", "Close", "File", ("Ctrl+W", "Ctrl+Q"), tip="Close the window"),
    Spec("back", "Back", "Go", ("Alt+Left", "Back"), "back", "Back to what was shown before"),
    Spec("forward", "Forward", "Go", ("Alt+Right", "Forward"), "forward", "Forward again"),
    Spec("home", "Home", "Go", ("Alt+Home",), "home", "The record that the library opens with"),
    Spec(LINE, "", "Go"),
    Spec("search", "Search", "Go", ("Ctrl+K", "/"), "search", "Search everything, or jump to a record"),
    Spec("save_search", "Save this search …", "Go", ("Ctrl+D",), "star", "Keep it in the tree, under a name"),
    Spec("problems", "Problems", "Go", ("Ctrl+Shift+M",), "warning", "The files that have faults"),
    Spec(LINE, "", "Go"),
    Spec("next_pane", "Next pane", "Go", ("F6",), tip="Move to the next part of the window"),
    Spec("previous_pane", "Previous pane", "Go", ("Shift+F6",), tip="Move to the part of the window before"),
    Spec("find", "Find in this record …", "Record", ("Ctrl+F",), "find", "Find words in what is shown"),
    Spec("find_next", "Next match", "Record", ("F3", "Ctrl+G"), tip="The next match, and on to the next hit"),
    Spec("find_previous", "Previous match", "Record", ("Shift+F3", "Ctrl+Shift+G"), tip="The match before, and back"),
    Spec(LINE, "", "Record"),
    Spec("caret", "Caret in the text", "Record", ("F7",), tip="Let the arrow keys move a caret through the text"),
    Spec("reference", "Copy reference", "Record", ("Ctrl+Shift+R",), tip="Copy where the selected words come from"),
    Spec("edit", "Open in editor", "Record", ("Ctrl+E",), "edit", "Open the file in your own editor"),
    Spec("dossier_add", "Add to dossier", "Dossier", ("Ctrl+Shift+D",), tip="Add what is chosen, else what is shown"),
    Spec("dossier_add_hits", "Add all hits", "Dossier", tip="Add every record that the search finds now"),
    Spec("dossier_add_search", "Add this search", "Dossier", tip="Add the search itself, run when it is printed"),
    Spec("dossier_heading", "Add heading", "Dossier", tip="What follows in the dossier stands under it"),
    Spec("dossier_cover", "Cover …", "Dossier", tip="Title, subtitle, for whom, from whom, date"),
    Spec(LINE, "", "Dossier"),
    Spec("dossier_new", "New dossier", "Dossier", tip="Begin anew; undo brings the old one back"),
    Spec("dossier_open", "Open dossier …", "Dossier", tip="Read a dossier from a file"),
    Spec("dossier_save", "Save dossier as …", "Dossier", tip="Write the dossier to a file"),
    Spec(LINE, "", "Dossier"),
    Spec("dossier_print", "Print dossier …", "Dossier", ("Ctrl+Shift+P",), tip="See the dossier's pages"),
    Spec("zoom_in", "Larger", "View", ("Ctrl++", "Ctrl+="), "zoom-in", "Larger type"),
    Spec("zoom_out", "Smaller", "View", ("Ctrl+-",), "zoom-out", "Smaller type"),
    Spec("zoom_reset", "Usual size", "View", ("Ctrl+0",), tip="Type at its usual size"),
    Spec(LINE, "", "View"),
    Spec("show_tree", "Tree", "View", ("F9", "Ctrl+B"), "columns-left", "Show or hide the left column", checkable=True),
    Spec(
        "show_context",
        "Context",
        "View",
        ("Shift+F9",),
        "columns-right",
        "Show or hide the right column",
        checkable=True,
    ),
    Spec("show_dossier", "Dossier", "View", ("F8",), "dossier", "Show or hide the dossier", checkable=True),
    Spec(
        "show_facets",
        "Narrow the hits",
        "View",
        ("Ctrl+Shift+N",),
        "narrow",
        "Show or hide above the hits by what they can be narrowed",
        checkable=True,
    ),
    Spec("collapse", "Close all in the tree", "View", ("Ctrl+Shift+C",), tip="Close every node of the tree"),
    Spec(LINE, "", "View"),
    Spec("theme_system", "As the system", "View", tip="Light or dark as the system is", checkable=True, group="theme"),
    Spec("theme_light", "Light", "View", checkable=True, group="theme"),
    Spec("theme_dark", "Dark", "View", checkable=True, group="theme"),
    Spec("contrast", "High contrast", "View", tip="Black and white, and strong lines", checkable=True),
    Spec("language", "How to search", "Help", ("F1",), "help", "The query language, with examples"),
    Spec("keys", "Keyboard", "Help", ("Ctrl+?",), tip="Every key of this window"),
    Spec("about", "About Briefing", "Help", tip="Versions of the program and its parts"),
    Spec("menu", "Menu", "", ("F10",), "menu", "Everything that can be done here"),
)


class Actions(QObject):
    """The actions of one window, by name: `actions["back"]`."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._theme = theme
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        for spec in specs():
            action = QAction(spec.text, self)
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
            action.setToolTip(tip_of(spec))
            action.setStatusTip(spec.tip)
            action.setCheckable(spec.checkable)
            # Its place in a menu is that of the tick.
            action.setIconVisibleInMenu(not spec.checkable)
            if spec.group:
                if spec.group not in self._groups:
                    self._groups[spec.group] = QActionGroup(self)
                self._groups[spec.group].addAction(action)
            self._actions[spec.name] = action
            window.addAction(action)
        theme.changed.connect(self.draw_icons)

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def connect_all(self, slots: dict[str, Callable[[], object]]) -> None:
        """Say what each action does, by its name."""
        for name, slot in slots.items():
            # Without the state that a checkable action sends along: a slot asks for it where it needs it.
            self._actions[name].triggered.connect(lambda _=False, slot=slot: slot())

    def draw_icons(self) -> None:
        """Draw the icons in the theme's colours; the window does so once it is on screen."""
        for spec in specs():
            if spec.icon:
                self._actions[spec.name].setIcon(self._theme.icon(spec.icon))

    def menu(self, parent: QWidget, recent: QMenu) -> QMenu:
        """Make the menu of everything; `recent` goes below what opens a library."""
        whole = QMenu(parent)
        for title in MENUS:
            part = QMenu(title, whole)
            for spec in TABLE:
                if spec.menu != title:
                    continue
                if spec.name == LINE:
                    part.addSeparator()
                    continue
                part.addAction(self._actions[spec.name])
                if spec.name == "open":
                    part.addMenu(recent)
            whole.addMenu(part)
        return whole


def specs() -> Iterator[Spec]:
    """Yield the actions, without the lines between them."""
    return (spec for spec in TABLE if spec.name != LINE)


def keys_of(spec: Spec) -> list[str]:
    """Return an action's shortcuts as this system writes them."""
    return [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in spec.keys]


def tip_of(spec: Spec) -> str:
    """Return what is said of an action under the mouse."""
    keys = f" ({keys_of(spec)[0]})" if spec.keys else ""
    return f"{spec.tip or spec.text}{keys}"
