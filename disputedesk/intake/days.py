"""Calendar days out of text as people and shops write them; what can mean two days is not read.

Written months are read in English, German, Italian, French, Spanish, Portuguese, Dutch, Polish and
Russian, ISO dates and the year-first dates of East Asia as they are. Dates in figures are read by
the order that is given; without one, only those with a single reading are taken: `25/06/2021`,
`05/05/2021`, or a weekday beside them that fits one reading alone. A date without a year takes the
one that puts it next to `near`. No clock time is converted: the day is the one that is written.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final

_LONGEST: Final = 200
"""Characters beyond which a text is no date."""

_MONTH_NAMES: Final = (
    "january jan januar janner jaenner janvier janv gennaio gen gennaro enero ene janeiro januari"
    " stycznia styczen января январь янв",
    "february feb februar februari fevrier fevr fev febbraio febbr febrero fevereiro lutego luty"
    " февраля февраль февр фев",
    "march mar marz maerz mrz mars marzo mrt maart marco marca marzec марта март мар",
    "april apr avril avr aprile abril abr kwietnia kwiecien апреля апрель апр",
    "may mai maggio mag mayo maio mei maja maj мая май",
    "june jun juni juin giugno giu junio junho czerwca czerwiec июня июнь июн",
    "july jul juli juillet juil luglio lug julio julho lipca lipiec июля июль июл",
    "august aug aout agosto ago augustus sierpnia sierpien августа август авг",
    "september sept sep septembre settembre set sett septiembre setembro wrzesnia wrzesien"
    " сентября сентябрь сент сен",
    "october oct oktober okt octobre ottobre ott octubre outubro pazdziernika pazdziernik"
    " октября октябрь окт",
    "november nov novembre noviembre novembro listopada listopad ноября ноябрь нояб ноя",
    "december dec dezember dez decembre dicembre dic diciembre dezembro grudnia grudzien"
    " декабря декабрь дек",
)
_WEEKDAY_NAMES: Final = (
    "monday mon montag mo lundi lun lunedi lunes segunda maandag ma poniedzialek понедельник пн",
    "tuesday tue tues dienstag di mardi mar martedi martes terca dinsdag wtorek вторник вт",
    "wednesday wed mittwoch mi mercredi mer mercoledi miercoles quarta woensdag sroda среда ср",
    "thursday thu thur thurs donnerstag jeudi jeu giovedi gio jueves jue quinta donderdag czwartek"
    " четверг чт",
    "friday fri freitag fr vendredi ven venerdi viernes vie sexta vrijdag piatek пятница пт",
    "saturday sat samstag sonnabend sa samedi sam sabato sab sabado zaterdag sobota суббота сб",
    "sunday sun sonntag dimanche dim domenica dom domingo zondag niedziela воскресенье вс",
)
_NEEDS_YEAR: Final = frozenset({"set", "may"})
"""Month words that are common words elsewhere: read only with a year, or begun with a capital."""
_NEEDS_YEAR_IN_FRONT: Final = _NEEDS_YEAR | {"ago", "mar", "mars"}
"""The same for a month before its day: `mar 11` is also a Tuesday."""


def folded_text(text: str) -> str:
    """`text` in small letters without accents, every sign still at its place."""
    return text.lower() if text.isascii() else text.translate(_FOLDING)


def folded_pattern(pattern: str) -> str:
    """A regular expression made fit for folded text; its escapes keep their meaning."""
    pieces = re.split(r"(\\.)", pattern)
    return "".join(p if p.startswith("\\") else folded_text(p) for p in pieces)


def _fold_sign(sign: str) -> str:
    if sign < "\u0080":
        return sign.lower()
    if sign.isspace():
        return " "
    if sign > "\u052f":
        return "'" if sign == "\u2019" else sign
    return unicodedata.normalize("NFKD", sign)[0].lower()[:1] or sign


class _Folding(dict[int, str]):
    """The folded form of every sign that was met; there are few in any one language."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_sign(chr(code))
        return folded


_FOLDING: Final = _Folding()


def _numbered(names: tuple[str, ...], first: int) -> dict[str, int]:
    return {folded_text(name): n for n, words in enumerate(names, first) for name in words.split()}


_MONTHS: Final = _numbered(_MONTH_NAMES, 1)
_WEEKDAYS: Final = _numbered(_WEEKDAY_NAMES, 0)


