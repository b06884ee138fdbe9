"""How papers went out, and what was copied into a platform's form on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.model.ids import DocumentId, ExhibitId, FilingId


class PostingWay(enum.StrEnum):
    """How a paper went out."""

    POST = "post"
    REGISTERED = "registered"
    EMAIL = "email"
    PORTAL = "portal"
    FAX = "fax"
    HAND = "hand"


@dataclasses.dataclass(frozen=True, slots=True)
class Posting:
    """One going out of a paper; a paper sent again has another one.

    Attributes:
        id: Its number; 0 before it is kept.
        on: The day it went out.
        to: To whom, one line.
        tracking: Number of the registered letter or of the mail; may be empty.
        receipt: The slip or confirmation, kept as an exhibit; `None` without one.
        filing: The step it belongs to; `None` when it is none.
    """

    id: int
    document: DocumentId
    way: PostingWay
    on: dt.date
    to: str = ""
    tracking: str = ""
    receipt: ExhibitId | None = None
    filing: FilingId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class CopiedField:
    """One field of a dispute text that was copied into the platform's form.

    Attributes:
        id: Its number; 0 before it is kept.
        name: The field; `file 3` for a file that was uploaded.
        text: What was copied, as it was.
        at: When; aware.
    """

    id: int
    document: DocumentId
    position: int
    name: str
    text: str
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class PlatformWord:
    """The user's own wording of what a platform's form offers for a problem or a wish.

    Attributes:
        id: Its number; 0 before it is kept.
        kind: `reason` or `wish`.
        value: The problem or wish.
        text: The platform's words as the user sees them now.
        changed_on: The day they were seen so.
    """

    id: int
    form: str
    kind: str
    value: str
    text: str
    changed_on: dt.date
