"""SQLite without a layer: how connections are set up, and what complaints mean for people."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from disputedesk.common.errors import Conflict, DamagedDesk, DeskError
from disputedesk.common.texts import tr

BUSY_MS: Final = 10_000
SAFE_PRAGMAS: Final = (
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


@contextlib.contextmanager
def told_by_driver(place: Path) -> Iterator[None]:
    """Turns the driver's complaints about the world into sentences; our own faults pass.

    Raises:
        DeskError: The file is busy, damaged, or cannot be opened.
    """
    try:
        yield
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
