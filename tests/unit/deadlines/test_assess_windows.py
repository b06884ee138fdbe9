import datetime as dt
import os
import time

import pytest

from disputedesk.common.texts import using
from disputedesk.deadlines.assess import assess, with_status
from disputedesk.deadlines.bulk import assess_days
from disputedesk.deadlines.calendar import WeekdayCalendars
from disputedesk.deadlines.rule import (
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
    Period,
    Requirement,
    Unit,
    Validity,
    Waiver,
)
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.words import Actor, Stage, Status
from disputedesk.model.fact import Facts
from disputedesk.model.money import Money

JAN = dt.date(2026, 1, 5)  # a Monday


def days(count, **options):
    return Period(count, **options)


def known(name):
    return FactTest(name, Comparison.KNOWN, (True,))


def is_(name, value):
    return FactTest(name, Comparison.IS, (value,))


NOT_RECEIVED = Latest(
    (Count("processing_date", days(120)), Count("expected_delivery", days(120))),
    Limits(not_after=(Count("processing_date", days(540)),)),
)


def sentences(window):
    return " ".join(step.sentence for step in window.because)


def test_the_later_branch_decides_and_the_idle_cap_says_so(rule, windows_of):
    one = rule(opens=Count("expected_delivery", Period(1, passed=True)), closes=NOT_RECEIVED)
    facts = {"processing_date": dt.date(2025, 1, 12), "expected_delivery": dt.date(2025, 3, 20)}
    (window,) = windows_of([one], facts, dt.date(2025, 3, 25))
    assert (window.opens, window.closes) == (dt.date(2025, 3, 21), dt.date(2025, 7, 18))
    assert window.status is Status.OPEN
    assert "120 days from 20 Mar 2025, the day delivery was expected = 18 Jul 2025." in sentences(
        window
    )
    assert "540 days from 12 Jan 2025" in sentences(window)
    assert "does not bite" in sentences(window)


def test_a_cap_that_bites_says_so(rule, windows_of):
    facts = {"processing_date": dt.date(2024, 1, 8), "expected_delivery": dt.date(2025, 6, 1)}
    (window,) = windows_of([rule(closes=NOT_RECEIVED)], facts)
    assert window.closes == dt.date(2025, 7, 1)
    cap = [step for step in window.because if "540 days" in step.sentence]
    assert [step.binds for step in cap] == [True]
    assert "1 Jul 2025, bites" in cap[0].sentence


def test_a_missing_fact_is_stood_in_for_by_an_earlier_one(rule, windows_of):
    one = rule(closes=Count("processing_date", days(120)))
    (window,) = windows_of([one], {"transaction_date": JAN})
    assert window.closes == JAN + dt.timedelta(120)
    assert [(a.missing, a.used) for a in window.assumed] == [
        ("processing_date", "transaction_date")
    ]
    assert "processing_date" in window.missing


def test_a_last_day_that_may_be_later_is_not_called_closed_when_it_is_past(rule, windows_of):
    one = rule(closes=Count("processing_date", days(10)))
    past, long_past = JAN + dt.timedelta(11), JAN + dt.timedelta(40)
    facts = {"transaction_date": JAN}
    (window,) = windows_of([one], facts, past)
    assert (window.status, window.may_close_later) == (Status.UNKNOWN, True)
    assert windows_of([one], facts, JAN)[0].status is Status.OPEN
    facts["statement_sent_on"] = JAN + dt.timedelta(20)
    (window,) = windows_of([one], facts, past)
    assert window.status is Status.UNKNOWN
    assert window.closes_at_latest == JAN + dt.timedelta(30)
    (window,) = windows_of([one], facts, long_past)
    assert window.status is Status.CLOSED
    assert with_status(window, past).status is Status.UNKNOWN
    (window,) = windows_of([one], facts | {"processing_date": JAN}, past)
    assert (window.status, window.may_close_later) == (Status.CLOSED, False)


