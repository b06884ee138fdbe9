"""PNG files as a PDF takes them: the coded rows as they are, where both know the same coding.

Rows that are interlaced, transparent or of sixteen bits are left to be decoded. Everything else in
the file stays behind: texts, times, and whatever was put behind the end.
"""

from __future__ import annotations

import dataclasses
import struct
import zlib
from collections.abc import Iterator
from typing import Final

from disputedesk.papers.pdf.jpeg import joined

_HEAD: Final = b"\x89PNG\r\n\x1a\n"
_GREY, _COLOUR, _PALETTE = 0, 2, 3
_BITS: Final = {_GREY: {1, 2, 4, 8}, _COLOUR: {8}, _PALETTE: {1, 2, 4, 8}}
_STEP: Final = 1 << 20
_MOST_POINTS: Final = 50_000_000
_MOST_COLOURS: Final = 256


@dataclasses.dataclass(frozen=True, slots=True)
class BarePng:
    """The coded rows of a PNG.

    Attributes:
        ranges: The parts of the file that hold them, begin and end of each.
        bits: Of one component: 1, 2, 4 or 8.
        colours: Components of a point: 1 or 3.
        palette: Red, green and blue of each colour; empty where points are no numbers of colours.
    """

    ranges: tuple[tuple[int, int], ...]
    width: int
    height: int
    bits: int
    colours: int
    palette: bytes


def chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Kind, begin and end of the body of each chunk; stops where the file breaks off."""
    place = len(_HEAD)
    while place + 12 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        end = place + 8 + length
        if end + 4 > len(data):
            return
        yield kind, place + 8, end
        place = end + 4
        if kind == b"IEND":
            return


def png_of(data: bytes) -> BarePng | None:
    """The coded rows; `None` where they cannot be taken over, are damaged or not of their size."""
    found = list(chunks(data)) if data.startswith(_HEAD) else []
    kinds = {kind for kind, _, _ in found}
    if not {b"IHDR", b"IDAT", b"IEND"} <= kinds or b"tRNS" in kinds or found[0][0] != b"IHDR":
        return None
    head = data[found[0][1] : found[0][2]]
    if len(head) != 13:
        return None
    width, height, bits, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", head)
    if bits not in _BITS.get(colour, ()) or packing or filtering or interlaced:
        return None
    if not 0 < width * height <= _MOST_POINTS:
        return None
    palette = _palette(data, found) if colour == _PALETTE else b""
    if palette is None:
        return None
    colours = 3 if colour == _COLOUR else 1
    ranges = joined((start, end) for kind, start, end in found if kind == b"IDAT")
    rows = height * (1 + (width * colours * bits + 7) // 8)
    if not _sound(data, found) or not _unpacks_to(data, ranges, rows):
        return None
    return BarePng(ranges, width, height, bits, colours, palette)


def _palette(data: bytes, found: list[tuple[bytes, int, int]]) -> bytes | None:
    bodies = [data[start:end] for kind, start, end in found if kind == b"PLTE"]
    if len(bodies) != 1 or len(bodies[0]) % 3 or not 3 <= len(bodies[0]) <= 3 * _MOST_COLOURS:
        return None
    return bodies[0]


def _sound(data: bytes, found: list[tuple[bytes, int, int]]) -> bool:
    """Whether every chunk of the picture has the checksum it bears."""
    view = memoryview(data)
    return all(
        zlib.crc32(view[start - 4 : end]) == int.from_bytes(view[end : end + 4], "big")
        for kind, start, end in found
        if kind in {b"IHDR", b"PLTE", b"IDAT"}
    )


def _unpacks_to(data: bytes, ranges: tuple[tuple[int, int], ...], size: int) -> bool:
    """Whether the rows unpack to just so many bytes; never holds more than a step of them."""
    packer = zlib.decompressobj()
    view = memoryview(data)
    got = 0
    try:
        for start, end in ranges:
            rest: bytes | memoryview = view[start:end]
            while rest and got <= size:
                got += len(packer.decompress(rest, _STEP))
                rest = packer.unconsumed_tail
    except zlib.error:
        return False
    return got == size and packer.eof and not packer.unused_data
