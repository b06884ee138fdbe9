"""Strict reading of a TOML table: typed keys, unknown ones refused by name, errors placed."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Mapping
from typing import TypeVar

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue, close_match
from disputedesk.deadlines.words import Confidence
from disputedesk.model.fact import FactDefinition, FactKind, FactValue
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money

_Word = TypeVar("_Word", bound=enum.StrEnum)
_LONGEST_TEXT = 4_000


class Malformed(Exception):
    """What is wrong with a pack: the key, dotted from its table, and a whole sentence."""

    def __init__(self, key: str, why: str) -> None:
        super().__init__(key, why)
        self.key = key
        self.why = why


class Table:
    """One table of a pack: what is taken is checked, and `finish` refuses what was not taken."""

    __slots__ = ("_known", "_values", "path")

    def __init__(self, values: object, path: str) -> None:
        if not isinstance(values, Mapping):
            raise Malformed(path, tr("A table was expected here."))
        self.path = path
        self._values = values
        self._known: set[str] = set()

    def __contains__(self, key: str) -> bool:
        return key in self._values

    @property
    def identity(self) -> int:
        """The same for two tables of one and the same place of the file (`[common]`)."""
        return id(self._values)

    @property
    def names(self) -> tuple[str, ...]:
        """Its keys, in the order of the file."""
        return tuple(str(key) for key in self._values)

    def at(self, key: str) -> str:
        """The dotted place of `key`."""
        return f"{self.path}.{key}" if self.path else key

    def raw(self, key: str) -> object:
        """The value of `key` as TOML gave it, `None` when it is not there."""
        self._known.add(key)
        return self._values.get(key)

    def finish(self, *others: str) -> None:
        """Refuses the first key that was not taken; `others` are keys it could have had."""
        for key in self._values:
            if key not in self._known and key not in others:
                self._known.update(others)
                why = tr("There is no key called {key} here.", key=key)
                hint = close_match(str(key), self._known)
                raise Malformed(self.at(str(key)), f"{why} {hint}".strip())

    def missing(self, key: str) -> Malformed:
        """The error for a key that has to be there."""
        return Malformed(self.at(key), tr("The key {key} has to be here.", key=key))

    def wrong(self, key: str, why: str) -> Malformed:
        """The error for a value that does not fit."""
        return Malformed(self.at(key), why)

    def text(self, key: str) -> str:
        """A text that has to be there and is not empty."""
        if key not in self._values:
            raise self.missing(key)
        value = self.text_or_empty(key)
        if not value:
            raise self.wrong(key, tr("A text that is not empty was expected."))
        return value

    def text_or_empty(self, key: str) -> str:
        """A text, empty when it is not there."""
        value = self.raw(key)
        if value is None:
            return ""
        if not isinstance(value, str) or len(value) > _LONGEST_TEXT:
            raise self.wrong(key, tr("A text of at most 4,000 characters was expected."))
        return value.strip()

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when it is not there."""
        values = self.list(key)
        if not all(isinstance(value, str) and value for value in values):
            raise self.wrong(key, tr("A list of texts was expected."))
        return tuple(str(value) for value in values)

    def list(self, key: str) -> tuple[object, ...]:
        """A list of anything, empty when it is not there."""
        value = self.raw(key)
        if value is None:
            return ()
        if not isinstance(value, list):
            raise self.wrong(key, tr("A list in square brackets was expected."))
        return tuple(value)

    def tables(self, key: str) -> tuple[Table, ...]:
        """A list of tables, empty when it is not there; their paths carry numbers from 1."""
        return tuple(
            Table(value, f"{self.at(key)}[{number}]")
            for number, value in enumerate(self.list(key), 1)
        )

    def table(self, key: str) -> Table | None:
        """A table inside this one, or nothing."""
        value = self.raw(key)
        return None if value is None else Table(value, self.at(key))

    def flag(self, key: str) -> bool:
        """True or false; false when it is not there."""
        value = self.raw(key)
        if value is not None and not isinstance(value, bool):
            raise self.wrong(key, tr("true or false was expected."))
        return bool(value)

    def number(self, key: str, lowest: int = 0, highest: int = 40_000) -> int | None:
        """A whole number, or nothing when it is not there."""
        value = self.raw(key)
        if value is None:
            return None
        if type(value) is not int or not lowest <= value <= highest:
            sentence = tr(
                "A whole number from {lowest} to {highest} was expected.",
                lowest=lowest,
                highest=highest,
            )
            raise self.wrong(key, sentence)
        return value

    def date(self, key: str) -> dt.date | None:
        """A calendar day, or nothing when it is not there."""
        value = self.raw(key)
        if value is None:
            return None
        if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
            raise self.wrong(key, tr("A date such as 2026-03-14, without quotes, was expected."))
        return value

    def day(self, key: str) -> dt.date:
        """A calendar day that has to be there."""
        value = self.date(key)
        if value is None:
            raise self.missing(key)
        return value

    def word(self, key: str, words: type[_Word], default: _Word | None = None) -> _Word:
        """One word of `words`; without `default` it has to be there."""
        value = self.raw(key)
        if value is None:
            if default is None:
                raise self.missing(key)
            return default
        return self.one_of(key, value, words)

    def one_of(self, key: str, value: object, words: type[_Word]) -> _Word:
        """`value` as one of `words`."""
        try:
            return words(str(value))
        except ValueError:
            raise self.wrong(key, not_among(str(value), [word.value for word in words])) from None

    def fact(self, key: str, catalogue: FactCatalogue) -> FactDefinition:
        """The fact that `key` names; it has to be there."""
        return fact_named(catalogue, self.text(key), self.at(key))


