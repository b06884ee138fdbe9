"""Imports beside other imports, and many orders at once."""

import datetime as dt

import pytest

from disputedesk.common.clock import FixedClock
from disputedesk.common.errors import Conflict
from disputedesk.desk import desk as desk_module
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import care, intake
from disputedesk.desk.queries import orders as order_queries
from disputedesk.desk.views import OrdersQuery
from disputedesk.model.ids import OrderId

HEADER = "Order Date,Order ID,Title,Qty,Price,Store,Product ID,SKU ID,Attributes,Price Info,"
HEADER += "Currency,Status,Product Url,Product Image Url,Store Url,Tags"


def an_export(folder, count):
    """An export of `count` orders in seven shops."""
    rows = [
        f'"Mar 02, 2026","{8190000000000000 + n}","Thing {n}","1","US $12.34","Shop {n % 7}","","",'
        f'"","US $12.34|12|34","USD","Awaiting delivery","","","",""'
        for n in range(count)
    ]
    path = folder / "orders.csv"
    path.write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    return path


def test_of_two_imports_of_the_same_orders_the_later_one_is_told_to_read_again(desk, tmp_path):
    path = an_export(tmp_path, 3)
    first = intake.review_import(desk, [path])
    second = intake.review_import(desk, [path])
    intake.keep_import(desk, first)
    with pytest.raises(Conflict, match="since the files were read"):
        intake.keep_import(desk, second)
    assert len(order_queries.order_ids(desk, OrdersQuery())) == 3
    assert care.verify(desk).is_sound


def test_a_desk_that_another_process_makes_meanwhile_is_opened(tmp_path, monkeypatch):
    clock = FixedClock.on(dt.date(2026, 11, 23))
    Desk.open(tmp_path / "desk", clock=clock).close()
    real = desk_module._is_begun
    seen = []

    def late(path):
        seen.append(path)
        return len(seen) > 1 and real(path)

    monkeypatch.setattr(desk_module, "_is_begun", late)
    desk = Desk.open(tmp_path / "desk", clock=clock)
    assert desk.reader().count_orders(cap=1) == 0
    desk.close()


def test_orders_written_in_blocks_keep_each_its_own_shop_thing_and_facts(desk, tmp_path):
    review = intake.review_import(desk, [an_export(tmp_path, 1203)])
    intake.keep_import(desk, review)
    ids = order_queries.order_ids(desk, OrdersQuery())
    assert len(ids) == 1203
    for number in (1, 500, 501, 1000, 1203):
        detail = order_queries.order_detail(desk, OrderId(number))
        n = int(detail.order.number) - 8190000000000000
        assert detail.order.title == f"Thing {n}"
        assert detail.order.seller.name == f"Shop {n % 7}"
        assert [item.title for item in detail.items] == [f"Thing {n}"]
    assert care.verify(desk).is_sound
