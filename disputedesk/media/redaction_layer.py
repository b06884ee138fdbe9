"""The words of a page that became a picture, laid over it unseen, so that it can be searched.

The letters are written without being drawn, in a font that has no shapes at all: each sign is an
empty one of the right width with the character it stands for. Only letters that were read on the
page as it was, clear of every box, are handed in.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any, Final

from disputedesk.common.secrets import mask_text
from disputedesk.media.redaction_boxes import Box
from disputedesk.media.redaction_pages import Letter

_SIGNS: Final = 255
"""Characters a font of this kind can hold."""

_UNKNOWN: Final = " \ufffd"
_EM: Final = 1000
_CMAP_HEAD: Final = (
    "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
    "/CMapName /Unseen def\n/CMapType 2 def\n"
    "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n"
)
_CMAP_FOOT: Final = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
_CMAP_PART: Final = 100


@dataclasses.dataclass(frozen=True, slots=True)
class _Word:
    """Letters without a space between them, and the box around them."""

    text: str
    box: Box


def add_words(copy: Any, sheet: Any, letters: Sequence[Letter], size: tuple[float, float]) -> None:
    """Lays the letters over a sheet of this size, unseen; nothing for a page without words.

    Words in which a secret can be read are left out: they are in the picture, and the proof of the
    copy refuses that.
    """
    words = list(_words(letters))
    if mask_text(plain := " ".join(word.text for word in words)) != plain or not words:
        return
    signs = {sign: at for at, sign in enumerate(dict.fromkeys(s for w in words for s in w.text))}
    fonts = {f"/U{at}": _font(copy, list(signs)[at * _SIGNS : (at + 1) * _SIGNS])
             for at in range((len(signs) + _SIGNS - 1) // _SIGNS)}  # fmt: skip
    import pikepdf

    sheet.resources["/Font"] = pikepdf.Dictionary(fonts)
    lines = ["BT", "3 Tr", *(line for word in words for line in _shown(word, signs, size)), "ET"]
    sheet.contents_add("\n".join(lines).encode())
    sheet.contents_coalesce()


def _words(letters: Sequence[Letter]) -> Iterator[_Word]:
    """The words on the page, in reading order."""
    text, box = "", None
    for letter in (*letters, Letter(" ", None)):
        sign = letter.text
        if letter.box is not None and sign.isprintable() and sign not in _UNKNOWN:
            text += sign
            box = letter.box if box is None else _both(box, letter.box)
            continue
        if text and box is not None:
            yield _Word(text, box)
        text, box = "", None


def _both(one: Box, other: Box) -> Box:
    return Box(one.page, min(one.left, other.left), min(one.top, other.top),
               max(one.right, other.right), max(one.bottom, other.bottom))  # fmt: skip


def _shown(word: _Word, signs: dict[str, int], size: tuple[float, float]) -> Iterator[str]:
    """A word stretched over its box; signs of another font begin another piece."""
    width, height = size
    high = max(1.0, (word.box.bottom - word.box.top) * height)
    step = (word.box.right - word.box.left) * width / len(word.text)
    left, base = word.box.left * width, (1 - word.box.bottom) * height
    pieces: list[tuple[int, int, list[int]]] = []
    for at, sign in enumerate(word.text):
        font, code = divmod(signs[sign], _SIGNS)
        if not pieces or pieces[-1][0] != font:
            pieces.append((font, at, []))
        pieces[-1][2].append(code + 1)
    for font, at, codes in pieces:
        stretch = 100 * step / high
        yield f"/U{font} {high:.2f} Tf {stretch:.2f} Tz"
        yield f"1 0 0 1 {left + at * step:.2f} {base:.2f} Tm <{bytes(codes).hex()}> Tj"
    if pieces:
        yield f"1 0 0 1 {left + len(word.text) * step:.2f} {base:.2f} Tm"


def _font(copy: Any, signs: Sequence[str]) -> Any:
    """A font of empty signs that stand for these characters."""
    import pikepdf

    name = pikepdf.Name
    codes = range(1, len(signs) + 1)
    empty = copy.make_stream(f"{_EM} 0 d0\n".encode())
    differences = pikepdf.Array([1, *(name(f"/g{code}") for code in codes)])
    return copy.make_indirect(
        pikepdf.Dictionary(
            Type=name("/Font"), Subtype=name("/Type3"), FontBBox=[0, 0, _EM, _EM],
            FontMatrix=[1 / _EM, 0, 0, 1 / _EM, 0, 0], FirstChar=1, LastChar=len(signs),
            Widths=[_EM] * len(signs), Resources=pikepdf.Dictionary(),
            CharProcs=pikepdf.Dictionary({f"/g{code}": empty for code in codes}),
            Encoding=pikepdf.Dictionary(Type=name("/Encoding"), Differences=differences),
            ToUnicode=copy.make_stream(_to_unicode(signs).encode()),
        )
    )  # fmt: skip


def _to_unicode(signs: Sequence[str]) -> str:
    """What each sign stands for, as PDF readers ask it."""
    lines = [
        f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for code, sign in enumerate(signs, 1)
    ]
    parts = [lines[at : at + _CMAP_PART] for at in range(0, len(lines), _CMAP_PART)]
    body = "".join(
        f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar\n" for part in parts
    )
    return _CMAP_HEAD + body + _CMAP_FOOT
