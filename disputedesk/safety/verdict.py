"""Verdicts: what a check found, in one word, with its reasons and what to do.

A check never says that something is safe. When it finds nothing it says so, and what it looked at.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Sequence

from disputedesk.common.texts import mark, tr


class Level(enum.StrEnum):
    """How bad it is, mildest first."""

    NOTHING_FOUND = "nothing_found"
    CARE = "care"
    DANGER = "danger"

    @property
    def rank(self) -> int:
        """0 for nothing, 2 for danger; for comparing and sorting."""
        return tuple(Level).index(self)

    @property
    def word(self) -> str:
        """The one word or two that a person is shown."""
        return tr(_WORDS[self])


_WORDS = {
    Level.NOTHING_FOUND: mark("nothing found"),
    Level.CARE: mark("care"),
    Level.DANGER: mark("danger"),
}


@dataclasses.dataclass(frozen=True, slots=True)
class Reason:
    """One thing that was found, and where.

    Attributes:
        text: What it is and why it matters, in whole sentences.
        quote: The words it rests on, secrets masked; empty when it rests on no words.
        start: Where they begin in what was checked; 0 with `end` 0 when nowhere.
        end: Where they end.
        level: How bad this one is.
        trick: Id of the trick or check, for counting and for reports: `confirm_first`.
        forbidden_by: The platform's own rule that forbids it, as title and address; may be empty.
    """

    text: str
    quote: str = ""
    start: int = 0
    end: int = 0
    level: Level = Level.CARE
    trick: str = ""
    forbidden_by: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Protection:
    """One way to get money back, and whether a payment opens it.

    Attributes:
        kind: `platform_dispute`, `wallet_claim`, `card_chargeback` or `bank_claim`.
        title: The same in words.
        has: Whether it is there; `None` when nobody could say.
        text: What it rests on, one sentence.
    """

    kind: str
    title: str
    has: bool | None
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        level: The worst of its reasons; never a promise of safety.
        word: `level` in words.
        headline: One sentence: what to do, or that nothing was found.
        reasons: Worst first.
        advice: Sentences, most useful first.
        reply: A polite and firm answer to copy, in the message's language; empty when none fits.
        checked: What was looked at, so that "nothing found" can be weighed.
        host: For a link, the name of the machine it leads to, as the network spells it.
        language: For a message, the language it was taken to be in.
        protections: For a payment, the ways it opens, in the order to use them.
        facts: For a payment, further lines for the screen (number to keep, where a refund goes).
        sources: Who says so, as title or address and the day it was checked.
    """

    level: Level
    word: str
    headline: str
    reasons: tuple[Reason, ...] = ()
    advice: tuple[str, ...] = ()
    reply: str = ""
    checked: tuple[str, ...] = ()
    host: str = ""
    language: str = ""
    protections: tuple[Protection, ...] = ()
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def worst(reasons: Sequence[Reason]) -> Level:
    """The level of the worst reason; nothing found when there is none."""
    return max((reason.level for reason in reasons), key=_rank, default=Level.NOTHING_FOUND)


def worst_first(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """`reasons`, the worst first, otherwise in their order."""
    return tuple(sorted(reasons, key=lambda reason: -reason.level.rank))


def source_text(source: str, checked_on: dt.date) -> str:
    """A source as a line of the screen: who says so, and how old our look at it is."""
    return tr("{source} (checked on {day})", source=source, day=checked_on.isoformat())


def _rank(level: Level) -> int:
    return level.rank
