"""The sheet: boxes over what must not be seen, then the copy as it will go out, and keeping it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QScrollArea, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr, trn
from disputedesk.desk.operations.redacting import (
    RedactionDraft,
    draft_redaction,
    keep_redaction,
    said_of_proof,
)
from disputedesk.desk.queries.redaction import (
    RedactionView,
    SeenPage,
    draft_page,
    redaction_page,
    redaction_view,
)
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label, set_ink
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.redaction.canvas import PageCanvas
from disputedesk.gui.redaction.grips import grown
from disputedesk.gui.redaction.history import Boxes, BoxHistory
from disputedesk.gui.redaction.page_list import PageList
from disputedesk.gui.redaction.tools import BoxTools
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import EvidenceId

_ZOOMS: Final = (1.0, 1.5, 2.0, 3.0, 4.0)
_MOST_SIDE: Final = 3000
_LEAST_HIGH: Final = 260


class RedactionSheet(Sheet):
    """Blacks out parts of one picture or PDF in a copy; of a mail or text, its secrets."""

    def __init__(self, desktop: Desktop, evidence: EvidenceId, parent: QWidget) -> None:
        super().__init__(
            tr("Black out parts in a copy"), parent,
            second=tr("The original stays sealed. The copy goes out in its place."), width=980,
        )  # fmt: skip
        self._desktop, self._evidence = desktop, evidence
        self.view: RedactionView | None = None
        self.draft: RedactionDraft | None = None
        self.history = BoxHistory()
        self.page, self._zoom = 1, 0
        self._sizes: dict[int, QSize] = {}
        self._reading: JobHandle | None = None
        self._told = label("", ink="second", wrap=True)
        self.column.addWidget(self._tools())
        self.column.addLayout(self._middle(), 1)
        self.column.addWidget(self._told)
        self._feet()
        self._keys()
        self.setMinimumSize(QSize(min(720, parent.width()), min(620, parent.height())))
        self.resize(self._room())
        self._busy(tr("Opening…"))
        job = desktop.bridge.read(redaction_view, evidence)
        job.succeeded.connect(self._opened)
        job.failed.connect(self._failed)

    # What it is built of

    def _tools(self) -> BoxTools:
        tools = BoxTools(self)
        self.cover, self.new, self.remove = tools.cover, tools.new, tools.remove
        self.undo, self.smaller, self.larger = tools.undo, tools.smaller, tools.larger
        self.name, self.where = tools.name, tools.where
        for one, slot in (
            (self.cover, self._cover_found), (self.new, self._new_box),
            (self.remove, self._remove_box), (self.undo, self._undo),
            (self.smaller, self._zoom_out), (self.larger, self._zoom_in),
        ):  # fmt: skip
            one.clicked.connect(slot)
        return tools

    def _middle(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.pages = PageList(self)
        self.pages.turned.connect(self.turn_to)
        self.pages.setVisible(False)
        row.addWidget(self.pages)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(tr("The page"))
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.area.setMinimumHeight(_LEAST_HIGH)
        self.canvas = PageCanvas()
        self.canvas.drawn.connect(self._drawn)
        self.canvas.chosen.connect(self._chosen)
        self.area.setWidget(self.canvas)
        row.addWidget(self.area, 1)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("The copy"))
        self.text.setReadOnly(True)
        self.text.setVisible(False)
        row.addWidget(self.text, 1)
        return row

    def _feet(self) -> None:
        self.back = button(tr("Back to the boxes"), parent=self)
        self.back.clicked.connect(self._edit)
        self.look = button(tr("See the copy"), Act.PRIMARY, parent=self)
        self.look.clicked.connect(self.make)
        self.keep = button(tr("Keep this copy"), Act.SEAL, parent=self)
        self.keep.clicked.connect(self._keep)
        for at, one in enumerate((self.back, self.look, self.keep), 2):
            self.foot.insertWidget(at, one)
            one.setVisible(one is self.look)

    def _keys(self) -> None:
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self._undo),
            (QKeySequence(QKeySequence.StandardKey.Redo), self._redo),
            (QKeySequence(QKeySequence.StandardKey.ZoomIn), self._zoom_in),
            (QKeySequence(QKeySequence.StandardKey.ZoomOut), self._zoom_out),
            (QKeySequence(Qt.Key.Key_PageDown), self._next_page),
            (QKeySequence(Qt.Key.Key_PageUp), self._previous_page),
        ):
            QShortcut(keys, self).activated.connect(slot)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes nearly all of the window: pages want room."""
        super().showEvent(event)
        self.resize(self._room())
        QTimer.singleShot(0, self, self._fit)

    def _room(self) -> QSize:
        """Nearly all of the window, but never less than what is needed."""
        window = self._desktop.window
        return QSize(window.width() - 96, window.height() - 64).expandedTo(self.minimumSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the page to the room there is."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)

    # Opening

    @Slot(object)
    def _opened(self, view: RedactionView) -> None:
        self.view = view
        self.setWindowTitle(tr("Black out parts of {name}", name=view.original.name))
        self.name.setText(view.original.name)
        self.history.begin(view.former)
        is_paged = view.pages > 0
        for one in (self.new, self.remove, self.undo, self.smaller, self.larger, self.area):
            one.setVisible(is_paged)
        if not is_paged:
            self.make()
            return
        self.pages.setVisible(view.pages > 1)
        self._show_boxes()
        first = min((box.page for box in (*view.former, *self._left())), default=1)
        self.pages.turn_to(first)
        self.turn_to(first)
        self.canvas.setFocus()

    @Slot(object)
    def _failed(self, error: object) -> None:
        """Says in the sheet what could not be done; the boxes stay."""
        self._tell(str(error) if isinstance(error, DeskError) else "", urgent=True)
        self.look.setEnabled(self.view is not None and bool(self.history.now))

    def _busy(self, text: str) -> None:
        self._tell(text)
        self.look.setEnabled(False)

    def _tell(self, text: str, *, urgent: bool = False) -> None:
        self._told.setText(text)
        set_ink(self._told, "urgent" if urgent else "second")

    # Boxes

    def _left(self) -> Boxes:
        """What was found and no box covers."""
        if self.view is None:
            return ()
        return tuple(box for box in self.view.found
                     if not any(one.covers(box) for one in self.history.now))  # fmt: skip

    def _show_boxes(self) -> None:
        view = self.view
        if view is None:
            return
        boxes, left = self.history.now, self._left()
        self.canvas.show_boxes(() if self.draft else boxes, () if self.draft else left)
        self.pages.show_pages(view.pages, boxes, left)
        count = len(left)
        text = trn("Cover what was found ({count})", "Cover what was found ({count})", count)
        self.cover.setText(text)
        self.cover.setAccessibleName(text)
        self.cover.setVisible(bool(count) and self.draft is None)
        self.undo.setEnabled(self.history.can_undo)
        self.look.setEnabled(bool(boxes))
        if self.draft is None:
            self._tell(self._advice(boxes), urgent=False)

    def _advice(self, boxes: Boxes) -> str:
        """What to do next, in a sentence or two."""
        view = self.view
        if left := len(self._left()):
            return trn(
                "{count} place that looks like a card number or a code is framed: cover it, "
                "or draw boxes yourself.",
                "{count} places that look like a card number or a code are framed: cover them, "
                "or draw boxes yourself.",
                left,
            )
        if view is not None and view.unplaced:
            return trn(
                "{count} card number or code was seen, but not where: look for it and cover it.",
                "{count} card numbers or codes were seen, but not where: look for them and cover "
                "them.",
                len(view.unplaced),
            )
        if boxes:
            count = trn("{count} box drawn.", "{count} boxes drawn.", len(boxes))
            return tr("{count} Arrows move the chosen box, Shift and arrows size it, Tab goes to "
                      "the next.", count=count)  # fmt: skip
        return tr("Draw a box with the mouse over what nobody is to see, or press N.")

    @Slot(object)
    def _drawn(self, boxes: Boxes) -> None:
        self.history.take(boxes)
        self._show_boxes()

    @Slot(str)
    def _chosen(self, text: str) -> None:
        self.remove.setEnabled(bool(text))
        self.where.setText(text)
        box = self.canvas.current
        if box is not None and text:
            wide, high = self.canvas.width(), self.canvas.height()
            self.area.ensureVisible(round((box.left + box.right) / 2 * wide),
                                    round((box.top + box.bottom) / 2 * high))  # fmt: skip

    @Slot()
    def _cover_found(self) -> None:
        self._drawn((*self.history.now, *(grown(box) for box in self._left())))
        self.canvas.setFocus()

    @Slot()
    def _new_box(self) -> None:
        self.canvas.add_box()
        self.canvas.setFocus()

    @Slot()
    def _remove_box(self) -> None:
        self.canvas.remove_box()
        self.canvas.setFocus()

    @Slot()
    def _undo(self) -> None:
        if self.draft is None:
            self.history.undo()
            self._show_boxes()

    @Slot()
    def _redo(self) -> None:
        if self.draft is None:
            self.history.redo()
            self._show_boxes()

    # Pages

    @Slot(int)
    def turn_to(self, page: int) -> None:
        """Shows another page."""
        view = self.view
        if view is None or not 1 <= page <= view.pages:
            return
        self.page = page
        self.canvas.show_page(page, None)
        self._read_page()

    def _read_page(self) -> None:
        side = round(min(_MOST_SIDE, max(self.area.width(), self.area.height())
                         * _ZOOMS[self._zoom] * self.devicePixelRatioF()))  # fmt: skip
        bridge = self._desktop.bridge
        if self.draft is not None:
            self._reading = bridge.read(draft_page, self.draft, self.page, side)
        else:
            self._reading = bridge.read(redaction_page, self._evidence, self.page, side)
        self._reading.succeeded.connect(self._read)
        self._reading.failed.connect(self._failed)

    @Slot(object)
    def _read(self, seen: SeenPage) -> None:
        if self.sender() is not self._reading:
            return
        image = QImage(seen.rgb, seen.width, seen.height, 3 * seen.width,
                       QImage.Format.Format_RGB888).copy()  # fmt: skip
        self._sizes[seen.page] = image.size()
        self._fit()
        self.canvas.show_page(seen.page, image)

    @Slot()
    def _fit(self) -> None:
        """Makes the page as large as the room and the zoom say."""
        size = self._sizes.get(self.page)
        if size is None:
            return
        room = self.area.maximumViewportSize()
        self.canvas.setFixedSize(
            size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio) * _ZOOMS[self._zoom]
        )

    @Slot()
    def _zoom_in(self) -> None:
        self._set_zoom(self._zoom + 1)

    @Slot()
    def _zoom_out(self) -> None:
        self._set_zoom(self._zoom - 1)

    def _set_zoom(self, step: int) -> None:
        step = min(max(step, 0), len(_ZOOMS) - 1)
        if step != self._zoom:
            self._zoom = step
            self._fit()
            self._read_page()
        self.smaller.setEnabled(step > 0)
        self.larger.setEnabled(step < len(_ZOOMS) - 1)

    @Slot()
    def _next_page(self) -> None:
        self.pages.turn_to(min(self.page + 1, self.view.pages if self.view else 1))

    @Slot()
    def _previous_page(self) -> None:
        self.pages.turn_to(max(self.page - 1, 1))

    # The copy

    @Slot()
    def make(self) -> None:
        """Makes the copy, reads it again, and shows it as it would go out."""
        self._busy(tr("Making the copy and reading it again…"))
        job = self._desktop.bridge.read(draft_redaction, self._evidence, self.history.now)
        job.succeeded.connect(self._made)
        job.failed.connect(self._failed)
        job.cancelled.connect(self._edit)
        ProgressSheet(tr("Making the copy"), job, self)

    @Slot(object)
    def _made(self, draft: RedactionDraft) -> None:
        self.draft = draft
        self._looking(True)
        self._tell("\n".join((said_of_proof(draft), *draft.copy.notes)))
        if not draft.copy.boxes:
            self.text.setPlainText(draft.copy.data.decode("utf-8", "replace"))
            self.text.setVisible(True)
        else:
            self._show_boxes()
            self._read_page()
        self.keep.setFocus()

    @Slot()
    def _edit(self) -> None:
        """Goes back from the copy to the boxes."""
        self.draft = None
        self._looking(False)
        self._show_boxes()
        self._read_page()
        self.canvas.setFocus()

    def _looking(self, is_copy: bool) -> None:
        paged = self.view is not None and self.view.pages > 0
        self.canvas.read_only = is_copy
        for one in (self.new, self.remove, self.undo, self.look):
            one.setVisible(paged and not is_copy)
        self.back.setVisible(paged and is_copy)
        self.keep.setVisible(is_copy)
        self.keep.setEnabled(is_copy)

    @Slot()
    def _keep(self) -> None:
        if self.draft is None:
            return
        self.keep.setEnabled(False)
        job = self._desktop.bridge.run_for(self, keep_redaction, self.draft)
        job.succeeded.connect(self._kept)
        job.failed.connect(self._failed)

    @Slot(object)
    def _kept(self, _outcome: object) -> None:
        self.accept()
