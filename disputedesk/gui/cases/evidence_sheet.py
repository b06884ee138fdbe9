"""Adding exhibits: what is wanted and why, by dialog, drop or clipboard; nothing is moved."""

from __future__ import annotations

import dataclasses
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
    QUrl,
    Signal,
    Slot,
)
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage, QImageWriter
from PySide6.QtWidgets import QFileDialog, QWidget

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.evidence import Added, PastedImage, PastedText, add_files
from disputedesk.desk.operations.evidence import Source as EvidenceSource
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.views import CaseDetail
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.cases.added_sheet import AddedSheet, needs_telling
from disputedesk.gui.labels import label
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.evidence import Way
from disputedesk.model.ids import CaseId

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

Source = Path | QImage | str
"""A file or folder, a picture, or a text."""


@dataclasses.dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave to be kept, and in which way; empty when there is nothing to keep."""

    sources: tuple[Source, ...]
    way: Way

    def __bool__(self) -> bool:
        """Whether there is anything to keep."""
        return bool(self.sources)


def add_sources(
    desk: Desk,
    case_id: CaseId,
    given: Given,
    kind: str = "",
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Outcome[Added]:
    """Keeps files, folders, pasted pictures and texts as exhibits of one kind, if it is known."""
    ready: list[EvidenceSource] = []
    for source in given.sources:
        if cancel is not None:
            cancel.check()
        if isinstance(source, QImage):
            ready.append(PastedImage(png_of(source), desk.clock.now()))
        elif isinstance(source, str):
            ready.append(PastedText(source, desk.clock.now()))
        else:
            ready.append(source)
    outcome = add_files(
        desk, case_id, ready, way=given.way, folders=True, progress=progress, cancel=cancel
    )
    changes = outcome.changes
    if kind:
        for line in outcome.value.lines:
            if line.exhibit is not None and not line.mail:
                changes |= set_exhibit(desk, line.exhibit, kind=kind).changes
    return Outcome(outcome.value, changes, outcome.undo, outcome.said)


def png_of(image: QImage) -> bytes:
    """A picture as PNG bytes."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    buffer.close()
    return bytes(data.data())


def dropped(data: QMimeData) -> Given:
    """What of a drop can be an exhibit: local files and folders, or a picture."""
    return Given(_files_of(data.urls()) or _picture_of(data), Way.DROP)


def pasted(data: QMimeData | None) -> Given:
    """What of the clipboard can be an exhibit: files, a picture, or words.

    Qt gives `None` for a clipboard that was emptied, whatever its annotations say.
    """
    if data is None:
        return Given((), Way.PASTE)
    urls = data.urls() or _named_in(data.text())
    return Given(_files_of(urls) or _picture_of(data) or _words_of(data), Way.PASTE)


def _files_of(urls: Sequence[QUrl]) -> tuple[Path, ...]:
    """The files of this machine; one on another machine is not fetched."""
    here = [url for url in urls if url.isLocalFile() and url.host() in ("", "localhost")]
    return tuple(Path(url.path() if url.host() else url.toLocalFile()) for url in here)


def _named_in(text: str) -> list[QUrl]:
    """The files a copied text names, if it names nothing else."""
    lines = text.split()
    if not lines or not all(line.startswith("file:///") for line in lines):
        return []
    return [QUrl(line) for line in lines]


def _picture_of(data: QMimeData) -> tuple[QImage, ...]:
    image = data.imageData() if data.hasImage() else None
    return (image,) if isinstance(image, QImage) and not image.isNull() else ()


def _words_of(data: QMimeData) -> tuple[str, ...]:
    return (data.text(),) if data.hasText() and data.text().strip() else ()


class Adding(QObject):
    """Adds exhibits to a case with progress; lives with the workspace.

    Signals:
        added(): They are there.
    """

    added = Signal()

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop = desktop

    def add(self, case: CaseId, given: Given, kind: str = "") -> None:
        """Keeps what was given as exhibits of the case."""
        if not given:
            self._desktop.notices.say(_nothing())
            return
        job = self._desktop.bridge.run(add_sources, case, given, kind)
        job.succeeded.connect(self._added)
        ProgressSheet(tr("Keeping exhibits"), job, self._desktop.window)

    @Slot(object)
    def _added(self, outcome: Outcome[Added]) -> None:
        self.added.emit()
        if needs_telling(outcome.value):
            AddedSheet(outcome.value, self._desktop.window).open()


def _nothing() -> str:
    return tr("There is no picture, no file and no text in the clipboard.")


class EvidenceSheet(Sheet):
    """Says what is wanted and takes it.

    Signals:
        given(given, kind): This is to be kept: a `Given`.
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
        hint = tr(
            "Choose files, drop files or folders here, or paste a screenshot or a text with "
            "Ctrl+V. A mail brings the files it carries."
        )
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
        self._give(Given(tuple(Path(name) for name in names), Way.FILE))

    @Slot()
    def _paste(self) -> None:
        self._give(pasted(QGuiApplication.clipboard().mimeData()))

    def _give(self, given: Given) -> None:
        if given:
            self.given.emit(given, self._kind)
            self.accept()
        else:
            self.reason.setText(_nothing())
            self.reason.setVisible(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Takes files, folders and pictures."""
        if dropped(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Takes what was dropped; the originals stay where they are."""
        given = dropped(event.mimeData())
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        QTimer.singleShot(0, self, lambda: self._give(given))
