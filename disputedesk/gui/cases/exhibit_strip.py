"""Exhibits as thumbnails in printing order; dragged or moved with keys, opened with Enter."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import (
    QColor,
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.gui import tokens
from disputedesk.gui.chips import Chip, chip_width, paint_chip
from disputedesk.gui.icons import pixmap
from disputedesk.gui.rows import Column, RowModel, RowRole
from disputedesk.gui.theme import colours_of, sized
from disputedesk.gui.thumbnails import Thumbnails
from disputedesk.gui.tokens import Colours, Tone, Type
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import ExhibitId

Index = QModelIndex | QPersistentModelIndex
WIDE: Final = 138
PICTURE: Final = 88
HIGH: Final = PICTURE + 48
_FAINT: Final = 0.4
MIME: Final = "application/x-disputedesk-exhibit"
_ICONS: Final = (("message/", "letters"), ("video/", "evidence"), ("text/", "file"))


def kind_word(kind: str) -> str:
    """What an exhibit is, in words; empty when nobody said."""
    return dict(exhibit_kinds()).get(kind, "")


def title_of(exhibit: Exhibit) -> str:
    """The line under a thumbnail: its caption, else what it is, else its file's name."""
    return exhibit.caption or kind_word(exhibit.kind) or exhibit.evidence.name


def spoken(exhibit: Exhibit) -> str:
    """A thumbnail as one sentence."""
    parts = [tr("Exhibit {number}", number=exhibit.number), title_of(exhibit)]
    parts += [kind_word(exhibit.kind), exhibit.proves, note_on(exhibit)]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def note_on(exhibit: Exhibit) -> str:
    """What goes out of it where that is not the file itself; empty where it is."""
    if exhibit.withdrawn_at is not None:
        return tr("withdrawn: it was sent before and does not go out again")
    return tr("a redacted copy goes out in its place") if exhibit.copy is not None else ""


def chip_of(exhibit: Exhibit, *, alarming: bool) -> Chip | None:
    """The one thing to be known of an exhibit at a glance, the gravest first."""
    if exhibit.withdrawn_at is not None:
        return Chip(tr("withdrawn"), Tone.WAIT)
    if alarming:
        return Chip(tr("shows a number"), Tone.URGENT)
    return Chip(tr("redacted"), Tone.OPEN) if exhibit.copy is not None else None


