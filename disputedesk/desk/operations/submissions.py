"""A dispute text put into a platform's form, step by step, and the form sent off."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common import texts as catalogue
from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import day_text, tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.cases import enter_filing
from disputedesk.desk.operations.evidence import Source, add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.queries.submissions import (
    BESIDE,
    DRAFT,
    FOLDER,
    PREPARED,
    Walk,
    WalkStep,
    submission_walk,
)
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.evidence import Way
from disputedesk.model.ids import CaseId, DocumentId, ExhibitId, FilingId, RuleId
from disputedesk.model.posting import CopiedField, Posting, PostingWay
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction
    from disputedesk.vault.blobs import Sealed

_RECEIPT: Final = "receipt"
LONGEST_TEXT: Final = 100_000
"""Longest text that is kept; what a platform takes is far less, and its counter says so."""


def copy_field(
    desk: Desk,
    case_id: CaseId,
    *,
    form: str,
    language: str,
    name: str = "",
    texts: Mapping[str, str] | None = None,
    fresh: bool = False,
) -> Outcome[WalkStep]:
    """Records that one step was copied into the platform's form; seals the text it belongs to.

    Args:
        desk: The desk.
        case_id: The case.
        form: The form's id.
        language: The text's language.
        name: The field, or `file 3`; empty takes the next one.
        texts: What the user wrote instead, by field; card numbers in it are masked.
        fresh: Whether what was written before is given up for what the case says now.

    Raises:
        NotFound: There is no such step, or nothing is left to copy.
        Refused: A text is too long to be kept.
    """
    walk = _walk(desk, case_id, form, language, texts, fresh=fresh)
    step = next((each for each in walk.steps if each.name == name), None) if name else walk.next
    if step is None:
        raise NotFound(
            tr("Nothing of this text is left to copy."), name,
            tr("Say that it was filed, or name a field to copy it again."),
        )  # fmt: skip
    sealed = _seal(desk, walk)
    now = desk.clock.now()
    with desk.transaction("submission.copy") as change:
        document = _entered(desk, change, case_id, walk, sealed)
        row = change.rows.copied_fields.add(
            CopiedField(0, document, step.position, step.name, step.text, now)
        )
        _touch(change, case_id)
        said = tr("Copied: {field}", field=step.label)
        entry = change.note(Subject("case", case_id), {"copied": row.id}, {"said": said})
    return Outcome(dataclasses.replace(step, copied_at=now), change.changes, entry, said)


def keep_texts(
    desk: Desk, case_id: CaseId, *, form: str, language: str, texts: Mapping[str, str]
) -> Outcome[DocumentId]:
    """Seals a text as the user wrote it, before anything of it is copied.

    Raises:
        Refused: A text is too long to be kept.
    """
    walk = _walk(desk, case_id, form, language, texts)
    sealed = _seal(desk, walk)
    with desk.transaction("document.make") as change:
        document = _entered(desk, change, case_id, walk, sealed)
        _touch(change, case_id)
        said = tr("{title} kept", title=walk.written.title)
        change.note(Subject("case", case_id), None, {"said": said, "document": document})
    return Outcome(document, change.changes, None, said)


def prepare_files(
    desk: Desk,
    case_id: CaseId,
    *,
    form: str,
    language: str,
    folder: Path,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[Path, ...]]:
    """Writes the text and the files into a folder, numbered as the text names them.

    Files are fitted to what the platform takes where that is published; else they go as they are.

    Args:
        desk: The desk.
        case_id: The case.
        form: The form's id.
        language: The text's language.
        folder: Where they go; made if it is not there.
        progress: Told what is done.
        cancel: Asked between files.

    Raises:
        Refused: A file shows a card number or code, or does not fit; nothing was written.
        DeskError: The folder cannot be written; nothing new is in it.
    """
    from disputedesk.desk.operations.upload_folder import upload_folder

    walk = _walk(desk, case_id, form, language, None)
    sealed = _seal(desk, walk)
    title = _file_name(desk, walk)
    with (
        upload_folder(
            desk, case_id, walk.written, folder=folder,
            text=(title, desk.vault.check(sealed.sha256)), progress=progress, cancel=cancel,
        ) as (put, names),
        desk.transaction("submission.files") as change,
    ):  # fmt: skip
        document = _entered(desk, change, case_id, walk, sealed)
        for name, text in ((FOLDER, str(folder.resolve())), (PREPARED, "\n".join(names))):
            change.rows.copied_fields.add(
                CopiedField(0, document, BESIDE, name, text, desk.clock.now())
            )
        _touch(change, case_id)
        said = catalogue.trn(
            "{count} file saved in {folder}", "{count} files saved in {folder}",
            len(names) + 1, folder=folder.name,
        )  # fmt: skip
        change.note(Subject("case", case_id), None, {"said": said, "document": document})
        put()
    paths = tuple(folder / each for each in (title, *names))
    return Outcome(paths, change.changes, None, said)


def file_submission(
    desk: Desk,
    case_id: CaseId,
    *,
    form: str,
    language: str,
    rule: RuleId,
    on: dt.date,
    reference: str = "",
    receipt: Source | None = None,
    texts: Mapping[str, str] | None = None,
    way: Way = Way.COMMAND,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[FilingId]:
    """Records that the platform's form was sent off: the text that went, the day, the receipt.

    Args:
        desk: The desk.
        case_id: The case.
        form: The form's id.
        language: The text's language.
        rule: The rule it was sent under; the other side's clock begins with it.
        on: The day it was sent.
        reference: The number the platform gave; may be empty.
        receipt: The platform's confirmation: a file, or what was in the clipboard. It becomes an
            exhibit of kind `receipt`.
        texts: What the user wrote instead, by field.
        way: How the receipt came.
        progress: Told how far the receipt is kept.
        cancel: Asked meanwhile.

    Raises:
        NotFound: There is no such rule.
        Refused: The day lies in the future, or the receipt is no plain file.
        Conflict: The case is closed.
    """
    known = desk.rulebook.rules.get(rule)
    if on > desk.today:
        raise Refused(
            tr("{day} has not come yet.", day=day_text(on)), "",
            tr("Enter the day it was really sent."),
        )  # fmt: skip
    walk = _walk(desk, case_id, form, language, texts)
    sealed = _seal(desk, walk)
    shown = _keep_receipt(desk, case_id, receipt, way=way, progress=progress, cancel=cancel)
    plain = mask(clean_line(reference))
    with desk.transaction("submission.file") as change:
        document = _entered(desk, change, case_id, walk, sealed)
        filed = enter_filing(change, case_id, known, on=on, reference=plain, document_id=document)
        posting = change.rows.postings.add(
            Posting(0, document, PostingWay.PORTAL, on, walk.written.platform, plain, shown,
                    filed.id)
        )  # fmt: skip
        before = {**filed.before, "posting": posting.id}
        entry = change.note(Subject("case", case_id), before, filed.after)
    return Outcome(filed.id, change.changes, entry, filed.said)


def plain_text(name: str, text: str) -> str:
    """What is kept and copied of a text that somebody wrote: cleaned, card numbers masked."""
    return mask(clean_text(text) if name == "text" else clean_line(text))


def _keep_receipt(
    desk: Desk,
    case_id: CaseId,
    receipt: Source | None,
    *,
    way: Way,
    progress: Progress,
    cancel: CancelToken | None,
) -> ExhibitId | None:
    """The receipt as an exhibit of its kind; what the case has already is not added again."""
    if receipt is None:
        return None
    kept = add_evidence(desk, case_id, [receipt], way=way, progress=progress, cancel=cancel).value
    set_exhibit(desk, kept[0], kind=_RECEIPT)
    return kept[0]


def _walk(
    desk: Desk,
    case_id: CaseId,
    form: str,
    language: str,
    texts: Mapping[str, str] | None,
    *,
    fresh: bool = False,
) -> Walk:
    """The walk with the user's texts, cleaned and masked as everything that is kept."""
    plain = {}
    for name, text in (texts or {}).items():
        if len(text) > LONGEST_TEXT:
            raise Refused(
                tr("This text has {length} characters; {limit} is the most that is kept.",
                   length=len(text), limit=LONGEST_TEXT),
                name, tr("Shorten it: the facts and dates matter, not the length."),
            )  # fmt: skip
        plain[name] = plain_text(name, text)
    return submission_walk(desk, case_id, form=form, language=language, texts=plain, fresh=fresh)


