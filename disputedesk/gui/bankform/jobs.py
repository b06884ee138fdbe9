"""What the sheet asks of the desk in jobs: the forms, one form for a case, and making the paper."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.operations.bank_forms import fill_bank_form, set_fields
from disputedesk.desk.queries.bank_forms import (
    BankFormRow,
    BankFormView,
    bank_form_view,
    bank_forms,
    bank_of_case,
    fact_to_ask,
    source_choices,
)
from disputedesk.desk.views import FactView
from disputedesk.gui.bankform.history import Fields
from disputedesk.gui.pdf_pages import Pdf, measure
from disputedesk.model.bank_form import BankForm
from disputedesk.model.case import Document
from disputedesk.model.ids import CaseId
from disputedesk.papers.bankform.filled import SpotState

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

Choices = tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Shelf:
    """The forms there are, and what can fill them.

    Attributes:
        bank: The bank of the case's card; empty when nobody said.
    """

    rows: tuple[BankFormRow, ...]
    choices: Choices
    ticks: Choices
    bank: str


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """A form as it would leave now.

    Attributes:
        asked: The first thing that is missing, as a question; `None` when nothing is.
    """

    view: BankFormView
    pdf: Pdf | None
    asked: FactView | None


def read_shelf(desk: Desk, case_id: CaseId) -> Shelf:
    """A job that lists the forms."""
    return Shelf(bank_forms(desk, case_id), source_choices(ticks=False),
                 source_choices(ticks=True), bank_of_case(desk, case_id))  # fmt: skip


def look_at_form(
    desk: Desk, form: int, case_id: CaseId, fields: Fields | None, spoken: str | None
) -> Look:
    """A job that fills a form as it stands on the screen, and keeps nothing."""
    view = bank_form_view(desk, form, case_id, fields=fields, language=spoken)
    spots = view.filled.spots if view.filled else ()
    missing = [spot for spot in spots if spot.state is SpotState.MISSING]
    missing.sort(key=lambda spot: not spot.stops)
    asked = fact_to_ask(desk, case_id, missing[0].asks) if missing else None
    return Look(view, measure(view.filled.data) if view.filled else None, asked)


def keep_fields(desk: Desk, form: int, fields: Fields) -> Outcome[BankForm | None]:
    """An operation that keeps what the sheet says of a form's places."""
    outcome = set_fields(desk, form, fields)
    return Outcome(outcome.value, outcome.changes, outcome.undo, outcome.said)


def make_paper(
    desk: Desk, case_id: CaseId, form: int, fields: Fields, spoken: str | None
) -> Outcome[Document]:
    """An operation that keeps the places and seals the filled form."""
    kept = set_fields(desk, form, fields)
    made = fill_bank_form(desk, case_id, form, language=spoken)
    return Outcome(made.value, kept.changes | made.changes | Changes(), made.undo, made.said)
