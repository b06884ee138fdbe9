"""Redacted copies: made, proven, sealed, and from then on sent in place of the original.

What is sealed stays sealed: a copy is not taken back, because undoing it would let the original go
out again without a word. A copy that hides too much or too little is replaced by a newer one; the
newest goes out, and it begins with the boxes of the one before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.queries.redaction import find_original, settled_of
from disputedesk.media.redaction import Redacted, redact
from disputedesk.media.redaction_boxes import Box, Unredactable, boxes_text
from disputedesk.model.case import Evidence
from disputedesk.model.evidence import Arrival, Derivation, Derived, Way
from disputedesk.model.ids import EvidenceId
from disputedesk.store.values import Subject
from disputedesk.vault import clean_name

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.transaction import Transaction
    from disputedesk.media.redaction_proof import Proof

_ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "application/pdf": ".pdf",
}
_BY: Final = "user"


@dataclasses.dataclass(frozen=True, slots=True)
class RedactionDraft:
    """A copy that was proven and is kept nowhere yet.

    Attributes:
        original: What it was made from.
        copy: The copy.
        proof: What was looked at and found empty.
    """

    original: Evidence
    copy: Redacted
    proof: Proof


def draft_redaction(
    desk: Desk,
    evidence_id: EvidenceId,
    boxes: Sequence[Box],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> RedactionDraft:
    """A copy without what is under the boxes, proven and kept nowhere; the original is only read.

    Args:
        desk: The desk.
        evidence_id: The original, or a copy of it.
        boxes: What to remove; of a mail or text its secrets are removed instead.
        progress: Told after every page.
        cancel: Asked between pages.

    Raises:
        Refused: No copy can be made, or something would be left in it; says which page.
        DamagedDesk: The original's bytes are not those that were sealed.
    """
    from disputedesk.media.redaction_proof import prove

    with desk.store.snapshot() as rows:
        original = find_original(rows, evidence_id)
        settled = settled_of(rows, original.id)
    path = desk.vault.check(original.sha256)
    try:
        copy = redact(path, original.media_type, boxes, progress=progress, cancel=cancel)
        proof = prove(copy, settled, progress=progress, cancel=cancel)
    except Unredactable as error:
        raise Refused(
            str(error), original.name, tr("The original is kept as it is; no copy was made.")
        ) from error
    return RedactionDraft(original, copy, proof)


def keep_redaction(desk: Desk, draft: RedactionDraft) -> Outcome[EvidenceId]:
    """Seals a proven copy; from now on it goes out wherever the original would have.

    Raises:
        Refused: It is the same as the original: there was nothing to remove.
    """
    original, copy = draft.original, draft.copy
    sealed = desk.vault.seal(copy.data)
    if sealed.sha256 == original.sha256:
        raise Refused(
            tr("Nothing had to be removed: the copy is the same as the original."), original.name
        )
    with desk.transaction("evidence.redact") as change:
        kept = change.rows.evidence.add(
            Evidence(
                EvidenceId(0), sealed.sha256, sealed.size, _name_of(draft), copy.media_type,
                desk.clock.now(), captured_at=original.captured_at,
                captured_from=original.captured_from,
                origin=tr("redacted copy of {name}", name=original.name),
            )
        )  # fmt: skip
        _tell_where_from(desk, change, original, kept, boxes_text(copy.boxes))
        change.touch_evidence((original.id, kept.id))
        for exhibit in change.rows.exhibits.of_evidence(original.id):
            case = change.rows.cases.get(exhibit.case)
            change.touch_case(case.id, case.order, windows=False)
        said = said_of_proof(draft)
        after = {"copy": kept.id, "boxes": len(copy.boxes), "said": said}
        change.note(Subject("evidence", original.id), None, after)
    return Outcome(kept.id, change.changes, None, said)


def said_of_proof(draft: RedactionDraft) -> str:
    """What was done and how it was proven, in one sentence."""
    name, boxes = draft.original.name, draft.proof.boxes
    if not boxes:
        return tr("{name}: no card number or code can be read in the copy.", name=name)
    if draft.proof.seen:
        return trn(
            "{name}: nothing is left under {count} box. Pixels, words and details of the copy were "
            "read again, and the page as a picture.",
            "{name}: nothing is left under {count} boxes. Pixels, words and details of the copy "
            "were read again, and the pages as pictures.",
            boxes, name=name,
        )  # fmt: skip
    return trn(
        "{name}: nothing is left under {count} box. Pixels, words and details of the copy were "
        "read again.",
        "{name}: nothing is left under {count} boxes. Pixels, words and details of the copy were "
        "read again.",
        boxes, name=name,
    )  # fmt: skip


def _name_of(draft: RedactionDraft) -> str:
    """The original's name with a word that it is not the original; it may go to a platform."""
    ending = _ENDINGS.get(draft.copy.media_type, ".txt")
    stem = PurePath(draft.original.name).stem
    return clean_name(f"{stem[:90]}-redacted{ending}")


def _tell_where_from(
    desk: Desk, change: Transaction, original: Evidence, kept: Evidence, boxes: str
) -> None:
    """Notes that the copy came from here, and what it was made of."""
    now = desk.clock.now()
    change.rows.arrivals.add(
        Arrival(
            0, kept.id, now, _BY, Way.MADE, kept.name, captured_at=original.captured_at,
            captured_from=original.captured_from,
        )
    )  # fmt: skip
    change.rows.derivations.add(
        Derivation(0, kept.id, original.id, Derived.REDACTION, boxes, now, _BY)
    )
