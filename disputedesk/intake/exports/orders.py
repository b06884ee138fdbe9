"""Order lines into orders: several rows of one number become one draft with items and one total."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from disputedesk.common.texts import tr
from disputedesk.intake.draft import DraftFact, ItemDraft, OrderDraft, Place, Rejection
from disputedesk.intake.exports.cells import BadCell
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money

_Row = TypeVar("_Row")


class Totals(enum.Enum):
    """What the sum of a row means for its order."""

    ADD_UP = enum.auto()
    """Each row has its own share of what was paid."""
    REPEATED = enum.auto()
    """Each row repeats the sum of the whole order."""
    ITEMS_ONLY = enum.auto()
    """Rows have prices of things only; postage and coupons are not in the file."""


@dataclasses.dataclass(frozen=True, slots=True)
class OrderLine:
    """One row of an export, its cells believed.

    Attributes:
        total: The row's sum; what it means for the order is said by `Totals`.
        method: Value of the fact `method`; empty when unknown.
    """

    place: Place
    number: str
    item: ItemDraft
    total: Money | None = None
    shop: str = ""
    ordered_on: dt.date | None = None
    shipped_on: dt.date | None = None
    status: str = ""
    tracking: tuple[str, ...] = ()
    carrier: str = ""
    payment_mask: str = ""
    network: str = ""
    method: str = ""
    warnings: tuple[str, ...] = ()


def read_rows(
    rows: Iterable[_Row],
    place_of: Callable[[_Row], Place],
    read: Callable[[_Row, Place], OrderLine | None],
) -> tuple[tuple[OrderLine, ...], tuple[Rejection, ...]]:
    """Each row as a line or a rejection that names its column; `None` from `read` leaves it out."""
    lines: list[OrderLine] = []
    rejections: list[Rejection] = []
    for row in rows:
        place = place_of(row)
        try:
            line = read(row, place)
        except BadCell as error:
            part = f"{place.part}, {error.column}" if place.part else error.column
            where = dataclasses.replace(place, part=part)
            rejections.append(Rejection(where, error.why, error.remedy))
            continue
        if line is not None:
            lines.append(line)
    return tuple(lines), tuple(rejections)


def gather(platform: str, lines: Iterable[OrderLine], totals: Totals) -> tuple[OrderDraft, ...]:
    """One draft per order number, in the order the numbers first appear."""
    grouped: dict[str, list[OrderLine]] = {}
    for line in lines:
        grouped.setdefault(line.number, []).append(line)
    return tuple(_draft(platform, group, totals) for group in grouped.values())


def _draft(platform: str, lines: Sequence[OrderLine], totals: Totals) -> OrderDraft:
    warnings = dict.fromkeys(warning for line in lines for warning in line.warnings)
    total, doubt = _total(lines, totals)
    if doubt:
        warnings[doubt] = None
    ordered_on = min((line.ordered_on for line in lines if line.ordered_on), default=None)
    return OrderDraft(
        place=lines[0].place,
        platform=platform,
        number=lines[0].number,
        event="export",
        shop=_first(lines, "shop"),
        ordered_on=ordered_on,
        total=total,
        items=tuple(line.item for line in lines),
        facts=_facts(lines, ordered_on, None if totals is Totals.ITEMS_ONLY else total),
        tracking=tuple(dict.fromkeys(number for line in lines for number in line.tracking)),
        carrier=_first(lines, "carrier"),
        status=", ".join(dict.fromkeys(line.status for line in lines if line.status)),
        payment_mask=_first(lines, "payment_mask"),
        payment_network=_first(lines, "network"),
        warnings=tuple(warnings),
    )


def _first(lines: Sequence[OrderLine], name: str) -> str:
    for line in lines:
        value: str = getattr(line, name)
        if value:
            return value
    return ""


def _total(lines: Sequence[OrderLine], totals: Totals) -> tuple[Money | None, str]:
    """The order's total, or a sentence that says why there is none."""
    sums = [line.total for line in lines]
    known = [money for money in sums if money is not None]
    if not known:
        return None, ""
    if len({money.currency for money in known}) > 1:
        return None, tr("Its rows are in different currencies, so there is no total.")
    if totals is Totals.REPEATED:
        if len(set(known)) > 1:
            return None, tr("Its rows give different totals for the whole order; none was taken.")
        return known[0], ""
    if len(known) < len(sums):
        return None, tr("Some of its rows have no sum, so there is no total.")
    total = known[0]
    for money in known[1:]:
        total += money
    return total, ""


def _facts(
    lines: Sequence[OrderLine], ordered_on: dt.date | None, paid: Money | None
) -> tuple[DraftFact, ...]:
    shipped = [line.shipped_on for line in lines if line.shipped_on]
    single = lines[0].item.price if len(lines) == 1 else None
    values: tuple[tuple[str, FactValue | None], ...] = (
        ("ordered_on", ordered_on),
        ("shipped_on", min(shipped, default=None)),
        ("amount", paid),
        ("currency", paid.currency if paid else None),
        ("item_price", single),
        ("method", _first(lines, "method") or None),
        ("network", _first(lines, "network") or None),
    )
    return tuple(DraftFact(FactName(name), value) for name, value in values if value is not None)


def times(price: Money, count: int) -> Money:
    """The sum of `count` pieces at `price` each."""
    return Money(price.minor * count, price.currency)
