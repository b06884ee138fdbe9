"""How much of a stranger's PDF is read at all: pages, objects and bytes, asked before any work."""

from __future__ import annotations

import contextlib
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from disputedesk.common.texts import tr
from disputedesk.media.redaction_boxes import Unredactable

MOST_PAGES: Final = 400
_MOST_OBJECTS: Final = 200_000
_MOST_BYTES: Final = 128 << 20
_MOST_DRAWN: Final = 96 << 20
"""Bytes that all drawings of one file may take when unpacked."""


@contextlib.contextmanager
def opened_pdf(path: Path) -> Iterator[Any]:
    """The PDF, open in pikepdf; what damage raises inside the block becomes a sentence.

    Raises:
        Unredactable: It is locked, damaged or too large, or has no pages.
    """
    import pikepdf

    if path.stat().st_size > _MOST_BYTES:
        raise Unredactable(too_large())
    try:
        with pikepdf.open(path, suppress_warnings=True) as source:
            _refuse_bombs(source)
            yield source
    except pikepdf.PasswordError as error:
        raise Unredactable(
            tr("This PDF is locked with a password. Save it without one, and add that file.")
        ) from error
    except damage() as error:
        raise Unredactable(tr("This PDF is damaged.")) from error


def too_large() -> str:
    """The sentence for a file beyond the bounds."""
    return tr("This PDF is too large to be redacted here.")


def damage() -> tuple[type[Exception], ...]:
    """What reading a damaged PDF raises."""
    import pikepdf
    import pypdfium2

    return (pikepdf.PdfError, pypdfium2.PdfiumError, ValueError, TypeError, KeyError, IndexError,
            AttributeError, RuntimeError, OverflowError, zlib.error)  # fmt: skip


def _refuse_bombs(source: Any) -> None:
    import pikepdf

    pages = len(source.pages)
    if not pages:
        raise Unredactable(tr("This PDF has no pages."))
    if len(source.objects) > _MOST_OBJECTS or pages > MOST_PAGES:
        raise Unredactable(too_large())
    room = _MOST_DRAWN
    for found in source.objects:
        if isinstance(found, pikepdf.Stream) and found.get("/Subtype") != "/Image":
            room -= _unpacked(found, room)
        if room < 0:
            raise Unredactable(too_large())


def _unpacked(stream: Any, most: int) -> int:
    """How many bytes a stream unpacks to; a little more than `most` is as good as any more."""
    import pikepdf

    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(each) for each in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    data = bytes(stream.read_raw_bytes())
    for name in names:
        if name not in {"/FlateDecode", "/Fl"}:
            break
        data = zlib.decompressobj().decompress(data, most + 1)
    return len(data)
