"""What a check of files found: each thing with its place and what to do, the gravest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.finding import Finding, Severity
from disputedesk.common.texts import mark, tr, trn
from disputedesk.gui import tokens
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type

_MOST: Final = 200
_TALLEST: Final = 380
_SIGNS: Final[dict[Severity, tuple[str, Ink, str]]] = {
    Severity.DAMAGE: ("◆", "urgent", mark("Missing or altered")),
    Severity.WARNING: ("▲", "soon", mark("Not as it should be")),
    Severity.NOTICE: ("◇", "second", mark("Worth knowing")),
}
"""Sign, colour and heading of each severity, the gravest first."""


class FindingsSheet(Sheet):
    """Says whether all is well, and lists what is not.

    Args:
        title: What was checked, as a heading.
        findings: What was found.
        checked: What was looked at, in words; may be empty.
        parent: The window it covers.
    """

    def __init__(
        self, title: str, findings: Sequence[Finding], checked: str, parent: QWidget
    ) -> None:
        super().__init__(title, parent, second=checked, width=620)
        damaged = sum(each.is_damage for each in findings)
        said = (
            trn("{count} thing is missing or altered.", "{count} things are missing or altered.",
                damaged)
            if damaged
            else tr("✓ All is well: nothing is missing and nothing was altered.")
        )  # fmt: skip
        self.said = label(said, strong=True, ink="urgent" if damaged else "open", wrap=True)
        self.column.addWidget(self.said)
        if findings:
            self.column.addWidget(self._list(findings), 1)
        else:
            self.column.addStretch(1)
        self.cancel.setFocus()

    def _list(self, findings: Sequence[Finding]) -> QWidget:
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(2)
        for severity, (sign, ink, heading) in _SIGNS.items():
            some = [each for each in findings if each.severity is severity]
            if some:
                column.addSpacing(tokens.GAP)
                column.addWidget(label(tr(heading), strong=True, ink="second"))
            for each in some[:_MOST]:
                _tell(column, each, sign, ink)
            if len(some) > _MOST:
                rest = len(some) - _MOST
                more = trn("… and {count} more", "… and {count} more", rest)
                column.addWidget(label(more, ink="second"))
        column.addStretch(1)
        area = QScrollArea(self)
        area.setAccessibleName(tr("What was found"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(body)
        inner = self.width() - 4 * tokens.GAP_ROOM
        needed = column.totalHeightForWidth(inner) + tokens.GAP_ROOM
        area.setMinimumHeight(min(needed, _TALLEST))
        return area


def _tell(column: QVBoxLayout, each: Finding, sign: str, ink: Ink) -> None:
    """What is wrong, and beneath it where and what to do."""
    column.addWidget(label(f"{sign} {each.what}", ink=ink, wrap=True))
    for text in (each.where, each.remedy):
        if text:
            line = label(text, ink="second", size=Type.SMALL, wrap=True, selectable=True)
            line.setContentsMargins(tokens.GAP_ROOM, 0, 0, 0)
            column.addWidget(line)
