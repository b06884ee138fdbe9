"""Column types that keep what SQLite would lose: offsets of instants, and truth."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TypeVar

import sqlalchemy as sa

from disputedesk.store.encoding import instant_of, instant_text

_E = TypeVar("_E", bound=enum.StrEnum)


class NaiveInstantError(ValueError, sa.exc.DontWrapMixin):
    """An instant without an offset was given to the store: a fault of the program."""


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """An aware instant, kept in UTC as text of one width; a naive one is refused."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: sa.Dialect) -> str | None:
        """The text to keep."""
        del dialect
        if value is None:
            return None
        try:
            return instant_text(value)
        except ValueError as error:
            raise NaiveInstantError(*error.args) from error

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> dt.datetime | None:
        """The instant that was kept."""
        del dialect
        return None if value is None else instant_of(value)


class Day(sa.types.TypeDecorator[dt.date]):
    """A calendar day, kept as ISO text; an instant is refused, since its day depends on a place."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: sa.Dialect) -> str | None:
        """The text to keep."""
        del dialect
        if isinstance(value, dt.datetime):
            message = f"{value!r} is an instant where a day belongs."
            raise NaiveInstantError(message)
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> dt.date | None:
        """The day that was kept."""
        del dialect
        return None if value is None else dt.date.fromisoformat(value)


class Flag(sa.types.TypeDecorator[bool]):
    """Yes or no as 1 or 0: strict tables know no other truth."""

    impl = sa.Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: sa.Dialect) -> int | None:
        """The number to keep."""
        del dialect
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> bool | None:
        """The truth that was kept."""
        del dialect
        return None if value is None else bool(value)


class Choice(sa.types.TypeDecorator[_E]):
    """A member of one enumeration, kept as its value."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, words: type[_E]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: _E | None, dialect: sa.Dialect) -> str | None:
        """The word to keep."""
        del dialect
        return None if value is None else self.words(value).value

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> _E | None:
        """The member that was kept."""
        del dialect
        return None if value is None else self.words(value)
