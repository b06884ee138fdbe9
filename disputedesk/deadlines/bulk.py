"""The days of windows for many orders: what `assess` answers, as numbers and without words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from typing import NamedTuple

from disputedesk.deadlines.assess import assess, concerned
from disputedesk.deadlines.calendar import Calendars
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.dating import dates_of
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.words import Status
from disputedesk.model.fact import Facts
from disputedesk.model.ids import RuleId


class DayWindow(NamedTuple):
    """One rule's days as ordinals; 0 where there is none.

    Attributes:
        resolved: `OPEN` where the days tell the status (see `status_by_days`), else `UNKNOWN` or
            `NOT_AVAILABLE`.
    """

    rule: RuleId
    resolved: Status
    opens: int
    closes: int
    file_by: int
    arguable_until: int


def assess_days(
    rules: RuleSet,
    facts: Facts,
    *,
    calendars: Calendars,
    catalogue: FactCatalogue,
    only: Container[RuleId] | None = None,
) -> list[DayWindow]:
    """The days of each concerned rule's window, in the order of the rules.

    Args:
        rules: The rules.
        facts: What is known of one order.
        calendars: Where business days come from.
        catalogue: What the facts mean.
        only: The rules wanted; `None` is all of them.
    """
    if rules.has_overrides:
        return _through_windows(rules, facts, calendars, catalogue, only)
    run = Run(facts, calendars, catalogue, explain=False)
    return [
        DayWindow(program.rule.id, *dates_of(program, run))
        for program in concerned(rules, run, only)
    ]


def _through_windows(
    rules: RuleSet,
    facts: Facts,
    calendars: Calendars,
    catalogue: FactCatalogue,
    only: Container[RuleId] | None,
) -> list[DayWindow]:
    """Where a rule sets another aside, which of the two stays depends on both windows."""
    windows = assess(
        rules,
        facts,
        today=dt.date.min,
        calendars=calendars,
        catalogue=catalogue,
        explain=False,
        only=only,
    )
    return [
        DayWindow(
            window.rule,
            _resolved(window.status, window.reason),
            _ordinal(window.opens),
            _ordinal(window.closes),
            _ordinal(window.file_by),
            _ordinal(window.arguable_until),
        )
        for window in windows
    ]


def _resolved(status: Status, reason: str) -> Status:
    if status is Status.NOT_AVAILABLE:
        return status
    return Status.UNKNOWN if reason else Status.OPEN


def _ordinal(day: dt.date | None) -> int:
    return 0 if day is None else day.toordinal()
