"""Imports: what each read and brought, so that it is known again and can be taken back whole."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.model.ids import BatchId, OrderId
from disputedesk.store import schema
from disputedesk.store.unit import Unit, one_of
from disputedesk.store.values import ImportBatch, ImportedFile

_T = schema.import_batch
_FILE_COLUMNS = ("sha256", "size", "name", "kind", "what", "recognition", "why")


class Batches:
    """Imports, their files, and the keys of the lines they took."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def add(self, summary: str = "", at: dt.datetime | None = None) -> ImportBatch:
        """A new import, with its number."""
        when = at or self._unit.at
        number = self._unit.insert(_T, {"created_at": when, "summary": summary})
        return ImportBatch(BatchId(number), when, summary)

    def summarise(self, batch_id: BatchId, summary: str) -> None:
        """Keeps what the import did, in words.

        Raises:
            NotFound: There is no such import.
        """
        self.get(batch_id)
        self._unit.connection.execute(
            _T.update().where(_T.c.id == batch_id).values(summary=summary)
        )

    def add_files(self, batch_id: BatchId, files: Iterable[ImportedFile]) -> None:
        """Notes the files the import read."""
        rows = [
            {"batch_id": batch_id, **{name: getattr(file, name) for name in _FILE_COLUMNS}}
            for file in files
        ]
        self._unit.insert_many(schema.import_file, rows)

    def add_lines(self, batch_id: BatchId, lines: Mapping[str, OrderId | None]) -> None:
        """Notes the keys of the lines taken, each with the order it went to.

        A line that is known already keeps the import that brought it.
        """
        rows = [(key, batch_id, order_id) for key, order_id in lines.items()]
        if rows:
            self._unit.connection.exec_driver_sql(
                "INSERT INTO import_line (key, batch_id, order_id) VALUES (?, ?, ?) "
                "ON CONFLICT (key) DO NOTHING",
                rows,
            )

    def known_lines(self, keys: Iterable[str]) -> dict[str, OrderId | None]:
        """Those of the keys that an import took before, with their orders."""
        table = schema.import_line
        query = sa.select(table.c.key, table.c.order_id).where(one_of(table.c.key, keys))
        return {row.key: row.order_id for row in self._unit.connection.execute(query)}

    def known_file(self, sha256: str) -> ImportBatch | None:
        """The newest import, not taken back, that read a file with these bytes, or `None`."""
        table = schema.import_file
        query = (
            sa.select(_T)
            .join(table, table.c.batch_id == _T.c.id)
            .where(table.c.sha256 == sha256, _T.c.undone_at.is_(None))
            .order_by(_T.c.id.desc())
            .limit(1)
        )
        row = self._unit.connection.execute(query).mappings().first()
        return None if row is None else ImportBatch(**row)

    def files(self, batch_id: BatchId) -> tuple[ImportedFile, ...]:
        """The files an import read."""
        table = schema.import_file
        query = (
            sa.select(*(table.c[name] for name in _FILE_COLUMNS))
            .where(table.c.batch_id == batch_id)
            .order_by(table.c.id)
        )
        return tuple(ImportedFile(*row) for row in self._unit.connection.execute(query))

    def mark_undone(self, batch_id: BatchId, at: dt.datetime | None = None) -> ImportBatch:
        """Notes that the import was taken back; its lines count as new again.

        Raises:
            NotFound: There is no such import.
        """
        self.get(batch_id)
        connection = self._unit.connection
        connection.execute(
            _T.update().where(_T.c.id == batch_id).values(undone_at=at or self._unit.at)
        )
        line = schema.import_line
        connection.execute(line.delete().where(line.c.batch_id == batch_id))
        return self.get(batch_id)

    def get(self, batch_id: BatchId) -> ImportBatch:
        """The import with this number.

        Raises:
            NotFound: There is none.
        """
        query = sa.select(_T).where(_T.c.id == batch_id)
        row = self._unit.connection.execute(query).mappings().first()
        if row is None:
            raise NotFound(tr("There is no import {number}.", number=batch_id))
        return ImportBatch(**row)

    def list(self) -> tuple[ImportBatch, ...]:
        """All imports, newest first."""
        rows = self._unit.connection.execute(sa.select(_T).order_by(_T.c.id.desc())).mappings()
        return tuple(ImportBatch(**row) for row in rows)
