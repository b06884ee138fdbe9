"""The columns of the orders table, with their words, tones and what they are sorted by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from disputedesk.common.texts import tr
from disputedesk.deadlines.words import Status
from disputedesk.desk import words
from disputedesk.desk.views import OrderRowView, OrderSort
from disputedesk.gui.chips import tone_of
from disputedesk.gui.dates import compact_day, countdown_text, exact_day, short_day
from disputedesk.gui.rows import Column
from disputedesk.gui.tokens import Tone

SORTS = {
    "title": OrderSort.TITLE,
    "number": OrderSort.NUMBER,
    "ordered": OrderSort.ORDERED_ON,
    "total": OrderSort.TOTAL,
    "act_by": OrderSort.FILE_BY,
}
"""Columns that can be sorted, and how the query calls that."""


def order_columns(today: Callable[[], dt.date]) -> tuple[Column[OrderRowView], ...]:
    """The columns; `today` is asked each time, for the day may change while they stand."""
    return (
        Column("title", tr("Order"), lambda row: row.title, width=280),
        Column(
            "act_by",
            tr("Act by"),
            lambda row: _act_by(row, today()),
            tip=lambda row: exact_day(row.act_by, today()) if row.act_by else "",
            tone=lambda row: _tone(row, today()),
            width=180,
        ),
        Column("avenue", tr("Way"), lambda row: row.avenue_title, width=150, shown=False),
        Column(
            "shop",
            tr("Platform and shop"),
            lambda row: " · ".join(
                part for part in (words.platform_title(row.platform), row.seller) if part
            ),
            width=170,
        ),
        Column("number", tr("Number"), lambda row: row.number, width=164),
        Column(
            "ordered",
            tr("Ordered"),
            lambda row: compact_day(row.ordered_on) if row.ordered_on else "",
            tip=lambda row: exact_day(row.ordered_on, today()) if row.ordered_on else "",
            width=112,
        ),
        Column("state", tr("State"), lambda row: words.state_word(row.state), width=96),
        Column(
            "total",
            tr("Sum"),
            lambda row: words.money_text(row.total) if row.total else "",
            right=True,
            width=112,
        ),
        Column(
            "case",
            tr("Case"),
            lambda row: tr("Case {number}", number=row.case_number) if row.case_number else "",
            width=90,
            shown=False,
        ),
        Column("client", tr("Whose"), lambda row: row.client, width=120, shown=False),
    )


def _act_by(row: OrderRowView, today: dt.date) -> str:
    if row.act_by is None:
        return ""
    left = (row.act_by - today).days
    if -1 <= left <= 30:
        return tr(
            "{count}, {day}",
            count=countdown_text(row.act_by, today),
            day=short_day(row.act_by, today),
        )
    if left < 0:
        return tr("passed {day}", day=short_day(row.act_by, today))
    return short_day(row.act_by, today)


def _tone(row: OrderRowView, today: dt.date) -> Tone | None:
    return None if row.act_by is None else tone_of(Status.OPEN, row.act_by, today)
