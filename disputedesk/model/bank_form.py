"""A bank's own PDF form, and what of a case belongs into each of its places."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum


class BankFormKind(enum.StrEnum):
    """How a form takes text."""

    FIELDS = "fields"
    """It has fields of its own (AcroForm)."""
    FLAT = "flat"
    """It is only a picture of a form; text is placed on it."""


@dataclasses.dataclass(frozen=True, slots=True)
class BankForm:
    """A form as the bank gave it out.

    Attributes:
        id: Its number; 0 before it is kept.
        name: What it is called in lists.
        issuer: The bank, as instruments name it; empty for any.
        sha256: Hash of its bytes in the vault.
        shape: Hash of its fields' names and places: the same for the same form with new bytes.
    """

    id: int
    name: str
    issuer: str
    kind: BankFormKind
    sha256: str
    size: int
    pages: int
    added_at: dt.datetime
    shape: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class BankField:
    """One place of a form and what belongs there.

    Attributes:
        id: Its number; 0 before it is kept.
        name: The field's full name in the PDF; of a flat form, what the user calls the place.
        page: From 1.
        box: Left, top, width, height in tenths of a millimetre from the page's top left corner.
        source: The field of `papers.vocabulary` that fills it; `=text` for fixed words, `hand` for
            what must be written by hand; empty while nobody said.
        size: Tenths of a point; 0 lets the place decide.
        on_state: For a box to tick, the state that ticks it; empty for text.
        when: For a box to tick, the value of `source` at which it is ticked.
    """

    id: int
    form: int
    name: str
    page: int
    box: tuple[int, int, int, int]
    source: str = ""
    size: int = 0
    on_state: str = ""
    when: str = ""
