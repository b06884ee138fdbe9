"""Day before month, or month before day: decided from all rows of a file, never from one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from disputedesk.intake.days import DayOrder

_FIGURES: Final = re.compile(r"\s*(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?!\d)")


def decide_order(texts: Iterable[str]) -> DayOrder | None:
    """The one order in which all dates of a column can be read; `None` when two are possible.

    A part over 12 decides; dates with points have the day first; a column in which day and month
    are always equal reads the same either way. Dates that contradict each other give `None`.
    """
    votes: set[DayOrder] = set()
    undecided = False
    for text in texts:
        found = _FIGURES.match(text)
        if found is None:
            continue
        first, second = int(found[1]), int(found[3])
        if len(found[1]) == 4:
            votes.add(DayOrder.YMD)
        elif found[2] == "." or first > 12:
            votes.add(DayOrder.DMY)
        elif second > 12:
            votes.add(DayOrder.MDY)
        else:
            undecided = undecided or first != second
    if len(votes) == 1:
        return votes.pop()
    return None if votes or undecided else DayOrder.DMY
