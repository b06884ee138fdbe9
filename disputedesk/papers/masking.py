"""No card number on paper: every text of a letter masked, each in its own context, and checked."""

from __future__ import annotations

import dataclasses

from disputedesk.common import secrets
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.papers.letter import Letter, Row


def refuse_secrets(letter: Letter) -> None:
    """Does nothing for a letter that holds no card number, code or track data.

    Raises:
        Refused: It does; names the place, never the number.
    """
    for place, text in letter.texts():
        if secrets.has_secret(text):
            raise Refused(
                tr("A full card number or a secret code stands in this letter; it is not printed."),
                place,
                tr("Take it out; the last four digits are enough for the bank."),
            )


def masked(letter: Letter) -> Letter:
    """`letter` with every card number and code replaced by its mask, each in its own context."""
    return dataclasses.replace(
        letter,
        sender=tuple(map(mask_text, letter.sender)),
        return_address=tuple(map(mask_text, letter.return_address)),
        recipient=tuple(map(mask_text, letter.recipient)),
        place_date=mask_text(letter.place_date),
        reference=mask_text(letter.reference),
        delivery=mask_text(letter.delivery),
        copies=tuple(map(mask_text, letter.copies)),
        subject=mask_text(letter.subject),
        salutation=mask_text(letter.salutation),
        declaration=mask_text(letter.declaration),
        signer=mask_text(letter.signer),
        references=tuple(map(_masked_row, letter.references)),
        summary=tuple(map(_masked_row, letter.summary)),
        blocks=tuple(dataclasses.replace(b, text=mask_text(b.text)) for b in letter.blocks),
        enclosures=tuple(
            dataclasses.replace(e, title=mask_text(e.title)) for e in letter.enclosures
        ),
    )


def _masked_row(row: Row) -> Row:
    told = f"{row.label}: "
    return dataclasses.replace(row, value=mask_text(told + row.value)[len(told) :])
