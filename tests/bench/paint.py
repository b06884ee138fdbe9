"""One start of the desktop, or of a bare window, that ends when it is painted or at rest.

Run as a process of its own: `python -m tests.bench.paint {frame|list|bare} [DESK]`. Prints the peak
of its memory in KiB.
"""

from __future__ import annotations

import os
import resource
import sys


def end() -> None:
    """Ends at once: tearing down is not part of a start."""
    sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")
    sys.stdout.flush()
    os._exit(0)


def bare() -> None:
    """The floor: a window with nothing in it."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        def paintEvent(self, event):
            super().paintEvent(event)
            end()

    app = QApplication([])
    window = Window()
    window.resize(1280, 800)
    window.show()
    app.exec()


def desktop(until: str, desk: str) -> None:
    """The program itself, by the road `disputedesk --desk DESK` takes."""
    from pathlib import Path

    from disputedesk.common.clock import FixedClock
    from disputedesk.gui import app
    from disputedesk.gui.platform import require_screen
    from tests.bench.moment import TODAY

    require_screen(os.environ)
    from disputedesk.gui.program import Program
    from disputedesk.gui.shell.main_window import MainWindow

    def painted(self, event):
        plain(self, event)
        if until == "frame":
            end()
        elif not waiting:
            waiting.append(self)
            look()

    def look():
        from PySide6.QtCore import QTimer

        window = waiting[0]
        quiet = bool(window._views) and window._bridge.runner.running == 0
        calm[0] = calm[0] + 1 if quiet else 0
        if calm[0] >= 3:
            end()
        QTimer.singleShot(1, look)

    plain = MainWindow.paintEvent
    waiting: list[MainWindow] = []
    calm = [0]
    MainWindow.paintEvent = painted
    assert Program is not None
    app.open_desktop(Path(desk), clock=FixedClock.on(TODAY))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    if sys.argv[1] == "bare":
        bare()
    else:
        desktop(sys.argv[1], sys.argv[2])
