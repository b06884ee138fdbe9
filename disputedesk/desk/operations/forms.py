"""Forms of one's own: copied from shipped ones, changed, taken away; checked before kept."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.secrets import has_secret
from disputedesk.common.texts import tr
from disputedesk.desk.basis import read_case
from disputedesk.desk.changes import Outcome
from disputedesk.desk.paperwork import letter_context
from disputedesk.model.ids import CaseId
from disputedesk.papers.own_form import faults_of, form_toml, plain_body
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.own_forms import Files
    from disputedesk.papers.form import Form, Reason

_LONGEST: Final = 36
"""So many characters of a copy's name, with room for a number."""


def copy_form(
    desk: Desk,
    form: str,
    new_id: str,
    *,
    language: str,
    reason: str = "",
    case_id: CaseId | None = None,
) -> Outcome[str]:
    """Copies a form into the desk's own folder as plain text, for one reason and language.

    Args:
        desk: The desk.
        form: The form's id.
        new_id: What the copy is called; empty finds a name that is free.
        language: One of the form's languages.
        reason: Id of the reason; empty takes that of the case, else the first.
        case_id: A case that decides what the text speaks of; `None` keeps what must be known.

    Raises:
        NotFound: There is no such form or reason.
        Refused: There is already a form of that id, or it cannot be one.
    """
    shipped = desk.forms.get(form)
    new_id = new_id or _free_id(desk, form)
    if any(each.id == new_id for each in desk.forms.forms):
        raise Refused(tr("There is already a form called “{name}”.", name=new_id), new_id,
                      tr("Choose another name for yours."))  # fmt: skip
    if language not in shipped.languages:
        raise Refused(tr("The form “{title}” is not written in this language.",
                         title=tr(shipped.title)), form)  # fmt: skip
    chosen = _reason(desk, shipped, reason, case_id)
    body = shipped.bodies[language]
    if not shipped.plain:
        words = {} if case_id is None else _known(desk, case_id, shipped, chosen, language)
        body = plain_body(shipped, chosen, language, words)
    title = tr("{title} (own)", title=tr(shipped.title))
    toml = form_toml(shipped, chosen, language, new_id=new_id, title=title)
    files = {"form.toml": toml, f"body.{language}.txt": body}
    return _keep(desk, new_id, files, tr("Form {name} copied", name=new_id))


def _free_id(desk: Desk, form: str) -> str:
    """A name for a copy that no form has."""
    taken = {each.id for each in desk.forms.forms}
    plain = f"own_{form.removeprefix('own_')}"[:_LONGEST]
    names = (plain if number == 1 else f"{plain}_{number}" for number in itertools.count(1))
    return next(name for name in names if name not in taken)


def _reason(desk: Desk, form: Form, wanted: str, case_id: CaseId | None) -> Reason:
    if case_id is not None and not wanted:
        with desk.store.snapshot() as rows:
            return form.reason_for(rows.cases.get(case_id).problem)
    found = next((each for each in form.reasons if wanted in {"", each.id}), None)
    if found is None:
        names = ", ".join(each.id for each in form.reasons)
        raise NotFound(tr("The form has no reason called {name}.", name=wanted), form.id,
                       tr("Choose one of: {names}.", names=names))  # fmt: skip
    return found


def _known(
    desk: Desk, case_id: CaseId, form: Form, reason: Reason, language: str
) -> dict[str, str]:
    """What a case knows: field by field, with the words that conditions compare."""
    from disputedesk.papers.values import values_of

    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
    context = letter_context(desk, basis, form, language=language)
    values = values_of(context, reason=reason.id, language=language, today=desk.today)
    return {name: value.text if value.word else "" for name, value in values.items()}


def save_form(desk: Desk, form: str, *, body: str, title: str | None = None) -> Outcome[str]:
    """Keeps the text of a form of one's own.

    Raises:
        NotFound: The desk has no such form of its own.
        Refused: The text cannot be used; names line and reason. Nothing was changed.
    """
    own = own_form(desk, form)
    for fault in faults_of(body, own):
        raise Refused(str(fault), form, tr("Correct the line and keep it again."))
    if has_secret(body):
        raise Refused(tr("A full card number or a secret code stands in this text."), form,
                      tr("Take it out; the last four digits are enough."))  # fmt: skip
    files = desk.own_forms.read(form)
    language = own.languages[0]
    files[f"body.{language}.txt"] = body
    if title is not None:
        made = form_toml(own, own.reasons[0], language, new_id=form, title=clean_line(title))
        files["form.toml"] = made
    return _keep(desk, form, files, tr("Form {name} kept", name=form))


def remove_form(desk: Desk, form: str) -> Outcome[str]:
    """Takes a form of one's own away; papers that were made with it stay.

    Raises:
        NotFound: The desk has no such form of its own.
    """
    own_form(desk, form)
    return _keep(desk, form, {}, tr("Form {name} taken away", name=form))


def own_form(desk: Desk, form: str) -> Form:
    """A form of the desk's own folder.

    Raises:
        NotFound: There is none of that id; shipped ones are copied first.
    """
    found = next((each for each in desk.forms.forms if each.id == form and each.plain), None)
    if found is None:
        raise NotFound(tr("The desk has no form of its own called {name}.", name=form), form,
                       tr("Copy a shipped form first: letter copy FORM ID."))  # fmt: skip
    return found


def faults_in(desk: Desk, form: str) -> tuple[str, ...]:
    """What is wrong with the files of a form of one's own, in sentences; empty where nothing is.

    Raises:
        NotFound: The desk has no folder of that name.
    """
    files = desk.own_forms.read(form)
    if not files:
        own_form(desk, form)
    known = next((each for each in desk.forms.forms if each.id == form), None)
    told = [
        f"{name}: {fault}"
        for name, text in files.items()
        if name.startswith("body.") and known is not None
        for fault in faults_of(text, known)
    ]
    try:
        desk.own_forms.check(form, files)
    except Refused as refused:
        return tuple(told) or (str(refused),)
    return tuple(told)


def _keep(desk: Desk, form: str, files: Files, said: str) -> Outcome[str]:
    if files:
        desk.own_forms.check(form, files)
    before = desk.own_forms.read(form)
    with desk.own_forms.changed(form, files), desk.transaction("form.save") as change:
        was = {"form": form, "files": before}
        entry = change.note(Subject("form"), was, {"said": said, "form": form})
    desk.forget_forms()
    return Outcome(form, change.changes, entry, said)
