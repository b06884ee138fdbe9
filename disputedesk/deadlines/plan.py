"""A plan and its steps, as values; `plan` makes them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from disputedesk.deadlines.window import Window
from disputedesk.model.ids import RuleId


@dataclasses.dataclass(frozen=True, slots=True)
class PlanStep:
    """One avenue of the plan.

    Attributes:
        gives_up: Sentences, one for each thing that filing this would end, freeze or use up.
        last_safe_day: The last day to switch to this avenue and still be in time; `None` unknown.
        reason: Why it stands at this place, one sentence.
        held_until: The day the platform lets the money go, where that is what sets the last safe
            day; `None` where the window's own days do.
    """

    window: Window
    order: int
    reason: str
    gives_up: tuple[str, ...] = ()
    last_safe_day: dt.date | None = None
    held_until: dt.date | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Chaser:
    """A clock of the other side that ran out without an answer on record, and what follows.

    Attributes:
        sentence: Who is late since when, and what can be done about it.
        opened: The buyer's step that is open now on the same avenue; `None` where it is a reminder.
        answers: Whether what they let lapse is an answer to something that is running; else it is
            a duty of theirs, as likely as not the very thing that went wrong.
    """

    window: Window
    sentence: str
    opened: RuleId | None = None
    answers: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Plan:
    """What can still be done for one order or case.

    Attributes:
        steps: The buyer's avenues, in the order to use them; closed and unavailable ones left out.
        next_step: The rule recommended now; `None` when nothing is open or opens later.
        next_reason: Why, one sentence, ending in what it forfeits.
        nothing: "If you do nothing": one sentence with date and sum.
        nothing_on: The day of that sentence; `None` when no date can be told.
        their_clocks: Windows of the other side that run now, soonest first.
        chasers: Those that ran out unanswered, the latest first.
        begun: The buyer's rules whose step was made already.
    """

    steps: tuple[PlanStep, ...]
    next_step: RuleId | None
    next_reason: str
    nothing: str
    nothing_on: dt.date | None = None
    their_clocks: tuple[Window, ...] = ()
    chasers: tuple[Chaser, ...] = ()
    begun: tuple[RuleId, ...] = ()

    @property
    def step(self) -> PlanStep | None:
        """The step recommended now; `None` when nothing is."""
        return next((one for one in self.steps if one.window.rule == self.next_step), None)

    def step_of(self, rule: RuleId) -> PlanStep | None:
        """The step of `rule`; `None` where it is none."""
        return next((one for one in self.steps if one.window.rule == rule), None)
