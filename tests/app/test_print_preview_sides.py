from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel

from briefing.app.print_preview import options as options_module
from briefing.app.print_preview.gauge import Gauge
from briefing.app.print_preview.options import OptionsPanel
from briefing.app.print_preview.preview import PrintPreview
from briefing.document import templates
from briefing.document.templates import TEMPLATES, Template
from briefing.printing.order import Order
from tests.app.fake_typesetter import SIZES, FakeTypesetter, blank_pdf, open_it

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from briefing.app.jobs import Jobs
    from briefing.app.session import Session
    from briefing.app.settings import Settings
    from briefing.app.theme import Theme

# ---- thumbnails


def test_small_pages_are_drawn_as_they_come_into_view(
    qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter
) -> None:
    typesetter.pdf = blank_pdf(*[SIZES["a4"]] * 60)
    open_it(qtbot, preview)
    qtbot.waitUntil(lambda: preview.thumbnails.is_drawn(1))
    assert preview.thumbnails.model().rowCount() == 60
    assert not preview.thumbnails.is_drawn(40)
    preview.pages.go_to_page(40)
    qtbot.waitUntil(lambda: preview.thumbnails.is_drawn(40))
    image = preview.thumbnails.image(40)
    assert image is not None
    assert image.size().height() < 300


