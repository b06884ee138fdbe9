"""The sample desk is what it says on any day it is made."""

import datetime as dt

import pytest

from disputedesk.common.clock import FixedClock
from disputedesk.deadlines.words import Status
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import care
from disputedesk.desk.queries import cases, orders, people, today
from disputedesk.desk.sample import make_papers, make_sample_desk


def test_it_holds_fourteen_orders_of_one_shopper_and_two_clients(sample):
    with sample.store.snapshot() as rows:
        owners = [rows.clients.get(order.client).name for order in rows.orders.list()]
    assert owners.count("Anna Weber") == 14
    assert len(people.clients(sample)) == 3


@pytest.mark.parametrize("day", [dt.date(2026, 11, 23), dt.date(2027, 3, 1), dt.date(2028, 2, 29)])
def test_windows_are_in_every_state_on_any_day(tmp_path, day):
    desk = make_sample_desk(tmp_path / "desk", clock=FixedClock.on(day))
    details = [cases.case_detail(desk, row.id) for row in cases.case_rows(desk, closed=True)]
    with desk.store.snapshot() as rows:
        ids = rows.orders.ids()
    details += [orders.order_detail(desk, order_id) for order_id in ids]
    seen = {window.status for detail in details for window in detail.windows}
    groups = {str(row.group) for row in today.today_view(desk).rows}
    desk.close()
    assert seen == set(Status)
    assert {"today", "week", "later", "waiting"} <= groups


def test_verify_is_content_with_it(sample):
    answer = care.verify(sample)
    assert answer.findings == ()
    assert dict(answer.checked)["orders"] == 16


def test_its_papers_are_made_and_kept(sample):
    made = make_papers(sample)
    assert [path.name for path in made] == [
        "letter-en.pdf",
        "letter-ru.pdf",
        "dispute.txt",
        "bundle.pdf",
    ]
    assert all(path.read_bytes() for path in made)


def test_stored_windows_equal_fresh_ones(sample):
    """What lists read is what the engine says, for every order of the desk."""
    with sample.store.snapshot() as rows:
        ids = rows.orders.ids()
        before = {order: rows.windows.list(order) for order in ids}
    with sample.transaction("test.recompute") as change:
        change.touch_orders(frozenset(ids))
    with sample.store.snapshot() as rows:
        assert {order: rows.windows.list(order) for order in ids} == before


def test_a_second_sample_is_refused_where_a_desk_is(sample_folder):
    with pytest.raises(Exception, match="There is a desk in this folder already"):
        make_sample_desk(sample_folder)


def test_it_reopens_with_the_same_rows(sample_folder):
    first = Desk.open(sample_folder, clock=FixedClock.on(dt.date(2026, 11, 23)))
    rows = today.due(first)
    first.close()
    second = Desk.open(sample_folder, clock=FixedClock.on(dt.date(2026, 11, 23)))
    assert today.due(second) == rows
    second.close()
