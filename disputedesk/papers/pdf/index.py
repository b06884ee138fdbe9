"""The index of a bundle: one line per exhibit with its pages, and where each line was drawn."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from disputedesk.common.texts import tr, trn
from disputedesk.papers.pdf.exhibits import ExhibitSet, caption_of, origin_of
from disputedesk.papers.pdf.printable import printable
from disputedesk.papers.pdf.sheets import Noted, Sheet, Sheets
from disputedesk.papers.pdf.text import RULE, TextStyle, para, table
from disputedesk.papers.sections import section_of, section_title

_SCALES: Final = (1.0, 0.94, 0.88, 0.8, 0.7)
"""An index that was sent keeps its pages; where it says more now, it is set smaller."""


@dataclasses.dataclass(frozen=True, slots=True)
class IndexFacts:
    """What an index says beside its exhibits.

    Attributes:
        title: The bundle's title.
        language: Code of the bundle's language.
        pages: Pages of the whole bundle.
        spans: First and last page of each exhibit by number.
        parts: The part each exhibit is in, by number; empty for a bundle in one piece.
        group: 1 for the exhibits first sent, more for what was added after.
    """

    title: str
    language: str
    pages: int
    spans: Mapping[int, tuple[int, int]]
    parts: Mapping[int, int]
    group: int = 1


def index_sheets(
    sheets: Sheets, sets: Sequence[ExhibitSet], facts: IndexFacts, *, most: int | None = None
) -> list[Sheet]:
    """The index on as many sheets as it takes; every line is noted by its exhibit's number.

    Args:
        sheets: Where it is set.
        sets: The exhibits it names.
        facts: What it says beside.
        most: How many sheets it may take; `None` for any. It is set smaller until it fits.
    """
    made: list[Sheet] = []
    for scale in _SCALES:
        made = sheets.flow(_flow(sheets, sets, facts, scale))
        if most is None or len(made) <= most:
            break
    return made


def sectioned(sets: Sequence[ExhibitSet]) -> Iterator[tuple[str, list[ExhibitSet]]]:
    """The exhibits in order, each run of one section with its words."""
    run: list[ExhibitSet] = []
    for each in sets:
        if run and section_of(run[0].item.exhibit) != section_of(each.item.exhibit):
            yield _words_of(run), run
            run = []
        run.append(each)
    if run:
        yield _words_of(run), run


def _words_of(run: Sequence[ExhibitSet]) -> str:
    return printable(section_title(section_of(run[0].item.exhibit)))


def _flow(
    sheets: Sheets, sets: Sequence[ExhibitSet], facts: IndexFacts, scale: float
) -> list[Flowable]:
    said = tr("Index of exhibits") if facts.group == 1 else tr("Index of added exhibits")
    flow: list[Flowable] = [
        para(said, _style(15, 19, scale, bold=True, after=4), place=""),
        para(facts.title, _style(10, 13, scale, after=2), place="title"),
        para(_counted(sets), _style(9, 12, scale, faint=True, after=6), place=""),
    ]
    for words, run in sectioned(sets):
        flow.append(_Kept(words, scale))
        flow += [
            Noted(_row(each, facts, sheets.room, scale), each.item.exhibit.number) for each in run
        ]
    told = trn("This bundle has {count} page in all.", "This bundle has {count} pages in all.",
               facts.pages)  # fmt: skip
    flow.append(para(told, _style(10, 13, scale, bold=True, before=10, after=0), place=""))
    return flow


class _Kept(Flowable):
    """The heading of a section, which is never left alone at the foot of a sheet."""

    def __init__(self, words: str, scale: float) -> None:
        super().__init__()
        style = _style(9.5, 13, scale, bold=True, before=9, after=2)
        self._inner = para(words, style, place="section")
        self._room = 70 * scale

    def getSpaceBefore(self) -> float:  # noqa: N802 - reportlab's name
        """What it wants above it."""
        return float(self._inner.getSpaceBefore())

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """Its size; too large for a sheet with no room for a line under it."""
        size = self._inner.wrap(width, height)
        return (size[0], height + 1) if height < self._room else size

    def split(self, width: float, height: float) -> list[Flowable]:
        """Never."""
        del width, height
        return []

    def draw(self) -> None:
        """Draws the words."""
        self._inner.drawOn(self.canv, 0, 0)


def _style(size: float, leading: float, scale: float, **more: Any) -> TextStyle:
    return TextStyle(size=size * scale, leading=leading * scale, **more)


def _counted(sets: Sequence[ExhibitSet]) -> str:
    exhibits = trn("{count} exhibit", "{count} exhibits", len(sets))
    pages = trn("{count} page", "{count} pages", sum(each.pages for each in sets))
    return tr("{exhibits} on {pages}; copies, the originals stay with the sender.",
              exhibits=exhibits, pages=pages)  # fmt: skip


def _row(each: ExhibitSet, facts: IndexFacts, room: float, scale: float) -> Flowable:
    exhibit = each.item.exhibit
    first, last = facts.spans[exhibit.number]
    where = str(first) if first == last else f"{first}–{last}"
    origin = origin_of(each.item, facts.language, exact=False)
    part = facts.parts.get(exhibit.number)
    held = tr("in part {part}", part=part) if part is not None else ""
    detail = " · ".join(told for told in (origin, each.remark, held) if told)
    small = _style(8, 10, scale, faint=True, after=0)
    cells = [[
        para(str(exhibit.number), _style(11, 14, scale, bold=True), place=""),
        [para(caption_of(each.item), _style(10, 13, scale, after=1), place="caption"),
         para(detail, small, place="file"),
         para(f"SHA-256 {exhibit.outgoing.sha256}", _style(7, 9, scale, faint=True, after=0),
              place="")],
        para(where, _style(10, 13, scale, right=True), place=""),
    ]]  # fmt: skip
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, RULE),
        ("TOPPADDING", (0, 0), (-1, -1), 4 * scale),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5 * scale),
        ("LEFTPADDING", (0, 0), (0, 0), 0),
        ("RIGHTPADDING", (-1, 0), (-1, 0), 0),
    ]
    return table(cells, [14 * mm, room - 38 * mm, 24 * mm], style)
