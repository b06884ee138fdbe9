"""Points 4, 5 and 6: index, outline, and the order of the exhibits."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import WITHDRAWN, Claims, Kind, Row
from disputedesk.papers.checking.days import days_in
from disputedesk.papers.checking.point import Point, judged, not_applicable
from disputedesk.papers.checking.seen import Mark, SeenBundle

_FRONT: Final = 40
"""The index begins within so many pages."""

_FEWEST_WORDS: Final = 2
_MARKED: Final = re.compile(r"^\D{0,16}?(\d+)\s?: (.*?)(?:, \D*?(\d+))?$")
_LAST: Final = re.compile(r"(\d+)\D*$")


def check_index(seen: SeenBundle, claims: Claims) -> Point:
    """Point 4: each exhibit once, with title, date, source, pages, and a link that fits."""
    index = claims.pages_of(Kind.INDEX)
    if not index:
        if claims.part is not None and claims.part[0] > 1:
            return not_applicable(4, tr("The index stands in part 1."))
        return judged(4, [tr("There is no index with links.")])
    wrong = [] if index[0] < _FRONT else [tr("The index does not stand in the first pages.")]
    wrong += _each_once(claims)
    for row in claims.rows:
        wrong += _row(row, claims, len(seen.pages))
    return judged(4, wrong)


def _each_once(claims: Claims) -> list[str]:
    listed = [row.number for row in claims.rows]
    printed = {stamp.exhibit for stamp in claims.stamps
               if stamp is not None and stamp.exhibit is not None}  # fmt: skip
    told = [tr("Exhibit {number} has pages, but no line in the index.", number=number)
            for number in sorted(printed - set(listed))]  # fmt: skip
    twice = sorted({each for each in listed if each is not None and listed.count(each) > 1})
    return told + [tr("Exhibit {number} stands twice in the index.", number=n) for n in twice]


def _row(row: Row, claims: Claims, pages: int) -> list[str]:
    """What is wrong with one line of the index."""
    if row.number is None:
        return [tr("A line of the index on page {page} names no exhibit.", page=row.page)]
    named = {"number": row.number}
    if row.first is None:
        return [tr("The index does not say on which pages exhibit {number} stands.", **named)]
    told = []
    there = claims.first <= row.first < claims.first + pages
    aim = row.link.page if row.link is not None else None
    real = aim + claims.first - 1 if aim is not None else None
    if there and real != row.first:
        told.append(tr("The index says page {page} for exhibit {number}, its link opens {real}.",
                       page=row.first, real=_page(real), **named))  # fmt: skip
    words = [piece for piece in row.pieces if re.search(r"[^\W\d_]", piece.text)]
    if len(words) < _FEWEST_WORDS:
        told.append(tr("The index does not say what exhibit {number} is and where it comes from.",
                       **named))  # fmt: skip
    if not days_in(row.text) and not _UNDATED.search(row.text):
        told.append(tr("The index gives no date for exhibit {number}.", **named))
    return told


_UNDATED: Final = re.compile(r"no date|undated|without a date|date (?:not |un)known|без даты|—|"
                             r"дата (?:не ?из|неиз)|ohne Datum|sin fecha|sans date|sem data|"
                             rf"bez daty|{WITHDRAWN}", re.I)  # fmt: skip


def _page(number: int | None) -> str:
    return tr("nothing") if number is None else tr("page {page}", page=number)


def check_outline(seen: SeenBundle, claims: Claims, rows: Sequence[Row]) -> Point:
    """Point 5: a line for each exhibit and chapter, with its number, words and page."""
    if not seen.outline:
        return judged(5, [tr("There is no outline.")])
    wrong = []
    marked: dict[int, Mark] = {}
    for mark in seen.outline:
        match = _MARKED.match(mark.title)
        if match:
            marked.setdefault(int(match[1]), mark)
        wrong += _aim(mark, claims)
    starts = _starts(claims, rows)
    for number, first in starts.items():
        found = marked.get(number)
        if found is None:
            wrong.append(tr("Exhibit {number} is not in the outline.", number=number))
        elif found.page is not None and found.page + claims.first - 1 != first:
            wrong.append(tr("The outline opens page {page} for exhibit {number}; the index says "
                            "{said}.", page=found.page + claims.first - 1, number=number,
                            said=first))  # fmt: skip
    wrong += [
        tr("The outline has no line for page {page}, where a chapter begins.",
           page=claims.first + place)
        for place in _chapters(claims)
        if place + 1 not in {mark.page for mark in seen.outline}
    ]  # fmt: skip
    return judged(5, wrong)


def _starts(claims: Claims, rows: Sequence[Row]) -> Mapping[int, int]:
    """The first page of each exhibit of this file, by the index, else by the stamps."""
    end = claims.first + len(claims.stamps)
    starts = {row.number: row.first for row in rows
              if row.number is not None and row.first is not None
              and claims.first <= row.first < end}  # fmt: skip
    for place, stamp in enumerate(claims.stamps):
        if stamp is not None and stamp.exhibit is not None:
            starts.setdefault(stamp.exhibit, claims.first + place)
    return starts


def _chapters(claims: Claims) -> list[int]:
    """Where index, chronology and manifest begin, from 0."""
    wanted = (Kind.INDEX, Kind.CHRONOLOGY, Kind.MANIFEST)
    return [claims.kinds.index(kind) for kind in wanted if kind in claims.kinds]


def _aim(mark: Mark, claims: Claims) -> list[str]:
    """Whether a line of the outline says the page it opens."""
    said = _LAST.search(mark.title)
    if mark.page is None or not said:
        return [] if mark.page else [tr("“{title}” in the outline opens nothing.",
                                        title=mark.title[:60])]  # fmt: skip
    real = mark.page + claims.first - 1
    if "," in mark.title and int(said[1]) != real:
        return [tr("“{title}” in the outline opens page {page}.", title=mark.title[:60], page=real)]
    return []


def check_order(claims: Claims, rows: Sequence[Row]) -> Point:
    """Point 6: numbers and pages follow each other without gaps, and the stamps agree."""
    known = [row for row in rows if row.number is not None and row.first is not None]
    if not known:
        return not_applicable(6, tr("There is no index to compare with."))
    absent = {int(match[1]) for match in _ABSENT.finditer(" ".join(claims.cover.text.split()))}
    is_later = claims.part is not None and claims.part[0] > 1
    told_elsewhere = set(range(max(row.number or 0 for row in known))) if is_later else set()
    wrong = _sequence(known, absent | told_elsewhere)
    wrong += _owners(claims, known)
    numbers = {row.number for row in known}
    told = [tr("Exhibit {number} is not in it; the cover says why.", number=number)
            for number in sorted(absent - numbers)]  # fmt: skip
    return judged(6, wrong, told + _by_day(known))


_EXHIBIT: Final = "Exhibit|Приложение|Anlage|[Aa]nexo|[Pp]ièce|Załącznik"
_ABSENT: Final = re.compile(
    rf"(?:{_EXHIBIT}) (\d{{1,6}}) "
    rf"(?:\((?:(?!(?:{_EXHIBIT}) \d).){{0,400}}?\) (?:is left out|не вошло|ist nicht enthalten|"
    r"no se incluye|n’est pas incluse|não foi incluído|pominięto)|"
    r"shows the same as exhibit \d|показывает то же, что|zeigt dasselbe wie|muestra lo mismo que|"
    r"montre la même chose que|mostra o mesmo que|pokazuje to samo co)"
)
"""What a cover says of an exhibit that is not in this bundle."""


def _sequence(rows: Sequence[Row], absent: set[int]) -> list[str]:
    told = []
    for before, row in itertools.pairwise(rows):
        assert before.number is not None
        assert row.number is not None
        between = range(before.number + 1, row.number)
        if row.number <= before.number or not absent.issuperset(between):
            told.append(tr("Exhibit {number} follows exhibit {before} in the index.",
                           number=row.number, before=before.number))  # fmt: skip
        if (row.first or 0) <= (before.last or 0):
            told.append(tr("Exhibits {before} and {number} claim the same pages.",
                           before=before.number, number=row.number))  # fmt: skip
    return told


def _owners(claims: Claims, rows: Sequence[Row]) -> list[str]:
    """Whether the stamps name the exhibit that the index puts there."""
    owner = {page: row.number for row in rows
             for page in range(row.first or 0, (row.last or 0) + 1)
             if (row.last or 0) - (row.first or 0) < len(claims.stamps)}  # fmt: skip
    told = []
    for place, stamp in enumerate(claims.stamps):
        page = claims.first + place
        if stamp is None:
            continue
        if stamp.exhibit is None and page in owner:
            told.append(tr("Page {page} belongs to exhibit {number} by the index, but names none.",
                           page=page, number=owner[page]))  # fmt: skip
        elif stamp.exhibit is not None and owner.get(page) != stamp.exhibit:
            told.append(tr("Page {page} names exhibit {number}; the index puts it elsewhere.",
                           page=page, number=stamp.exhibit))  # fmt: skip
    return told


def _by_day(rows: Sequence[Row]) -> list[str]:
    """Exhibits that stand after a later one; a remark, since sections may order otherwise."""
    told = []
    for before, row in itertools.pairwise(rows):
        earlier, later = days_in(row.text), days_in(before.text)
        if earlier and later and earlier[-1] < later[-1]:
            told.append(tr("Exhibit {number} is older than exhibit {before} before it; that may be "
                           "because it stands in another section.",
                           number=row.number, before=before.number))  # fmt: skip
    return told
