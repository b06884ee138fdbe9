"""Windows computed anew because rules changed: of which orders, and which last days moved."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.deadlines.gates import Test, least_tests
from disputedesk.deadlines.rule import (
    NO_FACT,
    AllOf,
    Comparison,
    FactTest,
    Rule,
)
from disputedesk.deadlines.words import Confidence, EffectiveWhen
from disputedesk.desk.recomputing import BLOCK, fresh_windows
from disputedesk.desk.rulebook import Rulebook
from disputedesk.desk.watching import can_be_watched
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName, OrderId
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.store.repositories.bases import OrderBase, OrderBases
    from disputedesk.store.transaction import StoreTransaction

_NARROWEST: Final = ("order_ref", "issuer", "problem")
_ORDER, _CASE, _RULE, _CLOSES = 0, 1, 2, 7


class Move(NamedTuple):
    """One last day that is another one under the new rules, as ordinals; 0 where there is none."""

    order: OrderId
    case: int
    rule: str
    before: int
    after: int


@dataclasses.dataclass(slots=True)
class Restatement:
    """What computing anew has found.

    Attributes:
        orders: How many orders were computed.
        changes: For each order whose windows differ the stored ones and the fresh ones.
        moves: The last days that moved, by order.
    """

    orders: int
    changes: list[tuple[Sequence[Any], Sequence[Any]]] = dataclasses.field(default_factory=list)
    moves: list[Move] = dataclasses.field(default_factory=list)


def governed_orders(
    bases: OrderBases,
    before: Rulebook,
    after: Rulebook,
    changed: Collection[str] | None,
    unknown: Collection[str] = (),
) -> list[OrderId]:
    """The orders that changed packs may move, by number; `None` for `changed` is every order.

    Those for which the gates of a rule may open that counts otherwise than before: a new summary
    moves nobody. Of a pack whose former edition nobody has any more, those with a window of it,
    and those that the gates of all its rules let in. A gate that no column answers lets every
    order in.

    Args:
        bases: The desk's orders.
        before: The rules that the stored windows were computed with, but for `unknown`.
        after: The rules they are computed with now.
        changed: Ids of the packs that came, went or changed.
        unknown: Those of them whose rules of then are not those of `before`.
    """
    if changed is None:
        return sorted(bases.all_orders())
    found = bases.with_rules(unknown)
    whole = [*before.rules.of_packs(unknown), *after.rules.of_packs(unknown)]
    wanted: dict[FactName, dict[FactValue, None]] = {}
    for rule in (*whole, *_rules_that_count_otherwise(before, after, changed)):
        tests = _reach(rule)
        if tests is None:
            return sorted(bases.all_orders())
        for name, values in tests:
            wanted.setdefault(name, {}).update(dict.fromkeys(values))
    for name, each in wanted.items():
        found |= bases.with_fact(name, each)
    return sorted(found)


def _rules_that_count_otherwise(
    before: Rulebook, after: Rulebook, changed: Collection[str]
) -> list[Rule]:
    old = {rule.id: rule for rule in before.rules.of_packs(changed)}
    new = {rule.id: rule for rule in after.rules.of_packs(changed)}
    return [
        rule
        for name in {**old, **new}
        if (_counting(old.get(name)) != _counting(new.get(name)))
        for rule in (old.get(name), new.get(name))
        if rule is not None
    ]


def _counting(rule: Rule | None) -> Rule | None:
    """The rule without what is only said about it."""
    if rule is None:
        return None
    return dataclasses.replace(
        rule, title="", summary="", code="", sources=(), confidence=Confidence.HIGH, forfeits=(),
        consumes=(), requires=(), pauses=(), checklist=(), filing_tells=NO_FACT,
        effective_when=EffectiveWhen.FILED,
    )  # fmt: skip


def _reach(rule: Rule) -> tuple[Test, ...] | None:
    """Tests of which an order must pass one to be governed; `None` where none can be named.

    A rule that nobody watches before anything is wrong concerns orders with a case alone.
    """
    parts = [part for part in (rule.concerns, rule.pack_concerns) if part is not None]
    if not can_be_watched(rule) and not rule.overrides:
        problems = tuple(str(problem) for problem in rule.problems or Problem)
        parts.append(FactTest(FactName("problem"), Comparison.IN, problems))
    return least_tests(AllOf(tuple(parts)), _width)


def _width(tests: tuple[Test, ...]) -> int:
    """How many orders tests let through, roughly: what names one order, then a bank, then all."""
    return max(
        (_NARROWEST.index(name) if name in _NARROWEST else len(_NARROWEST) for name, _ in tests),
        default=0,
    )


def restate(
    book: Rulebook,
    rows: StoreTransaction,
    orders: Sequence[OrderId],
    today: dt.date,
    *,
    progress: Progress,
    cancel: CancelToken,
) -> Restatement:
    """What the windows of these orders are under `book`; nothing is written.

    Raises:
        Cancelled: `cancel` was set.
    """
    found = Restatement(len(orders))
    for start in range(0, len(orders), BLOCK):
        cancel.check()
        progress(tr("Computing last days anew"), start, len(orders))
        block = orders[start : start + BLOCK]
        stored = rows.windows.stored(block)
        for base in rows.bases.of_orders(block):
            old = stored.get(base.id, [])
            fresh = fresh_windows(book, base, today)
            if len(old) != len(fresh) or any(
                one[:-1] != other for one, other in zip(old, fresh, strict=True)
            ):
                found.changes.append((old, fresh))
                _add_moves(found.moves, base, old, fresh)
    progress(tr("Computing last days anew"), len(orders), len(orders))
    return found


def _add_moves(
    moves: list[Move], base: OrderBase, old: Sequence[Any], fresh: Sequence[Any]
) -> None:
    if len(old) == len(fresh) == 1 and old[0][_RULE] == fresh[0][_RULE]:
        before, after = old[0][_CLOSES] or 0, fresh[0][_CLOSES] or 0
        if before != after:
            moves.append(Move(base.id, old[0][_CASE] or 0, old[0][_RULE], before, after))
        return
    days = _last_days(old)
    later = _last_days(fresh)
    for key in {**days, **later}:
        before, after = days.get(key, 0), later.get(key, 0)
        if before != after:
            moves.append(Move(base.id, *key, before, after))


def _last_days(windows: Iterable[Sequence[Any]]) -> dict[tuple[int, str], int]:
    """The last day of each case and rule; a platform's dispute has its timer's end before it."""
    found: dict[tuple[int, str], int] = {}
    for row in windows:
        key = (row[_CASE] or 0, row[_RULE])
        found[key] = max(found.get(key, 0), row[_CLOSES] or 0)
    return found


def keep_restatement(
    rows: StoreTransaction, found: Restatement, progress: Progress, cancel: CancelToken
) -> None:
    """Writes what differs, in blocks; all of it is one change of the desk.

    Raises:
        Cancelled: `cancel` was set; the transaction takes back what was written.
    """
    size = 10 * BLOCK
    for start in range(0, len(found.changes), size):
        cancel.check()
        progress(tr("Writing last days"), start, len(found.changes))
        rows.windows.put(found.changes[start : start + size])
    if found.changes:
        progress(tr("Writing last days"), len(found.changes), len(found.changes))
