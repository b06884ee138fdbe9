"""How a rule counts, in sentences: its expressions and conditions as people read them."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from disputedesk.common.texts import day_text, language, mark, tr, trn
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Cases,
    Comparison,
    Condition,
    Count,
    Earliest,
    Expression,
    FactTest,
    FirstKnown,
    Fixed,
    Latest,
    Limits,
    Moment,
    NotThat,
    Period,
    Unit,
)
from disputedesk.deadlines.steps import length_text
from disputedesk.desk import words
from disputedesk.desk.facts import fact_label
from disputedesk.model.fact import FactKind, FactValue
from disputedesk.model.ids import FactName

_MOST_NAMED: Final = 8
_PLACES: Final = {
    "consumer": mark("the calendar of where you live"),
    "issuer": mark("the calendar of the bank's seat"),
    "seller": mark("the calendar of the seller's country"),
    "weekdays": mark("Monday to Friday, holidays not looked at"),
    "target": mark("the European Central Bank's calendar"),
    "us-fed": mark("the Federal Reserve's calendar"),
    "us-reg-z": mark("every day but Sundays and federal holidays"),
}
_TESTS: Final = {
    Comparison.IS: mark("{fact} is {value}"),
    Comparison.IN: mark("{fact} is one of: {value}"),
    Comparison.ABOVE: mark("{fact} is above {value}"),
    Comparison.AT_MOST: mark("{fact} is at most {value}"),
    Comparison.BELOW: mark("{fact} is below {value}"),
    Comparison.AT_LEAST: mark("{fact} is at least {value}"),
    Comparison.BEFORE: mark("{fact} is before {value}"),
    Comparison.AFTER: mark("{fact} is after {value}"),
    Comparison.NOT_BEFORE: mark("{fact} is not before {value}"),
    Comparison.NOT_AFTER: mark("{fact} is not after {value}"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class CountLine:
    """One line of how something is counted; `depth` says how far it is set in."""

    text: str
    depth: int = 0


@functools.cache
def country_name(code: str, spoken: str) -> str:
    """A country's name in a language; its code where nobody names it."""
    from babel import Locale

    return str(Locale.parse(spoken).territories.get(code, code))


def value_text(catalogue: FactCatalogue, name: str, value: FactValue) -> str:
    """A value in words, a country by its name."""
    definition = catalogue.find(name)
    if definition is not None and definition.kind is FactKind.COUNTRY and isinstance(value, str):
        return country_name(value, language())
    if isinstance(value, str) and name == "wallet":
        return words.wallet_title(value)
    if isinstance(value, str) and name == "platform":
        return words.platform_title(value)
    return words.fact_value_text(value)


