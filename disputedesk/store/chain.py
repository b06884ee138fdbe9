"""Following the ledger from its first entry: numbers, hashes, and what it says of sealed rows."""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disputedesk.common.finding import Finding, Severity
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.store.sealing import LEDGER_COLUMNS, SEALED_ACT, entry_hash

_EVERY: Final = 1000


@dataclasses.dataclass(slots=True)
class Chain:
    """What was seen while following the ledger.

    Attributes:
        count: The last entry's number.
        step: The last entry's transaction.
        sealed: The texts of entries about sealed rows, oldest first.
    """

    count: int = 0
    step: int = 0
    hash: str = ""
    sealed: list[str] = dataclasses.field(default_factory=list)


def check_chain(
    connection: sqlite3.Connection, chain: Chain, progress: Progress, cancel: CancelToken
) -> Iterator[Finding]:
    """What is wrong in the ledger itself, while `chain` is filled."""
    total = connection.execute("SELECT count(*) FROM ledger").fetchone()[0]
    query = f"SELECT {', '.join(LEDGER_COLUMNS)} FROM ledger ORDER BY id"  # noqa: S608 - our own column names
    for done, raw in enumerate(connection.execute(query), 1):
        if done % _EVERY == 0:
            cancel.check()
            progress(tr("Checking the ledger"), done, total)
        what = _wrong(raw, chain)
        if what:
            yield Finding(
                Severity.DAMAGE,
                what,
                tr("ledger entry {number}", number=raw[0]),
                tr("Restore the last good backup, or ask who changed the file."),
            )
        chain.count, chain.step, chain.hash = raw[0], raw[1], raw[10]
        if raw[4] == SEALED_ACT and raw[8] is not None:
            chain.sealed.append(raw[8])


def _wrong(raw: Sequence[Any], chain: Chain) -> str:
    if raw[0] != chain.count + 1:
        return tr("Ledger entries before this one were taken away.")
    if raw[9] != chain.hash:
        return tr("This ledger entry does not follow the one before it.")
    if entry_hash(raw) != raw[10]:
        return tr("This ledger entry was changed after it was written.")
    if raw[1] < chain.step:
        return tr("This ledger entry stands in the wrong order.")
    return ""
