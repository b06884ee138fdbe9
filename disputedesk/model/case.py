"""Cases: one wrong to be righted, what was filed for it, and how it ended."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.model.ids import (
    CaseId,
    ClientId,
    DocumentId,
    EvidenceId,
    ExhibitId,
    FilingId,
    OrderId,
    RuleId,
)
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem


class CaseStage(enum.StrEnum):
    """Where a case stands on the board."""

    PREPARING = "preparing"
    FILED = "filed"
    ANSWERED = "answered"
    REFUND_PROMISED = "refund_promised"
    CLOSED = "closed"


class CaseOutcome(enum.StrEnum):
    """How a closed case ended."""

    WON = "won"
    PART = "part"
    LOST = "lost"
    ABANDONED = "abandoned"


class Wish(enum.StrEnum):
    """What the buyer asks for."""

    FULL_REFUND = "full_refund"
    PART_REFUND = "part_refund"
    REPLACEMENT = "replacement"
    RETURN_AND_REFUND = "return_and_refund"


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One wrong with one order.

    Attributes:
        number: What people call it: `Case 1001`.
        narrative: What happened, in the user's words, written once; every document draws on it.
        claimed: The sum in dispute; `None` means the whole order.
        wish: What is asked for; `None` until the user says.
        won: What came back, once closed.
    """

    id: CaseId
    number: int
    order: OrderId
    client: ClientId
    problem: Problem
    opened_on: dt.date
    stage: CaseStage = CaseStage.PREPARING
    narrative: str = ""
    claimed: Money | None = None
    wish: Wish | None = None
    outcome: CaseOutcome | None = None
    won: Money | None = None
    version: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Filing:
    """One thing sent along an avenue at a stage, and its answer."""

    id: FilingId
    case: CaseId
    rule: RuleId
    avenue: str
    stage: str
    filed_on: dt.date
    reference: str = ""
    document: DocumentId | None = None
    answer_due_on: dt.date | None = None
    answered_on: dt.date | None = None
    answer: str = ""
    granted: bool | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class CaseNote:
    """What was said or done, by whom, when."""

    at: dt.datetime
    author: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """Kept bytes, sealed by their hash.

    Attributes:
        sha256: Hash of the bytes; also their name in the vault.
        name: The name the file came with, cleaned for showing.
        media_type: By content, not by name: `image/jpeg`.
        captured_at: When it was made, as far as known; `captured_from` says who says so.
        captured_from: `mail`, `file`, `exif`, `clipboard`, `program`; empty when unknown.
        added_at: When it came into the vault.
        origin: Where it came from, in words: a path, a mail's subject, "clipboard".
    """

    id: EvidenceId
    sha256: str
    size: int
    name: str
    media_type: str
    added_at: dt.datetime
    captured_at: dt.datetime | None = None
    captured_from: str = ""
    origin: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence numbered for a case's bundle.

    Attributes:
        number: From 1, in printing order.
        caption: What is seen, one line.
        proves: What it proves, one line; may be empty.
        kind: What it is to a checklist: `order_page`, `tracking`, `chat`, `photo` …; may be empty.
        section: The part of the bundle somebody put it into; empty lets its kind decide.
        copy: The redacted copy that goes out in its place; `None` where there is none.
        withdrawn_at: When it was taken out after it had been sent; its number stays taken. `None`
            while it stands.
        offset_minutes: How far the zone that its file states is from UTC; `None` where it states
            none.
    """

    id: ExhibitId
    case: CaseId
    evidence: Evidence
    number: int
    caption: str = ""
    proves: str = ""
    kind: str = ""
    section: str = ""
    copy: Evidence | None = None
    withdrawn_at: dt.datetime | None = None
    offset_minutes: int | None = None

    @property
    def captured(self) -> dt.datetime | None:
        """When it was made by the clock of its own place; `None` where nobody knows.

        Aware in the zone its file states, else in UTC; naive for a camera's clock without a zone,
        which is no instant.
        """
        at = self.evidence.captured_at
        if at is None:
            return None
        if self.offset_minutes is not None:
            return at.astimezone(dt.timezone(dt.timedelta(minutes=self.offset_minutes)))
        at = at.astimezone(dt.UTC)
        return at.replace(tzinfo=None) if self.evidence.captured_from == "exif" else at

    @property
    def outgoing(self) -> Evidence:
        """What leaves the desk for it: the redacted copy where there is one."""
        return self.evidence if self.copy is None else self.copy


class DocumentKind(enum.StrEnum):
    """What was written for a case."""

    LETTER = "letter"
    SUBMISSION = "submission"
    BUNDLE = "bundle"


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A paper made for a case; its bytes are sealed like evidence.

    Attributes:
        form: Id of the form it was made from; empty for a bundle.
        sha256: Hash of its bytes in the vault.
        made_at: When it was made.
        sent_on: The day it went out; `None` while it is a draft.
    """

    id: DocumentId
    case: CaseId
    kind: DocumentKind
    form: str
    language: str
    title: str
    name: str
    sha256: str
    size: int
    pages: int
    made_at: dt.datetime
    sent_on: dt.date | None = None
