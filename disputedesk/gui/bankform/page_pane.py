"""The page with its places, as wide as there is room, drawn in jobs."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui.bankform.canvas import FormCanvas
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.pdf_pages import Pdf, read_page

_WIDEST: Final = 1400
_LEAST: Final = 320
_USUAL: Final = 900
_BAR: Final = 16


class PagePane(QScrollArea):
    """Owns the canvas; scrolls where the page is longer than the room."""

    def __init__(self, bridge: Bridge, parent: QWidget) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._drawing: JobHandle | None = None
        self._pdf: Pdf | None = None
        self._image = QSize()
        self.setAccessibleName(tr("The page"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setMinimumWidth(_LEAST)
        self.canvas = FormCanvas()
        self.setWidget(self.canvas)

    def draw(self, pdf: Pdf, page: int) -> None:
        """Draws a page of a PDF, from 1."""
        self._pdf = pdf
        side = min(_WIDEST, round(max(self.width(), _USUAL) * self.devicePixelRatioF()))
        self._drawing = self._bridge.read(read_page, pdf.data, page - 1, side)
        self._drawing.succeeded.connect(self._drawn)

    @Slot(object)
    def _drawn(self, answer: tuple[int, int, QImage]) -> None:
        if self.sender() is not self._drawing or self._pdf is None:
            return
        at, _, image = answer
        self._image = image.size()
        self.fit()
        self.canvas.show_page(at + 1, self._pdf.sizes[at], image)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the page to the room there is."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.fit)

    @Slot()
    def fit(self) -> None:
        """Makes the page as wide as there is room."""
        if self._image.isEmpty():
            return
        wide = max(200, self.maximumViewportSize().width() - _BAR)
        self.canvas.setFixedSize(wide, round(wide * self._image.height() / self._image.width()))
