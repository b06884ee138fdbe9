"""What a place probably asks for, from what the bank calls it; and what may never stand in it."""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from disputedesk.common import locations
from disputedesk.common.texts import mark, tr
from disputedesk.papers.bankform.places import BY_HAND, FormField, PlaceKind
from disputedesk.papers.languages import LETTER_LANGUAGES

_CAMEL: Final = re.compile(r"(?<=[a-zа-яё])(?=[A-ZА-ЯЁ])|(?<=[A-Za-zА-Яа-я])(?=\d)")
_WORD: Final = re.compile(r"[^\W_]+|№")
_LONG: Final = 4
"""From so many letters on a word is met by its beginning: "kart" meets "karty"."""

_COMPOUND: Final = 8
"""A forbidden phrase so long is met inside other words too: Kreditkartennummer."""

_FEW: Final = 3
"""So many words of a language tell it, where no other has as many."""

_WHY: Final = {
    "card": mark("This place asks for a full card number, which is never kept or printed here; "
                 "write it by hand, or leave it out."),
    "expiry": mark("This place asks until when the card is valid, which is never kept or printed "
                   "here; write it by hand, or leave it out."),
    "code": mark("This place asks for the card's security code. No bank needs it for this: leave "
                 "it out."),
    "pin": mark("This place asks for a secret code. No bank needs it for this: leave it out."),
    "password": mark("This place asks for a password, which is never kept or printed here."),
}  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Hint:
    """What probably fills a place: a source, and of a box the value that ticks it."""

    source: str = ""
    when: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    hint: Hint
    language: str


def why_never(field: FormField) -> str:
    """Why no value may ever be put into a place; empty where one may."""
    if field.secret:
        return tr(_WHY["password"])
    told = folded(f"{field.name} {field.label}")
    joined = "".join(told)
    if any(_meets(told, words) for words in _never()["unless"]):
        return ""
    for kind, why in _WHY.items():
        for words in _never()[kind]:
            solid = "".join(words)
            if _meets(told, words) or (len(solid) >= _COMPOUND and solid in joined):
                return tr(why)
    return ""


def suggested(field: FormField) -> Hint:
    """What probably fills a place; nothing where its name and label say nothing we know."""
    if why_never(field) or field.kind is PlaceKind.SIGNATURE:
        return Hint(BY_HAND)
    if field.read_only:
        return Hint()
    ticks = field.kind is PlaceKind.TICK
    for told in (folded(field.label), folded(field.name)):
        if not ticks and any(_meets(told, words) for words in _by_hand()):
            return Hint(BY_HAND)
        hint = _best(told, _tick_phrases() if ticks else _field_phrases())
        if hint is not None:
            return hint
    if field.kind is PlaceKind.CHOICE:
        return _by_options(field)
    return Hint()


def hint_of_choice(text: str) -> Hint:
    """What choosing this line of a list says; nothing where its words are not known."""
    return _best(folded(text), _tick_phrases()) or Hint()


def language_of(texts: Iterable[str], default: str) -> str:
    """The language a form is written in, by the words it uses; `default` where they do not say."""
    told = folded(" ".join(texts))
    counts = dict.fromkeys(LETTER_LANGUAGES, 0)
    for phrase in (*_field_phrases(), *_tick_phrases()):
        counts[phrase.language] += _meets(told, phrase.words)
    ranked = sorted(counts, key=lambda code: -counts[code])
    if counts[ranked[0]] < _FEW or counts[ranked[0]] == counts[ranked[1]]:
        return default
    return ranked[0]


def folded(text: str) -> tuple[str, ...]:
    """The words of a name or label, small, without accents: `CardNumber_1` is card, number, 1."""
    plain = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(_WORD.findall(plain.casefold().replace("ł", "l")))


def _meets(told: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether `words` stand in `told` one after another, long ones by their beginnings."""
    return any(
        all(
            there == word or (len(word) >= _LONG and there.startswith(word))
            for there, word in zip(told[at:], words, strict=False)
        )
        for at in range(len(told) - len(words) + 1)
    )


def _best(told: tuple[str, ...], phrases: tuple[_Phrase, ...]) -> Hint | None:
    """The hint of the longest phrase that stands in `told`."""
    met = [phrase for phrase in phrases if _meets(told, phrase.words)]
    if not met:
        return None
    return max(met, key=lambda phrase: sum(map(len, phrase.words))).hint


def _by_options(field: FormField) -> Hint:
    """A list is about what most of its lines are about."""
    sources = [hint_of_choice(text).source for _, text in field.options]
    known = [source for source in sources if source]
    return Hint(max(set(known), key=known.count)) if len(known) > 1 else Hint()


@functools.cache
def _data() -> dict[str, Any]:
    path = locations.resources("bankforms", "hints.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.cache
def _never() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {kind: tuple(map(folded, phrases)) for kind, phrases in _data()["never"].items()}


@functools.cache
def _by_hand() -> tuple[tuple[str, ...], ...]:
    return tuple(map(folded, _data()["by_hand"]["signature"]))


@functools.cache
def _field_phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(folded(phrase), Hint(name), language)
        for name, languages in _data()["field"].items()
        for language, phrases in languages.items()
        for phrase in phrases
    )


@functools.cache
def _tick_phrases() -> tuple[_Phrase, ...]:
    return tuple(
        _Phrase(folded(phrase), Hint(entry["source"], entry["when"]), language)
        for entry in _data()["tick"]
        for language in LETTER_LANGUAGES
        for phrase in entry.get(language, ())
    )
