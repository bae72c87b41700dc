"""What can be asked of a catalogue: records, their place in the tree, what they are related to, problems."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from briefing.library.answers import Card, Citation, Counts, SectionCount
from briefing.records.claims import Evidence
from briefing.records.kinds import KINDS, is_kind
from briefing.search.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from briefing.library.catalogue import Catalogue
    from briefing.records.problems import Problem
    from briefing.records.record import Record
    from briefing.search.highlight import Term
    from briefing.search.ranking import Named, Passages

_MOST_NAMESAKES = 500
_CARD = "t.id, t.kind, t.title, t.stale"


class Lookup:
    """Answers from a catalogue. It is also what searching asks of one: see `ranking.Records`."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    # The tree

    def counts(self) -> Counts:
        """Return how many records, errors and warnings there are."""
        tally: dict[str, int] = dict(self._catalogue.rows("SELECT name, records FROM tally"))
        errors, warnings = tally.pop("error", 0), tally.pop("warning", 0)
        return Counts(sum(tally.values()), errors, warnings)

    def sections(self) -> tuple[SectionCount, ...]:
        """Return the kinds that have records, in the order of the tree."""
        return _in_order(dict(self._catalogue.rows("SELECT name, records FROM tally WHERE records > 0")))

    def cards(self, kind: str, offset: int, limit: int) -> list[Card]:
        """Return the records at the top of a kind's section, by title."""
        return _cards(
            self._catalogue.rows(
                f"SELECT {_CARD} FROM records t WHERE live = 1 AND kind = ? AND root = 1"
                " ORDER BY sort_title, id LIMIT ? OFFSET ?",
                (kind, limit, offset),
            )
        )

    def card_count(self, kind: str) -> int:
        """Return how many records are at the top of a kind's section."""
        row = self._catalogue.row("SELECT roots FROM tally WHERE name = ?", (kind,))
        return int(row[0]) if row and is_kind(kind) else 0

    def narrower(self, record_id: str) -> list[Card]:
        """Return the records that nest directly under a record, by title."""
        fields = {kind.nested_by for kind in KINDS if kind.nested_by}
        return _cards(
            self._catalogue.rows_in(
                f"SELECT {_CARD} FROM relations r JOIN records t ON t.key = r.source"
                " WHERE r.target = ? AND t.root = 0 AND r.field IN ({}) ORDER BY t.sort_title, t.id",
                fields,
                record_id,
            )
        )

    def card(self, record_id: str) -> Card | None:
        """Return a record's card, or None where there is no such record."""
        found = self._catalogue.row(f"SELECT {_CARD} FROM records t WHERE id = ? AND live = 1", (record_id,))
        return _card(found) if found else None

    def titles(self, ids: Iterable[str]) -> dict[str, Card]:
        """Return the cards of those ids that are known."""
        rows = self._catalogue.rows_in(
            f"SELECT {_CARD} FROM records t WHERE live = 1 AND id IN ({{}})", dict.fromkeys(ids)
        )
        return {row[0]: _card(row) for row in rows}

    def markings(self, ids: Iterable[str]) -> dict[str, str]:
        """Return the markings in force of those ids that are known."""
        sql = "SELECT id, json_extract(json, '$.marking') FROM records WHERE live = 1 AND id IN ({})"
        return dict(self._catalogue.rows_in(sql, dict.fromkeys(ids)))

    def mixed(self, ids: Iterable[str]) -> frozenset[str]:
        """Return those of some records in which a claim or a section has a marking of its own."""
        # Its own marking is one; a quotation mark inside a text has a backslash before it.
        marked = "replace(json, '\"marking\":\"\"', '')"
        sql = (
            f"SELECT id FROM records WHERE live = 1 AND id IN ({{}}) AND length({marked})"
            f" - length(replace({marked}, '\"marking\":\"', '')) > 11 * (json_extract(json, '$.marking') <> '')"
        )
        return frozenset(row[0] for row in self._catalogue.rows_in(sql, dict.fromkeys(ids)))

    def record(self, record_id: str) -> Record | None:
        """Return a record, or None where there is none of that id."""
        row = self._catalogue.row("SELECT json FROM records WHERE id = ? AND live = 1", (record_id,))
        return _record(row[0]) if row else None

    def ids(self, keys: Sequence[int]) -> list[str]:
        """Return the ids of those keys that are known."""
        return [
            row[0] for row in self._catalogue.rows_in("SELECT id FROM records WHERE live = 1 AND key IN ({})", keys)
        ]

    def key(self, record_id: str) -> int:
        """Return the catalogue's number for a record, 0 where there is no such record."""
        row = self._catalogue.row("SELECT key FROM records WHERE id = ? AND live = 1", (record_id,))
        return row[0] if row else 0

    def cards_in(self, file: str) -> list[Card]:
        """Return the records of a file, in its order; of one that is broken now the last good versions."""
        return _cards(
            self._catalogue.rows(
                f"SELECT {_CARD} FROM records t JOIN files f ON f.num = t.file"
                " WHERE f.path = ? AND t.live = 1 ORDER BY t.line",
                (file,),
            )
        )

    def stale_cards(self, file: str) -> list[Card]:
        """Return the last good versions of the records of a file that is broken now."""
        return [card for card in self.cards_in(file) if card.stale]

    # Neighbours

    def neighbours(self, record_id: str) -> tuple[SectionCount, ...]:
        """Return the kinds of the records related to one in either direction, each record counted once."""
        return _in_order(
            dict(
                self._catalogue.rows(
                    f"SELECT kind, count(*) FROM ({_NEIGHBOURS}) WHERE key <> ? GROUP BY kind",
                    (*self._neighbour_values(record_id), self.key(record_id)),
                )
            )
        )

    def neighbour_cards(self, record_id: str, kind: str, offset: int, limit: int) -> list[Card]:
        """Return the records of a kind that are related to one in either direction, by title."""
        return _cards(
            self._catalogue.rows(
                f"SELECT {_CARD} FROM ({_NEIGHBOURS}) n JOIN records t ON t.key = n.key"
                " WHERE n.kind = ? AND n.key <> ? ORDER BY t.sort_title, t.id LIMIT ? OFFSET ?",
                (*self._neighbour_values(record_id), kind, self.key(record_id), limit, offset),
            )
        )

    def _neighbour_values(self, record_id: str) -> tuple[int, str]:
        return self.key(record_id), record_id

    # Claims

    def evidence(self, record_id: str) -> dict[str, Evidence]:
        """Return the evidence state of each claim of a record, by claim id, as it was kept."""
        rows = self._catalogue.rows("SELECT id, state FROM claims WHERE key = ?", (self.key(record_id),))
        return {claim: Evidence(state) for claim, state in rows}

    def citations(self, source_id: str, limit: int) -> list[Citation]:
        """Return the claims that cite a source, in the order of its paragraphs."""
        found: list[Citation] = []
        claims: dict[int, dict[str, _Said]] = {}
        for key, claim, first, last, quote, state, record, *card in self._catalogue.each(
            f"SELECT c.key, c.id, c.first, c.last, c.quote, c.state, t.json, {_CARD}"
            " FROM claims c JOIN records t ON t.key = c.key WHERE c.source <> '' AND c.source = ?"
            " ORDER BY c.first, t.sort_title, t.id, c.position LIMIT ?",
            (source_id, limit),
        ):
            if key not in claims:
                claims[key] = _claims_said(record)
            paragraphs = "" if not first else str(first) if first == last else f"{first}-{last}"
            text, markings = claims[key].get(claim, ("", ()))
            found.append(Citation(_card(card), claim, text, paragraphs, quote, Evidence(state), markings))
        return found

    # Problems

    def problems(self, file: str | None = None, without: Sequence[str] = ()) -> list[Problem]:
        """Return the problems of a file or of all, in the order of files and lines; `without` names origins."""
        # Imported here: a search does without.
        from briefing.records.problems import Problem

        marks = ",".join("?" * len(without))
        select = (
            "SELECT file, line, column, code, message, mend, severity, record FROM problems"
            f" WHERE origin NOT IN ({marks})"
        )
        if file is None:
            rows = self._catalogue.rows(f"{select} ORDER BY file, line, column, code", without)
        else:
            rows = self._catalogue.rows(f"{select} AND file = ? ORDER BY line, column, code", (*without, file))
        return [Problem(*row) for row in rows]

    def problem_files(self) -> list[tuple[str, int, int]]:
        """Return the files that have problems, each with its numbers of errors and warnings."""
        return self._catalogue.rows(
            "SELECT file, sum(severity = 'error'), sum(severity <> 'error') FROM problems GROUP BY file ORDER BY file"
        )

    # What searching asks

    def ids_named(self, name: str, kind: str = "") -> list[str]:
        """Return ids of records of a kind (or any) whose id, title or alias is that name but for case and accents."""
        rows = self._catalogue.rows(
            "SELECT t.id FROM names n JOIN records t ON t.key = n.key WHERE n.name = ? AND (? = '' OR t.kind = ?)"
            " ORDER BY t.id LIMIT ?",
            (fold(name), kind, kind, _MOST_NAMESAKES),
        )
        return [row[0] for row in rows]

    def named_by(self, ids: Sequence[str]) -> list[str]:
        """Return the ids that those records name, each once."""
        rows = self._catalogue.rows_in(
            "SELECT r.target FROM records t JOIN relations r ON r.source = t.key WHERE t.live = 1 AND t.id IN ({})", ids
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def broken(self) -> list[int]:
        """Return the keys of records whose file cannot be read now (an older version stands for it), or with an error.

        Files with errors are few: they are asked first, so that not every record is looked at.
        """
        rows = self._catalogue.rows(
            "SELECT t.key FROM problems p CROSS JOIN records t ON t.id = p.record"
            " WHERE p.severity = 'error' AND p.record <> '' AND t.live = 1"
            " UNION SELECT t.key FROM problems p CROSS JOIN files f ON f.path = p.file"
            " CROSS JOIN records t ON t.file = f.num WHERE p.severity = 'error' AND t.live = 1 AND t.stale = 1"
        )
        return [row[0] for row in rows]

    def named(self, keys: Sequence[int]) -> list[Named]:
        """Return what records are called, by key; a key that is gone is left out."""
        # Imported here: a query that says what it means does without.
        from briefing.search.ranking import Named

        rows = self._catalogue.rows_in("SELECT key, id, kind, title FROM records WHERE live = 1 AND key IN ({})", keys)
        return [Named(*row) for row in rows]

    def passages(self, keys: Sequence[int]) -> dict[int, Passages]:
        """Return what is shown of records, by key; a key that is gone is left out."""
        # Imported here: they are on the way of a search, and of nothing else.
        from briefing.search.entry import texts_of
        from briefing.search.ranking import Passages

        rows = self._catalogue.rows_in("SELECT key, json FROM records WHERE live = 1 AND key IN ({})", keys)
        records = [(key, _record(text)) for key, text in rows]
        # What a record is related to need not be gathered where its texts have no link.
        linking = [record for (_, text), (_, record) in zip(rows, records, strict=True) if "[[" in text]
        linked = {each.target for record in linking for each in record.relations() if each.field == "mentions"}
        titles = {id_: card.title for id_, card in self.titles(sorted(linked)).items()}
        return {
            key: Passages(key, record.id, record.kind, record.title, record.aliases, texts_of(record, titles))
            for key, record in records
        }

    def endings(self, keys: Sequence[int], term: Term) -> dict[int, set[str]]:
        """Return by key what a phrase ends in, in the records under some keys; see `ranking.Records`."""
        # Imported here: few searches need it.
        from briefing.search.highlight import endings

        rows = self._catalogue.rows_in("SELECT key, json FROM records WHERE live = 1 AND key IN ({})", keys)
        found = {key: endings(text, term) for key, text in rows}
        return {key: words for key in keys if (words := found.get(key))}

    def holding(self, keys: Sequence[int], term: Term, *, names: bool) -> list[int]:
        """Return those of some keys in whose records (with `names`, in whose names) a term stands."""
        # Imported here: few searches need them.
        from briefing.search.entry import texts_of
        from briefing.search.highlight import Highlights, matches

        highlights = Highlights((term,))
        found = []
        for key, text in self._catalogue.rows_in("SELECT key, json FROM records WHERE live = 1 AND key IN ({})", keys):
            record = _record(text)
            others = () if names else (record.id, *(text for _, text in texts_of(record)))
            if any(matches(text, highlights) for text in (record.title, *record.aliases, *others)):
                found.append(key)
        return found


_NEIGHBOURS = (
    "SELECT t.key, t.kind FROM relations r JOIN records t ON t.id = r.target AND t.live = 1 WHERE r.source = ?"
    " UNION SELECT r.source, r.kind FROM relations r WHERE r.target = ?"
)


def _record(text: str) -> Record:
    # Imported here: it is what reads JSON of every kind of record, and lists of cards do without.
    from briefing.records.record import Record

    return Record.from_json(text)


def _card(row: Sequence[Any]) -> Card:
    return Card(row[0], row[1], row[2], bool(row[3]))


def _cards(rows: Iterable[Sequence[Any]]) -> list[Card]:
    return [_card(row) for row in rows]


def _in_order(counted: dict[str, int]) -> tuple[SectionCount, ...]:
    return tuple(SectionCount(kind.name, kind.section, counted[kind.name]) for kind in KINDS if counted.get(kind.name))


_Said = tuple[str, tuple[str, ...]]


def _claims_said(record: str) -> dict[str, _Said]:
    """Return the claims of a record by id, each with its text and with its own marking and its section's."""
    data = json.loads(record)
    of_sections = [(claim, section["marking"]) for section in data["sections"] for claim in section["claims"]]
    return {
        claim["id"]: (claim["text"], tuple(filter(None, (claim.get("marking", ""), section))))
        for claim, section in (*((claim, "") for claim in data["claims"]), *of_sections)
    }
