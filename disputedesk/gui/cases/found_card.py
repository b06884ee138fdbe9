"""What the files themselves seem to say: what each shows, and days and sums to be recorded."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.common.work import CancelToken
from disputedesk.desk.operations.suggestions import name_exhibits, record_mention, set_aside
from disputedesk.desk.queries.mentions import MentionView, mentions_of
from disputedesk.desk.queries.sorting import KindSuggestion, suggest_kinds
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.desk.views import CaseDetail
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, ActButton, button
from disputedesk.gui.cards import Card
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.tokens import Type
from disputedesk.model.case import CaseStage
from disputedesk.model.ids import CaseId, FactName

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_MOST_SHOWN = 8
_UNFOLDED = 3
"""Suggestions that are seen at once; the others wait behind one button."""
_MENTIONS_SHOWN = 4


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """All that the exhibits of a case suggest."""

    kinds: tuple[KindSuggestion, ...]
    mentions: tuple[MentionView, ...]


def find_suggestions(desk: Desk, case_id: CaseId, *, cancel: CancelToken | None = None) -> Found:
    """A job that looks at the exhibits of a case."""
    kinds = suggest_kinds(desk, case_id, cancel=cancel)
    return Found(kinds, mentions_of(desk, case_id))


class KindRow(QWidget):
    """What an exhibit seems to show, with yes, something else, and no."""

    def __init__(self, suggestion: KindSuggestion, parent: QWidget) -> None:
        super().__init__(parent)
        self.suggestion = suggestion
        exhibit = suggestion.exhibit
        row = _row(self)
        name = exhibit.caption or exhibit.evidence.name
        text = tr("Exhibit {number}, {name}:", number=exhibit.number, name=name)
        row.addWidget(label(text, wrap=True), 1)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(tr("What exhibit {number} is", number=exhibit.number))
        for value, words in exhibit_kinds():
            self.kind.addItem(words, value)
        self.kind.setCurrentIndex(max(0, self.kind.findData(suggestion.kind)))
        self.kind.setToolTip(suggestion.why)
        row.addWidget(self.kind)
        thing = tr("exhibit {number}", number=exhibit.number)
        self.yes, self.no = _yes_and_no(self, row, tr("Yes"), thing)

    @property
    def chosen(self) -> str:
        """The kind that is chosen now."""
        return str(self.kind.currentData())


class MentionRow(QWidget):
    """A day or sum that an exhibit mentions; recorded only when somebody says so."""

    def __init__(self, view: MentionView, parent: QWidget) -> None:
        super().__init__(parent)
        self.view = view
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label(view.sentence, wrap=True))
        if not view.is_asked:
            around = tr("“{text}”", text=view.around)
            column.addWidget(label(around, ink="second", size=Type.SMALL, wrap=True))
        if view.known:
            known = tr("Known so far: {value}", value=view.known)
            column.addWidget(label(known, ink="soon", size=Type.SMALL, wrap=True))
        row = _row(None)
        column.addLayout(row)
        self.fact = QComboBox(self)
        self.fact.setAccessibleName(tr("What is recorded"))
        for name, words in view.facts:
            self.fact.addItem(words, str(name))
        row.addWidget(self.fact)
        self.value = QComboBox(self)
        self.value.setAccessibleName(tr("Which is meant"))
        for words in view.shown:
            self.value.addItem(words)
        if view.is_asked:
            self.value.setPlaceholderText(tr("Which is meant?"))
            self.value.setCurrentIndex(-1)
            self.value.currentIndexChanged.connect(self._meant)
        self.value.setVisible(view.is_asked)
        row.addWidget(self.value)
        row.addStretch(1)
        self.yes, self.no = _yes_and_no(self, row, tr("Record"), view.around)
        self.yes.setEnabled(not view.is_asked)

    @Slot(int)
    def _meant(self, at: int) -> None:
        self.yes.setEnabled(at >= 0)


def _row(parent: QWidget | None) -> QHBoxLayout:
    row = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(tokens.GAP)
    return row


def _yes_and_no(
    parent: QWidget, row: QHBoxLayout, verb: str, thing: str
) -> tuple[ActButton, ActButton]:
    yes, no = button(verb, parent=parent), button(tr("No"), Act.QUIET, parent=parent)
    for one in (yes, no):
        one.setAccessibleName(tr("{act}: {thing}", act=one.text(), thing=thing))
        row.addWidget(one)
    return yes, no


class FoundCard(Card):
    """The card of suggestions; hidden while there are none."""

    def __init__(self, desktop: Desktop, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._bridge = desktop.bridge
        self._case: CaseId | None = None
        self._reading: JobHandle | None = None
        self._all: tuple[KindSuggestion, ...] = ()
        self.kinds: tuple[KindRow, ...] = ()
        self.mentions: tuple[MentionRow, ...] = ()
        self._is_unfolded = False
        self.unfold: ActButton | None = None
        head = QHBoxLayout()
        head.addWidget(label(tr("Seen in the exhibits"), strong=True))
        second = tr("only suggestions: nothing is kept until you say so")
        head.addWidget(label(second, ink="second", size=Type.SMALL), 1)
        self.all = button(tr("Name all"), Act.LINK, parent=self)
        self.all.clicked.connect(self._name_all)
        head.addWidget(self.all)
        self.column.addLayout(head)
        self._body = QWidget(self)
        self.column.addWidget(self._body)
        self.setVisible(False)

    def set_detail(self, detail: CaseDetail) -> None:
        """Looks at the exhibits of the case in a job."""
        if detail.case.id != self._case:
            self._is_unfolded = False
            self.setVisible(False)
        self._case = detail.case.id
        if self._reading is not None:
            self._reading.cancel()
        if not detail.exhibits or detail.case.stage is CaseStage.CLOSED:
            self._reading = None
            self.setVisible(False)
            return
        self._reading = self._bridge.read(find_suggestions, detail.case.id)
        self._reading.succeeded.connect(self._show)

    @Slot(object)
    def _show(self, found: Found) -> None:
        if self.sender() is not self._reading:
            return
        old, self._body = self._body, QWidget(self)
        self.column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP)
        self.kinds = tuple(self._kind_row(each) for each in found.kinds[:_MOST_SHOWN])
        self.mentions = tuple(self._mention_row(each) for each in found.mentions[:_MENTIONS_SHOWN])
        rows = (*self.kinds, *self.mentions)
        for row in rows:
            column.addWidget(row)
        self.unfold = self._unfolder(
            column, rows[_UNFOLDED:], len(found.kinds) + len(found.mentions)
        )
        hidden = len(found.kinds) + len(found.mentions) - len(self.kinds) - len(self.mentions)
        if hidden and self.unfold is None:
            text = trn("{count} more after these", "{count} more after these", hidden)
            column.addWidget(label(text, ink="second", size=Type.SMALL))
        self.all.setVisible(len(found.kinds) > 1)
        self._all = found.kinds
        self.setVisible(bool(self.kinds or self.mentions))
        self._body.show()

    def _unfolder(
        self, column: QVBoxLayout, rest: Sequence[QWidget], count: int
    ) -> ActButton | None:
        """Keeps all but the first out of sight until they are asked for; they are only offers."""
        if self._is_unfolded or len(rest) < 2:
            return None
        for row in rest:
            row.setVisible(False)
        text = trn("Show all {count}", "Show all {count}", count)
        more = button(text, Act.LINK, icon="unfold", parent=self._body)
        more.setAccessibleName(trn("Show all {count} suggestions", "Show all {count} suggestions",
                                   count))  # fmt: skip

        def show_all() -> None:
            self._is_unfolded = True
            more.setVisible(False)
            for row in rest:
                row.setVisible(True)

        more.clicked.connect(show_all)
        column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        return more

    def _kind_row(self, suggestion: KindSuggestion) -> KindRow:
        row = KindRow(suggestion, self._body)
        row.yes.clicked.connect(lambda _checked=False: self._name(row))
        row.no.clicked.connect(lambda _checked=False: self._leave(suggestion.mark))
        return row

    def _mention_row(self, view: MentionView) -> MentionRow:
        row = MentionRow(view, self._body)
        row.yes.clicked.connect(lambda _checked=False: self._record(row))
        row.no.clicked.connect(lambda _checked=False: self._leave(view.mark))
        return row

    def _name(self, row: KindRow) -> None:
        if self._case is not None:
            self._bridge.run(name_exhibits, self._case, {row.suggestion.exhibit.id: row.chosen})

    @Slot()
    def _name_all(self) -> None:
        """Takes every suggestion, those changed by hand as they were changed."""
        kinds = {each.exhibit.id: each.kind for each in self._all}
        kinds |= {row.suggestion.exhibit.id: row.chosen for row in self.kinds}
        if self._case is not None:
            self._bridge.run(name_exhibits, self._case, kinds)

    def _record(self, row: MentionRow) -> None:
        at = row.value.currentIndex()
        if self._case is not None and at >= 0:
            fact = FactName(str(row.fact.currentData()))
            value = row.view.values[at]
            self._bridge.run(record_mention, self._case, row.view.exhibit.id, fact, value)

    def _leave(self, mark: str) -> None:
        if self._case is not None:
            self._bridge.run(set_aside, self._case, mark)
