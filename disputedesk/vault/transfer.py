"""Copying and hashing in one pass: a second thread hashes a block while the next one is read.

A third one brings what was written so far to the disk meanwhile, so that the last wait is short.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Final, Protocol, Self

from disputedesk.common.hashing import Sha256
from disputedesk.common.private_files import open_private, told_about_files
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress
from disputedesk.vault import locking
from disputedesk.vault.sources import Source

TEMPORARY: Final = ".arriving-"
_BLOCK: Final = 1 << 20
_BUFFERS: Final = 8
_SMALL: Final = 8 << 20
"""So short a file is hashed between reading and writing: several of them are under way at once."""

_FLUSHED: Final = 32 << 20
"""So many bytes are written before the disk is asked to begin with them."""


class _Sink(Protocol):
    def write(self, data: memoryview) -> None:
        """Takes a block; MUST be done with it when it returns."""
        ...


class TemporaryBlob:
    """A new file in the vault that is gone at the end of the block unless it was renamed."""

    def __init__(self, root: Path) -> None:
        self._path = root / f"{TEMPORARY}{os.getpid()}-{secrets.token_hex(8)}"
        self._handle = -1
        self._unflushed = 0
        self._flushing: threading.Thread | None = None
        self._failed: OSError | None = None

    def __enter__(self) -> Self:
        with told_about_files(self._path):
            self._handle = open_private(self._path)
            locking.hold(self._handle)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        with contextlib.suppress(FileNotFoundError):
            self._path.unlink()

    def write(self, data: memoryview) -> None:
        """Adds bytes.

        Raises:
            DeskError: The disk is full or refuses.
        """
        with told_about_files(self._path):
            while data:
                written = os.write(self._handle, data)
                self._unflushed += written
                data = data[written:]
        if self._unflushed >= _FLUSHED and not (self._flushing and self._flushing.is_alive()):
            self._unflushed = 0
            self._flushing = threading.Thread(target=self._flush, name="flushing")
            self._flushing.start()

    def finish(self, mode: int) -> None:
        """Brings every byte to the disk and sets who may do what with the file."""
        self._await_flush()
        if self._failed is not None:
            raise self._failed
        os.fsync(self._handle)
        if hasattr(os, "fchmod"):
            os.fchmod(self._handle, mode)
        self._close()

    def rename(self, target: Path) -> None:
        """Gives the file its lasting name."""
        self._path.replace(target)

    def _flush(self) -> None:
        """Has the disk begin with what was written.

        A failure is kept: the system tells it once, so the last `fsync` would not tell it again.
        """
        try:
            getattr(os, "fdatasync", os.fsync)(self._handle)
        except OSError as error:
            self._failed = error

    def _await_flush(self) -> None:
        if self._flushing is not None:
            self._flushing.join()
            self._flushing = None

    def _close(self) -> None:
        self._await_flush()
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


class _Nowhere:
    def write(self, data: memoryview) -> None:
        """Takes the block and forgets it."""


def hash_stream(source: Source, progress: Progress, cancel: CancelToken) -> tuple[Sha256, int]:
    """Hash and size of the source, read once and written nowhere."""
    return _pass(source, _Nowhere(), progress, cancel)


def copy_hashed(
    source: Source, sink: _Sink, progress: Progress, cancel: CancelToken
) -> tuple[Sha256, int]:
    """Copies the source and gives hash and size of just the bytes that were written.

    Raises:
        DeskError: Reading or writing failed.
        Cancelled: `cancel` was set.
    """
    return _pass(source, sink, progress, cancel)


def _pass(
    source: Source, sink: _Sink, progress: Progress, cancel: CancelToken
) -> tuple[Sha256, int]:
    digest = hashlib.sha256()
    done = 0
    with _hashing(digest, source.size) as hashing:
        while True:
            cancel.check()
            buffer = hashing.free_buffer()
            with told_about_files(Path(source.name)):
                count = source.read_into(buffer)
            if count == 0:
                break
            hashing.take(buffer[:count])
            sink.write(buffer[:count])
            done += count
            source.refuse_more(done)
            progress(tr("Copying {name}", name=Path(source.name).name), done, source.size or 0)
    return Sha256(digest.hexdigest()), done


class _Hashing:
    """Hashes blocks in their order, with a pool on another thread, and hands out their memory."""

    def __init__(self, digest: hashlib._Hash, pool: ThreadPoolExecutor | None) -> None:
        self._digest = digest
        self._pool = pool
        self._buffers: list[memoryview] = []
        self._begun: deque[Future[None]] = deque()
        self._turn = -1

    def free_buffer(self) -> memoryview:
        """Memory for the next block; what was in it is hashed."""
        self._turn = (self._turn + 1) % (1 if self._pool is None else _BUFFERS)
        if self._turn == len(self._buffers):
            self._buffers.append(memoryview(bytearray(_BLOCK)))
        elif self._begun:
            self._begun.popleft().result()
        return self._buffers[self._turn]

    def take(self, block: memoryview) -> None:
        """Hashes a block, now or meanwhile."""
        if self._pool is None:
            self._digest.update(block)
        else:
            self._begun.append(self._pool.submit(self._digest.update, block))


@contextlib.contextmanager
def _hashing(digest: hashlib._Hash, size: int | None) -> Iterator[_Hashing]:
    if size is not None and size <= _SMALL:
        yield _Hashing(digest, None)
        return
    with ThreadPoolExecutor(1, "hashing") as pool:
        yield _Hashing(digest, pool)
