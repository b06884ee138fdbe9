"""States of the room worth a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPlainTextEdit

from disputedesk.common import locations
from disputedesk.common.finding import Finding, Severity
from disputedesk.common.texts import tr
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.bank_forms import add_bank_form
from disputedesk.desk.operations.cases import set_case
from disputedesk.desk.operations.evidence import Added, AddedLine, Came
from disputedesk.desk.operations.forms import copy_form
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.bank_forms import bank_forms, bank_of_case
from disputedesk.desk.queries.redaction import can_be_redacted
from disputedesk.desk.queries.suspicions import SuspicionView
from disputedesk.desk.secret_words import found_words
from disputedesk.gui.added_sheet import AddedSheet
from disputedesk.gui.cases.check_sheet import CheckSheet
from disputedesk.gui.cases.filed_sheet import FiledSheet
from disputedesk.gui.cases.own_form_sheet import OwnFormSheet
from disputedesk.gui.cases.problem_sheet import ProblemSheet
from disputedesk.gui.cases.stills_sheet import StillsSheet
from disputedesk.gui.cases.submission_sheet import SubmissionSheet
from disputedesk.gui.cases.walk_jobs import Text
from disputedesk.gui.cases.which_case import WhichCaseSheet
from disputedesk.gui.findings_sheet import FindingsSheet
from disputedesk.gui.mail_sheet import MailSheet
from disputedesk.gui.posted_sheet import PostedSheet
from disputedesk.gui.rooms import CaseAct, RedactEvidence
from disputedesk.gui.sent_sheet import SentSheet
from disputedesk.model.case import DocumentKind, Exhibit
from disputedesk.model.ids import ExhibitId
from disputedesk.model.problem import Problem

if TYPE_CHECKING:
    from disputedesk.gui.cases.view import CasesRoom

_LATER_MS = 0
_MOMENT_MS = 20


class _Scenes:
    """Brings the room into one state after another."""

    def __init__(self, room: CasesRoom) -> None:
        self._room = room
        self._space = room.workspace

    def open_at(self, at: int) -> None:
        rows = self._room.list.cases.rows
        if at < len(rows):
            self._room.open_case(rows[at].id)

    def tab(self, at: int) -> None:
        space = self._space
        space.tabs.setCurrentIndex(at)
        QTimer.singleShot(_LATER_MS, space, lambda: space.area.ensureWidgetVisible(space.tabs))

    def exhibits(self) -> None:
        self._space.area.ensureWidgetVisible(self._space.exhibits)

    def hidden(self) -> None:
        detail = self._space.detail
        if detail is None or not detail.exhibits:
            return
        exhibit = detail.exhibits[-1]
        file = exhibit.evidence
        found = SuspicionView(
            0, file.id, file.id, file.name, "application/pdf", exhibit.id, exhibit.number,
            detail.case.number, "pan", "page 2", "•••• 1111", 2, None,
            found_words("pan", "page 2", "•••• 1111"), settled=False, is_dangerous=True,
        )  # fmt: skip
        self._space.exhibits.hidden.show_found((found,))
        self.exhibits()

    def capture(self) -> None:
        card = self._space.prompts
        if card.rows:
            card.rows[0].fold.setChecked(True)
        self._space.area.ensureWidgetVisible(card, 0, 600)

    def found(self) -> None:
        self._space.area.ensureWidgetVisible(self._space.found, 0, 300)

    def whose(self) -> None:
        detail = self._space.detail
        if detail is not None:
            names = (f"order {detail.order.number}.jpg", "IMG_2041.jpg", "IMG_2042.mp4")
            self._room.ask_whose(tuple(map(Path, names)))

    def stills(self) -> None:
        detail = self._space.detail
        exhibits = detail.exhibits if detail else ()
        films = [each for each in exhibits if each.evidence.media_type.startswith("video/")]
        if films:
            StillsSheet(self._room.desktop, films[0], self._room.desktop.window).open()

    def paper(self, kind: str, *, gaps: bool = False) -> None:
        """Opens the first paper of a kind that is called for, or the first with gaps."""
        detail = self._space.detail
        papers = [p for p in detail.papers if p.kind == kind] if detail else []
        papers.sort(key=lambda p: (bool(p.missing) is not gaps, not p.called_for))
        choice = next(iter(papers), None)
        if choice is not None:
            self._space.acts.prepare(choice)

    def filed(self) -> None:
        detail = self._space.detail
        papers = detail.papers if detail else ()
        choice = next((p for p in papers if p.kind == "submission"), None)
        if detail is not None and choice is not None:
            text = Text(detail.case.id, choice.form, choice.languages[0])
            desktop = self._room.desktop
            sheet = FiledSheet(desktop, detail, text, desktop.window)
            sheet.choose_file("confirmation.pdf")
            sheet.open()

    def made(self) -> None:
        """Two letters of the case are made, the first that lack nothing."""
        detail = self._space.detail
        letters = [p for p in detail.papers if p.kind == "letter"] if detail else []
        for choice in [p for p in letters if not p.missing][:2]:
            case, bridge = self._space.detail, self._room.bridge
            if case is not None:
                speech = choice.languages[0]
                bridge.run(make_letter, case.case.id, form=choice.form, language=speech)

    def opened(self) -> None:
        detail = self._space.detail
        if detail is not None and detail.documents:
            self._space.acts.open_document(detail.documents[-1])

    def too_long(self) -> None:
        """A dispute text whose words are more than the platform takes."""
        self.paper("submission")
        sheets = self._room.desktop.window.findChildren(SubmissionSheet)
        if sheets:
            _write_much(sheets[-1])

    def mail(self) -> None:
        detail = self._space.detail
        made = [d for d in detail.documents if d.kind is DocumentKind.LETTER] if detail else []
        if made:
            MailSheet(self._room.desktop, made[-1], self._room.desktop.window).open()

    def posted(self) -> None:
        detail = self._space.detail
        if detail is not None and detail.documents:
            document = detail.documents[0]
            desktop = self._room.desktop
            PostedSheet(desktop, detail.exhibits, document, desktop.window).open()

    def sent_letter(self) -> None:
        detail = self._space.detail
        if detail is not None and detail.documents:
            number = detail.documents[0].id
            window = self._room.desktop.window
            SentSheet(self._room.desktop, detail, window, document=number).open()

    def ask(self) -> None:
        detail = self._space.detail
        if detail is not None and detail.questions:
            self._space.answer_fact(str(detail.questions[-1].fact.name))

    def problem(self, page: int) -> None:
        detail = self._space.detail
        if detail is None:
            return
        desktop = self._room.desktop
        sheet = ProblemSheet(desktop, detail.order.id, desktop.window)
        sheet.open()
        if page == 1:
            sheet.choose_group(("arrived",))
        if page == 2:
            sheet.choose(Problem.NOT_RECEIVED)
        if page == 3:
            sheet.turn_to(3)

    def after(self, at: int) -> None:
        """Opens the case whose merchant has replied, or one with a refund that is late."""
        rows = [row for row in self._room.list.cases.rows if row.number == at]
        if rows:
            self._room.open_case(rows[0].id)

    def after_tab(self) -> None:
        space = self._space
        space.tabs.setCurrentWidget(space.after)
        QTimer.singleShot(_LATER_MS, space, lambda: space.area.ensureWidgetVisible(space.after))

    def rebuttal_sent(self) -> None:
        detail = self._space.detail
        view = detail.after.waiting if detail else None
        if view is not None:
            self._space.acts.after.tell_sent(view)

    def answered(self) -> None:
        detail = self._space.detail
        if detail is not None and detail.filings:
            self._space.acts.record_answer(detail.filings[0])

    def bank_form(self) -> None:
        detail, desk = self._space.detail, self._room.bridge.desk
        if detail is None:
            return
        if not bank_forms(desk):
            path = locations.resources("demo", "bank_form.pdf")
            bank = bank_of_case(desk, detail.case.id)
            add_bank_form(desk, path, name=tr("Dispute form"), issuer=bank)
        self._space.acts.fill_bank_form()

    def exhibit(self, at: int) -> None:
        detail = self._space.detail
        if detail is not None and detail.exhibits:
            strip = self._space.exhibits.strip
            strip.setCurrentIndex(strip.exhibits.index(at % len(detail.exhibits), 0))
            self.exhibits()

    def which_copy(self) -> None:
        detail = self._space.detail
        copies = [each for each in detail.exhibits if each.copy is not None] if detail else []
        if copies:
            self._space.exhibits.strip.choose(copies[0])
            self._space.exhibits.save()

    def checked(self) -> None:
        found = (
            Finding(
                Severity.DAMAGE, tr("A sealed file is missing from the vault."), "tracking.png",
                tr("Restore it from a backup; do not send it."),
            ),
        )  # fmt: skip
        title = tr("Is everything as it was kept?")
        FindingsSheet(title, found, "", self._room.desktop.window).open()

    def which_case(self) -> None:
        cases = [row for row in self._room.list.cases.rows if not row.closed]
        WhichCaseSheet(CaseAct.EXPORT, cases, self._room.desktop.window).open()

    def check(self) -> None:
        detail = self._space.detail
        papers = detail.documents if detail else ()
        bundle = next((each for each in papers if each.kind is DocumentKind.BUNDLE), None)
        if bundle is not None:
            CheckSheet(self._room.desktop, bundle, self._room.desktop.window).open()

    def view(self) -> None:
        detail = self._space.detail
        if detail is not None and detail.exhibits:
            self._space.exhibits.open_exhibit(detail.exhibits[-1])

    def own_form(self) -> None:
        desktop, form = self._room.desktop, "eu_withdrawal"
        detail = self._space.detail
        if detail is None:
            return
        job = desktop.bridge.run(copy_form, form, "", language="en", case_id=detail.case.id)
        job.succeeded.connect(self._copied)

    def _copied(self, outcome: Outcome[str]) -> None:
        detail, desktop = self._space.detail, self._room.desktop
        if detail is not None:
            OwnFormSheet(desktop, detail, outcome.value, desktop.window).open()

    def stopped(self) -> None:
        detail, desktop = self._space.detail, self._room.desktop
        if detail is not None:
            currency = detail.money.currency if detail.money else "EUR"
            words = f"I paid 1,000,000.00 {currency} for it. This is outrageous."
            desktop.bridge.run(set_case, detail.case.id, narrative=words)
            choice = next((p for p in detail.papers if p.kind == "letter"), None)
            if choice is not None:
                self._space.acts.prepare(choice)

    def added(self) -> None:
        lines = (
            AddedLine("IMG_2041.jpg", Came.ADDED, ExhibitId(1), 5),
            AddedLine("statement.png", Came.KNOWN, ExhibitId(2), 2),
            AddedLine(
                "unboxing.mp4", Came.REFUSED, why=tr("This is a link to another file."),
                remedy=tr("Choose the file itself."),
            ),
        )  # fmt: skip
        AddedSheet(Added(lines), self._space.window()).open()

    def black_out(self) -> None:
        detail = self._space.detail
        shown = [each for each in detail.exhibits if is_picture(each)] if detail else []
        if shown:
            self._room.desktop.ask(RedactEvidence(shown[-1].evidence.id))


def _write_much(sheet: SubmissionSheet) -> None:
    walk = sheet.walk
    if walk is None:
        QTimer.singleShot(_MOMENT_MS, sheet, lambda: _write_much(sheet))
        return
    texts = [step for step in walk.steps if step.name == "text"]
    if texts:
        sheet.steps.setCurrentRow(texts[0].position - 1)
        editor = sheet.page.editor if sheet.page is not None else None
        if isinstance(editor, QPlainTextEdit):
            editor.setPlainText("The parcel has not moved since the sorting centre. " * 90)


def is_picture(exhibit: Exhibit) -> bool:
    """Whether boxes can be drawn on an exhibit."""
    media = exhibit.evidence.media_type
    return media.startswith("image/") and can_be_redacted(media)


def scenes_of(room: CasesRoom) -> tuple[tuple[str, Callable[[], object]], ...]:
    """Names and ways into: workspaces, tabs, and every sheet of a case."""
    play, acts = _Scenes(room), room.workspace.acts
    return (
        ("case", lambda: play.open_at(0)),
        ("exhibits", play.exhibits),
        ("exhibit-last", lambda: play.exhibit(-1)),
        ("which-copy", play.which_copy),
        ("hidden-number", play.hidden),
        ("capture", play.capture),
        ("found", play.found),
        ("stills", play.stills),
        ("request", acts.ask_for_missing),
        ("whose", play.whose),
        ("log", lambda: play.tab(1)),
        ("documents", lambda: play.tab(2)),
        ("money", lambda: play.tab(4)),
        ("words", lambda: play.tab(0)),
        ("question", play.ask),
        ("submission", lambda: play.paper("submission")),
        ("submission-filed", play.filed),
        ("letter", lambda: play.paper("letter")),
        ("submission-long", play.too_long),
        ("papers", acts.show_papers),
        ("own-form", play.own_form),
        ("letter-stopped", play.stopped),
        ("bundle", acts.make_bundle),
        ("bank-form-none", acts.fill_bank_form),
        ("bank-form", play.bank_form),
        ("viewer", play.view),
        ("redact", play.black_out),
        ("ways", acts.show_ways),
        ("what-if", acts.suppose),
        ("bundle-check", play.check),
        ("export", acts.export_evidence),
        ("which-case", play.which_case),
        ("findings", play.checked),
        ("add", acts.add_evidence),
        ("added", play.added),
        ("sent", acts.tell_sent),
        ("close", acts.close_case),
        ("problem-1", lambda: play.problem(0)),
        ("problem-2", lambda: play.problem(1)),
        ("problem-3", lambda: play.problem(2)),
        ("received", lambda: play.problem(3)),
        ("case-filed", lambda: play.open_at(1)),
        ("made", play.made),
        ("documents-made", lambda: play.tab(2)),
        ("document", play.opened),
        ("mail", play.mail),
        ("posted", play.posted),
        ("sent-letter", play.sent_letter),
        ("print", acts.print_papers),
        ("letter-gaps", lambda: play.paper("letter", gaps=True)),
        ("answer", play.answered),
        ("case-replied", lambda: play.after(1003)),
        ("after", play.after_tab),
        ("reply", acts.after.record_reply),
        ("rebuttal-sent", play.rebuttal_sent),
        ("credit", acts.after.add_credit),
        ("case-late-refund", lambda: play.after(1008)),
        ("after-late", play.after_tab),
    )
