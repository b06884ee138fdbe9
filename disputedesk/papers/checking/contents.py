"""Points 7, 8, 10, 12 and 18: what the exhibits' pages are like."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import WITHDRAWN, Claims, Kind, Row
from disputedesk.papers.checking.days import days_in, lacks_zone
from disputedesk.papers.checking.limits import Limits
from disputedesk.papers.checking.point import Point, judged, not_applicable
from disputedesk.papers.checking.seen import Piece, SeenBundle, SeenPage

_NO_TEXT: Final = (
    "ohne durchsuchbaren Text|sin texto que buscar|sans texte à rechercher|"
    "sem texto pesquisável|bez tekstu do wyszukania"
)
_FLAGGED: Final = re.compile(
    r"no text to search|текста для поиска нет|without text to search|без текста для поиска|"
    r"not printable|not printed|не печатается|"
    rf"напечатать его нельзя|непечатаем|{_NO_TEXT}|nicht druckbar|no imprimible|non imprimable|"
    rf"não imprimível|nie do druku|{WITHDRAWN}", re.I,
)  # fmt: skip
_PICTURED: Final = re.compile(
    r"no text to search|текста для поиска нет|Bild, ohne durchsuchbar|imagen sin texto|"
    r"image, sans texte|imagem sem texto|obraz bez tekstu", re.I,
)  # fmt: skip
_FEWEST_LETTERS: Final = 12
_HEAD_ROOM: Final = 0.2
_MOST_DPI: Final = 303.0
_LEAST_DPI: Final = 148.0
_LEAST_PHOTO: Final = 99.0
_LARGE: Final = 0.04
"""A picture of less than this part of a page is an ornament."""

_SIDEWAYS: Final = 0.5
_SAME: Final = 1.5
_FAINT: Final = 50
"""Less difference in grey than that is lost on a black-and-white copy."""

_GARBLED: Final = 0.2


def check_text(seen: SeenBundle, claims: Claims | None, rows: Sequence[Row]) -> Point:
    """Point 7: text that can be searched, or a word in the index that there is none."""
    flags = {row.number: bool(_FLAGGED.search(row.text)) for row in rows}
    wrong: list[str] = []
    remarks: list[str] = []
    for page, exhibit, own in _pages(seen, claims, rows):
        number = page.number + (claims.first - 1 if claims else 0)
        pieces = list(page.pieces) if own else _without_frame(page, exhibit)
        letters = sum(char.isalnum() for piece in pieces for char in piece.text)
        garbled = sum(map(_is_garbled, "".join(piece.text for piece in pieces)))
        if garbled > _GARBLED * max(letters, 1) and garbled > 2:
            wrong.append(tr("The text of page {page} cannot be copied: its letters come out as "
                            "others.", page=number))  # fmt: skip
        elif letters < _FEWEST_LETTERS and _drawn(page):
            if exhibit is not None and flags.get(exhibit):
                continue
            told = tr("Page {page} has no text that can be searched, and the index does not say "
                      "so.", page=number)  # fmt: skip
            (remarks if exhibit is not None and exhibit not in flags else wrong).append(told)
    return judged(7, wrong, remarks)


def _pages(
    seen: SeenBundle, claims: Claims | None, rows: Sequence[Row] = ()
) -> Iterator[tuple[SeenPage, int | None, bool]]:
    """Each page, the exhibit it belongs to by index or stamp, and whether it is one of ours."""
    for place, page in enumerate(seen.pages):
        stamp = claims.stamps[place] if claims else None
        ours = claims is not None and claims.kinds[place] is not Kind.EXHIBIT
        number = place + (claims.first if claims else 1)
        listed = (row.number for row in rows if (row.first or 1) <= number <= (row.last or 0))
        yield page, next(listed, stamp.exhibit if stamp else None), ours


def _without_frame(page: SeenPage, exhibit: int | None) -> list[Piece]:
    """The words of an exhibit's page without stamp and, above a picture, without our head."""
    large = [
        each.box for each in page.pictures if each.box.area > _LARGE * page.width * page.height
    ]
    foot, head = page.height * 0.06, page.height
    begins = re.compile(rf"\D{{1,24}}\b{exhibit}(?:\s?:| \(|$)")
    if large and any(begins.match(piece.text) for piece in _head(page)):
        head = max(box.top for box in large)
    return [piece for piece in page.pieces if foot < piece.baseline < head]


def _drawn(page: SeenPage) -> bool:
    return any(each.box.area > _LARGE * page.width * page.height for each in page.pictures)


def _is_garbled(char: str) -> bool:
    return char == "\ufffd" or unicodedata.category(char) in {"Co", "Cn", "Cc"}


