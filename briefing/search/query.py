"""The query language as a value: `parse` reads it and never fails, `str` gives its canonical form.

    trilateral 6G             all words, in any order; the last is a beginning too, unless a space or quote follows it
    "next generation"         words that follow each other
    semicond*                 a beginning, anywhere; also "next gen"*
    -china   NOT china        without it
    5G OR 6G                  either; words side by side bind closer than OR
    (5G OR 6G) korea          brackets
    country:india             filters, see `FILTERS`; quotes where the value has spaces: country:"South Korea"
    in:title   before:2024    where to look, and dates

What cannot be read is searched for as words, and `Query.notes` says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.records.kinds import KINDS, Type, is_kind
from briefing.search.highlight import Highlights, Term
from briefing.search.text import fold, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 8_000
"""How many characters of a query are read; and of those, how many words and filters, with how many letters in all."""
_MOST_ATOMS = 64
_MOST_LETTERS = 2_000
_DEEPEST = 20

_QUOTES = '"“”„«»'
_LEXER = re.compile(rf"(?P<bracket>[()])|(?P<quote>[{_QUOTES}])|(?P<chunk>[^\s(){_QUOTES}]+)")
_QUOTE = re.compile(f"[{_QUOTES}]")
_BARE = re.compile(r"\w[\w.'’&/+,-]*")
_OPERATORS = ("AND", "OR", "NOT")


def _filters() -> dict[str, str]:
    found = {"kind": "the kind of record", "id": "one record"}
    for kind in KINDS:
        found[kind.name] = f"records directly related to that {kind.label.lower()}"
    found |= {"tag": "a tag", "marking": "a marking of the record or of a part of it", "language": "its language"}
    for kind in KINDS:
        for each in kind.fields:
            if each.type is Type.CHOICE:
                found.setdefault(each.name, each.help.rstrip(".").lower())
    found |= {
        "in": "title (look in names only), or a date that one of its dates falls in",
        "before": "a date of its own before that one",
        "after": "a date of its own after that one",
        "has": "alias, body, claim, date, link, quote, source, summary or tag",
        "no": "none of those; no:source is a claim without one",
    }
    return found


FILTERS: dict[str, str] = _filters()
"""Every filter with what it asks for: the table behind parsing, completion and the help card."""

HAS: tuple[str, ...] = ("alias", "body", "claim", "date", "link", "quote", "source", "summary", "tag")
_SPELLINGS = {"organization": "organisation", "tags": "tag"}
_DATES = ("in", "before", "after")


class Words(NamedTuple):
    """Words that follow each other, as they were typed; with `prefix`, the last one may go on."""

    text: str
    prefix: bool = False

    @property
    def term(self) -> Term:
        """The words as they are searched for and highlighted."""
        return Term(tuple(tokens(self.text)), self.prefix)

    def __str__(self) -> str:
        bare = _BARE.fullmatch(self.text) and self.text not in _OPERATORS
        return (self.text if bare else f'"{self.text}"') + ("*" if self.prefix else "")


class Filter(NamedTuple):
    """A condition on a field of `FILTERS`. A kind's name and a date are in their canonical form, the rest as typed."""

    field: str
    value: str

    def __str__(self) -> str:
        return f"{self.field}:{self.value}" if _BARE.fullmatch(self.value) else f'{self.field}:"{self.value}"'


class Not(NamedTuple):
    """What its part does not match."""

    part: Node

    def __str__(self) -> str:
        return f"-{self.part}" if isinstance(self.part, Words | Filter) else f"-({self.part})"


class Group(NamedTuple):
    """Two or more parts that must all match; with `either`, one of them must."""

    parts: tuple[Node, ...]
    either: bool = False

    def __str__(self) -> str:
        if self.either:
            return " OR ".join(map(str, self.parts))
        return " ".join(f"({part})" if isinstance(part, Group) else str(part) for part in self.parts)


Node = Words | Filter | Not | Group


