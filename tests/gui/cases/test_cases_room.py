"""The list of cases and the workspace, used as a person would."""

import dataclasses

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage

from disputedesk.common import texts
from disputedesk.deadlines.window import ChecklistItem
from disputedesk.deadlines.words import Actor
from disputedesk.desk.operations.cases import close_case, file_step, open_case
from disputedesk.desk.operations.orders import set_facts
from disputedesk.desk.queries.cases import case_detail, case_rows
from disputedesk.desk.queries.orders import find_order
from disputedesk.desk.views import CheckView, NextStep, StepKind
from disputedesk.gui.cases.answer_sheet import AnswerSheet, CloseSheet
from disputedesk.gui.cases.case_list import large_words, tip_of, tone_of_case
from disputedesk.gui.cases.evidence_sheet import EvidenceSheet
from disputedesk.gui.cases.ways import (
    WaysCard,
    WindowSheet,
    gives_up,
    is_rare,
    rare_lanes,
    timeline_of,
)
from disputedesk.gui.cases.ways_sheet import WaysSheet
from disputedesk.gui.guard_sheet import GuardSheet
from disputedesk.gui.preview_sheet import PreviewSheet
from disputedesk.gui.rooms import OpenCase
from disputedesk.gui.sent_sheet import SentSheet, checks_before
from disputedesk.gui.tokens import Tone
from disputedesk.gui.window_bars import bar_of
from disputedesk.model.case import CaseOutcome, CaseStage, Wish
from disputedesk.model.ids import FactName
from disputedesk.model.problem import Problem
from disputedesk.papers.sections import section_of, section_rank
from tests.gui.stage import TODAY, dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot, full_desk, make_window):
    made = make_window("cases")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def room(window):
    return window.room_view("cases")


@pytest.fixture
def space(window, room, settle):
    """The workspace of the filament's case."""
    window.desktop.ask(OpenCase(room.list.cases.rows[0].id))
    settle()
    return room.workspace


def _picture(path, colour=Qt.GlobalColor.red):
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(colour)
    assert image.save(str(path), "PNG")
    return path


