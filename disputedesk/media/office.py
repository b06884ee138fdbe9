"""The words of Office files: text, tables, comments and what was deleted but is still inside.

The parts are parsed as they are unpacked and nothing is kept but the words. A document type
declaration is refused before anything in it can grow.
"""

from __future__ import annotations

import decimal
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from disputedesk.media.places import Allowance, Place, TooMuchError

_MOST_MEMBERS: Final = 4_000
_MOST_MEMBER: Final = 64 << 20
_MOST_TOTAL: Final = 128 << 20
_HIGHEST_RATIO: Final = 250
_SMALL: Final = 1 << 20
_CHUNK: Final = 1 << 16
_MOST_WORDS: Final = 12_000_000
_LOCKED: Final = 0x1
_ENDS_LINE: Final = frozenset({"p", "h", "row", "si", "br", "cr", "table-row", "comment"})
_ENDS_CELL: Final = frozenset({"c", "table-cell"})
_SILENT: Final = frozenset({"f", "instrText"})
_GROUPS: Final = re.compile(r"\d(?:\.\d{1,40})?E\+?\d{1,2}", re.IGNORECASE)
_OWN_DATA: Final = ("docprops/", "meta.xml", "customxml/")
_SHEET: Final = re.compile(r"xl/worksheets/sheet(\d{1,6})\.xml", re.IGNORECASE)


class DamagedOfficeError(Exception):
    """An Office file that is damaged, locked, or made to do harm."""


def read_office(data: bytes, allowance: Allowance) -> Iterator[Place]:
    """The places of an Office file that say anything.

    Raises:
        DamagedOfficeError: It is damaged or locked, or declares a document type of its own.
        TooMuchError: It unpacks to far more than it should.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            room = [_MOST_TOTAL]
            for info in _members(archive):
                text = _words_of(archive, info, room, allowance)
                if text.strip():
                    yield allowance.take(_place(info.filename, text))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError,
            ValueError, expat.ExpatError) as error:  # fmt: skip
        raise DamagedOfficeError from error


def _place(name: str, text: str) -> Place:
    if name.lower().startswith(_OWN_DATA):
        return Place("metadata", text, searched=False)
    sheet = _SHEET.fullmatch(name)
    return Place(f"sheet {sheet.group(1)}" if sheet else "text", text)


def _members(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The parts that hold words.

    Raises:
        TooMuchError: There are too many, or they lie over each other.
    """
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise TooMuchError
    end = -1
    for info in sorted(infos, key=lambda each: each.header_offset):
        if info.header_offset < end:
            raise TooMuchError
        end = info.header_offset + info.compress_size
    return [each for each in infos if each.filename.lower().endswith(".xml")]


def _words_of(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, room: list[int], allowance: Allowance
) -> str:
    """The words of one part."""
    if info.flag_bits & _LOCKED:
        raise DamagedOfficeError
    most = min(_MOST_MEMBER, room[0], max(_SMALL, info.compress_size * _HIGHEST_RATIO))
    words = _Words()
    read = 0
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            allowance.check()
            read += len(chunk)
            if read > most:
                raise TooMuchError
            words.parser.Parse(chunk, False)
    words.parser.Parse(b"", True)
    room[0] -= read
    return words.text


class _Words:
    """Collects the words of one part while it is parsed."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator="}")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._hear
        self._pieces: list[str] = []
        self._size = 0
        self._silent = 0
        self._shared = False

    @property
    def text(self) -> str:
        """The words so far, a line for each paragraph or row."""
        return "".join(self._pieces)

    def _refuse(self, *_: object) -> None:
        raise DamagedOfficeError

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition("}")[2]
        if local in _SILENT:
            self._silent += 1
        elif local == "c":
            self._shared = attributes.get("t") == "s"
        elif local in {"tab", "br", "line-break", "s"}:
            self._pieces.append(" ")
        for key, value in attributes.items():
            if key.rpartition("}")[2] in {"string-value", "descr", "author", "title"}:
                self._say(f" {value} ")

    def _end(self, name: str) -> None:
        local = name.rpartition("}")[2]
        if local in _SILENT:
            self._silent -= 1
        elif local in _ENDS_CELL:
            self._pieces.append(" | ")
            self._shared = False
        elif local in _ENDS_LINE:
            self._pieces.append("\n")

    def _hear(self, data: str) -> None:
        if not self._silent and not self._shared:
            self._say(_written_out(data) if _GROUPS.fullmatch(data) else data)

    def _say(self, text: str) -> None:
        self._size += len(text)
        if self._size > _MOST_WORDS:
            raise TooMuchError
        self._pieces.append(text)


def _written_out(number: str) -> str:
    """A large number as its digits: a table keeps it as 4.111E+15."""
    try:
        return f"{decimal.Decimal(number):f}"
    except decimal.InvalidOperation:
        return number
