"""What evidence says and hides: its words for the search, and the numbers that must not leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from disputedesk.model.evidence import Reading, ReadState, Suspicion
from disputedesk.model.ids import EvidenceId
from disputedesk.store import schema
from disputedesk.store.unit import Unit, among


class Readings:
    """The words of evidence; each is read once by each version of the reader."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def set(self, reading: Reading) -> None:
        """Keeps a reading in place of an earlier one; the search follows in the same commit."""
        table = schema.reading
        self._unit.connection.execute(table.delete().where(table.c.evidence_id == reading.evidence))
        self._unit.connection.execute(
            table.insert().values(
                evidence_id=reading.evidence, state=reading.state, text=reading.text,
                how=reading.how, pages=reading.pages, reader=reading.reader, at=reading.at,
            )
        )  # fmt: skip
        self._unit.evidence_searched.add(reading.evidence)

    def find(self, evidence_id: EvidenceId) -> Reading | None:
        """The reading of this evidence, or `None`."""
        table = schema.reading
        query = sa.select(table).where(table.c.evidence_id == evidence_id)
        row = self._unit.connection.execute(query).mappings().first()
        if row is None:
            return None
        values = dict(row)
        return Reading(EvidenceId(values.pop("evidence_id")), **values)

    def unread(self, reader: int, most: int) -> tuple[EvidenceId, ...]:
        """Evidence that no reader of this version has read, oldest first, at most so many."""
        found = self._unit.connection.exec_driver_sql(
            "SELECT e.id FROM evidence e LEFT JOIN reading r ON r.evidence_id = e.id "
            "WHERE r.evidence_id IS NULL OR r.reader < ? ORDER BY e.id LIMIT ?",
            (reader, most),
        )
        return tuple(EvidenceId(row[0]) for row in found)

    def in_state(self, state: ReadState, most: int) -> tuple[EvidenceId, ...]:
        """Evidence whose reading ended in this state, oldest first, at most so many."""
        table = schema.reading
        query = (
            sa.select(table.c.evidence_id)
            .where(table.c.state == state)
            .order_by(table.c.evidence_id)
            .limit(most)
        )
        return tuple(EvidenceId(row[0]) for row in self._unit.connection.execute(query))


class Suspicions:
    """Numbers seen in evidence that must not leave; never the numbers themselves."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def replace(self, evidence_id: EvidenceId, found: Sequence[Suspicion]) -> None:
        """Keeps what was found; what somebody settled before stays settled where it is the same."""
        settled = {_mark(each): each.settled_on for each in self.of_evidence([evidence_id])}
        table = schema.suspicion
        self._unit.connection.execute(table.delete().where(table.c.evidence_id == evidence_id))
        for each in found:
            self._unit.insert(
                table,
                {
                    "evidence_id": evidence_id, "kind": each.kind, "place": each.place,
                    "shown": each.shown, "page": each.page, "box": _box_text(each.box),
                    "settled_on": settled.get(_mark(each), each.settled_on),
                },
            )  # fmt: skip

    def settle(self, suspicion_id: int, on: dt.date | None) -> None:
        """Notes that somebody said it is no secret; `None` takes that back."""
        table = schema.suspicion
        self._unit.connection.execute(
            table.update().where(table.c.id == suspicion_id).values(settled_on=on)
        )

    def get(self, suspicion_id: int) -> Suspicion | None:
        """The suspicion with this number, or `None`."""
        found = self._where(schema.suspicion.c.id == suspicion_id)
        return found[0] if found else None

    def of_evidence(self, evidence_ids: Iterable[EvidenceId]) -> tuple[Suspicion, ...]:
        """What was seen in these, by evidence, page and number."""
        return self._where(among(schema.suspicion.c.evidence_id, evidence_ids))

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Suspicion, ...]:
        table = schema.suspicion
        query = (
            sa.select(table)
            .where(condition)
            .order_by(table.c.evidence_id, table.c.page, table.c.id)
        )
        rows = self._unit.connection.execute(query).mappings()
        return tuple(_suspicion_of(dict(row)) for row in rows)


def _mark(each: Suspicion) -> tuple[str, str, str, int]:
    return each.kind, each.place, each.shown, each.page


def _box_text(box: tuple[float, float, float, float] | None) -> str:
    return "" if box is None else " ".join(f"{side:.5f}" for side in box)


def _suspicion_of(values: dict[str, Any]) -> Suspicion:
    sides = [float(side) for side in values.pop("box").split()]
    left, top, right, bottom = sides or [0.0] * 4
    box = (left, top, right, bottom) if sides else None
    return Suspicion(evidence=EvidenceId(values.pop("evidence_id")), box=box, **values)
