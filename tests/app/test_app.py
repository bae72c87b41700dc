from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from briefing.app.app import Composition, draw_window
from briefing.app.frame import BOTTOM, COLUMNS, TOP, Frame
from briefing.app.palette import DARK, LIGHT
from briefing.app.session import Address
from briefing.errors import EnvironmentFault
from tests.app.small_library import small_library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return small_library(tmp_path / "library")


@pytest.fixture(autouse=True)
def _undressed(qapp: QApplication) -> Iterator[None]:
    """Take from the application what a window dressed it in."""
    palette = qapp.palette()
    yield
    qapp.setStyleSheet("")
    qapp.setPalette(palette)


def test_the_frame_has_the_ground_of_what_is_to_come(qtbot: QtBot, settings: Settings) -> None:
    frame = Frame(settings, LIGHT)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(frame.painted):
        frame.show()
    image = frame.grab().toImage()
    colours = {
        LIGHT.window: (10, 10),
        LIGHT.panel: (COLUMNS[0] // 2, TOP + 50),
        LIGHT.surface: (image.width() // 2, TOP + 50),
        LIGHT.line: (image.width() // 2, image.height() - BOTTOM),
    }
    for colour, place in colours.items():
        assert QColor(image.pixelColor(*place)).name().upper() == colour


def test_the_frame_says_once_that_it_is_painted_and_remembers_its_place(qtbot: QtBot, settings: Settings) -> None:
    frame = Frame(settings, LIGHT)
    qtbot.addWidget(frame)
    with qtbot.waitSignal(frame.painted):
        frame.show()
    with qtbot.assertNotEmitted(frame.painted):
        frame.repaint()
    frame.resize(700, 500)
    with qtbot.waitSignal(frame.closing):
        frame.close()
    again = Frame(settings, LIGHT)
    qtbot.addWidget(again)
    assert again.size() == frame.size()


def test_a_reading_pane_stands_where_it_will_stand(qtbot: QtBot, settings: Settings) -> None:
    settings.tree_shown = False
    settings.columns = (300, 700, 200)
    frame = Frame(settings, LIGHT)
    qtbot.addWidget(frame)
    frame.resize(1200, 800)
    reader = QWidget()
    frame.place(reader)
    assert (reader.x(), reader.width()) == (1, 999)
    content = QWidget()
    frame.fill(content)
    assert content.parent() is frame
    QApplication.sendEvent(frame, QPaintEvent(frame.rect()))
    assert content.isVisibleTo(frame)


def test_the_window_is_drawn_into_a_file(qapp: QApplication, folder: Path, tmp_path: Path) -> None:
    draw_window(qapp, tmp_path / "light.png", folder, size=(1000, 700))
    draw_window(qapp, tmp_path / "dark.png", folder, size=(1000, 700), theme="dark", record="quad", query="four states")
    light, dark = QImage(str(tmp_path / "light.png")), QImage(str(tmp_path / "dark.png"))
    assert (light.width(), light.height()) == (1000, 700)
    assert QColor(light.pixelColor(500, 600)).name().upper() == LIGHT.surface
    assert QColor(dark.pixelColor(500, 600)).name().upper() == DARK.surface
    seen = {QColor(dark.pixelColor(x, y)).name().upper() for x in range(310, 700) for y in range(60, 400)}
    # The words of the query are marked in the record, the first as the one that one stands on.
    assert {DARK.match, DARK.accent} <= seen


def test_a_picture_has_the_words_marked_that_were_found_for_misspelt_ones(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    draw_window(qapp, tmp_path / "near.png", folder, size=(1000, 700), record="icet", query="semicondutcors")
    image = QImage(str(tmp_path / "near.png"))
    # The word in the bottom line, as the one that one stands on: a ground that no link and no sign has so much of.
    assert (
        sum(
            QColor(image.pixelColor(x, y)).name().upper() == LIGHT.accent
            for x in range(320, 690)
            for y in range(150, 350)
        )
        > 900
    )


def test_a_picture_that_cannot_be_written_is_a_fault_that_says_so(
    qapp: QApplication, folder: Path, tmp_path: Path
) -> None:
    with pytest.raises(EnvironmentFault, match="cannot be written"):
        draw_window(qapp, tmp_path / "nowhere" / "a.png", folder)


def test_the_window_is_made_in_the_order_in_which_it_is_wanted(
    qapp: QApplication, folder: Path, settings: Settings, qtbot: QtBot
) -> None:
    whole = Composition(qapp, settings, "system", "system")
    qtbot.addWidget(whole.frame)
    whole.frame.show()
    whole.open_reader()
    whole.opening.open_first(folder, None)
    assert whole.session.address == Address("record", "icet")
    whole.complete(watch=True)
    try:
        with qtbot.waitSignal(whole.session.content_changed, timeout=20_000):
            (folder / "china.yaml").write_text("kind: country\ntitle: China\n")
        qtbot.waitUntil(lambda: whole.session.library is not None and whole.session.library.counts().records == 7)
        assert whole.window.tree.current_node() == ("s:dialogue", "r:icet")
        assert whole.frame.windowTitle() == "Small library — Briefing"
        whole.window.close_requested.emit()
        assert not whole.frame.isVisible()
    finally:
        whole.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_window_that_was_never_filled_can_be_closed(qapp: QApplication, settings: Settings) -> None:
    whole = Composition(qapp, settings, "dark", "high")
    whole.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from briefing.app import app

made = app.Composition.complete

def complete(self, *, watch):
    made(self, watch=watch)
    print(self.session.address.key, flush=True)

app.Composition.complete = complete
sys.exit(app.run(Path(sys.argv[1])))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("what", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_the_program_ends_well_when_it_is_told_to(folder: Path, tmp_path: Path, what: str) -> None:
    environment = {**os.environ, "BRIEFING_CONFIG": str(tmp_path)}
    with subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder)], env=environment, stdout=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "icet\n"
        program.send_signal(getattr(signal, what))
        assert program.wait(20) == 0
    settings = json.loads((tmp_path / "settings.json").read_text())
    assert settings["last_library"] == str(folder)
    assert settings["places"][str(folder)]["key"] == "icet"


def test_what_the_next_start_begins_with_is_kept_when_the_session_ends(folder: Path, tmp_path: Path) -> None:
    # No session manager can be made here: how many listen to it is asked, and one has to.
    code = RUN.replace(
        "print(self.session.address.key, flush=True)",
        "print(QApplication.instance().receivers(SIGNAL('commitDataRequest(QSessionManager&)')));"
        " self.frame.keep(); import os; os._exit(0)",
    ).replace(
        "from PySide6.QtCore import QTimer",
        "from PySide6.QtCore import SIGNAL; from PySide6.QtWidgets import QApplication",
    )
    environment = {**os.environ, "BRIEFING_CONFIG": str(tmp_path), "PYTHONUNBUFFERED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stdout == "1\n"
    settings = json.loads((tmp_path / "settings.json").read_text())
    assert settings["places"][str(folder)]["key"] == "icet"


def test_a_window_that_cannot_be_filled_ends_the_program(folder: Path, tmp_path: Path) -> None:
    code = RUN.replace("made(self, watch=watch)", "raise ValueError('no window')")
    environment = {**os.environ, "BRIEFING_CONFIG": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 1
    assert "no window" in done.stderr


def test_a_picture_is_as_dense_as_it_was_asked_to_be(folder: Path, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from briefing.app.app import render_window; "
        "render_window(Path(sys.argv[2]), library=Path(sys.argv[1]), size=(800, 600), scale=2)"
    )
    picture = tmp_path / "picture.png"
    done = subprocess.run(
        [sys.executable, "-c", code, str(folder), str(picture)],
        env={**os.environ, "BRIEFING_CONFIG": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert done.stderr == ""
    assert (QImage(str(picture)).width(), QImage(str(picture)).height()) == (1600, 1200)
    assert not (tmp_path / "settings.json").exists()
