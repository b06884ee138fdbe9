"""The tricks of messages as data: patterns, explanations and replies from `messages.toml`."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator
from typing import Final

from disputedesk.safety.data import load_table
from disputedesk.safety.folding import FoldedText
from disputedesk.safety.verdict import Level

_REACH: Final = 110
"""Folded characters on either side of a match in which an `unless` may speak."""

_NEGATED: Final = re.compile(
    r"\b(?:not|never|dont|do not|does not|doesnt|wont|cannot|cant|shouldnt|nobody|no one|without|"
    r"не|никогда|нельзя|никому|никто|nicht|nie|niemals|kein\w*|niemand\w*)"
    r" (?:[^\W\d]+ ){0,3}$|(?:不要|别|请勿|不会|不|勿).{0,4}$"
)
_NO_INSIDE: Final = re.compile(r"\b(?:niemals|nie|nicht|kein\w*|never|никогда)\b")
_NO_AFTER: Final = re.compile(r" (?:bitte )?(?:noch )?(?:nicht|niemals|nie)\b")
_NOT_A_NO: Final = re.compile(
    r"\b(?:why (?:dont|not|do you not)|if (?:you )?(?:do not|dont|not)|"
    r"почему(?: бы)?(?: \w+)? не|если (?:\w+ )?не|wenn (?:\w+ )?nicht)(?: \w+){0,3} $"
)


@dataclasses.dataclass(frozen=True, slots=True)
class ReplyFrame:
    """How a reply begins and ends in one language."""

    opening: str
    closing: str


@dataclasses.dataclass(frozen=True, slots=True)
class Trick:
    """One trick: how to know it, why it matters, what to answer.

    Attributes:
        act: What it wants of the reader: `confirm`, `cancel`, `outside`, `share`, `wait`,
            `reason`, `threat` or `pressure`; decides the headline.
        patterns: Regular expressions over folded text, by language.
        unless: When one of these fits the surroundings, a match does not count.
        needs: What must stand somewhere in the same message; empty for nothing.
        reply: One sentence or two to the sender, by language; empty where no answer is best.
        forbidden_by: The platform's own rule against it; may be empty.
        source: Who describes it.
    """

    id: str
    act: str
    level: Level
    title: str
    text: str
    advice: tuple[str, ...]
    forbidden_by: str
    source: str
    checked_on: dt.date
    patterns: dict[str, tuple[str, ...]]
    reply: dict[str, str]
    unless: tuple[str, ...] = ()
    needs: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Tricks:
    """The whole of `messages.toml`."""

    reply_frame: dict[str, ReplyFrame]
    trick: tuple[Trick, ...]


@functools.cache
def known_tricks() -> Tricks:
    """The tricks the check knows."""
    return load_table("messages.toml", Tricks)


@dataclasses.dataclass(frozen=True, slots=True)
class TrickFound:
    """A trick and the place of its words in the original message."""

    trick: Trick
    start: int
    end: int


def find_tricks(folded: FoldedText) -> Iterator[TrickFound]:
    """The tricks in a message, each once, in the order of the data."""
    for trick, matcher in zip(known_tricks().trick, _matchers(), strict=True):
        span = matcher.find(folded.text)
        if span is not None:
            yield TrickFound(trick, *folded.span(*span))


@dataclasses.dataclass(frozen=True, slots=True)
class _Matcher:
    """A trick's patterns, compiled."""

    patterns: tuple[tuple[re.Pattern[str], bool], ...]
    unless: tuple[re.Pattern[str], ...]
    needs: re.Pattern[str] | None

    def find(self, text: str) -> tuple[int, int] | None:
        if self.needs is not None and self.needs.search(text) is None:
            return None
        for pattern, firm in self.patterns:
            for match in pattern.finditer(text):
                if _is_negated(text, match.start()):
                    continue
                if firm or not (_says_no(text, match) or self._excused(text, match)):
                    return match.span()
        return None

    def _excused(self, text: str, match: re.Match[str]) -> bool:
        """Whether the words around take the sting out."""
        if not self.unless:
            return False
        before = text[max(0, match.start() - _REACH) : match.start()].rsplit("\n", 1)[-1]
        after = text[match.end() : match.end() + _REACH].split("\n", 1)[0]
        around = f"{before}§{match.group()}§{after}"
        return any(pattern.search(around) for pattern in self.unless)


def _is_negated(text: str, start: int) -> bool:
    before = text[max(0, start - 60) : start].rsplit("\n", 1)[-1]
    return bool(_NEGATED.search(before)) and not _NOT_A_NO.search(before)


def _says_no(text: str, match: re.Match[str]) -> bool:
    """Whether the no stands inside or right after the words, as German puts it."""
    return bool(_NO_INSIDE.search(match.group()) or _NO_AFTER.match(text, match.end()))


@functools.cache
def _matchers() -> tuple[_Matcher, ...]:
    return tuple(
        _Matcher(
            tuple(
                (_compiled(pattern.removeprefix("!"), language), pattern.startswith("!"))
                for language, patterns in trick.patterns.items()
                for pattern in patterns
            ),
            tuple(re.compile(pattern) for pattern in trick.unless),
            re.compile(trick.needs) if trick.needs else None,
        )
        for trick in known_tricks().trick
    )


def _compiled(pattern: str, language: str) -> re.Pattern[str]:
    """`pattern` with its gaps written out; Chinese has no word borders to hold on to."""
    wide = re.sub(r"<<(\d+)>>", r"(?:[ \\n][^\\s]+){0,\1}?[ \\n]", pattern)
    near = re.sub(r"<(\d+)>", r"(?: [^\\s]+){0,\1}? ", wide)
    return re.compile(near if language == "zh" else rf"\b(?:{near})")
