"""`evidence sort`, `evidence says`, `evidence whose`: suggestions, and taking them."""

from __future__ import annotations

import argparse
from pathlib import Path

from disputedesk.cli.commands import Subparsers
from disputedesk.cli.session import Session
from disputedesk.common.texts import tr
from disputedesk.desk.operations.suggestions import name_exhibits
from disputedesk.desk.queries import cases as queries
from disputedesk.desk.queries.mentions import mentions_of
from disputedesk.desk.queries.sorting import suggest_kinds, whose_files
from disputedesk.desk.steps import exhibit_kinds


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Gives `evidence` its three verbs."""
    sort = verbs.add_parser(
        "sort", parents=[shared], help=tr("what the exhibits most likely show; --take names them")
    )
    sort.add_argument("case", metavar=tr("CASE"))
    sort.add_argument("--take", action="store_true", help=tr("take all suggestions"))
    sort.set_defaults(run=run_sort)
    says = verbs.add_parser(
        "says", parents=[shared], help=tr("days and sums in the exhibits that are not recorded")
    )
    says.add_argument("case", metavar=tr("CASE"))
    says.set_defaults(run=run_says)
    whose = verbs.add_parser(
        "whose", parents=[shared], help=tr("which orders and cases files belong to")
    )
    whose.add_argument("files", nargs="+", type=Path, metavar=tr("FILE"))
    whose.set_defaults(run=run_whose)


def run_sort(session: Session) -> int:
    """Suggests what the exhibits show, and names them so if asked."""
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, session.arguments.case)
        found = suggest_kinds(desk, case_id, progress=session.report.progress)
        said = ""
        if session.arguments.take and found:
            said = name_exhibits(desk, case_id, {s.exhibit.id: s.kind for s in found}).said
    titles = dict(exhibit_kinds())
    session.report.answer({"suggestions": found, "taken": bool(said)})
    session.report.table(
        [(str(s.exhibit.number), titles[s.kind], s.exhibit.evidence.name, s.why) for s in found]
    )
    session.report.line(said or ("" if found else tr("There is nothing to suggest.")))
    return 0


def run_says(session: Session) -> int:
    """Tells what the exhibits mention and the case does not know."""
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, session.arguments.case)
        found = mentions_of(desk, case_id)
    session.report.answer({"mentions": found})
    for view in found:
        session.report.line(view.sentence)
        session.report.line(f"    {view.fact}: {' / '.join(view.shown)} · “{view.around}”")
    if not found:
        session.report.line(tr("There is nothing to suggest."))
    return 0


def run_whose(session: Session) -> int:
    """Tells which order and case each file names."""
    with session.desk(create=False) as desk:
        found = whose_files(desk, session.arguments.files)
    session.report.answer({"files": found})
    for guess in found:
        if guess.order is None:
            session.report.line(tr("{name}: names no order.", name=guess.path.name))
            continue
        cases = ", ".join(tr("case {number}", number=case.number) for case in guess.cases)
        session.report.line(
            tr("{name}: order {number}. {why}", name=guess.path.name, number=guess.order.number,
               why=f"{guess.why} {cases}".strip())
        )  # fmt: skip
    return 0
