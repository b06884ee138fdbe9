"""What a window is today; the only part of it that moves with the day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

from disputedesk.deadlines.calendar import LAST_DAY
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Status

CLOSING_DAYS: Final = 7
"""From how many days before `file_by` on a window counts as closing."""


def with_status(window: Window, today: dt.date) -> Window:
    """The same window as it is on `today`: only `status` and `days_left` differ."""
    days_left = None if window.closes is None else (window.closes - today).days
    return dataclasses.replace(window, status=status_on(window, today), days_left=days_left)


def status_on(window: Window, today: dt.date) -> Status:
    """What the window is on `today`."""
    if window.status is Status.NOT_AVAILABLE:
        return Status.NOT_AVAILABLE
    return status_by_days(
        today.toordinal(),
        _ordinal(window.opens),
        _ordinal(window.closes),
        _ordinal(window.file_by),
        unresolved=bool(window.reason),
        closed_after=_closed_after(window),
    )


def status_by_days(
    today: int,
    opens: int,
    closes: int,
    file_by: int,
    *,
    unresolved: bool,
    closed_after: int | None = None,
) -> Status:
    """What a window with these days is; all are ordinals, 0 or less where there is none.

    Args:
        today: The day it is looked at.
        opens: Its first day.
        closes: Its last day.
        file_by: The day to act by.
        unresolved: Whether one of the days that it needs cannot be told.
        closed_after: The day after which it is surely closed; `None` is `closes` itself.
    """
    surely = closes if closed_after is None else closed_after
    if unresolved:
        past = closes > 0 >= opens and today > surely
        return Status.CLOSED if past else Status.UNKNOWN
    if 0 < closes < today:
        return Status.CLOSED if today > surely else Status.UNKNOWN
    if today < opens:
        return Status.NOT_YET
    return Status.CLOSING if 0 < file_by <= today + CLOSING_DAYS else Status.OPEN


def _closed_after(window: Window) -> int | None:
    if not window.may_close_later:
        return None
    return _ordinal(window.closes_at_latest) or LAST_DAY


def _ordinal(day: dt.date | None) -> int:
    return 0 if day is None else day.toordinal()
