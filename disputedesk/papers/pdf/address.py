"""Addresses in their windows: as large as the window allows, refused where it allows nothing."""

from __future__ import annotations

from typing import Final, Literal

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.papers.paper import Box
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.text import wrapped

_MM: Final = 72 / 25.4
_SIZES: Final = (10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
_LEADING: Final = 1.2
_RETURN_SIZES: Final = (7.5, 7.0, 6.5, 6.0)

PlacedWords = tuple[str, float, float, float]
"""Text, size in points, left edge and baseline in millimetres from the top left corner."""


def address_lines(
    lines: tuple[str, ...], box: Box, *, stands: Literal["top", "bottom"] = "top"
) -> list[PlacedWords]:
    """Where each line of an address stands in `box`, in the largest size at which all fit.

    Args:
        lines: The address.
        box: Its place.
        stands: Where a short one stands in it.

    Raises:
        Refused: It does not fit even in the smallest.
    """
    for size in _SIZES:
        parts = [part for line in lines for part in wrapped(line, size, box.width * _MM)]
        if len(parts) * size * _LEADING <= box.height * _MM:
            step = size * _LEADING / _MM
            top = box.top if stands == "top" else box.bottom - step * len(parts)
            return [
                (text, size, box.left, top + step * index + size * 0.95 / _MM)
                for index, text in enumerate(parts)
            ]
    what = tr(
        "The address does not fit the window of the envelope: it has too many or too long lines."
    )
    raise Refused(what, "recipient", tr("Shorten the address to what the post needs."))


def return_line(sender: tuple[str, ...], box: Box) -> list[PlacedWords]:
    """The sender's address on one small line, as much as fits; nothing where not even the name."""
    for count in range(len(sender), 0, -1):
        text = " · ".join(sender[:count])
        for size in _RETURN_SIZES:
            if fonts.width(text, size) <= box.width * _MM:
                return [(text, size, box.left, box.top + box.height - 1.2)]
    return []
