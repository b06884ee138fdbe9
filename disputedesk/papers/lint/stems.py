"""The words of a language that careful readers mind, from `resources/lint/<language>.toml`."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping

import msgspec

from disputedesk.common import locations


class _Kinds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    unreal: tuple[str, ...]
    paid: tuple[str, ...]
    translation: tuple[str, ...]
    payments: tuple[str, ...]


class Stems(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The stems of one language; a stem is the beginning of a word or of a run of words.

    Attributes:
        days: Per fact that is a day, what says beside a day that it happened.
        words: Words by what they do: `unreal` says that a stem after it tells of nothing real.
        heated: Per stem, what to say instead.
        crime: Per stem that accuses of a crime, what to say instead.
    """

    days: Mapping[str, tuple[str, ...]]
    words: _Kinds
    heated: Mapping[str, str]
    crime: Mapping[str, str]


@functools.cache
def stems(language: str) -> Stems:
    """The stems of `language`."""
    path = locations.resources("lint", f"{language}.toml")
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Stems)


def found(text: str, wanted: tuple[str, ...]) -> Iterator[re.Match[str]]:
    """Where words of `text` begin with one of the stems `wanted`, in order."""
    if wanted:
        yield from _pattern(wanted).finditer(text.casefold())


def holds(text: str, wanted: tuple[str, ...]) -> bool:
    """Whether a word of `text` begins with one of `wanted`."""
    return next(found(text, wanted), None) is not None


def says_unreal(text: str, language: str) -> bool:
    """Whether `text` holds a word after which nothing told has happened."""
    words = stems(language).words.unreal
    whole = "|".join(re.escape(word) + (r"\b" if len(word) < _SHORT else "") for word in words)
    return re.search(rf"(?<!\w)(?:{whole})|n['’]t\b", text.casefold()) is not None


_SHORT = 5
"""A word shorter than this counts only whole: “not” is not the beginning of “noted”."""


@functools.lru_cache(maxsize=256)
def _pattern(wanted: tuple[str, ...]) -> re.Pattern[str]:
    ordered = sorted(wanted, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})")
