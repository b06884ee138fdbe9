import datetime as dt

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.deadlines.calendar import WEEKDAYS, TableCalendar
from disputedesk.deadlines.counting import (
    TOO_LATE,
    add_months,
    add_units,
    clear_days_before,
    end_of_year,
    with_working_days,
)
from disputedesk.deadlines.rule import MonthEnd, Unit

DAYS = st.dates(dt.date(1, 1, 1), dt.date(9990, 1, 1))
MONTHS = st.integers(0, 100)


def day(text):
    return dt.date.fromisoformat(text).toordinal()


def as_date(ordinal):
    return dt.date.fromordinal(ordinal)


@given(DAYS, MONTHS)
def test_months_clamp_as_relativedelta_clamps(start, months):
    assert as_date(add_months(start.toordinal(), months)) == start + relativedelta(months=months)


@given(DAYS, st.integers(0, 9))
def test_years_clamp_as_relativedelta_clamps(start, years):
    result = add_units(start.toordinal(), years, Unit.YEARS, MonthEnd.CLAMP, None)
    assert as_date(result) == start + relativedelta(years=years)


@given(DAYS, st.integers(0, 5_000), st.integers(0, 500))
def test_a_later_anchor_never_gives_an_earlier_day(start, later, count):
    first, second = start.toordinal(), start.toordinal() + later
    for unit in (Unit.DAYS, Unit.WEEKS, Unit.MONTHS):
        for month_end in MonthEnd:
            one = add_units(first, count, unit, month_end, None)
            assert one <= add_units(second, count, unit, month_end, None)
    one = add_units(first, count, Unit.BUSINESS_DAYS, MonthEnd.CLAMP, WEEKDAYS)
    assert one <= add_units(second, count, Unit.BUSINESS_DAYS, MonthEnd.CLAMP, WEEKDAYS)


def test_a_month_without_the_day_ends_on_its_last_day():
    assert as_date(add_months(day("2026-01-31"), 13)) == dt.date(2027, 2, 28)
    assert as_date(add_months(day("2023-01-31"), 13)) == dt.date(2024, 2, 29)
    assert as_date(add_months(day("2024-02-29"), 12)) == dt.date(2025, 2, 28)


def test_brazil_rolls_a_missing_day_to_the_first_of_the_next_month():
    assert as_date(add_months(day("2026-01-31"), 1, MonthEnd.NEXT_MONTH)) == dt.date(2026, 3, 1)
    assert as_date(add_months(day("2026-01-28"), 1, MonthEnd.NEXT_MONTH)) == dt.date(2026, 2, 28)


def test_a_period_past_the_last_year_is_too_late_and_raises_nothing():
    assert add_months(day("9999-12-31"), 1) == TOO_LATE
    assert add_months(TOO_LATE + 5, 1) == TOO_LATE
    assert end_of_year(TOO_LATE) == TOO_LATE
    assert add_units(day("9999-12-31"), 9, Unit.YEARS, MonthEnd.CLAMP, None) == TOO_LATE


def test_three_weeks_from_a_thursday_end_on_a_thursday():
    """Court of Justice, C-171/03."""
    result = add_units(day("1998-03-12"), 3, Unit.WEEKS, MonthEnd.CLAMP, None)
    assert as_date(result) == dt.date(1998, 4, 2)


def test_civil_procedure_counts_clear_days():
    """CPR 2.8, examples (i) to (iii), rule 2.8(4), and a published example of seven days."""
    assert as_date(clear_days_before(day("2023-10-20"), 3)) == dt.date(2023, 10, 16)
    assert as_date(day("2023-10-01") + 28 + 1) == dt.date(2023, 10, 30)
    assert as_date(day("2023-10-02") + 14) == dt.date(2023, 10, 16)
    assert as_date(clear_days_before(day("2025-10-20"), 3, WEEKDAYS)) == dt.date(2025, 10, 14)
    assert as_date(clear_days_before(day("2017-03-30"), 7)) == dt.date(2017, 3, 22)


def test_the_end_of_the_year_is_its_last_day():
    assert as_date(end_of_year(day("2024-02-29"))) == dt.date(2024, 12, 31)


def test_a_period_holds_at_least_two_working_days():
    """Regulation 1182/71, art. 3(5): Friday and two days end on Tuesday."""
    friday = day("2026-01-02")
    assert as_date(with_working_days(friday, friday + 2, 2, WEEKDAYS)) == dt.date(2026, 1, 6)
    assert with_working_days(friday, friday + 9, 2, WEEKDAYS) == friday + 9


def by_hand(start, count):
    step = 1 if count > 0 else -1
    while count:
        start += step
        count -= step * ((start - 1) % 7 < 5)
    return start


@given(DAYS.filter(lambda one: one.year > 3), st.integers(-200, 200))
def test_weekdays_are_what_counting_them_one_by_one_gives(start, count):
    assert WEEKDAYS.add(start.toordinal(), count) == by_hand(start.toordinal(), count)


@given(DAYS.filter(lambda one: one.year > 3))
def test_weekdays_know_their_neighbours(start):
    ordinal = start.toordinal()
    assert WEEKDAYS.is_working(WEEKDAYS.next_working(ordinal))
    assert WEEKDAYS.is_working(WEEKDAYS.previous_working(ordinal))
    assert WEEKDAYS.previous_working(ordinal) <= ordinal <= WEEKDAYS.next_working(ordinal)
    assert bool(WEEKDAYS.reason(ordinal)) is not WEEKDAYS.is_working(ordinal)


@given(st.integers(0, 300), st.integers(-150, 150))
def test_a_table_counts_like_weekdays_where_it_has_no_holidays(offset, count):
    first = day("2024-01-01")
    last = day("2027-12-31")
    free = {one: "" for one in range(first, last + 1) if (one - 1) % 7 > 4}
    table = TableCalendar("t", "v", first=first, last=last, free=free)
    start = day("2025-06-01") + offset
    assert table.add(start, count) == WEEKDAYS.add(start, count)
    assert table.next_working(start) == WEEKDAYS.next_working(start)
    assert table.previous_working(start) == WEEKDAYS.previous_working(start)
    assert table.is_working(start) is WEEKDAYS.is_working(start)
    assert table.reason(start) == WEEKDAYS.reason(start)


@pytest.mark.parametrize(
    ("anchor", "days", "expected"),
    [("2026-10-20", 30, "2026-11-19"), ("2024-01-08", 540, "2025-07-01")],
)
def test_days_ignore_clock_changes_and_leap_years(anchor, days, expected):
    result = add_units(day(anchor), days, Unit.DAYS, MonthEnd.CLAMP, None)
    assert as_date(result) == dt.date.fromisoformat(expected)