class Query(NamedTuple):
    """A query; `root` is None where there is nothing to search for. `parse(str(query))` is the query again.

    `notes` say what could not be read; queries that look for the same are equal whatever their notes.
    """

    root: Node | None = None
    notes: tuple[str, ...] = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Query) and self.root == other.root

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self.root)

    def __str__(self) -> str:
        if self.root is None:
            return ""
        text = str(self.root)
        last = self.root
        while isinstance(last, Group):
            inner = last.parts[-1]
            if isinstance(inner, Group) and not last.either:
                break
            last = inner
        if isinstance(last, Words) and not text.endswith(("*", '"')):
            # At the end a word alone would be read as a beginning.
            text = f'{text.removesuffix(last.text)}"{last.text}"'
        return text

    def __bool__(self) -> bool:
        return self.root is not None

    @property
    def conjuncts(self) -> tuple[Node, ...]:
        """The parts that must all match."""
        if self.root is None:
            return ()
        return self.root.parts if isinstance(self.root, Group) and not self.root.either else (self.root,)

    @property
    def words(self) -> tuple[Words, ...]:
        """Every word and phrase that is wanted, in order."""
        return tuple(_wanted(self.root))

    @property
    def highlights(self) -> Highlights:
        """What to mark in what was found."""
        return Highlights(tuple(dict.fromkeys(each.term for each in self.words)))


def _wanted(node: Node | None) -> Iterator[Words]:
    if isinstance(node, Words):
        yield node
    elif isinstance(node, Group):
        for part in node.parts:
            yield from _wanted(part)


def parse(text: str) -> Query:
    """Read a query. Anything is one: what makes no sense is searched for as words, with a note."""
    return _Parser(text).query()


class _Group:
    """What stands between two brackets so far: alternatives, each a list of parts that must all match."""

    def __init__(self, negated: bool = False) -> None:
        self.negated = negated
        self.alternatives: list[list[Node]] = [[]]

    def node(self) -> Node | None:
        options = [_joined(parts, either=False) for parts in self.alternatives if parts]
        return _joined(options, either=True) if options else None


def _joined(parts: list[Node], either: bool) -> Node:
    if len(parts) == 1:
        return parts[0]
    flat: list[Node] = []
    for part in parts:
        if isinstance(part, Group) and part.either == either:
            flat.extend(part.parts)
        else:
            flat.append(part)
    return Group(tuple(flat), either)


def _negated(node: Node) -> Node:
    return node.part if isinstance(node, Not) else Not(node)