def test_a_branch_left_out_keeps_a_window_from_being_called_closed_up_to_the_cap(rule, windows_of):
    facts = {"processing_date": JAN}
    for later, status in ((130, Status.UNKNOWN), (541, Status.CLOSED)):
        (window,) = windows_of([rule(closes=NOT_RECEIVED)], facts, JAN + dt.timedelta(later))
        assert window.closes == JAN + dt.timedelta(120)
        assert window.closes_at_latest == JAN + dt.timedelta(540)
        assert window.status is status


def test_an_opening_is_stood_in_for_by_a_later_fact_alone(rule, windows_of):
    one = rule(opens=Count("transaction_date", days(15)), closes=Count("ordered_on", days(99)))
    (later,) = windows_of([one], {"processing_date": JAN, "ordered_on": JAN})
    assert later.opens == JAN + dt.timedelta(15)
    (earlier,) = windows_of([one], {"ordered_on": JAN})
    assert earlier.opens is None
    assert earlier.status is Status.UNKNOWN
    assert earlier.missing[0] == "transaction_date"


def test_nothing_known_is_unknown_and_names_what_to_ask(rule, windows_of):
    (window,) = windows_of([rule(closes=NOT_RECEIVED)])
    assert window.status is Status.UNKNOWN
    assert window.closes is None
    assert set(window.missing) >= {"processing_date", "expected_delivery"}
    assert "?" in window.reason


def test_an_unknown_cap_without_stand_in_makes_the_close_unknown(rule, windows_of):
    (window,) = windows_of([rule(closes=NOT_RECEIVED)], {"expected_delivery": JAN})
    assert window.closes is None
    assert window.status is Status.UNKNOWN


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-01-05", Status.NOT_YET),
        ("2026-01-06", Status.OPEN),
        ("2026-01-25", Status.OPEN),
        ("2026-01-26", Status.CLOSING),
        ("2026-02-04", Status.CLOSING),
        ("2026-02-05", Status.CLOSED),
    ],
)
def test_today_moves_status_and_days_left_alone(rule, windows_of, today, status):
    one = rule(
        opens=Count("ordered_on", Period(1, passed=True)),
        closes=Count("ordered_on", days(30)),
        margin=days(2),
    )
    day = dt.date.fromisoformat(today)
    (window,) = windows_of([one], {"ordered_on": JAN}, day)
    assert window.status is status
    (other,) = windows_of([one], {"ordered_on": JAN}, dt.date(2000, 1, 1))
    assert with_status(other, day) == window
    assert window.days_left == (dt.date(2026, 2, 4) - day).days


def test_a_window_whose_wait_outlasts_it_says_that_it_never_opens(rule, windows_of):
    one = rule(opens=Count("ordered_on", days(40)), closes=Count("ordered_on", days(30)))
    (window,) = windows_of([one], {"ordered_on": JAN})
    assert window.status is Status.NOT_AVAILABLE
    assert "never opens" in window.reason
    assert window.file_by is None
    assert with_status(window, dt.date(2030, 1, 1)).status is Status.NOT_AVAILABLE
    guessed = rule(opens=Count("transaction_date", days(40)), closes=Count("ordered_on", days(30)))
    (window,) = windows_of([guessed], {"ordered_on": JAN, "processing_date": JAN})
    assert window.status is Status.UNKNOWN
    assert window.reason


def test_a_wait_vanishes_where_the_rule_says_so(rule, windows_of):
    closed = Waiver(known("merchant_closed_on"), "The merchant has closed.")
    wait = Count("ordered_on", days(15), limits=Limits(waived_when=(closed,)))
    one = rule(opens=wait, closes=Count("ordered_on", days(30)))
    (window,) = windows_of([one], {"ordered_on": JAN, "merchant_closed_on": JAN})
    assert window.opens is None
    assert window.status is Status.OPEN
    assert "The merchant has closed." in sentences(window)
    past = Count("ordered_on", days(45), limits=Limits(waived_if_past_close=True))
    (window,) = windows_of(
        [rule(opens=past, closes=Count("ordered_on", days(30)))], {"ordered_on": JAN}
    )
    assert window.opens is None


