"""Counting days on ordinals: periods, months with their missing days, rolling, minimum content.

Every function is monotone in its day: a later anchor never gives an earlier result. That is what
lets an earlier fact stand in for a missing one. A result past 31 December 9999 is `TOO_LATE`.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

from disputedesk.deadlines.calendar import LAST_DAY, Calendar
from disputedesk.deadlines.rule import MonthEnd, Unit

TOO_LATE: Final = LAST_DAY + 1
"""A day after the last day there is."""
_DAYS_OF: Final = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def days_in_month(year: int, month: int) -> int:
    """How many days that month has."""
    leap = month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return _DAYS_OF[month] + leap


def add_months(ordinal: int, months: int, month_end: MonthEnd = MonthEnd.CLAMP) -> int:
    """The day of the same number `months` later.

    Where the month has no such day it is the month's last (BGB § 188(3), Regulation 1182/71), or
    the first of the next where the law says so (Brazil, Código Civil art. 132 § 3).
    """
    if not 0 < ordinal <= LAST_DAY:
        return TOO_LATE
    day = dt.date.fromordinal(ordinal)
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if year > 9999:
        return TOO_LATE
    last = days_in_month(year, month)
    if day.day <= last:
        return dt.date(year, month, day.day).toordinal()
    result = dt.date(year, month, last).toordinal()
    return result + 1 if month_end is MonthEnd.NEXT_MONTH else result


def end_of_year(ordinal: int) -> int:
    """31 December of that day's year."""
    if not 0 < ordinal <= LAST_DAY:
        return TOO_LATE
    return dt.date(dt.date.fromordinal(ordinal).year, 12, 31).toordinal()


def add_units(
    ordinal: int, count: int, unit: Unit, month_end: MonthEnd, calendar: Calendar | None
) -> int:
    """The last day of a period of `count` units that begins after `ordinal`.

    Args:
        ordinal: Day 0; may itself be a holiday.
        count: How many; 0 gives `ordinal` unchanged.
        unit: What is counted.
        month_end: What becomes of a month's missing day.
        calendar: Decides what a business day is; needed for those alone.

    Raises:
        CalendarTooShort: `calendar` ends before the answer.
    """
    if unit is Unit.DAYS:
        return ordinal + count
    if unit is Unit.BUSINESS_DAYS and calendar is not None:
        return calendar.add(ordinal, count)
    if unit is Unit.WEEKS:
        return ordinal + 7 * count
    return add_months(ordinal, count * (12 if unit is Unit.YEARS else 1), month_end)


def with_working_days(start: int, end: int, count: int, calendar: Calendar) -> int:
    """`end`, or the later day by which the period after `start` holds `count` working days.

    Raises:
        CalendarTooShort: `calendar` ends before the answer.

    Source: Regulation (EEC, Euratom) No 1182/71, art. 3(5).
    """
    return max(end, calendar.add(start, count))


def clear_days_before(event: int, count: int, calendar: Calendar | None = None) -> int:
    """The last day on which something still happens `count` clear days before `event`.

    Neither the day of the act nor that of the event counts; with a calendar only its working days
    do.

    Raises:
        CalendarTooShort: `calendar` ends before the answer.

    Source: Civil Procedure Rules, rule 2.8 (England and Wales).
    """
    if calendar is None:
        return event - count - 1
    return calendar.previous_working(calendar.add(event, -count) - 1)
