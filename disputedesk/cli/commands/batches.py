"""`batch`: one form for many cases."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from disputedesk.cli.session import Session
from disputedesk.cli.values import a_number
from disputedesk.common.texts import tr
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import batches as operations
from disputedesk.desk.operations.batch_papers import mail_batch, print_batch, save_batch
from disputedesk.desk.operations.papers import save_document
from disputedesk.desk.queries import batches as queries
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.targets import write_file
from disputedesk.model.ids import CaseId
from disputedesk.papers.finish import Finish
from disputedesk.papers.languages import LETTER_LANGUAGES


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the command its arguments."""
    verbs = parsers["batch"].add_subparsers(dest="verb", required=True)
    for verb, run, told in (
        ("plan", run_plan, tr("what each case lacks for the form")),
        ("make", run_make, tr("write the papers, one for each case")),
    ):
        each = verbs.add_parser(verb, parents=[shared], help=told)
        each.add_argument("cases", nargs="*", metavar=tr("CASE"))
        each.add_argument("--form", required=True)
        each.add_argument("--in", dest="speech", default="", choices=sorted(LETTER_LANGUAGES))
        each.add_argument("--seller", help=tr("every open case against this seller"))
        each.set_defaults(run=run)
        if verb == "make":
            each.add_argument("-o", "--output", type=Path, metavar=tr("DIR"))
            each.add_argument("--anyway", action="append", default=[], metavar=tr("RULE"),
                              help=tr("make them although this rule stops some"))  # fmt: skip
            each.add_argument("--delivery", default="",
                              help=tr("how they are sent, as it is printed"))  # fmt: skip
    listing = verbs.add_parser("list", parents=[shared], help=tr("the batches that were made"))
    listing.set_defaults(run=run_list)
    show = verbs.add_parser("show", parents=[shared], help=tr("the papers of one batch"))
    show.add_argument("number", type=a_number)
    show.set_defaults(run=run_show)
    for verb, run, told, what in (
        ("print", run_print, tr("one PDF of the papers that were looked at"), tr("FILE")),
        ("save", run_save, tr("those papers as files in a folder"), tr("DIR")),
        ("mails", run_mails, tr("a draft mail for each of those papers"), tr("DIR")),
    ):
        out = verbs.add_parser(verb, parents=[shared], help=told)
        out.add_argument("number", type=a_number)
        out.add_argument("-o", "--output", type=Path, metavar=what, required=True)
        out.add_argument("--all", dest="unseen", action="store_true",
                         help=tr("also those nobody looked at"))  # fmt: skip
        out.set_defaults(run=run)
        if verb == "print":
            out.add_argument("--no-separators", dest="separators", action="store_false",
                             help=tr("no sheet before each that says whose it is"))  # fmt: skip
    looked = verbs.add_parser("looked", parents=[shared], help=tr("a paper was looked at"))
    looked.add_argument("number", type=a_number)
    looked.add_argument("case", metavar=tr("CASE"))
    looked.set_defaults(run=run_looked)


def _cases(session: Session, desk: Desk) -> tuple[CaseId, ...]:
    arguments = session.arguments
    named = tuple(find_case(desk, text) for text in arguments.cases)
    if arguments.seller:
        named += queries.cases_of_seller(desk, arguments.seller)
    return tuple(dict.fromkeys(named))


def run_plan(session: Session) -> int:
    """Says for each case whether its paper can be written; exits 1 when one cannot."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        lines = queries.plan_batch(
            desk, _cases(session, desk), form=arguments.form, language=arguments.speech
        )
    session.report.answer({"cases": lines})
    for line in lines:
        told = line.why or "; ".join(line.questions) or tr("can be written")
        session.report.line(f"{line.number}  {line.client}, {line.title}: {told}")
    return 0 if all(line.ready for line in lines) else 1


def run_make(session: Session) -> int:
    """Writes the papers; exits 1 when a case got none."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        outcome = operations.make_batch(
            desk, _cases(session, desk), form=arguments.form, language=arguments.speech,
            finish=Finish(delivery=arguments.delivery), anyway=arguments.anyway,
            progress=session.report.progress,
        )  # fmt: skip
        lines = queries.batch_lines(desk, outcome.value)
        written = []
        for line in lines:
            if line.document is not None and arguments.output is not None:
                arguments.output.mkdir(parents=True, exist_ok=True)
                path = arguments.output / line.document.name
                save_document(desk, line.document.id, path)
                written.append(path)
    session.report.answer({"batch": outcome.value, "lines": lines, "files": written})
    session.report.line(tr("Batch {number}: {said}", number=outcome.value, said=outcome.said))
    _tell(session, lines)
    return 0 if all(line.document is not None for line in lines) else 1


def run_list(session: Session) -> int:
    """Lists the batches, newest first."""
    with session.desk(create=False) as desk:
        found = queries.batches(desk)
    session.report.answer({"batches": found})
    session.report.table(
        [
            (str(batch.id), f"{batch.made_at:%Y-%m-%d %H:%M}", batch.form, batch.title)
            for batch in found
        ]
    )
    if not found:
        session.report.line(tr("No letters were made together yet."))
    return 0


def run_show(session: Session) -> int:
    """Lists the papers of one batch, and what was looked at."""
    with session.desk(create=False) as desk:
        lines = queries.batch_lines(desk, session.arguments.number)
    session.report.answer({"lines": lines})
    _tell(session, lines)
    return 0


def run_print(session: Session) -> int:
    """Writes the papers that were looked at as one PDF."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        made = print_batch(
            desk, arguments.number, unseen=arguments.unseen, separators=arguments.separators,
            progress=session.report.progress,
        )  # fmt: skip
        write_file(arguments.output, made.data)
    session.report.line(str(arguments.output))
    session.report.answer({"file": arguments.output, "pages": made.pages})
    return 0


def run_save(session: Session) -> int:
    """Writes the papers that were looked at into a folder."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        paths = save_batch(desk, arguments.number, arguments.output, unseen=arguments.unseen)
    _written(session, paths)
    return 0


def run_mails(session: Session) -> int:
    """Writes a draft mail for each paper that was looked at."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        paths = mail_batch(desk, arguments.number, arguments.output, unseen=arguments.unseen)
    _written(session, paths)
    return 0


def _written(session: Session, paths: tuple[Path, ...]) -> None:
    for path in paths:
        session.report.line(str(path))
    session.report.answer({"files": paths})


def run_looked(session: Session) -> int:
    """Keeps that a paper was looked at."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = find_case(desk, arguments.case)
        lines = queries.batch_lines(desk, arguments.number)
        line = next((each.line for each in lines if each.line.case == case_id), None)
        outcome = operations.mark_looked_at(desk, 0 if line is None else line.id)
    session.report.line(outcome.said)
    session.report.answer({"looked": True})
    return 0


def _tell(session: Session, lines: tuple[queries.MadeLine, ...]) -> None:
    for made in lines:
        looked = tr("looked at") if made.line.checked_on else tr("not looked at yet")
        told = f"{made.document.name}, {looked}" if made.document else made.line.why
        session.report.line(f"{made.number}  {made.client}, {made.title}: {told}")
