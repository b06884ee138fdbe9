"""`evidence find`, `scan` and `settle`: what kept files say, and what they must not show."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from disputedesk.cli.session import Session
from disputedesk.common.texts import tr, trn
from disputedesk.desk.operations import reading as operations
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries import evidence_search, suspicions

if TYPE_CHECKING:
    from disputedesk.cli.commands import Subparsers
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.queries.suspicions import SuspicionView
    from disputedesk.model.ids import CaseId


def fill(verbs: Subparsers, shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    find = verbs.add_parser("find", parents=[shared], help=tr("evidence by any word of it"))
    find.add_argument("text", nargs="+", metavar=tr("TEXT"))
    find.add_argument("--most", type=int, default=20, metavar=tr("COUNT"))
    find.set_defaults(run=run_find)
    scan = verbs.add_parser("scan", parents=[shared], help=tr("card numbers and codes in evidence"))
    scan.add_argument("case", nargs="?", metavar=tr("CASE"))
    add_ocr(scan)
    scan.set_defaults(run=run_scan)
    settle = verbs.add_parser(
        "settle", parents=[shared], help=tr("say that something found is no secret")
    )
    settle.add_argument("number", type=int, metavar=tr("NUMBER"))
    settle.add_argument("--again", action="store_true", help=tr("let it count again"))
    settle.set_defaults(run=run_settle)


def add_ocr(parser: argparse.ArgumentParser) -> None:
    """Gives a command the option to read pictures too."""
    parser.add_argument(
        "--ocr", action="store_true", help=tr("read the words of pictures too (needs tesseract)")
    )


def run_find(session: Session) -> int:
    """Lists evidence that holds all the words, with where it does."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        read_all(session, desk, pictures=False)
        hits = evidence_search.find_evidence(desk, " ".join(arguments.text), limit=arguments.most)
    session.report.answer({"found": hits})
    for hit in hits:
        places = ", ".join(
            tr("case {case}, exhibit {number}", case=place.case_number, number=place.number)
            for place in hit.shown
        )
        session.report.line(f"{hit.name}  {places or tr('in no case')}")
        session.report.line(f"    {hit.snippet}")
    if not hits:
        session.report.line(tr("Nothing was found."))
    return 0 if hits else 1


def run_scan(session: Session) -> int:
    """Lists what was found in evidence; 1 when something would leave that must not."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        read_all(session, desk, pictures=arguments.ocr)
        if arguments.case:
            found = suspicions.suspicions_of(desk, case_queries.find_case(desk, arguments.case))
        else:
            found = suspicions.all_suspicions(desk)
    session.report.answer({"found": found})
    session.report.table([_row(each) for each in found])
    if not found:
        session.report.line(tr("No card number and no code was found."))
    return 1 if any(each.would_leave for each in found) else 0


def _row(each: SuspicionView) -> tuple[str, ...]:
    place = tr("in no case")
    if each.exhibit is not None:
        place = tr("case {case}, exhibit {number}", case=each.case, number=each.number)
    text = tr("{found} (settled)", found=each.text) if each.settled else each.text
    return (str(each.id), place, each.name, text)


def run_settle(session: Session) -> int:
    """Notes that what was found is no secret."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        outcome = operations.settle_suspicion(desk, arguments.number, settled=not arguments.again)
    session.report.line(outcome.said)
    session.report.answer({"said": outcome.said})
    return 0


def read_all(session: Session, desk: Desk, *, pictures: bool) -> None:
    """Reads what nobody has read yet; without tesseract it says that pictures stay unread."""
    if pictures:
        from disputedesk.media.ocr import can_read_pictures

        if not can_read_pictures():
            session.report.notice(
                tr("Pictures cannot be read here: install tesseract and the languages you need.")
            )
    operations.read_new_evidence(desk, pictures=pictures, progress=session.report.progress)


def tell_found(session: Session, desk: Desk, case_id: CaseId, *, pictures: bool) -> None:
    """Reads what was added, and says in words what must be hidden before it leaves."""
    read_all(session, desk, pictures=pictures)
    found = [each for each in suspicions.suspicions_of(desk, case_id) if not each.settled]
    for each in found:
        session.report.notice(each.line)
    dangerous = sum(each.is_dangerous for each in found)
    if dangerous:
        session.report.line(
            trn(
                "{count} thing must be hidden before it leaves; “disputedesk evidence scan” "
                "lists it.",
                "{count} things must be hidden before they leave; “disputedesk evidence scan” "
                "lists them.",
                dangerous,
            )
        )
