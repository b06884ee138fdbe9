"""What a file looks like, checked against its hash first; nothing is opened but what we read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from disputedesk.common.work import CancelToken
from disputedesk.desk.evidence_views import Look, Preview
from disputedesk.media.redaction import PDF, PICTURES
from disputedesk.media.thumbnails import thumbnail
from disputedesk.media.words import PrintedText, read_mail, read_page, read_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from disputedesk.desk.desk import Desk

FULL: Final = 8192
"""Points of the longer side at which a picture counts as seen in full."""

_TEXTS: Final = frozenset({"application/json", "application/xml", "application/x-ofx"})


def preview(
    desk: Desk, sha256: str, media_type: str, side: int, *, cancel: CancelToken | None = None
) -> Preview:
    """A sealed file as it can be shown.

    Args:
        desk: The desk.
        sha256: Which bytes.
        media_type: What they are.
        side: The most points of a picture's longer side.
        cancel: Asked before anything is decoded.

    Raises:
        NotFound: The bytes are missing.
        DamagedDesk: They are not what was sealed.
        Cancelled: `cancel` was set.
    """
    read = _reader_of(media_type)
    if read is None and media_type not in PICTURES and media_type != PDF:
        return Preview(Look.NOTHING)
    path = desk.vault.check(sha256)
    if cancel is not None:
        cancel.check()
    if read is not None:
        told = read(path)
        return Preview(Look.WORDS, rows=told.rows, body=told.body, was_cut=told.was_cut)
    if media_type == PDF:
        return Preview(Look.PAGES, path=path)
    picture = thumbnail(path, media_type, side)
    return Preview(Look.NOTHING) if picture is None else Preview(Look.PICTURE, picture=picture)


def _reader_of(media_type: str) -> Callable[[Path], PrintedText] | None:
    if media_type == "message/rfc822":
        return read_mail
    if media_type == "text/html":
        return read_page
    return read_text if media_type.startswith("text/") or media_type in _TEXTS else None
