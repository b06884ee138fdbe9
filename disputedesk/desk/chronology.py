"""The chronology of a case: its dated facts, money, filings and mails as neutral lines by day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.common.texts import language, mark, tr, trn
from disputedesk.desk.basis import CaseBasis
from disputedesk.model.case import Exhibit
from disputedesk.model.fact import Fact
from disputedesk.model.money import Money
from disputedesk.papers import spoken
from disputedesk.papers.bundle import ChronologyLine
from disputedesk.papers.steps import avenue_text

_EVENTS: Final = {
    "shipped_on": mark("The seller handed the goods to a carrier."),
    "dispatch_due_on": mark("Last day for the seller to ship."),
    "promised_by": mark("Last day that was promised for delivery."),
    "expected_delivery": mark("Day on which delivery was expected."),
    "last_scan_on": mark("Last event in the tracking."),
    "delivered_on": mark("The carrier reported delivery."),
    "received_on": mark("The buyer received the goods."),
    "confirmed_on": mark("Receipt was confirmed on the platform."),
    "order_closed_on": mark("The platform closed the order."),
    "cancelled_on": mark("The buyer cancelled."),
    "merchant_cancelled_on": mark("The seller cancelled."),
    "refund_processed_on": mark("A refund was processed."),
    "transaction_date": mark("The payment was made."),
    "processing_date": mark("The payment was processed."),
    "debit_date": mark("The account was debited."),
    "statement_sent_on": mark("The statement that shows the payment was sent."),
    "contacted_seller_on": mark("The buyer wrote to the seller."),
    "seller_refused_on": mark("The seller refused."),
    "return_asked_on": mark("The buyer asked to return the goods."),
    "demand_on": mark("The buyer made a formal demand to the seller."),
    "returned_on": mark("The buyer sent the goods back."),
    "return_delivered_on": mark("The return reached the seller."),
    "credit_voucher_on": mark("Date of the credit note."),
    "service_ended_on": mark("The service stopped."),
    "merchant_closed_on": mark("The merchant closed."),
    "withdrawn_on": mark("The buyer withdrew from the contract."),
    "platform_dispute_opened_on": mark("The buyer opened a dispute on the platform."),
    "platform_escalated_on": mark("The platform was asked to step in."),
    "platform_decided_on": mark("The platform decided."),
    "reported_on": mark("It was reported to the police."),
}
"""What the day of a fact says happened; a fact that is not named is no event."""

_SEEN: Final = {"mail": mark("E-mail: {caption}"), "exif": mark("Picture taken: {caption}")}
"""Dates of exhibits that are dates of events; a file's own time is not."""

_MAIL: Final = "message/rfc822"
_LONGEST: Final = 200
_MANY: Final = 3
"""So many pictures of one day are told in one line."""


def chronology_of(basis: CaseBasis) -> tuple[ChronologyLine, ...]:
    """What is known to have happened, oldest first; speaks the language in force.

    The user's narrative is not read: only what was recorded with a day counts.
    """
    lines = [*_order_lines(basis), *_fact_lines(basis), *_filing_lines(basis), *_exhibits(basis)]
    return tuple(sorted(dict.fromkeys(lines), key=lambda line: line.on))


def _order_lines(basis: CaseBasis) -> Iterator[ChronologyLine]:
    """The order itself and its money."""
    shown = _shown(basis, "order_page")
    order = basis.order.order
    if order.ordered_on is not None:
        yield ChronologyLine(
            order.ordered_on, tr("Order {number} was placed.", number=order.number), shown
        )
    statement = _shown(basis, "statement", "receipt")
    for payment in basis.order.payments:
        if payment.paid_on is None:
            continue
        amount = payment.amount
        told = tr("Payment of {amount}.", amount=spoken.money(amount, language()))
        if amount.minor < 0:
            back = Money(-amount.minor, amount.currency)
            told = tr("Refund of {amount}.", amount=spoken.money(back, language()))
        yield ChronologyLine(payment.paid_on, told, statement)


def _fact_lines(basis: CaseBasis) -> Iterator[ChronologyLine]:
    """The facts that are days, with the exhibit each was learned from."""
    paid = {payment.paid_on for payment in basis.order.payments}
    for fact in basis.order.recorded:
        said = _EVENTS.get(str(fact.name))
        on = fact.value
        if said is None or not isinstance(on, dt.date) or isinstance(on, dt.datetime):
            continue
        if fact.name == "transaction_date" and on in paid:
            continue
        yield ChronologyLine(on, tr(said), _learned_from(basis, fact))


def _filing_lines(basis: CaseBasis) -> Iterator[ChronologyLine]:
    """What was filed, and what came back."""
    for filing in basis.filings:
        avenue = avenue_text(filing.avenue, language())
        told = tr("Filed: {avenue}.", avenue=avenue)
        if filing.reference:
            told = tr("Filed: {avenue}, reference {reference}.", avenue=avenue,
                      reference=filing.reference)  # fmt: skip
        yield ChronologyLine(filing.filed_on, told)
        if filing.answered_on is not None:
            yield ChronologyLine(filing.answered_on, tr("Answer to: {avenue}.", avenue=avenue))


def _exhibits(basis: CaseBasis) -> Iterator[ChronologyLine]:
    """Mails and photos that say themselves when they were made; many photos of a day as one line.

    What came attached to a mail is no event of its own.
    """
    taken: dict[dt.date, list[Exhibit]] = {}
    for exhibit in _standing(basis):
        at, source = exhibit.captured, exhibit.evidence.captured_from
        if at is None or source not in _SEEN:
            continue
        if source == "exif":
            taken.setdefault(at.date(), []).append(exhibit)
        elif exhibit.evidence.media_type == _MAIL:
            yield _seen(exhibit, at.date())
    for on, exhibits in taken.items():
        if len(exhibits) < _MANY:
            yield from (_seen(exhibit, on) for exhibit in exhibits)
        else:
            yield _many_taken(exhibits, on)


def _seen(exhibit: Exhibit, on: dt.date) -> ChronologyLine:
    caption = (exhibit.caption or exhibit.evidence.name)[:_LONGEST]
    told = tr(_SEEN[exhibit.evidence.captured_from], caption=caption)
    return ChronologyLine(on, told, exhibit.number)


def _many_taken(exhibits: Sequence[Exhibit], on: dt.date) -> ChronologyLine:
    numbers = spoken.number_runs([exhibit.number for exhibit in exhibits])
    told = trn(
        "{count} picture taken: exhibits {numbers}.",
        "{count} pictures taken: exhibits {numbers}.",
        len(exhibits), numbers=numbers,
    )  # fmt: skip
    return ChronologyLine(on, told, exhibits[0].number)


def _standing(basis: CaseBasis) -> list[Exhibit]:
    return [exhibit for exhibit in basis.exhibits if exhibit.withdrawn_at is None]


def _shown(basis: CaseBasis, *kinds: str) -> int | None:
    """Number of the first exhibit of one of these kinds; `None` where there is none."""
    return next((each.number for each in _standing(basis) if each.kind in kinds), None)


def _learned_from(basis: CaseBasis, fact: Fact) -> int | None:
    """Number of the exhibit that a fact was learned from; `None` where none shows it."""
    found = (each.number for each in _standing(basis) if each.evidence.id == fact.source.evidence)
    return next(found, None)
