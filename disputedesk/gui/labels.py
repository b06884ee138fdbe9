"""Labels that show text as text: whatever a seller wrote, nothing of it is ever read as markup.

A bare `QLabel` guesses rich text and would load a picture named in it. Every label of the program
comes from here, and a test walks all windows for one that does not.
"""

from __future__ import annotations

import html
from typing import Literal

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QStyleOption, QWidget

from disputedesk.gui.theme import sized
from disputedesk.gui.tokens import Tone, Type

Ink = Literal["text", "second", "mute", "accent", "urgent", "soon", "open", "wait"]
"""What colour words have, by meaning."""


def label(
    text: str = "",
    *,
    size: Type = Type.BODY,
    strong: bool = False,
    ink: Ink | Tone = "text",
    wrap: bool = False,
    selectable: bool = False,
    parent: QWidget | None = None,
) -> QLabel:
    """A label of plain text.

    Args:
        text: What it says, as it is.
        size: Step of the type scale.
        strong: Semibold.
        ink: Colour by meaning.
        wrap: Break long text into lines instead of growing.
        selectable: Let the text be marked and copied.
        parent: Whose child it is; a layout gives it one otherwise.
    """
    result = QLabel(parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setText(text)
    result.setWordWrap(wrap)
    if size is not Type.BODY or strong:
        result.setFont(sized(result.font(), size, strong=strong))
    if ink != "text":
        result.setProperty("ink", str(ink))
    if wrap:
        result.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if selectable:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


def set_ink(target: QWidget, ink: Ink | Tone) -> None:
    """Gives the words of `target` another colour by meaning."""
    target.setProperty("ink", str(ink))
    target.style().unpolish(target)
    target.style().polish(target)


def tip_text(text: str) -> str:
    """`text` so that a tool tip shows it as it is, never as markup."""
    if "<" not in text and "&" not in text:
        return text
    return f'<span style="white-space:pre-wrap">{html.escape(text)}</span>'


def set_tip(widget: QWidget, text: str) -> None:
    """Gives `widget` the tool tip `text`, as plain text."""
    widget.setToolTip(tip_text(text))


class ElidedLabel(QLabel):
    """One line that gives way: cut with an ellipsis where it must, and then whole on hover."""

    def __init__(
        self,
        text: str = "",
        *,
        size: Type = Type.BODY,
        strong: bool = False,
        ink: Ink | Tone = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if size is not Type.BODY or strong:
            self.setFont(sized(self.font(), size, strong=strong))
        if ink != "text":
            self.setProperty("ink", str(ink))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:  # noqa: N802 - Qt's own name
        """Shows `text`, cut at the right when there is no room."""
        super().setText(" ".join(text.split()))
        self._tell()

    def minimumSizeHint(self) -> QSize:
        """Room for a few letters: the rest may be cut."""
        metrics = QFontMetrics(self.font())
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), metrics.averageCharWidth() * 6), whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Finds out anew whether the text is cut."""
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """A new font may cut what fitted."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._tell()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints what fits."""
        option = QStyleOption()
        option.initFrom(self)
        painter = QPainter(self)
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, area.width()
        )
        self.style().drawItemText(
            painter,
            area,
            int(QStyle.visualAlignment(self.layoutDirection(), self.alignment())),
            option.palette,
            self.isEnabled(),
            shown,
            self.foregroundRole(),
        )
        painter.end()

    def _tell(self) -> None:
        cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
        self.setToolTip(tip_text(self.text()) if cut else "")
