"""Mails, pages and texts as plain text in which every secret is masked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from disputedesk.common.texts import tr
from disputedesk.media.redaction import Redacted
from disputedesk.media.redaction_boxes import Unredactable
from disputedesk.media.words import PrintedText, read_mail, read_page, read_text

_READERS: Final[dict[str, Callable[[Path], PrintedText]]] = {
    "message/rfc822": read_mail,
    "text/html": read_page,
}


def redact_text(path: Path, media_type: str) -> Redacted:
    """The words of a mail, page or text without its secrets.

    Raises:
        Unredactable: Nothing in it can be read.
    """
    printed = _READERS.get(media_type, read_text)(path)
    lines = [f"{name}: {value}" for name, value in printed.rows]
    if not lines and not printed.body:
        raise Unredactable(tr("No words can be read in this file."))
    text = "\n".join([*lines, *([""] if lines else []), printed.body, ""])
    notes = [tr("The copy is plain text: its words, without pictures and attached files.")]
    if printed.was_cut:
        notes.append(tr("The file is long; the copy holds its beginning."))
    return Redacted(text.encode(), "text/plain", 1, (), notes=tuple(notes))
