"""What a reader of mails is given, and what it gives back."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.common.texts import tr
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import Draft, DraftFact, Place
from disputedesk.intake.mail.letter import Letter
from disputedesk.intake.mail.senders import SenderMatch
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName


@dataclasses.dataclass(frozen=True, slots=True)
class MailSource:
    """A believed letter of a known sender.

    Attributes:
        place: Where its drafts are said to be read.
        warnings: What every draft of it has to say.
    """

    letter: Letter
    match: SenderMatch
    place: Place
    warnings: tuple[str, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day it was sent, in its sender's zone."""
        return self.letter.day

    @property
    def order(self) -> DayOrder | None:
        """How its sender writes dates in figures."""
        return self.match.site.order


@dataclasses.dataclass(frozen=True, slots=True)
class Drafted:
    """What a reader made of a mail.

    Attributes:
        event: What the mail tells; empty when no word of it is known.
        whole: Whether nothing that belongs to such a mail was missing.
        why: What was missing, one sentence; else empty.
    """

    event: str
    drafts: tuple[Draft, ...] = ()
    whole: bool = False
    why: str = ""
    remedy: str = ""


def make_facts(**values: FactValue | None) -> tuple[DraftFact, ...]:
    """Draft facts of the values that are known."""
    return tuple(
        DraftFact(FactName(name), value) for name, value in values.items() if value is not None
    )


def undated() -> tuple[str, str]:
    """Why a mail without any date is only half of use, and what to do about it."""
    why = tr("The mail has no date, so the day of what it tells is not known.")
    return why, tr("Enter the day by hand.")