def test_a_day_set_by_the_bank_itself_always_wins(rule, windows_of):
    asked = dt.date(2026, 3, 1)
    answer = rule(closes=Count("merchant_reply_on", days(10)), stage=Stage.RESPONSE)
    theirs = rule(
        "t.two", closes=Count("filed_on", days(10)), stage=Stage.RESPONSE, actor=Actor.SELLER
    )
    facts = {"merchant_reply_on": JAN, "filed_on": JAN, "reply_asked_by": asked}
    own, other = windows_of([answer, theirs], facts)
    assert own.closes == asked
    assert "1 Mar 2026" in sentences(own)
    assert other.closes == JAN + dt.timedelta(10)


def test_the_platforms_timer_beats_a_computed_length(rule, windows_of):
    closes = FirstKnown((Moment("protection_ends_at"), Count("delivered_on", days(15))))
    timer = dt.datetime.fromisoformat("2026-03-01T23:30:00-08:00")
    facts = {"delivered_on": JAN, "protection_ends_at": timer, "consumer_zone": "Europe/Berlin"}
    (window,) = windows_of([rule(closes=closes)], facts)
    assert window.closes == dt.date(2026, 3, 2)
    assert window.closes_at == timer
    (window,) = windows_of([rule(closes=closes)], {"delivered_on": JAN})
    assert window.closes == JAN + dt.timedelta(15)
    assert "protection_ends_at" in window.missing
    (window,) = windows_of([rule(closes=closes)], {"shipped_on": JAN})
    assert window.closes == JAN + dt.timedelta(15)
    (window,) = windows_of([rule(closes=closes)])
    assert window.status is Status.UNKNOWN


def test_an_instant_counts_on_the_named_places_day(rule, windows_of):
    at = dt.datetime.fromisoformat("2026-03-01T23:30:00-08:00")
    here = rule(closes=Count("protection_ends_at", days(1)))
    there = rule("t.two", closes=Count("protection_ends_at", days(1), zone="America/Los_Angeles"))
    one, two = windows_of(
        [here, there], {"protection_ends_at": at, "consumer_zone": "Europe/Berlin"}
    )
    assert (one.closes, two.closes) == (dt.date(2026, 3, 3), dt.date(2026, 3, 2))
    one, _ = windows_of([here, there], {"protection_ends_at": at})
    assert one.closes == dt.date(2026, 3, 2)


def test_without_a_zone_the_earlier_of_two_days_is_taken(rule, windows_of):
    at = dt.datetime.fromisoformat("2026-03-01T02:00:00+00:00")
    one = rule(closes=Moment("protection_ends_at", zone="America/Los_Angeles"))
    (window,) = windows_of([one], {"protection_ends_at": at})
    assert window.closes == dt.date(2026, 2, 28)
    assert window.assumed[0].missing == "consumer_zone"
    opening = rule(opens=Moment("protection_ends_at", zone="America/Los_Angeles"))
    (window,) = windows_of([opening], {"protection_ends_at": at})
    assert window.opens == dt.date(2026, 3, 1)


def test_days_after_an_instant_keep_the_time_of_day_over_a_clock_change(rule, windows_of):
    at = dt.datetime.fromisoformat("2026-10-20T12:00:00-04:00")
    one = rule(closes=Moment("protection_ends_at", 30, zone="America/New_York"))
    facts = {"protection_ends_at": at, "consumer_zone": "America/New_York"}
    (window,) = windows_of([one], facts)
    assert window.closes == dt.date(2026, 11, 19)
    assert window.closes_at.isoformat() == "2026-11-19T12:00:00-05:00"


