"""What only a whole library can tell: references that lead nowhere, ids used twice, circles, codes used twice.

Each check looks at what the last changes can have altered, in both directions: a record that came mends the
references to it, one that went breaks them. What it found before about the same things is replaced.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.library.suggestions import Suggestions
from briefing.records.kinds import KINDS, Field, kind_named, relation_field
from briefing.records.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from briefing.library.catalogue import Catalogue
    from briefing.library.ledger import Ledger

# Id, key, the record that it nests under, and whether it is at the top of its section.
_NESTED = "SELECT t.id, t.key, r.target, t.root FROM records t JOIN relations r ON r.source = t.key WHERE t.live = 1"
_FIELDS = ("see_also", "mentions", "claims.source", "claims.about")


class Checks:
    """Runs the checks within the ledger's batch. With `full` they look at everything."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger, *, full: bool) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._full = full

    def run(self, home: tuple[str, str, int, int]) -> None:
        """Run them all; `home` is the id that library.yaml names as its home, with file, line and column."""
        self._gather()
        self._references()
        self._duplicates()
        self._codes()
        for kind in KINDS:
            if kind.nested_by:
                self._nesting(kind.name, kind.nested_by)
        self._home(*home)

    def _gather(self) -> None:
        """List the records whose references may lead elsewhere than before."""
        run = self._catalogue.run
        run("CREATE TEMP TABLE IF NOT EXISTS recheck(key INTEGER PRIMARY KEY)")
        run("DELETE FROM recheck")
        if self._full:
            run("INSERT INTO recheck SELECT key FROM records WHERE live = 1")
            return
        run("INSERT OR IGNORE INTO recheck SELECT item FROM dirty WHERE what = 'key'")
        run(
            "INSERT OR IGNORE INTO recheck SELECT r.source FROM dirty d JOIN relations r ON r.target = d.item"
            " WHERE d.what = 'id'"
        )
        touched = self._catalogue.rows("SELECT t.id FROM recheck k CROSS JOIN records t ON t.key = k.key")
        self._ledger.changed.update(record_id for (record_id,) in touched)

    def _references(self) -> None:
        self._permit()
        if self._full:
            self._catalogue.run("DELETE FROM problems WHERE origin = 'reference'")
        else:
            self._catalogue.run(
                "DELETE FROM problems WHERE origin = 'reference' AND owner IN (SELECT key FROM recheck)"
            )
        rows = self._catalogue.rows(
            "SELECT s.key, s.id, s.kind, f.path, r.field, r.target, r.line, r.column, s.line, t.kind"
            " FROM recheck k CROSS JOIN relations r ON r.source = k.key"
            " LEFT JOIN records t ON t.id = r.target AND t.live = 1"
            " LEFT JOIN permitted p ON p.source = r.kind AND p.field = r.field AND p.target = t.kind"
            " CROSS JOIN records s ON s.key = r.source CROSS JOIN files f ON f.num = s.file"
            " WHERE p.source IS NULL AND s.stale = 0"
        )
        suggestions = Suggestions(self._catalogue)
        for key, record_id, kind, path, name, target, line, column, top, found in rows:
            field = relation_field(kind, name)
            if found is None:
                code, message = "unknown-id", f"No record has the id `{target}`."
                nearest = suggestions.nearest(target, field.kinds)
                mend = f"Did you mean `{nearest}`?" if nearest else "Correct it, or add a record with that id."
            else:
                code = "wrong-kind"
                message = f"`{target}` is {_a(kind_named(found).label)}, and `{field.name}` names {_kinds(field)}."
                mend = f"Name {_kinds(field)}, or move it to another field."
            if not line:
                line, column = top, 1
            problem = Problem(path, line, column, code, message, mend, "error", record_id)
            self._ledger.add_problems("reference", key, [problem])

    def _permit(self) -> None:
        """List which kinds may name which, by which field."""
        run = self._catalogue.run
        run(
            "CREATE TEMP TABLE IF NOT EXISTS permitted("
            "source TEXT, field TEXT, target TEXT, PRIMARY KEY(source, field, target)) WITHOUT ROWID"
        )
        every = tuple(kind.name for kind in KINDS)
        permitted = [
            (kind.name, name, target)
            for kind in KINDS
            for name in (*(field.name for field in kind.fields if field.is_relation), *_FIELDS)
            for target in relation_field(kind.name, name).kinds or every
        ]
        self._catalogue.run_many("INSERT OR IGNORE INTO permitted VALUES (?, ?, ?)", permitted)

    def _duplicates(self) -> None:
        if self._full:
            self._catalogue.run("DELETE FROM problems WHERE origin = 'duplicate'")
            ids = self._catalogue.rows("SELECT id FROM records GROUP BY id HAVING count(*) > 1")
        else:
            ids = self._catalogue.rows("SELECT item FROM dirty WHERE what = 'contested'")
        for (record_id,) in ids:
            rows = self._catalogue.rows(
                "SELECT f.path, t.line, t.column, t.live FROM records t JOIN files f ON f.num = t.file"
                # A link within the library shows the same record twice, which is not what is meant here.
                " WHERE t.id = ? AND t.stale = 0 AND f.link = 0 ORDER BY t.live DESC, f.path, t.line",
                (record_id,),
            )
            problems = []
            for path, line, column, live in rows if len(rows) > 1 else ():
                other = rows[1] if live else rows[0]
                used = "This one is used" if live else "That one is used"
                message = f"The record in `{other[0]}`, line {other[1]}, has the id `{record_id}` too. {used}."
                problems.append(
                    Problem(
                        path, line, column, "duplicate-id", message, "Give one of them another id.", "error", record_id
                    )
                )
            self._ledger.replace_problems("duplicate", record_id, problems)

    def _codes(self) -> None:
        if self._full:
            self._catalogue.run("DELETE FROM problems WHERE origin = 'code'")
            codes = self._catalogue.rows("SELECT code FROM codes GROUP BY code HAVING count(*) > 1")
        else:
            codes = self._catalogue.rows("SELECT item FROM dirty WHERE what = 'code'")
        for (code,) in codes:
            rows = self._catalogue.rows(
                "SELECT f.path, c.line, c.column, t.id FROM codes c JOIN records t ON t.key = c.key"
                " JOIN files f ON f.num = t.file WHERE c.code = ? AND t.stale = 0 ORDER BY f.path, t.line",
                (code,),
            )
            problems = []
            for path, line, column, record_id in rows if len(rows) > 1 else ():
                others = [f"`{row[3]}`" for row in rows if row[3] != record_id]
                message = f"The ISO code {code} is that of {others[0]} too."
                mend = "Correct one of them, or make one record of both."
                problems.append(Problem(path, line, column, "duplicate-code", message, mend, "warning", record_id))
            self._ledger.replace_problems("code", code, problems)

    def _home(self, record_id: str, path: str, line: int, column: int) -> None:
        problems = []
        known = self._catalogue.row("SELECT 1 FROM records WHERE id = ? AND live = 1", (record_id,))
        if record_id and not known:
            nearest = Suggestions(self._catalogue).nearest(record_id, ())
            mend = f"Did you mean `{nearest}`?" if nearest else "Name a record of this library, or leave `home` out."
            problems = [Problem(path, line, column, "unknown-id", f"No record has the id `{record_id}`.", mend)]
        self._ledger.replace_problems("home", "", problems)

    # Circles

    def _nesting(self, kind: str, field: str) -> None:
        """Find out which records of a kind stand at the top of their section, and which lead round in a circle."""
        seeds = {record_id: (key, parent, root) for record_id, key, parent, root in self._seeds(kind, field)}
        parents = {record_id: parent for record_id, (_, parent, _) in seeds.items()} if self._full else {}
        in_circle: dict[str, tuple[str, ...]] = {}
        settled: set[str] = set()
        for record_id in seeds:
            trail: dict[str, None] = {}
            at = record_id
            while at and at not in settled and at not in trail:
                trail[at] = None
                at = self._parent(at, kind, field, parents)
            if at in trail:
                way = list(trail)
                circle = tuple(way[way.index(at) :])
                in_circle.update((member, circle) for member in circle)
            settled.update(trail)
        for record_id, key, parent, root in self._rows(kind, field, "t.id IN ({})", in_circle.keys() - seeds.keys()):
            seeds[record_id] = (key, parent, root)
        for record_id, (key, parent, root) in seeds.items():
            circle = in_circle.get(record_id, ())
            at_top = bool(circle) or self._kind_of(parent) != kind
            if at_top != root:
                self._catalogue.run("UPDATE records SET root = ? WHERE key = ?", (at_top, key))
                self._ledger.changed.add(record_id)
            self._catalogue.run("DELETE FROM circles WHERE key = ?", (key,))
            self._ledger.replace_problems("cycle", key, ())
            if circle:
                self._catalogue.run("INSERT INTO circles VALUES (?)", (key,))
                self._complain(key, record_id, field, circle)

    def _seeds(self, kind: str, field: str) -> list[tuple[str, int, str, int]]:
        """Return what is to be looked at: what changed, and what was in a circle before."""
        if self._full:
            self._catalogue.run("DELETE FROM circles")
            self._catalogue.run("DELETE FROM problems WHERE origin = 'cycle'")
            return self._catalogue.rows(f"{_NESTED} AND t.kind = ? AND r.field = ?", (kind, field))
        # A record that went leaves its key behind.
        self._catalogue.run("DELETE FROM circles WHERE key NOT IN (SELECT key FROM records)")
        keys = self._catalogue.rows("SELECT key FROM recheck UNION SELECT key FROM circles")
        return self._rows(kind, field, "t.key IN ({})", [key for (key,) in keys])

    def _rows(self, kind: str, field: str, where: str, items: Iterable[str | int]) -> list[tuple[str, int, str, int]]:
        return self._catalogue.rows_in(f"{_NESTED} AND t.kind = ? AND r.field = ? AND {where}", items, kind, field)

    def _parent(self, record_id: str, kind: str, field: str, parents: dict[str, str]) -> str:
        if record_id not in parents:
            rows = [] if self._full else self._rows(kind, field, "t.id IN ({})", [record_id])
            parents[record_id] = rows[0][2] if rows else ""
        return parents[record_id]

    def _kind_of(self, record_id: str) -> str:
        row = self._catalogue.row("SELECT kind FROM records WHERE id = ? AND live = 1", (record_id,))
        return row[0] if row else ""

    def _complain(self, key: int, record_id: str, field: str, circle: tuple[str, ...]) -> None:
        path, line, column, stale = self._catalogue.row(
            "SELECT f.path, r.line, r.column, t.stale FROM records t JOIN files f ON f.num = t.file"
            " JOIN relations r ON r.source = t.key WHERE t.key = ? AND r.field = ?",
            (key, field),
        )
        if stale:
            return
        start = circle.index(record_id)
        way = [*circle[start:], *circle[:start], record_id]
        shown = way if len(way) <= 6 else [*way[:3], "…", *way[-2:]]
        message = f"`{field}` leads round in a circle: {' > '.join(shown)}."
        problem = Problem(path, line, column, "circle", message, "Leave it out of one of them.", "error", record_id)
        self._ledger.add_problems("cycle", key, [problem])


def _a(label: str) -> str:
    word = label[0].lower() + label[1:]
    return f"an {word}" if word[0] in "aeiou" else f"a {word}"


def _kinds(field: Field) -> str:
    return " or ".join(_a(kind_named(name).label) for name in field.kinds)