def _any_of(words: dict[str, int]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


MONTH: Final = rf"(?:{_any_of(_MONTHS)})(?![^\W\d_])"
"""A pattern for the name of a month in folded text."""
_W: Final = rf"(?<![^\W\d_])(?:{_any_of(_WEEKDAYS)})(?:-feira)?(?![^\W\d_])"
_OF: Final = r"(?:(?:de|of|del|do|di) |d')?"
_YEAR_FIRST: Final = re.compile(
    r"(?<![\d.,/-])(?P<y>\d{4})(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?![\d/-])"
)
_EAST_ASIAN: Final = re.compile(
    r"(?:(?<!\d)(?P<y>\d{4}) ?[年년] ?)?(?<!\d)(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日일]"
)
_DAY_MONTH: Final = re.compile(
    rf"(?<![\d.,:/-])(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|o)?(?:[.,]? {{0,2}}|-){_OF}"
    rf"(?P<m>{MONTH})(?:[.,]{{0,2}} {{0,2}}{_OF}(?P<y>\d{{4}})(?!\d)"
    rf"|-(?P<y2>\d{{4}}|\d{{2}})(?![\d:]))?"
)
_MONTH_DAY: Final = re.compile(
    rf"(?<![^\W_])(?P<m>{MONTH})\.?[ -]{{1,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"
    rf"(?![.,]? {{0,2}}{_OF}{MONTH})(?:(?:, {{0,2}}| {{1,2}}|-)(?P<y>\d{{4}})(?![\d:]))?"
)
_FIGURES: Final = re.compile(
    r"(?<![\d.,:/-])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<c>\d{4}|\d{2})"
    r"(?![\d/-])(?!\.\d)"
)
_NO_YEAR_FIGURES: Final = re.compile(
    r"(?<![\d.,:/-])(?P<a>\d{1,2})(?:(?P<s>/)(?P<b>\d{1,2})(?![\d/.-])"
    r"|\.(?P<b2>\d{1,2})\.(?! ?\d))"
)
_WEEKDAY_BEFORE: Final = re.compile(rf"(?P<w>{_W})\.?,? ?(?:the |den |dem |der |el |il |le )?$")


class DayOrder(enum.StrEnum):
    """In which order a date in figures is written."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


class Lean(enum.StrEnum):
    """Where a date without a year is looked for: a promise lies ahead, an event behind."""

    AHEAD = "ahead"
    BEHIND = "behind"


@dataclasses.dataclass(frozen=True, slots=True)
class FoundDay:
    """A day inside a longer text, and where it stands there."""

    day: dt.date
    start: int
    end: int


def read_day(
    text: str,
    *,
    order: DayOrder | None = None,
    near: dt.date | None = None,
    lean: Lean = Lean.AHEAD,
) -> dt.date | None:
    """The one day that `text` names, or `None` when it names none, several, or can mean two.

    Args:
        text: A cell or a short phrase; a weekday or a time beside the date does no harm.
        order: How dates in figures are written here; `None` takes only those with one reading.
        near: The day a date without a year is counted from; `None` leaves such dates unread.
        lean: `AHEAD` gives the first such day from the eve of `near` on (the eve, because sender
            and reader may live in different zones); `BEHIND` the last one up to the day after it.
    """
    if len(text) > _LONGEST:
        return None
    days = {found.day for found in find_days(text, order=order, near=near, lean=lean)}
    return days.pop() if len(days) == 1 else None


def find_days(
    text: str,
    *,
    order: DayOrder | None = None,
    near: dt.date | None = None,
    lean: Lean = Lean.AHEAD,
) -> tuple[FoundDay, ...]:
    """Every day that `text` names without doubt, in the order they stand; see `read_day`."""
    folded = folded_text(text)
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dt.date | None]], ...] = (
        (_YEAR_FIRST, _from_parts),
        (_EAST_ASIAN, lambda m: _from_parts(m, near, lean)),
        (_DAY_MONTH, lambda m: _from_words(m, text, near, lean)),
        (_MONTH_DAY, lambda m: _from_words(m, text, near, lean)),
        (_FIGURES, lambda m: _from_figures(m, folded, order)),
        (_NO_YEAR_FIGURES, lambda m: _from_short_figures(m, folded, order, near, lean)),
    )
    return tuple(sorted(_without_overlap(folded, readers), key=lambda found: found.start))


def _without_overlap(
    folded: str,
    readers: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dt.date | None]], ...],
) -> Iterator[FoundDay]:
    """Days of all readers; what an earlier one took is blanked for the ones after it."""
    left = folded
    for pattern, reader in readers:
        taken = []
        for match in pattern.finditer(left):
            day = reader(match)
            if day is not None:
                taken.append(match.span())
                yield FoundDay(day, *match.span())
        for start, end in taken:
            left = f"{left[:start]}{chr(0) * (end - start)}{left[end:]}"


def _from_parts(
    match: re.Match[str], near: dt.date | None = None, lean: Lean = Lean.AHEAD
) -> dt.date | None:
    year, month, day = match["y"], int(match["m"]), int(match["d"])
    return _day(int(year), month, day) if year else _nearest(month, day, near, lean)


def _from_words(
    match: re.Match[str], text: str, near: dt.date | None, lean: Lean
) -> dt.date | None:
    year = match.groupdict().get("y2") or match["y"]
    month, day = _MONTHS[match["m"]], int(match["d"])
    if year:
        return _day(_whole_year(year), month, day)
    in_front = match.start("m") < match.start("d")
    weak = _NEEDS_YEAR_IN_FRONT if in_front else _NEEDS_YEAR
    if match["m"] in weak and not text[match.start("m")].isupper():
        return None
    return _nearest(month, day, near, lean)


def _from_figures(match: re.Match[str], folded: str, order: DayOrder | None) -> dt.date | None:
    first, second, third = match["a"], match["b"], match["c"]
    if order is DayOrder.YMD:
        return _day(_whole_year(first), int(second), int(third)) if len(third) == 2 else None
    year = _whole_year(third)
    day_first = _day(year, int(second), int(first))
    month_first = _day(year, int(first), int(second))
    if order is not None:
        return day_first if order is DayOrder.DMY else month_first
    if len(third) == 2:
        return None
    readings = {day for day in (day_first, month_first) if day is not None}
    if len(readings) > 1 and (weekday := _weekday_before(folded, match.start())) is not None:
        readings = {day for day in readings if day.weekday() == weekday}
    return readings.pop() if len(readings) == 1 else None


def _from_short_figures(
    match: re.Match[str], folded: str, order: DayOrder | None, near: dt.date | None, lean: Lean
) -> dt.date | None:
    """A date like `24.12.` or `Sat 12/24`: only in a known order, and a slash needs its weekday."""
    first, second = int(match["a"]), int(match["b"] or match["b2"])
    if match["s"] and _weekday_before(folded, match.start()) is None:
        return None
    if order is DayOrder.DMY:
        return _nearest(second, first, near, lean)
    if order is DayOrder.MDY and match["s"]:
        return _nearest(first, second, near, lean)
    return None


def _weekday_before(folded: str, start: int) -> int | None:
    found = _WEEKDAY_BEFORE.search(folded[max(0, start - 24) : start])
    return _WEEKDAYS[found["w"].removesuffix("-feira")] if found else None


def _whole_year(text: str) -> int:
    """The year of two or four figures; nobody bought online before the year 2000."""
    return int(text) + (2000 if len(text) == 2 else 0)


def _day(year: int, month: int, day: int) -> dt.date | None:
    if not 1970 <= year <= 2099:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _nearest(month: int, day: int, near: dt.date | None, lean: Lean) -> dt.date | None:
    if near is None:
        return None
    candidates = [
        found
        for year in range(near.year - 1, near.year + 2)
        if (found := _day(year, month, day)) is not None
    ]
    if lean is Lean.AHEAD:
        return next((found for found in candidates if (near - found).days <= 1), None)
    return next((found for found in reversed(candidates) if (found - near).days <= 1), None)


def next_weekday(text: str, near: dt.date) -> dt.date | None:
    """The day that a weekday in `text` means from `near` on, at most six days ahead."""
    found = re.search(_W, folded_text(text))
    if found is None or len(found[0]) < 3:
        return None
    weekday = _WEEKDAYS[found[0].removesuffix("-feira")]
    return near + dt.timedelta(days=(weekday - near.weekday()) % 7)
