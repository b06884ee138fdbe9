"""Text from people and files, made fit for paper: visible characters and plain line breaks only.

What cannot be seen is taken away (controls, zero-width and direction marks), because it can only
hide something; what can be seen stays as it is, whatever it looks like to a program.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

_LINES: Final = re.compile(r"\r\n?|[\u2028\u2029\u0085\x0b\x0c]")
_SPACES: Final = re.compile(r"[^\S\n\u00a0\u202f]+")
_EMPTY_LINES: Final = re.compile(r"\n(?:[^\S\n]*\n)+")
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Co", "Cs"})
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
"""Letters and marks by category that show nothing."""


def clean_text(text: str) -> str:
    """`text` composed (NFC), without invisible characters; at most one empty line in a row."""
    text = unicodedata.normalize("NFC", _LINES.sub("\n", text)).replace("\t", " ")
    plain = text.isascii() and text.isprintable()
    kept = text if plain else "".join(c for c in text if c == "\n" or _is_visible(c))
    kept = _EMPTY_LINES.sub("\n\n", _SPACES.sub(" ", kept))
    return "\n".join(line.strip() for line in kept.split("\n")).strip()


def clean_line(text: str) -> str:
    """`text` as one line: cleaned, and every break a space."""
    return " ".join(clean_text(text).split("\n")).replace("  ", " ")


@functools.lru_cache(maxsize=4096)
def _is_visible(char: str) -> bool:
    if unicodedata.category(char) in _INVISIBLE or char in _BLANK:
        return False
    return not ("\ufe00" <= char <= "\ufe0f" or "\U000e0100" <= char <= "\U000e01ef")
