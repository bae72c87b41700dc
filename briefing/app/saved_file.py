"""Saved searches as a YAML file, written for other people and read back. Imports no Qt.

saved-searches: 1
searches:
- name: Planned with Korea
query: kind:dialogue status:planned country:south-korea
every-library: true        # left out: for the library that is open when the file is read
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn

from briefing.app.whole_file import write_whole
from briefing.errors import SavedFileError
from briefing.records.nodes import Mapping, Scalar, Sequence
from briefing.records.quoting import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from briefing.records.nodes import Node

FORMAT = 1
MOST = 1_000
LONGEST_NAME = 200
LONGEST_QUERY = 1_000
_HEAD = "saved-searches"
_EVERY = "every-library"


class Shared(NamedTuple):
    """A saved search as it goes to others: for every library, or for the one that is open."""

    name: str
    query: str
    everywhere: bool = False


def write_searches(path: Path, searches: Iterable[Shared]) -> None:
    """Write saved searches, whole or not at all; raises SavedFileError."""
    lines = [f"{_HEAD}: {FORMAT}", "searches:"]
    for each in searches:
        lines += [f"  - name: {quoted(each.name)}", f"    query: {quoted(each.query)}"]
        lines += [f"    {_EVERY}: true"] if each.everywhere else []
    text = "\n".join([*(lines if len(lines) > 2 else [lines[0], "searches: []"]), ""])
    try:
        write_whole(path, text.encode("utf-8", "replace"))
    except OSError as error:
        reason = error.strerror or "it cannot be written"
        raise SavedFileError(
            f"The searches were not written: {reason}", where=str(path), mend="Choose another folder or name."
        ) from error


def read_searches(path: Path) -> tuple[Shared, ...]:
    """Read a file of saved searches; raises SavedFileError, which says what is wrong, where, and how to mend it."""
    # Imported here: only reading YAML pays for it.
    from briefing.records.reader import MAX_BYTES, read_tree

    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise SavedFileError(
            f"The searches cannot be read: {reason}", where=str(path), mend="Choose another file."
        ) from error
    tree, problem = read_tree(data, path.name)
    if problem is not None:
        place = f"{path}:{problem.line}:{problem.column}"
        raise SavedFileError(problem.message.removesuffix("."), where=place, mend=problem.mend)
    return _Reader(path).searches(tree)


class _Reader:
    """Makes searches of the tree of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def searches(self, root: Node | None) -> tuple[Shared, ...]:
        if not isinstance(root, Mapping) or _HEAD not in root.entries:
            self._fail(root, "This is no file of saved searches", f"Begin it with a line `{_HEAD}: {FORMAT}`.")
        version = root.entries[_HEAD]
        if not isinstance(version, Scalar) or version.text.strip() != str(FORMAT):
            mend = "Read it with a newer version of Briefing."
            self._fail(version, f"The file is not of format {FORMAT}, which this program reads", mend)
        found = root.entries.get("searches")
        if not isinstance(found, Sequence):
            self._fail(found or root, "The file has no list of searches", "Write `searches:`, and below it the list.")
        if len(found.items) > MOST:
            self._fail(found, f"The file has more than {MOST:,} searches", "Split it into several files.")
        return tuple(self._search(item) for item in found.items)

    def _search(self, item: Node) -> Shared:
        if not isinstance(item, Mapping):
            self._fail(item, "This is no search", "Write `name:` and `query:`, each on a line of its own.")
        for name in item.entries:
            if name not in ("name", "query", _EVERY):
                self._fail(item.key(name), f"A search has no “{name[:40]}”", f"It has `name`, `query` and `{_EVERY}`.")
        every = item.entries.get(_EVERY)
        if every is not None and not (isinstance(every, Scalar) and every.text in ("true", "false")):
            self._fail(every, f"`{_EVERY}` is true or false", "Write one of the two.")
        everywhere = isinstance(every, Scalar) and every.text == "true"
        return Shared(self._text(item, "name", LONGEST_NAME), self._text(item, "query", LONGEST_QUERY), everywhere)

    def _text(self, item: Mapping, field: str, longest: int) -> str:
        node = item.entries.get(field)
        if node is None or (isinstance(node, Scalar) and not node.text.strip()):
            self._fail(node or item, f"A search needs a {field}", f"Write `{field}:` and what it is.")
        if not isinstance(node, Scalar):
            self._fail(node, f"The {field} of a search is a text", "Put quotation marks around it.")
        # On one line, as in the field; a space at the end of a query says that its last word is whole.
        text = node.text.translate(_SPACES).lstrip()
        if len(text) > longest:
            self._fail(node, f"A {field} has more than {longest:,} characters", "Shorten it.")
        return text

    def _fail(self, node: Node | None, what: str, mend: str) -> NoReturn:
        place = f"{self._path}:{node.line}:{node.column}" if node is not None else str(self._path)
        raise SavedFileError(what, where=place, mend=mend)


_SPACES = dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " ")
