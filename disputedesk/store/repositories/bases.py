"""What windows rest on, for many orders at once: a few statements a block, plain values out.

Recomputing a hundred thousand orders must cost what reading their rows costs, so nothing here makes
a value per row that is not needed: the facts of an order come as the engine asks for them.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from disputedesk.model.fact import FactValue
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.model.money import Money
from disputedesk.model.platforms import wallet_paid_through
from disputedesk.store.encoding import value_of, value_text
from disputedesk.store.unit import Unit

_IN: Final = "IN (SELECT value FROM json_each(?))"
_ORDERS: Final = f"""
SELECT o.id, o.platform, o.number, o.ordered_on, o.total_minor, o.total_currency, o.state,
       o.client_id
FROM orders o WHERE o.id {_IN} AND o.removed_at IS NULL ORDER BY o.id
"""  # noqa: S608 - fixed pieces of our own
_FACTS: Final = f"""
SELECT order_id, case_id, name, value FROM fact
WHERE order_id {_IN} AND superseded_by IS NULL AND withdrawn_at IS NULL
"""  # noqa: S608 - fixed pieces of our own
_PAYMENTS: Final = f"""
SELECT order_id, instrument_id, amount_minor, paid_on FROM payment WHERE order_id {_IN} ORDER BY id
"""  # noqa: S608 - fixed pieces of our own
_CASES: Final = f"""
SELECT order_id, id, number, problem, claimed_minor, claimed_currency, stage = 'closed' FROM case_
WHERE order_id {_IN} AND removed_at IS NULL ORDER BY number
"""  # noqa: S608 - fixed pieces of our own
_CLIENT: Final = "SELECT country, subdivision, zone FROM client WHERE id = ?"
_INSTRUMENT: Final = (
    "SELECT kind, label, network, card_kind, issuer, issuer_country FROM instrument WHERE id = ?"
)
_PLACE: Final = ("consumer_country", "consumer_subdivision", "consumer_zone")
_COLUMN_OF: Final[Mapping[str, str]] = {
    "platform": "SELECT id FROM orders WHERE platform {place}",
    "order_ref": "SELECT id FROM orders WHERE number {place}",
    "currency": "SELECT id FROM orders WHERE total_currency {place}",
    **{
        f"consumer_{name}": f"SELECT o.id FROM orders o JOIN client c ON c.id = o.client_id "  # noqa: S608 - fixed pieces of our own
        f"WHERE c.{name} {{place}}"
        for name in ("country", "subdivision", "zone")
    },
    **{
        fact: "SELECT p.order_id FROM payment p JOIN instrument i ON i.id = p.instrument_id "  # noqa: S608 - fixed pieces of our own
        f"WHERE lower(i.{column}) IN (SELECT lower(value) FROM json_each(?))"
        for fact, column in {
            "method": "kind", "network": "network", "card_kind": "card_kind",
            "issuer": "issuer", "issuer_country": "issuer_country",
        }.items()
    },
}  # fmt: skip
"""Where the desk keeps a fact apart from the facts recorded under its name."""

parsed: Final = functools.lru_cache(maxsize=1 << 16)(value_of)
"""The value a fact's text writes; few texts differ among many orders."""


@dataclasses.dataclass(slots=True)
class CaseBase:
    """An open case's own part: its number, and what it says over the order's facts."""

    id: CaseId
    number: int
    values: dict[str, FactValue]


@dataclasses.dataclass(slots=True)
class OrderBase:
    """What is known of one order, as `desk.known` puts it together.

    Attributes:
        state: The word it stands under now.
        values: All facts, those of cases left out.
        cases: Its open cases.
        has_case: Whether it has any case, closed ones too.
    """

    id: OrderId
    number: str
    state: str
    zone: str
    values: dict[str, FactValue]
    cases: tuple[CaseBase, ...] = ()
    has_case: bool = False


