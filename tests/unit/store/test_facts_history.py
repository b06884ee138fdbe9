"""Facts: the newest counts, none is lost, and what is taken back gives way to the one before."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.model.case import Case
from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.store.encoding import value_of, value_text
from disputedesk.store.values import FactEntry

NAME = "expected_delivery"
ONE, TWO, THREE = (Fact(NAME, dt.date(2026, 3, day)) for day in (1, 2, 3))


def test_a_newer_fact_takes_the_place_of_the_older_and_the_history_stays(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        assert tx.facts.record(order, ONE) is None
        assert tx.facts.record(order, TWO) == ONE
        assert tx.facts.current(order) == (TWO,)
        first, second = tx.facts.history(order, NAME)
        assert (first.fact, first.superseded_by, first.is_current) == (ONE, second.id, False)
        assert (second.fact, second.is_current) == (TWO, True)
        assert tx.facts.records(order) == (second,)
        assert tx.facts.get(first.id) == first


def test_the_same_statement_is_not_kept_twice_but_another_source_is(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        tx.facts.record(order, ONE)
        assert tx.facts.record(order, ONE) == ONE
        assert len(tx.facts.history(order)) == 1
        tx.facts.record(order, Fact(NAME, ONE.value, FactSource(FactOrigin.MAIL, "mail")))
        assert len(tx.facts.history(order)) == 2


def test_a_flag_is_not_the_number_it_equals(store, basics):
    with store.transaction() as tx:
        tx.facts.record(basics.order.id, Fact("free_return", True))
        tx.facts.record(basics.order.id, Fact("free_return", 1))
        assert tx.facts.current(basics.order.id)[0].value is not True


def test_what_a_case_says_goes_before_what_the_order_says(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        case = tx.cases.add(
            Case(0, 0, order, basics.client.id, Problem.LATE, dt.date(2026, 4, 1))
        ).id
        tx.facts.record(order, ONE)
        tx.facts.record(order, TWO, case)
        assert tx.facts.current(order) == (ONE,)
        assert tx.facts.current(order, case) == (TWO,)
        assert tx.facts.current_many([order, 99]) == {order: (ONE,)}


def test_taking_back_the_newest_makes_the_one_before_count_again(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        for fact in (ONE, TWO, THREE):
            tx.facts.record(order, fact)
        ids = [record.id for record in tx.facts.history(order)]
        assert tx.facts.withdraw([ids[2]]) == (order,)
        assert tx.facts.current(order) == (TWO,)
        tx.facts.withdraw([ids[0]])
        assert tx.facts.current(order) == (TWO,)
        tx.facts.withdraw([ids[1], ids[1]])
        assert tx.facts.current(order) == ()
        assert len(tx.facts.history(order)) == 3
        tx.facts.record(order, ONE)
        assert tx.facts.current(order) == (ONE,)


def test_taking_back_a_middle_one_changes_nothing_now(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        for fact in (ONE, TWO, THREE):
            tx.facts.record(order, fact)
        ids = [record.id for record in tx.facts.history(order)]
        tx.facts.withdraw([ids[1]])
        assert tx.facts.current(order) == (THREE,)
        tx.facts.withdraw([ids[2]])
        assert tx.facts.current(order) == (ONE,)


def test_a_name_can_be_made_unknown_again(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        tx.facts.record(order, ONE)
        tx.facts.record(order, TWO)
        assert tx.facts.withdraw_current(order, NAME) == TWO
        assert tx.facts.current(order) == ()
        assert tx.facts.withdraw_current(order, NAME) is None


def test_an_import_is_taken_back_whole(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        tx.facts.record(order, ONE)
        batch = tx.batches.add().id
        entries = [FactEntry(order, TWO), FactEntry(order, Fact("note", "x"))]
        assert tx.facts.record_many(entries, batch_id=batch) == (ONE, None)
        records = tx.facts.of_batch(batch)
        assert [record.fact for record in records] == [TWO, Fact("note", "x")]
        tx.facts.withdraw(record.id for record in records)
        assert tx.facts.current(order) == (ONE,)
        assert tx.facts.of_batch(batch) == ()


def test_one_call_may_say_the_same_name_twice(store, basics):
    order = basics.order.id
    with store.transaction() as tx:
        assert tx.facts.record_many([FactEntry(order, ONE), FactEntry(order, TWO)]) == (None, ONE)
        assert tx.facts.current(order) == (TWO,)


VALUES = st.one_of(
    st.dates(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.datetimes(timezones=st.just(dt.timezone(dt.timedelta(hours=-8)))),
    st.text(),
    st.booleans(),
    st.integers(),
    st.builds(Money, st.integers(), st.sampled_from(["USD", "JPY", "RUB"])),
)


@given(VALUES)
def test_every_value_comes_back_as_it_was_typed(value):
    again = value_of(value_text(value))
    assert again == value
    assert type(again) is type(value)


def test_an_instant_keeps_the_offset_it_was_told_with():
    at = dt.datetime(2026, 3, 1, 23, 30, tzinfo=dt.timezone(dt.timedelta(hours=-8)))
    assert value_of(value_text(at)).utcoffset() == dt.timedelta(hours=-8)


def test_a_naive_instant_is_no_fact():
    with pytest.raises(ValueError, match="no offset"):
        value_text(dt.datetime(2026, 3, 1))  # noqa: DTZ001 - the naive one is the point


def test_a_text_of_no_known_type_is_refused():
    with pytest.raises(ValueError, match="no fact value"):
        value_of("pickle:x")
