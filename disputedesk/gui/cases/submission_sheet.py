"""A dispute text on its way into a platform's own form: one step after the other."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from disputedesk.common.texts import language, tr
from disputedesk.desk.operations.platform_words import set_platform_word
from disputedesk.desk.operations.submissions import plain_text
from disputedesk.desk.queries.submissions import Walk, WalkStep, folder_there
from disputedesk.desk.views import CaseDetail, PaperChoice
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button, set_act
from disputedesk.gui.cards import Banner
from disputedesk.gui.cases.filed_sheet import FiledSheet
from disputedesk.gui.cases.gaps import GapsPanel
from disputedesk.gui.cases.step_page import StepPage
from disputedesk.gui.cases.walk_jobs import (
    Text,
    WalkLook,
    copy_step,
    keep_edits,
    look_at_walk,
    save_files,
)
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label, set_tip
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sent_sheet import checks_before
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.papers.languages import LETTER_LANGUAGES

_LIST_WIDTH: Final = 220
_ADVICE: Final = 3


class SubmissionSheet(Sheet):
    """One dispute text, step by step; what was copied is kept and goes on the next time."""

    def __init__(
        self, desktop: Desktop, detail: CaseDetail, choice: PaperChoice, parent: QWidget
    ) -> None:
        second = tr("Open the form on the platform's own page. Copy one field after the other into "
                    "it; what was copied is remembered.")  # fmt: skip
        super().__init__(choice.title, parent, second=second, width=860, scrolls=True)
        self._desktop, self._detail, self._choice = desktop, detail, choice
        self._reading: JobHandle | None = None
        self._look = WalkLook()
        self._edits: dict[str, str] = {}
        self._fresh = False
        self._wanted = ""
        self._copying: list[str] = []
        self._given: dict[str, str] = {}
        self.page: StepPage | None = None
        self._build_head()
        self._build_body()
        self._build_foot()
        for one in (self.changed, self.fault, self.gaps, self.advice, self._body):
            one.setVisible(False)
        self.copy_next.setEnabled(False)
        self.prefer_height(620)
        self.look()

    # -- building ------------------------------------------------------------------------------

    def _build_head(self) -> None:
        row = QHBoxLayout()
        row.addWidget(label(tr("Language of the text"), ink="second"))
        self.language = QComboBox(self)
        self.language.setAccessibleName(tr("Language of the text"))
        for code in self._choice.languages:
            self.language.addItem(LETTER_LANGUAGES.get(code, code), code)
        spoken = self._choice.languages
        wanted = language() if language() in spoken else spoken[0]
        self.language.setCurrentIndex(max(0, self.language.findData(wanted)))
        self._spoken = self.spoken
        self.language.activated.connect(self._speak)
        row.addWidget(self.language)
        row.addStretch(1)
        self.column.addLayout(row)
        self.changed = Banner("", surface="soon", icon="warning", parent=self)
        self.changed.add_button(tr("Use what it says now"), self._renew)
        self.column.addWidget(self.changed)

    def _build_body(self) -> None:
        self.gaps = GapsPanel(self._desktop.bridge, self._detail, self)
        self.gaps.answered.connect(self.look)
        self.column.addWidget(self.gaps)
        self.fault = label("", ink="urgent", wrap=True, selectable=True)
        self.column.addWidget(self.fault)
        self._body = QWidget(self)
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self.steps = QListWidget(self)
        self.steps.setAccessibleName(tr("Steps"))
        self.steps.setFixedWidth(_LIST_WIDTH)
        self.steps.setSpacing(2)
        self.steps.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.steps.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.steps.currentRowChanged.connect(self._turn_to)
        row.addWidget(self.steps)
        self._place = QVBoxLayout()
        row.addLayout(self._place, 1)
        self.column.addWidget(self._body, 1)
        self.advice = label("", ink="second", size=Type.SMALL, wrap=True)
        self.column.addWidget(self.advice)

    def _build_foot(self) -> None:
        self.copy_next = button(tr("Copy and next"), Act.PRIMARY, icon="copy", parent=self)
        set_tip(self.copy_next, tr("Ctrl+Enter"))
        self.copy_next.clicked.connect(self.copy_this)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.copy_this)
        self.save = button(tr("Save to a folder…"), parent=self)
        self.save.clicked.connect(self._ask_folder)
        self.sent = button(tr("I have filed it…"), Act.SEAL, parent=self)
        self.sent.clicked.connect(self.file)
        for at, one in enumerate((self.copy_next, self.save, self.sent)):
            self.foot.insertWidget(at, one)
        self.copy_next.setDefault(True)
        self.copy_next.setFocus()

    # -- looking -------------------------------------------------------------------------------

    @property
    def spoken(self) -> str:
        """The language of the text."""
        return str(self.language.currentData())

    @property
    def text(self) -> Text:
        """Which dispute text is shown."""
        return Text(self._detail.case.id, self._choice.form, self._spoken)

    @property
    def walk(self) -> Walk | None:
        """How far it has come; `None` while it cannot be written."""
        return self._look.walk

    @Slot()
    def look(self) -> None:
        """Asks again what is missing and how far the text has come."""
        self._reading = self._desktop.bridge.read(
            look_at_walk, self.text, dict(self._edits), self._fresh
        )
        self._reading.succeeded.connect(self._looked)

    @Slot(object)
    def _looked(self, look: WalkLook) -> None:
        if self.sender() is not self._reading:
            return
        fresh, self._look = self._look.walk is None, look
        walk = look.walk
        self.gaps.setVisible(bool(look.gaps))
        if look.gaps:
            self.gaps.show_gaps(look.gaps)
        self.fault.setText(look.fault)
        self.fault.setVisible(bool(look.fault))
        for one in (self._body, self.copy_next, self.save, self.sent, self.advice):
            one.setVisible(walk is not None)
        self.changed.setVisible(walk is not None and bool(walk.changed))
        if walk is None:
            return
        if walk.changed:
            text = tr("The case says something else since this text was begun: {fields}.",
                      fields=", ".join(walk.changed))  # fmt: skip
            self.changed.text.setText(text)
        worst_first = sorted(look.findings, key=lambda found: not found.blocks)
        told = [("◆ " if each.blocks else "◇ ") + each.sentence for each in worst_first][:_ADVICE]
        if not walk.written.files:
            told.insert(0, tr("▲ No exhibit is there yet; a dispute without proof is weak."))
        self.advice.setText("\n".join(told))
        self.advice.setVisible(bool(told))
        self._list(walk)
        if fresh and self.copy_next.isEnabled():
            self.copy_next.setFocus()

    def _list(self, walk: Walk) -> None:
        names = [step.name for step in walk.steps]
        next_one = walk.next.name if walk.next else names[-1]
        wanted = self._wanted if self._wanted in names else next_one
        with QSignalBlocker(self.steps):
            self.steps.clear()
            for step in walk.steps:
                sign = "✓" if step.copied_at else "○"
                text = step.label if step.file is None else f"{step.label}: {step.text}"
                item = QListWidgetItem(f"{sign} {text}")
                item.setToolTip(text)
                self.steps.addItem(item)
            self.steps.setCurrentRow(names.index(wanted))
        self._wanted = ""
        step = walk.steps[names.index(wanted)]
        if self.page is None or self.page.step != step or self.page.text != step.text:
            self._turn_to(names.index(wanted))
        self._tell_button(walk, step)

    @Slot(int)
    def _turn_to(self, at: int) -> None:
        walk = self.walk
        if walk is None or not 0 <= at < len(walk.steps):
            return
        if self.page is not None:
            self.page.hide()
            self._place.removeWidget(self.page)
            self.page.deleteLater()
        there = folder_there(walk) is not None
        step = self._as_edited(walk.steps[at])
        self.page = StepPage(step, len(walk.steps), folder=there, parent=self._body)
        self.page.edited.connect(self._edited)
        self.page.word_wanted.connect(self._keep_word)
        self.page.folder_wanted.connect(self._open_folder)
        self._place.addWidget(self.page, 1)
        self._tell_button(walk, step)

    def _as_edited(self, step: WalkStep) -> WalkStep:
        """The step with what was written and not copied yet."""
        text = self._edits.get(step.name, step.text)
        if step.field is None or text == step.text:
            return step
        field = dataclasses.replace(step.field, text=text)
        return dataclasses.replace(step, text=text, field=field, copied_at=None)

    def _tell_button(self, walk: Walk, step: WalkStep) -> None:
        done = walk.next is None
        text = tr("Copy again") if step.copied_at else tr("Copy and next")
        if step.file is not None and not step.copied_at:
            text = tr("Copy the name and next")
        elif not step.text:
            text = tr("Leave it empty, next")
        self.copy_next.setText(text)
        self.copy_next.setAccessibleName(tr("{act}: {field}", act=text, field=step.label))
        set_act(self.copy_next, Act.PLAIN if done else Act.PRIMARY)
        self.copy_next.set_icon_name("copy", "text_2" if done else "on_accent")
        self._tell_blocked()

    def _tell_blocked(self) -> None:
        why = self.page.blocked if self.page is not None else ""
        self.block(why)
        self.copy_next.setEnabled(not why)
        self.copy_next.setAccessibleDescription(why)

    # -- acts ----------------------------------------------------------------------------------

    @Slot(str, str)
    def _edited(self, name: str, text: str) -> None:
        self._edits[name] = text
        self._tell_blocked()

    @Slot()
    def copy_this(self) -> None:
        """Copies the step that is shown, and turns to the next."""
        page, walk = self.page, self.walk
        if page is None or not self.copy_next.isEnabled() or walk is None:
            return
        step = page.step
        edited = step.name in self._edits
        text = plain_text(step.name, page.text) if edited else step.text
        if text:
            QGuiApplication.clipboard().setText(text)
        self._copying.append(step.name)
        self._given = dict(self._edits)
        job = self._desktop.bridge.run_for(
            self, copy_step, self.text, step.name, self._given, self._fresh
        )
        self._fresh = False
        job.succeeded.connect(self._copied)
        job.failed.connect(self._not_copied)
        self._step_on(walk, step)

    def _step_on(self, walk: Walk, step: WalkStep) -> None:
        """Turns to the next step at once: keeping may have to wait for other work."""
        at = step.position - 1
        item = self.steps.item(at)
        item.setText(f"✓{item.text()[1:]}")
        left = [
            each.position - 1
            for each in walk.steps
            if each.copied_at is None and each.name not in self._copying
        ]
        further = [each for each in left if each > at] or left
        if further:
            self.steps.setCurrentRow(further[0])

    @Slot(object)
    def _copied(self, _outcome: object) -> None:
        for name, text in self._given.items():
            if self._edits.get(name) == text:
                del self._edits[name]
        self._not_copied(_outcome)

    @Slot(object)
    def _not_copied(self, _ended: object) -> None:
        self._copying.pop(0)
        if not self._copying:
            self._wanted = self.page.step.name if self.page is not None else ""
            self.look()

    @Slot()
    def _renew(self) -> None:
        self._edits.clear()
        self._fresh = True
        self.look()

    @Slot(int)
    def _speak(self, _at: int) -> None:
        self._keep()
        self._spoken, self._fresh = self.spoken, False
        self.look()

    def _keep(self) -> None:
        """Keeps what was written and not copied yet, so that closing loses nothing."""
        walk = self.walk
        if walk is None or not self._edits:
            return
        differ = {
            name: text for name, text in self._edits.items()
            if text != walk.written.field(name).text
        }  # fmt: skip
        self._edits.clear()
        if differ:
            self._desktop.bridge.run_for(self, keep_edits, self.text, differ)

    def done(self, result: int) -> None:
        """Keeps what was written, then closes."""
        self._keep()
        super().done(result)

    @Slot(str, str)
    def _keep_word(self, kind: str, text: str) -> None:
        case = self._detail.case
        value = case.problem if kind == "reason" else case.wish
        if value is None:
            return
        self._wanted = kind
        job = self._desktop.bridge.run_for(
            self, set_platform_word, self._choice.form, kind=kind, value=str(value), text=text
        )
        job.succeeded.connect(self.look)

    @Slot()
    def _open_folder(self) -> None:
        folder = folder_there(self.walk) if self.walk is not None else None
        if folder is None:
            self._ask_folder()
        else:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

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
        self._keep()
        self._wanted = self.page.step.name if self.page is not None else ""
        job = self._desktop.bridge.run_for(self, save_files, self.text, Path(folder))
        job.succeeded.connect(self.look)
        ProgressSheet(tr("Saving the files"), job, self)

    @Slot()
    def file(self) -> None:
        """Asks when the form was sent off, and for what confirms it."""
        walk = self.walk
        if walk is None:
            return
        self._keep()
        checks = checks_before(self._detail, fits=walk.written.fits)
        sheet = FiledSheet(
            self._desktop, self._detail, self.text, self, rule=self._look.rule, checks=checks
        )
        sheet.accepted.connect(self.accept)
        sheet.open()
