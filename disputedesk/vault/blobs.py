"""The vault: bytes in, under their hash; bytes out, by their hash."""

from __future__ import annotations

import dataclasses
import os
import re
import time
from pathlib import Path
from typing import BinaryIO, Final

from disputedesk.common.errors import DamagedDesk, NotFound
from disputedesk.common.hashing import Sha256, sha256_of_bytes, sha256_of_file
from disputedesk.common.private_files import make_private_folder, sync_folder, told_about_files
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.vault import locking
from disputedesk.vault.sources import Source, open_source
from disputedesk.vault.transfer import TEMPORARY, TemporaryBlob, copy_hashed, hash_stream

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_READ_ONLY: Final = 0o400


@dataclasses.dataclass(frozen=True, slots=True)
class Sealed:
    """Bytes that are kept.

    Attributes:
        is_new: Whether they were not in the vault before.
    """

    sha256: Sha256
    size: int
    is_new: bool


class Vault:
    """The sealed bytes of one desk. Any number of threads and programs may use it at once.

    Args:
        folder: The desk's folder; the bytes are in `vault` inside it.
    """

    def __init__(self, folder: Path) -> None:
        self.root = folder / "vault"
        self._started = time.time()
        self._sizes: set[int] | None = None

    def seal(
        self,
        source: Path | bytes | BinaryIO,
        *,
        progress: Progress = no_progress,
        cancel: CancelToken | None = None,
    ) -> Sealed:
        """Keeps the bytes of `source`, which stays as it is; on any error nothing new is left.

        Bytes that are there already are read once and not written.

        Raises:
            Refused: The source is no plain file, is a link, or changed while it was read.
            DeskError: The source cannot be read, or the vault cannot be written.
            Cancelled: `cancel` was set.
        """
        token = cancel or CancelToken()
        if isinstance(source, bytes):
            known = sha256_of_bytes(source)
            if self._has(known, len(source)):
                return Sealed(known, len(source), is_new=False)
        with open_source(source) as opened:
            if opened.size is not None and opened.size in self._known_sizes():
                found, read = hash_stream(opened, progress, token)
                opened.refuse_change(read)
                if self._has(found, opened.size):
                    return Sealed(found, opened.size, is_new=False)
                opened.rewind()
            return self._keep(opened, progress, token)

    def path(self, sha256: str) -> Path:
        """Where the bytes with this hash are, or would be.

        Raises:
            NotFound: `sha256` is no hash.
        """
        if not _HASH.fullmatch(sha256):
            raise NotFound(tr("{text} is not the name of sealed bytes.", text=repr(sha256)))
        return self.root / sha256[:2] / sha256

    def holds(self, sha256: str) -> bool:
        """Whether bytes are kept under this hash."""
        return self.path(sha256).is_file()

    def open(self, sha256: str) -> BinaryIO:
        """The bytes with this hash, open for reading; the caller closes them.

        Raises:
            NotFound: They are not in the vault.
        """
        path = self.path(sha256)
        with told_about_files(path):
            try:
                return path.open("rb")
            except FileNotFoundError as error:
                raise NotFound(
                    tr("The sealed bytes are missing from the vault."),
                    str(path),
                    tr("Restore them from a backup: run verify to see what else is missing."),
                ) from error

    def read(self, sha256: str) -> bytes:
        """All bytes with this hash, checked against it.

        Raises:
            NotFound: They are not in the vault.
            DamagedDesk: They are not what was sealed.
        """
        with self.open(sha256) as stream:
            data = stream.read()
        if sha256_of_bytes(data) != sha256:
            raise self._altered(sha256)
        return data

    def check(self, sha256: str) -> Path:
        """Where the bytes are, after their hash was computed again.

        Raises:
            NotFound: They are not in the vault.
            DamagedDesk: They are not what was sealed.
        """
        self.open(sha256).close()
        path = self.path(sha256)
        if sha256_of_file(path) != sha256:
            raise self._altered(sha256)
        return path

    def discard(self, sha256: str) -> None:
        """Takes bytes out that nothing names; the caller holds the desk's one writing place.

        Raises:
            DeskError: They cannot be removed.
        """
        path = self.path(sha256)
        with told_about_files(path):
            path.unlink(missing_ok=True)

    def sweep(self) -> int:
        """Removes what interrupted copies left before this vault was opened; gives how many."""
        removed = 0
        with told_about_files(self.root):
            for left in self.root.glob(f"{TEMPORARY}*"):
                if left.stat().st_mtime < self._started and locking.is_abandoned(left):
                    left.unlink(missing_ok=True)
                    removed += 1
        return removed

    def _altered(self, sha256: str) -> DamagedDesk:
        return DamagedDesk(
            tr("The sealed bytes are not what was sealed: their hash differs."),
            str(self.path(sha256)),
            tr("Do not send them. Restore them from a backup."),
        )

    def _has(self, sha256: str, size: int) -> bool:
        try:
            return self.path(sha256).stat().st_size == size
        except FileNotFoundError:
            return False

    def _known_sizes(self) -> set[int]:
        """The sizes in the vault: a file of none of them need not be read to be found new."""
        if self._sizes is None:
            found: set[int] = set()
            for folder in self._folders():
                with os.scandir(folder) as entries:
                    found.update(entry.stat(follow_symlinks=False).st_size for entry in entries)
            self._sizes = found
        return self._sizes

    def _folders(self) -> list[Path]:
        try:
            return [path for path in self.root.iterdir() if len(path.name) == 2 and path.is_dir()]
        except FileNotFoundError:
            return []

    def _keep(self, opened: Source, progress: Progress, token: CancelToken) -> Sealed:
        with told_about_files(self.root):
            make_private_folder(self.root)
        with TemporaryBlob(self.root) as blob:
            sha256, size = copy_hashed(opened, blob, progress, token)
            opened.refuse_change(size)
            is_new = not self._has(sha256, size)
            if is_new:
                with told_about_files(self.root):
                    self._put(blob, self.path(sha256))
        if self._sizes is not None:
            self._sizes.add(size)
        return Sealed(sha256, size, is_new=is_new)

    def _put(self, blob: TemporaryBlob, target: Path) -> None:
        fresh = not target.parent.is_dir()
        make_private_folder(target.parent)
        blob.finish(_READ_ONLY)
        blob.rename(target)
        sync_folder(target.parent)
        if fresh:
            sync_folder(self.root)
