"""Card numbers and codes in a file: which, where, and what may be shown of them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import Secret, SecretKind, find_secrets, mask_text
from disputedesk.common.work import CancelToken
from disputedesk.media.places import Box, FileWords, Place
from disputedesk.media.reading import read_words

DANGEROUS: Final = frozenset({SecretKind.PAN, SecretKind.SECURITY_CODE, SecretKind.TRACK})
"""What never leaves in a file; one-time codes and account numbers are only told."""

_MOST: Final = 200
_LONGEST_PLACE: Final = 60
_BESIDE: Final = frozenset({SecretKind.PAN, SecretKind.TRACK, SecretKind.IBAN})
"""What counts in places that only a program sees; words beside a number mean little there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """One secret in a file; never the secret itself.

    Attributes:
        place: `page 2`, `line 12`, `metadata Comment`, `name`, `picture`, `text`.
        shown: What may be shown of it: `•••• 6458`.
        page: The page or picture, from 1; 0 for none.
        box: Where on that page; `None` where nobody knows.
    """

    kind: SecretKind
    place: str
    shown: str
    page: int = 0
    box: Box | None = None

    @property
    def is_dangerous(self) -> bool:
        """Whether a file that shows it must not leave."""
        return self.kind in DANGEROUS


@dataclasses.dataclass(frozen=True, slots=True)
class Scan:
    """What was found in a file, and the words it was found in.

    Attributes:
        found: In the order of the file, its name first.
    """

    words: FileWords
    found: tuple[Found, ...]

    @property
    def dangerous(self) -> tuple[Found, ...]:
        """What must not leave."""
        return tuple(each for each in self.found if each.is_dangerous)


def scan(path: Path, media_type: str, name: str = "", *, cancel: CancelToken | None = None) -> Scan:
    """Reads a file and looks for card numbers, codes, track data and account numbers in it.

    Args:
        path: The file; it is only read.
        media_type: What it is, by content.
        name: The name it goes by; looked at too.
        cancel: Asked while it is read.

    Raises:
        Cancelled: `cancel` was set.
        OSError: The file cannot be read.
    """
    words = read_words(path, media_type, cancel=cancel)
    places = [Place("name", name)] if name else []
    return Scan(words, found_in((*places, *words.places)))


def found_in(places: Iterable[Place]) -> tuple[Found, ...]:
    """The secrets in some places, each number once for each place it can be told from."""
    found: dict[Found, None] = {}
    told: set[tuple[SecretKind, str]] = set()
    for place in places:
        for secret in find_secrets(place.text, ibans=True):
            again = (secret.kind, secret.masked)
            if not place.searched and (secret.kind not in _BESIDE or again in told):
                continue
            told.add(again)
            found[_found(place, secret)] = None
            if len(found) >= _MOST:
                return tuple(found)
    return tuple(found)


def _found(place: Place, secret: Secret) -> Found:
    name = mask_text(clean_line(place.name))[:_LONGEST_PLACE]
    if place.lined:
        name = f"line {place.text.count(chr(10), 0, secret.start) + 1}"
    box = place.box(secret.start, secret.end)
    return Found(secret.kind, name, secret.masked, place.page, box)
