"""The one place that reads the machine's clock; everything else is given `today` and `now`."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Protocol


class Clock(Protocol):
    """Tells the time; MUST give aware instants and MUST NOT go through any cache."""

    def now(self) -> dt.datetime:
        """The present instant, aware, in UTC."""
        ...

    def today(self) -> dt.date:
        """The calendar day of this machine's own zone."""
        ...


class SystemClock:
    """The machine's clock."""

    __slots__ = ()

    def now(self) -> dt.datetime:
        """The present instant in UTC."""
        return dt.datetime.now(dt.UTC)  # noqa: TID251 - this module is the one that may

    def today(self) -> dt.date:
        """Today where this machine stands."""
        return self.now().astimezone().date()


@dataclasses.dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still: for tests, for `--today`, and for documents with a given stamp."""

    instant: dt.datetime
    day: dt.date | None = None

    @classmethod
    def on(cls, day: dt.date) -> FixedClock:
        """A clock that stands at noon UTC of `day`."""
        return cls(dt.datetime.combine(day, dt.time(12), dt.UTC), day)

    def now(self) -> dt.datetime:
        """The instant it stands at."""
        return self.instant

    def today(self) -> dt.date:
        """The day it stands at; without one given, that of the instant in its own zone."""
        return self.day or self.instant.date()
