"""The catalogue of facts: what each name means, and typed values from what people write."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import zoneinfo
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.model.fact import FactDefinition, FactKind, FactValue
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money
from disputedesk.model.platforms import short_platform, short_wallet

_FLAGS: Final = {"yes": True, "true": True, "no": False, "false": False}
_MONEY: Final = re.compile(r"(-?\d{1,15}(?:\.\d{1,3})?) ?([A-Z]{3})\Z", re.ASCII)
_DAYS: Final = re.compile(r"\d{1,5}\Z", re.ASCII)
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}", re.ASCII)
_COUNTRY: Final = re.compile(r"[A-Z]{2}\Z", re.ASCII)
_CURRENCY: Final = re.compile(r"[A-Z]{3}\Z", re.ASCII)
_LONGEST: Final = 200
_SHORT_NAMES: Final = {"platform": short_platform, "wallet": short_wallet}
"""Texts that rules compare: a person writes `Apple Pay`, the rules say `apple_pay`."""


def close_match(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the known word most like `word`; empty when none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return tr("Did you mean {name}?", name=near[0]) if near else ""


class FactCatalogue:
    """Fact names to their definitions; made once from `facts.toml` and what packs add."""

    __slots__ = ("__weakref__", "_by_name")

    def __init__(self, definitions: Iterable[FactDefinition]) -> None:
        self._by_name = {definition.name: definition for definition in definitions}

    def with_added(self, definitions: Iterable[FactDefinition]) -> FactCatalogue:
        """This catalogue and more definitions; the same one where there are none."""
        added = {definition.name: definition for definition in definitions}
        if not added:
            return self
        found = FactCatalogue(())
        found._by_name = {**self._by_name, **added}
        return found

    def __iter__(self) -> Iterator[FactDefinition]:
        return iter(self._by_name.values())

    def __len__(self) -> int:
        return len(self._by_name)

    def __contains__(self, name: object) -> bool:
        return name in self._by_name

    @property
    def names(self) -> tuple[FactName, ...]:
        """Every name, in the order of the files."""
        return tuple(self._by_name)

    def find(self, name: str) -> FactDefinition | None:
        """What `name` means, or nothing."""
        return self._by_name.get(FactName(name))

    def get(self, name: str) -> FactDefinition:
        """What `name` means.

        Raises:
            Refused: No fact is called so; the remedy names the nearest one.
        """
        definition = self.find(name)
        if definition is None:
            remedy = close_match(name, self._by_name)
            raise Refused(tr("There is no fact called {name}.", name=name), name, remedy)
        return definition

    def parse(self, name: str, text: str) -> FactValue:
        """The typed value that `text` writes for the fact `name`.

        Dates and instants are ISO 8601 (`2026-03-14`, `2026-03-14T23:59:00-08:00`), money is
        `12.34 USD`, flags are yes/no/true/false, days a whole number from 0.

        Raises:
            Refused: No fact is called so, or `text` is not what its kind expects.
        """
        definition = self.get(name)
        value = _PARSERS[definition.kind](text.strip(), definition)
        if value is None:
            raise self.refusal(definition, text)
        return value

    def refusal(self, definition: FactDefinition, text: str) -> Refused:
        """The error for a value that does not fit; says what was expected."""
        shown = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
        what = tr(
            "{text} does not fit the fact {name}: {expected}",
            text=f"“{shown}”",
            name=definition.name,
            expected=_expected(definition),
        )
        remedy = ""
        if definition.kind is FactKind.CHOICE:
            remedy = close_match(text.strip().lower(), definition.choices)
        return Refused(what, definition.name, remedy)


def _expected(definition: FactDefinition) -> str:
    sentences = {
        FactKind.DATE: tr("a date such as 2026-03-14 was expected."),
        FactKind.INSTANT: tr(
            "a date and time with its offset, such as 2026-03-14T23:59:00-08:00, was expected."
        ),
        FactKind.TEXT: tr("a text of 1 to 200 characters was expected."),
        FactKind.FLAG: tr("yes or no was expected."),
        FactKind.DAYS: tr("a whole number of days, 0 or more, was expected."),
        FactKind.MONEY: tr("a sum with its currency, such as 12.34 USD, was expected."),
        FactKind.COUNTRY: tr("two capital letters of a country, such as DE, were expected."),
        FactKind.ZONE: tr("the name of a time zone, such as Europe/Berlin, was expected."),
        FactKind.CURRENCY: tr("three capital letters of a currency, such as EUR, were expected."),
    }
    if definition.kind is FactKind.CHOICE:
        return tr("one of {choices} was expected.", choices=", ".join(definition.choices))
    return sentences[definition.kind]


def _date(text: str, _definition: FactDefinition) -> FactValue | None:
    if not _DATE.match(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def _instant(text: str, _definition: FactDefinition) -> FactValue | None:
    if not _INSTANT.match(text):
        return None
    try:
        value = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return value if value.tzinfo is not None else None


def _text(text: str, definition: FactDefinition) -> FactValue | None:
    if not (0 < len(text) <= _LONGEST and text.isprintable()):
        return None
    return _SHORT_NAMES[definition.name](text) if definition.name in _SHORT_NAMES else text


def _choice(text: str, definition: FactDefinition) -> FactValue | None:
    word = text.lower()
    return word if word in definition.choices else None


def _flag(text: str, _definition: FactDefinition) -> FactValue | None:
    return _FLAGS.get(text.lower())


def _days(text: str, _definition: FactDefinition) -> FactValue | None:
    return int(text) if _DAYS.match(text) else None


def _money(text: str, _definition: FactDefinition) -> FactValue | None:
    match = _MONEY.match(text)
    if match is None:
        return None
    try:
        return Money.of(match[1], match[2])
    except ValueError:
        return None


def _country(text: str, _definition: FactDefinition) -> FactValue | None:
    return text.upper() if _COUNTRY.match(text.upper()) else None


def _currency(text: str, _definition: FactDefinition) -> FactValue | None:
    return text.upper() if _CURRENCY.match(text.upper()) else None


def _zone(text: str, _definition: FactDefinition) -> FactValue | None:
    return text if find_zone(text) is not None else None


def find_zone(name: str) -> zoneinfo.ZoneInfo | None:
    """The time zone of that IANA name, or nothing where no such name is known."""
    if not name.isascii() or not name.isprintable():
        return None
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return None


_PARSERS: Final[dict[FactKind, Callable[[str, FactDefinition], FactValue | None]]] = {
    FactKind.DATE: _date,
    FactKind.INSTANT: _instant,
    FactKind.TEXT: _text,
    FactKind.CHOICE: _choice,
    FactKind.FLAG: _flag,
    FactKind.DAYS: _days,
    FactKind.MONEY: _money,
    FactKind.COUNTRY: _country,
    FactKind.ZONE: _zone,
    FactKind.CURRENCY: _currency,
}
