"""Days as people write them, in every language of letters: which day each mention can mean."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Final

_CENTURY: Final = 2000
_TWO_DIGITS: Final = 100
_LONGEST: Final = 20_000
"""Of a longer text only so many characters are looked at; it is over every limit anyway."""

_ISO: Final = re.compile(r"(?<!\d)(\d{4})-(\d\d?)-(\d\d?)(?!\d)")
_DOTTED: Final = re.compile(r"(?<![\d.,])(\d\d?)\.\s?(\d\d?)\.(?:\s?(\d{4}|\d\d))?(?![\d])")
_SLASHED: Final = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(\d{4}|\d\d)(?![\d/])")


@dataclasses.dataclass(frozen=True, slots=True)
class Mention:
    """One day in a text.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        readings: Year, month and day of each way to read it; the year is 0 where none is written.
    """

    start: int
    end: int
    readings: tuple[tuple[int, int, int], ...]

    def can_be(self, day: dt.date) -> bool:
        """Whether it can mean `day`."""
        return any(
            (month, number) == (day.month, day.day) and year in {0, day.year}
            for year, month, number in self.readings
        )


def mentions(text: str, language: str) -> tuple[Mention, ...]:
    """The days that `text` names, in order; what is no day of any calendar is left out."""
    text = text[:_LONGEST]
    found: dict[int, Mention] = {}
    for mention in (*_in_words(text, language), *_in_figures(text)):
        if not any(other.start < mention.end and mention.start < other.end
                   for other in found.values()):  # fmt: skip
            found[mention.start] = mention
    return tuple(found[start] for start in sorted(found))


def _in_figures(text: str) -> Iterator[Mention]:
    for match in _ISO.finditer(text):
        year, month, day = map(int, match.groups())
        yield from _mention(match, ((year, month, day),))
    for match in _DOTTED.finditer(text):
        year = _year(match[3])
        yield from _mention(match, ((year, int(match[2]), int(match[1])),))
    for match in _SLASHED.finditer(text):
        year, one, two = _year(match[3]), int(match[1]), int(match[2])
        yield from _mention(match, ((year, one, two), (year, two, one)))


def _in_words(text: str, language: str) -> Iterator[Mention]:
    before, after = _patterns(language)
    months = _months(language)
    for match in (*before.finditer(text), *after.finditer(text)):
        month = months[match["month"].casefold().rstrip(".")]
        yield from _mention(match, ((_year(match["year"]), month, int(match["day"])),))


def _mention(match: re.Match[str], readings: tuple[tuple[int, int, int], ...]) -> Iterator[Mention]:
    real = tuple(reading for reading in readings if _is_real(*reading))
    if real:
        yield Mention(match.start(), match.end(), real)


def _is_real(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year or _CENTURY, month, day)
    except ValueError:
        return False
    return True


def _year(text: str | None) -> int:
    if not text:
        return 0
    number = int(text)
    return number + _CENTURY if number < _TWO_DIGITS else number


@functools.cache
def _months(language: str) -> dict[str, int]:
    """The number of each month by every name it has."""
    from babel.dates import get_month_names

    names: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in get_month_names(width, context, locale=language).items():
                names[name.casefold().rstrip(".")] = number
    return names


@functools.cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A day before its month's name, and after it."""
    names = "|".join(sorted(map(re.escape, _months(language)), key=len, reverse=True))
    month = rf"(?P<month>{names})\.?(?!\w)"
    day = r"(?<!\d)(?P<day>\d\d?)(?:st|nd|rd|th|er|º|\.)?"
    year = r"(?:,?\s+(?:de\s+|of\s+)?(?P<year>\d{4}))?"
    flags = re.IGNORECASE
    return (
        re.compile(rf"{day}\s+(?:de\s+|of\s+)?{month}{year}", flags),
        re.compile(rf"(?<!\w){month}\s+{day}(?!\d){year}", flags),
    )
