"""Values that only the store gives: recorded facts, stored windows, the ledger, imports."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Mapping

from disputedesk.model.fact import Fact
from disputedesk.model.ids import BatchId, CaseId, LedgerId, OrderId


@dataclasses.dataclass(frozen=True, slots=True)
class Parcel:
    """One parcel of an order.

    Attributes:
        number: The tracking number.
        carrier: Who carries it; empty when unknown.
    """

    order: OrderId
    number: str
    carrier: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class FactEntry:
    """A fact to be recorded among many."""

    order: OrderId
    fact: Fact
    case: CaseId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact as it was recorded, current or not.

    Attributes:
        id: Its row; rises with time.
        superseded_by: The row that took its place; `None` when none did.
        withdrawn_at: When it was taken back by undo; `None` when it stands.
    """

    id: int
    order: OrderId
    case: CaseId | None
    fact: Fact
    recorded_at: dt.datetime
    batch: BatchId | None = None
    superseded_by: int | None = None
    withdrawn_at: dt.datetime | None = None

    @property
    def is_current(self) -> bool:
        """Whether this is what is known now."""
        return self.superseded_by is None and self.withdrawn_at is None


class WindowState(enum.StrEnum):
    """How far a stored window is dated; its status today follows from the days."""

    DATED = "dated"
    ASKED = "asked"
    """An answer of the buyer's is asked for, and the day is only in the other side's letter."""
    UNKNOWN = "unknown"
    NOT_AVAILABLE = "not_available"


@dataclasses.dataclass(frozen=True, slots=True)
class WindowRow:
    """A window as the desk keeps it, its days as ordinals (`date.toordinal`).

    Attributes:
        lead: Whether it is the one window of its order that lists show.
        zone: IANA name of the zone whose midnight ends its days.
    """

    order: OrderId
    case: CaseId | None
    rule: str
    avenue: str
    stage: str
    actor: str
    opens: int | None
    closes: int | None
    file_by: int | None
    arguable_until: int | None = None
    state: WindowState = WindowState.DATED
    closes_at: dt.datetime | None = None
    lead: bool = False
    zone: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """What a ledger entry is about: `order 17`.

    Attributes:
        kind: `order`, `case`, `evidence`, `filing`, `document`, `batch`, `client`, `setting`, …
        id: Its number; 0 where the kind has none.
    """

    kind: str
    id: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One thing that was done, chained to the one before.

    Attributes:
        step: The transaction it belongs to.
        before: The former values; `None` where there were none.
        after: The new values; `None` where there are none.
    """

    id: LedgerId
    step: int
    at: dt.datetime
    actor: str
    act: str
    subject: Subject
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    hash: str


@dataclasses.dataclass(frozen=True, slots=True)
class ImportBatch:
    """One import: everything it brought can be taken back by its number."""

    id: BatchId
    created_at: dt.datetime
    summary: str = ""
    undone_at: dt.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file that an import read.

    Attributes:
        recognition: A word of `intake.draft.Recognition`.
        why: For one not understood, the sentence that says why.
    """

    sha256: str
    size: int
    name: str
    kind: str = ""
    what: str = ""
    recognition: str = ""
    why: str = ""
