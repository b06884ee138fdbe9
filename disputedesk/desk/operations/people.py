"""Clients and what they pay with."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from disputedesk.common.errors import Refused
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.model.ids import ClientId, InstrumentId, OrderId, PaymentId
from disputedesk.model.money import Money
from disputedesk.model.order import Client, Instrument, InstrumentKind, Payment
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction


@dataclasses.dataclass(frozen=True, slots=True)
class NewClient:
    """A person as typed in; the zone is an IANA name, the country two letters."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""
    country: str = ""
    subdivision: str = ""
    zone: str = ""
    language: str = "en"
    is_self: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class NewInstrument:
    """What was paid with, as typed in; the mask never shows more than six and four digits."""

    kind: InstrumentKind
    mask: str = ""
    network: str = ""
    card_kind: str = ""
    issuer: str = ""
    issuer_address: str = ""
    issuer_country: str = ""
    label: str = ""


def set_client(desk: Desk, client_id: ClientId | None, new: NewClient) -> Outcome[ClientId]:
    """Keeps a person's details; `None` adds one. The windows of their orders follow.

    Raises:
        Refused: The name is empty, or country or zone are not known.
    """
    _check_client(new)
    with desk.transaction("client.set") as change:
        values: dict[str, Any] = dataclasses.asdict(new)
        values |= {name: mask(values[name]) for name in ("name", "email", "phone", "address")}
        before: dict[str, object] | None = None
        if client_id is None:
            client = change.rows.clients.add(Client(id=ClientId(0), **values))
        else:
            known = change.rows.clients.get(client_id)
            before = {name: getattr(known, name) for name in values}
            values["is_self"] = known.is_self or new.is_self
            client = change.rows.clients.update(dataclasses.replace(known, **values))
        change.touch_client(client.id)
        said = tr("{name} changed", name=client.name)
        entry = change.note(Subject("client", client.id), before, {"said": said})
    return Outcome(client.id, change.changes, entry if before else None, said)


def _check_client(new: NewClient) -> None:
    from disputedesk.deadlines.catalogue import find_zone

    if not new.name.strip():
        raise Refused(tr("A person needs a name."), "name", tr("Type the name as on the account."))
    if new.zone and find_zone(new.zone) is None:
        raise Refused(
            tr("{zone} is no time zone.", zone=new.zone), "zone", tr("Write it as Europe/Berlin.")
        )
    if new.country and not (len(new.country) == 2 and new.country.isascii()):
        raise Refused(
            tr("{country} is no country.", country=new.country),
            "country",
            tr("Write its two letters, as DE."),
        )


def set_instrument(desk: Desk, order_id: OrderId, new: NewInstrument) -> Outcome[InstrumentId]:
    """Says what an order was paid with; the same instrument of the same client stands once.

    Raises:
        Refused: The mask shows too much, or network, kind or country are none that rules know.
    """
    if mask(new.mask) != new.mask:
        raise Refused(
            tr("The full card number is never kept."),
            "mask",
            tr("Keep at most the first six and the last four digits, as in 51****6458."),
        )
    _check_instrument(desk, new)
    with desk.transaction("order.set_instrument") as change:
        order = change.rows.orders.get(order_id)
        instrument = find_or_add(change, order.client, new)
        link_payment(change, order_id, instrument.id, order.total)
        change.touch_order(order_id)
        change.touch_client(order.client)
        said = tr("Way of paying changed")
        change.note(Subject("order", order_id), None, {"said": said})
    return Outcome(instrument.id, change.changes, None, said)


def _check_instrument(desk: Desk, new: NewInstrument) -> None:
    """Refuses a word the rules do not know: they would stay silent, and no clock would run."""
    words = {
        "network": new.network,
        "card_kind": new.card_kind,
        "issuer_country": new.issuer_country,
    }
    for name, text in words.items():
        if text:
            desk.rulebook.catalogue.parse(name, text)


def find_or_add(change: Transaction, client_id: ClientId, new: NewInstrument) -> Instrument:
    """The client's instrument of this kind and mask, brought up to date, or a new one."""
    known = [
        instrument
        for instrument in change.rows.instruments.list(client_id)
        if instrument.kind is new.kind
        and instrument.mask == new.mask
        and (instrument.label or "") == (new.label or instrument.label or "")
    ]
    values: dict[str, Any] = dataclasses.asdict(new)
    if not known:
        return change.rows.instruments.add(Instrument(InstrumentId(0), client_id, **values))
    said = {name: value for name, value in values.items() if value}
    newer = dataclasses.replace(known[0], **said)
    return known[0] if newer == known[0] else change.rows.instruments.update(newer)


def link_payment(
    change: Transaction, order_id: OrderId, instrument_id: InstrumentId, total: Money | None
) -> None:
    """Says that the order was paid with this instrument; makes the payment if none is known."""
    payments = change.rows.payments.list(order_id)
    if not payments:
        if total is not None:
            change.rows.payments.add(Payment(PaymentId(0), order_id, instrument_id, total))
        return
    change.rows.payments.update(dataclasses.replace(payments[0], instrument=instrument_id))
