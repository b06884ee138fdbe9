"""Amazon's orders: the privacy file `Retail.OrderHistory` in all its column orders, and the old
items report. Instants are UTC there; for the American shops the Pacific day is taken, which is the
earlier one of the two, so that no window is thought to close later than it does.
"""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from typing import Final

from disputedesk.common.secrets import mask_pan
from disputedesk.common.texts import tr
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import ItemDraft, Place
from disputedesk.intake.exports.cells import (
    BadCell,
    a_count,
    a_currency,
    a_day,
    a_number,
    a_sum,
    an_instant,
    clean_text,
    is_nothing,
)
from disputedesk.intake.exports.dayorder import decide_order
from disputedesk.intake.exports.orders import OrderLine, Totals, gather, read_rows
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.table import Row, Table
from disputedesk.model.money import Money

KIND: Final = "export.amazon_orders"
HEADER: Final = frozenset({"order id", "order date", "product name", "asin", "website"})
ITEMS_KIND: Final = "export.amazon_items"
ITEMS_HEADER: Final = frozenset({"order id", "order date", "title", "asin/isbn", "item total"})
_NUMBER: Final = re.compile(r"(?:\d{3}|D\d{2})-\d{7}-\d{7}")
_GROUPED: Final = re.compile(r"([^\d.,]*-?\d{1,3})((?:,\d{3})+)((?:\.\d+)?[^\d.,]*)")
_PARCEL: Final = re.compile(r"([^(),;]*)\(([A-Za-z0-9-]{4,40})\)")
_LAST_FOUR: Final = re.compile(r"-\s*(?:\*+)?(\d{4})(?!\d)")
_PACIFIC: Final = zoneinfo.ZoneInfo("America/Los_Angeles")
_AMERICAN: Final = ("amazon.com", "amazon.ca", "amazon.com.mx", "amazon.com.br", "www.amazon.com")
_NETWORKS: Final = (
    ("visa", "visa"), ("mastercard", "mastercard"), ("maestro", "maestro"), ("amex", "amex"),
    ("american express", "amex"), ("discover", "discover"), ("diners", "diners"), ("jcb", "jcb"),
    ("unionpay", "unionpay"), ("rupay", "rupay"), ("elo", "elo"),
)  # fmt: skip
_GIFT: Final = re.compile(r"gift|gutschein|regalo|cadeau", re.IGNORECASE)
_DEBIT: Final = re.compile(r"direct debit|bankeinzug|lastschrift|sepa|bank account", re.IGNORECASE)


def read_order_history(table: Table, file: str) -> Reading:
    """The orders of a `Retail.OrderHistory` table; each row is one thing with its share paid."""
    lines, rejections = read_rows(table.rows, lambda row: Place(file, row.line), _history_row)
    drafts = gather("amazon", lines, Totals.ADD_UP)
    return Reading(KIND, tr("Amazon order history"), drafts, (*table.rejections, *rejections))


def read_items_report(table: Table, file: str) -> Reading:
    """The orders of the items report that Amazon gave out until 2023."""
    order = decide_order(row["Order Date"] for row in table.rows) or DayOrder.MDY
    lines, rejections = read_rows(
        table.rows,
        lambda row: Place(file, row.line),
        lambda row, place: _items_row(row, place, order),
    )
    drafts = gather("amazon", lines, Totals.ADD_UP)
    return Reading(ITEMS_KIND, tr("Amazon items report"), drafts, (*table.rejections, *rejections))


def _history_row(row: Row, place: Place) -> OrderLine:
    number = a_number(row["Order ID"], "Order ID", _NUMBER)
    website = clean_text(row["Website"], 60)
    currency = a_currency(row["Currency"], "Currency")
    total = _sum(row.first("Total Owed", "Total Amount"), "Total Owed", currency)
    mask, network, method, warnings = _instrument(
        row.first("Payment Instrument Type", "Payment Method Type")
    )
    tracking, carrier = _parcels(row["Carrier Name & Tracking Number"])
    if not currency and total is None:
        warnings = (*warnings, tr("The file names no currency for it, so there is no sum."))
    return OrderLine(
        place=place,
        number=number,
        item=_item(row["Product Name"], _quantity(row), row["Unit Price"], currency, row["ASIN"]),
        total=total,
        shop=website,
        ordered_on=_day(an_instant(row["Order Date"], "Order Date"), website),
        shipped_on=_day(_ship_date(row["Ship Date"]), website),
        status=_status(row),
        tracking=tracking,
        carrier=carrier,
        payment_mask=mask,
        network=network,
        method=method,
        warnings=warnings,
    )


