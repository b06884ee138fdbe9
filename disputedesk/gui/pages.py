"""Pages of a PDF, one under the other: drawn in jobs as they come into view, few kept."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.pdf_pages import Pdf, read_page
from disputedesk.gui.theme import colours_of

_GAP: Final = 14
_MOST_KEPT: Final = 10
_WIDEST: Final = 820


class PageStrip(QWidget):
    """The painted pages; asks for those that are seen."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._pdf: Pdf | None = None
        self._images: OrderedDict[tuple[int, int], QImage] = OrderedDict()
        self._asked: set[tuple[int, int]] = set()
        self._generation = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_pdf(self, pdf: Pdf | None) -> None:
        """Shows another PDF; `None` shows nothing."""
        self._pdf = pdf
        self._generation += 1
        self._images.clear()
        self._asked.clear()
        self._fit()

    @property
    def drawn(self) -> int:
        """How many pages are drawn just now."""
        return len(self._images)

    def _wide(self) -> int:
        return max(80, min(self.width() - 2 * _GAP, _WIDEST))

    def _places(self) -> list[QRect]:
        places: list[QRect] = []
        if self._pdf is None:
            return places
        wide, top = self._wide(), _GAP
        for width, height in self._pdf.sizes:
            tall = round(wide * height / max(1.0, width))
            places.append(QRect((self.width() - wide) // 2, top, wide, tall))
            top += tall + _GAP
        return places

    def _fit(self) -> None:
        places = self._places()
        self.setFixedHeight(places[-1].bottom() + _GAP if places else 40)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(_WIDEST, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the pages to another width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the pages in view and asks for those that are not drawn yet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        colours = colours_of(self)
        wide = round(self._wide() * self.devicePixelRatioF())
        for at, place in enumerate(self._places()):
            if not place.intersects(event.rect()):
                continue
            painter.fillRect(place, QColor("#FFFFFF"))
            image = self._images.get((at, wide))
            if image is not None:
                painter.drawImage(QRectF(place), image)
            else:
                self._ask(at, wide)
            painter.setPen(QPen(QColor(colours.border), 1))
            painter.drawRect(place)
        painter.end()

    def _ask(self, at: int, wide: int) -> None:
        pdf = self._pdf
        if pdf is None or (at, wide) in self._asked:
            return
        self._asked.add((at, wide))
        job = self._bridge.read(read_page, pdf.data, at, wide)
        job.setProperty("generation", self._generation)
        job.succeeded.connect(self._got)

    @Slot(object)
    def _got(self, answer: tuple[int, int, QImage]) -> None:
        if self.sender().property("generation") != self._generation:
            return
        at, wide, image = answer
        self._images[at, wide] = image
        while len(self._images) > _MOST_KEPT:
            gone, _ = self._images.popitem(last=False)
            self._asked.discard(gone)
        self.update()


class PageView(QScrollArea):
    """Pages that scroll with wheel, arrows, Page Up and Page Down."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Pages"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.strip = PageStrip(bridge, self)
        self.setWidget(self.strip)

    def set_pdf(self, pdf: Pdf | None) -> None:
        """Shows another PDF from its first page."""
        self.strip.set_pdf(pdf)
        self.verticalScrollBar().setValue(0)
        count = len(pdf.sizes) if pdf is not None else 0
        self.setAccessibleDescription(trn("{count} page", "{count} pages", count))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last page."""
        bar = self.verticalScrollBar()
        if event.key() == Qt.Key.Key_Home:
            bar.setValue(bar.minimum())
        elif event.key() == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)
