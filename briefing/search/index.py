"""The Tantivy index of a library: the only module that knows Tantivy.

It finds; the catalogue keeps the records. So nothing is stored in it but the catalogue's keys, and a folder can be
deleted at any time: it is rebuilt.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

import tantivy

from briefing.errors import CacheError
from briefing.search.text import START, TITLE_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import Self

    from briefing.search.entry import Entry

FORMAT = 4
"""Rises with every change to the fields or to how words are cut; an index of another format is rebuilt."""

Match = tantivy.Query
"""What is to match; made by a `SearchIndex` and given back to it."""

_STAMP = "briefing-index"
# The key of the document that carries the generation: with it in the same commit, index and number cannot part.
_GENERATION_KEY = 0
# The fields that hold beginnings, and up to how many letters; each has a tokenizer of its own name.
_BEGINNINGS = {"title_prefix": TITLE_PREFIX, "starts": START}
# Records with keys that follow each other, side by side in the index: a block is looked through without the others.
_BLOCK = 8_192
# Of each part of the index as many values are counted exactly.
_SEGMENT_VALUES = 1_000
_MOST_SPANS = 200_000
# What is gathered in memory before it becomes a part of the index; larger parts are merged fewer times.
_MEMORY, _MEMORY_FOR_MANY = 32_000_000, 64_000_000
# Up to so many values to look for are followed one by one.
_FEW_VALUES = 500
_REBUILD = "It is rebuilt when the library is indexed again."


class SearchIndex:
    """An index open for reading. It belongs to one thread and sees the commit that was the last at `reload`.

    Fields to look in: `title` and `all` hold words, `title_prefix` the beginnings of words and `heads` the first
    letters of those in `all`, `names` whole names, `starts` their beginnings and `sounds` how those in other scripts
    are spoken, `pairs` what the module of that name says; `id`, `links` (ids named), `facets` (`status:planned`),
    `traits` (`has:quote`) and `spans` (the two bounds of a date, `738000:738030`) hold whole values.
    """

    def __init__(self, index: tantivy.Index) -> None:
        self._index = index
        self._schema = index.schema
        self._searcher = index.searcher()
        self._blocks: list[tuple[str, int]] | None = None
        self._generation: int | None = None
        self._spans: list[tuple[int, int]] | None = None

    @classmethod
    def open(cls, folder: Path) -> SearchIndex:
        """Open the index in a folder; raises CacheError where there is none that this program can read."""
        _check_stamp(folder)
        with _cache_errors(folder):
            index = tantivy.Index.open(str(folder))
            # By default a thread would watch the folder; the library says when to look.
            index.config_reader("manual")
            opened = cls(index)
            opened.generation  # noqa: B018 - reading it finds out whether the files can be read
            return opened

    @property
    def generation(self) -> int:
        """The number that the last commit was given; 0 before the first."""
        if self._generation is None:
            found = self._search(self.term("key", _GENERATION_KEY), 1).hits
            addresses = [address for _, address in found]
            self._generation = int((self._searcher.fast_field_values("generation", addresses) or [0])[0] or 0)
        return self._generation

    def reload(self) -> None:
        """See the latest commit, be it this process's or another's."""
        with _cache_errors():
            self._index.reload()
            self._searcher = self._index.searcher()
            self._blocks = None
            self._generation = None
            self._spans = None

    def close(self) -> None:
        """Let go of the files."""
        del self._searcher, self._index

    # What to match

    def term(self, field: str, value: str | int) -> Match:
        """Match records with that word or value in a field."""
        return tantivy.Query.term_query(self._schema, field, value)

    def any_term(self, field: str, values: Sequence[str]) -> Match:
        """Match records with one of those words or values in a field, all alike in rank."""
        return tantivy.Query.const_score_query(self._any_of(field, values), 1.0)

    def any_key(self, keys: Sequence[int]) -> Match:
        """Match the records under those keys, all alike in rank."""
        return tantivy.Query.const_score_query(self._any_of("key", keys), 1.0)

    def _any_of(self, field: str, values: Sequence[str] | Sequence[int]) -> Match:
        # A set is first made into a list of all records, each yes or no, which a few values are not worth.
        if len(values) > _FEW_VALUES:
            return tantivy.Query.term_set_query(self._schema, field, values)
        return self.one_of([self.term(field, value) for value in values])

    def phrase(self, field: str, words: Sequence[str]) -> Match:
        """Match records in which those words follow each other."""
        if len(words) == 1:
            return self.term(field, words[0])
        return tantivy.Query.phrase_query(self._schema, field, list(words))

    def near(self, field: str, word: str, distance: int, *, goes_on: bool = False) -> Match:
        """Match records with a word at most so many letters away, 2 at most; two that changed places are one.

        With `goes_on` a word that begins so is enough.
        """
        return tantivy.Query.fuzzy_term_query(self._schema, field, word, distance, True, goes_on)

    def days(self, first: int | None, last: int | None) -> Match:
        """Match records with a day between two ordinals, both included; None leaves that end open."""
        return self._between("days", first, last)

    def bounds(self, end: Literal["lowers", "uppers"], first: int | None, last: int | None) -> Match:
        """Match records one of whose dates has its earliest (latest) day between two ordinals, as `days` does."""
        return self._between(end, first, last)

    def _between(self, field: str, first: int | None, last: int | None) -> Match:
        return tantivy.Query.range_query(self._schema, field, tantivy.FieldType.Integer, first, last)

    def all_of(self, matches: Sequence[Match], without: Sequence[Match] = ()) -> Match:
        """Match what all of some match, and none of others; nothing given is everything."""
        must = [(tantivy.Occur.Must, match) for match in matches or [self._everything()]]
        if len(must) == 1 and not without:
            return must[0][1]
        return tantivy.Query.boolean_query([*must, *((tantivy.Occur.MustNot, match) for match in without)])

    def one_of(self, matches: Sequence[Match]) -> Match:
        """Match what at least one of some match; nothing given is nothing."""
        if len(matches) == 1:
            return matches[0]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, match) for match in matches])

    def only_filtering(self, match: Match) -> Match:
        """Match the same, with no say in the rank."""
        return tantivy.Query.const_score_query(match, 0.0)

    def part(self, records: int) -> Match | None:
        """Match the records of some part of the index, of at least that size; None where that is most of it."""
        if 2 * records >= self.size:
            return None
        if self._blocks is None:
            with _cache_errors():
                self._blocks = self._searcher.terms_with_prefix("block", "")
        chosen: list[str] = []
        for block, number in self._blocks:
            if records <= 0:
                break
            chosen.append(block)
            records -= number
        return self.only_filtering(self.any_term("block", chosen))

    @property
    def size(self) -> int:
        """How many records there are, about."""
        return int(self._searcher.num_docs)

    def _everything(self) -> Match:
        return tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, tantivy.Query.all_query()),
                (tantivy.Occur.MustNot, self.term("key", _GENERATION_KEY)),
            ]
        )

    # Asking

    def best(self, match: Match, limit: int) -> list[tuple[float, int]]:
        """Return (score, key) of the records that match best, best first."""
        hits = self._search(match, limit).hits
        return list(zip((score for score, _ in hits), self._keys(hits), strict=True))

    def in_order(self, match: Match, limit: int) -> list[int]:
        """Return keys of records that match, by title."""
        with _cache_errors():
            hits = self._searcher.search(
                match, max(limit, 1), count=False, order_by_field="order", order=tantivy.Order.Asc
            ).hits
        return self._keys(hits)[: max(limit, 0)]

    def count(self, match: Match) -> int:
        """Return how many records match."""
        with _cache_errors():
            return self._searcher.search(match, 1, count=True).count or 0  # type: ignore[attr-defined]  # not in its stub

    def counts(self, match: Match, field: Literal["facets", "links"], limit: int) -> list[tuple[str, int]]:
        """Return the values that a field has in the records that match, and in how many, the most frequent first."""
        terms = {"field": field, "size": limit, "segment_size": max(limit, _SEGMENT_VALUES)}
        with _cache_errors():
            found = self._searcher.aggregate(match, {"found": {"terms": terms}})["found"]
        return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in found["buckets"]]

    def frequency(self, field: str, word: str) -> int:
        """Return in how many records a word is, those deleted since the last merge included."""
        with _cache_errors():
            return self._searcher.doc_freq(field, word)

    def frequencies(self, field: str, words: Iterable[str]) -> dict[str, int]:
        """Return those words that a field has, each with its frequency."""
        doc_freq = self._searcher.doc_freq
        with _cache_errors():
            return {word: number for word in words if (number := doc_freq(field, word))}

    def words(self, field: str, prefix: str, limit: int) -> list[str]:
        """Return the words of a field that begin with `prefix`, those in most records first."""
        return [word for word, _ in self.vocabulary(field, prefix, limit)]

    def vocabulary(self, field: str, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Return what `words` does, each with the number of records that it is in."""
        with _cache_errors():
            return self._searcher.terms_with_prefix(field, prefix, limit=limit)

    def spans(self) -> list[tuple[int, int]]:
        """Return the bounds of every date in the library, each once, as ordinals; kept until `reload`."""
        if self._spans is None:
            bounds = [span.split(":") for span in self.words("spans", "", _MOST_SPANS)]
            self._spans = [(int(lower), int(upper)) for lower, upper in bounds]
        return self._spans

    def _search(self, match: Match, limit: int) -> tantivy.SearchResult:
        # A limit of 0 would stop the process in Rust.
        with _cache_errors():
            return self._searcher.search(match, max(limit, 1), count=False)

    def _keys(self, hits: Sequence[tuple[object, tantivy.DocAddress]]) -> list[int]:
        with _cache_errors():
            values = self._searcher.fast_field_values("key", [address for _, address in hits])
        return [int(value or 0) for value in values]


