"""Orders typed in, their facts recorded and corrected, and the guarded word *received*."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from disputedesk.common.errors import Conflict, Refused
from disputedesk.common.secrets import has_secret, mask
from disputedesk.common.texts import day_text, tr, trn
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.desk.changes import Outcome
from disputedesk.desk.facts import check_fact, check_sum, fact_label, plain_fact
from disputedesk.model.fact import Fact, FactOrigin, FactSource, FactSubject, FactValue
from disputedesk.model.ids import CaseId, ClientId, EvidenceId, FactName, OrderId, SellerId
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Order, Seller
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction

_LONGEST_TEXT = 500


@dataclasses.dataclass(frozen=True, slots=True)
class NewOrder:
    """An order as a person types it in.

    Attributes:
        client: Whose it is; `None` is the owner of the desk.
    """

    platform: str
    number: str
    title: str
    shop: str = ""
    ordered_on: dt.date | None = None
    total: Money | None = None
    client: ClientId | None = None
    facts: Mapping[FactName, FactValue] = dataclasses.field(default_factory=dict)
    note: str = ""


def parse_fact(desk: Desk, name: FactName, text: str) -> FactValue:
    """The value that `text` means for the fact `name`.

    Raises:
        Refused: There is no such fact, or the text does not say such a value.
    """
    return desk.rulebook.catalogue.parse(name, text)


def owner_of(transaction: Transaction, client: ClientId | None) -> Client:
    """The client asked for, or the owner of the desk, who is made with the first order."""
    clients = transaction.rows.clients
    if client is not None:
        return clients.get(client)
    known = clients.find_self()
    return known or clients.add(Client(ClientId(0), tr("Me"), is_self=True))


def add_order(desk: Desk, new: NewOrder) -> Outcome[OrderId]:
    """Keeps an order typed in; its windows follow in the same commit.

    Raises:
        Refused: Platform, number or title are empty, or hold a card number.
        Conflict: The order is known already.
    """
    _check(new, desk.rulebook.catalogue, desk.today)
    with desk.transaction("order.add") as change:
        client = owner_of(change, new.client)
        if change.rows.orders.find_by_number(new.number, new.platform, client.id):
            raise Conflict(
                tr("This order is on the desk already."),
                new.number,
                tr("Open it and correct what is wrong there."),
            )
        seller = None
        if new.shop:
            seller = change.rows.sellers.add(Seller(SellerId(0), new.platform, mask(new.shop)))
        order = change.rows.orders.add(
            Order(
                OrderId(0), client.id, new.platform, new.number.strip(), new.title.strip(),
                seller=seller, ordered_on=new.ordered_on, total=new.total, note=mask(new.note),
            )
        )  # fmt: skip
        source = FactSource(FactOrigin.USER)
        for name, value in new.facts.items():
            change.rows.facts.record(order.id, Fact(name, plain_fact(value), source))
        change.touch_order(order.id)
        said = tr("Order {number} added", number=order.number)
        entry = change.note(Subject("order", order.id), None, {"said": said})
    return Outcome(order.id, change.changes, entry, said)


def _check(new: NewOrder, catalogue: FactCatalogue, today: dt.date) -> None:
    for field, text in (("platform", new.platform), ("number", new.number), ("title", new.title)):
        if not text.strip():
            raise Refused(
                tr("An order needs platform, number and title."),
                field,
                tr("Fill in the empty one."),
            )
        if len(text) > _LONGEST_TEXT:
            raise Refused(tr("This text is too long."), field, tr("Shorten it and try again."))
    if new.total is not None:
        check_sum(new.total, "total")
    for name, value in {FactName("ordered_on"): new.ordered_on, **new.facts}.items():
        check_fact(catalogue, name, value, today=today)
    if has_secret(new.title):
        raise Refused(
            tr("The title holds what looks like a card number; it is never kept."),
            "title",
            tr("Take the number out."),
        )


def set_facts(
    desk: Desk,
    order_id: OrderId,
    values: Mapping[FactName, FactValue | None],
    *,
    case_id: CaseId | None = None,
    note: str = "",
    evidence: EvidenceId | None = None,
) -> Outcome[None]:
    """Records what is now known of an order; its windows follow in the same commit.

    Args:
        desk: The desk.
        order_id: The order.
        values: Facts by name; `None` makes one unknown again.
        case_id: The case that facts about a case belong to; `None` puts them on the order.
        note: Where this was learned, in the user's words.
        evidence: What shows it; `None` when nothing does.
    """
    with desk.transaction("order.set_facts") as change:
        change.rows.orders.need(order_id)
        recorded = record_facts(
            change, order_id, values, case_id=case_id, note=note, evidence=evidence
        )
        said = _said(desk, values)
        entry = change.note(
            Subject("order", order_id), recorded.before, {**recorded.after, "said": said}
        )
    return Outcome(None, change.changes, entry, said)


@dataclasses.dataclass(frozen=True, slots=True)
class Recorded:
    """What recording facts did, enough to take it back.

    Attributes:
        before: What was known and is not any more.
        after: Numbers of the recorded rows.
    """

    before: dict[str, object]
    after: dict[str, object]


def record_facts(
    change: Transaction,
    order_id: OrderId,
    values: Mapping[FactName, FactValue | None],
    *,
    case_id: CaseId | None = None,
    note: str = "",
    origin: FactOrigin = FactOrigin.USER,
    evidence: EvidenceId | None = None,
) -> Recorded:
    """Records facts inside a transaction; the caller notes it in the ledger."""
    for name, value in values.items():
        check_fact(change.desk.rulebook.catalogue, name, value, today=change.desk.today)
    source = FactSource(origin, mask(note), evidence)
    recorded: list[int] = []
    gone: list[dict[str, object]] = []
    for name, value in values.items():
        case = case_id if _is_about_case(change.desk, name) else None
        if value is None:
            former = change.rows.facts.withdraw_current(order_id, name, case)
            if former is not None:
                gone.append(_packed(former, case))
            continue
        change.rows.facts.record(order_id, Fact(name, plain_fact(value), source), case)
        recorded.extend(change.rows.facts.numbers_of(order_id, name, case))
    shown = _follow(change, order_id, values)
    change.touch_order(order_id)
    if case_id is not None:
        change.touch_case(case_id, order_id)
    return Recorded({"gone": gone, "order": shown}, {"facts": recorded})


def _follow(
    change: Transaction, order_id: OrderId, values: Mapping[FactName, FactValue | None]
) -> dict[str, object]:
    """Lets the order's own day and sum follow facts typed for them; gives the former ones."""
    if not values.keys() & {"ordered_on", "amount"}:
        return {}
    order = change.rows.orders.get(order_id)
    day = values.get(FactName("ordered_on"))
    total = values.get(FactName("amount"))
    newer = dataclasses.replace(
        order,
        ordered_on=day if isinstance(day, dt.date) else order.ordered_on,
        total=total if isinstance(total, Money) else order.total,
    )
    if newer == order:
        return {}
    change.rows.orders.update(newer)
    return {
        "ordered_on": None if order.ordered_on is None else order.ordered_on.isoformat(),
        "total": None if order.total is None else str(order.total),
    }


