"""The child process that keeps the index up to date and watches the folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from briefing import program
from briefing.app.session import Changes

if TYPE_CHECKING:
    from pathlib import Path

LONGEST_LINE = 1 << 20
ENDING_MS = 400


class Indexing(QObject):
    """Runs `briefing index --watch` for a library, and says by signal what it does."""

    progress_changed = Signal(str, int, int)
    """The phase (walking, reading, writing), how much is done and of how much; 0 while that is unknown."""
    updated = Signal(object)
    """`Changes`: the index is up to date."""
    idle = Signal()
    """It has looked, and there was nothing new."""
    failed = Signal(str)
    """A sentence: the index cannot be kept up to date."""
    stopped = Signal()
    """The user cancelled it."""

    def __init__(self, parent: QObject | None = None, command: tuple[str, ...] | None = None) -> None:
        super().__init__(parent)
        self._command = command or program.command("index", "--watch", "--events")
        self._arguments: tuple[str, ...] = ()
        self._process: QProcess | None = None
        self._restarted = False
        self._rest = b""
        self._error = ""

    @property
    def running(self) -> bool:
        """Whether the child is there."""
        return self._process is not None

    def start(self, folder: Path, texts: Path | None = None) -> None:
        """Look after a library, with that folder of texts of sources, and no longer after another one."""
        self.stop()
        self._arguments = ("--library", str(folder), *(("--texts", str(texts)) if texts is not None else ()))
        self._restarted = False
        self._launch()

    def cancel(self) -> None:
        """Stop what it does, as the user asked; `start` begins again where it was."""
        if self._process is not None:
            self.stop()
            self.stopped.emit()

    def stop(self) -> None:
        """End the child, quietly."""
        process, self._process = self._process, None
        if process is None:
            return
        process.blockSignals(True)
        # It ends by itself when its input does; what it was writing is then whole.
        process.closeWriteChannel()
        if process.state() != QProcess.ProcessState.NotRunning and not process.waitForFinished(ENDING_MS):
            process.kill()
            process.waitForFinished(ENDING_MS)
        process.deleteLater()

    def _launch(self) -> None:
        self._rest = b""
        self._error = ""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        process.setProgram(self._command[0])
        process.setArguments([*self._command[1:], *self._arguments])
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_errors)
        process.finished.connect(self._finished)
        process.errorOccurred.connect(self._not_started)
        self._process = process
        process.start()

    def _read(self) -> None:
        if self._process is None:
            return
        lines = (self._rest + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        self._rest = lines.pop()[-LONGEST_LINE:]
        for line in lines:
            event = _parsed(line)
            if event is not None:
                self._tell(event)

    def _tell(self, event: dict[str, Any]) -> None:
        match event:
            case {"event": "progress", "phase": str(phase), "done": int(done), "total": int(total)}:
                self.progress_changed.emit(phase, done, total)
            case {"event": "updated", "generation": int(generation), "records": int(records)}:
                self._restarted = False
                ids = event.get("changed")
                known = isinstance(ids, list) and not event.get("all")
                self.updated.emit(
                    Changes(
                        generation,
                        records,
                        _number(event.get("errors")),
                        _number(event.get("warnings")),
                        frozenset(map(str, ids)) if known and isinstance(ids, list) else frozenset(),
                        everything=not known,
                    )
                )
            case {"event": "idle"}:
                self._restarted = False
                self.idle.emit()
            case {"event": "error", "message": str(message)}:
                self._error = message
                self.failed.emit(message)

    def _read_errors(self) -> None:
        if self._process is not None:
            text = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip()
            self._error = text.splitlines()[-1] if text else self._error

    def _not_started(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart and self._process is not None:
            self._process.deleteLater()
            self._process = None
            self.failed.emit("The index cannot be kept up to date: its program does not start.")

    def _finished(self) -> None:
        """Start it once more; a second end without an update between is left at that."""
        if self._process is None:
            return
        self._read()
        self._process.deleteLater()
        self._process = None
        if not self._restarted:
            self._restarted = True
            QTimer.singleShot(0, self, self._launch_again)
        else:
            reason = f" ({self._error})" if self._error else ""
            self.failed.emit(f"The index is no longer kept up to date{reason}. F5 tries again.")

    def _launch_again(self) -> None:
        if self._process is None:
            self._launch()


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
    except ValueError:
        # Something else wrote to the same output; it is none of our business.
        return None
    return event if isinstance(event, dict) else None


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
