"""Which addresses may be made links."""

from __future__ import annotations

_WEB_SCHEMES = ("https:", "http:", "mailto:")


def is_web(address: str) -> bool:
    """Whether an address may be made a link that leaves the program: never one that runs or reads something here."""
    return address.lower().startswith(_WEB_SCHEMES)
