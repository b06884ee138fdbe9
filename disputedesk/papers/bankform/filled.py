"""A form filled for a case: what stands in each place, what is missing, and the PDF."""

from __future__ import annotations

import dataclasses
import enum

from disputedesk.papers.bankform.places import Place


class SpotState(enum.StrEnum):
    """How a place came out."""

    FILLED = "filled"
    TICKED = "ticked"
    EMPTY = "empty"
    """A box that is rightly not ticked."""
    BY_HAND = "by_hand"
    UNSAID = "unsaid"
    """Nobody said what belongs there; it stays as the bank left it."""
    KEPT = "kept"
    """The bank filled it, and nobody else may."""
    MISSING = "missing"
    """What belongs there is not known."""
    FAULT = "fault"
    """What belongs there does not fit, or may not stand there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spot:
    """One place of a filled form.

    Attributes:
        text: What stands there; empty for nothing.
        why: What is wrong or to be done, in a sentence; empty when all is well.
        asks: The name under which what is missing is asked for; empty when nothing is.
        stops: Whether the form must not leave like this.
    """

    place: Place
    state: SpotState
    text: str = ""
    why: str = ""
    asks: str = ""
    stops: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled form.

    Attributes:
        data: The PDF; the same for the same form, case and stamp.
        language: In which its values are said.
    """

    data: bytes = dataclasses.field(repr=False)
    pages: int
    language: str
    spots: tuple[Spot, ...]

    @property
    def stopping(self) -> tuple[Spot, ...]:
        """The places because of which it must not leave."""
        return tuple(spot for spot in self.spots if spot.stops)

    @property
    def by_hand(self) -> tuple[Spot, ...]:
        """The places that are left for a pen."""
        return tuple(spot for spot in self.spots if spot.state is SpotState.BY_HAND)
