"""A stranger's PDF opened in a process of its own, with limits on time and memory.

What comes back is plain values, read strictly; whatever the file does to its reader, the program
itself goes on.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final

import msgspec

from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.texts import language, tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.papers.checking.seen import SeenBundle

_SECONDS: Final = 20.0
_SECONDS_A_MEGABYTE: Final = 0.4
_MEMORY: Final = 1536 << 20
"""Bytes the process may take for a small file."""

_MEMORY_TIMES: Final = 4
_SECONDS_OF_READING: Final = 600.0
_PULSE: Final = 0.05
REFUSED: Final = 3


class Told(msgspec.Struct):
    """Why a file could not be opened, as one process tells the other."""

    what: str
    where: str
    remedy: str


def open_apart(
    path: Path,
    *,
    ocr: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> SeenBundle:
    """What is seen in the file.

    Args:
        path: Any file.
        ocr: Whether words in pictures are read too, which takes some seconds a picture.
        progress: Told many times a second.
        cancel: Asked many times a second.

    Raises:
        Refused: It is no PDF, is locked or damaged, or takes too long or too much memory.
        DeskError: It cannot be read.
    """
    token = cancel or CancelToken()
    try:
        size = path.stat().st_size
    except OSError as error:
        raise DeskError(
            tr("The file cannot be read: {why}.", why=error.strerror or error), path.name,
            tr("Name a bundle that was saved as PDF."),
        ) from error  # fmt: skip
    seconds = _SECONDS + _SECONDS_A_MEGABYTE * size / 1e6 + (_SECONDS_OF_READING if ocr else 0)
    command = [sys.executable, "-m", "disputedesk.papers.checking", str(path.absolute()),
               language(), str(_MEMORY + _MEMORY_TIMES * size)]  # fmt: skip
    if ocr:
        command.append("ocr")
    with subprocess.Popen(  # noqa: S603 - our own interpreter, our own module
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=_ROOT,
    ) as child:  # fmt: skip
        try:
            code, data = _wait(child, seconds, token, progress)
        except BaseException:
            child.kill()
            raise
    return _taken(path, code, data)


_ROOT: Final = Path(__file__).resolve().parents[3]


def _wait(
    child: subprocess.Popen[bytes], seconds: float, cancel: CancelToken, progress: Progress
) -> tuple[int, bytes]:
    """The exit code and what was said; the wait can be cancelled and ends by itself."""
    ends = time.monotonic() + seconds
    while True:
        cancel.check()
        progress(tr("Looking at the pages"), 0, 0)
        try:
            data, _ = child.communicate(timeout=_PULSE)
        except subprocess.TimeoutExpired:
            if time.monotonic() > ends:
                raise _too_much() from None
        else:
            return child.returncode, data


def _too_much() -> Refused:
    return Refused(
        tr("Looking into this PDF takes more time or memory than a sound one needs."), "",
        tr("Do not open it; make the bundle anew."),
    )  # fmt: skip


def _taken(path: Path, code: int, data: bytes) -> SeenBundle:
    if code == REFUSED:
        told = msgspec.msgpack.decode(data, type=Told)
        raise Refused(told.what, told.where, told.remedy)
    if code:
        raise _too_much()
    return msgspec.msgpack.decode(data, type=SeenBundle, dec_hook=_from_text)


def _from_text(kind: type, value: Any) -> Any:
    return kind(value)
