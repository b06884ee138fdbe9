"""Exhibits of a case: what is said of each, their order, and taking out."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.model.ids import ExhibitId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_LONGEST_CAPTION: Final = 300


def set_exhibit(
    desk: Desk,
    exhibit_id: ExhibitId,
    *,
    caption: str | None = None,
    proves: str | None = None,
    kind: str | None = None,
    section: str | None = None,
) -> Outcome[None]:
    """Says what is seen on an exhibit, what it proves, what it is, and in which section it stands.

    `None` leaves each; an empty section lets the kind decide.
    """
    with desk.transaction("exhibit.set") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        newer = dataclasses.replace(
            exhibit,
            caption=_line(exhibit.caption if caption is None else caption),
            proves=_line(exhibit.proves if proves is None else proves),
            kind=exhibit.kind if kind is None else kind,
        )
        change.rows.exhibits.update(newer)
        placed = exhibit.section if section is None else _line(section)
        change.rows.exhibits.place(exhibit_id, section=placed, withdrawn_at=exhibit.withdrawn_at)
        case = change.rows.cases.get(exhibit.case)
        change.touch_case(exhibit.case, case.order, windows=False)
        said = tr("Exhibit {number} changed", number=exhibit.number)
        before = {
            "evidence": exhibit.evidence.id,
            "caption": exhibit.caption,
            "proves": exhibit.proves,
            "kind": exhibit.kind,
            "section": exhibit.section,
        }
        entry = change.note(Subject("case", exhibit.case), before, {"said": said})
    return Outcome(None, change.changes, entry, said)


def _line(text: str) -> str:
    """One harmless line, no longer than an index can show."""
    return mask(" ".join(text.split()))[:_LONGEST_CAPTION]


def move_exhibit(desk: Desk, exhibit_id: ExhibitId, to: int) -> Outcome[None]:
    """Gives an exhibit another place in printing order; the others close up.

    Args:
        desk: The desk.
        exhibit_id: The exhibit.
        to: Its new number, from 1; beyond the ends means the end.
    """
    with desk.transaction("exhibit.move") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        now = change.rows.exhibits.list(exhibit.case)
        before = [each.evidence.id for each in now]
        order = [each.id for each in now if each.id != exhibit_id]
        order.insert(max(to - 1, 0), exhibit_id)
        change.rows.exhibits.arrange(exhibit.case, order)
        case = change.rows.cases.get(exhibit.case)
        change.touch_case(exhibit.case, case.order, windows=False)
        said = tr("Exhibits put in another order")
        entry = change.note(Subject("case", exhibit.case), {"order": before}, {"said": said})
    return Outcome(None, change.changes, entry, said)


def remove_exhibit(desk: Desk, exhibit_id: ExhibitId) -> Outcome[None]:
    """Takes an exhibit out of its case; what was sealed stays sealed."""
    with desk.transaction("exhibit.remove") as change:
        exhibit = change.rows.exhibits.get(exhibit_id)
        order = [each.id for each in change.rows.exhibits.list(exhibit.case)]
        change.rows.exhibits.remove(exhibit_id)
        change.rows.exhibits.arrange(exhibit.case, [each for each in order if each != exhibit_id])
        case = change.rows.cases.get(exhibit.case)
        change.touch_case(exhibit.case, case.order, windows=False)
        said = tr("Exhibit {number} taken out", number=exhibit.number)
        before = {
            "evidence": exhibit.evidence.id,
            "number": exhibit.number,
            "caption": exhibit.caption,
            "proves": exhibit.proves,
            "kind": exhibit.kind,
        }
        entry = change.note(Subject("case", exhibit.case), before, {"said": said})
    return Outcome(None, change.changes, entry, said)
