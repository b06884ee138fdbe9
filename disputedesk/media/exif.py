"""What a picture's own Exif block says of when it was taken; nothing else of it is read.

The block is found by walking the picture's parts, never by decoding it, and only so much of it is
read as a camera writes. A picture that lies about its lengths has no Exif.
"""

from __future__ import annotations

import dataclasses
import struct
from typing import BinaryIO, Final

_LARGEST: Final = 1 << 18
_MOST_PARTS: Final = 512
_MOST_ENTRIES: Final = 512
_SEARCHED: Final = 1 << 20
"""In a HEIC the block stands among the pictures' data; it is looked for in this much of them."""

_MARK: Final = b"Exif\x00\x00"
_EXIF_FOLDER: Final = 0x8769
_TAKEN, _ZONE_TAKEN = 0x9003, 0x9011
_MADE, _ZONE_MADE = 0x9004, 0x9012


@dataclasses.dataclass(frozen=True, slots=True)
class Taken:
    """When a camera says that it took a picture.

    Attributes:
        moment: As it stands there: `2026:11:01 14:05:00`.
        zone: As it stands there: `+03:00`; empty where the camera did not say.
    """

    moment: str
    zone: str


def find_taken(stream: BinaryIO, media: str) -> Taken | None:
    """When the picture was taken, by its Exif block; `None` where it has none or does not say."""
    find = _FINDERS.get(media)
    block = None if find is None else find(stream)
    if not block:
        return None
    try:
        return _read_block(block.removeprefix(_MARK))
    except (struct.error, IndexError):
        return None


def _in_jpeg(stream: BinaryIO) -> bytes | None:
    stream.seek(2)
    for _ in range(_MOST_PARTS):
        head = stream.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] in {0xDA, 0xD9}:
            return None
        length = int.from_bytes(head[2:], "big") - 2
        if head[1] == 0xE1:
            data = stream.read(max(0, length))
            if data.startswith(_MARK):
                return data
        else:
            stream.seek(max(0, length), 1)
    return None


def _in_png(stream: BinaryIO) -> bytes | None:
    return find_png_part(stream, b"eXIf")


def find_png_part(stream: BinaryIO, wanted: bytes) -> bytes | None:
    """The data of a PNG's first part of this kind; `None` where it has none."""
    stream.seek(8)
    for _ in range(_MOST_PARTS):
        head = stream.read(8)
        if len(head) < 8 or head[4:] == b"IEND":
            return None
        length = int.from_bytes(head[:4], "big")
        if head[4:] == wanted:
            return stream.read(min(length, _LARGEST))
        stream.seek(length + 4, 1)
    return None


def _in_webp(stream: BinaryIO) -> bytes | None:
    stream.seek(12)
    for _ in range(_MOST_PARTS):
        head = stream.read(8)
        if len(head) < 8:
            return None
        length = int.from_bytes(head[4:], "little")
        if head[:4] == b"EXIF":
            return stream.read(min(length, _LARGEST))
        stream.seek(length + length % 2, 1)
    return None


def _in_tiff(stream: BinaryIO) -> bytes | None:
    stream.seek(0)
    return stream.read(_LARGEST)


def _in_heic(stream: BinaryIO) -> bytes | None:
    stream.seek(0)
    data = stream.read(_SEARCHED)
    at = data.find(_MARK)
    return None if at < 0 else data[at : at + _LARGEST]


_FINDERS: Final = {
    "image/jpeg": _in_jpeg,
    "image/png": _in_png,
    "image/webp": _in_webp,
    "image/tiff": _in_tiff,
    "image/heic": _in_heic,
    "image/avif": _in_heic,
}


def _read_block(block: bytes) -> Taken | None:
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    if order is None:
        return None
    first = _entries(block, order, struct.unpack_from(f"{order}I", block, 4)[0])
    inner = first.get(_EXIF_FOLDER)
    if inner is None:
        return None
    found = _entries(block, order, struct.unpack(f"{order}I", inner[2])[0])
    for moment, zone in ((_TAKEN, _ZONE_TAKEN), (_MADE, _ZONE_MADE)):
        text = _text(block, order, found.get(moment))
        if text:
            return Taken(text, _text(block, order, found.get(zone)))
    return None


def _entries(block: bytes, order: str, at: int) -> dict[int, tuple[int, int, bytes]]:
    """The entries of one folder of the block: kind, count and the four bytes of each."""
    count = min(struct.unpack_from(f"{order}H", block, at)[0], _MOST_ENTRIES)
    found: dict[int, tuple[int, int, bytes]] = {}
    for number in range(count):
        tag, kind, many, value = struct.unpack_from(f"{order}HHI4s", block, at + 2 + 12 * number)
        found.setdefault(tag, (kind, many, value))
    return found


def _text(block: bytes, order: str, entry: tuple[int, int, bytes] | None) -> str:
    if entry is None or entry[0] != 2 or not 0 < entry[1] <= 64:
        return ""
    _, many, value = entry
    if many > 4:
        at = struct.unpack(f"{order}I", value)[0]
        value = block[at : at + many]
    return value[:many].split(b"\x00")[0].decode("ascii", "replace").strip()
