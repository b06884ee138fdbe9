"""A window day by day: what each day from the anchor to the last day is to the count, and why.

Nothing is counted here. The steps of a window's trace name the stretches that the engine went over
while it counted (`Span`); they are only laid out as days, so picture and date cannot differ.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.deadlines.calendar import weekday_name
from disputedesk.deadlines.window import SkippedDay, Span, TraceStep, Window
from disputedesk.deadlines.words import Role, SpanKind
from disputedesk.model.ids import RuleId

_DAY: Final = dt.timedelta(days=1)
_MOST_DAYS: Final = 40_000
"""Days laid out at most, over a century: a mistyped year must not fill the memory."""


class DayState(enum.StrEnum):
    """What a day is to the count."""

    BEFORE = "before"
    ANCHOR = "anchor"
    COUNTED = "counted"
    SKIPPED = "skipped"
    ADDED = "added"
    AFTER = "after"


class SkipCause(enum.StrEnum):
    """Why a day does not count."""

    WEEKDAY = "weekday"
    HOLIDAY = "holiday"
    SUSPENSION = "suspension"
    YEAR_END = "year_end"


class DayMarkKind(enum.StrEnum):
    """What happens on a day."""

    ANCHOR = "anchor"
    OPENS = "opens"
    FILE_BY = "file_by"
    ROLLED_FROM = "rolled_from"
    ROLLED_TO = "rolled_to"
    CLOSES = "closes"
    CAP = "cap"
    FLOOR = "floor"
    ARGUABLE = "arguable"
    TODAY = "today"


@dataclasses.dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of the count.

    Attributes:
        number: Of a counted day, the how-many-th of its stretch it is; else 0.
        reason: Of a skipped or added day, why: the holiday's or weekday's name, or a sentence.
        cause: Of a skipped day, what sort of reason it is.
        sure: Whether its being free or worked is settled: days off may not be decreed yet.
        usable: Whether filing is valid on it: from the first day to the last, inclusive.
        margin: Whether it lies after the day to act by: left to the post or the bank.
    """

    day: dt.date
    state: DayState
    number: int = 0
    reason: str = ""
    cause: SkipCause | None = None
    sure: bool = True
    usable: bool = False
    margin: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class DayMark:
    """Something that a day stands for, in words."""

    kind: DayMarkKind
    day: dt.date
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class DayCount:
    """One window laid out as days.

    Attributes:
        about: What is counted to: `closes`; `opens` where there is no last day.
        days: Every day from the anchor to the last day in order, none left out.
        marks: What the days stand for, by day; caps and today may lie outside the days.
        sentences: The trace that leads to these days.
        calendars: Which calendar data were counted by; empty where every day counts.
        doubts: What is not settled about them: days off not decreed yet, estimated holidays.
    """

    rule: RuleId
    title: str
    about: str
    days: tuple[CountedDay, ...]
    marks: tuple[DayMark, ...]
    sentences: tuple[str, ...]
    calendars: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def counted(self) -> int:
        """How many days count."""
        return sum(day.state is DayState.COUNTED for day in self.days)

    @property
    def skipped(self) -> tuple[CountedDay, ...]:
        """The days that do not."""
        return tuple(day for day in self.days if day.state is DayState.SKIPPED)


def count_days(window: Window, *, today: dt.date) -> DayCount | None:
    """The window laid out as days; nothing where no day of it can be told.

    Args:
        window: A window with its trace (`assess(…, explain=True)`).
        today: The day to mark.
    """
    about, end = ("closes", window.closes) if window.closes else ("opens", window.opens)
    if end is None:
        return None
    spans = _chain(window.because, about, end)
    first = spans[0].start if spans else end
    margins = [step.span for step in window.because if _is_margin(step)]
    states = dict(_laid_out(spans))
    bounds = [first, end, window.opens, window.file_by, window.arguable_until]
    known = [day for day in bounds if day is not None]
    last = min(max(known), min(known) + _MOST_DAYS * _DAY)
    days = tuple(
        _placed(states.get(day) or _outside(day, first), window, spans)
        for day in _days(min(known), last)
    )
    steps = [step for step in window.because if step.about == about]
    return DayCount(
        rule=window.rule,
        title=window.title,
        about=about,
        days=days,
        marks=_marks(window, spans, steps, today),
        sentences=tuple(step.sentence for step in window.because),
        calendars=_unique(span.version for span in (*spans, *margins) if span),
        doubts=_unique(span.doubt for span in (*spans, *margins) if span),
    )


