"""Hashes of the rows that prove things, which each transaction writes into the ledger.

Facts, filings, evidence (with how it came and what was made of it) and documents are what letters
rest on. The ledger holds the hash of each
as it was written, so a row changed by hand – or put back, added, or taken away – no longer agrees.
An import of many facts is held as one hash over all of theirs, in order of their numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from disputedesk.common.hashing import sha256_of_record
from disputedesk.store.encoding import json_text

SEALED_ACT: Final = "rows.sealed"
SEALED_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "fact": (
        "id", "order_id", "case_id", "name", "value", "origin", "note", "evidence_id",
        "recorded_at", "batch_id",
    ),
    "filing": (
        "id", "case_id", "rule_id", "avenue", "stage", "filed_on", "reference", "document_id",
        "answer_due_on", "answered_on", "answer", "granted",
    ),
    "evidence": (
        "id", "sha256", "size", "name", "media_type", "added_at", "captured_at", "captured_from",
        "origin",
    ),
    "document": (
        "id", "case_id", "kind", "form", "language", "title", "name", "sha256", "size", "pages",
        "made_at", "sent_on",
    ),
    "arrival": (
        "id", "evidence_id", "at", "by", "way", "true_name", "captured_at", "captured_from",
        "offset_minutes",
    ),
    "derivation": ("id", "evidence_id", "origin_id", "how", "detail", "at", "by"),
}  # fmt: skip
"""What of a row is hashed, as SQLite keeps it: released columns stay, in this order, for ever."""

LEDGER_COLUMNS: Final = (
    "id", "step", "at", "actor", "act", "subject_kind", "subject_id", "before", "after",
    "previous_hash", "hash",
)  # fmt: skip

_MANY: Final = 32


def entry_hash(raw: Sequence[Any]) -> str:
    """The hash of a ledger entry, given its raw columns up to and with the hash before it."""
    return sha256_of_record(_field(value) for value in raw[:10])


def row_hash(kind: str, raw: Sequence[Any]) -> str:
    """The hash of a row, given the raw values of `SEALED_COLUMNS[kind]`."""
    return sha256_of_record([kind, *(_field(value) for value in raw)])


def _field(value: object) -> str:
    return "-" if value is None else f"={value}"


def digest_of(hashes: Iterable[str]) -> str:
    """One hash over many rows' hashes, in their order."""
    return sha256_of_record(hashes)


@dataclasses.dataclass(slots=True)
class Seals:
    """What one transaction wrote of the rows that prove things."""

    rows: dict[tuple[str, int], str] = dataclasses.field(default_factory=dict)
    fact_runs: list[tuple[int, list[str]]] = dataclasses.field(default_factory=list)
    withdrawn: list[int] = dataclasses.field(default_factory=list)

    def wrote(self, kind: str, raw: Sequence[Any]) -> None:
        """Notes a row as it now is; the first of `raw` is its number."""
        self.rows[kind, raw[0]] = row_hash(kind, raw)

    def wrote_facts(self, raws: Sequence[Sequence[Any]]) -> None:
        """Notes new facts whose numbers follow each other."""
        if len(raws) < _MANY:
            for raw in raws:
                self.wrote("fact", raw)
        else:
            self.fact_runs.append((raws[0][0], [row_hash("fact", raw) for raw in raws]))

    def removed(self, kind: str, number: int) -> None:
        """Notes that a row is gone."""
        self.rows[kind, number] = ""

    def entry(self) -> str | None:
        """What the ledger keeps of it; `None` when nothing was written."""
        if not (self.rows or self.fact_runs or self.withdrawn):
            return None
        kept: dict[str, object] = {}
        for (kind, number), value in self.rows.items():
            group = kept.setdefault(kind, {})
            if isinstance(group, dict):
                group[str(number)] = value
        if self.fact_runs:
            kept["facts"] = [
                {"from": first, "count": len(hashes), "digest": digest_of(hashes)}
                for first, hashes in self.fact_runs
            ]
        if self.withdrawn:
            kept["withdrawn"] = sorted(self.withdrawn)
        return json_text(kept)
