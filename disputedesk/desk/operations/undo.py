"""Undo: a ledger entry holds the former values; each act knows how they are put back."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.exhibit_links import tie_again
from disputedesk.desk.operations.exhibits import sent_numbers
from disputedesk.desk.operations.undo_addressees import set_addressee_back
from disputedesk.desk.operations.undo_agency import set_letterheads_back, set_mandate_back
from disputedesk.desk.operations.undo_bank_forms import put_fields_back, take_form_away
from disputedesk.desk.operations.undo_credits import set_credit_back
from disputedesk.desk.operations.undo_facts import day_of_text, money_of_text, put_facts_back
from disputedesk.desk.operations.undo_forms import save_form_back
from disputedesk.desk.operations.undo_postings import forget_postings, take_posting_back
from disputedesk.desk.operations.undo_replies import (
    set_claims_back,
    set_draft_back,
    set_reply_back,
    set_sent_back,
)
from disputedesk.desk.operations.undo_submissions import copied_back, filed_back, word_back
from disputedesk.model.case import CaseNote, CaseOutcome, CaseStage, Exhibit, Wish
from disputedesk.model.ids import (
    BatchId,
    CaseId,
    ClientId,
    DocumentId,
    EvidenceId,
    ExhibitId,
    FilingId,
    LedgerId,
    OrderId,
)
from disputedesk.model.problem import Problem
from disputedesk.store.values import LedgerEntry, Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

_Values: TypeAlias = Mapping[str, Any]
RULES_ACTS: Final = frozenset({"rules.add", "rules.adopt", "rules.remove", "rules.override"})
"""Changes of rules that can be taken back; computing anew after an update of the program cannot."""


def undo(desk: Desk, entry: LedgerId | None = None) -> Outcome[None]:
    """Takes one act back in a transaction of its own.

    Args:
        desk: The desk.
        entry: The act's ledger entry; `None` is the newest that can be taken back.

    Raises:
        NotFound: There is nothing to take back.
        Refused: This act cannot be taken back, or was already.
    """
    from disputedesk.desk.queries.undo import last_undoable

    if entry is None:
        last = last_undoable(desk)
        if last is None:
            raise NotFound(tr("There is nothing to take back."))
        entry = last.entry
    with desk.store.snapshot() as rows:
        found = rows.ledger.get(entry)
    if found is None:
        raise NotFound(tr("The ledger has no entry {number}.", number=entry))
    if found.act == "import.keep":
        from disputedesk.desk.operations.intake import undo_import

        return undo_import(desk, BatchId(found.subject.id))
    if found.act in RULES_ACTS:
        from disputedesk.desk.operations.rules import undo_rules

        return undo_rules(desk, found)
    handler = UNDOABLE.get(found.act)
    if handler is None:
        raise Refused(
            tr("This cannot be taken back."), said_of(found), tr("What is sealed stays sealed.")
        )
    with desk.transaction("undo") as change:
        handler(change, found, found.before or {})
        said = tr("Taken back: {act}", act=said_of(found))
        change.note(Subject("undo"), None, {"of": entry, "said": said})
    return Outcome(None, change.changes, None, said)


def said_of(entry: LedgerEntry) -> str:
    """The act in words, as they were when it was done."""
    return str((entry.after or {}).get("said", entry.act))


def _order_add(change: Transaction, entry: LedgerEntry, _before: _Values) -> None:
    order_id = OrderId(entry.subject.id)
    change.rows.orders.remove(order_id)
    change.touch_order(order_id)


def _order_set(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    order = change.rows.orders.get(OrderId(entry.subject.id))
    change.rows.orders.update(
        dataclasses.replace(
            order,
            title=before["title"],
            note=before["note"],
            total=money_of_text(before["total"]) or order.total,
        )
    )
    change.touch_order(order.id)


def _set_facts(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    order_id = OrderId(entry.subject.id)
    put_facts_back(change, order_id, entry, before)
    for case in change.rows.cases.of_order(order_id):
        change.touch_case(case.id, order_id)


def _case_open(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case = change.rows.cases.get(CaseId(entry.subject.id))
    put_facts_back(change, case.order, entry, before)
    change.rows.cases.remove(case.id)
    change.touch_case(case.id, case.order)


def _case_former(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case = change.rows.cases.get(CaseId(entry.subject.id))
    change.rows.cases.update(
        dataclasses.replace(
            case,
            problem=Problem(before.get("problem", case.problem)),
            narrative=before["narrative"],
            wish=None if before["wish"] is None else Wish(before["wish"]),
            claimed=money_of_text(before["claimed"]),
            stage=CaseStage(before["stage"]),
            outcome=None if before["outcome"] is None else CaseOutcome(before["outcome"]),
            won=money_of_text(before["won"]),
        )
    )
    change.touch_case(case.id, case.order)


def _case_note(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case = change.rows.cases.get(CaseId(entry.subject.id))
    at = dt.datetime.fromisoformat(before["at"])
    change.rows.notes.remove(case.id, CaseNote(at, before["author"], before["text"]))
    change.touch_case(case.id, case.order, windows=False)


def _case_file(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case = change.rows.cases.get(CaseId(entry.subject.id))
    put_facts_back(change, case.order, entry, before)
    filing = change.rows.filings.get(FilingId(before["filing"]))
    forget_postings(change, filing)
    change.rows.filings.remove(filing.id)
    papers = {} if filing.document is None else {str(filing.document): None}
    for number, day in before.get("sent", papers).items():
        document = change.rows.documents.get(DocumentId(int(number)))
        sent_on = None if day is None else dt.date.fromisoformat(day)
        change.rows.documents.update(dataclasses.replace(document, sent_on=sent_on))
    if before.get("reply"):
        number, draft = before["reply"]
        reply = change.rows.merchant_replies.get(number)
        change.rows.merchant_replies.update(
            dataclasses.replace(reply, answered_on=None, document=draft)
        )
    _case_former(change, entry, before)


def _case_answer(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case = change.rows.cases.get(CaseId(entry.subject.id))
    put_facts_back(change, case.order, entry, before)
    filing = change.rows.filings.get(FilingId(before["answered"]))
    change.rows.filings.update(
        dataclasses.replace(
            filing,
            answered_on=day_of_text(before.get("answered_on")),
            answer=before.get("answer", ""),
            granted=before.get("granted"),
        )
    )
    if before.get("credit"):
        change.rows.credits.remove(before["credit"])
    shown = _by_evidence(change, case.id)
    for number, kind in before.get("kinds", {}).items():
        if int(number) in shown:
            change.rows.exhibits.update(dataclasses.replace(shown[int(number)], kind=kind))
    _case_former(change, entry, before)


def _evidence_add(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    after: _Values = entry.after or {}
    case_id = CaseId(entry.subject.id)
    shown = _by_evidence(change, case_id)
    sent = sent_numbers(change.rows, case_id)
    if any(shown[number].number in sent for number in after.get("evidence", ())):
        raise Refused(
            tr("An exhibit that was added by this went out in a bundle since."),
            said_of(entry),
            tr("Take it out of the case instead; it is then marked as withdrawn."),
        )
    for number in after.get("evidence", ()):
        change.rows.exhibits.remove(shown.pop(number).id)
    for number, withdrawn_at in before.get("withdrawn", {}).items():
        back = shown[int(number)]
        moment = dt.datetime.fromisoformat(withdrawn_at)
        change.rows.exhibits.place(back.id, section=back.section, withdrawn_at=moment)
    change.rows.exhibits.arrange(case_id, [each.id for each in shown.values()])
    _touch_case(change, entry)


def _by_evidence(change: Transaction, case_id: CaseId) -> dict[int, Exhibit]:
    """The case's exhibits by what they show: an exhibit put back has another number of its own."""
    return {each.evidence.id: each for each in change.rows.exhibits.list(case_id)}


