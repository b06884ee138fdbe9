"""The engine's windows as bars of a timeline: the same look in an order and in a case."""

from __future__ import annotations

import datetime as dt

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.plan import PlanStep
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.gui.chips import tone_of
from disputedesk.gui.dates import short_day
from disputedesk.gui.timeline import Bar, BarLook
from disputedesk.gui.tokens import Tone

_LOOKS = {
    Status.NOT_YET: BarLook.NOT_YET,
    Status.UNKNOWN: BarLook.NOT_YET,
    Status.CLOSED: BarLook.CLOSED,
}


def bar_of(
    window: Window, today: dt.date, *, step: PlanStep | None = None, begun: bool = False
) -> Bar | None:
    """The bar of `window`; `None` where there is nothing to draw.

    Args:
        window: What is drawn.
        today: Tells how urgent it is.
        step: Its step of the plan, which may have a sooner day to act by than the window's own.
        begun: Whether its step was made already, so that its days press nobody.
    """
    if window.status is Status.NOT_AVAILABLE or (window.opens is None and window.closes is None):
        return None
    act_by = window.file_by or window.closes
    if step is not None and step.last_safe_day is not None:
        act_by = step.last_safe_day
    tone = tone_of(window.status, act_by, today, theirs=window.actor is not Actor.BUYER)
    return Bar(
        opens=window.opens,
        closes=window.closes,
        text=tr("filed") if begun else _words(window, today, step),
        tip=why_text(window),
        tone=Tone.WAIT if begun else tone,
        look=BarLook.CLOSED if begun else _LOOKS.get(window.status, BarLook.RUNNING),
        key=window,
        short="" if begun else _fewer(window, today, step),
    )


def _words(window: Window, today: dt.date, step: PlanStep | None) -> str:
    if window.status is Status.NOT_YET and window.opens is not None:
        return tr("from {day}", day=short_day(window.opens, today))
    if window.closes is None:
        return words.status_word(window.status)
    if window.status is Status.CLOSED:
        return tr("closed {day}", day=short_day(window.closes, today))
    if window.actor is not Actor.BUYER:
        day = short_day(window.closes, today)
        return tr("{who}: until {day}", who=words.actor_word(window.actor), day=day)
    if step is not None and step.held_until is not None and step.last_safe_day is not None:
        return tr(
            "file by {file_by}, protection ends {end}",
            file_by=short_day(step.last_safe_day, today),
            end=short_day(step.held_until, today),
        )
    if window.file_by is not None and window.file_by != window.closes:
        return tr(
            "file by {file_by}, closes {closes}",
            file_by=short_day(window.file_by, today),
            closes=short_day(window.closes, today),
        )
    return tr("until {day}", day=short_day(window.closes, today))


def _fewer(window: Window, today: dt.date, step: PlanStep | None) -> str:
    """The day that matters most, alone."""
    if step is not None and step.held_until is not None and step.last_safe_day is not None:
        return tr("file by {day}", day=short_day(step.last_safe_day, today))
    return short_day(window.closes, today) if window.closes else ""


def why_text(window: Window, *, most: int = 6) -> str:
    """Why a window stands where it stands: its title, its steps that decided, and who says so."""
    lines = [window.title]
    lines += [step.sentence for step in window.because if step.binds][:most]
    lines += [assumed.text for assumed in window.assumed]
    if window.reason:
        lines.append(window.reason)
    lines += [
        tr(
            "Source: {title}, checked {day}",
            title=source.title,
            day=day_text(source.checked_on),
        )
        for source in window.sources[:2]
    ]
    return "\n".join(lines)
