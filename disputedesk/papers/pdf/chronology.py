"""The chronology: what happened on which day, and the exhibit and page that show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from reportlab.platypus import Flowable

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.common.texts import tr
from disputedesk.papers import spoken
from disputedesk.papers.bundle import ChronologyLine
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.sheets import Sheet, Sheets
from disputedesk.papers.pdf.text import RULE, TextStyle, para, table

_TITLE: Final = TextStyle(size=15, leading=19, bold=True, after=4)
_UNDER: Final = TextStyle(size=9, leading=12, faint=True, after=8)
_DAY: Final = TextStyle(size=9.5, leading=13, bold=True, after=0)
_TEXT: Final = TextStyle(size=9.5, leading=13, after=0)
_SHOWN: Final = TextStyle(size=9, leading=13, after=0, right=True)
_DAYS, _EXHIBITS = 108.0, 118.0
"""Points across the columns of days and of exhibits."""


def chronology_sheets(
    sheets: Sheets, lines: Sequence[ChronologyLine], pages: Mapping[int, int], language: str
) -> list[Sheet]:
    """The chronology on as many sheets as it takes; none where nothing is known to have happened.

    Args:
        sheets: Where it is set.
        lines: Oldest first.
        pages: The first page of each exhibit by number; one that is not named is not cited.
        language: Code of the bundle's language.
    """
    if not lines:
        return []
    flow: list[Flowable] = [
        para(tr("Chronology"), _TITLE, place=""),
        para(tr("What happened, by day, with the exhibit that shows it."), _UNDER, place=""),
    ]
    flow += [_row(line, pages, language, sheets.room) for line in lines]
    return sheets.flow(flow)


def _row(line: ChronologyLine, pages: Mapping[int, int], language: str, room: float) -> Flowable:
    shown = ""
    if line.exhibit is not None and line.exhibit in pages:
        shown = tr("[Exhibit {number}, page {page}]", number=line.exhibit, page=pages[line.exhibit])
    text = mask_text(printable(clean_line(line.text)))
    cells = [[
        para(spoken.day(line.on, language), _DAY, place="chronology"),
        para(text, _TEXT, place="chronology"),
        para(shown, _SHOWN, place="chronology"),
    ]]  # fmt: skip
    style = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.3, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 3),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("RIGHTPADDING", (-1, 0), (-1, 0), 0),
    ]
    return table(cells, [_DAYS, room - _DAYS - _EXHIBITS, _EXHIBITS], style)
