"""Making and opening desks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from disputedesk.common.clock import Clock, SystemClock
from disputedesk.common.errors import DeskError, NotFound, Refused
from disputedesk.common.private_files import make_private_file, sync_folder, told_about_files
from disputedesk.common.texts import tr
from disputedesk.store import migrating, schema
from disputedesk.store.anchor import Head, read_head, write_head, writer_lock
from disputedesk.store.engine import make_engine, told
from disputedesk.store.folder import DeskFolder
from disputedesk.store.repositories.ledger import head_of
from disputedesk.store.revision import REVISION, OldDeskError, refuse_newer
from disputedesk.store.transaction import StoreTransaction, is_one_step_late


class Store:
    """An open desk. Any thread may ask it for a transaction; close it when done.

    Args:
        clock: Tells the moment of a transaction that is not given one.
    """

    def __init__(
        self, folder: DeskFolder, engine: sa.Engine, *, read_only: bool, clock: Clock
    ) -> None:
        self.folder = folder
        self.is_read_only = read_only
        self._engine = engine
        self._clock = clock

    @classmethod
    def create(cls, folder: Path, *, clock: Clock | None = None) -> Self:
        """A new desk in `folder`, which is made if need be; the schema comes in one transaction.

        Raises:
            Refused: There is a desk in the folder already.
            DeskError: The folder cannot be written.
        """
        place = DeskFolder(folder.absolute())
        place.prepare()
        with told_about_files(place.root):
            make_private_file(place.database)
        engine = make_engine(place.database)
        try:
            with told(place.database), writer_lock(place.lock), engine.begin() as connection:
                _refuse_a_second(connection, place)
                schema.create_all(connection)
            with told_about_files(place.root):
                write_head(place.head, Head(0, 0, ""))
                sync_folder(place.root)
        except BaseException:
            engine.dispose()
            raise
        return cls(place, engine, read_only=False, clock=clock or SystemClock())

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False, clock: Clock | None = None) -> Self:
        """The desk in `folder`; an older one is brought up to date first, after a copy was made.

        Raises:
            NotFound: There is no desk in the folder.
            DeskError: The desk is newer than the program, or cannot be read.
            DamagedDesk: The database is damaged.
        """
        place = DeskFolder(folder.absolute())
        if not place.holds_a_desk:
            raise NotFound(
                tr("There is no desk in this folder."),
                str(place.root),
                tr("Choose the folder that holds desk.sqlite3, or make a new desk."),
            )
        told_clock = clock or SystemClock()
        engine = make_engine(place.database, read_only=read_only)
        try:
            with told(place.database):
                _bring_up_to_date(engine, place, told_clock.now(), read_only=read_only)
                if not read_only:
                    _repair_head(engine, place)
        except BaseException:
            engine.dispose()
            raise
        return cls(place, engine, read_only=read_only, clock=told_clock)

    def transaction(
        self, *, at: dt.datetime | None = None, actor: str = "user"
    ) -> StoreTransaction:
        """A block that may write, one at a time over all threads and programs.

        Args:
            at: The moment everything in it happens; `None` is now.
            actor: Who does it.

        Raises:
            DeskError: The desk was opened for reading only.
        """
        if self.is_read_only:
            raise DeskError(
                tr("This desk was opened for reading only."),
                str(self.folder.root),
                tr("Open it from a place where you may write, to change something."),
            )
        return StoreTransaction(self._engine, self.folder, at=at or self._clock.now(), actor=actor)

    def snapshot(self) -> StoreTransaction:
        """A block that only reads, all of it as of one moment."""
        return StoreTransaction(
            self._engine, self.folder, at=self._clock.now(), actor="", reads=True
        )

    def close(self) -> None:
        """Lets go of the files; twice is once."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _refuse_a_second(connection: sa.Connection, place: DeskFolder) -> None:
    if migrating.revision_of(connection) is not None:
        raise Refused(
            tr("There is a desk in this folder already."),
            str(place.root),
            tr("Open it, or choose another folder for the new one."),
        )


def _bring_up_to_date(
    engine: sa.Engine, place: DeskFolder, now: dt.datetime, *, read_only: bool
) -> None:
    with engine.connect().execution_options(reads=True) as connection:
        revision = migrating.revision_of(connection)
    if revision is None:
        raise NotFound(
            tr("The file desk.sqlite3 in this folder holds no desk."),
            str(place.root),
            tr("Choose another folder, or restore a backup here."),
        )
    refuse_newer(revision, place.root)
    if revision != REVISION:
        if read_only:
            raise OldDeskError(
                tr("This desk was made by an older DisputeDesk and must be brought up to date."),
                str(place.root),
                tr("Open it once from a place where you may write."),
            )
        migrating.migrate(engine, place, revision, now)


def _repair_head(engine: sa.Engine, place: DeskFolder) -> None:
    """Moves the head's file forward by one step where a crash kept it from being written."""
    known = read_head(place.head)
    with engine.connect().execution_options(reads=True) as connection:
        if known is None or known == head_of(connection):
            return
    with writer_lock(place.lock), engine.connect().execution_options(reads=True) as connection:
        known, now = read_head(place.head), head_of(connection)
        if known is not None and is_one_step_late(connection, known, now):
            write_head(place.head, now)
