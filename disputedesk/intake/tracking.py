"""Tracking numbers in text: which are some, whose they are, and whether their check digit fits.

The forms are data (`resources/carriers/tracking.toml`). A form that nothing else looks like is
taken wherever it stands; bare figures are taken only right behind a word that announces a tracking
number, and never behind one that announces an order, so that an order number is not followed as if
it were a parcel.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
from collections.abc import Callable, Iterator
from typing import Final

from disputedesk.common import locations
from disputedesk.intake.days import folded_pattern, folded_text

_LONGEST: Final = 200_000
"""Characters of a text that are searched; no carrier writes more."""


@dataclasses.dataclass(frozen=True, slots=True)
class TrackingNumber:
    """A tracking number as it is written without spaces.

    Attributes:
        carrier: `ups`, `royal_mail`, …; empty when the form does not tell.
        checked: Whether it has a check digit and that digit fits.
        suspect: Whether it has a check digit that does not fit: mistyped, or made up.
    """

    number: str
    carrier: str
    checked: bool
    suspect: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class _Format:
    carrier: str
    pattern: re.Pattern[str]
    search: re.Pattern[str]
    check: str
    strong: bool
    own_mail: bool
    countries: tuple[tuple[str, str], ...]


@dataclasses.dataclass(frozen=True, slots=True)
class _Table:
    formats: tuple[_Format, ...]
    label: re.Pattern[str]
    order_before: re.Pattern[str]


def find_tracking_numbers(text: str, *, carrier: str = "") -> tuple[TrackingNumber, ...]:
    """The tracking numbers in `text`, each once: those announced in words first.

    Args:
        text: Plain text; addresses of web pages in it should be taken out before.
        carrier: Whose message it is, when known: its own forms go before others, and are taken
            without a word in front where the form is long enough.
    """
    found: dict[str, TrackingNumber] = {}
    clipped = text[:_LONGEST]
    for number in (*_announced(clipped, carrier), *_standing_alone(clipped, carrier)):
        found.setdefault(number.number, number)
    return tuple(found.values())


def read_tracking_number(text: str, *, carrier: str = "") -> TrackingNumber | None:
    """What `text`, the number alone, is; `None` when it looks like no tracking number we know."""
    number = re.sub(r"[\s-]", "", text).upper() if len(text) <= 60 else ""
    fits = [
        each
        for each in _table().formats
        if each.pattern.fullmatch(number) and (not each.own_mail or each.carrier == carrier)
    ]
    if not fits:
        return None
    own = [each for each in fits if carrier and _carrier_of(each, number) == carrier]
    checked = [each for each in fits if _CHECKS[each.check](number)]
    best = (own or checked or fits)[0]
    certain = bool(own or checked) or len({_carrier_of(each, number) for each in fits}) == 1
    return TrackingNumber(
        number,
        _carrier_of(best, number) if certain else "",
        checked=_CHECKS[best.check](number) is True,
        suspect=certain and _CHECKS[best.check](number) is False,
    )


def s10_check_digit(serial: str) -> int:
    """The check digit that belongs to the eight figures of an S10 number.

    Source: UPU standard S10; 47312482 gives 9.
    """
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    rest = 11 - sum(int(n) * w for n, w in zip(serial, weights, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def _announced(text: str, carrier: str) -> Iterator[TrackingNumber]:
    """Numbers right behind a word that announces them."""
    table = _table()
    folded = folded_text(text)
    for match in table.label.finditer(folded):
        start, end = match.span("number")
        if table.order_before.search(folded[max(0, match.start() - 30) : start]):
            continue
        number = _joined(text[start:end])
        if sum(sign.isdigit() for sign in number) < 6:
            continue
        known = read_tracking_number(number, carrier=carrier)
        if known is not None:
            yield known
        elif (not match["weak"] or carrier) and 8 <= len(number) <= 35:
            yield TrackingNumber(number, carrier, checked=False)


def _standing_alone(text: str, carrier: str) -> Iterator[TrackingNumber]:
    """Numbers whose form alone tells what they are."""
    table = _table()
    folded = folded_text(text)
    for each in table.formats:
        if not each.strong:
            continue
        for match in each.search.finditer(text):
            number = _joined(match[0])
            if not each.pattern.fullmatch(number):
                continue
            if table.order_before.search(folded[max(0, match.start() - 30) : match.start()]):
                continue
            own = bool(carrier) and _carrier_of(each, number) == carrier
            if _CHECKS[each.check](number) is False and not own:
                continue
            known = read_tracking_number(number, carrier=carrier)
            if known is not None:
                yield known


def _joined(text: str) -> str:
    return re.sub(r"[\s-]", "", text).upper()


def _carrier_of(form: _Format, number: str) -> str:
    return dict(form.countries).get(number[-2:], form.carrier)


@functools.cache
def _table() -> _Table:
    with locations.resources("carriers", "tracking.toml").open("rb") as stream:
        data = tomllib.load(stream)
    labels = data["labels"]
    tracking, parcel, order = (
        folded_pattern("|".join(labels[name])) for name in ("tracking", "parcel", "order")
    )
    linking = r"(?:(?:is|are|ist|lautet|e|est|es|to|nr|no|numer|numero|number|номер)\b\W{0,4}){0,2}"
    shapes = (
        r"1z(?: ?[0-9a-z]){16}|[0-9]{2,6}(?: [0-9]{2,6}){1,8}|[a-z]{2}(?: [0-9]{2,4}){3,4} [a-z]{2}"
    )
    return _Table(
        formats=tuple(_format(each) for each in data["format"]),
        label=re.compile(
            rf"(?<![^\W_])(?:(?:{tracking})|(?P<weak>{parcel}))s?(?![^\W_])[\W_]{{0,12}}?{linking}"
            rf"(?<![0-9a-z])(?P<number>{shapes}|(?=[a-z]{{0,12}}[0-9])[0-9a-z]{{6,40}})(?![0-9a-z])"
        ),
        order_before=re.compile(rf"(?<![^\W_])(?:{order})[\W_]{{0,6}}(?:n|nr|no|is)?[\W_]{{0,3}}$"),
    )


def _format(data: dict[str, object]) -> _Format:
    pattern = str(data["pattern"])
    search = "|".join(part for part in (str(data.get("spaced", "")), pattern) if part)
    countries = data.get("countries")
    return _Format(
        carrier=str(data["carrier"]),
        pattern=re.compile(pattern),
        search=re.compile(rf"(?<![0-9A-Za-z])(?:{search})(?![0-9A-Za-z])"),
        check=str(data["check"]),
        strong=bool(data["strong"]),
        own_mail=bool(data.get("own_mail", False)),
        countries=tuple(countries.items()) if isinstance(countries, dict) else (),
    )


def _s10(number: str) -> bool:
    return s10_check_digit(number[2:10]) == int(number[10])


def _ups(number: str) -> bool:
    values = [int(s) if s.isdigit() else (ord(s) - 3) % 10 for s in number[2:-1]]
    total = sum(values[0::2]) + 2 * sum(values[1::2])
    return -total % 10 == int(number[-1])


def _mod10(number: str) -> bool:
    """Weights 3 and 1 from the right; a postcode in front of a USPS number is not counted."""
    if not number.startswith("420"):
        return _has_mod10(number)
    behind = (number[8:], number[12:])
    return any(len(part) in {20, 22, 26} and _has_mod10(part) for part in behind)


def _has_mod10(number: str) -> bool:
    body = [int(sign) for sign in reversed(number[:-1])]
    return -(3 * sum(body[0::2]) + sum(body[1::2])) % 10 == int(number[-1])


def _fedex(number: str) -> bool:
    weights = (3, 1, 7) * 4
    total = sum(int(n) * w for n, w in zip(number[:-1], weights, strict=False))
    return total % 11 % 10 == int(number[-1])


def _mod7(number: str) -> bool:
    return int(number[:-1]) % 7 == int(number[-1])


def _mod37(number: str) -> bool | None:
    """ISO 7064 mod 37,36; `None` where the number is printed without its check sign."""
    if len(number) < 15:
        return None
    signs = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rest = 36
    for sign in number[:-1]:
        rest = (rest + signs.index(sign)) % 36 or 36
        rest = rest * 2 % 37
    return (rest + signs.index(number[-1])) % 36 == 1


def _no_check(number: str) -> None:
    """A form without a check digit says neither yes nor no to any `number`."""
    del number


_CHECKS: Final[dict[str, Callable[[str], bool | None]]] = {
    "s10": _s10,
    "ups": _ups,
    "mod10": _mod10,
    "fedex": _fedex,
    "mod7": _mod7,
    "mod37": _mod37,
    "none": _no_check,
}