def test_an_extension_moves_the_close_and_a_negative_one_is_left_out(rule, windows_of):
    closes = Count("delivered_on", days(10), plus=("extended_by_days",))
    facts = {"delivered_on": JAN, "extended_by_days": 5}
    (window,) = windows_of([rule(closes=closes)], facts)
    assert window.closes == JAN + dt.timedelta(15)
    assert "extension of 5 days" in sentences(window)
    (window,) = windows_of([rule(closes=closes)], {"delivered_on": JAN, "extended_by_days": -5})
    assert window.closes == JAN + dt.timedelta(10)
    assert window.warnings


def test_business_days_name_what_they_skip(rule, windows_of, few_calendars):
    closes = Count("filed_on", Period(4, Unit.BUSINESS_DAYS, "XX"))
    (window,) = windows_of([rule(closes=closes)], {"filed_on": JAN}, calendars=few_calendars)
    assert window.closes == dt.date(2026, 1, 12)
    assert "Day of rest" in sentences(window)
    assert [one.day.day for one in window.because[0].skipped] == [7, 10, 11]
    assert window.calendar_version == "table 1, XX"


def test_a_calendar_that_ends_too_soon_or_is_unknown_is_a_warning(rule, windows_of, few_calendars):
    for calendar, filed in (("XX", dt.date(2026, 12, 30)), ("ZZ", JAN)):
        closes = Count("filed_on", Period(4, Unit.BUSINESS_DAYS, calendar))
        for explain in (True, False):
            (window,) = windows_of(
                [rule(closes=closes)], {"filed_on": filed}, calendars=few_calendars, explain=explain
            )
            assert window.closes is not None
            assert calendar in window.warnings[0]


def test_a_place_that_is_not_known_is_counted_without_holidays_and_said(
    rule, windows_of, few_calendars
):
    closes = Count("filed_on", Period(4, Unit.BUSINESS_DAYS, "consumer"))
    (window,) = windows_of([rule(closes=closes)], {"filed_on": JAN}, calendars=few_calendars)
    assert window.closes == dt.date(2026, 1, 9)
    assert "consumer_country" in window.missing
    facts = {"filed_on": JAN, "consumer_country": "XX", "consumer_subdivision": "NO"}
    (window,) = windows_of([rule(closes=closes)], facts, calendars=few_calendars)
    assert window.closes == dt.date(2026, 1, 12)


def test_a_last_day_rolls_only_where_the_rule_rolls(rule, windows_of):
    plain = rule(closes=Count("ordered_on", days(5)))
    rolled = rule("t.two", closes=Count("ordered_on", days(5), roll="weekdays"))
    one, two = windows_of([plain, rolled], {"ordered_on": JAN})
    assert (one.closes, two.closes) == (dt.date(2026, 1, 10), dt.date(2026, 1, 12))
    assert "Saturday" in sentences(two)


def test_the_first_day_can_count(rule, windows_of):
    """Japan's eight days begin with the day itself."""
    included = Period(8, first_day_counts=True)
    months = Period(1, Unit.MONTHS, first_day_counts=True)
    one, two, three = windows_of(
        [
            rule(closes=Count("ordered_on", included)),
            rule("t.two", closes=Count("ordered_on", months)),
            rule("t.three", closes=Count("shipped_on", months)),
        ],
        {"ordered_on": dt.date(2026, 3, 1), "shipped_on": dt.date(2026, 1, 31)},
    )
    assert one.closes == dt.date(2026, 3, 8)
    assert two.closes == dt.date(2026, 3, 31)
    assert three.closes == dt.date(2026, 2, 28)


def test_years_may_count_from_the_end_of_the_year(rule, windows_of):
    closes = Count("ordered_on", Period(3, Unit.YEARS), year_end=True)
    (window,) = windows_of([rule(closes=closes)], {"ordered_on": JAN})
    assert window.closes == dt.date(2029, 12, 31)


def test_a_period_may_count_from_the_end_of_another(rule, windows_of):
    closes = Count("", Period(12, Unit.MONTHS), after=Count("received_on", days(14)))
    (window,) = windows_of([rule(closes=closes)], {"received_on": dt.date(2026, 1, 17)})
    assert window.closes == dt.date(2027, 1, 31)
    (window,) = windows_of([rule(closes=closes)])
    assert window.status is Status.UNKNOWN


