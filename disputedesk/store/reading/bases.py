"""What the engine is asked with, for the orders of one screen, without SQLAlchemy on the way."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterable
from typing import Any, Final, TypeAlias

from disputedesk.model.case import Case, CaseOutcome, CaseStage, Filing, Wish
from disputedesk.model.credit import Credit, CreditKind
from disputedesk.model.ids import CaseId, OrderId, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import (
    Client,
    Instrument,
    InstrumentKind,
    Order,
    OrderState,
    Payment,
    Seller,
)
from disputedesk.model.problem import Problem
from disputedesk.store.reading import taking
from disputedesk.store.reading.rows import ClosedRow, DueRow

Fetch: TypeAlias = Callable[..., list[Any]]
"""Runs a query with bound values and gives its rows."""


@dataclasses.dataclass(frozen=True, slots=True)
class OrderBase:
    """An order with its client, what it was paid with, and its payments."""

    order: Order
    client: Client
    instrument: Instrument | None
    payments: tuple[Payment, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class UndatedCase:
    """An open case of which no last day is known."""

    case: CaseId
    number: int
    order: OrderId
    title: str


@dataclasses.dataclass(frozen=True, slots=True)
class CaseSums:
    """Sums of cases, one per currency, the largest first.

    Attributes:
        at_stake: Claimed in open cases.
        promised: Claimed in cases where a refund was promised and has not been seen.
        won: What came back in cases closed in the year asked for.
    """

    open_cases: int
    at_stake: tuple[Money, ...]
    promised: tuple[Money, ...]
    won: tuple[Money, ...]


_IN: Final = "IN (SELECT value FROM json_each(?))"
_ORDERS: Final = f"""
SELECT o.id, o.platform, o.number, o.title, o.ordered_on, o.total_minor, o.total_currency, o.state,
       s.id, s.name, s.url,
       c.id, c.name, c.email, c.phone, c.address, c.country, c.subdivision, c.zone, c.language,
       c.is_self, c.sample
FROM orders o JOIN client c ON c.id = o.client_id LEFT JOIN seller s ON s.id = o.seller_id
WHERE o.removed_at IS NULL AND o.id {_IN}
"""  # noqa: S608 - fixed pieces of our own
_PAYMENTS: Final = f"""
SELECT p.id, p.order_id, p.instrument_id, p.amount_minor, p.amount_currency, p.paid_on,
       p.reference, p.descriptor,
       i.client_id, i.kind, i.label, i.mask, i.network, i.card_kind, i.issuer, i.issuer_address,
       i.issuer_country
FROM payment p LEFT JOIN instrument i ON i.id = p.instrument_id
WHERE p.order_id {_IN} ORDER BY p.id
"""  # noqa: S608 - fixed pieces of our own
_CASES: Final = f"""
SELECT id, number, order_id, client_id, problem, opened_on, stage, claimed_minor,
       claimed_currency, wish, outcome, version
FROM case_ WHERE removed_at IS NULL AND id {_IN} ORDER BY number
"""  # noqa: S608 - fixed pieces of our own
_FILINGS: Final = f"""
SELECT id, case_id, rule_id, avenue, stage, filed_on, reference, document_id, answer_due_on,
       answered_on, answer, granted
FROM filing WHERE case_id {_IN} ORDER BY filed_on, id
"""  # noqa: S608 - fixed pieces of our own
_KINDS: Final = f"""
SELECT DISTINCT case_id, kind FROM exhibit WHERE kind <> '' AND case_id {_IN}
"""  # noqa: S608 - fixed pieces of our own
_NEXT: Final = f"""
SELECT order_id, file_by, closes, rule_id FROM window
WHERE lead = 1 AND actor = 'buyer' AND order_id {_IN} AND closes >= ?
ORDER BY file_by, closes, id
"""  # noqa: S608 - fixed pieces of our own
_SUMS: Final = """
SELECT CASE WHEN k.stage = 'closed' THEN 'won'
            WHEN k.stage = 'refund_promised' THEN 'promised' ELSE 'open' END AS kind,
       coalesce(CASE WHEN k.stage = 'closed' THEN k.won_currency END,
                k.claimed_currency, o.total_currency) AS currency,
       sum(CASE WHEN k.stage = 'closed' THEN k.won_minor
                ELSE coalesce(k.claimed_minor, o.total_minor) END) AS minor,
       count(*)
