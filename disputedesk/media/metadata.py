"""What a picture, film or unknown file says beside what is seen: remarks, names, loose texts.

Pictures are opened but never decoded. Behind what the formats name, the bytes themselves are looked
through for runs of text, so that no remark stays unseen because its place is unknown.
"""

from __future__ import annotations

import re
import struct
import warnings
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from disputedesk.media.places import Place
from disputedesk.media.words import decoded

FORMATS: Final = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "MPO")
_IFDS: Final = (0x8769, 0x8825, 0xA005)
_UTF16_TAGS: Final = frozenset({0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F})
_USER_COMMENT: Final = 0x9286
_LONGEST: Final = 100_000
_MOST_TEXTS: Final = 300
_END: Final = 2 << 20
_RUN: Final = re.compile(rb"[\t\n\r\x20-\x7e]{6,100000}")
_WIDE_RUN: Final = re.compile(rb"(?:[\x20-\x7e]\x00){6,50000}")
_DIGITS: Final = re.compile(rb"\d[\d \-]{10,30}\d")
_WIDE_DIGITS: Final = re.compile(rb"(?:[\d \-]\x00){11,40}")
_AROUND: Final = 40
_PNG: Final = b"\x89PNG\r\n\x1a\n"


def picture_metadata(path: Path, data: bytes) -> Iterator[Place]:
    """The remarks of a picture by their names, then numbers in any other text of its bytes."""
    named: dict[str, str] = {}
    for name, text in (*_png_texts(data), *_named(path)):
        if text.strip() and len(named) < _MOST_TEXTS:
            named.setdefault(name, text[:_LONGEST])
    for name, text in named.items():
        yield Place(f"metadata {name}", text, searched=name in {"ImageDescription", "Comment"})
    rest = loose_numbers(data)
    if rest:
        yield Place("metadata", rest, searched=False)


def _named(path: Path) -> list[tuple[str, str]]:
    """What Pillow knows the names of; nothing for a picture it cannot open."""
    from PIL import ExifTags, Image

    found: list[tuple[str, str]] = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path, formats=FORMATS) as image:
                for key, value in image.info.items():
                    if isinstance(value, str | bytes) and key not in {"exif", "icc_profile"}:
                        found.append((str(key).capitalize()[:40], _as_text(value)))
                exif = image.getexif()
                tags = [dict(exif.items()), *(exif.get_ifd(ifd) for ifd in _IFDS)]
    except (OSError, ValueError, SyntaxError, EOFError, OverflowError, TypeError, KeyError,
            IndexError, AttributeError, struct.error, zlib.error, Image.DecompressionBombError,
            ZeroDivisionError):  # fmt: skip
        return found
    for group in tags:
        for tag, value in group.items():
            name = ExifTags.TAGS.get(tag, f"{tag:#x}")
            found += ((name, text) for text in _texts_of(tag, value))
    return found


def _texts_of(tag: int, value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, bytes):
        if tag in _UTF16_TAGS:
            yield value.decode("utf-16-le", "replace").rstrip("\0")
        elif tag == _USER_COMMENT:
            yield _user_comment(value)
        else:
            yield _as_text(value)
    elif isinstance(value, tuple) and tag in _UTF16_TAGS:
        yield bytes(each & 0xFF for each in value).decode("utf-16-le", "replace").rstrip("\0")


def _user_comment(value: bytes) -> str:
    if value.startswith(b"UNICODE\0"):
        rest = value[8:]
        little = rest[1:2] == b"\0"
        return rest.decode("utf-16-le" if little else "utf-16-be", "replace")
    return _as_text(value.removeprefix(b"ASCII\0\0\0"))


def _as_text(value: str | bytes) -> str:
    return value if isinstance(value, str) else decoded(value[:_LONGEST])


def _png_texts(data: bytes) -> Iterator[tuple[str, str]]:
    """The texts of a PNG, those behind the picture and packed ones too."""
    place = len(_PNG)
    while data.startswith(_PNG) and place + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + min(size, _LONGEST)]
        if kind in {b"tEXt", b"zTXt", b"iTXt"}:
            name, _, rest = body.partition(b"\0")
            yield decoded(name[:40]), _png_text(kind, rest)
        place += size + 12


def _png_text(kind: bytes, rest: bytes) -> str:
    if kind == b"tEXt":
        return decoded(rest)
    packed = kind == b"zTXt" or rest[:1] == b"\1"
    rest = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\0", 2)[-1]
    if packed:
        try:
            rest = zlib.decompressobj().decompress(rest, _LONGEST)
        except zlib.error:
            return ""
    return decoded(rest)


def loose_numbers(data: bytes) -> str:
    """Long numbers that stand in the bytes as plain or wide text, each with what is around it."""
    found = []
    for match in _DIGITS.finditer(data):
        piece = data[max(0, match.start() - _AROUND) : match.end() + _AROUND]
        found.append(_nearest_run(piece).decode("ascii", "replace"))
        if len(found) >= _MOST_TEXTS:
            break
    for match in _WIDE_DIGITS.finditer(data):
        piece = data[max(0, match.start() - 2 * _AROUND) : match.end()]
        cut = _WIDE_RUN.search(piece[(match.start() - max(0, match.start() - 2 * _AROUND)) % 2 :])
        if cut:
            found.append(cut.group().decode("utf-16-le", "replace"))
        if len(found) >= 2 * _MOST_TEXTS:
            break
    return "\n".join(found)


def _nearest_run(piece: bytes) -> bytes:
    """The run of text in `piece` that holds its middle."""
    return max((match.group() for match in _RUN.finditer(piece)), key=len, default=b"")


def loose_text(data: bytes) -> str:
    """Every run of plain or wide text in bytes of no known kind."""
    plain = [match.group().decode("ascii") for match in _RUN.finditer(data)]
    wide = [match.group().decode("utf-16-le", "replace") for match in _WIDE_RUN.finditer(data)]
    return "\n".join((*plain, *wide))


def ends_of(path: Path) -> bytes:
    """The beginning and the end of a long file, where films keep their remarks."""
    with path.open("rb") as stream:
        head = stream.read(_END)
        size = stream.seek(0, 2)
        if size <= _END:
            return head
        stream.seek(max(_END, size - _END))
        return head + b"\0" + stream.read(_END)