def _exhibit_set(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    exhibit = _by_evidence(change, CaseId(entry.subject.id))[before["evidence"]]
    section = before.get("section", exhibit.section)
    change.rows.exhibits.place(exhibit.id, section=section, withdrawn_at=exhibit.withdrawn_at)
    change.rows.exhibits.update(
        dataclasses.replace(
            exhibit, caption=before["caption"], proves=before["proves"], kind=before["kind"]
        )
    )
    _touch_case(change, entry)


def _exhibit_claims(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    exhibit = _by_evidence(change, CaseId(entry.subject.id))[before["evidence"]]
    change.rows.exhibits.set_claims(exhibit.id, before["claims"])
    _touch_case(change, entry)
    change.touch_evidence([exhibit.evidence.id])


def _exhibit_name(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    shown = _by_evidence(change, CaseId(entry.subject.id))
    for number, kind in before["kinds"].items():
        change.rows.exhibits.update(dataclasses.replace(shown[int(number)], kind=kind))
    _touch_case(change, entry)


def _exhibit_move(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case_id = CaseId(entry.subject.id)
    shown = _by_evidence(change, case_id)
    order = [shown[number].id for number in before["order"] if number in shown]
    sent = sent_numbers(change.rows, case_id)
    fixed = [each.id for each in shown.values() if each.number in sent]
    if order[: len(fixed)] != fixed:
        raise Refused(
            tr("A bundle with the exhibits in this order went out since."),
            said_of(entry),
            tr("Their numbers stay; move only exhibits that were added after it."),
        )
    change.rows.exhibits.arrange(case_id, order)
    _touch_case(change, entry)


def _exhibit_remove(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    case_id = CaseId(entry.subject.id)
    section = before.get("section", "")
    if before.get("withdrawn"):
        withdrawn = _by_evidence(change, case_id)[before["evidence"]]
        change.rows.exhibits.place(withdrawn.id, section=section, withdrawn_at=None)
        _touch_case(change, entry)
        return
    shown = _by_evidence(change, case_id)
    if before["evidence"] in shown:
        raise Refused(
            tr("The file was added to the case again since."),
            said_of(entry),
            tr("Take it out again before this is taken back."),
        )
    order = [each.id for each in shown.values()]
    evidence = change.rows.evidence.get(EvidenceId(before["evidence"]))
    back = change.rows.exhibits.add(
        Exhibit(
            ExhibitId(0), case_id, evidence, 0, before["caption"], before["proves"],
            before["kind"], section,
        )
    )  # fmt: skip
    change.rows.exhibits.set_claims(back.id, before.get("claims", ()))
    tie_again(change.rows, back, before.get("links", {}))
    order.insert(max(before["number"] - 1, 0, *sent_numbers(change.rows, case_id)), back.id)
    change.rows.exhibits.arrange(case_id, order)
    _touch_case(change, entry)
    change.touch_evidence([evidence.id])


def _evidence_settle(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    from disputedesk.desk.operations.reading import unsettle

    unsettle(change, entry, before)


def _touch_case(change: Transaction, entry: LedgerEntry) -> None:
    case = change.rows.cases.get(CaseId(entry.subject.id))
    change.touch_case(case.id, case.order, windows=False)


def _client_set(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    client = change.rows.clients.get(ClientId(entry.subject.id))
    change.rows.clients.update(dataclasses.replace(client, **before))
    change.touch_client(client.id)


def _setting_set(change: Transaction, _entry: LedgerEntry, before: _Values) -> None:
    if before["value"] is None:
        change.rows.settings.remove(before["key"])
    else:
        change.rows.settings.set(before["key"], before["value"])
    change.touch_setting(before["key"])


def _prompt_set(change: Transaction, entry: LedgerEntry, before: _Values) -> None:
    _setting_set(change, entry, before)
    _touch_case(change, entry)


UNDOABLE: Final[Mapping[str, Callable[[Transaction, LedgerEntry, _Values], None]]] = {
    "order.add": _order_add,
    "order.set": _order_set,
    "order.set_facts": _set_facts,
    "case.open": _case_open,
    "case.set": _case_former,
    "case.close": _case_former,
    "case.reopen": _case_former,
    "case.note": _case_note,
    "case.file": _case_file,
    "case.answer": _case_answer,
    "evidence.add": _evidence_add,
    "evidence.settle": _evidence_settle,
    "exhibit.set": _exhibit_set,
    "exhibit.claims": _exhibit_claims,
    "exhibit.name": _exhibit_name,
    "exhibit.move": _exhibit_move,
    "exhibit.remove": _exhibit_remove,
    "addressee.set": set_addressee_back,
    "mandate.set": set_mandate_back,
    "letterhead.set": set_letterheads_back,
    "credit.set": set_credit_back,
    "reply.set": set_reply_back,
    "reply.claims": set_claims_back,
    "reply.draft": set_draft_back,
    "reply.sent": set_sent_back,
    "submission.copy": copied_back,
    "submission.file": filed_back,
    "platform_word.set": word_back,
    "bankform.add": take_form_away,
    "bankform.fields": put_fields_back,
    "document.post": take_posting_back,
    "form.save": save_form_back,
    "prompt.set": _prompt_set,
    "client.set": _client_set,
    "setting.set": _setting_set,
}
"""How each act is taken back; an import has its own way."""
