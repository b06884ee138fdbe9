"""Words are shown as they are, days are understood, errors are told in sentences."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from disputedesk.common import texts
from disputedesk.common.errors import Cancelled, Refused
from disputedesk.common.texts import day_text
from disputedesk.deadlines.words import Status
from disputedesk.gui.chips import tone_of
from disputedesk.gui.dates import countdown_text, short_day
from disputedesk.gui.day_field import DayField, UnclearDay, parse_day
from disputedesk.gui.labels import ElidedLabel, label, tip_text
from disputedesk.gui.notices import UNDO_MS, Notices, safe_details
from disputedesk.gui.orders.add_order import amount_of
from disputedesk.gui.tokens import Tone
from disputedesk.model.money import Money

TODAY = dt.date(2026, 12, 6)
EVIL = '<img src="file:///etc/passwd"><b>Sale</b>'


def test_markup_in_a_sellers_name_is_shown_and_never_read(qtbot):
    one = label(EVIL)
    qtbot.addWidget(one)
    assert one.textFormat() is Qt.TextFormat.PlainText
    assert one.text() == EVIL


def test_a_tool_tip_never_becomes_markup():
    assert "<img" not in tip_text(EVIL)
    assert tip_text("Wed 9 Dec") == "Wed 9 Dec"
    assert "&lt;img" in tip_text(EVIL)


def test_a_cut_line_is_whole_in_its_tool_tip(qtbot):
    one = ElidedLabel("A rather long line that will not fit in so small a place")
    qtbot.addWidget(one)
    one.show()
    one.resize(80, 20)
    assert one.toolTip() == one.text()
    one.resize(900, 20)
    assert one.toolTip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 Mar 2026", dt.date(2026, 3, 14)),
        ("14 марта 2026", dt.date(2026, 3, 14)),
        ("March 14, 2026", dt.date(2026, 3, 14)),
        ("02.11.2026", dt.date(2026, 11, 2)),
        ("2026-11-02", dt.date(2026, 11, 2)),
        ("31/12/2026", dt.date(2026, 12, 31)),
        ("12/31/2026", dt.date(2026, 12, 31)),
        ("5/5/2026", dt.date(2026, 5, 5)),
        ("today", TODAY),
        ("Yesterday", dt.date(2026, 12, 5)),
        ("  ", None),
    ],
)
def test_a_day_is_understood_as_people_write_it(qapp, text, expected):
    assert parse_day(text, TODAY) == expected


@pytest.mark.parametrize("text", ["02/11/2026", "31.02.2026", "14 Foo 2026", "soon", "12.2026"])
def test_a_day_that_could_be_misread_is_asked_again(qapp, text):
    with pytest.raises(UnclearDay):
        parse_day(text, TODAY)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.sampled_from(["en", "ru"]))
def test_a_day_written_by_the_program_is_read_back_as_the_same_day(day, language):
    with texts.using(language):
        assert parse_day(day_text(day), TODAY) == day


def test_the_arrows_move_the_day(qtbot):
    field = DayField("Paid", TODAY, TODAY)
    qtbot.addWidget(field)
    qtbot.keyClick(field.line, Qt.Key.Key_Down)
    assert field.day == dt.date(2026, 12, 5)
    field.line.setText("nonsense")
    assert field.day is None
    assert field.fault
    assert field.hint.text() == field.fault


@pytest.mark.parametrize(
    ("text", "minor"),
    [("43.10", 4310), ("43,10", 4310), ("1 234,50", 123450), ("1,234.50", 123450),
     ("1.234,50", 123450), ("1'234.50", 123450), ("1,234,567", 123456700), ("7", 700),
     ("0.5", 50)],
)  # fmt: skip
def test_a_sum_is_understood_as_people_write_it(text, minor):
    assert amount_of(text, "USD") == Money(minor, "USD")


@pytest.mark.parametrize("text", ["1.234", "1,234", "abc", "1.2.3,4,5", "12.345"])
def test_a_sum_that_could_be_misread_is_asked_again(text):
    with pytest.raises(ValueError, match=r"\w"):
        amount_of(text, "USD")


def test_countdowns_are_words():
    assert countdown_text(TODAY, TODAY) == "today"
    assert countdown_text(dt.date(2026, 12, 9), TODAY) == "3 days"
    assert countdown_text(dt.date(2026, 12, 5), TODAY) == "1 day late"
    assert short_day(dt.date(2026, 12, 9), TODAY) == "Wed 9 Dec"
    assert short_day(dt.date(2027, 1, 9), TODAY) == "Sat 9 Jan 2027"


@given(st.integers(-400, 400))
def test_a_nearer_day_is_never_calmer(left):
    order = [Tone.URGENT, Tone.SOON, Tone.OPEN]
    here = tone_of(Status.OPEN, TODAY + dt.timedelta(days=left), TODAY)
    later = tone_of(Status.OPEN, TODAY + dt.timedelta(days=left + 1), TODAY)
    assert order.index(here) <= order.index(later)


@pytest.fixture
def notices(qtbot, theme):
    home = QWidget()
    home.resize(800, 600)
    qtbot.addWidget(home)
    made = Notices(home)
    home.show()
    return made


def words_of(notice):
    from PySide6.QtWidgets import QLabel

    return " ".join(one.text() for one in notice.findChildren(QLabel))


def button_of(notice, text):
    from PySide6.QtWidgets import QPushButton

    return next(one for one in notice.findChildren(QPushButton) if one.text() == text)


def test_an_error_is_told_in_its_own_sentences(notices):
    notices.show_error(Refused("The file cannot be read.", "a.csv", "Save it as UTF-8."))
    text = words_of(notices.shown[0])
    for part in ("The file cannot be read.", "a.csv", "Save it as UTF-8."):
        assert part in text
    assert "Refused" not in text


def test_cancelling_is_no_error(notices):
    notices.show_error(Cancelled())
    assert notices.shown == ()


def _raised(text):
    try:
        int(text)
    except ValueError as error:
        return error


def test_our_own_fault_is_told_plainly_and_its_details_hold_no_data(notices, caplog):
    error = _raised("4111 1111 1111 1111 of Anna")
    notices.show_error(error)
    details = safe_details(error)
    assert "our fault" in words_of(notices.shown[0])
    assert "ValueError" in details
    assert "4111" not in details
    assert "Anna" not in details


def test_undo_is_offered_for_ten_seconds_and_done_once(qtbot, notices):
    taken = []
    notice = notices.say("3 orders imported", undo=lambda: taken.append(1))
    assert notice._timer.interval() == UNDO_MS == 10_000
    qtbot.mouseClick(button_of(notice, "Undo"), Qt.MouseButton.LeftButton)
    assert taken == [1]
    assert notices.shown == ()


def test_a_newer_word_takes_the_place_of_the_older_but_not_of_an_error(notices):
    notices.warn("Something stands in the way.")
    notices.say("One")
    notices.say("Two")
    assert [words_of(one) for one in notices.shown] == ["Something stands in the way.", "Two"]


def test_what_nobody_caught_comes_to_the_one_handler(notices, monkeypatch):
    import sys

    from disputedesk.gui.notices import install_last_handler

    monkeypatch.setattr(sys, "excepthook", sys.__excepthook__)
    install_last_handler(notices)
    error = RuntimeError("inside")
    sys.excepthook(RuntimeError, error, None)
    assert "our fault" in words_of(notices.shown[0])
