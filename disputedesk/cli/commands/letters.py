"""`letter` beside the writing itself: forms, what a case is offered, checks, forms of one's own."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from disputedesk.cli.session import Session
from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.desk.form_words import shelf_title
from disputedesk.desk.operations import forms as operations
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries import papers as queries
from disputedesk.desk.queries.linting import findings_of
from disputedesk.desk.views import PaperChoice
from disputedesk.papers.form import Form, FormGroup
from disputedesk.papers.lint.finding import standing


def fill_letters(letter: argparse.ArgumentParser) -> None:
    """Gives `letter` the arguments of its words."""
    letter.add_argument("more", nargs="*", metavar=tr("MORE"), help=tr("what the word is about"))
    letter.add_argument("--reason", default="", help=tr("the reason that a copied form is for"))
    letter.add_argument("--check", action="store_true", help=tr("only tell what stops the letter"))
    letter.add_argument(
        "--anyway", action="append", default=[], metavar=tr("RULE"),
        help=tr("make it although this rule of --check stops it"),
    )  # fmt: skip


def run_forms(session: Session) -> int:
    """Lists the forms there are, or those that serve a case now, shelf by shelf."""
    more: Sequence[str] = session.arguments.more
    if len(more) > 1:
        raise Refused(tr("One case at a time."), " ".join(more), tr("Write: letter forms CASE."))
    if more:
        return _offered(session, more[0])
    found = queries.forms(session.folder)
    session.report.answer({"forms": found.forms, "refused": found.refused})
    for shelf in FormGroup:
        forms = [form for form in found.forms if form.group is shelf]
        _shelf(session, shelf, [_form_line(form) for form in forms])
    for refused in found.refused:
        session.report.notice(str(refused))
    return 0


def run_check(session: Session, *, form: str, language: str) -> int:
    """Tells what stops a letter and what would help; 1 where something stops it."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = case_queries.find_case(desk, arguments.case)
        found = findings_of(desk, case_id, form=form, language=language)
    left = standing(found, frozenset(arguments.anyway))
    session.report.answer({"findings": found, "stops": [each.rule for each in left]})
    for each in found:
        sign = tr("stops") if each in left else tr("advice")
        session.report.line(f"{sign}  {each.rule}: {each.place.text}")
        session.report.line(f"    {each.sentence}")
        if each.remedy:
            session.report.line(f"    {each.remedy}")
    if not left:
        session.report.line(tr("Nothing stops this letter."))
    return 1 if left else 0


def _offered(session: Session, ref: str) -> int:
    with session.desk(create=False) as desk:
        choices = queries.choices_of(desk, case_queries.find_case(desk, ref))
    session.report.answer({"papers": choices})
    for choice in choices:
        if choice.recommended:
            session.report.line(tr("Recommended now: {title}", title=choice.title))
    for shelf in FormGroup:
        mine = [_choice_line(choice) for choice in choices if choice.group == shelf]
        _shelf(session, shelf, mine)
    if not choices:
        session.report.line(tr("No way that is open needs a paper of ours just now."))
    return 0


def _shelf(session: Session, shelf: FormGroup, lines: Sequence[tuple[str, ...]]) -> None:
    if lines:
        session.report.line(shelf_title(shelf))
        session.report.table(lines)


def _form_line(form: Form) -> tuple[str, ...]:
    return f"  {form.id}", form.kind, "/".join(form.languages), tr(form.title)


def _choice_line(choice: PaperChoice) -> tuple[str, ...]:
    missing = len(choice.missing)
    state = (
        trn("{count} answer is missing", "{count} answers are missing", missing)
        if missing
        else tr("everything it needs is known")
    )
    return f"  {choice.form}", choice.kind, choice.title, state


def run_copy(session: Session) -> int:
    """Copies a shipped form into the desk as a form of one's own."""
    arguments = session.arguments
    form, new_id = _two(arguments.more, tr("Write: letter copy FORM ID."))
    with session.desk(create=True) as desk:
        outcome = operations.copy_form(
            desk, form, new_id, language=arguments.speech or texts.language(),
            reason=arguments.reason,
        )  # fmt: skip
        place = desk.own_forms.place(new_id)
    session.report.line(tr("{said}: {place}", said=outcome.said, place=place))
    session.report.answer({"form": new_id, "folder": place})
    return 0


def run_edit(session: Session) -> int:
    """Names the file in which the text of a form of one's own stands."""
    form = _one(session.arguments.more, tr("Write: letter edit ID."))
    with session.desk(create=False) as desk:
        own = operations.own_form(desk, form)
        path = desk.own_forms.place(form) / f"body.{own.languages[0]}.txt"
    session.report.line(str(path))
    session.report.answer({"file": path})
    return 0


def run_check_form(session: Session) -> int:
    """Tells what is wrong with a form of one's own; 1 where something is."""
    form = _one(session.arguments.more, tr("Write: letter check-form ID."))
    with session.desk(create=False) as desk:
        wrong = operations.faults_in(desk, form)
    session.report.answer({"form": form, "faults": wrong})
    for each in wrong:
        session.report.line(each)
    if not wrong:
        session.report.line(tr("The form {name} can be used.", name=form))
    return 1 if wrong else 0


def _one(more: Sequence[str], remedy: str) -> str:
    if len(more) != 1:
        raise Refused(tr("One form has to be named."), " ".join(more), remedy)
    return more[0]


def _two(more: Sequence[str], remedy: str) -> tuple[str, str]:
    if len(more) != 2:
        raise Refused(tr("A form and the name of its copy have to be named."), " ".join(more),
                      remedy)  # fmt: skip
    return more[0], more[1]


WORDS: Final[Mapping[str, Callable[[Session], int]]] = {
    "forms": run_forms, "copy": run_copy, "edit": run_edit, "check-form": run_check_form,
}  # fmt: skip
"""What may stand after `letter` in place of a case."""
