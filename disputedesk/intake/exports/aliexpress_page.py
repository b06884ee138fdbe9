"""AliExpress's own page data: the answers behind the order list and the order page, as captured."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.intake.draft import DraftFact, ItemDraft, OrderDraft, Place, Rejection
from disputedesk.intake.exports.aliexpress import NUMBER, piped_sum, product_of
from disputedesk.intake.exports.cells import (
    BadCell,
    a_count,
    a_currency,
    a_day,
    a_number,
    clean_text,
    clean_url,
)
from disputedesk.intake.exports.parts import Reading
from disputedesk.intake.exports.strict_json import Json, load_json, objects, text_of
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName

KIND: Final = "export.aliexpress_page"
_ORDER: Final = "pc_om_list_order"
_PARCELS: Final = "detail_logistic_package_block"
_DETAIL: Final = "detail_simple_order_info_component"
_MARKS: Final = (_ORDER, _PARCELS, _DETAIL)
_TRACKING: Final = re.compile(r"[A-Z0-9]{8,40}")
_DETAIL_DAYS: Final = (
    ("orderCreatTime", "ordered_on"),
    ("payTime", "transaction_date"),
    ("orderShipTime", "shipped_on"),
    ("orderEndTime", "order_closed_on"),
)


def knows_page(text: str) -> bool:
    """Whether a JSON text holds blocks of AliExpress's order pages."""
    return any(mark in text for mark in _MARKS)


def read_page(value: Json, file: str) -> Reading:
    """The orders of captured page data, also where answers are texts inside a capture file."""
    drafts: dict[str, OrderDraft] = {}
    rejections: list[Rejection] = []
    for whole in _answers(value, file):
        for number, block in enumerate(_blocks(whole, _ORDER), 1):
            place = Place(file, part=tr("record {number}", number=number))
            try:
                draft = _order(block, place)
            except BadCell as error:
                rejections.append(Rejection(place, error.why, error.remedy))
            else:
                drafts.setdefault(draft.number, draft)
        detail = _detail(whole, file, rejections)
        if detail is not None:
            drafts.setdefault(detail.number, detail)
    what = tr("AliExpress order list as captured; the first page with the newest may be missing")
    return Reading(KIND, what, tuple(drafts.values()), tuple(rejections))


def _answers(value: Json, file: str) -> Iterator[Json]:
    """The value itself, and each text in it that is an answer of its own."""
    yield value
    for holder in objects(value):
        for inner in holder.values():
            if isinstance(inner, str) and knows_page(inner):
                try:
                    yield load_json(inner, file)
                except Refused:
                    continue


def _blocks(value: Json, tag: str) -> Iterator[Mapping[str, Json]]:
    for holder in objects(value):
        for key, block in holder.items():
            if not isinstance(block, dict) or not isinstance(block.get("fields"), dict):
                continue
            if block.get("tag") == tag or re.fullmatch(rf"{tag}_\w+", key):
                yield block["fields"]


def _order(fields: Mapping[str, Json], place: Place) -> OrderDraft:
    number = a_number(text_of(fields.get("orderId")), "orderId", NUMBER)
    currency = a_currency(text_of(fields.get("currencyCode")), "currencyCode")
    total = piped_sum(
        text_of(fields.get("formatPriceInfo")),
        text_of(fields.get("totalPriceText")),
        currency,
        "totalPriceText",
    )
    ordered_on = a_day(text_of(fields.get("orderDateText")), "orderDateText")
    lines = fields.get("orderLines")
    items = tuple(_items(lines if isinstance(lines, list) else [], currency))
    facts: tuple[tuple[str, FactValue | None], ...] = (
        ("ordered_on", ordered_on),
        ("amount", total),
        ("currency", total.currency if total else None),
    )
    return OrderDraft(
        place=place,
        platform="aliexpress",
        number=number,
        event="export",
        shop=clean_text(text_of(fields.get("storeName"))),
        ordered_on=ordered_on,
        total=total,
        items=items,
        facts=tuple(DraftFact(FactName(name), v) for name, v in facts if v is not None),
        status=clean_text(text_of(fields.get("statusText")) or _inner_status(fields), 60),
    )


def _inner_status(fields: Mapping[str, Json]) -> str:
    parameters = fields.get("utParams")
    inner = parameters.get("args") if isinstance(parameters, dict) else None
    return text_of(inner.get("orderStatus")) if isinstance(inner, dict) else ""


def _items(lines: list[Json], currency: str) -> Iterator[ItemDraft]:
    for line in lines:
        if not isinstance(line, dict):
            continue
        price = piped_sum(
            text_of(line.get("formatPriceInfo")),
            text_of(line.get("itemPriceText")),
            a_currency(text_of(line.get("currencyCode")), "currencyCode") or currency,
            "itemPriceText",
        )
        attributes = line.get("skuAttrs")
        variant = ", ".join(
            f"{text_of(attribute.get('name'))}: {text_of(attribute.get('text'))}"
            for attribute in (attributes if isinstance(attributes, list) else [])
            if isinstance(attribute, dict)
        )
        yield ItemDraft(
            title=clean_text(text_of(line.get("itemTitle"))),
            quantity=a_count(text_of(line.get("quantity")), "quantity"),
            price=price,
            variant=clean_text(variant),
            url=clean_url(text_of(line.get("itemDetailUrl")), known=product_of(line)),
        )


def _detail(value: Json, file: str, rejections: list[Rejection]) -> OrderDraft | None:
    """The order of a captured order page: its days and the tracking numbers it shows."""
    place = Place(file)
    for fields in _blocks(value, _DETAIL):
        try:
            number = a_number(text_of(fields.get("tradeOrderId")), "tradeOrderId", NUMBER)
            days = [(name, a_day(text_of(fields.get(key)), key)) for key, name in _DETAIL_DAYS]
        except BadCell as error:
            rejections.append(Rejection(place, error.why, error.remedy))
            continue
        facts = tuple(DraftFact(FactName(name), day) for name, day in days if day is not None)
        return OrderDraft(
            place=place,
            platform="aliexpress",
            number=number,
            event="export",
            ordered_on=days[0][1],
            facts=facts,
            tracking=tuple(dict.fromkeys(_tracking(value))),
        )
    return None


def _tracking(value: Json) -> Iterator[str]:
    for fields in _blocks(value, _PARCELS):
        parcels = fields.get("packageInfoList")
        for parcel in parcels if isinstance(parcels, list) else []:
            if isinstance(parcel, dict):
                number = text_of(parcel.get("trackingNumber")).upper()
                if _TRACKING.fullmatch(number):
                    yield number
