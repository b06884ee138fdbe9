"""Comparing the rows that prove things with the hashes the ledger kept of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disputedesk.common.finding import Finding, Severity
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.store.sealing import SEALED_COLUMNS, digest_of, row_hash

_EVERY: Final = 1000


class SealedRows:
    """What the ledger says of facts, filings, evidence and documents.

    Args:
        texts: The ledger's entries about them, oldest first.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._hashes: dict[str, dict[int, str]] = {kind: {} for kind in SEALED_COLUMNS}
        self._runs: dict[int, tuple[int, str]] = {}
        self._withdrawn: set[int] = set()
        for text in texts:
            self._learn(json.loads(text))

    def check(
        self, connection: sqlite3.Connection, progress: Progress, cancel: CancelToken
    ) -> Iterator[Finding]:
        """What of these rows is altered, missing or foreign."""
        for kind in SEALED_COLUMNS:
            yield from self._check_kind(connection, kind, progress, cancel)
        yield from self._check_withdrawn(connection)
        yield from _check_succession(connection)

    def _learn(self, entry: dict[str, Any]) -> None:
        for run in entry.pop("facts", ()):
            self._runs[run["from"]] = (run["count"], run["digest"])
        self._withdrawn.update(entry.pop("withdrawn", ()))
        for kind, rows in entry.items():
            self._hashes.get(kind, {}).update(
                (int(number), value) for number, value in rows.items()
            )

    def _check_kind(
        self,
        connection: sqlite3.Connection,
        kind: str,
        progress: Progress,
        cancel: CancelToken,
    ) -> Iterator[Finding]:
        left = {number for number, value in self._hashes[kind].items() if value}
        runs = self._runs if kind == "fact" else {}
        seen: dict[int, list[str]] = {first: [] for first in runs}
        owner = _owners(runs)
        columns = ", ".join(SEALED_COLUMNS[kind])
        query = f"SELECT {columns} FROM {kind} ORDER BY id"  # noqa: S608 - our own names
        for done, raw in enumerate(connection.execute(query), 1):
            if done % _EVERY == 0:
                cancel.check()
                progress(tr("Checking sealed rows"), done, 0)
            first = owner(raw[0])
            if first is not None:
                seen[first].append(row_hash(kind, raw))
                continue
            left.discard(raw[0])
            expected = self._hashes[kind].get(raw[0], "")
            if not expected:
                yield _finding(kind, raw[0], tr("This row was not written by DisputeDesk."))
            elif expected != row_hash(kind, raw):
                yield _finding(kind, raw[0], tr("This row was changed after it was written."))
        for number in sorted(left):
            yield _finding(kind, number, tr("This row was taken away."))
        for first, (count, digest) in runs.items():
            if len(seen[first]) != count or digest_of(seen[first]) != digest:
                yield Finding(
                    Severity.DAMAGE,
                    tr("Facts of one import were changed, added or taken away afterwards."),
                    tr("facts {first} to {last}", first=first, last=first + count - 1),
                    tr("Restore the last good backup, or import the same files again."),
                )

    def _check_withdrawn(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        marked = {
            row[0]
            for row in connection.execute("SELECT id FROM fact WHERE withdrawn_at IS NOT NULL")
        }
        for number in sorted(marked ^ self._withdrawn):
            yield _finding("fact", number, tr("Whether this fact stands was changed by hand."))


def _owners(runs: dict[int, tuple[int, str]]) -> Any:
    """A function that gives the first number of the run a rising number belongs to, or `None`."""
    waiting = sorted((first, first + count) for first, (count, _) in runs.items())
    place = 0

    def owner(number: int) -> int | None:
        nonlocal place
        while place < len(waiting) and waiting[place][1] <= number:
            place += 1
        inside = place < len(waiting) and waiting[place][0] <= number
        return waiting[place][0] if inside else None

    return owner


def _check_succession(connection: sqlite3.Connection) -> Iterator[Finding]:
    """Each fact that stands is superseded by the next of its name, and the last by none."""
    wrong = connection.execute(
        "SELECT id FROM (SELECT id, superseded_by, lead(id) OVER "
        "(PARTITION BY order_id, case_id, name ORDER BY id) AS following "
        "FROM fact WHERE withdrawn_at IS NULL) WHERE superseded_by IS NOT following ORDER BY id"
    )
    for (number,) in wrong:
        yield _finding("fact", number, tr("Which fact took this one's place was changed by hand."))


def _finding(kind: str, number: int, what: str) -> Finding:
    return Finding(
        Severity.DAMAGE,
        what,
        f"{kind} {number}",
        tr("Restore the last good backup, or ask who changed the file."),
    )
