"""`submission`: the text for a platform's own form, field by field, and the form sent off."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day
from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.deadlines.words import Avenue
from disputedesk.desk.operations import platform_words as wording
from disputedesk.desk.operations import submissions as operations
from disputedesk.desk.queries import submissions as queries
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.suspicions import outgoing_notes
from disputedesk.model.ids import CaseId, RuleId
from disputedesk.papers.languages import LETTER_LANGUAGES

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.submission import SubmissionField

WORDS: Final = "words"


def fill_submission(parser: argparse.ArgumentParser) -> None:
    """Gives the command its arguments."""
    parser.add_argument("case", metavar=tr("CASE"), help=tr("a case, or: words FORM"))
    parser.add_argument(
        "words", nargs="*", metavar=tr("WORD"),
        help=tr("after “words FORM”: reason or wish, its name, and the platform's own words"),
    )  # fmt: skip
    parser.add_argument(
        "--avenue", default="platform_dispute", choices=[str(avenue) for avenue in Avenue]
    )
    parser.add_argument("--form", default="")
    parser.add_argument("--in", dest="speech", choices=sorted(LETTER_LANGUAGES))
    parser.add_argument("-o", "--output", type=Path, metavar=tr("DIR"))
    parser.add_argument(
        "--next", action="store_true", help=tr("print the next field and call it copied")
    )
    parser.add_argument("--copied", action="store_true", help=tr("what was copied already"))
    parser.add_argument(
        "--fresh", action="store_true",
        help=tr("with --next: take what the case says now, not the text as it was begun"),
    )  # fmt: skip
    parser.add_argument("--filed", type=a_day, metavar=tr("DATE"), help=tr("the form was sent"))
    parser.add_argument("--reference", default="", help=tr("the number the platform gave"))
    parser.add_argument(
        "--receipt", type=Path, metavar=tr("FILE"), help=tr("the platform's confirmation")
    )
    parser.add_argument("--rule", default="", help=tr("the rule it was sent under"))
    parser.set_defaults(run=run_submission)


def run_submission(session: Session) -> int:
    """Prints the fields, the next of them, or what was copied; or records that it was sent."""
    arguments = session.arguments
    if arguments.case == WORDS:
        return _run_words(session)
    if arguments.words:
        raise Refused(
            tr("“{text}” is not understood here.", text=arguments.words[0]), "submission",
            tr("Only “submission words FORM” takes words."),
        )  # fmt: skip
    with session.desk(create=False) as desk:
        case_id = find_case(desk, arguments.case)
        form = arguments.form or queries.submission_form(desk, case_id, avenue=arguments.avenue)
        if arguments.filed:
            return _file(session, desk, case_id, form)
        if arguments.next:
            return _next(session, desk, case_id, form)
        return _show(session, desk, case_id, form)


def _speech(session: Session, desk: Desk, form: str) -> str:
    """The language asked for, else that of the screen where the form speaks it, else its first."""
    asked: str = session.arguments.speech or texts.language()
    spoken = desk.forms.get(form).languages
    return asked if session.arguments.speech or asked in spoken else spoken[0]


def _show(session: Session, desk: Desk, case_id: CaseId, form: str) -> int:
    arguments, report = session.arguments, session.report
    spoken = _speech(session, desk, form)
    written: tuple[Path, ...] = ()
    if arguments.output:
        outcome = operations.prepare_files(
            desk, case_id, form=form, language=spoken, folder=arguments.output,
            progress=report.progress,
        )  # fmt: skip
        written = outcome.value
        for note in outgoing_notes(desk, case_id):
            report.notice(note)
    walk = queries.submission_walk(desk, case_id, form=form, language=spoken)
    report.answer({
        "submission": walk.written, "files": written, "steps": walk.steps,
        "changed": walk.changed, "document": walk.document,
    })  # fmt: skip
    _tell_changed(session, walk)
    if arguments.copied:
        report.table([
            (str(step.position), step.label, queries.when_copied(step) or tr("not copied yet"))
            for step in walk.steps
        ])  # fmt: skip
        return 0
    for field in walk.written.fields:
        report.line(f"{field.label} ({room_of(field)})")
        for line in field.text.splitlines():
            report.line(f"    {line}")
    for path in written:
        report.line(str(path))
    return 0


def _next(session: Session, desk: Desk, case_id: CaseId, form: str) -> int:
    spoken, report = _speech(session, desk, form), session.report
    before = queries.submission_walk(desk, case_id, form=form, language=spoken)
    fresh = session.arguments.fresh
    if not fresh:
        _tell_changed(session, before)
    step = operations.copy_field(
        desk, case_id, form=form, language=spoken, fresh=fresh
    ).value  # fmt: skip
    report.answer({"step": step, "of": len(before.steps)})
    where = tr("{position} of {count}: {field}", position=step.position, count=len(before.steps),
               field=step.label)  # fmt: skip
    report.notice(f"{where} ({room_of(step.field)})" if step.field is not None else where)
    report.line(step.text)
    return 0


def _file(session: Session, desk: Desk, case_id: CaseId, form: str) -> int:
    arguments = session.arguments
    rule = arguments.rule or queries.rule_of_form(desk, case_id, form)
    if not rule:
        raise Refused(
            tr("No rule of this case fits the form."), form,
            tr("Name the rule with --rule; “windows” lists them."),
        )  # fmt: skip
    outcome = operations.file_submission(
        desk, case_id, form=form, language=_speech(session, desk, form), rule=RuleId(rule),
        on=arguments.filed, reference=arguments.reference, receipt=arguments.receipt,
        progress=session.report.progress,
    )  # fmt: skip
    session.report.answer({"filing": outcome.value, "rule": rule})
    session.report.line(outcome.said)
    return 0


def _tell_changed(session: Session, walk: queries.Walk) -> None:
    if walk.changed:
        session.report.notice(
            tr("The case changed since this text was begun: {fields}. “--next --fresh” takes up "
               "what it says now.", fields=", ".join(walk.changed))
        )  # fmt: skip


def room_of(field: SubmissionField) -> str:
    """How much of its limit a field uses, in words."""
    counter = field.counter
    if counter.limit is None:
        return trn("{count} character", "{count} characters", counter.length)
    if counter.fits:
        return tr("{length} of {limit} characters", length=counter.length, limit=counter.limit)
    return tr("{over} characters too many: {length} of {limit}", over=-(counter.remaining or 0),
              length=counter.length, limit=counter.limit)  # fmt: skip


def _run_words(session: Session) -> int:
    """Lists what a platform's form calls things, or keeps how it does now."""
    arguments, report = session.arguments, session.report
    form, *rest = arguments.words or [""]
    with session.desk(create=False) as desk:
        if rest:
            said = _set_word(desk, form, rest)
            report.line(said)
        rows = queries.platform_words(desk, form)
    report.answer({"words": rows})
    if not rest:
        report.table([
            (row.kind, row.value, row.text or tr("as the platform's page shows it"),
             tr("yours, {day}", day=texts.day_text(row.changed_on)) if row.changed_on else "")
            for row in rows
        ])  # fmt: skip
    return 0


def _set_word(desk: Desk, form: str, words: list[str]) -> str:
    """Keeps words, or lets the shipped ones stand again where none are named."""
    kind, value, *text = (*words, "") if len(words) == 1 else words
    if not text:
        outcome = wording.reset_platform_word(desk, form, kind=kind, value=value)
        return outcome.said or tr("The shipped words of the platform stand again")
    return wording.set_platform_word(
        desk, form, kind=kind, value=value, text=" ".join(text)
    ).said  # fmt: skip
