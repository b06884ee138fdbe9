"""Reading: pages meet without gap or double, searches cannot fail, and SQLAlchemy stays away."""

from __future__ import annotations

import dataclasses
import datetime as dt
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.model.case import Case, CaseStage
from disputedesk.model.fact import Fact
from disputedesk.model.money import Money
from disputedesk.model.order import OrderState
from disputedesk.model.problem import Problem
from disputedesk.store.reading import AtStake, OrderFilter, OrderSort, Reader, StripDay
from disputedesk.store.values import Parcel, WindowRow

TODAY = dt.date(2026, 3, 10)


def a_window(order_id, file_by, closes, **values):
    fields = {
        "case": None, "rule": "visa.13.1", "avenue": "card_chargeback", "stage": "first_filing",
        "actor": "buyer", "opens": None, "lead": True, **values,
    }  # fmt: skip
    return WindowRow(
        order=order_id, file_by=file_by.toordinal(), closes=closes.toordinal(), **fields
    )


@pytest.fixture
def orders(store, basics, build):
    """Thirty orders; some lack a date, a sum or a window, and many are alike."""
    with store.transaction() as tx:
        added = tx.orders.add_many(
            [
                build(
                    basics.client,
                    str(9000 + number),
                    title=f"Lamp {number % 4}",
                    ordered_on=None if number % 5 == 0 else dt.date(2026, 1, 1 + number % 7),
                    total=None if number % 6 == 0 else Money(number % 3, "USD"),
                )
                for number in range(30)
            ]
        )
        rows = [
            a_window(order.id, TODAY + dt.timedelta(place % 9 - 4), TODAY + dt.timedelta(place % 9))
            for place, order in enumerate(added)
            if place % 7
        ]
        tx.windows.replace_many([order.id for order in added], rows)
    return added


@pytest.fixture
def reader(store):
    with Reader(store.folder.root) as opened:
        yield opened


@pytest.mark.parametrize("descending", [True, False])
@pytest.mark.parametrize("sort", OrderSort)
def test_pages_join_to_the_whole_list_in_the_order_of_the_ids(orders, reader, sort, descending):
    found, after = [], None
    while page := reader.orders_page(sort=sort, limit=4, descending=descending, after=after):
        found += [row.id for row in page]
        after = page[-1].cursor
    assert sorted(found) == list(range(1, 32))
    assert found == list(reader.order_ids(sort=sort, descending=descending))


def test_rows_without_the_key_come_last_either_way(orders, reader):
    for descending in (True, False):
        page = reader.orders_page(sort=OrderSort.ORDERED_ON, limit=99, descending=descending)
        known = [row.ordered_on for row in page]
        assert known[-6:] == [None] * 6
        assert known[:-6] == sorted(filter(None, known), reverse=descending)


def test_due_shows_what_can_still_be_filed_soonest_first_and_pages_meet(orders, reader):
    whole = reader.due(TODAY)
    assert whole
    assert [row.file_by for row in whole] == sorted(row.file_by for row in whole)
    assert any(row.file_by < TODAY <= row.closes for row in whole)
    found, after = [], None
    while page := reader.due(TODAY, 3, after=after):
        found += page
        after = page[-1].cursor
    assert tuple(found) == whole
    assert reader.count_due(TODAY, TODAY + dt.timedelta(99)) == len(whole)
    assert reader.count_due(TODAY, TODAY + dt.timedelta(99), cap=3) == 4
    assert reader.due(TODAY + dt.timedelta(60)) == ()
    assert all(row.file_by <= TODAY for row in reader.due(TODAY, until=TODAY))
    assert reader.due(TODAY, actor="seller") == ()
    assert reader.due(TODAY, client=99) == ()


def test_a_due_row_says_what_a_list_shows(store, basics, reader):
    order = basics.order.id
    with store.transaction() as tx:
        case = tx.cases.add(
            Case(0, 0, order, basics.client.id, Problem.LATE, TODAY, claimed=Money(100, "USD"))
        )
        tx.windows.replace(
            order, [a_window(order, TODAY, TODAY + dt.timedelta(3), case=case.id, zone="UTC")]
        )
    (row,) = reader.due(TODAY)
    assert (row.number, row.seller, row.client_name) == ("8001", "Good Shop", "Анна Ёлкина")
    assert (row.case_number, row.problem, row.case_stage) == (
        1001,
        Problem.LATE,
        CaseStage.PREPARING,
    )
    assert (row.total, row.closes, row.zone) == (Money(100, "USD"), TODAY + dt.timedelta(3), "UTC")
    assert reader.windows_of(order) == (row,)
    (listed,) = reader.orders([order])
    assert (listed.case_number, listed.file_by, listed.rule) == (1001, TODAY, "visa.13.1")
    (shown,) = reader.cases([case.id])
    assert (shown.number, shown.claimed, shown.file_by) == (1001, Money(100, "USD"), TODAY)
    assert reader.cases_page() == reader.cases_page(stages=[CaseStage.PREPARING]) == (shown,)
    assert reader.cases_page(order=order, client=basics.client.id) == (shown,)
    assert reader.cases_page(below=1001) == reader.cases_page(stages=[CaseStage.FILED]) == ()
    assert reader.count_cases() == {CaseStage.PREPARING: 1}


