"""What is shown of evidence: its list, everything about one piece, and what it looks like."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from pathlib import Path

from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.evidence import Arrival, Derived, ReadState, Suspicion
from disputedesk.model.ids import CaseId
from disputedesk.store.reading.evidence_rows import (
    EvidenceCase,
    EvidenceFilter,
    EvidenceGroup,
    EvidenceRow,
    EvidenceSort,
)

__all__ = [
    "ClaimView",
    "EvidenceCase",
    "EvidenceDetail",
    "EvidenceFilter",
    "EvidenceGroup",
    "EvidenceLink",
    "EvidenceRow",
    "EvidenceSort",
    "EvidenceUse",
    "Look",
    "Preview",
]


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceLink:
    """Other evidence that this was made from, or that was made from this.

    Attributes:
        how: In which way the one was made from the other.
        is_origin: Whether `evidence` is what this was made from.
    """

    evidence: Evidence
    how: Derived
    is_origin: bool
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimView:
    """A statement of a case that an exhibit may prove.

    Attributes:
        claim: Name of the fact or field: `received_on`, `order_number`.
        text: What it is, in words.
        value: What is known of it, in words; empty while nothing is.
        said: Whether somebody said that the exhibit proves it.
        usual: Whether letters take exhibits of its kind as proof of it while nobody says more.
    """

    claim: str
    text: str
    value: str
    said: bool
    usual: bool


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceUse:
    """One case that evidence stands in.

    Attributes:
        number: What people call the case.
        title: The case in a line.
    """

    case: CaseId
    number: int
    title: str
    exhibit: Exhibit
    claims: tuple[ClaimView, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceDetail:
    """Everything about one piece of evidence.

    Attributes:
        arrivals: How it came, oldest first; empty for what came before arrivals were kept.
        links: What it was made from, then what was made from it.
        suspicions: Numbers seen in it, settled ones too.
        state: How far its words are known; `None` while nobody has read it.
    """

    evidence: Evidence
    arrivals: tuple[Arrival, ...]
    links: tuple[EvidenceLink, ...]
    suspicions: tuple[Suspicion, ...]
    uses: tuple[EvidenceUse, ...]
    state: ReadState | None

    @property
    def copy(self) -> Evidence | None:
        """The redacted copy that goes out in its place; `None` where there is none."""
        made = [each for each in self.links if each.how is Derived.REDACTION and not each.is_origin]
        return made[-1].evidence if made else None


class Look(enum.StrEnum):
    """What a file looks like on a screen."""

    PICTURE = "picture"
    PAGES = "pages"
    WORDS = "words"
    NOTHING = "nothing"


@dataclasses.dataclass(frozen=True, slots=True)
class Preview:
    """A file as it can be looked at without danger.

    Attributes:
        picture: A JPEG made by us; empty where there is none.
        path: The sealed file of a PDF, for pages that are drawn as they come into view.
        rows: Headers of a mail, name and value.
        body: Words without markup, full card numbers masked.
        was_cut: Whether the end was left out.
    """

    look: Look
    picture: bytes = b""
    path: Path | None = None
    rows: tuple[tuple[str, str], ...] = ()
    body: str = ""
    was_cut: bool = False
