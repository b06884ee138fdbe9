"""The plan of a case: what was filed already is no next step any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.case import Filing
from disputedesk.model.fact import Facts


def plan_for(
    rulebook: Rulebook,
    windows: tuple[Window, ...],
    facts: Facts,
    filings: Iterable[Filing],
    *,
    today: dt.date,
) -> Plan:
    """What can still be done, leaving out the rules that were filed under already.

    Args:
        rulebook: The rules.
        windows: All windows of the case.
        facts: What is known.
        filings: What was sent so far.
        today: The day it is.
    """
    filed = {filing.rule for filing in filings}
    left = tuple(window for window in windows if window.rule not in filed)
    return rulebook.plan(left, facts, today=today)
