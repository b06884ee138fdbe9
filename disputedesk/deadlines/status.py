"""What a window is today; the only part of it that moves with the day."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final

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
    opens, closes = window.opens, window.closes
    if window.reason:
        past = closes is not None and opens is None and today > closes
        return Status.CLOSED if past else Status.UNKNOWN
    if closes is not None and today > closes:
        return Status.CLOSED
    if opens is not None and today < opens:
        return Status.NOT_YET
    if window.file_by is not None and (window.file_by - today).days <= CLOSING_DAYS:
        return Status.CLOSING
    return Status.OPEN
