"""A dispute text on its way into a platform's own form: field by field, files in order."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import LANGUAGES, language, tr, trn
from disputedesk.desk.changes import Changes, Outcome
from disputedesk.desk.queries.linting import findings_of
from disputedesk.desk.queries.papers import draft_submission, letter_gaps
from disputedesk.desk.views import CaseDetail, PaperChoice, Question
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, ActButton, button, set_act
from disputedesk.gui.cards import Card
from disputedesk.gui.cases.gaps import GapsPanel
from disputedesk.gui.cases.lint_panel import LintPanel
from disputedesk.gui.cases.sent_sheet import SentSheet, checks_before, rule_for
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import Ink, label, set_tip
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.ids import CaseId
from disputedesk.papers.lint.finding import Finding

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk
    from disputedesk.papers.submission import Submission, SubmissionField


@dataclasses.dataclass(frozen=True, slots=True)
class SubmissionLook:
    """A submission as it stands: what it lacks, why it cannot be written, or its fields."""

    gaps: tuple[Question, ...]
    draft: Submission | None
    fault: str = ""
    findings: tuple[Finding, ...] = ()


def look_at_submission(desk: Desk, case_id: CaseId, form: str, spoken: str) -> SubmissionLook:
    """A job that asks what a dispute text lacks, and writes it when nothing is."""
    gaps = letter_gaps(desk, case_id, form=form, language=spoken)
    if gaps:
        return SubmissionLook(gaps, None)
    try:
        draft = draft_submission(desk, case_id, form=form, language=spoken)
        findings = findings_of(desk, case_id, form=form, language=spoken)
        return SubmissionLook((), draft, findings=findings)
    except DeskError as error:
        return SubmissionLook((), None, str(error))


def save_submission(
    desk: Desk, case_id: CaseId, *, form: str, language: str, folder: Path
) -> Outcome[tuple[Path, ...]]:
    """Writes text and files into a folder, numbered in upload order.

    Raises:
        DeskError: The folder cannot be written.
    """
    from disputedesk.desk.operations.papers import write_submission

    written = write_submission(desk, case_id, form=form, language=language, folder=folder)
    said = trn("{count} file saved in {folder}", "{count} files saved in {folder}", len(written),
               folder=folder.name)  # fmt: skip
    return Outcome(written, Changes(cases=frozenset({case_id})), None, said)


class FieldCard(Card):
    """One field of the platform's form: its words, its counter, its button."""

    def __init__(self, field: SubmissionField, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.field = field
        head = QHBoxLayout()
        head.addWidget(label(field.label, strong=True))
        counter = label(counter_text(field), ink=counter_ink(field), size=Type.SMALL)
        set_tip(counter, field.limit_source)
        head.addWidget(counter, 1)
        self.copy = button(tr("Copy"), icon="copy", parent=self)
        self.copy.setAccessibleName(tr("Copy: {field}", field=field.label))
        head.addWidget(self.copy)
        self.column.addLayout(head)
        if len(field.text) > 90 or "\n" in field.text:
            text = QPlainTextEdit(self)
            text.setAccessibleName(field.label)
            text.setReadOnly(True)
            text.setPlainText(field.text)
            text.setFixedHeight(
                min(220, 60 + 18 * (len(field.text) // 70 + field.text.count("\n")))
            )
            self.column.addWidget(text)
        else:
            self.column.addWidget(label(field.text or tr("empty"), wrap=True, selectable=True))
        if field.choices:
            text_ = tr("Choose there: {choices}", choices=" · ".join(field.choices))
            self.column.addWidget(label(text_, ink="second", size=Type.SMALL, wrap=True))


def counter_text(field: SubmissionField) -> str:
    """How much of its limit a field uses, in words."""
    counter = field.counter
    if counter.limit is None or counter.remaining is None:
        return trn("{count} character", "{count} characters", counter.length)
    if counter.fits:
        return tr("{length} of {limit} characters", length=counter.length, limit=counter.limit)
    return tr("◆ {over} too many: {length} of {limit}", over=-counter.remaining,
              length=counter.length, limit=counter.limit)  # fmt: skip


def counter_ink(field: SubmissionField) -> Ink:
    """The colour of a field's counter."""
    return "second" if field.counter.fits else "urgent"


class SubmissionSheet(Sheet):
    """One dispute text."""

    def __init__(
        self, desktop: Desktop, detail: CaseDetail, choice: PaperChoice, parent: QWidget
    ) -> None:
        second = tr("Open the form on the platform's own page and copy field by field.")
        super().__init__(choice.title, parent, second=second, width=820)
        self._desktop, self._detail, self._choice = desktop, detail, choice
        self._reading: JobHandle | None = None
        self.draft: Submission | None = None
        self.cards: list[FieldCard] = []
        self._next = 0
        row = QHBoxLayout()
        row.addWidget(label(tr("Language of the text"), ink="second"))
        self.language = QComboBox(self)
        self.language.setAccessibleName(tr("Language of the text"))
        for code in choice.languages:
            self.language.addItem(LANGUAGES.get(code, code), code)
        wanted = language() if language() in choice.languages else choice.languages[0]
        self.language.setCurrentIndex(max(0, self.language.findData(wanted)))
        self.language.activated.connect(self.look)
        row.addWidget(self.language)
        row.addStretch(1)
        self.column.addLayout(row)
        self._area = QScrollArea(self)
        self._area.setAccessibleName(tr("Fields of the form"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.column.addWidget(self._area, 1)
        self._buttons()
        self.copy_next.setFocus()
        self.setMinimumHeight(640)
        self.look()

    def _buttons(self) -> None:
        self.copy_next = button(tr("Copy the first field"), Act.PRIMARY, icon="copy", parent=self)
        self.copy_next.clicked.connect(self._copy_next)
        self.save = button(tr("Save to a folder…"), parent=self)
        self.save.clicked.connect(self._ask_folder)
        self.sent = button(tr("I have sent it…"), Act.SEAL, parent=self)
        self.sent.clicked.connect(self._sent)
        for at, one in enumerate((self.copy_next, self.save, self.sent)):
            self.foot.insertWidget(at, one)

    @property
    def spoken(self) -> str:
        """The language of the text."""
        return str(self.language.currentData())

    @Slot()
    def look(self) -> None:
        """Asks again what is missing and what the text says."""
        self._reading = self._desktop.bridge.read(
            look_at_submission, self._detail.case.id, self._choice.form, self.spoken
        )
        self._reading.succeeded.connect(self._looked)

    @Slot(object)
    def _looked(self, look: SubmissionLook) -> None:
        if self.sender() is not self._reading:
            return
        self.draft = look.draft
        self._next = 0
        self.cards = []
        body = QWidget()
        body.setObjectName("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(tokens.GAP)
        if look.draft is None:
            gaps = GapsPanel(self._desktop.bridge, self._detail, body)
            gaps.answered.connect(self.look)
            column.addWidget(gaps)
            self._area.setWidget(body)
            gaps.show_gaps(look.gaps)
            column.insertWidget(0, label(look.fault, ink="urgent", wrap=True, selectable=True))
        else:
            for field in look.draft.fields:
                card = FieldCard(field, body)
                card.copy.clicked.connect(lambda _checked=False, card=card: self._copy(card))
                column.addWidget(card)
                self.cards.append(card)
            self._files(column, look.draft)
            lint = LintPanel(body)
            lint.show_findings(look.findings, ways=False)
            column.addWidget(lint)
            column.addStretch(1)
            self._area.setWidget(body)
        for one in (self.copy_next, self.save, self.sent):
            one.setVisible(look.draft is not None)

    def _files(self, column: QVBoxLayout, draft: Submission) -> None:
        card = Card(tr("Files, in the order to upload"))
        for file in draft.files:
            text = tr("{position}. {name}", position=file.position, name=file.name)
            card.column.addWidget(label(text, wrap=True))
            if file.caption:
                card.column.addWidget(label(file.caption, ink="second", size=Type.SMALL, wrap=True))
        if not draft.files:
            text = tr("No exhibit is there yet; a dispute without proof is weak.")
            card.column.addWidget(label(text, ink="soon", wrap=True))
        column.addWidget(card)

    def _copy(self, card: FieldCard) -> None:
        QGuiApplication.clipboard().setText(card.field.text)
        at = self.cards.index(card)
        self._mark(card.copy)
        self._next = at + 1
        self._area.ensureWidgetVisible(card)
        if self._next < len(self.cards):
            name = self.cards[self._next].field.label
            text = tr("Copy next: {field}", field=name)
        else:
            text = tr("Copy from the beginning")
            self._next = 0
        self.copy_next.setText(text.replace("&", "&&"))
        self.copy_next.setAccessibleName(text)

    def _mark(self, copied: ActButton) -> None:
        copied.setText(tr("✓ copied"))
        set_act(copied, Act.QUIET)

    @Slot()
    def _copy_next(self) -> None:
        if self.cards:
            self._copy(self.cards[self._next])

    @Slot()
    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, tr("Save to a folder"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    @Slot(str)
    def save_to(self, folder: str) -> None:
        """Writes text and files into a folder."""
        self._desktop.bridge.run(
            save_submission, self._detail.case.id, form=self._choice.form, language=self.spoken,
            folder=Path(folder),
        )  # fmt: skip

    @Slot()
    def _sent(self) -> None:
        if self.draft is None:
            return
        checks = checks_before(self._detail, fits=self.draft.fits)
        rule = rule_for(self._detail, self._choice.form)
        sheet = SentSheet(self._desktop, self._detail, self, rule=rule, checks=checks)
        sheet.accepted.connect(self.accept)
        sheet.open()
