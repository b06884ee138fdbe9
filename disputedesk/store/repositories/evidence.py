"""Evidence and exhibits: what is sealed in the vault, and what of it is numbered for a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.store import schema
from disputedesk.store.sealing import SEALED_COLUMNS
from disputedesk.store.unit import Unit

_T = schema.evidence
_FIELDS = tuple(field.name for field in dataclasses.fields(Evidence) if field.name != "id")


class EvidenceShelf:
    """What is known of sealed bytes; the same bytes stand here once, and are never removed."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, evidence: Evidence) -> Evidence:
        """The evidence as kept; bytes that are known are given back as they were first entered."""
        known = self.find_by_hash(evidence.sha256)
        if known is not None:
            return known
        number = self._unit.insert(_T, {name: getattr(evidence, name) for name in _FIELDS})
        columns = ", ".join(SEALED_COLUMNS["evidence"])
        raw = self._unit.connection.exec_driver_sql(
            f"SELECT {columns} FROM evidence WHERE id = ?",  # noqa: S608 - our own names
            (number,),
        ).one()
        self._unit.seals.wrote("evidence", raw)
        return dataclasses.replace(evidence, id=EvidenceId(number))

    def get(self, evidence_id: EvidenceId) -> Evidence:
        """The evidence with this number.

        Raises:
            NotFound: There is none.
        """
        found = self.find(evidence_id)
        if found is None:
            raise NotFound(tr("There is no evidence {number}.", number=evidence_id))
        return found

    def find(self, evidence_id: EvidenceId) -> Evidence | None:
        """The evidence with this number, or `None`."""
        return self._one(_T.c.id == evidence_id)

    def find_by_hash(self, sha256: str) -> Evidence | None:
        """The evidence with these bytes, or `None`."""
        return self._one(_T.c.sha256 == sha256)

    def list(self) -> tuple[Evidence, ...]:
        """All evidence, in the order it came."""
        rows = self._unit.connection.execute(sa.select(_T).order_by(_T.c.id)).mappings()
        return tuple(Evidence(**row) for row in rows)

    def _one(self, condition: sa.ColumnElement[bool]) -> Evidence | None:
        row = self._unit.connection.execute(sa.select(_T).where(condition)).mappings().first()
        return None if row is None else Evidence(**row)


class Exhibits:
    """Evidence numbered for cases."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit as kept; a number of 0 becomes the case's next. Known ones are given back."""
        table = schema.exhibit
        known = [each for each in self.list(exhibit.case) if each.evidence == exhibit.evidence]
        if known:
            return known[0]
        if exhibit.number == 0:
            highest = self._unit.connection.execute(
                sa.select(sa.func.max(table.c.number)).where(table.c.case_id == exhibit.case)
            ).scalar()
            exhibit = dataclasses.replace(exhibit, number=(highest or 0) + 1)
        number = self._unit.insert(table, _columns(exhibit))
        return dataclasses.replace(exhibit, id=ExhibitId(number))

    def update(self, exhibit: Exhibit) -> Exhibit:
        """Keeps the exhibit's new number, caption and what it proves.

        Raises:
            NotFound: There is no such exhibit.
        """
        self.get(exhibit.id)
        table = schema.exhibit
        self._unit.connection.execute(
            table.update().where(table.c.id == exhibit.id).values(**_columns(exhibit))
        )
        return exhibit

    def remove(self, exhibit_id: ExhibitId) -> None:
        """Takes the exhibit out of its case; the evidence stays sealed."""
        table = schema.exhibit
        self._unit.connection.execute(table.delete().where(table.c.id == exhibit_id))

    def arrange(self, case_id: CaseId, exhibit_ids: Sequence[ExhibitId]) -> tuple[Exhibit, ...]:
        """Numbers the case's exhibits from 1 in this order; those not named follow."""
        named = {number: place for place, number in enumerate(exhibit_ids)}
        ordered = sorted(
            self.list(case_id), key=lambda each: (named.get(each.id, len(named)), each.number)
        )
        for place, exhibit in enumerate(ordered, 1):
            if exhibit.number != place:
                self.update(dataclasses.replace(exhibit, number=place))
        return self.list(case_id)

    def get(self, exhibit_id: ExhibitId) -> Exhibit:
        """The exhibit with this id.

        Raises:
            NotFound: There is none.
        """
        found = self._where(schema.exhibit.c.id == exhibit_id)
        if not found:
            raise NotFound(tr("There is no exhibit {number}.", number=exhibit_id))
        return found[0]

    def list(self, case_id: CaseId) -> tuple[Exhibit, ...]:
        """The case's exhibits in printing order."""
        return self._where(schema.exhibit.c.case_id == case_id)

    def of_evidence(self, evidence_id: EvidenceId) -> tuple[Exhibit, ...]:
        """The exhibits that show this evidence, in any case."""
        return self._where(schema.exhibit.c.evidence_id == evidence_id)

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Exhibit, ...]:
        table = schema.exhibit
        shown = [_T.c[name].label(f"evidence_{name}") for name in _FIELDS]
        query = (
            sa.select(table, *shown)
            .join(_T, _T.c.id == table.c.evidence_id)
            .where(condition)
            .order_by(table.c.case_id, table.c.number, table.c.id)
        )
        return tuple(_exhibit_of(row) for row in self._unit.connection.execute(query).mappings())


def _columns(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "case_id": exhibit.case,
        "evidence_id": exhibit.evidence.id,
        "number": exhibit.number,
        "caption": exhibit.caption,
        "proves": exhibit.proves,
        "kind": exhibit.kind,
    }


def _exhibit_of(row: sa.RowMapping) -> Exhibit:
    evidence = Evidence(
        id=EvidenceId(row["evidence_id"]), **{name: row[f"evidence_{name}"] for name in _FIELDS}
    )
    return Exhibit(
        id=ExhibitId(row["id"]),
        case=CaseId(row["case_id"]),
        evidence=evidence,
        number=row["number"],
        caption=row["caption"],
        proves=row["proves"],
        kind=row["kind"],
    )
