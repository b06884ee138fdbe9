"""The plan of a case: what was filed already is no next step any more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Stage, Status
from disputedesk.model.case import Filing
from disputedesk.model.fact import Facts

if TYPE_CHECKING:
    from disputedesk.desk.rulebook import Rulebook

_ANSWERS: Final = frozenset({Stage.RESPONSE, Stage.PRE_ARBITRATION, Stage.ARBITRATION})
"""The stages at which a filing answers something that came."""


def plan_for(
    rulebook: Rulebook,
    windows: tuple[Window, ...],
    facts: Facts,
    filings: Iterable[Filing],
    *,
    today: dt.date,
    asked_since: dt.date | None = None,
) -> Plan:
    """What can still be done, leaving out what was filed already and what was answered.

    Args:
        rulebook: The rules.
        windows: All windows of the case.
        facts: What is known.
        filings: What was sent so far.
        today: The day it is.
        asked_since: The day the newest reply came that waits for an answer: an answer given before
            it does not answer it. `None` where none waits.
    """
    sent = tuple(filings)
    filed = {filing.rule for filing in sent if not _is_asked_again(filing, asked_since)}
    answered = {filing.avenue for filing in sent if filing.answered_on is not None}
    waiting = {filing.avenue for filing in sent if filing.answered_on is None}
    over = answered - waiting
    left = tuple(
        window
        for window in windows
        if window.rule not in filed and not (_is_lapsed(window) and window.avenue in over)
    )
    return rulebook.plan(left, facts, today=today)


def _is_asked_again(filing: Filing, asked_since: dt.date | None) -> bool:
    """Whether it answered an earlier reply than the one that waits now."""
    return asked_since is not None and filing.stage in _ANSWERS and filing.filed_on <= asked_since


def _is_lapsed(window: Window) -> bool:
    """Whether it is a clock of the other side that has run out."""
    return window.actor is not Actor.BUYER and window.status is Status.CLOSED
