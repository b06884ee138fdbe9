"""A case as its papers are written from: what the letter's composer is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common import texts
from disputedesk.deadlines.window import Window
from disputedesk.desk.basis import CaseBasis
from disputedesk.desk.claims import PROVES
from disputedesk.model.credit import CreditKind
from disputedesk.model.ids import ExhibitId, RuleId
from disputedesk.papers.context import (
    Attempt,
    Counterpoint,
    LetterContext,
    LetterExhibit,
    Proof,
    Recipient,
    proofs_from,
)
from disputedesk.papers.form import Form, RecipientKind
from disputedesk.papers.frame import words

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_SUM_OF: Final = {
    CreditKind.PROVISIONAL: "amount_provisional",
    CreditKind.FINAL: "amount_credited",
}
"""What the proof of a line of the ledger of refunds proves of its sums."""


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
        said = words(language).channels
        exhibits = tuple(
            LetterExhibit(exhibit, *(pages[place] if place < len(pages) else (None, None)))
            for place, exhibit in enumerate(basis.exhibits)
            if exhibit.withdrawn_at is None
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
            attempts=_attempts(basis, said),
            counterclaims=_counterclaims(basis, exhibits),
            credits=basis.credits,
            filings=basis.filings,
        )


def _window(desk: Desk, basis: CaseBasis, form: Form, today: dt.date) -> Window | None:
    """The window the paper acts under: of the form's own rules, the one that closes first."""
    windows = desk.rulebook.windows(basis.facts, today=today, explain=True)
    mine = [
        window
        for window in windows
        if form.serves(str(window.avenue), window.rule)
        and window.closes is not None
        and str(window.stage) in form.stages
        and str(window.actor) == "buyer"
    ]
    filed = {filing.rule for filing in basis.filings}
    fresh = [window for window in mine if RuleId(window.rule) not in filed]
    return min(fresh or mine, key=lambda w: w.closes or dt.date.max, default=None)


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
    proofs |= dict.fromkeys(_shown_after_filing(basis, numbers))
    said = [link for link in basis.claims if link.exhibit in numbers]
    proofs |= dict.fromkeys(Proof(link.claim, numbers[link.exhibit]) for link in said)
    spoken_of = {link.exhibit for link in said}
    claimed = {proof.claim for proof in proofs}
    for exhibit in (shown.exhibit for shown in exhibits):
        for claim in () if exhibit.id in spoken_of else PROVES.get(exhibit.kind, ()):
            if claim not in claimed:
                proofs[Proof(claim, exhibit.number)] = None
    return tuple(proofs)


def _counterclaims(basis: CaseBasis, exhibits: Sequence[LetterExhibit]) -> tuple[Counterpoint, ...]:
    """What the reply says that is answered next: the newest that waits, else the newest."""
    waiting = [reply for reply in basis.replies if reply.answered_on is None] or basis.replies
    numbers = {shown.exhibit.id: shown.exhibit.number for shown in exhibits}
    return tuple(
        Counterpoint(
            claim.number, claim.text, claim.page, claim.answer,
            tuple(numbers[each] for each in claim.exhibits if each in numbers),
        )
        for claim in (basis.claims_of(waiting[-1].id) if waiting else ())
    )  # fmt: skip


def _shown_after_filing(basis: CaseBasis, numbers: Mapping[ExhibitId, int]) -> Iterator[Proof]:
    """What shows each line of the ledger of refunds, by its place there."""
    for place, credit in enumerate(basis.credits, 1):
        number = None if credit.exhibit is None else numbers.get(credit.exhibit)
        if number is not None:
            yield Proof(f"credit.{place}", number)
            if credit.kind in _SUM_OF:
                yield Proof(_SUM_OF[credit.kind], number)


def _attempts(basis: CaseBasis, said: Mapping[str, str]) -> tuple[Attempt, ...]:
    """What was tried with seller and platform, oldest first."""
    facts = basis.facts
    attempts = []
    on = facts.get("contacted_seller_on")
    if isinstance(on, dt.date):
        standing = (e for e in basis.exhibits if e.withdrawn_at is None)
        chat = next((e.number for e in standing if e.kind == "chat"), None)
        attempts.append(
            Attempt(
                on,
                str(facts.get("contact_channel") or said["chat"]),
                who=str(facts.get("contact_person") or said["seller"]),
                answer=str(facts.get("seller_answer") or ""),
                exhibit=chat,
            )
        )
    attempts.extend(
        Attempt(filing.filed_on, said["platform"], answer=filing.answer)
        for filing in basis.filings
        if filing.avenue in {"platform_dispute", "wallet_claim"}
    )
    return tuple(sorted(attempts, key=lambda attempt: attempt.on))
