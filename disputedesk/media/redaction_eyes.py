"""A redacted page read once more as a picture, by the user's own tesseract where there is one."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from typing import TYPE_CHECKING, Final

from disputedesk.common.work import CancelToken

if TYPE_CHECKING:
    from PIL import Image

_PATIENCE: Final = 30.0
_GLANCE: Final = 0.1
_MOST_ACROSS: Final = 3000


def find_eyes() -> str | None:
    """The program that reads pictures; `None` where there is none."""
    return shutil.which("tesseract")


def words_seen(image: Image.Image, cancel: CancelToken) -> str | None:
    """The words that can be read in a picture; `None` where nobody could read it."""
    program = find_eyes()
    if program is None:
        return None
    small = image.copy()
    small.thumbnail((_MOST_ACROSS, _MOST_ACROSS), reducing_gap=2.0)
    with tempfile.TemporaryFile() as page:
        small.save(page, "PNG", compress_level=1)
        page.seek(0)
        with subprocess.Popen(  # noqa: S603 - a program of the user's own, by its whole path
            [program, "stdin", "stdout", "--psm", "6"],
            stdin=page,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        ) as reader:
            return _heard(reader, cancel)


def _heard(reader: subprocess.Popen[bytes], cancel: CancelToken) -> str | None:
    """What the program says, if it says it in time."""
    end = time.monotonic() + _PATIENCE
    try:
        while time.monotonic() < end:
            cancel.check()
            try:
                said, _ = reader.communicate(timeout=_GLANCE)
            except subprocess.TimeoutExpired:
                continue
            return said.decode("utf-8", "replace") if reader.returncode == 0 else None
    finally:
        if reader.poll() is None:
            reader.kill()
    return None
