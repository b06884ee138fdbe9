"""The sender's block at the head of a letter, with the picture of a letterhead where there is one.

It never leaves its box, which no window shows: what does not fit is set smaller, then refused.
"""

from __future__ import annotations

import dataclasses
import io
import itertools
from collections.abc import Iterator, Sequence
from typing import Final

from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.papers.letter import Letter
from disputedesk.papers.logo import Logo
from disputedesk.papers.paper import Box
from disputedesk.papers.pdf.text import TextStyle, para

_SCALES: Final = (1.0, 0.92, 0.84, 0.76)
_GAP: Final = 2.5
"""Millimetres between picture and words."""

_LEAST_LOGO: Final = 6.0
"""A picture lower than this is not worth its ink: the words are set smaller instead."""

_MOST_JOINED: Final = 12
_HAIR: Final = 1e-6
_BESIDE: Final = 0.38
"""How much of the box's width a picture beside the words may take."""


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """A flowable at its place; millimetres from the top left corner."""

    flowable: Flowable
    left: float
    bottom: float


@dataclasses.dataclass(frozen=True, slots=True)
class SenderBlock:
    """Where the sender's lines stand, and where the picture; `None` without one."""

    lines: tuple[Placed, ...]
    logo: Box | None = None

    @property
    def bottom(self) -> float:
        """Its lower edge; 0 where it is empty."""
        edges = [each.bottom for each in self.lines]
        return max([*edges, self.logo.bottom if self.logo else 0.0], default=0.0)


def sender_block(letter: Letter, box: Box) -> SenderBlock:
    """The sender's block in `box`, as small as its place demands.

    Raises:
        Refused: It does not fit, or a line cannot be printed.
    """
    for lines, scale in itertools.product((letter.sender, _joined(letter.sender)), _SCALES):
        blocks = _ways(letter.logo, lines, box, scale)
        fitting = [each for each in blocks if each.bottom <= box.bottom + _HAIR]
        if fitting:
            return max(fitting, key=_seen)
    what = tr("One part of the letter is too long to be set on a page.")
    raise Refused(what, "sender", tr("Shorten it."))


def draw_logo(canvas: Canvas, logo: Logo, box: Box, height: float) -> None:
    """Draws the picture in `box` on a sheet `height` millimetres high."""
    canvas.drawImage(ImageReader(io.BytesIO(logo.png)), box.left * mm, (height - box.bottom) * mm,
                     box.width * mm, box.height * mm)  # fmt: skip


def stacked(flowables: Sequence[Flowable], box: Box) -> list[Placed]:
    """`flowables` one under the other from the top of `box`."""
    placed: list[Placed] = []
    bottom = box.top
    for flowable in flowables:
        bottom += flowable.wrap(box.width * mm, 1000 * mm)[1] / mm
        placed.append(Placed(flowable, box.left, bottom))
    return placed


def _seen(block: SenderBlock) -> float:
    return 0.0 if block.logo is None else block.logo.width * block.logo.height


def _joined(sender: Sequence[str]) -> tuple[str, ...]:
    """The lines after the name as one that runs on: what a low box has room for."""
    if not 1 < len(sender) <= _MOST_JOINED:
        return tuple(sender)
    return sender[0], " · ".join(sender[1:])


def _ways(logo: Logo | None, lines: Sequence[str], box: Box, scale: float) -> Iterator[SenderBlock]:
    """The block in this size: without a picture as it is, else with it above and beside."""
    words = tuple(stacked(_sender(lines, scale), box))
    if logo is None:
        yield SenderBlock(words)
        return
    high = words[-1].bottom - box.top if words else 0.0
    width, height = logo.fitted(box.width, max(0.1, box.height - high - _GAP))
    if height >= _LEAST_LOGO or width >= box.width - _HAIR:
        under = Box(box.left, box.top + height + _GAP, box.width, box.height)
        picture = Box(box.left, box.top, width, height)
        yield SenderBlock(tuple(stacked(_sender(lines, scale), under)), picture)
    width, height = logo.fitted(box.width * _BESIDE, box.height)
    if height >= _LEAST_LOGO:
        left = width + _GAP
        beside = Box(box.left + left, box.top, box.width - left, box.height)
        picture = Box(box.left, box.top, width, height)
        yield SenderBlock(tuple(stacked(_sender(lines, scale), beside)), picture)


def _sender(lines: Sequence[str], scale: float) -> list[Flowable]:
    name = TextStyle(size=10.5 * scale, leading=13 * scale, bold=True)
    line = TextStyle(size=9 * scale, leading=11.8 * scale)
    return [
        para(text, line if index > 1 else name, place=f"sender, line {index}")
        for index, text in enumerate(lines, start=1)
    ]
