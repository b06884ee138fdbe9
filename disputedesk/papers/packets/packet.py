"""Packets as values: the files that go out, and a line for everything that was done to fit them."""

from __future__ import annotations

import dataclasses
import enum
from pathlib import Path
from typing import Final

from disputedesk.papers.bundle import BundleMade, BundleOrder
from disputedesk.papers.packets.profile import Profile
from disputedesk.papers.plan import BundlePlan

_NO_PLAN: Final = BundlePlan()


class Act(enum.StrEnum):
    """What was done to one exhibit, or to all."""

    REPEATED = "repeated"
    """Left out, because another exhibit shows the very same."""
    SMALLER = "smaller"
    """Its pictures were coded anew, with fewer points where a printer shows no more."""
    GREY = "grey"
    TWO_TONES = "two_tones"
    DRAWN = "drawn"
    """Its pages were drawn as pictures: their words cannot be searched any more."""
    CONVERTED = "converted"
    """Written in another format."""
    SPLIT = "split"
    LEFT_OUT = "left_out"
    NOT_PRINTED = "not_printed"
    """Only named in the bundle: no page can be made of it."""
    WARNED = "warned"
    """A wish of the destination that could not be met; nothing is missing."""


MISSING = frozenset({Act.REPEATED, Act.LEFT_OUT, Act.NOT_PRINTED})
"""Acts after which an exhibit's contents are not in the packet."""


class Why(enum.StrEnum):
    """Which wish of the destination, or which state of the file, made it needed."""

    BYTES = "bytes"
    PAGES = "pages"
    FILES = "files"
    DPI = "dpi"
    PIXELS = "pixels"
    COLOUR = "colour"
    FORMAT = "format"
    OPENS = "opens"
    """Nobody says what is taken; in this format everybody can open it."""
    TYPE = "type"
    SAME = "same"
    UNPRINTABLE = "unprintable"
    COARSE = "coarse"
    """It was made with fewer points than can be read well."""


@dataclasses.dataclass(frozen=True, slots=True)
class PacketLine:
    """One line of the report.

    Attributes:
        exhibit: Its number; 0 for the packet as a whole.
        caption: What is seen on it.
        before: Bytes before; 0 where they do not matter.
        dpi_before: Points to the inch before; 0 where they do not matter.
        twin: The exhibit that shows the same; 0 for none.
        detail: What the act needs besides: the new format, the number of parts.
        weighty: Whether the checklist of the way says that the exhibit must be there.
    """

    act: Act
    why: Why
    exhibit: int = 0
    caption: str = ""
    before: int = 0
    after: int = 0
    dpi_before: int = 0
    dpi_after: int = 0
    twin: int = 0
    detail: str = ""
    weighty: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class PacketFile:
    """One file that goes out.

    Attributes:
        name: What it is called there.
        exhibits: Numbers of the exhibits in it.
        category: The kind of evidence in it, for a form with a field for each; else empty.
        letter: Whether it holds the letter.
    """

    name: str
    path: Path
    size: int
    pages: int
    media_type: str
    exhibits: tuple[int, ...] = ()
    category: str = ""
    letter: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Packet:
    """Evidence fitted to a destination.

    Attributes:
        files: In the order to upload.
        lines: What was done to fit, in the order of exhibits.
        order: Of a bundle, what it was made of; `None` for single files.
        made: Of a bundle, what was written.
        plan: Of single files, the exhibits in them and their words; of a bundle see `made`.
    """

    profile: Profile
    files: tuple[PacketFile, ...]
    lines: tuple[PacketLine, ...]
    order: BundleOrder | None = None
    made: BundleMade | None = None
    plan: BundlePlan = _NO_PLAN

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(file.size for file in self.files)

    @property
    def pages(self) -> int:
        """Pages in all; a picture is one."""
        return sum(file.pages for file in self.files)

    @property
    def missing(self) -> tuple[PacketLine, ...]:
        """The lines of exhibits whose contents are not in it."""
        return tuple(line for line in self.lines if line.act in MISSING)
