"""`case reply`, `claims`, `rebuttal`, `answer`, `credit` and `odds`: what happens after filing."""

from __future__ import annotations

import argparse
import dataclasses
from pathlib import Path

from disputedesk.cli.commands import Subparsers
from disputedesk.cli.report import Report
from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day, a_number
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import day_distance_text, day_text, tr
from disputedesk.deadlines.words import Stage
from disputedesk.desk import words
from disputedesk.desk.after_views import AfterView, ReplyView
from disputedesk.desk.after_words import credit_title
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import counterclaims, filing_answers, replies
from disputedesk.desk.operations.credits import NewCredit, add_credit
from disputedesk.desk.queries import after, odds
from disputedesk.desk.queries import cases as queries
from disputedesk.model.case import Exhibit
from disputedesk.model.credit import CreditKind
from disputedesk.model.ids import CaseId, ExhibitId
from disputedesk.model.money import Money
from disputedesk.model.posting import PostingWay

_KINDS = {str(kind).replace("_", "-"): kind for kind in CreditKind}


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Gives `case` these verbs."""
    reply = _verb(verbs, shared, "reply", tr("keep what the merchant replied"), run_reply)
    _files(reply)
    reply.add_argument("--received", type=a_day, help=tr("the day it came; today by default"))
    reply.add_argument("--answer-by", type=a_day, help=tr("the last day their letter sets"))
    reply.add_argument(
        "--stage", choices=[str(stage) for stage in replies.REPLY_STAGES], default="response"
    )
    claims = _verb(verbs, shared, "claims", tr("what the merchant claims, and what answers it"),
                   run_claims)  # fmt: skip
    claims.add_argument("act", nargs="?", default="list", choices=list(_ACTS))
    claims.add_argument("text", nargs="?", default="", help=tr("what they say, or the answer"))
    claims.add_argument("--claim", type=a_number, help=tr("the claim's number"))
    claims.add_argument("--page", type=a_number, help=tr("its page in their reply"))
    claims.add_argument("--usual", metavar=tr("NAME"), help=tr("one of the usual claims"))
    claims.add_argument(
        "--exhibit", type=a_number, action="append", default=[], help=tr("an exhibit's number")
    )
    rebuttal = _verb(verbs, shared, "rebuttal", tr("draft the answer to a reply, say it is sent"),
                     run_rebuttal)  # fmt: skip
    rebuttal.add_argument("--in", dest="language", default="en", help=tr("its language"))
    rebuttal.add_argument("-o", "--output", type=Path, metavar=tr("FILE"))
    rebuttal.add_argument("--sent", type=a_day, help=tr("the day it went out"))
    rebuttal.add_argument("--way", choices=[str(way) for way in PostingWay], default="portal")
    rebuttal.add_argument("--tracking", default="", help=tr("number of the letter"))
    answer = _verb(verbs, shared, "answer", tr("keep what they answered to what was sent"),
                   run_answer)  # fmt: skip
    answer.add_argument("verdict", choices=["granted", "part", "refused", "neither"])
    answer.add_argument("text", nargs="?", default="", help=tr("what they wrote"))
    answer.add_argument("--on", type=a_day, help=tr("the day; today by default"))
    answer.add_argument("--sum", type=a_sum, help=tr("what they give, as 43.10 USD"))
    answer.add_argument("--due", type=a_day, help=tr("the day it should come by"))
    answer.add_argument(
        "--decided", action="store_true", help=tr("platform or wallet decided, not the seller")
    )
    _files(answer)
    credit = _verb(verbs, shared, "credit", tr("money that comes back, step by step"), run_credit)
    credit.add_argument("kind", nargs="?", choices=list(_KINDS))
    credit.add_argument("sum", nargs="?", type=a_sum, help=tr("as 43.10 USD, in quotes"))
    credit.add_argument("--on", type=a_day, help=tr("the day; today by default"))
    credit.add_argument("--due", type=a_day, help=tr("the day it should come by"))
    credit.add_argument("--reference", default="", help=tr("their number for it"))
    credit.add_argument("--written", action="store_true", help=tr("it was promised in writing"))
    credit.add_argument(
        "--besides", action="store_true", help=tr("it comes besides what the bank lent")
    )
    _files(credit)
    parser = verbs.add_parser("odds", parents=[shared], help=tr("how your closed cases ended"))
    parser.set_defaults(run=run_odds)


def _verb(
    verbs: Subparsers, shared: argparse.ArgumentParser, name: str, help_text: str, run: object
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, parents=[shared], help=help_text)
    parser.add_argument("case", metavar=tr("CASE"))
    parser.set_defaults(run=run)
    return parser


def _files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--file", type=Path, action="append", default=[], metavar=tr("FILE"),
        help=tr("what shows it; becomes an exhibit"),
    )  # fmt: skip


def a_sum(text: str) -> Money:
    """The sum that `text` writes as 43.10 USD.

    Raises:
        argparse.ArgumentTypeError: It is none.
    """
    amount, _, currency = text.strip().partition(" ")
    try:
        return Money.of(amount, currency.strip().upper())
    except ValueError:
        message = tr("{text} is not a sum; write it as 43.10 USD", text=repr(text))
        raise argparse.ArgumentTypeError(message) from None


def run_reply(session: Session) -> int:
    """Keeps a reply of the merchant."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        new = replies.NewReply(
            arguments.received or session.today, arguments.answer_by, Stage(arguments.stage)
        )
        outcome = replies.record_reply(desk, case_id, new, sources=arguments.file)
        session.report.line(outcome.said)
        view = after.reply_of(desk, case_id)
    _print_reply(session, view)
    session.report.answer({"reply": view})
    return 0


