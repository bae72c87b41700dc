"""The verbs, each as a user would type it."""

from __future__ import annotations

import json
import os
import re
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefing.cli import main
from briefing.printing import pages
from briefing.records.claims import Evidence
from briefing.records.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """A small library with one fault."""
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "library.yaml").write_text(
        "briefing: 1\ntitle: Small notes\nmarking: TLP:GREEN\nhome: talks\n", encoding="utf-8"
    )
    (folder / "korea.yaml").write_text("kind: country\ntitle: South Korea\naliases: [ROK, 한국]\n", encoding="utf-8")
    (folder / "talks.yaml").write_text(
        "kind: dialogue\ntitle: Chip talks\nmembers: [korea]\nstatus: planned\n"
        "summary: They mean to speak about <script>alert(1)</script> chips.\n"
        "claims:\n  - {text: A round is planned for the autumn., source: paper, at: 2, quote: in the autumn}\n",
        encoding="utf-8",
    )
    (folder / "paper.yaml").write_text("kind: source\ntitle: A newspaper\ntype: article-newspaper\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("kind: country\ntitle: Nowhere\nsumary: Typed wrongly.\n", encoding="utf-8")
    return folder


@pytest.fixture
def run(notes: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(notes, capsys)


class Run:
    """Runs the command on the small library and keeps what it printed."""

    def __init__(self, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.library = library
        self._capsys = capsys
        self.out = self.err = ""

    def __call__(self, *argv: str) -> int:
        code = main(["--library", str(self.library), *argv])
        self.out, self.err = self._capsys.readouterr()
        return code


def test_search_prints_title_kind_id_reason_and_sentence(run: Run) -> None:
    assert run("search", "autumn") == 0
    title, line, text = run.out.splitlines()[:3]
    assert title == "Chip talks"
    assert line.strip().startswith("Dialogue · talks · ")
    assert "planned for the autumn" in text


def test_an_empty_query_is_said_to_be_one(run: Run) -> None:
    assert run("search", " ") == 1
    assert run.err == "The query is empty; name what to look for.\n"


def test_search_as_json_is_an_array_of_objects(run: Run) -> None:
    assert run("search", "rok", "--json") == 0
    hits = json.loads(run.out)
    assert set(hits[0]) >= {"id", "kind", "title", "reason", "text"}
    assert (hits[0]["id"], hits[0]["kind"], hits[0]["title"]) == ("korea", "country", "South Korea")


def test_words_are_one_query(run: Run) -> None:
    assert run("search", "chip", "talks", "--json") == 0
    assert json.loads(run.out)[0]["id"] == "talks"


def test_a_hit_of_another_script_is_found(run: Run) -> None:
    assert run("search", "한국", "--json") == 0
    assert json.loads(run.out)[0]["id"] == "korea"


def test_nothing_found_is_said_and_ends_with_1(run: Run) -> None:
    assert run("search", "xylophone") == 1
    assert run.out == ""
    assert "xylophone" in run.err
    assert run("search", "--json", "xylophone") == 1
    assert json.loads(run.out) == []


def test_what_is_left_out_can_begin_a_query(run: Run) -> None:
    assert run("search", "--json", "--", "-chip", "kind:dialogue") == 1
    assert run("search", "--json", "--", "-xylophone", "kind:dialogue") == 0


def test_a_query_that_found_nothing_is_repeated_in_part_where_it_is_long(run: Run) -> None:
    assert run("search", '"' * 100_000) == 1
    assert 150 < len(run.err.splitlines()[-1]) < 250
    assert run("search", "xylophone" * 22) == 1
    assert f"Nothing found for {'xylophone' * 22}." in run.err


def test_an_argument_that_is_no_utf_8_is_a_query(run: Run) -> None:
    assert run("search", "caf\udce9\udcff") == 1
    assert run("search", "--json", "\udcff\udcfe", "OR", "chip") in (0, 1)
    json.loads(run.out)


def test_limit_bounds_the_hits(run: Run) -> None:
    assert run("search", "kind:country OR kind:dialogue", "--limit", "1", "--json") == 0
    assert len(json.loads(run.out)) == 1
    assert run("search", "kind:country OR kind:dialogue", "--limit", "1") == 0
    assert "1 of 2" in run.out


def test_show_prints_a_record_to_read(run: Run) -> None:
    assert run("show", "talks") == 0
    assert "Chip talks" in run.out
    assert "<script>alert(1)</script> chips" in run.out
    assert "A round is planned for the autumn." in run.out


def test_show_prints_markdown_and_html_in_which_text_is_text(run: Run) -> None:
    assert run("show", "talks", "--format", "markdown") == 0
    assert "# Chip talks" in run.out
    assert run("show", "talks", "--format", "html") == 0
    assert "<script>alert" not in run.out
    assert "&lt;script&gt;" in run.out


def test_show_as_json_is_the_record_s_data(run: Run) -> None:
    assert run("show", "talks", "--format", "json") == 0
    data = json.loads(run.out)
    assert (data["id"], data["values"]["members"], data["marking"]) == ("talks", ["korea"], "TLP:GREEN")


def test_an_unknown_id_names_the_nearest(run: Run) -> None:
    assert run("show", "taks") == 2
    assert "taks" in run.err
    assert "Did you mean talks" in run.err
    assert len(run.err.splitlines()) == 1


def test_check_says_file_line_column_code_sentence_and_mend(run: Run) -> None:
    assert run("check") == 1
    place = next(line for line in run.out.splitlines() if line.startswith("broken.yaml"))
    assert re.match(r"broken\.yaml:3:1: unknown-field: .*sumary.*\.$", place)
    mend = run.out.splitlines()[run.out.splitlines().index(place) + 1]
    assert mend.startswith("    ")
    assert "summary" in mend


def test_check_as_json_has_problems_and_evidence(run: Run) -> None:
    assert run("check", "--json") == 1
    report = json.loads(run.out)
    assert set(report) == {"problems", "evidence"}
    assert set(report["evidence"]) == {state.value for state in Evidence}
    assert report["evidence"]["not_checkable"] == 1
    wrong = [each for each in report["problems"] if each["severity"] == "error"]
    assert [(each["file"], each["line"], each["column"], each["code"]) for each in wrong] == [
        ("broken.yaml", 3, 1, "unknown-field")
    ]
    assert wrong[0]["mend"]
    assert wrong[0]["message"]


def test_check_finds_quotes_in_a_texts_folder(run: Run, tmp_path: Path) -> None:
    (run.library / "broken.yaml").unlink()
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "paper.txt").write_text("First.\n\nA round is planned in the autumn.\n", encoding="utf-8")
    assert run("check", "--json", "--texts", str(texts)) == 0
    assert json.loads(run.out)["evidence"]["quote_found"] == 1
    (texts / "paper.txt").write_text("First.\n\nA round is planned in the spring.\n", encoding="utf-8")
    assert run("check", "--json", "--texts", str(texts)) == 1
    report = json.loads(run.out)
    assert report["evidence"]["quote_not_found"] == 1
    assert report["problems"][0]["file"] == "talks.yaml"


def test_warnings_alone_are_no_failure(run: Run) -> None:
    (run.library / "broken.yaml").unlink()
    for name in ("one", "other"):
        (run.library / f"{name}.yaml").write_text(f"kind: country\ntitle: {name}\niso: 'NO'\n", encoding="utf-8")
    assert run("check") == 0
    assert "(warning)" in run.out
    assert "0 errors, 1 warning" in run.out or "0 errors, 2 warnings" in run.out


def test_every_command_takes_up_what_changed(run: Run) -> None:
    assert run("search", "xylophone") == 1
    (run.library / "new.yaml").write_text("kind: technology\ntitle: Xylophones\n", encoding="utf-8")
    assert run("search", "xylophone") == 0


def test_index_says_what_it_did(run: Run) -> None:
    assert run("index") == 0
    assert run.out.startswith("3 records, 1 error, 0 warnings; ")
    assert run("index") == 0
    assert "; 0 files read, 0 gone, " in run.out


def test_schema_prints_a_schema(run: Run) -> None:
    assert run("schema") == 0
    whole = json.loads(run.out)
    assert "$schema" in whole
    assert run("schema", "library") == 0
    assert "briefing" in json.loads(run.out)["properties"]
    assert run("schema", "country") == 0
    assert json.loads(run.out) != whole


def test_print_writes_a_pdf_of_several_records(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    assert run("print", "talks", "korea", "-o", str(target)) == 0
    assert target.read_bytes().startswith(b"%PDF-")
    first = target.read_bytes()
    assert run("print", "talks", "korea", "-o", str(target)) == 0
    assert target.read_bytes() == first
    assert run("print", "talks", "korea", "-o", str(target), "--paper", "letter") == 0
    assert target.read_bytes() != first
    assert [path.name for path in tmp_path.iterdir() if "out.pdf" in path.name] == ["out.pdf"]


def test_print_takes_a_house_style_and_its_paper(run: Run, tmp_path: Path) -> None:
    house, target = tmp_path / "house.yaml", tmp_path / "out.pdf"
    house.write_text("house: 1\nname: Centre for Talks\npaper: letter\n", encoding="utf-8")
    assert run("print", "talks", "-o", str(target), "--house", str(house)) == 0
    pdf = target.read_bytes()
    assert "Centre for Talks" in pages.text(pdf, 0)
    assert pages.page_sizes(pdf)[0] == (612, 792)
    house.write_text("house: 1\nnam: x\npaper: a5\n", encoding="utf-8")
    assert run("print", "talks", "-o", str(target), "--house", str(house)) == 2
    assert [line.count(f"{house}:") for line in run.err.splitlines()] == [1, 1, 1]
    assert target.read_bytes() == pdf


def test_print_refuses_a_marking_that_is_too_low_or_leaves_out_what_is_higher(
    run: Run, notes: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out.pdf"
    file = notes / "talks.yaml"
    file.write_text(f"{file.read_text(encoding='utf-8')}\nsee_also: [hidden]\n", encoding="utf-8")
    (notes / "hidden.yaml").write_text("kind: country\ntitle: Hidden land\nmarking: TLP:RED\n", encoding="utf-8")
    assert run("print", "talks", "-o", str(target)) == 0
    assert "Hidden land" in pages.text(target.read_bytes())
    assert "TLP:RED" in pages.text(target.read_bytes())
    target.unlink()
    assert run("print", "talks", "-o", str(target), "--marking", "TLP:GREEN") == 2
    assert "“Hidden land” (hidden): TLP:RED" in run.err
    assert not target.exists()
    assert run("print", "talks", "-o", str(target), "--marking", "TLP:GREEN", "--leave-out-higher") == 0
    assert run.err == "1 part marked higher than TLP:GREEN is left out.\n"
    assert "1 part left out" in pages.text(target.read_bytes())
    assert b"idden" not in b"".join(pages.attachments(target.read_bytes()).values())
    assert run("check", str(target)) == 0
    assert run.out == "1 record: nothing has changed since it was printed\n"
    assert run("print", "talks", "-o", str(target), "--marking", "GREEN") == 2
    assert run.err == "“GREEN” is not a marking. Did you mean `TLP:GREEN`?\n"
    assert run("print", "talks", "-o", str(target), "--leave-out-higher") == 2
    assert "--marking" in run.err


def test_check_says_what_has_changed_since_a_paper_was_printed(run: Run, notes: Path, tmp_path: Path) -> None:
    paper = tmp_path / "out.pdf"
    assert run("print", "talks", "-o", str(paper)) == 0
    assert run("check", str(paper)) == 0
    assert run.out == "1 record: nothing has changed since it was printed\n"
    file = notes / "talks.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("title: ", "title: New "), encoding="utf-8")
    assert run("check", str(paper)) == 1
    assert run.out == "talks: record-changed: Changed since: `title`.\n1 record: 1 change\n"
    assert run("check", str(paper), "--json") == 1
    assert [change["code"] for change in json.loads(run.out)["changes"]] == ["record-changed"]
    for path in (notes / "talks.yaml", tmp_path / "none.pdf"):
        assert run("check", str(path)) == 2
        assert str(path) in run.err


def test_print_writes_the_same_as_html_and_as_markdown(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.html"
    assert run("print", "talks", "korea", "-o", str(target), "--format", "html") == 0
    page = target.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    target = tmp_path / "out.md"
    assert run("print", "talks", "korea", "-o", str(target), "--format", "markdown") == 0
    assert target.read_text(encoding="utf-8").count("\n# ") == 2


def test_print_takes_a_template_and_says_which_suit_a_record(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    assert run("print", "korea", "-o", str(target), "--template", "country-page") == 0
    text = pages.text(target.read_bytes(), 0)
    assert "Country page" in text
    assert "Chip talks" in text
    assert run("print", "talks", "-o", str(target), "--template", "country-page") == 2
    assert len(run.err.splitlines()) == 1
    assert "Print it as record or one-page-brief." in run.err
    assert run("print", "talks", "-o", str(target), "--template", "own") == 0


def test_a_pdf_that_cannot_be_written_is_said_and_leaves_the_old_one(run: Run, tmp_path: Path) -> None:
    assert run("print", "talks", "-o", str(tmp_path / "no" / "out.pdf")) == 2
    assert "out.pdf" in run.err
    assert len(run.err.splitlines()) == 1
    assert run("print", "talks", "-o", str(tmp_path)) == 2


def test_an_unknown_record_is_not_printed(run: Run, tmp_path: Path) -> None:
    assert run("print", "talks", "nobody", "-o", str(tmp_path / "out.pdf")) == 2
    assert not (tmp_path / "out.pdf").exists()


def test_a_folder_that_is_not_there_is_said(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["search", "x", "--library", str(tmp_path / "nowhere")]) == 2
    shown = capsys.readouterr()
    assert "nowhere" in shown.err
    assert len(shown.err.splitlines()) == 1


def test_the_bundled_library_is_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "--json", "icet"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "icet"


def test_the_library_open_last_comes_before_the_bundled_one(
    notes: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefing.app.settings import Settings

    monkeypatch.setenv("BRIEFING_CONFIG", str(tmp_path / "settings"))
    settings = Settings.load()
    settings.opened(str(notes))
    settings.save()
    assert main(["search", "--json", "chip"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id"] == "talks"
    notes.rename(tmp_path / "elsewhere")
    assert main(["search", "--json", "icet"]) == 0
    shown = capsys.readouterr()
    assert json.loads(shown.out)[0]["id"] == "icet"
    assert "not there" in shown.err


def test_a_fault_of_ours_is_one_sentence(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("a\nb")

    monkeypatch.setattr("briefing.library.library.Library.search", fail)
    assert run("search", "x") == 2
    assert len(run.err.splitlines()) == 1
    assert "BRIEFING_DEBUG=1" in run.err
    monkeypatch.setenv("BRIEFING_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run("search", "x")


def test_version_names_the_parts(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    names = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert names == ["Briefing", "Python", "Qt", "Typst", "Tantivy", "SQLite"]


def test_a_mistyped_verb_is_recognised(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serach"]) == 2
    assert "briefing search" in capsys.readouterr().err


def test_a_problem_s_control_characters_do_not_reach_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    from briefing.cli.check import _print_problem
    from briefing.cli.terminal import Pen

    _print_problem(Problem("a\x1b[2J.yaml", 1, 1, "code", "One\x07.", "Two\nlines."), Pen())
    assert capsys.readouterr().out == "a␛[2J.yaml:1:1: code: One␇.\n    Two lines.\n"


def command(*argv: str | os.PathLike[str], **options: object) -> subprocess.Popen[str]:
    """Start the command as a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "briefing", *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        stdin=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def test_a_reader_that_has_seen_enough_ends_it_quietly(notes: Path) -> None:
    program = f"{sys.executable} -m briefing search --library {notes} kind:country; echo $? >&2"
    done = subprocess.run(
        ["bash", "-c", f"({program}) | true"], capture_output=True, text=True, timeout=60, check=True, cwd=ROOT
    )
    assert done.stderr.strip() in ("0", "141")


@pytest.mark.parametrize(
    "verb",
    [("search", "chip"), ("show", "talks"), ("check",), ("index",), ("schema",), ("print", "talks", "-o", os.devnull)],
)
def test_no_verb_loads_qt(notes: Path, verb: tuple[str, ...]) -> None:
    program = (
        "import sys; from briefing.cli import main; main(sys.argv[1:]);"
        "sys.exit(any(name.startswith(('PySide6', 'shiboken6')) for name in sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *verb, *([] if verb == ("schema",) else ["--library", str(notes)])],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stderr


def test_search_loads_nothing_that_it_does_not_use(notes: Path) -> None:
    for path in notes.iterdir():
        # A file that was written this moment may be written again without a sign, and is read again.
        os.utime(path, (1_700_000_000, 1_700_000_000))
    main(["index", "--library", str(notes)])
    program = (
        "import sys; from briefing.cli import main; main(sys.argv[1:]); print(*sys.modules, file=sys.stderr, sep='\\n')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "search", "chip", "--library", str(notes)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=ROOT,
        # A measurement of coverage loads modules of its own.
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")},
    )
    loaded = set(done.stderr.split())
    heavy = {
        "yaml",
        "pydantic",
        "markdown_it",
        "rapidfuzz",
        "pycountry",
        "platformdirs",
        "watchfiles",
        "typst",
        "pikepdf",
        "pypdfium2",
        "multiprocessing",
        "concurrent.futures",
        "asyncio",
        "subprocess",
        "tempfile",
        "logging",
    }
    assert loaded & heavy == set()


@pytest.mark.needs_qt
def test_screenshot_draws_the_window(notes: Path, tmp_path: Path) -> None:
    picture = tmp_path / "window.png"
    options = ("--record", "talks", "--query", "chip", "--size", "900x700", "--scale", "2", "--theme", "dark")
    started = command("screenshot", picture, "--library", notes, *options)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (0, "", "")
    data = picture.read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", data[16:24]) == (1800, 1400)


def test_a_screenshot_of_an_unknown_record_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("screenshot", str(tmp_path / "window.png"), "--record", "nobody") == 2
    assert "nobody" in run.err
    assert not (tmp_path / "window.png").exists()


def test_a_pdf_goes_to_standard_output(notes: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "print", "talks", "-o", "-", "--library", notes],
        capture_output=True,
        timeout=60,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.startswith(b"%PDF-")
    assert done.stdout.rstrip().endswith(b"%%EOF")


def test_an_index_that_cannot_be_written_is_answered_from_and_said(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from briefing.errors import CacheError

    def refuse(*_: object) -> None:
        raise CacheError("The cache folder cannot be written", mend="Free some space.")

    assert run("index") == 0
    monkeypatch.setattr("briefing.library.library.Library.update", refuse)
    assert run("search", "--json", "chip") == 0
    assert json.loads(run.out)[0]["id"] == "talks"
    assert run.err == "This may not be the newest: The cache folder cannot be written. Free some space.\n"


@pytest.mark.parametrize("verb", [("search", "chip"), ("index",)])
def test_stopped_by_the_user_it_ends_quietly(run: Run, monkeypatch: pytest.MonkeyPatch, verb: tuple[str, ...]) -> None:
    from briefing.library.answers import Update

    monkeypatch.setattr("briefing.library.library.Library.update", lambda *_: Update(0, 0, cancelled=True))
    assert run(*verb) == 130
    assert (run.out, run.err) == ("", "")


def test_a_query_that_is_not_understood_is_searched_as_words_and_a_line_says_so(run: Run) -> None:
    assert run("search", "chip", "OR", "before:someday") == 0
    assert run.out.startswith("Chip talks\n")
    assert run.err == "“before:someday” was searched for as words: “someday” is not a date.\n"


def test_search_says_by_what_the_hits_can_be_narrowed(run: Run) -> None:
    assert run("search", "--facets", "kind:country OR kind:dialogue") == 0
    lines = run.out.splitlines()
    assert lines[0].endswith(" hits")
    kinds = lines[lines.index("Kind") + 1 :]
    assert sum(int(line.split()[0]) for line in kinds[: kinds.index("")] if line) == int(lines[0].split()[0])
    assert any(line.endswith("  kind:dialogue") for line in kinds)
    assert run("search", "--facets", "xylophone") == 1
    assert run.out == "0 hits\n"


def test_what_is_shown_in_place_of_a_query_is_said_with_the_query_that_undoes_it(run: Run) -> None:
    assert run("search", "chap", "talks ") == 0
    assert run.out.startswith("Chip talks\n")
    assert run.err == "Nothing for “chap”; showing “chip”.\nExactly what was typed: +chap +talks\n"
    assert run("search", "+chap", "+talks") == 1
    assert run.out == ""


def test_print_binds_what_a_dossier_names(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "dossier.yaml", tmp_path / "out.pdf"
    file.write_text(
        "dossier: 1\ntitle: Visit\nentries:\n  - heading: Talks\n  - query: chip\n"
        "  - {record: gone, called: Old talks}\n  - record: korea\n  - record: talks\n",
        encoding="utf-8",
    )
    assert run("print", "--dossier", str(file), "-o", str(target), "--paper", "letter") == 0
    assert run.err == "The record “Old talks” (gone) is not in the library, and is left out.\n"
    pdf = target.read_bytes()
    assert [entry.title for entry in pages.outline(pdf) if entry.title[0].isdigit()] == [
        "1 Chip talks",
        "2 South Korea",
    ]
    assert pages.page_sizes(pdf)[0] == (612, 792)
    assert "Visit" in pages.text(pdf, 0)


def test_print_takes_no_dossier_with_a_fault_and_leaves_what_is_there(run: Run, tmp_path: Path) -> None:
    file, target = tmp_path / "dossier.yaml", tmp_path / "out.pdf"
    target.write_bytes(b"before")
    file.write_text("dossier: 1\nentries:\n  - recrd: talks\n", encoding="utf-8")
    assert run("print", "--dossier", str(file), "-o", str(target)) == 2
    assert f"{file}:3:5: unknown-field: An entry has no field “recrd”. Did you mean `record`?" in run.err
    assert run("print", "--dossier", str(tmp_path / "no.yaml"), "-o", str(target)) == 2
    assert "The dossier cannot be read: No such file or directory. Choose another file." in run.err
    assert target.read_bytes() == b"before"


def test_print_binds_the_hits_of_a_query(run: Run, tmp_path: Path) -> None:
    target = tmp_path / "out.pdf"
    assert run("print", "--query", "kind:country OR kind:dialogue", "-o", str(target)) == 0
    assert "Contents" in pages.text(target.read_bytes(), 1)
    assert run("print", "--query", "kind:dialogue", "-o", str(target)) == 0
    assert pages.page_count(target.read_bytes()) == 1
    assert run("print", "--query", "zzzzqqqq", "-o", str(target)) == 2
    assert "There is no record to print." in run.err


def test_print_makes_volumes_or_one_file_of_many_records(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefing.cli.printing._MOST_AT_ONCE", 1)
    command = ("print", "--query", "kind:country OR kind:dialogue", "-o")
    target = tmp_path / "out" / "book.pdf"
    target.parent.mkdir()
    assert run(*command, str(target)) == 0
    assert run.err.splitlines()[-1] == "3 volumes: book-1.pdf to book-3.pdf"
    assert {path.name for path in target.parent.iterdir()} == {"book-1.pdf", "book-2.pdf", "book-3.pdf"}
    assert "Volume 2 of 3" in pages.text((target.parent / "book-2.pdf").read_bytes(), 0)
    assert run(*command, str(target), "--joined") == 0
    assert "has no tags for screen readers" in run.err
    assert pages.text(target.read_bytes(), 2).count("page 1 of") == 1
    assert run(*command, "-", "--joined") == 2
    assert run.err == "So many records are not written to standard output. Name a file.\n"
    assert run(*command, str(tmp_path / "no" / "book.pdf")) == 2
    assert "The file cannot be written (No such file or directory)." in run.err


@pytest.mark.skipif(os.name == "nt", reason="a console there has no such signal for one program")
def test_ctrl_c_stops_a_print_and_leaves_what_is_there(run: Run, tmp_path: Path) -> None:
    for number in range(400):
        text = f"kind: country\ntitle: Country {number}\nbody: Neighbour of [[country-{(number + 1) % 400}]].\n"
        (run.library / f"country-{number}.yaml").write_text(text, encoding="utf-8")
    assert run("index") == 0
    folder = tmp_path / "out"
    folder.mkdir()
    target = folder / "book.pdf"
    target.write_bytes(b"before")
    # A shell has what it starts in the background deaf to Ctrl+C, and so what that starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    command = [sys.executable, "-m", "briefing", "print", "--query", "country", "-o", str(target), "--joined"]
    with subprocess.Popen([*command, "--library", str(run.library)], stderr=subprocess.PIPE) as process:
        signal.signal(signal.SIGINT, before)
        wait_for(lambda: any(path.suffix == ".json" for each in folder.glob(".*") for path in each.iterdir()))
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    assert [path.name for path in folder.iterdir()] == ["book.pdf"]
    assert target.read_bytes() == b"before"


def wait_for(happened: Callable[[], bool]) -> None:
    for _ in range(600):
        if happened():
            return
        time.sleep(0.05)
    raise AssertionError("it never happened")


def test_print_wants_to_know_what(run: Run, tmp_path: Path) -> None:
    assert run("print", "-o", str(tmp_path / "out.pdf")) == 2
    assert run.err == "Nothing is named to be printed. Name records, or give --dossier or --query.\n"
