"""The menu of evidence: what can be done with it from every room, and what checks it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QMenu

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.gui.findings_sheet import FindingsSheet
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import ActOnCase, CaseAct, CheckBundle, Desktop, FindEvidence
from disputedesk.gui.shell.menus import Menus

if TYPE_CHECKING:
    from disputedesk.common.finding import Finding
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.operations.care import Verification


def _verify(
    desk: Desk, *, progress: Progress = no_progress, cancel: CancelToken | None = None
) -> Verification:
    from disputedesk.desk.operations.care import verify

    return verify(desk, progress=progress, cancel=cancel)


def _check_export(
    _desk: Desk, target: Path, *, progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> tuple[Finding, ...]:  # fmt: skip
    from disputedesk.desk.operations.exporting import check_export

    return check_export(target, progress=progress, cancel=cancel)


class EvidenceMenu(QObject):
    """Stands in the menu `above` with what somebody can answer; goes with the window."""

    def __init__(self, desktop: Desktop, menus: Menus, above: QMenu) -> None:
        super().__init__(desktop.window)
        self._desktop = desktop
        self._export = Path()
        self._fill(menus, above.addMenu(tr("Evidence")))

    def _fill(self, menus: Menus, menu: QMenu) -> None:
        can, ask = self._desktop.can, self._desktop.ask
        if can(FindEvidence):
            menus.add(menu, tr("Search the evidence"), lambda: ask(FindEvidence()), "Ctrl+Shift+F")
        acts = (
            (tr("Add evidence to a case…"), CaseAct.ADD),
            (tr("Bundle for a destination…"), CaseAct.BUNDLE),
            (tr("Export the evidence…"), CaseAct.EXPORT),
            (tr("Fill in the bank's own form…"), CaseAct.BANK_FORM),
        )
        for text, act in acts if can(ActOnCase) else ():
            menus.add(menu, text, functools.partial(ask, ActOnCase(act)))
        menu.addSeparator()
        if can(CheckBundle):
            menus.add(menu, tr("Check a bundle…"), lambda: ask(CheckBundle()))
        menus.add(menu, tr("Check exported evidence…"), self.choose_export)
        menus.add(menu, tr("Check everything that is kept…"), self.verify)

    @Slot()
    def verify(self) -> None:
        """Compares every kept file with what was sealed."""
        job = self._desktop.bridge.read(_verify)
        job.succeeded.connect(self._verified)
        ProgressSheet(tr("Checking everything that is kept"), job, self._desktop.window)

    @Slot(object)
    def _verified(self, answer: Verification) -> None:
        checked = ", ".join(
            tr("{name}: {count}", name=name, count=count) for name, count in answer.checked
        )
        title = tr("Is everything as it was kept?")
        FindingsSheet(title, answer.findings, checked, self._desktop.window).open()

    @Slot()
    def choose_export(self) -> None:
        """Asks for an export; a folder is named by the file bagit.txt in it."""
        dialog = QFileDialog(
            self._desktop.window, tr("Choose the ZIP file, or bagit.txt in the exported folder"),
            "", tr("Exported evidence (*.zip bagit.txt)"),
        )  # fmt: skip
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.check_export)
        dialog.open()

    @Slot(str)
    def check_export(self, name: str) -> None:
        """Compares the files of an export with its own list."""
        path = Path(name)
        self._export = path.parent if path.name == "bagit.txt" else path
        job = self._desktop.bridge.read(_check_export, self._export)
        job.succeeded.connect(self._export_checked)
        ProgressSheet(tr("Checking exported evidence"), job, self._desktop.window)

    @Slot(object)
    def _export_checked(self, findings: tuple[Finding, ...]) -> None:
        title = tr("Is the export as it was made?")
        FindingsSheet(title, findings, self._export.name, self._desktop.window).open()
