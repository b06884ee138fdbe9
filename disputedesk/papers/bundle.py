"""Bundles: letter, index and exhibits as one numbered document; what is asked, what came out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

from disputedesk.model.case import Exhibit
from disputedesk.papers.letter import Letter
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.rendered import ExhibitPages

LetterWith: TypeAlias = Callable[[Sequence[tuple[int, int]]], Letter | None]
"""Gives the letter for where its exhibits stand: per exhibit its first page and its pages."""


@dataclasses.dataclass(frozen=True, slots=True)
class BundleExhibit:
    """One exhibit and the file that holds its sealed bytes."""

    exhibit: Exhibit
    path: Path


@dataclasses.dataclass(frozen=True, slots=True)
class BundleOrder:
    """What a bundle is made of.

    Attributes:
        title: The document's title.
        reference: What is printed on every page beside its number: "Case 1001".
        language: The language of index and stamps.
        paper: The sheet; `None` takes the letter's recipient's country's.
        exhibits: In printing order.
        letter_with: Makes the letter once it is known where the exhibits stand.
        stamp: The instant the PDF says it was made at; aware.
    """

    title: str
    reference: str
    language: str
    paper: Paper | None
    exhibits: tuple[BundleExhibit, ...]
    letter_with: LetterWith
    stamp: dt.datetime


@dataclasses.dataclass(frozen=True, slots=True)
class BundleMade:
    """What was written.

    Attributes:
        pages: Pages in all; the last one's printed number.
        letter_pages: Pages of the letter, which comes first; 0 without one.
        index_page: The first page of the index.
        exhibits: Where each exhibit stands.
    """

    pages: int
    letter_pages: int
    index_page: int
    exhibits: tuple[ExhibitPages, ...]
