"""100,000 random dates, counted by the engine and by two libraries that know nothing of it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from collections.abc import Callable

import holidays
import pytest
from dateutil.relativedelta import relativedelta

from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.calendar import WeekdayCalendars
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import Count, Period, Rule, Unit
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.words import Avenue, Confidence, Layer
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName, RuleId
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary

SOURCE = Source("s", "A source", "", "", Confidence.HIGH, dt.date(2026, 1, 1), "test")
COUNTS = (1, 2, 3, 5, 7, 8, 10, 12, 13, 14)
LENGTHS: list[tuple[Unit, int, relativedelta]] = [
    *((Unit.DAYS, 15 * count, relativedelta(days=15 * count)) for count in COUNTS),
    *((Unit.WEEKS, count, relativedelta(weeks=count)) for count in COUNTS),
    *((Unit.MONTHS, count, relativedelta(months=count)) for count in COUNTS),
    *((Unit.YEARS, count, relativedelta(years=count)) for count in COUNTS),
]
DATES = 2_500
"""Dates for each of the 40 lengths: 100,000 windows."""

OBSERVED: dict[str, Callable[[], holidays.HolidayBase]] = {
    "DE-BY": lambda: holidays.country_holidays("DE", subdiv="BY"),
    "FR": lambda: holidays.country_holidays("FR"),
    "FR-57": lambda: holidays.country_holidays("FR", subdiv="57"),
    "PL": lambda: holidays.country_holidays("PL"),
    "RU": lambda: holidays.country_holidays("RU"),
    "BY": lambda: holidays.country_holidays("BY"),
    "UA": lambda: holidays.country_holidays("UA"),
    "BR": lambda: holidays.country_holidays("BR"),
    "JP": lambda: holidays.country_holidays("JP"),
    "GB-ENG": lambda: holidays.country_holidays("GB", subdiv="ENG"),
    "GB-SCT": lambda: holidays.country_holidays("GB", subdiv="SCT"),
    "US": lambda: holidays.country_holidays("US"),
    "CA-ON": lambda: holidays.country_holidays("CA", subdiv="ON"),
    "AU-NSW": lambda: holidays.country_holidays("AU", subdiv="NSW"),
    "IL": lambda: holidays.country_holidays("IL"),
}
COUNTED = 100_000 // len(OBSERVED) + 1
FIRST, LAST = dt.date(2015, 1, 1), dt.date(2026, 6, 30)


def a_rule(number: int, unit: Unit, count: int) -> Rule:
    return Rule(
        id=RuleId(f"t.{number}"),
        pack="t",
        title="t",
        avenue=Avenue.STATUTORY,
        layer=Layer.LAW,
        sources=(SOURCE,),
        closes=Count(FactName("ordered_on"), Period(count, unit)),
    )


def test_a_hundred_thousand_windows_end_where_relativedelta_says(library: PackLibrary) -> None:
    rules = RuleSet(a_rule(at, unit, count) for at, (unit, count, _) in enumerate(LENGTHS))
    chance = random.Random(20261123)
    first, last = dt.date(1990, 1, 1).toordinal(), dt.date(2095, 12, 31).toordinal()
    checked = 0
    for _ in range(DATES):
        day = dt.date.fromordinal(chance.randint(first, last))
        facts = Facts({"ordered_on": day})
        windows = assess(
            rules,
            facts,
            today=day,
            calendars=WeekdayCalendars(),
            catalogue=FactCatalogue(library.catalogue),
            explain=False,
        )
        for window, (_unit, _count, length) in zip(windows, LENGTHS, strict=True):
            assert window.closes == day + length
            checked += 1
    assert checked == 100_000


@pytest.mark.parametrize("name", OBSERVED)
def test_business_days_end_where_the_holidays_library_says(
    calendars: HolidayCalendars, name: str
) -> None:
    """Each step of the count is asked of the library itself, day by day."""
    oracle = OBSERVED[name]()
    calendar = calendars.find(name)
    assert calendar is not None
    one = dt.timedelta(days=1)
    works = {}
    day = FIRST
    while day < LAST + 200 * one:
        works[day] = oracle.is_working_day(day)
        day += one
    chance = random.Random(name)
    for _ in range(COUNTED):
        start = dt.date.fromordinal(chance.randint(FIRST.toordinal(), LAST.toordinal()))
        count = chance.randint(1, 35)
        end, left = start, count
        while left:
            end += one
            left -= works[end]
        assert dt.date.fromordinal(calendar.add(start.toordinal(), count)) == end
        free = start.toordinal()
        rolled = start
        while not works[rolled]:
            rolled += one
        assert dt.date.fromordinal(calendar.next_working(free)) == rolled


def test_indian_banks_rest_on_second_and_fourth_saturdays(calendars: HolidayCalendars) -> None:
    calendar = calendars.find("IN")
    assert calendar is not None
    oracle = holidays.country_holidays("IN", years=range(2020, 2027))
    for ordinal in range(dt.date(2020, 1, 1).toordinal(), dt.date(2026, 12, 31).toordinal()):
        day = dt.date.fromordinal(ordinal)
        saturday = day.weekday() == 5 and (8 <= day.day <= 14 or 22 <= day.day <= 28)
        free = day in oracle or day.weekday() == 6 or saturday
        assert calendar.is_working(ordinal) is not free, day


def test_thirty_days_over_the_change_of_clocks_in_new_york_are_thirty_days(
    library: PackLibrary,
) -> None:
    rules = RuleSet([a_rule(0, Unit.DAYS, 30)])
    facts = Facts({"ordered_on": dt.date(2026, 10, 20), "consumer_zone": "America/New_York"})
    (window,) = assess(
        rules,
        facts,
        today=dt.date(2026, 10, 20),
        calendars=WeekdayCalendars(),
        catalogue=library.catalogue,
    )
    assert window.closes == dt.date(2026, 11, 19)


@pytest.mark.parametrize("explain", [True, False])
def test_days_off_that_nobody_has_decreed_yet_are_warned_of(
    library: PackLibrary, calendars: HolidayCalendars, explain: bool
) -> None:
    period = Period(10, Unit.BUSINESS_DAYS, "RU")
    rule = a_rule(0, Unit.DAYS, 1)
    rules = RuleSet([dataclasses.replace(rule, closes=Count(FactName("ordered_on"), period))])
    calendar = calendars.find("RU")
    assert calendar is not None
    decreed = dt.date.fromordinal(calendar.sure_until)
    for days, warned in ((-60, False), (-3, True), (30, True)):
        day = decreed + dt.timedelta(days=days)
        (window,) = assess(
            rules,
            Facts({"ordered_on": day}),
            today=day,
            calendars=calendars,
            catalogue=library.catalogue,
            explain=explain,
        )
        assert any("are decreed until" in text for text in window.warnings) is warned
        assert window.calendar_version == calendar.version
