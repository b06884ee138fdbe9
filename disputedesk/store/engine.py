"""The one place that opens SQLite for writing: pragmas, real transactions, errors in sentences."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa

from disputedesk.common.errors import Conflict, DamagedDesk, DeskError
from disputedesk.common.texts import tr

BUSY_MS: Final = 10_000
_SAFE_PRAGMAS: Final = (
    f"PRAGMA busy_timeout = {BUSY_MS}",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA mmap_size = 0",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = FULL",
)
_DAMAGE: Final = ("malformed", "not a database", "disk image")
_FULL: Final = ("disk is full", "disk I/O error")


def make_engine(database: Path, *, read_only: bool = False) -> sa.Engine:
    """An engine on `database`, which must exist.

    The driver's own transactions are off (`isolation_level=None`): they would commit before some
    statements, and a failed migration would leave half. `BEGIN` is said by our own hook instead,
    `IMMEDIATE` for writers, because a reader that turns writer fails at once when another writes.
    """

    def connect() -> sqlite3.Connection:
        mode = "ro" if read_only else "rw"
        return sqlite3.connect(
            f"{database.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=BUSY_MS / 1000,
        )

    engine = sa.create_engine("sqlite+pysqlite://", creator=connect, poolclass=sa.pool.QueuePool)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        for pragma in _SAFE_PRAGMAS:
            connection.execute(pragma)
        if not read_only:
            connection.execute("PRAGMA journal_mode = WAL")

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


def sentence_for(error: sqlite3.Error, place: Path) -> DeskError | None:
    """What `error` means for people; `None` when it is a fault of the program."""
    text = str(error)
    where = str(place)
    if isinstance(error, sqlite3.IntegrityError):
        return _clash(text, where)
    if any(word in text for word in _DAMAGE):
        return DamagedDesk(
            tr("The desk's database is damaged."),
            where,
            tr("Keep the file as it is, and restore the last good backup."),
        )
    if any(word in text for word in _FULL):
        return DeskError(
            tr("The desk could not be written: the disk is full or refuses. Nothing was changed."),
            where,
            tr("Free some space on the disk, then try again."),
        )
    if "locked" in text or "busy" in text:
        return DeskError(
            tr("Another program is writing to the desk and did not finish. Nothing was changed."),
            where,
            tr("Close the other program or wait until it is done, then try again."),
        )
    if "readonly" in text or "unable to open" in text:
        return DeskError(
            tr("The desk cannot be opened for this here."),
            where,
            tr("Check that the folder is there and that you may write in it."),
        )
    return None


def _clash(text: str, where: str) -> DeskError | None:
    if not text.startswith("UNIQUE"):
        return None
    return Conflict(
        tr("The same thing is on the desk already. Nothing was changed."),
        where,
        tr("Look at what is there and change that instead."),
    )
