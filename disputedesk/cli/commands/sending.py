"""What `letter` can do beside writing one: finish it, mail it, print several, say it went out."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from disputedesk.cli.session import Session
from disputedesk.cli.values import a_day
from disputedesk.common.errors import Refused
from disputedesk.common.texts import day_text, tr, trn
from disputedesk.desk.operations import mailing, printing
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.targets import write_file
from disputedesk.model.posting import PostingWay
from disputedesk.papers.finish import Finish
from disputedesk.papers.paper import layouts

TEST_SHEET: Final = "test-sheet"
PRINT_FILE: Final = "print-file"
POSTED: Final = "posted"


def fill_sending(letter: argparse.ArgumentParser) -> None:
    """Gives `letter` the arguments of finishing and sending."""
    letter.add_argument(
        "--layout", choices=["recipient", *layouts()],
        help=tr("where the address stands; letter test-sheet prints them"),
    )  # fmt: skip
    letter.add_argument("--delivery", default="", metavar=tr("TEXT"),
                        help=tr("how it is sent, as it is printed on it"))  # fmt: skip
    letter.add_argument("--cc", action="append", default=[], metavar=tr("NAME"),
                        help=tr("who else gets it; may be given several times"))  # fmt: skip
    letter.add_argument("--code", action=argparse.BooleanOptionalAction,
                        help=tr("whether it bears its reference as a QR code"))  # fmt: skip
    letter.add_argument("--mail", type=Path, metavar=tr("FILE"),
                        help=tr("also write a draft mail (.eml) with it attached"))  # fmt: skip
    letter.add_argument("--no-separators", action="store_true",
                        help=tr("after print-file: no sheets between the letters"))  # fmt: skip
    letter.add_argument("--way", choices=[str(way) for way in PostingWay],
                        help=tr("after posted: how it went out"))  # fmt: skip
    letter.add_argument("--on", type=a_day, metavar=tr("DATE"),
                        help=tr("after posted: the day; without it today"))  # fmt: skip
    letter.add_argument("--tracking", default="", metavar=tr("NUMBER"),
                        help=tr("after posted: the number on the receipt"))  # fmt: skip


def finish_of(arguments: argparse.Namespace) -> Finish:
    """What the arguments choose of how a letter is finished."""
    return Finish(arguments.layout, arguments.delivery, tuple(arguments.cc), arguments.code)


def run_test_sheet(session: Session) -> int:
    """Writes the sheet to try printer and envelope with."""
    output = _output(session)
    made = printing.make_test_sheet(
        session.clock, session.arguments.layout, session.arguments.paper
    )
    write_file(output, made.data)
    pages = trn("{count} page", "{count} pages", made.pages)
    session.report.line(f"{output}: {made.title}, {pages}")
    session.report.line(tr("Print at 100 %, without “fit to page”."))
    session.report.answer({"file": output, "pages": made.pages})
    return 0


def run_print_file(session: Session) -> int:
    """Writes the newest letters of several cases as one PDF."""
    output = _output(session)
    with session.desk(create=False) as desk:
        cases = [case_queries.find_case(desk, ref) for ref in session.arguments.more]
        documents = [printing.newest_letter(desk, case) for case in cases]
        made = printing.save_print_job(
            desk, documents, output, separators=not session.arguments.no_separators,
            progress=session.report.progress,
        )  # fmt: skip
    pages = trn("{count} page", "{count} pages", made.pages)
    session.report.line(f"{output}: {pages}")
    session.report.line(tr("Print at 100 %, without “fit to page”."))
    session.report.answer({"file": output, "pages": made.pages, "documents": documents})
    return 0


def run_posted(session: Session) -> int:
    """Records that the newest letters of cases went out."""
    arguments = session.arguments
    if arguments.way is None or not arguments.more:
        raise Refused(
            tr("It was not said what went out, or how."), "letter posted",
            tr("Name the case and --way: {ways}.", ways=", ".join(map(str, PostingWay))),
        )  # fmt: skip
    kept = []
    with session.desk(create=False) as desk:
        cases = [case_queries.find_case(desk, ref) for ref in arguments.more]
        for document in [printing.newest_letter(desk, case) for case in cases]:
            outcome = mailing.record_posting(
                desk, document, way=PostingWay(arguments.way), on=arguments.on or desk.today,
                tracking=arguments.tracking,
            )  # fmt: skip
            kept.append(outcome.value)
    for posting in kept:
        session.report.line(tr("Went out on {day}.", day=day_text(posting.on)))
    session.report.answer({"postings": kept})
    return 0


def _output(session: Session) -> Path:
    output: Path | None = session.arguments.output
    if output is None:
        raise Refused(
            tr("No file was named for the letter."), "letter", tr("Name one with -o FILE.pdf.")
        )
    return output


WORDS: Final = {TEST_SHEET: run_test_sheet, PRINT_FILE: run_print_file, POSTED: run_posted}
"""The words in place of a case."""
