"""Anchors and periods as closures: a fact's day in, a counted day out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.calendar import LAST_DAY, CalendarTooShort
from disputedesk.deadlines.counting import add_units, end_of_year, with_working_days
from disputedesk.deadlines.rule import Count, Fixed, Moment, Period, Unit
from disputedesk.deadlines.run import ABSENT, UNKNOWN, Run
from disputedesk.deadlines.spans import by_calendar, skipped_days, span_over
from disputedesk.deadlines.steps import CountStep, NoteStep, day_name
from disputedesk.deadlines.window import Assumption
from disputedesk.deadlines.words import SpanKind
from disputedesk.model.ids import FactName

Node: TypeAlias = Callable[[Run], int]
"""A compiled expression: an ordinal, `UNKNOWN`, or `ABSENT`."""


def count_period(run: Run, period: Period, start: int) -> int:
    """The last day of `period` counted from `start`."""
    if period.unit is Unit.BUSINESS_DAYS:
        first = start - period.first_day_counts
        return by_calendar(run, period.calendar, lambda calendar: calendar.add(first, period.count))
    end = add_units(start, period.count, period.unit, period.month_end, None)
    if not period.first_day_counts or period.count == 0:
        return end
    whole_months = period.unit in {Unit.MONTHS, Unit.YEARS}
    if whole_months and end <= LAST_DAY and _day_number(end) != _day_number(start):
        return end
    return end - 1


def _day_number(ordinal: int) -> int:
    return dt.date.fromordinal(ordinal).day


def compile_count(spec: Count, after: Node | None, *, close: bool) -> Node:
    """The closure of one counted period.

    Args:
        spec: What is counted.
        after: The compiled expression it counts from, where it is not a fact.
        close: Whether a closing day is computed.
    """
    period = spec.period

    def careful(run: Run) -> int:
        start, what = _start(run, spec, after, close=close)
        if start <= 0:
            return start
        if not run.reaches(start):
            return UNKNOWN
        base = end_of_year(start) if spec.year_end else start
        end = count_period(run, period, base)
        if run.explain:
            run.steps.append(_count_step(run, spec, what, start=start, base=base, end=end))
        return _adjusted(run, spec, base, end)

    if after is not None or spec != _bare(spec):
        return careful
    if period.unit is Unit.BUSINESS_DAYS:
        return _quick_business_days(spec, careful)
    if period.unit is not Unit.DAYS:
        return careful
    name = spec.anchor
    shift = period.count - (period.first_day_counts and period.count > 0)

    def quick(run: Run) -> int:
        day = run.days.get(name)
        if day is None or run.explain:
            return careful(run)
        return day + shift

    return quick


def _count_step(run: Run, spec: Count, what: str, *, start: int, base: int, end: int) -> CountStep:
    """The step of a count with the days that it went over."""
    period = spec.period
    own_day = period.first_day_counts and period.count > 0
    first = base + (0 if own_day else 1)
    skipped = skipped_days(run, period.calendar, first - 1, end) if period.calendar else ()
    span = span_over(
        run, SpanKind.COUNT, start, end,
        first=first, what=what, calendar=period.calendar, skipped=skipped,
    )  # fmt: skip
    return CountStep(
        run.about, period, start, what, end, skipped=skipped, year_end=spec.year_end, span=span
    )


def _quick_business_days(spec: Count, careful: Node) -> Node:
    name, calendar = spec.anchor, spec.period.calendar
    before, count = int(spec.period.first_day_counts), spec.period.count

    def quick(run: Run) -> int:
        day = run.days.get(name)
        if day is None or run.explain:
            return careful(run)
        found = run.calendar(calendar)
        try:
            end = found.add(day - before, count)
        except CalendarTooShort:
            return careful(run)
        return end if end <= found.sure_until else careful(run)

    return quick


def _bare(spec: Count) -> Count:
    return dataclasses.replace(Count(spec.anchor, spec.period, spec.zone), limits=spec.limits)


def _start(run: Run, spec: Count, after: Node | None, *, close: bool) -> tuple[int, str]:
    if after is not None:
        return after(run), tr("the day just found")
    anchor = run.anchor(spec.anchor, spec.zone, close=close)
    if anchor is None:
        if run.explain:
            what = run.phrase(spec.anchor)
            run.note(tr("Nothing can be counted from {what}: it is not known.", what=what))
        return UNKNOWN, ""
    if run.explain:
        if anchor.stands_in:
            run.note(run.assumed[-1].text)
        _note_instant(run, anchor.name, anchor.day)
    return anchor.day, run.phrase(anchor.name) if run.explain else ""


def _note_instant(run: Run, name: str, day: int) -> None:
    value = run.facts.get(name)
    if isinstance(value, dt.datetime):
        instant = value.isoformat(sep=" ", timespec="minutes")
        run.note(tr("{instant} is {day} where it counts.", instant=instant, day=day_name(day)))


def _adjusted(run: Run, spec: Count, base: int, end: int) -> int:
    for name in spec.plus:
        end += _extension(run, name, end)
    if spec.roll:
        end = _rolled(run, spec.roll, end)
    if spec.minimum_working_days:
        end = _with_minimum(run, spec, base, end)
    return end


def _extension(run: Run, name: FactName, end: int) -> int:
    days = extension_days(run, name)
    if days and run.explain:
        sentence = trn(
            "An extension of {count} day moves it to {result}.",
            "An extension of {count} days moves it to {result}.",
            days,
            result=day_name(end + days),
        )
        span = span_over(run, SpanKind.EXTENSION, end, end + days)
        run.steps.append(NoteStep(run.about, sentence, end + days, span=span))
    return days


def extension_days(run: Run, name: FactName) -> int:
    """Days that a suspension fact adds; nothing where it is not known, and never less."""
    value = run.facts.get(name)
    return max(0, value) if isinstance(value, int) else 0


def _rolled(run: Run, calendar: str, end: int) -> int:
    rolled = by_calendar(run, calendar, lambda found: found.next_working(end))
    if rolled != end and run.explain:
        skipped = skipped_days(run, calendar, end - 1, rolled)
        reason = skipped[0].reason if skipped else ""
        sentence = tr(
            "{day} is no working day ({reason}), so the day moves to {result}.",
            day=day_name(end),
            reason=reason,
            result=day_name(rolled),
        )
        span = span_over(run, SpanKind.ROLL, end, rolled, calendar=calendar, skipped=skipped)
        run.steps.append(NoteStep(run.about, sentence, rolled, skipped=skipped, span=span))
    return rolled


def _with_minimum(run: Run, spec: Count, base: int, end: int) -> int:
    least = by_calendar(
        run,
        spec.minimum_calendar,
        lambda found: with_working_days(base, end, spec.minimum_working_days, found),
    )
    if least != end and run.explain:
        sentence = trn(
            "A period has to hold at least {count} working day, so the day moves to {result}.",
            "A period has to hold at least {count} working days, so the day moves to {result}.",
            spec.minimum_working_days,
            result=day_name(least),
        )
        calendar = spec.minimum_calendar
        skipped = skipped_days(run, calendar, end, least)
        span = span_over(run, SpanKind.MINIMUM, end, least, calendar=calendar, skipped=skipped)
        run.steps.append(NoteStep(run.about, sentence, least, span=span))
    return least


def compile_fixed(spec: Fixed) -> Node:
    """The closure of a day that was set."""
    ordinal = spec.day.toordinal()

    def fixed(run: Run) -> int:
        if run.explain:
            run.note(tr("{day} was set as the day itself.", day=day_text(spec.day)))
        return ordinal

    return fixed


def compile_moment(spec: Moment, *, close: bool) -> Node:
    """The closure of an instant moved on by calendar days; its instant is kept in `run.moments`."""

    def moment(run: Run) -> int:
        value = run.facts.get(spec.anchor)
        if not isinstance(value, dt.datetime) or value.tzinfo is None:
            run.needed[spec.anchor] = None
            return UNKNOWN
        days = spec.days + sum(extension_days(run, name) for name in spec.plus)
        ends_at = _moved(run, value, days, spec.zone)
        day = UNKNOWN if ends_at is None else _consumer_day(run, spec, value, ends_at, close=close)
        if ends_at is None or not day:
            return UNKNOWN
        run.moments.append((day, ends_at))
        if run.explain:
            _note_moment(run, spec, days, ends_at, day)
        return day

    return moment


def _note_moment(run: Run, spec: Moment, days: int, ends_at: dt.datetime, day: int) -> None:
    values = {
        "what": run.phrase(spec.anchor),
        "instant": ends_at.isoformat(sep=" ", timespec="minutes"),
        "day": day_name(day),
    }
    if days:
        sentence = trn(
            "{count} day after {what} is {instant}, which is on {day}.",
            "{count} days after {what} is {instant}, which is on {day}.",
            days,
            **values,
        )
    else:
        sentence = tr("{instant} is {what}, which is on {day}.", **values)
    span = span_over(run, SpanKind.COUNT, day - days, day, what=values["what"])
    run.steps.append(NoteStep(run.about, sentence, day, span=span))


def _moved(run: Run, value: dt.datetime, days: int, place: str) -> dt.datetime | None:
    """The same time of day, `days` calendar days later on the clocks of `place`."""
    local = run.local(value, place)
    if local is None or not run.reaches(local.toordinal() + days):
        return None
    return local + dt.timedelta(days=days)


def _consumer_day(
    run: Run, spec: Moment, value: dt.datetime, ends_at: dt.datetime, *, close: bool
) -> int:
    """The buyer's calendar day of the instant; the safe one of two where their zone is unknown."""
    if run.zone("consumer") is not None:
        local = run.local(ends_at, "consumer")
        return UNKNOWN if local is None else local.toordinal()
    try:
        own = ends_at.astimezone(value.tzinfo).toordinal()
    except OverflowError:
        run.reaches(ABSENT)
        return UNKNOWN
    there = ends_at.toordinal()
    day = min(own, there) if close else max(own, there)
    if own != there:
        sentence = tr(
            "{day} is taken as the day, the safe one of two, as your time zone is not known.",
            day=day_text(dt.date.fromordinal(day)),
        )
        run.assumed.append(Assumption(FactName("consumer_zone"), spec.anchor, sentence))
    return day
