"""Updates that are told what changed: they come to what walking the whole folder comes to."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from briefing.library.ledger import Ledger
from briefing.library.library import Library
from briefing.records.kinds import KINDS

if TYPE_CHECKING:
    from tests.library.shelf import Shelf

FOLDERS = ["", "sub/", "sub/deep/", "sub2/"]
FILES = [f"{folder}{name}" for folder in FOLDERS for name in ("a.yaml", "b.yml", "c.yaml")]
IDS = ["a", "b", "c", "x"]

ids = st.sampled_from(IDS)
files = st.sampled_from(FILES)
places = st.sampled_from([folder.rstrip("/") for folder in FOLDERS if folder] + ["other"])


def snapshot(library: Library) -> dict[str, Any]:
    """Return everything that a user can see of a small library."""
    cards = [card for kind in KINDS for card in library.cards(kind.name)]
    known = {card.id for card in cards}.union(*({each.id for each in library.narrower(card.id)} for card in cards))
    return {
        "info": library.info,
        "counts": library.counts(),
        "sections": library.sections(),
        "cards": cards,
        "records": {each: library.record(each) for each in sorted(known)},
        "relations": {each: library.relations(each) for each in sorted(known)},
        "evidence": {each: library.evidence(each) for each in sorted(known)},
        "problems": library.problems(),
        "found": {
            text: [hit.id for hit in library.search(text).hits] for text in ("word", "kind:country", "t:x", *IDS)
        },
    }


class Folder(RuleBasedStateMachine):
    """A folder in which everything happens that can, and two libraries on it: one is told what, and one walks."""

    def __init__(self) -> None:
        super().__init__()
        self.home = Path(tempfile.mkdtemp())
        self.folder, self.texts = self.home / "library", self.home / "texts"
        self.folder.mkdir()
        self.texts.mkdir()
        self.number = 0
        self.told: set[str] = set()
        self.part = self.opened("part")
        self.whole = self.opened("whole")
        self.part.update()
        self.whole.update()

    def opened(self, cache: str) -> Library:
        return Library(self.folder, cache=self.home / cache, texts=self.texts)

    def write(self, path: str, text: str) -> None:
        """Write a file, and tell it with the folders that came with it."""
        target = self.folder / path
        for folder in reversed(target.relative_to(self.folder).parents):
            below = self.folder / folder
            if below.is_symlink() or (below.exists() and not below.is_dir()):
                return
            if not below.exists():
                below.mkdir()
                self.told.add(folder.as_posix())
        if target.is_dir():
            return
        self.number += 1
        # As editors do, so that a link is replaced and not written through.
        draft = self.home / "draft"
        draft.write_text(text, encoding="utf-8")
        draft.replace(target)
        self.told.add(path)

    @rule(path=files, id=ids, other=ids, second=ids)
    def write_a_country(self, path: str, id: str, other: str, second: str) -> None:  # noqa: A002
        one = f"id: {id}\nkind: country\ntitle: {id} word {self.number}\niso: K{id.upper()}\nsee_also: [{other}]\n"
        claim = f"claims:\n- text: It is so.\n  source: {other}\n  at: 1\n  quote: It is {id}.\n"
        self.write(path, f"{one}{claim}---\nid: {second}\nkind: country\ntitle: Second {second}\n")

    @rule(path=files, id=ids, other=ids)
    def write_a_technology(self, path: str, id: str, other: str) -> None:  # noqa: A002
        self.write(path, f"id: {id}\nkind: technology\ntitle: Tech {self.number}\nbroader: {other}\n")

    @rule(path=files, id=ids, text=st.sampled_from(["", "text.txt", "../text.txt", "sub/text.txt"]))
    def write_a_source(self, path: str, id: str, text: str) -> None:  # noqa: A002
        beside = f"text_file: {text}\n" if text else ""
        self.write(path, f"id: {id}\nkind: source\ntitle: Source {self.number}\ntype: report\n{beside}")

    @rule(path=files)
    def break_a_file(self, path: str) -> None:
        self.write(path, f"kind: country\ntitle: [{self.number}\n")

    @rule(path=files)
    def delete_a_file(self, path: str) -> None:
        if os.path.lexists(self.folder / path) and not (self.folder / path).is_dir():
            (self.folder / path).unlink()
            self.told.add(path)

    @rule(old=st.one_of(files, places), new=st.one_of(files, places))
    def rename(self, old: str, new: str) -> None:
        source, target = self.folder / old, self.folder / new
        is_free = not os.path.lexists(target) and target.parent.is_dir() and source not in target.parents
        if os.path.lexists(source) and is_free:
            source.rename(target)
            # Of a folder, nothing more is told.
            self.told.update((old, new))

    @rule(path=places)
    def delete_a_folder(self, path: str) -> None:
        if (self.folder / path).is_dir() and not (self.folder / path).is_symlink():
            shutil.rmtree(self.folder / path)
            self.told.add(path)

    @rule(path=st.one_of(files, places), end=st.one_of(files, places, st.just("/nowhere")))
    def link(self, path: str, end: str) -> None:
        if not os.path.lexists(self.folder / path) and (self.folder / path).parent.is_dir():
            (self.folder / path).symlink_to(self.folder / end)
            self.told.add(path)

    @rule(path=files)
    def make_a_pipe(self, path: str) -> None:
        if not os.path.lexists(self.folder / path) and (self.folder / path).parent.is_dir():
            os.mkfifo(self.folder / path)
            self.told.add(path)

    @rule(text=st.sampled_from(["marking: TLP:GREEN\n", "home: a\n", "home: nobody\n", "title: [\n", "title: T\n"]))
    def write_the_library_file(self, text: str) -> None:
        self.write("library.yaml", f"briefing: 1\n{text}")

    @rule()
    def delete_the_library_file(self) -> None:
        self.delete_a_file("library.yaml")

    @rule(path=st.sampled_from(["text.txt", "sub/text.txt", "sub/sub/text.txt"]), id=ids)
    def write_a_text_beside(self, path: str, id: str) -> None:  # noqa: A002
        self.write(path, f"It is {id}.\n")

    @rule(name=ids, id=ids)
    def write_a_text(self, name: str, id: str) -> None:  # noqa: A002
        path = self.texts / f"{name}.txt"
        path.write_text(f"It is {id}.\n", encoding="utf-8")
        self.told.add(path.as_posix())

    @rule(name=ids)
    def delete_a_text(self, name: str) -> None:
        path = self.texts / f"{name}.txt"
        path.unlink(missing_ok=True)
        self.told.add(path.as_posix())

    @precondition(lambda self: self.told)
    @rule()
    def fall_over_between_catalogue_and_index(self) -> None:
        with pytest.MonkeyPatch.context() as patch, suppress(RuntimeError):
            patch.setattr(Ledger, "_commit_index", _fail)
            self.part.update(paths=self.told)
        self.part.close()
        self.part = self.opened("part")
        # What was seen of a file stays where it is broken next.
        self.whole.update()

    @rule()
    def look(self) -> None:
        self.part.update(paths=self.told)
        self.told = set()
        self.whole.update()
        assert snapshot(self.part) == snapshot(self.whole)
        # Nor does walking find anything that was left out.
        again = self.part.update()
        assert (again.read, again.removed, again.changed) == (0, 0, frozenset())

    def teardown(self) -> None:
        try:
            self.look()
        finally:
            self.part.close()
            self.whole.close()
            shutil.rmtree(self.home)


def _fail(*_: object) -> None:
    raise RuntimeError("killed")


TestFolder = pytest.mark.skipif(os.name != "posix", reason="links and pipes are of Unix")(Folder.TestCase)
# A failure shrinks in minutes: give it `phases` for that.
TestFolder.settings = settings(
    max_examples=15,
    stateful_step_count=20,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


def test_what_was_not_told_is_not_looked_at(shelf: Shelf) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.country("peru")
    shelf.country("chile")
    assert library.update(paths=["peru.yaml"]).changed == {"peru"}
    assert library.update(paths=[]).changed == frozenset()
    assert library.update().changed == {"chile"}


def test_a_first_update_walks_whatever_it_is_told(shelf: Shelf) -> None:
    shelf.country("india")
    assert shelf.open().update(paths=["peru.yaml"]).records == 1


@pytest.mark.skipif(os.name != "posix", reason="links are of Unix")
def test_a_file_with_two_names_changes_under_both(shelf: Shelf) -> None:
    path = shelf.write("sub/a.yaml", "kind: country\ntitle: Old\n")
    os.link(path, shelf.folder / "b.yaml")
    library = shelf.indexed()
    path.write_text("kind: country\ntitle: Young\n", encoding="utf-8")
    assert library.update(paths=["sub/a.yaml"]).changed == {"a", "b"}


def test_where_a_path_cannot_be_looked_at_the_folder_is_walked(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf.country("india")
    library = shelf.indexed()
    shelf.country("peru")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.lstat", refuse)
    assert library.update(paths=["other.yaml"]).changed == {"peru"}


def test_where_case_does_not_count_a_file_has_the_name_that_is_listed(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.country("india")
    shelf.country("peru")
    library = shelf.indexed()
    monkeypatch.setattr("sys.platform", "darwin")
    # Such a disk finds the file by its old name too.
    monkeypatch.setattr("os.listdir", lambda _: ["India.yaml", "peru.yaml"])
    assert library.update(paths=["india.yaml", "peru.yaml"]).removed == 1
    assert library.card("india") is None


def test_another_folder_of_texts_is_looked_at_as_a_whole(shelf: Shelf) -> None:
    shelf.write("article.yaml", "kind: source\ntitle: Article\ntype: report\n")
    shelf.country("india", "claims:\n- text: It is.\n  source: article\n  at: 1\n  quote: It is so.\n")
    (shelf.texts / "article.txt").write_text("It is so.\n", encoding="utf-8")
    shelf.indexed()
    library = shelf.open(texts=shelf.texts)
    library.update(paths=["peru.yaml"])
    assert [state.value for state in library.evidence("india").values()] == ["quote_found"]


# Tables that hold no more than what is told, what is wrong with the folder, or a row for each kind.
SMALL = {"dirty", "circles", "recheck", "k", "tally", "d", "permitted"}


@pytest.mark.parametrize("change", ["write", "delete", "come", "move"])
def test_no_statement_of_a_small_change_reads_a_whole_table(
    shelf: Shelf, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write("article.yaml", "kind: source\ntitle: Article\ntype: report\n")
    shelf.country("peru", "iso: PE\nsee_also: [india]\nclaims:\n- text: It is.\n  source: article\n")
    shelf.write("technology.yaml", "kind: technology\ntitle: Chips\nbroader: article\n")
    library = shelf.indexed()
    run: set[str] = set()
    library._catalogue._connection.set_trace_callback(run.add)
    match change:
        case "write":
            paths = ["peru.yaml", "article.yaml", "technology.yaml"]
            for path in paths:
                with (shelf.folder / path).open("a", encoding="utf-8") as file:
                    file.write("# more\n")
        case "delete":
            paths = ["peru.yaml", "article.yaml"]
            for path in paths:
                shelf.remove(path)
        case "come":
            paths = ["india.yaml"]
            shelf.country("india", "iso: PE\n")
        case _:
            paths = ["peru.yaml", "inca.yaml"]
            (shelf.folder / "peru.yaml").rename(shelf.folder / "inca.yaml")
    assert library.update(paths=paths).changed
    library._catalogue._connection.set_trace_callback(None)
    scanned = {
        (row[3], sql)
        for sql in run
        if sql.startswith(("SELECT", "INSERT", "UPDATE", "DELETE"))
        for row in library._catalogue.rows(f"EXPLAIN QUERY PLAN {sql}")
        if row[3].startswith("SCAN ") and row[3].split()[1] not in SMALL and "CONSTANT" not in row[3]
    }
    allowed = (
        "SELECT 1 FROM files LIMIT 1",
        "SELECT path FROM files WHERE link = 1",
        # For libraries of few records.
        "SELECT id FROM records WHERE live = 1",
        # Through an index that has no others.
        "SELECT kind, first, id FROM ranges WHERE records < 0",
    )
    assert {(plan, sql) for plan, sql in scanned if sql not in allowed} == set()
