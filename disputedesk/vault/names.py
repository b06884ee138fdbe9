"""Names that files came with, made safe to show and to save under on any system."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_LONGEST: Final = 120
_LONGEST_BYTES: Final = 200
_LONGEST_ENDING: Final = 16
_LONGEST_TRUE: Final = 1024
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')
_BIDI: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_RESERVED: Final = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9\u00b9\u00b2\u00b3])(\.|$)", re.IGNORECASE
)
NAMELESS: Final = "unnamed"


def clean_name(name: str) -> str:
    """`name` without folders, control signs and what some system forbids; never empty.

    A sign that turns the reading direction becomes a visible `_`, so that `invoice_fdp.exe` cannot
    be shown as a PDF.
    """
    last = re.split(r"[/\\]", name.strip())[-1]
    text = "".join(_clean_sign(sign) for sign in unicodedata.normalize("NFC", last))
    text = _FORBIDDEN.sub("_", text)
    text = re.sub(r"\s+", " ", text).strip().rstrip(". ")
    text = _shortened(text)
    if not text.strip("."):
        return NAMELESS
    return f"_{text}" if _RESERVED.match(text) else text


def visible_name(name: str) -> str:
    """`name` as it came, signs that cannot be shown written out: `invoice⟨U+202E⟩fdp.exe`."""
    return "".join(
        sign if sign == " " or unicodedata.category(sign)[0] not in "CZ" else _spelled(sign)
        for sign in name[:_LONGEST_TRUE]
    )


def _spelled(sign: str) -> str:
    return f"⟨U+{ord(sign):04X}⟩"


def _clean_sign(sign: str) -> str:
    if sign in _BIDI:
        return "_"
    if sign.isspace():
        return " "
    category = unicodedata.category(sign)
    if category == "Cs":
        return "_"
    return "" if category in {"Cc", "Cf"} else sign


def _shortened(text: str) -> str:
    """At most so many signs and bytes, the ending kept."""
    stem, dot, ending = text.rpartition(".")
    if not dot or not stem or len(ending.encode()) > _LONGEST_ENDING:
        stem, dot, ending = text, "", ""
    stem = stem[: _LONGEST - len(dot + ending)]
    while len((stem + dot + ending).encode()) > _LONGEST_BYTES:
        stem = stem[:-1]
    return f"{stem.rstrip('. ') if dot else stem}{dot}{ending}".rstrip(". ")
