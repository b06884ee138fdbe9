"""Worked examples that courts and officials published and that no shipped rule counts by.

Those that a rule does count by stand among the cases of its pack: the commentary on Regulation E,
the chart of ten business days, 3 July 2026, two billing cycles, fourteen days after service.
"""

from __future__ import annotations

import datetime as dt

import pytest

from disputedesk.deadlines.calendar import Calendar
from disputedesk.deadlines.counting import add_units, clear_days_before
from disputedesk.deadlines.rule import MonthEnd, Unit
from disputedesk.packs.holidays_tables import HolidayCalendars


@pytest.fixture
def england(calendars: HolidayCalendars) -> Calendar:
    found = calendars.find("GB-ENG")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("hearing", "served"),
    [
        pytest.param(dt.date(2017, 10, 20), dt.date(2017, 10, 16), id="CPR 2.8, example (i)"),
        pytest.param(dt.date(2025, 10, 20), dt.date(2025, 10, 14), id="CPR 2.8(4)"),
    ],
)
def test_three_clear_days_before_a_hearing_leave_weekends_out(
    england: Calendar, hearing: dt.date, served: dt.date
) -> None:
    assert clear_days_before(hearing.toordinal(), 3, england) == served.toordinal()


def test_seven_clear_days_before_a_conference_are_calendar_days() -> None:
    conference, lodged = dt.date(2017, 3, 30), dt.date(2017, 3, 22)
    assert clear_days_before(conference.toordinal(), 7) == lodged.toordinal()


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        pytest.param(dt.date(2026, 10, 1), 28 + 1, Unit.DAYS, dt.date(2026, 10, 30),
                     id="CPR 2.8, example (ii): 28 clear days"),
        pytest.param(dt.date(2026, 10, 2), 14, Unit.DAYS, dt.date(2026, 10, 16),
                     id="CPR 2.8, example (iii)"),
        pytest.param(dt.date(1998, 3, 12), 3, Unit.WEEKS, dt.date(1998, 4, 2),
                     id="C-171/03: three weeks end on the weekday of the event"),
    ],
)  # fmt: skip
def test_a_period_ends_where_the_court_says(
    start: dt.date, count: int, unit: Unit, end: dt.date
) -> None:
    found = add_units(start.toordinal(), count, unit, MonthEnd.CLAMP, None)
    assert dt.date.fromordinal(found) == end


def test_three_precise_business_days_count_a_friday_before_a_saturday_holiday(
    calendars: HolidayCalendars,
) -> None:
    precise = calendars.find("us-reg-z")
    assert precise is not None
    wednesday = dt.date(2026, 7, 1).toordinal()
    assert dt.date.fromordinal(precise.add(wednesday, 3)) == dt.date(2026, 7, 6)
