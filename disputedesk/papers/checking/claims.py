"""What a bundle says of itself: stamps, cover, index, outline, manifest, as it agreed to say it.

The agreement: page 1 is the cover; a letter, the index and a chronology may follow; then the
exhibits; the manifest is last. Every page ends with a stamp such as "Exhibit 3 · DD-1001-2 · page
7 of 30". Words may be of any language that papers speak; numbers and the bundle's own number are
the same in all.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Final

from disputedesk.papers.checking.seen import Box, Link, Piece, SeenBundle, SeenPage

_STAMP: Final = re.compile(
    r"(?:[^\d·]*(?P<exhibit>\d+) · )?(?P<id>DD-\d+-(?P<version>\d+)) · "
    r"(?P<word>\D+?) (?P<page>\d+) \D+? (?P<pages>\d+)"
)
_HEADINGS: Final = (
    ("manifest", re.compile(
        r"^(?:Manifest|Манифест|Перечень файлов|Список файлов|Dateiliste|Lista de archivos|"
        r"Liste des fichiers|Lista de ficheiros|Lista plików)", re.I,
    )),
    ("index", re.compile(
        r"^(?:Index|Опись|Additions|Дополнения|Anlagenverzeichnis|Verzeichnis der|"
        r"Índice de anexos|Liste des pièces|Wykaz)\b", re.I,
    )),
    ("chronology", re.compile(
        r"^(?:Chronology|Хронология|What happened|Zeitlicher Ablauf|Cronolog[ií]a|Chronologie|"
        r"Przebieg zdarzeń)", re.I,
    )),
)  # fmt: skip
_HASH_LINE: Final = re.compile(r"^([0-9a-f]{64}) [ *]?(.+)$")
_PAGES: Final = r"\bpages?\b|страниц\w*|\bseiten?\b|\bpáginas?\b|\bstron(?:[aęy]|ie|ach)?\b"
"""What pages are called."""

_COUNT: Final = re.compile(
    rf"(?:{_PAGES})\D{{0,20}}?(\d+)(?!\s*[–\-\d])|(\d+)\s+(?:{_PAGES})", re.I
)
_PART: Final = re.compile(
    r"\b(?:part|часть|teil|parte|partie|część)\s+(\d+)\s+(?:of|из|von|de|sur|z)\s+(\d+)"
    rf"(?:.{{0,30}}?(?:{_PAGES}|с\.)\s+(\d+)\s*[–-]\s*(\d+))?", re.I | re.S,
)  # fmt: skip
_MANIFEST_FOOT: Final = re.compile(r"^SHA-256\b|\b[0-9a-f]{64}\b")
WITHDRAWN: Final = r"withdrawn|отозван|zurückgezogen|\bretirad[oa]\b|\bretirée|wycofan"
"""What a line of the index says of an exhibit that was taken out again, as an expression."""

_RANGE: Final = re.compile(r"^(\d{1,6})(?:\s*[–-]\s*(\d{1,6}))?$")
_TITLE_SIZE: Final = 12.0
_LEAST_ROW: Final = 6.0
_EDGE: Final = 4.0
_ROW_DEPTH: Final = 80.0
_LONGEST_STAMP: Final = 160
_MOST_JOINS: Final = 8


class Kind(enum.StrEnum):
    """What a page is."""

    COVER = "cover"
    LETTER = "letter"
    INDEX = "index"
    CHRONOLOGY = "chronology"
    EXHIBIT = "exhibit"
    MANIFEST = "manifest"


@dataclasses.dataclass(frozen=True, slots=True)
class Stamp:
    """The line at the foot of a page.

    Attributes:
        exhibit: The exhibit it names; `None` on a page of our own.
        bundle: The bundle's own number: `DD-1001-2`.
    """

    exhibit: int | None
    bundle: str
    page: int
    pages: int
    piece: Piece


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One line of the index.

    Attributes:
        number: The exhibit.
        first: The first page it says; `None` where none can be read.
        link: What is pressed; `None` for a line that cannot be.
        page: The page of the file on which the line stands, from 1.
        pieces: Its words.
    """

    number: int | None
    first: int | None
    last: int | None
    link: Link | None
    page: int
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its words as one line."""
        return " ".join(piece.text for piece in self.pieces)


@dataclasses.dataclass(frozen=True, slots=True)
class Cover:
    """The first page.

    Attributes:
        counts: Numbers of pages it tells.
        part: Which part of how many; `None` where it is whole.
        span: The pages this part says it has.
    """

    text: str
    counts: tuple[int, ...]
    part: tuple[int, int] | None
    span: tuple[int, int] | None


@dataclasses.dataclass(frozen=True, slots=True)
class Claims:
    """What a bundle says of itself.

    Attributes:
        stamps: Of each page; `None` where it has none.
        kinds: Of each page.
        rows: The index, its lines that can be pressed, in order.
        total: The pages the foot of the index tells; `None` where it tells none.
        manifest: SHA-256 and name of each file.
        manifest_hash: The SHA-256 of the manifest as it is printed.
        part: Which part of how many, as the document's own entry says.
        is_extract: Whether it says that it is single pages cut out of a bundle.
    """

    stamps: tuple[Stamp | None, ...]
    kinds: tuple[Kind, ...]
    cover: Cover
    rows: tuple[Row, ...]
    total: int | None
    manifest: tuple[tuple[str, str], ...]
    manifest_hash: str
    part: tuple[int, int] | None
    is_extract: bool = False

    @property
    def first(self) -> int:
        """The number printed on the first page that has one, counted back to the first."""
        for place, stamp in enumerate(self.stamps):
            if stamp is not None:
                return stamp.page - place
        return 1

    def pages_of(self, kind: Kind) -> list[int]:
        """Places of the pages of a kind, from 0."""
        return [place for place, each in enumerate(self.kinds) if each is kind]


def is_ours(seen: SeenBundle) -> bool:
    """Whether the file says that it is such a bundle."""
    return bool(seen.entry("/DeskBundle")) or any(stamp_of(page) for page in seen.pages)


def claims_of(seen: SeenBundle) -> Claims:
    """What the bundle says of itself."""
    stamps = tuple(stamp_of(page) for page in seen.pages)
    begins = Kind.LETTER if seen.entry("/DeskPages") else Kind.COVER
    kinds = tuple(_kinds(seen.pages, stamps, begins))
    index = [page for page, kind in zip(seen.pages, kinds, strict=True) if kind is Kind.INDEX]
    rows = tuple(row for page in index for row in _rows(page))
    manifest, told = _manifest(
        [page for page, kind in zip(seen.pages, kinds, strict=True) if kind is Kind.MANIFEST],
        seen.entry("/DeskManifest"),
    )
    part = re.fullmatch(r"(\d+) of (\d+)", seen.entry("/DeskPart"))
    return Claims(
        stamps, kinds, _cover(seen.pages), rows, _total(index, rows), manifest,
        told,
        (int(part[1]), int(part[2])) if part and part[2] != "1" else None,
        bool(seen.entry("/DeskPages")),
    )  # fmt: skip


def stamp_of(page: SeenPage) -> Stamp | None:
    """The page's stamp, wherever it stands; the lowest one where there are more."""
    for piece in sorted(page.pieces, key=lambda each: each.baseline):
        match = _STAMP.fullmatch(piece.text) if len(piece.text) < _LONGEST_STAMP else None
        if match:
            number = match["exhibit"]
            return Stamp(int(number) if number else None, match["id"],
                         int(match["page"]), int(match["pages"]), piece)  # fmt: skip
    return None


