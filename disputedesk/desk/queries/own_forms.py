"""A form of one's own while it is being written: its text, its fields, and how it would look."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from disputedesk.common.errors import DeskError
from disputedesk.desk.basis import read_case
from disputedesk.desk.operations.forms import own_form
from disputedesk.desk.paperwork import letter_context
from disputedesk.model.ids import CaseId
from disputedesk.papers.form import FormKind
from disputedesk.papers.own_form import faults_of
from disputedesk.papers.vocabulary import field_names, question

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class OwnText:
    """The text of a form of one's own.

    Attributes:
        fields: Each field that may stand in it, with its question.
    """

    form: str
    title: str
    body: str
    fields: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class OwnLook:
    """How a text would look: the paper's words, or what is wrong, line by line."""

    text: str = ""
    faults: tuple[str, ...] = ()


def own_text(desk: Desk, form: str) -> OwnText:
    """The text of a form of one's own, as it is kept.

    Raises:
        NotFound: The desk has no such form of its own.
    """
    own = own_form(desk, form)
    fields = sorted((name, question(name)) for name in field_names())
    return OwnText(form, own.title, own.bodies[own.languages[0]], tuple(fields))


def look_at_own(desk: Desk, case_id: CaseId, form: str, body: str) -> OwnLook:
    """How a text would look for a case; nothing is kept."""
    from disputedesk.papers.composer import compose_letter, compose_submission
    from disputedesk.papers.letter import letter_text

    own = own_form(desk, form)
    faults = tuple(map(str, faults_of(body, own)))
    if faults:
        return OwnLook(faults=faults)
    language = own.languages[0]
    changed = dataclasses.replace(own, bodies={language: body})
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    context = letter_context(desk, basis, changed, language=language)
    try:
        if changed.kind is FormKind.LETTER:
            letter = compose_letter(changed, context, language=language, today=desk.today)
            return OwnLook(letter_text(letter))
        made = compose_submission(changed, context, language=language)
        return OwnLook("\n\n".join(f"{each.label}\n{each.text}" for each in made.fields))
    except DeskError as error:
        return OwnLook(faults=(str(error),))
