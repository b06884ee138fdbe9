"""Taking back what was copied, filed or worded on the way into a platform's form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.model.ids import CaseId
from disputedesk.model.posting import PlatformWord
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def copied_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Calls a field not copied again; the sealed text stays."""
    row = next((r for r in change.rows.copied_fields.list() if r.id == before["copied"]), None)
    if row is not None:
        carried = [
            each.id
            for document in change.rows.documents.list(CaseId(entry.subject.id))
            for each in change.rows.copied_fields.of_document(document.id)
            if (each.name, each.text, each.at) == (row.name, row.text, row.at)
        ]
        for number in carried:
            change.rows.copied_fields.remove(number)
    case = change.rows.cases.get(CaseId(entry.subject.id))
    change.touch_case(case.id, case.order, windows=False)


def filed_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Calls a form not sent off: no filing, no posting; the receipt stays an exhibit."""
    from disputedesk.desk.operations.undo import UNDOABLE

    change.rows.postings.remove(before["posting"])
    UNDOABLE["case.file"](change, entry, before)


def word_back(change: Transaction, _entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lets a platform's words be what they were."""
    from disputedesk.desk.operations.platform_words import SETTING

    rows = change.rows.platform_words
    key = (before["kind"], before["value"])
    for word in rows.of_form(before["form"]):
        if (word.kind, word.value) == key:
            rows.remove(word.id)
    if before["text"] is not None:
        day = dt.date.fromisoformat(before["changed_on"])
        rows.add(PlatformWord(0, before["form"], *key, before["text"], day))
    change.touch_setting(SETTING)
