"""Which claims are borne out by the texts of their sources, kept in step with texts, sources and claims."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from briefing.library.evidence import mend_of, state_of
from briefing.library.texts import SourceRow
from briefing.records.claims import Evidence
from briefing.records.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from briefing.library.catalogue import Catalogue
    from briefing.library.evidence import SourceText
    from briefing.library.ledger import Ledger
    from briefing.library.texts import TextFault, Texts

_CHUNK = 500
_TEXTS_IN_MEMORY = 64
_CLAIMS = (
    "SELECT c.key, c.position, c.source, c.first, c.last, c.quote, c.state, c.line, c.column, t.id, t.stale, f.path"
    " FROM claims c JOIN records t ON t.key = c.key JOIN files f ON f.num = t.file"
)
_SHOWN_QUOTE = 80


class Coverage:
    """Compares claims with the texts of their sources."""

    def __init__(self, catalogue: Catalogue, texts: Texts) -> None:
        self._catalogue = catalogue
        self._texts = texts
        # For the length of one task: texts change.
        self._text = lru_cache(_TEXTS_IN_MEMORY)(self._load)

    def update(self, ledger: Ledger, *, full: bool, among: Iterable[str] | None = None) -> None:
        """Recompute, within the ledger's batch, what the last changes can have altered.

        `among` are the sources whose texts may have changed; None is all.
        """
        self._text.cache_clear()
        dirty = {key for (key,) in self._catalogue.rows("SELECT item FROM dirty WHERE what = 'key'")}
        rows = self._catalogue.rows_in("SELECT id FROM sources WHERE key IN ({})", dirty)
        rows += self._catalogue.rows("SELECT item FROM dirty WHERE what = 'id'")
        sources = {source for (source,) in rows}
        looked_at = None if full or among is None else sources.union(among)
        now = self._texts.stamps(self._catalogue, looked_at)
        before = self._texts.rested_on(self._catalogue, looked_at)
        sources.update(each for each in now.keys() | before.keys() if full or now.get(each) != before.get(each))
        # The condition is that of the index, word by word, without which it is not used.
        keys = self._catalogue.rows_in("SELECT key FROM claims WHERE source <> '' AND source IN ({})", sources)
        self._evidence(ledger, dirty.union(key for (key,) in keys))
        if full:
            self._catalogue.run("DELETE FROM problems WHERE origin = 'text'")
        self._sources(ledger, sources)
        self._catalogue.run_many("DELETE FROM texts WHERE id = ?", [(each,) for each in before.keys() - now.keys()])
        self._catalogue.run_many(
            "INSERT OR REPLACE INTO texts VALUES (?, ?)",
            [item for item in now.items() if before.get(item[0]) != item[1]],
        )
        if looked_at is None:
            self._catalogue.set_meta("texts", self._texts.folder)

    def of_record(self, key: int) -> dict[str, Evidence]:
        """Return the evidence state of each claim of a record, by claim id, computed afresh."""
        self._text.cache_clear()
        rows = self._catalogue.rows("SELECT id, source, first, last, quote FROM claims WHERE key = ?", (key,))
        return {
            claim: state_of(source, _cited(first, last), quote, self._text(source) if quote else None)
            for claim, source, first, last, quote in rows
        }

    def everything(self) -> tuple[Counter[Evidence], list[Problem]]:
        """Return how many claims are in each state and what is wrong with claims and texts, computed afresh."""
        self._text.cache_clear()
        counted: Counter[Evidence] = Counter(dict.fromkeys(Evidence, 0))
        problems: list[Problem] = []
        for row in self._catalogue.each(f"{_CLAIMS} ORDER BY c.key, c.position"):
            state, problem = self._judge(row)
            counted[state] += 1
            if problem is not None:
                problems.append(problem)
        for source, path, _, stale in self._source_rows(None):
            if not stale:
                problems += self._faults(source, path)
        return counted, problems

    def _evidence(self, ledger: Ledger, keys: Iterable[int]) -> None:
        todo = sorted(keys)
        for start in range(0, len(todo), _CHUNK):
            part = todo[start : start + _CHUNK]
            changed: list[tuple[str, int, int]] = []
            found: dict[int, list[Problem]] = {key: [] for key in part}
            for row in self._catalogue.rows_in(f"{_CLAIMS} WHERE c.key IN ({{}}) ORDER BY c.key, c.position", part):
                state, problem = self._judge(row)
                if state.value != row[6]:
                    changed.append((state.value, row[0], row[1]))
                    ledger.changed.add(row[9])
                if problem is not None:
                    found[row[0]].append(problem)
            self._catalogue.run_many("UPDATE claims SET state = ? WHERE key = ? AND position = ?", changed)
            if changed:
                ledger.index_again(list({key: None for _, key, _ in changed}))
            for key, problems in found.items():
                ledger.replace_problems("evidence", key, problems)

    def _judge(self, row: Any) -> tuple[Evidence, Problem | None]:
        _, _, source, first, last, quote, _, line, column, record_id, stale, path = row
        at = _cited(first, last)
        text = self._text(source) if source and (quote or at) else None
        state = state_of(source, at, quote, text)
        if stale or text is None:
            return state, None
        if state is Evidence.QUOTE_NOT_FOUND:
            where = f"paragraph {first}" if first == last else f"paragraphs {first} to {last}"
            place = f"in {where} of `{source}`" if at else f"in `{source}`"
            shown = quote if len(quote) <= _SHOWN_QUOTE else f"{quote[:_SHOWN_QUOTE]}…"
            message = f"The quote “{shown}” does not stand {place}."
            mend = mend_of(quote, at, text)
            return state, Problem(path, line, column, "quote-not-found", message, mend, "error", record_id)
        if at is not None and at[1] > len(text.paragraphs):
            message = f"`{source}` has no paragraph {at[1]}."
            mend = f"Correct `at`: the last is {len(text.paragraphs)}."
            return state, Problem(path, line, column, "no-such-paragraph", message, mend, "warning", record_id)
        return state, None

    def _sources(self, ledger: Ledger, ids: Iterable[str]) -> None:
        for source, path, _, stale in self._source_rows(ids):
            ledger.replace_problems("text", source.key, () if stale else self._faults(source, path))

    def _source_rows(self, ids: Iterable[str] | None) -> Iterator[tuple[SourceRow, str, int, int]]:
        sql = (
            "SELECT s.key, s.id, s.title, s.path, s.gists, s.line, s.column, f.path, t.line, t.stale FROM sources s"
            " JOIN records t ON t.key = s.key JOIN files f ON f.num = t.file"
        )
        rows = self._catalogue.each(sql) if ids is None else self._catalogue.rows_in(f"{sql} WHERE s.id IN ({{}})", ids)
        for row in rows:
            key, source_id, title, path, gists, line, column, file, top, stale = row
            place = (line, column) if line else (top, 1)
            yield SourceRow(key, source_id, title, path, gists, *place), file, top, stale

    def _faults(self, source: SourceRow, file: str) -> list[Problem]:
        text, fault = self._loaded(source)
        problems = []
        if fault is not None:
            problems.append(
                Problem(file, source.line, source.column, fault.code, fault.message, fault.mend, "error", source.id)
            )
        if text is not None and source.gists and source.gists != len(text.paragraphs):
            message = f"There are {source.gists} gists, and the text has {len(text.paragraphs)} paragraphs."
            problems.append(
                Problem(
                    file,
                    source.line,
                    source.column,
                    "gists-count",
                    message,
                    "Write one gist for each paragraph.",
                    "warning",
                    source.id,
                )
            )
        return problems

    def _load(self, source_id: str) -> SourceText | None:
        row = self._catalogue.row(
            "SELECT key, id, title, path, gists, line, column FROM sources WHERE id = ?", (source_id,)
        )
        return self._loaded(SourceRow(*row))[0] if row else None

    def _loaded(self, source: SourceRow) -> tuple[SourceText | None, TextFault | None]:
        return self._texts.load(source)


def _cited(first: int, last: int) -> tuple[int, int] | None:
    return (first, last) if first else None
