"""A window's days as lines of words: the same in commands, in copied text and read aloud."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Final

from disputedesk.common.texts import day_text, mark, tr, trn
from disputedesk.deadlines.days import (
    CountedDay,
    DayCount,
    DayMark,
    DayMarkKind,
    DayState,
    SkipCause,
)

_MARKS: Final = {
    DayMarkKind.ANCHOR: mark("counted from"),
    DayMarkKind.OPENS: mark("first day"),
    DayMarkKind.FILE_BY: mark("act by"),
    DayMarkKind.ROLLED_FROM: mark("moved on"),
    DayMarkKind.ROLLED_TO: mark("moved here"),
    DayMarkKind.CLOSES: mark("last day"),
    DayMarkKind.CAP: mark("cap"),
    DayMarkKind.FLOOR: mark("not before"),
    DayMarkKind.ARGUABLE: mark("arguable until"),
    DayMarkKind.TODAY: mark("today"),
}
_SPELT: Final = frozenset({DayMarkKind.ANCHOR, DayMarkKind.ROLLED_FROM})
"""Marks whose own sentence is said, not only their name."""


@dataclasses.dataclass(frozen=True, slots=True)
class DayLine:
    """Days in a row that are the same to the count, as words.

    Attributes:
        days: The day, or the first and the last of them.
        numbers: Which days of the count they are; empty where they do not count.
        text: What they are to the count, and what happens on them.
    """

    days: str
    numbers: str
    text: str


def mark_name(kind: DayMarkKind) -> str:
    """What a day is marked as, in one to three words."""
    return tr(_MARKS[kind])


def state_text(day: CountedDay) -> str:
    """What a day is to the count, in words."""
    match day.state:
        case DayState.BEFORE:
            return tr("before the count")
        case DayState.ANCHOR:
            return tr("day 0")
        case DayState.COUNTED:
            return tr("counts")
        case DayState.SKIPPED:
            return tr("does not count: {reason}", reason=day.reason)
        case DayState.ADDED:
            return day.reason
        case DayState.AFTER:
            return tr("after the last day")


def head_text(count: DayCount) -> str:
    """How many days count and how many do not, in a sentence."""
    counted = trn("{count} day counts", "{count} days count", count.counted)
    if not count.skipped:
        return tr("{counted}, none is left out.", counted=counted)
    return tr(
        "{counted}, {skipped}.",
        counted=counted,
        skipped=trn("{count} does not", "{count} do not", len(count.skipped)),
    )


def mark_text(one: DayMark) -> str:
    """A mark in words, with its own sentence where that says more than its name."""
    name = mark_name(one.kind)
    if one.kind not in _SPELT:
        return name
    return tr("{name}: {text}", name=name, text=one.text)


def day_sentence(day: CountedDay, marks: tuple[DayMark, ...]) -> str:
    """One day whole, for a tool tip and a screen reader."""
    parts = [day_text(day.day, weekday=True)]
    if day.number:
        parts.append(tr("day {number} of the count", number=day.number))
    else:
        parts.append(state_text(day))
    if day.state is DayState.BEFORE and day.usable:
        parts.append(tr("you can act already"))
    parts += [one.text for one in marks]
    if not day.sure:
        parts.append(tr("not settled yet"))
    if day.margin:
        parts.append(tr("after the day to act by, kept in reserve"))
    return ", ".join(parts)


def day_lines(count: DayCount) -> tuple[DayLine, ...]:
    """The days as lines: days that are the same stand together, marked days alone."""
    marked: dict[dt.date, list[DayMark]] = {}
    for one in count.marks:
        marked.setdefault(one.day, []).append(one)
    return tuple(_line(run, marked) for run in _runs(count.days, set(marked)))


def outside_marks(count: DayCount) -> tuple[DayMark, ...]:
    """The marks on days that the count does not reach: a cap far ahead, today before it."""
    inside = {day.day for day in count.days}
    return tuple(one for one in count.marks if one.day not in inside)


def _runs(days: tuple[CountedDay, ...], alone: set[dt.date]) -> Iterator[list[CountedDay]]:
    run: list[CountedDay] = []
    for day in days:
        if run and (day.day in alone or run[-1].day in alone or not _alike(run[-1], day)):
            yield run
            run = []
        run.append(day)
    if run:
        yield run


def _alike(one: CountedDay, other: CountedDay) -> bool:
    weekend = one.cause is SkipCause.WEEKDAY and other.cause is SkipCause.WEEKDAY
    same = (one.state, one.usable, one.sure) == (other.state, other.usable, other.sure)
    on = not other.number or other.number == one.number + 1
    return same and on and (weekend or one.reason == other.reason)


def _line(run: list[CountedDay], marked: dict[dt.date, list[DayMark]]) -> DayLine:
    first, last = run[0], run[-1]
    days = day_text(first.day, weekday=True)
    numbers = str(first.number) if first.number else ""
    if first is not last:
        days = tr("{first} – {last}", first=days, last=day_text(last.day, weekday=True))
        numbers = f"{first.number}–{last.number}" if first.number else ""
    reasons = ", ".join(dict.fromkeys(day.reason for day in run))
    parts = [state_text(dataclasses.replace(first, reason=reasons))]
    parts += [mark_text(one) for one in marked.get(first.day, ())]
    if not first.sure:
        parts.append(tr("not settled yet"))
    return DayLine(days, numbers, "; ".join(dict.fromkeys(parts)))
