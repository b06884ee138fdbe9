"""Bundles: letter, index and exhibits as one numbered document; what is asked, what came out."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.model.case import Exhibit
from disputedesk.papers.letter import Letter
from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.rendered import ExhibitPages
from disputedesk.papers.plan import BundlePlan

_LONGEST_NAME: Final = 48
"""Characters of a file's name in the manifest: a line of it fits on a line of the page."""

_LONGEST_HEAD: Final = 34
"""How many of them are the name's beginning where it is cut; the rest keeps its ending."""

_UNFIT: Final = frozenset('/\\:*?"<>|')
"""Signs that a name of a file cannot have everywhere."""

_NO_PLAN: Final = BundlePlan()

LetterWith: TypeAlias = Callable[[Sequence[tuple[int, int]]], Letter | None]
"""Gives the letter for where its exhibits stand: per exhibit its first page and its pages."""


@dataclasses.dataclass(frozen=True, slots=True)
class BundleExhibit:
    """One exhibit and the file that holds its outgoing bytes: a redacted copy where there is one.

    Attributes:
        path: Holds the bytes of `exhibit.outgoing`; whoever prints it checks their hash.
        cleared: Whether the desk has looked through the file: what is left in it that looks like a
            card number was said to be none.
        stand_in: A smaller file made from `path`, printed in its place; `None` where there is none.
        stand_in_type: The media type of that file.
    """

    exhibit: Exhibit
    path: Path
    cleared: bool = False
    stand_in: Path | None = None
    stand_in_type: str = ""

    @property
    def shown(self) -> Path:
        """The file that is printed."""
        return self.stand_in or self.path

    @property
    def shown_type(self) -> str:
        """The media type of the file that is printed."""
        return self.stand_in_type or self.exhibit.outgoing.media_type

    @property
    def file_name(self) -> str:
        """The name its file has wherever it goes along: number first, so that no two are alike."""
        from disputedesk.papers.pdf import fonts

        name = mask_text(clean_line(self.exhibit.outgoing.name))
        unfit = _UNFIT.union(fonts.unprintable(name))
        name = "".join("_" if char in unfit else char for char in name) or "file"
        if len(name) > _LONGEST_NAME:
            name = f"{name[:_LONGEST_HEAD]}~{name[_LONGEST_HEAD + 1 - _LONGEST_NAME :]}"
        return f"{self.exhibit.number:02}_{name}"


@dataclasses.dataclass(frozen=True, slots=True)
class SentBundle:
    """What went out before, so that nothing in it is numbered anew.

    Attributes:
        plan: Its runs of pages.
        letter: The letter's own PDF as it was, unstamped; empty without one.
    """

    plan: BundlePlan
    letter: bytes = b""


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
        reference: What it belongs to, in words: "Case 1001".
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
        about: Whose case it is and what about, as label and value, for the cover.
        sent: The bundle of the case that went out last: its pages stay, new exhibits follow.
        attach: Whether the outgoing files travel along inside the PDF.
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
    about: tuple[tuple[str, str], ...] = ()
    sent: SentBundle | None = None
    attach: bool = False

    @property
    def bundle_id(self) -> str:
        """What stands on every page of it and of no other bundle."""
        return f"DD-{self.number}-{self.version}"

    @property
    def manifest(self) -> str:
        """Hash and name of every outgoing file, as `sha256sum -c` reads it."""
        return "".join(
            f"{item.exhibit.outgoing.sha256}  {item.file_name}\n"
            for item in self.exhibits
            if item.exhibit.withdrawn_at is None
        )


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
        plan: Its runs of pages, for the bundle after it.
        letter: The letter's own PDF before pages were stamped; empty without one.
        not_archival: Why it does not claim to be PDF/A, in sentences; empty where it does.
    """

    pages: int
    letter_pages: int
    index_page: int
    exhibits: tuple[ExhibitPages, ...]
    manifest_sha256: str = ""
    parts: tuple[BundlePart, ...] = ()
    plan: BundlePlan = _NO_PLAN
    letter: bytes = b""
    not_archival: tuple[str, ...] = ()
