"""Papers on their way out: the mail they are attached to, and the record that they went."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.targets import write_file
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.ids import DocumentId, ExhibitId, FilingId
from disputedesk.model.posting import Posting, PostingWay
from disputedesk.papers.form import FormGroup
from disputedesk.papers.mail import MailDraft, mail_body, mail_file
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_LONGEST: Final = 200


def draft_mail(desk: Desk, document_id: DocumentId) -> MailDraft:
    """The mail a sealed paper would be attached to: to whom it is addressed, in its own language.

    Raises:
        DamagedDesk: Its bytes are not those that were sealed.
    """
    with desk.store.snapshot() as rows:
        document = rows.documents.get(document_id)
        basis = read_case(rows, document.case)
    to, name = _addressee(desk, basis, document)
    reference = _reference(basis, document.language)
    body = mail_body(document.language, title=document.title, reference=reference,
                     name=_signer(desk, basis, document))  # fmt: skip
    text = document.kind is DocumentKind.SUBMISSION
    return MailDraft(
        to, name, document.title, body, document.name,
        "text/plain" if text else "application/pdf", desk.vault.read(document.sha256),
    )  # fmt: skip


def _signer(desk: Desk, basis: CaseBasis, document: Document) -> str:
    """Who sends the mail: the client, or the helper for them while a mandate is in force."""
    from disputedesk.papers.frame import words

    client = basis.order.client
    mandate = None if client.is_self else basis.mandate_on(desk.today)
    form = next((each for each in desk.forms.forms if each.id == document.form), None)
    if mandate is None or (form is not None and form.group is FormGroup.AGENT):
        return client.name
    return words(document.language).page.signed_for.format(
        client=clean_line(client.name), agent=clean_line(mandate.agent)
    )


def _addressee(desk: Desk, basis: CaseBasis, document: Document) -> tuple[str, str]:
    """Address and name of whom the paper's form writes to; empty where none is known."""
    form = next((each for each in desk.forms.forms if each.id == document.form), None)
    if form is None:
        return "", ""
    known = (each for each in basis.addressees if each.kind == form.recipient)
    chosen = next(known, None)
    return ("", "") if chosen is None else (clean_line(chosen.email), clean_line(chosen.name))


def _reference(basis: CaseBasis, language: str) -> str:
    from disputedesk.papers.frame import words

    return words(language).page.case.format(number=basis.case.number)


def save_mail(
    desk: Desk, document_id: DocumentId, path: Path, *, to: str | None = None
) -> MailDraft:
    """Writes a draft mail with a sealed paper attached, whole or not at all; sends nothing.

    Args:
        desk: The desk.
        document_id: The paper.
        path: The `.eml` file.
        to: The address; `None` takes the one that is known.

    Raises:
        Refused: The address is none.
        DeskError: The place cannot be written; what was there before still is.
    """
    draft = draft_mail(desk, document_id)
    if to is not None:
        draft = dataclasses.replace(draft, to=to, to_name="" if to != draft.to else draft.to_name)
    write_file(path, mail_file(draft))
    return draft


def record_posting(
    desk: Desk,
    document_id: DocumentId,
    *,
    way: PostingWay,
    on: dt.date,
    to: str = "",
    tracking: str = "",
    receipt: ExhibitId | None = None,
    filing: FilingId | None = None,
) -> Outcome[Posting]:
    """Keeps that a paper went out, as the user says; said again, it went out again.

    Args:
        desk: The desk.
        document_id: The paper.
        way: How.
        on: The day.
        to: To whom, one line; empty takes the form's recipient.
        tracking: Number of the registered letter or of the mail; may be empty.
        receipt: The exhibit that shows slip or confirmation.
        filing: The step it belongs to.

    Raises:
        Refused: The day lies in the future, or the receipt is none of the case's exhibits.
    """
    with desk.store.snapshot() as rows:
        document = rows.documents.get(document_id)
        basis = read_case(rows, document.case)
    if on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(on)), "",
            tr("Enter the day it was really sent."),
        )  # fmt: skip
    if receipt is not None and receipt not in {each.id for each in basis.exhibits}:
        raise Refused(
            tr("This receipt is no exhibit of the case."), str(receipt),
            tr("Add the receipt as evidence first."),
        )  # fmt: skip
    whom = mask(clean_line(to or _addressee(desk, basis, document)[1]))[:_LONGEST]
    new = Posting(0, document_id, way, on, whom, mask(clean_line(tracking))[:_LONGEST], receipt,
                  filing)  # fmt: skip
    with desk.transaction("document.post") as change:
        document = change.rows.documents.get(document_id)
        kept = change.rows.postings.add(new)
        if document.sent_on is None:
            change.rows.documents.update(dataclasses.replace(document, sent_on=on))
        change.touch_case(basis.case.id, basis.case.order, windows=False)
        said = tr("{title} went out on {day}", title=document.title, day=day_text(on))
        sent_on = None if document.sent_on is None else str(document.sent_on)
        before = {"document": document_id, "sent_on": sent_on}
        entry = change.note(
            Subject("case", basis.case.id), before, {"said": said, "posting": kept.id}
        )
    return Outcome(kept, change.changes, entry, said)
