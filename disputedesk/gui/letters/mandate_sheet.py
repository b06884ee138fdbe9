"""What a client signed, and the head of a helper's paper."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import tr
from disputedesk.desk.operations.agency import remove_letterhead, set_letterhead, set_mandate
from disputedesk.desk.queries.agency import (
    ClientPaper,
    letterheads,
    logo_choices,
    papers_of_client,
)
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import label
from disputedesk.gui.masking import GuardedLine, SecretGuard
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import Evidence
from disputedesk.model.ids import EvidenceId


class MandateSheet(Sheet):
    """Collects one mandate."""

    def __init__(self, desktop: Desktop, mandate: Mandate, parent: QWidget) -> None:
        super().__init__(
            tr("Mandate"), parent,
            second=tr("Who may act for the client, for what, and until when. The signed paper "
                      "itself belongs among the exhibits: banks ask for a copy."),
            verb=tr("Keep the mandate"), width=620, scrolls=True,
        )  # fmt: skip
        self._desktop, self._mandate = desktop, mandate
        today = desktop.bridge.today
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.GAP_ROOM)
        self.agent = GuardedLine(tr("Who signs"))
        self.agent.line.setText(mandate.agent)
        form.addRow(label(tr("Who signs")), self.agent)
        self.scope = GuardedLine(tr("For what"), tr("disputes about purchases and payments"))
        self.scope.line.setText(mandate.scope)
        form.addRow(label(tr("For what")), self.scope)
        self.signed = DayField(tr("Signed by the client on"), today, mandate.signed_on, self)
        form.addRow(label(tr("Signed by the client on")), self.signed)
        self.ends = DayField(tr("Ends on, if it ends"), today, mandate.ends_on, self)
        form.addRow(label(tr("Ends on, if it ends")), self.ends)
        self.paper = QComboBox(self)
        self.paper.setAccessibleName(tr("The signed paper"))
        self.paper.addItem(tr("not among the exhibits yet"), mandate.evidence)
        form.addRow(label(tr("The signed paper")), self.paper)
        self.consent = QCheckBox(tr("The client agreed to the handling of their data"), self)
        self.consent.setChecked(mandate.consent)
        form.addRow(label(""), self.consent)
        self.column.addLayout(form)
        self.column.addStretch(1)
        self.agent.line.textChanged.connect(self._check)
        self.signed.changed.connect(self._check)
        self.ends.changed.connect(self._check)
        self.agent.setFocus()
        self._check()
        desktop.bridge.read(papers_of_client, mandate.client).succeeded.connect(self._show_papers)

    @Slot(object)
    def _show_papers(self, papers: Sequence[ClientPaper]) -> None:
        """Offers the exhibits of the client's cases; the one that was named stays chosen."""
        known: dict[EvidenceId, str] = {}
        for each in papers:
            title = tr("Case {case}, exhibit {number}: {title}", case=each.case,
                       number=each.number, title=each.title)  # fmt: skip
            known.setdefault(each.evidence, title)
        if self._mandate.evidence is None or self._mandate.evidence in known:
            self.paper.setItemData(0, None)
        else:
            self.paper.setItemText(0, tr("a paper that is no exhibit"))
        for evidence, title in known.items():
            self.paper.addItem(title, evidence)
        self.paper.setCurrentIndex(max(0, self.paper.findData(self._mandate.evidence)))

    @Slot()
    def _check(self) -> None:
        signed, ends = self.signed.day, self.ends.day
        if not self.agent.text.strip():
            self.block(tr("Write who signs."))
        elif self.signed.fault or self.ends.fault:
            self.block(self.signed.fault or self.ends.fault)
        elif signed is not None and signed > self._desktop.bridge.today:
            self.block(tr("This day has not come yet."))
        elif signed is not None and ends is not None and ends < signed:
            self.block(tr("It would end before it was signed."))
        else:
            self.block("")

    def accept(self) -> None:
        """Keeps the mandate; closes once it is kept."""
        if self.accept_button is None or not self.accept_button.isEnabled():
            return
        new = dataclasses.replace(
            self._mandate, agent=self.agent.text, scope=self.scope.text,
            signed_on=self.signed.day, ends_on=self.ends.day, consent=self.consent.isChecked(),
            evidence=self.paper.currentData(),
        )  # fmt: skip
        self.accept_button.setEnabled(False)
        job = self._desktop.bridge.run(set_mandate, new)
        job.succeeded.connect(self._kept)
        job.failed.connect(self._check)

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        del outcome
        super().accept()


