"""Mails of carriers about a parcel: which parcel, what happened, when it is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.intake.days import Lean
from disputedesk.intake.draft import DraftFact, ParcelDraft
from disputedesk.intake.mail.details import find_event, find_labelled_day, find_unread_day
from disputedesk.intake.mail.page import Page, pages_of
from disputedesk.intake.mail.phrases import load_phrases
from disputedesk.intake.mail.senders import Role, find_claimed
from disputedesk.intake.mail.source import Drafted, MailSource, make_facts, undated
from disputedesk.intake.tracking import TrackingNumber, find_tracking_numbers

_MOST_PARCELS: Final = 10
_NO_SCAN: Final = frozenset({"", "announced", "update"})
"""Events that tell nothing of where the parcel was seen."""


def read_parcel_mail(source: MailSource) -> Drafted:
    """A draft for each parcel the mail names; one without a number when it names none."""
    pages = pages_of(source.letter)
    told = find_event(pages, has_subject=bool(source.letter.subject.strip()))
    event = "in_transit" if told == "shipped" else told
    carrier = _carrier(source)
    numbers = _numbers(pages, carrier)
    if not event and not numbers:
        return Drafted("")
    facts = _dates(source, pages, event)
    hints = _hints(source, carrier)
    unread = () if any(f.name == "expected_delivery" for f in facts) else _unread(pages, event)
    found = numbers or (TrackingNumber("", carrier, checked=False),)
    drafts = tuple(
        ParcelDraft(
            place=source.place,
            carrier=carrier,
            number=each.number,
            event=event or "update",
            facts=facts,
            hints=hints,
            warnings=(*source.warnings, *_warnings(each, numbers), *unread),
        )
        for each in found
    )
    why = "" if numbers else tr("The mail names no tracking number.")
    remedy = "" if numbers else tr("Keep it with its order by hand.")
    if numbers and source.day is None and not facts:
        why, remedy = undated()
    return Drafted(event or "update", drafts, bool(event) and not why, why, remedy)


def _carrier(source: MailSource) -> str:
    """The sender itself, or the one it carries the word of."""
    sender = source.match.sender
    name = source.letter.sender.name
    claimed = None if sender.claims else find_claimed(name, Role.CARRIER)
    return claimed.id if claimed is not None else sender.id


def _numbers(pages: Iterable[Page], carrier: str) -> tuple[TrackingNumber, ...]:
    """Numbers of the subject, then of the text; forms of other carriers only without own ones."""
    text = "\n".join(page.flat for page in pages)
    found = find_tracking_numbers(text, carrier=carrier)
    own = tuple(each for each in found if each.carrier == carrier) or found
    together = text.upper()
    first = [together.find(each.number) for each in own]
    ordered = sorted(zip(first, own, strict=True), key=lambda pair: (pair[0] < 0, pair[0]))
    return tuple(each for _place, each in ordered)[:_MOST_PARCELS]


def _warnings(number: TrackingNumber, all_of_them: tuple[TrackingNumber, ...]) -> tuple[str, ...]:
    warnings = []
    if number.suspect:
        warnings.append(
            tr("The check digit of the number {number} does not fit.", number=number.number)
        )
    others = [each.number for each in all_of_them if each != number]
    if others:
        warnings.append(tr("The mail also names {numbers}.", numbers=", ".join(others)))
    return tuple(warnings)


def _dates(source: MailSource, pages: tuple[Page, ...], event: str) -> tuple[DraftFact, ...]:
    day = source.day
    delivered = (_behind(source, pages, "delivered") or day) if event == "delivered" else None
    expected = None
    if event not in {"delivered", "cancelled", "pickup"}:
        expected = find_labelled_day(
            pages, "expected", near=day, order=source.order, lean=Lean.AHEAD
        )
    if expected is None and event == "out_for_delivery":
        expected = day
    seen = delivered or (None if event in _NO_SCAN else _behind(source, pages, "scan") or day)
    return make_facts(
        shipped_on=_behind(source, pages, "shipped"),
        expected_delivery=expected,
        last_scan_on=seen,
        delivered_on=delivered,
    )


def _unread(pages: tuple[Page, ...], event: str) -> tuple[str, ...]:
    return () if event == "delivered" else find_unread_day(pages, "expected")


def _behind(source: MailSource, pages: tuple[Page, ...], label: str) -> dt.date | None:
    """The day of an event; one that lies after the mail was sent is none."""
    found = find_labelled_day(pages, label, near=source.day, order=source.order, lean=Lean.BEHIND)
    if found is None or (source.day is not None and (found - source.day).days > 1):
        return None
    return found


def _hints(source: MailSource, carrier: str) -> tuple[str, ...]:
    """Who sent the parcel, as the carrier names them."""
    letter = source.letter
    found: list[str] = []
    for text in (letter.subject, letter.plain, letter.html):
        lines = "\n".join(
            " ".join(line.split()) for line in text[:6000].splitlines() if line.strip()
        )
        for pattern in load_phrases().hints:
            match = pattern.search(lines) or pattern.search(lines.replace("\n", " "))
            if match is not None:
                found.append(mask(" ".join(match["shop"].split())).strip(" *-"))
    others = [hint for hint in found if len(hint) >= 2 and not _is_carrier(hint, carrier)]
    return tuple(dict.fromkeys(others))[:3]


def _is_carrier(hint: str, carrier: str) -> bool:
    """Whether a name that looked like a shop is the carrier's own."""
    claimed = find_claimed(hint, Role.CARRIER)
    return claimed is not None and claimed.id == carrier
