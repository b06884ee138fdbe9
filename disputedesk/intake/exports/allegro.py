"""Allegro's list of purchases: no order number and no currency, so both are told, not invented."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.draft import ItemDraft, Place
from disputedesk.intake.exports.cells import BadCell, a_count, a_sum, an_instant, clean_text
from disputedesk.intake.exports.orders import OrderLine, Totals, gather, read_rows, times
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.table import Row, Table

KIND: Final = "export.allegro"
HEADER: Final = frozenset({"numer oferty", "tytuł oferty", "data zakupu", "login sprzedawcy"})
_PIECES: Final = "Liczba zakupionych przedmiotów / zestawów / kompletów"
_PRICE: Final = "Cena oryginalna"
_OFFER: Final = re.compile(r"\d{5,14}")
_HOME: Final = zoneinfo.ZoneInfo("Europe/Warsaw")


def read_allegro(table: Table, file: str) -> Reading:
    """The purchases of an Allegro table; those of one seller at one instant are one order."""
    lines, rejections = read_rows(table.rows, lambda row: Place(file, row.line), _line)
    drafts = gather("allegro", lines, Totals.ITEMS_ONLY)
    return Reading(KIND, tr("Allegro purchases"), drafts, (*table.rejections, *rejections))


def _line(row: Row, place: Place) -> OrderLine:
    offer = row["Numer oferty"].strip()
    if not _OFFER.fullmatch(offer):
        raise BadCell("Numer oferty", tr("The offer number is missing or broken."))
    bought_at = an_instant(row["Data zakupu"], "Data zakupu")
    if bought_at is None:
        raise BadCell("Data zakupu", tr("The day of the purchase is missing."))
    price = a_sum(row[_PRICE], _PRICE, "PLN")
    count = a_count(row[_PIECES], _PIECES)
    seller = clean_text(row["Login sprzedawcy"], 100)
    stamp = bought_at.astimezone(dt.UTC)
    return OrderLine(
        place=place,
        number=f"{stamp:%Y%m%dT%H%M%SZ}/{seller}",
        item=ItemDraft(
            title=clean_text(row["Tytuł oferty"]),
            quantity=count,
            price=price,
            url=f"https://allegro.pl/oferta/{offer}",
        ),
        total=times(price, count) if price else None,
        shop=seller,
        ordered_on=bought_at.astimezone(_HOME).date(),
        warnings=(
            tr("The file has no order number: time and seller stand in for it."),
            tr("The file names no currency; złoty was taken."),
        ),
    )
