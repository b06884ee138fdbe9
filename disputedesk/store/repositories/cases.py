"""Cases, what was filed for them, what was said, and the papers made."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any, Final

import sqlalchemy as sa

from disputedesk.common.errors import Conflict, NotFound
from disputedesk.common.texts import tr
from disputedesk.model.case import Case, CaseNote, Document, Filing
from disputedesk.model.ids import (
    CaseId,
    ClientId,
    DocumentId,
    FilingId,
    OrderId,
)
from disputedesk.store import schema
from disputedesk.store.sealing import SEALED_COLUMNS
from disputedesk.store.unit import Unit, among, money_columns, money_of

FIRST_NUMBER: Final = 1001
_T = schema.case


class Cases:
    """Cases; numbered from 1001, and a number is never given twice."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, case: Case) -> Case:
        """The case as kept, with its id, its number (the next one) and version 1."""
        highest = self._unit.connection.execute(sa.select(sa.func.max(_T.c.number))).scalar()
        number = FIRST_NUMBER if highest is None else highest + 1
        case = dataclasses.replace(case, number=number, version=1)
        return dataclasses.replace(case, id=CaseId(self._unit.insert(_T, _columns(case))))

    def update(self, case: Case) -> Case:
        """Keeps the case's new values and gives it with its new version.

        Raises:
            NotFound: There is no such case.
            Conflict: Somebody changed it since this value was read.
        """
        newer = dataclasses.replace(case, version=case.version + 1)
        result = self._unit.connection.execute(
            _T.update()
            .where(_T.c.id == case.id, _T.c.version == case.version, _T.c.removed_at.is_(None))
            .values(**_columns(newer))
        )
        if result.rowcount == 0:
            now = self.get(case.id)
            raise Conflict(
                tr("Case {number} was changed by somebody else meanwhile.", number=now.number),
                tr("case {number}", number=now.number),
                tr("Look at what it says now, then make your change again."),
            )
        return newer

    def remove(self, case_id: CaseId) -> None:
        """Takes the case off every list (undo of opening it); its number stays used.

        Raises:
            NotFound: There is no such case.
        """
        self.get(case_id)
        self._unit.connection.execute(
            _T.update()
            .where(_T.c.id == case_id)
            .values(removed_at=self._unit.at, version=_T.c.version + 1)
        )

    def restore(self, case_id: CaseId) -> Case:
        """Puts a removed case back.

        Raises:
            NotFound: There never was such a case.
        """
        self._unit.connection.execute(
            _T.update().where(_T.c.id == case_id).values(removed_at=None, version=_T.c.version + 1)
        )
        return self.get(case_id)

    def get(self, case_id: CaseId) -> Case:
        """The case with this id.

        Raises:
            NotFound: There is none, or it was removed.
        """
        found = self.find(case_id)
        if found is None:
            raise NotFound(tr("There is no case with the desk's number {number}.", number=case_id))
        return found

    def find(self, case_id: CaseId) -> Case | None:
        """The case with this id, or `None`."""
        found = self._where(_T.c.id == case_id)
        return found[0] if found else None

    def find_by_number(self, number: int) -> Case | None:
        """The case people call by `number`, or `None`."""
        found = self._where(_T.c.number == number)
        return found[0] if found else None

    def of_order(self, order_id: OrderId) -> tuple[Case, ...]:
        """The order's cases, oldest first."""
        return self._where(_T.c.order_id == order_id)

    def of_orders(self, order_ids: Iterable[OrderId]) -> tuple[Case, ...]:
        """The cases of many orders, oldest first."""
        return self._where(among(_T.c.order_id, order_ids))

    def of_client(self, client_id: ClientId) -> tuple[Case, ...]:
        """The client's cases, oldest first."""
        return self._where(_T.c.client_id == client_id)

    def list(self) -> tuple[Case, ...]:
        """All cases, oldest first."""
        return self._where(sa.true())

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Case, ...]:
        query = sa.select(_T).where(condition, _T.c.removed_at.is_(None)).order_by(_T.c.number)
        return tuple(_case_of(row) for row in self._unit.connection.execute(query).mappings())


class Notes:
    """What was said or done about cases."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, case_id: CaseId, note: CaseNote) -> CaseNote:
        """Keeps the note."""
        values = {"case_id": case_id, "at": note.at, "author": note.author, "text": note.text}
        self._unit.insert(schema.case_note, values)
        return note

    def remove(self, case_id: CaseId, note: CaseNote) -> None:
        """Forgets one note equal to `note` (undo of writing it)."""
        table = schema.case_note
        newest = (
            sa.select(sa.func.max(table.c.id))
            .where(table.c.case_id == case_id, table.c.at == note.at, table.c.text == note.text)
            .scalar_subquery()
        )
        self._unit.connection.execute(table.delete().where(table.c.id == newest))

    def list(self, case_id: CaseId) -> tuple[CaseNote, ...]:
        """The case's notes, oldest first."""
        table = schema.case_note
        query = (
            sa.select(table.c.at, table.c.author, table.c.text)
            .where(table.c.case_id == case_id)
            .order_by(table.c.at, table.c.id)
        )
        return tuple(CaseNote(*row) for row in self._unit.connection.execute(query))


class _Sealed:
    """What filings and documents share: each row as it now is goes into the ledger's seal."""

    kind: str

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def _seal(self, number: int) -> None:
        columns = ", ".join(SEALED_COLUMNS[self.kind])
        raw = self._unit.connection.exec_driver_sql(
            f"SELECT {columns} FROM {self.kind} WHERE id = ?",  # noqa: S608 - our own names
            (number,),
        ).one()
        self._unit.seals.wrote(self.kind, raw)


