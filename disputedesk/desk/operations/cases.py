"""Cases opened, worded, filed, answered and closed."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Conflict, Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.planning import fact_of_filing
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.words import Stage
from disputedesk.desk import words
from disputedesk.desk.changes import Outcome
from disputedesk.desk.contact_notes import Contact, note_of
from disputedesk.desk.facts import check_sum
from disputedesk.desk.operations.orders import record_facts
from disputedesk.model.case import Case, CaseNote, CaseOutcome, CaseStage, Filing, Wish
from disputedesk.model.credit_ledger import balance_in
from disputedesk.model.fact import FactOrigin, FactValue
from disputedesk.model.ids import CaseId, DocumentId, FactName, FilingId, OrderId, RuleId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

LONGEST_NARRATIVE: Final = 100_000
_PAID: Final = frozenset({CaseOutcome.WON, CaseOutcome.PART})


def open_case(
    desk: Desk,
    order_id: OrderId,
    *,
    problem: Problem,
    facts: Mapping[FactName, FactValue] | None = None,
) -> Outcome[CaseId]:
    """Begins a case for what went wrong with an order.

    Raises:
        Conflict: A case for the same wrong is open already.
    """
    with desk.transaction("case.open") as change:
        order = change.rows.orders.get(order_id)
        _refuse_second(change, order_id, problem)
        case = change.rows.cases.add(
            Case(CaseId(0), 0, order_id, order.client, problem, opened_on=desk.today)
        )
        recorded = record_facts(change, order_id, facts or {}, case_id=case.id)
        change.touch_case(case.id, order_id)
        said = tr("Case {number} opened", number=case.number)
        entry = change.note(
            Subject("case", case.id), recorded.before, {**recorded.after, "said": said}
        )
    return Outcome(case.id, change.changes, entry, said)


def _refuse_second(change: Transaction, order_id: OrderId, problem: Problem) -> None:
    for known in change.rows.cases.of_order(order_id):
        if known.problem is problem and known.stage is not CaseStage.CLOSED:
            raise Conflict(
                tr("There is an open case for this already."),
                tr("case {number}", number=known.number),
                tr("Go on with that one."),
            )


def set_case(
    desk: Desk,
    case_id: CaseId,
    *,
    narrative: str | None = None,
    wish: Wish | None = None,
    claimed: Money | None = None,
    problem: Problem | None = None,
) -> Outcome[None]:
    """Keeps the words, the wish, the sum or the wrong of a case; `None` leaves each as it is.

    Raises:
        Refused: The words are too long to be kept, or the sum is none.
        Conflict: There is an open case for that wrong already.
    """
    if claimed is not None:
        check_sum(claimed, "amount_disputed")
    if narrative is not None and len(narrative) > LONGEST_NARRATIVE:
        raise Refused(
            tr("This text is longer than {count} characters.", count=LONGEST_NARRATIVE),
            "",
            tr("Keep what a clerk can read; put the rest into an exhibit."),
        )
    with desk.transaction("case.set") as change:
        case = change.rows.cases.get(case_id)
        if problem is not None and problem is not case.problem:
            _refuse_second(change, case.order, problem)
        newer = dataclasses.replace(
            case,
            problem=problem or case.problem,
            narrative=case.narrative if narrative is None else mask(narrative),
            wish=wish or case.wish,
            claimed=claimed or case.claimed,
        )
        change.rows.cases.update(newer)
        change.touch_case(case_id, case.order, windows=not (claimed is None and problem is None))
        said = tr("Case {number} changed", number=case.number)
        entry = change.note(Subject("case", case_id), former_of(case), {"said": said})
    return Outcome(None, change.changes, entry, said)


def former_of(case: Case) -> dict[str, object]:
    """What of a case undo puts back."""
    return {
        "problem": str(case.problem),
        "narrative": case.narrative,
        "wish": None if case.wish is None else str(case.wish),
        "claimed": None if case.claimed is None else str(case.claimed),
        "stage": str(case.stage),
        "outcome": None if case.outcome is None else str(case.outcome),
        "won": None if case.won is None else str(case.won),
    }


def add_note(desk: Desk, case_id: CaseId, text: str, *, author: str = "") -> Outcome[None]:
    """Keeps what was said or done."""
    plain = mask(text.strip())
    if not plain:
        raise Refused(tr("The note is empty."), "", tr("Write what was said or done."))
    with desk.transaction("case.note") as change:
        case = change.rows.cases.get(case_id)
        note = CaseNote(desk.clock.now(), author or tr("you"), plain)
        change.rows.notes.add(case_id, note)
        change.touch_case(case_id, case.order, windows=False)
        said = tr("Note added")
        before = {"at": note.at.isoformat(), "author": note.author, "text": note.text}
        entry = change.note(Subject("case", case_id), before, {"said": said})
    return Outcome(None, change.changes, entry, said)


def add_contact(desk: Desk, case_id: CaseId, contact: Contact) -> Outcome[None]:
    """Keeps that the seller was asked; letters tell it among the attempts to settle.

    Raises:
        Refused: It does not say how, or its day has not come yet.
    """
    if not contact.how.strip():
        raise Refused(tr("The contact does not say how."), "", tr("Write: e-mail, telephone…"))
    if contact.on > desk.today:
        raise Refused(tr("This day has not come yet."), contact.on.isoformat())
    return add_note(desk, case_id, note_of(contact))


def file_step(
    desk: Desk,
    case_id: CaseId,
    *,
    rule: RuleId,
    on: dt.date,
    reference: str = "",
    document_id: DocumentId | None = None,
) -> Outcome[FilingId]:
    """Records that something was sent: the other side's clock begins with it.

    Raises:
        NotFound: There is no such rule.
        Refused: The day lies in the future.
        Conflict: The case is closed.
    """
    known = desk.rulebook.rules.get(rule)
    if on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(on)),
            "",
            tr("Enter the day it was really sent."),
        )
    with desk.transaction("case.file") as change:
        filed = enter_filing(
            change, case_id, known, on=on, reference=reference, document_id=document_id
        )
        entry = change.note(Subject("case", case_id), filed.before, filed.after)
    return Outcome(filed.id, change.changes, entry, filed.said)


@dataclasses.dataclass(frozen=True, slots=True)
class Filed:
    """A filing that was entered, and what the ledger keeps of it.

    Attributes:
        before: What undo puts back.
        said: The act in a few words.
    """

    id: FilingId
    before: dict[str, object]
    after: dict[str, object]
    said: str


def enter_filing(
    change: Transaction,
    case_id: CaseId,
    known: Rule,
    *,
    on: dt.date,
    reference: str = "",
    document_id: DocumentId | None = None,
) -> Filed:
    """Enters that something was sent along a rule's avenue; part of a transaction.

    Raises:
        Conflict: The case is closed.
    """
    case = change.rows.cases.get(case_id)
    if case.stage is CaseStage.CLOSED:
        raise Conflict(
            tr("This case is closed."),
            tr("case {number}", number=case.number),
            tr("Take it up again before something is filed."),
        )
    filing = change.rows.filings.add(
        Filing(
            FilingId(0), case_id, known.id, str(known.avenue), str(known.stage), on,
            reference=mask(reference), document=document_id,
        )
    )  # fmt: skip
    fact = fact_of_filing(known)
    values = {fact: on} if fact else {}
    recorded = record_facts(
        change, case.order, values, case_id=case_id, note=tr("filing"), origin=FactOrigin.FILING,
    )  # fmt: skip
    sent = {} if document_id is None else mark_sent(change, document_id, on)
    reply = _answer_reply(change, case_id, on, document_id) if _answers(known) else None
    if case.stage is CaseStage.PREPARING:
        change.rows.cases.update(dataclasses.replace(case, stage=CaseStage.FILED))
    change.touch_case(case_id, case.order)
    said = tr("Filed: {avenue}", avenue=words.avenue_title(known.avenue))
    before = {
        **former_of(case), "filing": filing.id, "sent": sent, "reply": reply, **recorded.before,
    }  # fmt: skip
    return Filed(filing.id, before, {**recorded.after, "said": said}, said)


def _answers(rule: Rule) -> bool:
    return rule.stage is Stage.RESPONSE


def _answer_reply(
    change: Transaction, case_id: CaseId, on: dt.date, document_id: DocumentId | None
) -> tuple[int, DocumentId | None] | None:
    """Says that the newest reply that waited is answered; gives it and its former draft."""
    waiting = [
        reply
        for reply in change.rows.merchant_replies.of_case(case_id)
        if reply.answered_on is None and reply.received_on <= on
    ]
    if not waiting:
        return None
    newest = waiting[-1]
    change.rows.merchant_replies.update(
        dataclasses.replace(newest, answered_on=on, document=document_id or newest.document)
    )
    return newest.id, newest.document


def mark_sent(
    change: Transaction, document_id: DocumentId, on: dt.date
) -> dict[str, dt.date | None]:
    """Enters the day a paper went out, with all parts of a bundle; gives what was there before."""
    before = {}
    for number in change.rows.bundles.parts(document_id):
        document = change.rows.documents.get(number)
        before[str(number)] = document.sent_on
        change.rows.documents.update(dataclasses.replace(document, sent_on=on))
    return before


def close_case(
    desk: Desk, case_id: CaseId, *, outcome: CaseOutcome, won: Money | None = None
) -> Outcome[None]:
    """Says how a case ended; its clocks leave the lists.

    Args:
        desk: The desk.
        case_id: The case.
        outcome: How it ended.
        won: What is back for good; `None` takes what the ledger of refunds says is final, else for
            a case that was won whole the sum in dispute.
    """
    with desk.transaction("case.close") as change:
        case = change.rows.cases.get(case_id)
        order = change.rows.orders.get(case.order)
        if won is None and outcome in _PAID:
            won = _final(change, case, outcome, order.total)
        newer = dataclasses.replace(case, stage=CaseStage.CLOSED, outcome=outcome, won=won)
        change.rows.cases.update(newer)
        change.touch_case(case_id, case.order)
        said = tr(
            "Case {number} closed: {outcome}",
            number=case.number,
            outcome=words.outcome_title(outcome),
        )
        entry = change.note(Subject("case", case_id), former_of(case), {"said": said})
    return Outcome(None, change.changes, entry, said)


def _final(
    change: Transaction, case: Case, outcome: CaseOutcome, total: Money | None
) -> Money | None:
    """What came back by a case that is closed without a sum."""
    asked = case.claimed or total
    lines = change.rows.credits.of_case(case.id)
    if asked is not None and (back := balance_in(lines, asked.currency).final).minor:
        return back
    return asked if outcome is CaseOutcome.WON else None


def reopen_case(desk: Desk, case_id: CaseId) -> Outcome[None]:
    """Takes a closed case up again: its clocks come back, replies and refunds stand as they did."""
    with desk.transaction("case.reopen") as change:
        case = change.rows.cases.get(case_id)
        stage = _stage_of(change.rows.filings.list(case_id))
        change.rows.cases.update(dataclasses.replace(case, stage=stage, outcome=None, won=None))
        change.touch_case(case_id, case.order)
        said = tr("Case {number} taken up again", number=case.number)
        entry = change.note(Subject("case", case_id), former_of(case), {"said": said})
    return Outcome(None, change.changes, entry, said)


def _stage_of(filings: Sequence[Filing]) -> CaseStage:
    """Where a case stands by its newest filing."""
    if not filings:
        return CaseStage.PREPARING
    newest = filings[-1]
    if newest.answered_on is None:
        return CaseStage.FILED
    return CaseStage.REFUND_PROMISED if newest.granted else CaseStage.ANSWERED
