"""Taking back what was done to a form of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def save_form_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lets the form say what it said before; one that was not there goes again."""
    del entry
    desk = change.desk
    with desk.own_forms.changed(before["form"], before["files"]):
        pass
    desk.forget_forms()
