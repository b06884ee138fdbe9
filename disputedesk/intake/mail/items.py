"""The things an order mail lists, where it lists them plainly; a guess is not an item."""

from __future__ import annotations

import itertools
import re
from typing import Final

from disputedesk.common.secrets import mask
from disputedesk.intake.amounts import find_amounts, read_amount
from disputedesk.intake.days import folded_text
from disputedesk.intake.draft import ItemDraft
from disputedesk.intake.mail.page import Page
from disputedesk.intake.mail.phrases import load_phrases

_MOST_ITEMS: Final = 50
_COUNTED: Final = re.compile(r"(\d{1,3}) ?[xX×] (.{3,300})")
_BULLET: Final = re.compile(r"[*•] (.{3,300})")
_SUBJECT_TITLE: Final = re.compile(
    r"[\"“„«]([^\"”“»]{3,200})[\"”“»]|^(?:delivery update|delivered|shipped|ordered|dispatched)"
    r": (?!your )(.{3,200})$",
    re.IGNORECASE,
)
_PRICE_BELOW: Final = 4


def find_items(subject: str, pages: tuple[Page, ...], currency: str) -> tuple[ItemDraft, ...]:
    """The items that a mail names; the shortened title of its subject where it lists none."""
    for page in pages:
        found = tuple(
            item
            for number in range(len(page.lines))
            if (item := _item_at(page.lines, number, currency)) is not None
        )
        if found:
            return found[:_MOST_ITEMS]
    titled = _SUBJECT_TITLE.search(subject)
    title = (titled[1] or titled[2] or "").strip('"“”„«» ') if titled else ""
    return (ItemDraft(mask(title)),) if title and "#" not in title else ()


def _item_at(lines: tuple[str, ...], number: int, currency: str) -> ItemDraft | None:
    counted = _COUNTED.fullmatch(lines[number])
    if counted is not None and read_amount(counted[2], currency_hint=currency) is None:
        return _item(counted[2], int(counted[1]), lines[number + 1 :][:_PRICE_BELOW], currency)
    bullet = _BULLET.fullmatch(lines[number])
    below = lines[number + 1 :][:_PRICE_BELOW]
    if bullet is not None and below:
        quantity = _quantity(below[0])
        if quantity is not None:
            return _item(bullet[1], quantity, below, currency)
    return None


def _item(title: str, quantity: int, below: tuple[str, ...], currency: str) -> ItemDraft:
    """An item with the price that stands on its own line or at the end of one of the next."""
    own = find_amounts(title, currency_hint=currency)
    if own and own[-1].end == len(title):
        return ItemDraft(mask(title[: own[-1].start].rstrip(" -–:,")), quantity, own[-1].money)
    for line, after in itertools.pairwise((*below, "")):
        if _COUNTED.fullmatch(line) or _BULLET.fullmatch(line):
            break
        torn = re.fullmatch(r"[.,]?\d{1,2}", after)
        price = None if torn else read_amount(line, currency_hint=currency if "$" in line else None)
        if price is not None:
            return ItemDraft(mask(title), quantity, price)
    return ItemDraft(mask(title), quantity)


def _quantity(line: str) -> int | None:
    folded = folded_text(line)
    match = load_phrases().label("quantity").match(folded)
    found = re.fullmatch(r"[:\s]*(\d{1,3})", folded[match.end() :]) if match else None
    return int(found[1]) if found else None
