"""Rules as data: expressions that give days, and conditions true, false or unknown.

A rule is read from a pack by `disputedesk.packs`; here it is a frozen tree. The tree is turned into
closures once per rule set (`program`), so that assessing an order is integer arithmetic.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
from typing import Final, TypeAlias

from disputedesk.deadlines.window import ChecklistItem, Source
from disputedesk.deadlines.words import Actor, Avenue, Confidence, EffectiveWhen, Layer, Stage
from disputedesk.model.fact import FactValue
from disputedesk.model.ids import FactName, RuleId
from disputedesk.model.problem import Problem

NO_FACT: Final = FactName("")
"""Where no fact is named."""
NO_RULE: Final = RuleId("")
"""Where no rule is named."""


class Unit(enum.StrEnum):
    """What a period is counted in."""

    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


class MonthEnd(enum.StrEnum):
    """What becomes of a month's missing day, 31 February: the month's last day, or the next 1st."""

    CLAMP = "clamp"
    NEXT_MONTH = "next_month"


class Comparison(enum.StrEnum):
    """How a fact is compared with a value."""

    IS = "is"
    IN = "in"
    KNOWN = "known"
    ABOVE = "above"
    AT_MOST = "at_most"
    BELOW = "below"
    AT_LEAST = "at_least"
    BEFORE = "before"
    AFTER = "after"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


@dataclasses.dataclass(frozen=True, slots=True)
class FactTest:
    """One comparison of one fact.

    Attributes:
        values: What it is compared with: several for `in`, one else; for `known` one flag.
        other: For date comparisons, a fact compared with instead of a value; may be empty.
    """

    fact: FactName
    comparison: Comparison
    values: tuple[FactValue, ...] = ()
    other: FactName = NO_FACT


@dataclasses.dataclass(frozen=True, slots=True)
class AllOf:
    """True when every part is, false when one is false, else unknown."""

    parts: tuple[Condition, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one part is, false when every part is false, else unknown."""

    parts: tuple[Condition, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class NotThat:
    """True when its part is false, and the other way about."""

    part: Condition


Condition: TypeAlias = FactTest | AllOf | AnyOf | NotThat


@dataclasses.dataclass(frozen=True, slots=True)
class Period:
    """A length of time.

    Attributes:
        count: How many; 0 is the day itself.
        calendar: For business days: a calendar's name or placeholder.
        passed: Whether it stands for "the date must have passed", which is a day but told so.
        first_day_counts: Whether the anchor's own day is day 1 instead of day 0.
    """

    count: int = 0
    unit: Unit = Unit.DAYS
    calendar: str = ""
    month_end: MonthEnd = MonthEnd.CLAMP
    passed: bool = False
    first_day_counts: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Waiver:
    """A reason for which a waiting period falls away."""

    when: Condition
    because: str


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """What may stand on any node of an expression.

    Attributes:
        when: The node counts for nothing unless this is true.
        not_after: Caps: the result is never later than any of them.
        not_before: Floors: the result is never earlier than any of them.
        waived_when: For an opening: the wait falls away.
        waived_if_past_close: For an opening: the wait falls away when it would end after the close.
        note: Words for the trace.
        sources: Citations of this reading alone.
    """

    when: Condition | None = None
    not_after: tuple[Expression, ...] = ()
    not_before: tuple[Expression, ...] = ()
    waived_when: tuple[Waiver, ...] = ()
    waived_if_past_close: bool = False
    note: str = ""
    sources: tuple[Source, ...] = ()


NO_LIMITS = Limits()
"""What stands on a node that says nothing more."""


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """A period counted from an anchor's calendar day.

    Attributes:
        anchor: The fact counted from: a date, or an instant turned into a day in `zone`.
        after: In place of a fact, the expression whose result is counted from.
        zone: `consumer`, `timer`, `own`, or an IANA name.
        plus: Facts in days that lengthen the period (suspension).
        year_end: Whether it counts from 31 December of the anchor's year.
        roll: Calendar by which a last day on a free day moves on; empty: it does not.
        minimum_working_days: Working days the period must contain at least.
        minimum_calendar: Calendar those are counted by.
    """

    anchor: FactName
    period: Period = Period()
    zone: str = "consumer"
    plus: tuple[FactName, ...] = ()
    year_end: bool = False
    roll: str = ""
    minimum_working_days: int = 0
    minimum_calendar: str = ""
    after: Expression | None = None
    limits: Limits = NO_LIMITS


@dataclasses.dataclass(frozen=True, slots=True)
class Moment:
    """An instant, moved on by calendar days of a zone; it ends at a time of day."""

    anchor: FactName
    days: int = 0
    zone: str = "own"
    plus: tuple[FactName, ...] = ()
    limits: Limits = NO_LIMITS


@dataclasses.dataclass(frozen=True, slots=True)
class Fixed:
    """A day of the calendar that somebody set, whatever is known of the order."""

    day: dt.date
    limits: Limits = NO_LIMITS


@dataclasses.dataclass(frozen=True, slots=True)
class Latest:
    """The latest of several days."""

    parts: tuple[Expression, ...]
    limits: Limits = NO_LIMITS


@dataclasses.dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest of several days."""

    parts: tuple[Expression, ...]
    limits: Limits = NO_LIMITS


@dataclasses.dataclass(frozen=True, slots=True)
class FirstKnown:
    """The first whose anchor is known itself; else the first that something can stand in for."""

    parts: tuple[Expression, ...]
    limits: Limits = NO_LIMITS


@dataclasses.dataclass(frozen=True, slots=True)
class Case:
    """One branch of `Cases`; without a condition it is the last resort."""

    then: Expression
    when: Condition | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Cases:
    """The first branch whose condition is true."""

    branches: tuple[Case, ...]
    limits: Limits = NO_LIMITS


Expression: TypeAlias = Count | Moment | Fixed | Latest | Earliest | FirstKnown | Cases


@dataclasses.dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of eligibility, and the sentence for when it is not met."""

    when: Condition
    otherwise: str


@dataclasses.dataclass(frozen=True, slots=True)
class Consequence:
    """What filing does to another avenue or needs from it; told only while `when` is not false."""

    avenue: str
    text: str
    fact: FactName = NO_FACT
    when: Condition | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Validity:
    """The days of a named fact for which a rule holds; `None` is open on that side."""

    by: FactName
    first: dt.date | None = None
    last: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Rule:
    """One avenue and stage of one scheme under one condition.

    Attributes:
        pack: Id of the pack it came with.
        pack_concerns: The pack's silent gate; `concerns` is the rule's own.
        problems: What it helps with; empty means everything.
        margin: How long before the last day to act; `None` means on the day itself.
        arguable: The looser reading of the close, where sources differ.
        overrides: For layers `issuer` and `user`: the rule it sets aside; may be empty.
        filing_tells: The fact that filing under it makes known, where its avenue and stage do not
            say so by themselves (`planning.fact_of_filing`); may be empty.
        looser_on_purpose: Whether it may set aside a stricter rule.
    """

    id: RuleId
    pack: str
    title: str
    avenue: Avenue
    layer: Layer
    sources: tuple[Source, ...]
    stage: Stage = Stage.FIRST_FILING
    actor: Actor = Actor.BUYER
    code: str = ""
    summary: str = ""
    problems: frozenset[Problem] = frozenset()
    effective_when: EffectiveWhen = EffectiveWhen.FILED
    confidence: Confidence = Confidence.HIGH
    pack_concerns: Condition | None = None
    concerns: Condition | None = None
    applies: tuple[Requirement, ...] = ()
    valid: Validity | None = None
    opens: Expression | None = None
    closes: Expression | None = None
    arguable: Expression | None = None
    margin: Period | None = None
    forfeits: tuple[Consequence, ...] = ()
    consumes: tuple[Consequence, ...] = ()
    requires: tuple[Consequence, ...] = ()
    pauses: tuple[Consequence, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    overrides: RuleId = NO_RULE
    looser_on_purpose: bool = False
    filing_tells: FactName = NO_FACT
