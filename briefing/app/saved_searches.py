"""Saved searches: kept in the settings, counted in the library that is open.

New is what fits now and did not when one last looked. For that the ids of what fitted are kept, up to `KEPT` of them;
of a search that finds more, only the number: new are then as many as there are more. Who never looked has nothing new.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from briefing.app.asking import Asking
from briefing.app.settings import Look, SavedSearch
from briefing.app.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from briefing.app.jobs import Jobs
    from briefing.app.saved_file import Shared
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.library.library import Library, Tally

LANE = "saved searches"
KEPT = 500

Key = tuple[str, str]
"""A saved search: the library that it is for (its folder; empty: every one), and its name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A saved search as it is shown. `total` is -1 until it was counted; `fresh` is how many are new."""

    key: Key
    name: str
    query: str
    total: int = -1
    fresh: int = 0

    @property
    def everywhere(self) -> bool:
        """Whether it is for every library."""
        return not self.key[0]


class SavedSearches(QObject):
    """The saved searches of the library that is open; every change is written at once."""

    changed = Signal()
    """`rows` has changed."""
    failed = Signal(str)
    """A sentence: the settings cannot be saved."""

    def __init__(self, session: Session, settings: Settings, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._settings = settings
        self._asking: Asking | None = None
        self._jobs = jobs
        self._tallies: dict[Key, Tally] = {}
        self._looked: set[Key] = set()
        """Searches whose next count is what was seen."""
        session.library_changed.connect(self._library_changed)
        session.content_changed.connect(self.recount)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The searches of this library, in their order."""
        return tuple(self._row(each) for each in self._own())

    def row(self, key: Key) -> Row | None:
        """Return one of them."""
        return next((row for row in self.rows if row.key == key), None)

    def named(self, name: str) -> Row | None:
        """Return the one of that name."""
        return next((row for row in self.rows if row.name == _tidy(name)), None)

    def of_query(self, query: str) -> Row | None:
        """Return the one that saves this query."""
        return next((row for row in self.rows if row.query == query.lstrip()), None)

    # --- changing them ------------------------------------------------------------------------------------------

    def save(self, name: str, query: str, *, everywhere: bool) -> None:
        """Save a query; one of that name is replaced, at its place. What it finds now counts as looked at."""
        new = SavedSearch(_tidy(name), query.lstrip(), "" if everywhere else self._folder)
        if not new.name or not new.query.strip():
            return
        old = self.named(new.name)

        def change(searches: list[SavedSearch]) -> None:
            if old is not None and any(_key(each) == old.key for each in searches):
                searches[_place(searches, old.key)] = new
            else:
                searches.append(new)

        if old is not None:
            self._tallies.pop(old.key, None)
        self._looked.add(_key(new))
        self._change(change)
        self.recount()

    def rename(self, key: Key, name: str) -> None:
        """Give one another name, unless that is empty or another one has it."""
        name = _tidy(name)
        if not name or self.named(name) is not None:
            return
        if key in self._tallies:
            self._tallies[key[0], name] = self._tallies.pop(key)
        self._replace(key, lambda search: replace(search, name=name))

    def spread(self, key: Key, *, everywhere: bool) -> None:
        """Have one be for every library, or for this one only."""
        folder = "" if everywhere else self._folder
        if key in self._tallies:
            self._tallies[folder, key[1]] = self._tallies.pop(key)
        self._replace(key, lambda search: replace(search, library=folder))

    def remove(self, key: Key) -> None:
        """Forget one."""
        self._tallies.pop(key, None)
        self._change(lambda searches: searches.__delitem__(_place(searches, key)))

    def move(self, key: Key, by: int) -> None:
        """Move one up or down among those of this library."""
        keys = [row.key for row in self.rows]
        at = keys.index(key) + by if key in keys else -1
        if 0 <= at < len(keys):
            other = keys[at]

            def swap(searches: list[SavedSearch]) -> None:
                one, two = _place(searches, key), _place(searches, other)
                searches[one], searches[two] = searches[two], searches[one]

            self._change(swap)

    def look(self, key: Key) -> None:
        """Take note that one looks at what a search finds now."""
        # A count that is on its way is of the same hits.
        self._looked.add(key)
        if key in self._tallies:
            self._note_looks(self._tallies)
            self._looked.add(key)
        self.recount()

    def take(self, shared: Iterable[Shared]) -> int:
        """Add searches that somebody shared; return how many there were not already."""
        before = len(self.rows)
        for each in shared:
            name, number = _tidy(each.name), 1
            while (there := self.named(name)) is not None and there.query != each.query.lstrip():
                number += 1
                name = f"{_tidy(each.name)} ({number})"
            if there is None:
                new = SavedSearch(name, each.query.lstrip(), "" if each.everywhere else self._folder)
                self._change(lambda searches, new=new: searches.append(new))  # type: ignore[misc]
        self.recount()
        return len(self.rows) - before

    # --- counting -----------------------------------------------------------------------------------------------

    def recount(self) -> None:
        """Count what each finds, off this thread."""
        queries = {row.key: row.query for row in self.rows}
        if not queries or self._session.library is None or not self._session.library.ready:
            return
        if self._asking is None:
            # Who has no saved searches needs no thread for them.
            self._asking = Asking(self._session, self._jobs, LANE, self)

        def count(library: Library) -> dict[Key, Tally]:
            return {key: library.tally(query, KEPT) for key, query in queries.items()}

        self._asking.ask(count, lambda tallies: self._counted(queries, tallies))

    def _counted(self, queries: dict[Key, str], tallies: dict[Key, Tally]) -> None:
        now = {row.key: row.query for row in self.rows}
        known = {key: tally for key, tally in tallies.items() if now.get(key) == queries[key]}
        before = self.rows
        self._tallies.update(known)
        self._note_looks(known)
        if self.rows != before:
            self.changed.emit()

    def _note_looks(self, tallies: dict[Key, Tally]) -> None:
        """Keep what was seen of the searches that were looked at."""
        seen = {key: Look(*tallies[key]) for key in self._looked if key in tallies}
        self._looked -= seen.keys()
        folder = self._folder

        def change(searches: list[SavedSearch]) -> None:
            for at, search in enumerate(searches):
                if look := seen.get(_key(search)):
                    searches[at] = replace(search, looks={**search.looks, folder: look})

        if any(search.looks.get(folder) != seen.get(_key(search), search.looks.get(folder)) for search in self._own()):
            self._change(change)

    def _library_changed(self) -> None:
        self._tallies.clear()
        self._looked.clear()
        self.changed.emit()
        self.recount()

    # --- keeping them -------------------------------------------------------------------------------------------

    @property
    def _folder(self) -> str:
        return str(self._session.library.folder) if self._session.library is not None else ""

    def _own(self) -> list[SavedSearch]:
        folder = self._folder
        return [each for each in self._settings.saved if folder and each.library in ("", folder)]

    def _row(self, search: SavedSearch) -> Row:
        key = _key(search)
        tally = self._tallies.get(key)
        if tally is None:
            return Row(key, search.name, search.query)
        look = search.looks.get(self._folder)
        return Row(key, search.name, search.query, tally.total, _fresh(look, tally) if look is not None else 0)

    def _replace(self, key: Key, make: Callable[[SavedSearch], SavedSearch]) -> None:
        def change(searches: list[SavedSearch]) -> None:
            at = _place(searches, key)
            searches[at] = make(searches[at])

        self._change(change)

    def _change(self, change: Callable[[list[SavedSearch]], None]) -> None:
        self._settings.take_up_saved()
        searches = list(self._settings.saved)
        try:
            change(searches)
        except KeyError:
            # Another window has removed it meanwhile.
            self.changed.emit()
            return
        self._settings.saved = tuple(searches)
        try:
            self._settings.save()
        except OSError as error:
            self.failed.emit(f"The saved searches cannot be kept: {error.strerror or error}")
        self.changed.emit()


def _key(search: SavedSearch) -> Key:
    return search.library, search.name


def _place(searches: list[SavedSearch], key: Key) -> int:
    for at, each in enumerate(searches):
        if _key(each) == key:
            return at
    raise KeyError(key)


def _fresh(look: Look, tally: Tally) -> int:
    if len(look.ids) == look.total and len(tally.ids) == tally.total:
        return len(set(tally.ids).difference(look.ids))
    return max(tally.total - look.total, 0)


def _tidy(name: str) -> str:
    return " ".join(one_line(name).split())
