"""Taking back what was done to a reply of the merchant."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from disputedesk.desk.operations.counterclaims import NewClaim, write_claims
from disputedesk.desk.operations.undo_facts import day_of_text, put_facts_back
from disputedesk.model.case import Case, CaseStage, Exhibit
from disputedesk.model.ids import CaseId, DocumentId, FilingId
from disputedesk.store.values import LedgerEntry

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction


def set_reply_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Takes a reply away with its claims and facts, or lets it say what it said before."""
    case = change.rows.cases.get(CaseId(entry.subject.id))
    put_facts_back(change, case.order, entry, before)
    shown = _by_evidence(change, case.id)
    former = before.get("former")
    if former:
        reply = change.rows.merchant_replies.get(former["id"])
        exhibit = shown.get(former["evidence"])
        received_on = day_of_text(former["received_on"])
        change.rows.merchant_replies.update(
            dataclasses.replace(
                reply, received_on=received_on or reply.received_on, stage=former["stage"],
                filing=former["filing"], answer_by=day_of_text(former["answer_by"]),
                exhibit=None if exhibit is None else exhibit.id,
            )
        )  # fmt: skip
    else:
        for claim in change.rows.counterclaims.of_reply(before["added"]):
            change.rows.counterclaims.remove(claim.id)
        change.rows.merchant_replies.remove(before["added"])
        _put_stage_back(change, case, before)
    for number, kind in before.get("kinds", {}).items():
        if int(number) in shown:
            change.rows.exhibits.update(dataclasses.replace(shown[int(number)], kind=kind))
    change.touch_case(case.id, case.order)


def set_claims_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lists the claims that were listed before."""
    case = change.rows.cases.get(CaseId(entry.subject.id))
    shown = _by_evidence(change, case.id)
    claims = [
        NewClaim(
            each["text"], each["page"], each["answer"],
            tuple(shown[number].id for number in each["evidence"] if number in shown),
            each["id"],
        )
        for each in before["claims"]
    ]  # fmt: skip
    write_claims(change, before["reply"], claims)
    change.touch_case(case.id, case.order, windows=False)


def set_draft_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lets the reply be answered by the paper that answered it before, or by none."""
    case = change.rows.cases.get(CaseId(entry.subject.id))
    reply = change.rows.merchant_replies.get(before["reply"])
    change.rows.merchant_replies.update(dataclasses.replace(reply, document=before["document"]))
    change.touch_case(case.id, case.order, windows=False)


def set_sent_back(change: Transaction, entry: LedgerEntry, before: Mapping[str, Any]) -> None:
    """Lets the reply wait for its answer again."""
    case = change.rows.cases.get(CaseId(entry.subject.id))
    reply = change.rows.merchant_replies.get(before["reply"])
    change.rows.merchant_replies.update(
        dataclasses.replace(reply, document=before["document"], answered_on=None)
    )
    if before["posting"] is not None:
        change.rows.postings.remove(before["posting"])
    if before["filing"] is not None:
        change.rows.filings.remove(FilingId(before["filing"]))
    for number, day in before["sent"].items():
        document = change.rows.documents.get(DocumentId(int(number)))
        change.rows.documents.update(dataclasses.replace(document, sent_on=day_of_text(day)))
    _put_stage_back(change, case, before)
    change.touch_case(case.id, case.order)


def _put_stage_back(change: Transaction, case: Case, before: Mapping[str, Any]) -> None:
    if case.stage is not CaseStage.CLOSED:
        change.rows.cases.update(dataclasses.replace(case, stage=CaseStage(before["stage"])))


def _by_evidence(change: Transaction, case_id: CaseId) -> dict[int, Exhibit]:
    return {each.evidence.id: each for each in change.rows.exhibits.list(case_id)}
