"""What a redaction begins with: the original, its pages, former boxes, and what was found."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken
from disputedesk.media.redaction import (
    count_pages,
    found_boxes,
    seen_page,
    takes_boxes,
    takes_masks,
)
from disputedesk.media.redaction_boxes import Box, Unredactable, box_of, boxes_of
from disputedesk.model.case import Evidence
from disputedesk.model.evidence import Derived, Suspicion
from disputedesk.model.ids import EvidenceId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.operations.redacting import RedactionDraft
    from disputedesk.store.transaction import StoreTransaction


@dataclasses.dataclass(frozen=True, slots=True)
class RedactionView:
    """What is known before any box is drawn.

    Attributes:
        original: What the copy is made from.
        pages: Its pages or pictures; 0 for a mail or text, which takes no boxes.
        former: The boxes of the copy that goes out now.
        found: Boxes over what looks like a card number or a code.
        unplaced: What looks like one, but nobody knows where on the page it stands.
    """

    original: Evidence
    pages: int
    former: tuple[Box, ...]
    found: tuple[Box, ...]
    unplaced: tuple[Suspicion, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class SeenPage:
    """A page as points: three bytes each, row by row."""

    page: int
    width: int
    height: int
    rgb: bytes = dataclasses.field(repr=False)


def can_redact(media_type: str) -> bool:
    """Whether a copy with parts removed can be made of such a file."""
    return takes_boxes(media_type) or takes_masks(media_type)


def find_original(rows: StoreTransaction, evidence_id: EvidenceId) -> Evidence:
    """The evidence, or of a redacted copy what it was made from.

    Raises:
        NotFound: There is no such evidence.
    """
    seen: set[EvidenceId] = set()
    while evidence_id not in seen:
        seen.add(evidence_id)
        made = rows.derivations.of_evidence(evidence_id)
        origins = [each.origin for each in made if each.how is Derived.REDACTION]
        if origins:
            evidence_id = origins[-1]
    return rows.evidence.get(evidence_id)


def settled_of(rows: StoreTransaction, evidence_id: EvidenceId) -> frozenset[str]:
    """What somebody said is no secret in this evidence, as it may be shown."""
    return frozenset(
        each.shown
        for each in rows.suspicions.of_evidence([evidence_id])
        if each.settled_on is not None
    )


def redaction_view(
    desk: Desk, evidence_id: EvidenceId, *, cancel: CancelToken | None = None
) -> RedactionView:
    """What is known of evidence before any box is drawn.

    Raises:
        Refused: No box can be drawn on it: it is locked, damaged, too large, or of another kind.
        DamagedDesk: Its bytes are not those that were sealed.
    """
    with desk.store.snapshot() as rows:
        original = find_original(rows, evidence_id)
        settled = settled_of(rows, original.id)
        seen = rows.suspicions.of_evidence([original.id])
        made = rows.derivations.of_origins([original.id], Derived.REDACTION)
    open_ones = [each for each in seen if each.settled_on is None]
    boxes = [box_of(each.page, each.box) for each in open_ones if each.box and each.page > 0]
    unplaced = tuple(each for each in open_ones if not each.box and _is_on_a_page(each))
    former = boxes_of(made[-1].detail) if made else ()
    if not takes_boxes(original.media_type):
        return RedactionView(original, 0, (), (), unplaced)
    path = desk.vault.check(original.sha256)
    try:
        pages = count_pages(path, original.media_type)
        words = found_boxes(path, original.media_type, settled, cancel=cancel)
    except Unredactable as error:
        raise _refused(error, original) from error
    known = {box.page for box in words}
    found = (*words, *(box for box in boxes if not _is_known(box, words)))
    still = tuple(each for each in unplaced if each.page not in known)
    return RedactionView(original, pages, former, found, still)


def _is_on_a_page(each: Suspicion) -> bool:
    """Whether it can be seen; names and details of a file do not come along into a copy."""
    return not each.place.startswith(("name", "metadata"))


def _is_known(box: Box, others: tuple[Box, ...]) -> bool:
    return any(other.covers(box) or box.covers(other) for other in others)


def redaction_page(desk: Desk, evidence_id: EvidenceId, page: int, side: int) -> SeenPage:
    """A page of an original, upright, no side longer than `side` points.

    Raises:
        Refused: It cannot be drawn.
    """
    with desk.store.snapshot() as rows:
        original = find_original(rows, evidence_id)
    try:
        image = seen_page(desk.vault.path(original.sha256), original.media_type, page, side)
    except Unredactable as error:
        raise _refused(error, original) from error
    return SeenPage(page, image.width, image.height, image.convert("RGB").tobytes())


def draft_page(desk: Desk, draft: RedactionDraft, page: int, side: int) -> SeenPage:
    """A page of a copy that is kept nowhere yet, as those see it who are sent it.

    Raises:
        Refused: It cannot be drawn.
    """
    try:
        image = seen_page(draft.copy.data, draft.copy.media_type, page, side)
    except Unredactable as error:
        raise _refused(error, draft.original) from error
    return SeenPage(page, image.width, image.height, image.convert("RGB").tobytes())


def _refused(error: Unredactable, original: Evidence) -> Refused:
    return Refused(str(error), original.name, tr("The original is kept as it is."))
