"""Saying that something cannot be captured any more, and that it can after all.

Kept as a value of the desk under the case's number, not as a note: undo then puts back exactly what
was there, and nobody can change it by writing. The ledger's entry stands under the case, so its log
shows the day on which it was given up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.queries.prompts import (
    dismissed,
    dismissed_key,
    dismissed_text,
    find_prompt,
)
from disputedesk.model.ids import CaseId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def dismiss_prompt(desk: Desk, case_id: CaseId, prompt_id: str) -> Outcome[None]:
    """Notes that it cannot be had any more: the case stops asking for it.

    Raises:
        NotFound: There is no such case, or nothing of that name to capture.
    """
    return _set(desk, case_id, prompt_id, gone=True)


def ask_again(desk: Desk, case_id: CaseId, prompt_id: str) -> Outcome[None]:
    """Takes back that it cannot be had.

    Raises:
        NotFound: There is no such case, or nothing of that name to capture.
    """
    return _set(desk, case_id, prompt_id, gone=False)


def _set(desk: Desk, case_id: CaseId, prompt_id: str, *, gone: bool) -> Outcome[None]:
    prompt = find_prompt(desk, prompt_id)
    key = dismissed_key(case_id)
    with desk.transaction("prompt.set") as change:
        case = change.rows.cases.get(case_id)
        former = change.rows.settings.find(key)
        names = dismissed(former)
        names = names | {prompt.id} if gone else names - {prompt.id}
        change.rows.settings.set(key, dismissed_text(names))
        change.touch_case(case_id, case.order, windows=False)
        thing = tr(prompt.title)
        said = (
            tr("Cannot be had any more: {thing}", thing=thing)
            if gone
            else tr("Asked for again: {thing}", thing=thing)
        )
        entry = change.note(Subject("case", case_id), {"key": key, "value": former}, {"said": said})
    return Outcome(None, change.changes, entry, said)
