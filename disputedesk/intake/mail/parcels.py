"""Mails of carriers about a parcel: which parcel, what happened, when it is expected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from disputedesk.common.secrets import mask
from disputedesk.common.texts import tr
from disputedesk.intake.days import Lean
from disputedesk.intake.draft import DraftFact, ParcelDraft
from disputedesk.intake.mail.details import find_event, find_labelled_day
from disputedesk.intake.mail.page import Page, pages_of
from disputedesk.intake.mail.phrases import load_phrases
from disputedesk.intake.mail.senders import find_claimed
from disputedesk.intake.mail.source import Drafted, MailSource, make_facts
from disputedesk.intake.tracking import TrackingNumber, find_tracking_numbers

_MOST_PARCELS: Final = 10
_NO_SCAN: Final = frozenset({"", "announced", "update"})
"""Events that tell nothing of where the parcel was seen."""


def read_parcel_mail(source: MailSource) -> Drafted:
    """A draft for each parcel the mail names; one without a number when it names none."""
    pages = pages_of(source.letter)
    event = find_event(pages, has_subject=bool(source.letter.subject.strip()))
    carrier = _carrier(source)
    numbers = _numbers(pages, carrier)
    if not event and not numbers:
        return Drafted("")
    facts = _dates(source, pages, event)
    hints = _hints(source)
    found = numbers or (TrackingNumber("", carrier, checked=False),)
    drafts = tuple(
        ParcelDraft(
            place=source.place,
            carrier=carrier,
            number=each.number,
            event=event or "update",
            facts=facts,
            hints=hints,
            warnings=(*source.warnings, *_warnings(each, numbers)),
        )
        for each in found
    )
    why = "" if numbers else tr("The mail names no tracking number.")
    remedy = "" if numbers else tr("Keep it with its order by hand.")
    return Drafted(event or "update", drafts, bool(event and numbers), why, remedy)


def _carrier(source: MailSource) -> str:
    """The sender itself, or the one it carries the word of."""
    claimed = find_claimed(source.letter.sender.name) if not source.match.sender.claims else None
    return claimed.id if claimed is not None else source.match.sender.id


def _numbers(pages: Iterable[Page], carrier: str) -> tuple[TrackingNumber, ...]:
    """Numbers of the subject, then of the text; forms of other carriers only without own ones."""
    found = find_tracking_numbers("\n".join(page.flat for page in pages), carrier=carrier)
    own = tuple(each for each in found if each.carrier == carrier)
    return (own or found)[:_MOST_PARCELS]


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


def _behind(source: MailSource, pages: tuple[Page, ...], label: str) -> dt.date | None:
    """The day of an event; one that lies after the mail was sent is none."""
    found = find_labelled_day(pages, label, near=source.day, order=source.order, lean=Lean.BEHIND)
    if found is None or (source.day is not None and (found - source.day).days > 1):
        return None
    return found


def _hints(source: MailSource) -> tuple[str, ...]:
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
    return tuple(dict.fromkeys(hint for hint in found if len(hint) >= 2))[:3]
