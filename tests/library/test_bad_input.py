"""Each bad input of issue 2, in a folder: the right place is named, and every other record stays usable."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest

from briefing.errors import LibraryError
from briefing.library.folder import read_walked
from tests.library.shelf import Shelf, only, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from briefing.library.library import Library


@pytest.fixture
def bystander(shelf: Shelf) -> Callable[[], Library]:
    """Index the folder, which has a good record beside what the test put there, and look whether it is usable."""
    shelf.country("bystander")

    def indexed() -> Library:
        library = shelf.indexed()
        assert library.record("bystander") is not None
        assert [hit.id for hit in library.search("bystander").hits] == ["bystander"]
        return library

    return indexed


COUNTRY = b"kind: country\ntitle: Bad\n"


@pytest.mark.parametrize(
    ("data", "line", "column", "code"),
    [
        pytest.param(b"[" * 200_000, 1, 33, "too-deep", id="brackets without end"),
        pytest.param(b"#" * 50_000_000, 1, 1, "too-large", id="50 MB"),
        pytest.param(
            b"a: &a [x, x]\nb: &b [*a, *a]\nkind: country\ntitle: T\n", 1, 4, "anchor", id="a bomb of aliases"
        ),
        pytest.param(b"kind: country\ntitle: !!python/object:os.system ls\n", 2, 8, "tag", id="a tag"),
        pytest.param(COUNTRY + b"title: Again\n", 3, 1, "duplicate-key", id="a duplicate key"),
        pytest.param(b"kind: country\n\ttitle: Tab\n", 2, 1, "tab", id="a tab"),
        pytest.param(b"kind: country\ntitle: \xff\n", 2, 8, "not-utf-8", id="invalid UTF-8"),
        pytest.param(b"kind: country\ntitle: a\0b\n", 2, 9, "control-character", id="a NUL"),
        pytest.param(COUNTRY + b"sumary: x\n", 3, 1, "unknown-field", id="an unknown field"),
        pytest.param(b"kind: event\ntitle: E\ndate: 2023-02-30\n", 3, 7, "bad-date", id="30 February"),
    ],
)
def test_a_bad_file_says_where(
    shelf: Shelf, bystander: Callable[[], Library], data: bytes, line: int, column: int, code: str
) -> None:
    shelf.write_bytes("bad.yaml", data)
    library = bystander()
    assert (line, column, code) in [
        (at, in_line, what) for file, at, in_line, what in told(library) if file == "bad.yaml"
    ]
    assert library.card("bad") is None


def test_norway_stays_norway(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    shelf.country("norway", "iso: NO\n")
    library = bystander()
    record = library.record("norway")
    assert record is not None
    assert record.text("iso") == "NO"
    assert library.problems() == []


def test_an_unknown_id_says_where_and_what_was_meant(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    shelf.country("india")
    shelf.write("quad.yaml", "kind: dialogue\ntitle: Quad\nmembers:\n  - india\n  - inda\n")
    problem = only(bystander())
    assert (problem.file, problem.line, problem.column, problem.code) == ("quad.yaml", 5, 5, "unknown-id")
    assert problem.message == "No record has the id `inda`."
    assert problem.mend == "Did you mean `india`?"
    assert problem.record == "quad"


def test_two_records_with_one_id_each_name_the_other(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    shelf.write("a.yaml", "kind: country\nid: twin\ntitle: First\n")
    shelf.write("b.yaml", "id: twin\nkind: country\ntitle: Second\n")
    library = bystander()
    first, second = library.problems()
    assert (first.file, first.line, first.column, first.code) == ("a.yaml", 2, 5, "duplicate-id")
    assert "b.yaml" in first.message
    assert (second.file, second.line, second.column) == ("b.yaml", 1, 5)
    assert "a.yaml" in second.message
    card = library.card("twin")
    assert card is not None
    assert card.title == "First"
    assert library.search("second").hits == ()


def test_a_quote_that_is_not_in_its_paragraph_says_where_it_is(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    shelf.write("article.yaml", "kind: source\ntitle: Article\ntext_file: article.txt\n")
    shelf.write("article.txt", "One thing was said.\n\nAnother thing was said.\n")
    shelf.country("india", "claims:\n  - text: Something\n    source: article\n    at: 1\n    quote: Another thing\n")
    problem = only(bystander())
    assert (problem.file, problem.line, problem.column) == ("india.yaml", 7, 12)
    assert (problem.code, problem.severity, problem.record) == ("quote-not-found", "error", "india")
    assert "“Another thing” does not stand in paragraph 1 of `article`" in problem.message
    assert "paragraph 2" in problem.mend


def test_a_text_file_that_leads_out_by_its_path_is_not_read(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    shelf.write("article.yaml", "kind: source\ntitle: Article\ntext_file: ../../etc/passwd\n")
    problem = only(bystander())
    assert (problem.file, problem.line, problem.column, problem.code) == ("article.yaml", 3, 12, "path-outside")


def test_a_text_file_that_leads_out_by_a_link_is_not_read(
    shelf: Shelf, bystander: Callable[[], Library], tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("One thing was said.\n", encoding="utf-8")
    (shelf.folder / "article.txt").symlink_to(tmp_path / "secret.txt")
    shelf.write("article.yaml", "kind: source\ntitle: Article\ntext_file: article.txt\n")
    shelf.country("india", "claims:\n  - text: T\n    source: article\n    quote: One thing\n")
    library = bystander()
    problem = only(library)
    assert (problem.file, problem.line, problem.column, problem.code) == ("article.yaml", 3, 12, "path-outside")
    source = library.record("article")
    assert source is not None
    assert library.source_text(source) is None
    assert [state.value for state in library.evidence("india").values()] == ["not_checkable"]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        pytest.param(None, "missing-text", id="not there"),
        pytest.param(b"caf\xe9", "not-utf-8", id="not UTF-8"),
    ],
)
def test_a_text_file_that_cannot_be_used_is_a_problem_of_its_source(
    shelf: Shelf, bystander: Callable[[], Library], make: bytes | None, code: str
) -> None:
    if make is not None:
        shelf.write_bytes("texts/article.txt", make)
    shelf.write("article.yaml", "kind: source\ntitle: Article\ntext_file: texts/article.txt\n")
    problem = only(bystander())
    assert (problem.file, problem.line, problem.column, problem.code) == ("article.yaml", 3, 12, code)
    assert problem.record == "article"


def test_links_that_lead_to_no_file_are_not_followed_and_told(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    (shelf.folder / "again").symlink_to(shelf.folder, target_is_directory=True)
    (shelf.folder / "again.yaml").symlink_to(shelf.folder, target_is_directory=True)
    (shelf.folder / "a.yaml").symlink_to(shelf.folder / "b.yaml")
    (shelf.folder / "b.yaml").symlink_to(shelf.folder / "a.yaml")
    (shelf.folder / "nowhere.yaml").symlink_to(shelf.folder / "gone.yaml")
    library = bystander()
    assert told(library) == [(f"{name}.yaml", 0, 0, "leads-nowhere") for name in ("a", "again", "b", "nowhere")]
    assert library.counts().records == 1


def test_a_linked_file_is_read_only_when_its_target_lies_in_the_library(
    shelf: Shelf, bystander: Callable[[], Library], tmp_path: Path
) -> None:
    (tmp_path / "outside.yaml").write_text("kind: country\ntitle: Outside\n", encoding="utf-8")
    (shelf.folder / "out.yaml").symlink_to(tmp_path / "outside.yaml")
    shelf.write(".kept/inside.txt", "kind: country\ntitle: Inside\n")
    (shelf.folder / "in.yaml").symlink_to(shelf.folder / ".kept" / "inside.txt")
    library = bystander()
    assert [card.id for card in library.cards("country")] == ["bystander", "in"]
    problem = only(library)
    assert (problem.file, problem.code, problem.severity) == ("out.yaml", "outside-library", "warning")


def test_a_link_beside_its_target_is_no_second_record(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    shelf.write("sub/real.yaml", "id: india\nkind: country\ntitle: India\n")
    (shelf.folder / "link.yaml").symlink_to(shelf.folder / "sub" / "real.yaml")
    library = bystander()
    assert library.problems() == []
    record = library.record("india")
    assert record is not None
    assert record.file == "sub/real.yaml"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_not_waited_for(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    os.mkfifo(shelf.folder / "pipe.yaml")
    os.mkfifo(shelf.folder / "pipe")
    library = bystander()
    problem = only(library)
    assert (problem.file, problem.line, problem.code, problem.severity) == ("pipe.yaml", 0, "not-a-file", "warning")
    assert library.raw_text("pipe.yaml") == ""
    assert library.update().read == 0


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="there are no such sockets here")
def test_a_socket_is_not_read(shelf: Shelf, bystander: Callable[[], Library], monkeypatch: pytest.MonkeyPatch) -> None:
    # Only a short path can name a socket.
    monkeypatch.chdir(shelf.folder)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("s.yaml")
        assert told(bystander()) == [("s.yaml", 0, 0, "not-a-file")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_pipe_that_takes_a_files_place_while_it_is_read_is_a_problem(
    shelf: Shelf, bystander: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.country("swapped")

    def swapping(folder: str, name: str, limit: int) -> bytes:
        if name == "swapped.yaml" and path.is_file():
            path.unlink()
            os.mkfifo(path)
        return read_walked(folder, name, limit)

    monkeypatch.setattr("briefing.library.reading.read_walked", swapping)
    assert told(bystander()) == [("swapped.yaml", 0, 0, "unreadable-file")]


def test_a_file_that_vanishes_while_it_is_read_is_no_problem(
    shelf: Shelf, bystander: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.country("brief")

    def vanishing(folder: str, name: str, limit: int) -> bytes:
        if name == "brief.yaml":
            path.unlink(missing_ok=True)
        return read_walked(folder, name, limit)

    monkeypatch.setattr("briefing.library.reading.read_walked", vanishing)
    library = bystander()
    assert library.problems() == []
    assert library.card("brief") is None


def test_a_file_that_cannot_be_read_is_a_problem_and_its_records_stay(
    shelf: Shelf, bystander: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shelf.country("closed")
    library = bystander()
    path.write_text("kind: country\ntitle: Closed now\n", encoding="utf-8")

    def refusing(folder: str, name: str, limit: int) -> bytes:
        if name == "closed.yaml":
            raise PermissionError(13, "Permission denied")
        return read_walked(folder, name, limit)

    with monkeypatch.context() as patch:
        patch.setattr("briefing.library.reading.read_walked", refusing)
        library.update()
        problem = only(library)
        assert (problem.file, problem.line, problem.code) == ("closed.yaml", 0, "unreadable-file")
        assert "Permission denied" in problem.message
        card = library.card("closed")
        assert card is not None
        assert (card.title, card.stale) == ("Closed", True)


def test_a_folder_without_read_permission_is_a_problem_of_that_folder(
    shelf: Shelf, bystander: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write("closed/india.yaml", "kind: country\ntitle: India\n")
    library = bystander()
    scandir = os.scandir

    # Permissions do not bind the superuser, who may run these tests.
    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        if str(path).rstrip("/").endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    with monkeypatch.context() as patch:
        patch.setattr("briefing.library.folder.os.scandir", refusing)
        shelf.country("japan")
        library.update()
        problem = only(library)
        assert (problem.file, problem.line, problem.column, problem.code) == ("closed", 0, 0, "unreadable-folder")
        # Nobody knows that it is gone.
        assert library.card("india") is not None
        assert library.card("japan") is not None
        assert library.raw_text("closed") == ""
        before = library.generation
        library.update()
        assert library.generation == before
    library.update()
    assert library.problems() == []


def test_a_library_that_cannot_be_listed_keeps_what_it_had(
    shelf: Shelf, bystander: Callable[[], Library], monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.write("library.yaml", "briefing: 1\ntitle: Kept\n")
    library = bystander()

    def refusing(path: str) -> Iterator[os.DirEntry[str]]:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr("briefing.library.folder.os.scandir", refusing)
        library.update()
    assert only(library).file == "."
    assert library.card("bystander") is not None
    assert library.title == "Kept"


@pytest.mark.skipif(os.name != "posix", reason="here every name is text")
def test_a_name_that_is_not_utf_8_is_a_problem(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    path = os.fsencode(shelf.folder) + b"/caf\xe9.yaml"
    try:
        with open(path, "wb") as file:  # noqa: PTH123 - a Path is text
            file.write(COUNTRY)
    except OSError:
        pytest.skip("this disk takes no such name")
    assert told(bystander()) == [("caf\\xe9.yaml", 0, 0, "file-name")]


def test_hidden_files_and_folders_are_left_alone(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    for path in (".git/config.yaml", ".draft.yaml", "sub/.hidden/x.yaml"):
        shelf.write(path, "kind: [\n")
    library = bystander()
    assert library.problems() == []
    assert library.counts().records == 1


def test_a_title_of_10000_characters_is_a_title(shelf: Shelf, bystander: Callable[[], Library]) -> None:
    title = "x" * 10_000
    shelf.country("long", title=title)
    card = bystander().card("long")
    assert card is not None
    assert card.title == title


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=http://example.org/x.png>",
        '<img src="file:///etc/hostname">',
        "#eval(1) [*bold*] $x$",
        "\u202eevil\u202c",
    ],
)
def test_text_in_a_record_is_text(shelf: Shelf, bystander: Callable[[], Library], text: str) -> None:
    shelf.write("odd.yaml", f"kind: country\ntitle: Odd\nsummary: '{text}'\n")
    record = bystander().record("odd")
    assert record is not None
    assert record.summary == text


@pytest.mark.parametrize("path", ["../secret.yaml", "/etc/passwd", "link.txt", "sub/../../secret.yaml"])
def test_raw_text_is_never_read_outside_the_library(shelf: Shelf, tmp_path: Path, path: str) -> None:
    (tmp_path / "secret.yaml").write_text("secret", encoding="utf-8")
    (shelf.folder / "link.txt").symlink_to(tmp_path / "secret.yaml")
    (shelf.folder / "sub").mkdir()
    library = shelf.indexed()
    with pytest.raises(LibraryError, match="not in the library"):
        library.raw_text(path)


def test_raw_text_shows_what_cannot_be_decoded_and_ends_after_a_mebibyte(shelf: Shelf) -> None:
    shelf.write_bytes("bad.yaml", b"\xef\xbb\xbftitle: \xff\n")
    shelf.write_bytes("huge.yaml", b"#" * 3_000_000)
    library = shelf.indexed()
    assert library.raw_text("bad.yaml") == "title: \ufffd\n"
    assert len(library.raw_text("huge.yaml")) == 1024 * 1024
    assert library.raw_text("gone.yaml") == ""
    assert library.raw_text("a\0b") == ""
