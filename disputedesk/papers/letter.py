"""Letters as values: what a letter says, block by block, before any paper is chosen."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from disputedesk.papers.logo import Logo


class Section(enum.StrEnum):
    """The parts of a body, in the order in which a letter is read."""

    SUBJECT = "subject"
    SALUTATION = "salutation"
    REQUEST = "request"
    FACTS = "facts"
    BASIS = "basis"
    ATTEMPTS = "attempts"
    TIMELINESS = "timeliness"
    NEXT = "next"
    DECLARATION = "declaration"
    TEXT = "text"
    """The one part of a submission."""


class BlockKind(enum.StrEnum):
    """How one piece of a letter is set."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STATEMENT = "statement"
    QUOTE = "quote"
    """Somebody's own words: framed and labelled, so that they cannot pass for the letter's."""


@dataclasses.dataclass(frozen=True, slots=True)
class Block:
    """One piece of a letter.

    Attributes:
        number: Of a statement, from 1 through the whole letter; else `None`.
        label: Of a quote, who says it; else empty.
        field: Of a quote, the field it comes from; else empty.
        exhibits: Numbers of the exhibits the text cites.
    """

    kind: BlockKind
    text: str
    section: Section
    number: int | None = None
    label: str = ""
    exhibits: tuple[int, ...] = ()
    field: str = ""

    @property
    def place(self) -> str:
        """How a message names it: its field, its number, or its section."""
        if self.field:
            return self.field
        return f"{self.kind} {self.number}" if self.number else str(self.section)


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """A label and its value: a reference, or a line of the summary.

    Attributes:
        name: The field it shows, for screens and tests.
        strong: Whether it is what a hurried reader must see.
    """

    name: str
    label: str
    value: str
    strong: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Enclosure:
    """One line of the list of enclosures; `pages` in words, empty when not known."""

    number: int
    title: str
    pages: str = ""

    @property
    def told(self) -> str:
        """Title and pages, as they are printed."""
        return f"{self.title}, {self.pages}" if self.pages else self.title


@dataclasses.dataclass(frozen=True, slots=True)
class Blank:
    """A ruled line to be filled in by hand after printing, and why the program leaves it empty."""

    label: str
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class Advice:
    """What would make the paper stronger, in the language of the screen.

    Attributes:
        name: The field that is missing, or what the advice is about.
        text: One whole sentence or question.
    """

    name: str
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class FrameLabels:
    """The words a printed page needs, in the letter's language.

    Attributes:
        page: "Page {page} of {pages}", its two names filled while pages are drawn.
        continued: The head of later pages: "{reference}, {date}".
    """

    page: str
    continued: str
    enclosures: str
    enclosures_note: str
    by_hand: str
    signature: str
    signature_date: str
    declaration: str
    closing: str
    copies: str = "cc"


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """A letter, complete and in one language, in the order of its blocks.

    Attributes:
        form: Id of the form it was made from.
        title: What it is, for lists and the PDF's title; no personal data.
        sender: Name first, then address, e-mail, phone; one line each.
        return_address: Name and address only, for the small line above a window's address.
        recipient: The address block, one line each, the country last.
        recipient_country: Two letters; decides paper and window; may be empty.
        place_date: "Berlin, 22 November 2026".
        reference: What later pages repeat.
        signer: The typed name under the signature line.
        disclaimer: The small last line.
        logo: The picture at the sender's head; `None` without one.
        copies: Who else gets it, one line each; printed after the enclosures.
        advice: What would help; never printed.
        unproved: Numbers of statements that point to no exhibit.
        uncited: Numbers of exhibits that no statement points to.
    """

    form: str
    language: str
    title: str
    date: dt.date
    sender: tuple[str, ...]
    recipient: tuple[str, ...]
    recipient_country: str
    place_date: str
    reference: str
    delivery: str
    references: tuple[Row, ...]
    subject: str
    summary: tuple[Row, ...]
    salutation: str
    blocks: tuple[Block, ...]
    declaration: str
    signer: str
    labels: FrameLabels
    disclaimer: str
    return_address: tuple[str, ...] = ()
    logo: Logo | None = None
    enclosures: tuple[Enclosure, ...] = ()
    blanks: tuple[Blank, ...] = ()
    copies: tuple[str, ...] = ()
    advice: tuple[Advice, ...] = ()
    unproved: tuple[int, ...] = ()
    uncited: tuple[int, ...] = ()

    def texts(self) -> Iterator[tuple[str, str]]:
        """Every text that is printed, each with the name of its place, in reading order."""
        for index, line in enumerate(self.sender, start=1):
            yield f"sender, line {index}", line
        for index, line in enumerate(self.recipient, start=1):
            yield f"recipient, line {index}", line
        yield "place and date", self.place_date
        yield "delivery note", self.delivery
        for row in self.references + self.summary:
            yield row.name, f"{row.label}: {row.value}"
        yield "subject", self.subject
        yield "salutation", self.salutation
        for block in self.blocks:
            yield block.place, f"{block.label} {block.text}".strip()
        yield "declaration", self.declaration
        yield "signature", self.signer
        for enclosure in self.enclosures:
            yield f"enclosure {enclosure.number}", enclosure.told
        for name in self.copies:
            yield "copies", name
        for blank in self.blanks:
            yield "line to be filled in by hand", f"{blank.label} {blank.reason}"
        yield "last line", self.disclaimer


def letter_text(letter: Letter) -> str:
    """The whole letter as plain text, for a screen, a clipboard or a golden file."""
    parts = [
        "\n".join(letter.sender),
        "\n".join(letter.recipient),
        letter.place_date,
        letter.delivery,
        "\n".join(f"{row.label}: {row.value}" for row in letter.references),
        letter.subject,
        "\n".join(f"| {row.label}: {row.value}" for row in letter.summary),
        letter.salutation,
        *(_block_text(block) for block in letter.blocks),
        "\n".join(f"{b.label}: ____________ ({b.reason})" for b in letter.blanks),
        letter.declaration,
        f"{letter.labels.closing}\n\n____________________\n{letter.signer}",
        _enclosures_text(letter),
        f"{letter.labels.copies}: {'; '.join(letter.copies)}" if letter.copies else "",
        letter.disclaimer,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _block_text(block: Block) -> str:
    if block.kind is BlockKind.HEADING:
        return f"## {block.text}"
    if block.kind is BlockKind.STATEMENT:
        return f"{block.number}. {block.text}"
    if block.kind is BlockKind.QUOTE:
        return "\n".join((block.label, *(f"> {line}" for line in block.text.split("\n"))))
    return block.text


def _enclosures_text(letter: Letter) -> str:
    if not letter.enclosures:
        return ""
    lines = [f"{letter.labels.enclosures} ({letter.labels.enclosures_note})"]
    lines += [f"{item.number}. {item.told}" for item in letter.enclosures]
    return "\n".join(lines)
