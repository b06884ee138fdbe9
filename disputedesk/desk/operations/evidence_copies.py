"""A copy of sealed bytes put where the user wants it, however large, and checked on the way."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from disputedesk.common.errors import DamagedDesk
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.targets import whole_file
from disputedesk.model.ids import EvidenceId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_BLOCK: Final = 1 << 20


def save_evidence(
    desk: Desk,
    evidence_id: EvidenceId,
    target: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path:
    """`target`, which now holds the sealed bytes; what was there before stays until all is there.

    Args:
        desk: The desk.
        evidence_id: What is copied: these very bytes, not the redacted copy of them.
        target: The file to write.
        progress: Told in bytes.
        cancel: Stops the work and leaves nothing.

    Raises:
        Refused: It is a file of a desk itself.
        DamagedDesk: The bytes are not what was sealed; nothing was written.
        DeskError: It cannot be written.
    """
    with desk.store.snapshot() as rows:
        evidence = rows.evidence.get(evidence_id)
    with whole_file(target) as out, desk.vault.open(evidence.sha256) as source:
        found = _copied(source, out, evidence.size, progress, cancel or CancelToken())
        _refuse_altered(desk, evidence.sha256, found)
    return target


def _refuse_altered(desk: Desk, sealed: str, found: str) -> None:
    if found != sealed:
        raise DamagedDesk(
            tr("The sealed bytes are not what was sealed: their hash differs."),
            str(desk.vault.path(sealed)),
            tr("Do not send them. Restore them from a backup."),
        )


def _copied(
    source: BinaryIO, out: BinaryIO, size: int, progress: Progress, token: CancelToken
) -> str:
    """The hash of what was copied."""
    digest, done = hashlib.sha256(), 0
    while block := source.read(_BLOCK):
        token.check()
        digest.update(block)
        out.write(block)
        done += len(block)
        progress(tr("Saving a copy"), done, size)
    return digest.hexdigest()
