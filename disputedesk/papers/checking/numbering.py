"""Points 2, 3 and 9: the number of pages, the stamp on each, and the size of the file."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import Claims, Kind, Stamp
from disputedesk.papers.checking.limits import Limits
from disputedesk.papers.checking.point import Point, judged, not_applicable
from disputedesk.papers.checking.seen import Box, SeenBundle, SeenPage

_MM: Final = 72 / 25.4
_LEAST_SIZE: Final = 7.95
_SAME_PLACE: Final = 2.0
_MARGIN: Final = 20 * _MM
_LEAST_FOOT: Final = 5 * _MM
_MARGIN_OFF: Final = 1.5
_MEGABYTE: Final = 1_000_000


def check_counts(seen: SeenBundle, claims: Claims) -> Point:
    """Point 2: pages in the file, last printed number, index and cover agree."""
    wrong = []
    last = claims.stamps[-1]
    pages = len(seen.pages)
    total = last.pages if last is not None else claims.first + pages - 1
    said = {stamp.pages for stamp in claims.stamps if stamp is not None}
    if len(said) > 1:
        wrong.append(tr("The stamps do not agree how many pages there are: {numbers}.",
                        numbers=", ".join(map(str, sorted(said)))))  # fmt: skip
    if last is not None and last.page != claims.first + pages - 1:
        wrong.append(tr("The file has {pages} pages, but its last one is numbered {number}.",
                        pages=pages, number=last.page))  # fmt: skip
    if claims.part is None and last is not None and last.page != total:
        wrong.append(tr("The last page is numbered {number} of {pages}.",
                        number=last.page, pages=total))  # fmt: skip
    if claims.part is None and claims.first != 1:
        wrong.append(tr("The first sheet is numbered {number}, not 1.", number=claims.first))
    if claims.kinds.count(Kind.INDEX) and claims.total != total:
        wrong.append(_by_index(claims.total, total))
    if total not in claims.cover.counts:
        counts = claims.cover.counts
        wrong.append(_by_cover(counts[0] if counts else None, total))
    return judged(2, wrong)


def _by_index(told: int | None, real: int) -> str:
    if told is None:
        return tr("The index does not tell how many pages there are.")
    return tr("There are {real} pages, but the index says {told}.", real=real, told=told)


def _by_cover(told: int | None, real: int) -> str:
    if told is None:
        return tr("The cover does not tell how many pages there are.")
    return tr("There are {real} pages, but the cover says {told}.", real=real, told=told)


def check_stamps(seen: SeenBundle, claims: Claims) -> Point:
    """Point 3: a number on each page, in the same corner, large enough, over nothing."""
    wrong = []
    for place, (page, stamp) in enumerate(zip(seen.pages, claims.stamps, strict=True)):
        number = claims.first + place
        if stamp is None:
            wrong.append(tr("Page {page} has no number.", page=number))
            continue
        if stamp.page != number and not claims.is_extract:
            wrong.append(tr("Page {page} is numbered {number}.", page=number, number=stamp.page))
        wrong += _corner(page, stamp)
        if _is_covered(page, stamp):
            wrong.append(tr("On page {page} the number stands over something else.", page=number))
    return judged(3, wrong)


def _corner(page: SeenPage, stamp: Stamp) -> list[str]:
    """What is wrong with the place and size of a stamp."""
    box, told = stamp.piece.box, []
    free = page.width - box.right
    if abs(free - _MARGIN) > _SAME_PLACE or box.left < _MARGIN - _MARGIN_OFF:
        told.append(tr("On page {page} the number is not in the corner where the others are.",
                       page=stamp.page))  # fmt: skip
    if not _LEAST_FOOT <= stamp.piece.baseline <= 15 * _MM:
        told.append(tr("On page {page} the number is not in the strip at the foot.",
                       page=stamp.page))  # fmt: skip
    if stamp.piece.size < _LEAST_SIZE:
        told.append(tr("On page {page} the number is printed in {size} points; 8 is the least.",
                       page=stamp.page, size=f"{stamp.piece.size:.1f}"))  # fmt: skip
    return told


def _is_covered(page: SeenPage, stamp: Stamp) -> bool:
    """Whether anything else is drawn where the stamp stands."""
    own = stamp.piece
    inner = Box(own.box.left + 0.5, own.box.bottom + 0.5, own.box.right - 0.5, own.box.top - 0.5)
    others = [piece.box for piece in page.pieces if piece is not own]
    others += [picture.box for picture in page.pictures]
    others += [fill.box for fill in page.fills if fill.grey is None or fill.grey < 1]
    others += page.strokes
    return any(inner.meets(box) for box in others)


def check_size(seen: SeenBundle, claims: Claims | None, limits: Limits | None) -> Point:
    """Point 9: the file is small enough, and each part says which it is."""
    wrong, remarks = [], []
    size = f"{seen.size / _MEGABYTE:.1f}"
    if claims is not None and claims.part is not None:
        wrong += _parts(seen, claims)
    if limits is None:
        if claims is None or claims.part is None:
            return not_applicable(9, tr("The file has {size} MB. No destination was named, so no "
                                        "limit is known.", size=size))  # fmt: skip
    elif limits.size is None:
        remarks.append(tr("The file has {size} MB. {destination} publishes no limit; ask before "
                          "you send.", size=size, destination=limits.title))  # fmt: skip
    elif seen.size > limits.size:
        wrong.append(tr("The file has {size} MB; {destination} takes {limit} MB at most.",
                        size=size, destination=limits.title,
                        limit=f"{limits.size / _MEGABYTE:.1f}"))  # fmt: skip
    if limits is not None and limits.pages is not None and len(seen.pages) > limits.pages:
        wrong.append(tr("The file has {pages} pages; {destination} takes {limit} at most.",
                        pages=len(seen.pages), destination=limits.title,
                        limit=limits.pages))  # fmt: skip
    return judged(9, wrong, remarks)


def _parts(seen: SeenBundle, claims: Claims) -> list[str]:
    """What is wrong with how a part tells which part it is."""
    told = []
    if claims.cover.part != claims.part:
        told.append(tr("The cover does not say which part of how many this is."))
    span = (claims.first, claims.first + len(seen.pages) - 1)
    if claims.cover.span is not None and claims.cover.span != span:
        told.append(tr("The cover says pages {said}, the part has pages {real}.",
                       said=_span(claims.cover.span), real=_span(span)))  # fmt: skip
    return told


def _span(span: tuple[int, int]) -> str:
    return f"{span[0]}–{span[1]}"
