"""`orders` and `order`: list, show, add and correct."""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Mapping

from disputedesk.cli.commands.due import print_plan, print_window
from disputedesk.cli.fact_words import facts_of, known_facts_of
from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day
from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.desk import words
from disputedesk.desk.operations import orders as operations
from disputedesk.desk.operations import people
from disputedesk.desk.queries import guards
from disputedesk.desk.queries import orders as queries
from disputedesk.desk.views import OrderDetail, OrdersQuery
from disputedesk.model.fact import FactSource
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.platforms import short_platform, short_wallet


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    listing = parsers["orders"]
    listing.add_argument("query", nargs="*", metavar=tr("QUERY"), help=tr("words to look for"))
    listing.set_defaults(run=run_list)
    order = parsers["order"]
    verbs = order.add_subparsers(dest="verb", required=True)
    show = verbs.add_parser("show", parents=[shared], help=tr("everything about one order"))
    show.add_argument("ref", metavar=tr("ORDER"), help=tr("order number or id"))
    show.set_defaults(run=run_show)
    add = verbs.add_parser("add", parents=[shared], help=tr("type an order in"))
    add.add_argument("platform")
    add.add_argument("number")
    add.add_argument("--title", required=True)
    add.add_argument("--shop", default="")
    add.add_argument("--total", help=tr("sum and currency: '43.10 USD'"))
    add.add_argument("facts", nargs="*", metavar="FACT=VALUE")
    add.set_defaults(run=run_add)
    change = verbs.add_parser("set", parents=[shared], help=tr("record or correct facts"))
    change.add_argument("ref", metavar=tr("ORDER"))
    change.add_argument("facts", nargs="+", metavar="FACT=VALUE")
    change.add_argument("--note", default="", help=tr("where this was learned"))
    change.set_defaults(run=run_set)
    paid = verbs.add_parser("paid", parents=[shared], help=tr("say what it was paid with"))
    paid.add_argument("ref", metavar=tr("ORDER"))
    paid.add_argument(
        "--with", dest="kind", default="card", choices=[str(k) for k in InstrumentKind]
    )
    paid.add_argument("--mask", default="", help=tr("as shown: 51****6458; never the full number"))
    paid.add_argument("--network", default="", help="visa, mastercard, …")
    paid.add_argument("--card-kind", default="", choices=["", "credit", "debit", "prepaid"])
    paid.add_argument("--wallet", default="", help="paypal, …")
    paid.add_argument("--bank", default="", help=tr("the bank that issued the card"))
    paid.add_argument("--bank-address", default="")
    paid.add_argument("--bank-country", default="", help=tr("its two letters, as DE"))
    paid.set_defaults(run=run_paid)
    received = verbs.add_parser("received", parents=[shared], help=tr("mark as received"))
    received.add_argument("ref", metavar=tr("ORDER"))
    received.add_argument("--on", type=a_day, help=tr("the day; today by default"))
    received.add_argument(
        "--anyway", action="store_true", help=tr("mark it even though something would be lost")
    )
    received.set_defaults(run=run_received)


def run_list(session: Session) -> int:
    """Lists orders, newest first."""
    with session.desk() as desk:
        query = OrdersQuery(text=" ".join(session.arguments.query))
        ids = queries.order_ids(desk, query)
        rows = queries.order_rows(desk, [OrderId(number) for number in ids])
    session.report.answer({"orders": rows})
    session.report.table(
        [
            (
                texts.day_text(row.ordered_on) if row.ordered_on else "–",
                words.platform_title(row.platform),
                row.number,
                words.money_text(row.total) if row.total else "–",
                words.state_word(row.state),
                row.title,
            )
            for row in rows
        ]
    )
    if not rows and query.text:
        session.report.line(tr("No orders here match “{text}”.", text=query.text))
    elif not rows:
        session.report.line(tr("No orders here yet. Import a mail or an export to begin."))
    return 0


