"""Rebuttals: drafted from the claims and what answers them, then said to be sent."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import TYPE_CHECKING

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Conflict, Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.words import Actor, Stage, Status
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.cases import mark_sent
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.after import form_for_reply
from disputedesk.model.case import CaseStage, Document, Filing
from disputedesk.model.ids import DocumentId, FilingId, RuleId
from disputedesk.model.posting import Posting, PostingWay
from disputedesk.model.reply import MerchantReply
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction


@dataclasses.dataclass(frozen=True, slots=True)
class Sent:
    """How a rebuttal went out.

    Attributes:
        document: The paper that went; `None` takes the one drafted for the reply, if there is one.
        to: To whom, one line; may be empty.
        tracking: Number of the registered letter or of the mail; may be empty.
        reference: What they call it; may be empty.
    """

    on: dt.date
    way: PostingWay = PostingWay.PORTAL
    document: DocumentId | None = None
    to: str = ""
    tracking: str = ""
    reference: str = ""


def draft_rebuttal(
    desk: Desk, reply_id: int, *, language: str, paper: str | None = None
) -> Outcome[Document]:
    """Writes the letter that answers a reply, seals it, and keeps that it belongs to the reply.

    Raises:
        Refused: No claim is listed, or no form answers such a reply.
        MissingFacts: The form must know more; names it.
    """
    with desk.store.snapshot() as rows:
        reply = rows.merchant_replies.get(reply_id)
        claims = rows.counterclaims.of_reply(reply_id)
    if not claims:
        raise Refused(
            tr("No claim of the merchant is listed yet."), "",
            tr("List what their reply says, one point at a time; the letter answers each."),
        )  # fmt: skip
    form = form_for_reply(desk, reply.stage)
    if not form:
        raise Refused(tr("No form answers a reply."), "", tr("letter forms lists them."))
    made = make_letter(desk, reply.case, form=form, language=language, paper=paper)
    kept = keep_draft(desk, reply_id, made.value.id)
    return Outcome(made.value, made.changes | kept.changes, kept.undo, kept.said)


def keep_draft(desk: Desk, reply_id: int, document_id: DocumentId) -> Outcome[None]:
    """Says that a paper answers a reply.

    Raises:
        NotFound: There is no such reply or paper.
    """
    with desk.transaction("reply.draft") as change:
        reply = change.rows.merchant_replies.get(reply_id)
        document = change.rows.documents.get(document_id)
        case = change.rows.cases.get(reply.case)
        change.rows.merchant_replies.update(dataclasses.replace(reply, document=document_id))
        change.touch_case(case.id, case.order, windows=False)
        said = tr("{title} answers the reply", title=document.title)
        before = {"reply": reply_id, "document": reply.document}
        entry = change.note(Subject("case", case.id), before, {"said": said})
    return Outcome(None, change.changes, entry, said)


def mark_answered(desk: Desk, reply_id: int, sent: Sent) -> Outcome[FilingId | None]:
    """Records that the rebuttal went out: the day that the letter set no longer presses.

    The answer is a filing of its own, at the reply's stage, where the rules know such a step.

    Raises:
        Refused: The day lies in the future, or before the reply.
        Conflict: The reply is answered already.
    """
    with desk.store.snapshot() as rows:
        reply = rows.merchant_replies.get(reply_id)
        basis = read_case(rows, reply.case)
    _refuse(desk, reply, sent)
    rule = _rule_of(desk, basis, reply)
    with desk.transaction("reply.sent") as change:
        case = change.rows.cases.get(reply.case)
        document = sent.document or reply.document
        filing = None if rule is None else _file(change, reply, sent, rule, document)
        papers = {} if document is None else mark_sent(change, document, sent.on)
        posting = _post(change, sent, document, filing)
        change.rows.merchant_replies.update(
            dataclasses.replace(reply, document=document, answered_on=sent.on)
        )
        if case.stage is not CaseStage.CLOSED:
            change.rows.cases.update(dataclasses.replace(case, stage=CaseStage.FILED))
        change.touch_case(case.id, case.order)
        said = tr("Answer to the reply sent on {day}", day=day_text(sent.on))
        before = {
            "reply": reply_id, "document": reply.document, "filing": filing, "sent": papers,
            "posting": posting, "stage": str(case.stage),
        }  # fmt: skip
        entry = change.note(Subject("case", case.id), before, {"said": said})
    return Outcome(filing, change.changes, entry, said)


def _refuse(desk: Desk, reply: MerchantReply, sent: Sent) -> None:
    if reply.answered_on is not None:
        raise Conflict(
            tr("This reply was answered on {day} already.", day=day_text(reply.answered_on)), "",
            tr("Take that back first, or record the next reply."),
        )  # fmt: skip
    if sent.on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(sent.on)), "",
            tr("Enter the day it was really sent."),
        )  # fmt: skip
    if sent.on < reply.received_on:
        raise Refused(
            tr("The answer cannot be older than the reply."), day_text(sent.on),
            tr("Enter the day it was really sent."),
        )  # fmt: skip


def _rule_of(desk: Desk, basis: CaseBasis, reply: MerchantReply) -> RuleId | None:
    """The rule under which this answer is given; `None` where the rules know no such step."""
    filing = next((each for each in basis.filings if each.id == reply.filing), None)
    windows = [
        window
        for window in desk.rulebook.windows(basis.facts, today=desk.today)
        if window.actor is Actor.BUYER
        and window.stage is Stage.RESPONSE
        and window.status is not Status.NOT_AVAILABLE
        and (filing is None or str(window.avenue) == filing.avenue)
    ]
    windows.sort(key=lambda window: (window.closes != reply.answer_by, window.rule))
    return windows[0].rule if windows else None


def _file(
    change: Transaction,
    reply: MerchantReply,
    sent: Sent,
    rule: RuleId,
    document: DocumentId | None,
) -> FilingId:
    known = change.desk.rulebook.rules.get(rule)
    filing = Filing(
        FilingId(0), reply.case, rule, str(known.avenue), reply.stage or str(known.stage), sent.on,
        reference=mask(clean_line(sent.reference)), document=document,
    )  # fmt: skip
    return change.rows.filings.add(filing).id


def _post(
    change: Transaction, sent: Sent, document: DocumentId | None, filing: FilingId | None
) -> int | None:
    """Enters how the paper went out; a rebuttal that was no paper of ours has no entry."""
    if document is None:
        return None
    posting = Posting(
        0, document, sent.way, sent.on, mask(clean_line(sent.to)), mask(clean_line(sent.tracking)),
        filing=filing,
    )  # fmt: skip
    return change.rows.postings.add(posting).id
