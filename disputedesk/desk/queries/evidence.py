"""One exhibit by its number."""

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
