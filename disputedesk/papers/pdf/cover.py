"""The cover: what the bundle is, which one, how large, and the hash that all of it hangs on."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Final

from reportlab.platypus import Flowable, Spacer
from reportlab.platypus.flowables import HRFlowable

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.papers import spoken
from disputedesk.papers.bundle import BundleOrder
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.sheets import Sheet, Sheets
from disputedesk.papers.pdf.text import INK, RULE, TextStyle, para, table

_TITLE: Final = TextStyle(size=22, leading=28, bold=True, after=8)
_UNDER: Final = TextStyle(size=12, leading=16, after=22)
_LABEL: Final = TextStyle(size=9, leading=13, faint=True, after=0)
_VALUE: Final = TextStyle(size=10.5, leading=14, after=0)
_STRONG: Final = TextStyle(size=10.5, leading=14, bold=True, after=0)
_HASH: Final = TextStyle(size=8.5, leading=14, after=0)
_NOTE: Final = TextStyle(size=9, leading=12.5, after=3, indent=10)
_HEAD: Final = TextStyle(size=9, leading=12, bold=True, before=18, after=4)
_ABOVE: Final = 90.0
"""Points left free above the title."""

_BETWEEN: Final = 16.0
"""Points between what the case is about and what the bundle is."""

_LONGEST: Final = 160
_LABELS: Final = 130.0
"""Points across the column of labels."""


@dataclasses.dataclass(frozen=True, slots=True)
class CoverFacts:
    """What a cover says beside what its order says.

    Attributes:
        pages: Pages in all parts.
        exhibits: How many there are in all parts.
        part: Which part this is, from 1.
        parts: How many parts there are; 1 for a bundle in one piece.
        first: The number on the part's first page.
        last: The number on its last.
        manifest: Hash of the manifest.
        holds: First and last number of the part's exhibits; `None` where it has none.
        notes: In sentences.
    """

    pages: int
    exhibits: int
    part: int
    parts: int
    first: int
    last: int
    manifest: str
    holds: tuple[int, int] | None
    notes: tuple[str, ...]


def cover_sheets(sheets: Sheets, order: BundleOrder, facts: CoverFacts) -> list[Sheet]:
    """The cover; one sheet, more only where there are many notes."""
    flow: list[Flowable] = [
        Spacer(0, _ABOVE),
        para(order.title, _TITLE, place="title"),
        para(order.reference, _UNDER, place="reference"),
        HRFlowable("100%", 1.2, color=INK, spaceBefore=0, spaceAfter=2),
        *_about(order, sheets.room),
        _rows(order, facts, sheets.room),
    ]
    if facts.notes:
        flow.append(para(tr("Notes"), _HEAD, place="notes"))
        flow += [
            para(mask_text(printable(clean_line(note))), _NOTE, place="notes", number="–")
            for note in facts.notes
        ]
    return sheets.flow(flow)


def _about(order: BundleOrder, room: float) -> list[Flowable]:
    """Whose case it is and what about; nothing where nobody said."""
    rows = [
        (label, mask_text(printable(clean_line(value)))[:_LONGEST], _VALUE)
        for label, value in order.about
    ]
    return [_table(rows, room), Spacer(0, _BETWEEN)] if rows else []


def _rows(order: BundleOrder, facts: CoverFacts, room: float) -> Flowable:
    day = spoken.day(order.stamp.date(), order.language)
    rows = [
        (tr("Bundle"), order.bundle_id, _STRONG),
        (tr("Version"), str(order.version), _VALUE),
        (tr("Date"), day, _VALUE),
        (tr("Pages in all"), str(facts.pages), _VALUE),
        (tr("Exhibits"), str(facts.exhibits), _VALUE),
    ]
    if facts.parts > 1:
        told = tr("part {part} of {parts}, pages {first}–{last}", part=facts.part,
                  parts=facts.parts, first=facts.first, last=facts.last)  # fmt: skip
        rows.append((tr("This file"), told, _STRONG))
        if facts.holds is not None:
            rows.append((tr("Exhibits in this file"), _held(facts.holds), _VALUE))
    rows.append((tr("SHA-256 of the manifest"), facts.manifest, _HASH))
    return _table(rows, room)


def _held(holds: tuple[int, int]) -> str:
    return str(holds[0]) if holds[0] == holds[1] else f"{holds[0]}–{holds[1]}"


def _table(rows: Sequence[tuple[str, str, TextStyle]], room: float) -> Flowable:
    cells = [
        [para(label, _LABEL, place="cover"), para(value, style, place="cover")]
        for label, value, style in rows
    ]
    style = [
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ]
    return table(cells, [_LABELS, room - _LABELS], style)
