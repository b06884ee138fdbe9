"""What a destination takes in one file."""

from __future__ import annotations

import dataclasses


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """How large one file may be where it goes.

    Attributes:
        title: The destination.
        size: Bytes of one file; `None` where nobody publishes it.
        pages: Pages of one file; `None` where nobody publishes it.
        dpi: Points to the inch that pictures may have; `None` for any.
    """

    title: str
    size: int | None = None
    pages: int | None = None
    dpi: int | None = None
