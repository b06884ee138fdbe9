"""A case as its papers are written from: what the letter's composer is given."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common import texts
from disputedesk.deadlines.window import Window
from disputedesk.desk.after_papers import counterclaims_of, refunds_shown
from disputedesk.desk.attempts import attempts_of
from disputedesk.desk.basis import CaseBasis
from disputedesk.desk.claims import PROVES
from disputedesk.desk.offering import acting_window
from disputedesk.desk.planning import plan_for
from disputedesk.papers.context import (
    LetterContext,
    LetterExhibit,
    Proof,
    Recipient,
    mandate_exhibit,
    proofs_from,
)
from disputedesk.papers.form import Form, RecipientKind

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def letter_context(
    desk: Desk,
    basis: CaseBasis,
    form: Form,
    *,
    language: str,
    pages: Sequence[tuple[int, int]] = (),
    today: dt.date | None = None,
    windows: Sequence[Window] | None = None,
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
        windows: The case's windows where they are known already, in the paper's language; `None`
            lets them be assessed.
    """
    day = today or desk.today
    with texts.using(language if language in texts.LANGUAGES else "en"):
        window = _window(desk, basis, form, day, windows)
        exhibits = tuple(
            LetterExhibit(exhibit, *(pages[place] if place < len(pages) else (None, None)))
            for place, exhibit in enumerate(basis.exhibits)
            if exhibit.withdrawn_at is None
        )
        order = basis.order
        context = LetterContext(
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
            attempts=attempts_of(basis, desk.forms, language),
            counterclaims=counterclaims_of(basis, exhibits),
            credits=basis.credits,
            filings=basis.filings,
            mandate=basis.mandates[-1] if basis.mandates else None,
        )
        return _helped(context, basis, day)


def _helped(context: LetterContext, basis: CaseBasis, day: dt.date) -> LetterContext:
    """`context` with whoever signs for the client on `day`: name, head, and the signed paper."""
    mandate = None if context.client.is_self else basis.mandate_on(day)
    if mandate is None:
        return context
    head = basis.letterhead
    paper = mandate_exhibit(mandate, context.exhibits)
    shown = () if paper is None else (Proof("mandate", paper.exhibit.number),)
    return dataclasses.replace(
        context,
        agent=mandate.agent,
        mandated_on=mandate.signed_on,
        letterhead=head if head is not None and head.is_of(mandate.agent) else None,
        proofs=context.proofs + shown,
    )


def _window(
    desk: Desk, basis: CaseBasis, form: Form, today: dt.date, known: Sequence[Window] | None
) -> Window | None:
    """The window or the lapsed clock the paper acts under."""
    windows = (
        desk.rulebook.windows(basis.facts, today=today, explain=True)
        if known is None
        else tuple(known)
    )
    plan = plan_for(
        desk.rulebook, windows, basis.facts, basis.filings, today=today,
        asked_since=basis.asked_since,
    )  # fmt: skip
    return acting_window(form, basis, windows, plan)


def _recipient(basis: CaseBasis, form: Form) -> Recipient:
    """Whom somebody chose for the case; else the bank of its card, or what the form knows."""
    reference = next((f.reference for f in reversed(basis.filings) if f.reference), "")
    chosen = next((a for a in basis.addressees if a.kind == form.recipient), None)
    if chosen is not None:
        return Recipient(
            chosen.name, chosen.department, chosen.address, chosen.country, reference, chosen.email
        )
    instrument = basis.order.instrument
    if form.recipient is not RecipientKind.ISSUER or instrument is None:
        return Recipient()
    return Recipient(
        name=instrument.issuer,
        address=instrument.issuer_address,
        country=instrument.issuer_country,
        reference=reference,
    )


def _proofs(basis: CaseBasis, exhibits: Sequence[LetterExhibit]) -> tuple[Proof, ...]:
    """What the facts' own sources prove and what somebody said, then what each kind shows.

    Of an exhibit that somebody said something of, its kind says nothing more.
    """
    proofs = dict.fromkeys(proofs_from(basis.order.recorded, exhibits))
    numbers = {shown.exhibit.id: shown.exhibit.number for shown in exhibits}
    proofs |= dict.fromkeys(refunds_shown(basis, numbers))
    said = [link for link in basis.claims if link.exhibit in numbers]
    proofs |= dict.fromkeys(Proof(link.claim, numbers[link.exhibit]) for link in said)
    spoken_of = {link.exhibit for link in said}
    claimed = {proof.claim for proof in proofs}
    for exhibit in (shown.exhibit for shown in exhibits):
        for claim in () if exhibit.id in spoken_of else PROVES.get(exhibit.kind, ()):
            if claim not in claimed:
                proofs[Proof(claim, exhibit.number)] = None
    return tuple(proofs)
