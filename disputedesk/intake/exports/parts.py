"""What readers give: the drafts of one file or member, with what was refused."""

from __future__ import annotations

import dataclasses

from disputedesk.intake.draft import Draft, Rejection


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """What one reader made of one table or JSON value.

    Attributes:
        kind: The reader's name: `export.amazon_orders`.
        what: What it was recognised as, in words.
        why: Set when the whole file could not be taken although it was recognised.
    """

    kind: str
    what: str
    drafts: tuple[Draft, ...] = ()
    rejections: tuple[Rejection, ...] = ()
    why: str = ""
    remedy: str = ""
