"""What an archive is, by the names in it: an office paper, a mail, a saved web, or just an archive.

Only directories are read, a bounded part of each; nothing is unpacked.
"""

from __future__ import annotations

import re
import struct
from typing import BinaryIO, Final

ZIP_STARTS: Final = (b"PK\x03\x04", b"PK\x05\x06")
OLE_START: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP: Final = "application/zip"
OLE: Final = "application/x-ole-storage"

_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_MOST_DIRECTORY: Final = 1 << 20
_TAIL: Final = 65_557
"""The last record of a zip, with the longest remark it can have."""

_MOST_SECTORS: Final = 64
_END_OF_CHAIN: Final = 0xFFFFFFF0

_INSIDE: Final = (
    ("word/document.xml", f"{_OFFICE}wordprocessingml.document"),
    ("xl/workbook.xml", f"{_OFFICE}spreadsheetml.sheet"),
    ("xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroenabled.12"),
    ("ppt/presentation.xml", f"{_OFFICE}presentationml.presentation"),
    ("META-INF/container.xml", "application/epub+zip"),
)
_BY_ENDING: Final = {
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".pptx": f"{_OFFICE}presentationml.presentation",
}
_OLD_BY_ENDING: Final = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".ppt": "application/vnd.ms-powerpoint",
    ".msg": "application/vnd.ms-outlook",
}
_OLD_INSIDE: Final = (
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)


def kind_of_zip(stream: BinaryIO) -> str:
    """The media type of a zip by what it lists; empty where that is damaged."""
    stream.seek(0)
    stated = _stated(stream.read(256))
    if stated:
        return stated
    names = _zip_names(stream)
    for name, kind in _INSIDE:
        if name in names:
            return kind
    if "datapackage.json" in names and any(name.startswith("archive/") for name in names):
        return "application/wacz"
    return ZIP if names else ""


def kind_of_zip_head(head: bytes, ending: str) -> str:
    """As `kind_of_zip` where only the first bytes are at hand."""
    stated = _stated(head)
    if stated:
        return stated
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        return _BY_ENDING.get(ending, ZIP)
    return ZIP


def kind_of_ole(stream: BinaryIO) -> str:
    """The media type of an old office file by the names of its streams; empty for another."""
    names = _ole_names(stream)
    return next((kind for name, kind in _OLD_INSIDE if name in names), "")


def kind_of_ole_head(ending: str) -> str:
    """As `kind_of_ole` where only the first bytes are at hand."""
    return _OLD_BY_ENDING.get(ending, OLE)


def _stated(head: bytes) -> str:
    """What an OpenDocument or a book says of itself in its first member, which is not packed."""
    if head[30:38] != b"mimetype" or b"application/" not in head[38:128]:
        return ""
    found = re.match(rb"[a-z0-9.+/-]+?(?=PK|[^a-z0-9.+/-]|\Z)", head[38:128])
    return found.group().decode("ascii") if found else ""


def _zip_names(stream: BinaryIO) -> frozenset[str]:
    """The names in the central directory, as far as a bounded part of it goes."""
    size = stream.seek(0, 2)
    begin = max(0, size - _TAIL)
    stream.seek(begin)
    tail = stream.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        return frozenset()
    length, offset = struct.unpack_from("<II", tail, at + 12)
    if length > begin + at:
        return frozenset()
    stream.seek(offset if offset != 0xFFFFFFFF else max(0, begin + at - length))
    directory = stream.read(min(length, _MOST_DIRECTORY))
    names = set()
    place = 0
    while directory[place : place + 4] == b"PK\x01\x02" and len(directory) >= place + 46:
        name, extra, remark = struct.unpack_from("<HHH", directory, place + 28)
        names.add(directory[place + 46 : place + 46 + name].decode("utf-8", "replace"))
        place += 46 + name + extra + remark
    return frozenset(names)


def _ole_names(stream: BinaryIO) -> frozenset[str]:
    """The names in the directory of a compound file, as far as its first sectors go."""
    stream.seek(0)
    head = stream.read(512)
    if len(head) < 512:
        return frozenset()
    sector = 1 << min(struct.unpack_from("<H", head, 30)[0], 12)
    table = struct.unpack_from("<I", head, 76)[0]
    here = struct.unpack_from("<I", head, 48)[0]
    names = set()
    for _ in range(_MOST_SECTORS):
        if here >= _END_OF_CHAIN:
            break
        stream.seek((here + 1) * sector)
        data = stream.read(sector)
        for at in range(0, len(data) - 127, 128):
            length = struct.unpack_from("<H", data, at + 64)[0]
            if 2 <= length <= 64:
                names.add(data[at : at + length - 2].decode("utf-16-le", "replace"))
        here = _next_sector(stream, table, here, sector)
    return frozenset(names)


def _next_sector(stream: BinaryIO, table: int, here: int, sector: int) -> int:
    """The sector after `here`, by the first part of the table of sectors; else the end."""
    if table >= _END_OF_CHAIN or here >= sector // 4:
        return _END_OF_CHAIN
    stream.seek((table + 1) * sector + here * 4)
    raw = stream.read(4)
    return struct.unpack("<I", raw)[0] if len(raw) == 4 else _END_OF_CHAIN
