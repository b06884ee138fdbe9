"""Bytes into words when the label on them is wrong, missing or made up."""

from __future__ import annotations

import codecs
from typing import Final

from charset_normalizer import from_bytes

_SEVEN_BIT: Final = ("utf-16", "utf-32", "utf-7", "iso2022", "hz")
"""Character sets whose bytes can pass for UTF-8 without being it."""
_NOT_TEXT: Final = frozenset(
    {"punycode", "idna", "undefined", "unicode_escape", "raw_unicode_escape", "mbcs", "oem"}
)
_PLAUSIBLE: Final = (
    "cp1252",
    "cp1251",
    "koi8_r",
    "cp1250",
    "gb18030",
    "big5",
    "shift_jis",
    "euc_kr",
)
_SAMPLE: Final = 8_000
_FEW: Final = 8
"""High bytes below which statistics about them mean nothing."""


def decode_text(data: bytes, charset: str) -> str:
    """The text of `data`; what cannot be read becomes the replacement sign, nothing raises.

    Args:
        data: The bytes of one part.
        charset: What the mail says they are; believed only where the bytes do not tell better.
    """
    name = _codec(charset)
    order = [name, "utf-8"] if name.startswith(_SEVEN_BIT) else ["utf-8", name]
    for each in filter(None, order):
        try:
            return data.decode(each).replace("\x00", "")
        except (UnicodeError, ValueError):
            continue
    if _is_mostly_utf8(data):
        return data.decode("utf-8", "replace").replace("\x00", "")
    return data.decode(_likely(data[:_SAMPLE]), "replace").replace("\x00", "")


def _likely(sample: bytes) -> str:
    """The character set of bytes that nobody labelled; Western when there is little to go by."""
    high = sum(1 for byte in sample if byte > 127)
    if high < _FEW or high * 20 < len(sample):
        return "cp1252"
    best = from_bytes(sample, cp_isolation=list(_PLAUSIBLE)).best()
    return best.encoding if best else "cp1252"


def _codec(charset: str) -> str:
    try:
        info = codecs.lookup(charset.strip().strip("\"'")[:40]) if charset else None
        name = info.name if info else ""
        if name in _NOT_TEXT or "\x00" in name:
            return ""
        b"".decode(name or "utf-8")
    except (LookupError, ValueError, TypeError):
        return ""
    else:
        return name


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether little is lost by reading it as UTF-8: a part that was cut, or damaged in places."""
    text = data[:_SAMPLE].decode("utf-8", "replace")
    lost = text.count("\ufffd")
    kept = sum(1 for sign in text if sign > "\u007f") - lost
    return lost <= kept