class IndexWriter:
    """The one writer of an index; nothing is seen by readers before `commit`.

    A process that is killed leaves its last commit, and its lock goes with it.
    """

    def __init__(self, index: tantivy.Index, writer: tantivy.IndexWriter) -> None:
        self._schema = index.schema
        self._writer: tantivy.IndexWriter | None = writer

    @classmethod
    def create_or_open(cls, folder: Path, *, many: bool = False) -> IndexWriter:
        """Open the index in a folder for writing, or begin one where there is none; `many` records take more memory.

        Raises CacheError where another process writes to it, where the folder cannot be written, and where it holds
        an index that this program cannot read.
        """
        with _cache_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if (folder / "meta.json").exists():
                _check_stamp(folder)
                index = tantivy.Index.open(str(folder))
            else:
                _write_stamp(folder)
                index = tantivy.Index(_schema(), path=str(folder))
            for name, letters in _BEGINNINGS.items():
                cut = tantivy.Tokenizer.ngram(1, letters, prefix_only=True)
                index.register_tokenizer(name, tantivy.TextAnalyzerBuilder(cut).build())
            # One thread, for each leaves parts of its own, and small changes want few.
            return cls(index, index.writer(_MEMORY_FOR_MANY if many else _MEMORY, 1))

    def remove(self, keys: Iterable[int]) -> None:
        """Remove the records with those keys."""
        # WORKAROUND: tantivy-py 0.27's delete_documents_by_term looks for a signed number in an unsigned field, and
        # so finds nothing; a query does not.
        if gone := list(keys):
            self._open().delete_documents_by_query(tantivy.Query.term_set_query(self._schema, "key", gone))

    def add(self, entries: Iterable[Entry]) -> None:
        """Add records, each under a key of its own; one that is there already must be removed first."""
        add_json = self._open().add_json
        with _cache_errors():
            for entry in entries:
                add_json(f'{{"key":{entry.key},"block":"{entry.key // _BLOCK}",{entry.fields}}}')

    def commit(self, generation: int) -> None:
        """Let readers see what was done, under that number."""
        self.remove([_GENERATION_KEY])
        with _cache_errors():
            self._open().add_json(f'{{"key":{_GENERATION_KEY},"generation":{generation}}}')
            self._open().commit()

    def close(self) -> None:
        """Finish merging, and let another write. What was not committed is gone."""
        writer, self._writer = self._writer, None
        if writer is not None:
            with _cache_errors():
                writer.wait_merging_threads()

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise ValueError("the writer is closed")
        return self._writer

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in ("key", "generation"):
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field("order", fast=True)
    for name in ("days", "lowers", "uppers"):
        builder.add_integer_field(name, fast=True)
    for name in ("id", "names", "sounds", "traits", "spans", "block"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("links", "facets"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("title", "all"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    for name in ("heads", "pairs"):
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in _BEGINNINGS:
        builder.add_text_field(name, tokenizer_name=name, index_option="basic")
    return builder.build()


def _write_stamp(folder: Path) -> None:
    # Beside the file and then renamed: a stamp is whole or not there.
    draft = folder / f"{_STAMP}.new"
    draft.write_text(f"{FORMAT}\n", encoding="utf-8")
    draft.replace(folder / _STAMP)


def _check_stamp(folder: Path) -> None:
    try:
        found = int((folder / _STAMP).read_bytes())
    except FileNotFoundError:
        raise CacheError("There is no search index", where=str(folder), mend=_REBUILD) from None
    except (OSError, ValueError):
        raise CacheError("The search index cannot be read", where=str(folder), mend=_REBUILD) from None
    if found != FORMAT:
        raise CacheError(f"The search index is of format {found}, not {FORMAT}", where=str(folder), mend=_REBUILD)


@contextmanager
def _cache_errors(folder: Path | None = None) -> Iterator[None]:
    # Tantivy raises ValueError for nearly everything, and a panic in Rust is no Exception at all.
    where = str(folder) if folder else ""
    try:
        yield
    except CacheError:
        raise
    except (ValueError, OSError) as fault:
        if "LockBusy" in str(fault):
            raise CacheError(
                "Another window is bringing the search index up to date", where=where, mend="Try again in a moment."
            ) from fault
        raise CacheError(f"The search index cannot be used: {fault}", where=where, mend=_REBUILD) from fault
    except BaseException as fault:
        if type(fault).__name__ != "PanicException":
            raise
        raise CacheError("The search index is damaged", where=where, mend=_REBUILD) from fault
