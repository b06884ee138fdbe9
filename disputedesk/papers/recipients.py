"""Whom a letter goes to when nobody said: the bank of the card, the seller, the platform."""

from __future__ import annotations

import dataclasses

from disputedesk.papers.context import LetterContext, Recipient
from disputedesk.papers.form import Form, RecipientKind
from disputedesk.papers.frame import words


def addressed(form: Form, context: LetterContext, language: str) -> LetterContext:
    """`context` with the form's usual recipient in every place that was left empty."""
    usual = _usual(form, context, language)
    given = context.recipient
    same = not given.name or given.name == usual.name
    filled = Recipient(
        name=given.name or usual.name,
        department=given.department,
        address=given.address or (usual.address if same else ""),
        country=given.country or (usual.country if same else ""),
        reference=given.reference,
        email=given.email,
    )
    return dataclasses.replace(context, recipient=filled)


def _usual(form: Form, context: LetterContext, language: str) -> Recipient:
    if form.office is not None:
        office = form.office
        return Recipient(name=office.name[language], address=office.address, country=office.country)
    match form.recipient:
        case RecipientKind.ISSUER:
            card = context.instrument
            if card is None:
                return Recipient(name=str(context.facts.get("issuer", "")))
            name = card.issuer or str(context.facts.get("issuer", ""))
            return Recipient(name=name, address=card.issuer_address, country=card.issuer_country)
        case RecipientKind.SELLER:
            seller = context.seller or context.order.seller
            country = str(context.facts.get("seller_country", ""))
            return Recipient(name=seller.name if seller else "", country=country)
        case RecipientKind.PLATFORM:
            names = words(language).platforms
            platform = context.order.platform
            return Recipient(name=names.get(platform, platform))
        case RecipientKind.CLIENT:
            client = context.client
            return Recipient(name=client.name, address=client.address, country=client.country)
        case _:
            return Recipient()
