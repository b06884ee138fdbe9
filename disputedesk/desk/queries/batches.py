"""Letters made together: which cases they are for, what each lacks, what was looked at."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from disputedesk.common.errors import DeskError, NotFound
from disputedesk.common.texts import tr
from disputedesk.desk.operations.batches import language_for
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
            line = dataclasses.replace(line, questions=tuple(gap.why for gap in gaps))
        except DeskError as error:
            line = dataclasses.replace(line, why=str(error))
        found.append(line)
    return tuple(found)


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
