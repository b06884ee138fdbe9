"""Replies of the merchant: kept as an exhibit, and the day counted that their letter sets."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Conflict, NotFound, Refused
from disputedesk.common.texts import day_text, tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.deadlines.words import Stage
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.operations.orders import Recorded, record_facts
from disputedesk.model.case import Case, CaseStage, Exhibit
from disputedesk.model.evidence import Way
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId, FactName, FilingId
from disputedesk.model.reply import MerchantReply
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.operations.evidence import Source
    from disputedesk.desk.transaction import Transaction

REPLY_KIND: Final = "reply"
"""What the exhibit that holds a reply is to a checklist."""
REPLY_STAGES: Final = (Stage.RESPONSE, Stage.PRE_ARBITRATION, Stage.ARBITRATION)
"""Where a dispute can stand when something comes from the other side."""
_OF_THE_BANK: Final = frozenset({"card_chargeback", "bank_claim"})
_GUESSED: Final = frozenset({"", "chat", "photo"})
"""Kinds that were only guessed from the type of a file."""


@dataclasses.dataclass(frozen=True, slots=True)
class NewReply:
    """A reply as somebody tells it.

    Attributes:
        answer_by: The last day that their letter sets, read off it; `None` while nobody looked.
        filing: What it answers; `None` takes the newest that waits for an answer.
        exhibit: The reply itself, where it is an exhibit already.
    """

    received_on: dt.date
    answer_by: dt.date | None = None
    stage: Stage = Stage.RESPONSE
    filing: FilingId | None = None
    exhibit: ExhibitId | None = None


def record_reply(
    desk: Desk,
    case_id: CaseId,
    new: NewReply,
    *,
    sources: Sequence[Source] = (),
    way: Way = Way.COMMAND,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[int]:
    """Keeps a reply of the other side; the day that it sets is counted from now on.

    Args:
        desk: The desk.
        case_id: The case.
        new: What is known of it.
        sources: The reply's file or mail; becomes an exhibit as every file does.
        way: How the file came.
        progress: Told after every file.
        cancel: Asked between files.

    Raises:
        Refused: A day cannot be, or the file is refused; nothing was recorded.
        Conflict: The case is closed.
    """
    from disputedesk.desk.operations.evidence import add_evidence

    _check_days(desk, new)
    with desk.store.snapshot() as rows:
        _refuse_closed(rows.cases.get(case_id))
    changes = Changes()
    shown: tuple[ExhibitId, ...] = () if new.exhibit is None else (new.exhibit,)
    if sources:
        added = add_evidence(desk, case_id, sources, way=way, progress=progress, cancel=cancel)
        changes, shown = added.changes, added.value
    with desk.transaction("reply.set") as change:
        case = change.rows.cases.get(case_id)
        _refuse_closed(case)
        exhibits = exhibits_of(change, case_id, shown)
        filing = new.filing or _waiting(change, case_id)
        first = exhibits[0] if exhibits else None
        reply = change.rows.merchant_replies.add(
            MerchantReply(
                0, case_id, new.received_on, str(new.stage), filing,
                None if first is None else first.id, new.answer_by,
            )
        )  # fmt: skip
        kinds = _name_replies(change, exhibits)
        recorded = _record(change, case, reply, first)
        change.rows.cases.update(dataclasses.replace(case, stage=CaseStage.ANSWERED))
        change.touch_case(case_id, case.order)
        said = tr("Reply of {day} kept", day=day_text(new.received_on))
        before = {
            "added": reply.id, "kinds": kinds, "stage": str(case.stage), **recorded.before,
        }  # fmt: skip
        entry = change.note(Subject("case", case_id), before, {**recorded.after, "said": said})
    return Outcome(reply.id, changes | change.changes, entry, said)


def set_reply(desk: Desk, reply_id: int, new: NewReply) -> Outcome[None]:
    """Corrects what is known of a reply.

    Raises:
        NotFound: There is no such reply.
        Refused: A day cannot be.
    """
    _check_days(desk, new)
    with desk.transaction("reply.set") as change:
        known = change.rows.merchant_replies.get(reply_id)
        case = change.rows.cases.get(known.case)
        exhibits_of(change, case.id, () if new.exhibit is None else (new.exhibit,))
        reply = change.rows.merchant_replies.update(
            dataclasses.replace(
                known, received_on=new.received_on, answer_by=new.answer_by, stage=str(new.stage),
                filing=new.filing or known.filing, exhibit=new.exhibit or known.exhibit,
            )
        )  # fmt: skip
        recorded = _record(change, case, reply, None)
        change.touch_case(case.id, case.order)
        said = tr("Reply of {day} changed", day=day_text(new.received_on))
        before = {"former": _packed(change, known), **recorded.before}
        entry = change.note(Subject("case", case.id), before, {**recorded.after, "said": said})
    return Outcome(None, change.changes, entry, said)


def _check_days(desk: Desk, new: NewReply) -> None:
    if new.received_on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(new.received_on)), "",
            tr("Enter the day the reply came."),
        )  # fmt: skip
    if new.answer_by is not None and new.answer_by < new.received_on:
        raise Refused(
            tr("An answer cannot be due before the reply came."), day_text(new.answer_by),
            tr("Look up both days in their letter."),
        )  # fmt: skip
    if new.stage not in REPLY_STAGES:
        raise Refused(
            tr("No reply comes at this stage."), str(new.stage),
            tr("Choose one of: {names}.", names=", ".join(REPLY_STAGES)),
        )  # fmt: skip


def _refuse_closed(case: Case) -> None:
    if case.stage is CaseStage.CLOSED:
        raise Conflict(
            tr("This case is closed."), tr("case {number}", number=case.number),
            tr("Take it up again before a reply is recorded."),
        )  # fmt: skip


def exhibits_of(change: Transaction, case_id: CaseId, wanted: Iterable[ExhibitId]) -> list[Exhibit]:
    """The exhibits of a case with these numbers.

    Raises:
        NotFound: One of them is not in this case.
    """
    known = {each.id: each for each in change.rows.exhibits.list(case_id)}
    found = []
    for number in wanted:
        if number not in known:
            raise NotFound(tr("There is no exhibit {number}.", number=number))
        found.append(known[number])
    return found


def _waiting(change: Transaction, case_id: CaseId) -> FilingId | None:
    """The newest filing that no answer has ended; the newest of all where each was answered."""
    filings = change.rows.filings.list(case_id)
    waiting = [filing for filing in filings if filing.answered_on is None] or filings
    return waiting[-1].id if waiting else None


def _name_replies(change: Transaction, exhibits: Sequence[Exhibit]) -> dict[str, str]:
    """Says of exhibits whose kind was only guessed that they are the reply; gives the guesses."""
    former = {}
    for exhibit in exhibits:
        if exhibit.kind in _GUESSED:
            former[str(exhibit.evidence.id)] = exhibit.kind
            change.rows.exhibits.update(dataclasses.replace(exhibit, kind=REPLY_KIND))
    return former


def _record(
    change: Transaction, case: Case, reply: MerchantReply, shown: Exhibit | None
) -> Recorded:
    """Records the days of a reply as facts: what a clock of the rules counts from."""
    values: dict[FactName, FactValue] = {}
    if reply.answer_by is not None:
        values[FactName("reply_asked_by")] = reply.answer_by
    filing = None if reply.filing is None else change.rows.filings.get(reply.filing)
    of_bank = filing is None or filing.avenue in _OF_THE_BANK
    if of_bank and reply.stage == Stage.RESPONSE:
        values[FactName("merchant_reply_on")] = reply.received_on
    evidence = None if shown is None else EvidenceId(shown.evidence.id)
    return record_facts(
        change, case.order, values, case_id=case.id, note=tr("reply"), evidence=evidence
    )


def _packed(change: Transaction, reply: MerchantReply) -> Mapping[str, object]:
    """A reply as a ledger entry holds it."""
    exhibits = {each.id: each.evidence.id for each in change.rows.exhibits.list(reply.case)}
    shown = None if reply.exhibit is None else exhibits.get(reply.exhibit)
    return {
        "id": reply.id, "received_on": reply.received_on.isoformat(), "stage": reply.stage,
        "filing": reply.filing, "evidence": shown,
        "answer_by": None if reply.answer_by is None else reply.answer_by.isoformat(),
    }  # fmt: skip
