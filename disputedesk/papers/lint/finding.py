"""Findings about a paper: which rule, where, what is wrong, what to do, and where to go for it."""

from __future__ import annotations

import dataclasses
import enum


class Weight(enum.StrEnum):
    """What a finding does."""

    BLOCKER = "blocker"
    """Nothing is made while it stands."""
    ADVICE = "advice"


class Goto(enum.StrEnum):
    """Where a finding is mended."""

    QUESTION = "question"
    """The question of a field; `Place.name` is its name."""
    STORY = "story"
    EXHIBIT = "exhibit"
    """One exhibit; `Place.name` is its number, or empty for all."""
    RECIPIENT = "recipient"
    SENDER = "sender"
    WAYS = "ways"
    """The ways of the case, with their windows."""
    MONEY = "money"
    FORM = "form"


@dataclasses.dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands.

    Attributes:
        goto: Where it is mended.
        name: The field, the number of an exhibit or statement; may be empty.
        text: How people call the place, in the language of the screen.
    """

    goto: Goto
    name: str = ""
    text: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """One thing about a paper.

    Attributes:
        rule: Which rule says so: `date_contradicts`, `heated`, …
        sentence: What is wrong, a whole sentence.
        remedy: What to do, a whole sentence; may be empty.
        final: Whether a blocker may not be overridden by anybody.
    """

    rule: str
    weight: Weight
    place: Place
    sentence: str
    remedy: str = ""
    final: bool = False

    @property
    def blocks(self) -> bool:
        """Whether nothing is made while it stands."""
        return self.weight is Weight.BLOCKER


def advice(rule: str, place: Place, sentence: str, remedy: str = "") -> Finding:
    """A finding that stops nothing."""
    return Finding(rule, Weight.ADVICE, place, sentence, remedy)


def blocker(
    rule: str, place: Place, sentence: str, remedy: str = "", *, final: bool = False
) -> Finding:
    """A finding that stops the making; `final` where nobody may override it."""
    return Finding(rule, Weight.BLOCKER, place, sentence, remedy, final)


def standing(findings: tuple[Finding, ...], anyway: frozenset[str]) -> tuple[Finding, ...]:
    """The blockers that stand although the rules in `anyway` were overridden."""
    return tuple(f for f in findings if f.blocks and (f.final or f.rule not in anyway))
