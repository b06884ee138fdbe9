"""`rules add, remove, override, diff, adopt, history`: the rules of a desk, changed in the open."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from disputedesk.cli.report import Report
from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day
from disputedesk.common import texts
from disputedesk.common.texts import mark, tr, trn
from disputedesk.model.ids import FactName

if TYPE_CHECKING:
    from disputedesk.desk.adopting import Adopted, Trial
    from disputedesk.desk.changes import Outcome
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.queries.editions import EditionReview, MoveView, PartChange
    from disputedesk.desk.rulebook import Rulebook

_SHOWN: Final = 50
_KINDS: Final = {
    "added": mark("new: {rule}  {title}"),
    "removed": mark("gone: {rule}  {title}"),
    "changed": mark("changed: {rule}  {title}"),
}


def fill(verbs: Any, shared: argparse.ArgumentParser) -> None:
    """Gives `rules` the commands that look at other rules and take them."""

    def verb(name: str, run: Callable[[Session], int], text: str) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = verbs.add_parser(
            name, parents=[shared], help=text, description=text
        )
        parser.set_defaults(run=run)
        return parser

    add = verb("add", run_add, tr("take a pack that is new to the desk"))
    add.add_argument("source", metavar=tr("FILE"), type=Path)
    add.add_argument("--yes", action="store_true", help=tr("even if it moves last days"))
    remove = verb("remove", run_remove, tr("take a pack out of the desk's own folder"))
    remove.add_argument("pack", metavar=tr("PACK"))
    differ = verb("diff", run_diff, tr("what another edition changes, and which orders it moves"))
    differ.add_argument("source", metavar=tr("FILE|FOLDER"), type=Path)
    adopt = verb("adopt", run_adopt, tr("take another edition and compute its orders anew"))
    adopt.add_argument("source", metavar=tr("FILE|FOLDER"), type=Path)
    history = verb("history", run_history, tr("the rules that changed, and what each change moved"))
    history.add_argument("--limit", type=int, default=20, metavar="N")
    own = verb("override", run_override, tr("a limit of your own beside a rule; the stricter wins"))
    own.add_argument("rule", metavar=tr("RULE"))
    own.add_argument("--days", type=int, metavar="N", help=tr("days counted from a fact"))
    own.add_argument("--from", dest="since", metavar=tr("FACT"), help=tr("the fact counted from"))
    own.add_argument("--closes", type=a_day, metavar=tr("DATE"), help=tr("the last day itself"))
    own.add_argument("--order", metavar=tr("REF"), help=tr("for this order alone"))
    own.add_argument("--issuer", default="", metavar=tr("NAME"), help=tr("for this bank's cards"))
    own.add_argument("--looser", action="store_true", help=tr("even if it is later than the rule"))
    own.add_argument("--note", default="", metavar=tr("TEXT"), help=tr("who said so, and where"))


def rulebook_of(session: Session) -> Rulebook:
    """The rules in force: those of the desk where there is one, else the shipped ones."""
    from disputedesk.desk.rulebook import Rulebook

    own = session.folder / "packs"
    return Rulebook.read(own if own.is_dir() else None)


def run_diff(session: Session) -> int:
    """Shows what another edition changes; nothing is kept."""
    from disputedesk.desk.operations import rules

    with session.desk(follow=False) as desk:
        trial = rules.try_edition(desk, session.arguments.source)
        review = _review(session, desk, trial)
    session.report.answer(review)
    _print_review(session.report, review)
    return 0


def run_add(session: Session) -> int:
    """Takes a new pack; 1 when it would move last days and nobody said that it may."""
    from disputedesk.desk.operations import rules

    with session.desk(follow=False) as desk:
        trial = rules.try_edition(desk, session.arguments.source, new=True)
        if not session.arguments.yes:
            review = _review(session, desk, trial)
            if review.moved and not _agreed(session, review):
                session.report.answer({"review": review, "added": []})
                return 1
        outcome = rules.add_packs(desk, trial, progress=session.report.progress)
        _print_outcome(session, desk, outcome, "added")
    return 0


def _agreed(session: Session, review: EditionReview) -> bool:
    """Whether the user, shown what moves, wants it; nobody can be asked in a pipe."""
    _print_review(session.report, review)
    if not session.report.json and sys.stdin.isatty() and session.report.err.isatty():
        session.report.err.write(tr("Add the pack? [y/N] "))
        session.report.err.flush()
        if sys.stdin.readline().strip().lower() in {"y", "yes", tr("y"), tr("yes")}:
            return True
    session.report.line(tr("Nothing was changed. Use --yes to add it all the same."))
    return False


def run_adopt(session: Session) -> int:
    """Takes another edition and says which last days moved."""
    from disputedesk.desk.operations import rules

    with session.desk(follow=False) as desk:
        trial = rules.try_edition(desk, session.arguments.source)
        outcome = rules.adopt_edition(desk, trial, progress=session.report.progress)
        _print_outcome(session, desk, outcome, "adopted")
    return 0


def run_remove(session: Session) -> int:
    """Takes a pack of the desk's own away."""
    from disputedesk.desk.operations import rules

    with session.desk(create=False, follow=False) as desk:
        outcome = rules.remove_pack(desk, session.arguments.pack, progress=session.report.progress)
        _print_outcome(session, desk, outcome, "removed")
    return 0


