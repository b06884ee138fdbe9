"""The user's own `tesseract`, where it is installed: asked for the words of one picture at a time.

It is given the points of a picture as a file and nothing else, and is stopped when it takes too
long or nobody waits any more.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from typing import IO, TYPE_CHECKING, Final

from disputedesk.common.work import CancelToken

if TYPE_CHECKING:
    from PIL import Image

_WANTED: Final = ("eng", "rus", "deu", "fra", "spa", "ita", "pol", "ukr")
_MOST_LANGUAGES: Final = 3
_SECONDS: Final = 30.0
_STEP: Final = 0.1
_NICE: Final = 15


@functools.cache
def find_tesseract() -> str | None:
    """Where `tesseract` is; `None` where it is not installed."""
    return shutil.which("tesseract")


@functools.cache
def languages() -> tuple[str, ...]:
    """The languages it can read here, of those the program is made for, at most three."""
    program = find_tesseract()
    if program is None:
        return ()
    try:
        told = subprocess.run(  # noqa: S603 - a program the user installed, fixed arguments
            [program, "--list-langs"], capture_output=True, text=True, timeout=10, check=False,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ()
    known = set(told.stdout.split()) | set(told.stderr.split())
    return tuple(each for each in _WANTED if each in known)[:_MOST_LANGUAGES]


def told(
    image: Image.Image,
    how: Sequence[str],
    *,
    speaking: Sequence[str] = (),
    gently: bool = False,
    cancel: CancelToken | None = None,
) -> str | None:
    """What it says of a picture; `None` where it is not installed, fails, or takes too long.

    Args:
        image: The picture.
        how: What it is asked besides: `--psm 6`, `tsv`.
        speaking: The languages to look for; none leaves the choice to it.
        gently: Whether everything else on the machine goes first; for what nobody waits for.
        cancel: Asked ten times a second; stops the reading.

    Raises:
        Cancelled: `cancel` was set.
    """
    program = find_tesseract()
    if program is None:
        return None
    words = [program, "stdin", "stdout", *(("-l", "+".join(speaking)) if speaking else ()), *how]
    # A file, and no pipe: `communicate`, asked again after a step, forgets what it has not yet
    # given (CPython 3.11).
    with tempfile.TemporaryFile() as page:
        image.save(page, "PNG", compress_level=1)
        page.seek(0)
        try:
            process = _started(words, page)
        except OSError:
            return None
        with process:
            if gently:
                _lower(process.pid)
            return _heard(process, cancel)


def _started(words: Sequence[str], page: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a program the user installed, by its whole path
        words, stdin=page, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )  # fmt: skip


def _heard(process: subprocess.Popen[bytes], cancel: CancelToken | None) -> str | None:
    """The answer, waited for in short steps."""
    until = time.monotonic() + _SECONDS
    try:
        while time.monotonic() < until:
            if cancel is not None:
                cancel.check()
            try:
                said, _ = process.communicate(timeout=_STEP)
            except subprocess.TimeoutExpired:
                continue
            return said.decode("utf-8", "replace") if process.returncode == 0 else None
        return None
    finally:
        process.kill()


def _lower(pid: int) -> None:
    """Lets everything else on the machine go first, where the system knows how."""
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, pid, _NICE)
