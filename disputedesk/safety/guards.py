"""Guards before a step that cannot be taken back: what it would cost, by window and by day.

The desk assesses the order as it is and as it would be after the step; a guard compares the two
lists of windows. It knows no rule and no number of days.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.common.texts import day_text, mark, tr
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Status
from disputedesk.model.money import Money
from disputedesk.model.money_words import money_text


class Step(enum.StrEnum):
    """A step that gives something up."""

    CONFIRM = "confirm"
    CANCEL_DISPUTE = "cancel_dispute"
    ACCEPT_OUTSIDE = "accept_outside"


@dataclasses.dataclass(frozen=True, slots=True)
class GuardNotice:
    """What is said before a step is taken.

    Attributes:
        stops: Whether the step must be asked about once more because something would be lost.
        headline: One sentence: what the step costs.
        losses: One sentence per window lost or shortened, and the sum at stake where known.
        until: The last day that would still be open on the platform after the step; `None` when
            none would be.
    """

    stops: bool
    headline: str
    losses: tuple[str, ...] = ()
    until: dt.date | None = None


_LIVE: Final = frozenset({Status.OPEN, Status.CLOSING, Status.NOT_YET, Status.UNKNOWN})
_PLATFORM: Final = frozenset(
    {Avenue.PLATFORM_DISPUTE, Avenue.PLATFORM_APPEAL, Avenue.PARCEL_PROTECTION}
)
_HEADLINES: Final = {
    Step.CONFIRM: (
        mark("Confirming receipt ends protection that is still running."),
        mark("Confirming receipt ends protection; on the platform you could act until {day}."),
    ),
    Step.CANCEL_DISPUTE: (
        mark("Cancelling the dispute may be final: nothing on the platform would stay open."),
        mark("Cancelling the dispute gives something up; the platform stays open until {day}."),
    ),
    Step.ACCEPT_OUTSIDE: (
        mark("Money outside the platform would cost you the platform's protection."),
        mark("Money outside the platform is not seen by it; the platform stays open until {day}."),
    ),
}
_NOTHING: Final = {
    Step.CONFIRM: mark("No window known here is lost by confirming."),
    Step.CANCEL_DISPUTE: mark("No window known here is lost by cancelling the dispute."),
    Step.ACCEPT_OUTSIDE: mark("No window is lost at once, but the platform cannot see the money."),
}


def confirm_guard(
    before: Sequence[Window], after: Sequence[Window], *, amount: Money | None = None
) -> GuardNotice:
    """What confirming receipt now would cost.

    Args:
        before: The order's windows as things are.
        after: The windows as they would be with receipt confirmed today.
        amount: The sum held for the order; `None` when unknown.
    """
    return guard(Step.CONFIRM, before, after, amount=amount)


def cancel_guard(
    before: Sequence[Window], after: Sequence[Window], *, amount: Money | None = None
) -> GuardNotice:
    """What cancelling the open dispute now would cost."""
    return guard(Step.CANCEL_DISPUTE, before, after, amount=amount)


def outside_guard(
    before: Sequence[Window], after: Sequence[Window], *, amount: Money | None = None
) -> GuardNotice:
    """What taking a refund outside the platform would cost; it always stops."""
    notice = guard(Step.ACCEPT_OUTSIDE, before, after, amount=amount)
    return dataclasses.replace(notice, stops=True)


def guard(
    step: Step, before: Sequence[Window], after: Sequence[Window], *, amount: Money | None = None
) -> GuardNotice:
    """What `step` would cost, by comparing the windows without and with it."""
    losses = tuple(_losses(before, after))
    until = _platform_until(after)
    if not losses:
        return GuardNotice(False, tr(_NOTHING[step]), (), until)
    none, some = _HEADLINES[step]
    headline = tr(none) if until is None else tr(some, day=day_text(until))
    if amount is not None:
        losses = (*losses, tr("{amount} is at stake.", amount=money_text(amount)))
    return GuardNotice(True, headline, losses, until)


def _losses(before: Sequence[Window], after: Sequence[Window]) -> Iterator[str]:
    """One sentence per buyer's window that closes, closes earlier, or vanishes."""
    later = {(w.rule, w.code, w.stage): w for w in after if w.actor is Actor.BUYER}
    for window in before:
        if window.actor is not Actor.BUYER or window.status not in _LIVE:
            continue
        then = later.get((window.rule, window.code, window.stage))
        if then is None or then.status not in _LIVE:
            yield _lost(window)
        elif _ends_earlier(window, then):
            yield _shortened(window, then)


def _lost(window: Window) -> str:
    if window.closes is None:
        return tr("{title}: open now, closed then.", title=window.title)
    return tr("{title}: open until {day} now, closed then.",
              title=window.title, day=day_text(window.closes))  # fmt: skip


def _shortened(window: Window, then: Window) -> str:
    assert then.closes is not None
    day = day_text(then.closes)
    if window.closes is None:
        return tr("{title}: would close on {day}.", title=window.title, day=day)
    if window.closes == then.closes:
        return tr("{title}: would close earlier on {day}.", title=window.title, day=day)
    return tr("{title}: would close on {then} instead of {now}.",
              title=window.title, then=day, now=day_text(window.closes))  # fmt: skip


def _ends_earlier(now: Window, then: Window) -> bool:
    if then.closes is None:
        return False
    if now.closes is None:
        return now.status is not Status.UNKNOWN
    if now.closes == then.closes and now.closes_at and then.closes_at:
        return then.closes_at < now.closes_at
    return then.closes < now.closes


def _platform_until(after: Sequence[Window]) -> dt.date | None:
    """The last day of the buyer's own windows on the platform."""
    days = [
        window.closes
        for window in after
        if window.actor is Actor.BUYER
        and window.avenue in _PLATFORM
        and window.status in {Status.OPEN, Status.CLOSING, Status.NOT_YET}
        and window.closes is not None
    ]
    return max(days, default=None)
