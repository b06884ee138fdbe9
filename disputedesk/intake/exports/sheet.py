"""The cells of one sheet of an XLSX file, read with the plain XML parser and no document types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from xml.parsers import expat

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.intake.exports.archive import Archive

_MOST_CELLS: Final = 3_000_000
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id"


def sheet_names(archive: Archive, file: str) -> Mapping[str, str]:
    """The sheets of a workbook: name, and the member that holds its cells."""
    targets: dict[str, str] = {}
    for attributes in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship", file):
        targets[attributes.get("Id", "")] = attributes.get("Target", "")
    found: dict[str, str] = {}
    for attributes in _elements(archive, "xl/workbook.xml", "sheet", file):
        target = targets.get(attributes.get(_RELATION, ""), "").lstrip("/")
        found[attributes.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
    return found


def read_sheet(archive: Archive, member: str, file: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The rows of a sheet, each with its number and its cells as text.

    Raises:
        Refused: The sheet is damaged, too large, or declares a document type.
    """
    collector = _Cells(_shared_texts(archive, file))
    _parse(archive.read(member) or b"", collector, file)
    return tuple(collector.rows)


def _shared_texts(archive: Archive, file: str) -> list[str]:
    data = archive.read("xl/sharedStrings.xml")
    if data is None:
        return []
    collector = _Texts()
    _parse(data, collector, file)
    return collector.texts


class _Collector:
    """Takes what the parser finds."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Characters inside an element."""


class _Texts(_Collector):
    """The shared texts of a workbook, in their order."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self._pieces = []
        self._inside = name == "t"

    def end(self, name: str) -> None:
        if name == "si":
            self.texts.append("".join(self._pieces))
        self._inside = False

    def text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)


class _Cells(_Collector):
    """The rows of one sheet."""

    def __init__(self, shared: list[str]) -> None:
        self.rows: list[tuple[int, tuple[str, ...]]] = []
        self._shared = shared
        self._cells: dict[int, str] = {}
        self._column = 0
        self._kind = ""
        self._pieces: list[str] = []
        self._inside = False
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._cells, self._column = {}, 0
        elif name == "c":
            reference = _REFERENCE.fullmatch(attributes.get("r", ""))
            self._column = _column_number(reference[1]) if reference else self._column + 1
            self._kind, self._pieces = attributes.get("t", ""), []
        self._inside = name in {"v", "t"}

    def text(self, text: str) -> None:
        if self._inside:
            self._pieces.append(text)

    def end(self, name: str) -> None:
        self._inside = False
        if name == "c":
            self._count += 1
            if self._count > _MOST_CELLS:
                raise _TooLarge
            self._cells[self._column] = self._value("".join(self._pieces))
        elif name == "row":
            width = min(max(self._cells, default=0), 400)
            cells = tuple(self._cells.get(column, "") for column in range(1, width + 1))
            self.rows.append((len(self.rows) + 1, cells))

    def _value(self, text: str) -> str:
        if self._kind != "s":
            return text.strip()
        place = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1
        return self._shared[place].strip() if 0 <= place < len(self._shared) else ""


class _TooLarge(Exception):
    """More cells than any order export has."""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def _elements(archive: Archive, member: str, wanted: str, file: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    class _Named(_Collector):
        def start(self, name: str, attributes: dict[str, str]) -> None:
            if name == wanted:
                found.append(attributes)

    _parse(archive.read(member) or b"", _Named(), file)
    return found


def _parse(data: bytes, collector: _Collector, file: str) -> None:
    """Walks through `data`; a document type, and with it every entity, is refused.

    Raises:
        Refused: It is no sound XML, or not such as a workbook holds.
    """
    parser = expat.ParserCreate(namespace_separator="|")
    parser.buffer_text = True
    spreadsheet = "http://schemas.openxmlformats.org/spreadsheetml/2006/main|"
    package = "http://schemas.openxmlformats.org/package/2006/relationships|"

    def plain(name: str) -> str:
        return name.removeprefix(spreadsheet).removeprefix(package)

    def refuse(*_: object) -> None:
        raise _TooLarge

    parser.StartElementHandler = lambda name, attributes: collector.start(plain(name), attributes)
    parser.EndElementHandler = lambda name: collector.end(plain(name))
    parser.CharacterDataHandler = collector.text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _TooLarge) as error:
        raise Refused(tr("The workbook is damaged or no plain workbook."), file) from error
