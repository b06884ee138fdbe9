"""The lines of payments in a review: known, of an order they name, or loose with suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from disputedesk.common.texts import tr
from disputedesk.intake.draft import OrderDraft, PaymentDraft
from disputedesk.intake.exports.paypal_words import is_settled
from disputedesk.intake.merging import Piece, in_time, order_key, sources_of
from disputedesk.intake.review import FactChange, KnownOrders, ReviewLine, Verdict
from disputedesk.intake.suggesting import PaidOrders, order_words
from disputedesk.model.fact import FactOrigin, FactValue
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.money import Money


class PaymentLines:
    """Holds payments against known payments, and against known and new orders."""

    def __init__(
        self,
        known: KnownOrders,
        new: Iterable[tuple[str, OrderDraft]],
        told: Mapping[str, Iterable[FactName]],
    ) -> None:
        """Takes what is known, and what the same review tells already.

        Args:
            known: Orders and payments of the desk.
            new: Orders that are new in the review, each with the key of its line.
            told: Names of the facts that the review tells of orders, by the keys of their lines.
        """
        fresh = tuple(new)
        self._told = {key: set(names) for key, names in told.items()}
        self._keys = {
            order.order: order_key(order.platform, order.number) for order in known.orders
        }
        for order in known.orders:
            names = self._told.setdefault(self._keys[order.order], set())
            names.update(fact.name for fact in order.facts)
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
        own_key = f"payment:{draft.wallet}:{draft.reference}"
        suggestions = () if former or order or key else self._paid.suggest(draft)
        alone = former is None and not order and not key and not suggestions
        stands = alone and bool(draft.wallet) and _was_paid(draft)
        if former is not None:
            verdict = Verdict.KNOWN
        else:
            verdict = Verdict.NEW if order or key or stands else Verdict.UNMATCHED
        loose = verdict is Verdict.UNMATCHED
        return ReviewLine(
            key=own_key,
            file=first.reading.path.name,
            place=draft.place,
            verdict=verdict,
            what=_what(draft),
            draft=draft,
            order=order,
            changes=self._changes(draft, order, key or own_key) if verdict is Verdict.NEW else (),
            why=_why(loose=loose, stands=stands),
            remedy=tr("Choose the order it paid for.") if loose else "",
            default_keep=verdict is Verdict.NEW,
            sources=sources_of(sorted(pieces, key=in_time)),
            suggestions=suggestions,
            belongs_to=key,
        )

    def _changes(
        self, draft: PaymentDraft, order: OrderId | None, key: str
    ) -> tuple[FactChange, ...]:
        """What a payment that was really made tells of its order, where nothing is known yet."""
        if not _was_paid(draft):
            return ()
        there = self._told.setdefault(key if order is None else self._keys.get(order, key), set())
        paid = Money(-draft.amount.minor, draft.amount.currency)
        told: tuple[tuple[str, FactValue], ...] = (
            ("transaction_date", draft.booked_on),
            ("method", "wallet"),
            ("wallet", draft.wallet),
            ("amount", paid),
            ("currency", paid.currency),
        )
        changes = tuple(
            FactChange(FactName(name), None, value, FactOrigin.EXPORT, draft.place)
            for name, value in (told if draft.wallet else ())
            if name not in there
        )
        there.update(change.name for change in changes)
        return changes

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


def _was_paid(draft: PaymentDraft) -> bool:
    """Whether money really went out with it."""
    return draft.amount.minor < 0 and is_settled(draft.status)


def _why(*, loose: bool, stands: bool) -> str:
    if loose:
        return tr("No known order has this payment.")
    return tr("No shop's mail tells of it: it becomes an order of its own.") if stands else ""


def _what(draft: PaymentDraft) -> str:
    money = Money(abs(draft.amount.minor), draft.amount.currency)
    if draft.amount.minor > 0:
        return tr("{sum} received from {name}", sum=money, name=draft.payee or "–")
    return tr("{sum} paid to {name}", sum=money, name=draft.payee or "–")
