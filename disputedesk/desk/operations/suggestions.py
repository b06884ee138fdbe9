"""Suggestions taken, each by somebody's own act: what an exhibit shows, what a mail says."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr, trn
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.orders import set_facts
from disputedesk.desk.queries.prompts import dismissed, dismissed_key, dismissed_text
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, ExhibitId, FactName
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def name_exhibits(desk: Desk, case_id: CaseId, kinds: Mapping[ExhibitId, str]) -> Outcome[None]:
    """Says of many exhibits at once what they show.

    Raises:
        NotFound: One of them is not in this case; nothing was changed.
    """
    with desk.transaction("exhibit.name") as change:
        case = change.rows.cases.get(case_id)
        shown = {each.id: each for each in change.rows.exhibits.list(case_id)}
        before = {}
        for exhibit_id, kind in kinds.items():
            if exhibit_id not in shown:
                raise NotFound(tr("There is no exhibit {number}.", number=exhibit_id))
            exhibit = shown[exhibit_id]
            before[str(exhibit.evidence.id)] = exhibit.kind
            change.rows.exhibits.update(dataclasses.replace(exhibit, kind=kind))
        change.touch_case(case_id, case.order, windows=False)
        change.touch_evidence(shown[each].evidence.id for each in kinds)
        said = trn("{count} exhibit named", "{count} exhibits named", len(kinds))
        entry = change.note(Subject("case", case_id), {"kinds": before}, {"said": said})
    return Outcome(None, change.changes, entry, said)


def record_mention(
    desk: Desk, case_id: CaseId, exhibit_id: ExhibitId, fact: FactName, value: FactValue
) -> Outcome[None]:
    """Records what an exhibit says, with that exhibit as its source.

    Raises:
        NotFound: There is no such case or exhibit.
        Refused: The fact cannot have this value.
    """
    with desk.store.snapshot() as rows:
        order_id = rows.cases.get(case_id).order
        exhibit = rows.exhibits.get(exhibit_id)
    return set_facts(
        desk,
        order_id,
        {fact: value},
        case_id=case_id,
        note=exhibit.caption or exhibit.evidence.name,
        evidence=exhibit.evidence.id,
    )


def set_aside(desk: Desk, case_id: CaseId, mark: str) -> Outcome[None]:
    """Says no to a suggestion; it is not made again for this case."""
    key = dismissed_key(case_id)
    with desk.transaction("prompt.set") as change:
        case = change.rows.cases.get(case_id)
        former = change.rows.settings.find(key)
        change.rows.settings.set(key, dismissed_text(dismissed(former) | {mark}))
        change.touch_case(case_id, case.order, windows=False)
        said = tr("Suggestion put aside")
        entry = change.note(Subject("case", case_id), {"key": key, "value": former}, {"said": said})
    return Outcome(None, change.changes, entry, said)
