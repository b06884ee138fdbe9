"""The lines of payments in a review: known, of an order they name, or loose with suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from disputedesk.common.texts import tr
from disputedesk.intake.draft import OrderDraft, PaymentDraft
from disputedesk.intake.merging import Piece, in_time, sources_of
from disputedesk.intake.review import KnownOrders, ReviewLine, Verdict
from disputedesk.intake.suggesting import PaidOrders, order_words
from disputedesk.model.ids import OrderId


class PaymentLines:
    """Holds payments against known payments, and against known and new orders."""

    def __init__(self, known: KnownOrders, new: Iterable[tuple[str, OrderDraft]]) -> None:
        fresh = tuple(new)
        self._known = {(p.wallet, p.reference): p for p in known.payments}
        self._orders = {order.number.casefold(): order.order for order in known.orders}
        self._new = {draft.number.casefold(): key for key, draft in fresh}
        self._paid = PaidOrders(known.orders, fresh)

    def line(self, pieces: Sequence[Piece]) -> ReviewLine:
        """The line of one payment, which `pieces` may tell of several times."""
        first = min(pieces, key=in_time)
        draft = first.draft
        assert isinstance(draft, PaymentDraft)
        former = self._known.get((draft.wallet, draft.reference))
        order, key = (former.order, "") if former else self._order_of(draft)
        if former is not None:
            verdict = Verdict.KNOWN
        else:
            verdict = Verdict.NEW if order or key else Verdict.UNMATCHED
        loose = verdict is Verdict.UNMATCHED
        return ReviewLine(
            key=f"payment:{draft.wallet}:{draft.reference}",
            file=first.reading.path.name,
            place=draft.place,
            verdict=verdict,
            what=_what(draft),
            draft=draft,
            order=order,
            why=tr("No known order has this payment.") if loose else "",
            remedy=tr("Choose the order it paid for.") if loose else "",
            default_keep=verdict is Verdict.NEW,
            sources=sources_of(sorted(pieces, key=in_time)),
            suggestions=self._paid.suggest(draft) if loose else (),
            belongs_to=key,
        )

    def _order_of(self, draft: PaymentDraft) -> tuple[OrderId | None, str]:
        """The order a payment names as its invoice, or that of the payment it refers to."""
        related = self._known.get((draft.wallet, draft.related)) if draft.related else None
        if related is not None and related.order is not None:
            return related.order, ""
        named = sorted(order_words(draft))
        known = next((self._orders[word] for word in named if word in self._orders), None)
        if known is not None:
            return known, ""
        return None, next((self._new[word] for word in named if word in self._new), "")


def _what(draft: PaymentDraft) -> str:
    values = {"sum": draft.amount, "name": draft.payee or "–"}
    if draft.amount.minor > 0:
        return tr("{sum} received from {name}", **values)
    return tr("{sum} paid to {name}", **values)
