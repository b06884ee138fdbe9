"""The picture of a letterhead: taken from evidence only, and looked at like every exhibit."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from disputedesk.common.errors import NotFound, Refused
from disputedesk.common.texts import tr
from disputedesk.desk.operations.reading import is_dangerous, read_evidence
from disputedesk.desk.secret_words import found_words
from disputedesk.model.agency import Letterhead
from disputedesk.model.case import Evidence
from disputedesk.model.ids import EvidenceId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.context import LetterContext
    from disputedesk.papers.logo import Logo


def check_logo(desk: Desk, head: Letterhead) -> None:
    """Does nothing for a letterhead whose picture may be printed, or that has none.

    Raises:
        NotFound: The picture is not kept as evidence.
        Refused: It is no PNG or JPEG, damaged, too large, or shows a card number or code.
    """
    if head.logo is not None:
        read_evidence(desk, [_kept(desk, head.logo)])
        _logo(desk, head.logo)


def with_logo(desk: Desk, context: LetterContext) -> LetterContext:
    """`context` with the picture of its letterhead.

    Raises:
        Refused: The picture cannot be printed, or shows a card number or code.
    """
    head = context.letterhead
    if head is None or head.logo is None:
        return context
    return dataclasses.replace(context, logo=_logo(desk, head.logo))


def _logo(desk: Desk, number: EvidenceId) -> Logo:
    from disputedesk.papers.logo import TYPES, read_logo

    file = _kept(desk, number)
    if file.media_type not in TYPES:
        raise Refused(
            tr("The picture of a letterhead is a PNG or JPEG."), file.name,
            tr("Choose another picture for the letterhead, or none."),
        )  # fmt: skip
    with desk.store.snapshot() as rows:
        found = rows.suspicions.of_evidence([number])
    bad = next((each for each in found if is_dangerous(each)), None)
    if bad is not None:
        raise Refused(
            tr("{found}; so it does not leave.", found=found_words(bad.kind, bad.place, bad.shown)),
            file.name, tr("Choose another picture for the letterhead, or none."),
        )  # fmt: skip
    return read_logo(desk.vault.read(file.sha256), file.name)


def _kept(desk: Desk, number: EvidenceId) -> Evidence:
    with desk.store.snapshot() as rows:
        found = rows.evidence.find(number)
    if found is None:
        raise NotFound(
            tr("The picture of the letterhead is not in the desk."), str(number),
            tr("Add it as evidence first."),
        )  # fmt: skip
    return found
