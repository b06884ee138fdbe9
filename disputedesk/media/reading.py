"""The words of any kept file, for the search and for the scan for card numbers.

Every kind has its own reader; all of them share one allowance of time and text. A file that breaks
it, is damaged or locked is unreadable, which is an answer and no error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from disputedesk.common.work import CancelToken
from disputedesk.media.mail_words import UnreadableMailError, read_mail_words
from disputedesk.media.markup import read_html, read_json, read_rtf
from disputedesk.media.metadata import ends_of, loose_numbers, loose_text, picture_metadata
from disputedesk.media.office import DamagedOfficeError, read_office
from disputedesk.media.pdf_bounds import MOST_BYTES
from disputedesk.media.pdf_words import NotReadableError, read_pdf
from disputedesk.media.places import Allowance, FileWords, Place, TooMuchError
from disputedesk.media.words import decoded
from disputedesk.model.evidence import ReadState

READER: Final = 2
"""The version of these readers; what an earlier one read is read anew."""

_MOST_BYTES: Final = 64 << 20
_MOST_INSIDE: Final = 16 << 20
_OFFICE: Final = "application/vnd.openxmlformats-officedocument."
_OPEN: Final = "application/vnd.oasis.opendocument."
_OLD: Final = frozenset({
    "application/msword", "application/vnd.ms-excel", "application/vnd.ms-outlook",
    "application/x-ole-storage", "application/vnd.sqlite3",
})  # fmt: skip
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_TEXTS: Final = frozenset({
    "application/xml", "application/x-ofx", "application/mbox", "image/svg+xml",
})  # fmt: skip
_UNREADABLE = (NotReadableError, DamagedOfficeError, UnreadableMailError, TooMuchError,
               RecursionError, MemoryError)  # fmt: skip
_Read: TypeAlias = Callable[[bytes, Allowance], Iterator[Place]]


def read_words(path: Path, media_type: str, *, cancel: CancelToken | None = None) -> FileWords:
    """What a file says; a picture's own words are for `media.ocr`.

    Args:
        path: The file; it is only read.
        media_type: What it is, by content.
        cancel: Asked while it is read.

    Raises:
        Cancelled: `cancel` was set.
        OSError: The file cannot be read.
    """
    allowance = Allowance(cancel)
    if media_type.startswith(("video/", "audio/")):
        return _loose(ends_of(path))
    if path.stat().st_size > (MOST_BYTES if media_type == "application/pdf" else _MOST_BYTES):
        return FileWords(ReadState.UNREADABLE, "")
    data = path.read_bytes()
    try:
        if media_type == "application/pdf":
            places, pages, wordless = read_pdf(data, allowance)
            state = ReadState.WITHOUT_WORDS if wordless else ReadState.READ
            return FileWords(state, "pdf", places, pages)
        if media_type.startswith("image/") and media_type not in _TEXTS:
            found = tuple(allowance.take(each) for each in picture_metadata(path, data))
            return FileWords(ReadState.WITHOUT_WORDS, "", found, 1)
        how, read = _reader(media_type)
        if read is None:
            return _loose(data)
        found = tuple(allowance.take(each) for each in read(data, allowance))
        return FileWords(ReadState.READ, how, found)
    except _UNREADABLE:
        return FileWords(ReadState.UNREADABLE, "", _of_numbers(data))


def _loose(data: bytes) -> FileWords:
    """A kind without words: only numbers that stand in it as text are looked at."""
    return FileWords(ReadState.NO_TEXT, "", _of_numbers(data))


def _of_numbers(data: bytes) -> tuple[Place, ...]:
    rest = loose_numbers(data)
    return (Place("metadata", rest, searched=False),) if rest else ()


def _reader(media_type: str) -> tuple[str, _Read | None]:
    """How files of this kind are read, and by what; `None` for a kind without words."""
    if media_type == "message/rfc822":
        return "mail", _mail
    if media_type in _PAGES:
        return "page", _page
    if media_type.startswith((_OFFICE, _OPEN)):
        return "office", read_office
    if media_type == "application/json":
        return "text", _json
    if media_type in {"application/rtf", "text/rtf"}:
        return "office", _rtf
    if media_type in _OLD:
        return "office", _old
    if media_type.startswith("text/") or media_type in _TEXTS:
        return "text", _text
    return "", None


def _mail(data: bytes, allowance: Allowance) -> Iterator[Place]:
    def inside(part: bytes, media_type: str, name: str) -> Iterator[Place]:
        return _inside(part, media_type, name, allowance)

    return read_mail_words(data, inside, allowance)


def _page(data: bytes, _: Allowance) -> Iterator[Place]:
    return read_html(decoded(data))


def _json(data: bytes, _: Allowance) -> Iterator[Place]:
    return read_json(decoded(data))


def _rtf(data: bytes, _: Allowance) -> Iterator[Place]:
    return read_rtf(data.decode("latin-1"))


def _old(data: bytes, _: Allowance) -> Iterator[Place]:
    return iter((Place("text", loose_text(data)),))


def _text(data: bytes, _: Allowance) -> Iterator[Place]:
    return iter((Place("text", decoded(data), lined=True),))


def _inside(data: bytes, media_type: str, name: str, allowance: Allowance) -> Iterator[Place]:
    """The places of something attached; what cannot be read is looked through for numbers."""
    if not allowance.may_nest or len(data) > _MOST_INSIDE:
        yield from _of_numbers(data)
        return
    allowance.depth += 1
    try:
        if data[:1024].find(b"%PDF-") >= 0:
            yield from read_pdf(data, allowance)[0]
            return
        read = _reader(_kind_inside(data, media_type, name))[1]
        if read is None:
            yield from _of_numbers(data)
        else:
            yield from read(data, allowance)
    except _UNREADABLE:
        allowance.check()
        yield from _of_numbers(data)
    finally:
        allowance.depth -= 1


def _kind_inside(data: bytes, media_type: str, name: str) -> str:
    """What something attached is; its sender's word counts only where the bytes allow it."""
    ending = name.lower().rpartition(".")[2]
    if data[:2] == b"PK":
        return _OFFICE if ending in {"docx", "xlsx", "pptx", "odt", "ods", "odp"} else ""
    if b"\0" in data[:2048] and data[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        return ""
    if _reader(media_type)[1] is not None:
        return media_type
    return "text/plain"