def _drop(target, *paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    target.dropEvent(event)
    return event


# -- the list


def test_a_case_says_how_long_is_left_what_it_is_and_how_much(room):
    (row,) = room.list.cases.rows
    index = room.list.cases.index(0, 0)
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert large_words(row, TODAY) in said
    assert "Case 1001" in said
    assert "Parcel never came: 3D printer filament" in said


def test_a_closed_case_waits_in_the_other_list(qtbot, desk, bridge, room, settle):
    (row,) = case_rows(desk)
    bridge.run(close_case, row.id, outcome=CaseOutcome.LOST)
    settle()
    assert room.list.cases.rows == ()
    assert room.empty.isVisible()
    qtbot.mouseClick(room.closed_ones, Qt.MouseButton.LeftButton)
    assert [each.id for each in room.list.cases.rows] == [row.id]
    assert tone_of_case(room.list.cases.rows[0], TODAY) is Tone.WAIT


def test_enter_opens_a_case_and_escape_goes_back(qtbot, room, settle):
    room.list.setFocus()
    qtbot.keyClick(room.list, Qt.Key.Key_J)
    qtbot.keyClick(room.list, Qt.Key.Key_Return)
    settle()
    assert room.pages.currentWidget() is room.workspace
    assert room.workspace.head.title.text().startswith("Parcel never came")
    qtbot.keyClick(room.workspace, Qt.Key.Key_Escape)
    assert room.pages.currentIndex() == 0


def test_the_list_is_filtered_by_words(qtbot, room):
    qtbot.keyClicks(room.words, "nothing like it")
    assert room.list.cases.rows == ()
    room.words.setText("filament 1001")
    assert len(room.list.cases.rows) == 1


def test_an_empty_desk_says_how_a_case_begins(desk, make_window):
    room = make_window("cases").room_view("cases")
    assert room.empty.isVisible()
    assert "order" in room.empty.text.text()


# -- the workspace


def test_the_head_says_what_how_much_who_and_what_next(space):
    head = space.head
    assert "43.10" in head.money.text()
    assert "act next" in head.turn.text()
    assert head.step.text()
    assert head.nothing.isVisible()


def test_every_way_has_a_lane_and_tells_why(qtbot, window, space):
    view = timeline_of(space.detail)
    assert {lane.title for lane in view.lanes if lane.title} <= {
        lane.title for lane in space.detail.lanes
    }
    bar = space.ways.timeline.bars[0]
    space.ways.timeline.chosen.emit(bar.key)
    assert dialog_of(window, WindowSheet).windowTitle() == bar.key.title


def test_what_a_way_gives_up_is_said_with_the_last_safe_day(space):
    losses = [loss for step in space.detail.plan.steps for loss in step.gives_up]
    assert all(loss in gives_up(space.detail) for loss in losses)


def test_a_question_is_answered_where_it_stands(qtbot, desk, space, settle):
    space.answer_fact("last_scan_on")
    editor = space.facts.editor
    qtbot.keyClicks(editor.field.line, "12 Oct 2026")
    qtbot.keyClick(editor.field.line, Qt.Key.Key_Return)
    settle()
    values = {str(f.name): f.value for f in case_detail(desk, space.detail.case.id).facts}
    assert str(values["last_scan_on"]) == "2026-10-12"
    assert space.facts.editor is None
    assert "last_scan_on" in space.facts.buttons


def test_a_wrong_answer_is_refused_in_words_and_stays_in_the_field(qtbot, space, settle):
    space.answer_fact("amount")
    editor = space.facts.editor
    editor.field.setText("a lot")
    qtbot.keyClick(editor.field, Qt.Key.Key_Return)
    settle()
    assert space.facts.editor is editor
    assert editor.fault.isVisible()
    assert editor.fault.text()


def test_escape_leaves_a_fact_as_it_was(qtbot, space):
    space.answer_fact("shipped_on")
    qtbot.keyClick(space.facts.editor.field.line, Qt.Key.Key_Escape)
    assert space.facts.editor is None
    assert space.isVisible()


def test_the_step_of_a_question_opens_its_field(window, space, settle):
    step = NextStep(StepKind.ANSWER_QUESTION, "Answer a question", fact="last_scan_on")
    window.desktop.ask(OpenCase(space.detail.case.id, step))
    settle()
    assert space.facts.editor.fact.name == "last_scan_on"


# -- exhibits


def test_dropped_files_become_exhibits_and_the_originals_stay(space, tmp_path, settle, qtbot):
    one, two = _picture(tmp_path / "a.png"), _picture(tmp_path / "b.png", Qt.GlobalColor.blue)
    event = _drop(space, one, two)
    assert event.isAccepted()
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 2)
    settle()
    assert one.exists()
    assert two.exists()
    assert [e.number for e in space.exhibits.strip.exhibits.rows] == [1, 2]
    assert all(
        space.exhibits.thumbnails.image(e.evidence.sha256) is not None
        for e in space.detail.exhibits
    )


@pytest.fixture
def exhibits(space, tmp_path, settle, qtbot):
    """Three exhibits in the workspace."""
    colours = (Qt.GlobalColor.red, Qt.GlobalColor.green, Qt.GlobalColor.blue)
    _drop(space, *(_picture(tmp_path / f"{at}.png", c) for at, c in enumerate(colours)))
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 3)
    settle()
    return space.exhibits


def test_a_screenshot_is_pasted_as_an_exhibit(qtbot, space, settle):
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    QGuiApplication.clipboard().setImage(image)
    space.setFocus()
    qtbot.keyClick(space, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 1)
    settle()
    assert space.detail.exhibits[0].evidence.captured_from == "clipboard"


def test_a_caption_a_kind_and_what_it_proves_are_kept(qtbot, space, exhibits, settle):
    exhibits.caption.line.setText("The tracking page")
    qtbot.keyClick(exhibits.caption.line, Qt.Key.Key_Return)
    settle()
    exhibits.kind.setCurrentIndex(exhibits.kind.findData("tracking"))
    exhibits.kind.activated.emit(exhibits.kind.currentIndex())
    settle()
    first = space.detail.exhibits[0]
    assert (first.caption, first.kind) == ("The tracking page", "tracking")