def check_sheets(
    seen: SeenBundle, claims: Claims | None, rows: Sequence[Row], limits: Limits | None
) -> Point:
    """Point 8: upright, one size of sheet, pictures neither coarse nor wastefully fine."""
    wrong: list[str] = []
    remarks: list[str] = []
    flags = {row.number for row in rows if _PICTURED.search(row.text)}
    first = seen.pages[0]
    size = sorted((first.width, first.height))
    for page, exhibit, _ in _pages(seen, claims, rows):
        number = page.number + (claims.first - 1 if claims else 0)
        if any(abs(a - b) > _SAME for a, b in zip(sorted((page.width, page.height)), size,
                                                  strict=True)):  # fmt: skip
            wrong.append(tr("Page {page} is of another size than the first.", page=number))
        if _lies(page):
            wrong.append(tr("The text of page {page} does not read from left to right.",
                            page=number))  # fmt: skip
        for picture in page.pictures:
            if picture.box.area < _LARGE * page.width * page.height:
                continue
            if picture.turned:
                wrong.append(tr("A picture on page {page} is mirrored or slanted.", page=number))
            if picture.dpi > _MOST_DPI:
                told = tr("A picture on page {page} has {dpi} dpi; 300 would do.",
                          page=number, dpi=round(picture.dpi))  # fmt: skip
                is_limit = limits is not None and limits.dpi is not None
                (wrong if is_limit else remarks).append(told)
            elif picture.dpi < (_LEAST_PHOTO if picture.is_photo else _LEAST_DPI):
                told = tr("A picture on page {page} has only {dpi} dpi; words in it need 150.",
                          page=number, dpi=round(picture.dpi))  # fmt: skip
                (wrong if exhibit in flags else remarks).append(told)
    return judged(8, wrong, remarks)


def _lies(page: SeenPage) -> bool:
    letters = sum(len(piece.text) for piece in page.pieces)
    lying = sum(len(piece.text) for piece in page.pieces if not piece.upright)
    return lying > _SIDEWAYS * letters and lying > _FEWEST_LETTERS


def check_captures(seen: SeenBundle, claims: Claims, rows: Sequence[Row]) -> Point:
    """Point 10: above each picture its number, when it was taken with the zone, and its file."""
    pictured = [row for row in rows if _PICTURED.search(row.text)]
    wrong: list[str] = []
    remarks: list[str] = []
    looked = 0
    for row in pictured:
        place = (row.first or 0) - claims.first
        if not 0 <= place < len(seen.pages):
            continue
        looked += 1
        head = " · ".join(piece.text for piece in _head(seen.pages[place]))
        named = {"number": row.number, "page": row.first}
        if not re.search(rf"\b{row.number}\b", head):
            wrong.append(
                tr("Page {page} does not begin with a head for exhibit {number}.", **named)
            )
        elif lacks_zone(head):
            wrong.append(tr("The head of exhibit {number} on page {page} gives a time without its "
                            "zone.", **named))  # fmt: skip
        elif not days_in(head):
            remarks.append(tr("Nobody says when exhibit {number} on page {page} was taken.",
                              **named))  # fmt: skip
    if not looked:
        return not_applicable(10, tr("There are no pictures among the exhibits."))
    return judged(10, wrong, remarks)


def _head(page: SeenPage) -> list[Piece]:
    """The words in the upper part of a page."""
    return [piece for piece in page.pieces if piece.baseline > page.height * (1 - _HEAD_ROOM)]


_TRANSLATED: Final = re.compile(
    r"\btranslat(?:ion|ed)\b|\bперевод\w*\s+(?:приложения|документа|письма|переписки|с\s)|"
    r"машинный перевод|переведено", re.I,
)  # fmt: skip
_BY_WHOM: Final = re.compile(
    r"machine translation|translated by|translation by|translator|"
    r"машинный перевод|перев[её]л|переводчик|перевод выполн", re.I,
)  # fmt: skip
_ORIGINAL: Final = re.compile(r"(?:exhibit|ex\.|приложени\w+|прил\.)\s*(\d+)", re.I)


def check_translations(rows: Sequence[Row]) -> Point:
    """Point 12: a translation follows its original and says who made it."""
    translations = [row for row in rows if _TRANSLATED.search(row.text)]
    if not translations:
        return not_applicable(12, tr("No exhibit calls itself a translation."))
    wrong = []
    numbers = [row.number for row in rows]
    for row in translations:
        named = {"number": row.number}
        if not _BY_WHOM.search(row.text):
            wrong.append(tr("Exhibit {number} is a translation, but does not say whose.", **named))
        original = _ORIGINAL.search(row.text)
        before = numbers[numbers.index(row.number) - 1] if numbers.index(row.number) else None
        if before is None or (original and int(original[1]) != before):
            wrong.append(tr("Exhibit {number} does not follow the original it translates.",
                            **named))  # fmt: skip
    return judged(12, wrong)


def check_greys(seen: SeenBundle, claims: Claims | None) -> Point:
    """Point 18: every word stays readable when colours are gone; days and sums are words."""
    wrong: list[str] = []
    remarks: list[str] = []
    for page, _, own in _pages(seen, claims):
        number = page.number + (claims.first - 1 if claims else 0)
        faint = sum(len(piece.text) for piece in page.pieces
                    if piece.contrast < _FAINT and not piece.hidden)  # fmt: skip
        if faint < _FEWEST_LETTERS:
            continue
        told = tr("Some words on page {page} are too faint for a black-and-white copy.",
                  page=number)  # fmt: skip
        (wrong if own else remarks).append(told)
    if claims is not None:
        wrong += _unwritten(seen, claims)
    return judged(18, wrong, remarks)


def _unwritten(seen: SeenBundle, claims: Claims) -> list[str]:
    """A chronology whose days are not written as text."""
    return [
        tr("Page {page} shows no day as text.", page=claims.first + place)
        for place in claims.pages_of(Kind.CHRONOLOGY)[:1]
        if not days_in(seen.pages[place].text)
    ]
