"""When evidence was made, and on whose word: the file's own, never more than it says.

A camera's clock without a zone stays a clock without a zone: it is kept as if it were UTC, and
`offset_minutes` is `None`, so that nobody takes it for an instant. Nothing is decoded or loaded.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import email.parser
import email.utils
import re
import struct
from pathlib import Path
from typing import BinaryIO, Final

from disputedesk.media.exif import find_png_part, find_taken

_HEAD: Final = 1 << 16
_MOST_BOXES: Final = 256
_FIRST: Final = dt.datetime(1970, 1, 2, tzinfo=dt.UTC)
_LAST: Final = dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
_EPOCH: Final = dt.datetime(1904, 1, 1, tzinfo=dt.UTC)
"""The first second of ISO media files (ISO/IEC 14496-12, 8.2.2)."""

_MOMENT: Final = re.compile(r"(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d):(\d\d)")
_ZONE: Final = re.compile(r"([+-])(\d\d):?([0-5]\d)\Z")
_FILMS: Final = frozenset(
    {"video/mp4", "video/quicktime", "video/3gpp", "video/3gpp2", "audio/mp4"}
)


@dataclasses.dataclass(frozen=True, slots=True)
class Captured:
    """When something was made.

    Attributes:
        at: The instant; of a clock without a zone its reading, as if it were UTC.
        by: Who says so: `exif`, `mail`, `video`, `file`, `clipboard`.
        offset_minutes: How far the stated zone is from UTC; `None` where none is stated.
    """

    at: dt.datetime
    by: str
    offset_minutes: int | None = None


def find_captured(path: Path, media: str) -> Captured | None:
    """When the file at `path` says that it was made; `None` where it does not say."""
    try:
        with path.open("rb") as stream:
            found = _within(stream, media)
    except (OSError, ValueError, OverflowError, struct.error):
        return None
    return found if found is not None and _FIRST <= found.at < _LAST else None


def stated(captured: Captured) -> str:
    """The moment as ISO 8601 with just the zone that was stated: none for a camera's bare clock."""
    if captured.offset_minutes is not None:
        zone = dt.timezone(dt.timedelta(minutes=captured.offset_minutes))
        return captured.at.astimezone(zone).isoformat(timespec="seconds")
    at = captured.at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="seconds")
    return at if captured.by == "exif" else f"{at}Z"


def file_time(seconds: float) -> Captured:
    """What the file system says of when a file was last written: an instant, in no zone."""
    return Captured(dt.datetime.fromtimestamp(seconds, dt.UTC), "file")


def mail_date(text: str) -> Captured | None:
    """When a mail says that it was sent; `-0000` says that its zone is not known."""
    try:
        date = email.utils.parsedate_to_datetime(text)
        if date.tzinfo is None:
            return Captured(date.replace(tzinfo=dt.UTC), "mail")
        offset = date.utcoffset()
        instant = date.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return Captured(instant, "mail", None if offset is None else round(offset.total_seconds() / 60))


def _within(stream: BinaryIO, media: str) -> Captured | None:
    if media == "message/rfc822":
        return _of_mail(stream.read(_HEAD))
    if media in _FILMS:
        return _of_film(stream)
    taken = find_taken(stream, media)
    if taken is not None:
        return _of_clock(taken.moment, taken.zone)
    return _of_png(stream) if media == "image/png" else None


def _of_mail(head: bytes) -> Captured | None:
    try:
        date = email.parser.BytesHeaderParser().parsebytes(head).get("Date")
    except (ValueError, TypeError, LookupError):
        return None
    return None if date is None else mail_date(str(date))


def _of_clock(moment: str, zone: str) -> Captured | None:
    """A camera's clock; with a zone beside it an instant, without one only a reading."""
    found = _MOMENT.match(moment)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    reading = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    stated = _ZONE.match(zone)
    if stated is None or int(stated[2]) > 14:
        return Captured(reading, "exif")
    minutes = (int(stated[2]) * 60 + int(stated[3])) * (-1 if stated[1] == "-" else 1)
    return Captured(reading - dt.timedelta(minutes=minutes), "exif", minutes)


def _of_png(stream: BinaryIO) -> Captured | None:
    """When the picture was last changed, which a PNG says in UTC (PNG, 11.3.6.1 tIME)."""
    part = find_png_part(stream, b"tIME")
    if part is None or len(part) < 7:
        return None
    year, month, day, hour, minute, second = struct.unpack(">HBBBBB", part[:7])
    changed = dt.datetime(year, month, day, hour, minute, second, tzinfo=dt.UTC)
    return Captured(changed, "file", 0)


def _of_film(stream: BinaryIO) -> Captured | None:
    """The film's creation, which its format has in UTC; nobody knows the zone it was made in."""
    end = stream.seek(0, 2)
    film = _find_box(stream, 0, end, b"moov")
    head = None if film is None else _find_box(stream, *film, b"mvhd")
    if head is None:
        return None
    stream.seek(head[0])
    raw = stream.read(12)
    wide = raw[:1] == b"\x01"
    seconds = struct.unpack(">Q" if wide else ">I", raw[4:12] if wide else raw[4:8])[0]
    return Captured(_EPOCH + dt.timedelta(seconds=seconds), "video") if seconds else None


def _find_box(stream: BinaryIO, begin: int, end: int, wanted: bytes) -> tuple[int, int] | None:
    """Where the contents of the first box of this kind begin and end between two places."""
    for _ in range(_MOST_BOXES):
        if begin + 8 > end:
            return None
        stream.seek(begin)
        head = stream.read(16)
        size, inner = int.from_bytes(head[:4], "big"), 8
        if size == 1:
            size, inner = int.from_bytes(head[8:16], "big"), 16
        elif size == 0:
            size = end - begin
        if size < inner:
            return None
        if head[4:8] == wanted:
            return begin + inner, min(begin + size, end)
        begin += size
    return None
