"""What is seen when a bundle is opened: pages, words, drawings, links, and what the file carries.

Lengths are points from the lower left corner of the page as it is shown.
"""

from __future__ import annotations

import dataclasses
from pathlib import Path


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def area(self) -> float:
        """Its size in square points."""
        return max(0.0, self.right - self.left) * max(0.0, self.top - self.bottom)

    def meets(self, other: Box, least: float = 0.5) -> bool:
        """Whether both share more than an edge `least` wide."""
        shared = self.shared(other)
        return shared.right - shared.left > least and shared.top - shared.bottom > least

    def shared(self, other: Box) -> Box:
        """The part both share; without area where they share none."""
        return Box(
            max(self.left, other.left), max(self.bottom, other.bottom),
            min(self.right, other.right), min(self.top, other.top),
        )  # fmt: skip

    def holds(self, x: float, y: float) -> bool:
        """Whether a place lies in it."""
        return self.left <= x <= self.right and self.bottom <= y <= self.top


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A run of text on one line.

    Attributes:
        baseline: The height it stands on.
        size: Of its first letter, as printed.
        upright: Whether it reads from left to right.
        hidden: How many of its letters leave no trace on the printed page.
        dark: Whether it is dark where they should be.
        contrast: Between the letters and what is around them in grey, 0 to 255, at the weakest
            place that can be seen at all.
    """

    text: str
    box: Box
    baseline: float
    size: float
    upright: bool = True
    hidden: int = 0
    dark: bool = False
    contrast: int = 255


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is placed on a page.

    Attributes:
        dpi: Its points per inch, of the coarser side.
        turned: Whether it is shown mirrored or lies on a slant.
        carries: Names of what its data holds beside the picture: `GPS`, `EXIF`, `XMP`.
        order: Counts what is drawn on the page.
        is_photo: Whether it is stored as photos are, with loss.
    """

    box: Box
    width: int
    height: int
    dpi: float
    turned: bool
    carries: tuple[str, ...]
    order: int
    is_photo: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Fill:
    """A filled area, by the rectangle around it.

    Attributes:
        grey: How light it is, 0 to 1; `None` for a pattern.
        is_box: Whether it is a plain rectangle.
        order: Counts what is drawn on the page.
        words_before: Whether some text that starts on its height was drawn before.
    """

    box: Box
    grey: float | None
    is_box: bool
    order: int
    words_before: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Link:
    """A place that can be pressed.

    Attributes:
        page: The page it opens; `None` when it opens none of this file.
        address: The web address or file it opens; empty for none.
        action: The kind of its action where that is another: `Launch`, `JavaScript`.
    """

    box: Box
    page: int | None
    address: str = ""
    action: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Font:
    """A font that a page uses."""

    name: str
    embedded: bool


@dataclasses.dataclass(frozen=True, slots=True)
class SeenPage:
    """One page.

    Attributes:
        number: Its place in the file, from 1.
        width: As shown, in points.
        height: As shown, in points.
        pieces: Its text.
        strokes: Rectangles around lines that are drawn and not filled.
        notes: Kinds of annotations that are no links: `FreeText`, `Redact`.
        extras: What the page carries unseen: `Thumb`, `PieceInfo`, `Metadata`.
        overfull: Whether it holds too much to be looked at whole.
    """

    number: int
    width: float
    height: float
    pieces: tuple[Piece, ...] = ()
    pictures: tuple[Picture, ...] = ()
    fills: tuple[Fill, ...] = ()
    strokes: tuple[Box, ...] = ()
    links: tuple[Link, ...] = ()
    fonts: tuple[Font, ...] = ()
    notes: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    overfull: bool = False

    @property
    def text(self) -> str:
        """Its words, a line for each piece."""
        return "\n".join(piece.text for piece in self.pieces)


@dataclasses.dataclass(frozen=True, slots=True)
class Mark:
    """One line of the outline; `page` is `None` when it opens none of this file."""

    title: str
    page: int | None
    level: int


@dataclasses.dataclass(frozen=True, slots=True)
class Attachment:
    """A file that the PDF carries, by name and SHA-256."""

    name: str
    sha256: str


@dataclasses.dataclass(frozen=True, slots=True)
class SeenBundle:
    """One opened file.

    Attributes:
        dangers: What could run or open by itself: `JavaScript`, `Launch`, `OpenAction`.
        told: The document's own entries: `/Title`, `/DeskBundle`.
        metadata: The words of its XMP metadata.
        xmp: Single values of it: `dc:title`, `pdfaid:part`.
        versions: How often it was saved over; more than one keeps what was taken out.
        layers: Names of layers that can be switched.
        intent: Whether it names the colours of its output.
        read: Page and words read in pictures; `None` where nobody read them.
    """

    path: Path
    size: int
    encrypted: bool
    pages: tuple[SeenPage, ...]
    outline: tuple[Mark, ...]
    dangers: tuple[str, ...]
    told: tuple[tuple[str, str], ...]
    metadata: str
    xmp: tuple[tuple[str, str], ...]
    language: str
    attachments: tuple[Attachment, ...]
    versions: int
    layers: int
    intent: bool
    read: tuple[tuple[int, str], ...] | None = None

    def entry(self, name: str) -> str:
        """An entry of the document's own, empty where it has none."""
        return dict(self.told).get(name, "")
