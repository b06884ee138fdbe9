"""The properties of the design's "windows" that hold for every rule and every set of facts."""

import dataclasses
import datetime as dt
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.deadlines.assess import with_status
from disputedesk.deadlines.bulk import assess_days
from disputedesk.deadlines.rule import (
    Case,
    Cases,
    Comparison,
    Count,
    Earliest,
    FactTest,
    Latest,
    Limits,
    MonthEnd,
    Period,
    Unit,
)
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.words import Status
from disputedesk.model.fact import Facts

CHAINS = (
    ("ordered_on", "transaction_date", "processing_date", "statement_sent_on"),
    ("ordered_on", "promised_by", "expected_delivery"),
    ("ordered_on", "shipped_on", "last_scan_on", "delivered_on", "received_on"),
)
ANCHORS = sorted({name for chain in CHAINS for name in chain})
FLAGS = ("free_return", "third_party_gift_card", "seller_gift_card")
TODAY = dt.date(2026, 3, 1)
TAKEN_AT_THEIR_WORD = {"expected_delivery", "extended_by_days", "consumer_country"}
"""Facts whose absence is read as "nothing more was said", for an opening too."""


class Holidays:
    """Calendars of Monday to Friday whose country `XX` also rests on the 1st and 15th."""

    def find(self, name):
        from disputedesk.deadlines.calendar import WEEKDAYS, TableCalendar

        if name != "XX":
            return WEEKDAYS
        first, last = dt.date(2020, 1, 1).toordinal(), dt.date(2050, 12, 31).toordinal()
        free = {
            day: "rest"
            for day in range(first, last + 1)
            if (day - 1) % 7 > 4 or dt.date.fromordinal(day).day in {1, 15}
        }
        return TableCalendar("XX", "v", first=first, last=last, free=free)


CALENDARS = Holidays()
TABLE = CALENDARS.find("XX")


class Cached:
    """The same calendars, made once."""

    def find(self, name):
        return TABLE if name == "XX" else CALENDARS.find(name)


periods = st.builds(
    Period,
    count=st.integers(0, 200),
    unit=st.sampled_from([Unit.DAYS, Unit.DAYS, Unit.WEEKS]),
    first_day_counts=st.booleans(),
) | st.builds(
    Period,
    count=st.integers(0, 24),
    unit=st.sampled_from([Unit.MONTHS]),
    month_end=st.sampled_from(MonthEnd),
    first_day_counts=st.booleans(),
) | st.builds(
    Period, count=st.integers(0, 30), unit=st.just(Unit.BUSINESS_DAYS), calendar=st.just("consumer")
)  # fmt: skip
conditions = st.builds(
    lambda name, value: FactTest(name, Comparison.IS, (value,)),
    st.sampled_from(FLAGS),
    st.booleans(),
)
maybe_when = st.none() | conditions
counts = st.builds(
    Count,
    anchor=st.sampled_from(ANCHORS),
    period=periods,
    plus=st.sampled_from([(), ("extended_by_days",)]),
    year_end=st.sampled_from([False, False, False, True]),
    roll=st.sampled_from(["", "", "consumer"]),
    minimum_working_days=st.just(0),
    limits=st.builds(Limits, when=maybe_when),
)


def grown(inner):
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    few = st.lists(inner, max_size=2).map(tuple)
    limits = st.builds(Limits, when=maybe_when, not_after=few, not_before=few)
    case = st.builds(Case, inner, maybe_when)
    return (
        st.builds(Latest, parts, limits)
        | st.builds(Earliest, parts, limits)
        | st.builds(Cases, st.lists(case, min_size=1, max_size=3).map(tuple), limits)
        | st.builds(lambda after, period: Count("", period, after=after), inner, periods)
    )


expressions = st.recursive(counts, grown, max_leaves=4)
margins = st.none() | st.builds(Period, count=st.integers(0, 20)) | st.just(
    Period(10, Unit.BUSINESS_DAYS, "consumer")
)  # fmt: skip


@st.composite
def true_facts(draw):
    """A whole truth that obeys the order in which facts stand in for each other."""
    days = {"ordered_on": draw(st.integers(0, 400))}
    for chain in CHAINS:
        for before, name in pairwise(chain):
            days[name] = days[before] + draw(st.integers(0, 60))
    first = dt.date(2025, 1, 1).toordinal()
    facts = {name: dt.date.fromordinal(first + day) for name, day in days.items()}
    for name in FLAGS:
        facts[name] = draw(st.booleans())
    facts["extended_by_days"] = draw(st.integers(0, 60))
    facts["consumer_country"] = draw(st.sampled_from(["XX", "YY"]))
    return facts