def _kinds(
    pages: Sequence[SeenPage], stamps: Sequence[Stamp | None], begins: Kind
) -> Iterator[Kind]:
    """What each page is: by its stamp, else by its heading, else as the one before."""
    kind = begins
    for page, stamp in zip(pages, stamps, strict=True):
        if stamp is not None and stamp.exhibit is not None:
            kind = Kind.EXHIBIT
        else:
            kind = _by_heading(page) or {Kind.COVER: Kind.LETTER}.get(kind, kind)
            if page.number == 1:
                kind = begins
            elif kind is Kind.EXHIBIT and stamp is not None:
                kind = Kind.INDEX
        yield kind


def _by_heading(page: SeenPage) -> Kind | None:
    for piece in page.pieces[:4]:
        for name, words in _HEADINGS:
            if piece.size >= _TITLE_SIZE and words.search(piece.text):
                return Kind(name)
    return None


def _rows(page: SeenPage) -> Iterator[Row]:
    """Lines of the index from the top: what begins with a number and ends with pages."""
    pressed = [link for link in page.links
               if not link.address and link.box.top - link.box.bottom >= _LEAST_ROW]  # fmt: skip
    found = [(link.box.top, _row(page, link, _inside(page, link.box))) for link in pressed]
    edge = min((piece.box.left for piece in page.pieces), default=0.0)
    heads = sorted(
        (piece for piece in page.pieces
         if piece.text.isdecimal() and piece.box.left - edge < _EDGE
         and not any(link.box.holds(piece.box.right, piece.baseline + 1) for link in pressed)),
        key=lambda each: -each.baseline,
    )  # fmt: skip
    tops = [link.box.top for link in pressed] + [head.box.top + _EDGE for head in heads]
    for head in heads:
        below = [top for top in tops if top < head.box.bottom]
        bottom = max([*below, head.box.bottom - _ROW_DEPTH])
        box = Box(0.0, bottom, page.width, head.box.top + _EDGE)
        row = _row(page, None, [piece for piece in _inside(page, box)
                                if piece is head or piece not in heads])  # fmt: skip
        if row.first is not None:
            found.append((head.box.top, row))
    yield from (row for _, row in sorted(found, key=lambda each: -each[0]) if row.pieces)


