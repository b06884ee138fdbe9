"""One change of the desk: what it touches, what the ledger keeps, and the windows after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from disputedesk.desk.changes import Changes
from disputedesk.desk.recomputing import recompute_orders
from disputedesk.desk.rules_stamp import SETTING, stamp_text
from disputedesk.model.ids import BatchId, CaseId, ClientId, EvidenceId, LedgerId, OrderId
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction


class Transaction:
    """Given by `Desk.transaction`; lives on one thread, as long as its block.

    Attributes:
        rows: The repositories of the store.
        changes: What was touched so far.
    """

    def __init__(self, desk: Desk, rows: StoreTransaction, act: str) -> None:
        self.desk = desk
        self.rows = rows
        self.changes = Changes()
        self._act = act
        self._dirty: dict[OrderId, None] = {}

    def touch_order(self, order_id: OrderId) -> None:
        """Marks an order whose facts, payments or cases changed: its windows follow."""
        self._dirty[order_id] = None
        self.changes |= Changes(orders=frozenset({order_id}))

    def touch_orders(self, order_ids: frozenset[OrderId]) -> None:
        """Marks many orders at once."""
        self._dirty.update(dict.fromkeys(order_ids))
        self.changes |= Changes(orders=order_ids)

    def touch_case(self, case_id: CaseId, order_id: OrderId, *, windows: bool = True) -> None:
        """Marks a case; its order's windows follow unless nothing they rest on changed."""
        self.changes |= Changes(cases=frozenset({case_id}), orders=frozenset({order_id}))
        if windows:
            self._dirty[order_id] = None

    def touch_client(self, client_id: ClientId) -> None:
        """Marks a client; all its orders' windows follow, for the place counts."""
        self.changes |= Changes(clients=frozenset({client_id}))
        self.touch_orders(frozenset(order.id for order in self.rows.orders.of_client(client_id)))

    def touch_batch(self, batch_id: BatchId) -> None:
        """Marks an import."""
        self.changes |= Changes(batches=frozenset({batch_id}))

    def touch_evidence(self, evidence_ids: Iterable[EvidenceId]) -> None:
        """Marks evidence that came, or of which more is known."""
        self.changes |= Changes(evidence=frozenset(evidence_ids))

    def touch_setting(self, key: str) -> None:
        """Marks a setting."""
        self.changes |= Changes(settings=frozenset({key}))

    def note(
        self,
        subject: Subject,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
        *,
        act: str = "",
    ) -> LedgerId:
        """Writes what was done into the ledger and gives the entry that undo would take.

        Args:
            subject: What it was done to.
            before: The former values, enough to undo by.
            after: The new ones; its `said` is the act in words for the Undo bar.
            act: Another name for it than the transaction's.
        """
        return self.rows.ledger.append(act or self._act, subject, before, after)

    def recompute(self) -> None:
        """Computes the windows of everything marked; called once, before the commit."""
        if self._dirty:
            self._follow_rules()
            recompute_orders(self.desk.rulebook, self.rows, tuple(self._dirty), self.desk.today)
            self._dirty.clear()

    def _follow_rules(self) -> None:
        """Takes the rules that the desk's windows are computed with by now.

        Another program may have adopted an edition since this one read the rules; and the first
        orders of a desk decide what it begins with.
        """
        kept = self.rows.settings.find(SETTING)
        stamp = stamp_text(self.desk.rulebook.library)
        if kept is None:
            if not self.rows.bases.has_others(self._dirty):
                self.rows.settings.set(SETTING, stamp)
        elif kept != stamp:
            self.desk.read_rules()
