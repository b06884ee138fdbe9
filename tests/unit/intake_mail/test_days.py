"""What `read_day` reads, and above all what it refuses to guess."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.intake.days import DayOrder, Lean, find_days, read_day

NEAR = dt.date(2021, 12, 30)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-01-11", "2026-01-11"),
        ("2026/01/11 10:22", "2026-01-11"),
        ("2026-01-11T23:30:00-08:00", "2026-01-11"),
        ("2026年1月11日", "2026-01-11"),
        ("Sunday, January 11, 2026", "2026-01-11"),
        ("Jan 11, 2026 10:23 PM", "2026-01-11"),
        ("11-Jan-26", "2026-01-11"),
        ("11th of January 2026", "2026-01-11"),
        ("Dienstag, 11. August 2020", "2020-08-11"),
        ("3. März 2026", "2026-03-03"),
        ("mar 11 gen 2026", "2026-01-11"),
        ("mercredi 11 août 2021", "2021-08-11"),
        ("1er mars 2026", "2026-03-01"),
        ("11 de agosto de 2020", "2020-08-11"),
        ("11 августа 2020 г.", "2020-08-11"),
        ("2 maja 2026", "2026-05-02"),
    ],
)
def test_a_date_in_words_or_year_first_needs_no_order(text, expected):
    assert read_day(text) == dt.date.fromisoformat(expected)


@pytest.mark.parametrize(
    "text",
    [
        "02.11.2026",
        "05/06/2021",
        "01/02/03",
        "January 11",
        "30 February 2026",
        "0000-01-01",
        "99/99/2026",
        "12 may be delayed",
        "1 set of 3",
        "from 2026-01-11 to 2026-01-15",
        "",
        "x" * 1000,
    ],
)
def test_what_can_mean_two_days_or_none_is_not_read(text):
    assert read_day(text) is None


def test_figures_follow_the_given_order_and_are_never_turned_round():
    assert read_day("02.11.2026", order=DayOrder.DMY) == dt.date(2026, 11, 2)
    assert read_day("02/11/2026", order=DayOrder.MDY) == dt.date(2026, 2, 11)
    assert read_day("26/02/11", order=DayOrder.YMD) == dt.date(2026, 2, 11)
    assert read_day("25/06/2021", order=DayOrder.MDY) is None


def test_figures_with_one_reading_only_need_no_order():
    assert read_day("25/06/2021") == dt.date(2021, 6, 25)
    assert read_day("05/05/2021") == dt.date(2021, 5, 5)
    assert read_day("Thursday 08/05/2021") == dt.date(2021, 8, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tuesday, January 11", "2022-01-11"),
        ("December 30", "2021-12-30"),
        ("December 29", "2021-12-29"),
        ("December 28", "2022-12-28"),
        ("martedì 11 gennaio", "2022-01-11"),
        ("11 янв.", "2022-01-11"),
    ],
)
def test_a_promise_without_year_lies_ahead(text, expected):
    assert read_day(text, near=NEAR) == dt.date.fromisoformat(expected)


def test_an_event_without_year_lies_behind():
    assert read_day("January 11", near=NEAR, lean=Lean.BEHIND) == dt.date(2021, 1, 11)
    assert read_day("December 31", near=NEAR, lean=Lean.BEHIND) == dt.date(2021, 12, 31)
    assert read_day("February 29", near=NEAR) is None


def test_days_are_found_where_they_stand():
    text = "Now expected March 27 - March 28, or 2021-04-01."
    found = find_days(text, near=dt.date(2021, 3, 26))
    assert [text[each.start : each.end] for each in found] == ["March 27", "March 28", "2021-04-01"]


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_back_in_every_form(day):
    assert read_day(day.isoformat()) == day
    assert read_day(day.strftime("%d.%m.%Y"), order=DayOrder.DMY) == day
    assert read_day(day.strftime("%m/%d/%y"), order=DayOrder.MDY) == day
    assert read_day(f"{day.day} {day:%B} {day.year}") == day
    assert read_day(f"{day:%A}, {day:%b} {day.day}, {day.year}") == day


@given(st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31)), st.integers(-1, 360))
def test_a_day_without_year_is_never_put_behind_the_eve_of_near(near, ahead):
    day = near + dt.timedelta(days=ahead)
    read = read_day(f"{day:%B} {day.day}", near=near)
    assert read is None or (read - near).days >= -1
    assert read == day or (day.month, day.day) == (2, 29)


@given(st.text(max_size=150), st.dates(), st.sampled_from([None, *DayOrder]))
def test_no_text_makes_it_fail(text, near, order):
    read_day(text, order=order, near=near)
    for found in find_days(text, order=order, near=near):
        assert 0 <= found.start < found.end <= len(text)
