"""Facts that cannot both be true: one is dated before another that has to come first."""

from __future__ import annotations

import datetime as dt

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.run import Run
from disputedesk.model.fact import FactDefinition, FactKind


def contradictions(run: Run) -> tuple[str, ...]:
    """A sentence for each pair of days that is in the wrong order, and each negative extension.

    Which day has to come first is what the catalogue says: a fact's `earlier` stand-ins can only be
    earlier, its `later` ones only later.
    """
    found: dict[str, None] = {}
    for name in run.days:
        definition = run.definition(name)
        if definition is not None:
            _check(run, definition, found)
    for name, value in run.facts.items():
        definition = run.definition(name)
        if definition and definition.kind is FactKind.DAYS and _negative(value):
            found[tr("A number of days below 0 was left out: {name}.", name=name)] = None
    return tuple(found)


def _negative(value: object) -> bool:
    return isinstance(value, int) and value < 0


def _check(run: Run, definition: FactDefinition, found: dict[str, None]) -> None:
    day = run.days[definition.name]
    for other in definition.earlier:
        before = run.days.get(other)
        if before is not None and before > day and other not in definition.later:
            found[_sentence(run, definition.name, other)] = None
    for other in definition.later:
        after = run.days.get(other)
        if after is not None and after < day and other not in definition.earlier:
            found[_sentence(run, other, definition.name)] = None


def _sentence(run: Run, early: str, late: str) -> str:
    """The sentence for `early`, which is dated before `late` and should not be."""
    return tr(
        "{first_day}, {first}, is before {second_day}, {second}: one of the two cannot be right.",
        first_day=day_text(dt.date.fromordinal(run.days[early])),
        first=run.phrase(early),
        second_day=day_text(dt.date.fromordinal(run.days[late])),
        second=run.phrase(late),
    )
