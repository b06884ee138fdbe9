"""Changing the rules of a desk as one act: files, windows, stamp and ledger together, or nothing.

The windows are computed on a snapshot, so that nobody waits; only what differs is written, in one
transaction. If somebody changed the desk meanwhile, they are computed once more inside it. Stopped
before the commit, everything is as it was; killed between files and commit, the desk knows by its
stamp that its windows are those of the rules before, and computes anew when it is next opened.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, much_at_once
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.own_packs import OwnPacks
from disputedesk.desk.restating import Move, Restatement, governed_orders, keep_restatement, restate
from disputedesk.desk.rulebook import Rulebook
from disputedesk.desk.rules_stamp import SETTING, RulesStamp, changed_packs
from disputedesk.model.ids import CaseId, LedgerId
from disputedesk.packs.files import FACTS_FILE
from disputedesk.packs.pack import PackRefused
from disputedesk.store.values import Subject

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.store.transaction import StoreTransaction

SUBJECT: Final = Subject("rules")
MOVED_ACT: Final = "rules.moved"
_MOVES_PER_ENTRY: Final = 5_000


@dataclasses.dataclass(frozen=True, slots=True)
class Adopted:
    """What a change of rules did.

    Attributes:
        packs: Ids of the packs that came, went or changed.
        orders: How many orders were computed anew.
        moves: The last days that moved.
    """

    packs: tuple[str, ...]
    orders: int
    moves: tuple[Move, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Trial:
    """A change of rules that was thought through and not made yet.

    Attributes:
        files: The desk's own files that change, by name; `None` is taken away.
        before: The rules in force.
        after: The rules that would be.
        stamp: What the windows were computed with; `None` where nobody noted it.
    """

    files: Mapping[str, bytes | None]
    before: Rulebook
    after: Rulebook
    stamp: RulesStamp | None

    @property
    def changed(self) -> frozenset[str] | None:
        """Ids of the packs that change; `None` where every order may be concerned."""
        after = RulesStamp.of(self.after.library)
        since = changed_packs(self.stamp, after)
        now = changed_packs(RulesStamp.of(self.before.library), after)
        return None if since is None or now is None else since | now

    @property
    def unknown(self) -> frozenset[str]:
        """Ids of changed packs of which the rules the windows were computed with are gone.

        One that means other things by its own facts than before counts as such.
        """
        before = RulesStamp.of(self.before.library)
        since = changed_packs(self.stamp, before) or frozenset()
        old = {pack.id: pack.definitions for pack in self.before.library.packs}
        new = {pack.id: pack.definitions for pack in self.after.library.packs}
        meant = {name for name in old.keys() & new.keys() if old[name] != new[name]}
        return since | meant


def try_packs(
    desk: Desk, files: Mapping[str, bytes | None], shown: Mapping[str, str] | None = None
) -> Trial:
    """The rules as they would be with these files in the desk's folder.

    Args:
        desk: The desk.
        files: Bytes by the name they get; `None` is taken away.
        shown: How people know a file, by that name; its own name where it is not there.

    Raises:
        Refused: One of them is no right pack, or makes another one useless.
    """
    told = shown or {}
    for name in files:
        if name == FACTS_FILE:
            raise Refused(
                tr("A desk cannot replace the canonical facts."),
                told.get(name, name),
                tr("Define what is new in the pack that needs it, in a table [fact.NAME]."),
            )
    before = desk.read_rules()
    after = Rulebook.read(desk.packs_folder, instead=files) if files else before
    known = {str(each) for each in before.library.refused}
    for each in after.library.refused:
        if each.file.name in files or str(each) not in known:
            raise _refusal(each, told.get(each.file.name, each.file.name))
    stamp = RulesStamp.read(desk.reader().settings().get(SETTING))
    return Trial(files, before, after, stamp)


def _refusal(refused: PackRefused, name: str) -> Refused:
    """The refusal of a pack as an error: file, rule and key, what is wrong, and what to do."""
    place = ", ".join(part for part in (name, refused.rule, refused.key) if part)
    return Refused(refused.why, place, tr("Nothing was changed. Correct the file and try again."))


def preview(desk: Desk, trial: Trial, progress: Progress, cancel: CancelToken) -> Restatement:
    """What the trial would move; nothing is written."""
    with desk.store.snapshot() as rows:
        return _restate(desk, trial, rows, progress, cancel)


def make_change(
    desk: Desk,
    trial: Trial,
    *,
    act: str,
    said: str,
    progress: Progress,
    cancel: CancelToken,
    actor: str | None = None,
    of: LedgerId | None = None,
) -> Outcome[Adopted]:
    """Makes a change of rules; leaves everything as it was when it is stopped.

    Args:
        desk: The desk.
        trial: What changes.
        act: The act's name in the ledger.
        said: The act in words.
        progress: Told how far it has come.
        cancel: Stops it.
        actor: Who does it; `None` is the user.
        of: The ledger entry that this takes back.

    Raises:
        Cancelled: `cancel` was set.
        DeskError: A file cannot be written.
    """
    with desk.store.snapshot() as rows:
        head = rows.ledger.head
        found = _restate(desk, trial, rows, progress, cancel)
    own = OwnPacks(desk.packs_folder)
    former = {name: own.read(name) for name in trial.files}
    try:
        with own.changed(trial.files), desk.transaction(act) as change:
            if change.rows.ledger.head != head:
                found = _restate(desk, trial, change.rows, progress, cancel)
            keep_restatement(change.rows, found, progress, cancel)
            change.rows.settings.set(SETTING, str(RulesStamp.of(trial.after.library)))
            before: dict[str, object] = {
                "files": _digests(former),
                "packs": _editions(trial.before),
            }
            after: dict[str, object] = {
                "files": _digests(trial.files), "packs": _editions(trial.after),
                "orders": found.orders, "moved": len(found.moves), "said": said,
            }  # fmt: skip
            if of is not None:
                after["of"] = of
            for start in range(0, len(found.moves), _MOVES_PER_ENTRY):
                part = _by_rule(found.moves[start : start + _MOVES_PER_ENTRY])
                change.rows.ledger.append(MOVED_ACT, SUBJECT, None, part, actor=actor)
            entry = change.rows.ledger.append(act, SUBJECT, before, after, actor=actor)
    finally:
        desk.read_rules()
    changes = Changes(
        orders=frozenset(move.order for move in found.moves),
        cases=frozenset(CaseId(move.case) for move in found.moves if move.case),
        settings=frozenset({"rules"}),
    )
    names = tuple(sorted(trial.changed or ()))
    return Outcome(Adopted(names, found.orders, tuple(found.moves)), changes, entry, said)


def _restate(
    desk: Desk, trial: Trial, rows: StoreTransaction, progress: Progress, cancel: CancelToken
) -> Restatement:
    progress(tr("Finding the orders that the rules govern"), 0, 0)
    orders = governed_orders(rows.bases, trial.before, trial.after, trial.changed, trial.unknown)
    with much_at_once():
        return restate(trial.after, rows, orders, desk.today, progress=progress, cancel=cancel)


def _digests(files: Mapping[str, bytes | None]) -> dict[str, str | None]:
    return {
        name: None if data is None else str(sha256_of_bytes(data)) for name, data in files.items()
    }


def _editions(book: Rulebook) -> dict[str, str]:
    return {pack.id: pack.edition for pack in book.library.packs}


def _by_rule(moves: Sequence[Move]) -> dict[str, object]:
    """The moves as the ledger keeps them: by rule, each order, case, before and after."""
    found: dict[str, list[tuple[int, int, int, int]]] = {}
    for move in moves:
        found.setdefault(move.rule, []).append((move.order, move.case, move.before, move.after))
    return dict(found)
