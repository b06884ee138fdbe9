"""The plan of a case: what was filed already is no next step any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Status
from disputedesk.model.case import Filing
from disputedesk.model.fact import Facts

if TYPE_CHECKING:
    from disputedesk.desk.rulebook import Rulebook


def plan_for(
    rulebook: Rulebook,
    windows: tuple[Window, ...],
    facts: Facts,
    filings: Iterable[Filing],
    *,
    today: dt.date,
) -> Plan:
    """What can still be done, leaving out what was filed already and what was answered.

    Args:
        rulebook: The rules.
        windows: All windows of the case.
        facts: What is known.
        filings: What was sent so far.
        today: The day it is.
    """
    sent = tuple(filings)
    filed = {filing.rule for filing in sent}
    answered = {filing.avenue for filing in sent if filing.answered_on is not None}
    waiting = {filing.avenue for filing in sent if filing.answered_on is None}
    over = answered - waiting
    left = tuple(
        window
        for window in windows
        if window.rule not in filed and not (_is_lapsed(window) and window.avenue in over)
    )
    return rulebook.plan(left, facts, today=today)


def _is_lapsed(window: Window) -> bool:
    """Whether it is a clock of the other side that has run out."""
    return window.actor is not Actor.BUYER and window.status is Status.CLOSED
