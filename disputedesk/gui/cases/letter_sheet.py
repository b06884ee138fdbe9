"""A letter from first question to post: answer, choose, look at the very PDF, make, print, send."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import language, tr, trn
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.forms import copy_form
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.papers import document_bytes, questions_again
from disputedesk.desk.views import CaseDetail, PaperChoice, Question
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cards import EmptyState
from disputedesk.gui.cases.finish_panel import FinishPanel
from disputedesk.gui.cases.gaps import GapsPanel
from disputedesk.gui.cases.lint_panel import LintPanel
from disputedesk.gui.cases.own_form_sheet import OwnFormSheet
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.mail_sheet import MailSheet
from disputedesk.gui.pages import PageView
from disputedesk.gui.pdf_pages import Pdf, measure
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.saving import Printing, ask_where, save_bytes
from disputedesk.gui.sent_sheet import (
    SentSheet,
    checks_before,
    checks_of_findings,
    rule_for,
)
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Document
from disputedesk.model.ids import CaseId
from disputedesk.papers.finish import Finish
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.lint.finding import Finding, Goto, Place

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


_ASKED: Final = {
    Goto.QUESTION: (),
    Goto.RECIPIENT: ("recipient_name", "recipient_address"),
    Goto.SENDER: ("sender_name", "sender_address"),
}
"""Places that are mended beside the letter, with the fields they ask for."""


@dataclasses.dataclass(frozen=True, slots=True)
class LetterLook:
    """A letter as it stands: what it lacks, or its pages."""

    gaps: tuple[Question, ...]
    pdf: Pdf | None
    fault: str = ""
    findings: tuple[Finding, ...] = ()


def look_at_letter(
    desk: Desk, case_id: CaseId, form: str, spoken: str, *, paper: str | None, finish: Finish
) -> LetterLook:
    """A job that asks what a letter lacks, and draws it when nothing is."""
    from disputedesk.desk.queries.linting import findings_of
    from disputedesk.desk.queries.papers import letter_gaps, preview_letter

    gaps = letter_gaps(desk, case_id, form=form, language=spoken)
    findings = findings_of(desk, case_id, form=form, language=spoken)
    if gaps:
        return LetterLook(gaps, None, findings=findings)
    try:
        data = preview_letter(desk, case_id, form=form, language=spoken, paper=paper,
                              finish=finish)  # fmt: skip
    except DeskError as error:
        told = any(each.final for each in findings)
        return LetterLook((), None, "" if told else str(error), findings)
    return LetterLook((), measure(data), findings=findings)


class LetterSheet(Sheet):
    """One letter of a case.

    Signals:
        place_wanted(place): Something is to be mended outside of the sheet, which closes.
    """

    place_wanted = Signal(object)

    def __init__(
        self, desktop: Desktop, detail: CaseDetail, choice: PaperChoice, parent: QWidget
    ) -> None:
        super().__init__(choice.title, parent, second=detail.title, width=1080)
        self._desktop, self._detail, self._choice = desktop, detail, choice
        self._reading: JobHandle | None = None
        self.document: Document | None = None
        self._pdf: Pdf | None = None
        self._printing = Printing(desktop, self)
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP_ROOM)
        row.addWidget(self._side(), 2)
        self.pages = PageView(desktop.bridge, self)
        self.right = QStackedWidget(self)
        self.right.addWidget(self.pages)
        hint = tr("Answer the questions beside it; nothing is made before you have seen it.")
        self.right.addWidget(EmptyState("letters", tr("The letter appears here"), hint))
        row.addWidget(self.right, 3)
        self.column.addLayout(row, 1)
        self._buttons()
        self.prefer_height(620)
        self.look()

    def _side(self) -> QWidget:
        body = QWidget()
        body.setObjectName("surface")
        side = QVBoxLayout(body)
        side.setContentsMargins(0, 0, tokens.GAP, 0)
        side.setSpacing(tokens.GAP)
        self.language = QComboBox(self)
        self.language.setAccessibleName(tr("Language of the letter"))
        for code in self._choice.languages:
            self.language.addItem(LETTER_LANGUAGES.get(code, code), code)
        self.language.setCurrentIndex(max(0, self.language.findData(language())))
        self.language.activated.connect(self.look)
        side.addWidget(label(tr("Language of the letter"), ink="second"))
        side.addWidget(self.language)
        self.fault = label("", ink="urgent", wrap=True)
        self.fault.setVisible(False)
        side.addWidget(self.fault)
        self.gaps = GapsPanel(self._desktop.bridge, self._detail, self)
        self.gaps.answered.connect(self.look)
        side.addWidget(self.gaps)
        self.lint = LintPanel(self)
        self.lint.place_wanted.connect(self._go_to)
        self.lint.overridden.connect(self._show_state)
        side.addWidget(self.lint)
        side.addSpacing(tokens.GAP)
        side.addWidget(label(tr("How it is printed"), strong=True))
        self.finish = FinishPanel(self._desktop, self)
        self.finish.changed.connect(self.look)
        side.addWidget(self.finish)
        side.addStretch(1)
        area = self._side_area = QScrollArea(self)
        area.setAccessibleName(tr("What the letter needs"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        return area

    def _buttons(self) -> None:
        self.make = button(tr("Make the letter"), Act.PRIMARY, parent=self)
        self.make.clicked.connect(self._make)
        self.save = button(tr("Save as…"), parent=self)
        self.save.clicked.connect(self._save)
        self.print = button(tr("Print…"), icon="print", parent=self)
        self.print.clicked.connect(self._print)
        self.mail = button(tr("Mail…"), parent=self)
        set_tip(self.mail, tr("A draft mail with this attached"))
        self.mail.clicked.connect(self._mail)
        self.bundle = button(tr("With all exhibits…"), parent=self)
        set_tip(self.bundle, tr("Letter, index and exhibits as one numbered PDF"))
        self.bundle.clicked.connect(self._bundle)
        self.sent = button(tr("I have sent it…"), Act.SEAL, parent=self)
        self.sent.clicked.connect(self._sent)
        acts = (self.make, self.save, self.print, self.mail, self.bundle, self.sent)
        for at, one in enumerate(acts):
            self.foot.insertWidget(at, one)
        self.own = button(
            tr("Edit your form…") if self._choice.own else tr("Make it my own form…"), parent=self
        )
        set_tip(self.own, tr("A copy of this form as plain text, which you change as you like"))
        self.own.clicked.connect(self._own)
        self.foot.insertWidget(5, self.own)
        self._show_state()

    @Slot()
    def _own(self) -> None:
        """Copies the form for this case, or opens one's own."""
        if self._choice.own:
            self._edit(self._choice.form)
            return
        job = self._desktop.bridge.run(
            copy_form, self._choice.form, "", language=self.spoken, case_id=self._detail.case.id,
        )  # fmt: skip
        job.succeeded.connect(self._copied)

    @Slot(object)
    def _copied(self, outcome: Outcome[str]) -> None:
        self._edit(outcome.value)

    def _edit(self, form: str) -> None:
        sheet = OwnFormSheet(self._desktop, self._detail, form, self)
        sheet.accepted.connect(self.look)
        sheet.open()

    @property
    def spoken(self) -> str:
        """The letter's language."""
        return str(self.language.currentData())

    @Slot()
    def look(self) -> None:
        """Asks again what is missing and how it looks."""
        self.document = None
        self._reading = self._desktop.bridge.read(
            look_at_letter, self._detail.case.id, self._choice.form, self.spoken,
            paper=self.finish.sheet, finish=self.finish.finish,
        )  # fmt: skip
        self._reading.succeeded.connect(self._looked)
        self._show_state()

    @Slot(object)
    def _looked(self, look: LetterLook) -> None:
        if self.sender() is not self._reading:
            return
        fresh, self._pdf = self._pdf is None, look.pdf
        self.pages.set_pdf(look.pdf)
        self.right.setCurrentIndex(0 if look.pdf is not None else 1)
        self.fault.setText(look.fault)
        self.fault.setVisible(bool(look.fault))
        self.gaps.show_gaps(look.gaps)
        self.lint.show_findings(look.findings)
        self._show_state()
        resting = self.focusWidget() in {None, self.language, self.cancel}
        if fresh and resting and self.make.isEnabled():
            self.make.setFocus()

    @Slot(object)
    def _go_to(self, place: Place) -> None:
        """Asks again what stands in the case; what is mended elsewhere closes the sheet."""
        if place.goto not in _ASKED:
            self.place_wanted.emit(place)
            self.accept()
            return
        names = _ASKED[place.goto] or (place.name,)
        job = self._desktop.bridge.read(
            questions_again, self._detail.case.id, form=self._choice.form, names=names
        )
        job.succeeded.connect(self._ask_again)

    @Slot(object)
    def _ask_again(self, questions: tuple[Question, ...]) -> None:
        self.gaps.show_gaps(questions, again=True)
        self._side_area.ensureWidgetVisible(self.gaps)

    @Slot()
    def _show_state(self) -> None:
        made = self.document is not None
        self.make.setVisible(not made)
        stops = self.lint.stops
        ready = self._pdf is not None and not stops
        self.make.setEnabled(ready)
        self.bundle.setEnabled(ready)
        for one in (self.save, self.print, self.mail, self.sent):
            one.setVisible(made)
        if made:
            text = tr("Made and sealed. Print or save it, send it, then say so.")
        elif self._pdf is None and (self.gaps.rows or not stops):
            text = tr("Answer what is missing; then the letter appears here.")
        elif stops:
            text = trn("{count} thing stops this letter: see “Before you send”.",
                       "{count} things stop this letter: see “Before you send”.",
                       len(stops))  # fmt: skip
        else:
            text = tr("This is the very letter. Making it seals it; nothing is sent by itself.")
        self.reason.setText(text)
        self.reason.setVisible(True)

    @Slot()
    def _make(self) -> None:
        self.make.setEnabled(False)
        job = self._desktop.bridge.run(
            make_letter, self._detail.case.id, form=self._choice.form, language=self.spoken,
            paper=self.finish.sheet, finish=self.finish.finish, anyway=self.lint.anyway,
        )  # fmt: skip
        job.succeeded.connect(self._made)
        job.failed.connect(self._failed)

    @Slot(object)
    def _made(self, outcome: Outcome[Document]) -> None:
        self.document = outcome.value
        self._show_state()
        self.print.setFocus()

    @Slot(object)
    def _failed(self, error: object) -> None:
        self._show_state()

    @Slot()
    def _save(self) -> None:
        if self.document is not None:
            ask_where(self, tr("Save the paper"), self.document.name, self._save_to)

    @Slot(str)
    def _save_to(self, path: str) -> None:
        if self.document is not None:
            save_bytes(self._desktop, document_bytes, self.document.id, path)

    @Slot()
    def _print(self) -> None:
        if self._pdf is not None:
            self._printing.begin(self._pdf, self._choice.title)

    @Slot()
    def _mail(self) -> None:
        if self.document is not None:
            MailSheet(self._desktop, self.document, self).open()

    @Slot()
    def _bundle(self) -> None:
        job = self._desktop.bridge.run(
            make_bundle, self._detail.case.id, language=self.spoken, paper=self.finish.sheet,
            letter_form=self._choice.form,
        )  # fmt: skip
        job.succeeded.connect(self._bundled)
        ProgressSheet(tr("Binding letter and exhibits"), job, self)

    @Slot(object)
    def _bundled(self, outcome: Outcome[tuple[Document, ...]]) -> None:
        self.document = outcome.value[0]
        read = self._desktop.bridge.read(_sealed_pages, self.document)
        read.succeeded.connect(self._show_bundle)

    @Slot(object)
    def _show_bundle(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self.pages.set_pdf(pdf)
        self._show_state()

    @Slot()
    def _sent(self) -> None:
        if self.document is None:
            return
        sheet = SentSheet(
            self._desktop, self._detail, self, rule=rule_for(self._detail, self._choice.form),
            document=self.document.id,
            checks=(*checks_of_findings(self.lint.findings), *checks_before(self._detail)),
        )  # fmt: skip
        sheet.accepted.connect(self.accept)
        sheet.open()


def _sealed_pages(desk: Desk, document: Document) -> Pdf:
    return measure(document_bytes(desk, document.id))
