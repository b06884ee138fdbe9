"""What a rule says, part by part in words, so that two editions of it can be laid side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from disputedesk.common.texts import day_text, mark, tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Cases,
    Comparison,
    Condition,
    Consequence,
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
    Rule,
    Validity,
)
from disputedesk.deadlines.steps import length_text
from disputedesk.deadlines.window import Source

_COMPARED: Final = {
    Comparison.IS: mark("{fact} is {value}"),
    Comparison.IN: mark("{fact} is one of {value}"),
    Comparison.ABOVE: mark("{fact} is above {value}"),
    Comparison.AT_MOST: mark("{fact} is at most {value}"),
    Comparison.BELOW: mark("{fact} is below {value}"),
    Comparison.AT_LEAST: mark("{fact} is at least {value}"),
    Comparison.BEFORE: mark("{fact} is before {value}"),
    Comparison.AFTER: mark("{fact} is after {value}"),
    Comparison.NOT_BEFORE: mark("{fact} is not before {value}"),
    Comparison.NOT_AFTER: mark("{fact} is not after {value}"),
}


def parts_of_rule(rule: Rule, catalogue: FactCatalogue) -> dict[str, str]:
    """Every part of a rule that can differ, by its name in words; empty where it says nothing."""
    say = _Wording(catalogue)
    return {
        tr("Title"): tr(rule.title),
        tr("Code"): rule.code,
        tr("Summary"): tr(rule.summary),
        tr("Avenue"): f"{rule.avenue}, {rule.stage}, {rule.actor}",
        tr("Layer"): str(rule.layer),
        tr("Problems"): ", ".join(sorted(rule.problems)),
        tr("First day"): say.expression(rule.opens),
        tr("Last day"): say.expression(rule.closes),
        tr("Looser reading"): say.expression(rule.arguable),
        tr("Time to spare"): "" if rule.margin is None else length_text(rule.margin),
        tr("Holds"): say.validity(rule.valid),
        tr("Concerns"): say.condition(rule.concerns),
        tr("Pack concerns"): say.condition(rule.pack_concerns),
        tr("Needs"): _lines(
            f"{say.condition(need.when)} ({tr(need.otherwise)})" for need in rule.applies
        ),
        tr("Counts when"): str(rule.effective_when),
        tr("Gives up"): say.effects(rule.forfeits),
        tr("Uses up"): say.effects(rule.consumes),
        tr("Asks for"): say.effects(rule.requires),
        tr("Pauses"): say.effects(rule.pauses),
        tr("Checklist"): _lines(tr(item.text) for item in rule.checklist),
        tr("Confidence"): str(rule.confidence),
        tr("Sources"): _lines(source_words(source) for source in rule.sources),
        tr("Stands beside"): rule.overrides,
        tr("May be looser"): tr("yes") if rule.looser_on_purpose else "",
    }


def source_words(source: Source) -> str:
    """A source with its edition and the day it was last read."""
    parts = [tr(source.title), source.edition, day_text(source.checked_on), source.url]
    return ", ".join(part for part in parts if part)


def _lines(texts: Iterable[str]) -> str:
    return "; ".join(texts)


class _Wording:
    """Expressions and conditions in words; the names of facts come from the catalogue."""

    def __init__(self, catalogue: FactCatalogue) -> None:
        self._catalogue = catalogue

    def _day(self, name: str) -> str:
        definition = self._catalogue.find(name)
        return tr(definition.phrase) if definition and definition.phrase else name

    def expression(self, expression: Expression | None) -> str:
        """Which day an expression means."""
        if expression is None:
            return ""
        return self._limited(self._core(expression), expression.limits)

    def _core(self, expression: Expression) -> str:
        match expression:
            case Count():
                return self._count(expression)
            case Moment():
                instant = self._day(expression.anchor)
                if not expression.days:
                    return tr("the moment of {fact}", fact=instant)
                days = length_text(Period(expression.days))
                return tr("{length} after the moment of {fact}", length=days, fact=instant)
            case Fixed():
                return day_text(expression.day)
            case Latest():
                return tr("the latest of: {days}", days=self._parts(expression.parts))
            case Earliest():
                return tr("the earliest of: {days}", days=self._parts(expression.parts))
            case FirstKnown():
                return tr("the first that is known of: {days}", days=self._parts(expression.parts))
            case Cases():
                return _lines(
                    self.expression(case.then)
                    if case.when is None
                    else tr(
                        "if {condition}: {day}",
                        condition=self.condition(case.when),
                        day=self.expression(case.then),
                    )
                    for case in expression.branches
                )

    def _parts(self, parts: Sequence[Expression]) -> str:
        return _lines(f"({number}) {self.expression(part)}" for number, part in enumerate(parts, 1))

    def _count(self, count: Count) -> str:
        after = count.after
        start = self._day(count.anchor) if after is None else f"({self.expression(after)})"
        period = count.period
        if period.passed:
            text = tr("the day after {fact}", fact=start)
        elif period.count == 0:
            text = start
        else:
            text = tr("{length} from {fact}", length=length_text(period), fact=start)
        details = [
            tr("that day counted") if period.first_day_counts else "",
            tr("calendar {name}", name=period.calendar) if period.calendar else "",
            tr("from the end of that year") if count.year_end else "",
            tr("moved on to a working day ({name})", name=count.roll) if count.roll else "",
            tr("days of {name}", name=count.zone) if count.zone != "consumer" else "",
            *(tr("longer by {fact}", fact=name) for name in count.plus),
        ]
        told = ", ".join(detail for detail in details if detail)
        return f"{text} ({told})" if told else text

    def _limited(self, text: str, limits: Limits) -> str:
        more = [
            *(tr("not after {day}", day=self.expression(each)) for each in limits.not_after),
            *(tr("not before {day}", day=self.expression(each)) for each in limits.not_before),
            *(
                tr("no wait if {condition}", condition=self.condition(each.when))
                for each in limits.waived_when
            ),
            tr("no wait past the last day") if limits.waived_if_past_close else "",
            tr("only if {condition}", condition=self.condition(limits.when)) if limits.when else "",
            tr(limits.note) if limits.note else "",
        ]
        return ", ".join([text, *(each for each in more if each)])

    def condition(self, condition: Condition | None) -> str:
        """When a condition is true."""
        match condition:
            case None:
                return ""
            case FactTest():
                return self._test(condition)
            case NotThat():
                return tr("not ({condition})", condition=self.condition(condition.part))
            case AllOf():
                return self._joined(condition.parts, tr("and"))
            case AnyOf():
                return self._joined(condition.parts, tr("or"))

    def _joined(self, parts: Sequence[Condition], word: str) -> str:
        told: Callable[[Condition], str] = self.condition
        return f" {word} ".join(
            f"({told(part)})" if isinstance(part, AllOf | AnyOf) else told(part) for part in parts
        )

    @staticmethod
    def _test(test: FactTest) -> str:
        if test.comparison is Comparison.KNOWN:
            text = mark("{fact} is known") if test.values[0] else mark("{fact} is not known")
            return tr(text, fact=test.fact)
        value = test.other or ", ".join(str(value) for value in test.values)
        return tr(_COMPARED[test.comparison], fact=test.fact, value=value)

    def validity(self, valid: Validity | None) -> str:
        """For which days a rule holds."""
        if valid is None:
            return ""
        first = tr("from {day}", day=day_text(valid.first)) if valid.first else ""
        last = tr("until {day}", day=day_text(valid.last)) if valid.last else ""
        days = " ".join(part for part in (first, last) if part)
        return tr("by {fact}: {days}", fact=self._day(valid.by), days=days)

    def effects(self, effects: Sequence[Consequence]) -> str:
        """What filing does to other avenues."""
        return _lines(tr(effect.text) for effect in effects)
