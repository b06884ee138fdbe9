"""`bundle check FILE…`: eighteen points on any bundle, each in words."""

from __future__ import annotations

import argparse
import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.cli.session import Session
from disputedesk.common.errors import Refused
from disputedesk.common.texts import mark, tr, trn
from disputedesk.papers.checking.checklist import Checklist
from disputedesk.papers.checking.point import Point, Verdict

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

WORD: Final = "check"
_VERDICTS: Final = {
    Verdict.PASSED: mark("in order"),
    Verdict.FAILED: mark("WRONG"),
    Verdict.NOT_APPLICABLE: mark("does not apply"),
    Verdict.UNKNOWN: mark("not checked"),
}


def fill(bundle: argparse.ArgumentParser) -> None:
    """Gives the command `bundle` what its word `check` takes."""
    bundle.add_argument(
        "bundles", nargs="*", type=Path, metavar=tr("FILE"),
        help=tr("after check: the bundles; after profiles: the one to show"),
    )  # fmt: skip
    bundle.add_argument(
        "--against", type=Path, metavar=tr("DIR"),
        help=tr("after check: the folder with the files that the manifest names"),
    )  # fmt: skip
    bundle.add_argument(
        "--ocr", action="store_true", help=tr("after check: read words in pictures too")
    )
    bundle.add_argument(
        "--again", action="store_true",
        help=tr("after check: make it once more from the desk and compare"),
    )  # fmt: skip


def run_bundle_check(session: Session) -> int:
    """Looks at each file; the answer is bad when any point of any file is wrong."""
    arguments = session.arguments
    if not arguments.bundles:
        raise Refused(tr("No bundle was named."), WORD, tr("Name one, as: bundle check bundle.pdf"))
    with contextlib.ExitStack() as kept:
        desk = kept.enter_context(session.desk(create=False)) if arguments.again else None
        checklists = _checked(session, desk)
    session.report.answer({"checks": checklists})
    for checklist in checklists:
        _tell(session, checklist)
    return 1 if any(checklist.failed for checklist in checklists) else 0


def _checked(session: Session, desk: Desk | None) -> tuple[Checklist, ...]:
    from disputedesk.desk.desk import OWN_DESTINATIONS
    from disputedesk.desk.queries.bundle_checks import check_bundles

    arguments = session.arguments
    return check_bundles(
        arguments.bundles,
        destination=arguments.destination or "",
        own=session.folder / OWN_DESTINATIONS,
        against=arguments.against,
        ocr=arguments.ocr,
        again=desk,
        progress=session.report.progress,
    )


def _tell(session: Session, checklist: Checklist) -> None:
    report = session.report
    report.line(str(checklist.file))
    width = max(len(tr(word)) for word in _VERDICTS.values())
    for point in checklist.points:
        report.line(f"{point.number:>4}  {tr(_VERDICTS[point.verdict]).ljust(width)}  {point.name}")
        for line in _told(point):
            report.line(f"{'':6}{'':{width}}  {line}")
    wrong = len(checklist.failed)
    report.line(
        trn("{count} of 18 points is wrong.", "{count} of 18 points are wrong.", wrong)
        if wrong
        else tr("Nothing is wrong.")
    )


def _told(point: Point) -> tuple[str, ...]:
    return (*point.findings, *((f"> {point.remedy}",) if point.remedy else ()))
