"""Copies on disk and on paper: save a sealed paper, an original or its copy, print a PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.gui.buttons import Act, button
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.labels import label
from disputedesk.gui.pdf_pages import Pdf, page_image
from disputedesk.gui.progress import ProgressSheet
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Evidence

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_CUT_SIDES: Final = 9.0
"""Points of a page's own white edge that may fall off the sheet: Letter on A4 loses 17 across."""

_MOST_DOTS: Final = 4960
"""Points across a page as it is drawn: A4 at 600 to the inch."""


def _write(desk: Desk, query: Callable[..., bytes], key: Any, path: Path) -> Path:
    from disputedesk.desk.targets import write_file

    write_file(path, query(desk, key))
    return path


def save_bytes(desktop: Desktop, query: Callable[..., bytes], key: object, path: str) -> JobHandle:
    """Writes what `query` gives for `key` to `path`, in a job; says so when it is done."""
    job = desktop.bridge.read(_write, query, key, Path(path))
    job.succeeded.connect(_Told(desktop, desktop.window).told)
    return job


class _Told(QObject):
    """Says that a file was saved; goes with the window."""

    def __init__(self, desktop: Desktop, parent: QObject) -> None:
        super().__init__(parent)
        self._desktop = desktop

    @Slot(object)
    def told(self, path: Path) -> None:
        """Says where the file is now."""
        self._desktop.notices.say(tr("Saved as {name}", name=path.name))
        self.deleteLater()


def ask_where(parent: QWidget, title: str, name: str, chosen: Callable[[str], object]) -> None:
    """Asks for a file to write; `chosen`, a bound slot of a living object, is told its path."""
    dialog = QFileDialog(parent, title, name)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()


def ask_folder(parent: QWidget, title: str, chosen: Callable[[str], object]) -> None:
    """Asks for a folder to write into; `chosen`, a bound slot of a living object, is told it."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly, on=True)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(chosen)
    dialog.open()


class CopySheet(Sheet):
    """Asks which of the two is saved: the redacted copy, or the original that it was made from.

    Signals:
        chosen(evidence): This one.
    """

    chosen = Signal(object)

    def __init__(self, original: Evidence, copy: Evidence, parent: QWidget) -> None:
        super().__init__(
            tr("Which copy is to be saved?"), parent,
            second=tr("Parts of this file are hidden in a redacted copy, which goes out in its "
                      "place. The original still shows them: it is for you alone."),
            width=560,
        )  # fmt: skip
        names = (
            tr("Redacted copy: {name}", name=copy.name),
            tr("Original: {name}", name=original.name),
        )
        for name in names:
            self.column.addWidget(label(name, wrap=True))
        self.column.addStretch(1)
        self.original = button(tr("The original…"), parent=self)
        self.original.clicked.connect(lambda _checked=False: self._choose(original))
        self.foot.insertWidget(0, self.original)
        self.copy = button(tr("The redacted copy…"), Act.PRIMARY, parent=self)
        self.copy.clicked.connect(lambda _checked=False: self._choose(copy))
        self.copy.setDefault(True)
        self.foot.addWidget(self.copy)
        self.copy.setFocus()

    def _choose(self, evidence: Evidence) -> None:
        self.accept()
        self.chosen.emit(evidence)


class EvidenceSaving(QObject):
    """Saves a copy of sealed bytes where the user says; lives with what shows them.

    Args:
        desktop: The way to the desk.
        evidence: What is shown.
        parent: What shows it.
        copy: The redacted copy that goes out in its place, offered first; `None` for none.
    """

    def __init__(
        self, desktop: Desktop, evidence: Evidence, parent: QWidget, *, copy: Evidence | None = None
    ) -> None:
        super().__init__(parent)
        self._desktop, self._evidence, self._parent = desktop, evidence, parent
        self._copy = copy

    @Slot()
    def ask(self) -> None:
        """Asks which where there are two, then where to."""
        if self._copy is None:
            self._ask_where(self._evidence)
            return
        sheet = CopySheet(self._evidence, self._copy, self._parent.window())
        sheet.chosen.connect(self._ask_where)
        sheet.open()

    @Slot(object)
    def _ask_where(self, evidence: Evidence) -> None:
        self._evidence = evidence
        ask_where(self._parent.window(), tr("Save a copy"), evidence.name, self.save)

    @Slot(str)
    def save(self, path: str) -> JobHandle:
        """Writes the copy in a job that can be stopped; says so when it is done."""
        from disputedesk.desk.operations.evidence_copies import save_evidence

        job = self._desktop.bridge.read(save_evidence, self._evidence.id, Path(path))
        job.succeeded.connect(_Told(self._desktop, self._desktop.window).told)
        ProgressSheet(tr("Saving a copy"), job, self._desktop.window)
        return job


class Printing(QObject):
    """Prints a PDF: asks for printer and pages, then paints each page in a job."""

    def __init__(self, desktop: Desktop, parent: QWidget) -> None:
        super().__init__(parent)
        self._desktop = desktop
        self._parent = parent
        self._pdf: Pdf | None = None
        self._printer: QPrinter | None = None

    def begin(self, pdf: Pdf, title: str) -> None:
        """Opens the printer dialog for `pdf`."""
        self._pdf = pdf
        self._printer = printer_for(pdf, title)
        self._desktop.notices.say(tr("Print at 100 %, without “fit to page”."))
        dialog = QPrintDialog(self._printer, self._parent)
        dialog.setWindowTitle(tr("Print"))
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=True)
        dialog.setMinMax(1, len(pdf.sizes))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self._print)
        dialog.setModal(True)
        dialog.show()

    @Slot()
    def _print(self) -> None:
        if self._pdf is None or self._printer is None:
            return
        job = self._desktop.bridge.read(print_pages, self._pdf, self._printer)
        job.succeeded.connect(self._printed)

    @Slot(object)
    def _printed(self, count: int) -> None:
        self._desktop.notices.say(tr("Sent to the printer"))


def printer_for(pdf: Pdf, title: str) -> QPrinter:
    """A printer set to the sheet of the first page; its margins are given up for the letter's."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(title)
    printer.setFullPage(True)
    wide, high = pdf.sizes[0]
    letter = abs(wide - 612) < 3 and abs(high - 792) < 3
    size = QPageSize.PageSizeId.Letter if letter else QPageSize.PageSizeId.A4
    printer.setPageSize(QPageSize(size))
    printer.setPageOrientation(QPageLayout.Orientation.Portrait)
    return printer


