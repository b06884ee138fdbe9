"""`import` and `undo-import`: files in, with a line for everything that was found."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.cli.session import Session
from disputedesk.cli.values import a_number
from disputedesk.common.errors import Refused
from disputedesk.common.texts import mark, tr, trn
from disputedesk.desk.operations import intake
from disputedesk.intake.review import Review, ReviewLine, Verdict
from disputedesk.model.ids import BatchId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_VERDICTS: Final = {
    Verdict.NEW: mark("new"),
    Verdict.UPDATE: mark("update"),
    Verdict.KNOWN: mark("known"),
    Verdict.CONFLICT: mark("conflict"),
    Verdict.UNMATCHED: mark("unmatched"),
    Verdict.NOT_UNDERSTOOD: mark("not understood"),
    Verdict.REFUSED: mark("refused"),
}


def fill(parsers: Mapping[str, argparse.ArgumentParser], shared: argparse.ArgumentParser) -> None:
    """Gives the commands their arguments."""
    del shared
    parser = parsers["import"]
    parser.add_argument("paths", nargs="+", metavar=tr("PATH"), type=Path)
    parser.add_argument(
        "--as", dest="as_kind", metavar=tr("KIND"), help=tr("read the files as this kind")
    )
    parser.add_argument(
        "--dry-run", action="store_true", help=tr("say what would be kept, and keep nothing")
    )
    parser.add_argument("--client", help=tr("whose orders these are; your own by default"))
    parser.set_defaults(run=run_import)
    undo = parsers["undo-import"]
    undo.add_argument("batch", type=a_number, metavar=tr("BATCH"))
    undo.set_defaults(run=run_undo)


def run_import(session: Session) -> int:
    """Reads, reviews and keeps; prints per file what it was and what became of it."""
    arguments = session.arguments
    missing = [path for path in arguments.paths if not path.exists()]
    if missing and len(missing) == len(arguments.paths):
        raise Refused(
            tr("There is no such file or folder."),
            str(missing[0]),
            tr("Check the path and try again."),
        )
    with _desk(session) as desk:
        client = None
        if arguments.client:
            from disputedesk.desk.queries import people

            client = people.find_client(desk, arguments.client)
        review = intake.review_import(
            desk, arguments.paths, as_kind=arguments.as_kind, progress=session.report.progress
        )
        batch = None
        if not arguments.dry_run:
            outcome = intake.keep_import(
                desk, review, client_id=client, progress=session.report.progress
            )
            batch = outcome.value
        _print(session, review, batch)
    return 0


@contextlib.contextmanager
def _desk(session: Session) -> Iterator[Desk]:
    """The desk; where there is none yet, a dry run gets one that goes again with it."""
    from disputedesk.desk.desk import DATABASE, Desk

    if not session.arguments.dry_run or (session.folder / DATABASE).exists():
        with session.desk() as desk:
            yield desk
        return
    with tempfile.TemporaryDirectory(prefix="disputedesk-dry-run-") as folder:
        desk = Desk.open(Path(folder), clock=session.clock)
        try:
            yield desk
        finally:
            desk.close()


def run_undo(session: Session) -> int:
    """Takes one import back."""
    with session.desk(create=False) as desk:
        outcome = intake.undo_import(desk, BatchId(session.arguments.batch))
        session.report.line(outcome.said)
        session.report.answer({"undone": session.arguments.batch})
    return 0


def _print(session: Session, review: Review, batch: BatchId | None) -> None:
    report = session.report
    report.answer({"batch": batch, "files": review.files, "lines": review.lines})
    by_file: dict[str, list[ReviewLine]] = {}
    for line in review.lines:
        by_file.setdefault(line.file, []).append(line)
    for file in review.files:
        report.line(f"{file.name}: {file.what}")
        for line in by_file.get(file.name, []):
            why = f" – {line.why}" if line.why else ""
            report.line(f"  {tr(_VERDICTS[line.verdict])}: {line.what}{why}")
            if line.remedy:
                report.line(f"    {line.remedy}")
    counts = Counter(line.verdict for line in review.lines)
    found = [
        tr("{count} {verdict}", count=counts[each], verdict=tr(text))
        for each, text in _VERDICTS.items()
        if counts[each]
    ]
    report.line()
    report.line(
        trn(
            "{count} file read: {found}",
            "{count} files read: {found}",
            len(review.files),
            found=", ".join(found) or tr("nothing"),
        )
    )
    if batch is not None:
        report.line(tr("Kept as import {batch}; undo-import {batch} takes it back.", batch=batch))
    elif not session.arguments.dry_run:
        report.line(tr("Nothing new was found, so nothing was changed."))