def run_claims(session: Session) -> int:
    """Lists and changes what the merchant claims."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        if arguments.act == "usual":
            return _print_usual(session, desk, case_id)
        view = after.reply_of(desk, case_id)
        _ACTS[arguments.act](session, desk, case_id, view)
        view = after.reply_of(desk, case_id)
    _print_reply(session, view)
    session.report.answer({"reply": view})
    return 0


def _add(session: Session, desk: Desk, case_id: CaseId, view: ReplyView) -> None:
    arguments = session.arguments
    text = arguments.text or _usual_text(desk, case_id, arguments.usual)
    shown = _numbers(desk, case_id, arguments.exhibit)
    claim = counterclaims.NewClaim(text, arguments.page, exhibits=shown)
    counterclaims.add_claim(desk, view.reply.id, claim)


def _answer(session: Session, desk: Desk, _case: CaseId, view: ReplyView) -> None:
    arguments = session.arguments
    counterclaims.change_claim(
        desk, view.reply.id, _claim_number(arguments.claim), answer=arguments.text
    )


def _link(session: Session, desk: Desk, case_id: CaseId, view: ReplyView) -> None:
    arguments = session.arguments
    counterclaims.change_claim(
        desk, view.reply.id, _claim_number(arguments.claim),
        exhibits=_numbers(desk, case_id, arguments.exhibit),
    )  # fmt: skip


def _drop(session: Session, desk: Desk, _case: CaseId, view: ReplyView) -> None:
    counterclaims.remove_claim(desk, view.reply.id, _claim_number(session.arguments.claim))


def _nothing(_session: Session, _desk: Desk, _case: CaseId, _view: ReplyView) -> None:
    """Changes nothing: the list is printed."""


_ACTS = {
    "list": _nothing, "add": _add, "answer": _answer, "link": _link, "drop": _drop,
    "usual": _nothing,
}  # fmt: skip


def _claim_number(number: int | None) -> int:
    if number is None:
        raise Refused(tr("Which claim?"), "--claim", tr("Name its number with --claim."))
    return number


def _usual_text(desk: Desk, case_id: CaseId, name: str | None) -> str:
    if not name:
        return ""
    usual = {view.id: view.text for view in after.usual_claims(desk, case_id)}
    if name not in usual:
        raise NotFound(
            tr("There is no usual claim {name} for this case.", name=repr(name)), "--usual",
            tr("Choose one of: {names}.", names=", ".join(usual)),
        )  # fmt: skip
    return usual[name]


def _numbers(desk: Desk, case_id: CaseId, numbers: list[int]) -> tuple[ExhibitId, ...]:
    """The exhibits with these numbers in printing order."""
    known: dict[int, Exhibit] = {
        each.number: each for each in queries.case_detail(desk, case_id).exhibits
    }
    for number in numbers:
        if number not in known:
            raise NotFound(tr("There is no exhibit {number}.", number=number))
    return tuple(known[number].id for number in numbers)


def _print_usual(session: Session, desk: Desk, case_id: CaseId) -> int:
    views = after.usual_claims(desk, case_id)
    session.report.answer({"usual": views})
    for view in views:
        session.report.line(f"{view.id}: {view.text}")
        session.report.line(f"    {view.answer}")
        session.report.line("    " + tr("Usually answered by: {kinds}",
                                         kinds=", ".join(view.kinds)))  # fmt: skip
    return 0


def run_rebuttal(session: Session) -> int:
    """Drafts the answer to the reply that waits; says that it is sent."""
    from disputedesk.desk.operations import papers, rebuttals

    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        view = after.reply_of(desk, case_id)
        if arguments.output is not None:
            made = rebuttals.draft_rebuttal(desk, view.reply.id, language=arguments.language)
            papers.save_document(desk, made.value.id, arguments.output)
            session.report.line(tr("Saved as {name}", name=arguments.output.name))
        if arguments.sent is not None:
            sent = rebuttals.Sent(
                arguments.sent, PostingWay(arguments.way), tracking=arguments.tracking
            )
            session.report.line(rebuttals.mark_answered(desk, view.reply.id, sent).said)
        replies_now = after.after_view(desk, case_id).replies
        view = next(each for each in replies_now if each.reply.id == view.reply.id)
    _print_reply(session, view)
    session.report.answer({"reply": view})
    return 0


def _print_reply(session: Session, view: ReplyView) -> None:
    report, reply = session.report, view.reply
    report.line(tr("{what} of {day}", what=view.title, day=day_text(reply.received_on)))
    if reply.answered_on is not None:
        report.line(tr("Answered {day}", day=day_text(reply.answered_on)))
    elif reply.answer_by is None:
        report.line(tr("The day to answer by is not known: look it up in their letter."))
    else:
        distance = day_distance_text(reply.answer_by, session.today)
        report.line(tr("Answer by {day} ({distance})", day=day_text(reply.answer_by),
                       distance=distance))  # fmt: skip
    for row in view.claims:
        claim = row.claim
        page = "" if claim.page is None else tr(" (page {page})", page=claim.page)
        report.line(f"  {'✓' if row.answered else '◆'} {claim.number}. {claim.text}{page}")
        if claim.answer:
            report.line(f"      {claim.answer}")
        for exhibit in row.exhibits:
            name = exhibit.caption or exhibit.evidence.name
            report.line("      " + tr("Exhibit {number}: {name}", number=exhibit.number,
                                      name=name))  # fmt: skip
    if not view.claims:
        report.line(tr("No claim is listed yet: case claims CASE add TEXT."))


def run_answer(session: Session) -> int:
    """Keeps the answer to the newest filing that waits for one."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        waiting = [f for f in queries.case_detail(desk, case_id).filings if f.answered_on is None]
        if not waiting:
            raise NotFound(
                tr("Nothing that was sent waits for an answer."), arguments.case,
                tr("Record what was sent with case advance."),
            )  # fmt: skip
        answer = filing_answers.Answer(
            arguments.on or session.today, arguments.text,
            {"granted": True, "part": True, "refused": False}.get(arguments.verdict),
            arguments.sum, arguments.due, decided=arguments.decided,
        )  # fmt: skip
        outcome = filing_answers.record_answer(desk, waiting[-1].id, answer, sources=arguments.file)
        view = after.after_view(desk, case_id)
    session.report.line(outcome.said)
    _print_credits(session.report, view)
    session.report.answer({"after": view})
    return 0


