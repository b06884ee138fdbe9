"""What can still be captured: named while it can be had, each with how, and a place to put it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import day_distance_text, day_text, tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.evidence import Added
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.prompts import ask_again, dismiss_prompt
from disputedesk.desk.queries.prompts import PromptState, PromptView, prompts_for
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.added_sheet import AddedSheet, needs_telling
from disputedesk.gui.adding import Given, add_sources, pasted
from disputedesk.gui.buttons import Act, button, icon_button
from disputedesk.gui.cards import Card
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import Ink, label, set_ink, set_tip
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.tokens import Type
from disputedesk.model.case import CaseStage
from disputedesk.model.evidence import Way
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_SIGN = 16
_SOON_DAYS = 7
_HELPS_SHOWN = 2


def add_captured(
    desk: Desk,
    case_id: CaseId,
    given: Given,
    kind: str,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Added]:
    """Keeps what was captured, each named as what it is; a caption somebody wrote stays."""
    kept = add_sources(desk, case_id, given, kind, progress=progress, cancel=cancel)
    caption = dict(exhibit_kinds()).get(kind, "")
    given_itself = [line.exhibit for line in kept.value.lines if line.exhibit and not line.mail]
    with desk.store.snapshot() as rows:
        bare = [each for each in given_itself if not rows.exhibits.get(each).caption]
    changes = kept.changes
    for exhibit in bare if caption else ():
        changes |= set_exhibit(desk, exhibit, caption=caption).changes
    return Outcome(kept.value, changes, kept.undo, kept.said)


class PromptRow(QWidget):
    """One thing to capture; unfolds to how, why and until when.

    Signals:
        add_wanted(): Files are to be chosen.
        paste_wanted(): The clipboard is to be kept.
        gone_wanted(): It cannot be had any more.
    """

    add_wanted = Signal()
    paste_wanted = Signal()
    gone_wanted = Signal()

    def __init__(self, view: PromptView, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        line = QHBoxLayout()
        line.setSpacing(tokens.GAP)
        sign = label("◆" if view.must else "◇", ink="urgent" if view.must else "wait", strong=True)
        sign.setAccessibleName(tr("needed") if view.must else tr("would help"))
        sign.setFixedWidth(_SIGN)
        line.addWidget(sign, 0, _MIDDLE)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(view.title, wrap=True))
        until, ink = _until(view, detail)
        if until:
            words.addWidget(label(until, ink=ink, size=Type.SMALL, wrap=True))
        line.addLayout(words, 1)
        for text, signal in ((tr("Paste"), self.paste_wanted), (tr("Add…"), self.add_wanted)):
            one = button(text, Act.LINK, parent=self)
            one.setAccessibleName(tr("{act}: {thing}", act=text, thing=view.title))
            one.clicked.connect(lambda _checked=False, signal=signal: signal.emit())
            line.addWidget(one, 0, _MIDDLE)
        self.fold = icon_button("chevron-down", tr("How: {thing}", thing=view.title), parent=self)
        self.fold.setCheckable(True)
        self.fold.toggled.connect(self._unfold)
        line.addWidget(self.fold, 0, _MIDDLE)
        column.addLayout(line)
        self.more = self._more()
        self.more.setVisible(False)
        column.addWidget(self.more)

    def _more(self) -> QWidget:
        more = QWidget(self)
        column = QVBoxLayout(more)
        column.setContentsMargins(_SIGN + tokens.GAP, 0, 0, tokens.GAP)
        column.setSpacing(tokens.GAP_CHIP)
        for number, step in enumerate(self.view.how, 1):
            column.addWidget(label(f"{number}. {step}", wrap=True))
        why = tr("Why: {sentence}", sentence=self.view.why)
        until = tr("Until when: {sentence}", sentence=self.view.until)
        for text in (why, until):
            column.addWidget(label(text, ink="second", wrap=True))
        row = QHBoxLayout()
        gone = button(tr("Cannot be had any more"), Act.QUIET, parent=more)
        gone.setAccessibleName(tr("Cannot be had any more: {thing}", thing=self.view.title))
        set_tip(gone, tr("The case stops asking for it; its log keeps the day."))
        gone.clicked.connect(lambda _checked=False: self.gone_wanted.emit())
        row.addWidget(gone)
        row.addStretch(1)
        column.addLayout(row)
        return more

    @Slot(bool)
    def _unfold(self, shown: bool) -> None:
        self.more.setVisible(shown)
        self.fold.set_icon_name("chevron-up" if shown else "chevron-down")


def _until(view: PromptView, detail: CaseDetail) -> tuple[str, Ink]:
    """The day it can be had until, in words and colour; empty where nobody knows."""
    if view.last_day is None:
        return "", "second"
    days = (view.last_day - detail.today).days
    text = tr("can be had until {day}, {distance}", day=day_text(view.last_day),
              distance=day_distance_text(view.last_day, detail.today))  # fmt: skip
    return text, "urgent" if days <= 1 else "soon" if days <= _SOON_DAYS else "second"


class PromptsCard(Card):
    """The card of what can still be captured; reads it by itself whenever the case was read.

    Signals:
        request_wanted(): A text that asks for the missing things is wanted.
    """

    request_wanted = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._desktop = desktop
        self._bridge = desktop.bridge
        self._detail: CaseDetail | None = None
        self._reading: JobHandle | None = None
        self._unfolded: set[str] = set()
        self._all_shown = False
        self._chosen_kind = ""
        self.rows: tuple[PromptRow, ...] = ()
        head = QHBoxLayout()
        self.title = label(tr("Still to capture while you can"), strong=True)
        head.addWidget(self.title)
        self.count = label("", ink="second", size=Type.SMALL)
        head.addWidget(self.count, 1)
        self.request = button(tr("Ask for it…"), Act.LINK, icon="message", parent=self)
        set_tip(self.request, tr("A polite text that asks for exactly these things"))
        self.request.clicked.connect(lambda _checked=False: self.request_wanted.emit())
        head.addWidget(self.request)
        self.column.addLayout(head)
        self._body = QWidget(self)
        self.column.addWidget(self._body)
        self.setVisible(False)

    def set_detail(self, detail: CaseDetail) -> None:
        """Reads what is still to be captured for the case."""
        if self._detail is None or self._detail.case.id != detail.case.id:
            self._forget()
            self.setVisible(False)
        self._detail = detail
        self._reading = self._bridge.read(prompts_for, detail.case.id, today=detail.today)
        self._reading.succeeded.connect(self._show)

    def _forget(self) -> None:
        """Folds everything: another case is shown."""
        self.rows = ()
        self._all_shown = False

    @Slot(object)
    def _show(self, views: tuple[PromptView, ...]) -> None:
        if self.sender() is not self._reading or self._detail is None:
            return
        self._unfolded = {row.view.id for row in self.rows if row.fold.isChecked()}
        asked = [view for view in views if view.state is PromptState.OPEN]
        past = [view for view in views if view.state in {PromptState.GONE, PromptState.OVER}]
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        self.rows = tuple(self._row(view, self._detail) for view in asked)
        for row in self.rows:
            column.addWidget(row)
        self._fold_rest(column)
        for view in past:
            column.addWidget(self._past(view))
        must = sum(view.must for view in asked)
        self.count.setText(trn("· {count} needed", "· {count} needed", must) if must else "")
        self.request.setVisible(bool(asked))
        self._calm(bool(asked))
        closed = self._detail.case.stage is CaseStage.CLOSED
        self.setVisible(bool(views) and not closed)
        self._body.show()

    def _calm(self, asked: bool) -> None:
        """One quiet line in place of the heading where nothing is asked any more."""
        self.title.setText(
            tr("Still to capture while you can")
            if asked
            else tr("✓ Everything worth capturing is here.")
        )
        set_ink(self.title, "text" if asked else "open")

    def _fold_rest(self, column: QVBoxLayout) -> None:
        """Keeps what merely helps out of sight until it is asked for, but for the first two."""
        rest = [row for row in self.rows if not row.view.must and row.view.last_day is None]
        rest = rest[_HELPS_SHOWN:]
        if self._all_shown or len(rest) < 2:
            return
        text = trn("{count} more would help", "{count} more would help", len(rest))
        more = button(text, Act.LINK, icon="unfold", parent=self._body)
        for row in rest:
            row.setVisible(False)

        def show_all() -> None:
            self._all_shown = True
            more.setVisible(False)
            for row in rest:
                row.setVisible(True)

        more.clicked.connect(show_all)
        line = QHBoxLayout()
        line.addWidget(more)
        line.addStretch(1)
        column.addLayout(line)

    def _row(self, view: PromptView, detail: CaseDetail) -> PromptRow:
        row = PromptRow(view, detail, self._body)
        row.add_wanted.connect(lambda: self._choose(view))
        row.paste_wanted.connect(lambda: self._paste(view))
        row.gone_wanted.connect(lambda: self._run(dismiss_prompt, view))
        row.fold.setChecked(view.id in self._unfolded)
        return row

    def _past(self, view: PromptView) -> QWidget:
        """A line on what cannot be had any more, with a way back where somebody said so."""
        line = QWidget(self._body)
        row = QHBoxLayout(line)
        row.setContentsMargins(_SIGN + tokens.GAP, 0, 0, 0)
        over = view.state is PromptState.OVER
        text = (
            tr("Too late: {thing}", thing=view.title)
            if over
            else tr("Cannot be had any more: {thing}", thing=view.title)
        )
        row.addWidget(label(text, ink="mute", size=Type.SMALL, wrap=True), 1)
        if not over:
            again = button(tr("Ask again"), Act.LINK, parent=line)
            again.setAccessibleName(tr("Ask again: {thing}", thing=view.title))
            again.clicked.connect(lambda _checked=False: self._run(ask_again, view))
            row.addWidget(again)
        return line

    def _run(self, operation: object, view: PromptView) -> None:
        if self._detail is not None and callable(operation):
            self._bridge.run(operation, self._detail.case.id, view.id)

    def _choose(self, view: PromptView) -> None:
        self._chosen_kind = view.kind
        dialog = QFileDialog(self, view.title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self.keep_files)
        dialog.open()

    @Slot(list)
    def keep_files(self, names: list[str]) -> None:
        """Keeps the chosen files as what was asked for."""
        self._keep(Given(tuple(map(Path, names)), Way.FILE), self._chosen_kind)

    def _paste(self, view: PromptView) -> None:
        given = pasted(QGuiApplication.clipboard().mimeData())
        if not given:
            self._desktop.notices.say(
                tr("There is no picture, no file and no text in the clipboard.")
            )
        self._keep(given, view.kind)

    def _keep(self, given: Given, kind: str) -> None:
        if given and self._detail is not None:
            job = self._bridge.run(add_captured, self._detail.case.id, given, kind)
            job.succeeded.connect(self._kept)
            ProgressSheet(tr("Keeping exhibits"), job, self._desktop.window)

    @Slot(object)
    def _kept(self, outcome: Outcome[Added]) -> None:
        if needs_telling(outcome.value):
            AddedSheet(outcome.value, self._desktop.window).open()
