"""Where words stand in a file, and how much of it may be read: the values all readers share."""

from __future__ import annotations

import dataclasses
import time
from typing import Final, TypeAlias

from disputedesk.common.work import CancelToken
from disputedesk.model.evidence import ReadState

Box: TypeAlias = tuple[float, float, float, float]
"""Left, top, right and bottom as parts of the width and height of a page as it is shown."""

_SECONDS: Final = 20.0
_MOST_CHARACTERS: Final = 24_000_000
_MOST_PLACES: Final = 20_000
_NESTED: Final = 3


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """One part of a file and its words.

    Attributes:
        name: `text`, `page 2`, `metadata Comment`, `headers`, `source`, `picture`, `sheet 1`; of
            something inside the file with `attachment 2: ` before it.
        page: The page or picture, from 1; 0 for none.
        searched: Whether the search shall find it; what only a program sees is scanned alone.
        lined: Whether its lines are those of the file, so that they can be counted for people.
        boxes: Where pieces of the text stand on the page: first and last place in `text`, box.
    """

    name: str
    text: str
    page: int = 0
    searched: bool = True
    lined: bool = False
    boxes: tuple[tuple[int, int, Box], ...] = ()

    def box(self, start: int, end: int) -> Box | None:
        """The box around `text[start:end]`; `None` where nobody knows."""
        hit = [box for first, last, box in self.boxes if first < end and last > start]
        if not hit:
            return None
        return (
            min(box[0] for box in hit),
            min(box[1] for box in hit),
            max(box[2] for box in hit),
            max(box[3] for box in hit),
        )


@dataclasses.dataclass(frozen=True, slots=True)
class FileWords:
    """What a file says, unmasked: it lives in memory only, as long as it is looked through.

    Attributes:
        how: `text`, `mail`, `page`, `pdf`, `office`, `ocr`; empty where there are no words.
        pages: Pages or pictures; `None` where that means nothing.
    """

    state: ReadState
    how: str
    places: tuple[Place, ...] = ()
    pages: int | None = None


class TooMuchError(Exception):
    """A file that takes more time or room than any honest one of its kind; it is not read."""


class Allowance:
    """What reading one file may take: its time, its text, and things inside things.

    Args:
        cancel: Asked whenever the allowance is.
        seconds: The most time.
    """

    def __init__(self, cancel: CancelToken | None = None, seconds: float = _SECONDS) -> None:
        self._cancel = cancel
        self._until = time.monotonic() + seconds
        self._characters = _MOST_CHARACTERS
        self._places = _MOST_PLACES
        self.depth = 0

    def check(self) -> None:
        """Does nothing while there is time.

        Raises:
            TooMuchError: The time is over.
            Cancelled: Somebody asked the work to stop.
        """
        if self._cancel is not None:
            self._cancel.check()
        if time.monotonic() > self._until:
            raise TooMuchError

    def take(self, place: Place) -> Place:
        """`place`, counted.

        Raises:
            TooMuchError: There is more text, or there are more places, than may be.
        """
        self.check()
        self._characters -= len(place.text)
        self._places -= 1
        if self._characters < 0 or self._places < 0:
            raise TooMuchError
        return place

    @property
    def may_nest(self) -> bool:
        """Whether what lies inside the file may be read too."""
        return self.depth < _NESTED
