"""Python's cycle collector kept on the GUI thread.

Left alone it runs in whichever thread happens to allocate, and frees Qt objects there: timers
cannot be stopped from another thread, and a widget must not die in one. So it is switched off, and
a timer of the GUI thread runs it by its own thresholds.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

_EVERY_MS: Final = 1_000


class Collector(QObject):
    """Collects cycles on the GUI thread until it is stopped; owned by the start."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    @Slot()
    def collect(self) -> None:
        """Collects the oldest generation whose threshold is passed, if any is."""
        counts = gc.get_count()
        for generation in (2, 1, 0):
            if counts[generation] > self._thresholds[generation] > 0:
                gc.collect(generation)
                return

    def stop(self) -> None:
        """Gives the collector back to the interpreter."""
        self._timer.stop()
        gc.enable()
