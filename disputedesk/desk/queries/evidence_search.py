"""Evidence by any word of its captions, its name, or what was read in it."""

from __future__ import annotations

import dataclasses
import unicodedata
from typing import TYPE_CHECKING, Final

from disputedesk.common.cleaning import clean_line
from disputedesk.common.secrets import mask_text
from disputedesk.model.ids import EvidenceId
from disputedesk.store.folding import folded
from disputedesk.store.reading.finds import EvidenceFind, ExhibitPlace

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_BEFORE: Final = 50
_AFTER: Final = 90
_MOST_LOOKED_AT: Final = 200_000


@dataclasses.dataclass(frozen=True, slots=True)
class EvidenceHit:
    """Evidence that was found.

    Attributes:
        where: What held the first of the words: `caption`, `text`, or `name`.
        snippet: The words around it, masked, one line.
        shown: The exhibits that show it, newest case first.
    """

    id: EvidenceId
    name: str
    media_type: str
    where: str
    snippet: str
    shown: tuple[ExhibitPlace, ...]


def find_evidence(desk: Desk, text: str, *, limit: int = 50) -> tuple[EvidenceHit, ...]:
    """Evidence that holds all the words, the newest first; any text may be asked for.

    Args:
        desk: The desk.
        text: As typed; the beginnings of words are enough.
        limit: The most answers.
    """
    words = folded(text).split()
    return tuple(_hit(each, words) for each in desk.reader().evidence.find(text, limit))


def _hit(found: EvidenceFind, words: list[str]) -> EvidenceHit:
    captions = " · ".join(
        part for place in found.shown for part in (place.caption, place.proves) if part
    )
    looked = {"caption": captions, "text": found.text, "name": found.name}
    where, snippet = next(
        ((name, piece) for name, text in looked.items() if (piece := _snippet(text, words))),
        ("name", found.name),
    )
    name = mask_text(found.name)
    return EvidenceHit(found.id, name, found.media_type, where, mask_text(snippet), found.shown)


def _snippet(text: str, words: list[str]) -> str:
    """What stands around the first of the words that is there; empty when none is."""
    text = text[:_MOST_LOOKED_AT]
    same = folded(text)
    if len(same) != len(text):
        same = "".join(_like(char) for char in text)
    places = [place for word in words if (place := same.find(word)) >= 0]
    if not places:
        plain = "".join(_bare(char) for char in text)
        bare = ("".join(_bare(char) for char in word) for word in words)
        places = [place for word in bare if word and (place := plain.find(word)) >= 0]
    if not places:
        return ""
    place = min(places)
    start, end = max(0, place - _BEFORE), place + _AFTER
    piece = clean_line(text[start:end])
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"


def _like(char: str) -> str:
    """The sign folded, one for one."""
    same = folded(char)
    return same if len(same) == 1 else char


def _bare(char: str) -> str:
    """The sign folded and without its accent, one for one."""
    return _like(unicodedata.normalize("NFD", char)[0])
