"""Conditions read from TOML: `{ fact = "network", is = "visa" }`, `all`, `any`, `not`."""

from __future__ import annotations

import datetime as dt
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.rule import (
    NO_FACT,
    AllOf,
    AnyOf,
    Comparison,
    Condition,
    FactTest,
    NotThat,
)
from disputedesk.model.fact import FactDefinition, FactKind, FactValue
from disputedesk.model.ids import FactName
from disputedesk.packs.tables import Malformed, Table, date_fact, typed_value

DEEPEST: Final = 12
"""How deep conditions and expressions may be nested."""

_KEYS: Final = ("all", "any", "not", "fact")
_WORDS: Final = {word.value: word for word in Comparison}
_ORDERED: Final = frozenset(
    {Comparison.ABOVE, Comparison.AT_MOST, Comparison.BELOW, Comparison.AT_LEAST}
)
_DATED: Final = frozenset(
    {Comparison.BEFORE, Comparison.AFTER, Comparison.NOT_BEFORE, Comparison.NOT_AFTER}
)
_MEASURED: Final = frozenset({FactKind.MONEY, FactKind.DAYS, FactKind.DATE})


def read_condition(table: Table | None, catalogue: FactCatalogue) -> Condition | None:
    """The condition of that table; `None` where there is no table.

    Raises:
        Malformed: It is no condition, names an unknown fact, or compares what cannot be compared.
    """
    return None if table is None else _condition(table, catalogue, 1)


def need_condition(table: Table, key: str, catalogue: FactCatalogue) -> Condition:
    """The condition at `key`, which has to be there."""
    inner = table.table(key)
    if inner is None:
        raise table.missing(key)
    return _condition(inner, catalogue, 1)


def _condition(table: Table, catalogue: FactCatalogue, depth: int) -> Condition:
    if depth > DEEPEST:
        raise Malformed(table.path, tr("Conditions may be nested 12 deep at most."))
    heads = [key for key in _KEYS if key in table]
    if len(heads) != 1:
        table.finish(*_KEYS, *_WORDS)
        why = tr("A condition has exactly one of the keys fact, all, any and not.")
        raise Malformed(table.path, why)
    head = heads[0]
    if head == "fact":
        return _test(table, catalogue)
    if head == "not":
        inner = table.table(head)
        table.finish()
        return NotThat(_condition(inner or Table({}, table.at(head)), catalogue, depth + 1))
    parts = tuple(_condition(part, catalogue, depth + 1) for part in table.tables(head))
    table.finish()
    if not parts:
        raise table.wrong(head, tr("At least one condition was expected."))
    return AllOf(parts) if head == "all" else AnyOf(parts)


def _test(table: Table, catalogue: FactCatalogue) -> Condition:
    definition = table.fact("fact", catalogue)
    words = [word for word in table.names if word in _WORDS]
    if len(words) != 1:
        table.finish(*_WORDS)
        why = tr("A fact is compared in exactly one way: is, in, known, above, before and so on.")
        raise Malformed(table.path, why)
    word = _WORDS[words[0]]
    raw = table.raw(words[0])
    table.finish(*_WORDS)
    if word in _DATED:
        return _dated(table, definition, word, raw, catalogue)
    return FactTest(definition.name, word, _values(table, definition, word, raw, catalogue))


def _values(
    table: Table,
    definition: FactDefinition,
    word: Comparison,
    raw: object,
    catalogue: FactCatalogue,
) -> tuple[FactValue, ...]:
    if word is Comparison.KNOWN:
        if not isinstance(raw, bool):
            raise table.wrong(word.value, tr("true or false was expected."))
        return (raw,)
    if word in _ORDERED and definition.kind not in _MEASURED:
        why = tr("The fact {name} has no more and no less.", name=definition.name)
        raise table.wrong(word.value, why)
    if word is Comparison.IN:
        values = table.list(word.value)
        if not values:
            raise table.wrong(word.value, tr("A list with at least one value was expected."))
        return tuple(_value(table, definition, word, value, catalogue) for value in values)
    return (_value(table, definition, word, raw, catalogue),)


def _value(
    table: Table,
    definition: FactDefinition,
    word: Comparison,
    raw: object,
    catalogue: FactCatalogue,
) -> FactValue:
    try:
        return typed_value(catalogue, definition.name, raw)
    except Refused as error:
        raise table.wrong(word.value, f"{error.what} {error.remedy}".strip()) from error


def _dated(
    table: Table,
    definition: FactDefinition,
    word: Comparison,
    raw: object,
    catalogue: FactCatalogue,
) -> Condition:
    date_fact(catalogue, definition.name, table.at("fact"))
    if isinstance(raw, dt.date) and not isinstance(raw, dt.datetime):
        return FactTest(definition.name, word, (raw,))
    text = table.text(word.value)
    if text[:1].isdigit():
        try:
            return FactTest(definition.name, word, (dt.date.fromisoformat(text),))
        except ValueError:
            raise table.wrong(
                word.value, tr("A date such as 2026-03-14 or the name of a fact was expected.")
            ) from None
    other: FactName = date_fact(catalogue, text, table.at(word.value))
    return FactTest(definition.name, word, (), other or NO_FACT)
