import datetime as dt

import pytest

from disputedesk.common.errors import Refused
from disputedesk.deadlines.bulk import assess_days
from disputedesk.deadlines.calendar import WeekdayCalendars
from disputedesk.deadlines.mentions import facts_of_rule
from disputedesk.deadlines.planning import make_plan
from disputedesk.deadlines.rule import (
    AllOf,
    AnyOf,
    Case,
    Cases,
    Comparison,
    Consequence,
    Count,
    Earliest,
    FactTest,
    FirstKnown,
    Latest,
    Limits,
    Moment,
    MonthEnd,
    NotThat,
    Period,
    Requirement,
    Unit,
    Validity,
    Waiver,
)
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.words import Avenue, Status
from disputedesk.model.fact import Facts

JAN = dt.date(2026, 1, 5)


def days(count, **options):
    return Period(count, **options)


def is_(name, value):
    return FactTest(name, Comparison.IS, (value,))


def test_every_fact_that_can_move_a_rule_is_named(rule):
    both = AllOf((is_("network", "visa"), NotThat(AnyOf((is_("card_kind", "debit"),)))))
    one = rule(
        pack_concerns=both,
        concerns=FactTest("shipped_on", Comparison.BEFORE, (), "delivered_on"),
        applies=(Requirement(is_("free_return", True), "No."),),
        valid=Validity("complained_on"),
        opens=Count(
            "",
            after=Moment("protection_ends_at", plus=("extended_by_days",)),
            limits=Limits(waived_when=(Waiver(is_("category", "travel"), "x"),)),
        ),
        closes=Cases((Case(Count("filed_on"), is_("method", "card")), Case(Count("aware_on")))),
        arguable=Latest((Count("ordered_on"),), Limits(not_after=(Count("debit_date"),))),
        requires=(Consequence("seller", "x", "contacted_seller_on", is_("platform", "x")),),
    )
    assert facts_of_rule(one) == (
        "network", "card_kind", "shipped_on", "delivered_on", "free_return", "complained_on",
        "protection_ends_at", "extended_by_days", "category", "method", "filed_on", "aware_on",
        "ordered_on", "debit_date", "platform", "contacted_seller_on",
    )  # fmt: skip


def test_the_first_known_looks_into_what_it_is_made_of(rule, windows_of):
    parts = (
        Latest((Count("filed_on"),)),
        Cases((Case(Count("aware_on")),)),
        Count("", days(1), after=Count("returned_on")),
        Count("ordered_on", days(9), limits=Limits(when=is_("free_return", True))),
    )
    one = rule(closes=FirstKnown(parts))
    for facts, expected in (
        ({"filed_on": JAN}, 0),
        ({"returned_on": JAN}, 1),
        ({"ordered_on": JAN, "free_return": True}, 9),
        ({"ordered_on": JAN, "free_return": False}, 0),
    ):
        (window,) = windows_of([one], facts)
        assert window.closes == JAN + dt.timedelta(expected)
    nothing = rule(closes=FirstKnown((parts[3],)))
    (window,) = windows_of([nothing], {"free_return": False})
    assert (window.closes, window.status) == (None, Status.OPEN)


def test_a_floor_moves_a_day_and_says_so(rule, windows_of):
    floors = Limits(not_before=(Count("shipped_on", days(10)), Earliest((Count("filed_on"),))))
    one = rule(closes=Count("ordered_on", days(5), limits=floors))
    facts = {"ordered_on": JAN, "shipped_on": JAN, "filed_on": JAN}
    (window,) = windows_of([one], facts)
    assert window.closes == JAN + dt.timedelta(10)
    text = " ".join(step.sentence for step in window.because)
    assert "Not before 10 days from 5 Jan 2026, the day it was shipped" in text
    (window,) = windows_of([one], facts | {"filed_on": JAN + dt.timedelta(50)})
    assert window.closes == JAN + dt.timedelta(50)
    late = rule(closes=Count("ordered_on", days(90), limits=floors))
    (window,) = windows_of([late], facts)
    assert "it is later anyway" in " ".join(step.sentence for step in window.because)


def test_a_composed_cap_says_whether_it_bites(rule, windows_of):
    rolled = Count("ordered_on", days(5), roll="weekdays")
    for count, words in ((90, "The cap, 12 Jan 2026, bites."), (1, "does not bite")):
        capped = Count("ordered_on", days(count), limits=Limits(not_after=(rolled,)))
        (window,) = windows_of([rule(closes=capped)], {"ordered_on": JAN})
        assert words in " ".join(step.sentence for step in window.because)
    composed = Limits(not_before=(rolled,))
    for count, words in ((90, "later anyway"), (1, "so the day moves there")):
        one = rule(closes=Count("ordered_on", days(count), limits=composed))
        (window,) = windows_of([one], {"ordered_on": JAN})
        assert words in " ".join(step.sentence for step in window.because)
    absent = Limits(when=is_("free_return", True), not_after=(rolled,))
    one = rule(
        closes=Latest((Count("ordered_on", days(3), limits=absent),), Limits(not_after=(rolled,)))
    )
    (window,) = windows_of([one], {"ordered_on": JAN, "free_return": False})
    assert (window.closes, window.status) == (None, Status.OPEN)


