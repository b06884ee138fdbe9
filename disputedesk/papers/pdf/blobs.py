"""Bytes that go into a PDF as they are: told as ranges of a file, copied once, when it is written.

A PDF library holds in memory what it is given. Photos and enclosed files are therefore only named
in the document that it saves; `write_with_blobs` puts their bytes in place while it copies that
document to where it belongs, so that no more of them is in memory than one block.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final, Protocol

_SLOT: Final = "/DeskSlot"
_STUB: Final = re.compile(rb"(\d+) 0 obj\n<< /DeskSlot (\d+) >>\nendobj\n")
_ENTRY: Final = re.compile(rb"(\d{10}) 00000 n \n")
_FREE: Final = b"0000000000 65535 f \n"
_BLOCK: Final = 1 << 20
_END: Final = 4096
TAIL: Final = b"\nendstream\nendobj\n"
"""What stands behind the bytes of a blob."""

_ENTRY_SIZE: Final = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Blob:
    """Parts of a file, one after the other.

    Attributes:
        ranges: Begin and end of each part.
    """

    path: Path
    ranges: tuple[tuple[int, int], ...]

    @property
    def length(self) -> int:
        """Its bytes."""
        return sum(end - start for start, end in self.ranges)


class Spool:
    """A file for bytes that were made and would else wait in memory; whoever opens it closes it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream = path.open("wb")
        self._end = 0

    def keep(self, data: bytes) -> Blob:
        """The bytes as a blob."""
        self._stream.write(data)
        self._stream.flush()
        start, self._end = self._end, self._end + len(data)
        return Blob(self._path, ((start, self._end),))

    def close(self) -> None:
        """Ends writing; the file stays."""
        self._stream.close()


class Slots:
    """The places of blobs in one document; the same bytes stand in it once."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._kept: dict[tuple[Blob, str], Any] = {}
        self.blobs: list[tuple[Blob, Mapping[str, Any]]] = []

    def slot(self, blob: Blob, entries: Mapping[str, Any]) -> Any:
        """The object that stands for a blob; `entries` is its stream's dictionary but the length.

        A value of it is a number, a name (`"/DeviceRGB"`), bytes, a list or a mapping of those.
        """
        import pikepdf

        key = key_of(blob, entries)
        if key not in self._kept:
            stub = pikepdf.Dictionary({_SLOT: len(self.blobs)})
            self._kept[key] = self._document.make_indirect(stub)
            self.blobs.append((blob, entries))
        return self._kept[key]


class Early(Protocol):
    """Blobs that are in the file already, before anything else."""

    def begin(self, header: bytes) -> int:
        """MUST put the header at the beginning and give where the next byte goes."""
        ...

    def name(self, blob: Blob, entries: Mapping[str, Any], number: bytes) -> int | None:
        """MUST put the number of a blob's object in place; `None` if the blob is not there."""
        ...


def write_with_blobs(
    skeleton: Path,
    blobs: Sequence[tuple[Blob, Mapping[str, Any]]],
    out: BinaryIO,
    early: Early | None = None,
) -> int:
    """Copies a saved document to `out` with its blobs in place; gives how many bytes it has.

    Args:
        skeleton: Saved without object streams, its cross-reference table at the end.
        blobs: What `Slots` gathered.
        out: Open for writing, at its beginning; with `early` the file that those are in.
        early: Blobs that were written before.
    """
    with skeleton.open("rb") as source:
        start, table, trailer = _table(source, skeleton.stat().st_size)
        moved: dict[int, int] = {}
        place = shift = 0
        if early is not None:
            place = min(table)
            source.seek(0)
            shift = early.begin(source.read(place)) - place
        for offset in sorted(set(table)):
            source.seek(offset)
            match = _STUB.match(source.read(len(_SLOT) + 60))
            if match is not None:
                _copy(source, place, offset, out)
                place = offset + len(match[0])
                blob, told = blobs[int(match[2])]
                there = None if early is None else early.name(blob, told, match[1])
                moved[offset] = offset + shift if there is None else there
                written = 0 if there is not None else _write_blob(out, match[1], blob, told)
                shift += written - len(match[0])
            else:
                moved[offset] = offset + shift
        _copy(source, place, start, out)
    end = start + shift
    entries = b"".join(b"%010d 00000 n \n" % moved[offset] for offset in table)
    tail = (
        b"xref\n0 %d\n" % (len(table) + 1) + _FREE + entries
        + trailer + b"startxref\n%d\n%%%%EOF\n" % end
    )  # fmt: skip
    out.write(tail)
    return end + len(tail)


def _table(source: BinaryIO, size: int) -> tuple[int, list[int], bytes]:
    """Where the cross-reference table begins, the offsets in it, and the trailer after it."""
    source.seek(max(0, size - _END))
    start = int(source.read().rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
    source.seek(start)
    head, data = source.read(size - start).split(_FREE, 1)
    count = int(head.split()[2]) - 1
    offsets = [int(found) for found in _ENTRY.findall(data[: count * _ENTRY_SIZE])]
    if len(offsets) != count:
        message = "the saved document has another table than expected"
        raise ValueError(message)
    return start, offsets, data[count * _ENTRY_SIZE :].rsplit(b"startxref\n", 1)[0]


def _copy(source: BinaryIO, start: int, end: int, out: BinaryIO) -> None:
    source.seek(start)
    left = end - start
    while left > 0:
        block = source.read(min(_BLOCK, left))
        if not block:
            message = "a file became shorter while it was copied"
            raise OSError(message)
        out.write(block)
        left -= len(block)


def _write_blob(out: BinaryIO, number: bytes, blob: Blob, entries: Mapping[str, Any]) -> int:
    """One stream object; gives its bytes."""
    head = number + told_of(blob, entries)
    out.write(head)
    with blob.path.open("rb") as source:
        for start, end in blob.ranges:
            _copy(source, start, end, out)
    out.write(TAIL)
    return len(head) + blob.length + len(TAIL)


def key_of(blob: Blob, entries: Mapping[str, Any]) -> tuple[Blob, str]:
    """What two stream objects with the same bytes and dictionary have in common."""
    return blob, repr(sorted(entries.items(), key=lambda entry: entry[0]))


def told_of(blob: Blob, entries: Mapping[str, Any]) -> bytes:
    """What stands between the number of a blob's object and its bytes."""
    return b" 0 obj\n" + _written({**entries, "/Length": blob.length}) + b"\nstream\n"


def _written(value: Any) -> bytes:
    """A value as a PDF writes it."""
    if isinstance(value, Mapping):
        inner = b" ".join(
            _written(name) + b" " + _written(each) for name, each in sorted(value.items())
        )
        return b"<< " + inner + b" >>"
    if isinstance(value, list | tuple):
        return b"[ " + b" ".join(map(_written, value)) + b" ]"
    if isinstance(value, bytes):
        return b"<" + value.hex().encode("ascii") + b">"
    return str(value).encode("ascii")
