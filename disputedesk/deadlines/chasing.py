"""Chasers: the other side let a clock run out, which is the buyer's cue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import day_text, mark, tr
from disputedesk.deadlines.plan_values import Chaser
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Stage, Status

_LATE: Final = {
    Actor.SELLER: mark("The seller had until {day} for “{title}”, and no answer is recorded."),
    Actor.PLATFORM: mark("The platform had until {day} for “{title}”, and no answer is recorded."),
    Actor.BANK: mark("The bank had until {day} for “{title}”, and no answer is recorded."),
    Actor.REGULATOR: mark("The office had until {day} for “{title}”, and no answer is recorded."),
}
_FOLLOWING: Final = (Stage.ESCALATION, Stage.APPEAL, Stage.FIRST_FILING)
_NOW: Final = frozenset({Status.OPEN, Status.CLOSING})


def chasers_of(windows: Sequence[Window], own: Sequence[Window]) -> tuple[Chaser, ...]:
    """What the other side let lapse, the latest first; an appeal is their choice, not their duty.

    Args:
        windows: One order's windows.
        own: The buyer's of them that can still be used.
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
    return tuple(_chaser(window, own) for window in late)


def _chaser(window: Window, own: Sequence[Window]) -> Chaser:
    late = tr(
        _LATE[window.actor],
        day=day_text(window.closes) if window.closes else "",
        title=window.title,
    )
    step = _opened_by(window, own)
    if step is None:
        follow = tr("If they have answered, record it; if not, remind them in writing.")
        return Chaser(window, f"{late} {follow}")
    follow = tr(
        "If they have answered, record it; if not, “{title}” is open now.", title=step.title
    )
    return Chaser(window, f"{late} {follow}", step.rule)


def _opened_by(window: Window, own: Sequence[Window]) -> Window | None:
    """The buyer's next step on the same avenue, or the complaint above a silent bank."""
    for stage in _FOLLOWING:
        for step in own:
            same = step.avenue is window.avenue and step.stage is stage
            if same and step.status in _NOW and stage is not window.stage:
                return step
    return None
