"""What the merchant answered to a dispute: the reply, its claims, and what answers each."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.model.ids import CaseId, DocumentId, ExhibitId, FilingId


@dataclasses.dataclass(frozen=True, slots=True)
class MerchantReply:
    """One reply of the other side, as bank or platform passed it on.

    Attributes:
        id: Its number; 0 before it is kept.
        filing: What it answers; `None` when nobody said.
        exhibit: The reply itself, kept as an exhibit; `None` while it is not in the desk.
        stage: Where the dispute stands with it, as `deadlines.words.Stage` names it.
        received_on: The day it came.
        answer_by: The last day the bank's letter sets; typed, never computed; `None` if none.
        document: The rebuttal that was made; `None` before.
        answered_on: The day the rebuttal went out; `None` before.
    """

    id: int
    case: CaseId
    received_on: dt.date
    stage: str = "response"
    filing: FilingId | None = None
    exhibit: ExhibitId | None = None
    answer_by: dt.date | None = None
    document: DocumentId | None = None
    answered_on: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Counterclaim:
    """One thing the merchant says against the dispute.

    Attributes:
        id: Its number; 0 before it is kept.
        number: From 1, in the order of the reply.
        text: What they say, shortened by whoever read it.
        page: Its page in the reply; `None` when not known.
        answer: What is said to it; empty while it is unanswered.
        exhibits: What answers it.
    """

    id: int
    reply: int
    number: int
    text: str
    page: int | None = None
    answer: str = ""
    exhibits: tuple[ExhibitId, ...] = ()

    @property
    def answered(self) -> bool:
        """Whether words or an exhibit stand against it."""
        return bool(self.answer.strip() or self.exhibits)
