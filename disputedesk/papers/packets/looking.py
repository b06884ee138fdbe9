"""What came out of a bundle: per exhibit its pages, its pictures as printed, and what was not."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from disputedesk.media.pdfium import LOCK
from disputedesk.papers.bundle import BundleExhibit, BundleMade
from disputedesk.papers.packets.placed import placed_pictures

_ENOUGH_OF_HASH: Final = 32
"""So much of a hash on a page names its file beyond doubt, however the line is broken."""


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """One exhibit in a bundle that was written.

    Attributes:
        dpi: Points to the inch of its densest picture as printed; 0 without any.
        points: Points of its largest picture.
        by_page: The same for each of its pages that shows any, from 1.
        size: Bytes of its pictures as stored.
        printed: Whether its pages show it; a page may only name the file.
    """

    number: int
    first: int
    last: int
    dpi: float = 0.0
    points: int = 0
    by_page: tuple[tuple[int, float], ...] = ()
    size: int = 0
    printed: bool = True

    @property
    def pages(self) -> int:
        """How many pages it takes."""
        return self.last - self.first + 1


def look_at(path: Path, made: BundleMade, items: Sequence[BundleExhibit]) -> dict[int, Seen]:
    """Every exhibit of a bundle that was written to one file, by its number."""
    import pikepdf

    seen = {each.number: Seen(each.number, each.first, each.last) for each in made.exhibits}
    owner = {page: s.number for s in seen.values() for page in range(s.first, s.last + 1)}
    with pikepdf.open(path, suppress_warnings=True) as document:
        for placed in placed_pictures(document):
            number = owner.get(placed.page)
            if number is None:
                continue
            known = seen[number]
            pages = dict(known.by_page)
            page = placed.page - known.first + 1
            pages[page] = max(pages.get(page, 0.0), placed.dpi)
            seen[number] = dataclasses.replace(
                known,
                by_page=tuple(sorted(pages.items())),
                dpi=max(known.dpi, placed.dpi),
                points=max(known.points, placed.width * placed.height),
                size=known.size + int(placed.stream.get("/Length", 0)),
            )
    for number in _only_named(path, seen, items):
        seen[number] = dataclasses.replace(seen[number], printed=False)
    return seen


def _only_named(path: Path, seen: dict[int, Seen], items: Sequence[BundleExhibit]) -> list[int]:
    """The exhibits whose one page tells the hash of the file instead of showing it."""
    import pypdfium2

    found = []
    with LOCK:
        document = pypdfium2.PdfDocument(path)
        try:
            for item in items:
                each = seen.get(item.exhibit.number)
                if each is None or each.dpi or each.pages > 1:
                    continue
                text = document[each.first - 1].get_textpage().get_text_range()
                if item.exhibit.outgoing.sha256[:_ENOUGH_OF_HASH] in "".join(text.split()):
                    found.append(each.number)
        finally:
            document.close()
    return found
