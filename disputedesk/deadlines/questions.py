"""Facts worth asking for: what would date, open or rule out an avenue, most useful first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.deadlines.calendar import WeekdayCalendars
from disputedesk.deadlines.candidate import is_asked
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.program import Gate, RuleProgram, program_of
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.truth import FALSE, MAYBE, TRUE
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Avenue, Status
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName

_PROBLEM: Final = "problem"
_WEIGHT: Final = {
    Status.CLOSING: 80,
    Status.OPEN: 60,
    Status.NOT_YET: 50,
    Status.UNKNOWN: 40,
    Status.CLOSED: 1,
    Status.NOT_AVAILABLE: 0,
}
"""How much a window gains from a fact it lacks: one that runs gains most, for its day is near;

one that cannot be dated at all often hangs on a fact that few buyers have."""
_ASKED: Final = 10_000
"""What an answer gains whose last day only the other side's letter tells: it presses most."""
_COURT: Final = 100
_USUAL: Final = {FactName("issuer_country"): FactName("consumer_country")}
"""Facts that are nearly always as another one is: once that is known they are asked late."""
_RARELY_OTHER: Final = 50
_GATE: Final = 20
"""What a pack that may be concerned weighs: its rules are not even windows yet."""


def open_questions(
    rules: RuleSet, windows: Sequence[Window], facts: Facts, catalogue: FactCatalogue
) -> tuple[FactName, ...]:
    """The unknown facts that are worth asking for, most useful first.

    What went wrong comes first of all. Then come the facts that windows lack, by how much they
    would gain, and those that decide whether a pack is concerned at all (network, platform,
    country); equals stand in the catalogue's order. Facts without a question are left out.

    Args:
        rules: The rules.
        windows: What `assess` gave for these facts.
        facts: What is known.
        catalogue: What can be asked.
    """
    weights: dict[FactName, int] = {}
    for window in windows:
        for place, name in enumerate(window.missing):
            gain = _weight(window) // (place + 1)
            weights[name] = weights.get(name, 0) + gain
    for name, rule_count in _gating(rules, facts, catalogue):
        weights[name] = weights.get(name, 0) + _GATE + rule_count
    for name, usual in _USUAL.items():
        if name in weights and usual in facts:
            weights[name] //= _RARELY_OTHER
    if _PROBLEM not in facts:
        weights[FactName(_PROBLEM)] = 1 + max(weights.values(), default=0)
    order = {name: place for place, name in enumerate(catalogue.names)}
    worth = [
        name
        for name, weight in weights.items()
        if weight > 0 and name not in facts and name in order and catalogue.get(name).question
    ]
    return tuple(sorted(worth, key=lambda name: (-weights[name], order[name])))


def _weight(window: Window) -> int:
    """What a window gains; one of a court gains next to nothing until the rest is settled."""
    if is_asked(window):
        return _ASKED
    return _WEIGHT[window.status] // (_COURT if window.avenue is Avenue.COURT else 1)


def _gating(
    rules: RuleSet, facts: Facts, catalogue: FactCatalogue
) -> Iterator[tuple[FactName, int]]:
    """The unknown facts on which a concern hangs, each with how many rules hang on it."""
    run = Run(facts, WeekdayCalendars(), catalogue, explain=False)
    problem = facts.get(_PROBLEM)
    for pack in program_of(rules).packs:
        verdict = TRUE if pack.concerns is None else pack.concerns.truth(run)
        if verdict == FALSE:
            continue
        helpful = pack.group.helpful(problem)
        if verdict == MAYBE and helpful:
            yield from _unknown(pack.concerns, facts, helpful)
        elif verdict == TRUE and helpful:
            for program in pack.rules:
                if _helps(program, problem) and _hangs(program.concerns, run):
                    yield from _unknown(program.concerns, facts, 1)


def _helps(program: RuleProgram, problem: object) -> bool:
    return problem is None or not program.rule.problems or problem in program.rule.problems


def _hangs(gate: Gate | None, run: Run) -> bool:
    return gate is not None and gate.truth(run) == MAYBE


def _unknown(gate: Gate | None, facts: Facts, count: int) -> Iterator[tuple[FactName, int]]:
    for name in gate.facts if gate else ():
        if name not in facts:
            yield name, count
