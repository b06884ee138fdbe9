"""Papers before they are made: what can be written, what is missing, how it will look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.facts import by_name, fact_view
from disputedesk.desk.offering import Offer, fits_case, offers_for
from disputedesk.desk.operations.addressees import name_of_question
from disputedesk.desk.operations.answers import answered_by
from disputedesk.desk.own_forms import OWN_FORMS
from disputedesk.desk.paperwork import letter_context
from disputedesk.desk.planning import plan_for
from disputedesk.desk.views import FactView, PaperChoice, Question
from disputedesk.model.fact import FactKind, FactSubject
from disputedesk.model.ids import CaseId, DocumentId
from disputedesk.papers.finish import UNCHOSEN, Finish
from disputedesk.papers.form import Form, FormGroup, FormSet, Moment
from disputedesk.papers.form_files import load_forms

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.needs import Asked
    from disputedesk.papers.submission import Submission


def forms(folder: Path | None = None) -> FormSet:
    """The shipped forms, and those of the desk in `folder`, which need not be there."""
    own = None if folder is None else folder / OWN_FORMS
    return load_forms(own if own is not None and own.is_dir() else None)


def paper_choices(
    desk: Desk, basis: CaseBasis, windows: Sequence[Window], plan: Plan, *, today: dt.date
) -> tuple[PaperChoice, ...]:
    """The papers that serve this case today: the recommended one first, then shelf by shelf."""
    return tuple(
        _choice(desk, basis, offer, windows)
        for offer in offers_for(desk.forms.forms, basis, windows, plan, today)
    )


def choices_of(desk: Desk, case_id: CaseId) -> tuple[PaperChoice, ...]:
    """The papers that serve a case today."""
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    windows = desk.rulebook.windows(basis.facts, today=desk.today, explain=True)
    plan = plan_for(desk.rulebook, windows, basis.facts, basis.filings, today=desk.today)
    return paper_choices(desk, basis, windows, plan, today=desk.today)


def other_choices(desk: Desk, case_id: CaseId) -> tuple[PaperChoice, ...]:
    """The papers made for a case's problem and its people, though nothing calls for them today."""
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    windows = desk.rulebook.windows(basis.facts, today=desk.today, explain=True)
    plan = plan_for(desk.rulebook, windows, basis.facts, basis.filings, today=desk.today)
    offered = {o.form.id for o in offers_for(desk.forms.forms, basis, windows, plan, desk.today)}
    shelves = tuple(FormGroup)
    left = [f for f in desk.forms.forms if f.id not in offered and fits_case(f, basis)]
    left.sort(key=lambda form: shelves.index(form.group))
    return tuple(_choice(desk, basis, Offer(form), windows) for form in left)


def _choice(desk: Desk, basis: CaseBasis, offer: Offer, windows: Sequence[Window]) -> PaperChoice:
    from disputedesk.papers.needs import asked_by

    form, window = offer.form, offer.window
    context = letter_context(desk, basis, form, language=form.languages[0], windows=windows)
    asked = asked_by(form, context)
    return PaperChoice(
        kind=str(form.kind),
        form=form.id,
        title=tr(form.title),
        avenue=offer.avenue,
        languages=form.languages,
        missing=_as_questions(desk, basis, form, [each for each in asked if each.must]),
        advice=tuple(each.question for each in asked if not each.must),
        group=str(form.group),
        summary=tr(form.summary),
        rule=window.rule if window is not None and window.actor is Actor.BUYER else None,
        recommended=offer.recommended,
        own=form.plain,
        called_for=offer.recommended or form.moment is not Moment.ANY,
    )


def _as_questions(
    desk: Desk, basis: CaseBasis, form: Form, asked: Sequence[Asked]
) -> tuple[Question, ...]:
    recorded = by_name(basis.order.recorded)
    questions = []
    for each in asked:
        definition = desk.rulebook.catalogue.find(answered_by(each.name))
        if definition is not None:
            view = fact_view(definition, recorded)
        else:
            name = name_of_question(form.recipient, each.name)
            view = FactView(
                name, each.question, FactSubject.CASE, FactKind.TEXT, None, None, each.question
            )
        questions.append(Question(view, each.question))
    return tuple(questions)


def questions_again(
    desk: Desk, case_id: CaseId, *, form: str, names: Sequence[str]
) -> tuple[Question, ...]:
    """The questions of these fields, though they may be answered already."""
    from disputedesk.papers.needs import Asked
    from disputedesk.papers.vocabulary import question

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    asked = [Asked(name, (name,), question(name), must=True) for name in names]
    return _as_questions(desk, basis, desk.forms.get(form), asked)


def letter_gaps(desk: Desk, case_id: CaseId, *, form: str, language: str) -> tuple[Question, ...]:
    """What must still be answered before this paper can be written."""
    from disputedesk.papers.needs import asked_by

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    chosen = desk.forms.get(form)
    context = letter_context(desk, basis, chosen, language=language)
    return _as_questions(desk, basis, chosen, [a for a in asked_by(chosen, context) if a.must])


def preview_letter(
    desk: Desk, case_id: CaseId, *, form: str, language: str, paper: str | None = None,
    finish: Finish = UNCHOSEN,
) -> bytes:  # fmt: skip
    """The very PDF that making the letter would seal now.

    Raises:
        MissingFacts: The form must know more; names it.
    """
    from disputedesk.desk.operations.papers import render_letter_of

    made = render_letter_of(desk, case_id, form=form, language=language, paper=paper, finish=finish)
    return made.data


def draft_submission(desk: Desk, case_id: CaseId, *, form: str, language: str) -> Submission:
    """The text for a platform's own form, each field with its limit.

    Raises:
        MissingFacts: The form must know more; names it.
        Refused: The form is no dispute text.
    """
    from disputedesk.desk.queries.submissions import composed

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
        return composed(desk, rows, basis, desk.forms.get(form), language)


def document_bytes(desk: Desk, document_id: DocumentId) -> bytes:
    """The sealed bytes of a paper.

    Raises:
        DamagedDesk: They are not the bytes that were sealed.
    """
    with desk.store.snapshot() as rows:
        document = rows.documents.get(document_id)
    return desk.vault.read(document.sha256)
