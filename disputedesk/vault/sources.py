"""Where bytes come from: plain files, nothing else on the disk, or bytes and streams at hand."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from disputedesk.common.errors import Refused
from disputedesk.common.private_files import told_about_files
from disputedesk.common.texts import tr

_FLAGS: Final = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Source:
    """Bytes to be sealed.

    Attributes:
        size: How many there are; `None` for a stream that does not tell.
        name: What it is called in messages.
    """

    def __init__(self, stream: BinaryIO, name: str, size: int | None) -> None:
        self._stream = stream
        self._mark: tuple[int, ...] | None = None
        self.name = name
        self.size = size

    @classmethod
    def of_file(cls, stream: BinaryIO, path: Path) -> Source:
        """A plain file that is open already; how it stands now is remembered."""
        opened = cls(stream, str(path), None)
        opened._mark = _standing(stream.fileno())
        opened.size = opened._mark[0]
        return opened

    def read_into(self, buffer: memoryview) -> int:
        """Fills `buffer` as far as it goes and gives how far; 0 at the end."""
        if isinstance(self._stream, (io.FileIO, io.BytesIO)):
            return self._stream.readinto(buffer) or 0
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def refuse_more(self, read: int) -> None:
        """Does nothing while a file has not given more bytes than it had: it could grow for ever.

        Raises:
            Refused: It has.
        """
        if self._mark is not None and read > self._mark[0]:
            self.refuse_change(read)

    def rewind(self) -> None:
        """Goes back to the first byte."""
        self._stream.seek(0)

    def refuse_change(self, read: int) -> None:
        """Does nothing if a file stands as it did when it was opened, and `read` bytes fit it.

        Raises:
            Refused: It was changed while it was read.
        """
        if self._mark is None:
            return
        if read != self.size or _standing(self._stream.fileno()) != self._mark:
            raise Refused(
                tr("The file changed while it was read. Nothing was kept."),
                self.name,
                tr("Wait until the other program is done with it, then add it again."),
            )


@contextlib.contextmanager
def open_source(source: Path | bytes | BinaryIO) -> Iterator[Source]:
    """The source, open; what this function opened is closed at the end.

    Raises:
        Refused: The path is a link, a folder, a device or anything else but a plain file.
        DeskError: The file cannot be read.
    """
    if isinstance(source, bytes):
        yield Source(io.BytesIO(source), tr("bytes at hand"), len(source))
    elif isinstance(source, Path):
        with _opened(source) as stream:
            yield Source.of_file(stream, source)
    else:
        yield Source(source, str(getattr(source, "name", tr("a stream"))), None)


def _opened(path: Path) -> io.FileIO:
    with told_about_files(path):
        if path.is_symlink():
            raise _refusal(path, tr("This is a link to another file."))
        try:
            handle = os.open(path, _FLAGS)
        except OSError as error:
            if error.errno in {errno.ELOOP, errno.ENXIO, errno.EISDIR}:
                raise _refusal(path, tr("This is no plain file.")) from error
            raise
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _refusal(path, tr("This is a folder, a device or a pipe, not a file."))
    return io.FileIO(handle, "rb")


def _refusal(path: Path, what: str) -> Refused:
    return Refused(what, str(path), tr("Choose the file itself."))


def _standing(handle: int) -> tuple[int, ...]:
    found = os.fstat(handle)
    return (found.st_size, found.st_mtime_ns, found.st_ino)
