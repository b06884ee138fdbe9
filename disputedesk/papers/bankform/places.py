"""The places of a form: what the PDF says of them, and what somebody said belongs there."""

from __future__ import annotations

import dataclasses
import enum
from collections.abc import Iterable
from typing import Final

from disputedesk.model.bank_form import BankField, BankFormKind

BY_HAND: Final = "hand"
"""The source of a place that is left for a pen."""

FIXED: Final = "="
"""What a source of fixed words begins with."""

OR: Final = "|"
"""Between the values at which a box is ticked, where there are several."""


class PlaceKind(enum.StrEnum):
    """What a place takes."""

    TEXT = "text"
    TICK = "tick"
    CHOICE = "choice"
    SIGNATURE = "signature"


@dataclasses.dataclass(frozen=True, slots=True)
class Frame:
    """How a place is drawn while it is empty: red, green and blue from 0 to 1, or `None`."""

    fill: tuple[float, float, float] | None = None
    stroke: tuple[float, float, float] | None = None
    width: float = 1.0


@dataclasses.dataclass(frozen=True, slots=True)
class FormField:
    """One place as the PDF describes it.

    Attributes:
        name: Its full name in the PDF; two places may share one.
        label: What the form's author says of it (`/TU`), else the words printed beside it.
        page: From 1.
        box: Left, top, width, height in tenths of a millimetre from the shown page's top left.
        on_state: Of a box to tick, the state that ticks it; empty for others.
        value: What it holds already.
        options: Of a list, what can be chosen: the value and the words shown for it.
        max_length: The most characters; 0 for no limit.
        comb: Whether each character has a cell of its own.
        secret: Whether it hides what is typed, as a password.
        read_only: Whether the bank filled it and nobody else may.
        required: Whether the bank does not take the form without it.
        size: Tenths of a point; 0 lets the place decide.
        align: 0 left, 1 in the middle, 2 right.
        drawn: Whether the form itself draws what it holds.
        drawn_off: Of a box to tick, whether the form draws it without a tick.
    """

    name: str
    kind: PlaceKind
    page: int
    box: tuple[int, int, int, int]
    label: str = ""
    on_state: str = ""
    value: str = ""
    options: tuple[tuple[str, str], ...] = ()
    max_length: int = 0
    multi_line: bool = False
    comb: bool = False
    secret: bool = False
    read_only: bool = False
    required: bool = False
    editable: bool = False
    size: int = 0
    align: int = 0
    drawn: bool = False
    drawn_off: bool = False
    frame: Frame = Frame()

    @property
    def key(self) -> tuple[str, int, str, tuple[int, int, int, int]]:
        """By what it is found again among what was kept."""
        return self.name, self.page, self.on_state, self.box


@dataclasses.dataclass(frozen=True, slots=True)
class FormFile:
    """A form as it was read.

    Attributes:
        sizes: Width and height of each page as it is shown, in points.
        shape: Hash of the fields' names and places; empty for a flat form.
        notes: What should be known of it, in sentences.
        words: The text of its first pages, to tell its language.
    """

    kind: BankFormKind
    sizes: tuple[tuple[float, float], ...]
    fields: tuple[FormField, ...]
    shape: str = ""
    notes: tuple[str, ...] = ()
    words: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """A place with what belongs there.

    Attributes:
        kept: What somebody said of it; its number names it.
        field: What the PDF says of it; made up for a place that was put on the page by hand.
        of_file: Whether it is a field of the PDF, which cannot be moved or taken away.
    """

    kept: BankField
    field: FormField
    of_file: bool = True

    @property
    def label(self) -> str:
        """What it is called on screens."""
        return self.field.label or self.field.name


_TALL: Final = 90
"""Tenths of a millimetre from which a place put by hand takes several lines."""


def places_of(file: FormFile, kept: Iterable[BankField]) -> tuple[Place, ...]:
    """The places somebody keeps of a form, in order; those put by hand get a description here."""
    known = {field.key: field for field in file.fields}
    found = []
    for each in kept:
        field = known.get((each.name, each.page, each.on_state, each.box))
        found.append(Place(each, field or _by_hand(each), of_file=field is not None))
    return tuple(found)


def _by_hand(each: BankField) -> FormField:
    return FormField(
        each.name, PlaceKind.TICK if each.on_state else PlaceKind.TEXT, each.page, each.box,
        on_state=each.on_state, multi_line=each.box[3] >= _TALL, size=each.size,
    )  # fmt: skip
