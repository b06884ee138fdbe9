"""Taking back what was done to the address book."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.model.addressee import Addressee
from disputedesk.model.ids import CaseId
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def set_addressee_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lets the case write to whom it wrote before; a new entry goes, another says what it said."""
    case = change.rows.cases.get(CaseId(entry.subject.id))
    former = before.get("entry")
    if former:
        day = former["checked_on"]
        known = None if day is None else dt.date.fromisoformat(day)
        change.rows.addressees.update(Addressee(**{**former, "checked_on": known}))
    change.rows.addressees.choose(case.id, before["kind"], before["chosen"])
    if not former:
        change.rows.addressees.remove_unused(int(str((entry.after or {})["addressee"])))
    change.touch_case(case.id, case.order, windows=False)
