"""What a rule says, part by part in words, so that two editions of it can be laid side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import Condition, Consequence, Expression, Rule, Validity
from disputedesk.deadlines.steps import length_text
from disputedesk.deadlines.window import Source
from disputedesk.desk.rule_words import RuleTeller


def parts_of_rule(rule: Rule, catalogue: FactCatalogue) -> dict[str, str]:
    """Every part of a rule that can differ, by its name in words; empty where it says nothing."""
    teller = RuleTeller(catalogue)

    def expression(spec: Expression | None) -> str:
        return "" if spec is None else " ".join(line.text for line in teller.lines(spec))

    def condition(spec: Condition | None) -> str:
        return "" if spec is None else teller.condition(spec)

    return {
        tr("Title"): tr(rule.title),
        tr("Code"): rule.code,
        tr("Summary"): tr(rule.summary),
        tr("Avenue"): f"{rule.avenue}, {rule.stage}, {rule.actor}",
        tr("Layer"): str(rule.layer),
        tr("Problems"): ", ".join(sorted(rule.problems)),
        tr("First day"): expression(rule.opens),
        tr("Last day"): expression(rule.closes),
        tr("Looser reading"): expression(rule.arguable),
        tr("Time to spare"): "" if rule.margin is None else length_text(rule.margin),
        tr("Holds"): _validity(teller, rule.valid),
        tr("Concerns"): condition(rule.concerns),
        tr("Pack concerns"): condition(rule.pack_concerns),
        tr("Needs"): _lines(
            f"{teller.condition(need.when)} ({tr(need.otherwise)})" for need in rule.applies
        ),
        tr("Counts when"): str(rule.effective_when),
        tr("Gives up"): _effects(rule.forfeits),
        tr("Uses up"): _effects(rule.consumes),
        tr("Asks for"): _effects(rule.requires),
        tr("Pauses"): _effects(rule.pauses),
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


def _validity(teller: RuleTeller, valid: Validity | None) -> str:
    """For which days a rule holds."""
    if valid is None:
        return ""
    first = tr("from {day}", day=day_text(valid.first)) if valid.first else ""
    last = tr("until {day}", day=day_text(valid.last)) if valid.last else ""
    days = " ".join(part for part in (first, last) if part)
    return tr("by {fact}: {days}", fact=teller.phrase(valid.by), days=days)


def _effects(effects: Sequence[Consequence]) -> str:
    """What filing does to other avenues."""
    return _lines(tr(effect.text) for effect in effects)
