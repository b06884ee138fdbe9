"""The page after a platform's form was sent off: the day, the number, and its confirmation."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.adding import Given, dropped, nothing_given, pasted
from disputedesk.gui.buttons import button
from disputedesk.gui.cases.walk_jobs import FiledAs, Text, file_text
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sent_sheet import Checked, SentSheet
from disputedesk.gui.tokens import Type
from disputedesk.model.evidence import Way
from disputedesk.model.ids import RuleId


class FiledSheet(SentSheet):
    """Collects when a platform's form was sent, under which number, and its confirmation."""

    def __init__(
        self,
        desktop: Desktop,
        detail: CaseDetail,
        text: Text,
        parent: QWidget,
        *,
        rule: RuleId | None = None,
        checks: Sequence[Checked] = (),
    ) -> None:
        super().__init__(desktop, detail, parent, rule=rule, checks=checks)
        self._text = text
        self.receipt: Given | None = None
        self.setAcceptDrops(True)
        self.column.takeAt(self.column.count() - 1)
        self.column.addWidget(label(tr("The platform's confirmation"), ink="second"))
        hint = tr("A screenshot or the mail it sent: choose it, drop it here, or paste it. It is "
                  "kept as an exhibit.")  # fmt: skip
        self.column.addWidget(label(hint, ink="mute", size=Type.SMALL, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        choose = button(tr("Choose a file…"), icon="attach", parent=self)
        choose.clicked.connect(self._choose)
        self.paste = button(tr("Paste"), parent=self)
        self.paste.clicked.connect(self._paste)
        self.remove = button(tr("Without a confirmation"), parent=self)
        self.remove.clicked.connect(lambda _checked=False: self.give(None))
        for one in (choose, self.paste, self.remove):
            row.addWidget(one)
        row.addStretch(1)
        self.column.addLayout(row)
        self.shown = label("", wrap=True)
        self.column.addWidget(self.shown)
        self.column.addStretch(1)
        self.give(None)

    def give(self, given: Given | None) -> None:
        """Takes what shows that the form was sent; `None` takes it away."""
        self.receipt = given or None
        count = len(given.sources) if given else 0
        text = ""
        if given:
            text = tr("✓ Is kept with it: {name}", name=_name(given))
        if count > 1:
            text = tr("{kept}. Only this one of the {count} files is taken.", kept=text,
                      count=count)  # fmt: skip
        self.shown.setText(text)
        self.shown.setVisible(bool(text))
        self.remove.setVisible(bool(given))

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.choose_file)
        dialog.open()

    @Slot(str)
    def choose_file(self, name: str) -> None:
        """Takes a file."""
        self.give(Given((Path(name),), Way.FILE))

    @Slot()
    def _paste(self) -> None:
        given = pasted(QGuiApplication.clipboard().mimeData())
        self.give(given or None)
        if not given:
            self.shown.setText(nothing_given())
            self.shown.setVisible(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and pictures."""
        if dropped(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what was dropped; the original stays where it is."""
        given = dropped(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self.give(given))

    def accept(self) -> None:
        """Records it; closes once it is kept."""
        day = self.day.day
        if self.accept_button is None or not self.accept_button.isEnabled() or day is None:
            return
        self.accept_button.setEnabled(False)
        filed = FiledAs(
            RuleId(str(self.rule.currentData())), day, self.reference.text, self.receipt
        )
        job = self._desktop.bridge.run(file_text, self._text, filed)
        job.succeeded.connect(self._filed)
        job.failed.connect(self._check)


def _name(given: Given) -> str:
    source = given.sources[0]
    if isinstance(source, Path):
        return source.name
    return tr("the pasted text") if isinstance(source, str) else tr("the pasted picture")
