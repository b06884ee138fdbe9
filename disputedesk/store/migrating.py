"""Bringing an older desk up to date: a copy first, then all steps in one transaction."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from pathlib import Path
from typing import Final

import sqlalchemy as sa

from disputedesk.common.errors import DamagedDesk
from disputedesk.common.private_files import make_private_file, sync_folder, told_about_files
from disputedesk.common.texts import tr
from disputedesk.store.anchor import writer_lock
from disputedesk.store.folder import DeskFolder
from disputedesk.store.revision import FIND_REVISION, FIND_TABLE, REVISION
from disputedesk.store.sentences import SAFE_PRAGMAS

SCRIPTS: Final = "disputedesk.store:migrations"


def revision_of(connection: sa.Connection) -> str | None:
    """The revision of the database's schema, by one query; `None` where there is no desk."""
    there = connection.exec_driver_sql(FIND_TABLE).first()
    if there is None:
        return None
    found = connection.exec_driver_sql(FIND_REVISION).scalar()
    return None if found is None else str(found)


def migrate(
    engine: sa.Engine,
    place: DeskFolder,
    revision: str,
    now: dt.datetime,
    *,
    scripts: str = SCRIPTS,
    target: str = REVISION,
) -> Path:
    """Brings the desk to `target` and gives the copy made before; on an error nothing changed.

    Raises:
        DeskError: The copy could not be made, or the disk is full.
    """
    with writer_lock(place.lock):
        copy = _copy_before(place, revision, now)
        with engine.begin() as connection:
            run_scripts(connection, scripts, target)
            _refuse_broken_references(connection, place)
    return copy


def run_scripts(connection: sa.Connection, scripts: str = SCRIPTS, target: str = "head") -> None:
    """Runs the migrations up to `target` inside the transaction of `connection`."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", scripts)
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, target)


def _copy_before(place: DeskFolder, revision: str, now: dt.datetime) -> Path:
    stamp = now.strftime("%Y%m%d-%H%M%S")
    copy = place.backups / f"before-schema-after-{revision}-{stamp}.sqlite3"
    with told_about_files(copy):
        place.prepare()
        copy.unlink(missing_ok=True)
        make_private_file(copy)
    with contextlib.closing(sqlite3.connect(place.database, isolation_level=None)) as connection:
        for pragma in SAFE_PRAGMAS:
            connection.execute(pragma)
        connection.execute("VACUUM INTO ?", (str(copy),))
    with told_about_files(copy):
        sync_folder(place.backups)
    return copy


def _refuse_broken_references(connection: sa.Connection, place: DeskFolder) -> None:
    if connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise DamagedDesk(
            tr("The desk could not be brought up to date: rows refer to others that are missing."),
            str(place.root),
            tr("Restore the last good backup and try again. Nothing was changed."),
        )
