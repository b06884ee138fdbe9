"""What bytes are, told by the bytes; the name only decides between kinds that begin alike."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Final

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
    (b"\x1aE\xdf\xa3", "video/webm"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"fLaC", "audio/flac"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"{\\rtf", "application/rtf"),
    (b"SQLite format 3\x00", "application/vnd.sqlite3"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
)
_BRANDS: Final = (
    ((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"), "image/heic"),
    ((b"avif", b"avis"), "image/avif"),
    ((b"qt  ",), "video/quicktime"),
    ((b"M4A ", b"M4B "), "audio/mp4"),
    ((b"3gp4", b"3gp5", b"3gp6", b"3g2a"), "video/3gpp"),
)
_RIFF: Final = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo"}
_OFFICE: Final = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OLD_OFFICE: Final = {
    ".doc": "application/msword",
    ".xls": "application/vnd.ms-excel",
    ".msg": "application/vnd.ms-outlook",
}
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
_HEADER: Final = re.compile(
    rb"\A(?:(?:from|return-path|received|delivered-to|mime-version|message-id|date|subject|to|"
    rb"x-[a-z0-9-]+|arc-[a-z-]+|dkim-signature|authentication-results):[^\n]*\r?\n"
    rb"(?:[ \t][^\n]*\r?\n)*){2,}",
    re.IGNORECASE,
)
_HTML: Final = re.compile(
    rb"\A\s*(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_SVG: Final = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg\b", re.I | re.S)


def media_type(head: bytes, name: str = "") -> str:
    """The media type of bytes that begin with `head`; what is no known kind is octets.

    Args:
        head: The first bytes, `HEAD_BYTES` of them or all.
        name: The name they came with; decides only where the bytes allow it.
    """
    head = head[:HEAD_BYTES]
    ending = PurePath(name.lower()).suffix
    return _binary(head, ending) or _textual(head, ending) or UNKNOWN


def _binary(head: bytes, ending: str) -> str:
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        return next((kind for brands, kind in _BRANDS if brand in brands), "video/mp4")
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12], "")
    if head[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _zipped(head, ending)
    if head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _OLD_OFFICE.get(ending, "application/x-ole-storage")
    if head[:2] in {b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"}:
        return "audio/mpeg"
    return next((kind for start, kind in _STARTS if head.startswith(start)), "")


def _zipped(head: bytes, ending: str) -> str:
    if head[30:38] == b"mimetype" and b"application/" in head[38:128]:
        found = re.match(rb"[a-z0-9.+/-]+", head[38:])
        return found.group().decode("ascii") if found else "application/zip"
    if b"[Content_Types].xml" in head or b"_rels/" in head:
        return _OFFICE.get(ending, "application/zip")
    return "application/zip"


def _textual(head: bytes, ending: str) -> str:
    if not head:
        return _TEXT_NAMES.get(ending, "text/plain") if ending else UNKNOWN
    if not _is_text(head):
        return ""
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if _SVG.match(plain):
        return "image/svg+xml"
    if _HTML.match(plain):
        return "text/html"
    if plain.startswith(b"From ") and b"\n" in plain:
        return "application/mbox"
    if _HEADER.match(plain):
        return "message/rfc822"
    if plain.startswith(b"<?xml"):
        return "application/xml"
    return _TEXT_NAMES.get(ending, "text/plain")


def _is_text(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return not any(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in head)
