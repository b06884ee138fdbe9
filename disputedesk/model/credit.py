"""Money that comes back, in steps: promised, provisional, final, taken back."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum

from disputedesk.model.ids import CaseId, ExhibitId, FilingId
from disputedesk.model.money import Money


class CreditKind(enum.StrEnum):
    """What a line of the ledger of refunds says."""

    PROMISED = "promised"
    PROVISIONAL = "provisional"
    """Given by the bank while the dispute runs; it may be taken back."""
    FINAL = "final"
    TAKEN_BACK = "taken_back"


@dataclasses.dataclass(frozen=True, slots=True)
class Credit:
    """One line of the ledger of refunds of a case.

    Attributes:
        id: Its number; 0 before it is kept.
        on: The day it was promised, booked or taken back.
        due_on: For a promise, the day it should have come by; `None` when none was named.
        filing: The step that brought it; `None` when nobody said.
        exhibit: What shows it; `None` while nothing does.
    """

    id: int
    case: CaseId
    kind: CreditKind
    amount: Money
    on: dt.date
    due_on: dt.date | None = None
    reference: str = ""
    note: str = ""
    filing: FilingId | None = None
    exhibit: ExhibitId | None = None