def _unique(texts: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _is_margin(step: TraceStep) -> bool:
    return step.span is not None and step.span.kind is SpanKind.MARGIN


def _chain(steps: Sequence[TraceStep], about: str, end: dt.date) -> list[Span]:
    """The stretches that lead to `end`, each going on from where the one before it ended."""
    chain: list[Span] = []
    reached = end
    for step in reversed(steps):
        span = step.span
        if span is None or step.about != about or not step.binds or span.end != reached:
            continue
        chain.insert(0, span)
        reached = span.start
    return chain


def _laid_out(spans: Sequence[Span]) -> Iterator[tuple[dt.date, CountedDay]]:
    """What each day of the stretches is; a later stretch has the last word on a shared day."""
    if spans:
        yield spans[0].start, CountedDay(spans[0].start, DayState.ANCHOR)
    for span in spans:
        free = {one.day: one for one in span.skipped}
        match span.kind:
            case SpanKind.COUNT:
                yield from _counted(span, free)
            case SpanKind.EXTENSION:
                yield from _suspended(span)
            case _:
                yield from _moved(span, free)


def _counted(span: Span, free: dict[dt.date, SkippedDay]) -> Iterator[tuple[dt.date, CountedDay]]:
    for day in _days(span.start + _DAY, min(span.first - _DAY, span.end)):
        reason = tr("the count begins with the next year")
        yield day, CountedDay(day, DayState.SKIPPED, reason=reason, cause=SkipCause.YEAR_END)
    number = 0
    for day in _days(span.first, span.end):
        if day in free:
            yield day, _free_day(free[day])
        else:
            number += 1
            yield day, CountedDay(day, DayState.COUNTED, number)


def _suspended(span: Span) -> Iterator[tuple[dt.date, CountedDay]]:
    reason = tr("the extension: these days are added to the period")
    for day in _days(span.start + _DAY, span.end):
        yield day, CountedDay(day, DayState.SKIPPED, reason=reason, cause=SkipCause.SUSPENSION)


def _moved(span: Span, free: dict[dt.date, SkippedDay]) -> Iterator[tuple[dt.date, CountedDay]]:
    """The days over which a last day moved on, by a free day or for want of working days."""
    reason = (
        tr("the next working day")
        if span.kind is SpanKind.ROLL
        else tr("a period has to hold enough working days")
    )
    for day in _days(span.start + _DAY, span.end):
        if day in free:
            yield day, _free_day(free[day])
        else:
            yield day, CountedDay(day, DayState.ADDED, reason=reason)


def _free_day(one: SkippedDay) -> CountedDay:
    weekday = one.reason == weekday_name(one.day.toordinal())
    cause = SkipCause.WEEKDAY if weekday else SkipCause.HOLIDAY
    return CountedDay(
        one.day, DayState.SKIPPED, reason=one.reason, cause=cause, sure=not one.estimated
    )


def _outside(day: dt.date, first: dt.date) -> CountedDay:
    return CountedDay(day, DayState.BEFORE if day < first else DayState.AFTER)


def _placed(day: CountedDay, window: Window, spans: Sequence[Span]) -> CountedDay:
    """The day with what the window says of it: usable, in the margin, sure."""
    opens, closes, by = window.opens, window.closes, window.file_by
    usable = (opens is None or opens <= day.day) and (closes is None or day.day <= closes)
    unsure = any(
        span.sure_until is not None and max(span.sure_until, span.start) < day.day <= span.end
        for span in spans
    )
    return dataclasses.replace(
        day,
        sure=day.sure and not unsure,
        usable=usable,
        margin=by is not None and closes is not None and by < day.day <= closes,
    )


def _marks(
    window: Window, spans: Sequence[Span], steps: Sequence[TraceStep], today: dt.date
) -> tuple[DayMark, ...]:
    marks = [DayMark(DayMarkKind.TODAY, today, tr("today"))]
    if spans:
        what = spans[0].what or tr("the day it is counted from")
        marks.append(DayMark(DayMarkKind.ANCHOR, spans[0].start, what))
    for span in spans:
        if span.kind is SpanKind.ROLL:
            reason = span.skipped[0].reason if span.skipped else ""
            text = tr("would be the last day, but is no working day ({reason})", reason=reason)
            marks.append(DayMark(DayMarkKind.ROLLED_FROM, span.start, text))
            text = tr("the last day has moved here")
            marks.append(DayMark(DayMarkKind.ROLLED_TO, span.end, text))
    for kind, day, text in (
        (DayMarkKind.OPENS, window.opens, tr("the first day")),
        (DayMarkKind.FILE_BY, window.file_by, tr("the day to act by")),
        (DayMarkKind.CLOSES, window.closes, tr("the last day")),
        (DayMarkKind.ARGUABLE, window.arguable_until, tr("the last day by a looser reading")),
    ):
        if day is not None:
            marks.append(DayMark(kind, day, text))
    for step in steps:
        if step.role is not Role.PLAIN and step.result is not None:
            kind = DayMarkKind.CAP if step.role is Role.CAP else DayMarkKind.FLOOR
            marks.append(DayMark(kind, step.result, step.sentence))
    order = list(DayMarkKind)
    return tuple(sorted(marks, key=lambda mark: (mark.day, order.index(mark.kind))))


def _days(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield dt.date.fromordinal(ordinal)
