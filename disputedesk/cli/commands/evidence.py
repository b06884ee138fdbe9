"""`evidence`: keep files for a case, list what is kept."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from disputedesk.cli.commands import stills, suggestions
from disputedesk.cli.session import Session
from disputedesk.common import texts
from disputedesk.common.texts import tr
from disputedesk.desk.operations import evidence as operations
from disputedesk.desk.operations import exhibits as exhibit_operations
from disputedesk.desk.queries import cases as queries


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    parser = parsers["evidence"]
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", parents=[shared], help=tr("keep files as exhibits of a case"))
    add.add_argument("case", metavar=tr("CASE"))
    add.add_argument("files", nargs="+", type=Path, metavar=tr("FILE"))
    add.add_argument("--caption", help=tr("what is seen, one line, for all of them"))
    add.add_argument("--kind", default="", help=tr("what it is: photo, chat, tracking, …"))
    add.set_defaults(run=run_add)
    listing = verbs.add_parser("list", parents=[shared], help=tr("the exhibits of a case"))
    listing.add_argument("case", metavar=tr("CASE"))
    listing.set_defaults(run=run_list)
    stills.fill(verbs, shared)
    suggestions.fill(verbs, shared)


def run_add(session: Session) -> int:
    """Seals files and numbers them as exhibits."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        outcome = operations.add_evidence(
            desk, case_id, arguments.files, progress=session.report.progress
        )
        for exhibit_id in outcome.value:
            if arguments.caption or arguments.kind:
                exhibit_operations.set_exhibit(
                    desk, exhibit_id, caption=arguments.caption, kind=arguments.kind or None
                )
        exhibits = queries.case_detail(desk, case_id).exhibits
    session.report.line(outcome.said)
    session.report.answer({"added": outcome.value, "exhibits": exhibits})
    return 0


def run_list(session: Session) -> int:
    """Lists the exhibits in printing order."""
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, session.arguments.case)
        exhibits = queries.case_detail(desk, case_id).exhibits
    session.report.answer({"exhibits": exhibits})
    session.report.table(
        [
            (
                str(exhibit.number),
                exhibit.evidence.sha256[:12],
                exhibit.evidence.media_type,
                texts.day_text(exhibit.evidence.added_at.date()),
                exhibit.caption or exhibit.evidence.name,
            )
            for exhibit in exhibits
        ]
    )
    if not exhibits:
        session.report.line(tr("No exhibits yet."))
    return 0
