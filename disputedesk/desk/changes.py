"""What an operation changed, so that each view re-reads only what it shows."""

from __future__ import annotations

import dataclasses
from typing import Generic, TypeVar

from disputedesk.model.ids import BatchId, CaseId, ClientId, EvidenceId, LedgerId, OrderId

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True)
class Changes:
    """The things one transaction touched.

    Attributes:
        evidence: Kept bytes that came, or of which more is known.
        settings: Names of the settings that changed.
        everything: Whether nothing kept on a screen can be trusted any more (restore, import).
    """

    orders: frozenset[OrderId] = frozenset()
    cases: frozenset[CaseId] = frozenset()
    clients: frozenset[ClientId] = frozenset()
    batches: frozenset[BatchId] = frozenset()
    evidence: frozenset[EvidenceId] = frozenset()
    settings: frozenset[str] = frozenset()
    everything: bool = False

    def __bool__(self) -> bool:
        """Whether anything was changed at all."""
        return self.everything or any(
            (
                self.orders,
                self.cases,
                self.clients,
                self.batches,
                self.evidence,
                self.settings,
            )
        )

    def __or__(self, other: Changes) -> Changes:
        """Both changes as one."""
        return Changes(
            self.orders | other.orders,
            self.cases | other.cases,
            self.clients | other.clients,
            self.batches | other.batches,
            self.evidence | other.evidence,
            self.settings | other.settings,
            self.everything or other.everything,
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What an operation gives back.

    Attributes:
        value: The operation's own answer.
        changes: What it touched.
        undo: The ledger entry that `undo` takes back; `None` where it cannot be undone.
        said: The act in a few words for the Undo bar: "3 orders imported"; may be empty.
    """

    value: T
    changes: Changes
    undo: LedgerId | None = None
    said: str = ""
