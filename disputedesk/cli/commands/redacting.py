"""`evidence redact`: a copy of an exhibit with parts removed, which goes out in its place."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from disputedesk.cli.session import Session
from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr, trn
from disputedesk.desk.queries import cases as queries

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.queries.redaction import RedactionView
    from disputedesk.media.redaction_boxes import Box
    from disputedesk.model.case import Exhibit


def add_redact(
    verbs: argparse._SubParsersAction[argparse.ArgumentParser], shared: argparse.ArgumentParser
) -> None:
    """Gives the command its arguments."""
    parser = verbs.add_parser(
        "redact",
        parents=[shared],
        help=tr("remove parts of an exhibit in a copy, which goes out in its place"),
    )
    parser.add_argument("case", metavar=tr("CASE"))
    parser.add_argument("exhibit", type=int, metavar=tr("EXHIBIT"))
    parser.add_argument(
        "--box",
        action="append",
        default=[],
        metavar=tr("PAGE:LEFT,TOP,RIGHT,BOTTOM"),
        help=tr("what to remove, in parts of the upright page (0.25) or percent (25%%)"),
    )
    parser.add_argument(
        "--found", action="store_true",
        help=tr("remove every card number and code that was found"),
    )  # fmt: skip
    parser.add_argument(
        "--anew", action="store_true",
        help=tr("do not begin with the boxes of the copy before"),
    )  # fmt: skip
    parser.set_defaults(run=run_redact)


def run_redact(session: Session) -> int:
    """Makes, proves and seals a redacted copy of an exhibit."""
    from disputedesk.desk.operations.redacting import draft_redaction, keep_redaction
    from disputedesk.desk.queries.redaction import redaction_view

    arguments = session.arguments
    boxes = [_box(text) for text in arguments.box]
    with session.desk(create=False) as desk:
        exhibit = _exhibit(desk, arguments.case, arguments.exhibit)
        view = redaction_view(desk, exhibit.evidence.id)
        if not arguments.anew:
            boxes += view.former
        if arguments.found:
            boxes += view.found
            _refuse_nothing_found(view, boxes)
        progress = session.report.progress
        draft = draft_redaction(desk, exhibit.evidence.id, boxes, progress=progress)
        outcome = keep_redaction(desk, draft)
    session.report.line(outcome.said)
    for note in draft.copy.notes:
        session.report.line(note)
    session.report.line(
        tr("The original stays sealed; the copy goes out in its place as exhibit {number}.",
           number=exhibit.number)
    )  # fmt: skip
    if view.unplaced and view.pages:
        session.report.notice(_unplaced(len(view.unplaced)))
    session.report.answer(
        {
            "exhibit": exhibit.number,
            "copy": outcome.value,
            "boxes": draft.copy.boxes,
            "proof": draft.proof,
            "notes": draft.copy.notes,
        }
    )
    return 0


def _exhibit(desk: Desk, case: str, number: int) -> Exhibit:
    """The exhibit of a case with this number.

    Raises:
        NotFound: There is none.
    """
    for exhibit in queries.case_detail(desk, queries.find_case(desk, case)).exhibits:
        if exhibit.number == number:
            return exhibit
    raise NotFound(
        tr("This case has no exhibit {number}.", number=number),
        case,
        tr("evidence list names the exhibits there are."),
    )


def _refuse_nothing_found(view: RedactionView, boxes: list[Box]) -> None:
    """Does nothing where there is something to cover.

    Raises:
        Refused: No card number or code has a known place.
    """
    if boxes or not view.pages:
        return
    if view.unplaced:
        raise Refused(
            _unplaced(len(view.unplaced)), view.original.name, tr("Say where with --box.")
        )
    raise Refused(
        tr("No card number or code was found in this exhibit."),
        view.original.name,
        tr("Say with --box what else is to be removed."),
    )


def _unplaced(count: int) -> str:
    return trn(
        "{count} card number or code was seen, but not where on the page it stands.",
        "{count} card numbers or codes were seen, but not where on the page they stand.",
        count,
    )


def _box(text: str) -> Box:
    """A box as it is typed: `1:10%,20%,50%,25%`.

    Raises:
        Refused: It is no box.
    """
    from disputedesk.media.redaction_boxes import box_of

    page, colon, rest = text.partition(":")
    try:
        sides = [_side(each) for each in rest.split(",")]
        if colon and len(sides) == 4:
            return box_of(int(page), sides)
    except ValueError:
        pass
    raise Refused(
        tr("“{text}” is no box.", text=text),
        "--box",
        tr("Write page, left, top, right and bottom, as in 1:10%,20%,50%,25%."),
    )


def _side(text: str) -> float:
    """A side as a part of the page; percent where it says so.

    Raises:
        ValueError: It is no number, or beyond the page.
    """
    plain = text.strip()
    part = float(plain.removesuffix("%")) / (100 if plain.endswith("%") else 1)
    if not 0 <= part <= 1:
        raise ValueError(text)
    return part
