"""One rule as a page: what it gives, how it counts, what it needs, and who says so."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.queries.rule_pages import PagePart, RulePage, page_text, source_text
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button
from disputedesk.gui.cards import Banner, Card
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.notices import Notices
from disputedesk.gui.theme import sized
from disputedesk.gui.tokens import Type

_STEP = 20


class Address(QLineEdit):
    """An address to mark and copy; nothing is ever opened, however it is pressed."""

    def __init__(self, url: str, title: str, parent: QWidget) -> None:
        super().__init__(url, parent)
        self.setObjectName("address")
        self.setReadOnly(True)
        self.setFrame(False)
        self.setCursorPosition(0)
        self.setFont(sized(self.font(), Type.SMALL))
        self.setAccessibleName(tr("Address of {title}", title=title))
        set_tip(self, url)


class RulePageView(QWidget):
    """The page of one rule; addresses are plain text to mark and copy, never links."""

    def __init__(self, page: RulePage, notices: Notices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("surface")
        self.page = page
        self._notices = notices
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, tokens.GAP_CARD, tokens.GAP_ROOM)
        column.setSpacing(12)
        column.addWidget(self._head(page))
        if page.doubtful:
            text = tr("Its figures come from sources of low confidence: ask before you rely on it.")
            column.addWidget(Banner(text, strong=tr("Doubtful."), surface="soon", icon="warning"))
        for part in page.parts:
            column.addWidget(self._part(part))
        column.addWidget(self._sources(page))
        column.addStretch(1)

    def _head(self, page: RulePage) -> Card:
        card = Card()
        top = QHBoxLayout()
        title = label(page.title, size=Type.COUNT, strong=True, wrap=True, selectable=True)
        top.addWidget(title, 1)
        self.copy = button(tr("Copy as text"), icon="copy", parent=card)
        self.copy.clicked.connect(self._copied)
        top.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        card.column.addLayout(top)
        card.column.addWidget(label(page.head, ink="second", wrap=True))
        if page.summary:
            card.column.addWidget(label(page.summary, wrap=True, selectable=True))
        small = f"{page.id} · {page.pack}"
        card.column.addWidget(label(small, ink="mute", size=Type.SMALL, wrap=True, selectable=True))
        return card

    def _part(self, part: PagePart) -> Card:
        card = Card(part.title)
        card.column.setSpacing(tokens.GAP_CHIP)
        for line in part.lines:
            words = label(line.text, wrap=True, selectable=True)
            if line.depth:
                words.setContentsMargins(_STEP * line.depth, 0, 0, 0)
            card.column.addWidget(words)
        return card

    def _sources(self, page: RulePage) -> Card:
        card = Card(tr("Who says so"))
        card.column.setSpacing(tokens.GAP_CHIP)
        for source in page.sources:
            card.column.addWidget(label(source_text(source), wrap=True, selectable=True))
            if source.url:
                card.column.addWidget(Address(source.url, source.title, card))
        return card

    @Slot()
    def _copied(self) -> None:
        QGuiApplication.clipboard().setText(page_text(self.page))
        self._notices.say(tr("The rule is in the clipboard."))
