"""Bytes into text: byte order marks, UTF-8, UTF-16, and the old code pages by their letters."""

from __future__ import annotations

import codecs
from typing import Final

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CODE_PAGES: Final = ["cp1252", "cp1251", "cp1250", "koi8_r", "cp866"]
_CENTRAL: Final = frozenset({"Czech", "Slovak", "Polish", "Hungarian", "Croatian", "Slovene"})
"""Languages whose letters decide for CP1250 where it and CP1252 look equally likely."""

_SAMPLE: Final = 1 << 16
_NUL_SHARE: Final = 0.3


def decode(data: bytes) -> str | None:
    """The text of `data`; `None` where it is no text in any encoding we know."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = _wide_encoding(data[:_SAMPLE])
    if wide:
        return data.decode(wide, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_code_page(data)


def _wide_encoding(sample: bytes) -> str:
    """UTF-16 without a mark: every second byte of Latin text is NUL."""
    half = len(sample) // 2
    if half < 2:
        return ""
    if sample[1::2].count(0) > half * _NUL_SHARE and not sample[0::2].count(0):
        return "utf-16-le"
    if sample[0::2].count(0) > half * _NUL_SHARE and not sample[1::2].count(0):
        return "utf-16-be"
    return ""


def _decode_code_page(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if sample.count(0) > len(sample) // 20:
        return None
    guesses = list(from_bytes(sample, cp_isolation=_CODE_PAGES))
    if not guesses:
        return data.decode("cp1252", "replace")
    best = guesses[0]
    alike = {g.encoding for g in guesses if (g.chaos, g.coherence) == (best.chaos, best.coherence)}
    if {"cp1250", "cp1252"} <= alike:
        central = bool(best.languages) and best.languages[0] in _CENTRAL
        return data.decode("cp1250" if central else "cp1252", "replace")
    return data.decode(best.encoding, "replace")
