"""A connection that can only read, wherever the desk lies."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from disputedesk.common.errors import DeskError, NotFound
from disputedesk.common.texts import tr
from disputedesk.store.folder import DeskFolder
from disputedesk.store.revision import (
    FIND_REVISION,
    FIND_TABLE,
    REVISION,
    OldDeskError,
    refuse_newer,
)
from disputedesk.store.sentences import BUSY_MS, SAFE_PRAGMAS, told_by_driver


def connect_to_read(folder: Path) -> sqlite3.Connection:
    """A reading connection to the desk in `folder`, usable from one thread at a time.

    Raises:
        NotFound: There is no desk.
        OldDeskError: The desk must be brought up to date first.
        DeskError: A newer program made the desk, or its files cannot be read.
    """
    place = DeskFolder(folder.absolute())
    if not place.holds_a_desk:
        raise NotFound(
            tr("There is no desk in this folder."),
            str(place.root),
            tr("Choose the folder that holds desk.sqlite3, or make a new desk."),
        )
    with told_by_driver(place.database):
        connection = open_to_read(place)
        try:
            _check_revision(connection, place)
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_read(place: DeskFolder) -> sqlite3.Connection:
    """A connection that reads along with writers, whatever is in the file.

    On a medium that nobody can write it takes the file as one that stands still.

    Raises:
        DeskError: The last changes lie beside the file and cannot be read from there.
    """
    try:
        connection = _probed(_open(place, "mode=ro"))
    except sqlite3.OperationalError as error:
        if "unable to open" not in str(error) and "readonly" not in str(error):
            raise
        _refuse_unread_changes(place, error)
        connection = _open(place, "mode=ro&immutable=1")
    for pragma in SAFE_PRAGMAS:
        connection.execute(pragma)
    return connection


def _probed(connection: sqlite3.Connection) -> sqlite3.Connection:
    """The connection, after a first read showed that it can."""
    try:
        connection.execute(FIND_TABLE).fetchone()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _open(place: DeskFolder, how: str) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{place.database.as_uri()}?{how}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
    )


def _refuse_unread_changes(place: DeskFolder, error: Exception) -> None:
    beside = place.database.with_name(place.database.name + "-wal")
    if beside.exists() and beside.stat().st_size:
        raise DeskError(
            tr("The desk's last changes cannot be read from a place that cannot be written."),
            str(place.root),
            tr("Copy the whole folder to a disk where you may write, and open it there."),
        ) from error


def _check_revision(connection: sqlite3.Connection, place: DeskFolder) -> None:
    if connection.execute(FIND_TABLE).fetchone() is None:
        raise NotFound(
            tr("The file desk.sqlite3 in this folder holds no desk."),
            str(place.root),
            tr("Choose another folder, or restore a backup here."),
        )
    found = connection.execute(FIND_REVISION).fetchone()
    revision = "" if found is None else str(found[0])
    refuse_newer(revision, place.root)
    if revision != REVISION:
        raise OldDeskError(
            tr("This desk was made by an older DisputeDesk and must be brought up to date."),
            str(place.root),
            tr("Open it once from a place where you may write."),
        )
