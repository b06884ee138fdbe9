"""A window laid out as days: the picture says what the arithmetic did, and no more."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common import texts
from disputedesk.deadlines.calendar import TableCalendar
from disputedesk.deadlines.days import DayMarkKind, DayState, SkipCause, count_days
from disputedesk.deadlines.rule import Count, Earliest, Latest, Limits, Moment, Period, Unit
from disputedesk.deadlines.words import Actor, Stage

MONDAY = dt.date(2026, 1, 5)
TODAY = dt.date(2026, 1, 1)
BUSINESS = Unit.BUSINESS_DAYS


@pytest.fixture
def laid_out(rule, windows_of):
    """The day count of a rule's window, and the window."""

    def build(facts=None, calendars=None, **values):
        (window,) = windows_of(
            [rule(**values)], {"ordered_on": MONDAY} if facts is None else facts, TODAY, calendars
        )
        return count_days(window, today=TODAY), window

    return build


def of(count, day):
    return next(one for one in count.days if one.day == day)


def marks(count):
    return {(mark.kind, mark.day) for mark in count.marks}


def after(days, start=MONDAY):
    return start + dt.timedelta(days)


def test_every_day_of_a_plain_count_counts(laid_out):
    count, window = laid_out(closes=Count("ordered_on", Period(10)))
    assert window.closes == after(10)
    assert [day.day for day in count.days] == [after(at) for at in range(11)]
    assert count.days[0].state is DayState.ANCHOR
    assert [day.number for day in count.days[1:]] == list(range(1, 11))
    assert count.counted == 10
    assert (DayMarkKind.ANCHOR, MONDAY) in marks(count)
    assert (DayMarkKind.CLOSES, after(10)) in marks(count)
    assert (DayMarkKind.TODAY, TODAY) in marks(count)
    assert not count.calendars
    assert not count.doubts
    assert count.sentences == tuple(step.sentence for step in window.because)


def test_a_skipped_day_says_why_and_the_data_are_named(laid_out, few_calendars):
    count, window = laid_out(
        calendars=few_calendars, closes=Count("ordered_on", Period(5, BUSINESS, "XX"))
    )
    assert window.closes == dt.date(2026, 1, 13)
    wednesday = of(count, dt.date(2026, 1, 7))
    assert (wednesday.state, wednesday.reason) == (DayState.SKIPPED, "Day of rest")
    assert wednesday.cause is SkipCause.HOLIDAY
    saturday = of(count, dt.date(2026, 1, 10))
    assert (saturday.reason, saturday.cause) == ("Saturday", SkipCause.WEEKDAY)
    assert [day.day.day for day in count.skipped] == [7, 10, 11]
    assert of(count, dt.date(2026, 1, 8)).number == 2
    assert count.counted == 5
    assert count.calendars == ("table 1, XX",)
    assert not count.doubts


def test_the_events_own_day_can_be_the_first(laid_out):
    count, _window = laid_out(closes=Count("ordered_on", Period(8, first_day_counts=True)))
    assert count.days[0].number == 1
    assert count.days[0].state is DayState.COUNTED
    assert count.counted == 8
    assert (DayMarkKind.ANCHOR, MONDAY) in marks(count)


def test_a_last_day_that_rolls_leaves_both_days(laid_out, few_calendars):
    count, window = laid_out(
        calendars=few_calendars, closes=Count("ordered_on", Period(5), roll="XX")
    )
    saturday, monday = after(5), after(7)
    assert window.closes == monday
    assert {(DayMarkKind.ROLLED_FROM, saturday), (DayMarkKind.ROLLED_TO, monday)} <= marks(count)
    assert of(count, saturday).number == 5
    assert of(count, after(6)).reason == "Sunday"
    assert "no working day (Saturday)" in " ".join(mark.text for mark in count.marks)
    assert of(count, monday).state is DayState.ADDED
    assert count.days[0].day == MONDAY


def test_an_extension_stands_as_days_that_do_not_count(laid_out):
    count, window = laid_out(
        {"ordered_on": MONDAY, "extended_by_days": 3},
        closes=Count("ordered_on", Period(4), plus=("extended_by_days",)),
    )
    assert window.closes == after(7)
    assert {day.cause for day in count.skipped} == {SkipCause.SUSPENSION}
    assert len(count.skipped) == 3
    assert "extension" in count.skipped[0].reason
    assert count.counted == 4


