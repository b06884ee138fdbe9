"""Mails of shops about orders: AliExpress and Amazon, in the languages they write."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.days import Lean, folded_text
from disputedesk.intake.draft import Draft, DraftFact, OrderDraft, ParcelDraft
from disputedesk.intake.mail.details import (
    find_event,
    find_labelled_day,
    find_payment,
    find_protection,
    find_total,
    find_unread_day,
    find_value,
)
from disputedesk.intake.mail.items import find_items
from disputedesk.intake.mail.page import Page, pages_of
from disputedesk.intake.mail.phrases import load_phrases
from disputedesk.intake.mail.senders import find_claimed
from disputedesk.intake.mail.source import Drafted, MailSource, make_facts, undated
from disputedesk.intake.tracking import TrackingNumber, find_tracking_numbers

_AMAZON: Final = re.compile(r"(?<![\w-])([D\d]\d{2}-\d{7}-\d{7})(?![\w-])")
_ALIEXPRESS: Final = re.compile(r"(?<!\w)(\d{15,19})(?!\w)")
_ALIEXPRESS_LINK: Final = re.compile(r"order_?ids?(?:=|%3D)(\d{15,19})(?!\d)", re.IGNORECASE)
_AMAZON_LINK: Final = re.compile(r"order_?id(?:=|%3D)(\d{3}-\d{7}-\d{7})(?!\d)", re.IGNORECASE)
_MOST_ORDERS: Final = 20

_WITH_PROMISE: Final = frozenset({"confirmed", "paid", "ready_to_ship", "shipped", "update"})
_WITH_EXPECTATION: Final = frozenset({"delayed", "in_transit", "out_for_delivery"})


def read_order_mail(source: MailSource) -> Drafted:
    """The orders that a shop's mail is about; a parcel where it names only a package."""
    pages = pages_of(source.letter)
    event = find_event(pages, has_subject=bool(source.letter.subject.strip()))
    numbers = _find_numbers(source, pages)
    tracking = find_tracking_numbers("\n".join(page.flat for page in pages))
    if numbers:
        drafts: tuple[Draft, ...] = _order_drafts(source, pages, event, numbers, tracking)
        why, remedy = "", ""
        if event in {"", "update"}:
            why = tr("The mail names an order, but not what happened to it.")
        elif source.day is None and not _dates(source, pages, event):
            why, remedy = undated()
        return Drafted(event or "update", drafts, not why, why, remedy)
    if tracking and event:
        return Drafted(event, _parcel_drafts(source, pages, event, tracking), whole=True)
    if not event:
        return Drafted("")
    return Drafted(
        event,
        why=tr("The mail of {sender} names no order number.", sender=source.match.sender.name),
        remedy=tr("Keep it with its order by hand."),
    )


def _find_numbers(source: MailSource, pages: tuple[Page, ...]) -> tuple[str, ...]:
    """Order numbers: of the subject, else of the text, else of the links."""
    amazon = source.match.sender.id == "amazon"
    find: Callable[[Page], list[str]] = _amazon_numbers if amazon else _aliexpress_numbers
    for page in pages:
        found = find(page)
        if found:
            return tuple(dict.fromkeys(found))[:_MOST_ORDERS]
    link = _AMAZON_LINK if amazon else _ALIEXPRESS_LINK
    links = "\n".join((*source.letter.links, source.letter.plain))
    return tuple(dict.fromkeys(link.findall(links)))[:_MOST_ORDERS]


def _amazon_numbers(page: Page) -> list[str]:
    return _AMAZON.findall(page.flat)


def _aliexpress_numbers(page: Page) -> list[str]:
    """Long figures right behind a word for order: bare ones could be anything."""
    label = load_phrases().label("order_number")
    ends = {match.end() for match in label.finditer(page.folded)}
    found = []
    for match in _ALIEXPRESS.finditer(page.flat):
        before = page.folded[max(0, match.start() - 8) : match.start()]
        gap = len(before) - len(re.sub(r"[\W_]+$", "", before))
        if match.start() - gap in ends:
            found.append(match[1])
    return found


def _order_drafts(
    source: MailSource,
    pages: tuple[Page, ...],
    event: str,
    numbers: tuple[str, ...],
    tracking: tuple[TrackingNumber, ...],
) -> tuple[OrderDraft, ...]:
    """One draft for each number; what cannot be told apart between several stays out."""
    draft = _one_draft(source, pages, event, numbers[0], tracking)
    if len(numbers) == 1:
        return (draft,)
    warning = tr("The mail is about several orders; sums and things were not told apart.")
    return tuple(
        dataclasses.replace(
            draft,
            number=number,
            total=None,
            items=(),
            tracking=(),
            facts=tuple(fact for fact in draft.facts if fact.name != "amount"),
            warnings=(*draft.warnings, warning),
        )
        for number in numbers
    )


