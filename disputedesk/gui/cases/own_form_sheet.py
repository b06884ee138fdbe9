"""The text of a form of one's own: written on the left, seen for the case on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.forms import save_form
from disputedesk.desk.queries.own_forms import OwnLook, OwnText, look_at_own, own_text
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type

_PAUSE_MS = 350
_FIELD = int(Qt.ItemDataRole.UserRole)


class OwnFormSheet(Sheet):
    """Edits one form of the desk's own folder."""

    def __init__(self, desktop: Desktop, detail: CaseDetail, form: str, parent: QWidget) -> None:
        super().__init__(
            tr("Your own form"), parent,
            second=tr("Plain text. A {field} in it is filled in from the case; the lines in square "
                      "brackets are the parts of the paper.", field="{{field}}"),
            verb=tr("Keep the text"), act=Act.PRIMARY, width=1120,
        )  # fmt: skip
        self._desktop, self._detail, self._form = desktop, detail, form
        self._looking: JobHandle | None = None
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_CARD)
        row.addLayout(self._writing(), 3)
        row.addLayout(self._choosing(), 2)
        row.addLayout(self._seeing(), 3)
        self.column.addLayout(row, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.body.textChanged.connect(self._pause.start)
        self.prefer_height(620)
        self.block(tr("The text is being read…"))
        desktop.bridge.read(own_text, form).succeeded.connect(self._show)

    def _writing(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(label(tr("The text"), strong=True))
        self.body = QPlainTextEdit(self)
        self.body.setAccessibleName(tr("The text of the form"))
        column.addWidget(self.body, 1)
        note = label("", ink="soon", wrap=True)
        column.addWidget(note)
        SecretGuard(self.body, note)
        return column

    def _choosing(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(label(tr("What can be filled in"), strong=True))
        self.words = QLineEdit(self)
        self.words.setAccessibleName(tr("Find a field"))
        self.words.setPlaceholderText(tr("Find a field: date, tracking…"))
        self.words.setClearButtonEnabled(True)
        self.words.textChanged.connect(self._filter)
        column.addWidget(self.words)
        self.fields = QListWidget(self)
        self.fields.setAccessibleName(tr("What can be filled in"))
        self.fields.setWordWrap(True)
        self.fields.setSpacing(2)
        self.fields.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.fields.itemActivated.connect(self._insert)
        column.addWidget(self.fields, 1)
        self.put = button(tr("Insert the field"), parent=self)
        self.put.clicked.connect(self._insert_current)
        column.addWidget(self.put)
        return column

    def _seeing(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(label(tr("How it reads for this case"), strong=True))
        self.seen = QPlainTextEdit(self)
        self.seen.setAccessibleName(tr("How it reads for this case"))
        self.seen.setReadOnly(True)
        column.addWidget(self.seen, 1)
        self.fault = label("", ink="urgent", wrap=True, selectable=True, size=Type.SMALL)
        self.fault.setVisible(False)
        column.addWidget(self.fault)
        return column

    @Slot(object)
    def _show(self, text: OwnText) -> None:
        self.setWindowTitle(tr("Your own form: {name}", name=text.title))
        self.headline.setText(self.windowTitle())
        self.body.setPlainText(text.body)
        self.body.setFocus()
        for name, question in text.fields:
            item = QListWidgetItem(tr("{question}  {name}", question=question, name=name))
            item.setData(_FIELD, name)
            self.fields.addItem(item)
        self.look()

    @Slot(str)
    def _filter(self, wanted: str) -> None:
        words = wanted.casefold().split()
        for at in range(self.fields.count()):
            item = self.fields.item(at)
            text = item.text().casefold()
            item.setHidden(not all(word in text for word in words))

    @Slot()
    def _insert_current(self) -> None:
        item = self.fields.currentItem()
        if item is not None:
            self._insert(item)

    @Slot(QListWidgetItem)
    def _insert(self, item: QListWidgetItem) -> None:
        self.body.insertPlainText("{{ " + str(item.data(_FIELD)) + " }}")
        self.body.setFocus()

    @Slot()
    def look(self) -> None:
        """Reads anew how the text looks, and what is wrong with it."""
        self._looking = self._desktop.bridge.read(
            look_at_own, self._detail.case.id, self._form, self.body.toPlainText()
        )
        self._looking.succeeded.connect(self._looked)

    @Slot(object)
    def _looked(self, look: OwnLook) -> None:
        if self.sender() is not self._looking:
            return
        if look.text:
            self.seen.setPlainText(look.text)
        self.fault.setText("\n".join(f"◆ {each}" for each in look.faults))
        self.fault.setVisible(bool(look.faults))
        self.block("")

    def accept(self) -> None:
        """Keeps the text; stays open where it cannot be used."""
        if self.accept_button is None or not self.accept_button.isEnabled():
            return
        self.block(tr("The text is being kept…"))
        job = self._desktop.bridge.run(save_form, self._form, body=self.body.toPlainText())
        job.succeeded.connect(self._kept)
        job.failed.connect(self._refused)

    @Slot(object)
    def _kept(self, outcome: Outcome[str]) -> None:
        super().accept()

    @Slot(object)
    def _refused(self, error: object) -> None:
        self.block("")
        if isinstance(error, DeskError):
            self.fault.setText(f"◆ {error}")
            self.fault.setVisible(True)
