"""Answers of the other side to what was filed: kept with its file, its sum and its day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.deadlines.planning import fact_of_answer
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.facts import check_sum
from disputedesk.desk.operations.cases import former_of
from disputedesk.desk.operations.credits import NewCredit, enter_credit
from disputedesk.desk.operations.orders import Recorded, record_facts
from disputedesk.model.case import CaseStage
from disputedesk.model.credit import CreditKind
from disputedesk.model.evidence import Way
from disputedesk.model.fact import FactOrigin
from disputedesk.model.ids import EvidenceId, ExhibitId, FilingId
from disputedesk.model.money import Money
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.operations.evidence import Source
    from disputedesk.desk.transaction import Transaction

_DECISION = "decision"


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """What the other side answered to a filing.

    Attributes:
        text: What they said, as they said it.
        granted: Whether they give what was asked, or a part; `None` when it is neither.
        amount: What they give; `None` where they named no sum. Becomes a promised refund.
        due_on: The day it should have come by; `None` when none was named.
        decided: Whether platform or wallet itself decided, not merely the seller answered.
    """

    on: dt.date
    text: str = ""
    granted: bool | None = None
    amount: Money | None = None
    due_on: dt.date | None = None
    decided: bool = False


def record_answer(
    desk: Desk,
    filing_id: FilingId,
    answer: Answer,
    *,
    sources: Sequence[Source] = (),
    way: Way = Way.COMMAND,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[None]:
    """Keeps the other side's answer to a filing; a sum they give becomes a promised refund.

    Args:
        desk: The desk.
        filing_id: What they answered.
        answer: What they said.
        sources: Their letter or page; becomes an exhibit as every file does.
        way: How the file came.
        progress: Told after every file.
        cancel: Asked between files.

    Raises:
        NotFound: There is no such filing.
        Refused: A day or sum cannot be; nothing was kept.
    """
    from disputedesk.desk.operations.evidence import add_evidence

    with desk.store.snapshot() as rows:
        filing = rows.filings.get(filing_id)
    _check(desk, answer, filing.filed_on)
    changes, shown = Changes(), None
    if sources:
        added = add_evidence(desk, filing.case, sources, way=way, progress=progress, cancel=cancel)
        changes, shown = added.changes, added.value[0]
    with desk.transaction("case.answer") as change:
        case = change.rows.cases.get(filing.case)
        change.rows.filings.update(
            dataclasses.replace(
                filing, answered_on=answer.on, answer=mask(answer.text), granted=answer.granted
            )
        )
        kinds = _name_decision(change, shown)
        recorded = _decided(change, filing_id, answer, shown)
        credit, promised = _promise(change, filing_id, answer, shown)
        if case.stage is not CaseStage.CLOSED:
            stage = CaseStage.REFUND_PROMISED if answer.granted else CaseStage.ANSWERED
            change.rows.cases.update(dataclasses.replace(case, stage=stage))
        change.touch_case(case.id, case.order)
        said = tr("Answer of {day} kept", day=day_text(answer.on))
        known = filing.answered_on
        before = {
            **former_of(case), "answered": filing_id, "answer": filing.answer,
            "answered_on": None if known is None else known.isoformat(), "granted": filing.granted,
            "credit": credit, "kinds": kinds, **_both(recorded.before, promised.before, "gone"),
        }  # fmt: skip
        after = {**_both(recorded.after, promised.after, "facts"), "said": said}
        entry = change.note(Subject("case", case.id), before, after)
    return Outcome(None, changes | change.changes, entry, said)


def _decided(
    change: Transaction, filing_id: FilingId, answer: Answer, shown: ExhibitId | None
) -> Recorded:
    """Records that a platform or wallet has decided: what an appeal counts from."""
    filing = change.rows.filings.get(filing_id)
    fact = fact_of_answer(filing.avenue) if answer.decided else None
    if not fact:
        return Recorded({}, {})
    case = change.rows.cases.get(filing.case)
    evidence = None
    if shown is not None:
        evidence = EvidenceId(change.rows.exhibits.get(shown).evidence.id)
    return record_facts(
        change, case.order, {fact: answer.on}, case_id=case.id, note=tr("answer"),
        origin=FactOrigin.FILING, evidence=evidence,
    )  # fmt: skip


def _promise(
    change: Transaction, filing_id: FilingId, answer: Answer, shown: ExhibitId | None
) -> tuple[int | None, Recorded]:
    """Enters the sum they give as a promised refund."""
    if answer.amount is None or not answer.granted:
        return None, Recorded({}, {})
    filing = change.rows.filings.get(filing_id)
    new = NewCredit(
        CreditKind.PROMISED, answer.amount, answer.on, answer.due_on, filing=filing_id,
        exhibit=shown, in_writing=True,
    )  # fmt: skip
    credit, recorded = enter_credit(change, filing.case, new)
    return credit.id, recorded


def _name_decision(change: Transaction, shown: ExhibitId | None) -> dict[str, str]:
    """Says of their letter what it is, where that was only guessed; gives the guess."""
    if shown is None:
        return {}
    exhibit = change.rows.exhibits.get(shown)
    if exhibit.kind not in {"", "chat", "photo"}:
        return {}
    change.rows.exhibits.update(dataclasses.replace(exhibit, kind=_DECISION))
    return {str(exhibit.evidence.id): exhibit.kind}


def _both(first: dict[str, object], second: dict[str, object], listed: str) -> dict[str, object]:
    """What two recordings left, as one."""
    one, other = first.get(listed, ()), second.get(listed, ())
    assert isinstance(one, list | tuple)  # our own lists of numbers and of facts
    assert isinstance(other, list | tuple)
    return {**first, **second, listed: [*one, *other]}


def _check(desk: Desk, answer: Answer, filed_on: dt.date) -> None:
    if answer.on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(answer.on)), "",
            tr("Enter the day of their answer."),
        )  # fmt: skip
    if answer.on < filed_on:
        raise Refused(
            tr("They cannot have answered before it was sent."), day_text(answer.on),
            tr("Check the day of the answer and the day it was sent."),
        )  # fmt: skip
    if answer.amount is not None:
        check_sum(answer.amount, "")
    if answer.due_on is not None and answer.due_on < answer.on:
        raise Refused(
            tr("A refund cannot be due before it was promised."), day_text(answer.due_on),
            tr("Check both days."),
        )  # fmt: skip
