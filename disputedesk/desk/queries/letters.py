"""Every paper of the desk, whatever case it is for."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.model.case import Document
from disputedesk.model.ids import DocumentId
from disputedesk.store.reading.paper_rows import PaperFilter, PaperRow, PaperShow

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

__all__ = ["PaperFilter", "PaperRow", "PaperShow", "document_of", "paper_ids", "paper_rows"]


def paper_ids(desk: Desk, wanted: PaperFilter) -> array[int]:
    """Numbers of the papers asked for, the newest first; rows are fetched as they show."""
    return desk.reader().paper_rows.ids(wanted)


def paper_rows(desk: Desk, ids: Sequence[DocumentId]) -> tuple[PaperRow, ...]:
    """The rows of these, in the order asked for."""
    return desk.reader().paper_rows.rows(ids)


def document_of(desk: Desk, document_id: DocumentId) -> Document:
    """One paper whole.

    Raises:
        NotFound: There is none.
    """
    with desk.store.snapshot() as rows:
        return rows.documents.get(document_id)
