"""The file of a bundle begun early: pictures go into it while the pages around them are set.

Where an object stands in a PDF is free, so what is known first can be written first. Only the
number of an object is not known before the document is saved: room is left for it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from disputedesk.papers.pdf.blobs import TAIL, Blob, key_of, told_of

_HEADER: Final = b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n"
"""What a saved document begins with; put in place of it by `begin` once that is known."""

_ROOM: Final = 12
"""Bytes left for the number of an object and the end of the line before it."""

_FLUSHED: Final = 32 << 20
"""So many bytes are written before the disk is asked to begin with them."""


class Ahead:
    """A bundle's file while it has no pages yet; its blobs are written on a thread of its own.

    Args:
        path: The file; made anew.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.out = path.open("wb")
        self.out.write(_HEADER)
        self._writing = ThreadPoolExecutor(1, "writing")
        self._flushing = ThreadPoolExecutor(1, "flushing")
        self._places: dict[tuple[Blob, str], Future[int]] = {}
        self._flushes: list[Future[None]] = []
        self._unflushed = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writing.shutdown(cancel_futures=True)
        self._flushing.shutdown(cancel_futures=True)
        self.out.close()

    def write(self, blob: Blob, entries: Mapping[str, Any], data: bytes) -> Future[int] | None:
        """Has a blob written, once; `data` is its whole file. `None` where it was asked before."""
        key = key_of(blob, entries)
        if key in self._places:
            return None
        self._places[key] = self._writing.submit(self._write, blob, entries, memoryview(data))
        return self._places[key]

    def begin(self, header: bytes) -> int:
        """Puts the saved document's `header` at the beginning; gives where the next byte goes.

        Raises:
            OSError: What was written early could not be.
            ValueError: The header is of another length.
        """
        for place in self._places.values():
            place.result()
        for flush in self._flushes:
            flush.result()
        if len(header) != len(_HEADER):
            message = "the saved document begins in another way than expected"
            raise ValueError(message)
        end = self.out.tell()
        self.out.seek(0)
        self.out.write(header)
        self.out.seek(end)
        return end

    def name(self, blob: Blob, entries: Mapping[str, Any], number: bytes) -> int | None:
        """Where the object of a blob begins, once `number` was put there; `None` if it is not."""
        place = self._places.get(key_of(blob, entries))
        if place is None:
            return None
        end = self.out.tell()
        start = place.result() + _ROOM - len(number)
        self.out.seek(start - 1)
        self.out.write(b"\n" + number)
        self.out.seek(end)
        return start

    def holds_only(self, blobs: list[tuple[Blob, Mapping[str, Any]]]) -> bool:
        """Whether everything written early is among `blobs`."""
        return self._places.keys() <= {key_of(*each) for each in blobs}

    def _write(self, blob: Blob, entries: Mapping[str, Any], data: memoryview) -> int:
        """Writes an object without its number; gives where the room for that begins."""
        place = self.out.tell()
        self.out.write(b" " * _ROOM + told_of(blob, entries))
        for start, end in blob.ranges:
            self.out.write(data[start:end])
        self.out.write(TAIL)
        self._unflushed += blob.length
        if self._unflushed >= _FLUSHED and all(each.done() for each in self._flushes[-1:]):
            self._unflushed = 0
            self.out.flush()
            sync = getattr(os, "fdatasync", os.fsync)
            self._flushes.append(self._flushing.submit(sync, self.out.fileno()))
        return place