class Filings(_Sealed):
    """What was sent for cases, and its answers."""

    kind = "filing"

    def add(self, filing: Filing) -> Filing:
        """The filing as kept, with its number."""
        number = self._unit.insert(schema.filing, _filing(filing))
        self._seal(number)
        return dataclasses.replace(filing, id=FilingId(number))

    def update(self, filing: Filing) -> Filing:
        """Keeps the filing's new values (its answer).

        Raises:
            NotFound: There is no such filing.
        """
        self.get(filing.id)
        table = schema.filing
        self._unit.connection.execute(
            table.update().where(table.c.id == filing.id).values(**_filing(filing))
        )
        self._seal(filing.id)
        return filing

    def remove(self, filing_id: FilingId) -> None:
        """Forgets a filing (undo of entering it); the ledger keeps that it was there.

        A reply, a refund or a posting that belonged to it stands without it.

        Raises:
            NotFound: There is no such filing.
        """
        self.get(filing_id)
        for other in (schema.merchant_reply, schema.credit, schema.posting):
            self._unit.let_go(other.c.filing_id, filing_id)
        table = schema.filing
        self._unit.connection.execute(table.delete().where(table.c.id == filing_id))
        self._unit.seals.removed(self.kind, filing_id)

    def get(self, filing_id: FilingId) -> Filing:
        """The filing with this number.

        Raises:
            NotFound: There is none.
        """
        found = self._where(schema.filing.c.id == filing_id)
        if not found:
            raise NotFound(tr("There is no filing {number}.", number=filing_id))
        return found[0]

    def list(self, case_id: CaseId) -> tuple[Filing, ...]:
        """The case's filings by day."""
        return self._where(schema.filing.c.case_id == case_id)

    def of_cases(self, case_ids: Iterable[CaseId]) -> tuple[Filing, ...]:
        """The filings of many cases by day."""
        return self._where(among(schema.filing.c.case_id, case_ids))

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Filing, ...]:
        table = schema.filing
        query = sa.select(table).where(condition).order_by(table.c.filed_on, table.c.id)
        return tuple(_filing_of(row) for row in self._unit.connection.execute(query).mappings())


class Documents(_Sealed):
    """The papers made for cases; their bytes are in the vault."""

    kind = "document"

    def add(self, document: Document) -> Document:
        """The document as kept, with its number."""
        number = self._unit.insert(schema.document, _document(document))
        self._seal(number)
        return dataclasses.replace(document, id=DocumentId(number))

    def update(self, document: Document) -> Document:
        """Keeps the document's new values (the day it went out).

        Raises:
            NotFound: There is no such document.
        """
        self.get(document.id)
        table = schema.document
        self._unit.connection.execute(
            table.update().where(table.c.id == document.id).values(**_document(document))
        )
        self._seal(document.id)
        return document

    def get(self, document_id: DocumentId) -> Document:
        """The document with this number.

        Raises:
            NotFound: There is none.
        """
        found = self._where(schema.document.c.id == document_id)
        if not found:
            raise NotFound(tr("There is no document {number}.", number=document_id))
        return found[0]

    def find_by_hash(self, sha256: str) -> Document | None:
        """The newest paper with these bytes."""
        return next(reversed(self._where(schema.document.c.sha256 == sha256)), None)

    def made_from(self, form: str) -> tuple[Document, ...]:
        """The documents of all cases that were made from a form, oldest first."""
        return self._where(schema.document.c.form == form)

    def list(self, case_id: CaseId) -> tuple[Document, ...]:
        """The case's documents, oldest first."""
        return self._where(schema.document.c.case_id == case_id)

    def _where(self, condition: sa.ColumnElement[bool]) -> tuple[Document, ...]:
        table = schema.document
        query = sa.select(table).where(condition).order_by(table.c.id)
        rows = self._unit.connection.execute(query).mappings()
        return tuple(_document_of(row) for row in rows)


def _columns(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "order_id": case.order,
        "client_id": case.client,
        "problem": case.problem,
        "opened_on": case.opened_on,
        "stage": case.stage,
        "narrative": case.narrative,
        **money_columns("claimed", case.claimed),
        "wish": case.wish,
        "outcome": case.outcome,
        **money_columns("won", case.won),
        "version": case.version,
    }


def _case_of(row: sa.RowMapping) -> Case:
    return Case(
        id=CaseId(row["id"]),
        number=row["number"],
        order=OrderId(row["order_id"]),
        client=ClientId(row["client_id"]),
        problem=row["problem"],
        opened_on=row["opened_on"],
        stage=row["stage"],
        narrative=row["narrative"],
        claimed=money_of(row, "claimed"),
        wish=row["wish"],
        outcome=row["outcome"],
        won=money_of(row, "won"),
        version=row["version"],
    )


_OTHER_NAMES: Final = {"case": "case_id", "rule": "rule_id", "document": "document_id"}


def _filing(filing: Filing) -> dict[str, Any]:
    return {
        _OTHER_NAMES.get(field.name, field.name): getattr(filing, field.name)
        for field in dataclasses.fields(filing)
        if field.name != "id"
    }


def _filing_of(row: sa.RowMapping) -> Filing:
    values = dict(row)
    return Filing(
        case=values.pop("case_id"),
        rule=values.pop("rule_id"),
        document=values.pop("document_id"),
        **values,
    )


def _document(document: Document) -> dict[str, Any]:
    return {
        _OTHER_NAMES.get(field.name, field.name): getattr(document, field.name)
        for field in dataclasses.fields(document)
        if field.name != "id"
    }


def _document_of(row: sa.RowMapping) -> Document:
    values = dict(row)
    return Document(case=values.pop("case_id"), **values)
