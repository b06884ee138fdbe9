"""What another edition of the rules changes: rule by rule in words, and which orders it moves."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.adopting import MOVED_ACT, SUBJECT, Trial, preview
from disputedesk.desk.restating import Move
from disputedesk.desk.rule_parts import parts_of_rule, source_words
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.ids import CaseId, OrderId
from disputedesk.packs.pack import Pack

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction
    from disputedesk.store.values import LedgerEntry


@dataclasses.dataclass(frozen=True, slots=True)
class PartChange:
    """One part of a rule or pack before and after, in words; empty where it said nothing."""

    part: str
    before: str
    after: str


@dataclasses.dataclass(frozen=True, slots=True)
class RuleChange:
    """A rule of two editions.

    Attributes:
        kind: `added`, `removed` or `changed`.
    """

    rule: str
    title: str
    kind: str
    parts: tuple[PartChange, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class PackChange:
    """A pack of two editions.

    Attributes:
        kind: `added`, `removed` or `changed`.
        parts: What differs in its head and its sources.
        changelog: What the new edition says of itself.
    """

    pack: str
    title: str
    kind: str
    edition_before: str
    edition_after: str
    parts: tuple[PartChange, ...]
    rules: tuple[RuleChange, ...]
    changelog: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class MoveView:
    """A last day that moves, as it is shown.

    Attributes:
        case: The number people call the case by; `None` where there is none.
        before: `None` where there was no last day; `after` likewise.
    """

    order: OrderId
    number: str
    order_title: str
    case: int | None
    rule: str
    title: str
    before: dt.date | None
    after: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True)
class EditionReview:
    """Everything that a change of rules would do."""

    packs: tuple[PackChange, ...]
    orders: int
    moved: int
    moves: tuple[MoveView, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class RulesAct:
    """One change of rules that was made, and what it moved."""

    at: dt.datetime
    actor: str
    act: str
    said: str
    orders: int
    moved: int
    moves: tuple[MoveView, ...]


def review_trial(
    desk: Desk,
    trial: Trial,
    *,
    limit: int | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> EditionReview:
    """What a change of rules would do; nothing is written.

    Args:
        desk: The desk.
        trial: The change.
        limit: The most moved days to show; `None` is all of them.
        progress: Told how far it has come.
        cancel: Stops it.
    """
    found = preview(desk, trial, progress, cancel or CancelToken())
    shown = move_views(desk, found.moves[:limit], (trial.after, trial.before))
    return EditionReview(pack_changes(trial), found.orders, len(found.moves), shown)


def pack_changes(trial: Trial) -> tuple[PackChange, ...]:
    """What differs between the rules in force and those on trial, pack by pack."""
    before = {pack.id: pack for pack in trial.before.library.packs}
    after = {pack.id: pack for pack in trial.after.library.packs}
    return tuple(
        _pack_change(trial, before.get(name), after.get(name))
        for name in {**before, **after}
        if name not in before or name not in after or before[name].digest != after[name].digest
    )


def _pack_change(trial: Trial, before: Pack | None, after: Pack | None) -> PackChange:
    shown = after or before
    assert shown is not None  # one of the two has the pack
    old, new = _rules_of(trial.before, before), _rules_of(trial.after, after)
    rules = [
        change for name in {**old, **new} if (change := _rule_change(name, old, new)) is not None
    ]
    return PackChange(
        pack=shown.id,
        title=tr(shown.title),
        kind=_kind(before is not None, after is not None),
        edition_before="" if before is None else before.edition,
        edition_after="" if after is None else after.edition,
        parts=tuple(_differences(_head_of(before), _head_of(after))),
        rules=tuple(rules),
        changelog=() if after is None else after.changelog,
    )


def _kind(was: bool, is_now: bool) -> str:
    if was and is_now:
        return "changed"
    return "added" if is_now else "removed"


def _head_of(pack: Pack | None) -> dict[str, str]:
    if pack is None:
        return {}
    sources = {tr("Source {key}", key=each.key): source_words(each) for each in pack.sources}
    return {
        tr("Edition"): pack.edition,
        tr("Title"): tr(pack.title),
        tr("Last checked"): pack.checked_on.isoformat(),
        tr("Layer"): str(pack.layer),
        **sources,
    }


def _rules_of(book: Rulebook, pack: Pack | None) -> dict[str, dict[str, str]]:
    if pack is None:
        return {}
    return {rule.id: parts_of_rule(rule, book.catalogue) for rule in pack.rules}


def _rule_change(
    name: str, old: Mapping[str, dict[str, str]], new: Mapping[str, dict[str, str]]
) -> RuleChange | None:
    parts = tuple(_differences(old.get(name, {}), new.get(name, {})))
    if not parts:
        return None
    title = (new.get(name) or old[name])[tr("Title")]
    return RuleChange(name, title, _kind(name in old, name in new), parts)


def _differences(before: Mapping[str, str], after: Mapping[str, str]) -> Iterable[PartChange]:
    for part in {**before, **after}:
        old, new = before.get(part, ""), after.get(part, "")
        if old != new:
            yield PartChange(part, old, new)


def move_views(
    desk: Desk, moves: Sequence[Move], books: Sequence[Rulebook] = ()
) -> tuple[MoveView, ...]:
    """Moved days as people read them: orders and cases by their numbers, rules by their titles."""
    with desk.store.snapshot() as rows:
        return _views(rows, moves, books or (desk.rulebook,))


def _views(
    rows: StoreTransaction, moves: Sequence[Move], books: Sequence[Rulebook]
) -> tuple[MoveView, ...]:
    orders = rows.bases.names({move.order for move in moves})
    cases = rows.bases.case_numbers({CaseId(move.case) for move in moves if move.case})
    titles: dict[str, str] = {}
    for move in moves:
        if move.rule not in titles:
            known = [rule for book in books if (rule := book.rules.find(move.rule))]
            titles[move.rule] = tr(known[0].title) if known else move.rule
    return tuple(
        MoveView(
            move.order,
            *orders.get(move.order, ("", "")),
            cases.get(CaseId(move.case)),
            move.rule,
            titles[move.rule],
            _day(move.before),
            _day(move.after),
        )
        for move in moves
    )


def _day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal else None


def rules_history(desk: Desk, limit: int = 20) -> tuple[RulesAct, ...]:
    """The changes of rules that were made on this desk, newest first, with what each moved."""
    with desk.store.snapshot() as rows:
        entries = rows.ledger.of(SUBJECT, limit=limit * 4)
        found = [entry for entry in entries if entry.act != MOVED_ACT][:limit]
        return tuple(_act(rows, entry, (desk.rulebook,)) for entry in found)


def _act(rows: StoreTransaction, entry: LedgerEntry, books: Sequence[Rulebook]) -> RulesAct:
    moves = [
        Move(OrderId(order), case, rule, before, after)
        for each in reversed(rows.ledger.of_step(entry.step))
        if each.act == MOVED_ACT
        for rule, lines in (each.after or {}).items()
        if isinstance(lines, list)
        for order, case, before, after in lines
    ]
    values: Mapping[str, object] = entry.after or {}
    return RulesAct(
        entry.at,
        entry.actor,
        entry.act,
        str(values.get("said", "")),
        int(str(values.get("orders", 0))),
        int(str(values.get("moved", 0))),
        _views(rows, sorted(moves), books),
    )
