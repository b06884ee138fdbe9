"""How large a PDF may be once it is unpacked; asked before anything unpacks it."""

from __future__ import annotations

import zlib
from typing import Any, Final

from disputedesk.common.texts import tr

MOST_BYTES: Final = 128 << 20
_MOST_PAGES: Final = 400
_MOST_OBJECTS: Final = 200_000
_MOST_DRAWN: Final = 96 << 20
"""Bytes that all drawings of one file may take when unpacked."""


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
            room -= len(unpacked(found, room))
        if room < 0:
            raise TooLargeError(tr("This PDF is too large to be printed here."))


def unpacked(stream: Any, most: int) -> bytes:
    """What a stream unpacks to, at most a little more than `most` bytes."""
    import pikepdf

    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    data = bytes(stream.read_raw_bytes())
    for name in names:
        if name not in {"/FlateDecode", "/Fl"}:
            break
        data = zlib.decompressobj().decompress(data, most + 1)
    return data
