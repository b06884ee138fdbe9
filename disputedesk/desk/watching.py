"""The one window of an order without a case: the soonest protection that would lapse.

Most orders of a desk are such, and a changed pack asks for all of them at once. So the days alone
are computed, of the few rules that can be watched, and only where nothing about them needs words;
where something does – an instant, a rule that sets another aside – the whole answer is asked for.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from collections.abc import Container, Iterable
from typing import Final, NamedTuple, TypeAlias

from disputedesk.deadlines.dating import dates_of
from disputedesk.deadlines.program import PackProgram, RuleProgram, program_of
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.truth import TRUE
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Stage, Status
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.fact import Facts, FactValue
from disputedesk.model.ids import RuleId
from disputedesk.model.problem import Problem

WATCHED: Final = (
    (Avenue.PLATFORM_DISPUTE, Avenue.WALLET_CLAIM),
    (Avenue.CARD_CHARGEBACK,),
)
"""Avenues whose first filing is watched before anything is wrong; the first line that has one."""
_NEVER_CAME: Final = str(Problem.NOT_RECEIVED)


class Lapse(NamedTuple):
    """A watched window by its days alone, as ordinals; 0 where there is none.

    Attributes:
        head: The rule's id, avenue, stage and actor, as they are stored.
    """

    head: tuple[str, str, str, str]
    opens: int
    closes: int
    file_by: int
    arguable_until: int


Head: TypeAlias = tuple[str, str, str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class _Line:
    """The rules of one line of `WATCHED`, chosen of each pack when an order first passes it."""

    avenues: tuple[Avenue, ...]
    chosen: dict[PackProgram, tuple[tuple[RuleProgram, Head], ...]] = dataclasses.field(
        default_factory=dict
    )

    def of(self, pack: PackProgram) -> tuple[tuple[RuleProgram, Head], ...]:
        """The pack's rules that this line watches."""
        found = self.chosen.get(pack)
        if found is None:
            found = self.chosen[pack] = tuple(
                (program, _head(program.rule))
                for program in pack.rules
                if can_be_watched(program.rule) and program.rule.avenue in self.avenues
            )
        return found


def is_listed(window: Window) -> bool:
    """Whether lists show this window: it can be used, and its last day is known."""
    return window.closes is not None and window.status is not Status.NOT_AVAILABLE


def watched_facts(facts: Facts) -> Facts:
    """The facts of an order without a case, asked as if the parcel never came."""
    return facts.with_values({"problem": _NEVER_CAME})


def watched(windows: Iterable[Window]) -> tuple[Window, ...]:
    """Of the windows of an order without a case those that protect it while nothing is wrong yet.

    Rights that need no watching, such as withdrawing from the contract, would only be noise there.
    """
    avenues = {avenue for line in WATCHED for avenue in line}
    return tuple(window for window in windows if window.avenue in avenues)


def watched_window(windows: Iterable[Window]) -> Window | None:
    """The protection to keep an eye on before anything is wrong, or `None`."""
    mine = [
        window
        for window in windows
        if window.actor is Actor.BUYER and window.stage is Stage.FIRST_FILING and is_listed(window)
    ]
    for avenues in WATCHED:
        found = [window for window in mine if window.avenue in avenues]
        if found:
            return min(found, key=lambda window: window.file_by or window.closes or dt.date.max)
    return None


def find_lapse(book: Rulebook, values: dict[str, FactValue]) -> Lapse | Window | None:
    """What is watched of an order whose facts these are; `None` where nothing is.

    Its days alone where they say all of it, else the window.
    """
    asked = {**values, "problem": _NEVER_CAME}
    if book.rules.has_overrides or "protection_ends_at" in values:
        return _whole(book, asked)
    run = Run(asked, book.calendars, book.catalogue, explain=False)
    packs = program_of(book.rules).passed(run)
    for line in _lines(book.rules):
        best = _soonest(line, packs, run)
        if run.moments:
            return _whole(book, asked)
        if best is not None:
            return best
    return None


def _soonest(line: _Line, packs: Iterable[PackProgram], run: Run) -> Lapse | None:
    """The window to act on first of those that can be used, by the order of the rules."""
    best: Lapse | None = None
    for pack in packs:
        for program, head in line.of(pack):
            if program.concerns is not None and program.concerns.truth(run) != TRUE:
                continue
            resolved, opens, closes, acting, looser = dates_of(program, run)
            if closes <= 0 or resolved is Status.NOT_AVAILABLE:
                continue
            if best is None or (acting or closes) < best.file_by:
                best = Lapse(head, opens, closes, acting or closes, looser)
    return best


def _whole(book: Rulebook, values: dict[str, FactValue]) -> Window | None:
    only = _watchable(book.rules)
    return watched_window(book.windows(Facts(values), today=dt.date.min, only=only))


class _Watchable(Container[RuleId]):
    """The rules that can be watched, with those they set aside and those that set them aside."""

    def __init__(self, rules: RuleSet) -> None:
        self._rules = rules
        self._linked = set[RuleId]()
        setting_aside = [rule for rule in rules.with_overrides() if rule.overrides]
        size = -1
        while size != len(self._linked):
            size = len(self._linked)
            for rule in setting_aside:
                if rule.id in self or rule.overrides in self:
                    self._linked |= {rule.id, rule.overrides}

    def __contains__(self, rule_id: object) -> bool:
        if rule_id in self._linked:
            return True
        rule = self._rules.find(str(rule_id))
        return rule is not None and can_be_watched(rule)


_watchable = functools.lru_cache(maxsize=8)(_Watchable)


def can_be_watched(rule: Rule) -> bool:
    """Whether a rule may give the watched window of an order without a case."""
    helps = not rule.problems or Problem.NOT_RECEIVED in rule.problems
    mine = rule.actor is Actor.BUYER and rule.stage is Stage.FIRST_FILING
    return helps and mine and any(rule.avenue in line for line in WATCHED)


def _head(rule: Rule) -> Head:
    return (str(rule.id), rule.avenue.value, rule.stage.value, rule.actor.value)


@functools.lru_cache(maxsize=8)
def _lines(_rules: RuleSet) -> tuple[_Line, ...]:
    return tuple(_Line(avenues) for avenues in WATCHED)
