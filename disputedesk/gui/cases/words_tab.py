"""The words of a case, written once: kept by themselves, counted against each form's limit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from disputedesk.common.errors import DeskError
from disputedesk.common.texts import language, tr, trn
from disputedesk.desk import words
from disputedesk.desk.changes import Outcome
from disputedesk.desk.views import CaseDetail, PaperChoice
from disputedesk.gui import tokens
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label, set_ink
from disputedesk.gui.masking import SecretGuard
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Wish
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

REST_MS: Final = 1000


def keep_words(desk: Desk, case_id: CaseId, text: str) -> Outcome[None]:
    """Keeps the narrative, without a bar that says so every second."""
    from disputedesk.desk.operations.cases import set_case

    outcome = set_case(desk, case_id, narrative=text)
    return dataclasses.replace(outcome, said="", undo=None)


_TEXT: Final = "text"
"""The field of a form that the words go into."""


@dataclasses.dataclass(frozen=True, slots=True)
class Limit:
    """How long the words may be for one paper.

    Attributes:
        room: Most characters for the words themselves, what the form adds around them taken off.
        always: Whether it is shown also while the words fit.
    """

    title: str
    room: int
    always: bool


def limits_of(desk: Desk, detail: CaseDetail, code: str) -> tuple[Limit, ...]:
    """The limits of the papers of a case, as a job."""
    found = []
    for choice in detail.papers:
        story = desk.forms.get(choice.form).limit("story")
        rooms = [] if story is None else [story.characters]
        if choice.kind == "submission":
            rooms += _rooms_in_fields(desk, detail, choice, code)
        if rooms:
            found.append(Limit(choice.title, min(rooms), choice.kind == "submission"))
    return tuple(found)


def _rooms_in_fields(
    desk: Desk, detail: CaseDetail, choice: PaperChoice, code: str
) -> tuple[int, ...]:
    """What the form leaves for the words; the whole text while it cannot be written."""
    from disputedesk.desk.queries.papers import draft_submission

    spoken = code if code in choice.languages else choice.languages[0]
    story = detail.case.narrative.strip()
    try:
        draft = draft_submission(desk, detail.case.id, form=choice.form, language=spoken)
    except DeskError:
        whole = desk.forms.get(choice.form).limit(_TEXT)
        return () if whole is None else (whole.characters,)
    return tuple(
        field.limit - (len(field.text) - len(story))
        for field in draft.fields
        if field.limit is not None and (story[:40] in field.text if story else field.name == _TEXT)
    )


class WordsTab(QWidget):
    """The narrative and the wish."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._case: CaseId | None = None
        self._kept = ""
        self._saving: JobHandle | None = None
        self._counting: JobHandle | None = None
        self._limits: tuple[Limit, ...] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, tokens.GAP, 0, 0)
        column.setSpacing(tokens.GAP)
        row = QHBoxLayout()
        row.addWidget(label(tr("What do you ask for?")))
        self.wish = QComboBox(self)
        self.wish.setAccessibleName(tr("What do you ask for?"))
        self.wish.activated.connect(self._wish)
        row.addWidget(self.wish)
        row.addStretch(1)
        self.state = label("", ink="mute", size=Type.SMALL)
        row.addWidget(self.state)
        column.addLayout(row)
        self.text = QPlainTextEdit(self)
        self.text.setAccessibleName(tr("What happened"))
        self.text.setPlaceholderText(
            tr("What happened, in your own words: what you ordered, what came or did not come, "
               "what the seller answered. Every letter and form draws on this.")
        )  # fmt: skip
        self.text.setTabChangesFocus(True)
        self.text.setMinimumHeight(150)
        self.text.installEventFilter(self)
        column.addWidget(self.text, 1)
        self.note = label("", ink="soon", size=Type.SMALL, wrap=True)
        column.addWidget(self.note)
        self._guard = SecretGuard(self.text, self.note)
        self.counter = label("", ink="second", size=Type.SMALL, wrap=True)
        column.addWidget(self.counter)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.keep)
        self.text.textChanged.connect(self._typed)

    def set_detail(self, detail: CaseDetail) -> None:
        """Shows the words of a case; what is being typed is never overwritten."""
        other = detail.case.id != self._case
        if other:
            self.keep()
        unsaved = not other and self.text.toPlainText() != self._kept
        self._case = detail.case.id
        if not unsaved and detail.case.narrative != self.text.toPlainText():
            self.text.blockSignals(True)
            self.text.setPlainText(detail.case.narrative)
            self.text.blockSignals(False)
        if not unsaved:
            self._kept = detail.case.narrative
        if other:
            self.state.setText("")
        self._fill_wishes(detail)
        self._counting = self._bridge.read(limits_of, detail, language())
        self._counting.succeeded.connect(self._limited)
        self._count()

    def _fill_wishes(self, detail: CaseDetail) -> None:
        self.wish.clear()
        self.wish.addItem(tr("not said yet"), "")
        for wish in detail.wishes:
            self.wish.addItem(words.wish_title(wish), str(wish))
        self.wish.setCurrentIndex(max(0, self.wish.findData(str(detail.case.wish or ""))))

    @Slot(object)
    def _limited(self, limits: tuple[Limit, ...]) -> None:
        if self.sender() is self._counting:
            self._limits = limits
            self._count()

    def _count(self) -> None:
        length = len(self.text.toPlainText().strip())
        lines = [trn("{count} character", "{count} characters", length)]
        over = False
        for limit in self._limits:
            left = limit.room - length
            over = over or left < 0
            if left < 0:
                lines.append(tr("◆ {form}: {over} too many for its {limit}", form=limit.title,
                                over=-left, limit=limit.room))  # fmt: skip
            elif limit.always:
                lines.append(tr("{form}: {left} of {limit} left", form=limit.title, left=left,
                                limit=limit.room))  # fmt: skip
        self.counter.setText(" · ".join(lines))
        set_ink(self.counter, "urgent" if over else "second")

    @Slot()
    def _typed(self) -> None:
        self._count()
        if self.text.toPlainText() != self._kept:
            self.state.setText(tr("not kept yet"))
            self._rest.start()

    @Slot()
    def keep(self) -> None:
        """Keeps what was typed, if anything changed."""
        self._rest.stop()
        self._guard.look()
        text = self.text.toPlainText()
        if self._case is None or text == self._kept:
            return
        self._kept = text
        self.state.setText(tr("keeping…"))
        self._saving = self._bridge.run(keep_words, self._case, text)
        self._saving.succeeded.connect(self._saved)
        self._saving.failed.connect(self._lost)

    @property
    def is_pending(self) -> bool:
        """Whether something typed is not on the desk yet."""
        saving = self._saving is not None and not self._saving.is_over
        return saving or (self._case is not None and self.text.toPlainText() != self._kept)

    def keep_then(self, then: Callable[[], object]) -> None:
        """Keeps what was typed, then calls `then`, a bound method of a living object."""
        self.keep()
        if self._saving is not None and not self._saving.is_over:
            self._saving.finished.connect(then)

    @Slot(object)
    def _saved(self, outcome: object) -> None:
        if self.text.toPlainText() == self._kept:
            self.state.setText(tr("✓ kept"))

    @Slot(object)
    def _lost(self, error: object) -> None:
        self._kept = ""
        self.state.setText(tr("◆ not kept"))

    @Slot()
    def _wish(self) -> None:
        from disputedesk.desk.operations.cases import set_case

        value = self.wish.currentData()
        if self._case is not None and value:
            self._bridge.run(set_case, self._case, wish=Wish(value))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keeps the words when the field is left."""
        if event.type() == QEvent.Type.FocusOut:
            self.keep()
        return False
