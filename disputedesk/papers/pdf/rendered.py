"""Finished PDFs as values."""

from __future__ import annotations

import dataclasses

from disputedesk.papers.paper import Paper


@dataclasses.dataclass(frozen=True, slots=True)
class ExhibitPages:
    """On which pages of a PDF an exhibit stands, first and last included, from 1."""

    number: int
    first: int
    last: int


@dataclasses.dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A PDF and what was printed.

    Attributes:
        data: Its bytes; the same for the same inputs and stamp.
        pages: How many pages it has.
        exhibit_pages: Of a bundle, where each exhibit stands; empty for a letter.
    """

    data: bytes
    pages: int
    paper: Paper
    title: str
    exhibit_pages: tuple[ExhibitPages, ...] = ()