def run_override(session: Session) -> int:
    """Sets a limit of one's own beside a rule."""
    from disputedesk.desk.operations import rules
    from disputedesk.desk.overriding import Limit
    from disputedesk.desk.queries.orders import find_order

    given = session.arguments
    with session.desk(create=given.order is None, follow=False) as desk:
        limit = Limit(
            given.rule,
            days=given.days,
            since=FactName(given.since) if given.since else None,
            closes=given.closes,
            issuer=given.issuer,
            order=find_order(desk, given.order) if given.order else None,
            looser=given.looser,
            note=given.note,
        )
        outcome = rules.override_rule(desk, limit, progress=session.report.progress)
        _print_outcome(session, desk, outcome, "added")
    return 0


def run_history(session: Session) -> int:
    """Lists the changes of rules, newest first, each with what it moved."""
    from disputedesk.desk.queries import editions

    with session.desk(create=False) as desk:
        acts = editions.rules_history(desk, session.arguments.limit)
    session.report.answer({"history": acts})
    for act in acts:
        session.report.line(f"{texts.day_text(act.at.date())}  {act.said}")
        _print_moves(session.report, act.moves, act.moved)
    if not acts:
        session.report.line(tr("The rules of this desk never changed."))
    return 0


def _review(session: Session, desk: Desk, trial: Trial) -> EditionReview:
    from disputedesk.desk.queries.editions import review_trial

    limit = None if session.report.json else _SHOWN
    return review_trial(desk, trial, limit=limit, progress=session.report.progress)


def _print_outcome(session: Session, desk: Desk, outcome: Outcome[Adopted], done: str) -> None:
    from disputedesk.desk.queries.editions import move_views

    found = outcome.value
    limit = None if session.report.json else _SHOWN
    moves = move_views(desk, found.moves[:limit])
    session.report.answer(
        {done: found.packs, "orders": found.orders, "moved": len(found.moves), "moves": moves}
    )
    session.report.line(outcome.said)
    _print_moves(session.report, moves, len(found.moves))


def _print_review(report: Report, review: EditionReview) -> None:
    for pack in review.packs:
        report.line(
            tr("{title} ({id}): edition {before} → {after}", title=pack.title, id=pack.pack,
               before=pack.edition_before or "–", after=pack.edition_after or "–")
        )  # fmt: skip
        for text in pack.changelog[:1]:
            report.line(f"  {text}")
        _print_parts(report, pack.parts, "  ")
        for rule in pack.rules:
            report.line("  " + tr(_KINDS[rule.kind], rule=rule.rule, title=rule.title))
            if rule.kind == "changed":
                _print_parts(report, rule.parts, "    ")
    report.line(
        trn("{count} order is governed by what changes.",
            "{count} orders are governed by what changes.", review.orders)
    )  # fmt: skip
    _print_moves(report, review.moves, review.moved)


def _print_parts(report: Report, parts: Iterable[PartChange], indent: str) -> None:
    for part in parts:
        report.line(f"{indent}{part.part}: {part.before or '–'} → {part.after or '–'}")


def _print_moves(report: Report, moves: Sequence[MoveView], count: int) -> None:
    if not count:
        report.line(tr("No last day of yours moves."))
        return
    report.line(trn("{count} last day moves:", "{count} last days move:", count))
    for move in moves:
        report.line("  " + _move_text(move))
    if count > len(moves):
        report.line("  " + tr("… and {count} more; --json lists all.", count=count - len(moves)))


def _move_text(move: MoveView) -> str:
    none = tr("none")
    values = {
        "number": move.number,
        "title": move.title,
        "rule": move.rule,
        "before": texts.day_text(move.before) if move.before else none,
        "after": texts.day_text(move.after) if move.after else none,
    }
    if move.case is None:
        return tr("order {number}: {title} ({rule}): {before} → {after}", **values)
    return tr(
        "order {number}, case {case}: {title} ({rule}): {before} → {after}",
        case=move.case, **values,
    )  # fmt: skip