class LetterheadSheet(Sheet):
    """Collects the heads a helper writes under; one of them is the standard."""

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(
            tr("Letterhead"), parent,
            second=tr("Letters you sign for others bear it at their head. Your own letters never "
                      "do."),
            verb=tr("Keep the letterhead"), width=620, scrolls=True,
        )  # fmt: skip
        self._desktop = desktop
        self._heads: dict[int, Letterhead] = {}
        self.which = QComboBox(self)
        self.which.setAccessibleName(tr("Which letterhead"))
        self.column.addWidget(self.which)
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.GAP_ROOM)
        self.lines: dict[str, GuardedLine] = {}
        for name, title in (
            ("name", tr("What it is called here")), ("agent", tr("Who signs")),
            ("organisation", tr("Organisation")), ("country", tr("Country, two letters")),
            ("email", tr("E-mail")), ("phone", tr("Telephone")),
        ):  # fmt: skip
            self.lines[name] = GuardedLine(title)
            self.lines[name].line.textChanged.connect(self._check)
            form.addRow(label(title), self.lines[name])
        self.address = QPlainTextEdit(self)
        self.address.setAccessibleName(tr("Postal address"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(84)
        note = label("", ink="soon", wrap=True)
        SecretGuard(self.address, note)
        box = QVBoxLayout()
        box.addWidget(self.address)
        box.addWidget(note)
        form.insertRow(3, label(tr("Postal address")), box)
        self._add_logo(form)
        self.standard = QCheckBox(tr("Letters for clients take it"), self)
        self.standard.setChecked(True)
        form.addRow(label(""), self.standard)
        self.column.addLayout(form)
        self.column.addStretch(1)
        self.remove = button(tr("Remove it"), Act.DANGER, parent=self)
        self.remove.clicked.connect(lambda _checked=False: self._remove())
        self.foot.insertWidget(0, self.remove)
        self.which.currentIndexChanged.connect(self._chosen)
        desktop.bridge.changed.connect(self._read)
        self.lines["name"].setFocus()
        desktop.bridge.read(logo_choices).succeeded.connect(self._show_logos)
        self._read()
        self._check()

    def _add_logo(self, form: QFormLayout) -> None:
        self.logo = QComboBox(self)
        self.logo.setAccessibleName(tr("Picture at its top"))
        self.logo.addItem(tr("none"), None)
        form.addRow(label(tr("Picture at its top")), self.logo)
        hint = tr("A PNG or JPEG that is kept as evidence; it is printed 30 mm high at most.")
        form.addRow(label(""), label(hint, ink="mute", wrap=True))

    @Slot()
    def _read(self) -> None:
        self._desktop.bridge.read(letterheads).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, heads: Sequence[Letterhead]) -> None:
        self._heads = {head.id: head for head in heads}
        self.which.clear()
        for head in heads:
            self.which.addItem(head.name, head.id)
        self.which.addItem(tr("A new letterhead"), 0)
        self.which.setCurrentIndex(0)
        self._chosen()

    @Slot(object)
    def _show_logos(self, pictures: Sequence[Evidence]) -> None:
        for each in pictures:
            self.logo.addItem(each.name, each.id)
        self._choose_logo(self._head)

    def _choose_logo(self, head: Letterhead) -> None:
        if head.logo is not None and self.logo.findData(head.logo) < 0:
            self.logo.addItem(tr("the picture chosen before"), head.logo)
        self.logo.setCurrentIndex(max(0, self.logo.findData(head.logo)))

    @property
    def _head(self) -> Letterhead:
        known = self._heads.get(int(self.which.currentData() or 0))
        return known or Letterhead(0, "", "", standard=True)

    @Slot()
    def _chosen(self) -> None:
        head = self._head
        for name, line in self.lines.items():
            line.line.setText(str(getattr(head, name)))
        self.address.setPlainText(head.address)
        self._choose_logo(head)
        self.standard.setChecked(head.standard)
        self.remove.setVisible(head.id != 0)
        self._check()

    @Slot()
    def _check(self) -> None:
        named = self.lines["name"].text.strip() and self.lines["agent"].text.strip()
        self.block("" if named else tr("Write what it is called, and who signs."))

    def _remove(self) -> None:
        self._desktop.bridge.run(remove_letterhead, self._head.id)

    def accept(self) -> None:
        """Keeps the letterhead; closes once it is kept."""
        if self.accept_button is None or not self.accept_button.isEnabled():
            return
        typed: dict[str, Any] = {name: line.text for name, line in self.lines.items()}
        new = dataclasses.replace(
            self._head, **typed, address=self.address.toPlainText(),
            standard=self.standard.isChecked(), logo=self.logo.currentData(),
        )  # fmt: skip
        self.accept_button.setEnabled(False)
        self._desktop.bridge.changed.disconnect(self._read)
        job = self._desktop.bridge.run(set_letterhead, new)
        job.succeeded.connect(self._kept)
        job.failed.connect(self._not_kept)

    @Slot(object)
    def _not_kept(self, error: object) -> None:
        del error
        self._desktop.bridge.changed.connect(self._read)
        self._check()

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        del outcome
        super().accept()
