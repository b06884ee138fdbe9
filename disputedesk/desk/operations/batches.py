"""Letters made together: one form, many cases, each looked at by itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from disputedesk.common.errors import Cancelled, DeskError, Refused
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.basis import read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.linting import look_over, refuse_blocked
from disputedesk.desk.operations.papers import make_letter, make_submission
from disputedesk.model.agency import BatchLine, LetterBatch
from disputedesk.model.case import Document
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.papers.finish import UNCHOSEN, Finish
from disputedesk.papers.form import Form, FormKind
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def make_batch(
    desk: Desk,
    case_ids: Sequence[CaseId],
    *,
    form: str,
    language: str = "",
    finish: Finish = UNCHOSEN,
    anyway: Collection[str] = (),
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[int]:
    """Makes one paper for each case; a case that cannot have it keeps the reason in its line.

    Every paper is sealed as it is made, so what was made before a stop stays.

    Args:
        desk: The desk.
        case_ids: The cases, each once, in the order of the batch.
        form: The form's id.
        language: The language of all; empty takes each client's own where the form speaks it.
        finish: Layout, delivery note, copies and code of all.
        anyway: Rules of `papers.lint` whose blockers somebody overrides for all.
        progress: Told after each case.
        cancel: Asked before each case.

    Raises:
        NotFound: There is no such form.
        Refused: No case was named.
    """
    chosen = desk.forms.get(form)
    if not case_ids:
        raise Refused(tr("No case was named."), form, tr("Name the cases the letters are for."))
    wish = _Wish(chosen, language, finish, frozenset(anyway))
    lines: list[BatchLine] = []
    stopped = False
    wanted = tuple(dict.fromkeys(case_ids))
    for done, case_id in enumerate(wanted):
        stopped = stopped or (cancel is not None and cancel.is_cancelled)
        lines.append(_stopped(case_id) if stopped else _line(desk, case_id, wish))
        try:
            progress(tr("Writing letters"), done + 1, len(wanted))
        except Cancelled:
            stopped = True
    return _keep(desk, LetterBatch(0, form, language, desk.clock.now(), tr(chosen.title)), lines)


def mark_looked_at(desk: Desk, line: int) -> Outcome[None]:
    """Keeps that somebody looked at the paper of one case.

    Raises:
        NotFound: There is no such line.
        Refused: No paper was made for it.
    """
    with desk.transaction("batch.look") as change:
        known = change.rows.batch_lines.get(line)
        if known.document is None:
            raise Refused(
                tr("No paper was made for this case: {why}", why=known.why), "",
                tr("Answer what it lacks, and make the paper in the case."),
            )  # fmt: skip
        change.rows.batch_lines.update(dataclasses.replace(known, checked_on=desk.today))
        case = change.rows.cases.get(known.case)
        change.touch_case(case.id, case.order, windows=False)
        said = tr("Case {number}: paper looked at", number=case.number)
        change.note(Subject("case", case.id), None, {"said": said})
    return Outcome(None, change.changes, None, said)


def language_for(form: Form, asked: str, client_speaks: str) -> str:
    """The language a client's paper is written in."""
    for each in (asked, client_speaks):
        if each in form.languages:
            return each
    return asked or form.languages[0]


@dataclasses.dataclass(frozen=True, slots=True)
class _Wish:
    """What every case of a batch gets."""

    form: Form
    language: str
    finish: Finish
    anyway: frozenset[str]


def _line(desk: Desk, case_id: CaseId, wish: _Wish) -> BatchLine:
    try:
        document = _paper(desk, case_id, wish)
    except DeskError as error:
        return BatchLine(0, 0, case_id, why=str(error))
    return BatchLine(0, 0, case_id, document.id)


def _paper(desk: Desk, case_id: CaseId, wish: _Wish) -> Document:
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    form = wish.form
    spoken = language_for(form, wish.language, basis.order.client.language)
    if form.kind is FormKind.LETTER:
        return make_letter(desk, case_id, form=form.id, language=spoken, finish=wish.finish,
                           anyway=wish.anyway).value  # fmt: skip
    found = [f for f in look_over(desk, basis, form, language=spoken) if f.rule != "missing"]
    refuse_blocked(found, wish.anyway)
    return make_submission(desk, case_id, form=form.id, language=spoken).value


def _stopped(case_id: CaseId) -> BatchLine:
    return BatchLine(0, 0, case_id, why=tr("Stopped before this case."))


def _keep(desk: Desk, batch: LetterBatch, lines: Sequence[BatchLine]) -> Outcome[int]:
    made = sum(line.document is not None for line in lines)
    with desk.transaction("batch.make") as change:
        kept = change.rows.letter_batches.add(batch)
        for line in lines:
            change.rows.batch_lines.add(dataclasses.replace(line, batch=kept.id))
            case = change.rows.cases.get(line.case)
            change.touch_case(case.id, case.order, windows=False)
        said = trn("{count} paper made", "{count} papers made", made)
        documents: list[DocumentId] = [line.document for line in lines if line.document]
        change.note(Subject("letter_batch", kept.id), None, {"said": said, "documents": documents})
    return Outcome(kept.id, change.changes, None, said)
