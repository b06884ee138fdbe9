"""How a stranger's PDF is opened: its size is asked before any work, and damage is told as that."""

from __future__ import annotations

import base64
import binascii
import collections
import contextlib
import logging
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from disputedesk.common.texts import tr

_log = logging.getLogger(__name__)

MOST_BYTES: Final = 128 << 20
MOST_PAGES: Final = 400
_MOST_OBJECTS: Final = 200_000
_MOST_DRAWN: Final = 96 << 20
"""Bytes that all drawings of one file may take when unpacked."""

_MOST_PARTS: Final = 50_000
"""Drawings inside drawings that one page may take; each costs the time of a small page."""

_DEEPEST: Final = 30
_GROWING: Final = {"/LZWDecode": 400, "/LZW": 400, "/RunLengthDecode": 64, "/RL": 64}
"""How many times its size a stream may unpack to that is not unpacked here."""

_LEAST_SIDE: Final = 1.0
"""Points; a page with a shorter side shows nothing."""

_DRAWS: Final = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+Do\b")
_NAMED: Final = re.compile(rb"#([0-9a-fA-F]{2})")


class UnfitPdfError(Exception):
    """A PDF that nobody should open here; its text is one whole sentence that says why."""


class LockedPdfError(UnfitPdfError):
    """One that opens only with a password."""


class TooLargeError(UnfitPdfError):
    """One that is larger than an honest file is, or unpacks to more."""


@contextlib.contextmanager
def opened_pdf(path: Path) -> Iterator[Any]:
    """The PDF, open in pikepdf; what damage raises inside the block becomes a sentence.

    Raises:
        UnfitPdfError: It is locked, damaged or too large, or has no pages.
    """
    import pikepdf

    refuse_large(path)
    with told_of_damage(_damaged):
        try:
            with pikepdf.open(path, suppress_warnings=True) as source:
                refuse_bombs(source)
                yield source
        except pikepdf.PasswordError as error:
            raise LockedPdfError(tr("This PDF is locked with a password.")) from error


def _damaged() -> UnfitPdfError:
    return UnfitPdfError(tr("This PDF is damaged."))


@contextlib.contextmanager
def told_of_damage(unfit: Callable[[], Exception]) -> Iterator[None]:
    """A block in which what a damaged PDF raises becomes the error that `unfit` gives.

    A number may stand where a sound file holds a dictionary, so whoever walks through a stranger's
    file meets `TypeError` and `AttributeError` as often as `PdfError`. Such an error may be our own
    fault too: the log says where it rose, never what the file holds.
    """
    import pikepdf

    try:
        yield
    except (TypeError, AttributeError) as error:
        _log.info("A PDF was taken as damaged: %s at %s", type(error).__name__, _place(error))
        raise unfit() from error
    except (pikepdf.PdfError, ValueError, KeyError, IndexError, RuntimeError, OverflowError,
            zlib.error) as error:  # fmt: skip
        raise unfit() from error  # PDFium's errors are RuntimeErrors


