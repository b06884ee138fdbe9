"""The words of mails, from `resources/carriers/phrases.toml`, ready to search with."""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
from typing import Any

from disputedesk.common import locations
from disputedesk.intake.days import folded_pattern


@dataclasses.dataclass(frozen=True, slots=True)
class EventWords:
    """What a mail says when one event happened."""

    id: str
    pattern: re.Pattern[str]
    weak: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Phrases:
    """All words that mails are searched for; patterns are for folded text.

    Attributes:
        labels: For each thing, what stands in front of it, best first.
        range_words: What stands between the first and the last day of a span.
        not_expected: What in front of a day says that it no longer counts.
        ends: What begins the advertising.
        networks: Card networks and what they are called.
        hints: Where carriers name the shop; for text as it is, with a group `shop`.
    """

    events: tuple[EventWords, ...]
    labels: dict[str, tuple[re.Pattern[str], ...]]
    range_words: re.Pattern[str]
    not_expected: re.Pattern[str]
    ends: re.Pattern[str]
    networks: tuple[tuple[str, re.Pattern[str]], ...]
    hints: tuple[re.Pattern[str], ...]

    def label(self, name: str) -> re.Pattern[str]:
        """One pattern for everything that announces a thing."""
        return _joined_label(name)


@functools.cache
def load_phrases() -> Phrases:
    """The phrases as shipped."""
    data = _data()
    labels = data["labels"]
    payment = data["payment"]
    lists = {name: words for name, words in labels.items() if isinstance(words, list)}
    return Phrases(
        events=tuple(
            EventWords(each["id"], _any(each["phrases"]), bool(each.get("weak", False)))
            for each in data["event"]
        ),
        labels={name: tuple(_word(word) for word in words) for name, words in lists.items()}
        | {name: tuple(_word(word) for word in payment[name]) for name in ("paid_with", "ending")},
        range_words=re.compile(
            rf"[\s,.]*(?:{folded_pattern(labels['range_words'])})?[\s,.]*(?:\w{{2,12}}[,.]?\s*)?"
        ),
        not_expected=re.compile(folded_pattern(labels["not_expected"])),
        ends=_any(labels["ends"]),
        networks=tuple((name, _any(words)) for name, words in payment["networks"].items()),
        hints=tuple(re.compile(each, re.IGNORECASE) for each in data["hints"]["patterns"]),
    )


@functools.cache
def _joined_label(name: str) -> re.Pattern[str]:
    data = _data()
    words = data["labels"].get(name) or data["payment"][name]
    return _word("|".join(words))


@functools.cache
def _data() -> dict[str, Any]:
    with locations.resources("carriers", "phrases.toml").open("rb") as stream:
        return tomllib.load(stream)


def _word(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{folded_pattern(text)})(?![^\W_])")


def _any(words: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{_begun(folded_pattern(word))})" for word in words))


def _begun(word: str) -> str:
    """`word` as a pattern that begins with a word, unless it says itself where it begins."""
    return word if word.startswith("^") else rf"(?<![^\W_]){word}"