def test_a_rule_holds_for_days_of_a_named_fact(rule, windows_of):
    one = rule(
        closes=Count("ordered_on", days(10)),
        valid=Validity("ordered_on", dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    )
    for day, status in (("2025-12-31", Status.NOT_AVAILABLE), ("2026-01-01", Status.OPEN),
                        ("2027-01-01", Status.NOT_AVAILABLE)):  # fmt: skip
        (window,) = windows_of([one], {"ordered_on": dt.date.fromisoformat(day)})
        assert window.status is status
    (window,) = windows_of([one])
    assert "in force" in window.warnings[0]


def test_eligibility_comes_before_the_window(rule, windows_of):
    needs = Requirement(
        FactTest("item_price", Comparison.ABOVE, (Money.of("100", "GBP"),)),
        "The price is not above 100 pounds.",
    )
    one = rule(closes=Count("ordered_on", days(10)), applies=(needs,))
    facts = {"ordered_on": JAN}
    (window,) = windows_of([one], facts | {"item_price": Money.of("99.99", "GBP")})
    assert window.status is Status.NOT_AVAILABLE
    assert window.reason == "The price is not above 100 pounds."
    assert window.closes is None
    for price in (None, Money.of("99.99", "EUR")):
        extra = {} if price is None else {"item_price": price}
        (window,) = windows_of([one], facts | extra)
        assert window.closes is not None
        assert "The price is not above 100 pounds." in window.warnings[0]


def test_a_rule_that_does_not_concern_the_order_gives_no_window(rule, windows_of):
    one = rule(pack_concerns=is_("network", "visa"), concerns=is_("card_kind", "credit"))
    assert windows_of([one]) == ()
    assert windows_of([one], {"network": "visa"}) == ()
    assert windows_of([one], {"network": "visa", "card_kind": "debit"}) == ()
    assert len(windows_of([one], {"network": "visa", "card_kind": "credit"})) == 1


def test_a_known_problem_leaves_the_rules_that_help_with_it(rule, windows_of):
    late = rule(problems=frozenset({"late"}))
    every = rule("t.two")
    assert [one.rule for one in windows_of([late, every])] == ["t.one", "t.two"]
    assert [one.rule for one in windows_of([late, every], {"problem": "defective"})] == ["t.two"]
    assert [one.rule for one in windows_of([late, every], only={"t.one"})] == ["t.one"]


def test_contradictions_are_warnings(rule, windows_of):
    facts = {"ordered_on": JAN, "expected_delivery": dt.date(2026, 1, 2), "shipped_on": JAN,
             "delivered_on": dt.date(2026, 1, 3)}  # fmt: skip
    (window,) = windows_of([rule(closes=Count("ordered_on", days(10)))], facts)
    text = " ".join(window.warnings)
    assert "the day delivery was expected" in text
    assert "the day the carrier says it delivered" in text
    assert window.closes is not None


def test_the_case_that_cannot_be_told_takes_the_safe_day(rule, windows_of):
    gift = is_("third_party_gift_card", True)
    cases = Cases((Case(Count("ordered_on", days(10)), gift), Case(Count("ordered_on", days(40)))))
    one = rule(closes=cases)
    for value, expected in ((True, 10), (False, 40), (None, 10)):
        facts = {"ordered_on": JAN} | ({} if value is None else {"third_party_gift_card": value})
        (window,) = windows_of([one], facts)
        assert window.closes == JAN + dt.timedelta(expected)
        assert ("third_party_gift_card" in window.missing) is (value is None)
    nothing = rule(closes=Cases((Case(Count("ordered_on"), is_("free_return", True)),)))
    (window,) = windows_of([nothing], {"free_return": False, "ordered_on": JAN})
    assert (window.closes, window.status) == (None, Status.OPEN)


def test_an_uncertain_cap_is_kept_and_an_uncertain_later_branch_left_out(rule, windows_of):
    maybe = Limits(when=is_("free_return", True))
    short, long = (
        Count("ordered_on", days(5), limits=maybe),
        Count("ordered_on", days(50), limits=maybe),
    )
    base = Count("ordered_on", days(20))
    capped = rule(closes=Count("ordered_on", days(20), limits=Limits(not_after=(short,))))
    latest, earliest = (
        rule("t.two", closes=Latest((base, long))),
        rule("t.three", closes=Earliest((base, short))),
    )
    alone = rule("t.four", closes=Latest((short, long)))
    whole = rule("t.five", closes=short)
    facts = {"ordered_on": JAN}
    for value, expected in (
        (None, (5, 20, 5, 5, 5)),
        (True, (5, 50, 5, 50, 5)),
        (False, (20, 20, 20, None, None)),
    ):
        extra = {} if value is None else {"free_return": value}
        found = windows_of([capped, latest, earliest, alone, whole], facts | extra)
        assert tuple(one.closes and (one.closes - JAN).days for one in found) == expected


def test_the_looser_reading_is_told_beside_the_stricter(rule, windows_of):
    one = rule(closes=Count("ordered_on", days(30)), arguable=Count("ordered_on", days(60)))
    (window,) = windows_of([one], {"ordered_on": JAN})
    assert window.arguable_until == JAN + dt.timedelta(60)
    one = rule(closes=Count("ordered_on", days(30)), arguable=Count("ordered_on"))
    (window,) = windows_of([one], {"ordered_on": JAN})
    assert window.arguable_until is None


def test_the_margin_never_goes_before_the_opening(rule, windows_of):
    one = rule(
        opens=Count("ordered_on", days(8)),
        closes=Count("ordered_on", days(10)),
        margin=Period(10, Unit.BUSINESS_DAYS, "weekdays"),
    )
    (window,) = windows_of([one], {"ordered_on": JAN})
    assert window.file_by == window.opens == JAN + dt.timedelta(8)


def test_effects_are_told_unless_their_condition_is_false(rule, windows_of):
    effects = (
        Consequence("platform_dispute", "Ends it.", when=is_("platform", "amazon")),
        Consequence("seller", "Annoys."),
    )
    one = rule(forfeits=effects)
    texts = [[e.text for e in w.forfeits] for w in windows_of([one], {"platform": "ebay"})]
    assert texts == [["Annoys."]]
    assert [len(w.forfeits) for w in windows_of([one])] == [2]


@pytest.mark.parametrize("value", [dt.date.min, dt.date.max, dt.date(2024, 2, 29)])
def test_dates_at_the_edge_of_the_calendar_raise_nothing(rule, windows_of, value):
    shapes = [
        Count("ordered_on", days(400)),
        Count("ordered_on", Period(4000, Unit.MONTHS)),
        Count("ordered_on", Period(10, Unit.BUSINESS_DAYS, "XX")),
        Count("ordered_on", Period(9, Unit.YEARS), year_end=True, roll="weekdays"),
        Moment("protection_ends_at", 40, zone="Pacific/Kiritimati"),
        Count("protection_ends_at", days(3), zone="Pacific/Kiritimati"),
    ]
    rules = [
        rule(f"t.n{number}", opens=shape, closes=shape, margin=days(400))
        for number, shape in enumerate(shapes)
    ]
    instant = dt.datetime.combine(value, dt.time(23, 59), dt.timezone(dt.timedelta(hours=-12)))
    facts = {"ordered_on": value, "protection_ends_at": instant, "consumer_zone": "Asia/Tokyo"}
    for zone in ({}, {"consumer_zone": "Asia/Tokyo"}):
        found = windows_of(rules, facts | zone)
        assert len(found) == len(rules)
        if value == dt.date.max:
            assert found[0].status is Status.UNKNOWN
            assert "1 to 9999" in found[0].warnings[0]


def test_odd_values_are_as_good_as_unknown(rule, windows_of):
    tests = (
        FactTest("amount", Comparison.ABOVE, (Money.of(1, "EUR"),)),
        FactTest("extended_by_days", Comparison.BELOW, (3,)),
        FactTest("ordered_on", Comparison.BEFORE, (JAN,)),
    )
    one = rule(
        closes=Count("ordered_on", days(1), plus=("extended_by_days",)),
        applies=tuple(Requirement(test, "No.") for test in tests),
    )
    odd = {
        "ordered_on": "soon",
        "extended_by_days": "many",
        "amount": 3,
        "consumer_zone": "Nowhere",
    }
    (window,) = windows_of([one], odd)
    assert window.status is Status.UNKNOWN


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo", "UTC"])
def test_the_same_answer_in_every_time_zone(rule, windows_of, zone, monkeypatch):
    at = dt.datetime.fromisoformat("2026-03-08T01:30:00-08:00")
    one = rule(closes=Moment("protection_ends_at", 1, zone="America/Los_Angeles"))
    reference = windows_of([one], {"protection_ends_at": at})
    monkeypatch.setitem(os.environ, "TZ", zone)
    time.tzset()
    try:
        assert windows_of([one], {"protection_ends_at": at}) == reference
    finally:
        monkeypatch.undo()
        time.tzset()


def test_the_dates_do_not_depend_on_the_language(rule, windows_of):
    one = rule(closes=NOT_RECEIVED)
    facts = {"transaction_date": JAN}
    (english,) = windows_of([one], facts)
    with using("ru"):
        (russian,) = windows_of([one], facts)
    assert (english.closes, english.missing) == (russian.closes, russian.missing)


def test_bulk_work_gives_the_same_days(rule, windows_of, catalogue):
    rules = RuleSet(
        [
            rule(opens=Count("ordered_on", days(40)), closes=Count("ordered_on", days(30))),
            rule("t.two", closes=NOT_RECEIVED, margin=days(3)),
            rule("t.three", closes=Count("filed_on", days(5)), arguable=Count("ordered_on")),
            rule(
                "t.four", stage=Stage.RESPONSE, opens=Count("filed_on"), closes=Count("ordered_on")
            ),
            rule("t.five", applies=(Requirement(is_("free_return", True), "No."),)),
            rule(
                "t.six",
                opens=Count("ordered_on", days(4)),
                closes=Count("processing_date", days(4)),
            ),
        ]
    )
    for facts in (
        {"ordered_on": JAN, "free_return": False},
        {"processing_date": JAN, "expected_delivery": JAN, "ordered_on": JAN},
        {"reply_asked_by": JAN, "ordered_on": JAN},
        {},
    ):
        found = assess_days(rules, Facts(facts), calendars=WeekdayCalendars(), catalogue=catalogue)
        windows = windows_of(rules, facts)
        for days_only, window in zip(found, windows, strict=True):
            for name in ("opens", "closes", "file_by", "arguable_until"):
                day = getattr(window, name)
                assert getattr(days_only, name) == (day.toordinal() if day else 0), (window, name)
            unresolved = bool(window.reason)
            assert (days_only.resolved is not Status.OPEN) is unresolved


def test_without_a_trace_only_the_trace_is_missing(rule, windows_of):
    one = rule(opens=Count("ordered_on", days(1)), closes=NOT_RECEIVED, margin=days(3))
    facts = {"transaction_date": JAN, "expected_delivery": JAN}
    (told,) = windows_of([one], facts)
    (silent,) = windows_of([one], facts, explain=False)
    assert told.because
    assert silent.because == ()
    for name in (
        "opens",
        "closes",
        "file_by",
        "status",
        "assumed",
        "missing",
        "warnings",
        "reason",
    ):
        assert getattr(told, name) == getattr(silent, name)


def test_assess_takes_any_rules_catalogue_and_calendars(catalogue):
    assert (
        assess(RuleSet([]), Facts(), today=JAN, calendars=WeekdayCalendars(), catalogue=catalogue)
        == ()
    )
