"""What somebody says an exhibit proves: the statements of letters that point to it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.model.ids import ExhibitId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def set_claims(desk: Desk, exhibit_id: ExhibitId, claims: Iterable[str]) -> Outcome[None]:
    """Says which statements an exhibit proves; from then on its kind says nothing of that.

    Args:
        desk: The desk.
        exhibit_id: The exhibit.
        claims: Names of facts or fields; none lets its kind decide again.

    Raises:
        NotFound: There is no such exhibit.
    """
    wanted = tuple(dict.fromkeys(claims))
    with desk.transaction("exhibit.claims") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        former = [
            link.claim
            for link in change.rows.exhibits.claims(exhibit.case)
            if link.exhibit == exhibit_id
        ]
        change.rows.exhibits.set_claims(exhibit_id, wanted)
        case = change.rows.cases.get(exhibit.case)
        change.touch_case(exhibit.case, case.order, windows=False)
        change.touch_evidence([exhibit.evidence.id])
        said = tr("Exhibit {number} changed", number=exhibit.number)
        before = {"evidence": exhibit.evidence.id, "claims": former}
        entry = change.note(
            Subject("case", exhibit.case), before, {"said": said, "claims": list(wanted)}
        )
    return Outcome(None, change.changes, entry, said)
