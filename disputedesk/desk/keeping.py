"""Keeping the lines of an import: orders added and brought up to date, payments and parcels."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.desk.facts import plain_fact
from disputedesk.desk.operations.people import NewInstrument, find_or_add, link_payment
from disputedesk.intake.draft import ItemDraft, OrderDraft, ParcelDraft, PaymentDraft
from disputedesk.intake.review import (
    FactChange,
    ReviewLine,
)
from disputedesk.model.fact import Fact, FactSource
from disputedesk.model.ids import (
    BatchId,
    ItemId,
    OrderId,
    PaymentId,
    SellerId,
)
from disputedesk.model.money import Money
from disputedesk.model.order import (
    Client,
    InstrumentKind,
    Item,
    Order,
    OrderState,
    Payment,
    Seller,
)
from disputedesk.store.values import FactEntry, Parcel

if TYPE_CHECKING:
    from disputedesk.desk.transaction import Transaction

_FINISHED: Final = ("completed", "finished", "abgeschlossen", "завершён", "завершен")
_CANCELLED: Final = ("cancelled", "canceled", "closed", "storniert", "отменён", "отменен")
_BLOCK: Final = 500
"""So many new orders are written by one round of statements."""
_ORDER_COLUMNS: Final = frozenset({"ordered_on"})
"""Facts that the order itself holds."""


class Keeper:
    """Keeps the lines of one import; knows which line became which order."""

    def __init__(self, change: Transaction, batch: BatchId, client: Client) -> None:
        self._change = change
        self._rows = change.rows
        self._batch = batch
        self._client = client
        self.kept: dict[str, OrderId | None] = {}
        self.orders: set[OrderId] = set()
        self.new = 0
        self.updated = 0
        self._waiting: list[tuple[ReviewLine, OrderDraft]] = []
        self._sellers: dict[tuple[str, str], Seller] = {}

    def keep(self, line: ReviewLine) -> None:
        """Takes one line; new orders wait for `finish`, or for a line that may build on them."""
        if isinstance(line.draft, OrderDraft) and line.order is None:
            self._waiting.append((line, line.draft))
            if len(self._waiting) >= _BLOCK:
                self.finish()
            return
        self.finish()
        self._keep_one(line)

    def finish(self) -> None:
        """Writes the new orders that wait, with their things and facts."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        kept = self._rows.orders.add_many(
            [self._order_of(draft) for _, draft in waiting], batch_id=self._batch
        )
        self._rows.items.add_many(
            [
                (order.id, item)
                for order, (_, draft) in zip(kept, waiting, strict=True)
                for item in _items(draft.items)
            ]
        )
        entries: list[FactEntry] = []
        for order, (line, draft) in zip(kept, waiting, strict=True):
            self._name_carrier(order.id, draft)
            self._instrument(order.id, draft.payment_mask, draft.payment_network, draft.total)
            entries += _entries(order.id, line.changes)
            self.kept[line.key] = order.id
            self.orders.add(order.id)
        self._rows.facts.record_many(entries, batch_id=self._batch)
        self.new += len(kept)

    def _keep_one(self, line: ReviewLine) -> None:
        """Keeps news of a known order, a payment or a parcel."""
        match line.draft:
            case OrderDraft() as draft if line.order is not None:
                order_id = line.order
                self._extend(order_id, draft, line)
                self.updated += 1
            case PaymentDraft() as draft:
                paid_for = self._pay(draft, line)
                if paid_for is None:
                    return
                order_id = paid_for
            case ParcelDraft() as draft:
                found = line.order or self.kept.get(line.belongs_to)
                if found is None:
                    return
                order_id = found
                self._move(order_id, draft)
                self.updated += 1
            case _:
                return
        self._rows.facts.record_many(_entries(order_id, line.changes), batch_id=self._batch)
        self.kept[line.key] = order_id
        self.orders.add(order_id)

    def _order_of(self, draft: OrderDraft) -> Order:
        """The new order that a draft tells of."""
        title = draft.items[0].title if draft.items else ""
        return Order(
            OrderId(0),
            self._client.id,
            draft.platform,
            draft.number,
            mask(title) or tr("Order {number}", number=draft.number),
            seller=self._seller(draft.platform, draft.shop),
            ordered_on=draft.ordered_on,
            total=draft.total,
            state=_state(draft.status),
            tracking=draft.tracking,
            sample=self._client.sample,
        )

    def _extend(self, order_id: OrderId, draft: OrderDraft, line: ReviewLine) -> None:
        order = self._rows.orders.get(order_id)
        more = line.additions
        seller = order.seller
        if more.shop and seller is None:
            seller = self._seller(order.platform, more.shop)
        state = _state(draft.status)
        title = order.title
        if more.items:
            self._rows.items.replace(order_id, _items(more.items))
            title = mask(more.items[0].title)
        self._rows.orders.update(
            dataclasses.replace(
                order,
                seller=seller,
                title=title,
                total=order.total or more.total,
                ordered_on=_ordered_on(line) or order.ordered_on or draft.ordered_on,
                state=state if state is not OrderState.ORDERED else order.state,
                tracking=(*order.tracking, *more.tracking),
            )
        )
        self._name_carrier(order_id, draft)
        total = order.total or more.total
        self._instrument(order_id, more.payment_mask, more.payment_network, total)

    def _pay(self, draft: PaymentDraft, line: ReviewLine) -> OrderId | None:
        """The order that was paid or paid back; a refund of no known order is left aside."""
        order_id = line.order or self.kept.get(line.belongs_to)
        paid = Money(-draft.amount.minor, draft.amount.currency)
        if order_id is None and paid.minor <= 0:
            return None
        if order_id is None:
            order_id = self._order_of_payment(draft, paid)
            self.new += 1
        else:
            self.updated += 1
        kind = InstrumentKind.WALLET if draft.wallet else InstrumentKind.CARD
        instrument = find_or_add(
            self._change, self._client.id, NewInstrument(kind, label=draft.wallet)
        )
        self._rows.payments.add(
            Payment(
                PaymentId(0), order_id, instrument.id, paid, draft.booked_on,
                reference=draft.reference, descriptor=mask(draft.payee),
            ),
            batch_id=self._batch,
        )  # fmt: skip
        return order_id

    def _order_of_payment(self, draft: PaymentDraft, paid: Money) -> OrderId:
        """A wallet's payment that no shop told of: an order on the wallet's own platform."""
        order = self._rows.orders.add(
            Order(
                OrderId(0),
                self._client.id,
                draft.wallet or "bank",
                draft.reference,
                _payment_title(draft),
                seller=self._seller(draft.wallet or "bank", draft.payee),
                ordered_on=draft.booked_on,
                total=paid,
                sample=self._client.sample,
            ),
            batch_id=self._batch,
        )
        return order.id

    def _move(self, order_id: OrderId, draft: ParcelDraft) -> None:
        if draft.number:
            self._rows.parcels.record(Parcel(order_id, draft.number, draft.carrier))

    def _seller(self, platform: str, shop: str) -> Seller | None:
        name = shop.strip()
        if not name:
            return None
        known = self._sellers.get((platform, name))
        if known is None:
            known = self._rows.sellers.add(Seller(SellerId(0), platform, mask(name)))
            self._sellers[platform, name] = known
        return known

    def _name_carrier(self, order_id: OrderId, draft: OrderDraft) -> None:
        if draft.carrier:
            for number in draft.tracking:
                self._rows.parcels.record(Parcel(order_id, number, draft.carrier))

    def _instrument(self, order_id: OrderId, shown: str, network: str, total: Money | None) -> None:
        if shown or network:
            kind = InstrumentKind.WALLET if network == "paypal" else InstrumentKind.CARD
            new = NewInstrument(kind, mask=shown, network="" if network == "paypal" else network)
            instrument = find_or_add(self._change, self._client.id, new)
            link_payment(self._change, order_id, instrument.id, total)


