"""The ledger: what was done, by whom, when, with the values before and after; only ever appended.

Each entry's hash covers its fields and the hash before it, so an edit, an insertion, a reordering
or a gap shows. Without a secret the whole chain could be computed again by someone who has the
file: the ledger is evidence against accident and strangers, no more, and nothing claims more.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from disputedesk.model.ids import LedgerId
from disputedesk.store import schema
from disputedesk.store.anchor import Head
from disputedesk.store.encoding import instant_text, json_text
from disputedesk.store.sealing import LEDGER_COLUMNS, SEALED_ACT, entry_hash
from disputedesk.store.unit import Unit
from disputedesk.store.values import LedgerEntry, Subject

_T = schema.ledger
_PLACES = ", ".join("?" * len(LEDGER_COLUMNS))
_INSERT = f"INSERT INTO ledger ({', '.join(LEDGER_COLUMNS)}) VALUES ({_PLACES})"  # noqa: S608 - own names


def head_of(connection: sa.Connection) -> Head:
    """Where the ledger of this database ends."""
    row = connection.exec_driver_sql(
        "SELECT step, id, hash FROM ledger ORDER BY id DESC LIMIT 1"
    ).first()
    return Head(0, 0, "") if row is None else Head(row[0], row[1], row[2])


class Ledger:
    """The desk's memory of what was done."""

    def __init__(self, unit: Unit, head: Head) -> None:
        self._unit = unit
        self._head = head

    @property
    def head(self) -> Head:
        """Where the ledger ends as this transaction sees it."""
        return self._head

    def append(
        self,
        act: str,
        subject: Subject,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        *,
        actor: str | None = None,
        at: dt.datetime | None = None,
    ) -> LedgerId:
        """Notes one thing done and gives the entry's number.

        `act` names what was done (`order.set_facts`, `case.open`, `told`). The values before are
        what undo works by; dates, money and enums may stand in them. Without `actor` and `at` it
        was the transaction's own, at its own moment.
        """
        return self.append_text(
            act, subject, json_text(before), json_text(after), actor=actor, at=at
        )

    def append_text(
        self,
        act: str,
        subject: Subject,
        before: str | None,
        after: str | None,
        *,
        actor: str | None = None,
        at: dt.datetime | None = None,
    ) -> LedgerId:
        """As `append`, with the values as JSON already."""
        raw: tuple[Any, ...] = (
            self._head.count + 1, self._unit.step, instant_text(at or self._unit.at),
            actor or self._unit.actor, act, subject.kind, subject.id, before, after,
            self._head.hash,
        )  # fmt: skip
        digest = entry_hash(raw)
        self._unit.connection.exec_driver_sql(_INSERT, (*raw, digest))
        self._head = Head(self._unit.step, raw[0], digest)
        return LedgerId(raw[0])

    def get(self, entry_id: LedgerId) -> LedgerEntry | None:
        """The entry with this number, or `None`."""
        found = self._where(_T.c.id == entry_id, 1)
        return found[0] if found else None

    def of(self, subject: Subject, limit: int = 1000) -> tuple[LedgerEntry, ...]:
        """The newest entries about `subject`, newest first."""
        return self._where(
            sa.and_(_T.c.subject_kind == subject.kind, _T.c.subject_id == subject.id), limit
        )

    def list(self, limit: int = 100, below: LedgerId | None = None) -> tuple[LedgerEntry, ...]:
        """The newest entries, newest first; `below` is the last one of the page before."""
        condition = _T.c.act != SEALED_ACT
        if below is not None:
            condition = sa.and_(condition, _T.c.id < below)
        return self._where(condition, limit)

    def of_step(self, step: int) -> tuple[LedgerEntry, ...]:
        """What one transaction noted, newest first."""
        return self._where(sa.and_(_T.c.step == step, _T.c.act != SEALED_ACT), -1)

    def _where(self, condition: sa.ColumnElement[bool], limit: int) -> tuple[LedgerEntry, ...]:
        query = sa.select(_T).where(condition).order_by(_T.c.id.desc()).limit(limit)
        return tuple(_entry_of(row) for row in self._unit.connection.execute(query).mappings())


def _entry_of(row: sa.RowMapping) -> LedgerEntry:
    return LedgerEntry(
        id=LedgerId(row["id"]),
        step=row["step"],
        at=row["at"],
        actor=row["actor"],
        act=row["act"],
        subject=Subject(row["subject_kind"], row["subject_id"]),
        before=None if row["before"] is None else json.loads(row["before"]),
        after=None if row["after"] is None else json.loads(row["after"]),
        hash=row["hash"],
    )
