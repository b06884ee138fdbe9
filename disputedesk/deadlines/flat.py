"""Shortcuts for the commonest shapes: days added to known facts, the later of two, one cap.

A shortcut gives the same day as the full closure and leaves no notes; where a fact is missing or a
trace is wanted it hands over to the full closure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from disputedesk.deadlines.counts import Node
from disputedesk.deadlines.rule import NO_LIMITS, Count, Expression, Unit
from disputedesk.deadlines.run import Run

Term: TypeAlias = tuple[str, int]
"""A date fact and the days added to it."""


def plain_term(expression: Expression) -> Term | None:
    """The fact and the days of a count without any option; nothing for anything else."""
    if not isinstance(expression, Count) or expression.limits != NO_LIMITS:
        return None
    period = expression.period
    plain = Count(expression.anchor, period, expression.zone)
    if expression != plain or period.unit is not Unit.DAYS:
        return None
    return expression.anchor, period.count - (period.first_day_counts and period.count > 0)


def plain_terms(expressions: Sequence[Expression]) -> tuple[Term, ...] | None:
    """The terms of expressions that are all plain counts; nothing where one is not."""
    terms = [plain_term(expression) for expression in expressions]
    found = tuple(term for term in terms if term is not None)
    return found if len(found) == len(terms) else None


def shortcut_pick(terms: tuple[Term, ...] | None, careful: Node, *, latest: bool) -> Node:
    """The later or earlier of two plain terms; `careful` itself where there are not two."""
    if terms is None or len(terms) != 2:
        return careful
    (first, first_days), (second, second_days) = terms

    def pick(run: Run) -> int:
        days = run.days
        if run.explain or first not in days or second not in days:
            return careful(run)
        one = days[first] + first_days
        other = days[second] + second_days
        return one if (one > other) is latest else other

    return pick


def shortcut_cap(node: Node, caps: tuple[Term, ...] | None, careful: Node) -> Node:
    """`node` under one plain cap; `careful` itself where there is not one cap alone."""
    if caps is None or len(caps) != 1:
        return careful
    name, shift = caps[0]

    def capped(run: Run) -> int:
        limit = run.days.get(name)
        if run.explain or limit is None:
            return careful(run)
        mark = len(run.assumed)
        day = node(run)
        if day <= 0 or len(run.assumed) != mark:
            del run.assumed[mark:]
            return careful(run)
        limit += shift
        return day if day < limit else limit

    return capped
