"""How evidence came to the desk, and what was made of it: written once, sealed, never changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from disputedesk.model.evidence import Arrival, Derivation, Derived
from disputedesk.model.ids import EvidenceId
from disputedesk.store import schema
from disputedesk.store.sealing import SEALED_COLUMNS
from disputedesk.store.unit import Unit, among


class Arrivals:
    """Every coming of evidence, known bytes included."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, arrival: Arrival) -> Arrival:
        """The arrival as kept."""
        values = _values(arrival, "evidence")
        number = self._unit.insert(schema.arrival, values)
        _seal(self._unit, "arrival", number)
        return dataclasses.replace(arrival, id=number)

    def of_evidence(self, evidence_id: EvidenceId) -> tuple[Arrival, ...]:
        """How these bytes came, oldest first."""
        table = schema.arrival
        query = sa.select(table).where(table.c.evidence_id == evidence_id).order_by(table.c.id)
        return tuple(
            Arrival(**_named(row, evidence_id="evidence"))
            for row in self._unit.connection.execute(query).mappings()
        )


class Derivations:
    """What was made of what."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, derivation: Derivation) -> Derivation:
        """The derivation as kept."""
        values = _values(derivation, "evidence", "origin")
        number = self._unit.insert(schema.derivation, values)
        _seal(self._unit, "derivation", number)
        return dataclasses.replace(derivation, id=number)

    def of_origins(
        self, evidence_ids: Iterable[EvidenceId], how: Derived | None = None
    ) -> tuple[Derivation, ...]:
        """What was made of these, oldest first; `how` keeps one kind."""
        return self._where(among(schema.derivation.c.origin_id, evidence_ids), how)

    def of_evidence(self, evidence_id: EvidenceId) -> tuple[Derivation, ...]:
        """What these bytes were made from, oldest first."""
        return self._where(schema.derivation.c.evidence_id == evidence_id, None)

    def _where(
        self, condition: sa.ColumnElement[bool], how: Derived | None
    ) -> tuple[Derivation, ...]:
        table = schema.derivation
        query = sa.select(table).where(condition).order_by(table.c.id)
        if how is not None:
            query = query.where(table.c.how == how)
        return tuple(
            Derivation(**_named(row, evidence_id="evidence", origin_id="origin"))
            for row in self._unit.connection.execute(query).mappings()
        )


def _values(value: Arrival | Derivation, *references: str) -> dict[str, Any]:
    """The columns of a value to be added: all but its number, references by their column."""
    names = [field.name for field in dataclasses.fields(value) if field.name != "id"]
    return {f"{name}_id" if name in references else name: getattr(value, name) for name in names}


def _named(row: sa.RowMapping, **names: str) -> dict[str, Any]:
    return {names.get(name, name): value for name, value in row.items()}


def _seal(unit: Unit, kind: str, number: int) -> None:
    columns = ", ".join(f'"{name}"' for name in SEALED_COLUMNS[kind])
    raw = unit.connection.exec_driver_sql(
        f"SELECT {columns} FROM {kind} WHERE id = ?",  # noqa: S608 - our own names
        (number,),
    ).one()
    unit.seals.wrote(kind, raw)