class OrderBases:
    """Reads what windows rest on; people and instruments once for the whole transaction."""

    def __init__(self, unit: Unit) -> None:
        self._rows = unit.rows
        self._clients: dict[int, tuple[str, dict[str, FactValue]]] = {}
        self._instruments: dict[int, dict[str, FactValue]] = {}

    def of_orders(self, order_ids: Iterable[OrderId]) -> list[OrderBase]:
        """The living ones of these orders, by number."""
        numbers = json.dumps(list(order_ids))
        paid = self._paid(numbers)
        found: dict[int, OrderBase] = {}
        for row in self._rows(_ORDERS, numbers):
            found[row[0]] = self._base(row, paid.get(row[0]))
        case_facts: dict[int, dict[str, FactValue]] = {}
        current, values = 0, dict[str, FactValue]()
        for order, case, name, text in self._rows(_FACTS, numbers):
            if case is not None:
                case_facts.setdefault(case, {})[name] = parsed(text)
                continue
            if order != current:
                current = order
                base = found.get(order)
                values = {} if base is None else base.values
            values[name] = parsed(text)
        for row in self._rows(_CASES, numbers):
            if row[0] in found:
                _add_case(found[row[0]], row, case_facts.get(row[1], {}))
        return list(found.values())

    def _base(self, row: Sequence[Any], paid: dict[str, FactValue] | None) -> OrderBase:
        number, platform, ref, ordered_on, minor, currency, state, client = row
        values: dict[str, FactValue] = {"platform": platform, "order_ref": ref}
        if ordered_on is not None:
            values["ordered_on"] = dt.date.fromisoformat(ordered_on)
        if minor is not None:
            values["amount"] = Money(minor, currency)
            values["currency"] = currency
        zone, place = self._client(client)
        values.update(place)
        if paid is not None:
            values.update(paid)
        return OrderBase(OrderId(number), ref, state, zone, values)

    def _client(self, number: int) -> tuple[str, dict[str, FactValue]]:
        known = self._clients.get(number)
        if known is None:
            row = self._rows(_CLIENT, number)[0]
            place = {name: text for name, text in zip(_PLACE, row, strict=True) if text}
            known = self._clients[number] = (row[2], place)
        return known

    def _paid(self, numbers: str) -> dict[int, dict[str, FactValue]]:
        """By order what its payments tell: the first instrument, and the first day money left."""
        found: dict[int, dict[str, FactValue]] = {}
        seen: set[int] = set()
        for order, instrument, minor, paid_on in self._rows(_PAYMENTS, numbers):
            values = found.setdefault(order, {})
            if instrument is not None and order not in seen:
                seen.add(order)
                values.update(self._instrument(instrument))
            if minor > 0 and paid_on is not None:
                day = dt.date.fromisoformat(paid_on)
                known = values.get("transaction_date")
                if not isinstance(known, dt.date) or day < known:
                    values["transaction_date"] = day
        return found

    def _instrument(self, number: int) -> dict[str, FactValue]:
        known = self._instruments.get(number)
        if known is None:
            kind, label, *texts = self._rows(_INSTRUMENT, number)[0]
            known = {"method": kind}
            wallet = wallet_paid_through(kind, label)
            if wallet:
                known["wallet"] = wallet
            names = ("network", "card_kind", "issuer", "issuer_country")
            known.update({name: text for name, text in zip(names, texts, strict=True) if text})
            self._instruments[number] = known
        return known

    # -- whom a pack governs

    def with_rules(self, packs: Collection[str]) -> set[OrderId]:
        """Orders that have a stored window of one of these packs' rules."""
        return {
            OrderId(row[0])
            for pack in packs
            for row in self._rows(
                "SELECT DISTINCT order_id FROM window WHERE rule_id > ? AND rule_id < ?",
                f"{pack}.",
                f"{pack}/",
            )
        }

    def with_fact(self, name: str, values: Collection[FactValue]) -> set[OrderId]:
        """Orders of which `name` may be known as one of `values`, by whatever way it is known."""
        texts = json.dumps([value_text(value) for value in values])
        found = {
            row[0]
            for row in self._rows(
                f"SELECT order_id FROM fact WHERE name = ? AND value {_IN} "  # noqa: S608 - fixed pieces of our own
                "AND superseded_by IS NULL AND withdrawn_at IS NULL",
                name,
                texts,
            )
        }
        kept = _COLUMN_OF.get(name)
        if kept is not None:
            plain = json.dumps([str(value) for value in values])
            found.update(row[0] for row in self._rows(kept.format(place=_IN), plain))
        if name == "wallet":
            found.update(self._paid_through({str(value) for value in values}))
        if name == "problem":
            plain = json.dumps([str(value) for value in values])
            found.update(
                row[0]
                for row in self._rows(f"SELECT order_id FROM case_ WHERE problem {_IN}", plain)  # noqa: S608 - fixed pieces of our own
            )
        return {OrderId(number) for number in found}

    def _paid_through(self, wallets: Collection[str]) -> set[int]:
        """Orders paid with an instrument that names one of these wallets, however it is spelled."""
        instruments = self._rows("SELECT id, kind, label FROM instrument")
        named = [row[0] for row in instruments if wallet_paid_through(row[1], row[2]) in wallets]
        query = f"SELECT order_id FROM payment WHERE instrument_id {_IN}"  # noqa: S608 - fixed pieces of our own
        return {row[0] for row in self._rows(query, json.dumps(named))}

    def names(self, orders: Iterable[OrderId]) -> dict[OrderId, tuple[str, str]]:
        """Number and title of orders, removed ones included."""
        query = f"SELECT id, number, title FROM orders WHERE id {_IN}"  # noqa: S608 - fixed pieces of our own
        found = self._rows(query, json.dumps(list(orders)))
        return {OrderId(row[0]): (row[1], row[2]) for row in found}

    def case_numbers(self, cases: Iterable[CaseId]) -> dict[CaseId, int]:
        """The numbers people call these cases by."""
        query = f"SELECT id, number FROM case_ WHERE id {_IN}"  # noqa: S608 - fixed pieces of our own
        return {CaseId(row[0]): row[1] for row in self._rows(query, json.dumps(list(cases)))}

    def has_others(self, orders: Iterable[OrderId]) -> bool:
        """Whether there is any order apart from these, removed ones included."""
        known = json.dumps(list(orders))
        return bool(self._rows(f"SELECT 1 FROM orders WHERE NOT id {_IN} LIMIT 1", known))  # noqa: S608 - fixed pieces of our own

    def all_orders(self) -> set[OrderId]:
        """Every living order."""
        return {
            OrderId(row[0]) for row in self._rows("SELECT id FROM orders WHERE removed_at IS NULL")
        }


def _add_case(base: OrderBase, row: Sequence[Any], facts: dict[str, FactValue]) -> None:
    _, number, shown, problem, minor, currency, closed = row
    base.has_case = True
    if closed:
        return
    values: dict[str, FactValue] = {"problem": problem, **facts}
    if "problem" in base.values and "problem" not in facts:
        values["problem"] = base.values["problem"]
    if minor is not None:
        values["amount"] = Money(minor, currency)
    base.cases = (*base.cases, CaseBase(CaseId(number), shown, values))