def _inside(page: SeenPage, box: Box) -> list[Piece]:
    return [piece for piece in page.pieces
            if box.holds((piece.box.left + piece.box.right) / 2, piece.baseline + 1)]  # fmt: skip


def _row(page: SeenPage, link: Link | None, pieces: Sequence[Piece]) -> Row:
    """One line from its words: the number stands leftmost, the pages rightmost."""
    leftmost = min(pieces, key=lambda each: (round(each.box.left), -each.baseline), default=None)
    number = re.match(r"\d{1,6}", leftmost.text) if leftmost else None
    ranges = [(piece, match) for piece in pieces if piece is not leftmost
              and (match := _RANGE.match(piece.text))]  # fmt: skip
    where = max(ranges, key=lambda each: each[0].box.right)[1] if ranges else None
    return Row(
        int(number[0]) if number else None, int(where[1]) if where else None,
        int(where[2] or where[1]) if where else None, link, page.number, tuple(pieces),
    )  # fmt: skip


def _total(index: Sequence[SeenPage], rows: Sequence[Row]) -> int | None:
    """The pages that the last line of the index tells."""
    if not index:
        return None
    listed = {id(piece) for row in rows if row.link is not None for piece in row.pieces}
    last = index[-1]
    lines = sorted(last.pieces, key=lambda each: -each.baseline)
    counts = [
        counted
        for piece in lines
        if id(piece) not in listed and not _STAMP.fullmatch(piece.text)
        for counted in counts_in(piece.text)
    ]
    return counts[-1] if counts else None


def counts_in(text: str) -> list[int]:
    """The numbers of pages that a text tells."""
    return [int(match[1] or match[2]) for match in _COUNT.finditer(text)]


def lines_of(pieces: Sequence[Piece]) -> list[str]:
    """The text of pieces line by line, what stands beside each other joined."""
    lines: list[tuple[float, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda each: -each.baseline):
        if lines and abs(lines[-1][0] - piece.baseline) < 1.5:
            lines[-1][1].append(piece)
        else:
            lines.append((piece.baseline, [piece]))
    return [" ".join(each.text for each in sorted(some, key=lambda one: one.box.left))
            for _, some in lines]  # fmt: skip


def _cover(pages: Sequence[SeenPage]) -> Cover:
    if not pages:
        return Cover("", (), None, None)
    own = [piece for piece in pages[0].pieces if not _STAMP.fullmatch(piece.text)]
    lines = lines_of(own)
    text = "\n".join(lines)
    part = _PART.search(text)
    plain = _PART.sub("", text)
    counts = [count for line in plain.splitlines() for count in counts_in(line)]
    span = (int(part[3]), int(part[4])) if part and part[3] else None
    return Cover(text, tuple(counts), (int(part[1]), int(part[2])) if part else None, span)


def _manifest(pages: Sequence[SeenPage], promised: str) -> tuple[tuple[tuple[str, str], ...], str]:
    """Hash and name of each file, and the hash of these lines.

    A long name goes on in the next line of the page; whether at a space nobody can see, so both
    are tried until the hash is the promised one.
    """
    found: list[list[str]] = []
    for page in pages:
        for line in lines_of([p for p in page.pieces if not _STAMP.fullmatch(p.text)]):
            match = _HASH_LINE.match(line)
            if match:
                found.append([match[1], match[2]])
            elif found and page is pages[-1] and _MANIFEST_FOOT.search(line):
                break
            elif found:
                found[-1].append(line)
    first = ""
    joints = sum(len(each) - 2 for each in found)
    tries = itertools.product(("", " "), repeat=joints if joints <= _MOST_JOINS else 0)
    for signs in tries:
        lines = tuple(_joined(found, iter(signs)))
        text = "".join(f"{sha}  {name}\n" for sha, name in lines)
        told = hashlib.sha256(text.encode()).hexdigest() if lines else ""
        if told == promised or not promised:
            return lines, told
        first = first or told
    return tuple(_joined(found, itertools.repeat(" "))), first


def _joined(found: Sequence[Sequence[str]], signs: Iterator[str]) -> Iterator[tuple[str, str]]:
    for sha, name, *rest in found:
        yield sha, name + "".join(f"{next(signs)}{more}" for more in rest)
