"""Stretches of days for a calendar picture, told by the same calendar that the count went by."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.calendar import LAST_DAY, WEEKDAYS, Calendar, CalendarTooShort
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.window import SkippedDay, Span
from disputedesk.deadlines.words import SpanKind

_LONGEST_SKIP: Final = 40_000
"""Days looked through for free ones: over a century, far beyond any count of business days."""
_ALWAYS: Final = "weekdays"


def by_calendar(run: Run, name: str, use: Callable[[Calendar], int]) -> int:
    """What `use` makes of the calendar called `name`; of Monday to Friday where it is too short.

    A result among days off that nobody has decreed yet leaves a warning.
    """
    calendar = run.calendar(name)
    try:
        end = use(calendar)
    except CalendarTooShort:
        return use(run.calendar_too_short(name))
    if end > calendar.sure_until:
        run.warnings[_not_decreed(calendar)] = None
    return end


def skipped_days(run: Run, name: str, start: int, end: int) -> tuple[SkippedDay, ...]:
    """The days after `start` up to `end` that the calendar does not count, with their reasons."""
    last = min(end, start + _LONGEST_SKIP, LAST_DAY)

    def name_them(calendar: Calendar) -> tuple[SkippedDay, ...]:
        return tuple(
            SkippedDay(dt.date.fromordinal(day), calendar.reason(day), calendar.is_estimated(day))
            for day in range(start + 1, last + 1)
            if not calendar.is_working(day)
        )

    try:
        return name_them(run.calendar(name))
    except CalendarTooShort:
        return name_them(run.calendar_too_short(name))


def span_over(
    run: Run,
    kind: SpanKind,
    start: int,
    end: int,
    *,
    first: int = 0,
    what: str = "",
    calendar: str = "",
    skipped: tuple[SkippedDay, ...] = (),
) -> Span | None:
    """The stretch from `start` to `end`; nothing where either is outside the calendar.

    Args:
        run: Finds the calendar, which has been asked before: nothing new is noted.
        kind: What the stretch is.
        start: Ordinal it goes on from.
        end: Its last ordinal.
        first: The first ordinal that could count; 0 is the day after `start`.
        what: How a sentence names `start`.
        calendar: The name of the calendar it was counted by; empty where every day counts.
        skipped: Its days that did not count.
    """
    if not (0 < start <= end <= LAST_DAY and first <= LAST_DAY):
        return None
    days = dt.date.fromordinal
    first = first or min(start + 1, LAST_DAY)
    span = Span(kind, days(start), days(end), days(first), what, skipped)
    if not calendar:
        return span
    found = run.calendar(calendar)
    sure_until, doubt = _doubt(calendar, found, start, end)
    estimate = next((one for one in skipped if one.estimated), None)
    if estimate is not None and not doubt:
        doubt = tr(
            "The day of a holiday is an estimate, as it follows the moon: {day} ({reason}).",
            day=day_text(estimate.day),
            reason=estimate.reason,
        )
    return dataclasses.replace(
        span,
        calendar=found.name if found.version else calendar,
        version=found.version,
        sure_until=days(sure_until) if sure_until < end else None,
        doubt=doubt,
    )


def _doubt(name: str, found: Calendar, start: int, end: int) -> tuple[int, str]:
    """The last ordinal that is sure, and why those after it are not; empty where all are."""
    if found is WEEKDAYS and name != _ALWAYS:
        return start, tr("Holidays are not known here; Monday to Friday are counted without them.")
    try:
        found.is_working(start)
        found.is_working(end)
    except CalendarTooShort:
        return start, tr(
            "The calendar {calendar} does not reach this far; Monday to Friday are counted "
            "without holidays.",
            calendar=name,
        )
    if end <= found.sure_until:
        return end, ""
    return max(found.sure_until, start), _not_decreed(found)


def _not_decreed(calendar: Calendar) -> str:
    return tr(
        "Days off in {calendar} are decreed until {day} only; later ones follow the general rule "
        "and may still move.",
        calendar=calendar.name,
        day=day_text(dt.date.fromordinal(calendar.sure_until)),
    )
