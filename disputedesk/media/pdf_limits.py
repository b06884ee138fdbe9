"""How large a PDF may be once it is unpacked; asked before anything unpacks it."""

from __future__ import annotations

import base64
import binascii
import collections
import re
import zlib
from typing import Any, Final

from disputedesk.common.texts import tr

MOST_BYTES: Final = 128 << 20
_MOST_PAGES: Final = 400
_MOST_OBJECTS: Final = 200_000
_MOST_DRAWN: Final = 96 << 20
"""Bytes that all drawings of one file may take when unpacked."""

_MOST_PARTS: Final = 50_000
"""Drawings inside drawings that one page may take; each costs the time of a small page."""

_DEEPEST: Final = 30
_GROWING: Final = {"/LZWDecode": 400, "/LZW": 400, "/RunLengthDecode": 64, "/RL": 64}
"""How many times its size a stream may unpack to that is not unpacked here."""

_DRAWS: Final = re.compile(rb"/([^\s/<>\[\](){}%]{1,127})\s+Do\b")
_NAMED: Final = re.compile(rb"#([0-9a-fA-F]{2})")


class TooLargeError(Exception):
    """A PDF that nobody should open here; its text is one whole sentence that says why."""


def refuse_bombs(source: Any, *, most_pages: int = _MOST_PAGES) -> None:
    """Does nothing for an open PDF of a size that can be drawn and read.

    Args:
        source: The `pikepdf.Pdf`.
        most_pages: The most pages.

    Raises:
        TooLargeError: It has too many pages or objects, or unpacks to too much.
    """
    import pikepdf

    if len(source.objects) > _MOST_OBJECTS:
        raise TooLargeError(tr("This PDF is too large to be printed here."))
    pages = len(source.pages)
    if not pages:
        raise TooLargeError(tr("This PDF has no pages."))
    if pages > most_pages:
        raise TooLargeError(tr("This PDF has {pages} pages; that is too many to be printed here.",
                               pages=pages))  # fmt: skip
    room = _MOST_DRAWN
    for found in source.objects:
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") != "/Image":
            room -= len(unpacked(found, room)) * _factor(found)
        if room < 0:
            raise TooLargeError(tr("This PDF is too large to be printed here."))
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
            raise TooLargeError(tr("This PDF is too large to be printed here."))


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
