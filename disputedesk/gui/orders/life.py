"""The life of an order as a timeline: what happened, every window as a bar, today as a line."""

from __future__ import annotations

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor
from disputedesk.desk.views import LifeMark, OrderDetail
from disputedesk.gui.timeline import Lane, Mark, TimelineView
from disputedesk.gui.window_bars import bar_of

_MOST_LANES = 8


def life_of(detail: OrderDetail) -> TimelineView:
    """The timeline of an order; the plan's avenues first, then what else runs or ran."""
    return TimelineView(
        today=detail.today,
        life=tuple(
            Mark(mark.day, mark.text, strong=mark.kind in ("filing", "answer"))
            for mark in _without_repeats(detail.marks)
        ),
        lanes=_lanes(detail),
    )


def _without_repeats(marks: tuple[LifeMark, ...]) -> list[LifeMark]:
    seen: set[tuple[object, ...]] = set()
    result = []
    for mark in marks:
        if (mark.day, mark.text) not in seen:
            seen.add((mark.day, mark.text))
            result.append(mark)
    return result


def _lanes(detail: OrderDetail) -> tuple[Lane, ...]:
    lanes = []
    for window in detail.windows:
        step = detail.plan.step_of(window.rule)
        begun = window.rule in detail.plan.begun
        bar = bar_of(window, detail.today, step=step, begun=begun)
        if bar is not None:
            lanes.append(Lane(_title(window), (bar,)))
    return tuple(lanes[:_MOST_LANES])


def _title(window: Window) -> str:
    if window.actor is Actor.BUYER:
        return window.title
    return tr("{title} (theirs)", title=window.title)


def left_out(detail: OrderDetail) -> str:
    """What the picture does not show, in words; empty when it shows all."""
    rest = [window.title for window in detail.windows if bar_of(window, detail.today) is None]
    reasons = [
        tr("{title}: {reason}", title=window.title, reason=window.reason)
        for window in detail.windows
        if bar_of(window, detail.today) is None and window.reason
    ]
    return "\n".join(reasons or rest)


def spoken(detail: OrderDetail) -> str:
    """The life of an order in sentences, for a screen reader."""
    return ". ".join(f"{mark.text}: {day_text(mark.day)}" for mark in detail.marks)