def test_lengths_are_told_in_their_own_units(rule, windows_of):
    wanted = {
        Unit.WEEKS: "3 weeks",
        Unit.MONTHS: "3 months",
        Unit.YEARS: "3 years",
        Unit.DAYS: "3 days",
        Unit.BUSINESS_DAYS: "3 business days",
    }
    for unit, words in wanted.items():
        period = Period(3, unit, "weekdays" if unit is Unit.BUSINESS_DAYS else "")
        (window,) = windows_of([rule(closes=Count("ordered_on", period))], {"ordered_on": JAN})
        assert words in window.because[0].sentence


def test_a_minimum_of_working_days_is_kept_and_told(rule, windows_of):
    friday = dt.date(2026, 1, 2)
    short = Count("ordered_on", days(2), minimum_working_days=2, minimum_calendar="weekdays")
    for explain in (True, False):
        (window,) = windows_of([rule(closes=short)], {"ordered_on": friday}, explain=explain)
        assert window.closes == dt.date(2026, 1, 6)
    noted = Count("ordered_on", days(2), limits=Limits(note="As the source words it."))
    (window,) = windows_of([rule(closes=noted)], {"ordered_on": friday})
    assert window.because[-1].sentence == "As the source words it."


def test_many_skipped_days_are_named_and_then_counted(rule, windows_of):
    period = Period(60, Unit.BUSINESS_DAYS, "weekdays")
    (window,) = windows_of([rule(closes=Count("ordered_on", period))], {"ordered_on": JAN})
    assert "and 12 more days." in window.because[0].sentence
    assert len(window.because[0].skipped) == 24


def test_a_count_that_begins_outside_the_calendar_is_unknown(rule, windows_of, catalogue):
    after = Count(
        "", Period(1, Unit.MONTHS, month_end=MonthEnd.CLAMP), after=Count("ordered_on", days(9))
    )
    one = rule(closes=after, opens=after)
    (window,) = windows_of([one], {"ordered_on": dt.date.max})
    assert window.status is Status.UNKNOWN
    found = assess_days(
        RuleSet([one]),
        Facts(ordered_on=dt.date.max),
        calendars=WeekdayCalendars(),
        catalogue=catalogue,
    )
    assert found[0].resolved is Status.UNKNOWN


def test_an_instant_without_an_offset_is_no_moment(rule, windows_of):
    naive = dt.datetime(2026, 1, 5, 12)  # noqa: DTZ001 - the claim is about such a value
    rules = RuleSet([
        rule(closes=Moment("protection_ends_at"), avenue=Avenue.PLATFORM_DISPUTE),
        rule("t.two", closes=Count("protection_ends_at", days(1))),
    ])  # fmt: skip
    facts = {"protection_ends_at": naive}
    one, two = windows_of(rules, facts)
    assert one.status is Status.UNKNOWN
    assert two.closes == JAN + dt.timedelta(1)
    plan = make_plan(rules, [one, two], Facts(facts), today=JAN)
    assert plan.nothing_on == two.closes


def test_a_timer_at_the_end_of_time_tells_no_day(rule, windows_of):
    edge = dt.datetime.combine(dt.date.max, dt.time(23), dt.timezone(dt.timedelta(hours=-12)))
    rules = RuleSet([rule(closes=Count("ordered_on", days(400)))])
    facts = {"ordered_on": JAN, "protection_ends_at": edge, "consumer_zone": "Asia/Tokyo"}
    plan = make_plan(rules, windows_of(rules, facts, JAN), Facts(facts), today=JAN)
    assert plan.nothing_on == JAN + dt.timedelta(400)
    first = dt.datetime.combine(dt.date.min, dt.time(1), dt.timezone(dt.timedelta(hours=12)))
    one = rule(closes=Moment("protection_ends_at", zone="Asia/Tokyo"))
    (window,) = windows_of([one], {"protection_ends_at": first})
    assert window.closes is None or window.closes.year == 1


def test_a_day_that_does_not_exist_is_refused(catalogue):
    for name, text in (("ordered_on", "2026-02-30"), ("protection_ends_at", "2026-02-30T10:00Z")):
        with pytest.raises(Refused):
            catalogue.parse(name, text)
