"""`python -m tests`: names a system library that is missing, else runs the suite with pytest.

The whole suite is dealt to as many processes as there are cores; what is named runs in one.
"""

import os
import sys

import pytest

from disputedesk.common.errors import DeskError
from disputedesk.gui.platform import EXIT_NO_SCREEN, require_screen


def main() -> int:
    """Gives pytest's exit status; the screens are tested without a screen."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        require_screen(os.environ)
    except DeskError as error:
        sys.stderr.write(f"{error}\n")
        return EXIT_NO_SCREEN
    return int(pytest.main(sys.argv[1:] or ["-n", "auto", "--dist", "worksteal"]))


if __name__ == "__main__":
    sys.exit(main())
