"""Facts: what is known of an order, what was known before, and where each was learned.

A fact is never changed and never erased. A newer one of the same name takes its place
(`superseded_by`); one taken back by undo is marked withdrawn and the one before it counts again.
Which of two sources is to be believed is decided by whoever records, not here.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import sqlalchemy as sa

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.ids import BatchId, CaseId, EvidenceId, FactName, OrderId
from disputedesk.store import schema
from disputedesk.store.encoding import instant_text, value_of, value_text
from disputedesk.store.sealing import SEALED_COLUMNS
from disputedesk.store.unit import Unit, among
from disputedesk.store.values import FactEntry, FactRecord

_T = schema.fact
_COLUMNS = SEALED_COLUMNS["fact"]
_INSERT = f"INSERT INTO fact ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - our own column names
_CURRENT = sa.and_(_T.c.superseded_by.is_(None), _T.c.withdrawn_at.is_(None))
_CURRENT_ROWS = (
    "SELECT id, order_id, case_id, name, value, origin, note, evidence_id FROM fact "
    "WHERE order_id IN (SELECT value FROM json_each(?)) "
    "AND superseded_by IS NULL AND withdrawn_at IS NULL"
)
_CURRENT_NUMBERS = (
    "SELECT id FROM fact WHERE order_id = ? AND name = ? AND case_id IS ? "
    "AND superseded_by IS NULL AND withdrawn_at IS NULL ORDER BY id"
)
_Key: TypeAlias = tuple[int, int | None, str]
_Raw: TypeAlias = tuple[Any, ...]


class Facts:
    """The facts of orders and cases, with their history."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def record(
        self,
        order_id: OrderId,
        fact: Fact,
        case_id: CaseId | None = None,
        batch_id: BatchId | None = None,
        at: dt.datetime | None = None,
    ) -> Fact | None:
        """Keeps a statement and gives the one whose place it takes, or `None`.

        A statement equal in value and source to the current one is not kept twice; it is given
        back as the one before.

        It holds for the case where one is given, else for the order itself; `at` is when it was
        recorded, `None` the transaction's moment.
        """
        return self.record_many([FactEntry(order_id, fact, case_id)], batch_id=batch_id, at=at)[0]

    def record_many(
        self,
        entries: Sequence[FactEntry],
        *,
        batch_id: BatchId | None = None,
        at: dt.datetime | None = None,
    ) -> tuple[Fact | None, ...]:
        """Keeps many statements in a few calls; gives for each the one whose place it takes."""
        when = instant_text(at or self._unit.at)
        current = self._current_by_key({entry.order for entry in entries})
        number = self._unit.next_id(_T)
        new: list[_Raw] = []
        superseded: list[tuple[int, int]] = []
        before: list[Fact | None] = []
        for entry in entries:
            key = (entry.order, entry.case, entry.fact.name)
            known = current.get(key)
            before.append(known[1] if known else None)
            if known and known[1] == entry.fact and type(known[1].value) is type(entry.fact.value):
                continue
            if known:
                superseded.append((number, known[0]))
            new.append((number, *_raw(entry, when, batch_id)))
            current[key] = (number, entry.fact)
            number += 1
        self._write(new, superseded)
        return tuple(before)

    def current(self, order_id: OrderId, case_id: CaseId | None = None) -> tuple[Fact, ...]:
        """What is known of the order by name; with a case, what the case says goes first."""
        return self.current_many([order_id], case_id).get(order_id, ())

    def current_many(
        self, order_ids: Iterable[OrderId], case_id: CaseId | None = None
    ) -> dict[OrderId, tuple[Fact, ...]]:
        """What is known of many orders; an order without facts has no entry."""
        condition: sa.ColumnElement[bool] = _T.c.case_id.is_(None)
        if case_id is not None:
            condition = sa.or_(condition, _T.c.case_id == case_id)
        found: dict[OrderId, dict[str, Fact]] = {}
        query = (
            sa.select(_T)
            .where(among(_T.c.order_id, order_ids), _CURRENT, condition)
            .order_by(_T.c.order_id, _T.c.case_id.is_not(None), _T.c.name)
        )
        for row in self._unit.connection.execute(query).mappings():
            found.setdefault(OrderId(row["order_id"]), {})[row["name"]] = _fact_of(row)
        return {
            order_id: tuple(facts[name] for name in sorted(facts))
            for order_id, facts in found.items()
        }

    def records(self, order_id: OrderId) -> tuple[FactRecord, ...]:
        """The current rows of an order and of its cases, by name."""
        return self._where(sa.and_(_T.c.order_id == order_id, _CURRENT), _T.c.name, _T.c.id)

    def numbers_of(
        self, order_id: OrderId, name: FactName, case_id: CaseId | None = None
    ) -> tuple[int, ...]:
        """The numbers of the current rows of one fact of an order, or of one of its cases."""
        found = self._unit.rows(_CURRENT_NUMBERS, order_id, name, case_id)
        return tuple(row[0] for row in found)

    def history(self, order_id: OrderId, name: FactName | None = None) -> tuple[FactRecord, ...]:
        """Everything ever recorded of the order under `name`, or at all, oldest first."""
        condition: sa.ColumnElement[bool] = _T.c.order_id == order_id
        if name is not None:
            condition = sa.and_(condition, _T.c.name == name)
        return self._where(condition, _T.c.id)

    def of_batch(self, batch_id: BatchId) -> tuple[FactRecord, ...]:
        """The facts that an import brought and that were not withdrawn."""
        return self._where(sa.and_(_T.c.batch_id == batch_id, _T.c.withdrawn_at.is_(None)), _T.c.id)

    def get(self, fact_id: int) -> FactRecord:
        """The recorded fact with this number.

        Raises:
            NotFound: There is none.
        """
        found = self._where(_T.c.id == fact_id)
        if not found:
            raise NotFound(tr("There is no fact {number}.", number=fact_id))
        return found[0]

    def withdraw(self, fact_ids: Iterable[int]) -> tuple[OrderId, ...]:
        """Takes facts back; the one before each counts again. Gives the orders they belonged to."""
        touched: dict[OrderId, None] = {}
        for record in self._where(among(_T.c.id, fact_ids), _T.c.id.desc()):
            if record.withdrawn_at is None:
                self._withdraw_one(record.id)
                touched[record.order] = None
        return tuple(touched)

    def withdraw_current(
        self, order_id: OrderId, name: FactName, case_id: CaseId | None = None
    ) -> Fact | None:
        """Takes back everything said under `name`: it is unknown again. Gives what was known."""
        chain = [
            record
            for record in self.history(order_id, name)
            if record.case == case_id and record.withdrawn_at is None
        ]
        self.withdraw([record.id for record in chain])
        return chain[-1].fact if chain else None

    def _withdraw_one(self, fact_id: int) -> None:
        connection = self._unit.connection
        after = sa.select(_T.c.superseded_by).where(_T.c.id == fact_id).scalar_subquery()
        connection.execute(
            _T.update()
            .where(_T.c.superseded_by == fact_id, _T.c.withdrawn_at.is_(None))
            .values(superseded_by=after)
        )
        connection.execute(_T.update().where(_T.c.id == fact_id).values(withdrawn_at=self._unit.at))
        self._unit.seals.withdrawn.append(fact_id)

    def _current_by_key(self, order_ids: Iterable[OrderId]) -> dict[_Key, tuple[int, Fact]]:
        return {
            (order, case, name): (number, _fact(name, value, origin, note, evidence))
            for number, order, case, name, value, origin, note, evidence in self._unit.rows(
                _CURRENT_ROWS, json.dumps(list(order_ids))
            )
        }

    def _write(self, new: list[_Raw], superseded: list[tuple[int, int]]) -> None:
        connection = self._unit.connection
        if new:
            connection.exec_driver_sql(_INSERT, new)
            self._unit.seals.wrote_facts(new)
        if superseded:
            connection.exec_driver_sql("UPDATE fact SET superseded_by = ? WHERE id = ?", superseded)

    def _where(
        self, condition: sa.ColumnElement[bool], *order: sa.ColumnElement[Any]
    ) -> tuple[FactRecord, ...]:
        query = sa.select(_T).where(condition).order_by(*order)
        return tuple(_record_of(row) for row in self._unit.connection.execute(query).mappings())


def _raw(entry: FactEntry, when: str, batch_id: BatchId | None) -> _Raw:
    fact = entry.fact
    return (
        entry.order, entry.case, fact.name, value_text(fact.value), fact.source.origin.value,
        fact.source.note, fact.source.evidence, when, batch_id,
    )  # fmt: skip


def _fact_of(row: sa.RowMapping) -> Fact:
    return _fact(row["name"], row["value"], row["origin"], row["note"], row["evidence_id"])


def _fact(name: str, value: str, origin: str, note: str, evidence: int | None) -> Fact:
    shown = None if evidence is None else EvidenceId(evidence)
    return Fact(FactName(name), value_of(value), FactSource(FactOrigin(origin), note, shown))


def _record_of(row: sa.RowMapping) -> FactRecord:
    return FactRecord(
        id=row["id"],
        order=row["order_id"],
        case=row["case_id"],
        fact=_fact_of(row),
        recorded_at=row["recorded_at"],
        batch=row["batch_id"],
        superseded_by=row["superseded_by"],
        withdrawn_at=row["withdrawn_at"],
    )
