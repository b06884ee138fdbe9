"""Chasers: the other side let a clock run out, which is the buyer's cue."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Sequence
from typing import Final

from disputedesk.common.texts import day_text, mark, tr
from disputedesk.deadlines.plan import Chaser
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Stage, Status

_LATE: Final = {
    Actor.SELLER: mark(
        "The seller had until {day} for this: “{title}”. Nothing on record says it was done."
    ),
    Actor.PLATFORM: mark(
        "The platform had until {day} for this: “{title}”. Nothing on record says it was done."
    ),
    Actor.BANK: mark(
        "The bank had until {day} for this: “{title}”. Nothing on record says it was done."
    ),
    Actor.REGULATOR: mark(
        "The office had until {day} for this: “{title}”. Nothing on record says it was done."
    ),
}
_FOLLOWING: Final = frozenset({Stage.ESCALATION, Stage.APPEAL})
_NOW: Final = frozenset({Status.OPEN, Status.CLOSING})


def chasers_of(
    windows: Sequence[Window], own: Sequence[Window], running: Collection[str] = ()
) -> tuple[Chaser, ...]:
    """What the other side let lapse, the latest first; an appeal is their choice, not their duty.

    Args:
        windows: One order's windows.
        own: The buyer's of them that can still be used.
        running: The avenues that were begun and have not ended.
    """
    late = [
        window
        for window in windows
        if window.actor in _LATE
        and window.stage is not Stage.APPEAL
        and window.status is Status.CLOSED
        and window.closes is not None
    ]
    late.sort(key=lambda window: (window.closes or dt.date.min, window.rule), reverse=True)
    return tuple(
        dataclasses.replace(_chaser(window, own), answers=str(window.avenue) in running)
        for window in late
    )


def _chaser(window: Window, own: Sequence[Window]) -> Chaser:
    late = tr(
        _LATE[window.actor],
        day=day_text(window.closes) if window.closes else "",
        title=window.title,
    )
    step = _opened_by(window, own)
    if step is None:
        follow = tr("If it was, record it; if not, remind them in writing.")
        return Chaser(window, f"{late} {follow}")
    follow = tr("If it was, record it; if not, “{title}” is open now.", title=step.title)
    return Chaser(window, f"{late} {follow}", step.rule)


def _opened_by(window: Window, own: Sequence[Window]) -> Window | None:
    """The buyer's later step on the same avenue, or the ombudsman above a silent bank.

    To a seller's duty by law the later step is the one at the seller, whoever the duty is owed by.
    """
    for step in own:
        later = step.avenue is window.avenue and step.stage in _FOLLOWING
        above = window.actor is Actor.BANK and step.avenue is Avenue.OMBUDSMAN
        again = window.actor is Actor.SELLER and step.avenue is Avenue.SELLER
        again = again and step.stage in _FOLLOWING
        if step.status in _NOW and step.stage is not window.stage and (later or above or again):
            return step
    return None