def _seal(desk: Desk, walk: Walk) -> Sealed:
    return desk.vault.seal(walk.written.as_text().encode())


def _entered(
    desk: Desk, change: Transaction, case_id: CaseId, walk: Walk, sealed: Sealed
) -> DocumentId:
    """The document of the text as it stands; a new one takes along what was copied already."""
    rows = change.rows
    if walk.document is not None:
        former = rows.documents.get(walk.document)
        if former.sha256 == sealed.sha256 and not _is_stale(change, walk):
            return former.id
    written = walk.written
    document = rows.documents.add(
        Document(
            DocumentId(0), case_id, DocumentKind.SUBMISSION, written.form, written.language,
            written.title, _file_name(desk, walk), sealed.sha256, sealed.size, 1,
            desk.clock.now(),
        )
    )  # fmt: skip
    former_rows = () if walk.document is None else rows.copied_fields.of_document(walk.document)
    then = [row.text for row in former_rows if row.name == DRAFT]
    draft = then[-1] if then and walk.changed else walk.draft.as_text()
    rows.copied_fields.add(CopiedField(0, document.id, BESIDE, DRAFT, draft, desk.clock.now()))
    for row in former_rows:
        if row.name != DRAFT:
            rows.copied_fields.add(dataclasses.replace(row, id=0, document=document.id))
    return document.id


def _is_stale(change: Transaction, walk: Walk) -> bool:
    """Whether what the case says otherwise now was taken up, so that it is to be kept as begun."""
    from disputedesk.papers.submission import texts_in

    assert walk.document is not None
    kept = change.rows.copied_fields.of_document(walk.document)
    then = [row.text for row in kept if row.name == DRAFT]
    now = texts_in(walk.draft.as_text())
    return not walk.changed and bool(then) and texts_in(then[-1]) != now


def _file_name(desk: Desk, walk: Walk) -> str:
    day = desk.today.isoformat()
    return clean_name(f"{day}_Case-{walk.case_number}_{walk.written.form}.txt")


def _touch(change: Transaction, case_id: CaseId) -> None:
    case = change.rows.cases.get(case_id)
    change.touch_case(case_id, case.order, windows=False)
