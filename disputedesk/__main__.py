"""Opens the command line or the desktop; the only place that knows both."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from disputedesk.cli.session import Session


def main() -> int:
    """Runs the program and gives its exit code."""
    if sys.argv[1:] == ["--version"]:  # scripts ask this often; it needs nothing of the rest
        from disputedesk import __version__

        sys.stdout.write(f"{__version__}\n")
        return 0
    from disputedesk.cli.main import main as run_commands
    from disputedesk.cli.session import Desktop

    return run_commands(sys.argv[1:], desktop=Desktop(_problem, _open, _take_picture))


def _problem() -> str:
    """Why no window can be shown here, in a sentence; empty when one can."""
    from disputedesk.common.errors import DeskError
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
