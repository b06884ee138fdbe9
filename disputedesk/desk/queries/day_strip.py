"""The strip of the next thirty days over *Today*: what must be acted on by each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from disputedesk.desk.views import DueGroup, DueView, StripDay

_STRIP: Final = 30


def strip_of(rows: Iterable[DueView], today: dt.date) -> tuple[StripDay, ...]:
    """The next days with what must be acted on by each, told apart by urgency."""
    counts = {today + dt.timedelta(days=n): [0, 0, 0, 0] for n in range(_STRIP)}
    for row in rows:
        day = max(row.act_by, today) if row.act_by is not None else None
        if day is None or day not in counts:
            continue
        if row.group is DueGroup.WAITING:
            place = 3
        elif (day - today).days <= 1:
            place = 0
        else:
            place = 1 if row.group is DueGroup.WEEK else 2
        counts[day][place] += 1
    return tuple(StripDay(day, *count) for day, count in counts.items())
