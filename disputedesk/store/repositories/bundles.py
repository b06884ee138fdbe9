"""How the bundles of a case were made, so that later ones keep the numbers of what was sent."""

from __future__ import annotations

import dataclasses

import sqlalchemy as sa

from disputedesk.model.evidence import BundleRecord
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.store import schema
from disputedesk.store.unit import Unit


class Bundles:
    """The plans of bundles; each belongs to a sealed document."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, record: BundleRecord) -> BundleRecord:
        """The record as kept."""
        values = dataclasses.asdict(record)
        values["document_id"] = values.pop("document")
        self._unit.connection.execute(schema.bundle.insert().values(**values))
        return record

    def find(self, document_id: DocumentId) -> BundleRecord | None:
        """How this document was made; `None` for what has no record."""
        found = self._where(schema.bundle.c.document_id == document_id)
        return found[0] if found else None

    def of_case(self, case_id: CaseId) -> tuple[BundleRecord, ...]:
        """The case's bundles, oldest first."""
        return self._where(schema.document.c.case_id == case_id)

    def sent(self, case_id: CaseId) -> tuple[BundleRecord, ...]:
        """What of these went out, to whomever, oldest first."""
        return self._where(
            (schema.document.c.case_id == case_id) & schema.document.c.sent_on.is_not(None)
        )

    def last_sent(self, case_id: CaseId) -> BundleRecord | None:
        """The newest whole bundle of the case that went out; `None` while none did.

        What was fitted to a destination does not count: it may lack exhibits, and who gets the
        next bundle has not seen it.
        """
        return next((each for each in reversed(self.sent(case_id)) if not each.profile), None)

    def parts(self, document_id: DocumentId) -> tuple[DocumentId, ...]:
        """The papers that make one bundle with this one, itself among them, first part first.

        Parts were entered together, after the one that has the record and before the next.
        """
        found = self._unit.rows(
            "SELECT id FROM document WHERE (case_id, kind, made_at) = "
            "(SELECT case_id, kind, made_at FROM document WHERE id = ?) ORDER BY id", document_id
        )  # fmt: skip
        together: list[DocumentId] = []
        for (number,) in found:
            if self.find(number) is not None:
                if document_id in together:
                    break
                together = []
            together.append(DocumentId(number))
        return tuple(together) if document_id in together else (document_id,)

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[BundleRecord, ...]:
        table = schema.bundle
        query = (
            sa.select(table)
            .join(schema.document, schema.document.c.id == table.c.document_id)
            .where(condition)
            .order_by(table.c.version, table.c.document_id)
        )
        found = []
        for row in self._unit.connection.execute(query).mappings():
            values = dict(row)
            found.append(BundleRecord(DocumentId(values.pop("document_id")), **values))
        return tuple(found)
