"""What a file most likely shows, from its words, its name and its make: a suggestion, no more."""

from __future__ import annotations

import dataclasses
import enum
import functools
import re
import tomllib
from typing import Final

from disputedesk.common import locations
from disputedesk.intake.days import folded_pattern, folded_text

_MOST_WORDS: Final = 20_000
"""Signs of a text that are looked at: what a page is stands at its beginning."""
_SCREEN_SHAPE: Final = 1.6
"""A picture at least so much higher than wide is a telephone's screen, if no camera made it."""


class Clue(enum.StrEnum):
    """What a suggestion rests on, the surest first."""

    WORDS = "words"
    NAME = "name"
    MAKE = "make"


@dataclasses.dataclass(frozen=True, slots=True)
class KindGuess:
    """What a file most likely is to a checklist, and what says so."""

    kind: str
    clue: Clue


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """How a picture was made, as far as its head tells."""

    width: int
    height: int
    camera: bool

    @property
    def is_screen(self) -> bool:
        """Whether it looks like a telephone's screen."""
        tall = self.height >= _SCREEN_SHAPE * self.width
        return tall and not self.camera


@dataclasses.dataclass(frozen=True, slots=True)
class _Sort:
    kind: str
    words: tuple[re.Pattern[str], ...]
    name: re.Pattern[str] | None
    least: int
    needs: str


def guess_kind(
    name: str, media_type: str, *, shape: Shape | None = None, words: str = ""
) -> KindGuess | None:
    """What a file most likely shows; `None` where nothing tells.

    Args:
        name: The name it came with.
        media_type: Told by its bytes.
        shape: Size and make of a picture; `None` where it is none.
        words: What it says; empty where nobody read it.
    """
    sorts = [each for each in _sorts() if _may_be(each, media_type, shape)]
    text = folded_text(words[:_MOST_WORDS])
    scored = [(sum(p.search(text) is not None for p in each.words), each) for each in sorts]
    fitting = [(fits, each) for fits, each in scored if each.words and fits >= each.least]
    if fitting:
        best = max(fitting, key=lambda found: found[0] / found[1].least)
        return KindGuess(best[1].kind, Clue.WORDS)
    plain = re.sub(r"[_\W]+", " ", folded_text(name.rpartition(".")[0] or name))
    for each in sorts:
        if each.name is not None and each.name.search(plain):
            return KindGuess(each.kind, Clue.NAME)
    return _by_make(media_type, shape)


def _by_make(media_type: str, shape: Shape | None) -> KindGuess | None:
    """What the file's make alone tells: films, mails, and pictures a camera made."""
    if media_type.startswith("video/"):
        return KindGuess("video", Clue.MAKE)
    if media_type == "message/rfc822":
        return KindGuess("chat", Clue.MAKE)
    if shape is not None and shape.camera:
        return KindGuess("photo", Clue.MAKE)
    return None


def _may_be(sort: _Sort, media_type: str, shape: Shape | None) -> bool:
    if media_type.startswith(("video/", "audio/")):
        return False
    if sort.needs == "photo":
        return shape is not None and not shape.is_screen
    return True


@functools.cache
def _sorts() -> tuple[_Sort, ...]:
    with locations.resources("carriers", "sorting.toml").open("rb") as stream:
        data = tomllib.load(stream)
    return tuple(
        _Sort(
            kind=each["kind"],
            words=tuple(re.compile(folded_pattern(p)) for p in each.get("words", ())),
            name=re.compile(folded_pattern("|".join(each["name"]))) if "name" in each else None,
            least=each.get("least", 1),
            needs=each.get("needs", ""),
        )
        for each in data["kind"]
    )