def test_the_strip_counts_days_and_sums_stay_in_their_currency(store, basics, build, reader):
    with store.transaction() as tx:
        euro = tx.orders.add(build(basics.client, "E1", total=Money(500, "EUR")))
        day = TODAY + dt.timedelta(1)
        tx.windows.replace_many(
            [], [a_window(number, day, day) for number in (basics.order.id, euro.id, euro.id)]
        )
    assert reader.strip(TODAY, day) == (StripDay(day, 3),)
    assert reader.strip(TODAY, TODAY) == ()
    assert reader.at_stake(TODAY, day) == (
        AtStake(Money(500, "EUR"), 1),
        AtStake(Money(4310, "USD"), 1),
    )


SEARCHES = [
    ("8001", True), ("80", True), ("phone", True), ("PHO cas", True), ("good shop", True),
    ("lp00123", True), ("rb00456cn", True), ("елкина", True), ("АННА", True), ("ёлк", True),
    ("mum", True), ("phone absent", False), ("co-op", False), ("it's", False), ("C++", True),
    ("100%", False), ('"', False), ("", False), ("a@b.c", False), ("NEAR(a b)", False),
    ("*", False),
]  # fmt: skip


@pytest.mark.parametrize(("text", "found"), SEARCHES)
def test_a_search_finds_words_by_their_beginnings_and_never_fails(basics, reader, text, found):
    assert [row.id for row in reader.search(text)] == ([basics.order.id] if found else [])
    if text.strip():
        assert len(reader.orders_page(OrderFilter(text=text))) == found
        assert len(reader.order_ids(OrderFilter(text=text))) == found
        assert reader.count_orders(OrderFilter(text=text)) == found


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text())
def test_no_text_makes_the_search_fail(basics, reader, text):
    assert len(reader.search(text)) <= 1


def test_the_search_follows_every_change(store, basics, reader):
    order = basics.order
    with store.transaction() as tx:
        order = tx.orders.update(dataclasses.replace(order, title="Blue bottle"))
        tx.parcels.record(Parcel(order.id, "QX77"))
        tx.clients.update(dataclasses.replace(basics.client, name="Zoë"))
        tx.sellers.update(dataclasses.replace(basics.seller, name="Bad Shop"))
    now = {"phone": 0, "bottle": 1, "qx77": 1, "zoe": 1, "анна": 0, "bad": 1}
    for text, found in now.items():
        assert len(reader.search(text)) == found, text
    with store.transaction() as tx:
        tx.orders.remove(order.id)
    assert reader.search("bottle") == reader.orders([order.id]) == ()
    with store.transaction() as tx:
        tx.orders.restore(order.id)
    assert len(reader.search("bottle")) == 1


def test_filters_let_pass_what_they_say(store, basics, build, reader):
    with store.transaction() as tx:
        other = tx.orders.add(build(basics.client, "X", platform="ebay", state=OrderState.SHIPPED))
        tx.cases.add(Case(0, 0, other.id, basics.client.id, Problem.LATE, TODAY))
    for wanted in (
        OrderFilter(platform="ebay"), OrderFilter(state=OrderState.SHIPPED),
        OrderFilter(with_case=True),
    ):  # fmt: skip
        assert list(reader.order_ids(wanted)) == [other.id]
    assert list(reader.order_ids(OrderFilter(with_case=False))) == [basics.order.id]
    assert reader.count_orders(OrderFilter(client=99)) == 0
    assert reader.count_orders(cap=1) == 2


def test_rows_come_in_the_order_asked_for(orders, reader):
    wanted = [7, 3, 99, 5]
    assert [row.id for row in reader.orders(wanted)] == [7, 3, 5]


def test_current_facts_of_many_orders_come_in_one_read(store, basics, reader):
    with store.transaction() as tx:
        tx.facts.record(basics.order.id, Fact("a", 1))
        tx.facts.record(basics.order.id, Fact("a", 2))
    assert [row.fact for row in reader.facts([basics.order.id])] == [Fact("a", 2)]


def test_a_change_by_somebody_else_moves_the_mark(store, reader):
    before = reader.change_mark()
    with store.transaction() as tx:
        tx.settings.set("a", "b")
    assert reader.change_mark() != before
    assert reader.settings() == {"a": "b"}


def test_reading_imports_no_heavy_library():
    program = "import sys, disputedesk.store.reading, disputedesk.vault; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert not loaded & {"sqlalchemy", "alembic", "reportlab", "PySide6", "pikepdf"}


def test_lists_walk_an_index_and_sort_nothing(orders, store):
    import sqlite3

    from disputedesk.store.reading import taking

    connection = sqlite3.connect(store.folder.database)
    plan = connection.execute(
        f"EXPLAIN QUERY PLAN {taking.DUE} WHERE w.lead = 1 AND w.file_by >= 1 AND w.closes >= 2 "
        "ORDER BY w.file_by, w.closes, w.id LIMIT 50"
    ).fetchall()
    connection.close()
    words = " ".join(row[3] for row in plan)
    assert "ix_window_lead" in words
    assert "TEMP B-TREE" not in words
