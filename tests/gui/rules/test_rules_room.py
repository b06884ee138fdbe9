"""The room Rules: packs in plain words, and a calculator that keeps nothing."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from disputedesk.common import texts
from disputedesk.deadlines.days import DayMarkKind
from disputedesk.desk.queries.rule_shelf import ShelfGroup
from disputedesk.desk.queries.rules import pack_list
from disputedesk.gui.cards import Banner
from disputedesk.gui.rules.day_calendar import Fold, Month, blocks_of
from disputedesk.gui.rules.legend import legend_lines
from disputedesk.gui.rules.page import Address
from disputedesk.gui.rules.scenes import STORIES
from tests.gui.stage import TODAY, day, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

BROKEN = """
[pack]
id = "mybank"
title = "My bank"
edition = "1"
layer = "issuer"
checked_on = 2026-01-01
[source.a]
title = "A letter"
[[rule]]
id = "mybank.limit"
titel = "My bank's limit"
"""


@pytest.fixture
def window(qtbot, desk, make_window, settle):
    made = make_window("rules")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    settle()
    return made


@pytest.fixture
def room(window):
    return window.room_view("rules")


@pytest.fixture
def ask(qtbot, room, settle):
    """Chooses, types days counted from today, and waits for the answer."""

    def told(facts, days=None):
        room.open_calculator()
        form = room.calculator.form
        form.choose(**facts)
        form.tell({name: day(count).isoformat() for name, count in (days or {}).items()})
        settle()
        qtbot.waitUntil(lambda: not form._timer.isActive(), timeout=4000)
        settle()
        return room.calculator

    return told


WITHDRAWAL = {
    "problem": "changed_mind", "platform": "other", "method": "card", "network": "visa",
    "consumer_country": "DE",
}  # fmt: skip


def words_of(widget):
    return "\n".join(each.text() for each in widget.findChildren(QLabel))


# -- the shelf


def test_every_rule_in_force_is_on_the_shelf_under_its_group(room, desk):
    assert len(room.shelf.found) == len(desk.rulebook.rules)
    assert str(len(desk.rulebook.rules)) in room.head.second.text()
    keys = [row.key for row in room.shelf.model.rows if hasattr(row, "key")]
    groups = [key for key in keys if key.startswith("group")]
    assert groups[0] == f"group {ShelfGroup.CARDS}"
    assert len(groups) == len(set(groups))
    assert room.page is not None


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("aliexpress free", "aliexpress.free_return"),
        ("poland", "eu.withdrawal"),
        ("FR", "eu.withdrawal"),
        ("13.1", "visa.13.1"),
        ("us.fcba", "us.fcba"),
    ],
)
def test_a_rule_is_found_by_word_country_code_and_id(qtbot, room, typed, rule):
    qtbot.keyClicks(room.shelf.search, typed)
    assert any(one.id.startswith(rule) for one in room.shelf.found)
    everything = sum(len(pack.rules) for pack in pack_list())
    assert len(room.shelf.found) < everything / 3


def test_nothing_found_says_so_and_what_helps(qtbot, room):
    qtbot.keyClicks(room.shelf.search, "zzzz")
    assert room.shelf.found == ()
    assert "zzzz" in room.shelf.none.text()
    assert room.shelf.none.isVisible()


def test_down_in_the_search_goes_into_the_list_past_the_headings(qtbot, room, settle):
    qtbot.keyClick(room.shelf.search, Qt.Key.Key_Down)
    assert room.shelf.list.hasFocus()
    before = room.page.page.id
    qtbot.keyClick(room.shelf.list, Qt.Key.Key_Down)
    settle()
    assert room.page.page.id != before


def test_a_page_tells_how_a_window_is_counted_and_who_says_so(room, settle):
    room.read_rule("mastercard.4853.not_received")
    settle()
    said = words_of(room.page)
    assert "120 days from the day the payment was processed" in said
    assert "Act 10 business days before the last day." in said
    assert "Who says so" in said
    addresses = room.page.findChildren(Address)
    assert addresses
    assert all(one.isReadOnly() and one.text().startswith("http") for one in addresses)
    assert marked_up(room) == []


def test_a_page_can_be_copied_whole(qtbot, window, room, settle):
    room.read_rule("visa.13.1")
    settle()
    qtbot.mouseClick(room.page.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert "visa.13.1" in copied
    assert "Worked examples" in copied
    assert window.notices.shown


def test_a_refused_pack_is_named_with_rule_and_key(desk, make_window, settle):
    folder = desk.folder / "packs"
    folder.mkdir()
    (folder / "mybank.toml").write_text(BROKEN, encoding="utf-8")
    window = make_window("rules")
    settle()
    room = window.room_view("rules")
    (banner,) = [one for one in room.findChildren(Banner) if one.isVisibleTo(room)]
    said = words_of(banner)
    assert "mybank.toml, mybank.limit" in said
    assert "The key title has to be here" in said
    assert len(room.shelf.found) > 50


# -- the calculator


def test_nothing_chosen_shows_a_way_in(room):
    room.open_calculator()
    assert room.calculator.answer is None
    assert room.calculator.pages.currentIndex() == 0


def test_the_day_of_receipt_dates_the_withdrawal_and_lays_its_days_out(ask, desk):
    calculator = ask(WITHDRAWAL, {"received_on": -2})
    row = next(one for one in calculator.windows.rows.rows if one.window.rule == "eu.withdrawal")
    assert row.window.closes == day(12)
    assert "12 days left" in row.second
    assert calculator.pages.currentIndex() == 1
    count = calculator.answer.counts["eu.withdrawal"]
    assert count.counted == 14
    assert (DayMarkKind.CLOSES, day(12)) in {(mark.kind, mark.day) for mark in count.marks}
    assert "14 days from" in words_of(calculator.detail)
    assert desk.reader().cases_page(10) == ()


def test_an_unticked_day_counts_no_more_and_a_ticked_one_again(qtbot, ask, settle):
    calculator = ask(WITHDRAWAL, {"received_on": -2})
    row = calculator.form.rows["received_on"]
    assert row.tick.isVisible()
    row.tick.setChecked(False)
    qtbot.waitUntil(lambda: not calculator.answer.typed, timeout=4000)
    settle()
    assert "eu.withdrawal" not in calculator.answer.counts
    assert "received_on" in calculator.form.rows
    row.tick.setChecked(True)
    qtbot.waitUntil(lambda: bool(calculator.answer.typed), timeout=4000)
    assert "eu.withdrawal" in calculator.answer.counts


def test_a_day_typed_by_hand_answers_at_once(qtbot, ask, settle):
    calculator = ask(WITHDRAWAL)
    field = calculator.form.rows["received_on"].field.field
    field.line.setFocus()
    qtbot.keyClicks(field.line, "4 Dec 2026")
    qtbot.waitUntil(lambda: "eu.withdrawal" in calculator.answer.counts, timeout=4000)
    settle()
    assert calculator.form.rows["received_on"].field.field is field


def test_another_today_moves_states_only(qtbot, ask, settle):
    calculator = ask(WITHDRAWAL, {"received_on": -2})
    closes = calculator.answer.counts["eu.withdrawal"].days[-1].day
    calculator.form.day.set_day(day(40))
    qtbot.waitUntil(lambda: calculator.answer.calculation.today == day(40), timeout=4000)
    settle()
    window = next(w for w in calculator.answer.calculation.windows if w.rule == "eu.withdrawal")
    assert (str(window.status), window.closes) == ("closed", closes)


def test_a_day_still_to_come_is_refused_in_words(ask):
    calculator = ask(WITHDRAWAL, {"received_on": 5})
    assert "has not come yet" in calculator.answer.faults["received_on"]


def test_the_answer_is_copied_with_the_days(qtbot, window, ask):
    calculator = ask(WITHDRAWAL, {"received_on": -2})
    qtbot.mouseClick(calculator.detail.copy, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    for part in ("I changed my mind", "If you do nothing:", "counted from", "not legal advice"):
        assert part in copied
    assert window.notices.shown


def test_from_a_window_to_its_rule_and_back(qtbot, room, ask, settle):
    calculator = ask(WITHDRAWAL, {"received_on": -2})
    rule = calculator.windows.chosen.window.rule
    qtbot.mouseClick(calculator.detail.rule, Qt.MouseButton.LeftButton)
    settle()
    assert room.tabs.currentIndex() == 0
    assert room.page.page.id == rule


def test_beginning_anew_forgets_everything(ask, settle):
    calculator = ask(WITHDRAWAL, {"received_on": -2})
    calculator.form.empty()
    settle()
    assert calculator.form.told == {}
    assert calculator.pages.currentIndex() == 0


def test_where_no_rule_helps_it_says_what_to_tell(ask):
    calculator = ask(
        {"problem": "cash_not_dispensed", "method": "bank_transfer", "platform": "other"}
    )
    assert "No rule covers" in calculator.reason.text()
    assert not calculator.nothing.isVisible()


# -- the calendar


@pytest.fixture
def calendar(ask):
    return ask(WITHDRAWAL, {"received_on": -2}).detail.calendar


def test_the_keyboard_walks_the_days_and_each_says_what_it_is(qtbot, calendar):
    calendar.setFocus()
    with qtbot.waitSignal(calendar.told) as said:
        qtbot.keyClick(calendar, Qt.Key.Key_Home)
    assert "day 0" in said.args[0]
    with qtbot.waitSignal(calendar.told) as said:
        qtbot.keyClick(calendar, Qt.Key.Key_Right)
    assert "day 1 of the count" in said.args[0]
    qtbot.keyClick(calendar, Qt.Key.Key_End)
    assert "the last day" in calendar.accessibleDescription()
    qtbot.keyClick(calendar, Qt.Key.Key_Up)
    assert "day 7 of the count" in calendar.accessibleDescription()


def test_the_mouse_reads_a_day(qtbot, calendar):
    box, _day = calendar._cells[day(12)]
    with qtbot.waitSignal(calendar.told) as said:
        qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert "the last day" in said.args[0]


def test_a_narrow_calendar_stands_higher(calendar):
    assert calendar.heightForWidth(240) >= calendar.heightForWidth(900) > 60


def test_every_look_in_the_calendar_is_in_the_legend_with_words(calendar):
    lines = legend_lines(calendar.count)
    said = " ".join(text for _cell, _sign, text in lines)
    for part in ("counted from", "act by", "last day", "today", "counts, and you can act"):
        assert part in said
    signs = [sign for _cell, sign, _text in lines if sign]
    assert len(signs) == len(set(signs))


def test_a_long_count_folds_the_months_in_which_nothing_happens(ask):
    late = {"problem": "not_received", "platform": "other", "method": "card", "network": "visa"}
    days = {"processing_date": -300, "expected_delivery": 90}
    calculator = ask(late, days)
    count = calculator.answer.counts["visa.13.1"]
    blocks = blocks_of(count)
    assert isinstance(blocks[0], Month)
    long = [one for one in blocks if isinstance(one, Fold)]
    months = {(one.day.year, one.day.month) for one in count.days}
    assert len(blocks) - len(long) <= len(months)
    if len(months) > 6:
        assert long


# -- both languages, every state


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_state_of_the_room_is_named_and_plain(desk, make_window, settle, language):
    texts.set_language(language)
    window = make_window("rules")
    settle()
    for name, prepare in window.room_view("rules").scenes():
        prepare()
        settle()
        assert nameless(window) == [], name
        assert marked_up(window) == [], name


def test_the_stories_end_in_windows_with_days(ask):
    for name in ("late", "timer", "appeal", "withdrawal"):
        story = STORIES[name]
        calculator = ask(dict(story.facts), {})
        calculator.form.empty()
        typed = {
            key: (TODAY + dt.timedelta(count)).isoformat()
            + ("T08:59:00+00:00" if key.endswith("_at") else "")
            for key, count in story.days.items()
        }
        calculator.form.choose(**story.facts)
        calculator.form.tell(typed)
        assert set(story.days) <= set(calculator.form.told), name
