"""A value set into its place: on one line, on several, or one sign to a cell; never cut."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.papers.bankform.marks import Words
from disputedesk.papers.bankform.measures import points
from disputedesk.papers.bankform.places import FormField
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.text import wrapped

SMALLEST: Final = 6.0
"""Points below which nobody reads a form."""

_LARGEST: Final = 11.0
_PAD: Final = 2.0
"""Points that stay free left and right of the text."""

_LEADING: Final = 1.2
_CAPITAL: Final = 0.714
"""How tall a capital letter of our font is, in parts of its size."""

_STEP: Final = 0.25


@dataclasses.dataclass(frozen=True, slots=True)
class Fitted:
    """A value as it stands in its place.

    Attributes:
        text: What is printed.
        words: Where; empty when it does not fit.
        size: Points it is set in.
        fault: Why it does not fit, in a sentence; empty when it does.
    """

    text: str
    words: tuple[Words, ...] = ()
    size: float = 0.0
    fault: str = ""


def fit(field: FormField, told: Sequence[str], size: int = 0) -> Fitted:
    """The first way of saying a value that fits its place; else why none does.

    Args:
        field: The place.
        told: The same value said in several ways, the best first; at least one.
        size: Tenths of a point it shall have at most; 0 lets the place decide.
    """
    tries = [_fit(field, text, size) for text in told]
    return next((each for each in tries if not each.fault), tries[0])


def _fit(field: FormField, text: str, size: int) -> Fitted:
    bad = fonts.unprintable(text)
    if bad:
        signs = ", ".join(f"U+{ord(char):04X}" for char in bad[:5])
        return Fitted(text, fault=tr("These characters cannot be printed: {characters}.",
                                     characters=signs))  # fmt: skip
    if not field.multi_line:
        text = " ".join(text.split("\n"))
    if field.max_length and len(text) > field.max_length:
        return _too_long(text, field.max_length)
    if field.comb:
        return _combed(field, text, size)
    return _lined(field, text, size) if field.multi_line else _single(field, text, size)


def _begin(field: FormField, size: int, room: float) -> float:
    """The size to begin with: asked for, else the field's own, else what its height takes.

    Never one below `SMALLEST`: what a form asks for in less could not be read on paper.
    """
    asked = (size or field.size) / 10
    return max(asked, SMALLEST) if asked else min(_LARGEST, max(SMALLEST, room))


def _sizes(largest: float) -> list[float]:
    """Sizes to try, from the largest down to the smallest that can be read."""
    steps = int(max(largest - SMALLEST, 0) / _STEP)
    found = [largest - _STEP * step for step in range(steps + 1)]
    return found if found[-1] <= SMALLEST else [*found, SMALLEST]


def _single(field: FormField, text: str, size: int) -> Fitted:
    left, top, width, height = points(field.box)
    room = max(width - 2 * _PAD, 1.0)
    for each in _sizes(_begin(field, size, height * 0.72)):
        wide = fonts.width(text, each)
        if wide <= room and each * _CAPITAL <= height:
            x = left + _PAD + (room - wide) * field.align / 2
            baseline = top + (height + each * _CAPITAL) / 2
            line = Words(field.page, x, baseline, each, text, field.name)
            return Fitted(text, (line,), each)
    return _too_long(text, _room_for(text, room))


def _room_for(text: str, room: float) -> int:
    """How many of the characters stand in so much room at the smallest size."""
    count = len(text)
    while count and fonts.width(text[:count], SMALLEST) > room:
        count -= max(1, count // 64)
    return max(count, 0)


def _lined(field: FormField, text: str, size: int) -> Fitted:
    left, top, width, height = points(field.box)
    room, tall = max(width - 2 * _PAD, 1.0), height - _PAD
    lines: list[str] = []
    for each in _sizes(_begin(field, size, 10.0)):
        lines = _broken(text, each, room)
        wide = max(fonts.width(line, each) for line in lines)
        if wide <= room and len(lines) * each * _LEADING <= tall:
            words = tuple(
                Words(field.page,
                      left + _PAD + (room - fonts.width(line, each)) * field.align / 2,
                      top + _PAD / 2 + each * _LEADING * at + each, each, line, field.name)
                for at, line in enumerate(lines) if line
            )  # fmt: skip
            return Fitted(text, words, each)
    narrow = any(fonts.width(line, SMALLEST) > room for line in lines)
    fitting = 0 if narrow else max(int(tall / (SMALLEST * _LEADING)), 0)
    return _too_long(text, sum(map(len, lines[:fitting])))


def _broken(text: str, size: float, room: float) -> list[str]:
    return [
        line
        for part in text.split("\n")
        for line in (wrapped(part, size, room) or [""])
    ]  # fmt: skip


def _combed(field: FormField, text: str, size: int) -> Fitted:
    """One sign in the middle of each cell."""
    left, top, width, height = points(field.box)
    cell = width / field.max_length
    begin = _begin(field, size, min(height * 0.72, cell * 1.3))
    for each in _sizes(begin):
        if all(fonts.width(char, each) <= cell for char in text):
            baseline = top + (height + each * _CAPITAL) / 2
            words = tuple(
                Words(field.page, left + cell * (at + 0.5) - fonts.width(char, each) / 2,
                      baseline, each, char, field.name)
                for at, char in enumerate(text) if char != " "
            )  # fmt: skip
            return Fitted(text, words, each)
    return _too_long(text, 0)


def _too_long(text: str, room: int) -> Fitted:
    return Fitted(
        text,
        fault=tr("Too long: {count} characters, and there is room for {room}.",
                 count=len(text), room=room),
    )  # fmt: skip
