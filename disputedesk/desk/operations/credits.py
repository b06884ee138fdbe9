"""The ledger of refunds of a case: promised, given for now, given for good, taken back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk import words
from disputedesk.desk.after_words import credit_title
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.facts import check_sum
from disputedesk.desk.operations.orders import Recorded, record_facts
from disputedesk.desk.operations.replies import exhibits_of
from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.credit_ledger import balance_in
from disputedesk.model.evidence import Way
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId, FactName, FilingId
from disputedesk.model.money import Money
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.basis import CaseBasis
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.operations.evidence import Source
    from disputedesk.desk.transaction import Transaction


@dataclasses.dataclass(frozen=True, slots=True)
class NewCredit:
    """A line as somebody tells it.

    Attributes:
        on: The day it was promised, booked or taken back.
        due_on: For a promise, the day it should have come by; `None` when none was named.
        filing: The step that brought it. Final money of the step on which the bank lent some takes
            the place of that; final money of another step comes on top of it.
        exhibit: What shows it, where it is an exhibit already.
        in_writing: Of a promise, whether it was written; `None` says yes where an exhibit shows it.
    """

    kind: CreditKind
    amount: Money
    on: dt.date
    due_on: dt.date | None = None
    reference: str = ""
    note: str = ""
    filing: FilingId | None = None
    exhibit: ExhibitId | None = None
    in_writing: bool | None = None


def add_credit(
    desk: Desk,
    case_id: CaseId,
    new: NewCredit,
    *,
    sources: Sequence[Source] = (),
    way: Way = Way.COMMAND,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[int]:
    """Enters a line of the ledger; what the rules count from it becomes known.

    Args:
        desk: The desk.
        case_id: The case.
        new: The line.
        sources: What shows it; becomes an exhibit as every file does.
        way: How the file came.
        progress: Told after every file.
        cancel: Asked between files.

    Raises:
        Refused: A sum or day cannot be, or more is taken back than came; nothing was entered.
    """
    from disputedesk.desk.operations.evidence import add_evidence

    _check(desk, new)
    with desk.store.snapshot() as rows:
        _refuse_too_much(rows.credits.of_case(case_id), new)
    changes = Changes()
    if sources:
        added = add_evidence(desk, case_id, sources, way=way, progress=progress, cancel=cancel)
        changes = added.changes
        new = dataclasses.replace(new, exhibit=added.value[0])
    with desk.transaction("credit.set") as change:
        credit, recorded = enter_credit(change, case_id, new)
        said = tr("{kind}: {sum}", kind=credit_title(new.kind),
                  sum=words.money_text(new.amount))  # fmt: skip
        before = {"added": credit.id, **recorded.before}
        entry = change.note(Subject("case", case_id), before, {**recorded.after, "said": said})
    return Outcome(credit.id, changes | change.changes, entry, said)


def enter_credit(change: Transaction, case_id: CaseId, new: NewCredit) -> tuple[Credit, Recorded]:
    """Enters a line inside a transaction; the caller notes it in the ledger of acts."""
    case = change.rows.cases.get(case_id)
    if new.filing is not None and change.rows.filings.get(new.filing).case != case_id:
        raise NotFound(tr("There is no filing {number}.", number=new.filing))
    shown = exhibits_of(change, case_id, () if new.exhibit is None else (new.exhibit,))
    credit = change.rows.credits.add(
        Credit(
            0, case_id, new.kind, new.amount, new.on, new.due_on, mask(clean_line(new.reference)),
            mask(clean_line(new.note)), new.filing, new.exhibit,
        )
    )  # fmt: skip
    values = _facts_of(change, case_id, new)
    evidence = EvidenceId(shown[0].evidence.id) if shown else None
    recorded = record_facts(
        change, case.order, values, case_id=case_id, note=tr("refund ledger"), evidence=evidence
    )
    change.touch_case(case_id, case.order)
    return credit, recorded


def remove_credit(desk: Desk, credit_id: int) -> Outcome[None]:
    """Takes a line out that was entered by mistake; what was learned from it stays known."""
    with desk.transaction("credit.set") as change:
        credit = change.rows.credits.get(credit_id)
        case = change.rows.cases.get(credit.case)
        shown = {each.id: each.evidence.id for each in change.rows.exhibits.list(case.id)}
        change.rows.credits.remove(credit_id)
        change.touch_case(case.id, case.order, windows=False)
        said = tr("Taken out of the ledger: {sum}", sum=words.money_text(credit.amount))
        former = {
            "id": credit.id, "kind": str(credit.kind), "amount": str(credit.amount),
            "on": credit.on.isoformat(),
            "due_on": None if credit.due_on is None else credit.due_on.isoformat(),
            "reference": credit.reference, "note": credit.note, "filing": credit.filing,
            "evidence": None if credit.exhibit is None else shown.get(credit.exhibit),
        }  # fmt: skip
        entry = change.note(Subject("case", case.id), {"former": former}, {"said": said})
    return Outcome(None, change.changes, entry, said)


def _facts_of(
    change: Transaction, case_id: CaseId, new: NewCredit
) -> dict[FactName, FactValue | None]:
    """What the rules and letters learn from a line; what is known already stays as it is."""
    from disputedesk.desk.basis import read_case

    learned: dict[str, FactValue] = {}
    if new.kind is CreditKind.PROVISIONAL:
        learned["provisional_credit_on"] = new.on
    if new.kind is CreditKind.PROMISED:
        learned["credit_promised"] = new.amount
        written = new.exhibit is not None if new.in_writing is None else new.in_writing
        if written:
            learned["credit_voucher_on"] = new.on
    basis: CaseBasis = read_case(change.rows, case_id)
    return {FactName(name): value for name, value in learned.items() if name not in basis.facts}


def _check(desk: Desk, new: NewCredit) -> None:
    check_sum(new.amount, "")
    if new.amount.minor == 0:
        raise Refused(tr("A line of nothing says nothing."), "", tr("Write the sum."))
    if new.on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(new.on)), "",
            tr("Enter the day it was promised, booked or taken back."),
        )  # fmt: skip
    if new.due_on is not None and new.kind is not CreditKind.PROMISED:
        raise Refused(
            tr("Only a promise has a day by which it should come."), day_text(new.due_on),
            tr("Leave that day empty."),
        )  # fmt: skip
    if new.due_on is not None and new.due_on < new.on:
        raise Refused(
            tr("A refund cannot be due before it was promised."), day_text(new.due_on),
            tr("Check both days."),
        )  # fmt: skip


def _refuse_too_much(lines: Sequence[Credit], new: NewCredit) -> None:
    """More cannot be taken back than stands as given by that day."""
    if new.kind is not CreditKind.TAKEN_BACK:
        return
    balance = balance_in((each for each in lines if each.on <= new.on), new.amount.currency)
    held = balance.provisional + balance.final
    if held < new.amount:
        raise Refused(
            tr("{sum} cannot be taken back: only {held} had come.",
               sum=words.money_text(new.amount), held=words.money_text(held)),
            day_text(new.on), tr("Enter first what was given, or check sum and day."),
        )  # fmt: skip
