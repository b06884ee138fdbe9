"""The sheet: left the bank's page as it would leave, right what fills each of its places."""

from __future__ import annotations

import dataclasses

from PySide6.QtCore import QSize, Qt, QTimer, Slot
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.gui import tokens
from disputedesk.gui.bankform.adding import FormAdding
from disputedesk.gui.bankform.asking import AskedPanel
from disputedesk.gui.bankform.history import FieldHistory, Fields
from disputedesk.gui.bankform.jobs import (
    Look,
    Shelf,
    keep_fields,
    look_at_form,
    read_shelf,
)
from disputedesk.gui.bankform.page_pane import PagePane
from disputedesk.gui.bankform.paper_buttons import PaperButtons
from disputedesk.gui.bankform.place_table import TONES, PlaceTable, said_of
from disputedesk.gui.bankform.source_editor import SourceEditor
from disputedesk.gui.bankform.tools import FormTools
from disputedesk.gui.cards import EmptyState
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label, set_ink
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.bank_form import BankField, BankForm
from disputedesk.model.case import Document
from disputedesk.model.ids import CaseId
from disputedesk.papers.languages import LETTER_LANGUAGES


class BankFormSheet(Sheet):
    """Fills in a form of the bank for one case."""

    def __init__(self, desktop: Desktop, case: CaseId, parent: QWidget) -> None:
        super().__init__(
            tr("The bank's own form"), parent, width=1120,
            second=tr("Left the very file that would leave; right what fills each place. What "
                      "you set is remembered for this form."),
        )  # fmt: skip
        self._desktop, self.case = desktop, case
        self.shelf: Shelf | None = None
        self.look: Look | None = None
        self.history = FieldHistory()
        self.form = self._wanted = 0
        self.page, self.current = 1, -1
        self._reading: JobHandle | None = None
        self.tools = FormTools(self)
        self.column.addWidget(self.tools)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self._body())
        self.empty = EmptyState(
            "letters", tr("No form of a bank yet"),
            tr("Save the bank's dispute form as a PDF and add it here. It is filled with what is "
               "known of the case, and stays known for the next one."),
        )  # fmt: skip
        self.empty.add_button(tr("Add the bank's form…"), self._add)
        self.stack.addWidget(self.empty)
        self.column.addWidget(self.stack, 1)
        self.paper = PaperButtons(desktop, case, self)
        for at, one in enumerate(self.paper.buttons):
            self.foot.insertWidget(at, one)
        self.adding = FormAdding(desktop, self)
        self._connect()
        self.setMinimumSize(QSize(min(760, parent.width()), min(600, parent.height())))
        self.read()

    # What it is built of

    def _body(self) -> QWidget:
        body = QWidget(self)
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP_ROOM)
        self.pane = PagePane(self._desktop.bridge, body)
        self.canvas = self.pane.canvas
        row.addWidget(self.pane, 5)
        self._side = QVBoxLayout()
        self._side.setSpacing(tokens.GAP)
        self.told = label("", ink="second", wrap=True)
        self._side.addWidget(self.told)
        self.table = PlaceTable(body)
        self._side.addWidget(self.table, 1)
        self._editor_at = self._side.count()
        self.editor: SourceEditor | None = None
        self.asking = AskedPanel(self._desktop.bridge, self.case, body)
        self.asking.answered.connect(self.renew)
        self._side.addWidget(self.asking)
        row.addLayout(self._side, 4)
        return body

    def _connect(self) -> None:
        tools = self.tools
        for press, slot in (
            (tools.add, self._add), (tools.remove, self._remove),
            (tools.undo, self._undo), (tools.redo, self._redo),
            (tools.back, self._page_back), (tools.next, self._page_on),
            (self.paper.make, self._make),
        ):  # fmt: skip
            press.clicked.connect(slot)
        tools.forms.activated.connect(self._pick)
        tools.language.activated.connect(self.renew)
        tools.grid.toggled.connect(self.canvas.set_grid)
        tools.place.toggled.connect(self.canvas.set_adding)
        self.adding.added.connect(self._added)
        self.canvas.chosen.connect(self.choose)
        self.canvas.moved.connect(self._changed)
        self.canvas.placed.connect(self._placed)
        self.table.place_chosen.connect(self.choose)
        for keys, slot in (
            (QKeySequence(QKeySequence.StandardKey.Undo), self._undo),
            (QKeySequence("Ctrl+Shift+Z"), self._redo),
            (QKeySequence(Qt.Key.Key_PageDown), self._page_on),
            (QKeySequence(Qt.Key.Key_PageUp), self._page_back),
        ):
            QShortcut(keys, self).activated.connect(slot)
        for key, slot in (
            (Qt.Key.Key_Delete, self._remove),
            (Qt.Key.Key_G, self.tools.grid.toggle),
        ):
            shortcut = QShortcut(QKeySequence(key), self.canvas)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(slot)

    def showEvent(self, event: QShowEvent) -> None:
        """Takes nearly all of the window: a page wants room."""
        super().showEvent(event)
        window = self._desktop.window
        self.resize(QSize(window.width() - 96, window.height() - 64)
                    .expandedTo(self.minimumSize()))  # fmt: skip
        QTimer.singleShot(0, self.pane, self.pane.fit)

    def done(self, result: int) -> None:
        """Keeps what was said of the places, and closes."""
        self._keep()
        super().done(result)

    # Reading

    @Slot()
    def read(self) -> None:
        """Asks which forms there are."""
        job = self._desktop.bridge.read(read_shelf, self.case)
        job.succeeded.connect(self._read)

    @Slot(object)
    def _read(self, shelf: Shelf) -> None:
        self.shelf = shelf
        if self.editor is None:
            self.editor = SourceEditor(shelf.choices, shelf.ticks, self)
            self.editor.changed.connect(self._said)
            self._side.insertWidget(self._editor_at, self.editor)
        forms = self.tools.forms
        forms.clear()
        for row in shelf.rows:
            name = row.form.name + (f" – {row.form.issuer}" if row.form.issuer else "")
            forms.addItem(f"★ {name}" if row.fits else name, row.form.id)
        some = bool(shelf.rows)
        self.stack.setCurrentIndex(0 if some else 1)
        self.tools.setVisible(some)
        for one in self.paper.buttons:
            one.setVisible(some)
        if some:
            forms.setCurrentIndex(max(0, forms.findData(self._wanted)))
            self.open_form(int(forms.currentData()))

    @Slot()
    def _pick(self) -> None:
        self.open_form(int(self.tools.forms.currentData()))

    def open_form(self, form: int) -> None:
        """Shows another form, as it was kept."""
        self._keep()
        self.form, self.page, self.current, self.look = form, 1, -1, None
        self.history.begin(())
        self.tools.language.clear()
        self._ask(None)

    @Slot()
    def renew(self) -> None:
        """Fills the form again as it stands on the screen."""
        self.paper.document = None
        self._ask(self.history.now)

    def _ask(self, fields: Fields | None) -> None:
        spoken = self.tools.language.currentData()
        self._reading = self._desktop.bridge.read(
            look_at_form, self.form, self.case, fields, str(spoken) if spoken else None
        )
        self._reading.succeeded.connect(self._looked)
        self._reading.failed.connect(self._failed)

    @Slot(object)
    def _looked(self, look: Look) -> None:
        if self.sender() is not self._reading:
            return
        fresh = self.look is None
        self.look = look
        if fresh:
            self.history.begin(tuple(place.kept for place in look.view.places))
            for code in look.view.languages:
                self.tools.language.addItem(LETTER_LANGUAGES[code], code)
            self.table.setFocus()
        self._show()

    @Slot(object)
    def _failed(self, error: object) -> None:
        """Says in the sheet what could not be done; what was before stays."""
        self.told.setText(str(error) if isinstance(error, DeskError) else "")
        set_ink(self.told, "urgent")
        self._show_feet()

    # Showing

    def _show(self) -> None:
        look = self.look
        if look is None or self.shelf is None:
            return
        spots = look.view.filled.spots if look.view.filled else ()
        questions = dict(self.shelf.ticks)
        self.table.show_places(look.view.places, spots, questions)
        self._show_places()
        self.tools.show_page(self.page, len(look.view.sizes))
        self.tools.undo.setEnabled(self.history.can_undo)
        self.tools.redo.setEnabled(self.history.can_redo)
        self._tell(look)
        self.asking.ask(look.asked)
        self._show_feet()
        self._draw_page()

    def _show_places(self) -> None:
        look = self.look
        if look is None:
            return
        spots = look.view.filled.spots if look.view.filled else ()
        tones = {at: TONES[spot.state] for at, spot in enumerate(spots) if spot.state in TONES}
        places = look.view.places
        own = frozenset(at for at, place in enumerate(places) if not place.of_file)
        if self.current >= len(places):
            self.current = -1
        self.canvas.show_places(self.history.now, tones, own, self.current)
        self.table.choose(self.current)
        self.tools.remove.setEnabled(self.current in own)
        if self.editor is not None:
            chosen = self.current >= 0
            why = spots[self.current].why if chosen and self.current < len(spots) else ""
            self.editor.show_place(places[self.current] if chosen else None, why)

    def _tell(self, look: Look) -> None:
        """Says in a sentence how the form comes out."""
        filled = look.view.filled
        if filled is not None:
            self.told.setText(" ".join((said_of(filled), *look.view.notes)))
            set_ink(self.told, "urgent" if filled.stopping else "second")

    def _show_feet(self) -> None:
        text = self.paper.show_state(self.look)
        self.reason.setText(text)
        self.reason.setVisible(bool(text))

    @Slot()
    def _make(self) -> None:
        spoken = str(self.tools.language.currentData())
        job = self.paper.begin(self.form, self.history.now, spoken)
        job.succeeded.connect(self._made)
        job.failed.connect(self._failed)

    @Slot(object)
    def _made(self, outcome: Outcome[Document]) -> None:
        self.paper.document = outcome.value
        self.history.begin(self.history.now)
        self._show_feet()
        self.paper.print.setFocus()

    # Pages

    @Slot()
    def _page_on(self) -> None:
        self._turn(self.page + 1)

    @Slot()
    def _page_back(self) -> None:
        self._turn(self.page - 1)

    def _turn(self, page: int) -> None:
        count = len(self.look.view.sizes) if self.look else 0
        if 1 <= page <= count and page != self.page:
            self.page = page
            self.tools.show_page(page, count)
            self._draw_page()

    def _draw_page(self) -> None:
        pdf = self.look.pdf if self.look else None
        if pdf is not None:
            self.pane.draw(pdf, self.page)

    # Changing

    @Slot(int)
    def choose(self, at: int) -> None:
        """Chooses a place, and turns to its page."""
        self.current = at
        if 0 <= at < len(self.history.now):
            self._turn(self.history.now[at].page)
        self._show_places()

    @Slot(object)
    def _changed(self, fields: Fields) -> None:
        self.history.take(fields)
        self.renew()

    @Slot(object)
    def _said(self, field: BankField) -> None:
        """Takes what the editor says; places of one name that hold text are said together."""
        if not 0 <= self.current < len(self.history.now):
            return
        fields = [
            dataclasses.replace(each, source=field.source)
            if each.name == field.name and not each.on_state and not field.on_state
            else each
            for each in self.history.now
        ]
        fields[self.current] = field
        self._changed(tuple(fields))

    @Slot(int, object)
    def _placed(self, page: int, box: tuple[int, int, int, int]) -> None:
        """Adds a place that was put on the page by hand."""
        self.tools.place.setChecked(False)
        names = {each.name for each in self.history.now}
        number = next(n for n in range(1, len(names) + 2)
                      if tr("Place {number}", number=n) not in names)  # fmt: skip
        new = BankField(0, self.form, tr("Place {number}", number=number), page, box)
        self.current = len(self.history.now)
        self._changed((*self.history.now, new))

    @Slot()
    def _remove(self) -> None:
        places = self.look.view.places if self.look else ()
        if 0 <= self.current < len(places) and not places[self.current].of_file:
            at, self.current = self.current, -1
            self._changed((*self.history.now[:at], *self.history.now[at + 1 :]))

    @Slot()
    def _undo(self) -> None:
        self.history.undo()
        self.renew()

    @Slot()
    def _redo(self) -> None:
        self.history.redo()
        self.renew()

    def _keep(self) -> None:
        """Keeps what was said since the form was opened."""
        history = self.history
        if self.form and history.now != history.first:
            self._desktop.bridge.run(keep_fields, self.form, history.now)
            history.begin(history.now)

    @Slot()
    def _add(self) -> None:
        self._keep()
        self.adding.ask(self.shelf.bank if self.shelf else "")

    @Slot(object)
    def _added(self, form: BankForm) -> None:
        """Shows a form that just came."""
        self._wanted = form.id
        self.read()
