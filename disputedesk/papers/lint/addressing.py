"""Rules on whom a paper goes to: the right house, the right desk in it, an address that fits."""

from __future__ import annotations

import re
from collections.abc import Iterator

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.papers.form import FormKind, RecipientKind
from disputedesk.papers.frame import words
from disputedesk.papers.lint.checked import Checked, recipient
from disputedesk.papers.lint.finding import Finding, blocker
from disputedesk.papers.lint.stems import holds, stems

_BILLING_ERRORS = "us.fcba."
"""Rules under which a notice counts only at the address for billing inquiries."""
_TELLING = 4
"""A word of a name with so many letters tells houses apart."""


def right_house(checked: Checked) -> Iterator[Finding]:
    """A recipient that is the sender, or of another kind than the form writes to."""
    to, client = checked.context.recipient, checked.context.client
    wanted = checked.form.recipient
    if wanted is RecipientKind.CLIENT or not to.name:
        return
    if _plain(to.name) == _plain(client.name):
        yield blocker("to_oneself", recipient(), tr("Recipient and sender are the same: {name}.",
                                                    name=to.name),
                      tr("Write the recipient’s name."))  # fmt: skip
        return
    others = _houses(checked)
    mine = others.pop(wanted, set())
    for kind, names in others.items():
        if _plain(to.name) in names - mine:
            yield blocker("wrong_house", recipient(), _wrong(kind, to.name),
                          tr("Choose the recipient that this form writes to."))  # fmt: skip
    card = checked.context.instrument
    issuer = card.issuer if card is not None and wanted is RecipientKind.ISSUER else ""
    if issuer and not _alike(issuer, to.name):
        yield blocker(
            "other_bank", recipient(),
            tr("The card was issued by {issuer}, but the letter goes to {name}.",
               issuer=issuer, name=to.name),
            tr("Only the bank that issued the card can take the payment back."),
        )  # fmt: skip


def _wrong(kind: RecipientKind, name: str) -> str:
    if kind is RecipientKind.ISSUER:
        return tr("{name} is the bank of the card; this text is not for a bank.", name=name)
    if kind is RecipientKind.SELLER:
        return tr("{name} is the seller; this text is not for the seller.", name=name)
    return tr("{name} is the platform; this text is not for a platform.", name=name)


def _houses(checked: Checked) -> dict[RecipientKind, set[str]]:
    """The plain names of bank, seller and platform of the case."""
    context = checked.context
    seller = context.seller or context.order.seller
    platform = context.order.platform
    known = words(checked.language).platforms.get(platform, platform)
    issuer = context.instrument.issuer if context.instrument is not None else ""
    names = {
        RecipientKind.ISSUER: {issuer, str(context.facts.get("issuer", ""))},
        RecipientKind.SELLER: {seller.name if seller is not None else ""},
        RecipientKind.PLATFORM: {platform, known},
    }
    return {kind: {_plain(name) for name in each} - {""} for kind, each in names.items()}


def _plain(name: str) -> str:
    return " ".join(re.findall(r"\w+", name.casefold()))


def _alike(one: str, other: str) -> bool:
    """Whether two names can be of one house: they share a word that tells it, or one is short."""
    first, second = (
        {word for word in _plain(name).split() if len(word) >= _TELLING} for name in (one, other)
    )
    return not first or not second or bool(first & second) or _plain(one) in _plain(other)


def right_desk(checked: Checked) -> Iterator[Finding]:
    """A notice of a billing error that goes to where payments are sent."""
    if not any(rule.startswith(_BILLING_ERRORS) for rule in checked.form.rules):
        return
    to = checked.context.recipient
    address = "\n".join((to.name, to.department, to.address))
    if holds(address, stems(checked.language).words.payments):
        yield blocker(
            "payments_address", recipient(),
            tr("This is the address for payments; a billing-error notice does not count there."),
            tr("Take the address for billing inquiries from the statement."),
        )  # fmt: skip


def address_fits(checked: Checked) -> Iterator[Finding]:
    """An address with too many or too long lines for the window of its envelope."""
    letter = checked.letter
    if checked.form.kind is not FormKind.LETTER or letter is None:
        return
    from disputedesk.papers.paper import layout_for
    from disputedesk.papers.pdf.address import address_lines

    try:
        address_lines(letter.recipient, layout_for(letter.recipient_country).address)
    except Refused as refused:
        yield blocker("address_too_long", recipient(), refused.what, refused.remedy, final=True)