def run_show(session: Session) -> int:
    """Shows one order with facts, windows and plan."""
    with session.desk(create=False) as desk:
        order_id = queries.find_order(desk, session.arguments.ref)
        detail = queries.order_detail(desk, order_id)
    session.report.answer(detail)
    print_order(session, detail)
    return 0


def print_order(session: Session, detail: OrderDetail) -> None:
    """Prints an order in words: head, facts, windows, and what doing nothing costs."""
    report = session.report
    order = detail.order
    platform = words.platform_title(order.platform)
    report.line(f"{order.title} – {platform} {order.number}")
    rows = [
        (f"  {fact.label}", words.fact_value_text(fact.value), _origin(fact.source))
        for fact in detail.facts
        if fact.value is not None
    ]
    report.table(rows)
    for window in detail.windows:
        print_window(report, window)
    print_plan(report, detail.plan)


def _origin(source: FactSource | None) -> str:
    if source is None:
        return ""
    note = f" ({source.note})" if source.note else ""
    return f"{words.origin_text(source.origin)}{note}"


def run_add(session: Session) -> int:
    """Adds an order typed in."""
    arguments = session.arguments
    with session.desk() as desk:
        facts = known_facts_of(desk, arguments.facts)
        ordered_on = facts.pop(FactName("ordered_on"), None)
        total = _money(arguments.total) if arguments.total else None
        outcome = operations.add_order(
            desk,
            operations.NewOrder(
                platform=short_platform(arguments.platform),
                number=arguments.number,
                title=arguments.title,
                shop=arguments.shop,
                ordered_on=ordered_on if isinstance(ordered_on, dt.date) else None,
                total=total,
                facts=facts,
            ),
        )
    session.report.line(outcome.said)
    session.report.answer({"order": outcome.value})
    return 0


def _money(text: str) -> Money:
    amount, _, currency = text.strip().partition(" ")
    try:
        return Money.of(amount, currency.strip().upper())
    except ValueError as error:
        raise Refused(
            tr("{text} is not a sum.", text=repr(text)), "--total", tr("Write it as 43.10 USD.")
        ) from error


def run_set(session: Session) -> int:
    """Records facts and shows the order as it stands then."""
    with session.desk(create=False) as desk:
        order_id = queries.find_order(desk, session.arguments.ref)
        values = facts_of(desk, session.arguments.facts)
        operations.set_facts(desk, order_id, values, note=session.arguments.note)
        detail = queries.order_detail(desk, order_id)
    session.report.answer(detail)
    print_order(session, detail)
    return 0


def run_paid(session: Session) -> int:
    """Says what an order was paid with."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        order_id = queries.find_order(desk, arguments.ref)
        outcome = people.set_instrument(
            desk,
            order_id,
            people.NewInstrument(
                kind=InstrumentKind(arguments.kind),
                mask=arguments.mask,
                network=arguments.network.lower(),
                card_kind=arguments.card_kind,
                issuer=arguments.bank,
                issuer_address=arguments.bank_address.replace("\\n", "\n"),
                issuer_country=arguments.bank_country.upper(),
                label=short_wallet(arguments.wallet),
            ),
        )
        detail = queries.order_detail(desk, order_id)
    session.report.line(outcome.said)
    session.report.answer(detail)
    return 0


def run_received(session: Session) -> int:
    """Marks an order received, or stops and says what would be lost."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        order_id = queries.find_order(desk, arguments.ref)
        on = arguments.on or session.today
        notice = guards.received_guard(desk, order_id, on=on)
        if notice is not None and notice.stops and not arguments.anyway:
            session.report.line(notice.headline)
            for loss in notice.losses:
                session.report.line(f"  {loss}")
            session.report.line(tr("Nothing was changed. Use --anyway to mark it all the same."))
            session.report.answer({"stopped": True, "guard": notice})
            return 1
        operations.mark_received(desk, order_id, on=on, confirm=True)
    session.report.line(tr("Marked as received on {day}.", day=texts.day_text(on)))
    session.report.answer({"stopped": False})
    return 0
