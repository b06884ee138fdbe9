"""Single details of a mail: what happened, which day, what sum, what it was paid with."""

from __future__ import annotations

import datetime as dt
import re
import zoneinfo
from collections.abc import Iterable
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.amounts import find_amounts
from disputedesk.intake.days import (
    MONTH,
    DayOrder,
    FoundDay,
    Lean,
    find_days,
    folded_text,
    next_weekday,
    read_day,
)
from disputedesk.intake.mail.page import Page
from disputedesk.intake.mail.phrases import load_phrases
from disputedesk.model.money import Money

_GAP: Final = 48
"""Signs that may stand between a label and its day."""
_OTHER_LABELS: Final = ("order_date", "order_number", "shipped", "delivered", "protection")
_WINDOW: Final = 130
_SPAN_BEFORE: Final = re.compile(
    rf"(?<!\d)\d{{1,2}}\.? ?[-–] ?(?=\d{{1,2}}(?!\d)\.? ?(?:de |of )?{MONTH})"
)
_SPAN_AFTER: Final = re.compile(rf" ?[-–] ?(\d{{1,2}})(?![\d:]|\.? ?(?:de |of )?{MONTH})")
_FIGURES: Final = re.compile(r"(?<![\d.,/-])\d{1,2}([./-])\d{1,2}\1\d{2,4}(?!\d)")
_MASK: Final = re.compile(r"(?<![\w*])(\d{0,6}(?:[*•·x]{2,12} ?){1,4}\d{4})(?!\w)")
_INLINE_SHOP: Final = frozenset(
    {"sold by", "verkauft von", "verkauft durch", "venduto da", "vendu par", "vendido por"}
)
"""Labels that read as part of a sentence: the shop follows without a colon."""
_CLOCK: Final = re.compile(r"(?<!\d)(\d{1,2}):(\d{2})(?::(\d{2}))?(?: ?(am|pm)\b)?")
_ZONE: Final = re.compile(r"\b(pst|pdt|pt|utc|gmt|z)\b(?:([+-]\d{1,2})(?::?(\d{2}))?)?")


def find_event(pages: tuple[Page, ...], *, has_subject: bool) -> str:
    """The id of what the mail tells, the subject asked first; empty when no word is known."""
    subject = pages[:1] if has_subject else ()
    for weak in (False, True):
        for group in (subject, *((page,) for page in pages[len(subject) :])):
            first = _first_event(group, weak=weak)
            if first:
                return first
    return ""


def _first_event(pages: tuple[Page, ...], *, weak: bool) -> str:
    """The event whose words stand first: the headline tells it, what follows tells the rest."""
    found = [
        (match.start(), number, each.id)
        for page in pages
        for number, each in enumerate(load_phrases().events)
        if each.weak == weak and (match := each.pattern.search(page.head)) is not None
    ]
    return min(found)[2] if found else ""


def find_labelled_day(
    pages: Iterable[Page],
    label: str,
    *,
    near: dt.date | None,
    order: DayOrder | None,
    lean: Lean,
) -> dt.date | None:
    """The last day of the span, or the one day, that stands right behind a label."""
    pattern = load_phrases().label(label)
    for page in pages:
        for match in pattern.finditer(page.folded):
            day = _day_behind(page, match, near, order, lean)
            if day is not None:
                return day
    return None


def find_unread_day(pages: Iterable[Page], label: str) -> tuple[str, ...]:
    """A warning for a date in figures behind a label that can mean two days."""
    for page in pages:
        for match in load_phrases().label(label).finditer(page.folded):
            window = page.flat[match.end() : match.end() + _GAP]
            figures = _FIGURES.search(window)
            if figures is not None and read_day(figures[0]) is None:
                text = figures[0]
                return (tr("The date {text} can be read in two ways; please enter it.", text=text),)
    return ()


def _day_behind(
    page: Page,
    match: re.Match[str],
    near: dt.date | None,
    order: DayOrder | None,
    lean: Lean,
) -> dt.date | None:
    phrases = load_phrases()
    if phrases.not_expected.search(page.folded[max(0, match.start() - 16) : match.start()]):
        return None
    window = page.flat[match.end() : match.end() + _WINDOW]
    spans = [span.span() for span in _SPAN_BEFORE.finditer(folded_text(window))]
    for start, end in spans:
        window = f"{window[:start]}{' ' * (end - start)}{window[end:]}"
    found = find_days(window, order=order, near=near, lean=lean)
    if found and found[0].start <= _GAP:
        gap = page.folded[match.end() : match.end() + found[0].start]
        return None if _is_broken(gap) else _end_of_span(window, found)
    return _spoken_day(window[:28], near) if lean is Lean.AHEAD else None


def _is_broken(gap: str) -> bool:
    """Whether the words between a label and a day begin something else."""
    labels = (load_phrases().label(name) for name in _OTHER_LABELS)
    return ". " in gap[3:] or any(label.search(gap) for label in labels)


def _end_of_span(window: str, found: tuple[FoundDay, ...]) -> dt.date:
    last = found[0]
    for each in found[1:]:
        between = folded_text(window[last.end : each.start])
        if not load_phrases().range_words.fullmatch(between) or each.day < last.day:
            break
        last = each
    after = _SPAN_AFTER.match(folded_text(window), last.end)
    if after is not None and last.day.day < int(after[1]) <= 31:
        try:
            return last.day.replace(day=int(after[1]))
        except ValueError:
            return last.day
    return last.day


