"""`evidence arrange`: the exhibits of a case in order of section and day."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from disputedesk.cli.session import Session
from disputedesk.common.texts import tr
from disputedesk.desk.operations.exhibits import arrange_exhibits
from disputedesk.desk.queries import cases as queries

if TYPE_CHECKING:
    Verbs = argparse._SubParsersAction[argparse.ArgumentParser]


def fill(verbs: Verbs, shared: argparse.ArgumentParser) -> None:
    """Adds the sub-command."""
    arrange = verbs.add_parser(
        "arrange", parents=[shared], help=tr("put the exhibits in order: by section, then by day")
    )
    arrange.add_argument("case", metavar=tr("CASE"))
    arrange.set_defaults(run=run_arrange)


def run_arrange(session: Session) -> int:
    """Puts the exhibits in order and lists them."""
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, session.arguments.case)
        outcome = arrange_exhibits(desk, case_id)
        exhibits = queries.case_detail(desk, case_id).exhibits
    session.report.line(outcome.said)
    session.report.answer({"exhibits": exhibits})
    session.report.table(
        [(str(each.number), each.caption or each.evidence.name) for each in exhibits]
    )
    return 0
