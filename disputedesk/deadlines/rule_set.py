"""Rules by their packs: what an order does not need of them is not read.

A pack stands behind its gate. Most orders pass few gates, so a pack's rules are read when the first
order passes, or when somebody asks for one of them by its id, which begins with the pack's.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.deadlines.rule import Condition, Rule
from disputedesk.model.ids import RuleId


class RuleGroup:
    """The rules of one pack behind its gate, read when somebody first asks for them.

    Attributes:
        pack: The pack's id; where `read` is given, its rules' ids begin with it and a dot.
        concerns: The pack's gate.
        has_overrides: Whether a rule of it sets another one aside.
    """

    __slots__ = ("_helps", "_read", "_rules", "concerns", "has_overrides", "pack")

    def __init__(
        self,
        pack: str,
        concerns: Condition | None,
        rules: tuple[Rule, ...] | None = None,
        *,
        read: Callable[[], tuple[Rule, ...]] = tuple,
        helps: Mapping[str, int] | None = None,
    ) -> None:
        self.pack = pack
        self.concerns = concerns
        self.has_overrides = any(rule.overrides for rule in rules or ())
        self._rules = rules
        self._read = read
        self._helps = helps

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules, in the order of the pack."""
        if self._rules is None:
            self._rules = self._read()
        return self._rules

    def helpful(self, problem: object) -> int:
        """How many of the rules help with `problem`; `None` is any of them."""
        if self._helps is None:
            self._helps = helped_problems(self.rules)
        if problem is None:
            return self._helps[""]
        return self._helps.get(str(problem), self._helps["*"])


def helped_problems(rules: Collection[Rule]) -> dict[str, int]:
    """How many rules help with each problem that one of them names.

    Under `*` stand those that help with any other one, under the empty word all of them.
    """
    named = {problem for rule in rules for problem in rule.problems}
    always = sum(not rule.problems for rule in rules)
    found = {
        str(problem): always + sum(problem in rule.problems for rule in rules) for problem in named
    }
    return {**found, "*": always, "": len(rules)}


class RuleSet:
    """Rules by id, in the order of their packs; never changes, so programs are cached on it."""

    __slots__ = ("__weakref__", "_by_id", "_unread", "groups", "has_overrides")

    def __init__(self, rules: Iterable[Rule] = (), groups: Iterable[RuleGroup] = ()) -> None:
        known = tuple(rules)
        self._by_id = {rule.id: rule for rule in known}
        if len(self._by_id) != len(known):
            message = "Two rules share one id."
            raise ValueError(message)
        later = tuple(groups)
        self._unread = {group.pack: group for group in later}
        gates = itertools.groupby(known, lambda rule: (rule.pack, rule.pack_concerns))
        self.groups = (*(RuleGroup(*gate, tuple(each)) for gate, each in gates), *later)
        self.has_overrides = any(group.has_overrides for group in self.groups)

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Every rule; those of packs that nobody has needed yet are read."""
        return tuple(self)

    def __iter__(self) -> Iterator[Rule]:
        return (rule for group in self.groups for rule in group.rules)

    def __len__(self) -> int:
        return sum(group.helpful(None) for group in self.groups)

    def __contains__(self, rule_id: object) -> bool:
        return isinstance(rule_id, str) and self.find(rule_id) is not None

    def of_packs(self, packs: Collection[str]) -> Iterator[Rule]:
        """The rules of these packs, in their order."""
        return (rule for group in self.groups if group.pack in packs for rule in group.rules)

    def with_overrides(self) -> Iterator[Rule]:
        """The rules of the packs in which some set others aside."""
        return (rule for group in self.groups if group.has_overrides for rule in group.rules)

    def find(self, rule_id: str) -> Rule | None:
        """The rule of that id, or nothing."""
        name = RuleId(rule_id)
        end = -1 if name in self._by_id else name.find(".")
        while end > 0:
            group = self._unread.get(name[:end])
            if group is not None:
                self._by_id.update((rule.id, rule) for rule in group.rules)
            end = name.find(".", end + 1)
        return self._by_id.get(name)

    def get(self, rule_id: str) -> Rule:
        """The rule of that id.

        Raises:
            NotFound: No rule has it.
        """
        rule = self.find(rule_id)
        if rule is None:
            raise NotFound(
                tr("There is no rule called {rule}.", rule=rule_id),
                remedy=tr("The command “rules list” shows the rules that are loaded."),
            )
        return rule
