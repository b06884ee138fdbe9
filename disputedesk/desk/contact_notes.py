"""Notes of a case that tell of a contact with the seller: when, how, and what came back.

Such a note is a line like any other; it begins with the mark of its kind and the day:
`Contact 2026-11-20: by telephone → they promised a refund`. What stands after the arrow is the
answer.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.model.case import CaseNote

_ARROW: Final = "→"
_NOTE: Final = re.compile(
    rf"(?:contact|контакт)(?: (\d{{4}}-\d\d-\d\d))?: ([^{_ARROW}]+)(?:{_ARROW}(.*))?",
    re.IGNORECASE | re.DOTALL,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Contact:
    """One contact with the seller.

    Attributes:
        how: By which means, and whom, in the words of who noted it.
        answer: What came back; empty when nothing did.
    """

    on: dt.date
    how: str
    answer: str = ""


def note_of(contact: Contact) -> str:
    """The line that a log keeps of a contact."""
    told = {"day": contact.on.isoformat(), "how": contact.how.replace(_ARROW, "-").strip()}
    if not contact.answer.strip():
        return tr("Contact {day}: {how}", **told)
    return tr("Contact {day}: {how} → {answer}", answer=contact.answer.strip(), **told)


def contact_in(note: CaseNote) -> Contact | None:
    """The contact that a note tells of; `None` where it tells of none."""
    match = _NOTE.fullmatch(note.text.strip())
    if match is None:
        return None
    try:
        on = dt.date.fromisoformat(match[1]) if match[1] else note.at.astimezone().date()
    except ValueError:
        return None
    return Contact(on, match[2].strip(), (match[3] or "").strip())