def test_a_minimum_of_working_days_adds_days(laid_out, few_calendars):
    closes = Count("ordered_on", Period(1), minimum_working_days=2, minimum_calendar="XX")
    count, window = laid_out(calendars=few_calendars, closes=closes)
    assert window.closes == after(3)
    assert of(count, after(2)).reason == "Day of rest"
    assert of(count, after(3)).state is DayState.ADDED
    assert of(count, after(1)).number == 1


def test_the_end_of_the_year_is_waited_for(laid_out):
    count, window = laid_out(closes=Count("ordered_on", Period(3, Unit.YEARS), year_end=True))
    assert window.closes == dt.date(2029, 12, 31)
    assert of(count, dt.date(2026, 12, 31)).cause is SkipCause.YEAR_END
    assert of(count, dt.date(2027, 1, 1)).number == 1


def test_a_count_from_a_count_is_one_road(laid_out):
    inner = Count("ordered_on", Period(3))
    count, window = laid_out(closes=Count("", Period(2, BUSINESS, "weekdays"), after=inner))
    assert window.closes == after(7)
    assert count.days[0].day == MONDAY
    assert of(count, after(3)).number == 3
    assert of(count, after(4)).number == 1
    assert [mark.text for mark in count.marks if mark.kind is DayMarkKind.ANCHOR] == [
        "the day of the order"
    ]


def test_only_what_decided_is_laid_out_and_caps_are_marked(laid_out):
    cap = Count("shipped_on", Period(30))
    facts = {"ordered_on": MONDAY, "shipped_on": after(2)}
    loose, window = laid_out(
        facts, closes=Count("ordered_on", Period(10), limits=Limits(not_after=(cap,)))
    )
    assert window.closes == after(10)
    assert (DayMarkKind.CAP, after(32)) in marks(loose)
    assert loose.days[0].day == MONDAY
    tight, window = laid_out(
        facts, closes=Count("ordered_on", Period(90), limits=Limits(not_after=(cap,)))
    )
    assert window.closes == after(32)
    assert tight.days[0].day == after(2)
    assert tight.counted == 30
    floor = Limits(not_before=(Latest((cap,)),))
    low, window = laid_out(facts, closes=Count("ordered_on", Period(1), limits=floor))
    assert (DayMarkKind.FLOOR, window.closes) in marks(low)
    both = Earliest((Count("ordered_on", Period(9)), Count("shipped_on", Period(9))))
    first, _window = laid_out(facts, closes=both)
    assert first.days[0].day == MONDAY


def test_wait_margin_and_looser_reading_are_on_the_days(laid_out):
    count, window = laid_out(
        opens=Count("ordered_on", Period(4)),
        closes=Count("ordered_on", Period(20)),
        arguable=Count("ordered_on", Period(25)),
        margin=Period(2, BUSINESS, "weekdays"),
    )
    assert not of(count, after(3)).usable
    assert of(count, after(4)).usable
    assert window.file_by == dt.date(2026, 1, 22)
    assert [day.day for day in count.days if day.margin] == [after(at) for at in (18, 19, 20)]
    late = of(count, after(21))
    assert (late.state, late.usable) == (DayState.AFTER, False)
    assert count.days[-1].day == after(25)
    kinds = {kind for kind, _day in marks(count)}
    assert {DayMarkKind.OPENS, DayMarkKind.FILE_BY, DayMarkKind.ARGUABLE} <= kinds


def test_days_before_the_anchor_are_no_part_of_it(laid_out):
    facts = {"ordered_on": MONDAY, "shipped_on": after(6)}
    count, _window = laid_out(
        facts, opens=Count("ordered_on"), closes=Count("shipped_on", Period(3))
    )
    assert of(count, MONDAY).state is DayState.BEFORE
    assert of(count, after(6)).state is DayState.ANCHOR


def test_a_timer_is_counted_by_its_days(laid_out):
    at = dt.datetime(2026, 1, 5, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))
    facts = {"protection_ends_at": at, "consumer_zone": "Europe/Berlin"}
    count, window = laid_out(facts, closes=Moment("protection_ends_at", 15))
    assert window.closes == dt.date(2026, 1, 21)
    assert count.days[0].day == dt.date(2026, 1, 6)
    assert count.counted == 15


def test_a_window_without_a_last_day_is_counted_to_its_first(laid_out):
    count, _window = laid_out(opens=Count("ordered_on", Period(4)), closes=None)
    assert count.about == "opens"
    assert count.counted == 4
    assert count.days[-1].usable
    assert not any(day.margin for day in count.days)
    assert laid_out({}, closes=Count("ordered_on", Period(4)))[0] is None


