"""What is drawn on a form's pages: words, crosses, frames and lines; points from the top left."""

from __future__ import annotations

import dataclasses
from typing import TypeAlias

from disputedesk.papers.bankform.places import Frame

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, width, height."""


@dataclasses.dataclass(frozen=True, slots=True)
class Words:
    """A line of text; `baseline` is how far down it stands.

    Attributes:
        place: What it fills, for the message if it cannot be printed.
    """

    page: int
    left: float
    baseline: float
    size: float
    text: str
    place: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Cross:
    """A cross inside a box that is ticked."""

    page: int
    box: Box


@dataclasses.dataclass(frozen=True, slots=True)
class Ground:
    """A place as it looks while it is empty."""

    page: int
    box: Box
    frame: Frame


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """A faint line to write on by hand."""

    page: int
    box: Box


Mark: TypeAlias = Words | Cross | Ground | Rule