spans = st.fixed_dictionaries({"opens": expressions, "closes": expressions, "margin": margins})


@st.composite
def learning(draw):
    """What is known first, and the more that is known later."""
    truth = draw(true_facts())
    known = draw(st.sets(st.sampled_from(sorted(truth))))
    more = known | draw(st.sets(st.sampled_from(sorted(truth))))
    return (
        {name: truth[name] for name in known},
        {name: truth[name] for name in more},
    )


@settings(max_examples=120, deadline=None)
@given(expressions, learning())
def test_learning_a_missing_fact_never_moves_the_close_earlier(rule, windows_of, expression, facts):
    one = rule(closes=expression)
    (before,) = windows_of([one], facts[0], TODAY, Cached(), explain=False)
    (after,) = windows_of([one], facts[1], TODAY, Cached(), explain=False)
    if before.closes is not None:
        assert after.closes is None or after.closes >= before.closes
        assert not after.reason
    elif not before.reason:
        assert after.closes is None


@settings(max_examples=120, deadline=None)
@given(expressions, learning())
def test_the_true_last_day_is_never_after_the_latest_that_was_stated(
    rule, windows_of, expression, facts
):
    one = rule(closes=expression)
    (before,) = windows_of([one], facts[0], TODAY, Cached(), explain=False)
    (after,) = windows_of([one], facts[1], TODAY, Cached(), explain=False)
    learned = facts[1].keys() - facts[0].keys()
    if before.closes is None or learned & TAKEN_AT_THEIR_WORD:
        return
    if not before.may_close_later:
        assert after.closes == before.closes
    elif before.closes_at_latest is not None:
        assert after.closes is None or after.closes <= before.closes_at_latest


@settings(max_examples=60, deadline=None)
@given(expressions, learning())
def test_learning_a_missing_fact_never_moves_the_opening_later(rule, windows_of, expression, facts):
    one = rule(opens=expression)
    (before,) = windows_of([one], facts[0], TODAY, Cached(), explain=False)
    (after,) = windows_of([one], facts[1], TODAY, Cached(), explain=False)
    learned = facts[1].keys() - facts[0].keys()
    if before.opens is not None and not learned & TAKEN_AT_THEIR_WORD:
        assert after.opens is None or after.opens <= before.opens
        assert not after.reason


@settings(max_examples=60, deadline=None)
@given(spans, learning(), st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)))
def test_the_days_stand_in_order_and_today_moves_status_alone(rule, windows_of, span, facts, today):
    one = rule(**span)
    (window,) = windows_of([one], facts[0], TODAY, Cached())
    days = (window.opens, window.file_by, window.closes)
    if all(days):
        assert window.opens <= window.file_by <= window.closes
    elif window.opens and window.closes:
        assert window.reason
    (moved,) = windows_of([one], facts[0], today, Cached())
    assert with_status(window, today) == moved
    same = {"status": window.status, "days_left": window.days_left}
    assert dataclasses.replace(moved, **same) == window


@settings(max_examples=60, deadline=None)
@given(expressions, true_facts(), st.integers(0, 90))
def test_an_extension_never_closes_a_window_earlier(rule, windows_of, expression, facts, longer):
    one = rule(closes=expression)
    (before,) = windows_of([one], facts, TODAY, Cached(), explain=False)
    extended = facts | {"extended_by_days": facts["extended_by_days"] + longer}
    (after,) = windows_of([one], extended, TODAY, Cached(), explain=False)
    assert (before.closes is None) is (after.closes is None)
    assert before.closes is None or after.closes >= before.closes


@settings(max_examples=60, deadline=None)
@given(spans, learning())
def test_the_trace_changes_no_answer_and_bulk_work_agrees(rule, windows_of, catalogue, span, facts):
    rules = RuleSet([rule(**span)])
    (told,) = windows_of(rules, facts[0], TODAY, Cached())
    (silent,) = windows_of(rules, facts[0], TODAY, Cached(), explain=False)
    assert dataclasses.replace(told, because=()) == silent
    (bare,) = assess_days(rules, Facts(facts[0]), calendars=Cached(), catalogue=catalogue)
    for name in ("opens", "closes", "file_by"):
        day = getattr(silent, name)
        assert getattr(bare, name) == (day.toordinal() if day else 0)
    assert (bare.resolved is Status.OPEN) is (not silent.reason)


@settings(max_examples=60, deadline=None)
@given(expressions, true_facts())
def test_the_last_binding_step_of_the_trace_is_the_close(rule, windows_of, expression, facts):
    (window,) = windows_of([rule(closes=expression)], facts, TODAY, Cached())
    if window.closes is not None:
        results = [step.result for step in window.because if step.binds and step.result]
        assert results[-1] == window.closes
