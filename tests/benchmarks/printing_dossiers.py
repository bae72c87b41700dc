"""What a dossier of 100, 500 and 2,000 records takes on its way to a PDF, beside other programs on the same content.

`printing.py` calls it. Ours is `briefing print --dossier`, from the index to the file; WeasyPrint and QTextDocument are
given the page of HTML that `briefing print --format html` made of the same dossier before. The records are in Latin
letters: other scripts need fonts that a machine may not have.
"""

from __future__ import annotations

import resource
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from figures import Limit, number, print_rows, say
from measuring import own_folders, seconds_to_run
from processes import MEGABYTE, Run, watched

from briefing.document.compose import compose
from briefing.library.library import Library
from briefing.printing.encode import encode
from briefing.printing.fonts import needs_system_fonts
from briefing.printing.pages import page_count
from briefing.records.dossier import Dossier, RecordEntry, dossier_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZES = (100, 500, 2_000)
SPARE = 1.6  # times as many records are made as are printed: some are not in Latin letters
MOST_FOR_WEASYPRINT = 100  # records: it takes minutes
LOOK = 0.05  # seconds between two looks at the memory
OURS, JOINED, WEASYPRINT, QT = "Briefing", "Briefing, joined", "WeasyPrint", "QTextDocument"

_WEASYPRINT = "import sys, weasyprint; weasyprint.HTML(sys.argv[1]).write_pdf(sys.argv[2])"
_QT = """
import sys
from pathlib import Path
from PySide6.QtGui import QGuiApplication, QPageSize, QPdfWriter, QTextDocument
app = QGuiApplication([])
writer = QPdfWriter(sys.argv[2])
writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
document = QTextDocument()
document.setHtml(Path(sys.argv[1]).read_text(encoding="utf-8"))
document.print_(writer)
"""


class Printing(NamedTuple):
    """What it took one program to print one dossier; `cpu` are the seconds of all its processes."""

    program: str
    records: int
    run: Run
    cpu: float
    pages: int
    size: int

    @property
    def speed(self) -> float:
        """Pages a second."""
        return self.pages / self.run.seconds


def measure(folder: Path, sizes: Sequence[int] = SIZES) -> list[Printing]:
    """Print the dossiers, one program after the other."""
    environment = own_folders(folder)
    library = folder / "library"
    say("making a library")
    maker = Path(__file__).with_name("library_maker.py")
    seconds_to_run([sys.executable, maker, library, "--records", int(SPARE * max(sizes))])
    brief = [sys.executable, "-m", "briefing"]
    seconds_to_run([*brief, "index", "--library", library], environment)
    ids = _latin(library, folder / "cache of ids", max(sizes))
    done: list[Printing] = []
    for records in sizes:
        file = folder / f"{records}.yaml"
        entries = tuple(RecordEntry(each) for each in ids[:records])
        file.write_text(dossier_text(Dossier(f"{records} records", entries=entries)), encoding="utf-8")
        command = [*brief, "print", "--dossier", file, "--library", library]
        for program in (OURS, JOINED) if records > 300 else (OURS,):
            out = folder / "out"
            out.mkdir()
            joined = ["--joined"] if program == JOINED else []
            say(f"{program}: {records} records")
            done.append(_printing(program, records, [*command, *joined, "-o", out / "book.pdf"], environment))
        page = folder / f"{records}.html"
        seconds_to_run([*command, "--format", "html", "-o", page], environment)
        for program, code in _others(records).items():
            out = folder / "out"
            out.mkdir()
            say(f"{program}: {records} records")
            done.append(_printing(program, records, [sys.executable, "-c", code, page, out / "book.pdf"], environment))
    return done


def show(done: Sequence[Printing]) -> None:
    """Print what was measured, and whether the goals were reached."""
    head = ("program", "records", "pages", "pages/s", "pages a CPU second", "memory of all processes, MB", "size, MB")
    print_rows(
        head,
        [
            (
                each.program,
                f"{each.records:,}",
                f"{each.pages:,}",
                number(each.speed),
                number(each.pages / each.cpu),
                number(each.run.together_mb),
                number(each.size / MEGABYTE),
            )
            for each in done
        ],
    )
    for limit in _limits(done):
        print(limit)


def _limits(done: Sequence[Printing]) -> list[Limit]:
    of = {(each.program, each.records): each for each in done}
    few, many = min(each.records for each in done), max(each.records for each in done)
    limits = []
    if (weasy := of.get((WEASYPRINT, few))) is not None:
        limits.append(Limit("pages/s, ours / WeasyPrint's", of[OURS, few].speed / weasy.speed, 8, at_least=True))
    for program in (OURS, JOINED):
        if (large := of.get((program, many))) is None or many == few:
            continue
        # In seconds of the processor: a busy machine would make what is printed last slow.
        growth = (large.cpu / of[OURS, few].cpu) / (large.pages / of[OURS, few].pages)
        limits.append(Limit(f"{program}: memory at {many:,} records", large.run.together_mb, 600, "MB"))
        limits.append(Limit(f"{program}: time a page at {many:,} / at {few:,}", growth, 1.15))
    return limits


def _printing(program: str, records: int, command: Sequence[object], environment: Mapping[str, str]) -> Printing:
    """Run a command, whose last word is the file that it writes, and take that away."""
    out = Path(str(command[-1])).parent
    before = _cpu()
    run = watched(command, environment, look=LOOK)
    cpu = _cpu() - before
    files = [path.read_bytes() for path in out.iterdir()]
    shutil.rmtree(out)
    return Printing(program, records, run, cpu, sum(map(page_count, files)), sum(map(len, files)))


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _others(records: int) -> dict[str, str]:
    programs = {QT: _QT}
    if find_spec("weasyprint") is None:
        say("WeasyPrint is not installed")
    elif records <= MOST_FOR_WEASYPRINT:
        programs[WEASYPRINT] = _WEASYPRINT
    return programs


def _latin(folder: Path, cache: Path, most: int) -> list[str]:
    """Return the ids of records that need no other fonts than the program brings along."""
    found: list[str] = []
    with Library(folder, cache=cache) as library:
        library.update()
        columns = [[card.id for card in library.cards(section.kind)] for section in library.sections()]
        # Of every kind by its share, whatever the number: so that dossiers of all sizes are alike.
        places = sorted((at / len(ids), each) for ids in columns for at, each in enumerate(ids))
        for _, each in places:
            record = library.record(each)
            if record is not None and not needs_system_fonts(encode(compose(record, library), paper="a4")):
                found.append(each)
                if len(found) == most:
                    break
    return found
