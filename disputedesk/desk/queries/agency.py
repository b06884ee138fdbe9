"""Who may sign for whom, and under which head."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.ids import ClientId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def mandates(desk: Desk, client_id: ClientId) -> tuple[Mandate, ...]:
    """A client's mandates, oldest first."""
    with desk.store.snapshot() as rows:
        return rows.mandates.of_client(client_id)


def letterheads(desk: Desk) -> tuple[Letterhead, ...]:
    """The heads a helper writes under, the standard one first."""
    with desk.store.snapshot() as rows:
        return tuple(sorted(rows.letterheads.list(), key=lambda head: not head.standard))
