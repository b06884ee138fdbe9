"""Calendars of working days from the `holidays` library, kept on disk as plain tables.

The library is imported only when a table is missing or was made by another release of it. A
country with an empty list (Ukraine under martial law) still has its weekends; a Saturday that a
country works (Belarus, China) counts as a working day; Indian banks rest on second and fourth
Saturdays.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import os
import re
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.deadlines.calendar import WEEKDAYS, Calendar, TableCalendar

if TYPE_CHECKING:
    from holidays import HolidayBase

_FIRST_YEAR: Final = 2010
_LAST_YEAR: Final = 2045
_FORM: Final = 3
_COUNTRY: Final = re.compile(r"([A-Z]{2})(?:-([A-Z0-9]{1,6}))?\Z", re.ASCII)
_SATURDAY, _SUNDAY = 5, 6
_EVERY_WEEKEND: Final = frozenset({_SATURDAY, _SUNDAY})


@dataclasses.dataclass(frozen=True, slots=True)
class _Table:
    """What is kept of a calendar: named free days, and the rule for weekends.

    Attributes:
        last_year: The last year that the library has days for.
        weekend: Weekdays that are free, Monday is 0.
        alternate: Whether only the second and fourth Saturday are free.
        holidays: Free days by ISO date, with their names.
        worked: Weekend days that are worked, as ISO dates.
        decreed_until: The last year whose days off are decreed, where a country decrees them year
            by year (Russia moves weekends about); else `last_year`.
        estimated: Free days of a moon calendar that the library only estimates, as ISO dates.
    """

    last_year: int
    weekend: tuple[int, ...]
    alternate: bool
    holidays: dict[str, str]
    worked: tuple[str, ...]
    decreed_until: int
    estimated: tuple[str, ...]


class HolidayCalendars:
    """Finds calendars by country (`DE`), part of a country (`DE-BY`) or special name.

    Special names: `target` (the European Central Bank's), `us-fed` (the Federal Reserve's),
    `us-reg-z` (every day but Sundays and the statutory dates of federal holidays), `weekdays`.

    Args:
        cache_dir: Where tables are kept; `None` keeps none.
    """

    def __init__(self, cache_dir: Path | None) -> None:
        self._cache_dir = cache_dir
        self._found: dict[str, Calendar | None] = {"weekdays": WEEKDAYS}

    def find(self, name: str) -> Calendar | None:
        """The calendar of that name, or nothing where the library knows none."""
        if name not in self._found:
            self._found[name] = self._load(name)
        return self._found[name]

    def _load(self, name: str) -> Calendar | None:
        if name not in _SPECIAL and not _COUNTRY.match(name):
            return None
        import importlib.metadata

        release = importlib.metadata.version("holidays")
        table = self._kept(name, release)
        if table is None:
            table = _make(name)
            if table is None:
                return None
            self._keep(name, release, table)
        return _calendar(name, release, table)

    def _path(self, name: str, release: str) -> Path | None:
        if self._cache_dir is None:
            return None
        span = f"{_FIRST_YEAR}-{_LAST_YEAR}"
        return self._cache_dir / f"{name}.{release}.{span}.{_FORM}.json"

    def _kept(self, name: str, release: str) -> _Table | None:
        path = self._path(name, release)
        if path is None:
            return None
        try:
            document = json.loads(path.read_bytes())
            return _Table(
                last_year=int(document["last_year"]),
                weekend=tuple(int(day) for day in document["weekend"]),
                alternate=bool(document["alternate"]),
                holidays={
                    dt.date.fromisoformat(day).isoformat(): str(text)
                    for day, text in document["holidays"].items()
                },
                worked=_iso_days(document["worked"]),
                decreed_until=int(document["decreed_until"]),
                estimated=_iso_days(document["estimated"]),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def _keep(self, name: str, release: str, table: _Table) -> None:
        path = self._path(name, release)
        if path is None:
            return
        text = json.dumps(dataclasses.asdict(table), ensure_ascii=False, indent=0, sort_keys=True)
        partial = path.with_suffix(f".{os.getpid()}.part")
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_text(text, encoding="utf-8")
            partial.replace(path)


def _iso_days(found: list[str]) -> tuple[str, ...]:
    return tuple(dt.date.fromisoformat(day).isoformat() for day in found)


def _calendar(name: str, release: str, table: _Table) -> TableCalendar:
    first = dt.date(_FIRST_YEAR, 1, 1).toordinal()
    last = dt.date(table.last_year, 12, 31).toordinal()
    free = {
        day: ""
        for day in range(first, last + 1)
        if (day - 1) % 7 in table.weekend and not (table.alternate and _is_worked_saturday(day))
    }
    for iso, text in table.holidays.items():
        free[dt.date.fromisoformat(iso).toordinal()] = text
    for iso in table.worked:
        free.pop(dt.date.fromisoformat(iso).toordinal(), None)
    version = f"holidays {release}, {name}, {_FIRST_YEAR}–{table.last_year}"
    return TableCalendar(
        name,
        version,
        first=first,
        last=last,
        free=free,
        sure_until=dt.date(table.decreed_until, 12, 31).toordinal(),
        estimated=frozenset(dt.date.fromisoformat(iso).toordinal() for iso in table.estimated),
    )


def _is_worked_saturday(ordinal: int) -> bool:
    """Whether it is a Saturday other than the month's second and fourth."""
    day = dt.date.fromordinal(ordinal)
    return day.weekday() == _SATURDAY and (day.day - 1) // 7 not in {1, 3}


