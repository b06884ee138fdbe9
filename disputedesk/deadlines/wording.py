"""The texts of a rule in one language: title, checklist, and what filing does to other avenues."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from disputedesk.common.texts import tr
from disputedesk.deadlines.rule import (
    Cases,
    Condition,
    Consequence,
    Count,
    Expression,
    Fixed,
    Moment,
    Rule,
)
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.truth import FALSE, compile_condition
from disputedesk.deadlines.window import ChecklistItem, Effect, Source


@dataclasses.dataclass(frozen=True, slots=True)
class WordedEffect:
    """An effect in words, with the condition under which it is told."""

    effect: Effect
    truth: Callable[[Run], int] | None


@dataclasses.dataclass(frozen=True, slots=True)
class RuleWords:
    """A rule's texts in one language."""

    title: str
    checklist: tuple[ChecklistItem, ...]
    sources: tuple[Source, ...]
    forfeits: tuple[WordedEffect, ...]
    consumes: tuple[WordedEffect, ...]
    requires: tuple[WordedEffect, ...]
    pauses: tuple[WordedEffect, ...]


def words_of_rule(rule: Rule) -> RuleWords:
    """The rule's texts in the language in force."""
    return RuleWords(
        title=tr(rule.title),
        checklist=tuple(dataclasses.replace(item, text=tr(item.text)) for item in rule.checklist),
        sources=_all_sources(rule),
        forfeits=_worded(rule.forfeits),
        consumes=_worded(rule.consumes),
        requires=_worded(rule.requires),
        pauses=_worded(rule.pauses),
    )


def effects_now(effects: tuple[WordedEffect, ...], run: Run) -> tuple[Effect, ...]:
    """The effects whose condition is not false."""
    if not effects:
        return ()
    return tuple(
        worded.effect for worded in effects if worded.truth is None or worded.truth(run) != FALSE
    )


def _worded(consequences: tuple[Consequence, ...]) -> tuple[WordedEffect, ...]:
    return tuple(
        WordedEffect(Effect(one.avenue, tr(one.text), one.fact), _truth(one.when))
        for one in consequences
    )


def _truth(condition: Condition | None) -> Callable[[Run], int] | None:
    return None if condition is None else compile_condition(condition)


def _all_sources(rule: Rule) -> tuple[Source, ...]:
    found = dict.fromkeys(rule.sources)
    for expression in (rule.opens, rule.closes, rule.arguable):
        _collect(expression, found)
    return tuple(found)


def _collect(expression: Expression | None, found: dict[Source, None]) -> None:
    if expression is None:
        return
    limits = expression.limits
    found.update(dict.fromkeys(limits.sources))
    inner: tuple[Expression | None, ...]
    match expression:
        case Count():
            inner = (expression.after,)
        case Moment() | Fixed():
            inner = ()
        case Cases():
            inner = tuple(case.then for case in expression.branches)
        case _:
            inner = expression.parts
    for part in (*inner, *limits.not_after, *limits.not_before):
        _collect(part, found)
