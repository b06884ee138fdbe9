"""Before you send: what stops a paper, what would help it, and the way to mend each."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from disputedesk.common.texts import tr, trn
from disputedesk.gui import tokens
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.tokens import Type
from disputedesk.papers.lint.finding import Finding, Goto, standing

_ELSEWHERE = frozenset({"missing"})
"""Rules whose findings are shown as questions beside the panel."""
_MOST = 12
"""So many lines of advice are shown; nobody reads more."""


class LintPanel(QWidget):
    """The findings of one paper: blockers with their way out, advice below.

    Attributes:
        anyway: Rules whose blockers somebody overrides.

    Signals:
        place_wanted(place): Somebody goes where a finding is mended.
        overridden(): What is overridden has changed; see `anyway`.
    """

    place_wanted = Signal(object)
    overridden = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.findings: tuple[Finding, ...] = ()
        self.anyway: frozenset[str] = frozenset()
        self._ways = True
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._body = QWidget(self)
        self._column.addWidget(self._body)
        self.setVisible(False)

    @property
    def stops(self) -> tuple[Finding, ...]:
        """The blockers that stand and are not overridden."""
        return standing(self.findings, self.anyway)

    def show_findings(self, findings: Sequence[Finding], *, ways: bool = True) -> None:
        """Shows what was found; what was overridden stays so while it is found.

        Args:
            findings: All of it, blockers first.
            ways: Whether each has its way to where it is mended.
        """
        self._ways = ways
        self.findings = tuple(findings)
        self.anyway &= frozenset(each.rule for each in findings if not each.final)
        old, self._body = self._body, QWidget(self)
        self._column.replaceWidget(old, self._body)
        old.hide()
        old.deleteLater()
        column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(tokens.GAP_CHIP)
        shown = [each for each in self.findings if each.rule not in _ELSEWHERE]
        blockers = [each for each in shown if each.blocks]
        told = [each for each in shown if not each.blocks]
        column.addWidget(label(tr("Before you send"), strong=True))
        for each in blockers:
            self._add(column, each)
        if told:
            text = trn("{count} thing would help", "{count} things would help", len(told))
            column.addWidget(label(text, ink="second", strong=True, size=Type.SMALL))
        for each in told[:_MOST]:
            self._add(column, each)
        if not shown:
            column.addWidget(label(tr("✓ Nothing was found that stops or weakens it."),
                                   ink="open", wrap=True))  # fmt: skip
        self.setVisible(True)
        self._body.show()

    def _add(self, column: QVBoxLayout, finding: Finding) -> None:
        sign = "◆" if finding.blocks else "◇"
        ink: Ink = "urgent" if finding.blocks else "second"
        text = f"{sign} {finding.sentence}"
        column.addWidget(label(text, ink=ink, wrap=True, selectable=True))
        row = QHBoxLayout()
        row.setSpacing(tokens.GAP)
        row.addWidget(label(finding.remedy, ink="mute", size=Type.SMALL, wrap=True), 1)
        if self._ways and finding.place.goto is not Goto.FORM:
            go = button(tr("Go there"), Act.LINK, parent=self._body)
            go.setAccessibleName(tr("Go there: {place}", place=finding.place.text))
            go.clicked.connect(lambda _checked=False: self.place_wanted.emit(finding.place))
            row.addWidget(go)
        column.addLayout(row)
        if self._ways and finding.blocks and not finding.final:
            box = QCheckBox(tr("I have looked: make it anyway"), self._body)
            box.setAccessibleName(tr("Make it anyway: {what}", what=finding.sentence))
            box.setChecked(finding.rule in self.anyway)
            box.toggled.connect(lambda on, rule=finding.rule: self._override(rule, on=on))
            column.addWidget(box)

    def _override(self, rule: str, *, on: bool) -> None:
        self.anyway = self.anyway | {rule} if on else self.anyway - {rule}
        self.overridden.emit()
