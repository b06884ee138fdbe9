"""Small pictures of evidence, kept on the disk once made; the folder may be deleted at any time."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.private_files import make_private_folder, open_private
from disputedesk.common.work import CancelToken
from disputedesk.media.thumbnails import is_pictured, thumbnail

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

__all__ = ["is_pictured", "thumbnail_of"]

FOLDER: Final = ("cache", "thumbnails")
"""Where they lie in the desk's folder; no backup takes them along."""

_FIRST, _LAST = b"\xff\xd8", b"\xff\xd9"


def thumbnail_of(
    desk: Desk, sha256: str, media_type: str, side: int, *, cancel: CancelToken | None = None
) -> bytes | None:
    """A JPEG of sealed bytes, no side longer than `side`; `None` where an icon has to serve.

    The bytes are not checked against their hash: this is a picture to find things by. What leaves
    the desk, and what is looked at closely, is read with `preview` or `Vault.read`.

    Args:
        desk: The desk.
        sha256: Which bytes.
        media_type: What they are.
        side: Points.
        cancel: Asked before anything is decoded.

    Raises:
        Cancelled: `cancel` was set.
    """
    if not is_pictured(media_type):
        return None
    source = desk.vault.path(sha256)
    place = desk.folder.joinpath(*FOLDER, sha256[:2], f"{sha256}-{side}.jpg")
    kept = _kept(place)
    if kept is not None:
        return kept
    if cancel is not None:
        cancel.check()
    made = thumbnail(source, media_type, side)
    if made is not None and not desk.read_only:
        _keep(place, made)
    return made


def _kept(place: Path) -> bytes | None:
    """What was made before, if it is whole."""
    try:
        data = place.read_bytes()
    except OSError:
        return None
    return data if data.startswith(_FIRST) and data.endswith(_LAST) else None


def _keep(place: Path, data: bytes) -> None:
    """Puts a picture into the cache whole or not at all; a full disk only costs time later."""
    beside = place.with_name(f".{place.name}.{secrets.token_hex(6)}.tmp")
    try:
        make_private_folder(place.parent)
        with os.fdopen(open_private(beside), "wb") as stream:
            stream.write(data)
        beside.replace(place)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
