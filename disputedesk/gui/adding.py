"""What somebody gives to be kept – files, folders, a picture, words – and the way it is kept."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.desk.changes import Outcome
from disputedesk.desk.operations.evidence import Added, PastedImage, PastedText, add_files
from disputedesk.desk.operations.evidence import Source as EvidenceSource
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.gui.added_sheet import AddedSheet, needs_telling
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
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
    """Adds exhibits to a case with progress; lives with the view that was given them.

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
            self._desktop.notices.say(nothing_given())
            return
        job = self._desktop.bridge.run(add_sources, case, given, kind)
        job.succeeded.connect(self._added)
        ProgressSheet(tr("Keeping exhibits"), job, self._desktop.window)

    @Slot(object)
    def _added(self, outcome: Outcome[Added]) -> None:
        self.added.emit()
        if needs_telling(outcome.value):
            AddedSheet(outcome.value, self._desktop.window).open()


def nothing_given() -> str:
    """The sentence for a clipboard that holds nothing of use."""
    return tr("There is no picture, no file and no text in the clipboard.")
