"""Joining statements of one fact: the same in any order and grouping, and never undone."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.intake.joining import Stated, changes_it, contradicts, join
from disputedesk.model.fact import FactOrigin
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money

NAMES = st.sampled_from(
    ["ordered_on", "delivered_on", "promised_by", "last_scan_on", "protection_ends_at", "amount"]
).map(FactName)
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2026, 1, 20))


def stated(name):
    values = DAYS
    if name == "amount":
        values = DAYS.map(lambda day: Money(day.day, "USD"))
    elif name.endswith("_at"):
        values = DAYS.map(lambda day: dt.datetime.combine(day, dt.time(), dt.UTC))
    return st.builds(Stated, values, st.sampled_from(FactOrigin))


def several(count):
    return NAMES.flatmap(lambda name: st.tuples(st.just(name), *[stated(name)] * count))


@settings(max_examples=60, deadline=None)
@given(several(3))
def test_joining_does_not_depend_on_order_or_grouping(case):
    name, one, two, three = case
    assert join(name, one, two) == join(name, two, one)
    left = join(name, join(name, one, two), three)
    right = join(name, one, join(name, two, three))
    assert left.value == right.value
    assert join(name, one, one) == one


@settings(max_examples=60, deadline=None)
@given(several(2))
def test_what_was_joined_is_not_moved_by_its_parts_again(case):
    name, one, two = case
    joined = join(name, one, two)
    assert not changes_it(name, joined, one)
    assert not changes_it(name, joined, two)


@settings(max_examples=60, deadline=None)
@given(several(2))
def test_a_statement_never_both_changes_and_contradicts(case):
    name, known, new = case
    assert not (changes_it(name, known, new) and contradicts(name, known, new))


@settings(max_examples=60, deadline=None)
@given(several(2))
def test_the_users_word_is_only_ever_extended_by_a_later_scan(case):
    name, known, new = case
    if known.origin is FactOrigin.USER and new.origin is not FactOrigin.USER:
        assert name == "last_scan_on" or not changes_it(name, known, new)
