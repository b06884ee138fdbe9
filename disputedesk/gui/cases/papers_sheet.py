"""Every letter and text that fits a case, though nothing calls for it today."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.desk.queries.papers import other_choices
from disputedesk.desk.views import CaseDetail, PaperChoice
from disputedesk.gui import tokens
from disputedesk.gui.cases.paper_list import PaperList
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.papers.form import FormGroup


class PapersSheet(Sheet):
    """The other papers of one case.

    Signals:
        paper_wanted(choice): A paper is to be prepared.
    """

    paper_wanted = Signal(object)

    def __init__(self, desktop: Desktop, detail: CaseDetail, parent: QWidget) -> None:
        super().__init__(
            tr("Another letter or text"), parent,
            second=tr("Everything else that fits this case; none of it is due now."),
            width=720,
        )  # fmt: skip
        self._untimed = [choice for choice in detail.papers if not choice.called_for]
        self.papers: PaperList | None = None
        self._body = QWidget()
        self._body.setObjectName("surface")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, tokens.GAP, 0)
        area = QScrollArea(self)
        area.setAccessibleName(tr("Another letter or text"))
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(self._body)
        self.column.addWidget(area, 1)
        self.prefer_height(560)
        desktop.bridge.read(other_choices, detail.case.id).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, others: Sequence[PaperChoice]) -> None:
        choices = [*self._untimed, *others]
        shelves = tuple(FormGroup)
        choices.sort(key=lambda choice: shelves.index(FormGroup(choice.group)))
        if not choices:
            text = tr("Every paper that fits this case is already in its list.")
            self._column.addWidget(label(text, ink="second", wrap=True))
        self.papers = PaperList(choices, self._body)
        self.papers.paper_wanted.connect(self._wanted)
        self._column.addWidget(self.papers)
        self._column.addStretch(1)
        self.papers.words.setFocus()

    @Slot(object)
    def _wanted(self, choice: PaperChoice) -> None:
        self.accept()
        self.paper_wanted.emit(choice)
