import datetime as dt
from pathlib import Path

import pytest

from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.calendar import TableCalendar, WeekdayCalendars
from disputedesk.deadlines.planning import make_plan
from disputedesk.deadlines.rule import Count, Period, Rule
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.window import Source
from disputedesk.deadlines.words import Avenue, Confidence, Layer
from disputedesk.model.fact import Facts
from disputedesk.model.ids import RuleId
from disputedesk.packs.library import load_library

SOURCE = Source("s", "A text", "https://example.org", "1", Confidence.HIGH, dt.date(2026, 1, 1))
ONLY_FACTS = Path("no-such-folder")


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory):
    return load_library([ONLY_FACTS], cache=tmp_path_factory.mktemp("packs")).catalogue


@pytest.fixture(scope="session")
def rule():
    """Builds a rule; only what matters to the claim has to be said."""

    def build(rule_id="t.one", **values):
        values = {
            "pack": rule_id.split(".", maxsplit=1)[0],
            "title": "A rule",
            "avenue": Avenue.CARD_CHARGEBACK,
            "layer": Layer.SCHEME,
            "sources": (SOURCE,),
        } | values
        return Rule(id=RuleId(rule_id), **values)

    return build


class FewCalendars:
    """A country `XX` with one holiday, Wednesday 7 January 2026, over the year 2026 alone."""

    def find(self, name):
        if name == "XX":
            first, last = dt.date(2026, 1, 1).toordinal(), dt.date(2026, 12, 31).toordinal()
            free = {day: "" for day in range(first, last + 1) if (day - 1) % 7 > 4}
            free[dt.date(2026, 1, 7).toordinal()] = "Day of rest"
            return TableCalendar("XX", "table 1, XX", first=first, last=last, free=free)
        return None


@pytest.fixture(scope="session")
def few_calendars():
    return FewCalendars()


@pytest.fixture(scope="session")
def windows_of(catalogue):
    """Assesses rules over facts; the calendars are Monday to Friday unless others are given."""

    def run(rules, facts=None, today=dt.date(2026, 1, 1), calendars=None, **options):
        rules = rules if isinstance(rules, RuleSet) else RuleSet(rules)
        return assess(
            rules,
            Facts(facts or {}),
            today=today,
            calendars=calendars or WeekdayCalendars(),
            catalogue=catalogue,
            **options,
        )

    return run


@pytest.fixture
def plan_of(windows_of):
    def run(rules, today=dt.date(2026, 1, 10), **facts):
        rules = RuleSet(rules)
        facts = {"ordered_on": dt.date(2026, 1, 1)} | facts
        windows = windows_of(rules, facts, today)
        return make_plan(rules, windows, Facts(facts), today=today)

    return run


@pytest.fixture
def until(rule):
    """A rule on an avenue that closes some days after the order."""

    def build(rule_id, avenue, count, **values):
        values.setdefault("closes", Count("ordered_on", Period(count)))
        return rule(rule_id, avenue=avenue, title=rule_id, **values)

    return build