def _is_about_case(desk: Desk, name: FactName) -> bool:
    return desk.rulebook.catalogue.get(name).subject is FactSubject.CASE


def _packed(fact: Fact, case_id: CaseId | None) -> dict[str, object]:
    from disputedesk.store.encoding import value_text

    return {
        "name": fact.name,
        "value": value_text(fact.value),
        "origin": str(fact.source.origin),
        "note": fact.source.note,
        "evidence": fact.source.evidence,
        "case": case_id,
    }


def _said(desk: Desk, values: Mapping[FactName, FactValue | None]) -> str:
    if len(values) == 1:
        (name,) = values
        return tr("{fact} changed", fact=fact_label(desk.rulebook.catalogue, name))
    return trn("{count} fact changed", "{count} facts changed", len(values))


def mark_received(
    desk: Desk, order_id: OrderId, *, on: dt.date, confirm: bool = False
) -> Outcome[None]:
    """Records that the goods are in the buyer's hands.

    Args:
        desk: The desk.
        order_id: The order.
        on: The day they came.
        confirm: Whether the user was told what is lost and wants it all the same.

    Raises:
        Refused: Something would be lost and nobody has confirmed it; nothing was changed.
    """
    from disputedesk.desk.queries.guards import received_guard

    notice = received_guard(desk, order_id, on=on)
    if notice is not None and notice.stops and not confirm:
        raise Refused(notice.headline, "", " ".join(notice.losses))
    outcome = set_facts(desk, order_id, {FactName("received_on"): on})
    return dataclasses.replace(outcome, said=tr("Received on {day}", day=day_text(on)))


def set_order(
    desk: Desk,
    order_id: OrderId,
    *,
    title: str | None = None,
    note: str | None = None,
    total: Money | None = None,
) -> Outcome[None]:
    """Corrects what an order is called, what was noted of it, or its sum; `None` leaves it."""
    with desk.transaction("order.set") as change:
        order = change.rows.orders.get(order_id)
        newer = dataclasses.replace(
            order,
            title=order.title if title is None else mask(title.strip()),
            note=order.note if note is None else mask(note),
            total=order.total if total is None else total,
        )
        change.rows.orders.update(newer)
        change.touch_order(order_id)
        said = tr("Order {number} changed", number=order.number)
        before = {
            "title": order.title,
            "note": order.note,
            "total": None if order.total is None else str(order.total),
        }
        entry = change.note(Subject("order", order_id), before, {"said": said})
    return Outcome(None, change.changes, entry, said)
