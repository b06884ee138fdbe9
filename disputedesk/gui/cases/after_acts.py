"""What can be done with a case after filing: each act opens the sheet that collects it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Slot

from disputedesk.common.texts import tr
from disputedesk.desk.after_views import ReplyView
from disputedesk.desk.operations.rebuttals import keep_draft
from disputedesk.desk.queries.papers import other_choices
from disputedesk.desk.views import PaperChoice
from disputedesk.gui.cases.credit_sheet import CreditSheet
from disputedesk.gui.cases.exhibit_strip import title_of
from disputedesk.gui.cases.letter_sheet import LetterSheet
from disputedesk.gui.cases.reply_sheet import RebuttalSentSheet, ReplySheet
from disputedesk.gui.notices import announce
from disputedesk.gui.preview_sheet import PreviewSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Exhibit

if TYPE_CHECKING:
    from disputedesk.gui.cases.acts import CaseActs

CHASERS: Final = ("bank_refund_trace", "refund_reminder")
"""The forms that ask where a late refund is, the one to take first."""


class AfterActs(QObject):
    """Opens the sheets of one case after filing; lives with the other acts, which know the case."""

    def __init__(self, desktop: Desktop, acts: CaseActs) -> None:
        super().__init__(acts)
        self._desktop = desktop
        self._acts = acts
        self._answering: ReplyView | None = None
        self.sheet: Sheet | None = None

    def _open(self, sheet: Sheet) -> None:
        self.sheet = self._acts.sheet = sheet
        sheet.open()

    @Slot(object)
    def record_reply(self, view: ReplyView | None = None) -> None:
        """Asks what the merchant replied, or corrects it."""
        detail = self._acts.detail
        if detail is not None:
            self._open(ReplySheet(self._desktop, detail, self._desktop.window, view))

    @Slot(object)
    def look_at(self, exhibit: Exhibit) -> None:
        """Shows the reply itself."""
        title = tr("Exhibit {number}: {name}", number=exhibit.number, name=title_of(exhibit))
        self._open(
            PreviewSheet(self._desktop, exhibit.evidence, title, self._desktop.window,
                         copy=exhibit.copy)
        )  # fmt: skip

    @Slot(object)
    def draft(self, view: ReplyView) -> None:
        """Opens the sheet that prepares the answer to a reply."""
        detail = self._acts.detail
        if detail is None:
            return
        self._answering = view
        choice = next((paper for paper in detail.papers if paper.form == view.form), None)
        if choice is not None:
            self._prepare(choice)
            return
        job = self._desktop.bridge.read(other_choices, detail.case.id)
        job.succeeded.connect(self._prepare_other)

    @Slot(object)
    def _prepare_other(self, choices: tuple[PaperChoice, ...]) -> None:
        form = self._answering.form if self._answering is not None else ""
        choice = next((paper for paper in choices if paper.form == form), None)
        if choice is not None:
            self._prepare(choice)
        else:
            announce(self._desktop.window, tr("No form answers a reply."))

    def _prepare(self, choice: PaperChoice) -> None:
        detail = self._acts.detail
        if detail is None:
            return
        sheet = LetterSheet(self._desktop, detail, choice, self._desktop.window)
        sheet.finished.connect(self._drafted)
        self._open(sheet)

    @Slot(int)
    def _drafted(self, _result: int) -> None:
        """Keeps that the letter that was made answers the reply."""
        sheet, view = self.sheet, self._answering
        if isinstance(sheet, LetterSheet) and sheet.document is not None and view is not None:
            self._desktop.bridge.run(keep_draft, view.reply.id, sheet.document.id)

    @Slot(object)
    def tell_sent(self, view: ReplyView) -> None:
        """Records that the answer to a reply went out."""
        self._open(RebuttalSentSheet(self._desktop, view, self._desktop.window))

    @Slot()
    def add_credit(self) -> None:
        """Asks what happened to the money."""
        detail = self._acts.detail
        if detail is not None:
            self._open(CreditSheet(self._desktop, detail, self._desktop.window))

    @Slot()
    def chase(self) -> None:
        """Opens the letter that asks where a late refund is, else all letters that fit."""
        detail = self._acts.detail
        if detail is None:
            return
        offered = {paper.form: paper for paper in detail.papers}
        choice = next((offered[form] for form in CHASERS if form in offered), None)
        if choice is not None:
            self._acts.prepare(choice)
        else:
            self._acts.show_papers()
