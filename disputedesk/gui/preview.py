"""The one way to look at a kept file: a picture, pages or words, and nothing of it is ever run.

Pictures come as JPEGs we made ourselves, mails and web pages as words; so no decoder and no engine
of the screen meets a stranger's bytes, and nothing remote can be asked for.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFontDatabase, QImage
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken
from disputedesk.desk.evidence_views import Look, Preview
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.pages import PageView
from disputedesk.gui.pdf_pages import Pdf, UnreadablePages, measure
from disputedesk.gui.picture_view import PictureView
from disputedesk.gui.thumbnails import decoded
from disputedesk.gui.tokens import Type

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_SIDE: Final = 1600
_SENTENCES: Final = frozenset({"message/rfc822", "text/html"})


@dataclasses.dataclass(frozen=True, slots=True)
class Seen:
    """A file ready for the screen."""

    preview: Preview
    image: QImage | None = None
    pdf: Pdf | None = None


def look_at(
    desk: Desk, sha256: str, media_type: str, side: int, *, cancel: CancelToken | None = None
) -> Seen:
    """A job that reads a sealed file for the screen.

    Raises:
        DamagedDesk: Its bytes are not what was sealed.
    """
    from disputedesk.desk.queries.previews import preview

    found = preview(desk, sha256, media_type, side, cancel=cancel)
    if found.look is Look.PICTURE:
        return Seen(found, image=decoded(found.picture))
    if found.path is not None:
        try:
            return Seen(found, pdf=measure(found.path))
        except UnreadablePages:
            return Seen(Preview(Look.NOTHING))
    return Seen(found)


class PreviewPane(QWidget):
    """Shows one kept file; reads it in a job that is let go when another is wanted.

    Signals:
        save_wanted(): A copy is to be saved.
        shown(): What was asked for is on the screen.
    """

    save_wanted = Signal()
    shown = Signal()

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._job: JobHandle | None = None
        self._file: tuple[str, str] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        self.stack = QStackedWidget(self)
        self.waiting = label(tr("Opening…"), ink="mute")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture = PictureView(self)
        self.picture.full_wanted.connect(self._read_full)
        self.pages = PageView(bridge, self)
        self.words = QPlainTextEdit(self)
        self.words.setAccessibleName(tr("The words of the file"))
        self.words.setReadOnly(True)
        self.words.setUndoRedoEnabled(False)
        self.nothing = EmptyState("file", tr("This cannot be shown here"), " ")
        self.nothing.add_button(tr("Save a copy…"), self.save_wanted.emit, Act.PLAIN)
        for page in (self.waiting, self.picture, self.pages, self.words, self.nothing):
            self.stack.addWidget(page)
        column.addWidget(self.stack, 1)
        column.addLayout(self._foot())

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CHIP)
        self.note = label("", ink="mute", size=Type.SMALL, wrap=True)
        row.addWidget(self.note, 9)
        self.fit = button(tr("Fit"), Act.QUIET, tip=tr("Show the whole picture (0)"), parent=self)
        self.full = button("100 %", Act.QUIET, tip=tr("Show every point (1)"), parent=self)
        self.fit.clicked.connect(lambda _checked=False: self.picture.fit())
        self.full.clicked.connect(lambda _checked=False: self.picture.show_full())
        row.addStretch(1)
        row.addWidget(self.fit)
        row.addWidget(self.full)
        return row

    @property
    def look(self) -> Look | None:
        """What is on the screen; `None` while it is on its way."""
        pages = {
            self.picture: Look.PICTURE, self.pages: Look.PAGES, self.words: Look.WORDS,
            self.nothing: Look.NOTHING,
        }  # fmt: skip
        return next((look for page, look in pages.items()
                     if page is self.stack.currentWidget()), None)  # fmt: skip

    def show_file(self, sha256: str, media_type: str, name: str) -> None:
        """Shows sealed bytes; the same ones are left as they are.

        Args:
            sha256: Which bytes.
            media_type: What they are.
            name: What they are called, for those who hear the screen.
        """
        if self._file == (sha256, media_type):
            return
        self._file = (sha256, media_type)
        for page in (self.picture, self.pages, self.words):
            page.setAccessibleDescription(name)
        self._turn(self.waiting, "")
        self._read(_SIDE)

    def _read(self, side: int) -> None:
        if self._job is not None:
            self._job.cancel()
        if self._file is None:
            return
        self._job = self._bridge.read(look_at, *self._file, side)
        self._job.setProperty("side", side)
        self._job.succeeded.connect(self._show)
        self._job.failed.connect(self._fail)

    @Slot()
    def _read_full(self) -> None:
        from disputedesk.desk.queries.previews import FULL

        self._read(FULL)

    @Slot(object)
    def _fail(self, _error: object) -> None:
        if self.sender() is self._job:
            self._show_nothing(tr("The bytes on the disk are not those that were sealed."))

    @Slot(object)
    def _show(self, seen: Seen) -> None:
        job = self.sender()
        if job is not self._job or job is None:
            return
        found = seen.preview
        if seen.image is not None:
            self.picture.set_picture(seen.image, full=job.property("side") != _SIDE)
            self._turn(self.picture, "")
        elif seen.pdf is not None:
            self._show_pages(seen.pdf)
        elif found.look is Look.WORDS:
            self._show_words(found)
        else:
            self._show_nothing(
                tr("It is kept unchanged. Save a copy to open it with another program.")
            )
        self.shown.emit()

    def _show_pages(self, pdf: Pdf) -> None:
        self.pages.set_pdf(pdf)
        shown, pages = len(pdf.sizes), pdf.pages
        if shown < pages:
            text = tr("The first {shown} of {pages} pages", shown=shown, pages=pages)
        else:
            text = trn("{count} page", "{count} pages", pages)
        self._turn(self.pages, text)

    def _show_words(self, found: Preview) -> None:
        sentences = self._file is not None and self._file[1] in _SENTENCES
        kinds = QFontDatabase.SystemFont
        kind = kinds.GeneralFont if sentences else kinds.FixedFont
        self.words.setFont(QFontDatabase.systemFont(kind))
        lines = [f"{name}: {value}" for name, value in found.rows]
        self.words.setPlainText("\n".join([*lines, *([""] if lines else []), found.body]))
        cut = tr("Only the beginning is shown; the file is whole.") if found.was_cut else ""
        self._turn(self.words, cut)

    def _show_nothing(self, why: str) -> None:
        self.nothing.set_words(tr("This cannot be shown here"), why)
        self._turn(self.nothing, "")

    def _turn(self, page: QWidget, note: str) -> None:
        self.stack.setCurrentWidget(page)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        for one in (self.fit, self.full):
            one.setVisible(page is self.picture)
