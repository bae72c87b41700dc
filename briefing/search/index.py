"""The Tantivy index of a library: the only module that knows Tantivy.

It finds; the catalogue keeps the records. So nothing is stored in it but the catalogue's keys, and a folder can be
deleted at any time: it is rebuilt.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import tantivy

from briefing.errors import CacheError
from briefing.search.entry import Entry, entry_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

__all__ = ["FORMAT", "Entry", "IndexWriter", "Match", "SearchIndex", "entry_for"]

FORMAT = 1
"""Rises with every change to the fields or to how words are cut; an index of another format is rebuilt."""

Match = tantivy.Query
"""What is to match; made by `SearchIndex` and given back to it."""

_STAMP = "briefing-index.json"
_RAW = ("id", "kind", "links", "facets", "starts")
_HEAP_PER_THREAD = 32_000_000


class SearchIndex:
    """An index open for reading. It belongs to one thread and sees the commit that was the last at `reload`."""


class IndexWriter:
    """The one writer of an index."""
