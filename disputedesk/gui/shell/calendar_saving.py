"""What closes next as a calendar file, for the calendar that a person looks at anyway."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QFileDialog

from disputedesk.common.texts import tr
from disputedesk.gui.rooms import Desktop

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk


def _write(desk: Desk, path: Path) -> Path:
    from disputedesk.desk.operations.papers import save_calendar
    from disputedesk.desk.queries.today import due

    save_calendar(desk, path, due(desk))
    return path


class CalendarSaving(QObject):
    """Asks where, writes the clocks as a calendar file in a job, and says so."""

    def __init__(self, desktop: Desktop) -> None:
        super().__init__(desktop.window)
        self._desktop = desktop

    @Slot()
    def ask(self) -> None:
        """Asks for the file."""
        title = tr("Save what closes next as a calendar file")
        dialog = QFileDialog(self._desktop.window, title, "disputedesk.ics", "iCalendar (*.ics)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("ics")
        dialog.fileSelected.connect(self.save)
        dialog.open()

    @Slot(str)
    def save(self, path: str) -> None:
        """Writes the file; an error is told where every job's errors are."""
        self._desktop.bridge.read(_write, Path(path)).succeeded.connect(self._told)

    @Slot(object)
    def _told(self, path: Path) -> None:
        self._desktop.notices.say(
            tr("Saved as {name}. Imported again later, it moves its events.", name=path.name)
        )