def test_the_page_in_view_is_marked_and_a_chosen_one_comes_into_view(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    column = preview.thumbnails
    assert column.currentIndex().row() == 0
    preview.pages.go_to_page(2)
    assert column.currentIndex().row() == 1
    column.setFocus()
    QTest.keyClick(column, Qt.Key.Key_Down)
    assert preview.pages.page == 3
    assert preview.tools.page.text() == "3"
    QTest.mouseClick(
        column.viewport(), Qt.MouseButton.LeftButton, pos=column.visualRect(column.model().index(0, 0)).center()
    )
    assert preview.pages.page == 1
    preview.pages.go_to_page(3)
    column.setCurrentIndex(column.model().index(0, 0))
    preview.pages.verticalScrollBar().setValue(preview.pages.verticalScrollBar().maximum())
    QTest.keyClick(column, Qt.Key.Key_Return)
    assert preview.pages.page == column.currentIndex().row() + 1


def test_a_screen_reader_hears_the_number_of_a_thumbnail(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    index = preview.thumbnails.model().index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Page 2"
    assert preview.thumbnails.accessibleName() == "Page thumbnails"


def test_thumbnails_are_white_paper_in_the_dark(qtbot: QtBot, preview: PrintPreview, theme: Theme) -> None:
    theme.choose("dark", "system")
    open_it(qtbot, preview)
    qtbot.waitUntil(lambda: preview.thumbnails.is_drawn(2))
    view = preview.thumbnails.viewport()
    image = view.grab().toImage()
    place = preview.thumbnails.visualRect(preview.thumbnails.model().index(1, 0)).center()
    assert image.pixelColor(place * image.devicePixelRatio()) == Qt.GlobalColor.white


def test_fewer_pages_leave_no_thumbnail_behind(qtbot: QtBot, preview: PrintPreview, typesetter: FakeTypesetter) -> None:
    open_it(qtbot, preview)
    qtbot.waitUntil(lambda: preview.thumbnails.is_drawn(3))
    typesetter.pdf = blank_pdf(SIZES["letter"])
    with qtbot.waitSignal(preview.pages.first_drawn):
        preview.options.paper.letter.click()
    assert preview.thumbnails.model().rowCount() == 1
    assert preview.thumbnails.image(3) is None
    assert preview.thumbnails.sizeHintForIndex(preview.thumbnails.model().index(0, 0)) != QSize()


# ---- what is at the sides, and what is remembered of it


@pytest.mark.parametrize(
    ("key", "keys", "side", "name"),
    [
        (Qt.Key.Key_F9, Qt.KeyboardModifier.NoModifier, "thumbnails", "print_thumbnails_shown"),
        (Qt.Key.Key_F9, Qt.KeyboardModifier.ShiftModifier, "options", "print_options_shown"),
    ],
)
def test_a_side_that_is_put_away_stays_away(
    qtbot: QtBot,
    preview: PrintPreview,
    session: Session,
    theme: Theme,
    jobs: Jobs,
    settings: Settings,
    key: Qt.Key,
    keys: Qt.KeyboardModifier,
    side: str,
    name: str,
) -> None:
    open_it(qtbot, preview)
    preview.activateWindow()
    assert getattr(preview, side).isVisible()
    with qtbot.waitSignal(preview.settings_changed):
        QTest.keyClick(preview.pages, key, keys)
    assert not getattr(preview, side).isVisible()
    assert getattr(settings, name) is False
    other = PrintPreview(session, theme, jobs, settings)
    qtbot.addWidget(other)
    assert getattr(other, side).isHidden()


def test_one_key_walks_round_the_parts(qtbot: QtBot, preview: PrintPreview) -> None:
    open_it(qtbot, preview)
    preview.activateWindow()
    assert preview.pages.hasFocus()
    QTest.keyClick(preview, Qt.Key.Key_F6)
    focused = preview.focusWidget()
    assert focused is not None
    assert preview.options.isAncestorOf(focused)
    QTest.keyClick(preview, Qt.Key.Key_F6)
    assert preview.thumbnails.hasFocus()
    QTest.keyClick(preview, Qt.Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    focused = preview.focusWidget()
    assert focused is not None
    assert preview.options.isAncestorOf(focused)


def test_every_list_has_an_accessible_name(preview: PrintPreview) -> None:
    for widget in [*preview.findChildren(QComboBox), preview.thumbnails, preview.options]:
        assert widget.accessibleName()


# ---- options


BRIEF = Template("one-page-brief", "One-page brief", "For who has a minute", TEMPLATES[0].compose, 1, ("note",))
RECORD = TEMPLATES[0]


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch) -> OptionsPanel:
    table = (RECORD, BRIEF)
    monkeypatch.setattr(options_module, "TEMPLATES", table)
    monkeypatch.setattr(templates, "_BY_NAME", {each.name: each for each in table})
    made = OptionsPanel(theme, "a4")
    qtbot.addWidget(made)
    made.show()
    return made


def test_only_templates_that_suit_what_is_printed_are_offered(panel: OptionsPanel) -> None:
    panel.offer((RECORD,))
    assert panel.template.choices["one-page-brief"].isHidden()
    panel.offer((RECORD, BRIEF))
    assert not panel.template.choices["one-page-brief"].isHidden()
    assert "For who has a minute" in [label.text() for label in panel.findChildren(QLabel)]


def test_a_chosen_template_is_in_the_order(qtbot: QtBot, panel: OptionsPanel) -> None:
    panel.offer((RECORD, BRIEF))
    with qtbot.waitSignal(panel.changed):
        panel.template.choices["one-page-brief"].button.click()
    assert panel.order(Order(("a",))) == Order(("a",), template="one-page-brief")
    with qtbot.assertNotEmitted(panel.changed):
        panel.offer((RECORD,))
    assert panel.order(Order(("a",))).template == "record"


def test_the_gauge_is_there_where_pages_are_counted(panel: OptionsPanel) -> None:
    panel.offer((RECORD, BRIEF))
    panel.show_pages(3)
    assert panel.gauge.isHidden()
    panel.template.choices["one-page-brief"].button.click()
    panel.show_pages(1)
    assert not panel.gauge.isHidden()
    assert panel.gauge.sentence.text() == "1 of 1 page"
    panel.show_pages(5, {"records": 2, "pages": 2, "annex": ["History"]})
    assert panel.gauge.sentence.text() == "2 of 2 pages, and 3 pages of annex"


@pytest.mark.parametrize(
    ("pages", "limit", "sentence", "colour"),
    [
        (0, 2, "At most 2 pages", "muted"),
        (1, 2, "1 of 2 pages", "muted"),
        (3, 2, "3 pages: 1 more than it should have", "error"),
    ],
)
def test_the_gauge_says_and_shows_how_much_is_taken(
    qtbot: QtBot, theme: Theme, pages: int, limit: int, sentence: str, colour: str
) -> None:
    gauge = Gauge(theme)
    qtbot.addWidget(gauge)
    gauge.resize(200, 40)
    gauge.show_pages(pages, limit)
    label = gauge.sentence
    assert (label.text(), label.accessibleDescription()) == (sentence, sentence)
    assert label.palette().color(label.foregroundRole()) == theme.colour(colour)
    image = gauge.grab().toImage()
    last = image.pixelColor(image.width() - 10, 3)
    assert last == theme.colour("error" if pages > limit else "line")


def test_the_gauge_names_what_went_to_the_annex(qtbot: QtBot, theme: Theme) -> None:
    gauge = Gauge(theme)
    qtbot.addWidget(gauge)
    gauge.show_pages(1, 1)
    assert gauge.annex.isHidden()
    gauge.show_pages(1, 1, ["History", "Members", "A <b>title</b>\nof two lines", "Claims", "Sources", "Facts"], 2)
    assert not gauge.annex.isHidden()
    assert gauge.sentence.text() == "1 of 1 page, and 2 pages of annex"
    assert gauge.annex.text() == "In the annex: History; Members; A <b>title</b> of two lines; Claims and 2 more"
    assert gauge.annex.accessibleDescription().endswith("; Claims; Sources; Facts")
