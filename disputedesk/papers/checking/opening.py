"""A PDF opened and looked at: pages, words, links, and what the file carries unseen.

Raises nothing for what a stranger may have done to the file, but `Refused` in sentences.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.errors import DeskError, Refused
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.media.pdf_bounds import told_of_damage
from disputedesk.media.pdfium import LOCK
from disputedesk.papers.checking.drawing import (
    IDENTITY,
    Drawing,
    Matrix,
    Overfull,
    corners,
    placed,
    times,
    unpacked,
)
from disputedesk.papers.checking.fonts import fonts_of
from disputedesk.papers.checking.lettering import pieces_of
from disputedesk.papers.checking.pictured import read_pictures
from disputedesk.papers.checking.seen import (
    Attachment,
    Box,
    Link,
    Mark,
    SeenBundle,
    SeenPage,
)

MOST_PAGES: Final = 4000
_MOST_MARKS: Final = 5000
_MOST_LINKS: Final = 2000
_MOST_METADATA: Final = 1 << 20
_MOST_ATTACHED: Final = 1 << 30
_LONGEST: Final = 2000
_STEP: Final = 1 << 20
_XMP: Final = ("dc:title", "dc:language", "dc:creator", "pdfaid:part", "pdfaid:conformance",
               "xmp:CreateDate", "xmp:CreatorTool", "pdf:Producer")  # fmt: skip


def open_bundle(
    path: Path,
    *,
    ocr: bool = False,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> SeenBundle:
    """What is seen in the file.

    Args:
        path: Any file.
        ocr: Whether words in pictures are read too.
        progress: Told after every page.
        cancel: Asked before every page.

    Raises:
        Refused: It is no PDF, is locked or damaged, or holds more than can be looked at.
        DeskError: It cannot be read.
    """
    import pikepdf

    def damaged() -> Refused:
        return Refused(
            tr("This is no PDF that can be opened, or it is damaged."), path.name,
            tr("Make the bundle anew."),
        )  # fmt: skip

    try:
        with (
            told_of_damage(damaged),
            pikepdf.open(path, suppress_warnings=True, inherit_page_attributes=True) as document,
        ):
            seen = _look(path, document, progress, cancel or CancelToken())
            read = read_pictures(path, seen.pages) if ocr else None
            return dataclasses.replace(seen, read=read)
    except pikepdf.PasswordError as error:
        raise Refused(
            tr("The file opens only with a password."), path.name,
            tr("Make the bundle anew; do not pass this file through another program."),
        ) from error  # fmt: skip
    except MemoryError as error:
        raise damaged() from error
    except OSError as error:
        raise DeskError(
            tr("The file cannot be read: {why}.", why=error.strerror or error), path.name,
            tr("Name a bundle that was saved as PDF."),
        ) from error  # fmt: skip


def _look(path: Path, document: Any, progress: Progress, cancel: CancelToken) -> SeenBundle:
    if len(document.pages) > MOST_PAGES:
        raise Refused(
            tr("This PDF has {pages} pages; that is too many to be checked.",
               pages=len(document.pages)), path.name,
        )  # fmt: skip
    places = {page.obj.objgen: number for number, page in enumerate(document.pages, 1)}
    info = {str(key): _words(value) for key, value in document.docinfo.items()}
    metadata, xmp = _metadata(document)
    return SeenBundle(
        path=path,
        size=path.stat().st_size,
        encrypted=bool(document.is_encrypted),
        pages=tuple(_pages(path, document, places, progress, cancel)),
        outline=tuple(_outline(document, places)),
        dangers=tuple(_dangers(document)),
        told=tuple(info.items()),
        metadata=metadata,
        xmp=xmp,
        language=_words(document.Root.get("/Lang", "")),
        attachments=tuple(_attachments(document)),
        versions=_versions(path),
        layers=len(document.Root.get("/OCProperties", {}).get("/OCGs", [])),
        intent=bool(len(document.Root.get("/OutputIntents", []))),
    )


def _words(value: object) -> str:
    return clean_line(str(value))[:_LONGEST]


def _pages(
    path: Path, document: Any, places: Mapping[Any, int], progress: Progress, cancel: CancelToken
) -> Iterator[SeenPage]:
    """Each page, its words by one reader and its drawings by another."""
    import pypdfium2

    with LOCK:
        words = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(document.pages, 1):
            cancel.check()
            with LOCK:
                shown = words[number - 1]
                width, height = shown.get_size()
                pieces, overfull = pieces_of(shown, _upright(page))
                shown.close()
            yield _page(number, page, places, (width, height), pieces, overfull=overfull)
            progress(tr("Looking at the pages"), number, len(document.pages))
    finally:
        with LOCK:
            words.close()


def _page(
    number: int, page: Any, places: Mapping[Any, int], size: tuple[float, float],
    pieces: tuple[Any, ...], *, overfull: bool,
) -> SeenPage:  # fmt: skip
    whole = Box(0.0, 0.0, *size)
    turn = _upright(page)
    drawing = None
    try:
        drawing = Drawing(page, whole, turn)
    except Overfull:
        overfull = True
    links, notes = _annotations(page, places, turn)
    names = ("/Thumb", "/PieceInfo", "/Metadata", "/AA")
    return SeenPage(
        number, *size, pieces=pieces, links=links, notes=notes, overfull=overfull,
        pictures=tuple(drawing.pictures) if drawing else (),
        fills=tuple(drawing.fills) if drawing else (),
        strokes=tuple(drawing.strokes) if drawing else (),
        fonts=fonts_of(page), extras=tuple(name[1:] for name in names if name in page.obj),
    )  # fmt: skip


def _upright(page: Any) -> Matrix:
    """What brings the page's own lengths to the page as it is shown."""
    crop, media = ([float(each) for each in box] for box in (page.cropbox, page.mediabox))
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    width, height = min(crop[2], media[2]) - left, min(crop[3], media[3]) - bottom
    moved: Matrix = (1.0, 0.0, 0.0, 1.0, -left, -bottom)
    turns: dict[int, Matrix] = {
        90: (0.0, -1.0, 1.0, 0.0, 0.0, width),
        180: (-1.0, 0.0, 0.0, -1.0, width, height),
        270: (0.0, 1.0, -1.0, 0.0, height, 0.0),
    }
    return times(moved, turns.get(int(page.rotation) % 360, IDENTITY))


