"""Taking back that a paper went out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.model.case import Filing
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def take_posting_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Forgets one going out; the paper's day of sending is again what it was."""
    document = change.rows.documents.get(before["document"])
    day = before["sent_on"]
    sent_on = None if day is None else dt.date.fromisoformat(day)
    change.rows.postings.remove(int(str((entry.after or {})["posting"])))
    change.rows.documents.update(dataclasses.replace(document, sent_on=sent_on))
    case = change.rows.cases.get(document.case)
    change.touch_case(case.id, case.order, windows=False)


def forget_postings(change: Transaction, filing: Filing) -> None:
    """Forgets how a paper went out with a step that is taken back."""
    if filing.document is None:
        return
    for posting in change.rows.postings.of_document(filing.document):
        if posting.filing == filing.id:
            change.rows.postings.remove(posting.id)
