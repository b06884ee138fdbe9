"""Reads profiles from their files, and refuses a malformed one with file, key and reason.

A desk's own profiles lie in its folder `packets` and are read by the same rules; one that has the
id of a shipped one takes its place, because a limit may change before a new edition of the program.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import Final, Literal

import msgspec

from disputedesk.common import locations
from disputedesk.common.texts import tr
from disputedesk.deadlines.words import Avenue
from disputedesk.papers.packets.profile import (
    LIMITS,
    Colour,
    Confidence,
    Profile,
    ProfileRefused,
    ProfileSet,
    ProfileSource,
    Shape,
    Signs,
)

_ID: Final = re.compile(r"[a-z][a-z0-9-]{1,39}")
_PATH: Final = re.compile(r"^(.*?) - at `\$\.?(.*)`$", re.DOTALL)
_MOST_BYTES: Final = 64 << 10
_SHORTEST_NAME: Final = 12
"""Characters that a name needs for case, version or number, and its ending."""

_FLOOR: Final = 72
"""Points to the inch under which nothing can be read on paper; no profile may ask for it."""

Format = Literal["pdf", "jpg", "png", "gif", "tif"]


class _Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of a profile; unknown keys are refused by name."""


class _Source(_Entry, frozen=True):
    title: str
    about: tuple[str, ...]
    checked_on: dt.date
    confidence: Confidence
    url: str = ""


class _Profile(_Entry, frozen=True, kw_only=True):
    id: str
    title: str
    about: str
    shape: Shape
    source: tuple[_Source, ...]
    formats: tuple[Format, ...] = ()
    file_bytes: int | None = None
    total_bytes: int | None = None
    files: int | None = None
    file_pages: int | None = None
    total_pages: int | None = None
    paper: Literal["", "a4", "letter"] = ""
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
    avenues: tuple[Avenue, ...] = ()
    notes: tuple[str, ...] = ()


class _Fault(Exception):
    """Where in a profile and why; turned into `ProfileRefused` at the edge."""

    def __init__(self, file: Path, key: str, why: str) -> None:
        super().__init__(why)
        self.refused = ProfileRefused(file.name, key, why)


def load_profiles(own: Path | None = None) -> ProfileSet:
    """The shipped profiles and those of the desk's folder `own`, by title; a bad one refused."""
    found: dict[str, Profile] = {}
    refused: list[ProfileRefused] = []
    for root, is_own in ((shipped_folder(), False), (own, True)):
        for file in sorted(root.glob("*.toml")) if root is not None else ():
            try:
                found[file.stem] = _profile(file, is_own)
            except _Fault as fault:
                refused.append(fault.refused)
    return ProfileSet(tuple(found[name] for name in sorted(found)), tuple(refused))


def shipped_folder() -> Path:
    """Where the profiles lie that come with the program."""
    return locations.resources("packets")


def _profile(file: Path, own: bool) -> Profile:
    raw = _read(file)
    _check_head(file, raw)
    _check_figures(file, raw)
    _check_sources(file, raw)
    values = {name: getattr(raw, name) for name in raw.__struct_fields__ if name != "source"}
    values["avenues"] = tuple(str(avenue) for avenue in raw.avenues)
    values["formats"] = tuple(str(each) for each in raw.formats)
    sources = tuple(
        ProfileSource(s.title, s.about, s.checked_on, s.confidence, s.url) for s in raw.source
    )
    return Profile(**values, sources=sources, own=own)


def _read(file: Path) -> _Profile:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise _Fault(file, "", tr("It cannot be read: {why}.", why=error.strerror)) from error
    if len(data) > _MOST_BYTES:
        raise _Fault(file, "", tr("It has {count} bytes; at most {most} are read.",
                                  count=len(data), most=_MOST_BYTES))  # fmt: skip
    try:
        return msgspec.convert(tomllib.loads(data.decode("utf-8")), _Profile)
    except UnicodeDecodeError as error:
        raise _Fault(
            file, "", tr("It is no UTF-8 text (byte {place}).", place=error.start)
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise _Fault(file, "", tr("It is no valid TOML: {why}.", why=error)) from error
    except msgspec.ValidationError as error:
        match = _PATH.match(str(error))
        why, key = (match.group(1), match.group(2)) if match else (str(error), "")
        raise _Fault(file, key, f"{why}.") from error


def _check_head(file: Path, raw: _Profile) -> None:
    """Refuses what no list could show."""
    if not _ID.fullmatch(raw.id) or raw.id != file.stem:
        raise _Fault(file, "id", tr(
            "The id is the file’s name, “{name}”, in small letters, digits and hyphens.",
            name=file.stem,
        ))  # fmt: skip
    for key in ("title", "about"):
        if not getattr(raw, key).strip():
            raise _Fault(file, key, tr("It needs words."))


def _check_figures(file: Path, raw: _Profile) -> None:
    """Refuses figures that nothing could be fitted to."""
    for key in ("file_bytes", "total_bytes", "files", "file_pages", "total_pages", "most_pixels",
                "least_type"):  # fmt: skip
        figure = getattr(raw, key)
        if figure is not None and figure <= 0:
            raise _Fault(file, key, tr("A limit is above 0; leave it out where none is known."))
    for key in ("least_dpi", "least_photo_dpi"):
        if getattr(raw, key) < _FLOOR:
            raise _Fault(file, key, tr(
                "Under {floor} points to the inch nothing can be read.", floor=_FLOOR
            ))  # fmt: skip
    if raw.most_dpi is not None and raw.most_dpi < max(raw.least_dpi, raw.least_photo_dpi):
        raise _Fault(file, "most_dpi", tr("It is smaller than what can be read, “least_dpi”."))
    if raw.longest_name is not None and raw.longest_name < _SHORTEST_NAME:
        raise _Fault(file, "longest_name", tr(
            "A name needs at least {count} signs.", count=_SHORTEST_NAME
        ))  # fmt: skip
    if raw.shape is not Shape.FILES and raw.formats and "pdf" not in raw.formats:
        raise _Fault(file, "formats", tr(
            "A bundle is a PDF; without “pdf” among the formats the shape is “files”."
        ))  # fmt: skip
    if raw.shape is Shape.ONE_PDF and (raw.files or 1) != 1:
        raise _Fault(file, "files", tr("“one_pdf” is one file; several are “parts” or “files”."))
    if raw.one_per_category and raw.shape is not Shape.FILES:
        raise _Fault(file, "one_per_category", tr("Only the shape “files” has categories."))


def _check_sources(file: Path, raw: _Profile) -> None:
    """Refuses a figure of which nobody says where it comes from."""
    if not raw.source:
        raise _Fault(file, "source", tr(
            "A profile names at least one source, with the day it was checked."
        ))  # fmt: skip
    known = set(raw.__struct_fields__)
    for index, source in enumerate(raw.source):
        if not source.title.strip():
            raise _Fault(file, f"source[{index}].title", tr("It needs words."))
        if source.url and not source.url.startswith("https://"):
            raise _Fault(file, f"source[{index}].url", tr("An address begins with https://."))
        for key in source.about:
            if key not in known:
                raise _Fault(file, f"source[{index}].about", tr("No key is called “{name}”.",
                                                               name=key))  # fmt: skip
    told = {key for source in raw.source for key in source.about}
    for key in (*LIMITS, "least_type"):
        if getattr(raw, key) and key not in told:
            raise _Fault(file, key, tr("No source names this limit under “about”."))
    if raw.colour is not Colour.ANY and "colour" not in told:
        raise _Fault(file, "colour", tr("No source names this limit under “about”."))
