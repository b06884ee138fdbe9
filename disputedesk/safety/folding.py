"""Folded text: a message as its words sound, whatever its writer did to hide them.

Small letters, one space between words, a line end between sentences; letters of other alphabets
that look alike, digits inside words, unseen characters, spaced and dotted letters are undone.
Every folded character remembers where it came from, so that the quote is the writer's own words.
"""

from __future__ import annotations

import dataclasses
import itertools
import unicodedata
from collections.abc import Iterator
from typing import Final

from disputedesk.safety.lookalikes import LATIN_SHAPES

_ENDS: Final = frozenset(".!?;…。！？；\n\r")
_DROPPED: Final = frozenset("'’ʼ`´‘")
_GLUE: Final = frozenset("-*_~·•‐‑=^|")
_CYRILLIC_SHAPES: Final = str.maketrans("acehkmoptxyb3i0", "асенкмортхувзіо")
_SHARED: Final = frozenset("авекмнорстухіѕј")
"""Cyrillic letters that look like Latin ones."""
_LEET: Final = str.maketrans("01345$@!", "oieassai")
_SPACED_LEAST: Final = 4
_LONGEST: Final = 100_000


@dataclasses.dataclass(frozen=True, slots=True)
class FoldedText:
    """The folded words and, for each of their characters, its place in the original."""

    text: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded characters `start` to `end` stand in the original."""
        if start >= end:
            return (0, 0)
        return self.places[start], self.places[end - 1] + 1


_Token = tuple[str, list[int]]


def fold(original: str) -> FoldedText:
    """The words of `original`, the first hundred thousand characters of it."""
    latin = sum(c.isascii() and c.isalpha() for c in original[:_LONGEST])
    among_latin = latin * 2 > sum(map(str.isalpha, original[:_LONGEST]))
    tokens: list[_Token] = []
    spaced: list[_Token] = []
    for word, places in _words(original[:_LONGEST]):
        if len(word) == 1 and word.isalpha() and word.isascii() | ("а" <= word <= "я"):
            spaced.append((word, places))
            continue
        tokens += _joined(spaced)
        spaced = []
        tokens.append((word, places))
    tokens += _joined(spaced)
    tokens = [(_one_script(word, among_latin=among_latin), places) for word, places in tokens]
    return _assembled(tokens)


def _assembled(tokens: list[_Token]) -> FoldedText:
    pieces: list[str] = []
    places: list[int] = []
    previous = "\n"
    for word, where in tokens:
        if word == "\n":
            if previous == "\n":
                continue
        elif previous != "\n":
            pieces.append(" ")
            places.append(where[0])
        pieces.append(word)
        places += where
        previous = word
    return FoldedText("".join(pieces), tuple(places))


def _joined(spaced: list[_Token]) -> list[_Token]:
    """Single letters in a row as words, when they are too many to be words of their own."""
    if len(spaced) < _SPACED_LEAST:
        return spaced
    gaps = [after[1][0] - before[1][0] for before, after in itertools.pairwise(spaced)]
    usual = min(gaps)
    words: list[_Token] = []
    for (letter, where), gap in zip(spaced, (usual + 1, *gaps), strict=True):
        if gap > usual:
            words.append((letter, [*where]))
        else:
            words[-1] = (words[-1][0] + letter, words[-1][1] + where)
    return words


def _words(text: str) -> Iterator[_Token]:
    """Words, and a line end for the end of a sentence, each with its places."""
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        kind = "" if char.isascii() else unicodedata.category(char)
        if char in _DROPPED or kind in {"Cf", "Mn", "Me"}:
            continue
        if char.isalnum():
            plain = unicodedata.normalize("NFKC", char).casefold().replace("ё", "е")
            letters.append(plain)
            places += [place] * len(plain)
            continue
        after = text[place + 1 : place + 2]
        inside = bool(letters) and after.isalpha() and letters[-1][-1:].isalpha()
        if (char in _GLUE and inside) or (char in "$@!" and inside):
            if char in "$@!":
                letters.append(char)
                places.append(place)
            continue
        if letters:
            yield "".join(letters), places
            letters, places = [], []
        if char in _ENDS and (char in "\n\r。！？；" or not after.strip()):
            yield "\n", [place]
    if letters:
        yield "".join(letters), places


def _one_script(word: str, *, among_latin: bool) -> str:
    """`word` in one alphabet, digits between letters as letters.

    A letter that exists in one alphabet only decides; without one the text around does.
    """
    if word.isascii() and word.isalpha():
        return word
    latin = any(c.isascii() and c.isalpha() for c in word)
    cyrillic = [c for c in word if "а" <= c <= "я" or c in "іїєґѕј"]
    if any(c not in _SHARED for c in cyrillic):
        return word.translate(_CYRILLIC_SHAPES) if latin or _has_inner_sign(word) else word
    if not latin and not (cyrillic and among_latin):
        return word
    shaped = "".join(c if _is_marked(c) else LATIN_SHAPES.get(ord(c), c) for c in word)
    return shaped[0] + shaped[1:].translate(_LEET) if _has_inner_sign(shaped) else shaped


def _is_marked(char: str) -> bool:
    """Whether `char` is a Latin letter with its own marks, as German and French write them."""
    return not char.isascii() and unicodedata.name(char, "").startswith("LATIN")


def _has_inner_sign(word: str) -> bool:
    return any(
        c in "01345$@!" and word[i].isalpha() and word[i + 2].isalpha()
        for i, c in enumerate(word[1:-1])
    )
