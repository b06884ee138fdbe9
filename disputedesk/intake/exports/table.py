"""Tables out of text: the delimiter by score, bounded lines and columns, each row with its line."""

from __future__ import annotations

import collections
import csv
import dataclasses
import functools
import io
import math
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.intake.draft import Place, Rejection

_DELIMITERS: Final = (",", ";", "\t", "|")
_QUOTES: Final = ('"', "'")
_SAMPLE: Final = 1 << 16
_SAMPLE_RECORDS: Final = 40
_LONGEST_LINE: Final = 1_000_000
_MOST_LINES_OF_A_RECORD: Final = 200
_MOST_COLUMNS: Final = 400
_EARLY_RECORDS: Final = 30


@dataclasses.dataclass(frozen=True, slots=True)
class Dialect:
    """How the cells of a file are kept apart."""

    delimiter: str
    quote: str


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One record with the line it begins on; cells are had by the names in the header."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The cell under `name`, clean; empty where the file has no such column."""
        return self.cells.get(plain_name(name), "")

    def first(self, *names: str) -> str:
        """The first cell of `names` that holds anything."""
        return next((text for text in map(self.__getitem__, names) if text), "")


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A file as a header and its rows; rows that could not be cut apart are rejections."""

    header: tuple[str, ...]
    rows: tuple[Row, ...]
    rejections: tuple[Rejection, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The plain names of the header."""
        return frozenset(map(plain_name, self.header))


@functools.lru_cache(maxsize=4096)
def plain_name(name: str) -> str:
    """`name` as headers are compared: case, blanks and kinds of apostrophe do not count."""
    text = unicodedata.normalize("NFKC", name).replace("\u2019", "'").replace("\ufeff", "")
    return " ".join(text.split()).casefold()


def plain_cell(text: str) -> str:
    """A cell without outer blanks and without the quote that guards a number from spreadsheets."""
    text = text.strip().strip("\ufeff")
    if len(text) > 1 and text[0] == "'" and text[-1] == "'":
        return text[1:-1].strip()
    if len(text) > 1 and text[0] == "'" and text[1] in "=+-@":
        return text[1:]
    return text


def guess_dialect(text: str) -> Dialect | None:
    """The dialect under which most records have the same number of columns, two or more."""
    best, best_score = None, 0.0
    sample = text[:_SAMPLE]
    for delimiter in _DELIMITERS:
        for quote in _QUOTES:
            score = _score(sample, Dialect(delimiter, quote))
            if score > best_score:
                best, best_score = Dialect(delimiter, quote), score
    return best


def _score(sample: str, dialect: Dialect) -> float:
    """How well a dialect fits: records of one width, many columns, quotes beside delimiters."""
    widths: collections.Counter[int] = collections.Counter()
    total = 0
    for record in _Records(sample, dialect, limit=_SAMPLE_RECORDS):
        if isinstance(record, _Cut) and any(record.cells):
            total += 1
            if len(record.cells) > 1:
                widths[min(len(record.cells), _MOST_COLUMNS)] += 1
    if not widths:
        return 0.0
    width, count = max(widths.items(), key=lambda item: (item[1] * math.sqrt(item[0]), item[0]))
    quoted = sample.count(dialect.delimiter + dialect.quote) + sample.count("\n" + dialect.quote)
    return count / total * math.sqrt(width) * (1.0 + quoted / (1.0 + sample.count("\n")))


def records(text: str, dialect: Dialect, limit: int = 0) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Each record as its line and its cells, without a header; `limit` 0 means all."""
    for record in _Records(text, dialect, limit=limit):
        if isinstance(record, _Cut):
            yield record.line, tuple(map(plain_cell, record.cells))


def find_header(
    text: str, dialect: Dialect, wanted: Sequence[Callable[[frozenset[str]], bool]]
) -> tuple[int, int] | None:
    """The first early record whose names one of `wanted` knows: its line, and which one it was."""
    for line, cells in records(text[: _SAMPLE * 4], dialect, limit=_EARLY_RECORDS):
        names = frozenset(map(plain_name, cells))
        for index, knows in enumerate(wanted):
            if knows(names):
                return line, index
    return None


def read_table(text: str, dialect: Dialect, header_line: int, file: str) -> Table:
    """The rows under the header on `header_line`; blank rows are left out, broken ones named."""
    header: tuple[str, ...] = ()
    rows: list[Row] = []
    rejections: list[Rejection] = []
    for record in _Records(text, dialect):
        if record.line < header_line:
            continue
        if isinstance(record, _Broken):
            rejections.append(Rejection(Place(file, record.line), record.why))
            continue
        cells = tuple(map(plain_cell, record.cells))
        if not header:
            header = cells
        elif any(cells):
            row = _row(header, cells, record.line)
            if row is None:
                rejections.append(_too_wide(header, cells, Place(file, record.line)))
            else:
                rows.append(row)
    return Table(header, tuple(rows), tuple(rejections))


def _row(header: tuple[str, ...], cells: tuple[str, ...], line: int) -> Row | None:
    if any(cells[len(header) :]):
        return None
    pairs = zip(
        map(plain_name, reversed(header)), reversed(_filled(cells, len(header))), strict=True
    )
    return Row(line, dict(pairs))


def _filled(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The cells with empty ones behind them, or without them, up to the width of the header."""
    return cells[:width] + ("",) * (width - len(cells))


