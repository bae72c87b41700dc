"""What the program remembers: a table of settings, each validated as it is read. Imports no Qt."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.app import settings_file

if TYPE_CHECKING:
    from collections.abc import Callable

RECENT_LIMIT = 12
SCHEMES = ("system", "light", "dark")
CONTRASTS = ("system", "high")
PAPERS = ("a4", "letter")
SMALLEST_ZOOM, LARGEST_ZOOM = 0.5, 4.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader was in one library.

    `open_nodes` are the paths of the tree's open nodes, `top_node` the path of the one at the top of the view,
    `current_node` that of the selected one; the tree panel alone knows what is in a path. `scroll` is how far down
    the record was read, from 0 to 1.
    """

    kind: str = ""
    key: str = ""
    scroll: float = 0.0
    open_nodes: tuple[tuple[str, ...], ...] = ()
    top_node: tuple[str, ...] = ()
    current_node: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """What a saved search found when it was last looked at; `ids` only where they were not too many to keep."""

    total: int = 0
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that is kept under a name, for one library (its folder) or for every one (empty).

    `looks` say by library folder when one last looked: never, where there is none.
    """

    name: str
    query: str
    library: str = ""
    looks: dict[str, Look] = field(default_factory=dict, hash=False)


@dataclass(slots=True)
class Settings:
    """What the program remembers. Change an attribute, then `save()`.

    Saving writes only what this value changed over what the file then holds, so that two windows do not undo each
    other's; keys that this version does not know are kept.
    """

    last_library: str = ""
    recent: tuple[str, ...] = ()
    """Library folders, the latest first."""
    texts: str = ""
    """The folder with the texts of sources, or nothing."""
    theme: str = "system"
    contrast: str = "system"
    zoom: float = 1.0
    editor: str = ""
    """The command that opens a file; `{file}`, `{line}` and `{column}` stand for themselves. Empty: the system's."""
    paper: str = "a4"
    print_house: str = ""
    """The file of the house style that prints are in, or nothing for the program's own."""
    print_thumbnails_shown: bool = True
    print_options_shown: bool = True
    geometry: str = ""
    """Base64 of the window's geometry."""
    columns: tuple[int, ...] = ()
    """Widths of the three columns."""
    tree_shown: bool = True
    context_shown: bool = True
    dossier_shown: bool = False
    facets_shown: bool = True
    places: dict[str, Place] = field(default_factory=dict)
    """Where the reader was, by library folder."""
    saved: tuple[SavedSearch, ...] = ()
    """The saved searches of all libraries, in their order."""
    path: Path = field(default_factory=Path)
    set_aside: str = ""
    """Where a damaged file was moved when the settings were read, or nothing."""
    _before: dict[str, Any] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, path: Path | None = None) -> Settings:
        """Read the settings; a file that cannot be understood is set aside, a value that cannot be is left out."""
        settings = cls(path=path or settings_file.path())
        try:
            data = settings_file.read(settings.path)
        except ValueError:
            settings.set_aside = settings_file.set_aside(settings.path)
            data = {}
        for name, parse in _PARSERS.items():
            if name in data:
                value = parse(data[name])
                if value is not None:
                    setattr(settings, name, value)
        settings._before = settings._plain()
        return settings

    def save(self) -> None:
        """Write what changed; raises OSError where the folder cannot be written."""
        now = self._plain()
        changed = {name: value for name, value in now.items() if value != self._before.get(name)}
        if not changed:
            return
        try:
            data = settings_file.read(self.path)
        except ValueError:
            data = {}
        if "places" in changed:
            # Only the libraries that this window was in: another window looks after its own.
            before = self._before.get("places", {})
            own = {key: value for key, value in changed["places"].items() if value != before.get(key)}
            kept = data.get("places")
            changed["places"] = {**(kept if isinstance(kept, dict) else {}), **own}
        data.update(changed)
        data["version"] = max(settings_file.VERSION, data["version"] if isinstance(data.get("version"), int) else 0)
        settings_file.write(self.path, data)
        self._before = now

    def take_up_saved(self) -> None:
        """See the saved searches as another window may have left them."""
        try:
            written = _saved(settings_file.read(self.path).get("saved", [])) or ()
        except ValueError:
            return
        if self._plain()["saved"] == self._before.get("saved") and self.path.exists():
            self.saved = written
            self._before["saved"] = self._plain()["saved"]

    @property
    def folder(self) -> Path | None:
        """The folder for what is kept beside the settings, in files of its own; None where nothing is kept."""
        return None if settings_file.is_device(self.path) else self.path.parent

    def opened(self, library: str) -> None:
        """Put a library at the head of the recent ones, and forget where one was in those that fall off."""
        self.last_library = library
        self.recent = (library, *(each for each in self.recent if each != library))[:RECENT_LIMIT]
        self.places = {key: place for key, place in self.places.items() if key in self.recent}

    def _plain(self) -> dict[str, Any]:
        plain: dict[str, Any] = {name: getattr(self, name) for name in _PARSERS}
        plain["places"] = {
            key: {each.name: getattr(place, each.name) for each in fields(Place)} for key, place in self.places.items()
        }
        plain["saved"] = [
            {
                "name": each.name,
                "query": each.query,
                "library": each.library,
                "looks": {folder: {"total": look.total, "ids": list(look.ids)} for folder, look in each.looks.items()},
            }
            for each in self.saved
        ]
        return plain


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


