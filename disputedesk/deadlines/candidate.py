"""Windows that can still be used, with what each needs and what it would cost."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

from disputedesk.deadlines.status import CLOSING_DAYS
from disputedesk.deadlines.window import Effect, Window
from disputedesk.deadlines.words import Actor, Stage, Status
from disputedesk.model.ids import FactName

_LETTERS_TELL: Final = (FactName("reply_asked_by"), FactName("appeal_limit_on"))
"""Last days that only the other side's letter or decision names."""
_RETURN_ORDERED: Final = FactName("return_ordered")
_ANSWERS: Final = frozenset({Stage.RESPONSE, Stage.APPEAL})
NOW: Final = frozenset({Status.OPEN, Status.CLOSING})


@dataclasses.dataclass(frozen=True, slots=True)
class Candidate:
    """A window that can still be used, with what it needs and what it would cost.

    Attributes:
        unmet: Its requirements that are not fulfilled.
        gives_up: A sentence for each avenue, open, running or perhaps open, that it would end or
            freeze.
        ends: The open avenues it would end or freeze.
        stops: Whether it would end or freeze one that is running.
        act_by: The day to act by: the window's own, or a sooner one where the platform still holds
            the money and lets it go first.
        held_until: The day the platform lets the money go, where that is what sets `act_by`.
    """

    window: Window
    unmet: tuple[Effect, ...]
    gives_up: tuple[str, ...]
    ends: frozenset[str]
    stops: bool
    act_by: dt.date | None
    held_until: dt.date | None = None

    @property
    def is_asked(self) -> bool:
        """Whether the other side has spoken and the last day to answer stands in its letter."""
        return is_asked(self.window)

    def is_closing(self, today: dt.date) -> bool:
        """Whether there is a week or less to act; what opens within it counts too.

        A return that nobody is known to have ordered presses nobody.
        """
        window = self.window
        if is_conditional(window):
            return False
        if self.held_until is None and window.status not in {Status.NOT_YET, Status.UNKNOWN}:
            return window.status is Status.CLOSING
        return self.act_by is not None and (self.act_by - today).days <= CLOSING_DAYS


def is_conditional(window: Window) -> bool:
    """Whether it is a return that nobody is known to have ordered."""
    return window.stage is Stage.RETURN_GOODS and _RETURN_ORDERED in window.missing


def is_asked(window: Window) -> bool:
    """Whether it is an answer or appeal of the buyer's whose last day only a letter tells."""
    return asked_in(window) is not None


def asked_in(window: Window) -> FactName | None:
    """The fact that such a letter or decision tells; nothing where the window hangs on none."""
    unclear = window.status is Status.UNKNOWN and window.stage in _ANSWERS
    if window.actor is not Actor.BUYER or not unclear:
        return None
    return next((name for name in _LETTERS_TELL if name in window.missing), None)
