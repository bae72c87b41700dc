"""What `briefing self-test` tries. Each check is given a folder of its own to work in, and raises where it fails."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from briefing.errors import BriefingError, EnvironmentFault
from briefing.resources import bundled_library, resource

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIBRARIES = (
    "PySide6-Essentials",
    "PyYAML",
    "anyascii",
    "babel",
    "markdown-it-py",
    "orjson",
    "pikepdf",
    "platformdirs",
    "pycountry",
    "pypdfium2",
    "rapidfuzz",
    "shtab",
    "tantivy",
    "typst",
    "watchfiles",
)
"""What pyproject.toml says that the program needs."""

SCRIPTS = {
    "Latin": "Zażółć",
    "Greek": "Αθήνα",
    "Cyrillic": "Київ",
    "Korean": "서울",
    "Japanese": "とうきょう",
    "Chinese": "北京",
    "Devanagari": "दिल्ली",
    "Arabic": "الرياض",
    "Hebrew": "ירושלים",
    "Thai": "กรุงเทพ",
    "Bengali": "ঢাকা",
    "Tamil": "சென்னை",
    "Telugu": "అమరావతి",
    "Armenian": "Երևան",
    "Georgian": "თბილისი",
    "Ethiopic": "አዲስ",
}
"""A word in each script that the program looks for fonts of."""
BROUGHT_ALONG = ("Latin", "Greek", "Cyrillic")

NOTE = "trilateral-dialogue-brief"
AGAIN = "Install the program again."
RECORDS = 96  # enough that worker processes read them
WIDTH, HEIGHT = 1000, 700
SECONDS = 180


def check_libraries(_folder: Path) -> str:
    """Import every library but Qt, which the window's process loads, and tell the versions."""
    told = []
    for name in LIBRARIES:
        try:
            _import(name)
        except (ImportError, OSError) as error:
            raise EnvironmentFault(f"{name} cannot be loaded ({error})", where=sys.prefix, mend=AGAIN) from error
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(name)
    return ", ".join(told)


def check_resources(_folder: Path) -> str:
    """Look for every file that ships with the program."""
    root = resource()
    listing = resource("contents.txt")
    try:
        wanted = listing.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise EnvironmentFault("The list of shipped files is missing", where=str(listing), mend=AGAIN) from error
    lacking = [name for name in wanted if not _has_content(root / name)]
    if lacking:
        more = f" and {len(lacking) - 3} more files" if len(lacking) > 3 else ""
        what = f"{', '.join(lacking[:3])}{more} cannot be read or are empty"
        raise EnvironmentFault(what, where=str(root), mend=AGAIN)
    return f"{len(wanted)} files in {root}"


def check_fonts(_folder: Path) -> str:
    """Print a word in each script: those that the program has fonts for must come out."""
    from briefing.document.blocks import Document, Paragraph, Text
    from briefing.printing.typeset import Typesetter

    lacking = []
    with Typesetter() as typesetter:
        for name, word in SCRIPTS.items():
            page = Document(name, "", (), (), (), (Paragraph((Text(word),)),))
            if not typesetter.printed(page).archival:
                lacking.append(name)
    if broken := [name for name in lacking if name in BROUGHT_ALONG]:
        raise EnvironmentFault(f"{', '.join(broken)} cannot be printed", where="fonts of Typst", mend=AGAIN)
    found = ", ".join(name for name in SCRIPTS if name not in lacking)
    advice = f"; no font here has {', '.join(lacking)} (the Noto fonts have them)" if lacking else ""
    return f"{found}{advice}"


def check_index(folder: Path) -> str:
    """Index a library of many small records in worker processes, and find one of them."""
    from briefing.library.library import Library

    notes = folder / "notes"
    notes.mkdir()
    for number in range(RECORDS):
        text = f"kind: event\ntitle: Meeting {number}\nsummary: About matter m{number}x.\n"
        (notes / f"meeting-{number}.yaml").write_text(text, encoding="utf-8")
    library = Library(notes, cache=folder / "cache")
    try:
        library.update()
        count = library.counts().records
        hits = [hit.id for hit in library.search("m42x", 5).hits]
    finally:
        library.close()
    if count != RECORDS or hits[:1] != ["meeting-42"]:
        what = f"Of {RECORDS} records {count} were indexed, and a search for one found {hits or 'nothing'}"
        raise BriefingError(what, where=str(notes), mend=AGAIN)
    return f"{count} records indexed, searched and found"