def _entries(order_id: OrderId, changes: Sequence[FactChange]) -> list[FactEntry]:
    """What the lines of an import say of an order, apart from what the order itself holds."""
    return [
        FactEntry(
            order_id,
            Fact(
                each.name, plain_fact(each.new),
                FactSource(each.origin, str(each.place) if each.place else ""),
            ),
        )
        for each in changes
        if each.name not in _ORDER_COLUMNS
    ]  # fmt: skip


def _ordered_on(line: ReviewLine) -> dt.date | None:
    """The order day as a stronger source corrects it; `None` where it is not corrected."""
    value = next((each.new for each in line.changes if each.name == "ordered_on"), None)
    return value if isinstance(value, dt.date) else None


def _payment_title(draft: PaymentDraft) -> str:
    """What an order known only from its payment is called: the payee says more than the kind."""
    if draft.payee:
        return tr("Payment to {payee}", payee=mask(draft.payee))
    return mask(draft.description) or draft.reference


def _state(status: str) -> OrderState:
    """What an export's bare status word says, as far as it says anything."""
    word = status.casefold()
    if any(word.startswith(known) for known in _FINISHED):
        return OrderState.CONFIRMED
    if any(word.startswith(known) for known in _CANCELLED):
        return OrderState.CANCELLED
    return OrderState.ORDERED


def _items(drafts: Sequence[ItemDraft]) -> list[Item]:
    return [
        Item(
            ItemId(0), mask(draft.title), draft.quantity, draft.price, mask(draft.variant),
            draft.url,
        )
        for draft in drafts
    ]  # fmt: skip
