"""The plain viewer: an exhibit's original as a picture, as pages or as text, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QFontDatabase, QPixmap
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QScrollArea, QWidget

from disputedesk.common.texts import day_text, tr
from disputedesk.desk import words
from disputedesk.gui.buttons import button
from disputedesk.gui.cases.pages import PageView
from disputedesk.gui.cases.pictures import Seen, original
from disputedesk.gui.cases.saving import save_bytes
from disputedesk.gui.labels import label
from disputedesk.gui.rooms import Desktop
from disputedesk.gui.sheet import Sheet
from disputedesk.model.case import Exhibit

_SIDE = 1600


class ViewerSheet(Sheet):
    """Shows one original; reads it in a job."""

    def __init__(self, desktop: Desktop, exhibit: Exhibit, parent: QWidget) -> None:
        evidence = exhibit.evidence
        second = tr("{name} · sealed {day}", name=evidence.name,
                    day=words.moment_text(evidence.added_at))  # fmt: skip
        title = exhibit.caption or evidence.name
        super().__init__(
            tr("Exhibit {number}: {title}", number=exhibit.number, title=title), parent,
            second=second, width=860,
        )  # fmt: skip
        self._desktop, self._exhibit = desktop, exhibit
        self._waiting = label(tr("Opening…"), ink="mute")
        self.column.addWidget(self._waiting)
        save = button(tr("Save a copy…"), parent=self)
        save.clicked.connect(self._save)
        self.foot.insertWidget(0, save)
        if evidence.captured_at is not None:
            made = tr("made {day}", day=day_text(evidence.captured_at.date()))
            self.foot.insertWidget(1, label(made, ink="mute"))
        self.setMinimumHeight(560)
        desktop.bridge.read(original, exhibit, _SIDE).succeeded.connect(self._show)

    @Slot(object)
    def _show(self, seen: Seen) -> None:
        self._waiting.hide()
        if seen.image is not None:
            area = QScrollArea(self)
            area.setAccessibleName(tr("The picture"))
            picture = label()
            picture.setAccessibleName(self._exhibit.caption or self._exhibit.evidence.name)
            picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
            picture.setPixmap(QPixmap.fromImage(seen.image).scaledToWidth(
                min(seen.image.width(), 780), Qt.TransformationMode.SmoothTransformation,
            ))  # fmt: skip
            area.setWidget(picture)
            area.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self.column.addWidget(area, 1)
        elif seen.pdf is not None:
            pages = PageView(self._desktop.bridge, self)
            pages.set_pdf(seen.pdf)
            self.column.addWidget(pages, 1)
        elif seen.text:
            text = QPlainTextEdit(self)
            text.setAccessibleName(tr("The words of the file"))
            text.setReadOnly(True)
            text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
            text.setPlainText(seen.text)
            self.column.addWidget(text, 1)
        else:
            words_ = tr("This kind of file is kept, but not shown here. Save a copy to open it.")
            self.column.addWidget(label(words_, wrap=True))
            self.column.addStretch(1)

    @Slot()
    def _save(self) -> None:
        dialog = QFileDialog(self, tr("Save a copy"), self._exhibit.evidence.name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._save_to)
        dialog.open()

    @Slot(str)
    def _save_to(self, path: str) -> None:
        from disputedesk.desk.queries.evidence import exhibit_bytes

        save_bytes(self._desktop, exhibit_bytes, self._exhibit.id, path)
