"""Facts: dated or valued statements about an order, with where each was learned."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from disputedesk.model.ids import EvidenceId, FactName
from disputedesk.model.money import Money

FactValue: TypeAlias = dt.date | dt.datetime | str | bool | int | Money
"""A date for a name without `_at`; an aware instant for one with it; else what its kind says."""


class FactKind(enum.StrEnum):
    """What sort of value a fact holds."""

    DATE = "date"
    INSTANT = "instant"
    TEXT = "text"
    CHOICE = "choice"
    FLAG = "flag"
    DAYS = "days"
    MONEY = "money"
    COUNTRY = "country"
    ZONE = "zone"
    CURRENCY = "currency"


class FactSubject(enum.StrEnum):
    """What a fact is about: the table of a facts file it stands in."""

    ORDER = "order"
    PAYMENT = "payment"
    CASE = "case"
    PLACE = "place"


class FactOrigin(enum.StrEnum):
    """How a fact was learned, weakest last: a typed correction beats a mail, a mail a guess."""

    USER = "user"
    FILING = "filing"
    STATEMENT = "statement"
    MAIL = "mail"
    EXPORT = "export"
    DEFAULT = "default"


@dataclasses.dataclass(frozen=True, slots=True)
class FactDefinition:
    """What a fact name means; made from `resources/packs/facts.toml` and what packs add.

    Attributes:
        name: The canonical name.
        subject: What it is about.
        kind: What sort of value it holds.
        text: One line that says what it means, in English; the question in a form is `question`.
        phrase: How a sentence names its day: "the day delivery was expected"; English message.
        question: How a person is asked for it, in English; translated with `tr`.
        choices: Allowed values of a choice, else empty.
        earlier: Facts that can stand in for it and can only be earlier or equal, best first.
        later: Facts that can stand in for it and can only be later or equal, best first.
        ahead: For days: whether it may lie in the future, as a promise or a limit does. Any other
            day is of something that happened, and one still to come would count a limit too late.
    """

    name: FactName
    subject: FactSubject
    kind: FactKind
    text: str
    phrase: str = ""
    question: str = ""
    choices: tuple[str, ...] = ()
    earlier: tuple[FactName, ...] = ()
    later: tuple[FactName, ...] = ()
    ahead: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class FactSource:
    """Where a fact was learned.

    Attributes:
        origin: How it was learned.
        note: In words for people: the file's name and line, or what the user wrote; may be empty.
        evidence: The exhibit that shows it; `None` when none does.
    """

    origin: FactOrigin
    note: str = ""
    evidence: EvidenceId | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Fact:
    """One statement: a name, its value, and where it was learned."""

    name: FactName
    value: FactValue
    source: FactSource = FactSource(FactOrigin.USER)


class Facts(Mapping[str, FactValue]):
    """What is known, by name; frozen, hashable by content, and equal to any equal mapping."""

    __slots__ = ("_values",)

    def __init__(
        self, values: Mapping[str, FactValue] | None = None, /, **named: FactValue
    ) -> None:
        self._values: dict[str, FactValue] = {**(values or {}), **named}

    def __getitem__(self, name: str) -> FactValue:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return f"Facts({self._values!r})"

    def with_values(self, values: Mapping[str, FactValue | None]) -> Facts:
        """These facts with `values` in place; a value of `None` takes the fact away (what-if)."""
        merged = {**self._values, **{k: v for k, v in values.items() if v is not None}}
        for name, value in values.items():
            if value is None:
                merged.pop(name, None)
        return Facts(merged)
