"""What forms and their shelves are called on screens and by commands."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import mark, tr
from disputedesk.papers.form import FormGroup, FormKind

_SHELVES: Final = {
    FormGroup.BANK: mark("To the bank"),
    FormGroup.SELLER: mark("To the seller"),
    FormGroup.PLATFORM: mark("To the platform or wallet"),
    FormGroup.COMPLAINT: mark("Complaints: ombudsmen and arbiters"),
    FormGroup.AUTHORITY: mark("Authorities and police"),
    FormGroup.AGENT: mark("Between client and helper"),
}
_KINDS: Final = {
    FormKind.LETTER: mark("letter"),
    FormKind.SUBMISSION: mark("dispute text"),
    FormKind.MESSAGE: mark("message"),
}


def shelf_title(group: str) -> str:
    """What a shelf of forms is called."""
    return tr(_SHELVES[FormGroup(group)])


def kind_word(kind: str) -> str:
    """What a form makes, in a word."""
    return tr(_KINDS[FormKind(kind)])
