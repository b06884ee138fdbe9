"""What combines days: latest, earliest, caps, floors and cases, erring on the safe side.

A closing day may only come out earlier than the true one, an opening day only later. So a branch
that cannot be told is left out where that is safe (the latest of several, for a close) and makes
the whole unknown where it is not (the earliest of several, a cap). Assumptions behind a branch that
did not decide are dropped.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence

from disputedesk.common.texts import tr
from disputedesk.deadlines.counts import Node
from disputedesk.deadlines.run import ABSENT, UNKNOWN, Run
from disputedesk.deadlines.steps import CountStep, NoteStep, Step, day_name
from disputedesk.deadlines.truth import FALSE, TRUE, Truth
from disputedesk.deadlines.window import Assumption
from disputedesk.deadlines.words import Role
from disputedesk.model.ids import FactName


@dataclasses.dataclass(frozen=True, slots=True)
class Branch:
    """One part of a combination.

    Attributes:
        truth: Its condition; `None` where it always counts.
        facts: The facts of that condition.
        role: Whether it is a part like others, a cap, or a floor.
    """

    node: Node
    truth: Truth | None = None
    facts: tuple[FactName, ...] = ()
    role: Role = Role.PLAIN


@dataclasses.dataclass(slots=True)
class _Outcome:
    branch: Branch
    verdict: int
    day: int
    assumed: list[Assumption]
    steps: list[Step]


def compile_combination(
    branches: Sequence[Branch], *, latest: bool, close: bool, headed: bool = False
) -> Node:
    """The latest or earliest of several days, as a closure.

    Args:
        branches: The parts; those whose condition is false count for nothing.
        latest: Whether the latest is meant; else the earliest.
        close: Whether a closing day is computed.
        headed: Whether the first part is a day and the others its caps or floors; where it is
            absent, so is the whole.
    """
    nodes = tuple(branch.node for branch in branches)
    conditional = any(branch.truth is not None for branch in branches)
    partial = latest == close
    pick: Callable[[list[int]], int] = max if latest else min

    def careful(run: Run) -> int:
        outcomes = _gather(run, branches)
        if headed and (not outcomes or outcomes[0].day == ABSENT):
            return ABSENT
        decide = _decide_partly if partial else _decide_wholly
        day = decide(outcomes, latest=latest)
        _settle(run, outcomes, day, keep_useful=partial)
        if run.explain:
            _explain(run, outcomes, day, latest=latest, close=close)
        return day

    def quick(run: Run) -> int:
        if run.explain:
            return careful(run)
        mark = len(run.assumed)
        days = [node(run) for node in nodes]
        if len(run.assumed) == mark and min(days) > 0:
            return pick(days)
        del run.assumed[mark:]
        return careful(run)

    return careful if conditional else quick


def compile_cases(branches: Sequence[Branch], *, close: bool) -> Node:
    """The first branch whose condition is true, as a closure.

    Where a condition cannot be told, its branch and those after it are all read, and the safe day
    is taken: the earliest for a close, the latest for an opening.
    """

    def evaluate(run: Run) -> int:
        outcomes = _gather(run, branches, first_true_ends=True)
        if not outcomes:
            return ABSENT
        day = _decide_wholly(outcomes, latest=not close)
        _settle(run, outcomes, day, keep_useful=False)
        for outcome in outcomes:
            _append_steps(run, outcome, binds=outcome.day == day)
        if len(outcomes) > 1:
            run.note(
                tr(
                    "It is not known which case it is, so {day} is taken, the safe one.",
                    day=day_name(day),
                )
                if day > 0
                else tr("It is not known which case it is.")
            )
        return day

    return evaluate


def _gather(
    run: Run, branches: Sequence[Branch], *, first_true_ends: bool = False
) -> list[_Outcome]:
    outcomes: list[_Outcome] = []
    for branch in branches:
        verdict = TRUE if branch.truth is None else branch.truth(run)
        if verdict == FALSE:
            continue
        if verdict != TRUE:
            run.cannot_decide(branch.facts)
        assumed, steps = run.assumed, run.steps
        run.assumed, run.steps = [], []
        day = branch.node(run)
        outcomes.append(_Outcome(branch, verdict, day, run.assumed, run.steps))
        run.assumed, run.steps = assumed, steps
        if first_true_ends and verdict == TRUE:
            break
    return outcomes


def _decide_partly(outcomes: list[_Outcome], *, latest: bool) -> int:
    """The pick of what is sure; what cannot be told is left out."""
    sure = [outcome.day for outcome in outcomes if outcome.verdict == TRUE and outcome.day > 0]
    if sure:
        return max(sure) if latest else min(sure)
    if any(outcome.day == UNKNOWN for outcome in outcomes):
        return UNKNOWN
    perhaps = [outcome.day for outcome in outcomes if outcome.day > 0]
    if not perhaps:
        return ABSENT
    return min(perhaps) if latest else max(perhaps)


def _decide_wholly(outcomes: list[_Outcome], *, latest: bool) -> int:
    """The pick of everything; one part that cannot be told makes the whole unknown."""
    if any(outcome.day == UNKNOWN for outcome in outcomes):
        return UNKNOWN
    days = [outcome.day for outcome in outcomes if outcome.day > 0]
    if not days:
        return ABSENT
    return max(days) if latest else min(days)


def _settle(run: Run, outcomes: list[_Outcome], day: int, *, keep_useful: bool) -> None:
    """Keeps the assumptions of what decided; of the rest only which facts would help."""
    decided = False
    for outcome in outcomes:
        if outcome.day == day and not decided:
            run.assumed.extend(outcome.assumed)
            decided = day > 0
        elif keep_useful:
            run.useful.update((one.missing, None) for one in outcome.assumed)


def _append_steps(run: Run, outcome: _Outcome, *, binds: bool) -> None:
    for step in outcome.steps:
        step.binds = step.binds and binds
    run.steps.extend(outcome.steps)


def _explain(run: Run, outcomes: list[_Outcome], day: int, *, latest: bool, close: bool) -> None:
    decided = False
    for outcome in outcomes:
        binds = outcome.day == day and not decided
        decided = decided or binds
        if outcome.branch.role is not Role.PLAIN:
            _mark_limit(run, outcome, changed=binds)
        _append_steps(run, outcome, binds=binds)
    plain = [one for one in outcomes if one.branch.role is Role.PLAIN and one.day > 0]
    if len(plain) > 1 and day > 0:
        sentence = (
            tr("The latest of these days counts: {day}.", day=day_name(day))
            if latest
            else tr("The earliest of these days counts: {day}.", day=day_name(day))
        )
        run.steps.append(NoteStep(run.about, sentence, day))
    if day > 0 and any(one.day == UNKNOWN for one in outcomes):
        run.note(
            tr("What is not known is left out; it can only make the true last day later.")
            if close
            else tr("What is not known is left out; it can only make the true first day earlier."),
            binds=False,
        )


def _mark_limit(run: Run, outcome: _Outcome, *, changed: bool) -> None:
    """Turns a counted cap or floor into its own sentence, or adds one for a composed limit."""
    last = outcome.steps[-1] if outcome.steps else None
    if isinstance(last, CountStep) and last.result == outcome.day:
        last.role = outcome.branch.role
        last.changed = changed
    elif outcome.day > 0:
        sentence = _limit_sentence(outcome, changed)
        outcome.steps.append(NoteStep(run.about, sentence, outcome.day, role=outcome.branch.role))


def _limit_sentence(outcome: _Outcome, changed: bool) -> str:
    day = day_name(outcome.day)
    if outcome.branch.role is Role.CAP:
        return (
            tr("The cap, {day}, bites.", day=day)
            if changed
            else tr("The cap, {day}, does not bite.", day=day)
        )
    return (
        tr("It cannot be before {day}, so the day moves there.", day=day)
        if changed
        else tr("It cannot be before {day}, and is later anyway.", day=day)
    )
