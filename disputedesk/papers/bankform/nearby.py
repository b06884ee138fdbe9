"""The words printed beside a field: what it asks for, where its author did not say.

People read a form by what stands left of a line or above it, and right of a box to tick.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.media import pdfium
from disputedesk.papers.bankform.measures import TENTH
from disputedesk.papers.bankform.places import FormField, PlaceKind

_MOST: Final = 600
_LONGEST: Final = 120
_FAR: Final = 250.0
"""Points to the side in which words still belong to a place."""

_ABOVE: Final = 14.0
_PAGES_TOLD: Final = 3
_WORDS_TOLD: Final = 20_000


def words_of(data: bytes) -> str:
    """The text of the first pages; empty where there is none to read."""
    import pypdfium2

    told: list[str] = []
    with pdfium.LOCK:
        document = pypdfium2.PdfDocument(data)
        try:
            for at in range(min(len(document), _PAGES_TOLD)):
                text = document[at].get_textpage()
                told.append(text.get_text_range(0, min(text.count_chars(), _WORDS_TOLD)))
        finally:
            document.close()
    return "\n".join(told)


def labelled(
    data: bytes, fields: Sequence[FormField], upright: Sequence[bool]
) -> tuple[FormField, ...]:
    """The fields, each without words of its author with those that stand beside it.

    Args:
        data: The form.
        fields: Its fields.
        upright: Of each page whether it is shown as it was drawn; others are not looked at.
    """
    import pypdfium2

    told: list[FormField] = []
    with pdfium.LOCK:
        document = pypdfium2.PdfDocument(data)
        try:
            texts: dict[int, Any] = {}
            for at, field in enumerate(fields):
                if field.label or at >= _MOST or not upright[field.page - 1]:
                    told.append(field)
                    continue
                page = texts.get(field.page)
                if page is None:
                    page = texts[field.page] = document[field.page - 1].get_textpage()
                here = [other for other in fields if other.page == field.page]
                label = _beside(page, field, here, _origin(document[field.page - 1]))
                told.append(dataclasses.replace(field, label=label))
        finally:
            document.close()
    return tuple(told)


def _origin(page: Any) -> tuple[float, float]:
    """The shown page's top left corner as the file counts."""
    crop, media = page.get_cropbox(), page.get_mediabox()
    return max(crop[0], media[0]), min(crop[3], media[3])


def _beside(
    text: Any, field: FormField, others: Sequence[FormField], origin: tuple[float, float]
) -> str:
    """The words right of a box to tick; left of any other place, else above it."""
    left, top, width, height = (side * TENTH for side in field.box)
    right, bottom = left + width, top + height
    row = [o for o in others if o is not field and _share_row(o, field)]
    if field.kind is PlaceKind.TICK:
        end = min((o.box[0] * TENTH for o in row if o.box[0] > field.box[0]), default=right + _FAR)
        found = _within(text, origin, (right, top, min(end, right + _FAR), bottom))
        if found:
            return found
    start = max(
        ((o.box[0] + o.box[2]) * TENTH for o in row if o.box[0] < field.box[0]), default=left - _FAR
    )
    found = _within(text, origin, (max(start, left - _FAR), top, left, bottom))
    return found or _within(text, origin, (left, top - _ABOVE, right, top))


def _share_row(one: FormField, other: FormField) -> bool:
    return one.box[1] < other.box[1] + other.box[3] and other.box[1] < one.box[1] + one.box[3]


def _within(text: Any, origin: tuple[float, float], box: tuple[float, float, float, float]) -> str:
    left, top, right, bottom = box
    found = text.get_text_bounded(
        left=origin[0] + left, bottom=origin[1] - bottom, right=origin[0] + right,
        top=origin[1] - top,
    )  # fmt: skip
    return clean_line(found)[-_LONGEST:].strip(" .:_…")