def check_pdf(folder: Path) -> str:
    """Print a note of the bundled library."""
    from briefing.library.library import Library
    from briefing.printing.order import Order, document_for
    from briefing.printing.pages import page_count
    from briefing.printing.typeset import Typesetter

    library = Library(bundled_library(), cache=folder / "cache")
    try:
        library.update()
        document = document_for(Order((NOTE,)), library)
    finally:
        library.close()
    with Typesetter() as typesetter:
        printed = typesetter.printed(document)
    pages = page_count(printed.pdf)
    if not printed.archival:
        raise BriefingError(" ".join(printed.notes) or "It is no archival PDF", where=NOTE, mend=AGAIN)
    return f"a note of {pages} page{'' if pages == 1 else 's'}, {len(printed.pdf):,} bytes, PDF/A-3a and PDF/UA-1"


def check_window(folder: Path) -> str:
    """Open the window in a process of its own, where there is no screen, and have it drawn."""
    from briefing.program import command

    picture = folder / "window.png"
    words = ("screenshot", str(picture), "--library", str(bundled_library()), "--record", NOTE)
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("QT_", "BRIEFING_"))},
        "BRIEFING_CACHE": str(folder / "cache"),
        "BRIEFING_CONFIG": str(folder / "config"),
        "PYTHONIOENCODING": "utf-8",
    }
    try:
        done = subprocess.run(
            command(*words, "--size", f"{WIDTH}x{HEIGHT}"),
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise EnvironmentFault(f"The window did not open in {SECONDS} seconds", mend="Try again.") from error
    said = done.stderr.decode("utf-8", "replace").strip().splitlines()
    if done.returncode:
        what = said[-1].rstrip(".") if said else f"The window's process ended with {done.returncode}"
        raise EnvironmentFault(what, mend="Install what is missing, else the program again.")
    if _size_of(picture) != (WIDTH, HEIGHT):
        raise EnvironmentFault("The window was not drawn", where=str(picture), mend=AGAIN)
    return f"opened off screen, {WIDTH} × {HEIGHT}"


CHECKS: dict[str, Callable[[Path], str]] = {
    "libraries": check_libraries,
    "resources": check_resources,
    "fonts": check_fonts,
    "index": check_index,
    "PDF": check_pdf,
    "window": check_window,
}
"""Each check by the name that its line begins with."""


def _import(name: str) -> None:
    """Import a library."""
    match name:
        case "PySide6-Essentials":
            from importlib.machinery import PathFinder

            if PathFinder.find_spec("PySide6") is None and not getattr(sys, "frozen", False):
                raise ImportError("there is no PySide6")
        case "PyYAML":
            import yaml  # noqa: F401
        case "anyascii":
            import anyascii  # noqa: F401
        case "babel":
            import babel  # noqa: F401
        case "markdown-it-py":
            import markdown_it  # noqa: F401
        case "orjson":
            import orjson  # noqa: F401
        case "pikepdf":
            import pikepdf  # noqa: F401
        case "platformdirs":
            import platformdirs  # noqa: F401
        case "pycountry":
            import pycountry  # noqa: F401
        case "pypdfium2":
            import pypdfium2  # noqa: F401
        case "rapidfuzz":
            import rapidfuzz  # noqa: F401
        case "shtab":
            import shtab  # noqa: F401
        case "tantivy":
            import tantivy  # noqa: F401
        case "typst":
            import typst  # noqa: F401
        case "watchfiles":
            import watchfiles  # noqa: F401
        case _:
            raise ImportError("nothing is known of it")


def _has_content(file: Path) -> bool:
    try:
        return file.stat().st_size > 0 and os.access(file, os.R_OK)
    except OSError:
        return False


def _size_of(picture: Path) -> tuple[int, int]:
    """Return width and height of a PNG, zeros where it is none."""
    try:
        head = picture.read_bytes()[:24]
    except OSError:
        return 0, 0
    return struct.unpack(">II", head[16:24]) if head[:8] == b"\x89PNG\r\n\x1a\n" else (0, 0)