class RuleTeller:
    """Tells expressions and conditions in the language in force.

    Args:
        catalogue: What the facts mean.
    """

    def __init__(self, catalogue: FactCatalogue) -> None:
        self._catalogue = catalogue

    # -- conditions

    def condition(self, condition: Condition) -> str:
        """A condition as a clause: "Paid with is card and Card network is Visa"."""
        match condition:
            case FactTest():
                return self._test(condition)
            case NotThat(FactTest(comparison=Comparison.KNOWN) as test):
                return self._known(test, wanted=not test.values[0])
            case NotThat():
                return tr("not ({condition})", condition=self.condition(condition.part))
            case AllOf():
                parts = _without_known(condition.parts)
                return tr(" and ").join(self._inner(part) for part in parts)
            case AnyOf():
                return tr(" or ").join(self._inner(part) for part in condition.parts)

    def _inner(self, part: Condition) -> str:
        """A part of a condition; one that has parts itself stands in brackets."""
        clause = self.condition(part)
        several = isinstance(part, AllOf | AnyOf) and len(_without_known(part.parts)) > 1
        return f"({clause})" if several else clause

    def _test(self, test: FactTest) -> str:
        if test.comparison is Comparison.KNOWN:
            return self._known(test, wanted=bool(test.values[0]))
        fact = tr("“{name}”", name=fact_label(self._catalogue, test.fact))
        if test.other:
            value = tr("“{name}”", name=fact_label(self._catalogue, test.other))
        else:
            value = self._values(test.fact, test.values)
        return tr(_TESTS[test.comparison], fact=fact, value=value)

    def _known(self, test: FactTest, *, wanted: bool) -> str:
        fact = tr("“{name}”", name=fact_label(self._catalogue, test.fact))
        return tr("{fact} is known", fact=fact) if wanted else tr("{fact} is not known", fact=fact)

    def _values(self, name: str, values: Sequence[FactValue]) -> str:
        told = [value_text(self._catalogue, name, value) for value in values]
        rest = len(told) - _MOST_NAMED
        if rest > 1:
            told = [*told[:_MOST_NAMED], trn("and {count} more", "and {count} more", rest)]
        return ", ".join(told)

    # -- expressions

    def lines(self, expression: Expression, depth: int = 0) -> tuple[CountLine, ...]:
        """How an expression counts, a line for each of its parts."""
        return tuple(self._lines(expression, depth))

    def _lines(self, expression: Expression, depth: int) -> Iterator[CountLine]:
        limits = expression.limits
        if limits.when is not None:
            clause = self.condition(limits.when)
            yield CountLine(tr("Only if {condition}:", condition=clause), depth)
            depth += 1
        match expression:
            case Count():
                yield from self._count(expression, depth)
            case Moment():
                yield from self._moment(expression, depth)
            case Fixed():
                text = tr("The day that was set: {day}.", day=day_text(expression.day))
                yield CountLine(text, depth)
            case Latest():
                yield from self._parts(tr("The latest of these:"), expression.parts, depth)
            case Earliest():
                yield from self._parts(tr("The earliest of these:"), expression.parts, depth)
            case FirstKnown():
                head = tr("The first of these that is known:")
                yield from self._parts(head, expression.parts, depth)
            case Cases():
                yield from self._cases(expression, depth)
        yield from self._limits(limits, depth)

    def _parts(self, head: str, parts: Iterable[Expression], depth: int) -> Iterator[CountLine]:
        yield CountLine(head, depth)
        for part in parts:
            yield from self._lines(part, depth + 1)

    def _cases(self, cases: Cases, depth: int) -> Iterator[CountLine]:
        for at, case in enumerate(cases.branches):
            if case.when is not None:
                clause = self.condition(case.when)
                head = tr("If {condition}:", condition=clause)
                yield CountLine(head, depth)
            elif at:
                yield CountLine(tr("Otherwise:"), depth)
            yield from self._lines(case.then, depth + 1)

    def _count(self, count: Count, depth: int) -> Iterator[CountLine]:
        if count.after is not None:
            length = length_text(count.period)
            yield CountLine(tr("{length} from the day found so:", length=length), depth)
            yield from self._lines(count.after, depth + 1)
        else:
            yield CountLine(self._counted(count), depth)
        yield from self._additions(count, depth + 1)

    def _counted(self, count: Count) -> str:
        period, what = count.period, self.phrase(count.anchor)
        length = length_text(period)
        if period.passed:
            return tr("The day after {what}: that day must have passed.", what=what)
        if count.year_end:
            return tr("{length} from the end of the year of {what}.", length=length, what=what)
        if period.count == 0:
            return tr("On {what} itself.", what=what)
        if period.first_day_counts:
            return tr("{length} from {what}, that day being the first.", length=length, what=what)
        return tr("{length} from {what}.", length=length, what=what)

    def _additions(self, count: Count, depth: int) -> Iterator[CountLine]:
        if count.period.unit is Unit.BUSINESS_DAYS:
            yield CountLine(self._by(count.period), depth)
        for name in count.plus:
            label = fact_label(self._catalogue, name)
            yield CountLine(tr("Longer by the days of “{fact}”.", fact=label), depth)
        if count.roll:
            calendar = calendar_text(count.roll)
            text = tr(
                "A last day on a free day moves to the next working day: {calendar}.",
                calendar=calendar,
            )
            yield CountLine(text, depth)
        if count.minimum_working_days:
            text = trn(
                "It holds at least {count} working day: {calendar}.",
                "It holds at least {count} working days: {calendar}.",
                count.minimum_working_days,
                calendar=calendar_text(count.minimum_calendar),
            )
            yield CountLine(text, depth)

    def _by(self, period: Period) -> str:
        calendar = calendar_text(period.calendar)
        return tr("Business days go by: {calendar}.", calendar=calendar)

    def _moment(self, moment: Moment, depth: int) -> Iterator[CountLine]:
        what = self.phrase(moment.anchor)
        if moment.days:
            text = trn(
                "{count} day after the very moment of {what}.",
                "{count} days after the very moment of {what}.",
                moment.days,
                what=what,
            )
        else:
            text = tr("The very moment: {what}.", what=what)
        yield CountLine(text, depth)
        for name in moment.plus:
            label = fact_label(self._catalogue, name)
            yield CountLine(tr("Longer by the days of “{fact}”.", fact=label), depth + 1)

    def _limits(self, limits: Limits, depth: int) -> Iterator[CountLine]:
        for head, parts in (
            (tr("But never later than:"), limits.not_after),
            (tr("But never before:"), limits.not_before),
        ):
            if parts:
                yield from self._parts(head, parts, depth)
        for waiver in limits.waived_when:
            clause = self.condition(waiver.when)
            text = tr(
                "No wait if {condition}: {reason}", condition=clause, reason=tr(waiver.because)
            )
            yield CountLine(text, depth)
        if limits.waived_if_past_close:
            yield CountLine(tr("No wait where it would end after the last day."), depth)
        if limits.note:
            yield CountLine(tr(limits.note), depth)

    def phrase(self, name: str) -> str:
        """How a sentence names a fact's day."""
        definition = self._catalogue.find(name)
        phrase = definition.phrase if definition is not None else ""
        label = fact_label(self._catalogue, FactName(name))
        return tr(phrase) if phrase else tr("“{name}”", name=label)


def _without_known(parts: tuple[Condition, ...]) -> tuple[Condition, ...]:
    """The parts, without "is known" of a fact that another part compares anyway."""
    compared = {
        part.fact
        for part in parts
        if isinstance(part, FactTest) and part.comparison is not Comparison.KNOWN
    }
    return tuple(
        part
        for part in parts
        if not (
            isinstance(part, FactTest)
            and part.comparison is Comparison.KNOWN
            and part.fact in compared
        )
    )


def calendar_text(name: str) -> str:
    """A calendar that rules name, in words: a placeholder, a country, or a special one."""
    if name in _PLACES:
        return tr(_PLACES[name])
    country, _, part = name.partition("-")
    land = country_name(country, language())
    return tr("the calendar of {place}", place=f"{land}, {part}" if part else land)