def _annotations(
    page: Any, places: Mapping[Any, int], turn: Matrix
) -> tuple[tuple[Link, ...], tuple[str, ...]]:
    """Links, and the kinds of everything else that lies over the page."""
    links, notes = [], []
    for each in list(page.obj.get("/Annots", []))[:_MOST_LINKS]:
        kind = str(each.get("/Subtype", ""))[1:]
        if kind != "Link":
            notes.append(kind)
            continue
        box = placed(turn, corners([float(side) for side in each.Rect]))
        action = each.get("/A", None)
        target = each.get("/Dest", action.get("/D", None) if action is not None else None)
        what = str(action.get("/S", ""))[1:] if action is not None else ""
        address = ""
        if action is not None and what in {"URI", "GoToR", "Launch"}:
            address = _words(action.get("/URI", action.get("/F", "")))
        other = "" if what in {"", "GoTo", "URI", "GoToR"} else what
        links.append(Link(box, _target(target, places), address, other))
    return tuple(links), tuple(notes)


def _target(target: Any, places: Mapping[Any, int]) -> int | None:
    """The page a destination opens; `None` for none of this file, or one by name."""
    import pikepdf

    if not isinstance(target, pikepdf.Array) or not len(target):
        return None
    first = target[0]
    return places.get(first.objgen) if isinstance(first, pikepdf.Dictionary) else None


def _outline(document: Any, places: Mapping[Any, int]) -> Iterator[Mark]:
    """The outline's lines in reading order; what turns in circles is cut."""
    import pikepdf

    seen: set[tuple[int, int]] = set()
    begin = document.Root.get("/Outlines", {}).get("/First", None)
    waiting = [(begin, 0)] if begin is not None else []
    while waiting and len(seen) < _MOST_MARKS:
        entry, level = waiting.pop()
        if not isinstance(entry, pikepdf.Dictionary) or entry.objgen in seen:
            continue
        seen.add(entry.objgen)
        action = entry.get("/A", None)
        aim = entry.get("/Dest", action.get("/D", None) if action is not None else None)
        yield Mark(_words(entry.get("/Title", "")), _target(aim, places), level)  # fmt: skip
        waiting += [(entry[name], deeper) for name, deeper in (("/Next", level),
                    ("/First", level + 1)) if name in entry]  # fmt: skip


_RUNNING: Final = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition", "/Movie",
                   "/Sound", "/GoToE"}  # fmt: skip


def _dangers(document: Any) -> Iterator[str]:
    """What could run, send or open by itself."""
    import pikepdf

    for name in ("/OpenAction", "/AA", "/AcroForm"):
        found = document.Root.get(name, None)
        if isinstance(found, pikepdf.Dictionary):
            yield name[1:]
    if "/JavaScript" in document.Root.get("/Names", {}):
        yield "JavaScript"
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary):
            kind = found.get("/S", None)
            if isinstance(kind, pikepdf.Name) and str(kind) in _RUNNING:
                yield str(kind)[1:]


def _metadata(document: Any) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The XMP metadata as text, and the values the checklist asks for."""
    import pikepdf

    stream = document.Root.get("/Metadata", None)
    if not isinstance(stream, pikepdf.Stream):
        return "", ()
    try:
        text = unpacked(stream, _MOST_METADATA).decode("utf-8", "replace")
    except Overfull:
        return "", ()
    values = []
    with contextlib.suppress(ValueError, KeyError, RuntimeError, pikepdf.PdfError):
        told = document.open_metadata()
        values = [(name, _words(told[name])) for name in _XMP if name in told]
    return text, tuple(values)


def _attachments(document: Any) -> Iterator[Attachment]:
    for name, each in list(document.attachments.items())[:_MOST_MARKS]:
        stream = each.obj.EF.F
        data = b""
        with contextlib.suppress(Overfull):
            data = unpacked(stream, _MOST_ATTACHED)
        yield Attachment(_words(name), hashlib.sha256(data).hexdigest() if data else "")


_END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF")


def _versions(path: Path) -> int:
    """How many times the file was saved, each over the one before; read in pieces."""
    count, before, linear = 0, b"", False
    with path.open("rb") as stream:
        while piece := stream.read(_STEP):
            if not before:
                linear = b"/Linearized" in piece[:2048]
            joined = before + piece
            count += len(_END.findall(joined)) - len(_END.findall(before))
            before = joined[-64:]
    return max(1, count - linear)
