"""Calendars of working days, on ordinals: what is a business day, and why another is none."""

from __future__ import annotations

from typing import Final, Protocol

from disputedesk.common.texts import mark, tr

LAST_DAY: Final = 3_652_059
"""The ordinal of 31 December 9999, the last day there is."""
_WEEKDAYS: Final = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"),
    mark("Friday"), mark("Saturday"), mark("Sunday"),
)  # fmt: skip


class CalendarTooShort(Exception):
    """A calendar ends before the answer.

    Args:
        name: The calendar.
        first: The first ordinal it knows.
        last: The last ordinal it knows.
    """

    def __init__(self, name: str, first: int, last: int) -> None:
        super().__init__(name, first, last)
        self.name = name
        self.first = first
        self.last = last


class Calendar(Protocol):
    """Says which days are working days; MUST NOT change, and MUST be the same on every machine.

    Days are ordinals (`date.toordinal`). Every method MAY raise `CalendarTooShort`.
    """

    @property
    def name(self) -> str:
        """What packs call it: `GB-ENG`, `target`."""
        ...

    @property
    def version(self) -> str:
        """Which data it is made of: `holidays 0.109, GB-ENG, 2026`; empty when of none."""
        ...

    @property
    def sure_until(self) -> int:
        """The last ordinal before days off that nobody has decreed yet, and that may still move."""
        ...

    def is_estimated(self, ordinal: int) -> bool:
        """Whether that day is free by a holiday whose day is an estimate: it follows the moon."""
        ...

    def is_working(self, ordinal: int) -> bool:
        """Whether that day is a working day."""
        ...

    def reason(self, ordinal: int) -> str:
        """Why that day is none: the holiday's or weekday's name; empty for a working day."""
        ...

    def add(self, ordinal: int, count: int) -> int:
        """The last day of a wait of `count` working days that begins after `ordinal`.

        0 gives `ordinal` itself; a negative count gives the working day that many before it.
        """
        ...

    def next_working(self, ordinal: int) -> int:
        """That day if it is a working day, else the next one."""
        ...

    def previous_working(self, ordinal: int) -> int:
        """That day if it is a working day, else the one before."""
        ...


class Calendars(Protocol):
    """Finds calendars by the names that packs use."""

    def find(self, name: str) -> Calendar | None:
        """The calendar of that name, or nothing where it is not known."""
        ...


def weekday_name(ordinal: int) -> str:
    """The name of that day of the week, in the language in force."""
    return tr(_WEEKDAYS[(ordinal - 1) % 7])


class WeekdayCalendar:
    """Monday to Friday, without holidays; pure arithmetic, and never too short."""

    __slots__ = ()
    name: Final = "weekdays"
    version: Final = ""
    sure_until: Final = LAST_DAY

    def is_estimated(self, ordinal: int) -> bool:
        """Never: weekdays are arithmetic."""
        return False

    def is_working(self, ordinal: int) -> bool:
        """Whether it is Monday to Friday."""
        return (ordinal - 1) % 7 < 5

    def reason(self, ordinal: int) -> str:
        """The weekday's name for Saturday and Sunday."""
        return "" if self.is_working(ordinal) else weekday_name(ordinal)

    def add(self, ordinal: int, count: int) -> int:
        """The last of `count` weekdays after `ordinal`; before it for a negative count."""
        if count == 0:
            return ordinal
        if count < 0:
            before = self.previous_working(ordinal - 1)
            weeks, rest = divmod(-count - 1, 5)
            weekday = (before - 1) % 7
            return before - weeks * 7 - rest - (2 if rest > weekday else 0)
        start = self.previous_working(ordinal)
        weeks, rest = divmod(count, 5)
        weekday = (start - 1) % 7
        return start + weeks * 7 + rest + (2 if weekday + rest > 4 else 0)

    def next_working(self, ordinal: int) -> int:
        """That day, or the Monday after it."""
        weekday = (ordinal - 1) % 7
        return ordinal if weekday < 5 else ordinal + 7 - weekday

    def previous_working(self, ordinal: int) -> int:
        """That day, or the Friday before it."""
        weekday = (ordinal - 1) % 7
        return ordinal if weekday < 5 else ordinal - weekday + 4


WEEKDAYS: Final[Calendar] = WeekdayCalendar()
"""What is counted by where no calendar is known."""


class WeekdayCalendars:
    """Calendars where every name is Monday to Friday: for tests, and where no table can be made."""

    __slots__ = ()

    def find(self, name: str) -> Calendar | None:
        """Monday to Friday, whatever the name."""
        return WEEKDAYS


class TableCalendar:
    """A calendar over a span of days, every answer one look-up.

    Args:
        name: What packs call it.
        version: Which data it is made of.
        first: The first ordinal it knows.
        last: The last ordinal it knows.
        free: Days that are not worked, by ordinal, with the reason where it has a name; a weekend
            day without a name has an empty reason.
        sure_until: The last ordinal before days off that are not decreed yet; `None` is `last`.
        estimated: Free days whose holiday follows the moon and may come a day off.
    """

    __slots__ = (
        "_count", "_estimated", "_free", "_working", "first", "last", "name", "sure_until",
        "version",
    )  # fmt: skip

    def __init__(
        self,
        name: str,
        version: str,
        *,
        first: int,
        last: int,
        free: dict[int, str],
        sure_until: int | None = None,
        estimated: frozenset[int] = frozenset(),
    ) -> None:
        self.name = name
        self.version = version
        self.first = first
        self.last = last
        self.sure_until = last if sure_until is None else sure_until
        self._estimated = estimated
        self._free = free
        self._working = [day for day in range(first, last + 1) if day not in free]
        self._count = [0]
        total = 0
        for day in range(first, last + 1):
            total += day not in free
            self._count.append(total)

    def _check(self, ordinal: int) -> None:
        if not self.first <= ordinal <= self.last:
            raise CalendarTooShort(self.name, self.first, self.last)

    def is_estimated(self, ordinal: int) -> bool:
        """Whether that day is free by a holiday whose day is an estimate."""
        return ordinal in self._estimated

    def is_working(self, ordinal: int) -> bool:
        """Whether that day is worked."""
        self._check(ordinal)
        return ordinal not in self._free

    def reason(self, ordinal: int) -> str:
        """The holiday's name, else the weekday's; empty for a working day."""
        self._check(ordinal)
        reason = self._free.get(ordinal)
        return "" if reason is None else reason or weekday_name(ordinal)

    def add(self, ordinal: int, count: int) -> int:
        """The last of `count` working days after `ordinal`; before it for a negative count."""
        if count == 0:
            return ordinal
        self._check(ordinal)
        place = self._count[ordinal - self.first + (count > 0)] + count - (count > 0)
        if not 0 <= place < len(self._working):
            raise CalendarTooShort(self.name, self.first, self.last)
        return self._working[place]

    def next_working(self, ordinal: int) -> int:
        """That day if it is worked, else the next that is."""
        self._check(ordinal)
        return self.add(ordinal, 1) if ordinal in self._free else ordinal

    def previous_working(self, ordinal: int) -> int:
        """That day if it is worked, else the last before it that is."""
        self._check(ordinal)
        return self.add(ordinal, -1) if ordinal in self._free else ordinal
