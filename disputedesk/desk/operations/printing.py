"""Several sealed papers as one print job, and the sheet to try printer and envelope with."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.clock import Clock
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.basis import read_case
from disputedesk.desk.targets import write_file
from disputedesk.model.case import DocumentKind
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.papers.paper import BY_COUNTRY, Paper, layouts

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.pdf.rendered import RenderedPdf


def newest_letter(desk: Desk, case_id: CaseId) -> DocumentId:
    """The newest letter of a case.

    Raises:
        Refused: None was made.
    """
    with desk.store.snapshot() as rows:
        case = rows.cases.get(case_id)
        made = [d.id for d in rows.documents.list(case_id) if d.kind is DocumentKind.LETTER]
    if not made:
        raise Refused(
            tr("No letter was made for this case yet."), tr("case {number}", number=case.number),
            tr("Make one first."),
        )  # fmt: skip
    return made[-1]


def print_job(
    desk: Desk,
    documents: Sequence[DocumentId],
    *,
    separators: bool = True,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> RenderedPdf:
    """These sealed papers as one PDF, in this order.

    Args:
        desk: The desk.
        documents: Letters and bundles.
        separators: Whether a sheet that says whose paper comes next stands before each.
        progress: Told after every paper.
        cancel: Asked between papers.

    Raises:
        Refused: There is nothing to print, or one is a dispute text.
        DamagedDesk: The bytes of one are not those that were sealed.
    """
    from disputedesk.papers.pdf.joined import PrintPiece, join_for_print

    if not documents:
        raise Refused(tr("There is nothing to print."), "", tr("Choose one paper at least."))
    pieces = []
    for number, document_id in enumerate(documents, 1):
        if cancel is not None:
            cancel.check()
        with desk.store.snapshot() as rows:
            document = rows.documents.get(document_id)
            basis = read_case(rows, document.case)
        if document.kind is DocumentKind.SUBMISSION:
            raise Refused(
                tr("A dispute text has no pages to print."), document.title,
                tr("Leave it out; copy it into the platform's form."),
            )  # fmt: skip
        data = desk.vault.read(document.sha256)
        who, case = basis.order.client.name, basis.case.number
        pieces.append(PrintPiece(who, case, document.title, data, document.pages))
        progress(tr("Reading papers"), number, len(documents))
    return join_for_print(pieces, separators=separators, stamp=desk.clock.now())


def save_print_job(
    desk: Desk, documents: Sequence[DocumentId], path: Path, *, separators: bool = True,
    progress: Progress = no_progress,
) -> RenderedPdf:  # fmt: skip
    """Writes `print_job` to a file, whole or not at all."""
    made = print_job(desk, documents, separators=separators, progress=progress)
    write_file(path, made.data)
    return made


def make_test_sheet(
    clock: Clock, layout: str | None = None, paper: str | None = None
) -> RenderedPdf:
    """A test sheet of one layout, or of all; needs no desk.

    Raises:
        Refused: There is no such layout.
    """
    from disputedesk.papers.pdf.test_sheet import render_test_sheet

    names = [layout] if layout and layout != BY_COUNTRY else list(layouts())
    sheet = None if paper is None else Paper(paper)
    return render_test_sheet(names, stamp=clock.now(), paper=sheet)
