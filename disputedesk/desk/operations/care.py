"""Looking after the desk: verify, back up, restore."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.errors import DamagedDesk
from disputedesk.common.finding import Finding, Severity
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.targets import refuse_own_file

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


@dataclasses.dataclass(frozen=True, slots=True)
class Verification:
    """What checking a desk found.

    Attributes:
        findings: What is damaged, missing, altered or foreign; notices too.
        checked: What was looked at, in words, with how many of each.
    """

    findings: tuple[Finding, ...]
    checked: tuple[tuple[str, int], ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing is lost or altered; notices do not count."""
        return not any(finding.is_damage for finding in self.findings)


def verify(
    desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Verification:
    """Checks database, ledger, sealed rows and every byte of the vault; repairs nothing.

    Stored windows are compared with freshly computed ones by the tests, not here: they are
    recomputed from facts whenever those change, and hold nothing that could be lost.
    """
    from disputedesk.store.verification import expected_blobs
    from disputedesk.store.verification import verify as verify_store
    from disputedesk.vault.checking import check_vault

    findings = verify_store(desk.folder, progress=progress, cancel=cancel)
    try:
        expected = expected_blobs(desk.folder)
        reader = desk.reader()
        with desk.store.snapshot() as rows:
            entries = rows.ledger.head.count
    except DamagedDesk as damage:
        told = Finding(Severity.DAMAGE, damage.what, damage.where, damage.remedy)
        return Verification(findings or (told,), ())
    findings += check_vault(desk.vault, expected, progress=progress, cancel=cancel)
    checked = (
        (tr("orders"), reader.count_orders(cap=10_000_000)),
        (tr("ledger entries"), entries),
        (tr("sealed files"), len(expected)),
    )
    return Verification(findings, checked)


def backup(
    desk: Desk,
    target: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> int:
    """Writes the whole desk, evidence included, to one file, and reads it back.

    Returns:
        The file's size in bytes.

    Raises:
        DamagedDesk: The desk is damaged; no backup replaced an older one.
        Refused: The file is one of the desk itself.
        DeskError: The file cannot be written.
    """
    from disputedesk.store.backup import backup as write_backup

    refuse_own_file(target)
    return write_backup(desk.folder, target, progress=progress, cancel=cancel).size


def restore(
    file: Path,
    folder: Path,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Path | None:
    """Puts the desk of a backup in `folder`, whole or not at all; the desk there must be closed.

    Returns:
        Where the desk that was there is kept now; `None` when there was none.

    Raises:
        Refused: The file is no sound backup.
    """
    from disputedesk.store.restoring import restore as unpack

    return unpack(file, folder, progress=progress, cancel=cancel)
