"""The store: one fact, many rows, one page, one file of orders."""

from __future__ import annotations

import contextlib
import csv
import datetime as dt
import itertools
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import intake
from disputedesk.desk.operations.orders import owner_of, set_facts
from disputedesk.desk.queries import orders as queries
from disputedesk.desk.views import OrdersQuery
from disputedesk.model.ids import FactName, OrderId, SellerId
from disputedesk.model.order import Seller
from disputedesk.store.reading.order_queries import SHOWN
from tests.bench.desks import clock, desk_of, made_orders
from tests.bench.rounds import Row, timed

MANY = 20_000
PAGE = 100
EXPORT = 1_000
_REPEATS = 20
_HEAD = (
    "Order Date,Order ID,Title,Qty,Price,Store,Product ID,SKU ID,Attributes,Price Info,Currency,"
    "Status,Product Url,Product Image Url,Store Url,Tags\n"
)


def rows(orders: int) -> Iterator[Row]:
    """Changes and readings of a desk with so many orders."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    folder = scratch / "desk"
    shutil.copytree(desk_of(orders), folder)
    yield _one_fact(folder, scratch, orders)
    yield _one_page(folder, orders)
    yield _many_rows(scratch)
    yield _one_export(scratch)
    shutil.rmtree(scratch, ignore_errors=True)


def _one_fact(folder: Path, scratch: Path, orders: int) -> Row:
    desk = Desk.open(folder, clock=clock())
    days = itertools.count(dt.date(2026, 1, 1).toordinal())
    target = OrderId(orders // 2)
    with contextlib.closing(sqlite3.connect(folder / "desk.sqlite3")) as source:
        copy = sqlite3.connect(scratch / "floor.sqlite3", isolation_level=None)
        source.backup(copy)
    copy.execute("PRAGMA journal_mode = WAL")
    copy.execute("PRAGMA synchronous = FULL")

    def work() -> None:
        for _ in range(_REPEATS):
            day = dt.date.fromordinal(next(days))
            set_facts(desk, target, {FactName("shipped_on"): day})

    def bare() -> None:
        for _ in range(_REPEATS):
            copy.execute("BEGIN IMMEDIATE")
            copy.execute(
                "UPDATE fact SET value = ? WHERE order_id = ? AND name = 'shipped_on'",
                (dt.date.fromordinal(next(days)).isoformat(), target),
            )
            copy.execute("COMMIT")

    return Row(
        f"one fact changed, windows and ledger included, {orders:,} orders",
        "one indexed UPDATE, same durability",
        2,
        timed(work),
        timed(bare),
    )


def _one_page(folder: Path, orders: int) -> Row:
    desk = Desk.open(folder, clock=clock())
    ids = queries.order_ids(desk, OrdersQuery())
    middle = [OrderId(number) for number in ids[len(ids) // 2 : len(ids) // 2 + PAGE]]
    raw = sqlite3.connect(f"{(folder / 'desk.sqlite3').as_uri()}?mode=ro", uri=True)
    places = ",".join("?" * len(middle))
    query = f"{SHOWN} WHERE o.id IN ({places})"

    def work() -> None:
        for _ in range(_REPEATS):
            queries.order_rows(desk, middle)

    def bare() -> None:
        for _ in range(_REPEATS):
            raw.execute(query, middle).fetchall()

    return Row(
        f"one page of {PAGE} orders out of {orders:,}", "the bare query", 1.5, timed(work),
        timed(bare),
    )  # fmt: skip


def _many_rows(scratch: Path) -> Row:
    def work() -> float:
        place = scratch / "many"
        shutil.rmtree(place, ignore_errors=True)
        desk = Desk.open(place, clock=clock())
        with desk.store.transaction() as change:
            client = change.clients.add(_self_of(desk))
            shops = [
                change.sellers.add(Seller(SellerId(0), "aliexpress", f"S{n}")) for n in range(50)
            ]
            new = made_orders(client.id, shops, 0, MANY)
            began = time.perf_counter()
            change.orders.add_many(new)
            leaving = time.perf_counter() - began
            began = time.perf_counter()
        seconds = leaving + time.perf_counter() - began
        desk.close()
        return seconds

    def bare() -> float:
        path = scratch / "bare.sqlite3"
        path.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute(f"CREATE TABLE o ({', '.join(f'c{n}' for n in range(14))})")
            new = [(n, 1, "aliexpress", str(n), f"Lamp no. {n}", n % 50, "2026-01-01", n, "USD",
                    "ordered", "", 0, None, 1) for n in range(MANY)]  # fmt: skip
            began = time.perf_counter()
            base.execute("BEGIN IMMEDIATE")
            base.executemany(f"INSERT INTO o VALUES ({','.join('?' * 14)})", new)
            base.execute("COMMIT")
            return time.perf_counter() - began

    return Row(
        f"{MANY:,} orders into the indexed and searched tables",
        "raw `executemany`, no index",
        1.6,
        work,
        bare,
        slowest=True,
    )


def _self_of(desk: Desk):
    from disputedesk.model.ids import ClientId
    from disputedesk.model.order import Client

    assert desk is not None
    return Client(ClientId(0), "Me", is_self=True)


def _one_export(scratch: Path) -> Row:
    path = scratch / "orders.csv"
    lines = [
        f'"Oct {1 + n % 28}, 2026",{8190000000000000 + n},"Thing {n}",1,"US $1{n % 10}.20",'
        f'"Store {n % 7}",1,1,"","US $1{n % 10}.20|1{n % 10}|20",USD,"Awaiting delivery",,,,\n'
        for n in range(EXPORT)
    ]
    path.write_text(_HEAD + "".join(lines), encoding="utf-8")

    def work() -> float:
        place = scratch / "export"
        shutil.rmtree(place, ignore_errors=True)
        desk = Desk.open(place, clock=clock())
        with desk.transaction("bench.warm") as change:
            owner_of(change, None)
        assert desk.rulebook.rules
        began = time.perf_counter()
        intake.keep_import(desk, intake.review_import(desk, [path]))
        seconds = time.perf_counter() - began
        desk.close()
        return seconds

    def bare() -> None:
        with path.open(encoding="utf-8", newline="") as stream:
            for _ in csv.reader(stream):
                pass

    return Row(
        f"export of {EXPORT:,} orders: read, matched, kept, windows made",
        "`csv.reader` alone",
        2,
        work,
        timed(bare),
        slowest=True,
    )