def _too_wide(header: tuple[str, ...], cells: tuple[str, ...], place: Place) -> Rejection:
    return Rejection(
        place,
        tr(
            "The row has {found} cells where the header names {expected}.",
            found=len(cells),
            expected=len(header),
        ),
        tr("Probably a text with the separator in it lost its quotes: correct the row."),
    )


@dataclasses.dataclass(frozen=True, slots=True)
class _Cut:
    """A record cut into cells."""

    line: int
    cells: list[str]


@dataclasses.dataclass(frozen=True, slots=True)
class _Broken:
    """A line that is no record, and why."""

    line: int
    why: str


class _RecordTooLong(Exception):
    """A record that goes on over too many lines: a quote that was never closed."""


class _Records:
    """The records of a text, each bounded; after a broken one it goes on with the next line."""

    def __init__(self, text: str, dialect: Dialect, limit: int = 0) -> None:
        self._stream = io.StringIO(text, newline="")
        self._dialect = dialect
        self._limit = limit
        self._pending: collections.deque[str] = collections.deque()
        self._taken: list[str] = []
        self._line = 0
        self._ended = False
        self._long_lines: list[int] = []

    def __iter__(self) -> Iterator[_Cut | _Broken]:
        reader = self._reader()
        count = 0
        while not (self._limit and count >= self._limit):
            self._taken.clear()
            start = self._line + 1
            try:
                cells = next(reader)
            except StopIteration:
                yield from self._broken_lines()
                return
            except (csv.Error, _RecordTooLong):
                yield self._give_up_first(start)
                reader = self._reader()
                continue
            yield from self._broken_lines()
            count += 1
            if self._runs_off_the_end():
                yield self._give_up_first(start)
                reader = self._reader()
            elif "\0" in "".join(self._taken):
                yield _Broken(start, tr("The row holds NUL bytes: the file is damaged here."))
            elif len(cells) > _MOST_COLUMNS:
                yield _Broken(start, tr("The row has more than {n} columns.", n=_MOST_COLUMNS))
            else:
                yield _Cut(start, cells)

    def _reader(self) -> Iterator[list[str]]:
        return csv.reader(
            self._feed(),
            delimiter=self._dialect.delimiter,
            quotechar=self._dialect.quote,
            skipinitialspace=True,
        )

    def _feed(self) -> Iterator[str]:
        while True:
            line = self._pending.popleft() if self._pending else self._stream.readline()
            if not line:
                self._ended = True
                return
            self._line += 1
            if len(line) > _LONGEST_LINE:
                self._long_lines.append(self._line)
                line = "\n"
            self._taken.append(line)
            if len(self._taken) > _MOST_LINES_OF_A_RECORD:
                raise _RecordTooLong
            yield line

    def _runs_off_the_end(self) -> bool:
        """Whether the last record ended only because the file did, inside a quote."""
        quotes = sum(line.count(self._dialect.quote) for line in self._taken)
        return self._ended and len(self._taken) > 1 and quotes % 2 == 1

    def _give_up_first(self, start: int) -> _Broken:
        """Refuses the first line of what was taken and puts the others back."""
        self._pending.extendleft(reversed(self._taken[1:]))
        self._line = start
        self._ended = False
        return _Broken(start, tr("A quote is opened in this row and never closed."))

    def _broken_lines(self) -> Iterator[_Broken]:
        for line in self._long_lines:
            yield _Broken(line, tr("The line is longer than {n} characters.", n=_LONGEST_LINE))
        self._long_lines.clear()
