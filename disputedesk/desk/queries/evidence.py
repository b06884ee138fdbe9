"""The bytes behind an exhibit, checked against their hash as they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.model.case import Exhibit
from disputedesk.model.ids import ExhibitId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def find_exhibit(desk: Desk, exhibit_id: ExhibitId) -> Exhibit:
    """The exhibit with this id.

    Raises:
        NotFound: There is none.
    """
    with desk.store.snapshot() as rows:
        return rows.exhibits.get(exhibit_id)


def exhibit_bytes(desk: Desk, exhibit_id: ExhibitId) -> bytes:
    """The original bytes of an exhibit.

    Raises:
        DamagedDesk: They are not the bytes that were sealed.
    """
    return desk.vault.read(find_exhibit(desk, exhibit_id).evidence.sha256)
