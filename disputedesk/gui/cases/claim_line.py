"""One claim of the merchant: what they say, what is said to it, and the exhibits that answer it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPlainTextEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.after_views import ClaimRow
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.exhibit_strip import MIME, title_of
from disputedesk.gui.labels import label, set_ink, set_tip
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import ExhibitId

_TOP = Qt.AlignmentFlag.AlignTop
_LINES = 3
_REST_MS = 1000


class ClaimLine(QFrame):
    """A claim with its answer; an exhibit dropped on it, or chosen from its menu, is linked.

    Signals:
        answered(number, text): Other words stand against it.
        linked(number, exhibits): These exhibits answer it now: a tuple of their ids.
        dropped(number): It is to be taken off the list.
        entered(number): The keyboard or mouse is in it.
    """

    answered = Signal(int, str)
    linked = Signal(int, object)
    dropped = Signal(int)
    entered = Signal(int)

    def __init__(self, row: ClaimRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "quiet")
        self.setAcceptDrops(True)
        self.row = row
        self._exhibits: Sequence[Exhibit] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(*(tokens.GAP,) * 4)
        column.setSpacing(tokens.GAP_CHIP)
        head = QHBoxLayout()
        head.setSpacing(tokens.GAP)
        self.sign = label("", strong=True)
        self.sign.setFixedWidth(16)
        head.addWidget(self.sign, 0, _TOP)
        self.text = label("", wrap=True)
        head.addWidget(self.text, 1)
        self.drop = button(tr("Take out"), Act.LINK, parent=self)
        self.drop.clicked.connect(lambda _checked=False: self.dropped.emit(self.number))
        head.addWidget(self.drop, 0, _TOP)
        column.addLayout(head)
        self.answer = QPlainTextEdit(self)
        self.answer.setTabChangesFocus(True)
        self.answer.setPlaceholderText(tr("Your answer to this point, in a sentence or two"))
        margins = 2 * (self.answer.frameWidth() + tokens.GAP_CHIP) + 6
        self.answer.setFixedHeight(_LINES * self.answer.fontMetrics().lineSpacing() + margins)
        self.answer.installEventFilter(self)
        column.addWidget(self.answer)
        note = label("", ink="soon", size=Type.SMALL, wrap=True)
        column.addWidget(note)
        self.guard = SecretGuard(self.answer, note)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self.keep)
        self.answer.textChanged.connect(self._rest.start)
        self._links = QWidget(self)
        column.addWidget(self._links)
        self._column = column
        self.set_row(row, ())

    @property
    def number(self) -> int:
        """The claim's number in the reply."""
        return self.row.claim.number

    def set_row(self, row: ClaimRow, exhibits: Sequence[Exhibit]) -> None:
        """Shows what is known of the claim now; what is being typed stays."""
        self.row, self._exhibits = row, exhibits
        claim = row.claim
        page = tr(" (page {page})", page=claim.page) if claim.page else ""
        self.text.setText(tr("{number}. {text}{page}", number=claim.number, text=claim.text,
                             page=page))  # fmt: skip
        done = row.answered
        self.sign.setText("✓" if done else "◆")
        set_ink(self.sign, "open" if done else "urgent")
        self.sign.setAccessibleName(tr("answered") if done else tr("not answered yet"))
        set_tip(self.sign, self.sign.accessibleName())
        self.answer.setAccessibleName(tr("Answer to claim {number}", number=claim.number))
        self.drop.setAccessibleName(tr("Take claim {number} off the list", number=claim.number))
        if not self.answer.hasFocus() and self.answer.toPlainText() != claim.answer:
            self.answer.setPlainText(claim.answer)
        self._show_links()

    def _show_links(self) -> None:
        old, self._links = self._links, QWidget(self)
        self._column.replaceWidget(old, self._links)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._links)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for exhibit in self.row.exhibits:
            column.addLayout(self._link_row(exhibit))
        self.add = button(tr("Link an exhibit"), Act.LINK, icon="link", parent=self._links)
        self.add.setAccessibleName(tr("Link an exhibit to claim {number}", number=self.number))
        menu = QMenu(self.add)
        mine = {exhibit.id for exhibit in self.row.exhibits}
        for exhibit in self._exhibits:
            if exhibit.id not in mine and exhibit.withdrawn_at is None:
                text = tr("Exhibit {number}: {name}", number=exhibit.number,
                          name=title_of(exhibit)).replace("&", "&&")  # fmt: skip
                menu.addAction(text).triggered.connect(
                    lambda _checked=False, number=exhibit.id: self.link(number)
                )
        self.add.setMenu(menu)
        self.add.setEnabled(not menu.isEmpty())
        column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._links.show()

    def _link_row(self, exhibit: Exhibit) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        name = tr("Exhibit {number}: {name}", number=exhibit.number, name=title_of(exhibit))
        row.addWidget(label(name, ink="second", wrap=True), 1)
        off = button(tr("Unlink"), Act.LINK, parent=self._links)
        off.setAccessibleName(
            tr("Take exhibit {exhibit} off claim {claim}", exhibit=exhibit.number,
               claim=self.number)
        )  # fmt: skip
        off.clicked.connect(lambda _checked=False, number=exhibit.id: self._unlink(number))
        row.addWidget(off, 0, _TOP)
        return row

    def link(self, exhibit: ExhibitId) -> None:
        """Lets an exhibit answer the claim too."""
        mine = tuple(each.id for each in self.row.exhibits)
        if exhibit not in mine:
            self.linked.emit(self.number, (*mine, exhibit))

    def _unlink(self, exhibit: ExhibitId) -> None:
        mine = tuple(each.id for each in self.row.exhibits if each.id != exhibit)
        self.linked.emit(self.number, mine)

    def keep(self) -> None:
        """Hands over words that were changed and not kept yet."""
        self._rest.stop()
        self.guard.look()
        text = self.answer.toPlainText().strip()
        if text != self.row.claim.answer:
            self.answered.emit(self.number, text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the answer when the keyboard leaves it; tells when it comes in."""
        if watched is self.answer and event.type() == QEvent.Type.FocusOut:
            self.keep()
        if watched is self.answer and event.type() == QEvent.Type.FocusIn:
            self.entered.emit(self.number)
        return False

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes exhibits of the case."""
        if event.mimeData().hasFormat(MIME):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """Links the exhibit that was let go here."""
        number = ExhibitId(int(bytes(event.mimeData().data(MIME).data())))
        event.acceptProposedAction()
        if any(each.id == number for each in self._exhibits):
            self.link(number)
