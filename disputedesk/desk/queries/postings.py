"""How papers went out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.model.ids import DocumentId
from disputedesk.model.posting import Posting

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def postings_of(desk: Desk, document_id: DocumentId) -> tuple[Posting, ...]:
    """When and how a paper went out, oldest first."""
    with desk.store.snapshot() as rows:
        return rows.postings.of_document(document_id)
