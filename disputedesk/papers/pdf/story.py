"""The running text of a letter: subject, summary box, statements, signature, enclosures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import CondPageBreak, Flowable, KeepTogether, Spacer

from disputedesk.papers.letter import Block, BlockKind, Letter, Row
from disputedesk.papers.pdf.text import INK, RULE, SHADE, TextStyle, para, table

_BODY: Final = TextStyle()
_STATEMENT: Final = TextStyle(indent=20, after=3.5)
_HEADING: Final = TextStyle(size=10, bold=True, before=7, after=3)
_SUBJECT: Final = TextStyle(size=11.5, leading=15, bold=True, after=8)
_LABEL: Final = TextStyle(size=7.5, leading=9.5, faint=True, after=0)
_VALUE: Final = TextStyle(size=9.5, leading=12, after=0)
_STRONG: Final = TextStyle(size=10.5, leading=13, bold=True, after=0)
_QUOTE: Final = TextStyle(size=9.5, leading=13, boxed=True)
_QUOTE_LABEL: Final = TextStyle(size=9, leading=12, before=5, after=1)
_SMALL: Final = TextStyle(size=8.5, leading=11, after=2)
_UNDER_LINE: Final = TextStyle(size=8, leading=10, faint=True, after=0)
_WHY_BLANK: Final = TextStyle(size=8, leading=10, faint=True, before=3, after=4)
_ROOM: Final = {
    BlockKind.HEADING: 62.0,
    BlockKind.QUOTE: 62.0,
    BlockKind.STATEMENT: 0.0,
    BlockKind.PARAGRAPH: 0.0,
}
"""Points that must be free for a block to begin on a page: its head is never left alone there."""

_SIGN_SPACE: Final = 15 * mm
_KEPT_CHARACTERS: Final = 1500
"""A last block up to this length stays on the page of the signature."""


def story(letter: Letter, width: float) -> Iterator[Flowable]:
    """The flowables of the text, `width` points wide."""
    yield para(letter.subject, _SUBJECT, place="subject")
    if letter.summary:
        yield _summary(letter.summary, width)
        yield Spacer(0, 9)
    if letter.salutation:
        yield para(letter.salutation, _BODY, place="salutation")
    kept = _kept(letter.blocks)
    for block in letter.blocks[: len(letter.blocks) - len(kept)]:
        yield CondPageBreak(_ROOM[block.kind])
        yield from _block(block)
    last = [flowable for block in kept for flowable in _block(block)]
    yield KeepTogether([*last, *_end(letter, width)])
    yield from _enclosures(letter)
    if letter.copies:
        told = f"{letter.labels.copies}: {'; '.join(letter.copies)}"
        yield para(told, TextStyle(size=8.5, leading=11, before=4, after=0), place="copies")


def _kept(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The last block and its heading, which stay with the signature; none if it is a long text."""
    if not blocks or len(blocks[-1].text) > _KEPT_CHARACTERS:
        return ()
    count = 2 if len(blocks) > 1 and blocks[-2].kind is BlockKind.HEADING else 1
    return blocks[-count:]


def _block(block: Block) -> list[Flowable]:
    place = block.place
    match block.kind:
        case BlockKind.HEADING:
            return [para(block.text, _HEADING, place=place)]
        case BlockKind.STATEMENT:
            return [para(block.text, _STATEMENT, place=place, number=f"{block.number}.")]
        case BlockKind.QUOTE:
            label = [para(block.label, _QUOTE_LABEL, place=place)] if block.label else []
            return [*label, para(block.text, _QUOTE, place=place)]
        case BlockKind.PARAGRAPH:
            return [para(block.text, _BODY, place=place)]


def _summary(rows: tuple[Row, ...], width: float) -> Flowable:
    """The box a hurried reader sees: two columns, what matters most first and bold."""
    cells = [
        [para(row.label, _LABEL, place=row.name),
         para(row.value, _STRONG if row.strong else _VALUE, place=row.name)]
        for row in rows
    ]  # fmt: skip
    odd = len(cells) % 2 == 1
    if odd:
        cells.append([])
    pairs = [cells[index : index + 2] for index in range(0, len(cells), 2)]
    style: list[Any] = [
        ("BOX", (0, 0), (-1, -1), 0.8, INK),
        ("LINEBELOW", (0, 0), (-1, -2), 0.3, RULE),
        ("LINEBEFORE", (1, 0), (1, -1), 0.3, RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
    ]
    if odd:
        style.append(("SPAN", (0, -1), (-1, -1)))
    return table(pairs, [width / 2, width / 2], style)


def _blanks(letter: Letter, width: float) -> list[Flowable]:
    """Ruled lines to be filled in by hand."""
    parts: list[Flowable] = []
    if letter.blanks:
        parts.append(para(letter.labels.by_hand, _HEADING, place="lines to be filled in by hand"))
    for blank in letter.blanks:
        line = [[para(blank.label, _SMALL, place="line to be filled in by hand"), []]]
        ruled = [("LINEBELOW", (1, 0), (1, 0), 0.6, INK), ("VALIGN", (0, 0), (0, 0), "BOTTOM"),
                 ("LEFTPADDING", (0, 0), (0, 0), 0)]  # fmt: skip
        parts.append(table(line, [width * 0.4, width * 0.6], ruled, heights=[9 * mm]))
        parts.append(para(blank.reason, _WHY_BLANK, place="line to be filled in by hand"))
    return parts


def _end(letter: Letter, width: float) -> list[Flowable]:
    """Lines for the hand, declaration, closing and signature: one piece, never alone on a page."""
    parts = _blanks(letter, width)
    if letter.declaration:
        parts.append(para(letter.labels.declaration, _HEADING, place="declaration"))
        parts.append(para(letter.declaration, _BODY, place="declaration"))
    parts.append(para(letter.labels.closing, TextStyle(before=6), place="closing"))
    parts.append(Spacer(0, _SIGN_SPACE))
    names = [[
        [para(letter.signer, TextStyle(size=9.5, leading=12, after=0), place="signature"),
         para(letter.labels.signature, _UNDER_LINE, place="signature")],
        "",
        para(letter.labels.signature_date, _UNDER_LINE, place="signature"),
    ]]  # fmt: skip
    ruled = [("LINEABOVE", (0, 0), (0, 0), 0.6, INK), ("LINEABOVE", (2, 0), (2, 0), 0.6, INK),
             ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)]  # fmt: skip
    parts.append(table(names, [width * 0.55, width * 0.08, width * 0.37], ruled))
    parts.append(Spacer(0, 8))
    return parts


def _enclosures(letter: Letter) -> Iterator[Flowable]:
    if not letter.enclosures:
        return
    head = f"{letter.labels.enclosures} ({letter.labels.enclosures_note})"
    lines: list[Flowable] = [para(head, TextStyle(size=9, bold=True, after=2), place="enclosures")]
    style = TextStyle(size=8.5, leading=11, after=1.5, indent=20)
    lines += [
        para(item.told, style, place=f"enclosure {item.number}", number=f"{item.number}.")
        for item in letter.enclosures
    ]
    yield KeepTogether(lines[:3])
    yield from lines[3:]
