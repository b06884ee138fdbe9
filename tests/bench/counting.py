"""The engine: twelve windows for ten thousand orders, as numbers and as plain integers."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from disputedesk.common import locations
from disputedesk.deadlines.bulk import assess_days
from disputedesk.deadlines.rule import Count, Latest, Limits, Period, Rule, Unit
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.words import Avenue, Layer
from disputedesk.model.fact import Facts
from disputedesk.model.ids import RuleId
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import load_library
from tests.bench.rounds import Row, timed

ORDERS = 10_000
WINDOWS = 12


def _period(count: int, unit: Unit = Unit.DAYS, calendar: str = "") -> Period:
    return Period(count, unit, calendar)


def _rule(number: int) -> Rule:
    """Every third window counts business days; the others take the later of two, under a cap."""
    closes: Count | Latest = Latest(
        (
            Count("processing_date", _period(120 + number)),
            Count("expected_delivery", _period(120 + number)),
        ),
        Limits(not_after=(Count("processing_date", _period(540)),)),
    )
    if number % 3 == 0:
        closes = Count("processing_date", _period(10 + number, Unit.BUSINESS_DAYS, "US"))
    return Rule(
        id=RuleId(f"bench.{number}"),
        pack="bench",
        title="Bench",
        avenue=Avenue.CARD_CHARGEBACK,
        layer=Layer.SCHEME,
        sources=(),
        opens=Count("expected_delivery", Period(1, passed=True)),
        closes=closes,
        margin=_period(10, Unit.BUSINESS_DAYS, "US"),
    )


def rows() -> Iterator[Row]:
    """The windows of many orders."""
    catalogue = load_library([locations.resources("packs")]).catalogue
    calendars = HolidayCalendars(locations.cache_folder() / "calendars")
    rules = RuleSet([_rule(number) for number in range(WINDOWS)])
    chance = random.Random(1)
    first = dt.date(2025, 1, 1).toordinal()

    def day() -> dt.date:
        return dt.date.fromordinal(first + chance.randrange(300))

    orders = [Facts({"processing_date": day(), "expected_delivery": day()}) for _ in range(ORDERS)]
    add = calendars.find("US").add

    def work() -> None:
        for facts in orders:
            assess_days(rules, facts, calendars=calendars, catalogue=catalogue)

    def bare() -> None:
        for facts in orders:
            paid = facts["processing_date"].toordinal()
            expected = facts["expected_delivery"].toordinal()
            found = []
            for number in range(WINDOWS):
                opens = expected + 1
                if number % 3 == 0:
                    closes = add(paid, 10 + number)
                else:
                    closes = min(max(paid + 120 + number, expected + 120 + number), paid + 540)
                found.append((opens, closes, max(add(closes, -10), opens)))

    yield Row(
        f"{WINDOWS} windows for {ORDERS:,} orders, business days included",
        "plain integers, same calendar table",
        1.5,
        timed(work),
        timed(bare),
    )