def _make(name: str) -> _Table | None:
    """The table for that name from the library; nothing where it knows no such place."""
    try:
        if name in _SPECIAL:
            return _SPECIAL[name]()
        match = _COUNTRY.match(name)
        return _country(match[1], match[2]) if match else None
    except NotImplementedError:
        return None


def _years(last: int = _LAST_YEAR) -> range:
    return range(_FIRST_YEAR, last + 1)


def _country(country: str, subdivision: str | None) -> _Table:
    import holidays

    language = _english(country, subdivision)

    def build(years: range) -> HolidayBase:
        return holidays.country_holidays(
            country, subdiv=subdivision, years=years, language=language
        )

    last = _last_known_year(build)
    return _from_library(build(_years(last)), last=last, alternate=country == "IN")


def _last_known_year(build: Callable[[range], HolidayBase]) -> int:
    """The last year before the first that the library warns it has no days for."""
    for year in range(_FIRST_YEAR, _LAST_YEAR):
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            build(range(year + 1, year + 2))
        if caught:
            return year
    return _LAST_YEAR


def _english(country: str, subdivision: str | None) -> str | None:
    """The library's English for that country; `None` is the country's own language."""
    import holidays

    spoken = holidays.country_holidays(country, subdiv=subdivision).supported_languages
    return next((code for code in spoken if code.startswith("en")), None)


def _from_library(
    found: HolidayBase,
    *,
    last: int = _LAST_YEAR,
    weekend: frozenset[int] | None = None,
    alternate: bool = False,
) -> _Table:
    span = set(_years(last))
    estimated = _estimated_label(found)
    return _Table(
        last_year=last,
        decreed_until=min(last, _decreed_until(found)),
        estimated=tuple(
            day.isoformat() for day, text in sorted(found.items()) if estimated in str(text)
        )
        if estimated
        else (),
        weekend=tuple(sorted(found.weekend if weekend is None else weekend)),
        alternate=alternate,
        holidays={
            day.isoformat(): str(text) for day, text in sorted(found.items()) if day.year in span
        },
        worked=tuple(day.isoformat() for day in sorted(found.weekend_workdays) if day.year in span),
    )


def _decreed_until(found: HolidayBase) -> int:
    """The last year with decreed days off, where a country moves weekends about; else the last."""
    decreed = getattr(found, "special_public_holidays", {})
    if not getattr(found, "has_substituted_holidays", False) or not decreed:
        return _LAST_YEAR
    return int(max(*decreed, _FIRST_YEAR))


def _estimated_label(found: HolidayBase) -> str:
    """What the library adds to a name whose day follows the moon: "(estimated)"; else nothing."""
    label = getattr(found, "estimated_label", "")
    return str(found.tr(label)).replace("%s", "").strip() if label else ""


def _target() -> _Table:
    import holidays

    found = holidays.financial_holidays("ECB", years=_years())
    return _from_library(found, weekend=_EVERY_WEEKEND)


def _federal_reserve() -> _Table:
    import holidays

    found = holidays.financial_holidays("FED", years=_years())
    return _from_library(found, weekend=_EVERY_WEEKEND)


def _regulation_z() -> _Table:
    """Statutory dates only: an observed Friday or Monday is worked (12 CFR 1026.2(a)(6))."""
    import holidays

    found = holidays.country_holidays("US", years=_years(), observed=False)
    return _from_library(found, weekend=frozenset({_SUNDAY}))


_SPECIAL: Final[dict[str, Callable[[], _Table]]] = {
    "target": _target,
    "us-fed": _federal_reserve,
    "us-reg-z": _regulation_z,
}