def _spoken_day(text: str, near: dt.date | None) -> dt.date | None:
    """Today, tomorrow or a weekday in words, counted from the day of the mail."""
    if near is None or ". " in text[:12]:
        return None
    phrases = load_phrases()
    folded = folded_text(text)
    if phrases.label("today").search(folded):
        return near
    if phrases.label("tomorrow").search(folded):
        return near + dt.timedelta(days=1)
    return next_weekday(text[:20], near)


def find_total(pages: Iterable[Page], currency: str) -> tuple[Money | None, tuple[str, ...]]:
    """The sum of the order and a warning where it could not be read for certain."""
    found = tuple(pages)
    for pattern in load_phrases().labels["total"]:
        for page in found:
            sums = {
                money
                for match in pattern.finditer(page.folded)
                for money in _sum(page, match, currency)
            }
            if None in sums:
                return None, (tr("The total can be read in two ways; please enter it."),)
            if len(sums) == 1:
                return sums.pop(), ()
            if sums:
                return None, (tr("The mail names several totals; please enter the right one."),)
    return None, ()


def _sum(page: Page, match: re.Match[str], currency: str) -> list[Money | None]:
    before = page.folded[max(0, match.start() - 10) : match.start()]
    if re.search(r"(?:sub|shipment|before|item|items)[ -]$", before):
        return []
    window = page.flat[match.end() : match.end() + 40]
    amounts = find_amounts(window, currency_hint=currency)
    if not amounts or re.search(r"[^\W_]{2}|\d", window[: amounts[0].start]):
        return []
    return [amounts[0].money]


def find_payment(pages: Iterable[Page]) -> tuple[str, str]:
    """The masked instrument as shown and the card network; empty where the mail does not say."""
    mask = network = ""
    for page in pages:
        shown, start = _mask_on(page)
        mask = mask or shown
        windows = [
            page.folded[match.end() : match.end() + 40]
            for match in load_phrases().label("paid_with").finditer(page.folded)
        ]
        if shown:
            windows.append(page.folded[max(0, start - 30) : start + 30])
        network = network or next((name for name in map(_network, windows) if name), "")
    return mask, network


def _mask_on(page: Page) -> tuple[str, int]:
    """The mask on a page and where it stands."""
    shown = _MASK.search(page.folded)
    if shown is not None:
        return shown[1].replace(" ", ""), shown.start()
    for spoken in load_phrases().label("ending").finditer(page.folded):
        four = re.match(r"\W{0,4}(\d{4})(?!\d)", page.folded[spoken.end() : spoken.end() + 12])
        if four is not None:
            return f"··{four[1]}", spoken.start()
    return "", 0


def _network(text: str) -> str:
    return next((name for name, words in load_phrases().networks if words.search(text)), "")


def find_protection(
    pages: Iterable[Page], *, near: dt.date | None, order: DayOrder | None
) -> tuple[dt.datetime | None, tuple[str, ...]]:
    """When the platform's own timer ends, and what was assumed about the clock."""
    pattern = load_phrases().label("protection")
    for page in pages:
        for match in pattern.finditer(page.folded):
            window = page.flat[match.end() : match.end() + 90]
            days = find_days(window, order=order, near=near, lean=Lean.AHEAD)
            if days and days[0].start <= _GAP:
                return _instant(days[0], folded_text(window[days[0].end : days[0].end + 40]))
    return None, ()


def _instant(found: FoundDay, behind: str) -> tuple[dt.datetime, tuple[str, ...]]:
    clock = _CLOCK.search(behind)
    hour, minute, second = (int(clock[n] or 0) for n in (1, 2, 3)) if clock else (0, 0, 0)
    if clock is not None and clock[4]:
        hour = hour % 12 + (12 if clock[4] == "pm" else 0)
    zone, told = _zone(behind)
    warnings = []
    if clock is None:
        warnings.append(
            tr("The mail names the day protection ends without a time; its beginning was taken.")
        )
    if not told:
        warnings.append(
            tr("The mail names no zone for the end of protection; Pacific Time was taken.")
        )
    try:
        time = dt.time(hour, minute, second)
    except ValueError:
        time = dt.time()
    return dt.datetime.combine(found.day, time, zone), tuple(warnings)


def _zone(behind: str) -> tuple[dt.tzinfo, bool]:
    """The zone behind a time; without one, that of the platform's own clock."""
    named = _ZONE.search(behind)
    if named is None or named[1] in {"pst", "pdt", "pt"}:
        return zoneinfo.ZoneInfo("America/Los_Angeles"), named is not None
    hours, minutes = int(named[2] or 0), int(named[3] or 0)
    if abs(hours) > 14 or minutes > 59:
        return dt.UTC, True
    return dt.timezone(dt.timedelta(hours=hours, minutes=minutes if hours >= 0 else -minutes)), True


def find_value(pages: Iterable[Page], label: str) -> str:
    """The words behind a label and its colon, or on the line below a label that stands alone."""
    pattern = load_phrases().label(label)
    for page in pages:
        for number, line in enumerate(page.lines):
            match = pattern.match(folded_text(line[:200]))
            if match is None:
                continue
            rest = line[match.end() :].strip()
            value = rest.lstrip(":# ").strip() if rest.startswith(":") else ""
            if rest in {"", ":"} and number + 1 < len(page.lines):
                value = page.lines[number + 1]
            elif not value and label == "shop" and match[0] in _INLINE_SHOP:
                value = rest
            if 2 <= len(value) <= 80:
                return value
    return ""
