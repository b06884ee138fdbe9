"""Points 13 and 14: nothing hidden under boxes or in the file, no card numbers or codes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from disputedesk.common.secrets import find_secrets
from disputedesk.common.texts import tr
from disputedesk.papers.checking.claims import Claims, Kind
from disputedesk.papers.checking.point import Point, judged
from disputedesk.papers.checking.seen import Box, Fill, Picture, Piece, SeenBundle, SeenPage

_FEWEST: Final = 3
"""So many letters under a box are words."""

_DARK: Final = 0.35
_LIGHT: Final = 0.9
_LEAST_BOX: Final = 30.0
_WHOLE: Final = 0.9
_PLAIN: Final = frozenset({"/Title", "/Producer", "/CreationDate", "/ModDate", "/DeskBundle",
                           "/DeskVersion", "/DeskManifest", "/DeskPart", "/DeskPages",
                           "/Trapped"})  # fmt: skip
_COVERING: Final = frozenset({"Redact", "Square", "FreeText", "Stamp", "Ink", "Polygon", "Circle",
                              "Highlight"})  # fmt: skip
_HASH: Final = re.compile(r"\b[0-9a-f]{40,64}\b")


def check_hidden(seen: SeenBundle, claims: Claims | None) -> Point:
    """Point 13: what was blacked out is gone, and the file keeps nothing unseen."""
    wrong: list[str] = []
    remarks: list[str] = []
    for place, page in enumerate(seen.pages):
        number = page.number + (claims.first - 1 if claims else 0)
        told, told_beside = _on_page(page, number)
        wrong += told
        remarks += told_beside
        own = claims is not None and claims.kinds[place] is not Kind.EXHIBIT
        wrong += _unseen(page, number, own)
    if seen.layers:
        wrong.append(tr("The file has layers that can be switched on and off."))
    if seen.versions > 1:
        wrong.append(tr("The file still holds {count} earlier versions of itself.",
                        count=seen.versions - 1))  # fmt: skip
    wrong += [tr("The file tells about its maker: {name}.", name=name[1:])
              for name, value in seen.told if name not in _PLAIN and value]  # fmt: skip
    if dict(seen.xmp).get("dc:creator") or "exif:GPS" in seen.metadata:
        wrong.append(tr("The file's metadata names a person or a place."))
    return judged(13, wrong, remarks)


def _on_page(page: SeenPage, number: int) -> tuple[list[str], list[str]]:
    """Words and pictures under boxes; and words that cannot be seen for other reasons."""
    wrong: list[str] = []
    remarks: list[str] = []
    for piece in page.pieces:
        if piece.hidden < _FEWEST:
            continue
        if piece.dark or _under(piece, page.fills):
            wrong.append(tr("Page {page} has words under a box: they can still be copied.",
                            page=number))  # fmt: skip
        else:
            remarks.append(tr("Page {page} has words that cannot be seen.", page=number))
    wrong += [
        tr("A dark box lies over a picture on page {page}; what it hides is still in the file.",
           page=number)
        for fill in page.fills
        if any(_hides(fill, picture, page) for picture in page.pictures)
    ]  # fmt: skip
    wrong += [tr("Page {page} has a note over it that hides nothing for good.", page=number)
              for note in page.notes if note in _COVERING]  # fmt: skip
    return wrong, remarks


def _under(piece: Piece, fills: tuple[Fill, ...]) -> bool:
    """Whether a light box was drawn over words that stood there."""
    middle = piece.baseline + 1
    return any(
        fill.words_before and fill.grey is not None and fill.grey >= _LIGHT
        and fill.box.bottom < middle < fill.box.top and fill.box.meets(piece.box)
        for fill in fills
    )  # fmt: skip


def _hides(fill: Fill, picture: Picture, page: SeenPage) -> bool:
    """Whether a dark box without words on it lies over a part of a picture."""
    if fill.grey is None or fill.grey > _DARK or not fill.is_box or fill.order < picture.order:
        return False
    shared: Box = fill.box.shared(picture.box)
    if shared.area < _LEAST_BOX or shared.area < _WHOLE * fill.box.area:
        return False
    return not any(fill.box.meets(piece.box) for piece in page.pieces)


def _unseen(page: SeenPage, number: int, own: bool) -> Iterator[str]:
    """What a page and its pictures carry beside what is seen."""
    del own
    for name in page.extras:
        if name != "AA":
            yield tr("Page {page} carries something unseen: {name}.", page=number, name=name)
    for picture in page.pictures:
        for name in picture.carries:
            yield tr("A picture on page {page} still carries its own data: {name}.",
                     page=number, name=name)  # fmt: skip


def check_secrets(seen: SeenBundle, claims: Claims | None) -> Point:
    """Point 14: no card number, code or track in words, metadata, names, bookmarks, pictures."""
    wrong = [
        tr("{place} shows {what}.", place=place, what=secret.masked)
        for place, text in _texts(seen, claims)
        for secret in find_secrets(_HASH.sub(" ", text))
    ]
    pictures = any(page.pictures for page in seen.pages)
    remarks = [tr("Words in pictures were not read.")] if pictures and seen.read is None else []
    return judged(14, wrong, remarks)


def _texts(seen: SeenBundle, claims: Claims | None) -> Iterator[tuple[str, str]]:
    """Every text of the file and where it stands."""
    first = claims.first if claims else 1
    read = dict(seen.read or ())
    for page in seen.pages:
        number = page.number + first - 1
        yield tr("Page {page}", page=number), page.text
        for link in page.links:
            if link.address:
                yield tr("A link on page {page}", page=number), link.address
        if page.number in read:
            yield tr("A picture on page {page}", page=number), read[page.number]
    for mark in seen.outline:
        yield tr("The outline"), mark.title
    for name, value in seen.told:
        if name not in {"/CreationDate", "/ModDate", "/DeskManifest"}:
            yield tr("The file's entry {name}", name=name[1:]), value
    yield tr("The metadata"), re.sub(r"<[^>]*>", " ", seen.metadata)
    for each in seen.attachments:
        yield tr("The name of an enclosed file"), each.name
    yield tr("The file's name"), seen.path.name
