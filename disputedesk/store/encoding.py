"""Values as the database keeps them: instants, typed fact values, JSON of the ledger."""

from __future__ import annotations

import datetime as dt
import enum
import json
from collections.abc import Mapping

from disputedesk.model.fact import FactValue
from disputedesk.model.money import Money


def instant_text(at: dt.datetime) -> str:
    """`at` in UTC as text of one width, so that texts sort as instants do.

    Raises:
        ValueError: `at` has no offset.
    """
    if at.utcoffset() is None:
        message = f"{at!r} has no offset: the store keeps aware instants only."
        raise ValueError(message)
    utc = at.astimezone(dt.UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"


def instant_of(text: str) -> dt.datetime:
    """The instant that `instant_text` wrote."""
    return dt.datetime.fromisoformat(text)


def value_text(value: FactValue) -> str:
    """A fact's value as text that says its own type.

    An instant keeps the offset it was told with: the day it names at that place is part of it.

    Raises:
        ValueError: An instant has no offset.
    """
    if isinstance(value, bool):
        return f"flag:{'yes' if value else 'no'}"
    if isinstance(value, int):
        return f"int:{value}"
    if isinstance(value, Money):
        return f"money:{value.minor} {value.currency}"
    if isinstance(value, dt.datetime):
        instant_text(value)
        return f"at:{value.isoformat()}"
    if isinstance(value, dt.date):
        return f"on:{value.isoformat()}"
    return f"text:{value}"


def value_of(text: str) -> FactValue:
    """The value that `value_text` wrote.

    Raises:
        ValueError: The text is not of a known type.
    """
    kind, _, rest = text.partition(":")
    if kind == "text":
        return rest
    if kind == "on":
        return dt.date.fromisoformat(rest)
    if kind == "at":
        return dt.datetime.fromisoformat(rest)
    if kind == "int":
        return int(rest)
    if kind == "flag":
        return rest == "yes"
    if kind == "money":
        minor, _, currency = rest.partition(" ")
        return Money(int(minor), currency)
    message = f"{text!r} is no fact value."
    raise ValueError(message)


def json_text(values: Mapping[str, object] | None) -> str | None:
    """`values` as JSON of one form only: sorted, without spaces; dates, money, enums as text."""
    if values is None:
        return None
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain
    )


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return instant_text(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, Money):
        return str(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    message = f"{type(value).__name__} cannot stand in the ledger."
    raise TypeError(message)
