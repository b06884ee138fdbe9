"""Whether finished bundles are what they should be: any file, or one that the desk sealed."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.errors import DeskError
from disputedesk.common.hashing import sha256_of_file
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.operations.bundles import order_again
from disputedesk.papers.checking.checklist import Beside, Checklist, check_files
from disputedesk.papers.checking.limits import Limits

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.ids import DocumentId
    from disputedesk.papers.bundle import BundleOrder

_MOST_FILES: Final = 10_000


def check_bundles(
    paths: Sequence[Path],
    *,
    destination: str = "",
    against: Path | None = None,
    ocr: bool = False,
    again: Desk | None = None,
    own: Path | None = None,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Checklist, ...]:
    """The eighteen points of each file.

    Args:
        paths: Bundles, or any files; parts of one bundle are best named together.
        destination: Id of the packet profile whose limits count; empty for none.
        against: A folder with the files that the manifest names.
        ocr: Whether words in pictures are read too.
        again: The desk that made the one bundle and makes it again; `None` for none.
        own: The folder of the desk's own destinations; `None` for the shipped ones alone.
        progress: Told while a file is looked at.
        cancel: Asked many times a second.

    Raises:
        NotFound: There is no such destination.
        DeskError: The folder cannot be read.
    """
    beside = Beside(
        limits=limits_of(destination, own) if destination else None,
        files=_hashes(against) if against is not None else None,
        again=_made_again(again, paths[0]) if again is not None else None,
    )
    return check_files(paths, beside, ocr=ocr, progress=progress, cancel=cancel)


def check_document(
    desk: Desk, document_id: DocumentId, *, progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Checklist:  # fmt: skip
    """The eighteen points of a sealed bundle, its manifest compared with the vault.

    Raises:
        DamagedDesk: The sealed bytes are not those that were sealed.
    """
    with desk.store.snapshot() as rows:
        document = rows.documents.get(document_id)
        kept = rows.evidence.list()
    beside = Beside(files={evidence.sha256: evidence.name for evidence in kept})
    path = desk.vault.check(document.sha256)
    (checklist,) = check_files([path], beside, progress=progress, cancel=cancel)
    return checklist


def _made_again(desk: Desk, path: Path) -> tuple[str, str] | None:
    """Hashes of two more makings of a bundle; `None` where the desk did not make it as one file."""
    if not path.is_file():
        return None
    with desk.store.snapshot() as rows:
        document = rows.documents.find_by_hash(sha256_of_file(path))
        record = rows.bundles.find(document.id) if document is not None else None
    if document is None or record is None:
        return None
    order = order_again(desk, document, record)
    return _written(desk, order), _written(desk, order)


def _written(desk: Desk, order: BundleOrder) -> str:
    from disputedesk.papers.pdf.bundle import write_bundle

    with tempfile.TemporaryDirectory(dir=desk.folder, prefix=".bundle-") as room:
        made = write_bundle(order, Path(room) / "bundle.pdf")
        return sha256_of_file(made.parts[0].path)


def limits_of(destination: str, own: Path | None = None) -> Limits:
    """What a destination takes in one file, as its packet profile says.

    Args:
        destination: The profile's id.
        own: The folder of the desk's own profiles; `None` for the shipped ones alone.

    Raises:
        NotFound: There is no such profile.
    """
    from disputedesk.papers.packets.profile_files import load_profiles

    profile = load_profiles(own).get(destination)
    return Limits(tr(profile.title), profile.bytes_of_one, profile.pages_of_one, profile.most_dpi)


def _hashes(folder: Path) -> Mapping[str, str]:
    """SHA-256 and name of each plain file in a folder and below it."""
    try:
        return {sha256_of_file(path): path.name for path in _files(folder)}
    except OSError as error:
        raise DeskError(
            tr("The folder cannot be read: {why}.", why=error.strerror or error), str(folder),
            tr("Name the folder that holds the files of the exhibits."),
        ) from error  # fmt: skip


def _files(folder: Path) -> Iterator[Path]:
    for count, path in enumerate(sorted(folder.rglob("*"))):
        if count >= _MOST_FILES:
            return
        if path.is_file() and not path.is_symlink():
            yield path
