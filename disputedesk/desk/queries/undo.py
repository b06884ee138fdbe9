"""What Edit ▸ Undo would take back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disputedesk.desk.operations.undo import RULES_ACTS, UNDOABLE, said_of
from disputedesk.desk.views import UndoView
from disputedesk.model.ids import BatchId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction
    from disputedesk.store.values import LedgerEntry

_LOOK_BACK: Final = 200


def last_undoable(desk: Desk) -> UndoView | None:
    """The newest act that can be taken back and was not yet, or `None`."""
    with desk.store.snapshot() as rows:
        entries = rows.ledger.list(_LOOK_BACK)
        taken_back = {(entry.after or {}).get("of") for entry in entries if entry.act == "undo"}
        for entry in entries:
            if entry.id in taken_back or not (entry.after or {}).get("said"):
                continue
            if _can_be_taken_back(rows, entry):
                return UndoView(entry.id, said_of(entry), entry.at)
    return None


def _can_be_taken_back(rows: StoreTransaction, entry: LedgerEntry) -> bool:
    if entry.act == "import.keep":
        return rows.batches.get(BatchId(entry.subject.id)).undone_at is None
    if entry.act == "client.set":
        return entry.before is not None
    return entry.act in UNDOABLE or entry.act in RULES_ACTS
