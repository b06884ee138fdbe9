"""The proof of a redacted copy: opened again as a stranger would, searched for what was removed.

The points inside the boxes are black and nothing else; no letter stands there; no page, string,
drawing or raw byte holds what stood under the boxes, nor any card number; nothing travels along
that is not seen. Whoever has tesseract also has the covered pages read as pictures.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from disputedesk.common.secrets import find_secrets
from disputedesk.common.texts import tr
from disputedesk.common.work import CancelToken, Progress, no_progress
from disputedesk.media import tesseract
from disputedesk.media.redaction import PDF, PICTURES, Redacted
from disputedesk.media.redaction_boxes import Box, Unredactable, covered
from disputedesk.media.redaction_words import SECRETS, numbers_in, pattern_of, phrases_in

if TYPE_CHECKING:
    from PIL import Image

_BLACK: Final = 8
"""Above nothing at all: what rounding makes of black."""

_MOST_ACROSS: Final = 3000
_MOST_READ: Final = 12
"""Pages read as pictures; each takes a second or two."""

_PLAIN_INFO: Final = frozenset(
    {"jfif", "jfif_version", "jfif_unit", "jfif_density", "compression", "dpi", "resolution"}
)
"""What a picture file may say besides its points: nothing of who, where or what."""

_ROOT: Final = frozenset({"/Type", "/Pages"})
_INFO: Final = frozenset({"/Producer"})
_LIVE: Final = frozenset(
    {"/JS", "/JavaScript", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/Annots", "/OpenAction",
     "/Metadata", "/PieceInfo", "/Thumb", "/OCProperties", "/StructTreeRoot", "/Outlines",
     "/AcroForm"}
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Proof:
    """What was looked at, and found empty.

    Attributes:
        pages: Pages or pictures of the copy, all of them read.
        boxes: Boxes under which nothing is left.
        seen: Covered pages that were read as pictures too; 0 where no such reader is installed.
    """

    pages: int
    boxes: int
    seen: int = 0


def prove(
    copy: Redacted,
    allowed: frozenset[str] = frozenset(),
    *,
    progress: Progress = no_progress,
    cancel: CancelToken | None = None,
) -> Proof:
    """What was looked at in the copy; returning at all means that nothing was found.

    Args:
        copy: The copy.
        allowed: What somebody said is no secret, as it may be shown: `•••• 6458`.
        progress: Told after every page.
        cancel: Asked between pages.

    Raises:
        Unredactable: Something is left; says where, never what.
    """
    token = cancel or CancelToken()
    search = _Search(copy, allowed)
    if copy.media_type == PDF:
        _prove_pdf(copy, search)
    elif copy.media_type in PICTURES:
        _prove_plain_file(copy)
    else:
        search.refuse(copy.data.decode("utf-8"), 0)
        return Proof(copy.pages, 0)
    seen = 0
    pages = sorted({box.page for box in copy.boxes})
    for done, number in enumerate(pages, 1):
        token.check()
        here = [box for box in copy.boxes if box.page == number]
        image = _page_of(copy, number)
        _prove_black(image, here, number)
        words = words_seen(image, token) if seen < _MOST_READ else None
        if words is not None:
            search.refuse(words, number)
            seen += 1
        progress(tr("Reading the copy again"), done, len(pages))
    return Proof(copy.pages, len(copy.boxes), seen)


def words_seen(image: Image.Image, cancel: CancelToken) -> str | None:
    """The words that can be read in a page's picture; `None` where nobody could read it."""
    small = image.copy()
    small.thumbnail((_MOST_ACROSS, _MOST_ACROSS), reducing_gap=2.0)
    return tesseract.told(small, ("--psm", "6"), cancel=cancel)


class _Search:
    """Knows what must not be found."""

    def __init__(self, copy: Redacted, allowed: frozenset[str]) -> None:
        self._allowed = allowed
        self.numbers = numbers_in(copy.removed)
        self.phrases = tuple(each.casefold() for each in phrases_in(copy.removed))
        self._patterns = [pattern_of(number) for number in self.numbers]

    def refuse(self, text: str, page: int) -> None:
        """Does nothing for a text in which nothing is found.

        Raises:
            Unredactable: A secret can be read in it, or a number that was to be removed.
        """
        secret = any(
            found.kind in SECRETS and found.masked not in self._allowed
            for found in find_secrets(text)
        )
        if secret and page:
            raise Unredactable(
                tr("A card number or code can still be read on page {page}: cover it too.",
                   page=page)
            )  # fmt: skip
        if secret:
            raise Unredactable(tr("A card number or code can still be read in the copy."))
        if any(pattern.search(text) for pattern in self._patterns):
            raise _left_over()

    def refuse_said(self, text: str) -> None:
        """Does nothing for words that travel along, if none of them stood under a box.

        Raises:
            Unredactable: They did, or hold a secret.
        """
        self.refuse(text, 0)
        folded = text.casefold()
        if any(phrase in folded for phrase in self.phrases):
            raise _left_over()

    def refuse_bytes(self, data: bytes) -> None:
        """Does nothing for bytes in which no removed number lies, however it is written.

        Raises:
            Unredactable: One does.
        """
        for number in self.numbers:
            plain = number.encode()
            wide = number.encode("utf-16-be")
            for shape in (plain, wide, number.encode("utf-16-le")):
                if shape in data or shape.hex().encode() in data.lower():
                    raise _left_over()