class ExhibitPainter(QStyledItemDelegate):
    """Paints one thumbnail with its number and two lines of words."""

    def __init__(self, thumbnails: Thumbnails, parent: QWidget) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self.alarming: frozenset[ExhibitId] = frozenset()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A picture and two lines."""
        return QSize(WIDE + 10, HIGH + 6)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints picture, number and caption."""
        exhibit = index.data(RowRole)
        widget = self.parent()
        if not isinstance(exhibit, Exhibit) or not isinstance(widget, QWidget):
            return
        rect, state = getattr(option, "rect"), getattr(option, "state")  # noqa: B009 - stubs
        colours = colours_of(widget)
        painter.save()
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        box = QRectF(rect.x() + 3, rect.y() + 3, WIDE, PICTURE)
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setPen(
            QPen(QColor(colours.accent if chosen else colours.border), 2 if chosen else 1)
        )
        painter.setBrush(QColor(colours.alt))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        withdrawn = exhibit.withdrawn_at is not None
        painter.setOpacity(_FAINT if withdrawn else 1.0)
        self._picture(painter, exhibit, box.adjusted(3, 3, -3, -3), colours.text_2)
        painter.setOpacity(1.0)
        badge = QRectF(box.left() + 4, box.bottom() - 22, 24, 18)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.base))
        painter.drawRoundedRect(badge, 4, 4)
        painter.setPen(QColor(colours.text))
        painter.setFont(sized(widget.font(), Type.SMALL, strong=True))
        painter.drawText(badge, int(Qt.AlignmentFlag.AlignCenter), str(exhibit.number))
        chip = chip_of(exhibit, alarming=exhibit.id in self.alarming)
        if chip is not None:
            _paint_mark(painter, box, widget.font(), colours, chip)
        words = QRectF(rect.x() + 4, box.bottom() + 4, WIDE - 2, HIGH - PICTURE - 6)
        font = sized(widget.font(), Type.SMALL)
        font.setStrikeOut(withdrawn)
        painter.setFont(font)
        painter.setPen(QColor(colours.text_2))
        _paint_title(painter, words, title_of(exhibit))
        painter.restore()

    def _picture(self, painter: QPainter, exhibit: Exhibit, box: QRectF, ink: str) -> None:
        image = self._thumbnails.image(exhibit.outgoing.sha256)
        if image is not None:
            size = image.size().scaled(box.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            left = box.x() + (box.width() - size.width()) / 2
            top = box.y() + (box.height() - size.height()) / 2
            painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
            return
        media = exhibit.outgoing.media_type
        name = next((icon for start, icon in _ICONS if media.startswith(start)), "file")
        mark = pixmap(name, ink, 28)
        painter.drawPixmap(QPoint(int(box.center().x()) - 14, int(box.center().y()) - 14), mark)


def _paint_mark(painter: QPainter, box: QRectF, font: QFont, colours: Colours, chip: Chip) -> None:
    """A mark in the corner, for what must be known before it is printed."""
    small = sized(font, Type.SMALL, strong=True)
    wide = min(chip_width(small, chip) + 2, box.width() - 8)
    paint_chip(painter, QRectF(box.left() + 4, box.top() + 4, wide, 18), chip, small, colours)


def _paint_title(painter: QPainter, box: QRectF, text: str) -> None:
    """Two lines; what does not fit into the second ends with an ellipsis."""
    layout = QTextLayout(text, painter.font())
    layout.beginLayout()
    first = layout.createLine()
    first.setLineWidth(box.width())
    layout.endLayout()
    metrics = painter.fontMetrics()
    end = first.textStart() + first.textLength()
    for at, line in enumerate((text[:end], text[end:])):
        shown = metrics.elidedText(line.strip(), Qt.TextElideMode.ElideRight, int(box.width()))
        painter.drawText(
            QPointF(box.x(), box.y() + at * metrics.lineSpacing() + metrics.ascent()), shown
        )


class ExhibitStrip(QListView):
    """The row of thumbnails.

    Signals:
        opened(exhibit): Enter or a double click.
        moved(exhibit, to): Dragged or moved with Alt and an arrow; `to` counts from 1.
        removed(exhibit): Delete was pressed.
        chosen(exhibit): Another one is current; `None` when there is none.
    """

    opened = Signal(object)
    moved = Signal(object, int)
    removed = Signal(object)
    chosen = Signal(object)

    def __init__(self, thumbnails: Thumbnails, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("plain")
        self.setAccessibleName(tr("Exhibits in printing order"))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setFixedHeight(HIGH + 24)
        self.setAcceptDrops(True)
        self.viewport().setAutoFillBackground(False)
        column: Column[Exhibit] = Column("exhibit", tr("Exhibit"), spoken, tip=spoken)
        self.exhibits = RowModel[Exhibit]((column,), lambda row: row.id, self)
        self.setModel(self.exhibits)
        self.painter_ = ExhibitPainter(thumbnails, self)
        self.setItemDelegate(self.painter_)
        thumbnails.arrived.connect(self._pictured)
        self.selectionModel().currentChanged.connect(self._current)
        self._pressed: QPoint | None = None

    @Slot(object)
    def set_alarming(self, exhibits: frozenset[ExhibitId]) -> None:
        """Marks those that show a number that must not leave."""
        self.painter_.alarming = exhibits
        self.viewport().update()

    @Slot(str)
    def _pictured(self, _sha256: str) -> None:
        self.viewport().update()

    def current(self) -> Exhibit | None:
        """The exhibit that is chosen."""
        row = self.currentIndex().data(RowRole)
        return row if isinstance(row, Exhibit) else None

    def choose(self, exhibit: Exhibit) -> None:
        """Makes an exhibit the chosen one and brings it into view."""
        at = self.exhibits.find(exhibit.id)
        if at >= 0:
            self.setCurrentIndex(self.exhibits.index(at, 0))

    def _current(self, index: QModelIndex, before: QModelIndex) -> None:
        row = index.data(RowRole)
        self.chosen.emit(row if isinstance(row, Exhibit) else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Delete takes out, Alt and an arrow moves."""
        exhibit = self.current()
        key = event.key()
        if exhibit is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(exhibit)
        elif key == Qt.Key.Key_Delete:
            self.removed.emit(exhibit)
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier and key in (
            Qt.Key.Key_Left, Qt.Key.Key_Right,
        ):  # fmt: skip
            step = -1 if key == Qt.Key.Key_Left else 1
            self.ask_place(exhibit, exhibit.number + step)
            event.accept()
        else:
            super().keyPressEvent(event)

    def ask_place(self, exhibit: Exhibit, to: int) -> None:
        """Asks for another place, if there is such a place."""
        if 1 <= to <= self.exhibits.rowCount() and to != exhibit.number:
            self.moved.emit(exhibit, to)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers where a drag may begin."""
        super().mousePressEvent(event)
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begins to drag."""
        exhibit = self.current()
        far = QApplication.startDragDistance()
        if self._pressed is None or exhibit is None or not event.buttons():
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() >= far:
            self._pressed = None
            drag = QDrag(self)
            data = QMimeData()
            data.setData(MIME, str(int(exhibit.id)).encode())
            drag.setMimeData(data)
            drag.exec(Qt.DropAction.MoveAction)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens what is under the mouse."""
        exhibit = self.current()
        if exhibit is not None:
            self.opened.emit(exhibit)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes its own exhibits; files go to the workspace."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Takes its own exhibits."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Asks for the place where an exhibit was let go."""
        if not event.mimeData().hasFormat(MIME):
            event.ignore()
            return
        dropped = int(bytes(event.mimeData().data(MIME).data()))
        event.acceptProposedAction()
        at = self.indexAt(event.position().toPoint())
        to = at.row() + 1 if at.isValid() else self.exhibits.rowCount()
        for exhibit in self.exhibits.rows:
            if exhibit.id == dropped:
                self.ask_place(exhibit, to)
                return
