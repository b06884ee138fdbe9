"""A changed pack adopted: each order it governs read, computed, rewritten, and told."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from disputedesk.common import locations
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import rules
from disputedesk.desk.operations.orders import owner_of
from disputedesk.model.fact import Fact, FactOrigin, FactSource
from disputedesk.model.ids import FactName, SellerId
from disputedesk.model.order import Order, Seller
from disputedesk.store.values import FactEntry, Subject
from tests.bench.desks import CACHE, clock, made_orders
from tests.bench.rounds import Row

_EDITION = "1"
_BLOCK = 10_000
_READS = (
    "SELECT id, platform, number, ordered_on, total_minor, total_currency, state, client_id "
    "FROM orders WHERE removed_at IS NULL",
    "SELECT order_id, case_id, name, value FROM fact "
    "WHERE superseded_by IS NULL AND withdrawn_at IS NULL ORDER BY order_id",
    "SELECT order_id, instrument_id, amount_minor, paid_on FROM payment",
)
_WINDOWS = "SELECT id, opens, closes, file_by, arguable_until FROM window"


def rows(orders: int) -> Iterator[Row]:
    """The adoption of an edition that moves every order of a desk."""
    scratch = Path(tempfile.mkdtemp(prefix="disputedesk-bench-"))
    folder = scratch / "desk"
    shutil.copytree(_governed_desk(orders), folder)
    yield _adoption(folder, scratch, orders)
    shutil.rmtree(scratch, ignore_errors=True)


def _governed_desk(orders: int) -> Path:
    """A desk of so many open orders, all paid with a Visa card; kept between runs."""
    folder = CACHE / f"governed-{_EDITION}-{orders}"
    if folder.exists():
        return folder
    half = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    desk = Desk.open(half, clock=clock())
    for start in range(0, orders, _BLOCK):
        with desk.transaction("bench.make") as change:
            client = owner_of(change, None)
            shop = change.rows.sellers.add(Seller(SellerId(0), "amazon", "Store"))
            made = made_orders(client.id, [shop], start, min(_BLOCK, orders - start))
            kept = change.rows.orders.add_many(made)
            change.rows.facts.record_many([each for order in kept for each in _facts(order)])
            change.touch_orders(frozenset(order.id for order in kept))
            change.note(Subject("batch", start), None, {"said": "made"})
        sys.stderr.write(f"\rmaking a desk: {min(start + _BLOCK, orders):,} of {orders:,} orders")
    sys.stderr.write("\n")
    desk.close()
    half.rename(folder)
    return folder


def _facts(order: Order) -> list[FactEntry]:
    ordered = order.ordered_on
    assert ordered is not None
    source = FactSource(FactOrigin.EXPORT, "bench")
    facts = {
        "platform": "shop",
        "shipped_on": ordered + dt.timedelta(days=3),
        "expected_delivery": ordered + dt.timedelta(days=40),
        "method": "card",
        "network": "visa",
        "processing_date": ordered + dt.timedelta(days=1),
    }
    return [
        FactEntry(order.id, Fact(FactName(name), value, source)) for name, value in facts.items()
    ]


def _adoption(folder: Path, scratch: Path, orders: int) -> Row:
    with contextlib.closing(sqlite3.connect(folder / "desk.sqlite3")) as source:
        copy = sqlite3.connect(scratch / "floor.sqlite3", isolation_level=None)
        source.backup(copy)
    copy.execute("PRAGMA journal_mode = WAL")
    copy.execute("PRAGMA synchronous = FULL")
    copy.execute("PRAGMA cache_size = -65536")
    desk = Desk.open(folder, clock=clock())
    shipped = locations.resources("packs", "visa.toml").read_text("utf-8")
    edition = scratch / "visa.toml"
    lengths = itertools.cycle([119, 118])

    def work() -> float:
        days = next(lengths)
        edition.write_text(re.sub(r"\bdays = 120\b", f"days = {days}", shipped), encoding="utf-8")
        began = time.perf_counter()
        outcome = rules.adopt_edition(desk, rules.try_edition(desk, edition))
        seconds = time.perf_counter() - began
        assert len(outcome.value.moves) == orders
        return seconds

    def bare() -> float:
        began = time.perf_counter()
        copy.execute("BEGIN IMMEDIATE")
        for read in _READS:
            copy.execute(read).fetchall()
        moved = [(o, c + 1, f + 1, a, n) for n, o, c, f, a in copy.execute(_WINDOWS).fetchall()]
        copy.executemany(
            "UPDATE window SET opens = ?, closes = ?, file_by = ?, arguable_until = ? WHERE id = ?",
            moved,
        )
        copy.execute("COMMIT")
        return time.perf_counter() - began

    return Row(
        f"an edition adopted that moves all of {orders:,} orders, ledger included",
        "reading and rewriting those rows",
        2,
        work,
        bare,
        slowest=True,
    )
