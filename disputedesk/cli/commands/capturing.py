"""`case prompts` and `case ask`: what is still to be captured, and the request for it."""

from __future__ import annotations

import argparse
from pathlib import Path

from disputedesk.cli.commands import Subparsers
from disputedesk.cli.report import Report
from disputedesk.cli.session import Session
from disputedesk.common.texts import LANGUAGES, day_text, tr
from disputedesk.desk.operations import prompts as operations
from disputedesk.desk.queries import cases as queries
from disputedesk.desk.queries.prompts import PromptState, PromptView, prompts_for
from disputedesk.desk.queries.requests import request_for
from disputedesk.desk.targets import write_file


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Gives `case` its two verbs."""
    prompts = verbs.add_parser(
        "prompts", parents=[shared], help=tr("what to capture while it can be had, and how")
    )
    prompts.add_argument("case", metavar=tr("CASE"))
    prompts.add_argument("--gone", metavar=tr("NAME"), help=tr("it cannot be had any more"))
    prompts.add_argument("--again", metavar=tr("NAME"), help=tr("it can be had after all"))
    prompts.set_defaults(run=run_prompts)
    ask = verbs.add_parser(
        "ask", parents=[shared], help=tr("a polite request for what is missing, to send")
    )
    ask.add_argument("case", metavar=tr("CASE"))
    ask.add_argument(
        "--in", dest="language", default="", choices=list(LANGUAGES), help=tr("its language")
    )
    ask.add_argument("--to", type=Path, metavar=tr("FILE"), help=tr("write it into this file"))
    ask.set_defaults(run=run_ask)


def run_prompts(session: Session) -> int:
    """Lists what to capture; says of one thing that it cannot be had, or can."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        if arguments.gone:
            session.report.line(operations.dismiss_prompt(desk, case_id, arguments.gone).said)
        if arguments.again:
            session.report.line(operations.ask_again(desk, case_id, arguments.again).said)
        views = prompts_for(desk, case_id)
    session.report.answer({"prompts": views})
    for view in views:
        session.report.line(_line(view))
        if view.state is PromptState.OPEN:
            for step in view.how:
                session.report.line(f"      – {step}")
            session.report.line(f"      {view.why} {view.until}")
    return 0


def run_ask(session: Session) -> int:
    """Writes the request for what is missing."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        request = request_for(desk, case_id, language=arguments.language)
    session.report.answer(request)
    if arguments.to is not None:
        write_file(arguments.to, request.text.encode())
        session.report.line(tr("Saved as {name}", name=arguments.to.name))
    else:
        session.report.line(request.text.rstrip("\n"))
    return 0


def print_open(report: Report, views: tuple[PromptView, ...]) -> None:
    """Says in a line each what is still to be captured; nothing where nothing is."""
    asked = [view for view in views if view.state is PromptState.OPEN]
    if asked:
        report.line(tr("Still to capture while you can (case prompts says how):"))
    for view in asked:
        report.line(_line(view))


def _line(view: PromptView) -> str:
    sign = {PromptState.OPEN: "◆" if view.must else "◇", PromptState.ANSWERED: "✓"}
    day = view.last_day
    until = f" ({tr('until {day}', day=day_text(day))})" if day is not None else ""
    state = f" – {state_text(view.state)}" if view.state not in sign else ""
    return f"  {sign.get(view.state, '·')} {view.title}{until}{state} ({view.id})"


def state_text(state: PromptState) -> str:
    """How a thing to capture stands, in words."""
    return {
        PromptState.OPEN: tr("still to capture"),
        PromptState.ANSWERED: tr("there"),
        PromptState.GONE: tr("cannot be had any more"),
        PromptState.OVER: tr("too late"),
    }[state]
