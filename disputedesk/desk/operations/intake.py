"""Files into orders: read, reviewed, kept in one transaction, and taken back whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.errors import Conflict
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.keeping import Keeper
from disputedesk.desk.operations.orders import owner_of
from disputedesk.intake.draft import Recognition
from disputedesk.intake.match import match, wanted
from disputedesk.intake.reading import read_files
from disputedesk.intake.review import (
    FileSummary,
    KnownOrder,
    KnownOrders,
    KnownPayment,
    Review,
    ReviewLine,
    Verdict,
    Wanted,
)
from disputedesk.model.ids import (
    BatchId,
    ClientId,
    OrderId,
)
from disputedesk.model.order import (
    Order,
)
from disputedesk.store.values import ImportedFile, Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction


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

    Raises:
        Conflict: The desk has changed since the review was made.
    """
    chosen = {line.key for line in review.lines if line.default_keep} if keys is None else set(keys)
    lines = [line for line in review.lines if line.key in chosen and line.draft is not None]
    files = [file for file in review.files if _is_news(file)]
    if not lines and not files:
        return Outcome(None, Changes(), None, tr("Nothing new was found"))
    try:
        return _keep_whole(
            desk, lines, files, client_id=client_id, progress=progress, cancel=cancel
        )
    except Conflict as error:
        raise Conflict(
            tr("Something else has changed these orders since the files were read."),
            error.where,
            tr("Nothing was changed. Import the files again."),
        ) from error


def _keep_whole(
    desk: Desk,
    lines: Sequence[ReviewLine],
    files: Sequence[FileSummary],
    *,
    client_id: ClientId | None,
    progress: Progress,
    cancel: CancelToken | None,
) -> Outcome[BatchId | None]:
    """The import in one transaction."""
    with desk.transaction("import.keep") as change:
        batch = change.rows.batches.add()
        keeper = Keeper(change, batch.id, owner_of(change, client_id))
        _keep_lines(keeper, lines, progress, cancel)
        change.rows.batches.add_files(batch.id, [_file(file) for file in files])
        change.rows.batches.add_lines(batch.id, keeper.kept)
        change.touch_orders(frozenset(keeper.orders))
        change.touch_batch(batch.id)
        said = _said(keeper)
        change.rows.batches.summarise(batch.id, said)
        entry = change.note(Subject("batch", batch.id), None, {"said": said})
    return Outcome(batch.id, change.changes, entry, said)


def _keep_lines(
    keeper: Keeper, lines: Sequence[ReviewLine], progress: Progress, cancel: CancelToken | None
) -> None:
    for number, line in enumerate(lines, 1):
        if cancel is not None:
            cancel.check()
        keeper.keep(line)
        progress(tr("Keeping orders"), number, len(lines))
    keeper.finish()


def _is_news(file: FileSummary) -> bool:
    """Whether the file taught anything: one wholly known or not understood is not noted again."""
    kept = file.recognition in {Recognition.UNDERSTOOD, Recognition.PARTLY}
    news = {Verdict.NEW, Verdict.UPDATE}
    return kept and any(file.verdicts.get(verdict, 0) for verdict in news)


def _file(file: FileSummary) -> ImportedFile:
    return ImportedFile(
        file.sha256, file.size, file.name, file.kind, file.what, str(file.recognition), file.why
    )


def _said(keeper: Keeper) -> str:
    parts = []
    if keeper.new:
        parts.append(trn("{count} order added", "{count} orders added", keeper.new))
    if keeper.updated:
        parts.append(
            trn("{count} order brought up to date", "{count} orders brought up to date",
                keeper.updated)
        )  # fmt: skip
    return ", ".join(parts) or tr("Nothing new was found")


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