def _left_over() -> Unredactable:
    return Unredactable(tr("What stood under a box is still in the copy, so it was not kept."))


def _page_of(copy: Redacted, number: int) -> Image.Image:
    """A page of the copy as a picture with all its points."""
    if copy.media_type == PDF:
        from disputedesk.media.redaction_pages import drawn, pdfium_of

        with pdfium_of(copy.data) as document:
            return drawn(document[number - 1])
    from disputedesk.media.redaction_pictures import decoded

    return decoded(copy.data, number)


def _prove_black(image: Image.Image, boxes: Sequence[Box], number: int) -> None:
    """Does nothing where every point under the boxes is black.

    Raises:
        Unredactable: One is not.
    """
    for box in boxes:
        left, top, right, bottom = covered(box, image.width, image.height)
        inner = (left + 1, top + 1, right - 1, bottom - 1)
        if inner[2] <= inner[0] or inner[3] <= inner[1]:
            inner = (left, top, right, bottom)
        _, lightest = image.crop(inner).convert("L").getextrema()
        assert not isinstance(lightest, tuple)
        if lightest > _BLACK:
            raise Unredactable(
                tr("A box on page {page} does not hide what is under it, so the copy was not kept.",
                   page=number)
            )  # fmt: skip


def _prove_plain_file(copy: Redacted) -> None:
    """Does nothing for a picture file that says nothing besides its points.

    Raises:
        Unredactable: Something travels along.
    """
    from PIL import Image

    with Image.open(io.BytesIO(copy.data), formats=("JPEG", "PNG", "TIFF")) as image:
        told = set(image.info) - _PLAIN_INFO
        has_details = image.format != "TIFF" and len(image.getexif())
    if told or has_details:
        raise _travelling()


def _travelling() -> Unredactable:
    return Unredactable(
        tr("Details of the original travelled along into the copy, so it was not kept.")
    )


def _prove_pdf(copy: Redacted, search: _Search) -> None:
    """Does nothing for a PDF in which nothing is left, in words, strings, drawings and bytes."""
    import pikepdf

    with pikepdf.open(io.BytesIO(copy.data)) as document:
        info: Any = document.trailer.get("/Info", {})
        if set(document.Root.keys()) - _ROOT or set(info.keys()) - _INFO:
            raise _travelling()
        for found in document.objects:
            _prove_object(found, search, copy.gone)
    search.refuse_bytes(copy.data)
    _prove_words(copy, search)


def _prove_object(found: Any, search: _Search, gone: frozenset[str]) -> None:
    import pikepdf

    from disputedesk.media.redaction_shared import mark_of

    if isinstance(found, pikepdf.Dictionary | pikepdf.Stream) and _LIVE & set(found.keys()):
        raise _travelling()
    for text in _strings(found, 0):
        search.refuse_said(text)
    if not isinstance(found, pikepdf.Stream):
        return
    if found.get("/Subtype") != "/Image":
        data = found.read_bytes()
        search.refuse_bytes(data)
    elif mark_of(found) in gone:
        raise _left_over()


def _strings(value: Any, depth: int) -> Iterator[str]:
    """Every string inside an object, but not behind a reference."""
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield str(value)
    elif depth > 20 or (depth and getattr(value, "is_indirect", False)):
        return
    elif isinstance(value, pikepdf.Array):
        for each in _items(value):
            yield from _strings(each, depth + 1)
    elif isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        for key in list(value.keys()):
            yield from _strings(value[key], depth + 1)


def _items(array: Iterable[Any]) -> Iterator[Any]:
    yield from array


def _prove_words(copy: Redacted, search: _Search) -> None:
    """Does nothing where no letter stands under a box and no page says what was removed."""
    from disputedesk.media.redaction_pages import letters_of, pdfium_of, text_of

    with pdfium_of(copy.data) as document:
        if len(document) != copy.pages:
            raise _left_over()
        for number in range(1, copy.pages + 1):
            page = document[number - 1]
            search.refuse(text_of(page), number)
            here = [box for box in copy.boxes if box.page == number]
            if here and any(
                letter.box is not None and any(box.meets(letter.box) for box in here)
                for letter in letters_of(page, number)
            ):
                raise _left_over()
            page.close()
