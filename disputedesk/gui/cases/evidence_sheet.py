"""Adding exhibits: what is wanted and why, by dialog, drop or clipboard; nothing is moved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QBuffer,
    QByteArray,
    QIODevice,
    QMimeData,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.evidence import PastedImage, add_evidence
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.labels import label
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.ids import CaseId, ExhibitId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

Source = Path | QImage


def add_sources(
    desk: Desk,
    case_id: CaseId,
    sources: Sequence[Source],
    kind: str = "",
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[tuple[ExhibitId, ...]]:
    """Keeps files and pasted pictures as exhibits of one kind, if it is known.

    Raises:
        Refused: One of them is no plain file; nothing was added.
    """
    ready: list[Path | PastedImage] = []
    for source in sources:
        if cancel is not None:
            cancel.check()
        if isinstance(source, QImage):
            ready.append(PastedImage(png_of(source), desk.clock.now()))
        else:
            ready.append(source)
    outcome = add_evidence(desk, case_id, ready, progress=progress, cancel=cancel)
    changes = outcome.changes
    if kind:
        for exhibit in outcome.value:
            changes |= set_exhibit(desk, exhibit, kind=kind).changes
    return Outcome(outcome.value, changes, outcome.undo, outcome.said)


def png_of(image: QImage) -> bytes:
    """A picture as PNG bytes."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(data.data())


def sources_of(data: QMimeData) -> tuple[Source, ...]:
    """What of a drop or the clipboard can be an exhibit: local files, or a picture."""
    paths = tuple(Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    if paths:
        return paths
    if data.hasImage():
        image = data.imageData()
        if isinstance(image, QImage) and not image.isNull():
            return (image,)
    return ()


class Adding(QObject):
    """Adds exhibits to a case with progress; lives with the workspace.

    Signals:
        added(): They are there.
    """

    added = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop = desktop

    def add(self, case: CaseId, sources: Sequence[Source], kind: str = "") -> None:
        """Keeps `sources` as exhibits of the case."""
        if not sources:
            self._desktop.notices.say(tr("There is no picture and no file in the clipboard."))
            return
        job = self._desktop.bridge.run(add_sources, case, tuple(sources), kind)
        job.succeeded.connect(self._added)
        ProgressSheet(tr("Keeping exhibits"), job, self._desktop.window)

    @Slot(object)
    def _added(self, outcome: object) -> None:
        self.added.emit()


class EvidenceSheet(Sheet):
    """Says what is wanted and takes it.

    Signals:
        given(sources, kind): These are to be kept.
    """

    given = Signal(object, str)

    def __init__(self, detail: CaseDetail, kind: str, parent: QWidget) -> None:
        wanted = [c.item for c in detail.checks if not c.done and c.item.exhibit]
        wanted = [item for item in wanted if not kind or item.exhibit == kind] or wanted
        super().__init__(
            tr("Add exhibits"), parent,
            second=tr("They are copied and sealed here; the originals stay where they are."),
            width=560,
        )  # fmt: skip
        self._kind = kind
        self.setAcceptDrops(True)
        if wanted:
            self.column.addWidget(label(tr("What is wanted"), strong=True))
        for item in wanted:
            sign = "◆" if item.must else "◇"
            self.column.addWidget(label(f"{sign} {item.text}", wrap=True))
        hint = tr("Choose files, drop them here, or paste a screenshot with Ctrl+V.")
        self.column.addWidget(label(hint, ink="second", wrap=True))
        self.column.addStretch(1)
        choose = button(tr("Choose files…"), Act.PRIMARY, icon="attach", parent=self)
        choose.clicked.connect(self._choose)
        choose.setDefault(True)
        paste = button(tr("Paste"), parent=self)
        paste.setShortcut("Ctrl+V")
        paste.clicked.connect(self._paste)
        self.foot.insertWidget(0, paste)
        self.foot.addWidget(choose)

    @Slot()
    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self._give(tuple(Path(name) for name in names))

    @Slot()
    def _paste(self) -> None:
        self._give(sources_of(QGuiApplication.clipboard().mimeData()))

    def _give(self, sources: tuple[Source, ...]) -> None:
        if sources:
            self.given.emit(sources, self._kind)
            self.accept()
        else:
            self.reason.setText(tr("There is no picture and no file in the clipboard."))
            self.reason.setVisible(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files and pictures."""
        if event.mimeData().hasUrls() or event.mimeData().hasImage():
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what was dropped; the originals stay where they are."""
        sources = sources_of(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self._give(sources))
