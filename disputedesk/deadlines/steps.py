"""The trace while it is being made: steps that become sentences only when somebody reads them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.calendar import LAST_DAY, weekday_name
from disputedesk.deadlines.rule import Period, Unit
from disputedesk.deadlines.window import SkippedDay, Span, TraceStep
from disputedesk.deadlines.words import Role

_NAMED_AT_MOST = 12


@dataclasses.dataclass(slots=True)
class NoteStep:
    """A sentence that is ready."""

    about: str
    sentence: str
    result: int = 0
    binds: bool = True
    skipped: tuple[SkippedDay, ...] = ()
    role: Role = Role.PLAIN
    span: Span | None = None

    def finish(self) -> TraceStep:
        """The step as people read it."""
        return TraceStep(
            self.sentence, self.about, _date(self.result), self.binds, self.skipped,
            role=self.role, span=self.span,
        )  # fmt: skip


@dataclasses.dataclass(slots=True)
class CountStep:
    """A period counted from a day.

    Attributes:
        day: Ordinal counted from.
        what: How a sentence names that day.
        role: Whether the result is a cap, a floor, or the day itself.
        changed: For a cap or floor, whether it decided the result.
        year_end: Whether it counted from the end of the anchor's year.
    """

    about: str
    period: Period
    day: int
    what: str
    result: int
    binds: bool = True
    skipped: tuple[SkippedDay, ...] = ()
    role: Role = Role.PLAIN
    changed: bool = False
    year_end: bool = False
    span: Span | None = None

    def finish(self) -> TraceStep:
        """The step as people read it."""
        step = TraceStep(
            self._sentence(), self.about, _date(self.result), self.binds, self.skipped,
            role=self.role, span=self.span,
        )  # fmt: skip
        period = self.period
        if period.passed or period.first_day_counts or period.count == 0 or self.year_end:
            return step
        return dataclasses.replace(
            step, length=length_text(period), start=_date(self.day), what=self.what
        )

    def _sentence(self) -> str:
        day, what, result = day_name(self.day), self.what, day_name(self.result)
        if self.role is not Role.PLAIN:
            return self._limit_sentence(length_text(self.period), day, what, result)
        if self.period.passed:
            return tr(
                "The day after {day}, {what}: that day must have passed = {result}.",
                day=day, what=what, result=result,
            )  # fmt: skip
        if self.period.count == 0 and not self.year_end:
            return tr("{day} is {what}.", day=day, what=what)
        return self._count_sentence(length_text(self.period), day, what, result)

    def _count_sentence(self, length: str, day: str, what: str, result: str) -> str:
        if self.year_end:
            return tr(
                "{length} from the end of the year of {day}, {what} = {result}.",
                length=length, day=day, what=what, result=result,
            )  # fmt: skip
        if self.period.first_day_counts:
            return tr(
                "{length} from {day}, {what}, that day counted as the first = {result}.",
                length=length, day=day, what=what, result=result,
            )  # fmt: skip
        if self.skipped:
            skipped = skipped_text(self.skipped)
            return tr(
                "{length} from {day}, {what} = {result}; not counted: {skipped}.",
                length=length, day=day, what=what, result=result, skipped=skipped,
            )  # fmt: skip
        return tr(
            "{length} from {day}, {what} = {result}.",
            length=length, day=day, what=what, result=result,
        )  # fmt: skip

    def _limit_sentence(self, length: str, day: str, what: str, result: str) -> str:
        values = {"length": length, "day": day, "what": what, "result": result}
        if self.role is Role.CAP and self.changed:
            return tr("The cap of {length} from {day}, {what}, {result}, bites.", **values)
        if self.role is Role.CAP:
            return tr("The cap of {length} from {day}, {what}, {result}, does not bite.", **values)
        if self.changed:
            return tr(
                "Not before {length} from {day}, {what}: the day moves to {result}.", **values
            )
        return tr("Not before {length} from {day}, {what}, {result}: it is later anyway.", **values)


Step = NoteStep | CountStep


def length_text(period: Period) -> str:
    """A period in words: 120 days, 10 business days, 13 months."""
    count = period.count
    match period.unit:
        case Unit.DAYS:
            return trn("{count} day", "{count} days", count)
        case Unit.BUSINESS_DAYS:
            return trn("{count} business day", "{count} business days", count)
        case Unit.WEEKS:
            return trn("{count} week", "{count} weeks", count)
        case Unit.MONTHS:
            return trn("{count} month", "{count} months", count)
        case Unit.YEARS:
            return trn("{count} year", "{count} years", count)


def day_name(ordinal: int) -> str:
    """The day as people write it, or a word for one outside the calendar."""
    day = _date(ordinal)
    return tr("a day outside the calendar") if day is None else day_text(day)


def skipped_text(skipped: tuple[SkippedDay, ...]) -> str:
    """The days that did not count, each with its reason; very many are cut short with a count."""
    named = [_skipped_day_text(one) for one in skipped[:_NAMED_AT_MOST]]
    rest = len(skipped) - len(named)
    if rest:
        named.append(trn("and {count} more day", "and {count} more days", rest))
    return ", ".join(named)


def _skipped_day_text(one: SkippedDay) -> str:
    day = day_text(one.day, weekday=True)
    if one.reason == weekday_name(one.day.toordinal()):
        return day
    return tr("{day} ({reason})", day=day, reason=one.reason)


def _date(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if 0 < ordinal <= LAST_DAY else None
