"""The measures of the look: colours for light and dark, sizes, spacing and the four urgencies.

Nothing here needs Qt, so the contrast of every pair can be computed without a screen.
"""

from __future__ import annotations

import dataclasses
import enum
import re
from typing import Final


@dataclasses.dataclass(frozen=True, slots=True)
class Colours:
    """One palette, each colour as `#RRGGBB`.

    Attributes:
        window: Behind everything, and the rail.
        base: Cards, lists, fields.
        alt: Hover, closed bars, table heads.
        border: Hairlines that only decorate; an edge that must be seen is `mute`.
        accent: The one primary action, links, today, focus.
        accent_soft: Selection.
        urgent: Closing, overdue, danger.
        soon: This week, missing.
        open: Open with time, done.
        wait: Not yet, their turn.
    """

    window: str
    base: str
    alt: str
    border: str
    text: str
    text_2: str
    mute: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    urgent: str
    urgent_soft: str
    soon: str
    soon_soft: str
    open: str
    open_soft: str
    wait: str
    wait_soft: str


LIGHT: Final = Colours(
    window="#F5F6F8",
    base="#FFFFFF",
    alt="#EEF1F5",
    border="#D3D9E1",
    text="#17202B",
    text_2="#4D5868",
    mute="#66717F",
    accent="#1B5FC1",
    accent_hover="#154C9C",
    on_accent="#FFFFFF",
    accent_soft="#E4EDFB",
    urgent="#B3261E",
    urgent_soft="#FCEBE9",
    soon="#875400",
    soon_soft="#FFF2D4",
    open="#17684B",
    open_soft="#E2F3EB",
    wait="#4A5567",
    wait_soft="#E8ECF1",
)

DARK: Final = Colours(
    window="#12161C",
    base="#1A2029",
    alt="#232B36",
    border="#3B4656",
    text="#E9EDF3",
    text_2="#B3BDCA",
    mute="#8E9AA9",
    accent="#86B4FF",
    accent_hover="#A5C7FF",
    on_accent="#0B1730",
    accent_soft="#1D3152",
    urgent="#FF9187",
    urgent_soft="#3B1F1E",
    soon="#F3C162",
    soon_soft="#37290F",
    open="#74D6AC",
    open_soft="#13332A",
    wait="#AAB5C3",
    wait_soft="#27303B",
)


class Tone(enum.StrEnum):
    """How urgent a thing is; each has a colour, a shape and (said by the caller) a word."""

    URGENT = "urgent"
    SOON = "soon"
    OPEN = "open"
    WAIT = "wait"

    @property
    def shape(self) -> str:
        """The mark that tells this tone apart without colour."""
        return _SHAPES[self]

    def ink(self, colours: Colours) -> str:
        """The colour of its words and marks."""
        return str(getattr(colours, self.value))

    def soft(self, colours: Colours) -> str:
        """The colour behind its words."""
        return str(getattr(colours, f"{self.value}_soft"))


_SHAPES: Final = {Tone.URGENT: "◆", Tone.SOON: "▲", Tone.OPEN: "●", Tone.WAIT: "◇"}


class Type(enum.Enum):
    """Sizes of type, as shares of the platform's default size."""

    SMALL = 0.9
    BODY = 1.0
    STRONG = 1.15
    COUNT = 1.4
    TITLE = 1.55


GAP_CHIP: Final = 4
GAP: Final = 8
GAP_CARD: Final = 16
GAP_ROOM: Final = 24
RADIUS: Final = 6
RADIUS_CARD: Final = 8
ROW_TALL: Final = 52
ROW_DENSE: Final = 32
RAIL_WIDE: Final = 176
RAIL_NARROW: Final = 56
CONTROL_HEIGHT: Final = 32
RING: Final = 2
RING_GAP: Final = 1

_TOKEN = re.compile(r"@([a-z]+(?:-[a-z0-9]+)*)")


def fill(template: str, colours: Colours) -> str:
    """`template` with each `@token` (`@text-2`, `@accent-soft`) replaced by its colour.

    Raises:
        AttributeError: The template names a token that does not exist.
    """
    return _TOKEN.sub(lambda found: str(getattr(colours, found[1].replace("-", "_"))), template)


def contrast(first: str, second: str) -> float:
    """The contrast of two `#RRGGBB` colours after WCAG 2, from 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)
