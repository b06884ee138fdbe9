"""How a letter is finished: sheet, layout for the envelope, delivery note, copies, QR code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import ask_where, save_bytes
from disputedesk.gui.tokens import Type
from disputedesk.papers.finish import Finish
from disputedesk.papers.paper import layouts

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_REST_MS: Final = 500
"""How long typing rests before the letter is drawn anew."""


class FinishPanel(QWidget):
    """Collects how one letter is finished; what is not chosen is left to settings and recipient.

    Signals:
        changed(): Something else is chosen.
    """

    changed = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self.changed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.GAP_CHIP)
        self.paper = self._choice(
            tr("Paper size"),
            ((tr("By the recipient's country"), ""), ("A4", "a4"), ("Letter", "letter")),
        )
        named = ((tr(layout.title), name) for name, layout in layouts().items())
        self.layout_choice = self._choice(
            tr("Envelope"), ((tr("By the settings or the recipient's country"), ""), *named)
        )
        self.note = label("", ink="soon", size=Type.SMALL, wrap=True)
        self.note.setVisible(False)
        self._column.addWidget(self.note)
        self.test = button(tr("Test sheet…"), Act.LINK, parent=self)
        set_tip(self.test, tr("A sheet with the window as a frame, to try printer and envelope"))
        self.test.clicked.connect(self._ask_test_sheet)
        self._column.addWidget(self.test)
        self.more = QCheckBox(tr("Delivery note, copies, QR code"), self)
        self.more.setAccessibleName(self.more.text())
        self._column.addWidget(self.more)
        self._column.addWidget(self._rest())

    def _choice(self, name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        for text, value in choices:
            box.addItem(text, value)
        box.activated.connect(self._chosen)
        self._column.addWidget(label(name, ink="second"))
        self._column.addWidget(box)
        return box

    def _rest(self) -> QWidget:
        """What few letters need; folded away until it is asked for."""
        body = QWidget(self)
        column = QVBoxLayout(body)
        column.setContentsMargins(tokens.GAP, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        self.delivery = GuardedLine(tr("Delivery note"), tr("By registered post, and by e-mail"))
        self.copies = GuardedLine(tr("Copies to"), tr("names, with a semicolon between"))
        for name, line in ((tr("Delivery note"), self.delivery), (tr("Copies to"), self.copies)):
            column.addWidget(label(name, ink="second"))
            column.addWidget(line)
            line.line.textChanged.connect(self._timer.start)
        self.code = QCheckBox(tr("Its reference as a QR code"), self)
        self.code.setAccessibleName(self.code.text())
        self.code.setChecked(self._desktop.bridge.desk.settings.get("code") == "yes")
        self.code.toggled.connect(self.changed)
        column.addWidget(self.code)
        body.setVisible(False)
        self.more.toggled.connect(body.setVisible)
        return body

    @property
    def sheet(self) -> str | None:
        """The paper chosen; `None` lets the recipient decide."""
        return str(self.paper.currentData()) or None

    @property
    def finish(self) -> Finish:
        """What is chosen beside the paper."""
        names = (name.strip() for name in self.copies.text.split(";"))
        return Finish(
            str(self.layout_choice.currentData()) or None, self.delivery.text,
            tuple(filter(None, names)), self.code.isChecked(),
        )  # fmt: skip

    @Slot()
    def _chosen(self) -> None:
        layout = layouts().get(str(self.layout_choice.currentData()))
        note = tr(layout.note) if layout is not None and layout.note else ""
        self.note.setText("▲ " + note)
        self.note.setVisible(bool(note))
        self.changed.emit()

    @Slot()
    def _ask_test_sheet(self) -> None:
        ask_where(self.window(), tr("Save the test sheet"), "test-sheet.pdf", self._save_test)

    @Slot(str)
    def _save_test(self, path: str) -> None:
        chosen = str(self.layout_choice.currentData())
        save_bytes(self._desktop, _test_sheet, chosen, str(Path(path)))


def _test_sheet(desk: Desk, layout: str) -> bytes:
    from disputedesk.desk.operations.printing import make_test_sheet

    return make_test_sheet(desk.clock, layout or desk.settings.get("layout")).data
