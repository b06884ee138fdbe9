"""Program and floor measured in turn, so that what slows the machine slows both."""

from __future__ import annotations

import dataclasses
import statistics
import time
from collections.abc import Callable


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        work: What is measured, in words.
        floor: What a few lines that do the bare work would be, in words.
        goal: The ratio to stay below; `None` where there is none.
        run: Does the work once and gives its seconds.
        bare: Does the floor's work once and gives its seconds.
        slowest: Whether fewer rounds serve, because one takes seconds.
    """

    work: str
    floor: str
    goal: float | None
    run: Callable[[], float]
    bare: Callable[[], float]
    slowest: bool = False


@dataclasses.dataclass(frozen=True)
class Measured:
    """The medians of one row, in seconds."""

    row: Row
    program: float
    floor: float
    rounds: int

    @property
    def ratio(self) -> float:
        """How many floors the program takes."""
        return self.program / self.floor

    @property
    def verdict(self) -> str:
        """Whether the goal is met, with a tenth of slack for noise."""
        if self.row.goal is None:
            return ""
        return "met" if self.ratio <= self.row.goal * 1.1 else "missed"


def measure(row: Row, rounds: int) -> Measured:
    """Both in turn, after one warm-up each."""
    count = min(rounds, 5) if row.slowest else rounds
    row.run()
    row.bare()
    program, floor = [], []
    for _ in range(count):
        program.append(row.run())
        floor.append(row.bare())
    return Measured(row, statistics.median(program), statistics.median(floor), count)


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """`work` as something that gives its seconds."""

    def run() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return run
