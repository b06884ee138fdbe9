"""Fact definitions read from TOML tables: those of `facts.toml`, and what a pack adds."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import tr
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.model.fact import FactDefinition, FactKind, FactSubject
from disputedesk.model.ids import FactName
from disputedesk.packs.tables import Malformed, Table, fact_named

NONE_KNOWN: Final = FactCatalogue(())
"""Where no fact was defined before."""
_DAYS: Final = frozenset({FactKind.DATE, FactKind.INSTANT})


def read_definitions(
    tables: Table | None, known: FactCatalogue = NONE_KNOWN
) -> tuple[FactDefinition, ...]:
    """The facts that the `[fact.…]` tables define, in their order.

    Args:
        tables: The table `fact`; `None` where a file has none.
        known: Facts defined before; they may stand in, and may not be defined again.

    Raises:
        Malformed: A definition is wrong; names its key.
    """
    if tables is None:
        return ()
    found = []
    for name in tables.names:
        if name in known:
            raise tables.wrong(name, tr("The fact {name} is defined already.", name=name))
        found.append(_definition(name, Table(tables.raw(name), tables.at(name))))
    _check_stand_ins(found, known.with_added(found), tables)
    return tuple(found)


def _definition(name: str, table: Table) -> FactDefinition:
    if not name.isidentifier() or not name.islower() or not name.isascii():
        raise Malformed(
            table.path, tr("A fact's name has small letters, digits and underscores only.")
        )
    kind = table.word("kind", FactKind)
    definition = FactDefinition(
        name=FactName(name),
        subject=table.word("subject", FactSubject),
        kind=kind,
        text=table.text("text"),
        phrase=table.text_or_empty("phrase"),
        question=table.text_or_empty("question"),
        choices=table.texts("choices"),
        earlier=tuple(FactName(other) for other in table.texts("earlier")),
        later=tuple(FactName(other) for other in table.texts("later")),
        ahead=table.flag("ahead"),
    )
    table.finish()
    if name.endswith("_at") != (kind is FactKind.INSTANT):
        raise table.wrong(
            "kind", tr("A fact's name ends in _at if, and only if, it is an instant.")
        )
    if bool(definition.choices) != (kind is FactKind.CHOICE):
        raise table.wrong("choices", tr("A fact of kind choice, and no other, lists its choices."))
    if definition.ahead and kind not in _DAYS:
        raise table.wrong("ahead", tr("Only a day can lie ahead."))
    if kind in _DAYS and not definition.phrase:
        raise table.missing("phrase")
    return definition


def _check_stand_ins(found: list[FactDefinition], catalogue: FactCatalogue, tables: Table) -> None:
    for definition in found:
        for key, others in (("earlier", definition.earlier), ("later", definition.later)):
            place = f"{tables.at(definition.name)}.{key}"
            for other in others:
                standing = fact_named(catalogue, other, place)
                if standing.kind is not definition.kind:
                    raise Malformed(place, tr("The fact {name} is of another kind.", name=other))
                if definition.name in getattr(standing, key):
                    why = tr("The facts {name} and {other} would stand in for each other.",
                             name=definition.name, other=other)  # fmt: skip
                    raise Malformed(place, why)
