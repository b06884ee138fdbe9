"""Mandates, letterheads, and the letters that were made together."""

from __future__ import annotations

from disputedesk.model.agency import BatchLine, LetterBatch, Letterhead, Mandate
from disputedesk.model.ids import ClientId
from disputedesk.store import schema
from disputedesk.store.repositories.plain import Plain


class Mandates(Plain[Mandate]):
    """What clients signed."""

    table = schema.mandate
    made = Mandate
    columns = {"client": "client_id", "evidence": "evidence_id"}  # noqa: RUF012 - never changed

    def of_client(self, client_id: ClientId) -> tuple[Mandate, ...]:
        """A client's mandates, oldest first."""
        return self._where(schema.mandate.c.client_id == client_id)


class Letterheads(Plain[Letterhead]):
    """The heads a helper writes under."""

    table = schema.letterhead
    made = Letterhead
    columns = {"logo": "logo_id"}  # noqa: RUF012 - never changed


class LetterBatches(Plain[LetterBatch]):
    """Letters made together."""

    table = schema.letter_batch
    made = LetterBatch


class BatchLines(Plain[BatchLine]):
    """The cases of batches."""

    table = schema.batch_line
    made = BatchLine
    columns = {"batch": "batch_id", "case": "case_id", "document": "document_id"}  # noqa: RUF012

    def of_batch(self, batch: int) -> tuple[BatchLine, ...]:
        """A batch's cases in their order."""
        return self._where(schema.batch_line.c.batch_id == batch)
