"""Look-alikes: letters that pass for others, and names that pass for a shop's.

The table holds the letters that are hard to tell apart in common screen fonts (after Unicode
TS 39); it is short on purpose: it serves a few dozen known names, not all of Unicode.
"""

from __future__ import annotations

import unicodedata
from typing import Final

LATIN_SHAPES: Final = str.maketrans(
    {
        "а": "a", "в": "b", "е": "e", "ё": "e", "з": "3", "к": "k", "м": "m", "н": "h", "о": "o",
        "р": "p", "с": "c", "т": "t", "у": "y", "х": "x", "ь": "b", "і": "i", "ї": "i", "ј": "j",
        "ѕ": "s", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "ӏ": "l", "ѵ": "v", "ґ": "r", "г": "r",
        "п": "n", "и": "u", "ү": "y", "ѡ": "w", "є": "e",
        "α": "a", "β": "b", "γ": "y", "ε": "e", "η": "n", "ι": "i", "κ": "k", "ν": "v", "ο": "o",
        "ρ": "p", "σ": "o", "τ": "t", "υ": "u", "χ": "x", "ω": "w", "ϲ": "c", "ϳ": "j",
        "ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ɑ": "a", "ɡ": "g", "ɩ": "i", "ʟ": "l",
        "ɴ": "n", "ʀ": "r", "ѐ": "e", "ö": "o", "ß": "b", "ſ": "s", "ɢ": "g", "ʏ": "y",
        "օ": "o", "ո": "n", "ս": "u", "հ": "h", "ց": "g", "զ": "q", "ѻ": "o",
    }
)  # fmt: skip
"""Letters of other alphabets, by code point, and the Latin letter each looks like."""

_DIGITS: Final = str.maketrans("013457$@!|", "oleasTsail".lower())
_PAIRS: Final = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("ii", "u"))


def latin_shape(word: str) -> str:
    """`word` in small Latin letters that look the same; marks above letters are dropped."""
    plain = unicodedata.normalize("NFKC", word).casefold().translate(LATIN_SHAPES)
    bare = unicodedata.normalize("NFD", plain)
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(LATIN_SHAPES)


def skeletons(word: str) -> frozenset[str]:
    """What a hurried reader may take `word` for: digits as letters, `rn` as `m`, `vv` as `w`."""
    shape = latin_shape(word)
    forms = {shape, shape.translate(_DIGITS), one_stroke(shape.translate(_DIGITS))}
    for pair, letter in _PAIRS:
        forms |= {form.replace(pair, letter) for form in forms}
    return frozenset(forms)


def one_stroke(word: str) -> str:
    """`word` with every `i` as `l`: a capital I and a small l are one stroke in many fonts."""
    return word.replace("i", "l")


def scripts(word: str) -> frozenset[str]:
    """The scripts of the letters of `word`: `LATIN`, `CYRILLIC`, `GREEK`, …"""
    return frozenset(unicodedata.name(c, "UNKNOWN").split()[0] for c in word if c.isalpha())


def is_near(word: str, name: str) -> bool:
    """Whether `word` differs from `name` by one slip: a letter more, less, other, or two swapped.

    Names of nine letters and more may differ by two slips when the first letter is right.
    """
    if word == name:
        return False
    allowed = 2 if len(name) >= 9 and word[:1] == name[:1] else 1
    return len(name) >= 5 and _slips(word, name, allowed) <= allowed


def _slips(first: str, second: str, most: int) -> int:
    """Optimal string alignment distance, or a number above `most`."""
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
