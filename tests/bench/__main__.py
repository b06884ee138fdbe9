"""`python -m tests.bench`: program and floor side by side, and their ratios as a table.

Seconds do not carry over from one machine to another; the ratios do, as both are measured in turn
in one run. Not part of the tests.
"""

from __future__ import annotations

import argparse
import itertools
import platform
import sqlite3
import sys
from collections.abc import Iterator

from tests.bench import (
    adopting,
    counting,
    looking,
    picturing,
    printing,
    sealing,
    starting,
    storing,
)
from tests.bench.rounds import Measured, Row, measure

PARTS = ("start", "engine", "store", "rules", "papers", "vault", "evidence")


def _rows(parts: list[str], orders: int, mebibytes: int) -> Iterator[Row]:
    made = {
        "start": lambda: starting.rows(orders),
        "engine": counting.rows,
        "store": lambda: storing.rows(orders),
        "rules": lambda: adopting.rows(orders),
        "papers": printing.rows,
        "vault": lambda: sealing.rows(mebibytes << 20),
        "evidence": lambda: itertools.chain(looking.rows(), picturing.rows()),
    }
    return itertools.chain.from_iterable(made[part]() for part in parts)


def _line(found: Measured) -> str:
    row = found.row
    goal = "" if row.goal is None else f"≤ {row.goal:g}"
    cells = (
        row.work, row.floor, f"{found.floor * 1000:,.1f}", f"{found.program * 1000:,.1f}",
        f"**{found.ratio:.1f}**", goal, found.verdict,
    )  # fmt: skip
    return "| " + " | ".join(cells) + " |"


def main() -> int:
    """Gives 0; the table goes to standard output as each row is done."""
    parser = argparse.ArgumentParser(prog="tests.bench", description=__doc__)
    parser.add_argument("--orders", type=int, default=100_000, help="orders on the large desk")
    parser.add_argument("--mebibytes", type=int, default=1024, help="size of the evidence sealed")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds of each row")
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part")
    given = parser.parse_args()
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"{platform.system()}, {given.rounds} rounds in turn, medians\n"
    )
    print("| work | floor (= 1) | floor, ms | program, ms | ratio | goal | |")
    print("|---|---|---:|---:|---:|---|---|")
    for row in _rows(given.only or list(PARTS), given.orders, given.mebibytes):
        print(_line(measure(row, given.rounds)), flush=True)
    for name, peak in starting.MEMORY.items():
        print(f"\npeak memory, {name}: {peak / 1024:.0f} MiB", end="")
    print()
    return 0


if __name__ == "__main__":
    sys.exit(main())
