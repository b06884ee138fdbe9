"""One transaction: all repositories on one connection, committed whole or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
from types import TracebackType
from typing import Self

import sqlalchemy as sa

from disputedesk.store.anchor import Head, read_head, write_head, writer_lock
from disputedesk.store.engine import told
from disputedesk.store.folder import DeskFolder
from disputedesk.store.repositories.addressees import Addressees
from disputedesk.store.repositories.agency import BatchLines, LetterBatches, Letterheads, Mandates
from disputedesk.store.repositories.bank_forms import BankFields, BankForms
from disputedesk.store.repositories.bases import OrderBases
from disputedesk.store.repositories.batches import Batches
from disputedesk.store.repositories.bundles import Bundles
from disputedesk.store.repositories.cases import Cases, Documents, Filings, Notes
from disputedesk.store.repositories.credits import Credits
from disputedesk.store.repositories.evidence import EvidenceShelf, Exhibits
from disputedesk.store.repositories.facts import Facts
from disputedesk.store.repositories.ledger import Ledger, head_of
from disputedesk.store.repositories.orders import Orders
from disputedesk.store.repositories.parcels import Parcels
from disputedesk.store.repositories.payments import Items, Payments
from disputedesk.store.repositories.people import Clients, Instruments, Sellers
from disputedesk.store.repositories.postings import CopiedFields, PlatformWords, Postings
from disputedesk.store.repositories.provenance import Arrivals, Derivations
from disputedesk.store.repositories.readings import Readings, Suspicions
from disputedesk.store.repositories.replies import Counterclaims, MerchantReplies
from disputedesk.store.repositories.settings import Settings
from disputedesk.store.repositories.windows import Windows
from disputedesk.store.sealing import SEALED_ACT
from disputedesk.store.search import bring_search_up_to_date
from disputedesk.store.unit import Unit
from disputedesk.store.values import Subject


class StoreTransaction:
    """A block in which the desk changes; leaving it keeps everything, an error keeps nothing.

    It belongs to the thread that entered it. Repositories are its attributes. With `reads=True` it
    is a snapshot: it sees one moment of the desk, never waits for writers, and cannot write.
    """

    clients: Clients
    sellers: Sellers
    instruments: Instruments
    orders: Orders
    items: Items
    parcels: Parcels
    payments: Payments
    facts: Facts
    cases: Cases
    filings: Filings
    notes: Notes
    evidence: EvidenceShelf
    exhibits: Exhibits
    arrivals: Arrivals
    derivations: Derivations
    readings: Readings
    suspicions: Suspicions
    bundles: Bundles
    documents: Documents
    postings: Postings
    copied_fields: CopiedFields
    platform_words: PlatformWords
    merchant_replies: MerchantReplies
    counterclaims: Counterclaims
    credits: Credits
    addressees: Addressees
    mandates: Mandates
    letterheads: Letterheads
    letter_batches: LetterBatches
    batch_lines: BatchLines
    bank_forms: BankForms
    bank_fields: BankFields
    batches: Batches
    bases: OrderBases
    windows: Windows
    ledger: Ledger
    settings: Settings

    def __init__(
        self,
        engine: sa.Engine,
        folder: DeskFolder,
        *,
        at: dt.datetime,
        actor: str,
        reads: bool = False,
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._at = at
        self._actor = actor
        self._reads = reads
        self._held = contextlib.ExitStack()

    @property
    def at(self) -> dt.datetime:
        """The moment everything in it happens."""
        return self._at

    @property
    def actor(self) -> str:
        """Who does everything in it, as the ledger names people."""
        return self._actor

    def names_bytes(self, sha256: str) -> bool:
        """Whether evidence, a document, a bundle's letter or a bank's form has this hash."""
        found = self._unit.rows(
            "SELECT 1 FROM evidence WHERE sha256 = ?1 UNION ALL SELECT 1 FROM document "
            "WHERE sha256 = ?1 UNION ALL SELECT 1 FROM bundle WHERE letter_sha256 = ?1 "
            "UNION ALL SELECT 1 FROM bank_form WHERE sha256 = ?1 LIMIT 1",
            sha256,
        )
        return bool(found)

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as held:
            held.enter_context(told(self._folder.database))
            if not self._reads:
                held.enter_context(writer_lock(self._folder.lock))
            connection = held.enter_context(self._engine.connect())
            self._connection = connection
            if self._reads:
                connection.exec_driver_sql("PRAGMA query_only = ON")
                held.callback(_allow_writing, connection)
            self._begin(connection)
            self._held = held.pop_all()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._held:
            if error is not None:
                self._connection.rollback()
                raise error
            if self._reads:
                self._connection.rollback()
            else:
                self._commit()

    def _begin(self, connection: sa.Connection) -> None:
        if connection.in_transaction():
            connection.rollback()
        connection = connection.execution_options(reads=self._reads)
        connection.begin()
        head = head_of(connection)
        self._known = head
        unit = Unit(connection, self._at, self._actor, head.step + 1)
        self._unit = unit
        self.clients, self.sellers = Clients(unit), Sellers(unit)
        self.instruments, self.orders = Instruments(unit), Orders(unit)
        self.items, self.parcels, self.payments = Items(unit), Parcels(unit), Payments(unit)
        self.facts, self.cases, self.filings = Facts(unit), Cases(unit), Filings(unit)
        self.notes, self.evidence, self.exhibits = Notes(unit), EvidenceShelf(unit), Exhibits(unit)
        self.documents, self.batches, self.windows = Documents(unit), Batches(unit), Windows(unit)
        self.ledger, self.settings = Ledger(unit, head), Settings(unit)
        self.arrivals, self.derivations = Arrivals(unit), Derivations(unit)
        self.readings, self.suspicions = Readings(unit), Suspicions(unit)
        self.bases, self.bundles = OrderBases(unit), Bundles(unit)
        self.postings, self.copied_fields = Postings(unit), CopiedFields(unit)
        self.platform_words, self.credits = PlatformWords(unit), Credits(unit)
        self.merchant_replies, self.counterclaims = MerchantReplies(unit), Counterclaims(unit)
        self.addressees, self.mandates = Addressees(unit), Mandates(unit)
        self.letterheads, self.letter_batches = Letterheads(unit), LetterBatches(unit)
        self.batch_lines, self.bank_forms = BatchLines(unit), BankForms(unit)
        self.bank_fields = BankFields(unit)

    def _commit(self) -> None:
        bring_search_up_to_date(self._unit)
        sealed = self._unit.seals.entry()
        if sealed is not None:
            self.ledger.append_text(SEALED_ACT, Subject("rows"), None, sealed, actor="program")
        self._connection.commit()
        if self.ledger.head != self._known:
            advance_head(self._folder, self._connection, self._known, self.ledger.head)


def advance_head(folder: DeskFolder, connection: sa.Connection, before: Head, after: Head) -> None:
    """Writes the ledger's new head, if the file knows the one before it or is one step late.

    Called by the one writer, while it holds the lock. A file that knows anything else is left as it
    is: it is the proof that entries were taken away, or added by another hand.
    """
    known = read_head(folder.head)
    if known is not None and known != before and not is_one_step_late(connection, known, before):
        return
    if known is None and before.count:
        return
    write_head(folder.head, after)


def is_one_step_late(connection: sa.Connection, known: Head, now: Head) -> bool:
    """Whether the ledger `now` is what `known` was, and one more transaction."""
    if known.step + 1 != now.step or known.count >= now.count:
        return False
    if known.count == 0:
        return True
    at_known = connection.exec_driver_sql(
        "SELECT hash FROM ledger WHERE id = ?", (known.count,)
    ).scalar()
    connection.rollback()
    return bool(at_known == known.hash)


def _allow_writing(connection: sa.Connection) -> None:
    if connection.in_transaction():
        connection.rollback()
    connection.exec_driver_sql("PRAGMA query_only = OFF")
    connection.rollback()
