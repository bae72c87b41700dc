"""What may be named after `briefing`: a folder, its library.yaml, or an address that a desktop hands over.

    briefing notes                      the folder
    briefing notes/library.yaml         the same
    briefing file:///home/me/notes      the same, as file managers write it
    briefing briefing:icet              a record of the library that is opened
    briefing 'briefing:?q=kind:event'   a search in it

An address says nothing about which library: a page on the web may hold one, and is not to open folders.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from briefing.errors import UsageError
from briefing.records.forms import SLUG
from briefing.records.suggest import shown

SCHEME = "briefing:"
LONGEST = 2_000
_LIBRARY_FILE = "library.yaml"
_FILE = "file:"


class Target(NamedTuple):
    """What to open: a folder, or the library that would be opened anyway; then a record or a search in it."""

    folder: Path | None = None
    record: str = ""
    query: str = ""

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read what was named; raises UsageError where it is an address that leads nowhere."""
        scheme = text[: text.find(":") + 1].lower()
        if scheme == SCHEME:
            return _address(text)
        path = _path_of(text) if scheme == _FILE else Path(text)
        return cls(path.parent if path.name == _LIBRARY_FILE and path.is_file() else path)

    def __str__(self) -> str:
        from urllib.parse import quote

        if self.folder is not None:
            return str(self.folder)
        return SCHEME + (f"?q={quote(self.query)}" if self.query else self.record)


def _address(text: str) -> Target:
    # Imported here: few starts are by an address.
    from urllib.parse import parse_qs, unquote

    rest = text[len(SCHEME) :].removeprefix("//")
    name, question, asked = rest.partition("?")
    name = unquote(name).strip("/")
    mend = "Write `briefing:` and the id of a record, or `briefing:?q=` and a search."
    if len(text) > LONGEST:
        raise UsageError("The address is too long", mend="Open the program, and search in it.")
    if question:
        query = " ".join("".join(c if c.isprintable() else " " for c in parse_qs(asked).get("q", [""])[0]).split())
        if query and not name:
            return Target(query=query)
    elif not name:
        return Target()
    elif SLUG.fullmatch(name):
        return Target(record=name)
    raise UsageError(f"The address {shown(text)} leads nowhere", mend=mend)


def _path_of(address: str) -> Path:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(address)
    if parts.netloc not in ("", "localhost"):
        raise UsageError(f"The address {shown(address)} is on another machine", mend="Name a folder on this one.")
    path = unquote(parts.path)
    # As Windows has it, a slash stands before the letter of the drive.
    return Path(path[1:] if path[2:3] == ":" else path)