FROM case_ k JOIN orders o ON o.id = k.order_id
WHERE k.removed_at IS NULL AND (k.stage <> 'closed' OR k.id IN (
    SELECT subject_id FROM ledger WHERE subject_kind = 'case' AND act = 'case.close' AND at >= ?))
GROUP BY kind, currency
"""
_WAITING_REPLIES: Final = f"""
SELECT case_id, max(received_on) FROM merchant_reply
WHERE answered_on IS NULL AND case_id {_IN} GROUP BY case_id
"""  # noqa: S608 - fixed pieces of our own
_CREDITS_OF_LATE: Final = """
SELECT id, case_id, kind, amount_minor, amount_currency, on_day, due_on, filing_id FROM credit
WHERE case_id IN (
    SELECT p.case_id FROM credit p JOIN case_ k ON k.id = p.case_id
    WHERE p.kind = 'promised' AND p.due_on < ? AND k.removed_at IS NULL AND k.stage <> 'closed')
ORDER BY case_id, on_day, id
"""
_CLOSED: Final = """
SELECT f.avenue, f.rule_id, o.platform, k.problem, k.outcome, k.won_minor, k.won_currency
FROM case_ k JOIN orders o ON o.id = k.order_id JOIN client c ON c.id = k.client_id
JOIN filing f ON f.id = (
    SELECT g.id FROM filing g WHERE g.case_id = k.id ORDER BY g.filed_on DESC, g.id DESC LIMIT 1)
WHERE k.removed_at IS NULL AND k.stage = 'closed' AND k.outcome IS NOT NULL AND c.sample = 0
ORDER BY k.number
"""
_UNDATED_CASES: Final = """
SELECT k.id, k.number, k.order_id, o.title FROM case_ k JOIN orders o ON o.id = k.order_id
WHERE k.removed_at IS NULL AND o.removed_at IS NULL AND k.stage <> 'closed' AND NOT EXISTS (
    SELECT 1 FROM window w WHERE w.order_id = k.order_id AND w.case_id = k.id AND w.lead = 1)
ORDER BY k.number LIMIT ?
"""
_ANSWERING: Final = "('platform_dispute', 'wallet_claim', 'card_chargeback', 'bank_claim')"
_ASKED_CASES: Final = """
SELECT DISTINCT k.id, k.number, k.order_id, o.title
FROM case_ k JOIN orders o ON o.id = k.order_id JOIN window w ON w.order_id = o.id
WHERE k.removed_at IS NULL AND o.removed_at IS NULL AND k.stage <> 'closed'
    AND w.case_id = k.id AND w.state = 'asked' AND NOT EXISTS (
    SELECT 1 FROM filing f WHERE f.case_id = k.id AND f.rule_id = w.rule_id)
ORDER BY k.number LIMIT ?
"""
_UNDATED_ORDERS: Final = """
SELECT count(*) FROM (SELECT 1 FROM orders o
    WHERE o.removed_at IS NULL AND o.state NOT IN ('received', 'confirmed', 'cancelled')
    AND NOT EXISTS (SELECT 1 FROM window w WHERE w.order_id = o.id AND w.lead = 1)
    AND NOT EXISTS (SELECT 1 FROM case_ k WHERE k.order_id = o.id) LIMIT ?)
