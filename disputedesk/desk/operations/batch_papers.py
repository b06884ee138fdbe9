"""The papers of a batch on their way out: printed together, saved, or attached to draft mails.

Only what somebody looked at leaves, unless the user says that the rest may too.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.operations.mailing import save_mail
from disputedesk.desk.operations.printing import print_job
from disputedesk.desk.placing import placing
from disputedesk.desk.queries.batches import papers_to_leave

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.pdf.rendered import RenderedPdf


def print_batch(
    desk: Desk, batch: int, *, unseen: bool = False, separators: bool = True,
    progress: Progress = no_progress, cancel: CancelToken | None = None,
) -> RenderedPdf:  # fmt: skip
    """The papers of a batch as one PDF, a sheet before each that says whose it is.

    Raises:
        Refused: None was looked at, or they are texts without pages.
    """
    papers = papers_to_leave(desk, batch, unseen=unseen)
    return print_job(desk, [each.id for each in papers], separators=separators, progress=progress,
                     cancel=cancel)  # fmt: skip


def save_batch(desk: Desk, batch: int, folder: Path, *, unseen: bool = False) -> tuple[Path, ...]:
    """Writes the papers of a batch into a folder, all or none; each name bears its case.

    Raises:
        Refused: None was looked at.
        DeskError: The folder cannot be written; nothing new is in it.
    """
    papers = papers_to_leave(desk, batch, unseen=unseen)
    return _put(folder, [(each.name, desk.vault.check(each.sha256)) for each in papers])


def mail_batch(
    desk: Desk, batch: int, folder: Path, *, unseen: bool = False,
    progress: Progress = no_progress, cancel: CancelToken | None = None,
) -> tuple[Path, ...]:  # fmt: skip
    """Writes one draft mail for each paper of a batch into a folder, all or none; sends nothing.

    Raises:
        Refused: None was looked at.
        DeskError: The folder cannot be written; nothing new is in it.
    """
    papers = papers_to_leave(desk, batch, unseen=unseen)
    with tempfile.TemporaryDirectory() as rough:
        files = []
        for number, each in enumerate(papers, start=1):
            if cancel is not None:
                cancel.check()
            name = f"{Path(each.name).stem}.eml"
            save_mail(desk, each.id, Path(rough) / name)
            files.append((name, Path(rough) / name))
            progress(tr("Writing draft mails"), number, len(papers))
        return _put(folder, files)


def _put(folder: Path, files: Sequence[tuple[str, Path]]) -> tuple[Path, ...]:
    with placing(folder, files) as put:
        put()
    return tuple(folder / name for name, _ in files)
