"""Clients and what they pay with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.model.ids import ClientId
from disputedesk.model.order import Client, Instrument

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def clients(desk: Desk) -> tuple[Client, ...]:
    """Everybody whose orders the desk keeps, the owner first."""
    with desk.store.snapshot() as rows:
        return tuple(sorted(rows.clients.list(), key=lambda client: not client.is_self))


def find_client(desk: Desk, name: str) -> ClientId:
    """The client of this name.

    Raises:
        NotFound: There is none.
    """
    with desk.store.snapshot() as rows:
        found = rows.clients.find_by_name(name)
    if found is None:
        names = ", ".join(client.name for client in clients(desk))
        raise NotFound(
            tr("There is no client of this name."), name, tr("Known are: {names}.", names=names)
        )
    return found.id


def instruments(desk: Desk, client_id: ClientId) -> tuple[Instrument, ...]:
    """What a client pays with."""
    with desk.store.snapshot() as rows:
        return rows.instruments.list(client_id)
