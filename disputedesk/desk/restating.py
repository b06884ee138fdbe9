"""Windows computed anew because rules changed: of which orders, and which last days moved."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.deadlines.rule import AllOf, AnyOf, Comparison, Condition, FactTest
from disputedesk.desk.recomputing import BLOCK, fresh_windows
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import OrderId

if TYPE_CHECKING:
    from disputedesk.packs.pack import Pack
    from disputedesk.store.repositories.bases import OrderBase, OrderBases
    from disputedesk.store.transaction import StoreTransaction

Test: TypeAlias = tuple[str, tuple[FactValue, ...]]
"""A fact and the values of which it has to be one."""
_NARROWEST: Final = ("order_ref", "issuer")
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
    bases: OrderBases, books: Iterable[Rulebook], changed: Collection[str] | None
) -> list[OrderId]:
    """The orders that changed packs may move, by number; `None` for `changed` is every order.

    Those with a stored window of such a pack, and those for which its gate may open. A gate that
    no column answers lets every order in.
    """
    if changed is None:
        return sorted(bases.all_orders())
    found = bases.with_rules(changed)
    for book in books:
        for pack in book.library.packs:
            if pack.id not in changed:
                continue
            tests = _reach(pack)
            if tests is None:
                return sorted(bases.all_orders())
            for name, values in tests:
                found |= bases.with_fact(name, values)
    return sorted(found)


def _reach(pack: Pack) -> tuple[Test, ...] | None:
    """Tests of which an order must pass one to be governed; `None` where none can be named."""
    tests: dict[Test, None] = {}
    for rule in pack.rules:
        both = [part for part in (rule.concerns, rule.pack_concerns) if part is not None]
        narrowed = _tests(AllOf(tuple(both)))
        if narrowed is None:
            return None
        tests.update(dict.fromkeys(narrowed))
    return tuple(tests)


def _tests(condition: Condition) -> tuple[Test, ...] | None:
    match condition:
        case FactTest(comparison=Comparison.IS | Comparison.IN):
            return ((condition.fact, condition.values),)
        case AllOf():
            found = [each for part in condition.parts if (each := _tests(part)) is not None]
            return min(found, key=_width, default=None)
        case AnyOf():
            parts = [_tests(part) for part in condition.parts]
            known = [each for each in parts if each is not None]
            if len(known) < len(parts):
                return None
            return tuple(test for each in known for test in each)
        case _:
            return None


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
