"""Whether the desk's database holds what its ledger says: structure, chain, head, sealed rows.

It reads with the driver alone, so it also works where nothing can be written, and repairs nothing.
"""

from __future__ import annotations

import dataclasses
import enum
import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from disputedesk.common.errors import DamagedDesk
from disputedesk.common.finding import Finding, Severity
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.store.anchor import Head, read_head
from disputedesk.store.chain import Chain, check_chain
from disputedesk.store.folder import DeskFolder
from disputedesk.store.owners import blobs_of
from disputedesk.store.reading.connecting import connect_to_read
from disputedesk.store.sealed_rows import SealedRows
from disputedesk.store.sentences import told_by_driver

_MOST_TOLD: Final = 100
_TRIES: Final = 20


class Depth(enum.Enum):
    """How deep a check goes."""

    QUICK = "quick"
    """The structure of the file without comparing indexes; the ledger and sealed rows whole."""
    FULL = "full"
    """Everything."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Reports:
    progress: Progress
    cancel: CancelToken


def verify(
    folder: Path,
    depth: Depth = Depth.FULL,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Finding, ...]:
    """What is wrong with the desk in `folder`, the vault apart; empty when all is well.

    Works while others use the desk, on one moment of it. The bytes in the vault are checked by
    `vault.checking.check_vault` with what `expected_blobs` gives.

    Raises:
        NotFound: There is no desk.
        DeskError: A newer program made it, or it cannot be opened.
        Cancelled: `cancel` was set.
    """
    token = cancel or CancelToken()
    place = DeskFolder(folder.absolute())
    try:
        connection = connect_to_read(place.root)
    except DamagedDesk as error:
        return (Finding(Severity.DAMAGE, error.what, error.where, error.remedy),)
    try:
        with told_by_driver(place.database):
            head = begin_with_head(connection, place)
            reports = _Reports(progress, token)
            return tuple(_findings(connection, place, depth, head, reports))
    except DamagedDesk as error:
        return (Finding(Severity.DAMAGE, error.what, error.where, error.remedy),)
    finally:
        connection.close()


def expected_blobs(folder: Path) -> dict[str, tuple[int, str]]:
    """The hashes of all bytes that must be in the vault, each with size and owner in words."""
    connection = connect_to_read(folder)
    try:
        with told_by_driver(folder):
            return blobs_of(connection)
    finally:
        connection.close()


def begin_with_head(connection: sqlite3.Connection, place: DeskFolder) -> Head | None:
    """Fixes the moment that is looked at, and gives what the head's file said at that moment."""
    head = read_head(place.head)
    for _ in range(_TRIES):
        connection.execute("BEGIN")
        connection.execute("SELECT 1 FROM ledger LIMIT 1").fetchone()
        again = read_head(place.head)
        if again == head:
            break
        connection.execute("ROLLBACK")
        head = again
    return head


def _findings(
    connection: sqlite3.Connection,
    place: DeskFolder,
    depth: Depth,
    head: Head | None,
    reports: _Reports,
) -> Iterator[Finding]:
    yield from _structure(connection, place, depth)
    reports.cancel.check()
    yield from _references(connection)
    chain = Chain()
    yield from check_chain(connection, chain, reports.progress, reports.cancel)
    yield from _head(connection, place, head, chain)
    rows = SealedRows(chain.sealed)
    yield from rows.check(connection, reports.progress, reports.cancel)
    yield from _search(connection)


def _structure(
    connection: sqlite3.Connection, place: DeskFolder, depth: Depth
) -> Iterator[Finding]:
    check = "integrity_check" if depth is Depth.FULL else "quick_check"
    for (text,) in connection.execute(f"PRAGMA {check}({_MOST_TOLD})"):
        if text != "ok":
            yield Finding(
                Severity.DAMAGE,
                tr("The database file is damaged: {text}.", text=text),
                str(place.database),
                tr("Keep the file as it is, and restore the last good backup."),
            )


def _references(connection: sqlite3.Connection) -> Iterator[Finding]:
    for table, number, target, _ in connection.execute("PRAGMA foreign_key_check"):
        yield Finding(
            Severity.DAMAGE,
            tr("A row refers to a {target} that is not there.", target=target),
            f"{table} {number}",
            tr("Restore the last good backup."),
        )


def _head(
    connection: sqlite3.Connection, place: DeskFolder, head: Head | None, chain: Chain
) -> Iterator[Finding]:
    where = str(place.head)
    if head is None:
        if chain.count:
            yield Finding(
                Severity.WARNING,
                tr("The file that knows the ledger's end is missing or cannot be read."),
                where,
                tr("Whether the ledger's end was cut off cannot be told; compare with a backup."),
            )
        return
    if head.count > chain.count:
        yield Finding(
            Severity.DAMAGE,
            tr(
                "The ledger's end was cut off: {known} entries were written, {count} are there.",
                known=head.count,
                count=chain.count,
            ),
            where,
            tr("Restore the last good backup."),
        )
    elif head.count and _hash_at(connection, head.count) != head.hash:
        yield Finding(
            Severity.DAMAGE,
            tr("The ledger was written anew: entry {number} was another one.", number=head.count),
            where,
            tr("Restore the last good backup."),
        )
    elif chain.step > head.step + 1:
        yield Finding(
            Severity.WARNING,
            tr(
                "The ledger has {count} entries that no DisputeDesk on this folder announced.",
                count=chain.count - head.count,
            ),
            where,
            tr("Look at the newest entries; another program may have written them."),
        )


def _hash_at(connection: sqlite3.Connection, count: int) -> str:
    found = connection.execute("SELECT hash FROM ledger WHERE id = ?", (count,)).fetchone()
    return "" if found is None else str(found[0])


def _search(connection: sqlite3.Connection) -> Iterator[Finding]:
    counts: Mapping[str, int] = {
        name: connection.execute(query).fetchone()[0]
        for name, query in (
            ("orders", "SELECT count(*) FROM orders WHERE removed_at IS NULL"),
            ("order_search", "SELECT count(*) FROM order_search"),
            ("evidence", "SELECT count(*) FROM evidence"),
            ("evidence_search", "SELECT count(*) FROM evidence_search"),
        )
    }
    if counts["orders"] != counts["order_search"]:
        yield Finding(
            Severity.WARNING,
            tr(
                "The search index knows {searched} of {orders} orders.",
                searched=counts["order_search"],
                orders=counts["orders"],
            ),
            "order_search",
            tr("Search may miss orders; lists show them all."),
        )
    if counts["evidence"] != counts["evidence_search"]:
        yield Finding(
            Severity.WARNING,
            tr(
                "The search index knows {searched} of {count} pieces of evidence.",
                searched=counts["evidence_search"],
                count=counts["evidence"],
            ),
            "evidence_search",
            tr("Search may miss evidence; the Evidence room shows it all."),
        )
