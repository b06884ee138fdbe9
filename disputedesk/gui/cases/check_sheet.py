"""What the eighteen points say of a sealed bundle, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from disputedesk.common.texts import mark, tr, trn
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.queries.bundle_checks import check_bundles, check_document
from disputedesk.gui import tokens
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import Ink, label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.gui.tokens import Type
from disputedesk.model.case import Document
from disputedesk.papers.checking.checklist import Checklist
from disputedesk.papers.checking.point import Point, Verdict

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_SIGNS: Final[dict[Verdict, tuple[str, Ink, str]]] = {
    Verdict.FAILED: ("◆", "urgent", mark("Wrong")),
    Verdict.UNKNOWN: ("◇", "soon", mark("Not known")),
    Verdict.PASSED: ("✓", "open", mark("Well")),
    Verdict.NOT_APPLICABLE: ("–", "mute", mark("Does not apply here")),
}
"""Sign, colour and heading of each verdict, the gravest first."""


class CheckSheet(Sheet):
    """A bundle's points, what is wrong first; looked at anew each time it is opened."""

    def __init__(self, desktop: Desktop, bundle: Document | Path, parent: QWidget) -> None:
        name = bundle.name if isinstance(bundle, Path) else bundle.title
        super().__init__(tr("Is this bundle what it should be?"), parent, second=name, width=640)
        self.said = label(tr("Looking at every page…"), strong=True, wrap=True)
        self.column.addWidget(self.said)
        self._bar = QProgressBar(self)
        self._bar.setRange(0, 0)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Looking at every page…"))
        self.column.addWidget(self._bar)
        self.area = QScrollArea(self)
        self.area.setAccessibleName(tr("The points and what was found"))
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.addWidget(self.area, 1)
        self.prefer_height(560)
        self._job: JobHandle = (
            desktop.bridge.read(_check_file, bundle)
            if isinstance(bundle, Path)
            else desktop.bridge.read(check_document, bundle.id)
        )
        self._job.succeeded.connect(self.show_checklist)
        self._job.failed.connect(self._not_looked)

    @Slot(object)
    def show_checklist(self, checklist: Checklist) -> None:
        """Shows the points, the gravest first."""
        self._bar.hide()
        self.said.setText(summary_of(checklist))
        body = QWidget(self.area)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, tokens.GAP, 0)
        column.setSpacing(2)
        for verdict, (sign, ink, heading) in _SIGNS.items():
            points = [point for point in checklist.points if point.verdict is verdict]
            if points:
                column.addSpacing(tokens.GAP)
                column.addWidget(label(tr(heading), strong=True, ink="second"))
            for line in _lines(points, sign, ink):
                column.addWidget(line)
        column.addStretch(1)
        self.area.setWidget(body)

    @Slot(object)
    def _not_looked(self, _error: object) -> None:
        self._bar.hide()
        self.said.setText(tr("The bundle could not be looked at."))

    def done(self, result: int) -> None:
        """Closes; a look that goes on is stopped."""
        self._job.cancel()
        super().done(result)


class BundleChoice(QObject):
    """Asks for the file of a bundle, one of ours or anybody's; goes with the window."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop.window)
        self._desktop = desktop

    def ask(self) -> None:
        """Asks for the file."""
        dialog = QFileDialog(
            self._desktop.window, tr("Choose the bundle to check"), "", tr("Bundles (*.pdf)")
        )
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.check)
        dialog.open()

    @Slot(str)
    def check(self, name: str) -> None:
        """Shows the points of this file."""
        CheckSheet(self._desktop, Path(name), self._desktop.window).open()


def _check_file(
    _desk: Desk, path: Path, *, progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Checklist:  # fmt: skip
    (checklist,) = check_bundles([path], progress=progress, cancel=cancel)
    return checklist


def summary_of(checklist: Checklist) -> str:
    """How it stands with a bundle, in one sentence."""
    wrong = len(checklist.failed)
    if wrong:
        return trn("{count} of 18 points is wrong.", "{count} of 18 points are wrong.", wrong)
    passed = sum(point.verdict is Verdict.PASSED for point in checklist.points)
    return trn("Nothing is wrong: {count} point is well.",
               "Nothing is wrong: {count} points are well.", passed)  # fmt: skip


def _lines(points: list[Point], sign: str, ink: Ink) -> Iterator[QWidget]:
    """Each point, and beneath it what was found and what to do."""
    for point in points:
        yield label(f"{sign} {point.number}. {point.name}", ink=ink, wrap=True)
        told = [*point.findings, *([point.remedy] if point.remedy else [])]
        for text in told:
            line = label(text, ink="second", size=Type.SMALL, wrap=True)
            line.setContentsMargins(tokens.GAP_ROOM, 0, 0, 0)
            yield line
