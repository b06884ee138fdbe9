"""What bytes are, told by the bytes; the name only decides between kinds that begin alike."""

from __future__ import annotations

import codecs
import re
from pathlib import PurePath
from typing import BinaryIO, Final

from disputedesk.vault import containers

UNKNOWN: Final = "application/octet-stream"
HEAD_BYTES: Final = 4096
"""How many first bytes are enough."""

_STARTS: Final = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"BM", "image/bmp"),
    (b"#!AMR-WB\n", "audio/amr-wb"),
    (b"#!AMR", "audio/amr"),
    (b"caff", "audio/x-caf"),
    (b"FLV\x01", "video/x-flv"),
    (b"\x00\x00\x01\xba", "video/mpeg"),
    (b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel", "video/x-ms-wmv"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\xfd7zXZ\x00", "application/x-xz"),
    (b"BZh", "application/x-bzip2"),
    (b"{\\rtf", "application/rtf"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
_BRANDS: Final = (
    ((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "image/heic"),
    ((b"avif", b"avis"), "image/avif"),
    ((b"qt  ",), "video/quicktime"),
    ((b"M4A ", b"M4B "), "audio/mp4"),
    ((b"3g2a", b"3g2b", b"3g2c"), "video/3gpp2"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_MPEG_SOUND: Final = frozenset({b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xfa"})
_AAC: Final = frozenset({b"\xff\xf1", b"\xff\xf9"})
_TEXT_NAMES: Final = {
    ".csv": "text/csv",
    ".eml": "message/rfc822",
    ".mbox": "application/mbox",
    ".htm": "text/html",
    ".html": "text/html",
    ".json": "application/json",
    ".xml": "application/xml",
    ".ofx": "application/x-ofx",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
}
_FIELDS: Final = re.compile(
    rb"\A(?:>?From [^\n]*\r?\n)?(?:[!-9;-~]{1,76}:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}"
)
_MAIL_FIELDS: Final = re.compile(
    rb"^(?:from|return-path|received|delivered-to|mime-version|message-id|date|subject|to|cc|sender|"
    rb"reply-to|in-reply-to|references|content-type|content-transfer-encoding|list-[a-z]+|"
    rb"x-[a-z0-9-]+|arc-[a-z-]+|dkim-signature|authentication-results|user-agent):",
    re.IGNORECASE | re.MULTILINE,
)
_TELLING: Final = re.compile(
    rb"^(?:from|return-path|received|delivered-to|message-id|mime-version|reply-to|sender):",
    re.IGNORECASE | re.MULTILINE,
)
_PAGES: Final = frozenset({0x00, 0x04, 0x20})
"""The upper halves of Latin and Cyrillic letters and of the dashes and quotes among them."""

_HTML: Final = re.compile(
    rb"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_SVG: Final = re.compile(
    rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:(?:<!--.*?-->|<!doctype\s+svg[^>\[]*(?:\[[^\]]*\])?\s*>)\s*)*"
    rb"<(?:svg:)?svg\b",
    re.I | re.S,
)


def media_type(head: bytes, name: str = "") -> str:
    """The media type of bytes that begin with `head`; what is no known kind is octets.

    Args:
        head: The first bytes, `HEAD_BYTES` of them or all.
        name: The name they came with; decides only where the bytes allow it.
    """
    head = head[:HEAD_BYTES]
    ending = PurePath(name.lower()).suffix
    return _binary(head, ending) or _textual(head, ending) or UNKNOWN


def media_type_of(stream: BinaryIO, name: str = "") -> str:
    """As `media_type`, of a whole file: an archive is asked what it holds, whatever its name."""
    head = stream.read(HEAD_BYTES)
    if head.startswith(containers.ZIP_STARTS):
        return containers.kind_of_zip(stream) or media_type(head, name)
    if head.startswith(containers.OLE_START):
        return containers.kind_of_ole(stream) or media_type(head, name)
    return media_type(head, name)


def _binary(head: bytes, ending: str) -> str:
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[4:8] == b"ftyp":
        return _boxed(head)
    if head[4:8] in {b"moov", b"mdat", b"wide", b"free", b"skip"} and not _is_text(head):
        return "video/quicktime"
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[:4] == b"OggS":
        return _ogg(head)
    if head[:4] == b"\x1aE\xdf\xa3":
        return "video/x-matroska" if b"matroska" in head[:64] else "video/webm"
    if head.startswith(containers.ZIP_STARTS):
        return containers.kind_of_zip_head(head, ending)
    if head.startswith(containers.OLE_START):
        return containers.kind_of_ole_head(ending)
    if head[:2] in _MPEG_SOUND | _AAC and not _wide(head):
        return "audio/mpeg" if head[:2] in _MPEG_SOUND else "audio/aac"
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")


def _boxed(head: bytes) -> str:
    """The kind of an ISO file: by its own brand, else by those it says it agrees with."""
    major = head[8:12]
    if major[:3] == b"3gp":
        return "video/3gpp"
    others = [head[at : at + 4] for at in range(16, min(int.from_bytes(head[:4], "big"), 128), 4)]
    for brand in (major, *(others if major in {b"mif1", b"msf1"} else ())):
        for brands, kind in _BRANDS:
            if brand in brands and not (brand in {b"mif1", b"msf1"} and b"avif" in others):
                return kind
    return "video/mp4"


def _ogg(head: bytes) -> str:
    """Voice messages are Opus in Ogg; films are Theora in it."""
    if b"\x80theora" in head[:256]:
        return "video/ogg"
    return "audio/opus" if b"OpusHead" in head[:256] else "audio/ogg"


def _textual(head: bytes, ending: str) -> str:
    if not head:
        return _TEXT_NAMES.get(ending, "text/plain" if ending in {".txt", ".log"} else UNKNOWN)
    encoding = _wide(head)
    if not encoding and not _is_text(head):
        return ""
    plain = head.removeprefix(codecs.BOM_UTF8)
    if encoding:
        plain = _utf8(head, encoding)
    if _SVG.match(plain):
        return "image/svg+xml"
    if _HTML.match(plain):
        return "text/html"
    if plain.startswith(b"From ") and b"\n" in plain:
        return "application/mbox"
    if _is_mail(plain):
        return "message/rfc822"
    if plain.startswith(b"<?xml"):
        return "application/xml"
    return _TEXT_NAMES.get(ending, "text/plain")


def _is_mail(plain: bytes) -> bool:
    """Whether it begins with two fields that mails have, one of which little else has."""
    fields = _FIELDS.match(plain)
    if fields is None:
        return False
    return (
        len(_MAIL_FIELDS.findall(fields.group())) >= 2
        and _TELLING.search(fields.group()) is not None
    )


def _is_text(head: bytes) -> bool:
    return not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)


def _wide(head: bytes) -> str:
    """The encoding of a text in two bytes a sign, with or without its mark; else empty.

    Without a mark it is one if each half of every pair stays on a page of letters: Latin, Cyrillic
    or the signs between them, and no control is among them.
    """
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16" if _is_text(_utf8(head, "utf-16")) else ""
    pairs = head[: len(head) // 2 * 2]
    if len(pairs) < 8 or not (b"\x00" in pairs or b"\x04" in pairs):
        return ""
    for encoding, high in (("utf-16-le", pairs[1::2]), ("utf-16-be", pairs[::2])):
        if set(high) <= _PAGES and _is_text(_utf8(pairs, encoding)):
            return encoding
    return ""


def _utf8(head: bytes, encoding: str) -> bytes:
    """A beginning in two bytes a sign as UTF-8; a sign that was cut off is left out."""
    return head.decode(encoding, "ignore").lstrip("\ufeff").encode("utf-8", "ignore")
