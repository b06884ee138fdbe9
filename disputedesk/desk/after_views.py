"""What is shown of a case after filing: replies with their claims, refunds, every event.

Frozen values that queries give; the words in them are in the language that was in force.
"""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.model.case import Document, Exhibit, Filing
from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.credit_ledger import Balance
from disputedesk.model.money import Money
from disputedesk.model.reply import Counterclaim, MerchantReply


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of the merchant beside what answers it.

    Attributes:
        exhibits: What answers it, by number; withdrawn ones are left out.
    """

    claim: Counterclaim
    exhibits: tuple[Exhibit, ...]

    @property
    def answered(self) -> bool:
        """Whether words or a standing exhibit stand against it."""
        return bool(self.claim.answer.strip() or self.exhibits)


@dataclasses.dataclass(frozen=True, slots=True)
class ReplyView:
    """One reply of the other side.

    Attributes:
        title: What it is: "Merchant's reply", "Pre-arbitration".
        filing: What it answers; `None` when nobody said.
        exhibit: The reply itself; `None` while it is not in the desk.
        document: The rebuttal that was made; `None` before.
        form: The form that answers it; empty where there is none.
    """

    reply: MerchantReply
    title: str
    claims: tuple[ClaimRow, ...]
    filing: Filing | None
    exhibit: Exhibit | None
    document: Document | None
    form: str

    @property
    def waits(self) -> bool:
        """Whether it has to be answered still."""
        return self.reply.answered_on is None

    @property
    def unanswered(self) -> tuple[ClaimRow, ...]:
        """The claims nothing stands against."""
        return tuple(row for row in self.claims if not row.answered)

    def days_left(self, today: dt.date) -> int | None:
        """Days until the day their letter sets, below 0 once it has passed; `None` if unknown."""
        by = self.reply.answer_by
        return None if by is None else (by - today).days


@dataclasses.dataclass(frozen=True, slots=True)
class CreditRow:
    """One line of the ledger of refunds.

    Attributes:
        left: Of a promise, what has not come; `None` for other lines and for kept promises.
        late: How many days a promise is late; 0 where it is not.
        said: How late it is, one sentence; empty where it is not.
    """

    credit: Credit
    exhibit: Exhibit | None
    filing: Filing | None
    left: Money | None = None
    late: int = 0
    said: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class AfterLine:
    """One thing that happened after filing.

    Attributes:
        kind: `filing`, `answer`, `reply`, `rebuttal` or `credit`.
        text: One sentence.
        detail: What they wrote, or a reference; may be empty.
    """

    day: dt.date
    kind: str
    text: str
    detail: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class AfterView:
    """A case after filing.

    Attributes:
        balances: How the ledger of refunds stands, one line for each currency.
        still_out: What was asked and is not back for good; `None` when no source said a sum.
        lines: What happened, newest first.
        cautions: What to know before the case is closed, whole sentences.
    """

    replies: tuple[ReplyView, ...] = ()
    credits: tuple[CreditRow, ...] = ()
    balances: tuple[Balance, ...] = ()
    still_out: Money | None = None
    lines: tuple[AfterLine, ...] = ()
    cautions: tuple[str, ...] = ()

    @property
    def waiting(self) -> ReplyView | None:
        """The reply to answer next: the one whose day comes first, one without a day before all."""
        open_ones = [view for view in self.replies if view.waits]
        return min(open_ones, key=lambda view: view.reply.answer_by or dt.date.min, default=None)

    @property
    def provisional(self) -> tuple[Money, ...]:
        """What the bank gave for the time being and may take back."""
        return tuple(each.provisional for each in self.balances if each.provisional.minor)

    @property
    def final(self) -> tuple[Money, ...]:
        """What is back for good."""
        return tuple(each.final for each in self.balances if each.final.minor)

    @property
    def late(self) -> tuple[CreditRow, ...]:
        """Promises whose day has passed."""
        return tuple(row for row in self.credits if row.late)

    @property
    def is_empty(self) -> bool:
        """Whether nothing has happened yet."""
        return not (self.replies or self.credits or self.lines)

    def of_kind(self, kind: CreditKind) -> tuple[CreditRow, ...]:
        """The lines of one kind."""
        return tuple(row for row in self.credits if row.credit.kind is kind)