def _texts(value: object) -> tuple[str, ...] | None:
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(value)
    return None


def _widths(value: object) -> tuple[int, ...] | None:
    # A bool is an int to Python, and no width to anybody.
    if isinstance(value, list) and all(type(each) is int and 0 <= each < 100_000 for each in value):
        return tuple(value)
    return None


def _number(value: object, least: float, most: float) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
        return float(value)
    return None


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str | None]:
    return lambda value: value if isinstance(value, str) and value in choices else None


def _place(value: object) -> Place | None:
    if not isinstance(value, dict):
        return None
    nodes = value.get("open_nodes")
    paths = [_texts(each) for each in nodes] if isinstance(nodes, list) else []
    return Place(
        kind=_text(value.get("kind")) or "",
        key=_text(value.get("key")) or "",
        scroll=_number(value.get("scroll"), 0, 1) or 0.0,
        open_nodes=tuple(path for path in paths if path),
        top_node=_texts(value.get("top_node")) or (),
        current_node=_texts(value.get("current_node")) or (),
    )


def _places(value: object) -> dict[str, Place] | None:
    if not isinstance(value, dict):
        return None
    places = {key: _place(each) for key, each in value.items()}
    return {key: place for key, place in places.items() if place is not None}


def _look(value: object) -> Look | None:
    total = value.get("total") if isinstance(value, dict) else None
    if not isinstance(value, dict) or type(total) is not int or total < 0:
        return None
    return Look(total, _texts(value.get("ids")) or ())


def _saved_search(value: object) -> SavedSearch | None:
    name, query = (value.get("name"), value.get("query")) if isinstance(value, dict) else ("", "")
    if not isinstance(value, dict) or not (isinstance(name, str) and name and isinstance(query, str) and query):
        return None
    looks = value.get("looks")
    found = {key: _look(each) for key, each in looks.items()} if isinstance(looks, dict) else {}
    return SavedSearch(
        name, query, _text(value.get("library")) or "", {key: look for key, look in found.items() if look is not None}
    )


def _saved(value: object) -> tuple[SavedSearch, ...] | None:
    if not isinstance(value, list):
        return None
    searches = map(_saved_search, value)
    return tuple(each for each in searches if each is not None)


_PARSERS: dict[str, Callable[[object], object | None]] = {
    "last_library": _text,
    "recent": _texts,
    "texts": _text,
    "theme": _one_of(SCHEMES),
    "contrast": _one_of(CONTRASTS),
    "zoom": lambda value: _number(value, SMALLEST_ZOOM, LARGEST_ZOOM),
    "editor": _text,
    "paper": _one_of(PAPERS),
    "print_house": _text,
    "print_thumbnails_shown": _truth,
    "print_options_shown": _truth,
    "geometry": _text,
    "columns": _widths,
    "tree_shown": _truth,
    "context_shown": _truth,
    "dossier_shown": _truth,
    "facets_shown": _truth,
    "places": _places,
    "saved": _saved,
}
