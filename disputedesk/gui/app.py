"""The start of the desktop: finds a screen, opens the desk, shows the window, ends cleanly."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from disputedesk.common import locations, log, texts
from disputedesk.common.clock import Clock, SystemClock
from disputedesk.common.errors import DeskError
from disputedesk.gui.platform import EXIT_NO_SCREEN, require_screen

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_log = logging.getLogger(__name__)


def open_desktop(
    folder: Path | None = None,
    *,
    sample: bool = False,
    files: Sequence[Path] = (),
    clock: Clock | None = None,
    say: Callable[[str], object] | None = None,
) -> int:
    """The exit status of the desktop, which ran until its window was closed.

    Args:
        folder: The desk's folder as the user asked; `None` takes the usual place. With `sample`,
            where the sample desk is made; `None` makes it in a temporary folder.
        sample: Open a sample desk made fresh, instead of the user's own.
        files: What to review at once; a window that is open on the desk already gets them.
        clock: Tells the day; `None` takes the machine's.
        say: Takes the sentence that explains why no window could be opened; `None` writes it to
            the standard error stream.
    """
    tell = say or _to_stderr
    try:
        require_screen(os.environ)
        log.configure_log(locations.state_folder())
        from disputedesk.gui.program import Program

        program = Program(clock or SystemClock())
        if not program.start(folder, sample=sample, files=files):
            return 0
    except DeskError as error:
        tell(str(error))
        return EXIT_NO_SCREEN
    return program.run()


def _to_stderr(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def open_own_desk(folder: Path | None, clock: Clock) -> Desk:
    """The user's desk, made when there is none yet; its language becomes the process's."""
    from disputedesk.desk.desk import Desk

    desk = Desk.open(locations.desk_folder(folder), clock=clock)
    speak(desk)
    return desk


def speak(desk: Desk) -> None:
    """Speaks the language the desk's settings ask for, else the system's."""
    chosen = desk.settings.get("language")
    texts.set_language(texts.system_language() if chosen == "system" else chosen)


def new_sample_folder() -> Path:
    """A fresh temporary folder for a sample desk, readable by its owner only."""
    return Path(tempfile.mkdtemp(prefix="disputedesk-sample-"))


def remove_folder(folder: Path) -> None:
    """Removes a sample desk's temporary folder; a file that is held open stays behind."""
    try:
        shutil.rmtree(folder)
    except OSError as error:
        _log.warning("The sample desk's folder was not removed: %s", error)
