"""The program's log: one line per event, no secrets, no long texts; and the record of a crash.

The log is for finding faults of the program, so it holds what happened and where, not what the
user wrote. A file of it can be read by its owner only and stays small.
"""

from __future__ import annotations

import contextlib
import io
import logging
import logging.handlers
import os
import re
import traceback
from pathlib import Path
from typing import Final

from disputedesk.common import secrets

LOG_NAME: Final = "disputedesk.log"
CRASH_NAME: Final = "crash.txt"

_LONGEST_LINE: Final = 500
_LARGEST_FILE: Final = 512 * 1024
_OLD_FILES: Final = 3

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_OTHER_HOMES: Final = re.compile(
    r"(?:(?<=^)|(?<=[^\w]))(?:/home|/Users|[A-Za-z]:\\+Users)[/\\]+[^/\\\s\"':]{1,64}"
)
_MAIL_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def configure_log(folder: Path, *, level: int = logging.INFO) -> Path:
    """The log file that everything logged from now on goes to.

    Calling it again moves the log to the new folder; handlers of others stay.

    Args:
        folder: Where the log is kept; made, readable by its owner only, when missing.
        level: What is not worth a line below it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / LOG_NAME
    handler = _PrivateFile(path)
    handler.setFormatter(_OneLine())
    root = logging.getLogger()
    for old in [each for each in root.handlers if isinstance(each, _PrivateFile)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(min(level, root.level) if root.level else level)
    handler.setLevel(level)
    return path


def close_log() -> None:
    """Ends what `configure_log` began; the files stay."""
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _PrivateFile)]:
        root.removeHandler(handler)
        handler.close()


def log_crash(error: BaseException, folder: Path | None = None) -> Path:
    """The file that tells of `error`: where it rose, without values of variables or home paths.

    It is written for people to read before they send it to anybody; nothing sends it.

    Args:
        error: What nobody caught.
        folder: Where to write; `None` means beside the log, else the state folder.
    """
    place = folder or _log_folder()
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = place / CRASH_NAME
    report = crash_report(error)
    _write_private(path, report)
    last = report.rstrip().rsplit("\n", 1)[-1]
    logging.getLogger(__name__).error("Crash, told in %s: %s", path.name, last)
    return path


def crash_report(error: BaseException) -> str:
    """The traceback of `error` as shown to people: no locals, no secrets, homes shortened."""
    lines: list[str] = []
    for piece in traceback.TracebackException.from_exception(error, capture_locals=False).format():
        lines += (clean(line) for line in piece.rstrip("\n").split("\n"))
    return "\n".join(lines) + "\n"


def clean(text: str) -> str:
    """`text` fit for one line of a log: secrets masked, unseen characters named, cut when long."""
    shown = secrets.mask(text[: _LONGEST_LINE * 4])
    shown = _MAIL_ADDRESS.sub("<address>", shorten_home(shown))
    shown = _UNSEEN.sub(lambda match: f"\\u{ord(match.group()):04x}", shown)
    if len(shown) > _LONGEST_LINE or len(text) > _LONGEST_LINE * 4:
        return f"{shown[:_LONGEST_LINE]}… ({len(text)} characters)"
    return shown


def shorten_home(text: str) -> str:
    """`text` with the user's home folder, and anybody's, written as `~`."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home + os.sep, f"~{os.sep}")
        text = re.sub(re.escape(home) + r"(?![\w-])", "~", text)
    return _OTHER_HOMES.sub("~", text)


class _OneLine(logging.Formatter):
    """Gives one clean line per event; a traceback follows as escaped text on the same line."""

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        moment = self.formatTime(record)
        line = f"{moment} {record.levelname} {record.name}: {clean(text)}"
        if record.exc_info and record.exc_info[1] is not None:
            report = crash_report(record.exc_info[1]).rstrip("\n")
            line = f"{line} | {report.replace(chr(10), ' | ')}"
        return line


class _PrivateFile(logging.handlers.RotatingFileHandler):
    """A rotating file that only its owner can read, from its first byte on."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, maxBytes=_LARGEST_FILE, backupCount=_OLD_FILES, encoding="utf-8",
            errors="backslashreplace",
        )  # fmt: skip

    def _open(self) -> io.TextIOWrapper:
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with contextlib.suppress(OSError):
            os.chmod(self.baseFilename, 0o600)  # noqa: PTH101 - the handler's name is a string
        return os.fdopen(descriptor, "a", encoding="utf-8", errors="backslashreplace")


def _write_private(path: Path, text: str) -> None:
    """Writes `text` to `path`, emptied before, readable by its owner only."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
        with contextlib.suppress(OSError):
            path.chmod(0o600)
        stream.write(text)


def _log_folder() -> Path:
    """The folder of the running log, else the program's state folder."""
    from disputedesk.common import locations

    for handler in logging.getLogger().handlers:
        if isinstance(handler, _PrivateFile):
            return Path(handler.baseFilename).parent
    return locations.state_folder()
