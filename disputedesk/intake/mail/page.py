"""The texts of a mail made ready for searching: without addresses of pages and advertising."""

from __future__ import annotations

import dataclasses
import re
from typing import Final

from disputedesk.intake.days import folded_text
from disputedesk.intake.mail.letter import Letter
from disputedesk.intake.mail.phrases import load_phrases

_URL: Final = re.compile(r"<?\b(?:https?://|www\.)[^\s<>]{1,4000}>?|\[https?://[^\]\s]{1,4000}\]")
_HEAD: Final = 3_000
"""Signs at the beginning of a mail that say what happened; what follows is small print."""

_FEWEST_BEFORE_ENDS: Final = 40


@dataclasses.dataclass(frozen=True, slots=True)
class Page:
    """One text of a mail.

    Attributes:
        lines: Its lines that hold something, trimmed.
        flat: All of it on one line with single spaces.
        folded: The same in small letters without accents; every sign at its place in `flat`.
    """

    lines: tuple[str, ...]
    flat: str
    folded: str

    @property
    def head(self) -> str:
        """The beginning of `folded`, which says what happened."""
        return self.folded[:_HEAD]


def make_page(text: str) -> Page:
    """The page of one text, cut where its advertising begins."""
    plain = _URL.sub(" ", text)
    lines = tuple(" ".join(line.split()) for line in plain.splitlines() if line.strip())
    flat = " ".join(lines)
    folded = folded_text(flat)
    end = load_phrases().ends.search(folded, _FEWEST_BEFORE_ENDS)
    if end is not None:
        flat, folded = flat[: end.start()], folded[: end.start()]
        lines = _until(lines, end.start())
    return Page(lines, flat, folded)


def pages_of(letter: Letter) -> tuple[Page, ...]:
    """Subject, plain text and HTML text of `letter`, in this order; empty ones are left out."""
    texts = (letter.subject, letter.plain, letter.html)
    return tuple(page for text in texts if text.strip() and (page := make_page(text)).flat)


def _until(lines: tuple[str, ...], length: int) -> tuple[str, ...]:
    kept, used = [], 0
    for line in lines:
        if used >= length:
            break
        kept.append(line[: length - used])
        used += len(line) + 1
    return tuple(kept)
