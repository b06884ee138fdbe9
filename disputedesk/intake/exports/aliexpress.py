"""AliExpress by two tools: "Shopper Inventory" (CSV, JSON) and "Bulk Order Exporter" (tabs)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import ItemDraft, Place
from disputedesk.intake.exports.cells import (
    BadCell,
    a_count,
    a_currency,
    a_day,
    a_number,
    a_sum,
    clean_text,
    clean_url,
    is_nothing,
)
from disputedesk.intake.exports.dayorder import decide_order
from disputedesk.intake.exports.orders import OrderLine, Totals, gather, read_rows, times
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.strict_json import Json, text_of
from disputedesk.intake.exports.table import Row, Table
from disputedesk.model.money import Money

INVENTORY_KIND: Final = "export.aliexpress_inventory"
INVENTORY_HEADER: Final = frozenset({"order date", "order id", "title", "price", "price info"})
INVENTORY_KEYS: Final = frozenset({"orderId", "title", "price", "storeName"})
BULK_KIND: Final = "export.aliexpress_bulk"
BULK_HEADER: Final = frozenset({"order number", "order date", "total", "store name", "landed cost"})
NUMBER: Final = re.compile(r"\d{13,20}")
_PIPED: Final = re.compile(r"[^|]*\|(?P<whole>[\d.,' \u00a0\u202f]+)\|(?P<part>\d{0,3})")


def read_inventory_table(table: Table, file: str) -> Reading:
    """The orders of a Shopper Inventory CSV; its prices are those of things, without postage."""
    lines, rejections = read_rows(table.rows, lambda row: Place(file, row.line), _inventory_row)
    drafts = gather("aliexpress", lines, Totals.ITEMS_ONLY)
    what = tr("AliExpress orders by Shopper Inventory")
    return Reading(INVENTORY_KIND, what, drafts, (*table.rejections, *rejections))


def knows_inventory_json(value: Json) -> bool:
    """Whether `value` is a list of Shopper Inventory's objects."""
    first = next((item for item in value if isinstance(item, dict)), {}) if _is_list(value) else {}
    return first.keys() >= INVENTORY_KEYS


def read_inventory_json(value: Sequence[Json], file: str) -> Reading:
    """The orders of a Shopper Inventory JSON, one object per thing."""
    numbered = tuple(enumerate(value, 1))
    lines, rejections = read_rows(
        numbered,
        lambda pair: Place(file, part=tr("record {number}", number=pair[0])),
        lambda pair, place: _inventory_object(pair[1], place),
    )
    drafts = gather("aliexpress", lines, Totals.ITEMS_ONLY)
    return Reading(INVENTORY_KIND, tr("AliExpress orders by Shopper Inventory"), drafts, rejections)


def read_bulk(table: Table, file: str) -> Reading:
    """The orders of a Bulk Order Exporter table; each row repeats its order's total."""
    order = decide_order(row["Order Date"] for row in table.rows) or DayOrder.MDY
    lines, rejections = read_rows(
        table.rows,
        lambda row: Place(file, row.line),
        lambda row, place: _bulk_row(row, place, order),
    )
    drafts = gather("aliexpress", lines, Totals.REPEATED)
    what = tr("AliExpress orders by Bulk Order Exporter")
    return Reading(BULK_KIND, what, drafts, (*table.rejections, *rejections))


def piped_sum(piped: str, text: str, currency: str, column: str) -> Money | None:
    """A sum AliExpress gives in words and in parts (`US $120.95|120|95`); the parts are exact.

    Raises:
        BadCell: There is a sum, but it cannot be read in one way.
    """
    parts = _PIPED.fullmatch(piped.strip())
    shown = a_sum(text, column, currency) if not parts and not is_nothing(text) else None
    if not parts:
        return shown
    code = currency or _shown_currency(piped.split("|", maxsplit=1)[0], text)
    if not code:
        raise BadCell(column, tr("The currency of “{text}” is not clear.", text=text[:40]))
    whole = "".join(filter(str.isdigit, parts["whole"]))
    try:
        return Money.of(f"{whole}.{parts['part'] or '0'}", code)
    except ValueError as error:
        raise BadCell(
            column, tr("“{text}” is no sum that can be read in one way.", text=piped[:40])
        ) from error