def test_exhibits_move_with_keys_and_with_the_mouse(qtbot, space, exhibits, settle):
    strip = exhibits.strip
    before = [e.id for e in space.detail.exhibits]
    strip.setFocus()
    qtbot.keyClick(strip, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    settle()
    assert [e.id for e in space.detail.exhibits] == [before[1], before[0], before[2]]
    data = QMimeData()
    data.setData("application/x-disputedesk-exhibit", str(before[0]).encode())
    place = QPointF(strip.visualRect(strip.exhibits.index(0, 0)).center())
    strip.dropEvent(
        QDropEvent(place, Qt.DropAction.MoveAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    settle()
    assert [e.id for e in space.detail.exhibits] == before


def test_exhibits_are_put_in_order_by_their_sections(qtbot, space, exhibits, settle):
    before = [e.id for e in space.detail.exhibits]
    exhibits.kind.setCurrentIndex(exhibits.kind.findData("return_proof"))
    exhibits.kind.activated.emit(exhibits.kind.currentIndex())
    settle()
    qtbot.mouseClick(exhibits.arrange, Qt.MouseButton.LeftButton)
    settle()
    after = [e.id for e in space.detail.exhibits]
    assert sorted(after) == sorted(before)
    ranked = sorted(space.detail.exhibits, key=lambda e: section_rank(section_of(e)))
    assert [e.id for e in ranked] == after


def test_an_exhibit_is_taken_out_and_undo_brings_it_back(qtbot, window, space, exhibits, settle):
    exhibits.strip.setFocus()
    qtbot.keyClick(exhibits.strip, Qt.Key.Key_Delete)
    settle()
    assert len(space.detail.exhibits) == 2
    qtbot.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(space.detail.exhibits) == 3)
    settle()


def test_an_original_opens_in_the_plain_viewer(qtbot, window, space, exhibits, settle):
    exhibits.strip.setFocus()
    qtbot.keyClick(exhibits.strip, Qt.Key.Key_Return)
    settle()
    sheet = dialog_of(window, PreviewSheet)
    assert "Exhibit 1" in sheet.windowTitle()
    assert nameless(sheet) == []
    sheet.close()


def test_the_dialog_says_what_is_wanted(window, space):
    space.acts.add_evidence("tracking")
    sheet = dialog_of(window, EvidenceSheet)
    wanted = [c.item.text for c in space.detail.checks if c.item.exhibit == "tracking"]
    shown = " ".join(each.text() for each in sheet.findChildren(type(space.head.money)))
    assert all(text in shown for text in wanted)
    sheet.close()


# -- words


def test_the_words_keep_themselves_and_say_so(qtbot, desk, space, settle):
    words = space.words
    qtbot.keyClicks(words.text, "It never came.")
    assert words.state.text() == "not kept yet"
    qtbot.waitUntil(lambda: words.state.text() == "✓ kept", timeout=4000)
    assert case_detail(desk, space.detail.case.id).case.narrative == "It never came."


def test_leaving_the_words_keeps_them_at_once(qtbot, desk, room, space, settle):
    space.words.text.setPlainText("Left early.")
    room.show_list()
    settle()
    assert case_detail(desk, space.detail.case.id).case.narrative == "Left early."


def test_a_card_number_is_masked_as_it_is_typed_with_a_word_why(qtbot, space):
    qtbot.keyClicks(space.words.text, "Paid with 4111 1111 1111 1111")
    qtbot.waitUntil(space.words.note.isVisible)
    assert "4111" not in space.words.text.toPlainText()
    qtbot.keyClick(space.words.text, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert "4111 1111" not in space.words.text.toPlainText()


def test_typing_is_not_overwritten_when_the_case_is_read_again(qtbot, space, settle):
    space.words.text.setPlainText("Still typ")
    space.read()
    settle()
    assert space.words.text.toPlainText() == "Still typ"


def test_too_long_words_are_told_with_the_form_that_refuses_them(qtbot, space, settle):
    space.words.text.setPlainText("It never came.")
    qtbot.waitUntil(lambda: "left" in space.words.counter.text(), timeout=10_000)
    space.words.text.setPlainText("word " * 2000)
    space.words.keep()
    settle()
    qtbot.waitUntil(lambda: "too many" in space.words.counter.text(), timeout=10_000)


def test_the_wish_is_kept(desk, space, settle):
    wish = space.words.wish
    wish.setCurrentIndex(wish.findData(str(Wish.FULL_REFUND)))
    wish.activated.emit(wish.currentIndex())
    settle()
    assert case_detail(desk, space.detail.case.id).case.wish is Wish.FULL_REFUND


def test_closing_the_window_keeps_what_was_typed(qtbot, desk, window, space, settle):
    space.words.text.setPlainText("The last words.")
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    settle()
    assert case_detail(desk, space.detail.case.id).case.narrative == "The last words."


def test_saying_that_it_came_asks_first_what_would_be_lost(qtbot, desk, window, settle):
    jacket = find_order(desk, "8123441190877777")
    window.desktop.ask(OpenCase(open_case(desk, jacket, problem=Problem.NOT_RECEIVED).value))
    settle()
    space = window.room_view("cases").workspace
    for answer in ("cancel", "accept_button"):
        space.answer_fact("received_on")
        qtbot.keyClicks(space.facts.editor.field.line, "6 Dec 2026")
        qtbot.keyClick(space.facts.editor.field.line, Qt.Key.Key_Return)
        settle()
        sheet = dialog_of(window, GuardSheet)
        qtbot.mouseClick(getattr(sheet, answer), Qt.MouseButton.LeftButton)
        settle()
        settle()
        known = {str(fact.name) for fact in space.detail.facts if fact.value is not None}
        assert ("received_on" in known) is (answer == "accept_button")


def test_what_did_not_change_is_not_built_anew(space, settle):
    ways, log = space.step_card._body, space.log._lines
    space.read()
    settle()
    assert space.step_card._body is ways
    assert space.log._lines is log


# -- log, money, sent, answered, ended


def test_a_note_goes_into_the_log(qtbot, space, settle):
    space.tabs.setCurrentWidget(space.log)
    qtbot.keyClicks(space.log.note.line, "Called them")
    qtbot.keyClick(space.log.note.line, Qt.Key.Key_Return)
    settle()
    assert "Called them" in [line.text for line in space.detail.log]


def test_a_smaller_sum_can_be_claimed(qtbot, space, settle):
    space.tabs.setCurrentWidget(space.money)
    space.money.claimed.line.setFocus()
    space.money.claimed.line.setText("20,50")
    qtbot.keyClick(space.money.claimed.line, Qt.Key.Key_Return)
    settle()
    assert space.detail.case.claimed.minor == 2050


def test_sending_is_recorded_behind_a_page_of_checks(qtbot, window, space, settle):
    space.acts.tell_sent()
    sheet = dialog_of(window, SentSheet)
    sheet.reference.line.setText("D-77")
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    (filing,) = space.detail.filings
    assert filing.reference == "D-77"
    assert space.detail.case.stage is CaseStage.FILED
    assert space.clocks.isVisible()


def test_a_day_to_come_is_no_day_of_sending(qtbot, window, space):
    space.acts.tell_sent()
    sheet = dialog_of(window, SentSheet)
    sheet.day.line.setText("1 Jan 2027")
    assert not sheet.accept_button.isEnabled()
    assert "not come yet" in sheet.reason.text()
    sheet.close()


def test_their_answer_is_kept(qtbot, window, bridge, space, settle):
    rule = space.detail.plan.next_step
    bridge.run(file_step, space.detail.case.id, rule=rule, on=TODAY)
    settle()
    settle()
    space.acts.record_answer(space.detail.filings[0])
    sheet = dialog_of(window, AnswerSheet)
    assert not sheet.accept_button.isEnabled()
    sheet.choices.button(2).click()
    sheet.text.setPlainText("No.")
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    assert space.detail.filings[0].granted is False
    assert space.detail.case.stage is CaseStage.ANSWERED


def test_a_case_ends_and_is_taken_up_again(qtbot, window, space, settle):
    space.acts.close_case()
    sheet = dialog_of(window, CloseSheet)
    assert not sheet.won.isVisible()
    sheet.choices.button(0).click()
    assert sheet.won.isVisible()
    qtbot.mouseClick(sheet.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    assert space.detail.case.outcome is CaseOutcome.WON
    assert not space.head.step.isVisible()
    qtbot.mouseClick(space.money.reopen, Qt.MouseButton.LeftButton)
    settle()
    settle()
    assert space.detail.case.stage is CaseStage.PREPARING


# -- words and names


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_control_of_the_room_has_a_name(full_desk, make_window, settle, language):
    texts.set_language(language)
    window = make_window("cases")
    for _name, prepare in window.room_view("cases").scenes():
        prepare()
        settle()
        assert nameless(window) == [], _name
        assert marked_up(window) == [], _name
        for sheet in (window.room_view("cases").workspace.acts.sheet,):
            if sheet is not None and _alive(sheet):
                sheet.close()


def _alive(widget):
    import shiboken6

    return shiboken6.isValid(widget)


def test_the_workspace_fits_a_narrow_window(qtbot, full_desk, make_window, settle):
    window = make_window("cases", (780, 860))
    room = window.room_view("cases")
    window.desktop.ask(OpenCase(room.list.cases.rows[0].id))
    settle()
    body = room.workspace.area.widget()
    assert body.minimumSizeHint().width() <= room.workspace.area.viewport().width()
    assert room.workspace.step_card.mapTo(body, QPoint(0, 0)).y() < room.workspace.ways.mapTo(
        body, QPoint(0, 0)
    ).y()  # fmt: skip


def test_what_only_a_person_can_know_is_not_called_missing(space):
    item = ChecklistItem("A clear declaration.", must=True)
    detail = dataclasses.replace(space.detail, checks=(CheckView(item, done=False),))
    (first, *_rest) = checks_before(detail)
    assert first.well is None
    assert "yourself" in first.text


def test_the_room_s_commands_are_made_once(room):
    assert room.commands() is room.commands()


@pytest.fixture
def at_home(desk, space):
    """The filament's case as it is for somebody who lives in Germany."""
    order = space.detail.order.id
    set_facts(desk, order, {FactName("consumer_country"): "DE"})
    return case_detail(desk, space.detail.case.id)


def test_ways_rarely_needed_are_folded_until_they_are_asked_for(qtbot, at_home):
    ways = WaysCard()
    qtbot.addWidget(ways)
    ways.set_detail(at_home)
    count = len(ways.timeline.bars)
    assert ways.more.isVisibleTo(ways)
    assert "court" in ways.more.text()
    assert rare_lanes(at_home)
    ways.more.click()
    assert len(ways.timeline.bars) > count
    assert ways.more.text() == "Hide the ways rarely needed"
    ways.more.click()
    assert len(ways.timeline.bars) == count
    assert not is_rare(at_home.plan.step, at_home.plan)


def test_all_ways_fold_the_rare_ones_too(space, at_home):
    sheet = WaysSheet(at_home, space)
    assert sheet._rare
    assert not any(card.isVisibleTo(sheet) for card in sheet._rare)
    sheet.more.click()
    assert all(card.isVisibleTo(sheet) for card in sheet._rare)
    sheet.more.click()
    assert not any(card.isVisibleTo(sheet) for card in sheet._rare)
    assert nameless(sheet) == []
    sheet.deleteLater()


def test_the_lane_of_the_other_side_says_whose_time_it_is(space):
    detail = space.detail
    window = dataclasses.replace(detail.plan.step.window, actor=Actor.BANK)
    assert bar_of(window, detail.today).text.startswith("the bank: until")
    begun = bar_of(detail.plan.step.window, detail.today, begun=True)
    assert (begun.text, begun.short, begun.tone) == ("filed", "", Tone.WAIT)
    held = dataclasses.replace(
        detail.plan.step, held_until=detail.today, last_safe_day=detail.today
    )
    bar = bar_of(held.window, detail.today, step=held)
    assert "protection ends" in bar.text
    assert bar.short.startswith("file by")


def test_a_case_whose_letter_names_the_day_says_so(space):
    row = dataclasses.replace(case_rows(space._bridge.desk)[0], asked=True)
    assert large_words(row, TODAY) == "which day?"
    assert tone_of_case(row, TODAY) is Tone.SOON
    assert "their letter" in tip_of(row, TODAY)
