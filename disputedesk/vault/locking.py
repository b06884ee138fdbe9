"""Locks that tell a copy in progress from one that was left behind by a crash."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def hold(handle: int) -> None:
    """Marks an open file as being worked on, until it is closed or its program dies."""
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_abandoned(path: Path) -> bool:
    """Whether nobody works on `path`. Where there are no such locks, deleting itself will tell."""
    if sys.platform == "win32":
        return True
    import fcntl

    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    else:
        return True
    finally:
        os.close(handle)
