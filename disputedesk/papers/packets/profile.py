"""Profiles as values: what one destination takes, and who says so."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import Final

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import mark, tr


class Shape(enum.StrEnum):
    """In what a destination wants the evidence."""

    ONE_PDF = "one_pdf"
    """Letter, index and exhibits as one file."""
    PARTS = "parts"
    """The same, as several files where one would be too large."""
    FILES = "files"
    """Every exhibit a file of its own, in the order to upload."""


class Colour(enum.StrEnum):
    """Which colours a destination takes."""

    ANY = "any"
    GREY = "grey"
    BW = "bw"
    """Black and white only: every picture in two tones."""


class Signs(enum.StrEnum):
    """Which signs a file's name may have before its ending."""

    ANY = "any"
    ASCII = "ascii"
    """Latin letters, digits, hyphen and underscore."""
    PLAIN = "plain"
    """Latin letters and digits alone."""


class Confidence(enum.StrEnum):
    """How far a source can be relied on."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


LIMITS: Final = ("formats", "file_bytes", "total_bytes", "files", "file_pages", "total_pages",
                 "most_dpi", "most_pixels", "longest_name")  # fmt: skip
"""The keys that state a limit; each needs a source."""

_ASKED: Final = {
    mark("kinds of files"): ("formats",),
    mark("bytes"): ("file_bytes", "total_bytes"),
    mark("number of files"): ("files",),
    mark("number of pages"): ("file_pages", "total_pages"),
}
"""What somebody wants to know before sending, and the limits that tell it."""


@dataclasses.dataclass(frozen=True, slots=True)
class ProfileSource:
    """Who says what a destination takes.

    Attributes:
        about: The keys of the profile it is the source of.
        url: Where it stands; empty for a page that has no address.
    """

    title: str
    about: tuple[str, ...]
    checked_on: dt.date
    confidence: Confidence
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Profile:
    """What one destination takes; `None` and an empty `formats` stand for what nobody published.

    Attributes:
        about: Who it is for, one sentence.
        formats: Endings without the dot, the one to convert to first.
        file_bytes: Bytes of one file at most; decimal, as published figures are the smaller ones.
        most_dpi: Points to the inch at most, where a picture is printed.
        least_dpi: Coarser than this, words in a picture cannot be read.
        least_photo_dpi: The same for photographs without words.
        most_pixels: Points of one picture at most.
        keeps_colour: Whether colours are part of the evidence: they are not given up for size.
        least_type: Points that the smallest letters shall have; `None` for any.
        one_per_category: Whether all exhibits of one kind go into one file.
        networks: Card networks it serves; likewise platforms, wallets and avenues.
        own: Whether it lies in the desk's own folder.
    """

    id: str
    title: str
    about: str
    shape: Shape
    sources: tuple[ProfileSource, ...]
    formats: tuple[str, ...] = ()
    file_bytes: int | None = None
    total_bytes: int | None = None
    files: int | None = None
    file_pages: int | None = None
    total_pages: int | None = None
    paper: str = ""
    most_dpi: int | None = None
    least_dpi: int = 150
    least_photo_dpi: int = 100
    most_pixels: int | None = None
    colour: Colour = Colour.ANY
    keeps_colour: bool = False
    least_type: float | None = None
    longest_name: int | None = None
    name_signs: Signs = Signs.ASCII
    one_per_category: bool = False
    networks: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    wallets: tuple[str, ...] = ()
    avenues: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    own: bool = False

    @property
    def checked_on(self) -> dt.date:
        """The day its oldest figure was looked up."""
        return min(source.checked_on for source in self.sources)

    @property
    def confidence(self) -> Confidence:
        """That of its weakest source."""
        order = list(Confidence)
        return max((source.confidence for source in self.sources), key=order.index)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What nobody published, as messages of the catalogue."""
        return tuple(
            name for name, keys in _ASKED.items()
            if not any(getattr(self, key) for key in keys)
            and not (keys == ("files",) and self.shape is Shape.ONE_PDF)
        )  # fmt: skip

    @property
    def bytes_of_one(self) -> int | None:
        """How large one file may be, the limit of all together counted in."""
        return _least(self.file_bytes, self.total_bytes)

    @property
    def pages_of_one(self) -> int | None:
        """How many pages one file may have, the limit of all together counted in."""
        return _least(self.file_pages, self.total_pages)

    def source_of(self, key: str) -> ProfileSource:
        """Who says what `key` is; the first source where none names it."""
        named = (source for source in self.sources if key in source.about)
        return next(named, self.sources[0])


def _least(*limits: int | None) -> int | None:
    known = [limit for limit in limits if limit is not None]
    return min(known) if known else None


@dataclasses.dataclass(frozen=True, slots=True)
class ProfileRefused:
    """A profile that was not taken: its file, the key and why."""

    file: str
    key: str
    why: str


@dataclasses.dataclass(frozen=True, slots=True)
class ProfileSet:
    """The profiles there are, and those refused."""

    profiles: tuple[Profile, ...]
    refused: tuple[ProfileRefused, ...] = ()

    def get(self, profile_id: str) -> Profile:
        """The profile of that id.

        Raises:
            NotFound: There is none; names one that was refused with its reason.
        """
        for profile in self.profiles:
            if profile.id == profile_id:
                return profile
        for refused in self.refused:
            if refused.file == f"{profile_id}.toml":
                place = f"{refused.file}: {refused.key}" if refused.key else refused.file
                raise NotFound(refused.why, place, tr("Correct the profile and try again."))
        raise NotFound(
            tr("There is no destination called “{name}”.", name=profile_id),
            profile_id,
            tr("“bundle profiles” lists them."),
        )
