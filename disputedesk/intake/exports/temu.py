"""Temu's order history: one row per thing, the sum of the whole order on each."""

from __future__ import annotations

import re
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import ItemDraft, Place
from disputedesk.intake.exports.cells import a_day, a_number, a_sum, clean_text, clean_url
from disputedesk.intake.exports.orders import OrderLine, Totals, gather, read_rows
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.table import Row, Table

KIND: Final = "export.temu"
HEADER: Final = frozenset({"order id", "item description at order time", "order time", "price"})
_NUMBER: Final = re.compile(r"(?:PO-)?[\dA-Z]{1,6}(?:-\d+)+|PO-\d{8,30}|\d{12,24}")
_BARE_DOLLAR: Final = re.compile(r"(?<![A-Za-z ])\$")


def read_temu(table: Table, file: str) -> Reading:
    """The orders of a Temu order-history table."""
    lines, rejections = read_rows(table.rows, lambda row: Place(file, row.line), _line)
    repeated = gather("temu", lines, Totals.REPEATED)
    return Reading(KIND, tr("Temu order history"), repeated, (*table.rejections, *rejections))


def _line(row: Row, place: Place) -> OrderLine:
    number = a_number(row["Order ID"], "Order ID", _NUMBER)
    total = a_sum(row["Order total"], "Order total")
    price = a_sum(row["Price"], "Price", total.currency if total else "")
    warnings: tuple[str, ...] = ()
    if total and _BARE_DOLLAR.search(row["Order total"].strip()) and total.currency == "USD":
        warnings = (tr("The file writes $ without saying whose dollar; US dollars were taken."),)
    return OrderLine(
        place=place,
        number=number,
        item=ItemDraft(
            title=clean_text(row["Item description at order time"]),
            price=price,
            url=clean_url(row["Order detail URL"], known=(number,)),
        ),
        total=total,
        shop="Temu",
        ordered_on=a_day(row["Order time"], "Order time", DayOrder.YMD),
        shipped_on=a_day(row["Shipped date"], "Shipped date", DayOrder.YMD),
        warnings=warnings,
    )
