"""A stranger's form opened: within bounds, never run; what cannot be used is said in a sentence."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from typing import Any, Final

from disputedesk.common.errors import Refused
from disputedesk.common.texts import tr
from disputedesk.media.pdf_bounds import (
    TooLargeError,
    UnfitPdfError,
    refuse_bombs,
    shown_box,
    told_of_damage,
)

MOST_BYTES: Final = 32 << 20
MOST_PAGES: Final = 60
_LONGEST_SIDE: Final = 4_800.0
"""Points of a page's longest side: A0 and half as much again."""

_HEAD: Final = b"%PDF-"
_HEAD_WITHIN: Final = 1024


@contextlib.contextmanager
def opened_form(data: bytes, name: str) -> Iterator[Any]:
    """The form, open in pikepdf; whatever damage raises inside the block becomes a sentence.

    Args:
        data: The file's bytes.
        name: What it is called, for the sentence.

    Raises:
        Refused: It is no PDF, locked, damaged, too large, or has pages that cannot be shown.
    """
    import pikepdf

    if _HEAD not in data[:_HEAD_WITHIN]:
        raise Refused(tr("This file is no PDF."), name, tr("Save the bank's form as a PDF first."))
    if len(data) > MOST_BYTES:
        raise _too_large(name)
    try:
        with told_of_damage(_damaged), contextlib.ExitStack() as room:
            source = room.enter_context(pikepdf.open(io.BytesIO(data), suppress_warnings=True))
            refuse_bombs(source, most_pages=MOST_PAGES)
            _refuse_locked(source, name)
            _refuse_layers(source, name)
            _refuse_huge_pages(source, name)
            yield source
    except pikepdf.PasswordError as error:
        raise Refused(
            tr("This PDF is locked with a password."),
            name,
            tr("Open it with its password, print it into a new PDF, and add that one."),
        ) from error
    except TooLargeError as error:
        raise Refused(str(error), name, tr("Ask the bank for the form alone.")) from error
    except UnfitPdfError as error:
        raise Refused(str(error), name, tr("Load it from the bank again.")) from error


def _damaged() -> UnfitPdfError:
    return UnfitPdfError(tr("This PDF is damaged."))


def _too_large(name: str) -> Refused:
    return Refused(tr("This PDF is too large to be a form."), name,
                   tr("Ask the bank for the form alone."))  # fmt: skip


def _refuse_locked(source: Any, name: str) -> None:
    """Does nothing for a form that its bank lets people fill.

    Raises:
        Refused: It opens without a password, but must not be filled.
    """
    if source.is_encrypted and not (source.allow.modify_form or source.allow.modify_other):
        raise Refused(
            tr("The bank locked this PDF against filling it in."),
            name,
            tr("Ask the bank for one that can be filled in, or print it and fill it in by hand."),
        )


def _refuse_layers(source: Any, name: str) -> None:
    """Does nothing for a file without hidden layers; in the copy they would come to light.

    Raises:
        Refused: It has some.
    """
    layers = source.Root.get("/OCProperties", {}).get("/D", {})
    if len(layers.get("/OFF", [])) or str(layers.get("/BaseState", "/ON")) != "/ON":
        raise Refused(tr("This PDF has hidden layers; print it into a new PDF first."), name)


def _refuse_huge_pages(source: Any, name: str) -> None:
    for page in source.pages:
        if max(shown_size(page)) > _LONGEST_SIDE:
            raise _too_large(name)


def shown_size(page: Any) -> tuple[float, float]:
    """Width and height of a page as it is shown, upright, in points."""
    left, bottom, right, top = shown_box(page)
    unit = float(page.obj.get("/UserUnit", 1))
    size = (right - left) * unit, (top - bottom) * unit
    return (size[1], size[0]) if int(page.rotation) % 180 else size


def shown_place(
    page: Any, rectangle: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """A rectangle of a page as it is shown: left, top, width, height in points from its top left.

    Args:
        page: The page; may be turned, cropped or scaled.
        rectangle: Two corners as the file has them.
    """
    first = _turned(page, rectangle[0], rectangle[1])
    second = _turned(page, rectangle[2], rectangle[3])
    left, top = min(first[0], second[0]), min(first[1], second[1])
    return left, top, abs(first[0] - second[0]), abs(first[1] - second[1])


def _turned(page: Any, x: float, y: float) -> tuple[float, float]:
    left, bottom, right, top = shown_box(page)
    unit = float(page.obj.get("/UserUnit", 1))
    across, down = {
        0: (x - left, top - y),
        90: (y - bottom, x - left),
        180: (right - x, y - bottom),
        270: (top - y, right - x),
    }[int(page.rotation) % 360 // 90 * 90]
    return across * unit, down * unit
