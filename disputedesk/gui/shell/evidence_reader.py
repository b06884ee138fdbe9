"""Evidence read in the background: after it came, and at the start what was left unread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Slot

from disputedesk.gui.bridge import Bridge
from disputedesk.gui.jobs import JobHandle

if TYPE_CHECKING:
    from disputedesk.desk.changes import Changes, Outcome
    from disputedesk.desk.operations.reading import ReadNews

LOOK_AFTER_MS: Final = 4_000
"""Screens and rules come first."""
_SOON_MS: Final = 300
_AT_ONCE: Final = 4
"""Files of one round; between rounds screens learn what was found."""


class EvidenceReader(QObject):
    """Reads what nobody has read yet, a few files at a time; owned by the window.

    It lives on the GUI thread; the reading goes on behind everything else and stops when the desk
    closes. What was not finished is read with the next start.
    """

    def __init__(self, bridge: Bridge, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._handle: JobHandle | None = None
        self._again = False
        self._resting = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.look)
        bridge.changed.connect(self._changed)

    def look_soon(self) -> None:
        """Begins once the first screen is there."""
        self._soon.start(LOOK_AFTER_MS)

    def rest(self) -> None:
        """Begins nothing any more, and stops what goes on: the desk is closing."""
        self._resting = True
        self._soon.stop()
        if self._handle is not None and not self._handle.is_over:
            self._handle.cancel()

    @Slot()
    def look(self) -> None:
        """Reads a round; one that goes on already is followed by another."""
        if self._resting or self._bridge.desk.read_only:
            return
        if self._handle is not None and not self._handle.is_over:
            self._again = True
            return
        from disputedesk.desk.operations.reading import read_new_evidence

        self._again = False
        self._handle = self._bridge.run_behind(self, read_new_evidence, most=_AT_ONCE)
        self._handle.succeeded.connect(self._read)

    @Slot(object, object)
    def _changed(self, changes: Changes, initiator: object) -> None:
        """Something came, unless it is what this reader itself told."""
        if initiator is not self and (changes.evidence or changes.everything):
            self._soon.start(_SOON_MS)

    @Slot(object)
    def _read(self, outcome: Outcome[ReadNews]) -> None:
        if (not outcome.value.is_whole or self._again) and not self._resting:
            self._soon.start(_SOON_MS)
