"""Conditions as closures: true, false, or unknown where a fact is missing."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable
from typing import Final, TypeAlias

from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactTest,
    NotThat,
)
from disputedesk.deadlines.run import Run
from disputedesk.model.fact import FactValue
from disputedesk.model.money import Money

TRUE: Final = 1
FALSE: Final = 0
MAYBE: Final = -1
"""Not known."""

Truth: TypeAlias = Callable[[Run], int]

_ORDER: Final[dict[Comparison, Callable[[int, int], bool]]] = {
    Comparison.ABOVE: operator.gt,
    Comparison.AT_MOST: operator.le,
    Comparison.BELOW: operator.lt,
    Comparison.AT_LEAST: operator.ge,
    Comparison.BEFORE: operator.lt,
    Comparison.AFTER: operator.gt,
    Comparison.NOT_BEFORE: operator.ge,
    Comparison.NOT_AFTER: operator.le,
}


def compile_condition(condition: Condition) -> Truth:
    """The condition as a function of a run, giving `TRUE`, `FALSE` or `MAYBE`."""
    match condition:
        case FactTest():
            return _compile_test(condition)
        case NotThat():
            part = compile_condition(condition.part)
            return lambda run: -1 if (verdict := part(run)) < 0 else 1 - verdict
        case AllOf():
            return _compile_all(tuple(compile_condition(part) for part in condition.parts))
        case AnyOf():
            return _compile_any(tuple(compile_condition(part) for part in condition.parts))


def _compile_all(parts: tuple[Truth, ...]) -> Truth:
    def all_of(run: Run) -> int:
        verdict = TRUE
        for part in parts:
            found = part(run)
            if found == FALSE:
                return FALSE
            if found < 0:
                verdict = MAYBE
        return verdict

    return all_of


def _compile_any(parts: tuple[Truth, ...]) -> Truth:
    def any_of(run: Run) -> int:
        verdict = FALSE
        for part in parts:
            found = part(run)
            if found == TRUE:
                return TRUE
            if found < 0:
                verdict = MAYBE
        return verdict

    return any_of


def _compile_test(test: FactTest) -> Truth:
    name = test.fact
    if test.comparison is Comparison.KNOWN:
        wanted = bool(test.values[0])
        return lambda run: int((name in run.facts) is wanted)
    if test.comparison in {Comparison.IS, Comparison.IN}:
        return _compile_membership(name, test.values)
    if test.other:
        return _compile_dates(name, test.other, _ORDER[test.comparison])
    return _compile_order(name, test.values[0], _ORDER[test.comparison])


def _compile_membership(name: str, values: tuple[FactValue, ...]) -> Truth:
    wanted = frozenset(values)

    def is_among(run: Run) -> int:
        value = run.facts.get(name)
        return MAYBE if value is None else int(value in wanted)

    return is_among


def _compile_dates(name: str, other: str, compare: Callable[[int, int], bool]) -> Truth:
    def compare_days(run: Run) -> int:
        left, right = run.known_day(name), run.known_day(other)
        return int(compare(left, right)) if left and right else MAYBE

    return compare_days


def _compile_order(name: str, limit: FactValue, compare: Callable[[int, int], bool]) -> Truth:
    if isinstance(limit, Money):
        return _compile_money(name, limit, compare)
    if isinstance(limit, dt.date):
        bound = limit.toordinal()

        def compare_day(run: Run) -> int:
            day = run.known_day(name)
            return int(compare(day, bound)) if day else MAYBE

        return compare_day

    def compare_number(run: Run) -> int:
        value = run.facts.get(name)
        if not isinstance(value, int) or not isinstance(limit, int):
            return MAYBE
        return int(compare(value, limit))

    return compare_number


def _compile_money(name: str, limit: Money, compare: Callable[[int, int], bool]) -> Truth:
    def compare_sum(run: Run) -> int:
        value = run.facts.get(name)
        if not isinstance(value, Money) or value.currency != limit.currency:
            return MAYBE
        return int(compare(value.minor, limit.minor))

    return compare_sum
