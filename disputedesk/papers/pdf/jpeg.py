"""JPEG files as a PDF takes them: the picture's own bytes, without what travels along with them.

The coded picture is not touched. Left out are the segments that no reader of the page needs and
that may tell more than the picture shows: camera, place, time, thumbnail, remarks, and whatever was
put behind the end.
"""

from __future__ import annotations

import dataclasses
import re
import struct
from collections.abc import Iterable, Iterator
from typing import Final

_NEXT: Final = re.compile(rb"\xff([^\x00\xd0-\xd7\xff])", re.DOTALL)
"""A marker inside coded data: neither a stuffed byte, a filler nor a restart."""

_MARKER: Final = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
"""A marker where one must stand; fillers may go before it."""

_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive with Huffman codes: what every PDF reader decodes."""

_OTHER_FRAMES: Final = frozenset({0xC3, *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)})
_KEPT: Final = frozenset({0xE0, 0xEE})
"""JFIF and Adobe: the second says how colours are coded."""

_START, _END, _SCAN, _REMARK, _ADOBE = 0xD8, 0xD9, 0xDA, 0xFE, 0xEE
_FIRST_EXTRA, _LAST_EXTRA = 0xE0, 0xEF
_EIGHT_BITS: Final = 8


@dataclasses.dataclass(frozen=True, slots=True)
class BareJpeg:
    """A JPEG without its extra segments.

    Attributes:
        ranges: The parts of the file that make it, begin and end of each.
        components: 1 for grey, 3 for colour, 4 for printing inks.
        adobe: Whether Adobe's marker is there; its inks are stored inverted.
    """

    ranges: tuple[tuple[int, int], ...]
    width: int
    height: int
    components: int
    adobe: bool


def bare_jpeg(data: bytes) -> BareJpeg | None:
    """The picture's own bytes; `None` where the file is cut off, damaged or of a rare kind."""
    if data[:2] != b"\xff\xd8":
        return None
    ranges = [(0, 2)]
    frame, adobe, ended = None, False, False
    for marker, start, body, end in _segments(data):
        if marker in _FRAMES:
            frame = _frame(data[body + 2 : end])
        if marker == _SCAN and frame is None:
            return None
        adobe = adobe or (marker == _ADOBE and data[body + 2 : body + 7] == b"Adobe")
        if marker in _KEPT or not (_FIRST_EXTRA <= marker <= _LAST_EXTRA or marker == _REMARK):
            ranges.append((start, end))
        ended = marker == _END
    if frame is None or not ended:
        return None
    width, height, components = frame
    return BareJpeg(joined(ranges), width, height, components, adobe)


def joined(ranges: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same parts, those that touch as one."""
    found: list[tuple[int, int]] = []
    for start, end in ranges:
        touches = bool(found) and found[-1][1] == start
        found.append((found.pop()[0] if touches else start, end))
    return tuple(found)


def _segments(data: bytes) -> Iterator[tuple[int, int, int, int]]:
    """Marker, its place, its body's place and its end; stops at the end, or where it breaks off."""
    place = 2
    while (match := _MARKER.match(data, place)) is not None:
        marker, body = match.group(1)[0], match.end()
        if marker == _END:
            yield marker, match.start(), body, body
            return
        end = _segment_end(data, body)
        if end is None or marker in _OTHER_FRAMES or marker == _START:
            return
        if marker == _SCAN:
            after = _NEXT.search(data, end)
            if after is None:
                return
            end = after.start()
        yield marker, match.start(), body, end
        place = end


def _segment_end(data: bytes, body: int) -> int | None:
    if body + 2 > len(data):
        return None
    (length,) = struct.unpack_from(">H", data, body)
    end = body + length
    return None if length < 2 or end > len(data) else int(end)


def _frame(segment: bytes) -> tuple[int, int, int] | None:
    """Width, height and components; `None` for more than eight bits or no size."""
    if len(segment) < 6:
        return None
    bits, height, width, components = struct.unpack_from(">BHHB", segment)
    if bits != _EIGHT_BITS or not width or not height or components not in {1, 3, 4}:
        return None
    return width, height, components