"""


class Basis:
    """Reads orders and cases with what the engine is asked by; made by `Reader.basis`.

    Args:
        fetch: Runs a query of this module with bound values and gives its rows.
    """

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch

    def orders(self, order_ids: Iterable[OrderId]) -> dict[OrderId, OrderBase]:
        """The orders with what windows rest on; removed ones are left out."""
        numbers = json.dumps(list(order_ids))
        payments: dict[int, list[Payment]] = {}
        instruments: dict[int, Instrument] = {}
        for row in self._fetch(_PAYMENTS, numbers):
            payments.setdefault(row[1], []).append(_payment(row))
            if row[2] is not None:
                instruments.setdefault(row[1], _instrument(row))
        found: dict[OrderId, OrderBase] = {}
        for row in self._fetch(_ORDERS, numbers):
            found[OrderId(row[0])] = OrderBase(
                _order(row), _client(row), instruments.get(row[0]), tuple(payments.get(row[0], ()))
            )
        return found

    def cases(self, case_ids: Iterable[CaseId]) -> dict[CaseId, Case]:
        """These cases, without their words."""
        return {
            CaseId(row[0]): _case(row) for row in self._fetch(_CASES, json.dumps(list(case_ids)))
        }

    def filings(self, case_ids: Iterable[CaseId]) -> dict[CaseId, tuple[Filing, ...]]:
        """What was filed for these cases, by day."""
        found: dict[CaseId, tuple[Filing, ...]] = {}
        for row in self._fetch(_FILINGS, json.dumps(list(case_ids))):
            filing = Filing(
                id=row[0],
                case=row[1],
                rule=row[2],
                avenue=row[3],
                stage=row[4],
                filed_on=dt.date.fromisoformat(row[5]),
                reference=row[6],
                document=row[7],
                answer_due_on=_day(row[8]),
                answered_on=_day(row[9]),
                answer=row[10],
                granted=None if row[11] is None else bool(row[11]),
            )
            found[filing.case] = (*found.get(filing.case, ()), filing)
        return found

    def exhibit_kinds(self, case_ids: Iterable[CaseId]) -> dict[CaseId, frozenset[str]]:
        """What kinds of exhibits these cases have."""
        found: dict[CaseId, frozenset[str]] = {}
        for case_id, kind in self._fetch(_KINDS, json.dumps(list(case_ids))):
            found[CaseId(case_id)] = found.get(CaseId(case_id), frozenset()) | {kind}
        return found

    def next_windows(
        self, order_ids: Iterable[OrderId], today: dt.date
    ) -> dict[OrderId, tuple[dt.date, dt.date, str]]:
        """For each of the orders the buyer's soonest open window: act by, closes, and its rule."""
        found: dict[OrderId, tuple[dt.date, dt.date, str]] = {}
        for order, file_by, closes, rule in self._fetch(
            _NEXT, json.dumps(list(order_ids)), today.toordinal()
        ):
            days = dt.date.fromordinal(file_by), dt.date.fromordinal(closes)
            found.setdefault(OrderId(order), (*days, rule))
        return found

    def asked_since(self, case_ids: Iterable[CaseId]) -> dict[CaseId, dt.date]:
        """For each of the cases with a reply that waits, the day the newest of these came."""
        found = self._fetch(_WAITING_REPLIES, json.dumps(list(case_ids)))
        return {CaseId(case): dt.date.fromisoformat(day) for case, day in found}

    def credits_of_late(self, today: dt.date) -> dict[CaseId, tuple[Credit, ...]]:
        """The ledgers of open cases in which a promised refund was due before `today`."""
        found: dict[CaseId, tuple[Credit, ...]] = {}
        for row in self._fetch(_CREDITS_OF_LATE, today.isoformat()):
            case = CaseId(row[1])
            line = Credit(
                row[0], case, CreditKind(row[2]), Money(row[3], row[4]),
                dt.date.fromisoformat(row[5]), _day(row[6]), filing=row[7],
            )  # fmt: skip
            found[case] = (*found.get(case, ()), line)
        return found

    def closed_cases(self) -> tuple[ClosedRow, ...]:
        """Closed cases that were sent along some way, each under the last; none of samples."""
        return tuple(
            ClosedRow(
                row[0], RuleId(row[1]), row[2], Problem(row[3]), CaseOutcome(row[4]),
                None if row[5] is None else Money(row[5], row[6]),
            )
            for row in self._fetch(_CLOSED)
        )  # fmt: skip

    def case_sums(self, since: dt.date) -> CaseSums:
        """Sums of the desk's cases; won ones count when they were closed on or after `since`."""
        sums: dict[str, list[Money]] = {"open": [], "promised": [], "won": []}
        cases = 0
        for kind, currency, minor, count in self._fetch(_SUMS, f"{since.isoformat()}T00:00:00"):
            if currency is not None and minor:
                sums[kind].append(Money(minor, currency))
            cases += 0 if kind == "won" else count
        at_stake = _merged([*sums["open"], *sums["promised"]])
        return CaseSums(cases, at_stake, _merged(sums["promised"]), _merged(sums["won"]))

    def lapsed(self, today: dt.date, limit: int) -> tuple[DueRow, ...]:
        """Clocks of the other side in living cases that ended before `today`, the latest first.

        Of the avenues on which they owe an answer: what the law asks of a seller is no answer.
        """
        found = self._fetch(
            f"{taking.DUE} WHERE w.lead = 1 AND w.actor <> 'buyer' AND w.closes < ? "
            f"AND w.case_id IS NOT NULL AND w.avenue IN {_ANSWERING} "
            "ORDER BY w.closes DESC, w.id LIMIT ?",
            today.toordinal(),
            limit,
        )
        return tuple(taking.due_row(row) for row in found)

    def undated_cases(self, limit: int) -> tuple[UndatedCase, ...]:
        """Open cases no window of which has a known last day, by number; at most `limit`."""
        return tuple(UndatedCase(*row) for row in self._fetch(_UNDATED_CASES, limit))

    def asked_cases(self, limit: int) -> tuple[UndatedCase, ...]:
        """Open cases of which an answer is asked by a day that is not told, by number."""
        return tuple(UndatedCase(*row) for row in self._fetch(_ASKED_CASES, limit))

    def count_undated_orders(self, cap: int) -> int:
        """Orders still under way, without a case and without a known last day; stops at `cap`."""
        ((count,),) = self._fetch(_UNDATED_ORDERS, cap)
        return int(count)


