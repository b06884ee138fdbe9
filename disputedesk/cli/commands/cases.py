"""`case`: open, show, note, file, answer, close."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from disputedesk.cli.commands import after_filing, capturing
from disputedesk.cli.commands.due import print_plan, print_window
from disputedesk.cli.commands.what_if import add_what_if, print_what_if
from disputedesk.cli.fact_words import facts_of, known_facts_of, pairs_of
from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day
from disputedesk.common import texts
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.contact_notes import Contact
from disputedesk.desk.operations import answers
from disputedesk.desk.operations import cases as operations
from disputedesk.desk.operations import orders as order_operations
from disputedesk.desk.queries import cases as queries
from disputedesk.desk.queries import orders as order_queries
from disputedesk.desk.queries.prompts import prompts_for
from disputedesk.desk.queries.what_if import what_if_case
from disputedesk.desk.views import CaseDetail
from disputedesk.model.case import CaseOutcome, CaseStage, Wish
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.problem import Problem


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    parser = parsers["case"]
    verbs = parser.add_subparsers(dest="verb", required=True)
    opening = verbs.add_parser("open", parents=[shared], help=tr("begin a case for an order"))
    opening.add_argument("ref", metavar=tr("ORDER"))
    opening.add_argument("--problem", required=True, choices=[str(kind) for kind in Problem])
    opening.add_argument("facts", nargs="*", metavar="FACT=VALUE")
    opening.set_defaults(run=run_open)
    listing = verbs.add_parser("list", parents=[shared], help=tr("list cases"))
    listing.add_argument("--closed", action="store_true", help=tr("closed ones too"))
    listing.set_defaults(run=run_list)
    show = verbs.add_parser("show", parents=[shared], help=tr("everything about one case"))
    show.add_argument("case", metavar=tr("CASE"))
    add_what_if(show)
    show.set_defaults(run=run_show)
    note = verbs.add_parser("note", parents=[shared], help=tr("add a note to the log"))
    note.add_argument("case", metavar=tr("CASE"))
    note.add_argument("text")
    note.add_argument(
        "--contact", type=a_day, metavar=tr("DAY"),
        help=tr("the seller was asked on this day; TEXT says how"),
    )  # fmt: skip
    note.add_argument("--answer", default="", metavar=tr("TEXT"), help=tr("what came back"))
    note.set_defaults(run=run_note)
    words_of = verbs.add_parser("set", parents=[shared], help=tr("set the words, the wish, facts"))
    words_of.add_argument("case", metavar=tr("CASE"))
    words_of.add_argument("facts", nargs="*", metavar="FACT=VALUE")
    words_of.add_argument("--narrative", help=tr("what happened, in your words"))
    words_of.add_argument("--wish", choices=[str(wish) for wish in Wish])
    words_of.set_defaults(run=run_set)
    advance = verbs.add_parser("advance", parents=[shared], help=tr("record what was sent"))
    advance.add_argument("case", metavar=tr("CASE"))
    advance.add_argument("--rule", help=tr("the rule filed under; the recommended one by default"))
    advance.add_argument("--on", type=a_day, help=tr("the day; today by default"))
    advance.add_argument("--reference", default="", help=tr("their number for it"))
    advance.set_defaults(run=run_advance)
    close = verbs.add_parser("close", parents=[shared], help=tr("say how it ended"))
    close.add_argument("case", metavar=tr("CASE"))
    close.add_argument("outcome", choices=[str(outcome) for outcome in CaseOutcome])
    close.add_argument("--sum", type=after_filing.a_sum, help=tr("what came back for good"))
    close.set_defaults(run=run_close)
    capturing.fill(verbs, shared)
    after_filing.fill(verbs, shared)


def run_open(session: Session) -> int:
    """Opens a case and shows it."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        order_id = order_queries.find_order(desk, arguments.ref)
        facts = known_facts_of(desk, arguments.facts)
        outcome = operations.open_case(
            desk, order_id, problem=Problem(arguments.problem), facts=facts
        )
        detail = queries.case_detail(desk, outcome.value)
    return _shown(session, detail)


