"""The page before "I have sent it", the answer to what was sent, and the end of a case."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.deadlines.window import ChecklistItem
from disputedesk.deadlines.words import Actor, Status
from disputedesk.desk import words
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.cases import file_step
from disputedesk.desk.queries.bundle_checks import check_document
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act
from disputedesk.gui.day_field import DayField
from disputedesk.gui.labels import Ink, label, set_ink
from disputedesk.gui.masking import GuardedLine
from disputedesk.gui.posted_sheet import PostingFields
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import DocumentId, FilingId, RuleId
from disputedesk.papers.checking.checklist import Checklist
from disputedesk.papers.lint.finding import Finding

_FILEABLE = (Status.OPEN, Status.CLOSING, Status.NOT_YET, Status.UNKNOWN, Status.CLOSED)


@dataclasses.dataclass(frozen=True, slots=True)
class Checked:
    """One line of the page before sending: what was looked at, and whether it is well.

    Attributes:
        well: `None` where only a person can look.
    """

    text: str
    well: bool | None


def can_tick(item: ChecklistItem) -> bool:
    """Whether the desk can know that a thing is there; else only a person can."""
    return bool(item.fact or item.exhibit)


def checks_before(detail: CaseDetail, *, fits: bool | None = None) -> tuple[Checked, ...]:
    """What is looked at before something is called sent.

    Args:
        detail: The case.
        fits: Whether every text is inside its limit; `None` where there is none.
    """
    open_ones = [check.item for check in detail.checks if check.item.must and not check.done]
    lacking = [item.text for item in open_ones if can_tick(item)]
    unsure = [item.text for item in open_ones if not can_tick(item)]
    lines = [Checked(tr("Still missing: {thing}", thing=text), well=False) for text in lacking]
    lines += [Checked(tr("Make sure yourself: {thing}", thing=text), well=None) for text in unsure]
    if not open_ones and detail.checks:
        lines.append(Checked(tr("Everything the step needs is there."), well=True))
    if fits is not None:
        text = tr("Every text is inside its limit.") if fits else tr("A text is too long.")
        lines.append(Checked(text, well=fits))
    lines.append(Checked(tr("No card number stands in the words: they were masked."), well=True))
    count = len(detail.exhibits)
    if count:
        text = trn("Look at the {count} exhibit yourself: readable, without a full card number?",
                   "Look at the {count} exhibits yourself: readable, without a full card number?",
                   count)  # fmt: skip
        lines.append(Checked(text, well=None))
    return tuple(lines)


def checks_of_findings(findings: Sequence[Finding]) -> tuple[Checked, ...]:
    """What was found about a paper, for the page before sending: blockers, and how much advice."""
    lines = [Checked(each.sentence, well=False) for each in findings if each.blocks]
    told = sum(not each.blocks for each in findings)
    if told:
        text = trn("{count} thing would help the paper; it goes without.",
                   "{count} things would help the paper; it goes without them.", told)  # fmt: skip
        lines.append(Checked(text, well=None))
    return tuple(lines)


def rule_for(detail: CaseDetail, form: str) -> RuleId | None:
    """The rule that a paper made from `form` serves; `None` when no way fits."""
    if form and detail.step.form == form and detail.step.rule is not None:
        return detail.step.rule
    paper = next((paper for paper in detail.papers if paper.form == form), None)
    if paper is not None and paper.rule is not None:
        return paper.rule
    avenue = paper.avenue if paper is not None else ""
    found = [step.window.rule for step in detail.plan.steps if step.window.avenue == avenue]
    return found[0] if found else None


class SentSheet(Sheet):
    """Collects what was sent, when, and under which reference."""

    def __init__(
        self,
        desktop: Desktop,
        detail: CaseDetail,
        parent: QWidget,
        *,
        rule: RuleId | None = None,
        document: DocumentId | None = None,
        checks: Sequence[Checked] = (),
    ) -> None:
        super().__init__(
            tr("Before you call it sent"), parent,
            second=tr("This starts the clock of the other side. Say it once it is really out."),
            verb=tr("I have sent it"), act=Act.SEAL, width=600, scrolls=True,
        )  # fmt: skip
        self._desktop, self._detail, self._document = desktop, detail, document
        for check in checks:
            self.column.addWidget(_check_line(check))
        self.looked = label("", ink="second", wrap=True)
        self.looked.setVisible(False)
        self.column.addWidget(self.looked)
        self.column.addWidget(label(tr("What was sent"), ink="second"))
        self.rule = QComboBox(self)
        self.rule.setAccessibleName(tr("What was sent"))
        self.rule.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for window in detail.windows:
            if window.actor is Actor.BUYER and window.status in _FILEABLE:
                avenue = words.avenue_title(window.avenue)
                text = tr("{avenue}: {title}", avenue=avenue, title=window.title)
                self.rule.addItem(text, str(window.rule))
        wanted = rule or detail.plan.next_step
        self.rule.setCurrentIndex(max(0, self.rule.findData(str(wanted or ""))))
        self.column.addWidget(self.rule)
        self.column.addWidget(label(tr("On which day"), ink="second"))
        today = desktop.bridge.today
        self.day = DayField(tr("The day it was sent"), today, today, self)
        self.column.addWidget(self.day)
        self.column.addWidget(label(tr("Reference, if they gave one"), ink="second"))
        self.reference = GuardedLine(tr("Reference, if they gave one"), tr("case number, receipt"))
        self.column.addWidget(self.reference)
        self.posting = PostingFields(detail.exhibits, self)
        self.posting.setVisible(document is not None)
        self.column.addWidget(self.posting)
        self.column.addStretch(1)
        self.day.changed.connect(self._check)
        self._check()

    def check_bundle(self, document: DocumentId) -> None:
        """Looks at the bundle that is called sent, and says how it stands with it."""
        self.looked.setText(tr("The bundle is being checked…"))
        self.looked.setVisible(True)
        job = self._desktop.bridge.read(check_document, document)
        job.succeeded.connect(self._looked_at)
        self.finished.connect(job.cancel)

    @Slot(object)
    def _looked_at(self, checklist: Checklist) -> None:
        names = "; ".join(point.name for point in checklist.failed)
        text = (
            tr("The bundle is not in order: {points}. “Check this bundle” says more.", points=names)
            if names
            else tr("The bundle was checked: nothing is wrong.")
        )
        self.looked.setText(("◆ " if names else "✓ ") + text)
        set_ink(self.looked, "urgent" if names else "open")

    @Slot()
    def _check(self) -> None:
        if self.rule.count() == 0:
            self.block(tr("There is no way to send anything yet: answer the questions first."))
        elif self.day.day is None:
            self.block(self.day.fault or tr("Write the day it was sent."))
        elif self.day.day > self._desktop.bridge.today:
            self.block(tr("This day has not come yet."))
        else:
            self.block("")

    def accept(self) -> None:
        """Records the filing; closes once it is kept."""
        if self.accept_button is None or not self.accept_button.isEnabled():
            return
        day = self.day.day
        if day is None:
            return
        self.accept_button.setEnabled(False)
        job = self._desktop.bridge.run(
            file_step, self._detail.case.id, rule=RuleId(str(self.rule.currentData())), on=day,
            reference=self.reference.text, document_id=self._document,
        )  # fmt: skip
        job.succeeded.connect(self._filed)
        job.failed.connect(self._check)

    @Slot(object)
    def _filed(self, outcome: Outcome[FilingId]) -> None:
        day = self.day.day
        if self._document is None or day is None:
            super().accept()
            return
        job = self.posting.keep(self._desktop.bridge, self._document, day, outcome.value)
        job.finished.connect(self._posted)

    @Slot()
    def _posted(self) -> None:
        super().accept()


def _check_line(check: Checked) -> QWidget:
    signs: dict[bool | None, tuple[str, Ink]] = {
        True: ("✓", "open"), False: ("◆", "urgent"), None: ("▲", "soon"),
    }  # fmt: skip
    sign, ink = signs[check.well]
    return label(f"{sign} {check.text}", ink=ink, wrap=True)
