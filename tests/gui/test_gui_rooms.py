"""Today and Orders, used as a person would."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.operations.orders import NewOrder, add_order, set_facts
from disputedesk.desk.queries.orders import order_detail
from disputedesk.desk.views import DueGroup, OrderFilter
from disputedesk.gui.guard_sheet import GuardSheet
from disputedesk.gui.orders.add_order import AddOrderSheet
from disputedesk.gui.orders.received import ReceivedSheet
from disputedesk.gui.rooms import AddOrder, OpenCase, OpenOrder, TellProblem
from disputedesk.gui.rows import RowRole
from disputedesk.gui.today.lines import Heading, Line, lines_of
from disputedesk.gui.tokens import Tone
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from tests.gui.stage import TODAY, day, dialog_of, timer

# -- Today


def test_an_empty_desk_shows_doors_and_each_leads_somewhere(qtbot, desk, make_window):
    window = make_window()
    room = window.room_view("today")
    assert room.pages.currentWidget() is room.doors
    names = [door.accessibleName() for door in room.doors.doors]
    assert "Add an order" in names
    assert "Look at a sample desk" in names
    add = next(d for d in room.doors.doors if d.accessibleName() == "Add an order")
    add.setFocus()
    qtbot.keyClick(add, Qt.Key.Key_Return)
    assert dialog_of(window, AddOrderSheet)


def test_rows_stand_under_their_group_in_order(full_desk, make_window):
    room = make_window().room_view("today")
    entries = room.model.rows
    assert isinstance(entries[0], Heading)
    groups = [entry.group if isinstance(entry, Heading) else entry.row.group for entry in entries]
    order = list(DueGroup)
    assert groups == sorted(groups, key=order.index)
    for heading in (entry for entry in entries if isinstance(entry, Heading)):
        assert heading.count == sum(
            isinstance(e, Line) and e.row.group is heading.group for e in entries
        )


def _line(room, words):
    for at, entry in enumerate(room.model.rows):
        if isinstance(entry, Line) and words in entry.row.title:
            return room.model.index(at, 0), entry
    raise AssertionError(words)


def test_the_button_takes_the_step_and_the_row_opens(qtbot, full_desk, make_window):
    window = make_window()
    asked = []
    for kind in (OpenCase, TellProblem, OpenOrder):
        window.desktop.answer(kind, asked.append)
    room = window.room_view("today")
    index, line = _line(room, "filament")
    rect = room.list.visualRect(index)
    spot = room.list.painter_.button_area(rect, room.list.width()).center().toPoint()
    qtbot.mouseClick(room.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked == [OpenCase(line.row.case, line.row.step)]
    asked.clear()
    qtbot.mouseClick(
        room.list.viewport(), Qt.MouseButton.LeftButton, pos=rect.topLeft() + QPoint(160, 20)
    )
    assert asked == [OpenCase(line.row.case)]


def test_enter_takes_the_step_and_space_opens(qtbot, full_desk, make_window):
    window = make_window()
    asked = []
    for kind in (OpenCase, TellProblem, OpenOrder):
        window.desktop.answer(kind, asked.append)
    room = window.room_view("today")
    index, line = _line(room, "jacket")
    room.list.setCurrentIndex(index)
    room.list.setFocus()
    qtbot.keyClick(room.list, Qt.Key.Key_Return)
    qtbot.keyClick(room.list, Qt.Key.Key_Space)
    assert asked == [TellProblem(line.row.order), OpenOrder(line.row.order)]


def test_the_arrows_skip_the_headings(qtbot, full_desk, make_window):
    room = make_window().room_view("today")
    room.list.setFocus()
    for _ in range(len(room.model.rows) + 2):
        assert isinstance(room.list.currentIndex().data(RowRole), Line)
        qtbot.keyClick(room.list, Qt.Key.Key_Down)


def test_a_row_is_said_as_one_sentence(full_desk, make_window):
    room = make_window().room_view("today")
    index, line = _line(room, "filament")
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    for part in (
        line.large,
        line.row.title,
        line.chip.text,
        "US$\u00a043.10",
        line.row.step.button,
    ):
        assert part in said


def test_the_list_keeps_its_place_when_data_changes_under_it(
    qtbot, full_desk, make_window, bridge, settle
):
    room = make_window().room_view("today")
    index, line = _line(room, "jacket")
    room.list.setCurrentIndex(index)
    bridge.run(set_facts, line.row.order, {"promised_by": day(6)})
    settle()
    assert "jacket" in room.list.currentIndex().data(RowRole).row.title


def test_urgency_is_told_by_the_day_to_act_and_theirs_waits(full_desk, make_window):
    room = make_window().room_view("today")
    _, line = _line(room, "filament")
    base = line.row

    def of(**changes):
        (_, made) = lines_of([dataclasses.replace(base, **changes)], TODAY)
        return made

    urgent = of(act_by=TODAY, closes=day(3), closes_at=None, status=Status.CLOSING, reserve=False)
    assert urgent.tone is Tone.URGENT
    assert urgent.large == "today"
    assert urgent.small == "closes Wed 9 Dec"
    assert "closes in 3 days" in urgent.chip.text
    assert of(act_by=day(5), closes=day(8), reserve=False).small == "file by Fri 11 Dec"
    assert of(acts=Actor.SELLER, act_by=day(5)).tone is Tone.WAIT
    assert of(status=Status.NOT_YET, opens=day(4)).small == "opens Thu 10 Dec"
    assert of(reserve=True, act_by=day(90), status=Status.OPEN).large == "open"


def test_the_strip_says_each_day_and_leads_to_its_line(qtbot, full_desk, make_window):
    room = make_window().room_view("today")
    strip = room.strip
    assert len(strip._days) == 30
    assert "6 December 2026" in strip.accessibleDescription()
    strip.setFocus()
    with qtbot.waitSignal(strip.day_chosen) as seen:
        qtbot.keyClick(strip, Qt.Key.Key_Right)
        qtbot.keyClick(strip, Qt.Key.Key_Return)
    assert seen.args == [day(1)]


def test_nothing_to_act_on_says_so_with_a_door(full_desk, make_window, settle, bridge):
    window = make_window()
    room = window.room_view("today")
    empty = dataclasses.replace(room.view, rows=(), more=0)
    handle = bridge.read(lambda desk, shown: shown, empty)
    room._reading = handle
    handle.succeeded.connect(room._show)
    settle()
    assert room.quiet.isVisible()
    assert not room.list.isVisible()


def test_what_has_no_known_day_is_said_beside_the_list(qtbot, desk, make_window, settle):
    order = add_order(desk, NewOrder(platform="ebay", number="1", title="Lamp")).value
    window = make_window()
    room = window.room_view("today")
    settle()
    assert room.quiet.isVisible()
    assert "1 order under way has no known last day" in room.quiet.text.text()
    assert not room.undated.isVisible()
    case = open_case(desk, order, problem=Problem.NOT_RECEIVED).value
    room.read()
    settle()
    assert room.undated.text() == "1 open case has no known last day"
    assert room.undated.isVisible()
    asked = []
    window.desktop.answer(OpenCase, asked.append)
    qtbot.mouseClick(room.undated, Qt.MouseButton.LeftButton)
    assert asked == [OpenCase(case)]


# -- Orders


@pytest.fixture
def orders(full_desk, make_window):
    window = make_window("orders")
    room = window.room_view("orders")
    room.test_window = window
    return room


def titles(room):
    return [room.model.index(at, 0).data() for at in range(room.model.rowCount())]


def wait_rows(qtbot, room, count):
    qtbot.waitUntil(lambda: room.model.rowCount() == count)
    qtbot.waitUntil(lambda: "…" not in titles(room))


def test_the_filter_works_as_one_types_and_says_when_nothing_fits(qtbot, orders, settle):
    wait_rows(qtbot, orders, 3)
    qtbot.keyClicks(orders.filter, "filam")
    wait_rows(qtbot, orders, 1)
    assert "filament" in titles(orders)[0]
    qtbot.keyClicks(orders.filter, "zzz")
    qtbot.waitUntil(orders.empty.isVisible)
    assert orders.empty.title.text() == "No order fits the filter"
    orders._clear()
    wait_rows(qtbot, orders, 3)
    assert orders.filter.text() == ""


def test_a_part_of_a_number_finds_its_order(qtbot, orders):
    qtbot.keyClicks(orders.filter, "30646175")
    wait_rows(qtbot, orders, 1)


def test_saved_filters_are_one_press(qtbot, orders):
    qtbot.mouseClick(orders.filter_buttons[OrderFilter.WITH_CASE], Qt.MouseButton.LeftButton)
    wait_rows(qtbot, orders, 1)


def test_a_columns_head_sorts_in_the_query(qtbot, orders):
    wait_rows(qtbot, orders, 3)
    head = orders.table.horizontalHeader()
    at = next(n for n, c in enumerate(orders._columns) if c.key == "title")
    head.sectionClicked.emit(at)
    qtbot.waitUntil(lambda: titles(orders)[:1] == ["3D printer filament, 2 pcs"])
    assert titles(orders) == sorted(titles(orders), key=str.casefold)
    head.sectionClicked.emit(at)
    qtbot.waitUntil(lambda: titles(orders)[0].startswith("Winter"))


def test_marked_rows_are_copied_as_text(qtbot, orders, settle):
    wait_rows(qtbot, orders, 3)
    orders.table.setFocus()
    orders.table.selectAll()
    qtbot.keyClick(orders.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    settle()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Order", "Act by"]
    assert len(lines) == 4


def test_the_chosen_order_is_shown_with_life_windows_and_facts(qtbot, orders, settle):
    index = next(n for n, title in enumerate(titles(orders)) if "filament" in title)
    orders.table.setCurrentIndex(orders.model.index(index, 0))
    settle()
    panel = orders.panel
    qtbot.waitUntil(lambda: panel.title.text().startswith("3D printer"))
    assert panel.money.text() == "US$\u00a043.10"
    assert panel.timeline.bars
    assert any("Shipped" in mark.text for mark in panel.timeline._view.life)
    assert "shipped_on" in panel.facts.buttons
    assert panel.nothing.text.text()


def choose(qtbot, room, words, settle):
    at = next(n for n, title in enumerate(titles(room)) if words in title)
    room.table.setCurrentIndex(room.model.index(at, 0))
    settle()
    qtbot.waitUntil(lambda: room.panel.detail is not None and words in room.panel.title.text())


def test_a_fact_is_corrected_in_place_and_its_windows_follow(qtbot, orders, settle, desk):
    choose(qtbot, orders, "jacket", settle)
    facts = orders.panel.facts
    qtbot.mouseClick(facts.buttons["promised_by"], Qt.MouseButton.LeftButton)
    line = facts._editor.field.line
    line.selectAll()
    qtbot.keyClicks(line, "20.12.2026")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: "20 Dec 2026" in facts.buttons["promised_by"].text())
    known = {f.name: f.value for f in order_detail(desk, orders._shown).facts}
    assert known["promised_by"] == dt.date(2026, 12, 20)


def test_escape_leaves_a_fact_as_it_was(qtbot, orders, settle, desk):
    choose(qtbot, orders, "jacket", settle)
    facts = orders.panel.facts
    before = facts.buttons["promised_by"].text()
    facts.edit("promised_by")
    qtbot.keyClicks(facts._editor.field.line, "1")
    qtbot.keyClick(facts._editor.field.line, Qt.Key.Key_Escape)
    assert facts.buttons["promised_by"].text() == before


def test_a_sum_that_is_none_is_refused_in_words_and_the_field_stays(qtbot, orders, settle):
    choose(qtbot, orders, "jacket", settle)
    facts = orders.panel.facts
    facts.edit("amount")
    line = facts._editor.field
    line.setText("lots")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: bool(facts._editor.fault.text()))
    assert line.isEnabled()


def test_receiving_what_is_late_stops_first_and_says_what_is_lost(qtbot, orders, settle, desk):
    choose(qtbot, orders, "jacket", settle)
    qtbot.mouseClick(orders.panel.received, Qt.MouseButton.LeftButton)
    first = dialog_of(orders.test_window, ReceivedSheet)
    qtbot.mouseClick(first.accept_button, Qt.MouseButton.LeftButton)
    settle()
    guard = dialog_of(orders.test_window, GuardSheet)
    words = " ".join(one.text() for one in guard.findChildren(QLabel))
    assert "taken back" not in words  # what is confirmed stays confirmed
    known = {f.name: f.value for f in order_detail(desk, orders._shown).facts}
    assert known["received_on"] is None
    qtbot.mouseClick(guard.accept_button, Qt.MouseButton.LeftButton)
    settle()
    known = {f.name: f.value for f in order_detail(desk, orders._shown).facts}
    assert known["received_on"] == TODAY


def test_a_day_to_come_cannot_be_the_day_of_receipt(qtbot, orders, settle):
    choose(qtbot, orders, "jacket", settle)
    orders._received()
    sheet = dialog_of(orders.test_window, ReceivedSheet)
    sheet.field.set_day(day(1))
    assert not sheet.accept_button.isEnabled()
    assert sheet.reason.text() == "This day has not come yet."


def test_an_order_is_added_by_hand_from_the_keyboard(qtbot, orders, settle):
    window = orders.test_window
    window.desktop.ask(AddOrder())
    sheet = dialog_of(window, AddOrderSheet)
    assert not sheet.accept_button.isEnabled()
    assert sheet.reason.text()
    qtbot.keyClicks(sheet.number, "55-77")
    qtbot.keyClicks(sheet.title, "A lamp")
    qtbot.keyClicks(sheet.amount, "1 234,50")
    qtbot.keyClicks(sheet.ordered_on.line, "1 Dec 2026")
    assert sheet.accept_button.isEnabled()
    qtbot.keyClick(sheet.title, Qt.Key.Key_Return)
    settle()
    qtbot.waitUntil(lambda: orders.panel.title.text() == "A lamp")
    assert orders.panel.money.text() == "US$\u00a01,234.50"


def test_the_form_says_why_a_sum_is_not_taken(qtbot, orders):
    orders.test_window.desktop.ask(AddOrder())
    sheet = dialog_of(orders.test_window, AddOrderSheet)
    qtbot.keyClicks(sheet.amount, "1.234")
    assert "thousand" in sheet.reason.text()
    sheet.amount.setText("12.34")
    sheet.currency.setEditText("dollars")
    assert "three letters" in sheet.reason.text()


def test_something_went_wrong_is_offered_only_where_somebody_answers(orders, qtbot, settle):
    from disputedesk.gui.shell.features import FEATURES

    choose(qtbot, orders, "jacket", settle)
    can = orders.desktop.can(TellProblem)
    assert orders.panel.wrong.isVisible() is can
    orders.desktop._answers.pop(TellProblem, None)
    orders.panel.set_detail(orders.panel.detail)
    assert not orders.panel.wrong.isVisible()
    assert "cases" in FEATURES


def test_a_chosen_order_stays_chosen_when_others_come(qtbot, orders, bridge, settle):
    choose(qtbot, orders, "jacket", settle)
    kept = orders._shown
    bridge.run(add_order, NewOrder("amazon", "1-2-3", "Newest", "", TODAY, Money(100, "USD")))
    settle()
    wait_rows(qtbot, orders, 4)
    assert orders._shown == kept
    assert orders.model.id_at(orders.table.currentIndex().row()) == kept


def test_columns_are_chosen_and_remembered(qtbot, full_desk, make_window, tmp_path):
    from disputedesk.gui.places import Places

    places = Places(tmp_path / "state")
    room = make_window("orders", places=places).room_view("orders")
    at = next(n for n, c in enumerate(room._columns) if c.key == "number")
    room.table._show_column(at, shown=False)
    again = make_window("orders", places=places).room_view("orders")
    assert again.table.isColumnHidden(at)


def test_the_timeline_walks_with_arrows_and_tells_why(qtbot, orders, settle):
    choose(qtbot, orders, "filament", settle)
    timeline = orders.panel.timeline
    timeline.setFocus()
    qtbot.keyClick(timeline, Qt.Key.Key_Right)
    with qtbot.waitSignal(timeline.chosen):
        qtbot.keyClick(timeline, Qt.Key.Key_Return)
    sheet = dialog_of(orders.test_window)
    assert sheet.windowTitle()
    today = timeline.x_of(TODAY)
    assert timeline.day_at(today) == TODAY
    assert timer(0).date() == TODAY
