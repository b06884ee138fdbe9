"""Copies of evidence with parts removed: from the picture, from the words and from the details.

A box is no black sheet laid over a page: what stood under it is not in the copy at all. Pictures
are decoded, painted and coded anew. A PDF page with a box becomes a picture of itself; the other
pages keep only what they draw, and what a box hides on one page is hidden on every page that shows
the same picture or number. Mails and texts become plain text with their secrets masked. Nothing
that travelled with the file (place, camera, author, remarks, attachments, scripts) comes along, and
`redaction_proof` reads every copy again before anybody trusts it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.media.redaction_boxes import Box, Unredactable

if TYPE_CHECKING:
    from PIL import Image

PICTURES: Final = frozenset(
    {"image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff"}
)
PDF: Final = "application/pdf"
_WORDS: Final = frozenset({"message/rfc822", "application/json", "application/xml"})


@dataclasses.dataclass(frozen=True, slots=True)
class Redacted:
    """A copy with parts removed, not yet proven.

    Attributes:
        pages: How many pages or pictures it has.
        boxes: What was covered in the end: the boxes asked for and those that followed from them.
        redrawn: Pages of a PDF that became pictures.
        removed: The words that stood under the boxes; only to be looked for, never kept or shown.
        gone: Hashes of the pictures a box hid a part of; only to be looked for.
        notes: What the user should know of the copy, in whole sentences.
    """

    data: bytes = dataclasses.field(repr=False)
    media_type: str
    pages: int
    boxes: tuple[Box, ...]
    redrawn: frozenset[int] = frozenset()
    removed: tuple[str, ...] = dataclasses.field(default=(), repr=False)
    gone: frozenset[str] = dataclasses.field(default=frozenset(), repr=False)
    notes: tuple[str, ...] = ()


def takes_boxes(media_type: str) -> bool:
    """Whether parts of such a file are removed by boxes."""
    return media_type in PICTURES or media_type == PDF


def takes_masks(media_type: str) -> bool:
    """Whether such a file becomes a text with its secrets masked."""
    return media_type.startswith("text/") or media_type in _WORDS


def redact(
    path: Path,
    media_type: str,
    boxes: Sequence[Box],
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Redacted:
    """The file's copy without what is under the boxes; the file itself is only read.

    Args:
        path: The file.
        media_type: What it is, by its bytes.
        boxes: What to remove; of a mail or text its secrets are removed instead.
        progress: Told after every page.
        cancel: Asked between pages.

    Raises:
        Unredactable: No copy can be made of this file or with these boxes.
    """
    if media_type in PICTURES:
        from disputedesk.media.redaction_pictures import redact_pictures

        return redact_pictures(path, boxes, progress=progress, cancel=cancel)
    if media_type == PDF:
        from disputedesk.media.redaction_pdf import redact_pdf

        return redact_pdf(path, boxes, progress=progress, cancel=cancel)
    if takes_masks(media_type):
        from disputedesk.media.redaction_texts import redact_text

        return redact_text(path, media_type)
    raise Unredactable(
        tr("This kind of file cannot be redacted here. Take a screenshot of what is needed, keep "
           "that as evidence, and redact it.")
    )  # fmt: skip


def count_pages(path: Path, media_type: str) -> int:
    """How many pages or pictures can take boxes.

    Raises:
        Unredactable: The file is locked, damaged or too large, or takes no boxes.
    """
    if media_type in PICTURES:
        from disputedesk.media.redaction_pictures import count_pictures

        return count_pictures(path)
    if media_type == PDF:
        from disputedesk.media.redaction_pages import count_pdf_pages

        return count_pdf_pages(path)
    raise Unredactable(tr("There are no pages on which boxes could be drawn."))


def found_boxes(
    path: Path, media_type: str, allowed: frozenset[str], *, cancel: CancelToken | None = None
) -> tuple[Box, ...]:
    """The boxes over the card numbers and codes that stand as words on the pages of a PDF.

    Args:
        path: The file.
        media_type: What it is; of anything but a PDF no words are known.
        allowed: What somebody said is no secret, as it may be shown.
        cancel: Asked between pages.

    Raises:
        Unredactable: The PDF is locked, damaged or too large.
    """
    if media_type != PDF:
        return ()
    from disputedesk.media.redaction_pages import count_pdf_pages, pdfium_of
    from disputedesk.media.redaction_words import secret_boxes

    boxes: list[Box] = []
    count = count_pdf_pages(path)
    with pdfium_of(path) as document:
        for number in range(1, count + 1):
            if cancel is not None:
                cancel.check()
            page = document[number - 1]
            boxes += secret_boxes(page, number, allowed)
            page.close()
    return tuple(boxes)


def seen_page(source: Path | bytes, media_type: str, page: int, side: int) -> Image.Image:
    """A page or picture as it is seen upright, its longer side at most about `side` points.

    Raises:
        Unredactable: It is damaged or too large.
    """
    if media_type == PDF:
        from disputedesk.media.redaction_pages import page_picture

        return page_picture(source, page, side)
    from disputedesk.media.redaction_pictures import upright_picture

    return upright_picture(source, page, side)
