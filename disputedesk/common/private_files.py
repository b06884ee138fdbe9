"""Files that only their owner may read, that last, and whose troubles are told in sentences."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr


@contextlib.contextmanager
def told_about_files(place: Path) -> Iterator[None]:
    """Turns what the system says about files at `place` into sentences.

    Raises:
        DeskError: A file could not be read or written.
    """
    try:
        yield
    except OSError as error:
        raise DeskError(
            tr(
                "The file system refused: {reason}.",
                reason=error.strerror or str(error),
            ),
            str(error.filename or place),
            tr("Check that the disk has room and that you may write there, then try again."),
        ) from error


def make_private_folder(folder: Path) -> None:
    """Makes `folder` with mode 0700 whatever the umask; one that exists is closed to others.

    Folders above it that are missing are made likewise.
    """
    if not folder.parent.is_dir():
        make_private_folder(folder.parent)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if os.name == "posix" and folder.stat().st_mode & 0o777 != 0o700:
        folder.chmod(0o700)


def make_private_file(path: Path) -> None:
    """Makes an empty file with mode 0600 whatever the umask; one that exists is left alone."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return
    try:
        _close_to_others(handle)
    finally:
        os.close(handle)


def open_private(path: Path) -> int:
    """A handle on a new file with mode 0600, open for writing.

    Raises:
        FileExistsError: There is such a file.
    """
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    _close_to_others(handle)
    return handle


def _close_to_others(handle: int) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(handle, 0o600)


def sync_folder(folder: Path) -> None:
    """Makes the names in `folder` last through a power cut, where the system knows how."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
