"""Rules turned into closures, pack by pack as orders need them.

That is done once; assessing an order is then integer arithmetic.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterable, Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.deadlines.branches import Branch, compile_cases, compile_combination
from disputedesk.deadlines.counts import Node, compile_count, compile_fixed, compile_moment
from disputedesk.deadlines.flat import plain_terms, shortcut_cap, shortcut_pick
from disputedesk.deadlines.gates import least_tests
from disputedesk.deadlines.mentions import facts_of_condition, facts_of_rule
from disputedesk.deadlines.rule import (
    Cases,
    Condition,
    Count,
    Earliest,
    Expression,
    FirstKnown,
    Fixed,
    Latest,
    Limits,
    Moment,
    Rule,
)
from disputedesk.deadlines.rule_set import RuleGroup, RuleSet
from disputedesk.deadlines.run import ABSENT, Run
from disputedesk.deadlines.truth import FALSE, TRUE, Truth, compile_condition
from disputedesk.deadlines.wording import RuleWords
from disputedesk.deadlines.words import Actor, Role, Stage
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName

_ANSWERS: Final = frozenset({Stage.RESPONSE, Stage.PRE_ARBITRATION, Stage.ARBITRATION})
"""Stages where the buyer answers somebody who may have set a day for it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Gate:
    """A condition ready to be asked, with the facts it asks for."""

    truth: Truth
    facts: tuple[FactName, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class RuleProgram:
    """One rule, compiled.

    Attributes:
        applies: Its conditions of eligibility, each with its reason sentence.
        closes_at_latest: The close once more, erring on the late side.
        gated: Whether anything can rule it out.
        answers: Whether it is the buyer's answer to something, for which a day may be set.
        facts: Every fact that can move it.
        words: Its texts by language, filled when first asked for.
    """

    rule: Rule
    concerns: Gate | None
    applies: tuple[tuple[Gate, str], ...]
    opens: Node | None
    closes: Node | None
    closes_at_latest: Node | None
    arguable: Node | None
    gated: bool
    answers: bool
    facts: tuple[FactName, ...]
    words: dict[str, RuleWords] = dataclasses.field(default_factory=dict, compare=False)


class PackProgram:
    """The rules of one pack behind its gate; compiled when an order first passes it."""

    __slots__ = ("_rules", "concerns", "group")

    def __init__(self, group: RuleGroup) -> None:
        self.group = group
        self.concerns = gate(group.concerns)
        self._rules: tuple[RuleProgram, ...] | None = None

    @property
    def rules(self) -> tuple[RuleProgram, ...]:
        """The rules, in the order of the pack."""
        if self._rules is None:
            self._rules = tuple(compile_rule(rule) for rule in self.group.rules)
        return self._rules


class Programs:
    """The packs of a rule set, compiled, and found by the values that their gates ask for.

    Most gates want one fact to be one of some values: this shop, that network. Such a pack is
    looked at only for an order that has such a value; one whose gate asks otherwise always is.
    """

    __slots__ = ("_always", "_by_value", "packs")

    def __init__(self, groups: Iterable[RuleGroup]) -> None:
        self.packs = tuple(PackProgram(group) for group in groups)
        self._always: list[int] = []
        self._by_value: dict[FactName, dict[FactValue, list[int]]] = {}
        for place, pack in enumerate(self.packs):
            tests = least_tests(pack.group.concerns)
            if tests is None:
                self._always.append(place)
            for name, values in tests or ():
                places = self._by_value.setdefault(name, {})
                for value in values:
                    places.setdefault(value, []).append(place)

    def passed(self, run: Run) -> list[PackProgram]:
        """The packs whose gate lets this order in, in their order."""
        places = set(self._always)
        known = run.facts
        for name, by_value in self._by_value.items():
            value = known.get(name)
            if value is not None and value in by_value:
                places.update(by_value[value])
        packs = self.packs
        return [
            pack
            for place in sorted(places)
            if (gate := (pack := packs[place]).concerns) is None or gate.truth(run) == TRUE
        ]


@functools.lru_cache(maxsize=16)
def program_of(rules: RuleSet) -> Programs:
    """The compiled rules, pack by pack, in their order; made once for each rule set."""
    return Programs(rules.groups)


def compile_rule(rule: Rule) -> RuleProgram:
    """One rule as closures."""
    return RuleProgram(
        rule=rule,
        concerns=gate(rule.concerns),
        applies=tuple((_gate(need.when), need.otherwise) for need in rule.applies),
        opens=None if rule.opens is None else compile_expression(rule.opens, close=False),
        closes=None if rule.closes is None else compile_expression(rule.closes, close=True),
        closes_at_latest=(
            None if rule.closes is None else compile_expression(rule.closes, close=False)
        ),
        arguable=None if rule.arguable is None else compile_expression(rule.arguable, close=True),
        gated=bool(rule.applies) or rule.valid is not None,
        answers=rule.actor is Actor.BUYER and rule.stage in _ANSWERS,
        facts=facts_of_rule(rule),
    )


def gate(condition: Condition | None) -> Gate | None:
    """The condition ready to be asked; nothing where there is none."""
    return None if condition is None else _gate(condition)


def _gate(condition: Condition) -> Gate:
    return Gate(compile_condition(condition), facts_of_condition(condition))


def compile_expression(expression: Expression, *, close: bool) -> Node:
    """The expression as a closure; `close` says on which side it may err: earlier, else later."""
    branch = _branch(expression, close=close)
    truth, facts, node = branch.truth, branch.facts, branch.node
    if truth is None:
        return node

    def guarded(run: Run) -> int:
        verdict = truth(run)
        if verdict == FALSE:
            return ABSENT
        if verdict != TRUE:
            run.cannot_decide(facts)
        return node(run)

    return guarded


def _branch(expression: Expression, *, close: bool, role: Role = Role.PLAIN) -> Branch:
    limits = expression.limits
    node = _core(expression, close=close)
    if limits.not_before:
        node = _limited(node, limits.not_before, Role.FLOOR, close=close)
    if limits.not_after:
        node = _limited(node, limits.not_after, Role.CAP, close=close)
    if limits.waived_when or limits.waived_if_past_close:
        node = _waivable(node, limits)
    if limits.note:
        node = _noted(node, limits.note)
    when = gate(limits.when)
    if when is None:
        return Branch(node, role=role)
    return Branch(node, when.truth, when.facts, role)


def _core(expression: Expression, *, close: bool) -> Node:
    match expression:
        case Count():
            inner = expression.after
            after = None if inner is None else compile_expression(inner, close=close)
            return compile_count(expression, after, close=close)
        case Moment():
            return compile_moment(expression, close=close)
        case Fixed():
            return compile_fixed(expression)
        case Latest() | Earliest():
            latest = isinstance(expression, Latest)
            branches = [_branch(part, close=close) for part in expression.parts]
            careful = compile_combination(branches, latest=latest, close=close)
            return shortcut_pick(plain_terms(expression.parts), careful, latest=latest)
        case FirstKnown():
            return _first_known(expression, close=close)
        case Cases():
            return compile_cases(
                [_case(case.then, case.when, close=close) for case in expression.branches],
                close=close,
            )


def _case(then: Expression, when: Condition | None, *, close: bool) -> Branch:
    node = compile_expression(then, close=close)
    if when is None:
        return Branch(node)
    return Branch(node, compile_condition(when), facts_of_condition(when))


def _limited(node: Node, limits: Sequence[Expression], role: Role, *, close: bool) -> Node:
    branches = [Branch(node), *(_branch(limit, close=close, role=role) for limit in limits)]
    latest = role is Role.FLOOR
    careful = compile_combination(branches, latest=latest, close=close, headed=True)
    return careful if latest else shortcut_cap(node, plain_terms(limits), careful)


def _waivable(node: Node, limits: Limits) -> Node:
    waivers = tuple((compile_condition(one.when), one.because) for one in limits.waived_when)
    past_close = limits.waived_if_past_close

    def wait(run: Run) -> int:
        for truth, because in waivers:
            if truth(run) == TRUE:
                run.note(tr("The wait falls away: {reason}", reason=tr(because)))
                return ABSENT
        day = node(run)
        if past_close and 0 < run.closes < day:
            run.note(tr("The wait falls away, as it would end after the last day."))
            return ABSENT
        return day

    return wait


def _noted(node: Node, note: str) -> Node:
    def noted(run: Run) -> int:
        day = node(run)
        run.note(tr(note))
        return day

    return noted


def _first_known(expression: FirstKnown, *, close: bool) -> Node:
    parts = tuple((_branch(part, close=close), part, _anchors(part)) for part in expression.parts)

    def evaluate(run: Run) -> int:
        counting = [
            (branch, anchors)
            for branch, _part, anchors in parts
            if branch.truth is None or branch.truth(run) != FALSE
        ]
        for branch, anchors in counting:
            if any(name in run.facts for name in anchors):
                return branch.node(run)
            run.useful.update(dict.fromkeys(anchors))
        for branch, _anchors_of in counting:
            day = branch.node(run)
            if day > 0:
                return day
        return ABSENT if not counting else 0

    return evaluate


def _anchors(expression: Expression) -> tuple[FactName, ...]:
    match expression:
        case Count(after=None) | Moment():
            return (expression.anchor,)
        case Fixed():
            return ()
        case Count():
            return () if expression.after is None else _anchors(expression.after)
        case Latest() | Earliest() | FirstKnown():
            return tuple(name for part in expression.parts for name in _anchors(part))
        case Cases():
            return tuple(name for case in expression.branches for name in _anchors(case.then))
