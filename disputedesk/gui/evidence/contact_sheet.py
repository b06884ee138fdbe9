"""The contact sheet: a small picture of each piece, its name, and marks for what matters."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication, QWidget

from disputedesk.common.texts import day_text, tr, trn
from disputedesk.desk.evidence_views import EvidenceRow
from disputedesk.desk.queries.thumbnails import is_pictured
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.chips import Chip, chip_width, paint_chip
from disputedesk.gui.evidence.about import kind_words
from disputedesk.gui.evidence.grid import Grid
from disputedesk.gui.icons import pixmap
from disputedesk.gui.paged import PagedModel
from disputedesk.gui.theme import colours_of, line_height, sized
from disputedesk.gui.thumbnails import Thumbnails, Wanted
from disputedesk.gui.tokens import Colours, Tone, Type
from disputedesk.model.evidence import Derived

_WIDE: Final = 172
_PICTURE: Final = 128
_EDGE: Final = 5
_ICON: Final = 32
_ICONS: Final = (
    ("message/", "letters"), ("application/mbox", "letters"), ("image/", "evidence"),
    ("video/", "evidence"), ("audio/", "evidence"),
)  # fmt: skip


def title_of(row: EvidenceRow) -> str:
    """The line under a picture: what somebody wrote, else the file's name."""
    return row.caption or row.name


def uses_of(row: EvidenceRow) -> str:
    """Where it is used, in a few words."""
    if not row.uses:
        return tr("in no case")
    case, number = row.uses[0]
    if len(row.uses) == 1:
        return tr("case {case}, exhibit {number}", case=case, number=number)
    return trn("in {count} case", "in {count} cases", len({case for case, _ in row.uses}))


def marks_of(row: EvidenceRow) -> tuple[Chip, ...]:
    """What must be seen at once: numbers that must not leave, and copies."""
    marks = []
    if row.suspicions and not row.has_copy:
        marks.append(Chip(tr("shows a number"), Tone.URGENT))
    if row.has_copy:
        marks.append(Chip(tr("redacted"), Tone.OPEN))
    if row.made == Derived.REDACTION:
        marks.append(Chip(tr("redacted copy"), Tone.OPEN))
    elif row.made:
        marks.append(Chip(made_word(Derived(row.made)), Tone.WAIT))
    return tuple(marks)


def made_word(how: Derived) -> str:
    """How a piece was made, in a word or two."""
    return {
        Derived.REDACTION: tr("redacted copy"),
        Derived.STILL: tr("still"),
        Derived.ATTACHMENT: tr("attachment"),
    }[how]


def spoken(row: EvidenceRow) -> str:
    """A cell as one sentence."""
    parts = [title_of(row), row.name, *(mark.text for mark in marks_of(row)), uses_of(row)]
    return ", ".join(dict.fromkeys(parts))


def icon_of(media_type: str) -> str:
    """The icon that stands for a file without a picture."""
    return next((icon for start, icon in _ICONS if media_type.startswith(start)), "file")


class ContactSheet(Grid):
    """Paints the cells and asks for the pictures of those in view, and of no others."""

    def __init__(
        self, bridge: Bridge, model: PagedModel[EvidenceRow], parent: QWidget | None = None
    ) -> None:
        lines = line_height(QApplication.font(), Type.SMALL)
        super().__init__(QSize(_WIDE, _PICTURE + 3 * lines + 22), parent)
        self.setObjectName("plain")
        self.setAccessibleName(tr("Evidence"))
        self.pictures = Thumbnails(bridge, self)
        self._rows = model
        self.setModel(model)
        model.filled.connect(self._look)
        self.looked_at.connect(self._look)
        self.pictures.arrived.connect(self._pictured)

    @Slot()
    def _look(self) -> None:
        """Asks for the pictures of the rows in view."""
        first, last = self.lines_in_view()
        found = (self._rows.row_at(self._rows.index(at, 0)) for at in range(first, last + 1))
        self.pictures.want(
            Wanted(row.sha256, row.media_type)
            for row in found
            if row is not None and is_pictured(row.media_type)
        )

    @Slot(str)
    def _pictured(self, _sha256: str) -> None:
        self.viewport().update()

    def paint_cell(self, painter: QPainter, place: QRect, at: int, *, chosen: bool) -> None:
        """Paints picture, marks, name, day and use."""
        row = self._rows.row_at(self._rows.index(at, 0))
        colours = colours_of(self)
        cell = place.adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        if chosen:
            painter.setPen(QPen(QColor(colours.accent), 2 if self.hasFocus() else 1))
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(cell, tokens.RADIUS, tokens.RADIUS)
        box = QRect(cell.x() + 6, cell.y() + 6, cell.width() - 12, _PICTURE)
        painter.setPen(QPen(QColor(colours.border), 1))
        painter.setBrush(QColor(colours.alt))
        painter.drawRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        if row is None:
            return
        image = self.pictures.image(row.sha256)
        if image is not None:
            _paint_image(painter, image, box.adjusted(3, 3, -3, -3))
        else:
            self._paint_kind(painter, row, box, colours)
        self._paint_marks(painter, row, box, colours)
        words = QRect(box.x(), box.bottom() + 5, box.width(), cell.bottom() - box.bottom() - 5)
        self._paint_words(painter, row, words, colours)

    def _paint_kind(
        self, painter: QPainter, row: EvidenceRow, box: QRect, colours: Colours
    ) -> None:
        """An icon and a word for what has no picture."""
        mark = pixmap(icon_of(row.media_type), colours.text_2, _ICON)
        painter.drawPixmap(box.center() - QPoint(_ICON // 2, _ICON), mark)
        painter.setFont(sized(self.font(), Type.SMALL))
        painter.setPen(QColor(colours.text_2))
        words = QRect(box.x(), box.center().y() + 6, box.width(), line_height(self.font()))
        centre = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        painter.drawText(words, centre, kind_words(row.media_type))

    def _paint_marks(
        self, painter: QPainter, row: EvidenceRow, box: QRect, colours: Colours
    ) -> None:
        font = sized(self.font(), Type.SMALL, strong=True)
        high = line_height(self.font(), Type.SMALL) + 3
        top = box.bottom() - high - 4
        for mark in marks_of(row):
            wide = min(chip_width(font, mark) + 2, box.width() - 8)
            paint_chip(painter, QRectF(box.x() + 4, top, wide, high), mark, font, colours)
            top -= high + 3

    def _paint_words(
        self, painter: QPainter, row: EvidenceRow, words: QRect, colours: Colours
    ) -> None:
        high = line_height(self.font(), Type.SMALL)
        day = row.captured_at or row.added_at
        lines = (title_of(row), day_text(day.date()), uses_of(row))
        painter.setFont(sized(self.font(), Type.SMALL))
        for at, text in enumerate(lines):
            painter.setPen(QColor(colours.text if at == 0 else colours.text_2))
            shown = painter.fontMetrics().elidedText(
                text, Qt.TextElideMode.ElideRight, words.width()
            )
            line = QRect(words.x(), words.y() + at * high, words.width(), high)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)


def _paint_image(painter: QPainter, image: QImage, box: QRect) -> None:
    size = image.size()
    if size.width() > box.width() or size.height() > box.height():
        size = size.scaled(box.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = box.x() + (box.width() - size.width()) / 2
    top = box.y() + (box.height() - size.height()) / 2
    painter.drawImage(QRectF(left, top, size.width(), size.height()), image)
