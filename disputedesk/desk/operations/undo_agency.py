"""Taking back what was done to mandates and letterheads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from disputedesk.desk.changes import Changes
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction

_DAYS: Final = ("signed_on", "ends_on", "revoked_on")


def set_mandate_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Gives a mandate its former values, or takes a new one away."""
    known = change.rows.mandates.get(entry.subject.id)
    former = before.get("mandate")
    if former is None:
        change.rows.mandates.remove(known.id)
    else:
        days = {name: _day(former[name]) for name in _DAYS}
        change.rows.mandates.update(Mandate(**{**former, **days}))
    change.changes |= Changes(clients=frozenset({known.client}))
    for order in change.rows.orders.of_client(known.client):
        for case in change.rows.cases.of_order(order.id):
            change.touch_case(case.id, order.id, windows=False)


def set_letterheads_back(
    change: Transaction, _entry: LedgerEntry, before: Mapping[str, Any]
) -> None:
    """Makes the letterheads what they were."""
    former = {head["id"]: Letterhead(**head) for head in before["heads"]}
    heads = change.rows.letterheads
    known = {head.id for head in heads.list()}
    for number in known - former.keys():
        heads.remove(number)
    for number, head in former.items():
        if number in known:
            heads.update(head)
        else:
            heads.put(head)
    change.touch_setting("letterhead")


def _day(text: object) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(str(text))
