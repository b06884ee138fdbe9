"""Point 15: the letter's enclosures are the index, and what it cites is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import WITHDRAWN, Claims, Kind, Row, lines_of
from disputedesk.papers.checking.point import Point, judged, not_applicable
from disputedesk.papers.checking.seen import SeenBundle

_CITED: Final = re.compile(
    r"(?:Exhibit|Ex\.|Приложение|Прил\.|Anlage|Anexo|Pièce|Załącznik)\s*(\d+),\s*"
    r"(?:pages?|pp?\.|стр(?:аница|\.)|с\.|Seite|página|strona)\s*(\d+)"
)
_BRACKETS: Final = re.compile(r"\[[^\[\]]{0,200}\]")
_ENCLOSURES: Final = re.compile(
    r"^(?:Enclosures|Приложения|Anlagen|Anexos|Pièces jointes|Załączniki)\b"
)
_WITHDRAWN: Final = re.compile(WITHDRAWN, re.I)
_ENTRY: Final = re.compile(r"^(\d{1,4})\.\s+(.*)")


def check_letter(seen: SeenBundle, claims: Claims, rows: Sequence[Row]) -> Point:
    """Point 15: enclosures are the index's exhibits, citations name pages of theirs."""
    if not rows:
        return not_applicable(15, tr("There is no index to compare with."))
    places = claims.pages_of(Kind.LETTER)
    lines = [line for place in places for line in lines_of(seen.pages[place].pieces)]
    enclosed = _enclosed(lines)
    cited = _cited(seen, claims)
    if not enclosed and not cited:
        return not_applicable(15, tr("Nothing in this file cites an exhibit."))
    spans = {row.number: (row.first or 0, row.last or 0) for row in rows}
    wrong = []
    for page, number, aim in cited:
        if number not in spans:
            wrong.append(tr("Page {page} cites exhibit {number}, which is not there.",
                            page=page, number=number))  # fmt: skip
        elif not spans[number][0] <= aim <= spans[number][1]:
            told = tr("Page {page} cites page {aim} for exhibit {number}; it stands on {real}.",
                      page=page, number=number, aim=aim, real=_told(spans[number]))  # fmt: skip
            wrong.append(told)
    if places and enclosed:
        wrong += _compared(enclosed, [row for row in rows if not _WITHDRAWN.search(row.text)])
    return judged(15, wrong)


def _told(span: tuple[int, int]) -> str:
    first, last = span
    return tr("page {page}", page=first) if first == last else f"{first}–{last}"


def _cited(seen: SeenBundle, claims: Claims) -> list[tuple[int, int, int]]:
    """Page, exhibit and cited page of each citation on pages of our own."""
    found = []
    for place, kind in enumerate(claims.kinds):
        if kind in {Kind.EXHIBIT, Kind.INDEX}:
            continue
        text = " ".join(lines_of(seen.pages[place].pieces))
        for bracket in _BRACKETS.findall(text):
            found += [(claims.first + place, int(match[1]), int(match[2]))
                      for match in _CITED.finditer(bracket)]  # fmt: skip
    return found


def _enclosed(lines: Sequence[str]) -> dict[int, str]:
    """Number and title of each enclosure that the letter lists."""
    begin = next((at for at, line in enumerate(lines) if _ENCLOSURES.match(line)), None)
    if begin is None:
        return {}
    return {int(match[1]): match[2] for line in lines[begin + 1 :] if (match := _ENTRY.match(line))}


def _compared(enclosed: dict[int, str], rows: Sequence[Row]) -> list[str]:
    """Where the letter's list and the index differ."""
    listed = {row.number: _plain(row.text) for row in rows if row.number is not None}
    told = [tr("The letter does not list exhibit {number} among its enclosures.", number=number)
            for number in listed if number not in enclosed]  # fmt: skip
    for number, title in enclosed.items():
        if number not in listed:
            told.append(tr("The letter lists enclosure {number}, which is not in the index.",
                           number=number))  # fmt: skip
        elif _plain(title.split(",")[0])[:24] not in listed[number]:
            told.append(tr("Enclosure {number} has another title in the letter than in the index.",
                           number=number))  # fmt: skip
    return told


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()