def _items_row(row: Row, place: Place, order: DayOrder) -> OrderLine:
    number = a_number(row["Order ID"], "Order ID", _NUMBER)
    currency = a_currency(row["Currency"], "Currency")
    mask, network, method, warnings = _instrument(row["Payment Instrument Type"])
    tracking, carrier = _parcels(row["Carrier Name & Tracking Number"])
    return OrderLine(
        place=place,
        number=number,
        item=_item(
            row["Title"],
            a_count(row["Quantity"], "Quantity"),
            row["Purchase Price Per Unit"],
            currency,
            row["ASIN/ISBN"],
        ),
        total=_sum(row["Item Total"], "Item Total", currency),
        shop=clean_text(row.first("Seller", "Website"), 100),
        ordered_on=a_day(row["Order Date"], "Order Date", order),
        shipped_on=a_day(row["Shipment Date"], "Shipment Date", order),
        status=clean_text(row["Order Status"], 60),
        tracking=tracking,
        carrier=carrier,
        payment_mask=mask,
        network=network,
        method=method,
        warnings=warnings,
    )


def _quantity(row: Row) -> int:
    """The pieces of a row; a cancelled one says 0 and still names what was ordered."""
    text = row.first("Quantity", "Original Quantity")
    return 1 if text == "0" else a_count(text, "Quantity")


def _sum(text: str, column: str, currency: str) -> Money | None:
    """A sum as this file writes it: always a decimal point, commas only between thousands."""
    if is_nothing(text) or (not currency and text.strip("-").replace(".", "").isdigit()):
        return None
    return a_sum(_without_groups(text), column, currency)


def _without_groups(text: str) -> str:
    grouped = _GROUPED.fullmatch(text.strip())
    return grouped[1] + grouped[2].replace(",", "") + grouped[3] if grouped else text


def _item(title: str, count: int, price: str, currency: str, asin: str) -> ItemDraft:
    """A thing with its price for one piece; a price finer than a cent is left out, not refused."""
    try:
        each = _sum(price, "Unit Price", currency)
    except BadCell:
        each = None
    product = clean_text(asin, 20)
    return ItemDraft(clean_text(title), count, each, f"ASIN {product}" if product else "")


def _ship_date(text: str) -> dt.datetime | None:
    """When it was shipped; of several shipments of one row the first."""
    return an_instant(re.split(r" and |;", text)[0], "Ship Date")


def _day(instant: dt.datetime | None, website: str) -> dt.date | None:
    if instant is None:
        return None
    zone = _PACIFIC if website.lower() in _AMERICAN else dt.UTC
    return instant.astimezone(zone).date()


def _status(row: Row) -> str:
    order, shipment = (clean_text(row[name], 60) for name in ("Order Status", "Shipment Status"))
    return "Cancelled" if order.casefold() in {"cancelled", "canceled"} else shipment or order


def _parcels(text: str) -> tuple[tuple[str, ...], str]:
    """Tracking numbers and the first carrier of `UPS_EU_GROUND(1Z…)`."""
    found = _PARCEL.findall(text)
    numbers = tuple(dict.fromkeys(number for _, number in found))
    return numbers, clean_text(found[0][0], 60) if found else ""


def _instrument(text: str) -> tuple[str, str, str, tuple[str, ...]]:
    """Mask, network, method and warnings of `Visa - 3724`, with or without a gift card beside."""
    if is_nothing(text):
        return "", "", "", ()
    lower = text.casefold()
    network = next((name for word, name in _NETWORKS if re.search(rf"\b{word}\b", lower)), "")
    last = _LAST_FOUR.search(text)
    mask = mask_pan(last[1]) if last and network else ""
    method = "card" if network else "direct_debit" if _DEBIT.search(text) else ""
    gift = network and _GIFT.search(text)
    return mask, network, method, (tr("A part of it was paid by gift card."),) if gift else ()
