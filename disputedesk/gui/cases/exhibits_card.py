"""The exhibits of a case: thumbnails in printing order, and a line to say what each one is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QMenu, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.desk.operations.exhibits import (
    arrange_exhibits,
    move_exhibit,
    remove_exhibit,
    set_exhibit,
)
from disputedesk.desk.queries.redaction import can_be_redacted
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.cases.exhibit_strip import ExhibitStrip
from disputedesk.gui.cases.hidden_numbers import HiddenNumbers
from disputedesk.gui.cases.stills_sheet import StillsSheet
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.preview_sheet import PreviewSheet
from disputedesk.gui.rooms import Desktop, RedactEvidence, ShowEvidence
from disputedesk.gui.saving import EvidenceSaving
from disputedesk.gui.thumbnails import Thumbnails, Wanted
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import CaseId


class ExhibitsCard(Card):
    """The card of the exhibits.

    Signals:
        add_wanted(): Files are to be added.
    """

    add_wanted = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desktop = desktop
        self._bridge = desktop.bridge
        self._shown: Exhibit | None = None
        self._case: CaseId | None = None
        head = QHBoxLayout()
        head.addWidget(label(tr("Exhibits"), strong=True))
        self.count = label("", ink="second", size=Type.SMALL)
        head.addWidget(self.count, 1)
        self.arrange = button(tr("Put in order"), Act.LINK, parent=self)
        self.arrange.setToolTip(tr("By section of the bundle, then by day; what was sent stays."))
        self.arrange.clicked.connect(self._arrange)
        head.addWidget(self.arrange)
        self.add = button(tr("Add…"), Act.LINK, icon="plus", parent=self)
        self.add.setAccessibleName(tr("Add exhibits"))
        self.add.clicked.connect(lambda _checked=False: self.add_wanted.emit())
        head.addWidget(self.add)
        self.column.addLayout(head)
        self.empty = label(
            tr("Nothing is here yet. Drop pictures, mails or papers on this case, or press Ctrl+V "
               "to paste a screenshot. The originals stay where they are."),
            ink="second", wrap=True,
        )  # fmt: skip
        self.column.addWidget(self.empty)
        self.thumbnails = Thumbnails(desktop.bridge, self)
        self.strip = ExhibitStrip(self.thumbnails, self)
        self.strip.chosen.connect(self._choose)
        self.strip.opened.connect(self.open_exhibit)
        self.strip.moved.connect(self._move)
        self.strip.removed.connect(self._remove)
        self.column.addWidget(self.strip)
        self.hidden = HiddenNumbers(desktop, self)
        self.hidden.told.connect(self.strip.set_alarming)
        self.column.addWidget(self.hidden)
        self._about = self._about_row()
        self.column.addWidget(self._about)

    def _about_row(self) -> QWidget:
        about = QWidget(self)
        grid = QGridLayout(about)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(tokens.GAP)
        grid.setVerticalSpacing(tokens.GAP_CHIP)
        self.caption = GuardedLine(tr("What is seen on it"), tr("What is seen on it"), about)
        self.proves = GuardedLine(tr("What it proves"), tr("What it proves"), about)
        self.kind = QComboBox(about)
        self.kind.setAccessibleName(tr("What it is"))
        self.kind.addItem(tr("What is it?"), "")
        for value, text in exhibit_kinds():
            self.kind.addItem(text, value)
        self.caption.line.editingFinished.connect(self._keep)
        self.proves.line.editingFinished.connect(self._keep)
        self.kind.activated.connect(self._keep)
        grid.addWidget(self.caption, 0, 0)
        grid.addWidget(self.proves, 0, 1)
        grid.addWidget(self.kind, 1, 0)
        grid.addLayout(self._buttons(about), 1, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.note = label("", ink="second", size=Type.SMALL, wrap=True)
        grid.addWidget(self.note, 2, 0, 1, 2)
        return about

    def _buttons(self, about: QWidget) -> QHBoxLayout:
        """What is often wanted as buttons; the rest behind one, with the keys of the strip."""
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CHIP)
        self.open = button(tr("Open"), parent=about)
        self.open.clicked.connect(self._open_current)
        self.black_out = button(tr("Hide parts…"), parent=about)
        self.black_out.clicked.connect(self._black_out)
        self.stills = button(tr("Stills…"), parent=about)
        self.stills.setAccessibleName(tr("Stills of the film"))
        self.stills.clicked.connect(self.take_stills)
        self.more = button(tr("More"), icon="chevron-down", parent=about)
        self.more.setAccessibleName(tr("More to do with the exhibit"))
        self.menu = QMenu(self.more)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self.menu)
        for one in (self.open, self.black_out, self.stills, self.more):
            row.addWidget(one)
        row.addStretch(1)
        return row

    @Slot()
    def _fill_menu(self) -> None:
        """The acts that the chosen exhibit allows; those with a key of the strip name it."""
        self.menu.clear()
        shown = self._shown
        if shown is None:
            return
        last = self.strip.exhibits.rowCount()
        self._act(tr("Save a copy…"), self.save)
        if self._desktop.can(ShowEvidence):
            self._act(tr("See it in Evidence"), self._see)
        self.menu.addSeparator()
        forward = self._act(tr("Move forward"), self._forward, "Alt+Left")
        forward.setEnabled(shown.number > 1)
        back = self._act(tr("Move back"), self._back, "Alt+Right")
        back.setEnabled(shown.number < last)
        self.menu.addSeparator()
        gone = self._act(tr("Take it out"), self._remove_current, "Del")
        gone.setEnabled(shown.withdrawn_at is None)

    def _act(self, text: str, done: Callable[[], None], key: str = "") -> QAction:
        """An act of the menu; its key is only shown, for it is the strip that listens to it."""
        spoken = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        act = self.menu.addAction(f"{text}\t{spoken}" if key else text)
        act.triggered.connect(lambda _checked=False: done())
        return act

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the exhibits of a case; the chosen one stays chosen."""
        self._case = detail.case.id
        self.strip.exhibits.set_rows(detail.exhibits)
        self.hidden.show_case(detail.case.id)
        count = len(detail.exhibits)
        self.count.setText(_counted(detail.exhibits) if count else "")
        self.empty.setVisible(not count)
        self.strip.setVisible(bool(count))
        self.arrange.setVisible(count > 1)
        self._about.setVisible(bool(count))
        if count and self.strip.current() is None:
            self.strip.setCurrentIndex(self.strip.exhibits.index(0, 0))
        self._choose(self.strip.current())
        self.thumbnails.want(
            Wanted(each.outgoing.sha256, each.outgoing.media_type) for each in detail.exhibits
        )

    @Slot(object)
    def _choose(self, exhibit: Exhibit | None) -> None:
        same = self._shown is not None and exhibit is not None and self._shown.id == exhibit.id
        self._shown = exhibit
        if exhibit is None:
            return
        for field, text in ((self.caption, exhibit.caption), (self.proves, exhibit.proves)):
            if not (same and field.line.hasFocus()):
                field.line.setText(text)
                field.note.setVisible(False)
        self.kind.setCurrentIndex(max(0, self.kind.findData(exhibit.kind)))
        can_hide = can_be_redacted(exhibit.evidence.media_type) and self._desktop.can(
            RedactEvidence
        )
        self.black_out.setVisible(can_hide)
        self.stills.setVisible(exhibit.evidence.media_type.startswith("video/"))
        self._tell_note(exhibit)

    @Slot()
    def _keep(self) -> None:
        shown = self._shown
        if shown is None:
            return
        caption, proves = self.caption.text, self.proves.text
        kind = str(self.kind.currentData() or "")
        if (caption, proves, kind) != (shown.caption, shown.proves, shown.kind):
            self._bridge.run(set_exhibit, shown.id, caption=caption, proves=proves, kind=kind)

    @Slot(object)
    def open_exhibit(self, exhibit: Exhibit) -> None:
        """Opens what is printed of an exhibit, to be looked at closely."""
        title = tr("Exhibit {number}: {title}", number=exhibit.number,
                   title=exhibit.caption or exhibit.evidence.name)  # fmt: skip
        PreviewSheet(self._desktop, exhibit.outgoing, title, self.window()).open()

    @Slot()
    def take_stills(self) -> None:
        """Opens the strip of a film's moments."""
        if self._shown is not None:
            StillsSheet(self._desktop, self._shown, self.window()).open()

    @Slot()
    def _open_current(self) -> None:
        if self._shown is not None:
            self.open_exhibit(self._shown)

    @Slot()
    def _black_out(self) -> None:
        if self._shown is not None:
            self._desktop.ask(RedactEvidence(self._shown.evidence.id))

    def _tell_note(self, exhibit: Exhibit) -> None:
        """Says what goes out of it where that is not the file itself."""
        text = ""
        if exhibit.withdrawn_at is not None:
            text = tr("Withdrawn: it was sent before, so its number stays taken; it does not go "
                      "out again.")  # fmt: skip
        elif exhibit.copy is not None:
            text = tr("A redacted copy goes out in its place; the original stays with you.")
        self.note.setText(text)
        self.note.setVisible(bool(text))

    @Slot()
    def save(self) -> None:
        """Asks where a copy is to be saved, and of which where one is redacted."""
        if self._shown is not None:
            shown = self._shown
            EvidenceSaving(self._desktop, shown.evidence, self, copy=shown.copy).ask()

    def _see(self) -> None:
        if self._shown is not None:
            self._desktop.ask(ShowEvidence(self._shown.evidence.id))

    def _forward(self) -> None:
        self._step(-1)

    def _back(self) -> None:
        self._step(1)

    def _step(self, step: int) -> None:
        if self._shown is not None:
            self.strip.ask_place(self._shown, self._shown.number + step)

    @Slot(object, int)
    def _move(self, exhibit: Exhibit, to: int) -> None:
        self._bridge.run(move_exhibit, exhibit.id, to)

    @Slot()
    def _arrange(self) -> None:
        if self._case is not None:
            self._bridge.run(arrange_exhibits, self._case)

    @Slot(object)
    def _remove(self, exhibit: Exhibit) -> None:
        self._bridge.run(remove_exhibit, exhibit.id)

    @Slot()
    def _remove_current(self) -> None:
        if self._shown is not None:
            self._remove(self._shown)


def _counted(exhibits: Sequence[Exhibit]) -> str:
    """How many stand, and how many were withdrawn."""
    gone = sum(each.withdrawn_at is not None for each in exhibits)
    count = len(exhibits) - gone
    text = trn("in printing order · {count}", "in printing order · {count}", count)
    if not gone:
        return text
    return tr("{standing} · {withdrawn}", standing=text,
              withdrawn=trn("{count} withdrawn", "{count} withdrawn", gone))  # fmt: skip
