"""The vault: bytes in, under their hash; bytes out, by their hash."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import time
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, Final

from disputedesk.common.errors import DamagedDesk, DeskError, NotFound
from disputedesk.common.hashing import Sha256, sha256_of_bytes, sha256_of_file
from disputedesk.common.private_files import make_private_folder, sync_folder, told_about_files
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.vault import locking
from disputedesk.vault.sources import Source, open_source
from disputedesk.vault.transfer import TEMPORARY, TemporaryBlob, copy_hashed, hash_stream

_HASH: Final = re.compile(r"[0-9a-f]{64}")
_READ_ONLY: Final = 0o400
_AT_ONCE: Final = 4
_HEAD: Final = 1 << 16
"""Bytes by which files of one size are told apart before one of them is read for its hash."""


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
        self._sizes: dict[int, list[str]] | None = None

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
        touched: set[Path] = set()
        sealed = self._seal(source, progress, cancel or CancelToken(), touched)
        with told_about_files(self.root):
            for folder in sorted(touched):
                sync_folder(folder)
        return sealed

    def _seal(
        self,
        source: Path | bytes | BinaryIO,
        progress: Progress,
        token: CancelToken,
        touched: set[Path],
    ) -> Sealed:
        """As `seal`, but for the names: the folders that must last still go to `touched`."""
        if isinstance(source, bytes):
            known = sha256_of_bytes(source)
            if self._has(known, len(source)):
                return Sealed(known, len(source), is_new=False)
        with open_source(source) as opened:
            if not isinstance(source, bytes) and self._may_have(opened):
                found, read = hash_stream(opened, progress, token)
                opened.refuse_change(read)
                if self._has(found, read):
                    return Sealed(found, read, is_new=False)
                opened.rewind()
            return self._keep(opened, progress, token, touched)

    def seal_many(
        self,
        sources: Sequence[Path],
        *,
        kept: Callable[[Sealed], object] = lambda _sealed: None,
        cancel: CancelToken | None = None,
    ) -> Generator[Sealed | DeskError, None, None]:
        """Keeps many files, several at once, and gives what became of each, in their order.

        The names of all of them last once the last one was given, not before.

        Args:
            sources: The files.
            kept: Told of each as soon as it is kept, on any thread: one that was kept ahead of its
                turn is never given when the others are cancelled.
            cancel: Stops all of them.

        Raises:
            Cancelled: `cancel` was set.
        """
        token = cancel or CancelToken()
        touched: set[Path] = set()

        def one(source: Path) -> Sealed | DeskError:
            token.check()
            try:
                sealed = self._seal(source, no_progress, token, touched)
            except DeskError as error:
                return error
            kept(sealed)
            return sealed

        with ThreadPoolExecutor(_AT_ONCE, "sealing") as pool:
            waiting = deque(pool.submit(one, source) for source in sources)
            try:
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for left in waiting:
                    left.cancel()
        with told_about_files(self.root):
            for folder in sorted(touched):
                sync_folder(folder)

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
                with contextlib.suppress(FileNotFoundError):  # its owner has just named it
                    if self._was_left(left):
                        left.unlink()
                        removed += 1
        return removed

    def _was_left(self, arriving: Path) -> bool:
        if arriving.is_symlink():
            return False
        return arriving.stat().st_mtime < self._started and locking.is_abandoned(arriving)

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

    def _may_have(self, opened: Source) -> bool:
        """Whether the vault holds something that begins alike and is as long; else it is new."""
        if opened.size is None:
            return False
        alike = self._known_sizes().get(opened.size, ())
        if not alike:
            return False
        buffer = memoryview(bytearray(_HEAD))
        with told_about_files(Path(opened.name)):
            head = bytes(buffer[: opened.read_into(buffer)])
            opened.rewind()
        return any(self._begins(sha256, head) for sha256 in tuple(alike))

    def _begins(self, sha256: str, head: bytes) -> bool:
        """Whether a blob begins with `head`."""
        try:
            with self.path(sha256).open("rb", buffering=0) as stream:
                return stream.read(len(head)) == head
        except OSError:
            return False

    def _known_sizes(self) -> Mapping[int, list[str]]:
        """What is in the vault, by size: a file of none of them need not be read to be new."""
        if self._sizes is None:
            found: dict[int, list[str]] = {}
            for folder in self._folders():
                with os.scandir(folder) as entries:
                    for entry in entries:
                        size = entry.stat(follow_symlinks=False).st_size
                        if _HASH.fullmatch(entry.name):
                            found.setdefault(size, []).append(entry.name)
            self._sizes = found
        return self._sizes

    def _folders(self) -> list[Path]:
        try:
            return [path for path in self.root.iterdir() if len(path.name) == 2 and path.is_dir()]
        except FileNotFoundError:
            return []

    def _keep(
        self, opened: Source, progress: Progress, token: CancelToken, touched: set[Path]
    ) -> Sealed:
        with told_about_files(self.root):
            make_private_folder(self.root)
        with TemporaryBlob(self.root) as blob:
            sha256, size = copy_hashed(opened, blob, progress, token)
            opened.refuse_change(size)
            is_new = not self._has(sha256, size)
            if is_new:
                with told_about_files(self.root):
                    self._put(blob, self.path(sha256), touched)
        if self._sizes is not None and is_new:
            self._sizes.setdefault(size, []).append(sha256)
        return Sealed(sha256, size, is_new=is_new)

    def _put(self, blob: TemporaryBlob, target: Path, touched: set[Path]) -> None:
        if not target.parent.is_dir():
            make_private_folder(target.parent)
            touched.add(self.root)
        blob.finish(_READ_ONLY)
        blob.rename(target)
        touched.add(target.parent)
