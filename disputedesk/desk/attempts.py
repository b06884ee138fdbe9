"""What was tried with seller and platform: from facts, filings, postings, replies and notes."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Final

from disputedesk.desk.basis import CaseBasis
from disputedesk.desk.contact_notes import contact_in
from disputedesk.model.case import Exhibit, Filing
from disputedesk.papers.context import Attempt
from disputedesk.papers.form import FormSet, RecipientKind
from disputedesk.papers.frame import words
from disputedesk.papers.steps import avenue_text, way_text

_TRIED: Final = frozenset({"seller", "platform_dispute", "platform_appeal", "wallet_claim"})
"""Avenues on which the other side of the purchase is asked."""
_ASKED: Final = frozenset({RecipientKind.SELLER, RecipientKind.PLATFORM})


def attempts_of(basis: CaseBasis, forms: FormSet, language: str) -> tuple[Attempt, ...]:
    """Every try to settle it, oldest first, each once; in the letter's language.

    Args:
        basis: The case.
        forms: Tell to whom a paper that went out was addressed.
        language: Of the words that nobody typed.
    """
    found = [
        *_told(basis, words(language).channels, language),
        *_filed(basis, language),
        *_posted(basis, forms, language),
        *_noted(basis, words(language).channels),
    ]
    once: dict[tuple[dt.date, str], Attempt] = {}
    for attempt in found:
        key = (attempt.on, attempt.channel.casefold())
        once[key] = _joined(once[key], attempt) if key in once else attempt
    return tuple(sorted(once.values(), key=lambda attempt: attempt.on))


def _joined(one: Attempt, other: Attempt) -> Attempt:
    """One try that two sources tell of."""
    return dataclasses.replace(
        one, who=one.who or other.who, answer=one.answer or other.answer,
        exhibit=other.exhibit if one.exhibit is None else one.exhibit,
    )  # fmt: skip


def _told(basis: CaseBasis, said: Mapping[str, str], language: str) -> Iterator[Attempt]:
    """What the facts tell."""
    facts = basis.facts
    on = facts.get("contacted_seller_on")
    if isinstance(on, dt.date):
        chat = next((e.number for e in basis.exhibits if e.kind == "chat" and _stands(e)), None)
        channel = str(facts.get("contact_channel") or said["chat"])
        who = str(facts.get("contact_person") or said["seller"])
        yield Attempt(on, channel, who, str(facts.get("seller_answer") or ""), chat)
    demand = facts.get("demand_on")
    if isinstance(demand, dt.date):
        yield Attempt(demand, avenue_text("seller", language), said["seller"])


def _stands(exhibit: Exhibit) -> bool:
    return exhibit.withdrawn_at is None


def _filed(basis: CaseBasis, language: str) -> Iterator[Attempt]:
    """What was filed with seller, platform or wallet, and what came back."""
    for filing in basis.filings:
        if filing.avenue in _TRIED:
            answer = filing.answer or _replied(basis, filing)
            exhibit = _receipt(basis, filing)
            yield Attempt(
                filing.filed_on, avenue_text(filing.avenue, language), "", answer, exhibit
            )


def _replied(basis: CaseBasis, filing: Filing) -> str:
    """What the merchant's reply to a filing says, claim by claim."""
    replies = {reply.id for reply in basis.replies if reply.filing == filing.id}
    return "; ".join(claim.text for claim in basis.counterclaims if claim.reply in replies)


def _receipt(basis: CaseBasis, filing: Filing) -> int | None:
    """Number of the exhibit that shows a filing went out; `None` without one."""
    numbers = {each.id: each.number for each in basis.exhibits if _stands(each)}
    shown = (numbers.get(p.receipt) for p in basis.postings if p.filing == filing.id and p.receipt)
    return next((number for number in shown if number is not None), None)


def _posted(basis: CaseBasis, forms: FormSet, language: str) -> Iterator[Attempt]:
    """Papers to seller or platform that went out and are no filing that was told already."""
    counted = {filing.id for filing in basis.filings if filing.avenue in _TRIED}
    documents = {document.id: document for document in basis.documents}
    recipients = {form.id: form.recipient for form in forms.forms}
    numbers = {each.id: each.number for each in basis.exhibits if _stands(each)}
    for posting in basis.postings:
        form = documents[posting.document].form if posting.document in documents else ""
        if posting.filing not in counted and recipients.get(form) in _ASKED:
            shown = numbers.get(posting.receipt) if posting.receipt is not None else None
            yield Attempt(posting.on, way_text(posting.way, language), posting.to, "", shown)


def _noted(basis: CaseBasis, said: Mapping[str, str]) -> Iterator[Attempt]:
    """What notes tell that are marked as contact."""
    for note in basis.notes:
        contact = contact_in(note)
        if contact is not None:
            yield Attempt(contact.on, contact.how, said["seller"], contact.answer)