def not_among(value: str, words: Iterable[str]) -> str:
    """The sentence for a word that is none of `words`."""
    known = sorted(words)
    why = tr(
        "“{value}” is none of the words allowed here: {words}.",
        value=value,
        words=", ".join(known),
    )
    return f"{why} {close_match(value, known)}".strip()


def fact_named(catalogue: FactCatalogue, name: str, key: str) -> FactDefinition:
    """The definition of the fact `name`, which stands at `key`."""
    definition = catalogue.find(name)
    if definition is None:
        why = tr("There is no fact called {name}.", name=name)
        raise Malformed(key, f"{why} {close_match(name, catalogue.names)}".strip())
    return definition


def date_fact(catalogue: FactCatalogue, name: str, key: str) -> FactName:
    """The name of a fact that is a day or an instant, which stands at `key`."""
    definition = fact_named(catalogue, name, key)
    if definition.kind not in {FactKind.DATE, FactKind.INSTANT}:
        why = tr("The fact {name} is not a day; one was expected here.", name=name)
        raise Malformed(key, why)
    return definition.name


def typed_value(catalogue: FactCatalogue, name: str, raw: object) -> FactValue:
    """The value of the fact `name` from what TOML or JSON gave.

    Raises:
        Refused: No fact is called so, or the value is not of its kind.
    """
    definition = catalogue.get(name)
    kind = definition.kind
    if isinstance(raw, str):
        return catalogue.parse(name, raw)
    if kind is FactKind.FLAG and isinstance(raw, bool):
        return raw
    if kind is FactKind.INSTANT and isinstance(raw, dt.datetime) and raw.tzinfo is not None:
        return raw
    if kind is FactKind.DATE and isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return raw
    if type(raw) is int and kind in {FactKind.DAYS, FactKind.TEXT}:
        return catalogue.parse(name, str(raw))
    if kind is FactKind.MONEY and isinstance(raw, Mapping):
        return _money(definition, raw, catalogue)
    if kind is FactKind.MONEY and isinstance(raw, Money):
        return raw
    raise catalogue.refusal(definition, str(raw))


def _money(
    definition: FactDefinition, raw: Mapping[object, object], catalogue: FactCatalogue
) -> FactValue:
    if set(raw) != {"amount", "currency"}:
        raise Refused(
            tr(
                "The sum {name} needs exactly the keys amount and currency.",
                name=definition.name,
            ),
            definition.name,
        )
    return catalogue.parse(definition.name, f"{raw['amount']} {raw['currency']}")


def confidence_of(table: Table, default: Confidence) -> Confidence:
    """How sure a source or rule is; `default` when it does not say."""
    return table.word("confidence", Confidence, default)
