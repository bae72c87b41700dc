"""The query language as a value: `parse` reads it and never fails, `str` gives its canonical form.

    trilateral 6G             all words, in any order; the last is a beginning too, unless a space or quote follows it
    "next generation"         words that follow each other
    semicond*                 a beginning, anywhere; also "next gen"*
    -china   NOT china        without it
    5G OR 6G                  either; words side by side bind closer than OR
    (5G OR 6G) korea          brackets
    +semiconducter            this very word, not as a beginning, and never another in its place; also +"next gen"
    country:india             filters, see `FILTERS`; quotes where the value has spaces: country:"South Korea"
    in:title   before:2024    where to look, and dates; certainly:before:2024 where the whole of a date must be

What cannot be read is searched for as words, and `Query.notes` says so.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from briefing.search.filters import DATED, FILTERS, HAS, MODES, canonical_value, filter_called
from briefing.search.highlight import Highlights, Term
from briefing.search.text import tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["FILTERS", "HAS", "LONGEST", "Filter", "Group", "Node", "Not", "Query", "Words", "parse"]

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


class Words(NamedTuple):
    """Words that follow each other, as they were typed; with `prefix`, the last one may go on.

    With `exact` no others are looked for where there is nothing with these.
    """

    text: str
    prefix: bool = False
    exact: bool = False

    @property
    def term(self) -> Term:
        """The words as they are searched for and highlighted."""
        return Term(tuple(tokens(self.text)), self.prefix)

    def __str__(self) -> str:
        bare = _BARE.fullmatch(self.text) and self.text not in _OPERATORS
        return ("+" if self.exact else "") + (self.text if bare else f'"{self.text}"') + ("*" if self.prefix else "")


class Filter(NamedTuple):
    """A condition on a field of `FILTERS`, its value as `canonical_value` returns it.

    `certain` asks for the whole of a date; without it, which is also how `possibly:` is read, a part will do.
    """

    field: str
    value: str
    certain: bool = False

    def __str__(self) -> str:
        field = f"certainly:{self.field}" if self.certain else self.field
        return f"{field}:{self.value}" if _BARE.fullmatch(self.value) else f'{field}:"{self.value}"'


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
        if isinstance(last, Words) and not last.exact and not text.endswith(("*", '"')):
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
    def exactly(self) -> Query:
        """The query with every wanted word exact: what was typed, and nothing in its place."""
        return Query(_exactly(self.root) if self.root else None, self.notes)

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


def _exactly(node: Node) -> Node:
    if isinstance(node, Words):
        return node._replace(exact=True)
    return Group(tuple(map(_exactly, node.parts)), node.either) if isinstance(node, Group) else node


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
        # Halves of characters, as an argument of the command line may have them, are no text that can be looked up.
        self.text = text[:LONGEST].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self.notes: dict[str, None] = {}
        self.stack = [_Group()]
        self.ignored_brackets = 0
        self.negate = False
        self.exact = False
        self.certain = False
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
        exact, self.exact = self.exact, False
        star = re.compile(r"\*+").match(self.text, after) if closing else None
        typing = closing is None and not content[-1:].isspace()
        self.words(content, prefix=bool(star) or (typing and not self.negate and not exact), exact=exact)
        return star.end() if star else after

    def chunk(self, chunk: str, start: int, end: int) -> int:
        following = self.text[end : end + 1]
        signed = chunk.lstrip("-")
        if signed != chunk and (signed or following in ("(", *_QUOTES)):
            self.negate = True
        bare = signed.lstrip("+")
        exact = bare != signed
        if not bare:
            if exact and following and following in _QUOTES:
                self.exact = True
            elif exact:
                self.negate = False
            return end
        if bare in _OPERATORS and bare == chunk:
            if bare == "OR":
                self.stack[-1].alternatives.append([])
            self.negate = bare == "NOT"
            return end
        first, colon, value = bare.partition(":")
        mode = first.lower() if first.lower() in MODES else ""
        inner, inner_colon, inner_value = value.partition(":")
        if mode and inner_colon and filter_called(inner) in DATED:
            first, value = inner, inner_value
        else:
            mode = ""
        name = filter_called(first)
        if colon and name:
            self.certain = mode == "certainly"
            if not value and following and following in _QUOTES:
                return self.quoted(end + 1, name)
            self.filter(name, value, end)
            return end
        if colon and value and first.isascii() and first.isalpha() and value[0] != "/" and first == first.lower():
            self.note(f"“{first}:” is not a filter; it was searched for as a word.{_meant(first)}")
            if not self.negate:
                self.words(first, prefix=False, exact=exact)
                bare = value
        last = end == len(self.text)
        prefix = bare.endswith("*") or (last and not self.negate and not exact)
        self.words(bare.strip("*"), prefix=prefix, exact=exact)
        return end

    def words(self, text: str, prefix: bool, exact: bool = False) -> None:
        text = " ".join(text.split())
        if tokens(text):
            self.add(Words(text, prefix, exact), len(text))
        else:
            self.negate = False

    def filter(self, name: str, value: str, end: int) -> None:
        value = " ".join(value.split())
        certain, self.certain = self.certain, False
        try:
            read = canonical_value(name, value) if value else ""
        except ValueError as fault:
            self.note(f"“{name}:{value}” was searched for as words: {fault}.")
            read = ""
        else:
            if not value and self.atoms and end == len(self.text):
                # The value is about to be typed: meanwhile all else is searched for.
                self.note(f"“{name}:” needs a value.")
                self.negate = False
                return
            if not value:
                self.note(f"“{name}:” needs a value; it was searched for as a word.")
        if read:
            self.add(Filter(name, read, certain and read != "title"), len(read))
            return
        prefix = end == len(self.text) and not self.negate
        if value and not self.negate:
            self.words(name, prefix=False)
        self.words(value or name, prefix=prefix)

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


def _meant(name: str) -> str:
    """Return the question for the filter that may be meant, to follow a sentence, or nothing."""
    # Imported here: a query that says what it means need not pay for it.
    from briefing.records.suggest import nearest

    meant = nearest(name, FILTERS)
    return f" Did you mean {meant}:?" if meant else ""
