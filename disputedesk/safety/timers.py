"""An order's timer, as a message check needs it, and what it means in words."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.model.money import Money
from disputedesk.model.money_words import money_text


@dataclasses.dataclass(frozen=True, slots=True)
class OrderTimer:
    """What is at stake for the order a message belongs to; all figures come from the desk.

    Attributes:
        protection_ends_at: When the platform's protection ends, aware; `None` when unknown.
        now: The present instant, aware.
        closes_after_confirming: The last day to open a dispute if receipt were confirmed now;
            `None` when unknown or when confirming ends every claim.
        amount: The sum held for the order; `None` when unknown.
        today: The day in the client's zone; `None` takes the day of `now` in its own zone.
    """

    protection_ends_at: dt.datetime | None
    now: dt.datetime
    closes_after_confirming: dt.date | None = None
    amount: Money | None = None
    today: dt.date | None = None

    @property
    def day(self) -> dt.date:
        """Today for the client."""
        return self.today or self.now.date()

    @property
    def left(self) -> dt.timedelta | None:
        """Time until protection ends, negative when it ended; `None` when unknown."""
        return None if self.protection_ends_at is None else self.protection_ends_at - self.now

    @property
    def has_ended(self) -> bool:
        """Whether protection is known to have ended."""
        return self.left is not None and self.left <= dt.timedelta(0)


def left_text(left: dt.timedelta) -> str:
    """A span as people say it, rounded down: 3 d 4 h, 5 h 10 min, 12 min."""
    minutes = max(0, int(left.total_seconds()) // 60)
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        return tr("{days} d {hours} h", days=days, hours=hours)
    if hours:
        return tr("{hours} h {minutes} min", hours=hours, minutes=minutes % 60)
    return tr("{minutes} min", minutes=minutes)


def confirm_headline(timer: OrderTimer | None) -> str:
    """What confirming would do to this order, in one sentence."""
    if timer is None or timer.left is None:
        return tr("Do not confirm receipt: confirming ends the protection of your money.")
    if timer.has_ended:
        start = tr("Do not confirm: protection has ended, and confirming gives up what is left")
    else:
        start = tr("Do not confirm: protection ends in {left}, and now if you confirm",
                   left=left_text(timer.left))  # fmt: skip
    closes = timer.closes_after_confirming
    if closes is None or closes < timer.day:
        return tr("{start}.", start=start)
    rest = trn("{count} day remains to open a dispute, until {day}",
               "{count} days remain to open a dispute, until {day}",
               (closes - timer.day).days, day=day_text(closes))  # fmt: skip
    return tr("{start}; {rest}.", start=start, rest=rest)


def stake_text(timer: OrderTimer | None) -> str:
    """What is held for the order, one sentence; empty when the sum is unknown."""
    if timer is None or timer.amount is None:
        return ""
    return tr("{amount} is at stake.", amount=money_text(timer.amount))