class _Parser:
    """Reads a query from left to right, once, with a stack of its own for the brackets."""

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST]
        self.notes: dict[str, None] = {}
        self.stack = [_Group()]
        self.ignored_brackets = 0
        self.negate = False
        self.atoms = 0
        self.letters = 0
        if len(text) > LONGEST:
            self.note_length()

    def query(self) -> Query:
        at = 0
        while match := _LEXER.search(self.text, at):
            if match["bracket"]:
                at = match.end()
                self.bracket(match["bracket"])
            elif match["quote"]:
                at = self.quoted(match.end(), "")
            else:
                at = self.chunk(match["chunk"], match.start(), match.end())
        while len(self.stack) > 1:
            self.close()
        root = self.stack[0].node()
        if root is None and self.text.strip():
            root = self.nothing_but_signs()
        return Query(root, tuple(self.notes))

    def nothing_but_signs(self) -> Node | None:
        # Operators alone are words; signs alone are nothing.
        words = " ".join(_QUOTE.sub(" ", self.text).split())
        if tokens(words) and len(words) <= _MOST_LETTERS:
            return Words(words)
        self.note("There is no word in it to search for.")
        return None

    def bracket(self, sign: str) -> None:
        if sign == "(":
            if len(self.stack) > _DEEPEST:
                self.ignored_brackets += 1
                self.note(f"Brackets are read to a depth of {_DEEPEST}.")
            else:
                self.stack.append(_Group(self.negate))
                self.negate = False
        elif self.ignored_brackets:
            self.ignored_brackets -= 1
        elif len(self.stack) > 1:
            self.close()

    def close(self) -> None:
        group = self.stack.pop()
        self.negate = False
        node = group.node()
        if node is not None:
            self.stack[-1].alternatives[-1].append(_negated(node) if group.negated else node)

    def quoted(self, start: int, name: str) -> int:
        """Read what stands in quotes from `start` on, the value of a filter or a phrase; return where it ends."""
        closing = _QUOTE.search(self.text, start)
        end = closing.start() if closing else len(self.text)
        content = self.text[start:end]
        after = closing.end() if closing else end
        if name:
            self.filter(name, content, after)
            return after
        star = re.compile(r"\*+").match(self.text, after) if closing else None
        typing = closing is None and not content[-1:].isspace()
        self.words(content, prefix=bool(star) or (typing and not self.negate))
        return star.end() if star else after

    def chunk(self, chunk: str, start: int, end: int) -> int:
        following = self.text[end : end + 1]
        bare = chunk.lstrip("-")
        if bare != chunk and (bare or following in ("(", *_QUOTES)):
            self.negate = True
        if not bare:
            return end
        if bare in _OPERATORS and bare == chunk:
            if bare == "OR":
                self.stack[-1].alternatives.append([])
            self.negate = bare == "NOT"
            return end
        name, colon, value = bare.partition(":")
        name = _SPELLINGS.get(name.lower(), name.lower())
        if colon and name in FILTERS:
            if not value and following and following in _QUOTES:
                return self.quoted(end + 1, name)
            self.filter(name, value, end)
            return end
        if colon and value and name.isascii() and name.isalpha() and bare[: len(name)] == name and value[0] != "/":
            self.note(f"“{name}:” is not a filter; it was searched for as a word.")
            if not self.negate:
                self.words(name, prefix=False)
                bare = value
        last = end == len(self.text)
        self.words(bare.strip("*"), prefix=bare.endswith("*") or (last and not self.negate))
        return end

    def words(self, text: str, prefix: bool) -> None:
        text = " ".join(text.split())
        if tokens(text):
            self.add(Words(text, prefix), len(text))
        else:
            self.negate = False

    def filter(self, name: str, value: str, end: int) -> None:
        value = " ".join(value.split())
        read = self.value_of(name, value)
        if read is None:
            prefix = end == len(self.text) and not self.negate
            if value and not self.negate:
                self.words(name, prefix=False)
            self.words(value or name, prefix=prefix)
        else:
            self.add(Filter(name, read), len(read))

    def value_of(self, name: str, value: str) -> str | None:
        # The value in its canonical form, or None where it cannot be one.
        if not value:
            self.note(f"“{name}:” needs a value; it was searched for as a word.")
            return None
        if name == "kind":
            return _kind_called(value) or value
        if name == "in" and value.lower() == "title":
            return "title"
        if name in _DATES:
            from briefing.records.dates import parse_date  # imported here: only queries with dates pay for it

            try:
                return str(parse_date(value))
            except ValueError as fault:
                self.note(f"“{name}:{value}” was searched for as words: {fault}.")
                return None
        if name in ("has", "no") and value.lower() not in HAS:
            self.note(f"“{name}:{value}” was searched for as words: {name}: takes {', '.join(HAS)}.")
            return None
        return value.lower() if name in ("has", "no") else value

    def add(self, node: Node, letters: int) -> None:
        if self.atoms >= _MOST_ATOMS or self.letters + letters > _MOST_LETTERS:
            self.note_length()
        else:
            self.atoms += 1
            self.letters += letters
            self.stack[-1].alternatives[-1].append(Not(node) if self.negate else node)
        self.negate = False

    def note(self, sentence: str) -> None:
        self.notes.setdefault(sentence)

    def note_length(self) -> None:
        self.note("The query is very long; only its beginning was searched for.")


def _kind_called(name: str) -> str:
    if is_kind(name):
        return name
    wanted = fold(name)
    for kind in KINDS:
        called = {kind.name, f"{kind.name}s", f"{kind.name.removesuffix('y')}ies"}
        for label, joint in ((kind.label, " or "), (kind.section, " and ")):
            called.update((fold(label), *label.lower().split(joint)))
        if wanted in called:
            return kind.name
    return ""
