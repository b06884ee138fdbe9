"""Taking back what was done to the ledger of refunds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.desk.operations.undo_facts import day_of_text, money_of_text, put_facts_back
from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.ids import CaseId
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def set_credit_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Takes a line out with what was learned from it, or puts one back that was taken out."""
    case = change.rows.cases.get(CaseId(entry.subject.id))
    put_facts_back(change, case.order, entry, before)
    former = before.get("former")
    amount = None if former is None else money_of_text(former["amount"])
    on = None if former is None else day_of_text(former["on"])
    if former is None or amount is None or on is None:
        change.rows.credits.remove(before["added"])
    else:
        shown = {each.evidence.id: each.id for each in change.rows.exhibits.list(case.id)}
        filings = {each.id for each in change.rows.filings.list(case.id)}
        change.rows.credits.put(
            Credit(
                former["id"], case.id, CreditKind(former["kind"]), amount, on,
                day_of_text(former["due_on"]),
                former["reference"], former["note"],
                former["filing"] if former["filing"] in filings else None,
                shown.get(former["evidence"]),
            )
        )  # fmt: skip
    change.touch_case(case.id, case.order)
