"""The id that was meant by one that nobody has."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from briefing.search.text import fold

if TYPE_CHECKING:
    from briefing.library.catalogue import Catalogue

_NEAR = 65.0
# Comparing takes about 0.1 microseconds; who has that many unknown ids mends them by the hundred, not by hints.
_MOST_COMPARISONS = 20_000_000
_FEW = 50_000
"""In a library of more records than this an unknown id is compared with those near it in the alphabet alone."""
_BESIDE = 5_000


class Suggestions:
    """Finds the known id that is nearest to an unknown one: by a name that it has, else by its letters."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._ids: dict[tuple[str, ...], list[str]] = {}
        self._answers: dict[tuple[str, tuple[str, ...]], str] = {}
        self._left = _MOST_COMPARISONS

    def nearest(self, unknown: str, kinds: tuple[str, ...]) -> str:
        """Return the nearest id of a record of one of those kinds (none: any), or nothing."""
        asked = (unknown, kinds)
        if asked not in self._answers:
            self._answers[asked] = self._named(unknown, kinds) or self._alike(unknown, kinds)
        return self._answers[asked]

    def _named(self, unknown: str, kinds: tuple[str, ...]) -> str:
        for record_id, kind in self._catalogue.rows(
            "SELECT t.id, t.kind FROM names n JOIN records t ON t.key = n.key WHERE n.name = ? ORDER BY t.id",
            (fold(unknown),),
        ):
            if not kinds or kind in kinds:
                return str(record_id)
        return ""

    def _alike(self, unknown: str, kinds: tuple[str, ...]) -> str:
        ids = self._known(kinds) if self._are_few else self._beside(unknown, kinds)
        self._left -= len(ids)
        if self._left < 0:
            return ""
        # Imported here: only a library with such a fault pays for it.
        from rapidfuzz import fuzz, process

        found = process.extractOne(unknown[:100], ids, scorer=fuzz.ratio, score_cutoff=_NEAR)
        return found[0] if found else ""

    @cached_property
    def _are_few(self) -> bool:
        return int(self._catalogue.row("SELECT sum(records) FROM tally")[0]) <= _FEW

    def _known(self, kinds: tuple[str, ...]) -> list[str]:
        if kinds not in self._ids:
            rows = (
                self._catalogue.rows_in("SELECT id FROM records WHERE live = 1 AND kind IN ({})", kinds)
                if kinds
                else self._catalogue.rows("SELECT id FROM records WHERE live = 1")
            )
            self._ids[kinds] = sorted(record_id for (record_id,) in rows)
        return self._ids[kinds]

    def _beside(self, unknown: str, kinds: tuple[str, ...]) -> list[str]:
        """Return the ids before and after it in the alphabet: of very many, those alone can be compared in time."""
        rows = self._catalogue.rows(
            "SELECT id, kind FROM (SELECT id, kind FROM records WHERE live = 1 AND id > ?1 ORDER BY id LIMIT ?2)"
            " UNION ALL"
            " SELECT id, kind FROM (SELECT id, kind FROM records WHERE live = 1 AND id < ?1 ORDER BY id DESC LIMIT ?2)",
            (unknown, _BESIDE),
        )
        return sorted(record_id for record_id, kind in rows if not kinds or kind in kinds)
