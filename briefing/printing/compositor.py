"""What runs in the child process: Typst, which sets one document after the other. The only importer of typst."""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.printing.finish import bind, finish
from briefing.printing.fonts import TEXT_FACE, families, family_of, needs_system_fonts
from briefing.resources import resource

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_PARTS = ("page.typ", "blocks.typ", "parts.typ")
_ARCHIVAL = ("a-3a", "ua-1")
_UNTAGGED = ("a-3b",)
_PLAIN = ("1.7",)
_NO_GLYPH = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")  # how a message of Typst's writes what has no shape


def serve(connection: Connection, memory: int, folder: str) -> None:
    """Set one document after the other, until the other end of the connection is closed.

    `folder` is an empty one for this process alone, which whoever started it takes away.
    """
    _keep_to(memory)
    compositor = Compositor(Path(folder))
    while True:
        try:
            request = json.loads(connection.recv_bytes())
        except EOFError:
            # Whoever would take the folder away may be no more.
            with suppress(OSError):
                Path(folder).rmdir()
            return
        answer, pdf = compositor.answer(request)
        try:
            connection.send_bytes(json.dumps(answer).encode())
            connection.send_bytes(pdf)
        except OSError:
            return


def _bound(request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    bind(request)
    return {"error": "", "archival": False, "notes": []}, b""


def _keep_to(memory: int) -> None:
    import signal

    # Ctrl+C in a terminal reaches the child as well; the parent decides what comes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource as limits

        _, most = limits.getrlimit(limits.RLIMIT_AS)
        wanted = memory if most == limits.RLIM_INFINITY else min(memory, most)
        limits.setrlimit(limits.RLIMIT_AS, (wanted, most))


def _budgets(told: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the records of a document that have a page budget told, as one: see `Printed`."""
    if not told:
        return {}
    return {
        "records": len(told),
        "pages": sum(each["pages"] for each in told),
        "annex": [name for each in told for name in each["annex"]],
    }


@dataclass(frozen=True, slots=True)
class Way:
    """A way to set a document: to which standards, and in which fonts."""

    standards: tuple[str, ...]
    system_fonts: bool = True
    every: bool = False


class Compositor:
    """Typst with its fonts, in the child process; `folder` is empty, and all that a template could read."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "template.typ"
        self._fonts: dict[bool, tuple[Any, frozenset[str]]] = {}
        self._templates: dict[str, bytes] = {}

    def answer(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Do what is asked: set a document, or bind the parts of a book."""
        try:
            return _bound(request["bind"]) if "bind" in request else self.set(request)
        except OSError as error:
            mend = "Make room on the disk, or let this user write there, and print it again."
            return {"error": error.strerror or str(error), "archival": False, "notes": [], "mend": mend}, b""

    def set(self, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Set a document: in whatever fonts it takes, and plain where a character has no font at all."""
        import typst

        best = _ARCHIVAL if request["tags"] else _UNTAGGED
        ways = [Way(best), Way(best, every=True), Way(_PLAIN, every=True)]
        if not (request["font"] or needs_system_fonts(request["data"])):
            ways.insert(0, Way(best, system_fonts=False))
        why: list[str] = []
        for way in ways:
            try:
                pdf, report = self._compile(request, way)
            except typst.TypstError as error:
                shown = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), error.diagnostic)
                missing = dict.fromkeys(_NO_GLYPH.findall(shown))
                if not missing and way.standards is _PLAIN:
                    return {"error": error.message, "archival": False, "notes": []}, b""
                why = [_why_plain(list(missing), error.message)]
            else:
                archival = way.standards is not _PLAIN
                notes = [*self._why_other_font(request["font"]), *([] if archival else why)]
                return {"error": "", "archival": archival, "notes": notes, "report": report}, pdf
        raise AssertionError("the last way either gives a PDF or an error")

    def _compile(self, request: dict[str, Any], way: Way) -> tuple[bytes, dict[str, Any]]:
        import typst

        fonts, available = self._fonts_for(system_fonts=way.system_fonts)
        named = families(request["data"], request["language"], available, first=request["font"], every=way.every)
        standards: list[Any] = list(way.standards)
        # A compiler answers questions about a file alone; the file is gone before another document comes.
        self._file.write_bytes(self._template(request["template"]))
        try:
            compiler = typst.Compiler(
                self._file,
                root=self._file.parent,
                font_paths=fonts,
                sys_inputs={"data": request["data"], "fonts": json.dumps(named)},
            )
            pdf = compiler.compile(
                format="pdf",
                pdf_standards=standards,
                timestamp=request["timestamp"],
                pdf_tags=request["tags"],
            )
            told: list[dict[str, Any]] = json.loads(compiler.query("<report>", field="value"))
        finally:
            self._file.unlink()
        assert isinstance(pdf, bytes)
        return (pdf, told[0] if told else {}) if request["part"] else (finish(pdf), _budgets(told))

    def _why_other_font(self, font: str) -> list[str]:
        if not font or family_of(font, self._fonts_for(system_fonts=True)[1]):
            return []
        return [f"No font “{font[:80]}” is on this machine: the text is in {TEXT_FACE}."]

    def _fonts_for(self, *, system_fonts: bool) -> tuple[Any, frozenset[str]]:
        """Return fonts and the names of their families; the machine's are looked through once."""
        if system_fonts not in self._fonts:
            import typst

            fonts = typst.Fonts(include_system_fonts=system_fonts)
            self._fonts[system_fonts] = (fonts, frozenset(fonts.families()))
        return self._fonts[system_fonts]

    def _template(self, name: str) -> bytes:
        if name not in self._templates:
            parts = (*_PARTS, f"{name}.typ")
            self._templates[name] = b"\n".join(resource("templates", part).read_bytes() for part in parts)
        return self._templates[name]


def _why_plain(missing: list[str], reason: str) -> str:
    if not missing:
        return f"It is a plain PDF, not an archival one: {reason}."
    shown = ", ".join(f"{each} (U+{ord(each[0]):04X})" for each in missing[:12])
    more = f" and {len(missing) - 12} more" if len(missing) > 12 else ""
    return f"No font on this machine has {shown}{more}: it is a plain PDF, not an archival one."
