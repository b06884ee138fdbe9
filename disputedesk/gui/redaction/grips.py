"""Where a box is taken hold of, and what moving the hand then does to it."""

from __future__ import annotations

import dataclasses
import enum

from disputedesk.media.redaction_boxes import Box

LEAST: float = 0.004
"""A box smaller than this part of the page was a click, not a box."""


class Grip(enum.Flag):
    """The sides that follow the hand; all four move the whole box."""

    LEFT = enum.auto()
    TOP = enum.auto()
    RIGHT = enum.auto()
    BOTTOM = enum.auto()


WHOLE: Grip = Grip.LEFT | Grip.TOP | Grip.RIGHT | Grip.BOTTOM
CORNER: Grip = Grip.RIGHT | Grip.BOTTOM


def grip_at(box: Box, across: float, down: float, near: tuple[float, float]) -> Grip | None:
    """What of a box is taken hold of at a place of the page; `None` beside it.

    Args:
        box: The box.
        across: The place, in parts of the page's width.
        down: The place, in parts of its height.
        near: How far beside a side still takes it, in the same parts.
    """
    wide, high = near
    if not (box.left - wide <= across <= box.right + wide):
        return None
    if not (box.top - high <= down <= box.bottom + high):
        return None
    held = Grip(0)
    if abs(across - box.right) <= wide:
        held |= Grip.RIGHT
    elif abs(across - box.left) <= wide:
        held |= Grip.LEFT
    if abs(down - box.bottom) <= high:
        held |= Grip.BOTTOM
    elif abs(down - box.top) <= high:
        held |= Grip.TOP
    return held or WHOLE


def pulled(box: Box, grip: Grip, across: float, down: float) -> Box:
    """The box after its held sides followed the hand, inside the page."""
    if grip == WHOLE:
        across = min(max(across, -box.left), 1 - box.right)
        down = min(max(down, -box.top), 1 - box.bottom)
    left, right = box.left, box.right
    top, bottom = box.top, box.bottom
    left += across if Grip.LEFT in grip else 0
    right += across if Grip.RIGHT in grip else 0
    top += down if Grip.TOP in grip else 0
    bottom += down if Grip.BOTTOM in grip else 0
    across_sides = sorted(min(max(side, 0.0), 1.0) for side in (left, right))
    down_sides = sorted(min(max(side, 0.0), 1.0) for side in (top, bottom))
    return dataclasses.replace(
        box, left=across_sides[0], right=across_sides[1], top=down_sides[0], bottom=down_sides[1]
    )


def is_box(box: Box) -> bool:
    """Whether it is large enough to have been meant."""
    return box.right - box.left >= LEAST and box.bottom - box.top >= LEAST


def grown(box: Box) -> Box:
    """A box a little larger than what was found: better too much than too little."""
    more = 0.15 * (box.bottom - box.top)
    return Box(box.page, max(0.0, box.left - more), max(0.0, box.top - more),
               min(1.0, box.right + more), min(1.0, box.bottom + more))  # fmt: skip
