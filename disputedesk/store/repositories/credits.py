"""The ledger of refunds: what was promised, given for now, given for good, taken back."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from disputedesk.model.credit import Credit
from disputedesk.model.ids import CaseId, ExhibitId, FilingId
from disputedesk.model.money import Money
from disputedesk.store import schema
from disputedesk.store.repositories.plain import Plain
from disputedesk.store.unit import money_columns


class Credits(Plain[Credit]):
    """Money that comes back, line by line."""

    table = schema.credit
    made = Credit

    def of_case(self, case_id: CaseId) -> tuple[Credit, ...]:
        """A case's lines by day."""
        found = self._where(schema.credit.c.case_id == case_id)
        return tuple(sorted(found, key=lambda line: (line.on, line.id)))

    def _row(self, value: Credit) -> dict[str, Any]:
        return {
            "case_id": value.case, "kind": value.kind, **money_columns("amount", value.amount),
            "on_day": value.on, "due_on": value.due_on, "reference": value.reference,
            "note": value.note, "filing_id": value.filing, "exhibit_id": value.exhibit,
        }  # fmt: skip

    def _value(self, row: sa.RowMapping) -> Credit:
        filing, exhibit = row["filing_id"], row["exhibit_id"]
        return Credit(
            row["id"], CaseId(row["case_id"]), row["kind"],
            Money(row["amount_minor"], row["amount_currency"]), row["on_day"], row["due_on"],
            row["reference"], row["note"], None if filing is None else FilingId(filing),
            None if exhibit is None else ExhibitId(exhibit),
        )  # fmt: skip
