"""The people letters are written for: how they are reached, and who may sign for them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import day_text, tr
from disputedesk.desk.operations.agency import revoke_mandate
from disputedesk.desk.operations.people import NewClient, set_client
from disputedesk.desk.queries.agency import mandates
from disputedesk.desk.queries.people import clients
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import ElidedLabel, label
from disputedesk.gui.letters.mandate_sheet import MandateSheet
from disputedesk.gui.letters.write_mandate_sheet import WriteMandateSheet
from disputedesk.gui.masking import GuardedLine, SecretGuard
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.agency import Mandate
from disputedesk.model.ids import ClientId
from disputedesk.model.order import Client
from disputedesk.papers.languages import LETTER_LANGUAGES

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_LINES: Final = ("name", "email", "phone", "country", "subdivision", "zone")


def _read(desk: Desk) -> tuple[tuple[Client, tuple[Mandate, ...]], ...]:
    """A job that reads everybody with what they signed."""
    return tuple((client, mandates(desk, client.id)) for client in clients(desk))


class PeopleSheet(Sheet):
    """Everybody on the desk; what is typed is kept with the button, mandates at once."""

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(
            tr("People and mandates"), parent,
            second=tr("Letters bear the name and address that stand here. For somebody else you "
                      "sign only while their mandate is in force."),
            verb=tr("Keep"), width=760, scrolls=True,
        )  # fmt: skip
        self._desktop = desktop
        self._people: dict[int, tuple[Client, tuple[Mandate, ...]]] = {}
        self.person = QComboBox(self)
        self.person.setAccessibleName(tr("Person"))
        self.column.addWidget(self.person)
        self.lines: dict[str, GuardedLine] = {}
        self.column.addLayout(self._form())
        self.column.addWidget(label(tr("Mandates"), strong=True, ink="second"))
        self._mandates = QWidget(self)
        self.column.addWidget(self._mandates)
        self.column.addStretch(1)
        self.person.currentIndexChanged.connect(self._chosen)
        desktop.bridge.changed.connect(self.read)
        self.person.setFocus()
        self.read()

    def _form(self) -> QFormLayout:
        form = QFormLayout()
        form.setHorizontalSpacing(tokens.GAP_ROOM)
        titles = {
            "name": tr("Full name, as on the account"), "email": tr("E-mail"),
            "phone": tr("Telephone"), "country": tr("Country, two letters"),
            "subdivision": tr("State or Land, its code"), "zone": tr("Time zone, as Europe/Berlin"),
        }  # fmt: skip
        for name in _LINES:
            self.lines[name] = GuardedLine(titles[name])
            form.addRow(label(titles[name]), self.lines[name])
        self.address = QPlainTextEdit(self)
        self.address.setAccessibleName(tr("Postal address"))
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(84)
        note = label("", ink="soon", wrap=True)
        SecretGuard(self.address, note)
        box = QVBoxLayout()
        box.addWidget(self.address)
        box.addWidget(note)
        form.insertRow(1, label(tr("Postal address")), box)
        self.speaks = QComboBox(self)
        self.speaks.setAccessibleName(tr("Language of their letters"))
        for code, title in LETTER_LANGUAGES.items():
            self.speaks.addItem(title, code)
        form.addRow(label(tr("Language of their letters")), self.speaks)
        return form

    @Slot()
    def read(self) -> None:
        """Reads everybody again; the person shown stays."""
        self._desktop.bridge.read(_read).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, people: Sequence[tuple[Client, tuple[Mandate, ...]]]) -> None:
        before = self._people
        self._people = {int(client.id): (client, signed) for client, signed in people}
        names = [(client.name, int(client.id)) for client, _ in people]
        known = [(self.person.itemText(at), self.person.itemData(at))
                 for at in range(self.person.count())]  # fmt: skip
        if names != known:
            keep = self.person.currentData()
            self.person.blockSignals(True)
            self.person.clear()
            for name, number in names:
                self.person.addItem(name, number)
            self.person.setCurrentIndex(max(0, self.person.findData(keep)))
            self.person.blockSignals(False)
        number = self.person.currentData()
        if before.get(number, (None,))[0] != self._people.get(number, (None,))[0]:
            self._chosen()
        else:
            self._show_mandates()
        self.block("" if people else tr("Nobody is on the desk yet: an order brings the first."))

    @property
    def client(self) -> Client | None:
        """The person shown."""
        found = self._people.get(self.person.currentData())
        return None if found is None else found[0]

    @Slot()
    def _chosen(self) -> None:
        client = self.client
        if client is None:
            return
        for name, line in self.lines.items():
            line.line.setText(str(getattr(client, name)))
        self.address.setPlainText(client.address)
        self.speaks.setCurrentIndex(max(0, self.speaks.findData(client.language)))
        self._show_mandates()

    def _show_mandates(self) -> None:
        old, self._mandates = self._mandates, QWidget(self)
        self.column.replaceWidget(old, self._mandates)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._mandates)
        column.setContentsMargins(0, 0, 0, 0)
        client = self.client
        signed = () if client is None else self._people[int(client.id)][1]
        for mandate in signed:
            column.addLayout(self._mandate(mandate))
        if client is None:
            return
        if client.is_self:
            text = tr("This is you: you sign for yourself.")
            column.addWidget(label(text, ink="mute", size=Type.SMALL))
            return
        if not signed:
            text = tr("No mandate: letters are signed by {name}.", name=client.name)
            column.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True))
        add = button(tr("Add a mandate…"), icon="plus", parent=self._mandates)
        add.clicked.connect(lambda _checked=False: self._edit(Mandate(0, client.id, "")))
        row = QHBoxLayout()
        row.addWidget(add)
        row.addStretch(1)
        column.addLayout(row)

    def _mandate(self, mandate: Mandate) -> QHBoxLayout:
        today = self._desktop.bridge.today
        holds = mandate.holds_on(today)
        state = tr("in force") if holds else tr("not in force")
        signed = (
            tr("signed {day}", day=day_text(mandate.signed_on))
            if mandate.signed_on
            else tr("not signed yet")
        )
        row = QHBoxLayout()
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(ElidedLabel(f"{mandate.agent}: {mandate.scope}"))
        lines.addWidget(label(("✓ " if holds else "◆ ") + f"{state}, {signed}",
                              ink="open" if holds else "urgent", size=Type.SMALL))  # fmt: skip
        row.addLayout(lines, 1)
        if mandate.signed_on is None:
            write = button(tr("Write it to be signed…"), parent=self._mandates)
            write.clicked.connect(lambda _checked=False: self._write(mandate))
            row.addWidget(write)
        change = button(tr("Change…"), parent=self._mandates)
        change.setAccessibleName(tr("Change the mandate of {agent}…", agent=mandate.agent))
        change.clicked.connect(lambda _checked=False: self._edit(mandate))
        row.addWidget(change)
        if holds:
            revoke = button(tr("Revoked today"), Act.DANGER, parent=self._mandates)
            revoke.clicked.connect(
                lambda _checked=False: self._desktop.bridge.run(
                    revoke_mandate, mandate.id, on=today
                )
            )
            row.addWidget(revoke)
        return row

    def _edit(self, mandate: Mandate) -> None:
        MandateSheet(self._desktop, mandate, self).open()

    def _write(self, mandate: Mandate) -> None:
        WriteMandateSheet(self._desktop, mandate.client, self).open()

    def accept(self) -> None:
        """Keeps what was typed; closes once it is kept."""
        client = self.client
        if client is None:
            return
        typed: dict[str, Any] = {name: line.text for name, line in self.lines.items()}
        new = dataclasses.replace(
            NewClient(client.name, is_self=client.is_self),
            **typed, address=self.address.toPlainText().strip(),
            language=str(self.speaks.currentData()),
        )  # fmt: skip
        job = self._desktop.bridge.run(set_client, ClientId(client.id), new)
        job.succeeded.connect(self._kept)

    @Slot(object)
    def _kept(self, outcome: object) -> None:
        del outcome
        super().accept()