def run_credit(session: Session) -> int:
    """Enters a line of the ledger of refunds, and prints it."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        if arguments.kind is not None:
            if arguments.sum is None:
                raise Refused(tr("Which sum?"), arguments.kind, tr("Write it as 43.10 USD."))
            new = NewCredit(
                _KINDS[arguments.kind], arguments.sum, arguments.on or session.today,
                arguments.due, reference=arguments.reference,
                in_writing=True if arguments.written else None,
            )  # fmt: skip
            new = _of_step(desk, case_id, new, besides=arguments.besides)
            outcome = add_credit(desk, case_id, new, sources=arguments.file)
            session.report.line(outcome.said)
        view = after.after_view(desk, case_id)
    _print_credits(session.report, view)
    session.report.answer({"credits": view.credits, "balances": view.balances,
                           "still_out": view.still_out})  # fmt: skip
    return 0


def _of_step(desk: Desk, case_id: CaseId, new: NewCredit, *, besides: bool) -> NewCredit:
    """The line as of the step on which the bank lent money, unless it comes besides that."""
    step = None if besides else after.lending_step(desk, case_id, new.kind)
    return dataclasses.replace(new, filing=step)


def _print_credits(report: Report, view: AfterView) -> None:
    report.table(
        [
            (
                day_text(row.credit.on), credit_title(row.credit.kind),
                words.money_text(row.credit.amount), row.said or row.credit.reference,
            )
            for row in view.credits
        ]
    )  # fmt: skip
    for line in balance_lines(view):
        report.line(line)


def balance_lines(view: AfterView) -> tuple[str, ...]:
    """How the ledger of refunds stands, a sentence for each thing to know."""
    told = [tr("Back for good: {sum}.", sum=words.money_text(money)) for money in view.final]
    told += [
        tr("{sum} is provisional: the bank may take it back.", sum=words.money_text(money))
        for money in view.provisional
    ]
    if view.still_out is not None and view.still_out.minor:
        told.append(tr("Still out: {sum}.", sum=words.money_text(view.still_out)))
    return tuple(told)


def run_odds(session: Session) -> int:
    """Prints how the desk's own closed cases ended."""
    with session.desk(create=False) as desk:
        found = odds.all_odds(desk)
        sample = desk.is_sample
    session.report.answer({"odds": found, "least": odds.LEAST})
    if sample:
        session.report.line(tr("A sample desk has no odds: its cases are invented."))
    elif not found:
        session.report.line(tr("No case of yours that was sent somewhere is closed yet."))
    for each in found:
        session.report.line(tr("{way}: {line}", way=words.avenue_title(each.avenue),
                               line=odds.odds_text(each)))  # fmt: skip
        counts = tr("won {won}, in part {part}, refused {lost}, given up {abandoned}",
                    won=each.won, part=each.part, lost=each.lost,
                    abandoned=each.abandoned)  # fmt: skip
        sums = ", ".join(words.money_text(money) for money in each.sums)
        session.report.line(f"    {counts}{'; ' if sums else ''}{sums}")
    return 0
