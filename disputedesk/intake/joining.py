"""Facts from several sources joined into one: the same result whatever the order they came in.

A stronger source wins (the user's word, a mail, an export); among equals each fact has a side it
leans to: of deliveries the carrier's first word, of promises and timers the latest. What has no
side, a sum or a network, stays as it was known.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from typing import Final

from disputedesk.intake.draft import Place
from disputedesk.model.fact import FactOrigin, FactValue
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money


class Leaning(enum.Enum):
    """Which of two values of one fact stands, when both come from equal sources."""

    EARLIEST = enum.auto()
    LATEST = enum.auto()
    NONE = enum.auto()


_EARLIEST: Final = frozenset({
    "ordered_on", "shipped_on", "delivered_on", "confirmed_on", "cancelled_on",
    "merchant_cancelled_on", "transaction_date", "processing_date", "debit_date",
})  # fmt: skip
_LATEST: Final = frozenset({
    "promised_by", "expected_delivery", "dispatch_due_on", "last_scan_on", "protection_ends_at",
    "extended_by_days", "order_closed_on", "received_on",
})  # fmt: skip
_GROWING: Final = frozenset({"last_scan_on"})
"""Facts that a later event extends whoever told the earlier one."""

_STRENGTH: Final = {origin: -place for place, origin in enumerate(FactOrigin)}


@dataclasses.dataclass(frozen=True, slots=True)
class Stated:
    """A value, how it was learned, and where it was read."""

    value: FactValue
    origin: FactOrigin
    place: Place | None = None


def leaning(name: FactName) -> Leaning:
    """The side on which two statements of the fact `name` meet."""
    if name in _EARLIEST:
        return Leaning.EARLIEST
    return Leaning.LATEST if name in _LATEST else Leaning.NONE


def join(name: FactName, one: Stated, other: Stated) -> Stated:
    """The statement that stands; the same for both orders, and for any grouping of several."""
    if name not in _GROWING and _STRENGTH[one.origin] != _STRENGTH[other.origin]:
        return max(one, other, key=lambda stated: _STRENGTH[stated.origin])
    if one.value == other.value:
        return min(one, other, key=_first_told)
    first, last = sorted((one, other), key=lambda stated: _comparable(stated.value))
    return last if leaning(name) is Leaning.LATEST else first


def join_all(statements: Iterable[tuple[FactName, Stated]]) -> dict[FactName, Stated]:
    """Each fact with the statement that stands."""
    joined: dict[FactName, Stated] = {}
    for name, stated in statements:
        joined[name] = join(name, joined[name], stated) if name in joined else stated
    return joined


def disagreements(statements: Iterable[tuple[FactName, Stated]]) -> tuple[FactName, ...]:
    """Facts without a leaning for which equally strong sources say different things."""
    values: dict[tuple[FactName, FactOrigin], set[FactValue]] = {}
    for name, stated in statements:
        if leaning(name) is Leaning.NONE:
            values.setdefault((name, stated.origin), set()).add(stated.value)
    return tuple(dict.fromkeys(name for (name, _), found in values.items() if len(found) > 1))


def changes_it(name: FactName, known: Stated, new: Stated) -> bool:
    """Whether `new` moves what is known: it is as strong, and lies on the side the fact leans to.

    An export's day that is off by one is no news: exports write local midnight as UTC.
    """
    if new.value == known.value or _is_day_off(known, new):
        return False
    if leaning(name) is Leaning.NONE and _STRENGTH[known.origin] == _STRENGTH[new.origin]:
        return False
    return join(name, known, new).value == new.value


def contradicts(name: FactName, known: Stated, new: Stated) -> bool:
    """Whether `new` would change what is known but comes from no stronger source."""
    if new.value == known.value or _is_day_off(known, new) or changes_it(name, known, new):
        return False
    if leaning(name) is Leaning.NONE:
        return True
    alike = dataclasses.replace(new, origin=known.origin)
    return join(name, known, alike).value == new.value


def in_time_order(facts: Mapping[FactName, Stated]) -> tuple[tuple[FactName, Stated], ...]:
    """Facts by their days, those that are no days behind them by name."""
    return tuple(sorted(facts.items(), key=lambda item: (_day_of(item[1].value), item[0])))


def day_of(value: FactValue) -> dt.date | None:
    """The day of a fact that is one, else `None`."""
    if isinstance(value, dt.datetime):
        return value.date()
    return value if isinstance(value, dt.date) else None


def _day_of(value: FactValue) -> dt.date:
    return day_of(value) or dt.date.max


def _is_day_off(known: Stated, new: Stated) -> bool:
    if new.origin is not FactOrigin.EXPORT:
        return False
    days = (day_of(known.value), day_of(new.value))
    return days[0] is not None and days[1] is not None and abs((days[0] - days[1]).days) <= 1


def _first_told(stated: Stated) -> tuple[int, str]:
    return -_STRENGTH[stated.origin], str(stated.place or "")


def _comparable(value: FactValue) -> tuple[str, int, str]:
    """A key that sorts values of one kind rightly, and never fails on a mixture of kinds."""
    if isinstance(value, dt.datetime):
        instant = value if value.tzinfo else value.replace(tzinfo=dt.UTC)
        return "day", instant.astimezone(dt.UTC).toordinal(), instant.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return "day", value.toordinal(), ""
    if isinstance(value, Money):
        return "money", value.minor, value.currency
    if isinstance(value, int):
        return "number", int(value), ""
    return "text", 0, value