def _shown_currency(*texts: str) -> str:
    for text in texts:
        bare = re.sub(r"\d[\d.,' \u00a0\u202f]*", "1", text)
        try:
            money = a_sum(bare, "")
        except BadCell:
            continue
        if money:
            return money.currency
    return ""


def _inventory_row(row: Row, place: Place) -> OrderLine:
    return _inventory_line(
        place,
        number=a_number(row["Order ID"], "Order ID", NUMBER),
        ordered_on=a_day(row["Order Date"], "Order Date"),
        price=piped_sum(
            row["Price Info"], row["Price"], a_currency(row["Currency"], "Currency"), "Price"
        ),
        count=a_count(row["Qty"], "Qty"),
        texts=(row["Title"], row["Attributes"], row["Store"], row["Status"]),
        url=clean_url(row["Product Url"], known=(row["Product ID"],)),
    )


def _inventory_object(value: Json, place: Place) -> OrderLine:
    if not isinstance(value, dict):
        raise BadCell("", tr("The record is no object."))
    cell = {key: text_of(item) for key, item in value.items()}
    shown = a_day(cell.get("orderDate", ""), "orderDate")
    written = a_day(cell.get("orderDateIso", "")[:10], "orderDateIso")
    return _inventory_line(
        place,
        number=a_number(cell.get("orderId", ""), "orderId", NUMBER),
        ordered_on=shown or written,
        price=piped_sum(
            cell.get("priceInfo", ""),
            cell.get("price", ""),
            a_currency(cell.get("currency", ""), "currency"),
            "price",
        ),
        count=a_count(cell.get("quantity", ""), "quantity"),
        texts=tuple(cell.get(key, "") for key in ("title", "attributes", "storeName", "status")),
        url=clean_url(cell.get("productUrl", ""), known=(cell.get("productId", ""),)),
        warnings=_two_days(shown, written),
    )


def _two_days(shown: dt.date | None, written: dt.date | None) -> tuple[str, ...]:
    """The tool writes local midnight as UTC: the day the shop shows is the one that counts."""
    if not shown or not written or shown == written:
        return ()
    return (
        tr("The file also gives {day}; the day the shop shows was taken.", day=day_text(written)),
    )


def _inventory_line(
    place: Place,
    *,
    number: str,
    ordered_on: dt.date | None,
    price: Money | None,
    count: int,
    texts: Sequence[str],
    url: str,
    warnings: tuple[str, ...] = (),
) -> OrderLine:
    title, variant, shop, status = map(clean_text, texts)
    return OrderLine(
        place=place,
        number=number,
        item=ItemDraft(title, count, price, variant, url),
        total=times(price, count) if price else None,
        shop=shop,
        ordered_on=ordered_on,
        status=status,
        warnings=warnings,
    )


def _bulk_row(row: Row, place: Place, order: DayOrder) -> OrderLine:
    number = a_number(row["Order Number"], "Order Number", NUMBER)
    total = a_sum(row["Total"], "Total")
    url = row["Product URL"]
    return OrderLine(
        place=place,
        number=number,
        item=ItemDraft(
            title=clean_text(row["Product Title"]),
            quantity=a_count(row["Quantity"], "Quantity"),
            price=a_sum(row["Price"], "Price", total.currency if total else ""),
            variant=clean_text(row["Option"]),
            url=clean_url(url, known=tuple(re.findall(r"/item/(?:\w+/)?(\d+)\.html", url))),
        ),
        total=total,
        shop=clean_text(row["Store Name"]),
        ordered_on=a_day(row["Order Date"], "Order Date", order),
        status=clean_text(row["Order Status"], 60),
    )


def _is_list(value: Json) -> bool:
    return isinstance(value, list)


def product_of(value: Mapping[str, Json]) -> tuple[str, ...]:
    """The product's own number, which an address may hold though it looks like a card's."""
    number = text_of(value.get("productId"))
    return (number,) if number else ()