def test_a_day_set_by_the_bank_needs_no_counting(laid_out):
    count, _window = laid_out(
        {"reply_asked_by": MONDAY}, actor=Actor.BUYER, stage=Stage.RESPONSE,
        closes=Count("ordered_on", Period(9)),
    )  # fmt: skip
    assert [day.day for day in count.days] == [MONDAY]
    assert DayMarkKind.ANCHOR not in {kind for kind, _day in marks(count)}


def test_what_is_not_settled_is_said_of_the_days(laid_out, few_calendars):
    def with_days(count, start, name="XX", calendars=few_calendars):
        closes = Count("ordered_on", Period(count, BUSINESS, name))
        return laid_out({"ordered_on": start}, calendars, closes=closes)[0]

    short = with_days(9, dt.date(2026, 12, 28))
    assert "does not reach this far" in short.doubts[0]
    assert not short.days[-1].sure
    unknown = with_days(9, MONDAY, "YY")
    assert "Holidays are not known" in unknown.doubts[0]
    nowhere = with_days(9, MONDAY, "consumer")
    assert "Holidays are not known" in nowhere.doubts[0]
    assert not with_days(9, MONDAY, "weekdays").doubts


class _Doubtful:
    """A country whose days off are decreed until 9 January, with a moon feast on the 14th."""

    def find(self, name):
        first, last = dt.date(2026, 1, 1).toordinal(), dt.date(2026, 12, 31).toordinal()
        free = {day: "" for day in range(first, last + 1) if (day - 1) % 7 > 4}
        feast = dt.date(2026, 1, 14).toordinal()
        free[feast] = "Feast (estimated)"
        decreed = dt.date(2026, 1, 9).toordinal() if name == "DE" else last
        return TableCalendar(
            name, "v", first=first, last=last, free=free, sure_until=decreed,
            estimated=frozenset({feast}),
        )  # fmt: skip


def test_a_year_not_decreed_yet_and_a_moon_feast_are_told(laid_out):
    closes = Count("ordered_on", Period(8, BUSINESS, "FR"))
    count, _window = laid_out(calendars=_Doubtful(), closes=closes)
    assert "follows the moon: 14 Jan 2026 (Feast (estimated))" in count.doubts[0]
    assert not of(count, dt.date(2026, 1, 14)).sure
    assert of(count, dt.date(2026, 1, 13)).sure
    closes = Count("ordered_on", Period(8, BUSINESS, "DE"))
    count, _window = laid_out(calendars=_Doubtful(), closes=closes)
    assert "decreed until 9 Jan 2026 only" in count.doubts[0]
    assert of(count, dt.date(2026, 1, 9)).sure
    assert not of(count, dt.date(2026, 1, 12)).sure


def test_days_beyond_the_calendar_are_no_days(laid_out):
    facts = {"ordered_on": dt.date(9999, 12, 30), "shipped_on": MONDAY}
    beyond = Latest((Count("ordered_on", Period(9)), Count("shipped_on", Period(1))))
    count, window = laid_out(facts, closes=beyond)
    assert (count is None) == (window.closes is None and window.opens is None)


def test_a_mistyped_year_does_not_fill_the_memory(laid_out):
    count, _window = laid_out(closes=Count("ordered_on", Period(900, Unit.YEARS)))
    assert len(count.days) == 40_001


def test_the_days_are_told_in_the_language_in_force(laid_out):
    with texts.using("ru"):
        count, _window = laid_out(closes=Count("ordered_on", Period(3, BUSINESS, "weekdays")))
        assert all(mark.text for mark in count.marks)


STARTS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 6, 30))


@given(start=STARTS, number=st.integers(1, 60), business=st.booleans(), roll=st.booleans())
def test_the_days_counted_by_hand_give_the_date(rule, windows_of, *, start, number, business, roll):
    period = Period(number, BUSINESS, "weekdays") if business else Period(number)
    closes = Count("ordered_on", period, roll="weekdays" if roll else "")
    (window,) = windows_of([rule(closes=closes)], {"ordered_on": start})
    count = count_days(window, today=TODAY)
    assert count.counted == number
    assert count.days[0].day == start
    assert max(day.day for day in count.days) == window.closes
    steps = itertools.pairwise(day.day for day in count.days)
    assert all(later - earlier == dt.timedelta(1) for earlier, later in steps)
