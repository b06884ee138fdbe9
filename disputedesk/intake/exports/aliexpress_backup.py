"""AliExpress's privacy export: a workbook with the sheet "Order Information", sums in cents.

The sheet names no currency, so orders come without totals; what it says about days is kept.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.days import DayOrder
from disputedesk.intake.draft import DraftFact, ItemDraft, OrderDraft, Place
from disputedesk.intake.exports.aliexpress import NUMBER
from disputedesk.intake.exports.archive import Archive
from disputedesk.intake.exports.cells import a_day, a_number, clean_text
from disputedesk.intake.exports.orders import OrderLine, Totals, gather, read_rows
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.sheet import read_sheet, sheet_names
from disputedesk.intake.exports.table import Row, plain_name
from disputedesk.model.ids import FactName

KIND: Final = "export.aliexpress_backup"
_SHEET: Final = "order information"
_NEEDED: Final = frozenset({"order_id", "gmt_create_order_time", "item_name"})
_FIRST_SERIAL: Final = dt.date(1899, 12, 30)


def read_backup(archive: Archive, file: str) -> Reading | None:
    """The orders of AliExpress's privacy export; `None` for any other workbook.

    Raises:
        Refused: The workbook is damaged.
    """
    names = sheet_names(archive, file)
    member = next((found for name, found in names.items() if name.casefold() == _SHEET), None)
    records = read_sheet(archive, member, file) if member else ()
    start = next(
        (n for n, (_, cells) in enumerate(records[:20]) if set(map(plain_name, cells)) >= _NEEDED),
        None,
    )
    if start is None:
        return None
    header = tuple(map(plain_name, records[start][1]))
    rows = [
        Row(line, dict(zip(header, cells, strict=False)))
        for line, cells in records[start + 1 :]
        if any(cells)
    ]
    lines, rejections = read_rows(rows, lambda row: Place(file, row.line), _line)
    closed = _closing_days(rows)
    drafts = tuple(
        _with_days(draft, closed) for draft in gather("aliexpress", lines, Totals.ITEMS_ONLY)
    )
    return Reading(KIND, tr("AliExpress privacy export"), drafts, rejections)


def _number(row: Row) -> str:
    """The order's number: the parent's, for `order_id` numbers a line of it."""
    parent = row["parent_orderid"]
    own = a_number(row["order_id"], "order_id", NUMBER)
    return parent if NUMBER.fullmatch(parent) else own


def _line(row: Row, place: Place) -> OrderLine:
    reason = clean_text(row["end_reason"], 60)
    status = clean_text(row["order_status"], 60)
    return OrderLine(
        place=place,
        number=_number(row),
        item=ItemDraft(clean_text(row["item_name"])),
        ordered_on=_day(row["gmt_create_order_time"], "gmt_create_order_time"),
        status=f"{status} ({reason})" if reason else status,
        warnings=(tr("The file names no currency, so no sums were taken from it."),),
    )


def _day(text: str, column: str) -> dt.date | None:
    """A day as text, or as the serial number by which spreadsheets store one."""
    whole = text.split(".", maxsplit=1)[0]
    if whole.isascii() and whole.isdigit() and len(whole) == 5:
        return _FIRST_SERIAL + dt.timedelta(days=int(whole))
    return a_day(text, column, DayOrder.YMD)


def _closing_days(rows: list[Row]) -> dict[str, dict[str, dt.date]]:
    """Days of payment and of the order's end, for orders whose rows all agree."""
    found: dict[str, dict[str, set[dt.date]]] = {}
    columns = (
        ("gmt_pay_order_time", "transaction_date"),
        ("gmt_trade_end_time", "order_closed_on"),
    )

    def take(row: Row, _: Place) -> None:
        days = found.setdefault(_number(row), {})
        for column, name in columns:
            day = _day(row[column], column)
            if day:
                days.setdefault(name, set()).add(day)

    read_rows(rows, lambda row: Place("", row.line), take)
    return {
        number: {name: min(days) for name, days in names.items() if len(days) == 1}
        for number, names in found.items()
    }


def _with_days(draft: OrderDraft, closed: dict[str, dict[str, dt.date]]) -> OrderDraft:
    extra = tuple(
        DraftFact(FactName(name), day) for name, day in closed.get(draft.number, {}).items()
    )
    return dataclasses.replace(draft, facts=draft.facts + extra) if extra else draft
