"""Paper and windows: which sheet a country uses, and where an envelope lets the address be seen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import tomllib
from typing import Any, Final, Literal

import msgspec

from disputedesk.common import locations
from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

BY_COUNTRY: Final = "recipient"
"""What is chosen where the recipient's country decides."""

_PLAIN: Final = "plain"


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

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height


@dataclasses.dataclass(frozen=True, slots=True)
class Play:
    """How far a sheet can move in its envelope from the lower left corner, in millimetres."""

    across: float = 0.0
    up: float = 0.0


@dataclasses.dataclass(frozen=True, slots=True)
class FigureSource:
    """Who says where some things stand.

    Attributes:
        figures: Names of the layout's figures it answers for.
        text: Who; "our own" for what no standard says.
        url: Where it was read; empty for what is commonly known or our own.
    """

    figures: tuple[str, ...]
    text: str
    checked_on: dt.date
    url: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Layout:
    """Where a letter's fixed parts stand, as `forms/layouts.toml` says.

    Attributes:
        title: An English message.
        countries: Recipients' countries that take it by themselves, two letters each.
        address: Where the recipient must stand to be seen through the window.
        sender: Where the sender's block stands; never seen through the window.
        info: Where date and references stand.
        code: Where the QR code stands if it is wanted.
        body_top: Where the text begins at the earliest.
        source: Who says so, figure by figure.
        confidence: How well its figures are known.
        note: What must be known of it, an English message; may be empty.
        paper: The sheet it was made for; `None` for any.
        both_papers: Whether nothing is lost where it is printed on the other sheet unscaled.
        window: What the envelope shows of the sheet lying in its lower left corner; `None`
            without one.
        play: How far the sheet can move in the envelope.
        stands: Whether a short address stands at the top or the bottom of its box.
        return_line: Where the sender's address is repeated small; `None` where that is not done.
        fold_marks: Distances from the top; none where the standard has none.
    """

    title: str
    countries: tuple[str, ...]
    address: Box
    sender: Box
    info: Box
    code: Box
    body_top: float
    margin_left: float
    margin_right: float
    source: tuple[FigureSource, ...]
    confidence: Literal["high", "medium", "low"]
    note: str = ""
    paper: Paper | None = None
    both_papers: bool = False
    window: Box | None = None
    play: Play = Play()
    stands: Literal["top", "bottom"] = "top"
    fold_marks: tuple[float, ...] = ()
    punch_mark: float | None = None
    return_line: Box | None = None

    @property
    def always_seen(self) -> Box | None:
        """What the window shows wherever the sheet lies in the envelope."""
        if self.window is None:
            return None
        seen, play = self.window, self.play
        return Box(seen.left, seen.top + play.up, seen.width - play.across, seen.height - play.up)

    @property
    def ever_seen(self) -> Box | None:
        """What the window can show at all, as the sheet moves."""
        if self.window is None:
            return None
        seen, play = self.window, self.play
        return Box(
            seen.left - play.across, seen.top, seen.width + play.across, seen.height + play.up
        )


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
    return next((x for x in known.values() if country.upper() in x.countries), known[_PLAIN])


def get_layout(name: str) -> Layout:
    """The layout of that id.

    Raises:
        Refused: There is none.
    """
    known = layouts().get(name)
    if known is None:
        raise Refused(
            tr("There is no layout named {name}.", name=repr(name)), "layout",
            tr("Choose one of: {names}.", names=", ".join(layouts())),
        )  # fmt: skip
    return known
