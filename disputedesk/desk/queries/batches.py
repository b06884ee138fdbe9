"""Letters made together: which cases they are for, what each lacks, what was looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common.errors import DeskError, NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.desk.operations.batches import language_for
from disputedesk.desk.queries.linting import findings_of
from disputedesk.desk.queries.papers import letter_gaps
from disputedesk.model.agency import BatchLine, LetterBatch
from disputedesk.model.case import CaseStage, Document
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class BatchCase:
    """One case before its paper is made.

    Attributes:
        language: What its paper would be written in.
        questions: What must be answered first; empty when it can be made.
        why: Why the form does not fit this case at all; empty where it does.
    """

    case: CaseId
    number: int
    client: str
    title: str
    language: str
    questions: tuple[str, ...] = ()
    why: str = ""

    @property
    def ready(self) -> bool:
        """Whether its paper can be made now."""
        return not self.questions and not self.why


@dataclasses.dataclass(frozen=True, slots=True)
class MadeLine:
    """One case of a batch that was made.

    Attributes:
        document: The paper; `None` where none was made, and `line.why` says why.
    """

    line: BatchLine
    number: int
    client: str
    title: str
    document: Document | None


def plan_batch(
    desk: Desk, case_ids: Sequence[CaseId], *, form: str, language: str = ""
) -> tuple[BatchCase, ...]:
    """What making a batch would meet, case by case.

    Raises:
        NotFound: There is no such form or case.
    """
    chosen = desk.forms.get(form)
    found = []
    for case_id in dict.fromkeys(case_ids):
        with desk.store.snapshot() as rows:
            case = rows.cases.get(case_id)
            client, order = rows.clients.get(case.client), rows.orders.get(case.order)
        spoken = language_for(chosen, language, client.language)
        line = BatchCase(case_id, case.number, client.name, order.title, spoken)
        try:
            gaps = letter_gaps(desk, case_id, form=form, language=spoken)
            why = "" if gaps else _stops(desk, case_id, form, spoken)
            line = dataclasses.replace(line, questions=tuple(gap.why for gap in gaps), why=why)
        except DeskError as error:
            line = dataclasses.replace(line, why=str(error))
        found.append(line)
    return tuple(found)


def _stops(desk: Desk, case_id: CaseId, form: str, language: str) -> str:
    """What stops the paper though all is known, in a sentence or two; empty where nothing does."""
    found = findings_of(desk, case_id, form=form, language=language)
    first = next((each for each in found if each.blocks), None)
    return "" if first is None else f"{first.sentence} {first.remedy}".strip()


def advice_on(desk: Desk, made: MadeLine) -> tuple[str, ...]:
    """What would help the paper of one case, as the case stands now; empty where none was made."""
    if made.document is None:
        return ()
    document = made.document
    try:
        found = findings_of(desk, document.case, form=document.form, language=document.language)
    except DeskError as error:
        return (str(error),)
    return tuple(f"{each.sentence} {each.remedy}".strip() for each in found)


def papers_to_leave(desk: Desk, batch: int, *, unseen: bool = False) -> tuple[Document, ...]:
    """The papers of a batch that may be printed, saved or mailed: those somebody looked at.

    Args:
        desk: The desk.
        batch: Its number.
        unseen: Whether those nobody looked at go along, because the user says so.

    Raises:
        NotFound: There is no such batch.
        Refused: None was looked at.
    """
    lines = batch_lines(desk, batch)
    found = tuple(
        made.document for made in lines
        if made.document is not None and (unseen or made.line.checked_on is not None)
    )  # fmt: skip
    if not found:
        raise Refused(
            tr("No paper of this batch was looked at yet."),
            tr("batch {number}", number=batch),
            tr("Look at each first, or say that you want those nobody looked at too."),
        )  # fmt: skip
    return found


def batches(desk: Desk) -> tuple[LetterBatch, ...]:
    """The batches that were made, newest first."""
    with desk.store.snapshot() as rows:
        return tuple(reversed(rows.letter_batches.list()))


def batch_lines(desk: Desk, batch: int) -> tuple[MadeLine, ...]:
    """The cases of a batch with their papers.

    Raises:
        NotFound: There is no such batch.
    """
    with desk.store.snapshot() as rows:
        rows.letter_batches.get(batch)
        found = []
        for line in rows.batch_lines.of_batch(batch):
            case = rows.cases.get(line.case)
            client, order = rows.clients.get(case.client), rows.orders.get(case.order)
            document = None if line.document is None else rows.documents.get(line.document)
            found.append(MadeLine(line, case.number, client.name, order.title, document))
    return tuple(found)


def cases_of_seller(desk: Desk, name: str) -> tuple[CaseId, ...]:
    """The open cases against a seller, oldest first.

    Raises:
        NotFound: There is none.
    """
    wanted = name.strip().casefold()
    with desk.store.snapshot() as rows:
        found = []
        for case in rows.cases.list():
            seller = rows.orders.get(case.order).seller
            if case.stage is CaseStage.CLOSED or seller is None:
                continue
            if seller.name.casefold() == wanted:
                found.append(case.id)
    if not found:
        raise NotFound(
            tr("There is no open case against this seller."), name,
            tr("Write the name as the order shows it."),
        )  # fmt: skip
    return tuple(found)
