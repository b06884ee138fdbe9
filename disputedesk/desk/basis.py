"""One order or case with everything that windows and papers rest on, read in one snapshot."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.desk.known import known_facts
from disputedesk.model.addressee import Addressee
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import Case, CaseNote, Document, Exhibit, Filing
from disputedesk.model.credit import Credit
from disputedesk.model.evidence import ClaimLink
from disputedesk.model.fact import Fact, Facts
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.model.order import Client, Instrument, Item, Order, Payment
from disputedesk.model.posting import Posting
from disputedesk.model.reply import Counterclaim, MerchantReply

if TYPE_CHECKING:
    from disputedesk.store.transaction import StoreTransaction


@dataclasses.dataclass(frozen=True, slots=True)
class OrderBasis:
    """An order with its people, money and facts.

    Attributes:
        recorded: Its current facts, those of the case first where there is one.
        facts: All that is known, the order's own values included.
    """

    order: Order
    client: Client
    items: tuple[Item, ...]
    payments: tuple[Payment, ...]
    instrument: Instrument | None
    recorded: tuple[Fact, ...]
    facts: Facts
    cases: tuple[Case, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class CaseBasis:
    """A case with its order and everything kept for it.

    Attributes:
        claims: What somebody said its exhibits prove, in printing order.
        addressees: Whom it writes to, at most one of each kind.
        replies: What came from the other side, oldest first.
        counterclaims: What these claim, by reply and number.
        credits: Its ledger of refunds, by day.
        postings: When and how its papers went out, paper by paper.
        mandates: What its client signed, oldest first.
        letterhead: The head letters for clients take; `None` without one.
    """

    case: Case
    order: OrderBasis
    filings: tuple[Filing, ...]
    exhibits: tuple[Exhibit, ...]
    documents: tuple[Document, ...]
    notes: tuple[CaseNote, ...]
    claims: tuple[ClaimLink, ...] = ()
    addressees: tuple[Addressee, ...] = ()
    replies: tuple[MerchantReply, ...] = ()
    counterclaims: tuple[Counterclaim, ...] = ()
    credits: tuple[Credit, ...] = ()
    postings: tuple[Posting, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    letterhead: Letterhead | None = None

    def mandate_on(self, day: dt.date) -> Mandate | None:
        """The newest mandate that holds on `day`; `None` where nobody may sign for the client."""
        standing = [mandate for mandate in self.mandates if mandate.holds_on(day)]
        return standing[-1] if standing else None

    @property
    def facts(self) -> Facts:
        """All that is known of the case and its order."""
        return self.order.facts

    @property
    def asked_since(self) -> dt.date | None:
        """The day the newest reply came that waits for an answer; `None` where none waits."""
        waiting = [each.received_on for each in self.replies if each.answered_on is None]
        return max(waiting, default=None)

    def claims_of(self, reply: int) -> tuple[Counterclaim, ...]:
        """What one of its replies claims, by number."""
        return tuple(claim for claim in self.counterclaims if claim.reply == reply)


def read_order(rows: StoreTransaction, order_id: OrderId, case: Case | None = None) -> OrderBasis:
    """An order as it stands; with a case, the case's own facts go first.

    Raises:
        NotFound: There is no such order.
    """
    order = rows.orders.get(order_id)
    client = rows.clients.get(order.client)
    payments = rows.payments.list(order_id)
    number = next((each.instrument for each in payments if each.instrument is not None), None)
    instrument = None if number is None else rows.instruments.get(number)
    recorded = rows.facts.current(order_id, None if case is None else case.id)
    return OrderBasis(
        order=order,
        client=client,
        items=rows.items.list(order_id),
        payments=payments,
        instrument=instrument,
        recorded=recorded,
        facts=known_facts(
            order, client, instrument=instrument, payments=payments, recorded=recorded, case=case
        ),
        cases=rows.cases.of_order(order_id),
    )


def read_case(rows: StoreTransaction, case_id: CaseId) -> CaseBasis:
    """A case as it stands.

    Raises:
        NotFound: There is no such case.
    """
    case = rows.cases.get(case_id)
    documents = rows.documents.list(case_id)
    replies = rows.merchant_replies.of_case(case_id)
    return CaseBasis(
        case=case,
        order=read_order(rows, case.order, case),
        filings=rows.filings.list(case_id),
        exhibits=rows.exhibits.list(case_id),
        documents=documents,
        notes=rows.notes.list(case_id),
        claims=rows.exhibits.claims(case_id),
        addressees=rows.addressees.of_case(case_id),
        replies=replies,
        counterclaims=tuple(c for r in replies for c in rows.counterclaims.of_reply(r.id)),
        credits=rows.credits.of_case(case_id),
        postings=tuple(p for d in documents for p in rows.postings.of_document(d.id)),
        mandates=rows.mandates.of_client(case.client),
        letterhead=next((head for head in rows.letterheads.list() if head.standard), None),
    )
