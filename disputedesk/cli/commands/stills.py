"""`evidence still`: a moment of a film as an exhibit."""

from __future__ import annotations

import argparse

from disputedesk.cli.commands import Subparsers
from disputedesk.cli.session import Session
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.desk.operations.stills import keep_stills
from disputedesk.desk.queries import cases as queries
from disputedesk.desk.queries.stills import read_moment


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Gives `evidence` its verb `still`."""
    still = verbs.add_parser(
        "still", parents=[shared], help=tr("keep a moment of a film as an exhibit")
    )
    still.add_argument("case", metavar=tr("CASE"))
    still.add_argument("number", type=int, metavar=tr("EXHIBIT"))
    still.add_argument(
        "--at", required=True, action="append", help=tr("the moment, as 0:12; may be repeated")
    )
    still.set_defaults(run=run_still)


def run_still(session: Session) -> int:
    """Takes moments of a film."""
    arguments = session.arguments
    moments = [read_moment(text) for text in arguments.at]
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        exhibits = queries.case_detail(desk, case_id).exhibits
        film = next((each for each in exhibits if each.number == arguments.number), None)
        if film is None:
            raise NotFound(
                tr("The case has no exhibit {number}.", number=arguments.number),
                arguments.case,
                tr("evidence list shows them all."),
            )
        outcome = keep_stills(desk, film.id, moments, progress=session.report.progress)
        exhibits = queries.case_detail(desk, case_id).exhibits
    session.report.line(outcome.said)
    session.report.answer({"added": outcome.value, "exhibits": exhibits})
    return 0