def _one_draft(
    source: MailSource,
    pages: tuple[Page, ...],
    event: str,
    number: str,
    tracking: tuple[TrackingNumber, ...],
) -> OrderDraft:
    body = pages[1:] if source.letter.subject.strip() else pages
    total, warnings = find_total(body, source.match.site.currency)
    mask, network = find_payment(body)
    ends_at, clock_warnings = find_protection(pages, near=source.day, order=source.order)
    days = tuple(
        fact
        for fact in _dates(source, pages, event)
        if fact.name != "last_scan_on" or event == "out_for_delivery"
    )  # a shop's "awaiting delivery" is a state of the order, not an event a carrier saw
    facts = (*days, *make_facts(protection_ends_at=ends_at, amount=total, network=network or None))
    if event in _WITH_PROMISE | _WITH_EXPECTATION and not _has_prospect(days):
        warnings = (*warnings, *find_unread_day(pages, "expected"))
    ordered = next((fact.value for fact in days if fact.name == "ordered_on"), None)
    return OrderDraft(
        place=source.place,
        platform=source.match.sender.id,
        number=number,
        event=event or "update",
        shop=find_value(body, "shop"),
        ordered_on=ordered if isinstance(ordered, dt.date) else None,
        total=total,
        items=find_items(source.letter.subject, body, source.match.site.currency),
        facts=facts,
        tracking=tuple(each.number for each in tracking if each.number != number),
        carrier=_carrier(body, tracking),
        payment_mask=mask,
        payment_network=network,
        warnings=(*source.warnings, *warnings, *clock_warnings),
    )


def _has_prospect(days: tuple[DraftFact, ...]) -> bool:
    return any(fact.name in {"promised_by", "expected_delivery"} for fact in days)


def _dates(source: MailSource, pages: tuple[Page, ...], event: str) -> tuple[DraftFact, ...]:
    """The days that the mail states, and the one that its sending tells."""
    day = source.day
    ordered = _behind(source, pages, "order_date")
    if ordered is None and event == "confirmed":
        ordered = day
    expected = None
    if event in _WITH_PROMISE or event in _WITH_EXPECTATION:
        expected = _ahead(source, pages, "expected")
    if expected is None and event == "out_for_delivery":
        expected = day
    promised = expected if event in _WITH_PROMISE else None
    shipped = (_behind(source, pages, "shipped") or day) if event == "shipped" else None
    delivered = (_behind(source, pages, "delivered") or day) if event == "delivered" else None
    return make_facts(
        ordered_on=ordered,
        shipped_on=shipped,
        promised_by=promised,
        expected_delivery=expected if event in _WITH_EXPECTATION else None,
        last_scan_on=day if event in {"in_transit", "out_for_delivery"} else None,
        delivered_on=delivered,
        cancelled_on=day if event == "cancelled" else None,
    )


def _behind(source: MailSource, pages: tuple[Page, ...], label: str) -> dt.date | None:
    """The day of an event; one that lies after the mail was sent is none."""
    found = find_labelled_day(pages, label, near=source.day, order=source.order, lean=Lean.BEHIND)
    if found is None or (source.day is not None and (found - source.day).days > 1):
        return None
    return found


def _ahead(source: MailSource, pages: tuple[Page, ...], label: str) -> dt.date | None:
    return find_labelled_day(pages, label, near=source.day, order=source.order, lean=Lean.AHEAD)


def _carrier(pages: tuple[Page, ...], tracking: tuple[TrackingNumber, ...]) -> str:
    """Who carries it: as the mail says, else as the number tells."""
    label = load_phrases().label("carrier")
    for page in pages:
        for match in label.finditer(page.folded):
            words = page.flat[match.end() : match.end() + 40].lstrip(": ")
            name = re.match(r"[^\W\d][\w .&/-]{1,30}?(?=\.| e il | and | und | avec |,|$)", words)
            claimed = find_claimed(name[0]) if name else None
            if claimed is not None:
                return claimed.id
            if name is not None and folded_text(name[0]) != "to":
                return name[0].strip()
    return next((each.carrier for each in tracking if each.carrier), "")


def _parcel_drafts(
    source: MailSource,
    pages: tuple[Page, ...],
    event: str,
    tracking: tuple[TrackingNumber, ...],
) -> tuple[ParcelDraft, ...]:
    """A shop's mail that names only the package moves the order that has its number."""
    facts = tuple(f for f in _dates(source, pages, event) if f.name != "ordered_on")
    return tuple(
        ParcelDraft(
            place=source.place,
            carrier=each.carrier,
            number=each.number,
            event=event,
            facts=facts,
            hints=(source.match.sender.name,),
            warnings=source.warnings,
        )
        for each in tracking
    )
