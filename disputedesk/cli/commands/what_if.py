"""`--what-if FACT=VALUE`: the answer as it is beside the answer as it would be."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from disputedesk.cli.report import Report
from disputedesk.common.texts import tr
from disputedesk.desk import words

if TYPE_CHECKING:
    from disputedesk.desk.queries.what_if import BeforeAfter


def add_what_if(parser: argparse.ArgumentParser) -> None:
    """Gives a command the option."""
    parser.add_argument(
        "--what-if",
        action="append",
        metavar="FACT=VALUE",
        default=[],
        help=tr("the answer for facts changed in thought; nothing is kept"),
    )


def print_what_if(report: Report, answer: BeforeAfter) -> None:
    """Prints what would move, and the plan before and after."""
    report.answer(answer)
    if not answer.moved:
        report.line(tr("No window would move."))
    for one in answer.moved:
        report.line(f"{one.rule}  {one.title}")
        report.line("    " + tr("now: {state}", state=words.window_text(one.before)))
        report.line("    " + tr("then: {state}", state=words.window_text(one.after)))
    report.line()
    if answer.after.next_reason:
        report.line(tr("Next, then: {reason}", reason=answer.after.next_reason))
    report.line(tr("If you do nothing, now: {sentence}", sentence=answer.before.nothing))
    report.line(tr("If you do nothing, then: {sentence}", sentence=answer.after.nothing))
