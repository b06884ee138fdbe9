import dataclasses
import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.deadlines.assess import assess, with_status
from disputedesk.deadlines.bulk import assess_days
from disputedesk.deadlines.idleness import why_unknown
from disputedesk.deadlines.planning import make_plan
from disputedesk.deadlines.questions import open_questions
from disputedesk.deadlines.words import Status
from disputedesk.model.fact import FactKind, Facts
from disputedesk.model.money import Money
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import load_library

LIBRARY = load_library()
TODAY = dt.date(2026, 3, 1)
ODD_DAYS = [dt.date.min, dt.date.max, dt.date(2024, 2, 29)]
DATES = st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)) | st.sampled_from(ODD_DAYS)
VALUES = {
    FactKind.DATE: DATES,
    FactKind.INSTANT: st.builds(
        lambda day, hour, offset: dt.datetime.combine(
            day, dt.time(hour), dt.timezone(dt.timedelta(hours=offset))
        ),
        DATES,
        st.integers(0, 23),
        st.integers(-12, 14),
    ),
    FactKind.TEXT: st.sampled_from(["aliexpress", "amazon", "ebay", "paypal", "ENG", "4722"]),
    FactKind.FLAG: st.booleans(),
    FactKind.DAYS: st.integers(0, 99_999),
    FactKind.MONEY: st.builds(Money, st.integers(-10, 10**9), st.sampled_from(["USD", "GBP"])),
    FactKind.COUNTRY: st.sampled_from(["US", "DE", "GB", "CN", "ZZ", "IN"]),
    FactKind.ZONE: st.sampled_from(["Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles"]),
    FactKind.CURRENCY: st.sampled_from(["USD", "EUR"]),
}


def value_of(definition):
    if definition.kind is FactKind.CHOICE:
        return st.sampled_from(definition.choices)
    return VALUES[definition.kind]


ANY_FACTS = st.fixed_dictionaries(
    {}, optional={one.name: value_of(one) for one in LIBRARY.catalogue}
)


@pytest.fixture(scope="module")
def calendars(tmp_path_factory):
    return HolidayCalendars(tmp_path_factory.mktemp("holidays"))


@settings(max_examples=100, deadline=None)
@given(ANY_FACTS, st.dates(dt.date(2020, 1, 1), dt.date(2032, 1, 1)))
def test_no_facts_make_the_shipped_packs_raise_or_break_a_promise(calendars, facts, today):
    rules, catalogue = LIBRARY.rules, LIBRARY.catalogue
    facts = Facts(facts)
    given_all = {"calendars": calendars, "catalogue": catalogue}
    windows = assess(rules, facts, today=TODAY, **given_all)
    for window in windows:
        if window.opens and window.file_by and window.closes:
            assert window.opens <= window.file_by <= window.closes
        elif window.opens and window.closes:
            assert window.reason
        if window.status is Status.UNKNOWN:
            assert why_unknown(window)
        assert window.reason or window.status is not Status.NOT_AVAILABLE
        assert all(step.sentence.strip() and "{" not in step.sentence for step in window.because)
    moved = assess(rules, facts, today=today, **given_all)
    assert tuple(with_status(window, today) for window in windows) == moved
    silent = assess(rules, facts, today=TODAY, explain=False, **given_all)
    assert tuple(dataclasses.replace(window, because=()) for window in windows) == silent
    bare = assess_days(rules, facts, **given_all)
    assert [one.closes for one in bare] == [
        window.closes.toordinal() if window.closes else 0 for window in windows
    ]
    plan = make_plan(rules, windows, facts, today=TODAY)
    assert plan.nothing.endswith((".", "?"))
    assert plan.next_reason
    assert not set(open_questions(rules, windows, facts, catalogue)) & set(facts)


@pytest.mark.parametrize(
    ("known", "expected", "words"),
    [
        (("2025-01-12", "2025-03-20"), ("2025-03-21", "2025-07-18"), "does not bite"),
        (("2024-01-08", "2025-06-01"), ("2025-06-02", "2025-07-01"), "1 Jul 2025, bites"),
    ],
)
def test_visa_13_1_closes_120_days_after_the_expected_day_and_540_after_processing(
    calendars, known, expected, words
):
    facts = Facts(
        network="visa",
        problem="not_received",
        processing_date=dt.date.fromisoformat(known[0]),
        expected_delivery=dt.date.fromisoformat(known[1]),
    )
    (window,) = assess(
        LIBRARY.rules,
        facts,
        today=dt.date(2025, 3, 25),
        calendars=calendars,
        catalogue=LIBRARY.catalogue,
        only={"visa.13.1"},
    )
    assert (window.opens.isoformat(), window.closes.isoformat()) == expected
    assert any(words in step.sentence and "540 days" in step.sentence for step in window.because)
