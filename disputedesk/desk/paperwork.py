"""A case as its papers are written from: what the letter's composer is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common import texts
from disputedesk.common.texts import tr
from disputedesk.deadlines.window import Window
from disputedesk.desk.basis import CaseBasis
from disputedesk.model.ids import RuleId
from disputedesk.papers.context import (
    Attempt,
    LetterContext,
    LetterExhibit,
    Proof,
    Recipient,
    proofs_from,
)
from disputedesk.papers.form import Form, RecipientKind

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_PROVES: dict[str, tuple[str, ...]] = {
    "order_page": (
        "order_number",
        "items",
        "ordered_on",
        "amount",
        "platform",
        "promised_by",
        "expected_delivery",
    ),
    "listing": ("goods_promised", "items"),
    "tracking": ("tracking_status", "tracking", "last_scan_on", "delivered_on", "not_received"),
    "chat": ("contact", "contacted_seller_on", "seller_answer", "contact_impossible"),
    "statement": (
        "transaction_date",
        "processing_date",
        "amount_charged",
        "descriptor",
        "merchant",
    ),
    "receipt": ("amount_charged", "correct_amount", "other_payment_on"),
    "photo": ("goods_received", "received_on", "counterfeit", "goods_missing"),
    "video": ("goods_received",),
    "fault": ("goods_received", "counterfeit"),
    "size": ("goods_received",),
    "serial": ("goods_received", "counterfeit"),
    "packaging": ("received_on", "goods_missing"),
    "timer": ("protection_ends_at",),
    "decision": ("platform_decided_on",),
    "cancellation": ("cancelled_on", "cancellation_method", "cancellation_number"),
    "return_proof": ("returned_on", "return_tracking", "return_carrier", "return_delivered_on"),
    "refund_promise": ("credit_voucher_on", "credit_promised"),
    "police_report": ("police_report", "reported_on"),
}
"""Which statements an exhibit of each kind shows, unless a fact says it was learned elsewhere."""


def letter_context(
    desk: Desk,
    basis: CaseBasis,
    form: Form,
    *,
    language: str,
    pages: Sequence[tuple[int, int]] = (),
    today: dt.date | None = None,
) -> LetterContext:
    """Everything a letter or dispute text of this case may say, in its own language.

    Args:
        desk: The desk.
        basis: The case.
        form: What is written.
        language: The paper's language, which may differ from the screen's.
        pages: For each exhibit in order, its first page in the bundle and how many it takes;
            empty while no bundle is planned.
        today: The day on the paper; `None` is the desk's.
    """
    day = today or desk.today
    with texts.using(language):
        window = _window(desk, basis, form, day)
        exhibits = tuple(
            LetterExhibit(exhibit, *(pages[place] if place < len(pages) else (None, None)))
            for place, exhibit in enumerate(basis.exhibits)
        )
        order = basis.order
        return LetterContext(
            client=order.client,
            case=basis.case,
            order=order.order,
            recipient=_recipient(basis, form),
            items=order.items,
            seller=order.order.seller,
            instrument=order.instrument,
            payments=order.payments,
            facts=order.facts,
            window=window,
            exhibits=exhibits,
            proofs=_proofs(basis, exhibits),
            attempts=_attempts(basis),
        )


def _window(desk: Desk, basis: CaseBasis, form: Form, today: dt.date) -> Window | None:
    """The window the paper acts under: of the form's own rules, the one that closes first."""
    windows = desk.rulebook.windows(basis.facts, today=today, explain=True)
    mine = [
        window
        for window in windows
        if form.serves(str(window.avenue), window.rule)
        and window.closes is not None
        and str(window.stage) == "first_filing"
        and str(window.actor) == "buyer"
    ]
    filed = {filing.rule for filing in basis.filings}
    fresh = [window for window in mine if RuleId(window.rule) not in filed]
    return min(fresh or mine, key=lambda w: w.closes or dt.date.max, default=None)


def _recipient(basis: CaseBasis, form: Form) -> Recipient:
    """The bank of the instrument for letters to an issuer; else what the form itself knows."""
    instrument = basis.order.instrument
    if form.recipient is not RecipientKind.ISSUER or instrument is None:
        return Recipient()
    reference = next((f.reference for f in reversed(basis.filings) if f.reference), "")
    return Recipient(
        name=instrument.issuer,
        address=instrument.issuer_address,
        country=instrument.issuer_country,
        reference=reference,
    )


def _proofs(basis: CaseBasis, exhibits: Sequence[LetterExhibit]) -> tuple[Proof, ...]:
    """What the facts' own sources prove, then what each kind of exhibit shows."""
    proofs = dict.fromkeys(proofs_from(basis.order.recorded, exhibits))
    claimed = {proof.claim for proof in proofs}
    for exhibit in basis.exhibits:
        for claim in _PROVES.get(exhibit.kind, ()):
            if claim not in claimed:
                proofs[Proof(claim, exhibit.number)] = None
    return tuple(proofs)


def _attempts(basis: CaseBasis) -> tuple[Attempt, ...]:
    """What was tried with seller and platform, oldest first."""
    facts = basis.facts
    attempts = []
    on = facts.get("contacted_seller_on")
    if isinstance(on, dt.date):
        chat = next((e.number for e in basis.exhibits if e.kind == "chat"), None)
        attempts.append(
            Attempt(
                on,
                str(facts.get("contact_channel") or tr("the platform's messages")),
                who=str(facts.get("contact_person") or tr("the seller")),
                answer=str(facts.get("seller_answer") or ""),
                exhibit=chat,
            )
        )
    attempts.extend(
        Attempt(filing.filed_on, tr("dispute on the platform"), answer=filing.answer)
        for filing in basis.filings
        if filing.avenue in {"platform_dispute", "wallet_claim"}
    )
    return tuple(sorted(attempts, key=lambda attempt: attempt.on))
