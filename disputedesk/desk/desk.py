"""The desk: one folder with database and vault, its rules and forms, and the way to change it."""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.clock import Clock, SystemClock
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.desk.settings import Settings
from disputedesk.store.reading import Reader
from disputedesk.store.revision import OldDeskError
from disputedesk.vault import Vault

if TYPE_CHECKING:
    from disputedesk.desk.own_forms import OwnForms
    from disputedesk.desk.rulebook import Rulebook
    from disputedesk.desk.transaction import Transaction
    from disputedesk.papers.form import FormSet
    from disputedesk.store.opening import Store

DATABASE = "desk.sqlite3"
_EMPTY_BYTES: Final = 4096
"""An SQLite file without any table is one page at most."""

OWN_DESTINATIONS: Final = "packets"
"""The folder of a desk in which its own destinations of packets lie."""


class Desk:
    """An open desk; safe to be used from several threads, one of which may write at a time.

    Reads that open a screen go through `reader()`, which needs no SQLAlchemy; the store itself is
    opened with the first write or the first detail that is looked at.
    """

    def __init__(self, folder: Path, *, clock: Clock, read_only: bool) -> None:
        self.folder = folder
        self.clock = clock
        self.read_only = read_only
        self._lock = threading.RLock()
        self._store: Store | None = None
        self._rulebook: Rulebook | None = None
        self._readers = threading.local()
        self._all_readers: list[Reader] = []

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock | None = None,
        create: bool = True,
        read_only: bool = False,
    ) -> Desk:
        """The desk in `folder`.

        Args:
            folder: Where it is, or will be.
            clock: Tells the time; `None` is the machine's.
            create: Whether a new one is made where there is none.
            read_only: Whether nothing may be written.

        Raises:
            NotFound: There is no desk, and none was to be made.
            DeskError: The folder cannot be used, or a newer program made the desk.
        """
        desk = cls(folder, clock=clock or SystemClock(), read_only=read_only)
        if not _is_begun(folder / DATABASE):
            if not create or read_only:
                raise NotFound(
                    tr("There is no desk in this folder."),
                    str(folder),
                    tr("Import something to begin one, or name another folder with --desk."),
                )
            desk._create_unless_made(folder / DATABASE)
        return desk

    def _create_unless_made(self, database: Path) -> None:
        """Makes the desk; one that another process has made meanwhile is opened instead."""
        try:
            self._create()
        except Refused:
            if not _is_begun(database):
                raise

    def _create(self) -> None:
        from disputedesk.store.opening import Store

        self._store = Store.create(self.folder, clock=self.clock)

    def close(self) -> None:
        """Closes everything the desk holds open."""
        with self._lock:
            for reader in self._all_readers:
                reader.close()
            self._all_readers.clear()
            self._readers = threading.local()
            if self._store is not None:
                self._store.close()
                self._store = None

    @property
    def today(self) -> dt.date:
        """The desk's day."""
        return self.clock.today()

    @property
    def store(self) -> Store:
        """The database behind operations and details."""
        from disputedesk.store.opening import Store

        with self._lock:
            if self._store is None:
                self._store = Store.open(self.folder, read_only=self.read_only, clock=self.clock)
                if not self.read_only:
                    self.vault.sweep()
            return self._store

    def reader(self) -> Reader:
        """This thread's fast reader; a desk of an older program is brought up to date first."""
        reader: Reader | None = getattr(self._readers, "reader", None)
        if reader is None:
            reader = self._new_reader()
            self._readers.reader = reader
            with self._lock:
                self._all_readers.append(reader)
        return reader

    def _new_reader(self) -> Reader:
        try:
            return Reader(self.folder)
        except OldDeskError:
            if self.read_only:
                raise
        _ = self.store
        return Reader(self.folder)

    @functools.cached_property
    def vault(self) -> Vault:
        """The sealed bytes."""
        return Vault(self.folder)

    @property
    def packs_folder(self) -> Path:
        """Where the desk's own rule packs lie."""
        return self.folder / "packs"

    @property
    def packets_folder(self) -> Path:
        """Where the desk's own destinations of packets lie."""
        return self.folder / OWN_DESTINATIONS

    @property
    def rulebook(self) -> Rulebook:
        """The rules in force, read once until they change."""
        known = self._rulebook
        if known is None:
            with self._lock:
                known = self._rulebook
                if known is None:
                    known = self.read_rules()
        return known

    def read_rules(self) -> Rulebook:
        """The rules in force, read from the disk; from now on they are the desk's."""
        from disputedesk.desk.rulebook import Rulebook

        self._rulebook = book = Rulebook.read(self.packs_folder)
        return book

    def rules_have_changed(self) -> bool:
        """Whether the windows were computed with other rules than those on the disk now."""
        from disputedesk.desk.rules_stamp import ENGINE, SETTING, RulesStamp
        from disputedesk.packs.files import library_digest, pack_folders

        reader = self.reader()
        stamp = RulesStamp.read(reader.settings().get(SETTING))
        if stamp is None:
            return reader.count_orders(cap=1) > 0
        now = library_digest(pack_folders(self.packs_folder))
        return (stamp.digest, stamp.engine) != (now, ENGINE)

    @functools.cached_property
    def forms(self) -> FormSet:
        """The shipped forms and the desk's own."""
        from disputedesk.papers.form_files import load_forms

        own = self.own_forms.folder
        with self._lock:
            return load_forms(own if own.is_dir() else None)

    @functools.cached_property
    def own_forms(self) -> OwnForms:
        """The folder with the desk's own forms."""
        from disputedesk.desk.own_forms import OWN_FORMS, OwnForms

        return OwnForms(self.folder / OWN_FORMS)

    def forget_forms(self) -> None:
        """Lets the forms be read anew: one of the desk's own has changed."""
        with self._lock:
            self.__dict__.pop("forms", None)

    @property
    def settings(self) -> Settings:
        """The settings as chosen."""
        return Settings(self.reader().settings())

    @property
    def is_sample(self) -> bool:
        """Whether this desk was made to look at."""
        return self.reader().settings().get("sample") == "yes"

    @contextlib.contextmanager
    def transaction(self, act: str) -> Iterator[Transaction]:
        """One change: everything in the block is kept together, windows included, or nothing is.

        Args:
            act: What is done, as the ledger names it: `order.set_facts`.
        """
        from disputedesk.desk.transaction import Transaction

        with self._lock, self.store.transaction(actor="user", at=self.clock.now()) as unit:
            transaction = Transaction(self, unit, act)
            yield transaction
            transaction.recompute()


def _is_begun(database: Path) -> bool:
    """Whether there is a desk, or anything else that must not be written over.

    A program that was killed while it made a desk leaves a file without tables: no desk yet.
    """
    if not database.is_file():
        return False
    if database.stat().st_size > _EMPTY_BYTES:
        return True
    try:
        with contextlib.closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as base:
            return base.execute("SELECT 1 FROM sqlite_master").fetchone() is not None
    except sqlite3.Error:
        return True
