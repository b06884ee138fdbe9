"""Zip archives read in memory with caps on members, bytes really read and ratio; never unpacked."""

from __future__ import annotations

import dataclasses
import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr

_MOST_MEMBERS: Final = 5_000
_LARGEST_MEMBER: Final = 100 << 20
_LARGEST_TOTAL: Final = 300 << 20
_HIGHEST_RATIO: Final = 200
_SMALL: Final = 1 << 20
_ENCRYPTED: Final = 0x1


@dataclasses.dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive; its name is a label and never becomes a path."""

    name: str
    data: bytes


class Archive:
    """A zip archive whose members are read one at a time, all of them under one allowance."""

    def __init__(self, data: bytes, file: str) -> None:
        """Opens the archive held in `data`.

        Raises:
            Refused: It is no zip, has too many members, or members that lie over each other.
        """
        self._file = file
        self._read = 0
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise Refused(tr("The zip archive is damaged."), file) from error
        self._check(self._zip.infolist())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, folders left out."""
        return tuple(info.filename for info in self._zip.infolist() if not info.is_dir())

    def members(self, suffixes: tuple[str, ...]) -> Iterator[Member]:
        """The members whose names end in one of `suffixes`, by name.

        Raises:
            Refused: A member cannot be read, or the archive is larger than it may be.
        """
        for info in sorted(self._zip.infolist(), key=lambda info: info.filename):
            if not info.is_dir() and info.filename.lower().endswith(suffixes):
                yield Member(info.filename, self._bytes(info))

    def read(self, name: str) -> bytes | None:
        """The bytes of the member `name`; `None` where there is none.

        Raises:
            Refused: It cannot be read, or is larger than it may be.
        """
        try:
            return self._bytes(self._zip.getinfo(name))
        except KeyError:
            return None

    def _check(self, infos: list[zipfile.ZipInfo]) -> None:
        if len(infos) > _MOST_MEMBERS:
            raise Refused(tr("The zip archive holds too many files."), self._file)
        end = -1
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise Refused(tr("Files in the zip archive lie over each other."), self._file)
            end = info.header_offset + info.compress_size

    def _bytes(self, info: zipfile.ZipInfo) -> bytes:
        if info.flag_bits & _ENCRYPTED:
            raise Refused(
                tr("The zip archive is locked with a password."),
                self._file,
                tr("Unpack it yourself and give the files inside."),
            )
        allowed = min(_LARGEST_MEMBER, _LARGEST_TOTAL - self._read)
        allowed = min(allowed, max(_SMALL, info.compress_size * _HIGHEST_RATIO))
        try:
            with self._zip.open(info) as stream:
                data = stream.read(allowed + 1)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, OSError,
            NotImplementedError, RuntimeError, ValueError,
        ) as error:  # fmt: skip
            raise Refused(tr("The zip archive is damaged."), self._file) from error
        if len(data) > allowed:
            raise Refused(tr("The zip archive unpacks to far more than it should."), self._file)
        self._read += len(data)
        return data
