"""Every form in every language is made from the sample desk, once its questions are answered."""

import shutil

import pytest

from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.queries.papers import draft_submission, letter_gaps, preview_letter
from disputedesk.model.fact import FactKind
from disputedesk.papers.form import FormKind
from disputedesk.papers.form_files import load_forms
from tests.flows.conftest import TODAY

FORMS = load_forms().forms
ANSWERS = {
    FactKind.DATE: "2026-10-05", FactKind.INSTANT: "2026-10-05T10:00+00:00",
    FactKind.TEXT: "as the papers show", FactKind.FLAG: "yes", FactKind.DAYS: "14",
    FactKind.MONEY: "12.50 EUR", FactKind.COUNTRY: "DE", FactKind.ZONE: "Europe/Berlin",
    FactKind.CURRENCY: "EUR",
}  # fmt: skip
OWN = {
    "card_last4": "6458", "amount_disputed": "12.50 EUR", "amount_charged": "12.50 EUR",
    "wish": "full_refund", "contact": "2026-10-05", "order_number": "",
}  # fmt: skip


@pytest.fixture(scope="module")
def desk(made_sample, tmp_path_factory):
    """One desk for all forms: answers to one letter help the next, as on a real desk."""
    folder = tmp_path_factory.mktemp("forms") / "desk"
    shutil.copytree(made_sample, folder)
    made = Desk.open(folder, clock=FixedClock.on(TODAY))
    yield made
    made.close()


def case_for(desk, form):
    """A case of the sample desk that the form serves; a new one on its orders where none does."""
    with desk.store.snapshot() as rows:
        cases = rows.cases.list()
        fitting = [case for case in cases if case.problem in form.problems]
        here = [c for c in fitting if rows.orders.get(c.order).platform == form.platform]
    if here or fitting:
        return (here or fitting)[0].id
    return open_case(desk, cases[0].order, problem=form.problems[0]).value


def answer_all(desk, case, form, language):
    """Answers what the form asks, as a person would type it; a few rounds, for answers ask on."""
    for _ in range(4):
        gaps = letter_gaps(desk, case, form=form.id, language=language)
        if not gaps:
            return
        for gap in gaps:
            name = str(gap.fact.name)
            definition = desk.rulebook.catalogue.find(name)
            kind = FactKind.TEXT if definition is None else definition.kind
            text = definition.choices[0] if kind is FactKind.CHOICE else ANSWERS[kind]
            answer_question(desk, case, name, OWN.get(name, text) or text)
    left = [str(gap.fact.name) for gap in letter_gaps(desk, case, form=form.id, language=language)]
    assert left == [], "answered, and asked again"


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_is_ready_to_send_once_its_questions_are_answered(form, desk):
    case = case_for(desk, form)
    for language in form.languages:
        answer_all(desk, case, form, language)
        if form.kind is FormKind.LETTER:
            data = preview_letter(desk, case, form=form.id, language=language)
            assert data.startswith(b"%PDF-")
        else:
            draft = draft_submission(desk, case, form=form.id, language=language)
            assert draft.field("text").text.strip()
