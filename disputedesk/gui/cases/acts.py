"""What can be done with a case: each act opens the sheet that collects it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from disputedesk.common.texts import tr
from disputedesk.deadlines.window import Window
from disputedesk.desk.queries.odds import odds_of_case
from disputedesk.desk.views import CaseDetail, NextStep, PaperChoice, StepKind
from disputedesk.gui.cases.after_acts import AfterActs
from disputedesk.gui.cases.answer_sheet import AnswerSheet, CloseSheet
from disputedesk.gui.cases.bundle_sheet import BundleSheet
from disputedesk.gui.cases.documents_tab import DocumentSheet
from disputedesk.gui.cases.evidence_sheet import EvidenceSheet
from disputedesk.gui.cases.export_sheet import ExportSheet
from disputedesk.gui.cases.letter_sheet import LetterSheet
from disputedesk.gui.cases.papers_sheet import PapersSheet
from disputedesk.gui.cases.request_sheet import RequestSheet
from disputedesk.gui.cases.submission_sheet import SubmissionSheet
from disputedesk.gui.cases.ways import WindowSheet
from disputedesk.gui.cases.ways_sheet import WaysSheet
from disputedesk.gui.cases.what_if_sheet import WhatIfSheet
from disputedesk.gui.print_sheet import PrintSheet, printable_papers
from disputedesk.gui.rooms import CaseAct, Desktop, FillBankForm, OpenOrder
from disputedesk.gui.sent_sheet import SentSheet, checks_before
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import CaseStage, Document, Filing
from disputedesk.model.ids import RuleId


class CaseActs(QObject):
    """Opens the sheets of one case; lives with the workspace, which tells it the case.

    Signals:
        sources_given(given, kind): This is to be kept as exhibits: a `Given`.
        place_wanted(place): Somebody goes where a finding about a paper is mended.
    """

    sources_given = Signal(object, str)
    place_wanted = Signal(object)

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self.detail: CaseDetail | None = None
        self.sheet: Sheet | None = None
        self.after = AfterActs(desktop, self)

    @property
    def _window(self) -> QWidget:
        return self._desktop.window

    def _open(self, sheet: Sheet) -> None:
        self.sheet = sheet
        sheet.open()

    def take(self, step: NextStep) -> None:
        """Begins a step that is not a question."""
        detail = self.detail
        if detail is None:
            return
        if step.kind is StepKind.ADD_EVIDENCE:
            wanted = [c.item.exhibit for c in detail.checks if c.item.must and not c.done]
            self.add_evidence(next((kind for kind in wanted if kind), ""))
            return
        choice = next((paper for paper in detail.papers if paper.form == step.form), None)
        if step.kind in (StepKind.PREPARE_SUBMISSION, StepKind.PREPARE_LETTER) and choice:
            self.prepare(choice)
        else:
            self.show_ways()

    @Slot(object)
    def prepare(self, choice: PaperChoice) -> None:
        """Opens the sheet that prepares a paper."""
        if self.detail is None:
            return
        if choice.kind != "letter":
            self._open(SubmissionSheet(self._desktop, self.detail, choice, self._window))
            return
        sheet = LetterSheet(self._desktop, self.detail, choice, self._window)
        sheet.place_wanted.connect(self.place_wanted)
        self._open(sheet)

    @Slot()
    @Slot(str)
    def add_evidence(self, kind: str = "") -> None:
        """Opens the dialog that adds exhibits, saying what is wanted."""
        if self.detail is not None:
            sheet = EvidenceSheet(self.detail, kind, self._window)
            sheet.given.connect(self.sources_given)
            self._open(sheet)

    @Slot()
    def ask_for_missing(self) -> None:
        """Shows the text that asks for what is still to be captured."""
        if self.detail is not None:
            self._open(RequestSheet(self._desktop, self.detail, self._window))

    @Slot()
    def show_ways(self) -> None:
        """Shows every way, in the order to use them."""
        if self.detail is not None:
            sheet = WaysSheet(self.detail, self._window)
            sheet.why_wanted.connect(self.explain)
            sheet.paper_wanted.connect(self.prepare)
            sheet.sent_wanted.connect(self._tell_sent_by)
            job = self._desktop.bridge.read(odds_of_case, self.detail.case.id)
            job.succeeded.connect(sheet.set_odds)
            self._open(sheet)

    @Slot()
    def show_papers(self) -> None:
        """Shows the papers that nothing calls for now."""
        if self.detail is not None:
            sheet = PapersSheet(self._desktop, self.detail, self._window)
            sheet.paper_wanted.connect(self.prepare)
            self._open(sheet)

    @Slot()
    def suppose(self) -> None:
        """Asks what if, without keeping anything."""
        if self.detail is not None:
            self._open(WhatIfSheet(self._desktop, self.detail, self._window))

    @Slot(object)
    def explain(self, window: Window) -> None:
        """Tells why a window stands where it stands."""
        parent = self.sheet if isinstance(self.sheet, WaysSheet) else self._window
        WindowSheet(window, parent).open()

    @Slot()
    def tell_sent(self) -> None:
        """Records that the recommended step was sent."""
        self._tell_sent_by(None)

    @Slot(object)
    def _tell_sent_by(self, rule: RuleId | None) -> None:
        if self.detail is not None:
            checks = checks_before(self.detail)
            self._open(
                SentSheet(self._desktop, self.detail, self._window, rule=rule, checks=checks)
            )

    @Slot(object)
    def record_answer(self, filing: Filing) -> None:
        """Records what the other side answered."""
        asked = self.detail.money if self.detail is not None else None
        self._open(AnswerSheet(self._desktop, filing, self._window, asked=asked))

    @Slot(object)
    def open_document(self, document: Document) -> None:
        """Shows a sealed paper."""
        if self.detail is not None:
            self._open(DocumentSheet(self._desktop, self.detail, document, self._window))

    @Slot()
    def make_bundle(self) -> None:
        """Fits the evidence to a destination."""
        if self.detail is not None:
            self._open(BundleSheet(self._desktop, self.detail, self._window))

    @Slot()
    def print_papers(self) -> None:
        """Prints several papers as one job."""
        if self.detail is not None:
            papers = printable_papers(self.detail.documents)
            self._open(PrintSheet(self._desktop, papers, self.detail.title, self._window))

    @Slot()
    def export_evidence(self) -> None:
        """Takes the evidence out for others."""
        if self.detail is not None:
            self._open(ExportSheet(self._desktop, self.detail, self._window))

    @Slot()
    def fill_bank_form(self) -> None:
        """Fills in the bank's own form."""
        if self.detail is not None:
            self._desktop.ask(FillBankForm(self.detail.case.id))

    def act(self, act: CaseAct) -> None:
        """Begins what was asked for from elsewhere."""
        begin = {
            CaseAct.ADD: self.add_evidence,
            CaseAct.BUNDLE: self.make_bundle,
            CaseAct.EXPORT: self.export_evidence,
            CaseAct.BANK_FORM: self.fill_bank_form,
        }
        begin[act]()

    @Slot()
    def close_case(self) -> None:
        """Asks how the case ended."""
        if self.detail is not None:
            self._open(CloseSheet(self._desktop, self.detail, self._window))

    @Slot()
    def reopen_case(self) -> None:
        """Takes a closed case up again."""
        from disputedesk.desk.operations.cases import reopen_case

        if self.detail is not None:
            self._desktop.bridge.run(reopen_case, self.detail.case.id)

    @Slot()
    def open_order(self) -> None:
        """Shows the order of the case."""
        if self.detail is not None and self._desktop.can(OpenOrder):
            self._desktop.ask(OpenOrder(self.detail.order.id))

    def fill_menu(self, menu: QMenu) -> None:
        """Fills the menu beside the one button."""
        menu.clear()
        detail = self.detail
        if detail is None:
            return
        menu.addAction(tr("All ways…")).triggered.connect(self.show_ways)
        menu.addAction(tr("What if…")).triggered.connect(self.suppose)
        menu.addAction(tr("Add exhibits…")).triggered.connect(
            lambda _checked=False: self.add_evidence()
        )
        menu.addAction(tr("Ask for what is missing…")).triggered.connect(self.ask_for_missing)
        menu.addSeparator()
        menu.addAction(tr("Bundle for a destination…")).triggered.connect(self.make_bundle)
        menu.addAction(tr("Export the evidence…")).triggered.connect(self.export_evidence)
        menu.addSeparator()
        menu.addAction(tr("I have sent something…")).triggered.connect(self.tell_sent)
        unanswered = [filing for filing in detail.filings if filing.answered_on is None]
        if unanswered:
            answered = menu.addAction(tr("They answered…"))
            answered.triggered.connect(lambda _checked=False: self.record_answer(unanswered[0]))
        menu.addAction(tr("The merchant replied…")).triggered.connect(
            lambda _checked=False: self.after.record_reply()
        )
        menu.addAction(tr("Money came or was promised…")).triggered.connect(self.after.add_credit)
        menu.addSeparator()
        menu.addAction(tr("See the order")).triggered.connect(self.open_order)
        if detail.case.stage is CaseStage.CLOSED:
            menu.addAction(tr("Take it up again")).triggered.connect(self.reopen_case)
        else:
            menu.addAction(tr("The case has ended…")).triggered.connect(self.close_case)

    def commands(self, owner: QWidget) -> tuple[QAction, ...]:
        """The acts for the menus and the palette."""
        made = []
        for text, slot in (
            (tr("All ways of the case…"), self.show_ways),
            (tr("What if, for the case…"), self.suppose),
            (tr("Ask for what is missing…"), self.ask_for_missing),
            (tr("I have sent something…"), self.tell_sent),
            (tr("The merchant replied…"), self.after.record_reply),
            (tr("Money came or was promised…"), self.after.add_credit),
            (tr("The case has ended…"), self.close_case),
        ):
            action = QAction(text, owner)
            action.triggered.connect(lambda _checked=False, slot=slot: slot())
            made.append(action)
        return tuple(made)
