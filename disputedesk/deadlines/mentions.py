"""Which facts a condition, an expression or a rule mentions."""

from __future__ import annotations

from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Cases,
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
    Rule,
)
from disputedesk.model.ids import FactName


def facts_of_condition(condition: Condition | None) -> tuple[FactName, ...]:
    """The facts a condition asks for, in its order, each once."""
    found: dict[FactName, None] = {}
    _collect_condition(condition, found)
    return tuple(found)


def _collect_condition(condition: Condition | None, found: dict[FactName, None]) -> None:
    match condition:
        case FactTest():
            found[condition.fact] = None
            if condition.other:
                found[condition.other] = None
        case AllOf() | AnyOf():
            for part in condition.parts:
                _collect_condition(part, found)
        case NotThat():
            _collect_condition(condition.part, found)
        case None:
            pass


def _collect_expression(expression: Expression | None, found: dict[FactName, None]) -> None:
    match expression:
        case None:
            return
        case Count() | Moment():
            if isinstance(expression, Count) and expression.after is not None:
                _collect_expression(expression.after, found)
            else:
                found[expression.anchor] = None
            found.update(dict.fromkeys(expression.plus))
        case Fixed():
            pass
        case Latest() | Earliest() | FirstKnown():
            for part in expression.parts:
                _collect_expression(part, found)
        case Cases():
            for branch in expression.branches:
                _collect_condition(branch.when, found)
                _collect_expression(branch.then, found)
    _collect_limits(expression.limits, found)


def _collect_limits(limits: Limits, found: dict[FactName, None]) -> None:
    _collect_condition(limits.when, found)
    for limit in (*limits.not_after, *limits.not_before):
        _collect_expression(limit, found)
    for waiver in limits.waived_when:
        _collect_condition(waiver.when, found)


def facts_of_rule(rule: Rule) -> tuple[FactName, ...]:
    """Every fact a rule can be moved by, each once, its gates first."""
    found: dict[FactName, None] = {}
    for condition in (rule.pack_concerns, rule.concerns, *(need.when for need in rule.applies)):
        _collect_condition(condition, found)
    if rule.valid is not None:
        found[rule.valid.by] = None
    for expression in (rule.opens, rule.closes, rule.arguable):
        _collect_expression(expression, found)
    for effect in (*rule.forfeits, *rule.consumes, *rule.requires, *rule.pauses):
        _collect_condition(effect.when, found)
        if effect.fact:
            found[effect.fact] = None
    return tuple(found)
