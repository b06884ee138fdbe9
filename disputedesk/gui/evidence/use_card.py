"""One case that evidence stands in: what is seen on it there, and what it proves."""

from __future__ import annotations

import dataclasses
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr, trn
from disputedesk.desk.evidence_views import ClaimView, EvidenceUse
from disputedesk.desk.operations.claims import set_claims
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import Card
from disputedesk.gui.labels import ElidedLabel, label, set_tip
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import CaseId
from disputedesk.papers.sections import section_of, section_title, sections

_FEW: Final = 7
_NARROW: Final = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


class UseCard(Card):
    """Edits the exhibit in place; what is typed is kept when the field is left.

    Signals:
        case_wanted(case): The case is to be opened.
    """

    case_wanted = Signal(object)

    def __init__(self, bridge: Bridge, use: EvidenceUse, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._bridge = bridge
        self._use = use
        self.column.addLayout(self._head(use.case))
        self.caption = self._line(tr("What is seen on it"))
        self.proves = self._line(tr("What it proves"))
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(tr("What it is"))
        self.kind.addItem(tr("What is it?"), "")
        for value, text in exhibit_kinds():
            self.kind.addItem(text, value)
        self.kind.activated.connect(self._keep)
        self.section = QComboBox(self)
        self.section.setAccessibleName(tr("Section of the bundle"))
        self.section.activated.connect(self._keep)
        for box in (self.kind, self.section):
            box.setSizeAdjustPolicy(_NARROW)
            box.setMinimumContentsLength(12)
            self.column.addWidget(box)
        self.claims = ClaimList(self)
        self.claims.chosen.connect(self._keep_claims)
        self.column.addWidget(self.claims)
        self.set_use(use)

    def _head(self, case: CaseId) -> QHBoxLayout:
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(2)
        self.title = ElidedLabel("", strong=True)
        self.second = ElidedLabel("", ink="second", size=Type.SMALL)
        words.addWidget(self.title)
        words.addWidget(self.second)
        row.addLayout(words, 1)
        self.open = button(tr("Open the case"), Act.LINK, parent=self)
        self.open.clicked.connect(lambda _checked=False: self.case_wanted.emit(case))
        row.addWidget(self.open)
        return row

    def _line(self, name: str) -> GuardedLine:
        self.column.addWidget(label(name, ink="second", size=Type.SMALL))
        field = GuardedLine(name, "", self)
        field.line.editingFinished.connect(self._keep)
        self.column.addWidget(field)
        return field

    def set_use(self, use: EvidenceUse) -> None:
        """Shows the exhibit as it is now; a field somebody types in stays as it is."""
        self._use = use
        exhibit = use.exhibit
        self.title.setText(
            tr("Case {case}, exhibit {number}", case=use.number, number=exhibit.number)
        )
        taken_out = exhibit.withdrawn_at is not None
        self.second.setText(tr("taken out after it was sent") if taken_out else use.title)
        for field, text in ((self.caption, exhibit.caption), (self.proves, exhibit.proves)):
            if not field.line.hasFocus():
                with QSignalBlocker(field.line):
                    field.line.setText(text)
        self.kind.setCurrentIndex(max(0, self.kind.findData(exhibit.kind)))
        self._offer_sections(exhibit)
        self.claims.set_claims(use.claims)

    def _offer_sections(self, exhibit: Exhibit) -> None:
        """The sections of a bundle; first the one that what it is leads to by itself."""
        usual = section_title(section_of(dataclasses.replace(exhibit, section="")))
        self.section.clear()
        self.section.addItem(tr("In the bundle: {section}", section=usual), "")
        for value, title in sections():
            self.section.addItem(title, value)
        at = self.section.findData(exhibit.section)
        if at < 0:
            self.section.addItem(section_title(exhibit.section), exhibit.section)
            at = self.section.count() - 1
        self.section.setCurrentIndex(at)

    @Slot()
    def _keep(self) -> None:
        shown = self._use.exhibit
        caption, proves = self.caption.text, self.proves.text
        kind = str(self.kind.currentData() or "")
        section = str(self.section.currentData() or "")
        said = (caption, proves, kind, section)
        if said != (shown.caption, shown.proves, shown.kind, shown.section):
            self._bridge.run(
                set_exhibit, shown.id, caption=caption, proves=proves, kind=kind, section=section
            )

    @Slot(object)
    def _keep_claims(self, claims: tuple[str, ...]) -> None:
        self._bridge.run(set_claims, self._use.exhibit.id, claims)


class ClaimList(QWidget):
    """The statements of a case as boxes to tick; the likely ones first, the rest on demand.

    Signals:
        chosen(claims): These, and no others, are said to be proved.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._claims: tuple[ClaimView, ...] = ()
        self._is_whole = False
        self.boxes: dict[str, QCheckBox] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP_CHIP, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(tr("It proves…"), strong=True))
        self.hint = label("", ink="mute", size=Type.SMALL, wrap=True)
        column.addWidget(self.hint)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        column.addLayout(self._rows)
        self.more = button("", Act.LINK, parent=self)
        self.more.clicked.connect(self._show_all)
        column.addWidget(self.more)

    def set_claims(self, claims: tuple[ClaimView, ...]) -> None:
        """Shows the statements and which of them are taken as proved now."""
        said = any(claim.said for claim in claims)
        self._claims = claims
        self.hint.setText(
            tr("Letters cite it for what is ticked. With nothing ticked, what it is decides.")
            if said
            else tr("Letters take nothing as proved by it yet. Tick what it proves.")
            if not any(claim.usual for claim in claims)
            else tr("Ticked by what it is. Tick or untick to say it yourself; letters follow.")
        )
        shown = claims if self._is_whole else self._likely(claims)
        if [*self.boxes] != [claim.claim for claim in shown]:
            self._build(shown)
        for claim in shown:
            box = self.boxes[claim.claim]
            with QSignalBlocker(box):
                box.setChecked(claim.said or (not said and claim.usual))
        left = len(claims) - len(shown)
        self.more.setText(trn("{count} more", "{count} more", left))
        self.more.setVisible(left > 0)

    def _likely(self, claims: tuple[ClaimView, ...]) -> tuple[ClaimView, ...]:
        """The first few, and wherever they stand those that somebody said or that are usual."""
        return tuple(c for at, c in enumerate(claims) if at < _FEW or c.said or c.usual)

    def _build(self, shown: tuple[ClaimView, ...]) -> None:
        for box in self.boxes.values():
            self._rows.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for claim in shown:
            text = tr("{what}: {value}", what=claim.text, value=claim.value)
            box = QCheckBox((text if claim.value else claim.text).replace("&", "&&"), self)
            box.setAccessibleName(text if claim.value else claim.text)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            set_tip(box, box.accessibleName())
            box.toggled.connect(self._toggled)
            self._rows.addWidget(box)
            self.boxes[claim.claim] = box

    @Slot(bool)
    def _toggled(self, _on: bool) -> None:
        hidden = [c.claim for c in self._claims if c.said and c.claim not in self.boxes]
        ticked = [claim for claim, box in self.boxes.items() if box.isChecked()]
        self.chosen.emit((*ticked, *hidden))

    @Slot()
    def _show_all(self) -> None:
        self._is_whole = True
        self.set_claims(self._claims)
