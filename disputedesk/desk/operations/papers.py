"""Papers made: rendered, sealed in the vault, entered, and saved where the user wants them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.letterheads import with_logo
from disputedesk.desk.linting import look_over, refuse_blocked
from disputedesk.desk.paperwork import letter_context
from disputedesk.desk.targets import write_file
from disputedesk.model.case import Document, DocumentKind
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.papers.finish import UNCHOSEN, Finish
from disputedesk.papers.paper import BY_COUNTRY, Layout, Paper, get_layout
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.views import DueView
    from disputedesk.papers.letter import Letter
    from disputedesk.papers.pdf.rendered import RenderedPdf


def make_letter(
    desk: Desk,
    case_id: CaseId,
    *,
    form: str,
    language: str,
    paper: str | None = None,
    finish: Finish = UNCHOSEN,
    anyway: Collection[str] = (),
) -> Outcome[Document]:
    """Writes a letter and seals it.

    Args:
        desk: The desk.
        case_id: The case.
        form: The form's id.
        language: The letter's language.
        paper: `a4` or `letter`; `None` takes the setting, else the recipient's country decides.
        finish: Layout, delivery note, copies and code.
        anyway: Rules of `papers.lint` whose blockers somebody overrides.

    Raises:
        MissingFacts: The form must know more; names it and asks.
        Refused: Something stops the letter that is not overridden.
    """
    basis, letter = compose_letter_of(desk, case_id, form=form, language=language, finish=finish)
    found = look_over(desk, basis, desk.forms.get(form), language=language)
    refuse_blocked(found, anyway)
    rendered = _render(desk, letter, paper, finish)
    made = _Made(DocumentKind.LETTER, form, language, letter.subject, rendered.data, rendered.pages)
    return _keep(desk, basis, made)


def compose_letter_of(
    desk: Desk,
    case_id: CaseId,
    *,
    form: str,
    language: str,
    pages: Sequence[tuple[int, int]] = (),
    finish: Finish = UNCHOSEN,
) -> tuple[CaseBasis, Letter]:
    """A case and the letter that its facts make with a form."""
    from disputedesk.papers.composer import compose_letter

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    chosen = desk.forms.get(form)
    context = dataclasses.replace(
        with_logo(desk, letter_context(desk, basis, chosen, language=language, pages=pages)),
        delivery=finish.delivery,
        copies=finish.copies,
    )
    return basis, compose_letter(chosen, context, language=language, today=desk.today)


def render_letter_of(
    desk: Desk, case_id: CaseId, *, form: str, language: str, paper: str | None = None,
    finish: Finish = UNCHOSEN,
) -> RenderedPdf:  # fmt: skip
    """The letter as PDF, kept nowhere."""
    _, letter = compose_letter_of(desk, case_id, form=form, language=language, finish=finish)
    return _render(desk, letter, paper, finish)


def _render(desk: Desk, letter: Letter, paper: str | None, finish: Finish) -> RenderedPdf:
    from disputedesk.papers.pdf.letter import render_letter

    code = desk.settings.get("code") == "yes" if finish.code is None else finish.code
    return render_letter(
        letter,
        paper=chosen_paper(desk, paper),
        layout=chosen_layout(desk, finish.layout),
        stamp=desk.clock.now(),
        code=code,
    )


def chosen_layout(desk: Desk, asked: str | None) -> Layout | None:
    """The layout asked for or set; `None` lets the recipient's country decide.

    Raises:
        Refused: There is no such layout.
    """
    name = asked or desk.settings.get("layout")
    return None if name == BY_COUNTRY else get_layout(name)


def chosen_paper(desk: Desk, asked: str | None) -> Paper | None:
    """The sheet asked for or set; `None` lets the recipient's country decide.

    Raises:
        Refused: There is no such sheet.
    """
    name = asked or desk.settings.get("paper")
    if name == "recipient":
        return None
    try:
        return Paper(name)
    except ValueError as error:
        raise Refused(
            tr("There is no paper named {name}.", name=name), "paper", tr("Choose a4 or letter.")
        ) from error


@dataclasses.dataclass(frozen=True, slots=True)
class _Made:
    """A paper that was just made."""

    kind: DocumentKind
    form: str
    language: str
    title: str
    data: bytes
    pages: int

    @property
    def ending(self) -> str:
        """The file name's ending."""
        return ".txt" if self.kind is DocumentKind.SUBMISSION else ".pdf"


def _keep(desk: Desk, basis: CaseBasis, made: _Made) -> Outcome[Document]:
    """Seals the bytes, then enters the document that names them."""
    sealed = desk.vault.seal(made.data)
    number = basis.case.number
    name = clean_name(f"{desk.today.isoformat()}_Case-{number}_{made.form}{made.ending}")
    with desk.transaction("document.make") as change:
        document = change.rows.documents.add(
            Document(
                DocumentId(0),
                basis.case.id,
                made.kind,
                made.form,
                made.language,
                made.title,
                name,
                sealed.sha256,
                sealed.size,
                made.pages,
                desk.clock.now(),
            )
        )
        change.touch_case(basis.case.id, basis.case.order, windows=False)
        said = tr("{title} made", title=made.title)
        change.note(Subject("case", basis.case.id), None, {"said": said, "document": document.id})
    return Outcome(document, change.changes, None, said)


def make_submission(desk: Desk, case_id: CaseId, *, form: str, language: str) -> Outcome[Document]:
    """Seals the dispute text as it would be put into the platform's form."""
    from disputedesk.desk.queries.papers import draft_submission

    draft = draft_submission(desk, case_id, form=form, language=language)
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    lines = [f"{field.label}\n{field.text}\n" for field in draft.fields]
    lines += [f"{file.position}. {file.name}  {file.caption}" for file in draft.files]
    data = "\n".join(lines).encode()
    made = _Made(DocumentKind.SUBMISSION, form, language, draft.title, data, 1)
    return _keep(desk, basis, made)


def save_document(desk: Desk, document_id: DocumentId, path: Path) -> None:
    """Writes a sealed paper to a file, whole or not at all.

    Raises:
        DeskError: The place cannot be written; what was there before still is.
    """
    with desk.store.snapshot() as rows:
        document = rows.documents.get(document_id)
    write_file(path, desk.vault.read(document.sha256))


def save_calendar(desk: Desk, path: Path, rows: Sequence[DueView]) -> None:
    """Writes these clocks as a calendar file, whole or not at all.

    Raises:
        Refused: There is no clock to write.
        DeskError: The place cannot be written; what was there before still is.
    """
    from disputedesk.desk.calendar_file import calendar_file

    if not rows:
        raise Refused(
            tr("Nothing closes on a known day, so a calendar file would be empty."),
            str(path),
            tr("The command “due” names what has no known last day."),
        )
    write_file(path, calendar_file(rows, desk=desk.reader().origin(), now=desk.clock.now()))
