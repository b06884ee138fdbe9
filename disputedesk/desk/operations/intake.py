"""Files into orders: read, reviewed, kept in one transaction, and taken back whole."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Conflict
from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.facts import plain_fact
from disputedesk.desk.operations.orders import owner_of
from disputedesk.desk.operations.people import NewInstrument, find_or_add, link_payment
from disputedesk.intake.draft import ItemDraft, OrderDraft, ParcelDraft, PaymentDraft, Recognition
from disputedesk.intake.match import match, wanted
from disputedesk.intake.reading import read_files
from disputedesk.intake.review import (
    FactChange,
    FileSummary,
    KnownOrder,
    KnownOrders,
    KnownPayment,
    Review,
    ReviewLine,
    Verdict,
    Wanted,
)
from disputedesk.model.fact import Fact, FactSource
from disputedesk.model.ids import (
    BatchId,
    ClientId,
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
from disputedesk.store.values import FactEntry, ImportedFile, Parcel, Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction
    from disputedesk.store.transaction import StoreTransaction

_FINISHED: Final = ("completed", "finished", "abgeschlossen", "завершён", "завершен")
_CANCELLED: Final = ("cancelled", "canceled", "closed", "storniert", "отменён", "отменен")
_ORDER_COLUMNS: Final = frozenset({"ordered_on"})
"""Facts that the order itself holds."""


def review_import(
    desk: Desk,
    paths: Sequence[Path],
    *,
    as_kind: str | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Review:
    """What these files and folders would bring, line by line; keeps nothing.

    Args:
        desk: The desk they are held against.
        paths: Files and folders.
        as_kind: Reads every file as this kind; `None` recognises each by its content.
        progress: Told after every file.
        cancel: Asked between files.
    """
    readings = tuple(read_files(paths, as_kind=as_kind, progress=progress, cancel=cancel))
    with desk.store.snapshot() as rows:
        known = _known(rows, wanted(readings))
    return match(readings, known)


def _known(rows: StoreTransaction, asked: Wanted) -> KnownOrders:
    """What the desk holds of what the files tell."""
    numbers = {number for _, number in asked.numbers}
    numbers.update(word for name in asked.named for word in (name, name.upper()))
    orders = {order.id: order for order in rows.orders.find_by_numbers(numbers)}
    sums = {money for money, _ in asked.sums}
    orders.update({order.id: order for order in rows.orders.find_by_totals(sums)})
    for number in asked.tracking:
        orders.update({order.id: order for order in rows.orders.find_by_tracking(number)})
    payments = [
        KnownPayment(wallet, reference, payment.id, payment.order)
        for wallet, reference in sorted(asked.references)
        for payment in rows.payments.find_by_reference(reference)
    ]
    facts = rows.facts.current_many(orders)
    items = rows.items.of_orders(orders)
    masks = _masks(rows, orders)
    return KnownOrders(
        orders=tuple(
            KnownOrder(
                order=order.id,
                platform=order.platform,
                number=order.number,
                shop=order.seller.name if order.seller else "",
                ordered_on=order.ordered_on,
                total=order.total,
                tracking=order.tracking,
                facts=facts.get(order.id, ()),
                has_items=bool(items.get(order.id)),
                payment_mask=masks.get(order.id, ""),
            )
            for order in orders.values()
        ),
        payments=tuple(payments),
        files=frozenset(
            sha256 for sha256 in asked.hashes if rows.batches.known_file(sha256) is not None
        ),
    )


def _masks(rows: StoreTransaction, orders: Iterable[OrderId]) -> dict[OrderId, str]:
    found: dict[OrderId, str] = {}
    for order_id, payments in rows.payments.of_orders(orders).items():
        number = next((p.instrument for p in payments if p.instrument is not None), None)
        if number is not None:
            found[order_id] = rows.instruments.get(number).mask
    return found


def keep_import(
    desk: Desk,
    review: Review,
    keys: Collection[str] | None = None,
    *,
    client_id: ClientId | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[BatchId | None]:
    """Keeps the chosen lines of a review; all of them or, when stopped, none.

    Args:
        desk: The desk.
        review: What was found.
        keys: The lines to keep; `None` takes those ticked by default.
        client_id: Whose orders they are; `None` is the owner of the desk.
        progress: Told after every line.
        cancel: Asked before every line.

    Returns:
        The import's number; `None` where there was nothing to keep.
    """
    chosen = {line.key for line in review.lines if line.default_keep} if keys is None else set(keys)
    lines = [line for line in review.lines if line.key in chosen and line.draft is not None]
    files = [file for file in review.files if _is_news(file)]
    if not lines and not files:
        return Outcome(None, Changes(), None, tr("Nothing new was found"))
    with desk.transaction("import.keep") as change:
        batch = change.rows.batches.add()
        keeper = _Keeper(change, batch.id, owner_of(change, client_id))
        for number, line in enumerate(lines, 1):
            if cancel is not None:
                cancel.check()
            keeper.keep(line)
            progress(tr("Keeping orders"), number, len(lines))
        change.rows.batches.add_files(batch.id, [_file(file) for file in files])
        change.rows.batches.add_lines(batch.id, keeper.kept)
        change.touch_orders(frozenset(keeper.orders))
        change.touch_batch(batch.id)
        said = _said(keeper)
        change.rows.batches.summarise(batch.id, said)
        entry = change.note(Subject("batch", batch.id), None, {"said": said})
    return Outcome(batch.id, change.changes, entry, said)


def _is_news(file: FileSummary) -> bool:
    """Whether the file taught anything: one wholly known or not understood is not noted again."""
    kept = file.recognition in {Recognition.UNDERSTOOD, Recognition.PARTLY}
    news = {Verdict.NEW, Verdict.UPDATE}
    return kept and any(file.verdicts.get(verdict, 0) for verdict in news)


def _file(file: FileSummary) -> ImportedFile:
    return ImportedFile(
        file.sha256, file.size, file.name, file.kind, file.what, str(file.recognition), file.why
    )


def _said(keeper: _Keeper) -> str:
    parts = []
    if keeper.new:
        parts.append(trn("{count} order added", "{count} orders added", keeper.new))
    if keeper.updated:
        parts.append(
            trn("{count} order brought up to date", "{count} orders brought up to date",
                keeper.updated)
        )  # fmt: skip
    return ", ".join(parts) or tr("Nothing new was found")


class _Keeper:
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

    def keep(self, line: ReviewLine) -> None:
        """Keeps one line: a new order, news of a known one, a payment or a parcel."""
        match line.draft:
            case OrderDraft() as draft if line.order is None:
                order_id = self._add(draft)
                self.new += 1
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
        self._record(order_id, line.changes)
        self.kept[line.key] = order_id
        self.orders.add(order_id)

    def _add(self, draft: OrderDraft) -> OrderId:
        seller = self._seller(draft.platform, draft.shop)
        title = draft.items[0].title if draft.items else ""
        order = self._rows.orders.add(
            Order(
                OrderId(0),
                self._client.id,
                draft.platform,
                draft.number,
                mask(title) or tr("Order {number}", number=draft.number),
                seller=seller,
                ordered_on=draft.ordered_on,
                total=draft.total,
                state=_state(draft.status),
                tracking=draft.tracking,
                sample=self._client.sample,
            ),
            batch_id=self._batch,
        )
        self._rows.items.replace(order.id, _items(draft.items))
        self._name_carrier(order.id, draft)
        self._instrument(order.id, draft.payment_mask, draft.payment_network, draft.total)
        return order.id

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

    def _record(self, order_id: OrderId, changes: Sequence[FactChange]) -> None:
        entries = [
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
        self._rows.facts.record_many(entries, batch_id=self._batch)

    def _seller(self, platform: str, shop: str) -> Seller | None:
        if not shop.strip():
            return None
        return self._rows.sellers.add(Seller(SellerId(0), platform, mask(shop.strip())))

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


def undo_import(desk: Desk, batch_id: BatchId) -> Outcome[None]:
    """Takes an import back whole: its orders leave the lists, its facts are withdrawn.

    Raises:
        NotFound: There is no such import.
        Conflict: It was taken back already, or a case was opened for one of its orders.
    """
    with desk.transaction("import.undo") as change:
        rows = change.rows
        batch = rows.batches.get(batch_id)
        if batch.undone_at is not None:
            raise Conflict(tr("This import was taken back already."), str(batch_id))
        orders = rows.orders.of_batch(batch_id)
        _refuse_with_cases(rows, orders)
        touched = set(rows.facts.withdraw([record.id for record in rows.facts.of_batch(batch_id)]))
        for payment in rows.payments.of_batch(batch_id):
            touched.add(payment.order)
            rows.payments.remove(payment.id)
        gone = {order.id for order in orders}
        for order_id in gone:
            rows.orders.remove(order_id)
        rows.batches.mark_undone(batch_id)
        change.touch_orders(frozenset(touched - gone))
        change.changes |= Changes(orders=frozenset(gone), everything=True)
        change.touch_batch(batch_id)
        said = tr("Import {number} taken back", number=batch_id)
        change.note(Subject("batch", batch_id), _summary(batch.summary), {"said": said})
    return Outcome(None, change.changes, None, said)


def _summary(text: str) -> Mapping[str, object]:
    return {"summary": text}


def _refuse_with_cases(rows: StoreTransaction, orders: Sequence[Order]) -> None:
    cases = rows.cases.of_orders([order.id for order in orders])
    if cases:
        names = ", ".join(str(case.number) for case in cases)
        raise Conflict(
            tr("Cases were opened for orders of this import: {names}.", names=names),
            "",
            tr("Close or undo those cases first; nothing was changed."),
        )
