"""The one place that opens SQLite for writing: pragmas, real transactions, errors in sentences."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from disputedesk.store.folder import DeskFolder
from disputedesk.store.reading.connecting import open_to_read
from disputedesk.store.sentences import BUSY_MS, SAFE_PRAGMAS, sentence_for

_CACHE_KIB: Final = 65_536
"""Room for the pages an import changes: with less, SQLite writes them out again and again."""


def make_engine(database: Path, *, read_only: bool = False) -> sa.Engine:
    """An engine on `database`, which must exist.

    The driver's own transactions are off (`isolation_level=None`): they would commit before some
    statements, and a failed migration would leave half. `BEGIN` is said by our own hook instead,
    `IMMEDIATE` for writers, because a reader that turns writer fails at once when another writes.
    """

    def connect() -> sqlite3.Connection:
        if read_only:
            return open_to_read(DeskFolder(database.parent))
        return sqlite3.connect(
            f"{database.absolute().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
        )

    engine = sa.create_engine("sqlite+pysqlite://", creator=connect, poolclass=sa.pool.QueuePool)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in SAFE_PRAGMAS:
            connection.execute(pragma)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        reads = read_only or connection.get_execution_options().get("reads", False)
        connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")

    return engine


@contextlib.contextmanager
def told(place: Path) -> Iterator[None]:
    """Turns the database's complaints about the world into sentences; our own faults pass.

    Raises:
        DeskError: The disk is full, the file is read-only, busy or cannot be opened.
        DamagedDesk: The file is no sound database.
        Conflict: A rule of the database was broken by something written meanwhile.
    """
    try:
        yield
    except sa.exc.DBAPIError as error:
        cause = error.orig
        if isinstance(cause, sqlite3.Error):
            known = sentence_for(cause, place)
            if known is not None:
                raise known from error
        raise
    except sqlite3.Error as error:
        known = sentence_for(error, place)
        if known is None:
            raise
        raise known from error
