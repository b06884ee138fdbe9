"""Opens the command line or the desktop; the only place that knows both."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from disputedesk.cli.main import main as run_commands
from disputedesk.cli.session import Desktop, Session
from disputedesk.common.errors import DeskError


def main() -> int:
    """Runs the program and gives its exit code."""
    return run_commands(sys.argv[1:], desktop=Desktop(_problem, _open, _take_picture))


def _problem() -> str:
    """Why no window can be shown here, in a sentence; empty when one can."""
    from disputedesk.gui.platform import require_screen

    try:
        require_screen(os.environ)
    except DeskError as error:
        return str(error)
    return ""


def _open(session: Session) -> int:
    from disputedesk.gui.app import open_desktop

    return open_desktop(session.folder, clock=session.clock)


def _take_picture(session: Session) -> Path:
    from disputedesk.gui.pictures import take_one

    return take_one(session.folder, session.folder / "desktop.png", clock=session.clock)


if __name__ == "__main__":
    sys.exit(main())
