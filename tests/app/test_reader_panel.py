from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFrame, QLabel, QToolButton

from briefing.app.reader import editor
from briefing.app.reader.menu import page_menu
from briefing.app.reader.panel import ReaderPanel
from briefing.app.session import Address, Reach, Session
from tests.app.reading_library import BROKEN, FILES, change, write_library

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from briefing.app.settings import Settings
    from briefing.app.theme import Theme

TRILATERAL = Address("record", "trilateral")
LONG = FILES["trilateral.yaml"].replace("  Filler one.\n", "".join(f"  Filler {n} of Korea.\n\n" for n in range(90)))


class Asked:
    """Answers questions as a user would, and remembers them."""

    def __init__(self, answer: bool) -> None:
        self.answer = answer
        self.questions: list[str] = []

    def ask(self, question: str, more: str, yes: str) -> bool:
        self.questions.append(more)
        return self.answer


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_library(tmp_path / "small")


@pytest.fixture
def reader(qtbot: QtBot, session: Session, theme: Theme, settings: Settings, folder: Path) -> ReaderPanel:
    session.open_library(folder)
    panel = ReaderPanel(session, theme, settings)
    panel.resize(720, 480)
    qtbot.addWidget(panel)
    panel.show()
    return panel


def text_of(reader: ReaderPanel) -> str:
    return reader.page.browser.toPlainText()


def show_long(reader: ReaderPanel, session: Session) -> None:
    change(session, "trilateral.yaml", LONG)
    session.go(TRILATERAL)


