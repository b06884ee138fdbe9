"""A paper of a case looked over before it leaves, with all that the desk knows around it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.texts import tr, trn
from disputedesk.desk.basis import CaseBasis
from disputedesk.desk.offering import acting_window
from disputedesk.desk.operations.reading import is_dangerous
from disputedesk.desk.paperwork import letter_context
from disputedesk.desk.planning import plan_for
from disputedesk.desk.secret_words import found_words
from disputedesk.model.case import DocumentKind
from disputedesk.papers.form import Form, FormKind
from disputedesk.papers.lint.checked import Around, Checked
from disputedesk.papers.lint.finding import Finding, standing

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.context import LetterContext
    from disputedesk.papers.letter import Letter
    from disputedesk.papers.submission import Submission

_READ: Final = 2_000
"""So many characters of an exhibit tell in which language it is."""


def look_over(desk: Desk, basis: CaseBasis, form: Form, *, language: str) -> tuple[Finding, ...]:
    """What is to be said of the paper that a form makes of a case, in the language of the screen.

    What cannot be written yet is looked over as far as it is known.

    Raises:
        Refused: The form does not serve the case's problem, or not this language.
    """
    from disputedesk.papers.lint.checking import check_paper
    from disputedesk.papers.recipients import addressed

    context = letter_context(desk, basis, form, language=language)
    letter, submission = _written(form, context, language, desk.today)
    filled = addressed(form, context, language)
    around = _around(desk, basis, form)
    return check_paper(Checked(form, filled, language, desk.today, letter, submission, around))


def _written(
    form: Form, context: LetterContext, language: str, today: dt.date
) -> tuple[Letter | None, Submission | None]:
    """The paper, where it can be written."""
    from disputedesk.papers.composer import compose_letter, compose_submission

    try:
        if form.kind is FormKind.LETTER:
            return compose_letter(form, context, language=language, today=today), None
        return None, compose_submission(form, context, language=language)
    except DeskError:
        return None, None


def _around(desk: Desk, basis: CaseBasis, form: Form) -> Around:
    windows = desk.rulebook.windows(basis.facts, today=desk.today, explain=True)
    plan = plan_for(desk.rulebook, windows, basis.facts, basis.filings, today=desk.today)
    window = acting_window(form, basis, windows, plan)
    step = plan.step_of(window.rule) if window is not None else None
    sent = {d.id: d.sent_on for d in basis.documents if d.form == form.id and d.sent_on}
    told = [
        filing.filed_on
        for filing in basis.filings
        if window is not None and filing.rule == window.rule and filing.document not in sent
    ]
    exhibits = [each for each in basis.exhibits if each.withdrawn_at is None]
    numbers = {each.outgoing.id: each.number for each in exhibits}
    with desk.store.snapshot() as rows:
        found = [s for s in rows.suspicions.of_evidence(list(numbers)) if is_dangerous(s)]
        read = {each.number: rows.readings.find(each.outgoing.id) for each in exhibits}
    return Around(
        gives_up=step.gives_up if step is not None else (),
        sent_on=tuple(sorted([*sent.values(), *told])),
        mandates=basis.mandates,
        letterhead=basis.letterhead,
        made_on=tuple(d.made_at.date() for d in basis.documents if d.kind is DocumentKind.LETTER),
        unsafe={numbers[s.evidence]: f"{found_words(s.kind, s.place, s.shown)}." for s in found},
        words={number: each.text[:_READ] for number, each in read.items() if each is not None},
    )


def refuse_blocked(findings: Sequence[Finding], anyway: Collection[str]) -> None:
    """Does nothing where no blocker stands.

    Args:
        findings: What was found.
        anyway: The rules of blockers that somebody overrides; what is final cannot be.

    Raises:
        Refused: Some stand; names the first and how many more there are.
    """
    left = standing(tuple(findings), frozenset(anyway))
    if not left:
        return
    first = left[0]
    remedy = first.remedy
    if len(left) > 1:
        more = trn("{count} more thing stops it.", "{count} more things stop it.", len(left) - 1)
        remedy = f"{remedy} {more}".strip()
    raise Refused(
        tr("This paper is not made yet: {why}", why=first.sentence), first.place.text, remedy
    )
