"""Says where a link on a page leads."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import unquote

from briefing.app.session import Address

WEB = ("https:", "http:", "mailto:")
"""What opens outside, after a question. Every other scheme is refused."""


def address_of(target: str, here: Address | None) -> Address | None:
    """Return what a link shows in the reading pane; None where it leads elsewhere or nowhere.

    `target` is `record:<id>`, `record:<id>#<place>`, `file:<path in the library>` or `#<place>`; `here` is what is
    shown now.
    """
    if target.startswith("#"):
        return replace(here, fragment=unquote(target[1:])) if here else None
    scheme, _, rest = target.partition(":")
    if scheme == "record" and rest:
        key, _, fragment = rest.partition("#")
        return Address("record", unquote(key), unquote(fragment))
    if scheme == "file" and rest and not rest.startswith("/"):
        return Address("file", unquote(rest))
    return None


def is_web(target: str) -> bool:
    """Whether a link leads out of the program."""
    return target.lower().startswith(WEB)
