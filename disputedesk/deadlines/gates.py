"""What a gate asks at the least, by which packs are found instead of being asked one by one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from disputedesk.deadlines.rule import AllOf, AnyOf, Comparison, Condition, FactTest
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName

Test: TypeAlias = tuple[FactName, tuple[FactValue, ...]]
"""A fact and the values of which it has to be one."""


def least_tests(
    condition: Condition | None, width: Callable[[tuple[Test, ...]], int] = len
) -> tuple[Test, ...] | None:
    """Tests of which one has to be passed for `condition` to be true; `None` where none is known.

    Args:
        condition: The condition; `None` is one that is always true.
        width: How much such tests let through; of several that all have to be passed, the
            narrowest are given.
    """
    match condition:
        case FactTest(comparison=Comparison.IS | Comparison.IN):
            return ((condition.fact, condition.values),)
        case AllOf():
            found = [
                each for part in condition.parts if (each := least_tests(part, width)) is not None
            ]
            return min(found, key=width, default=None)
        case AnyOf():
            parts = [least_tests(part, width) for part in condition.parts]
            known = [each for each in parts if each is not None]
            if len(known) < len(parts):
                return None
            return tuple(test for each in known for test in each)
        case _:
            return None
