"""`check`: links, messages and payments, offline, each verdict with its reasons."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

from disputedesk.cli.session import Session
from disputedesk.common.texts import tr
from disputedesk.safety.verdict import Level, Verdict


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    parser = parsers["check"]
    kinds = parser.add_subparsers(dest="kind", required=True)
    link = kinds.add_parser("link", parents=[shared], help=tr("a web address"))
    link.add_argument("url", metavar="URL")
    link.set_defaults(run=run_link)
    message = kinds.add_parser("message", parents=[shared], help=tr("what a seller or shop wrote"))
    message.add_argument("text", help=tr("the message, or - to read it from standard input"))
    message.add_argument("--order", help=tr("the order it is about: its timer is told"))
    message.set_defaults(run=run_message)
    payment = kinds.add_parser(
        "payment", parents=[shared], help=tr("what a way of paying protects")
    )
    payment.add_argument("method", help="card, wallet, bank_transfer, cash, crypto, …")
    payment.add_argument("--network", default="", help="visa, mastercard, mir, …")
    payment.add_argument("--wallet", default="", help="paypal, qiwi, webmoney, …")
    payment.add_argument("--card-kind", default="", choices=["", "credit", "debit", "prepaid"])
    payment.add_argument("--country", default="")
    payment.add_argument("--outside", action="store_true", help=tr("outside the platform"))
    payment.set_defaults(run=run_payment)


def run_link(session: Session) -> int:
    """Checks a link."""
    from disputedesk.desk.queries import check

    return _answer(session, check.check_link(session.arguments.url))


def run_message(session: Session) -> int:
    """Checks a message; with an order named, its own timer is part of the verdict."""
    from disputedesk.desk.queries import check

    text = session.arguments.text
    if text == "-":
        text = sys.stdin.read(1_000_000)
    if not session.arguments.order:
        return _answer(session, check.check_message(None, text))
    from disputedesk.desk.queries import orders

    with session.desk(create=False) as desk:
        order_id = orders.find_order(desk, session.arguments.order)
        return _answer(session, check.check_message(desk, text, order_id=order_id))


def run_payment(session: Session) -> int:
    """Says what a way of paying protects."""
    from disputedesk.desk.queries import check

    arguments = session.arguments
    verdict = check.check_payment(
        check.PaymentQuestion(
            method=arguments.method,
            network=arguments.network.lower(),
            wallet=arguments.wallet.lower(),
            card_kind=arguments.card_kind,
            country=arguments.country.upper(),
            outside_platform=arguments.outside,
        )
    )
    return _answer(session, verdict)


def _answer(session: Session, verdict: Verdict) -> int:
    report = session.report
    report.answer(verdict)
    report.line(f"{verdict.word.upper()}: {verdict.headline}")
    for reason in verdict.reasons:
        report.line(f"  – {reason.text}")
    for advice in verdict.advice:
        report.line(f"  > {advice}")
    if verdict.reply:
        report.line()
        report.line(tr("A reply to copy:"))
        report.line(f"  {verdict.reply}")
    return 1 if verdict.level is Level.DANGER else 0
