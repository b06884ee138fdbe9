"""The bundled fonts, and which characters they can show as a reader would expect them.

Noto Sans carries the text; single signs it lacks (arrows, ticks) come from DejaVu Sans. A script
that must be shaped or runs from right to left would come out wrong although glyphs exist, so it
counts as not printable: it is refused in a sentence, never printed as boxes or mirrored.
"""

from __future__ import annotations

import functools
import itertools
import threading
import unicodedata
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from disputedesk.common import locations
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

REGULAR: Final = "DeskSans"
BOLD: Final = "DeskSansBold"
SIGNS: Final = "DeskSigns"

_FILES: Final = {
    REGULAR: "NotoSans-Regular.ttf",
    BOLD: "NotoSans-Bold.ttf",
    SIGNS: "DejaVuSans.ttf",
}
_UNSHAPED: Final = ((0x0590, 0x109F), (0x1100, 0x1C7F), (0x1C90, 0x1CFF), (0xA800, 0xABFF))
"""Scripts that need shaping or reordering: Hebrew to Myanmar, Jamo to Vedic, Syloti to Meetei."""

_HIGHEST: Final = 0xFFFF
"""reportlab 5.1 writes the text layer in two bytes: a higher one would be read out as another."""

_NO_SIGNS: Final = frozenset({"Cc", "Cf", "Cn", "Co", "Cs"})
"""Controls, private and unassigned codes: a font may map one all the same, to a box."""

_MOST_MARKS: Final = 2
"""Combining marks on one letter that still print where they belong; more pile up unreadably."""

_SHOWN: Final = 5
_lock = threading.Lock()
_known: dict[str, TTFont] = {}


def _font(name: str) -> TTFont:
    """One font, read and made known to reportlab when it is first needed, and only once."""
    font = _known.get(name)
    if font is None:
        with _lock:
            font = _known.get(name)
            if font is None:
                font = TTFont(name, str(locations.resources("fonts", _FILES[name])))
                pdfmetrics.registerFont(font)
                _known[name] = font
    return font


def register() -> None:
    """Makes the fonts of text known to reportlab; may be called often, from any thread.

    The one of signs is read when a sign is met: most letters have none.
    """
    _font(REGULAR)
    _font(BOLD)


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` that the bundled fonts cannot show rightly, each once, in order."""
    register()
    if text.isascii() and text.replace("\n", "").isprintable():
        return ()
    chars = set(text)
    if all(char == "\n" or _is_printable(char) for char in chars) and not any(
        unicodedata.combining(char) for char in chars
    ):
        return ()
    bad = [char for char in text if char not in "\n" and not _is_printable(char)]
    run = 0
    for char in text:
        run = run + 1 if unicodedata.combining(char) else 0
        if run > _MOST_MARKS:
            bad.append(char)
    return tuple(dict.fromkeys(bad))


def refuse_unprintable(text: str, place: str) -> None:
    """Does nothing when every character of `text` can be shown.

    Raises:
        Refused: Some cannot; names them and `place`.
    """
    bad = unprintable(text)
    if not bad:
        return
    named = ", ".join(_named(char) for char in bad[:_SHOWN])
    what = tr("These characters cannot be printed: {characters}.", characters=named)
    raise Refused(what, place, tr("Take them out, or say it in words or Latin letters."))


def runs(text: str, *, bold: bool = False) -> list[tuple[str, str]]:
    """`text` cut into (font name, piece), so that each piece's font has all its glyphs."""
    register()
    main = BOLD if bold else REGULAR
    if _glyphs(main).issuperset(text):
        return [(main, text)]
    _font(SIGNS)
    return [
        (name, "".join(piece))
        for name, piece in itertools.groupby(text, lambda c: main if _has(main, c) else SIGNS)
    ]


def width(text: str, size: float, *, bold: bool = False) -> float:
    """How wide `text` is at `size` points, in points."""
    register()
    main = BOLD if bold else REGULAR
    if "\n" not in text and _glyphs(main).issuperset(text):
        widths = _font(main).face.charWidths
        return float(0.001 * size * sum(map(widths.__getitem__, map(ord, text))))
    return sum(pdfmetrics.stringWidth(piece, name, size) for name, piece in runs(text, bold=bold))


@functools.lru_cache(maxsize=8192)
def word_width(word: str, size: float, bold: bool) -> float:
    """`width` of one word, remembered: words come again."""
    return width(word, size, bold=bold)


@functools.cache
def _glyphs(name: str) -> frozenset[str]:
    """The characters a font has, and the line's end, which needs none."""
    return frozenset(map(chr, _font(name).face.charToGlyph)) | {"\n"}


def _has(name: str, char: str) -> bool:
    return char == "\n" or ord(char) in _font(name).face.charToGlyph


@functools.lru_cache(maxsize=4096)
def _is_printable(char: str) -> bool:
    code = ord(char)
    if code > _HIGHEST or any(low <= code <= high for low, high in _UNSHAPED):
        return False
    if unicodedata.category(char) in _NO_SIGNS:
        return False
    if unicodedata.bidirectional(char) in {"R", "AL", "AN"}:
        return False
    return (_has(REGULAR, char) and _has(BOLD, char)) or _has(SIGNS, char)


def _named(char: str) -> str:
    """The character as a person can find it: itself, its code, its name."""
    name = unicodedata.name(char, "").lower()
    shown = f"“{char}” " if not unicodedata.combining(char) else ""
    return f"{shown}U+{ord(char):04X}{f' {name}' if name else ''}"
