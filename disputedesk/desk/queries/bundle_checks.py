"""Whether finished bundles are what they should be: any file, or one that the desk sealed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common import locations
from disputedesk.common.errors import DeskError, NotFound
from disputedesk.common.hashing import sha256_of_file
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.checking.checklist import Beside, Checklist, check_files
from disputedesk.papers.checking.limits import Limits

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.model.ids import DocumentId

_MOST_FILES: Final = 10_000


def check_bundles(
    paths: Sequence[Path],
    *,
    destination: str = "",
    against: Path | None = None,
    ocr: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Checklist, ...]:
    """The eighteen points of each file.

    Args:
        paths: Bundles, or any files; parts of one bundle are best named together.
        destination: Id of the packet profile whose limits count; empty for none.
        against: A folder with the files that the manifest names.
        ocr: Whether words in pictures are read too.
        progress: Told while a file is looked at.
        cancel: Asked many times a second.

    Raises:
        NotFound: There is no such destination.
        DeskError: The folder cannot be read.
    """
    beside = Beside(
        limits=limits_of(destination) if destination else None,
        files=_hashes(against) if against is not None else None,
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


def limits_of(destination: str) -> Limits:
    """What a destination takes in one file, as its packet profile says.

    Raises:
        NotFound: There is no such profile; names those there are.
    """
    folder = locations.resources("packets")
    known = {path.stem: path for path in sorted(folder.glob("*.toml"))}
    if destination not in known:
        raise NotFound(
            tr("There is no destination named {name}.", name=destination), "--for",
            tr("Choose one of: {names}.", names=", ".join(known)),
        )  # fmt: skip
    profile = tomllib.loads(known[destination].read_text(encoding="utf-8"))
    return Limits(
        str(profile["title"]), profile.get("file_bytes"), profile.get("file_pages"),
        profile.get("most_dpi"),
    )  # fmt: skip


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
