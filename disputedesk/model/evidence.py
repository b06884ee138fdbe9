"""What is known of kept bytes: how they came, what was made of them, what they say and hide."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.model.ids import DocumentId, EvidenceId, ExhibitId


class Way(enum.StrEnum):
    """How bytes came to the desk."""

    DROP = "drop"
    PASTE = "paste"
    FILE = "file"
    MAIL = "mail"
    COMMAND = "command"
    IMPORT = "import"
    MADE = "made"
    """DisputeDesk made them from other evidence: a redacted copy, a still of a video."""


@dataclasses.dataclass(frozen=True, slots=True)
class Arrival:
    """One coming of bytes; the same bytes may come more than once.

    Attributes:
        id: Its number; 0 before it is kept.
        at: When it came; aware.
        by: Who brought it, as the ledger names people.
        true_name: The name it came with, unchanged but for signs that cannot be shown.
        offset_minutes: How far the zone of `Evidence.captured_at` was from UTC; `None` where the
            file does not say.
    """

    id: int
    evidence: EvidenceId
    at: dt.datetime
    by: str
    way: Way
    true_name: str
    captured_at: dt.datetime | None = None
    captured_from: str = ""
    offset_minutes: int | None = None


class Derived(enum.StrEnum):
    """How bytes were made from others."""

    REDACTION = "redaction"
    """A copy with parts removed; it goes out in place of the original."""
    STILL = "still"
    """One moment of a video."""
    ATTACHMENT = "attachment"
    """A part of a mail."""


@dataclasses.dataclass(frozen=True, slots=True)
class Derivation:
    """That bytes were made from others.

    Attributes:
        id: Its number; 0 before it is kept.
        evidence: What was made.
        origin: What it was made from.
        detail: What was done, as JSON: boxes of a redaction, the moment of a still.
    """

    id: int
    evidence: EvidenceId
    origin: EvidenceId
    how: Derived
    detail: str
    at: dt.datetime
    by: str


class ReadState(enum.StrEnum):
    """How far the words of evidence are known."""

    READ = "read"
    WITHOUT_WORDS = "without_words"
    """A picture or scan whose words only a reader of pictures could tell."""
    UNREADABLE = "unreadable"
    NO_TEXT = "no_text"
    """A kind that has no words: a film, a sound, an archive."""


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """The words of evidence, masked; they serve search and are never taken for the evidence.

    Attributes:
        how: `text`, `mail`, `page`, `pdf`, `office`, `ocr`; empty where there are none.
        pages: How many pages or pictures it has; `None` where that means nothing.
        reader: The version of what read it; an older one is read anew.
    """

    evidence: EvidenceId
    state: ReadState
    text: str
    how: str
    pages: int | None
    reader: int
    at: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class Suspicion:
    """A card number, code or account number seen in evidence; never the number itself.

    Attributes:
        id: Its number; 0 before it is kept.
        kind: A `common.secrets.SecretKind`.
        place: Where: `text`, `page 2`, `name`, `metadata Comment`, `picture`, `line 12`, `sheet 1`,
            `headers`, `source`, `attachment 2: page 1`.
        shown: What may be shown of it: `•••• 6458`.
        box: Left, top, right and bottom on its page as parts of its width and height, for a reader
            that told; `None` where nobody knows.
        page: The page or picture it stands on, from 1; 0 for none.
        settled_on: The day somebody said that it is no secret; `None` while it counts.
    """

    id: int
    evidence: EvidenceId
    kind: str
    place: str
    shown: str
    page: int = 0
    box: tuple[float, float, float, float] | None = None
    settled_on: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ClaimLink:
    """That somebody said an exhibit proves a claim.

    Attributes:
        claim: Name of a fact or field of a letter: `received_on`, `order_number`.
    """

    exhibit: ExhibitId
    claim: str


@dataclasses.dataclass(frozen=True, slots=True)
class BundleRecord:
    """How a bundle was made, so that a later one keeps the numbers of what was sent.

    Attributes:
        document: The sealed PDF; of one in parts the first part's.
        version: Counts the bundles of a case, from 1.
        profile: The destination it was fitted to; empty for none.
        letter_sha256: The letter's own PDF in the vault, before pages were stamped; empty without.
        letter_pages: Its pages.
        manifest_sha256: The hash printed on the cover.
        plan: Groups of exhibits with numbers and pages, as JSON.
    """

    document: DocumentId
    version: int
    profile: str
    letter_sha256: str
    letter_pages: int
    manifest_sha256: str
    plan: str
