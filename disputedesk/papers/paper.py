"""Paper and windows: which sheet a country uses, and where an envelope lets the address be seen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import tomllib
from typing import Any

import msgspec

from disputedesk.common import locations


class Paper(enum.StrEnum):
    """A sheet."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height in millimetres (ISO 216; ANSI/ASME Y14.1)."""
        return (210.0, 297.0) if self is Paper.A4 else (215.9, 279.4)


@dataclasses.dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet, in millimetres from its top left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Where a letter's fixed parts stand, as `forms/layouts.toml` says.

    Attributes:
        address: Where the recipient must stand to be seen through the window.
        sender: Where the sender's block stands; never seen through the window.
        info: Where date and references stand.
        body_top: Where the text begins at the earliest.
        return_line: Where the sender's address is repeated small; `None` where that is not done.
        fold_marks: Distances from the top; none where the standard has none.
        source: Who says so.
    """

    title: str
    countries: tuple[str, ...]
    address: Box
    sender: Box
    info: Box
    body_top: float
    margin_left: float
    margin_right: float
    source: str
    checked_on: dt.date
    fold_marks: tuple[float, ...] = ()
    punch_mark: float | None = None
    return_line: Box | None = None


@functools.cache
def _file() -> dict[str, Any]:
    return tomllib.loads((locations.forms() / "layouts.toml").read_text(encoding="utf-8"))


@functools.cache
def layouts() -> dict[str, Layout]:
    """The layouts by id; `plain` is for every country no other names."""
    return msgspec.convert(_file()["layout"], dict[str, Layout])


def paper_for(country: str) -> Paper:
    """The sheet used in `country` (two letters); A4 where it is not known."""
    letter = country.upper() in _file()["paper"]["letter_countries"]
    return Paper.LETTER if letter else Paper.A4


def layout_for(country: str) -> Layout:
    """The layout for letters to `country` (two letters); the plain one where it has none."""
    known = layouts()
    return next((x for x in known.values() if country.upper() in x.countries), known["plain"])
