"""`bundle check FILE…`: eighteen points on any bundle, each in words."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Final

from disputedesk.cli.session import Session
from disputedesk.common.errors import Refused
from disputedesk.common.texts import mark, tr
from disputedesk.papers.checking.checklist import Checklist
from disputedesk.papers.checking.point import Point, Verdict

WORD: Final = "check"
_VERDICTS: Final = {
    Verdict.PASSED: mark("well"),
    Verdict.FAILED: mark("WRONG"),
    Verdict.NOT_APPLICABLE: mark("not there"),
    Verdict.UNKNOWN: mark("not known"),
}


def fill(bundle: argparse.ArgumentParser) -> None:
    """Gives the command `bundle` what its word `check` takes."""
    bundle.add_argument(
        "files", nargs="*", type=Path, metavar=tr("FILE"),
        help=tr("after check: the bundles; after profiles: the one to show"),
    )  # fmt: skip
    bundle.add_argument(
        "--against", type=Path, metavar=tr("DIR"),
        help=tr("after check: the folder with the files that the manifest names"),
    )  # fmt: skip
    bundle.add_argument(
        "--ocr", action="store_true", help=tr("after check: read words in pictures too")
    )


def run_bundle_check(session: Session) -> int:
    """Looks at each file; the answer is bad when any point of any file is wrong."""
    from disputedesk.desk.queries.bundle_checks import check_bundles

    arguments = session.arguments
    if not arguments.files:
        raise Refused(tr("No bundle was named."), WORD, tr("Name one, as: bundle check bundle.pdf"))
    checklists = check_bundles(
        arguments.files,
        destination=getattr(arguments, "destination", "") or "",
        against=arguments.against,
        ocr=arguments.ocr,
        progress=session.report.progress,
    )
    session.report.answer({"checks": checklists})
    for checklist in checklists:
        _tell(session, checklist)
    return 1 if any(checklist.failed for checklist in checklists) else 0


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
        tr("{wrong} of 18 points are wrong.", wrong=wrong) if wrong else tr("Nothing is wrong.")
    )


def _told(point: Point) -> tuple[str, ...]:
    return (*point.findings, *((f"> {point.remedy}",) if point.remedy else ()))
