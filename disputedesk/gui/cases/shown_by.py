"""What shows a thing that is told: an exhibit that is there, or a file that becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QWidget

from disputedesk.common.texts import tr
from disputedesk.gui import tokens
from disputedesk.gui.buttons import button
from disputedesk.gui.cases.exhibit_strip import title_of
from disputedesk.model.case import Exhibit
from disputedesk.model.ids import ExhibitId

_SHORT = 24


class ShownBy(QWidget):
    """A list of the exhibits, and a button for a file.

    Signals:
        changed(): Something else was chosen.
    """

    changed = Signal()

    def __init__(
        self,
        name: str,
        exhibits: Sequence[Exhibit],
        parent: QWidget | None = None,
        *,
        chosen: ExhibitId | None = None,
    ) -> None:
        super().__init__(parent)
        self._files: tuple[Path, ...] = ()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.GAP)
        self.list = QComboBox(self)
        self.list.setAccessibleName(name)
        self.list.setMinimumContentsLength(_SHORT)
        self.list.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.list.addItem(tr("No paper yet"), 0)
        for exhibit in exhibits:
            if exhibit.withdrawn_at is None:
                text = tr("Exhibit {number}: {name}", number=exhibit.number,
                          name=title_of(exhibit))  # fmt: skip
                self.list.addItem(text, int(exhibit.id))
        self.list.setCurrentIndex(max(0, self.list.findData(int(chosen or 0))))
        self.list.activated.connect(self._take_exhibit)
        row.addWidget(self.list, 1)
        self.choose = button(tr("Choose a file…"), icon="attach", parent=self)
        self.choose.clicked.connect(self._ask)
        row.addWidget(self.choose)

    @property
    def exhibit(self) -> ExhibitId | None:
        """The exhibit that was chosen; `None` for a file or nothing."""
        number = int(self.list.currentData() or 0)
        return ExhibitId(number) if number > 0 else None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that were chosen; they are no exhibits yet."""
        return self._files if int(self.list.currentData() or 0) < 0 else ()

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Choose files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._chosen)
        dialog.open()

    @Slot(list)
    def _chosen(self, names: list[str]) -> None:
        self.take(tuple(Path(name) for name in names))

    def take(self, files: tuple[Path, ...]) -> None:
        """Takes files as what shows it."""
        if not files:
            return
        self._files = files
        old = self.list.findData(-1)
        if old >= 0:
            self.list.removeItem(old)
        self.list.insertItem(1, ", ".join(path.name for path in files), -1)
        self.list.setCurrentIndex(1)
        self.changed.emit()

    @Slot()
    def _take_exhibit(self) -> None:
        self.changed.emit()
