"""The chosen piece: what it looks like, what is known of it, and what it proves in which case."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.evidence_views import EvidenceDetail
from disputedesk.desk.operations.reading import settle_suspicion
from disputedesk.desk.queries.redaction import can_be_redacted
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button, icon_button
from disputedesk.gui.cards import Card
from disputedesk.gui.evidence import about
from disputedesk.gui.evidence.alarm import Alarm
from disputedesk.gui.evidence.use_card import UseCard
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.preview import PreviewPane
from disputedesk.gui.preview_sheet import PreviewSheet
from disputedesk.gui.rooms import Desktop, OpenCase, RedactEvidence
from disputedesk.gui.saving import EvidenceSaving
from disputedesk.gui.tokens import Type
from disputedesk.model.evidence import ReadState
from disputedesk.model.ids import CaseId, ExhibitId

_PREVIEW: Final = 300
_KEY: Final = 112
"""Room for a fact's name in two lines at most."""
_NAME: Final = 40


class DetailPane(QScrollArea):
    """One piece, whole; the room hands it a detail and it shows it.

    Signals:
        evidence_wanted(id): Another piece, linked with this one, is to be shown.
    """

    evidence_wanted = Signal(object)

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self.detail: EvidenceDetail | None = None
        self.alarm: Alarm | None = None
        self.uses: dict[ExhibitId, UseCard] = {}
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("The chosen piece"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setObjectName("surface")
        self._column = QVBoxLayout(body)
        self._column.setContentsMargins(4, 4, tokens.GAP_CARD, tokens.GAP_CARD)
        self._column.setSpacing(12)
        self._build()
        self.setWidget(body)

    def _build(self) -> None:
        self.title = ElidedLabel("", size=Type.STRONG, strong=True)
        self.second = ElidedLabel("", ink="second")
        self._column.addWidget(self.title)
        self._column.addWidget(self.second)
        self._alarms = QVBoxLayout()
        self._column.addLayout(self._alarms)
        self.preview = PreviewPane(self._desktop.bridge, self)
        self.preview.setFixedHeight(_PREVIEW)
        self.preview.save_wanted.connect(self.save)
        self._column.addWidget(self.preview)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        self.look = button(tr("Look closely"), parent=self)
        self.look.clicked.connect(lambda _checked=False: self.open_preview())
        self.saving = button(tr("Save a copy…"), parent=self)
        self.saving.clicked.connect(lambda _checked=False: self.save())
        self.hide_parts = button(tr("Hide parts in a copy…"), parent=self)
        self.hide_parts.clicked.connect(lambda _checked=False: self.redact())
        row.addWidget(self.look)
        row.addWidget(self.saving)
        row.addStretch(1)
        self._column.addLayout(row)
        self._column.addWidget(self.hide_parts, 0, Qt.AlignmentFlag.AlignLeft)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(12)
        self._column.addLayout(self._cards)
        self._unused = label("", ink="second", wrap=True)
        self._column.addWidget(self._unused)
        self._about = QVBoxLayout()
        self._column.addLayout(self._about)
        self._column.addStretch(1)

    def set_detail(self, detail: EvidenceDetail) -> None:
        """Shows a piece; the same one keeps its place and what is being typed."""
        other = self.detail is None or self.detail.evidence.id != detail.evidence.id
        self.detail = detail
        evidence = detail.evidence
        caption = next((u.exhibit.caption for u in detail.uses if u.exhibit.caption), "")
        self.title.setText(caption or evidence.name)
        parts = [about.kind_words(evidence.media_type), about.size_words(evidence.size)]
        parts += [evidence.name] if caption else []
        self.second.setText(" · ".join(parts))
        self.preview.show_file(evidence.sha256, evidence.media_type, evidence.name)
        can_hide = can_be_redacted(evidence.media_type) and self._desktop.can(RedactEvidence)
        self.hide_parts.setVisible(can_hide)
        self._show_alarm(detail)
        self._show_uses(detail)
        _clear(self._about)
        self._about.addWidget(self._known(detail))
        if other:
            self.verticalScrollBar().setValue(0)

    def _show_alarm(self, detail: EvidenceDetail) -> None:
        _clear(self._alarms)
        self.alarm = None
        if detail.suspicions:
            self.alarm = Alarm(detail, can_hide=self._desktop.can(RedactEvidence), parent=self)
            self.alarm.settled.connect(self._settle)
            self.alarm.hide_wanted.connect(self.redact)
            self._alarms.addWidget(self.alarm)

    def _show_uses(self, detail: EvidenceDetail) -> None:
        wanted = {use.exhibit.id: use for use in detail.uses}
        if [*self.uses] != [*wanted]:
            _clear(self._cards)
            self.uses = {}
            for number, use in wanted.items():
                card = UseCard(self._desktop.bridge, use, self)
                card.case_wanted.connect(self._open_case)
                card.open.setVisible(self._desktop.can(OpenCase))
                self._cards.addWidget(card)
                self.uses[number] = card
        for number, use in wanted.items():
            self.uses[number].set_use(use)
        self._unused.setVisible(not wanted)
        made = any(link.is_origin for link in detail.links)
        self._unused.setText(
            tr("It stands in no case by itself; it belongs to the piece it was made from.")
            if made
            else tr("It stands in no case yet. Add it to one there, with Add in its exhibits.")
        )

    def _known(self, detail: EvidenceDetail) -> Card:
        card = Card(tr("What is known of it"), parent=self)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.GAP_CARD)
        grid.setVerticalSpacing(tokens.GAP_CHIP)
        grid.setColumnStretch(1, 1)
        lines = (
            (tr("When it was made"), about.captured_words(detail.evidence, detail.arrivals)
             or tr("Nobody says when.")),
            (tr("How it came"), about.added_words(detail)),
            (tr("Also called"), about.true_names(detail)),
            (tr("Words in it"), _state_words(detail.state)),
        )  # fmt: skip
        for name, text in lines:
            if text:
                self._fact(grid, name, label(text, wrap=True, selectable=True))
        self._fact(grid, "SHA-256", self._hash(detail.evidence.sha256))
        card.column.addLayout(grid)
        for link in detail.links:
            name = link.evidence.name
            one = button(_short(name), Act.LINK, tip=name, parent=card)
            one.setAccessibleName(name)
            one.clicked.connect(
                lambda _checked=False, number=link.evidence.id: self.evidence_wanted.emit(number)
            )
            self._fact(grid, about.link_words(link), one)
        return card

    def _fact(self, grid: QGridLayout, name: str, value: QWidget) -> None:
        at = grid.rowCount()
        key = label(name, ink="second", wrap=True)
        key.setMinimumWidth(_KEY)
        grid.addWidget(key, at, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(value, at, 1)

    def _hash(self, sha256: str) -> QWidget:
        holder = QWidget(self)
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        shown = ElidedLabel(sha256)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(shown, 1)
        copy = icon_button("copy", tr("Copy the SHA-256"), parent=holder)
        copy.clicked.connect(lambda _checked=False: self._copy_hash())
        row.addWidget(copy)
        return holder

    def _copy_hash(self) -> None:
        if self.detail is not None:
            QGuiApplication.clipboard().setText(self.detail.evidence.sha256)
            self._desktop.notices.say(tr("The SHA-256 is in the clipboard."))

    # -- acting

    def open_preview(self) -> None:
        """Shows it in a window of its own."""
        if self.detail is not None:
            shown, title = self.detail, self.title.text()
            PreviewSheet(
                self._desktop, shown.evidence, title, self.window(), copy=shown.copy
            ).open()

    @Slot()
    def save(self) -> None:
        """Asks where a copy is to be saved."""
        if self.detail is not None:
            shown = self.detail
            EvidenceSaving(self._desktop, shown.evidence, self, copy=shown.copy).ask()

    @Slot()
    def redact(self) -> None:
        """Asks for the sheet on which parts of it are hidden in a copy."""
        if self.detail is not None and self._desktop.can(RedactEvidence):
            self._desktop.ask(RedactEvidence(self.detail.evidence.id))

    @Slot(int, bool)
    def _settle(self, suspicion: int, on: bool) -> None:
        self._desktop.bridge.run(settle_suspicion, suspicion, settled=on)

    @Slot(object)
    def _open_case(self, case: CaseId) -> None:
        self._desktop.ask(OpenCase(case))


def _state_words(state: ReadState | None) -> str:
    return {
        None: tr("not read yet"),
        ReadState.READ: tr("read; the search finds them"),
        ReadState.WITHOUT_WORDS: tr("a picture; its words could not be read"),
        ReadState.UNREADABLE: tr("could not be read; the file is kept as it is"),
        ReadState.NO_TEXT: tr("has none"),
    }[state]


def _short(name: str) -> str:
    """A file's name with its middle left out where it is long: its end tells what it is."""
    half = _NAME // 2
    return name if len(name) <= _NAME else f"{name[:half]}…{name[-half + 1 :]}"


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
