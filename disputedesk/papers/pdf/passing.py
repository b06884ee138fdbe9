"""Pictures passed through: each file read once, and hashed and written while it is looked at."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from disputedesk.common.hashing import Sha256, sha256_of_bytes
from disputedesk.papers.pdf.ahead import Ahead
from disputedesk.papers.pdf.pictures import Picture

_HELD: Final = 16 << 20
"""Bytes of earlier files that may wait in memory when the next one is read."""

_START: Final = 0.002
"""Seconds that are given to a hash to begin: what looks for marks lets nobody begin meanwhile."""


class Passing:
    """Reads files for one bundle; two threads of its own hash and write what was read.

    Args:
        ahead: Takes the pictures' bytes; `None` where it is not known yet to which file they go.
    """

    def __init__(self, ahead: Ahead | None) -> None:
        self._ahead = ahead
        self._hashing = ThreadPoolExecutor(1, "hashing")
        self._hashes: dict[Path, Future[Sha256]] = {}
        self._held: deque[tuple[int, list[Future[Any]]]] = deque()
        self._last: tuple[Path, bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._hashing.shutdown(cancel_futures=True)

    def read(self, path: Path) -> bytes:
        """The bytes of a file, their hash under way."""
        self._last = None
        self._make_room(path.stat().st_size)
        data = path.read_bytes()
        begun = threading.Event()
        found = self._hashes[path] = self._hashing.submit(_hashed, data, begun)
        begun.wait(_START)
        self._held.append((len(data), [found]))
        self._last = (path, data)
        return data

    def write(self, pictures: Sequence[Picture]) -> None:
        """Has those of the pictures written that are parts of the file that was read last."""
        if self._last is None:
            return
        (path, data), self._last = self._last, None
        for picture in pictures:
            if self._ahead is not None and picture.blob.path == path:
                begun = self._ahead.write(picture.blob, picture.entries, data)
                self._held[-1][1].extend([begun] if begun is not None else [])

    def find_hash(self, path: Path) -> Future[Sha256] | None:
        """The hash of a file as it was read here; `None` if it was not."""
        return self._hashes.get(path)

    def _make_room(self, size: int) -> None:
        """Waits until no more is held than may be; what failed is told where it is asked for."""
        while self._held and sum(held for held, _ in self._held) + size > max(_HELD, size):
            wait(self._held.popleft()[1])


def _hashed(data: bytes, begun: threading.Event) -> Sha256:
    begun.set()
    return sha256_of_bytes(data)
