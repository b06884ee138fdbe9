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
    """One exhibit and the file that holds its sealed bytes.

    Attributes:
        cleared: Whether the desk has looked through the file: what is left in it that looks like a
            card number was said to be none.
    """

    exhibit: Exhibit
    path: Path
    cleared: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class PartLimits:
    """How large one file may be; a bundle that is larger goes out in parts.

    Attributes:
        size: Bytes of one file; `None` for any.
        pages: Pages of one file; `None` for any.
    """

    size: int | None = None
    pages: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class ChronologyLine:
    """One line of the chronology.

    Attributes:
        on: The day it happened.
        text: What happened, one neutral line.
        exhibit: Number of the exhibit that shows it; `None` when none does.
    """

    on: dt.date
    text: str
    exhibit: int | None = None


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
        number: The case's number, part of the bundle's own: `DD-1001-2`.
        version: Counts the bundles of the case, from 1; the last part of the bundle's number.
        chronology: What happened, oldest first.
        limits: How large one file may be; `None` for any size.
        notes: What was left out or made smaller, in sentences, for the cover.
    """

    title: str
    reference: str
    language: str
    paper: Paper | None
    exhibits: tuple[BundleExhibit, ...]
    letter_with: LetterWith
    stamp: dt.datetime
    number: int = 0
    version: int = 1
    chronology: tuple[ChronologyLine, ...] = ()
    limits: PartLimits | None = None
    notes: tuple[str, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class BundlePart:
    """One file of a bundle.

    Attributes:
        path: Where it was written.
        first: The number printed on its first page.
        last: The number printed on its last page.
        size: Its bytes.
    """

    path: Path
    first: int
    last: int
    size: int


@dataclasses.dataclass(frozen=True, slots=True)
class BundleMade:
    """What was written.

    Attributes:
        pages: Pages in all; the last one's printed number.
        letter_pages: Pages of the letter, which comes first; 0 without one.
        index_page: The first page of the index.
        exhibits: Where each exhibit stands.
        manifest_sha256: The hash of the manifest, as printed on the cover.
        parts: The files, in order; one where nothing limits it.
    """

    pages: int
    letter_pages: int
    index_page: int
    exhibits: tuple[ExhibitPages, ...]
    manifest_sha256: str = ""
    parts: tuple[BundlePart, ...] = ()
