"""How one day of a window is painted: a fill, a pattern and a sign, so that no colour is alone."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen

from disputedesk.common.texts import mark, tr
from disputedesk.deadlines.days import CountedDay, DayCount, DayMarkKind, DayState, SkipCause
from disputedesk.gui import tokens
from disputedesk.gui.tokens import Colours

SIGNS: Final = {
    DayMarkKind.ANCHOR: "○",
    DayMarkKind.OPENS: "●",
    DayMarkKind.FILE_BY: "▲",
    DayMarkKind.ROLLED_FROM: "→",
    DayMarkKind.CLOSES: "◆",
    DayMarkKind.CAP: "■",
    DayMarkKind.FLOOR: "□",
    DayMarkKind.ARGUABLE: "◇",
}
"""The sign of each mark; today is a frame, and where a last day has moved to is the last day."""
_STRENGTH: Final = (
    DayMarkKind.CLOSES,
    DayMarkKind.FILE_BY,
    DayMarkKind.OPENS,
    DayMarkKind.ARGUABLE,
    DayMarkKind.ANCHOR,
)
"""Which mark gives a day its colours where it has several."""
_STEP: Final = 5


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """What is painted of a day."""

    look: str
    signs: str = ""
    today: bool = False
    unsure: bool = False


_LOOKS: Final = {
    "wait": mark("counts, but it is not open yet"),
    "open": mark("counts, and you can act"),
    "margin": mark("counts, but is kept in reserve"),
    "early": mark("you can act, the count has not begun"),
    "looser": mark("only by the looser reading"),
    "weekday": mark("does not count: weekend"),
    "holiday": mark("does not count: holiday"),
    "suspension": mark("does not count: the clock stands still"),
    "year_end": mark("does not count: waiting for the year to end"),
    "added": mark("the last day moves over it"),
    "out": mark("outside the count"),
}


def look_title(look: str) -> str:
    """A look of days in words, for the legend."""
    return tr(_LOOKS[look])


def cell_of(day: CountedDay, marks: tuple[DayMarkKind, ...]) -> Cell:
    """What is painted for a day with these marks."""
    strong = next((kind for kind in _STRENGTH if kind in marks), None)
    signs = "".join(SIGNS[kind] for kind in marks if kind in SIGNS)
    look = f"mark {strong}" if strong is not None else look_of(day)
    return Cell(look, signs, DayMarkKind.TODAY in marks, unsure=not day.sure)


def look_of(day: CountedDay) -> str:
    """The look of a day that nothing is marked on."""
    if day.state is DayState.SKIPPED:
        return str(day.cause or SkipCause.WEEKDAY)
    if day.state is DayState.ADDED:
        return "added"
    if day.state is DayState.BEFORE and day.usable:
        return "early"
    if day.state is DayState.AFTER:
        return "looser"
    if day.state not in {DayState.COUNTED, DayState.ANCHOR}:
        return "out"
    if not day.usable:
        return "wait"
    return "margin" if day.margin else "open"


def looks_in(count: DayCount) -> tuple[str, ...]:
    """The looks that a count shows, in the order of the legend."""
    marked = {one.day for one in count.marks if one.kind in _STRENGTH}
    found = {look_of(day) for day in count.days if day.day not in marked}
    return tuple(look for look in _LOOKS if look in found and look != "out")


def paint_cell(painter: QPainter, box: QRectF, text: str, cell: Cell, colours: Colours) -> None:
    """Paints one day into `box` in the painter's font: its number above, its signs below."""
    painter.save()
    fill, ink = _colours(cell.look, colours)
    shape = QPainterPath()
    shape.addRoundedRect(box, 4, 4)
    if fill:
        painter.fillPath(shape, QColor(fill))
    painter.save()
    painter.setClipPath(shape)
    _paint_pattern(painter, box, cell.look, colours)
    painter.restore()
    if cell.look in {"added", f"mark {DayMarkKind.ARGUABLE}"}:
        painter.setPen(QPen(QColor(ink), 1, Qt.PenStyle.DashLine))
        painter.drawPath(shape)
    if cell.today:
        painter.setPen(QPen(QColor(colours.accent), tokens.RING))
        painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
    written = QFont(painter.font())
    written.setWeight(
        QFont.Weight.DemiBold if cell.look.startswith("mark") or cell.today else QFont.Weight.Normal
    )
    painter.setFont(written)
    painter.setPen(QColor(ink))
    centre = int(Qt.AlignmentFlag.AlignCenter)
    upper = box.adjusted(0, 0, 0, -box.height() * 0.4) if cell.signs else box
    painter.drawText(upper, centre, f"{text}?" if cell.unsure else text)
    if cell.signs:
        painter.drawText(box.adjusted(0, box.height() * 0.48, 0, -1), centre, cell.signs)
    painter.restore()


def _colours(look: str, colours: Colours) -> tuple[str, str]:
    """The fill (none where empty) and the ink of a look."""
    pairs = {
        "open": (colours.open_soft, colours.open),
        "wait": (colours.wait_soft, colours.wait),
        "early": ("", colours.open),
        "looser": ("", colours.wait),
        "margin": (colours.soon_soft, colours.soon),
        "added": (colours.open_soft, colours.open),
        f"mark {DayMarkKind.CLOSES}": (colours.urgent_soft, colours.urgent),
        f"mark {DayMarkKind.FILE_BY}": (colours.soon_soft, colours.soon),
        f"mark {DayMarkKind.OPENS}": (colours.open_soft, colours.open),
        f"mark {DayMarkKind.ANCHOR}": (colours.accent_soft, colours.accent),
        f"mark {DayMarkKind.ARGUABLE}": ("", colours.wait),
    }
    return pairs.get(look, ("", colours.mute))


def _paint_pattern(painter: QPainter, box: QRectF, look: str, colours: Colours) -> None:
    """Weekends one stroke, holidays a grid, a stopped clock bars, the waited-out year dots."""
    painter.setPen(QPen(QColor(colours.border), 1))
    left, top, right, low = box.left(), box.top(), box.right(), box.bottom()
    if look in {"weekday", "holiday"}:
        painter.drawLine(QPointF(left, low), QPointF(right, top))
    if look == "holiday":
        painter.drawLine(QPointF(left, top), QPointF(right, low))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    if look == "suspension":
        for at in range(int(top) + 3, int(low), _STEP):
            painter.drawLine(QPointF(left, at), QPointF(right, at))
    if look in {"year_end", "early", "looser"}:
        ink = {"early": colours.open, "looser": colours.wait}.get(look, colours.border)
        painter.setPen(QPen(QColor(ink), 2, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(left, low - 2), QPointF(right, low - 2))
