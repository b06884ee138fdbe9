"""How statements point to exhibits, and how exhibits are listed under a letter."""

from __future__ import annotations

from disputedesk.common.cleaning import clean_line
from disputedesk.papers.context import LetterContext, LetterExhibit
from disputedesk.papers.filling import Cited
from disputedesk.papers.frame import Words, pages_told
from disputedesk.papers.letter import Enclosure


class Citations:
    """Which exhibits prove which claim, spoken in one language.

    Attributes:
        numbers: Every exhibit's number, in printing order.
    """

    def __init__(self, context: LetterContext, frame: Words, *, as_files: bool) -> None:
        self._frame = frame
        self._as_files = as_files
        self._exhibits = {e.exhibit.number: e for e in context.exhibits}
        self._positions = {e.exhibit.number: i for i, e in enumerate(context.exhibits, start=1)}
        self._proofs: dict[str, list[int]] = {}
        for proof in context.proofs:
            self._proofs.setdefault(proof.claim, []).append(proof.exhibit)
        for index, attempt in enumerate(context.attempts, start=1):
            if attempt.exhibit is not None:
                self._proofs.setdefault(f"attempt.{index}", []).append(attempt.exhibit)
        for claim in context.counterclaims:
            self._proofs[f"counterclaim.{claim.number}"] = list(claim.exhibits)
        self.numbers = tuple(self._exhibits)

    def cite(self, claims: tuple[str, ...]) -> Cited:
        """The citation of every exhibit that proves one of `claims`; empty when none does."""
        named = {n for claim in claims for n in self._proofs.get(claim, ()) if n in self._exhibits}
        numbers = tuple(sorted(named))
        if not numbers:
            return Cited("", ())
        told = self._frame.cite.separator.join(self._one(n) for n in numbers)
        return Cited(f"[{told}]", numbers)

    def _one(self, number: int) -> str:
        cite = self._frame.cite
        if self._as_files:
            return cite.file.format(number=self._positions[number])
        page = self._exhibits[number].first_page
        if page is None:
            return cite.exhibit.format(number=number)
        return cite.exhibit_page.format(number=number, page=page)


def enclosures_of(context: LetterContext, frame: Words) -> tuple[Enclosure, ...]:
    """The list of enclosures: the bundle's exhibits, by the same numbers."""
    return tuple(Enclosure(e.exhibit.number, _title(e), _pages(e, frame)) for e in context.exhibits)


def _title(item: LetterExhibit) -> str:
    return clean_line(item.exhibit.caption) or clean_line(item.exhibit.evidence.name)


def _pages(item: LetterExhibit, frame: Words) -> str:
    if item.first_page is None:
        return ""
    return pages_told(frame.page, item.first_page, item.first_page + (item.pages or 1) - 1)
