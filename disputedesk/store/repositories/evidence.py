"""Evidence and exhibits: what is sealed in the vault, and what of it is numbered for a case."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.model.case import Evidence, Exhibit
from disputedesk.model.evidence import ClaimLink, Derived
from disputedesk.model.ids import CaseId, EvidenceId, ExhibitId
from disputedesk.store import schema
from disputedesk.store.sealing import SEALED_COLUMNS
from disputedesk.store.unit import Unit, among

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
        self._unit.evidence_searched.add(number)
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
    """Evidence numbered for cases; where a redacted copy was made, the newest goes out for it."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, exhibit: Exhibit) -> Exhibit:
        """The exhibit as kept; a number of 0 becomes the case's next. Known ones are given back."""
        table = schema.exhibit
        known = [
            each for each in self.list(exhibit.case) if each.evidence.id == exhibit.evidence.id
        ]
        if known:
            return known[0]
        if exhibit.number == 0:
            highest = self._unit.connection.execute(
                sa.select(sa.func.max(table.c.number)).where(table.c.case_id == exhibit.case)
            ).scalar()
            exhibit = dataclasses.replace(exhibit, number=(highest or 0) + 1)
        number = self._unit.insert(table, _columns(exhibit))
        self._unit.evidence_searched.add(exhibit.evidence.id)
        kept = dataclasses.replace(exhibit, id=ExhibitId(number))
        self.place(kept.id, section=exhibit.section, withdrawn_at=exhibit.withdrawn_at)
        return kept

    def update(self, exhibit: Exhibit) -> Exhibit:
        """Keeps the exhibit's new number, caption, kind and what it proves.

        Raises:
            NotFound: There is no such exhibit.
        """
        self.get(exhibit.id)
        table = schema.exhibit
        self._unit.connection.execute(
            table.update().where(table.c.id == exhibit.id).values(**_columns(exhibit))
        )
        self._unit.evidence_searched.add(exhibit.evidence.id)
        return exhibit

    def remove(self, exhibit_id: ExhibitId) -> None:
        """Takes the exhibit out of its case; the evidence stays sealed."""
        self._touch(exhibit_id)
        for table in (schema.claim_link, schema.standing):
            self._unit.connection.execute(table.delete().where(table.c.exhibit_id == exhibit_id))
        posted = schema.posting.c.receipt_id == exhibit_id
        self._unit.connection.execute(schema.posting.update().where(posted).values(receipt_id=None))
        table = schema.exhibit
        self._unit.connection.execute(table.delete().where(table.c.id == exhibit_id))

    def place(
        self, exhibit_id: ExhibitId, *, section: str, withdrawn_at: dt.datetime | None
    ) -> None:
        """Says in which section it stands, and whether it was taken out after it had been sent."""
        table = schema.standing
        self._unit.connection.execute(table.delete().where(table.c.exhibit_id == exhibit_id))
        if section or withdrawn_at is not None:
            self._unit.connection.execute(
                table.insert().values(
                    exhibit_id=exhibit_id, section=section, withdrawn_at=withdrawn_at
                )
            )

    def set_claims(self, exhibit_id: ExhibitId, claims: Iterable[str]) -> None:
        """Says which claims it proves, in place of what was said before."""
        table = schema.claim_link
        self._unit.connection.execute(table.delete().where(table.c.exhibit_id == exhibit_id))
        for claim in dict.fromkeys(claims):
            self._unit.insert(table, {"exhibit_id": exhibit_id, "claim": claim})

    def claims(self, case_id: CaseId) -> tuple[ClaimLink, ...]:
        """What somebody said the case's exhibits prove, in printing order."""
        link, exhibit = schema.claim_link, schema.exhibit
        query = (
            sa.select(link.c.exhibit_id, link.c.claim)
            .join(exhibit, exhibit.c.id == link.c.exhibit_id)
            .where(exhibit.c.case_id == case_id)
            .order_by(exhibit.c.number, link.c.id)
        )
        rows = self._unit.connection.execute(query)
        return tuple(ClaimLink(ExhibitId(row[0]), row[1]) for row in rows)

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

    def _touch(self, exhibit_id: ExhibitId) -> None:
        """Marks the evidence of an exhibit for the search."""
        found = self._unit.rows("SELECT evidence_id FROM exhibit WHERE id = ?", exhibit_id)
        self._unit.evidence_searched.update(row[0] for row in found)

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Exhibit, ...]:
        table, standing = schema.exhibit, schema.standing
        shown = [_T.c[name].label(f"evidence_{name}") for name in _FIELDS]
        query = (
            sa.select(table, standing.c.section, standing.c.withdrawn_at, *shown)
            .join(_T, _T.c.id == table.c.evidence_id)
            .outerjoin(standing, standing.c.exhibit_id == table.c.id)
            .where(condition)
            .order_by(table.c.case_id, table.c.number, table.c.id)
        )
        rows = self._unit.connection.execute(query).mappings().all()
        copies = self._copies([row["evidence_id"] for row in rows])
        offsets = self._offsets([row["evidence_id"] for row in rows])
        return tuple(_exhibit_of(row, copies, offsets) for row in rows)

    def _offsets(self, evidence_ids: Sequence[int]) -> dict[int, int]:
        """The zones that files state, as their first arrival told them, in minutes from UTC."""
        if not evidence_ids:
            return {}
        told = schema.arrival
        query = (
            sa.select(told.c.evidence_id, told.c.offset_minutes)
            .where(among(told.c.evidence_id, evidence_ids), told.c.offset_minutes.is_not(None))
            .order_by(told.c.id.desc())
        )
        return {row[0]: row[1] for row in self._unit.connection.execute(query)}

    def _copies(self, evidence_ids: Sequence[int]) -> dict[int, Evidence]:
        """The newest redacted copy of each of these that has one."""
        if not evidence_ids:
            return {}
        made = schema.derivation
        query = (
            sa.select(made.c.origin_id, _T)
            .join(_T, _T.c.id == made.c.evidence_id)
            .where(among(made.c.origin_id, evidence_ids), made.c.how == Derived.REDACTION)
            .order_by(made.c.id)
        )
        found: dict[int, Evidence] = {}
        for row in self._unit.connection.execute(query).mappings():
            values = dict(row)
            origin = values.pop("origin_id")
            found[origin] = Evidence(**values)
        return found


def _columns(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "case_id": exhibit.case,
        "evidence_id": exhibit.evidence.id,
        "number": exhibit.number,
        "caption": exhibit.caption,
        "proves": exhibit.proves,
        "kind": exhibit.kind,
    }


def _exhibit_of(
    row: sa.RowMapping, copies: Mapping[int, Evidence], offsets: Mapping[int, int]
) -> Exhibit:
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
        section=row["section"] or "",
        copy=copies.get(row["evidence_id"]),
        withdrawn_at=row["withdrawn_at"],
        offset_minutes=offsets.get(row["evidence_id"]),
    )
