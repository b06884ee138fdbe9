"""Windows: what a rule yields for given facts."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.deadlines.words import (
    Actor,
    Avenue,
    Confidence,
    EffectiveWhen,
    Layer,
    Role,
    SpanKind,
    Stage,
    Status,
)
from disputedesk.model.ids import FactName, RuleId


@dataclasses.dataclass(frozen=True, slots=True)
class Source:
    """Who says so: one text that a rule cites.

    Attributes:
        checked_on: The day the text was last compared with the rule.
        kind: What sort of text it is (official, rule reproduction, vendor …), in words.
    """

    key: str
    title: str
    url: str
    edition: str
    confidence: Confidence
    checked_on: dt.date
    kind: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One thing to supply.

    Attributes:
        text: What, in words; English message of the catalogue, already in the language in force.
        must: Whether its lack stops the filing; else it would help.
        fact: The fact that ticks it when known; empty when none does.
        exhibit: Kind of exhibit that ticks it (`tracking`, `photo`, `chat`, `order_page` …); may be
            empty.
    """

    text: str
    must: bool
    fact: str = ""
    exhibit: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Assumption:
    """A fact that stood in for a missing one, and what that does to the dates.

    Attributes:
        missing: The fact the rule counts from.
        used: The known fact that stood in.
        text: The sentence that says so.
    """

    missing: FactName
    used: FactName
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """What filing along one avenue does to another, or needs from it.

    Attributes:
        avenue: The avenue it acts on; empty where it is no avenue.
        text: The sentence for people, in the language in force.
        fact: For a requirement, the fact whose knowledge fulfils it; may be empty.
    """

    avenue: str
    text: str
    fact: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class SkippedDay:
    """A day that did not count, and why: `Sunday`, or the holiday's name.

    Attributes:
        estimated: Whether the holiday's own day is only an estimate, as it follows the moon.
    """

    day: dt.date
    reason: str
    estimated: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Span:
    """The stretch of days that one step of the arithmetic went over.

    Attributes:
        start: The day it goes on from: day 0 of a count, the old last day of what moves it.
        end: Its last day.
        first: The first day that could count: the day after `start`; `start` itself where the
            event's own day counts; 1 January where the end of the year is waited for.
        what: How a sentence names `start`; may be empty.
        skipped: Its days that did not count.
        calendar: The calendar that said which days count; empty where every day does.
        version: Which data that calendar is made of; may be empty.
        sure_until: The last day that is surely free or surely worked; `None` where none is in
            doubt.
        doubt: The sentence about days that are not sure; else empty.
    """

    kind: SpanKind
    start: dt.date
    end: dt.date
    first: dt.date
    what: str = ""
    skipped: tuple[SkippedDay, ...] = ()
    calendar: str = ""
    version: str = ""
    sure_until: dt.date | None = None
    doubt: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of the arithmetic, as a sentence and as data for a calendar picture.

    Attributes:
        sentence: "120 days from 14 Mar 2026, the day delivery was expected = 12 Jul 2026."
        about: `opens`, `closes`, `arguable`, `file_by`, `applies` or `note`.
        result: The day the step gives; `None` where it gives none.
        binds: Whether this step decided the date (a cap that does not bite does not).
        length: Of a plain count, how long it is, in words: "120 days"; else empty.
        start: Of a plain count, the day it begins from; else `None`.
        what: Of a plain count, what that day is: "the day the payment was processed"; else empty.
        role: Whether it is a cap, a floor, or the day itself.
        span: The days the step went over; `None` where it went over none.
    """

    sentence: str
    about: str
    result: dt.date | None = None
    binds: bool = True
    skipped: tuple[SkippedDay, ...] = ()
    length: str = ""
    start: dt.date | None = None
    what: str = ""
    role: Role = Role.PLAIN
    span: Span | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Window:
    """One rule over one set of facts on one day.

    Attributes:
        opens: First day on which filing is valid; `None` when it is not known or there is no wait.
        closes: Last valid day, inclusive; the stricter reading; `None` when unknown or unlimited.
        closes_at: The instant a platform's own timer ends, where one rules; aware.
        file_by: The day to act by: `closes` less the avenue's margin, never before `opens`.
        arguable_until: The looser reading, where sources differ.
        days_left: Days from today to `closes`, negative when past; `None` when unknown.
        assumed: Facts that stood in for missing ones.
        missing: Facts to ask for, most useful first.
        reason: For `not_available`, why not; for `unknown`, what is lacking; else empty.
        because: The trace; empty when it was not asked for.
        may_close_later: Whether `closes` is only a bound: facts still missing may make the true
            last day later. After it the window is `unknown`, not `closed`.
        closes_at_latest: Where `may_close_later`, the day after which it is closed whatever the
            missing facts are; `None` where that cannot be told.
    """

    rule: RuleId
    avenue: Avenue
    stage: Stage
    actor: Actor
    layer: Layer
    title: str
    status: Status
    opens: dt.date | None = None
    closes: dt.date | None = None
    closes_at: dt.datetime | None = None
    file_by: dt.date | None = None
    arguable_until: dt.date | None = None
    days_left: int | None = None
    effective_when: EffectiveWhen = EffectiveWhen.FILED
    code: str = ""
    assumed: tuple[Assumption, ...] = ()
    missing: tuple[FactName, ...] = ()
    warnings: tuple[str, ...] = ()
    reason: str = ""
    because: tuple[TraceStep, ...] = ()
    forfeits: tuple[Effect, ...] = ()
    consumes: tuple[Effect, ...] = ()
    requires: tuple[Effect, ...] = ()
    pauses: tuple[Effect, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    sources: tuple[Source, ...] = ()
    calendar_version: str = ""
    may_close_later: bool = False
    closes_at_latest: dt.date | None = None