def test_a_record_is_shown_with_its_claims_and_sources(reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    for words in ("Trilateral dialogue", "Bottom line.", "first quarter of 2024", "An article", "India"):
        assert words in text_of(reader)


def test_a_screen_reader_hears_which_record_it_is(reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    assert reader.page.browser.accessibleName() == "Trilateral dialogue"
    assert reader.page.browser.accessibleDescription() == "Dialogue. Three governments plan to talk about technology."
    session.go(Address("record", "korea"))
    assert reader.page.browser.accessibleName() == "South Korea"


def test_an_unknown_id_is_said_to_be_unknown(reader: ReaderPanel, session: Session) -> None:
    session.go(Address("record", "atlantis"))
    assert "Nothing in this library has the id “atlantis”." in text_of(reader)
    session.close_library()
    assert text_of(reader) == ""
    assert reader.page.browser.accessibleName() == "Nothing is shown"


def test_a_link_shows_the_other_record_and_back_returns(reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    reader.page.browser.link_followed.emit("record:india")
    assert session.address == Address("record", "india")
    assert "A country in South Asia." in text_of(reader)
    reader.page.browser.back_requested.emit()
    assert session.address == TRILATERAL
    reader.page.browser.forward_requested.emit()
    assert session.address == Address("record", "india")


def test_a_footnote_mark_leads_to_its_footnote_and_that_to_the_paragraph(reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    reader.follow("#fn-1")
    assert session.address == Address("record", "trilateral", "fn-1")
    assert reader.page.browser.textCursor().block().text().startswith("1 · An article")
    assert 'href="record:article#p1"' in reader.page.browser.toHtml()
    reader.follow("record:article#p4")
    assert "¶4" in reader.page.browser.textCursor().block().text()
    marked = reader.page.browser.extraSelections()
    assert [each.cursor.selectedText() for each in marked if "China is mentioned." in each.cursor.selectedText()]


def test_the_same_footnote_again_scrolls_to_it_again(reader: ReaderPanel, session: Session) -> None:
    show_long(reader, session)
    bar = reader.page.browser.verticalScrollBar()
    reader.follow("#claim-second")
    assert len(reader.page.browser.extraSelections()) == 1
    reader.follow("#fn-2")
    there = bar.value()
    assert there > 0
    bar.setValue(0)
    reader.follow("#fn-2")
    assert bar.value() == there


def test_the_mark_of_a_paragraph_goes_with_the_page(reader: ReaderPanel, session: Session) -> None:
    session.go(Address("record", "article", "p2"))
    assert len(reader.page.browser.extraSelections()) == 1
    session.go(Address("record", "article"))
    assert reader.page.browser.extraSelections() == []


def test_going_back_returns_to_the_line_that_was_read(reader: ReaderPanel, session: Session) -> None:
    show_long(reader, session)
    bar = reader.page.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    session.go(Address("record", "india"))
    assert bar.value() == 0
    session.back()
    assert bar.value() == pytest.approx(bar.maximum() // 2, abs=2)


def test_a_page_restored_before_the_window_is_shown_is_scrolled_once_it_is(
    qtbot: QtBot, session: Session, theme: Theme, settings: Settings, folder: Path
) -> None:
    session.open_library(folder)
    change(session, "trilateral.yaml", LONG)
    panel = ReaderPanel(session, theme, settings)
    qtbot.addWidget(panel)
    session.go(TRILATERAL, scroll=0.5)
    panel.resize(500, 700)
    panel.show()
    assert panel.page.browser.fraction == pytest.approx(0.5, abs=0.02)
    panel.hide()
    panel.show()
    assert panel.page.browser.fraction == pytest.approx(0.5, abs=0.02)


def test_the_words_of_the_query_are_marked_and_the_first_is_in_view(
    qtbot: QtBot, reader: ReaderPanel, session: Session
) -> None:
    show_long(reader, session)
    session.go(Address("record", "india"))
    with qtbot.waitSignal(reader.matches_changed):
        session.set_query("nobody")
    session.go(TRILATERAL)
    assert [reader.page.marks.cursor(span).selectedText() for span in reader.page.marks.query] == ["Nobody"]
    view = reader.page.browser.viewport().rect()
    assert view.contains(reader.page.browser.cursorRect(reader.page.marks.cursor(reader.page.marks.query[0])).center())


def in_view(reader: ReaderPanel) -> list[str]:
    """The marked words, if the first of them can be seen."""
    page = reader.page
    cursors = [page.marks.cursor(span) for span in page.marks.query]
    assert page.browser.viewport().rect().contains(page.browser.cursorRect(cursors[0]).center())
    return [cursor.selectedText() for cursor in cursors]


def test_a_query_that_comes_right_after_the_page_scrolls_to_it(reader: ReaderPanel, session: Session) -> None:
    show_long(reader, session)
    bar = reader.page.browser.verticalScrollBar()
    assert bar.value() == 0
    session.set_query('"filler 80"')
    assert bar.value() > 0
    assert in_view(reader) == ["Filler 80"]
    session.set_query("")
    assert reader.page.marks.query == []
    assert reader.page.browser.extraSelections() == []


def test_a_hit_in_the_record_that_is_open_already_is_scrolled_to(
    qtbot: QtBot, reader: ReaderPanel, session: Session
) -> None:
    show_long(reader, session)
    qtbot.waitUntil(lambda: not reader.page._fresh)
    session.set_query('"filler 80"')
    session.go(TRILATERAL)
    assert reader.page.browser.verticalScrollBar().value() > 0
    assert in_view(reader) == ["Filler 80"]


def test_an_accent_does_not_keep_a_word_from_being_marked(reader: ReaderPanel, session: Session) -> None:
    session.set_query("seoul")
    session.go(TRILATERAL)
    assert [reader.page.marks.cursor(span).selectedText() for span in reader.page.marks.query] == ["Séoul"]


def test_one_stands_on_the_first_match_and_walks_to_the_last(reader: ReaderPanel, session: Session) -> None:
    session.set_query("first")
    session.go(TRILATERAL)
    total = len(reader.page.marks.query)
    assert total > 1
    assert reader.match == (1, total)
    for number in range(2, total + 1):
        assert reader.finder.walk(True)
        assert reader.match == (number, total)
    assert not reader.finder.walk(True)
    assert reader.match == (total, total)
    assert reader.finder.walk(True, around=True)
    assert reader.match == (1, total)
    assert not reader.finder.walk(False)
    reader.finder.stand_on(-1)
    assert reader.match == (total, total)


def test_a_page_that_is_made_anew_keeps_the_match_that_one_stands_on(reader: ReaderPanel, session: Session) -> None:
    session.set_query("first")
    session.go(TRILATERAL)
    reader.finder.walk(True)
    before = reader.match
    change(session, "another.yaml", "kind: country\ntitle: Another country\nsee_also: [trilateral]\n")
    assert "Another country" in reader.page.browser.toPlainText()
    assert reader.match == before == (2, before[1])


def test_a_match_in_every_part_of_a_record_is_marked(reader: ReaderPanel, session: Session) -> None:
    text = (
        "kind: dialogue\ntitle: Zebra talks\naliases: [The Zebra]\nsummary: A zebra.\nmembers: [india, zebraland]\n"
        "level: minister\nstatus: active\ntags: [zebra]\nidentifiers: {wikidata: Q42}\n"
        "links:\n  - title: Zebra page\n    url: https://example.org/\n"
        "claims:\n  - text: The zebra spoke.\n    source: article\n    at: 1\n    quote: a zebra\n"
        "body: |\n  Zebra in prose, [[zebraland|the zebra land]].\n\n"
        "  | Zebra | head |\n  |---|---|\n  | a | zebra cell |\n\n"
        "  > Quoted zebra\n\n  - listed zebra\n\n  `zebra code`\n"
    )
    change(session, "zebraland.yaml", "kind: country\ntitle: Zebraland\n")
    change(session, "zebra.yaml", text)
    session.set_query("zebra")
    session.go(Address("record", "zebra"))
    page = reader.page
    blocks = [block.text() for block in page.browser.blocks()]
    marked = {page.browser.document().findBlock(start).text() for start, _ in page.marks.query}
    assert marked == {text for text in blocks if "zebra" in text.lower()}
    expected = sum(text.lower().count("zebra") for text in blocks)
    assert expected >= 13
    assert len(page.marks.query) == expected


def test_while_nothing_is_read_yet_the_page_says_so(reader: ReaderPanel, session: Session) -> None:
    assert text_of(reader) == ""
    session.set_reach(Reach(0, 100))
    assert text_of(reader).startswith("This library is being read for the first time")
    session.go(TRILATERAL)
    session.set_reach(None)
    assert text_of(reader).startswith("Dialogues")
    session.close_library()
    assert text_of(reader) == ""


def test_the_bar_below_says_where_one_is_and_gives_way_to_the_find_bar(
    reader: ReaderPanel, session: Session, qtbot: QtBot
) -> None:
    session.go(TRILATERAL)
    assert reader.findChild(QFrame, "walk-bar") is None
    reader.say_match("Match 1 of 2", "Came round")
    bar = reader.findChild(QFrame, "walk-bar")
    assert bar is not None
    assert [label.text() for label in bar.findChildren(QLabel)] == ["Match 1 of 2", "Came round"]
    assert bar.isVisible()
    reader.open_find()
    assert not bar.isVisible()
    QTest.keyClick(reader.find_bar.field, Qt.Key.Key_Escape)
    assert bar.isVisible()
    reader.say_match("Match 1,234 of 12,345  ·  hit 999 of 1,000,000", "Came round to the first hit of 1,000")
    assert bar.minimumSizeHint().width() < 200
    previous, following, close = bar.findChildren(QToolButton)
    with qtbot.waitSignal(reader.walk_requested) as said:
        following.click()
    assert said.args == [True]
    with qtbot.waitSignal(reader.walk_requested) as said:
        previous.click()
    assert said.args == [False]
    session.set_query("first")
    close.click()
    assert session.query == ""
    reader.say_match("")
    assert not bar.isVisible()


def test_a_saved_file_shows_at_once_and_keeps_the_place(reader: ReaderPanel, session: Session) -> None:
    show_long(reader, session)
    bar = reader.page.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = reader.page.browser.document().findBlock(reader.page.browser.top_position()).text()
    cursor = reader.page.browser.document().find("Filler 60 of Korea.")
    reader.page.browser.setTextCursor(cursor)
    bar.setValue(bar.maximum() // 2)
    change(session, "trilateral.yaml", LONG.replace("Three governments", "Before the rest.\n  Three\n  governments"))
    assert "Before the rest." in text_of(reader)
    assert reader.page.browser.document().findBlock(reader.page.browser.top_position()).text() == seen
    assert reader.page.browser.textCursor().selectedText() == "Filler 60 of Korea."


def test_a_selection_that_is_gone_is_let_go(reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    reader.page.browser.setTextCursor(reader.page.browser.document().find("Filler one."))
    change(session, "trilateral.yaml", FILES["trilateral.yaml"].replace("Filler one.", "Something else."))
    assert not reader.page.browser.textCursor().hasSelection()


def test_nothing_is_done_where_another_record_changed(reader: ReaderPanel, session: Session) -> None:
    session.go(Address("record", "korea"))
    revision = reader.page.browser.document().revision()
    change(session, "chips.yaml", FILES["chips.yaml"] + "summary: Chips.\n")
    assert reader.page.browser.document().revision() == revision


def test_a_record_whose_file_is_broken_is_shown_with_a_warning(reader: ReaderPanel, session: Session) -> None:
    session.go(Address("record", "india"))
    assert reader.page.banner.isHidden()
    change(session, "india.yaml", FILES["india.yaml"] + "nonsense: true\n")
    assert not reader.page.banner.isHidden()
    assert "india.yaml has faults now" in reader.page.banner.sentence.text()
    assert "A country in South Asia." in text_of(reader)
    reader.page.banner.button.click()
    assert session.address == Address("file", "india.yaml")
    assert not reader.page.banner.isVisible()


def test_a_file_with_faults_is_shown_with_its_text(reader: ReaderPanel, session: Session) -> None:
    change(session, "atlantis.yaml", BROKEN)
    session.go(Address("file", "atlantis.yaml"))
    page = reader.problems
    assert page.isVisible()
    assert "sumary" in page.faults.toPlainText()
    assert page.text.toPlainText() == BROKEN
    assert 3 in page.text.faulty_lines
    session.back()
    reader.page.browser.setFocus()
    session.go(TRILATERAL)
    assert reader.page.browser.isVisible()


def test_a_mended_file_says_so_where_it_is_shown(reader: ReaderPanel, session: Session) -> None:
    change(session, "atlantis.yaml", BROKEN)
    session.go(Address("file", "atlantis.yaml"))
    change(session, "atlantis.yaml", "kind: country\ntitle: Atlantis\n")
    assert "Nothing is wrong with this file." in reader.problems.faults.toPlainText()
    session.close_library()
    assert text_of(reader) == ""


def test_the_last_good_version_is_offered(reader: ReaderPanel, session: Session) -> None:
    change(session, "india.yaml", FILES["india.yaml"] + "nonsense: true\n")
    session.go(Address("file", "india.yaml"))
    reader.problems.faults.link_followed.emit("record:india")
    assert session.address == Address("record", "india")


def test_a_web_page_opens_only_after_a_question(
    reader: ReaderPanel, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
    session.go(TRILATERAL)
    for notify, expected in ((None, []), (Asked(False), []), (Asked(True), ["https://example.org/page"])):
        reader._notify = notify  # type: ignore[assignment]
        reader.follow("https://example.org/page")
        assert opened == expected
        if notify:
            assert "https://example.org/page" in notify.questions[0]


@pytest.mark.parametrize("target", ["javascript:alert(1)", "file:///etc/hostname", "record:", "ftp://example.org"])
def test_any_other_link_is_refused_with_a_sentence(qtbot: QtBot, reader: ReaderPanel, target: str) -> None:
    with qtbot.waitSignal(reader.problem_raised) as raised:
        reader.follow(target)
    assert raised.args == ["That link is not opened: only web and mail addresses are."]


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("record:india", "India"),
        ("record:article#p2", "An article, ¶2"),
        ("record:atlantis", "atlantis: no such record"),
        ("file:atlantis.yaml", "atlantis.yaml"),
        ("https://example.org/page", "https://example.org/page"),
        ("#fn-1", ""),
        ("", ""),
    ],
)
def test_the_status_line_says_where_a_link_leads(
    qtbot: QtBot, reader: ReaderPanel, session: Session, target: str, words: str
) -> None:
    session.go(TRILATERAL)
    with qtbot.waitSignal(reader.status_changed) as said:
        reader.page.browser.link_hovered.emit(target)
    assert said.args == [words]


def test_zoom_keeps_the_line_and_is_remembered(
    qtbot: QtBot, reader: ReaderPanel, session: Session, settings: Settings
) -> None:
    show_long(reader, session)
    bar = reader.page.browser.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    seen = reader.page.browser.document().findBlock(reader.page.browser.top_position()).text()
    with qtbot.waitSignal(reader.zoom_changed):
        reader.zoom_in()
    assert settings.zoom == pytest.approx(1.1)
    assert reader.page.browser.document().findBlock(reader.page.browser.top_position()).text() == seen
    for _ in range(40):
        reader.zoom_in()
    assert settings.zoom == 4.0
    for _ in range(60):
        reader.zoom_out()
    assert settings.zoom == 0.5
    reader.zoom_reset()
    assert settings.zoom == 1.0
    with qtbot.assertNotEmitted(reader.zoom_changed):
        reader.zoom_reset()


def test_the_wheel_zooms_with_ctrl_and_scrolls_without(
    reader: ReaderPanel, session: Session, settings: Settings
) -> None:
    show_long(reader, session)

    def turn(angle: int, keys: Qt.KeyboardModifier) -> None:
        at = QPointF(100, 100)
        event = QWheelEvent(
            at, at, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False
        )
        QGuiApplication.sendEvent(reader.page.browser.viewport(), event)

    turn(60, Qt.KeyboardModifier.ControlModifier)
    assert settings.zoom == 1.0
    turn(60, Qt.KeyboardModifier.ControlModifier)
    assert settings.zoom == pytest.approx(1.1)
    turn(-240, Qt.KeyboardModifier.NoModifier)
    assert reader.page.browser.verticalScrollBar().value() > 0
    assert settings.zoom == pytest.approx(1.1)


def test_the_theme_changes_the_page_in_place(reader: ReaderPanel, session: Session, theme: Theme) -> None:
    show_long(reader, session)
    bar = reader.page.browser.verticalScrollBar()
    bar.setValue(500)
    theme.choose("dark", "system")
    assert theme.palette.ink.lower() in reader.page.browser.toHtml().lower()
    assert bar.value() == 500


def test_the_theme_changes_the_page_of_a_file_too(reader: ReaderPanel, session: Session, theme: Theme) -> None:
    change(session, "atlantis.yaml", BROKEN)
    session.go(Address("file", "atlantis.yaml"))
    theme.choose("dark", "high")
    assert theme.palette.error.lower() in reader.problems.faults.toHtml().lower()


def test_a_reference_says_title_id_paragraph_and_words(reader: ReaderPanel, session: Session) -> None:
    session.go(Address("record", "article", "p2"))
    reader.page.browser.setTextCursor(reader.page.browser.document().find("quarter is named"))
    reader.copy_reference()
    assert QGuiApplication.clipboard().text() == "An article [article], ¶2, “quarter is named”"
    session.go(TRILATERAL)
    reader.page.browser.setTextCursor(reader.page.browser.document().find("A first round"))
    reader.copy_reference()
    assert QGuiApplication.clipboard().text() == (
        "Trilateral dialogue [trilateral], “A first round”, citing An article [article], ¶1-2, “first quarter of 2024”"
    )
    reader.page.browser.moveCursor(QTextCursor.MoveOperation.Start)
    reader.copy_reference()
    assert QGuiApplication.clipboard().text() == "Trilateral dialogue [trilateral]"


def test_nothing_is_copied_where_no_record_is_shown(reader: ReaderPanel, session: Session) -> None:
    QGuiApplication.clipboard().setText("before")
    session.close_library()
    reader.copy_reference()
    reader.open_in_editor()
    assert QGuiApplication.clipboard().text() == "before"


def test_the_editor_opens_the_file_at_its_line(
    qtbot: QtBot, reader: ReaderPanel, session: Session, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[object, ...]] = []
    works = True

    def opened(*arguments: object) -> bool:
        calls.append(arguments)
        return works

    monkeypatch.setattr(editor, "open_in_editor", opened)
    session.go(TRILATERAL)
    reader.open_in_editor()
    assert calls == [("", folder / "trilateral.yaml", 1, 1)]
    change(session, "atlantis.yaml", BROKEN)
    session.go(Address("file", "atlantis.yaml"))
    reader.open_in_editor()
    assert calls[-1] == ("", folder / "atlantis.yaml", 3, 1)
    works = False
    with qtbot.waitSignal(reader.problem_raised) as raised:
        reader.open_in_editor()
    assert "atlantis.yaml" in raised.args[0]


def test_printing_is_asked_for_by_page(qtbot: QtBot, reader: ReaderPanel, session: Session) -> None:
    with qtbot.assertNotEmitted(reader.print_requested):
        reader.print_page()
    session.go(Address("record", "article", "p2"))
    with qtbot.waitSignal(reader.print_requested) as asked:
        reader.print_page()
    assert asked.args == [Address("record", "article")]


def test_the_caret_can_be_switched_on_and_off(qtbot: QtBot, reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    with qtbot.waitSignal(reader.status_changed) as said:
        reader.toggle_caret()
    assert reader.page.browser.caret
    assert "caret" in said.args[0]
    reader.toggle_caret()
    assert not reader.page.browser.caret


def test_the_menu_offers_what_fits_the_place(reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    menu = page_menu(reader, "https://example.org/page", can_print=True)
    actions = {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
    assert list(actions)[:3] == ["Open link", "Copy address of link", "Copy"]
    assert not actions["Copy"].isEnabled()
    actions["Copy address of link"].trigger()
    assert QGuiApplication.clipboard().text() == "https://example.org/page"
    actions["Select all"].trigger()
    assert reader.page.browser.textCursor().hasSelection()
    menu.deleteLater()
    menu = page_menu(reader, "record:india", can_print=True)
    actions = {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
    assert "Copy address of link" not in actions
    assert actions["Copy"].isEnabled()
    actions["Open link"].trigger()
    assert session.address == Address("record", "india")
    menu.deleteLater()
    menu = page_menu(reader, "", can_print=False)
    actions = {action.text().partition("\t")[0]: action for action in menu.actions() if action.text()}
    assert not actions["Print…"].isEnabled()
    menu.deleteLater()


def test_the_menu_key_opens_a_menu(qtbot: QtBot, reader: ReaderPanel, session: Session) -> None:
    session.go(TRILATERAL)
    reader.page.browser.menu_requested.emit(QPoint(5, 5), "")
    popup = QGuiApplication.instance().activePopupWidget()  # type: ignore[union-attr]
    assert popup is not None
    popup.close()


def test_a_page_may_show_our_own_icons_and_no_others(reader: ReaderPanel) -> None:
    for name in ("warning", "kind-country"):
        icon = reader.page.icon(name)
        assert icon is not None
        assert icon.width() >= 16
    for name in ("unknown", "../warning", "", "/etc/hostname"):
        assert reader.page.icon(name) is None


HOSTILE = f"""\
kind: dialogue
title: {"x" * 10_000}
aliases: ["{"y" * 3000}", "<script>alert(1)</script>"]
summary: "<img src=http://example.org/x.png> \u202eevil"
members: [india]
body: |
  <script>alert(1)</script> <img src="file:///etc/hostname"> ![alt](http://example.org/y.png)

  | a | b |
  |---|---|
  | {"q" * 2000} | <b>bold</b> |

  [[india|{"w" * 1000}]] [x](javascript:alert(1))
claims:
  - text: "{"t" * 3000} <img src='file:///etc/hostname'>"
"""


def test_nothing_that_a_record_says_loads_runs_or_breaks_the_page(
    reader: ReaderPanel, session: Session, caplog: pytest.LogCaptureFixture
) -> None:
    change(session, "trilateral.yaml", HOSTILE)
    session.go(TRILATERAL)
    for words in ("<script>alert(1)</script>", '<img src="file:///etc/hostname">', "<b>bold</b>", "⟦U+202E⟧evil"):
        assert words in text_of(reader)
    # Not even asked for: a page holds no image at all.
    assert "refused" not in caplog.text
    assert not reader.page.browser.horizontalScrollBar().isVisible()
    assert len(reader.page.browser.accessibleName()) <= 400
    assert "javascript:" not in reader.page.browser.toHtml().replace("(javascript:alert(1))", "")