def page_range(printer: QPrinter, count: int) -> range:
    """The pages to print, from 0."""
    if printer.printRange() is QPrinter.PrintRange.PageRange and printer.fromPage() > 0:
        last = printer.toPage() or printer.fromPage()
        return range(printer.fromPage() - 1, min(last, count))
    return range(count)


def print_pages(
    desk: Desk,
    pdf: Pdf,
    printer: QPrinter,
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> int:
    """A job that paints the pages on the printer; gives how many."""
    pages = list(page_range(printer, len(pdf.sizes)))
    if not printer.supportsMultipleCopies():
        pages *= max(1, printer.copyCount())
    painter = QPainter(printer)
    try:
        for number, at in enumerate(pages):
            if cancel is not None:
                cancel.check()
            if number:
                printer.newPage()
            _paint_page(painter, pdf, at)
            progress(tr("Printing"), number + 1, len(pages))
    finally:
        painter.end()
    return len(pages)


def _paint_page(painter: QPainter, pdf: Pdf, at: int) -> None:
    """Paints one page as large as it is, so that the address stands where the window shows it.

    Only a page that the sheet would cut is made smaller: one that is higher, or much wider.
    """
    sheet = QRectF(painter.viewport())
    dots = painter.device().logicalDpiX() / 72
    wide, high = (side * dots for side in pdf.sizes[at])
    spare = _CUT_SIDES * dots
    shrink = 1.0
    if high > sheet.height() + spare or wide > sheet.width() + 2 * spare:
        shrink = min(1.0, sheet.width() / wide, sheet.height() / high)
    image = page_image(pdf.data, at, min(int(wide * shrink), _MOST_DOTS))
    painter.drawImage(QRectF(0, 0, wide * shrink, high * shrink), image)