def run_list(session: Session) -> int:
    """Lists cases by the day they must be acted on."""
    with session.desk() as desk:
        rows = queries.case_rows(desk, closed=session.arguments.closed)
    session.report.answer({"cases": rows})
    session.report.table(
        [
            (
                str(row.number),
                texts.day_text(row.act_by) if row.act_by else "–",
                words.money_text(row.money) if row.money else "–",
                row.stage_title,
                row.title,
            )
            for row in rows
        ]
    )
    if not rows:
        session.report.line(tr("No cases."))
    return 0


def run_show(session: Session) -> int:
    """Shows one case."""
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, session.arguments.case)
        if session.arguments.what_if:
            changes = facts_of(desk, session.arguments.what_if)
            print_what_if(session.report, what_if_case(desk, case_id, changes))
            return 0
        detail = queries.case_detail(desk, case_id)
        closed = detail.case.stage is CaseStage.CLOSED
        prompts = () if closed else prompts_for(desk, case_id)
    _shown(session, detail)
    capturing.print_open(session.report, prompts)
    return 0


def _shown(session: Session, detail: CaseDetail) -> int:
    report = session.report
    report.answer(detail)
    report.line(tr("Case {number}: {title}", number=detail.case.number, title=detail.title))
    if detail.money:
        report.line(words.money_text(detail.money))
    for window in detail.windows:
        print_window(report, window)
    print_plan(report, detail.plan)
    for check in detail.checks:
        mark = "x" if check.done else " "
        must = "" if check.item.must else tr(" (would help)")
        report.line(f"  [{mark}] {check.item.text}{must}")
    for question in detail.questions:
        report.line(f"  ? {question.fact.question} ({question.fact.name})")
    return 0


def run_note(session: Session) -> int:
    """Adds a note, or keeps that the seller was asked."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        if arguments.contact is None:
            outcome = operations.add_note(desk, case_id, arguments.text)
        else:
            contact = Contact(arguments.contact, arguments.text, arguments.answer)
            outcome = operations.add_contact(desk, case_id, contact)
    session.report.line(outcome.said)
    session.report.answer({"noted": True})
    return 0


def run_set(session: Session) -> int:
    """Sets the narrative, the wish and facts of the case."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        wish = Wish(arguments.wish) if arguments.wish else None
        if arguments.narrative is not None or wish is not None:
            operations.set_case(desk, case_id, narrative=arguments.narrative, wish=wish)
        for name, text in pairs_of(arguments.facts):
            if text:
                answers.answer_question(desk, case_id, name, text)
            else:
                order_id = queries.case_detail(desk, case_id).order.id
                order_operations.set_facts(desk, order_id, {FactName(name): None}, case_id=case_id)
        detail = queries.case_detail(desk, case_id)
    return _shown(session, detail)


def run_advance(session: Session) -> int:
    """Records a filing under the recommended rule or the one named."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        rule = arguments.rule or queries.case_detail(desk, case_id).plan.next_step
        if rule is None:
            raise NotFound(
                tr("Nothing is open to be filed for this case."),
                arguments.case,
                tr("Name a rule with --rule; case show lists them."),
            )
        on = arguments.on or session.today
        outcome = operations.file_step(
            desk, case_id, rule=RuleId(rule), on=on, reference=arguments.reference
        )
    session.report.line(outcome.said)
    session.report.answer({"filing": outcome.value})
    return 0


def run_close(session: Session) -> int:
    """Closes a case."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        cautions = queries.case_detail(desk, case_id).after.cautions
        outcome = operations.close_case(desk, case_id, outcome=CaseOutcome(arguments.outcome),
                                        won=arguments.sum)  # fmt: skip
    for caution in cautions:
        session.report.notice(caution)
    session.report.line(outcome.said)
    session.report.answer({"closed": arguments.outcome})
    return 0
