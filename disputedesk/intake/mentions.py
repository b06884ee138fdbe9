"""Days, sums and numbers that a text mentions, with the words around them; nothing is decided here.

A day that can be read two ways is given with both readings, to be asked; a sum without a currency
is none. What a mention most likely tells (paid, ordered, sent back) is said by the words nearest to
it in its own sentence, in English or Russian, and is a suggestion.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import itertools
import re
from collections.abc import Iterator
from typing import Final

from disputedesk.intake.amounts import find_amounts
from disputedesk.intake.days import DayOrder, Lean, find_days, folded_pattern, folded_text, read_day
from disputedesk.intake.tracking import find_tracking_numbers
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money

_LONGEST: Final = 30_000
"""Signs of a text that are looked through; what matters in a mail stands before them."""
_AROUND: Final = 90
_MOST: Final = 60
"""How many mentions of one kind are told; more than these are a list, not a letter."""
_FIGURES: Final = re.compile(
    r"(?<![\d.,:/-])(?:\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2}))(?![\d/-])(?!\.\d)"
)
_ORDER: Final = re.compile(
    r"\b(?:order|заказ\w*|bestellung|bestellnummer)(?: (?:number|no|id|номер))?\W{0,4}"
    r"(?P<number>(?=[^\s]{0,26}\d{4})[0-9A-Za-z-]{6,30})",
    re.IGNORECASE,
)
_LIMIT: Final = re.compile(r"\b(?:by|until|till|before|within|до|к|не позднее)\W{1,3}(?:\w+ )?$")
"""Before a day: it is a limit that somebody set, not the day on which something happened."""
_ASKS: Final = re.compile(
    folded_pattern(
        r"\b(?:reply|respond|response|answer|rebut\w*|provide|submit|hear from you"
        r"|let us (?:know|have))\b|ответ|предостав|возраж"
    )
)
"""In the sentence of such a limit: it is the day by which an answer is asked."""
_HALF_A_YEAR: Final = dt.timedelta(days=180)
_SENTENCE_END: Final = re.compile(r"[.!?…](?=\s+[^\W\d_])|\n\s*\n|;|\n")

_PAID, _ORDERED = FactName("transaction_date"), FactName("ordered_on")
_SHIPPED, _RECEIVED = FactName("shipped_on"), FactName("received_on")
_PROMISED, _ASKED = FactName("promised_by"), FactName("contacted_seller_on")
_RETURNED, _CREDIT = FactName("returned_on"), FactName("credit_voucher_on")
_NO_FACT, _REPLY_BY = FactName(""), FactName("reply_asked_by")
_AMOUNT, _CREDITED = FactName("amount"), FactName("credit_promised")

DAY_FACTS: Final = (
    _PAID, _ORDERED, _SHIPPED, _RECEIVED, FactName("delivered_on"), _PROMISED, _ASKED, _RETURNED,
    _CREDIT, _REPLY_BY,
)  # fmt: skip
"""The facts a mentioned day can be recorded as."""
SUM_FACTS: Final = (_AMOUNT, FactName("item_price"), _CREDITED)
"""The facts a mentioned sum can be recorded as."""

_DAY_HINTS: Final = tuple(
    (re.compile(folded_pattern(pattern)), fact)
    for pattern, fact in (
        (r"\b(?:sent|send|posted|shipped) (?:\w+ ){0,3}back\b|\breturned\b|отправил\w* "
         r"(?:\w+ ){0,2}(?:обратно|назад)|вернул[аи]? (?:\w+ )?(?:товар|посылк|вещ)", _RETURNED),
        (r"\brefund\w*|\bmoney back\b|возврат|верн(?:ут|ете|ем|ёт|ет)\b", _CREDIT),
        (r"\bpaid\b|\bpayment\b|\bcharged?\b|\bdebited\b|оплат|оплач|заплат|списал|списан", _PAID),
        (r"\bordered\b|\bbought\b|\bplaced\b|\bpurchased\b|\border date\b|заказал|купил|оформил",
         _ORDERED),
        (r"\bshipped\b|\bdispatched\b|\bsent out\b|отправлен|отправил|выслал", _SHIPPED),
        (r"\barrived\b|\breceived\b|\bgot (?:it|the|my)\b|\bcame\b|получил|пришл|пришел|дошл",
         _RECEIVED),
        (r"\bexpected\b|\bpromised\b|\bshould (?:arrive|come|have)\b|\bestimated\b|обещал|ожида"
         r"|должн\w+ (?:была |был )?прийти", _PROMISED),
        (r"\bwrote\b|\bcontacted\b|\bmessaged\b|\bcomplained\b|\basked (?:the |them|him|her)"
         r"|написал|обратил|связал|жалов", _ASKED),
    )
)  # fmt: skip
_SUM_HINTS: Final = tuple(
    (re.compile(folded_pattern(pattern)), fact)
    for pattern, fact in (
        (r"\brefund\w*|\bmoney back\b|возврат|верн(?:ут|ете|ем|ёт|ет)\b", _CREDITED),
        (r"\bpaid\b|\bpayment\b|\bcharged?\b|\bdebited\b|\btotal\b|\bcost\b|оплат|оплач|заплат"
         r"|списал|списан|стоил|итого|сумм", _AMOUNT),
        (r"\bprice\b|\beach\b|цен[аеы]", FactName("item_price")),
    )
)  # fmt: skip


class MentionKind(enum.StrEnum):
    """What is mentioned."""

    DAY = "day"
    SUM = "sum"
    TRACKING = "tracking"
    ORDER = "order"


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """One day, sum or number in a text.

    Attributes:
        text: As it stands there.
        around: Its sentence, or as much of it as can be shown.
        days: What a day can mean: one reading, or several that have to be asked; else empty.
        money: A sum with its currency; `None` for other kinds.
        fact: What it most likely tells; empty where the words around do not say.
    """

    kind: MentionKind
    text: str
    around: str
    start: int
    days: tuple[dt.date, ...] = ()
    money: Money | None = None
    fact: FactName = _NO_FACT


def mentions(text: str, *, near: dt.date | None = None) -> tuple[Mention, ...]:
    """What a text mentions, in the order it stands there, at most so many.

    Args:
        text: A mail's or a page's words.
        near: The day it was written; a day without a year is read next to it. `None` leaves such
            days out.
    """
    clipped = text[:_LONGEST]
    kinds = (_days(clipped, near), _sums(clipped), _numbers(clipped))
    found = [each for kind in kinds for each in itertools.islice(kind, _MOST)]
    return tuple(sorted(found, key=lambda each: each.start))


def _days(text: str, near: dt.date | None) -> Iterator[Mention]:
    certain = find_days(text)
    taken = [(each.start, each.end) for each in certain]
    for each in certain:
        yield _mention(MentionKind.DAY, text, each.start, each.end, days=(each.day,))
    for match in _FIGURES.finditer(text):
        if any(start < match.end() and match.start() < end for start, end in taken):
            continue
        readings = {read_day(match[0], order=order) for order in DayOrder}
        days = tuple(sorted(day for day in readings if day is not None))
        if days:
            yield _mention(MentionKind.DAY, text, *match.span(), days=days)
            taken.append(match.span())
    if near is not None:
        yield from _days_without_year(text, near, taken)


def _days_without_year(
    text: str, near: dt.date, taken: list[tuple[int, int]]
) -> Iterator[Mention]:  # fmt: skip
    """Days such as `2 Nov`: an event lies behind, a promise ahead; what may be either is asked."""
    behind = {(d.start, d.end): d.day for d in find_days(text, near=near, lean=Lean.BEHIND)}
    ahead = {(d.start, d.end): d.day for d in find_days(text, near=near, lean=Lean.AHEAD)}
    for place, past in behind.items():
        if any(start < place[1] and place[0] < end for start, end in taken):
            continue
        mention = _mention(MentionKind.DAY, text, *place, days=(past,))
        coming = ahead.get(place, past)
        likely = coming if mention.fact in {_PROMISED, _REPLY_BY} else past
        if abs(likely - near) > _HALF_A_YEAR:
            yield dataclasses.replace(mention, days=tuple(sorted({past, coming})))
        else:
            yield dataclasses.replace(mention, days=(likely,))


def _sums(text: str) -> Iterator[Mention]:
    for each in find_amounts(text):
        if each.money is not None and each.money.minor > 0:
            yield _mention(MentionKind.SUM, text, each.start, each.end, money=each.money)


def _numbers(text: str) -> Iterator[Mention]:
    seen = set()
    for match in _ORDER.finditer(text):
        if match["number"] not in seen:
            seen.add(match["number"])
            yield _mention(MentionKind.ORDER, text, *match.span("number"))
    plain = text.upper()
    for number in find_tracking_numbers(text):
        start = plain.find(number.number)
        if number.number not in seen and start >= 0:
            yield _mention(MentionKind.TRACKING, text, start, start + len(number.number))


def _mention(
    kind: MentionKind, text: str, start: int, end: int, *, days: tuple[dt.date, ...] = (),
    money: Money | None = None,
) -> Mention:  # fmt: skip
    left, right = _sentence(text, start, end)
    hints = {MentionKind.DAY: _DAY_HINTS, MentionKind.SUM: _SUM_HINTS}.get(kind, ())
    sentence = folded_text(text[left:right])
    fact = _nearest(sentence, start - left, end - left, hints)
    if kind is MentionKind.DAY and _LIMIT.search(sentence[: start - left]):
        asks = fact != _PROMISED and _ASKS.search(sentence)
        fact = _REPLY_BY if asks else fact if fact == _PROMISED else _NO_FACT
    around = " ".join(text[max(left, start - _AROUND) : min(right, end + _AROUND)].split())
    return Mention(kind, text[start:end].strip(), around, start, days, money, fact)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a mention begins and ends, at most some 200 signs each way."""
    before = text[max(0, start - 200) : start]
    left = start - len(before)
    for match in _SENTENCE_END.finditer(before):
        left = start - len(before) + match.end()
    after = _SENTENCE_END.search(text, end, min(len(text), end + 200))
    return left, after.start() if after else min(len(text), end + 200)


def _nearest(
    sentence: str, start: int, end: int, hints: tuple[tuple[re.Pattern[str], FactName], ...]
) -> FactName:
    """The fact whose word stands nearest; one in front goes before one behind."""
    best, least = _NO_FACT, 10_000
    for pattern, fact in hints:
        for match in pattern.finditer(sentence):
            gap = start - match.end() if match.end() <= start else 2 * (match.start() - end) + 20
            if gap < least:
                best, least = fact, gap
    return best
