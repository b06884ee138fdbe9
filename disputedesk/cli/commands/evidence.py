"""`evidence`: keep files for a case, list what is kept."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from disputedesk.cli.commands import arranging, evidence_out, finding, stills, suggestions
from disputedesk.cli.commands.redacting import add_redact
from disputedesk.cli.session import Session
from disputedesk.common import texts
from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.texts import mark, tr
from disputedesk.desk.operations import evidence as operations
from disputedesk.desk.operations import exhibits as exhibit_operations
from disputedesk.desk.operations.evidence import Added, AddedLine, Came, Source, Streamed
from disputedesk.desk.queries import cases as queries
from disputedesk.model.case import Exhibit

_CAME: Final = {
    Came.ADDED: mark("added"),
    Came.KNOWN: mark("known"),
    Came.PUT_BACK: mark("put back"),
    Came.REFUSED: mark("refused"),
}


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    parser = parsers["evidence"]
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", parents=[shared], help=tr("keep files as exhibits of a case"))
    add.add_argument("case", metavar=tr("CASE"))
    add.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=tr("FILE"),
        help=tr("a file, or - for what is piped in"),
    )
    add.add_argument(
        "--recursive", action="store_true", help=tr("take the files in folders, to any depth")
    )
    add.add_argument("--name", metavar=tr("NAME"), help=tr("what the bytes piped in are called"))
    add.add_argument("--caption", help=tr("what is seen, one line, for all of them"))
    add.add_argument("--kind", default="", help=tr("what it is: photo, chat, tracking, …"))
    finding.add_ocr(add)
    add.set_defaults(run=run_add)
    listing = verbs.add_parser("list", parents=[shared], help=tr("the exhibits of a case"))
    listing.add_argument("case", metavar=tr("CASE"))
    listing.set_defaults(run=run_list)
    stills.fill(verbs, shared)
    suggestions.fill(verbs, shared)
    evidence_out.fill(verbs, shared)
    finding.fill(verbs, shared)
    arranging.fill(verbs, shared)
    add_redact(verbs, shared)


def run_add(session: Session) -> int:
    """Seals files and numbers them as exhibits; 1 when one of them was refused."""
    arguments = session.arguments
    with session.desk(create=False) as desk:
        case_id = queries.find_case(desk, arguments.case)
        outcome = operations.add_files(
            desk,
            case_id,
            [_source(session, path) for path in arguments.files],
            folders=arguments.recursive,
            progress=session.report.progress,
        )
        added = outcome.value
        _refuse_nothing(added, arguments.files)
        for exhibit_id in added.exhibits:
            if arguments.caption or arguments.kind:
                exhibit_operations.set_exhibit(
                    desk, exhibit_id, caption=arguments.caption, kind=arguments.kind or None
                )
        exhibits = queries.case_detail(desk, case_id).exhibits
        if len(added.lines) > 1 or any(line.why for line in added.lines):
            session.report.table([_cells(line) for line in added.lines])
        session.report.line(outcome.said)
        finding.tell_found(session, desk, case_id, pictures=arguments.ocr)
    session.report.answer({"added": added.exhibits, "lines": added.lines, "exhibits": exhibits})
    return 1 if added.count(Came.REFUSED) else 0


def _source(session: Session, path: Path) -> Source:
    """What a word of the command means: a file, or the standard input.

    Raises:
        Refused: Nothing is piped in.
    """
    if str(path) != "-":
        return path
    if sys.stdin is None or sys.stdin.isatty():
        raise Refused(
            tr("Nothing is piped in."), "-", tr("Name a file, or pipe the bytes into the command.")
        )
    return Streamed(session.arguments.name or tr("piped in"), sys.stdin.buffer)


def _refuse_nothing(added: Added, files: list[Path]) -> None:
    """Does nothing where something was kept or there are lines to read; one file is an error.

    Raises:
        DeskError: The one thing that was given was refused.
    """
    if len(added.lines) == 1 and added.lines[0].came is Came.REFUSED:
        line = added.lines[0]
        raise DeskError(line.why, str(files[0]), line.remedy)


def _cells(line: AddedLine) -> tuple[str, ...]:
    name = line.name
    if line.mail:
        name = tr("{name}, out of {mail}", name=name, mail=line.mail)
    number = str(line.number) if line.number else ""
    remark = " ".join(part for part in (line.why, line.remedy) if part)
    return number, tr(_CAME[line.came]), f"{name}: {remark}" if remark else name


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
                _standing(exhibit),
            )
            for exhibit in exhibits
        ]
    )
    if not exhibits:
        session.report.line(tr("No exhibits yet."))
    return 0


def _standing(exhibit: Exhibit) -> str:
    """What must be known of an exhibit beside what it shows."""
    if exhibit.withdrawn_at is not None:
        return tr("withdrawn")
    return tr("a redacted copy goes out in its place") if exhibit.copy is not None else ""
