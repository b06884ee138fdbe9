"""The second place that knows the ledger's head, and the lock that lets one writer in at a time.

A chain of hashes shows an edit, but not that its end was cut off. So the last entry's number and
hash also stand in a small file beside the database, written after each commit. Writers hold a lock
from before their transaction until that file is written, so the file is at most one step behind:
exactly one after a crash between the two, and then it is moved forward; never more, never back.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from disputedesk.common.errors import DeskError
from disputedesk.common.private_files import make_private_file, told_about_files
from disputedesk.common.texts import tr

_WAIT_SECONDS: Final = 10.0
_PAUSE_SECONDS: Final = 0.005
_WIDTH: Final = 128


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """Where a ledger ends.

    Attributes:
        step: The number of the last transaction that wrote to it; 0 for none.
        count: How many entries there are.
        hash: The last entry's hash; empty for none.
    """

    step: int
    count: int
    hash: str


def read_head(path: Path) -> Head | None:
    """What `path` says; `None` when it is not there or says nothing readable."""
    try:
        words = path.read_text("ascii").split()
        return Head(int(words[0]), int(words[1]), words[2] if len(words) > 2 else "")
    except (FileNotFoundError, UnicodeDecodeError, ValueError, IndexError):
        return None


def head_line(head: Head) -> bytes:
    """What the head's file holds."""
    return (f"{head.step} {head.count} {head.hash}".ljust(_WIDTH - 1) + "\n").encode("ascii")


def write_head(path: Path, head: Head) -> None:
    """Overwrites `path` in place with one synced write of one width, so that it cannot be torn."""
    with told_about_files(path):
        make_private_file(path)
        line = head_line(head)
        handle = os.open(path, os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0))
        try:
            os.write(handle, line)
            getattr(os, "fdatasync", os.fsync)(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def writer_lock(path: Path) -> Iterator[None]:
    """Lets one writer in, of all threads and programs; a program that dies lets go.

    Raises:
        DeskError: Somebody else kept it too long.
    """
    with told_about_files(path):
        make_private_file(path)
        handle = os.open(path, os.O_RDWR)
    try:
        deadline = time.monotonic() + _WAIT_SECONDS
        while not _try_lock(handle):
            if time.monotonic() > deadline:
                raise DeskError(
                    tr("Another program is writing to the desk and did not finish."),
                    str(path),
                    tr("Close the other program or wait until it is done, then try again."),
                )
            time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