def _merged(sums: Iterable[Money]) -> tuple[Money, ...]:
    totals: dict[str, Money] = {}
    for money in sums:
        known = totals.get(money.currency)
        totals[money.currency] = money if known is None else known + money
    return tuple(sorted(totals.values(), key=lambda money: (-money.amount, money.currency)))


def _order(row: Any) -> Order:
    seller = None if row[8] is None else Seller(row[8], row[1], row[9], row[10])
    return Order(
        id=row[0],
        client=row[11],
        platform=row[1],
        number=row[2],
        title=row[3],
        seller=seller,
        ordered_on=_day(row[4]),
        total=None if row[5] is None else Money(row[5], row[6]),
        state=OrderState(row[7]),
    )


def _client(row: Any) -> Client:
    names = (
        "id",
        "name",
        "email",
        "phone",
        "address",
        "country",
        "subdivision",
        "zone",
        "language",
    )
    values = dict(zip(names, row[11:20], strict=True))
    return Client(**values, is_self=bool(row[20]), sample=bool(row[21]))


def _payment(row: Any) -> Payment:
    return Payment(row[0], row[1], row[2], Money(row[3], row[4]), _day(row[5]), row[6], row[7])


def _instrument(row: Any) -> Instrument:
    return Instrument(row[2], row[8], InstrumentKind(row[9]), *row[10:17])


def _case(row: Any) -> Case:
    return Case(
        id=row[0],
        number=row[1],
        order=row[2],
        client=row[3],
        problem=Problem(row[4]),
        opened_on=dt.date.fromisoformat(row[5]),
        stage=CaseStage(row[6]),
        claimed=None if row[7] is None else Money(row[7], row[8]),
        wish=None if row[9] is None else Wish(row[9]),
        outcome=None if row[10] is None else CaseOutcome(row[10]),
        version=row[11],
    )


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)