def _place(error: BaseException) -> str:
    """File and line where it rose."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return "nowhere"
    return f"{Path(step.tb_frame.f_code.co_filename).name}:{step.tb_lineno}"


def refuse_large(path: Path) -> None:
    """Does nothing for a file that may be opened at all.

    Raises:
        TooLargeError: It has too many bytes.
    """
    if path.stat().st_size > MOST_BYTES:
        raise TooLargeError(tr("This PDF is too large to be opened here."))


def refuse_bombs(source: Any, *, most_pages: int = MOST_PAGES) -> None:
    """Does nothing for an open PDF of a size that can be drawn and read.

    Args:
        source: The `pikepdf.Pdf`.
        most_pages: The most pages.

    Raises:
        TooLargeError: It has too many pages or objects, or unpacks to too much.
    """
    import pikepdf

    if len(source.objects) > _MOST_OBJECTS:
        raise TooLargeError(tr("This PDF is too large to be opened here."))
    pages = len(source.pages)
    if not pages:
        raise TooLargeError(tr("This PDF has no pages."))
    if pages > most_pages:
        raise TooLargeError(tr("This PDF has {pages} pages; that is too many to be opened here.",
                               pages=pages))  # fmt: skip
    room = _MOST_DRAWN
    for found in source.objects:
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") != "/Image":
            room -= len(unpacked(found, room)) * _factor(found)
        if room < 0:
            raise TooLargeError(tr("This PDF is too large to be opened here."))
    _refuse_echoes(source)


def _filters(stream: Any) -> list[str]:
    import pikepdf

    filters = stream.get("/Filter", pikepdf.Array())
    return [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]


def _factor(stream: Any) -> int:
    """How much larger than what `unpacked` gives a stream may be."""
    return max((_GROWING.get(name, 1) for name in _filters(stream)), default=1)


def unpacked(stream: Any, most: int) -> bytes:
    """What a stream unpacks to, at most a little more than `most` bytes."""
    data = bytes(stream.read_raw_bytes())
    for name in _filters(stream):
        if name in {"/FlateDecode", "/Fl"}:
            data = zlib.decompressobj().decompress(data, most + 1)
        elif name in {"/ASCIIHexDecode", "/AHx"}:
            plain = re.sub(rb"[^0-9a-fA-F]", b"", data.partition(b">")[0])
            data = binascii.unhexlify(plain + b"0" * (len(plain) % 2))
        elif name in {"/ASCII85Decode", "/A85"}:
            data = base64.a85decode(b"".join(data.partition(b"~>")[0].split()))
        else:
            break
    return data


def _refuse_echoes(source: Any) -> None:
    """Does nothing for a file whose drawings do not draw drawings beyond measure.

    Raises:
        TooLargeError: Some page would draw more parts than any honest page has.
    """
    known: dict[tuple[int, int], int] = {}
    for page in source.pages:
        contents = page.obj.get("/Contents")
        pieces = contents.as_list() if _is_array(contents) else [contents]
        data = b"\n".join(unpacked(each, _MOST_DRAWN) for each in pieces if each is not None)
        if _drawn(data, page.resources, known, 0) > _MOST_PARTS:
            raise TooLargeError(tr("This PDF is too large to be opened here."))


def _is_array(value: Any) -> bool:
    import pikepdf

    return isinstance(value, pikepdf.Array)


def _drawn(data: bytes, resources: Any, known: dict[tuple[int, int], int], depth: int) -> int:
    """How many parts are drawn when `data` is, those inside parts counted each time."""
    forms = resources.get("/XObject", {}) if resources is not None else {}
    if depth > _DEEPEST:
        return _MOST_PARTS + 1
    count = 0
    for name, times in collections.Counter(_DRAWS.findall(data)).items():
        form = forms.get("/" + _NAMED.sub(_sign, name).decode("latin-1"))
        if form is None or form.get("/Subtype") != "/Form":
            continue
        size = known.get(form.objgen)
        if size is None:
            inner = form.get("/Resources", resources)
            size = 1 + _drawn(unpacked(form, _MOST_DRAWN), inner, known, depth + 1)
            known[form.objgen] = size
        count += times * size
        if count > _MOST_PARTS:
            break
    return count


def _sign(match: re.Match[bytes]) -> bytes:
    return bytes([int(match.group(1), 16)])


def shown_box(page: Any) -> tuple[float, float, float, float]:
    """What a viewer shows of a page: the crop box inside the sheet; left, bottom, right, top.

    Raises:
        ValueError: It has no size.
    """
    crop, media = ([float(side) for side in box] for box in (page.cropbox, page.mediabox))
    crop = [min(crop[0], crop[2]), min(crop[1], crop[3]), max(crop[0], crop[2]),
            max(crop[1], crop[3])]  # fmt: skip
    media = [min(media[0], media[2]), min(media[1], media[3]), max(media[0], media[2]),
             max(media[1], media[3])]  # fmt: skip
    left, bottom = max(crop[0], media[0]), max(crop[1], media[1])
    right, top = min(crop[2], media[2]), min(crop[3], media[3])
    if right - left < _LEAST_SIDE or top - bottom < _LEAST_SIDE:
        message = "a page without a size"
        raise ValueError(message)
    return left, bottom, right, top
