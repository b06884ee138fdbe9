"""What became of files that were added: only what needs to be known of, each with what to do."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import mark, tr, trn
from disputedesk.desk.operations.evidence import Added, AddedLine, Came
from disputedesk.gui import tokens
from disputedesk.gui.labels import label
from disputedesk.gui.sheet import Sheet

_MOST: Final = 100
_TALLEST: Final = 360
_SIGNS: Final = {Came.ADDED: "✓", Came.KNOWN: "=", Came.PUT_BACK: "✓", Came.REFUSED: "✕"}
_CAME: Final = {
    Came.ADDED: mark("Kept: {name}"),
    Came.KNOWN: mark("Was here already: {name}"),
    Came.PUT_BACK: mark("Stands again: {name}"),
    Came.REFUSED: mark("Not kept: {name}"),
}


def needs_telling(added: Added) -> bool:
    """Whether more is to be said than that everything was added."""
    return bool(_told(added))


class AddedSheet(Sheet):
    """Lists the files that were refused, were known already, or have a remark."""

    def __init__(self, added: Added, parent: QWidget) -> None:
        super().__init__(tr("What was added"), parent, second=added.said, width=560)
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP)
        lines = _told(added)
        for line in lines[:_MOST]:
            column.addWidget(_row(line))
        if len(lines) > _MOST:
            more = trn("… and {count} more", "… and {count} more", len(lines) - _MOST)
            column.addWidget(label(more, ink="second"))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setAccessibleName(tr("What was added"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        inner = self.width() - 2 * tokens.GAP_ROOM - 2 * tokens.GAP_ROOM
        area.setMinimumHeight(min(column.totalHeightForWidth(inner), _TALLEST))
        self.column.addWidget(area)


def _told(added: Added) -> list[AddedLine]:
    """What needs to be known of, the refused first."""
    lines = [line for line in added.lines if line.came is not Came.ADDED or line.why]
    return sorted(lines, key=lambda line: line.came is not Came.REFUSED)


def _row(line: AddedLine) -> QWidget:
    row = QWidget()
    column = QVBoxLayout(row)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    name = tr("{name}, out of {mail}", name=line.name, mail=line.mail) if line.mail else line.name
    head = tr(_CAME[line.came], name=name)
    column.addWidget(label(f"{_SIGNS[line.came]}  {head}", strong=True, wrap=True))
    remark = " ".join(part for part in (line.why, line.remedy) if part)
    if remark:
        column.addWidget(label(remark, ink="second", wrap=True))
    elif line.came in {Came.KNOWN, Came.PUT_BACK}:
        number = tr("It is exhibit {number}.", number=line.number)
        column.addWidget(label(number, ink="second", wrap=True))
    return row
