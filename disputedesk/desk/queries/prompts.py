"""What is still to be captured for a case while it can be had, the most urgent first."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import functools
import zoneinfo
from collections.abc import Iterable
from typing import TYPE_CHECKING

from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.desk.basis import CaseBasis, read_case
from disputedesk.desk.planning import plan_for
from disputedesk.desk.steps import exhibit_kinds, kinds_shown
from disputedesk.model.case import CaseStage
from disputedesk.model.fact import FactKind, Facts
from disputedesk.model.ids import CaseId, FactName
from disputedesk.packs.prompts import CaptureStage, Prompt, load_prompts

if TYPE_CHECKING:
    from disputedesk.desk.desk import Desk

_FILED: frozenset[CaseStage] = frozenset(
    {CaseStage.FILED, CaseStage.ANSWERED, CaseStage.REFUND_PROMISED, CaseStage.CLOSED}
)
_RETURNING = ("return_ordered", "return_asked_on", "returned_on", "withdrawn_on")
"""Facts that say the goods go back."""


class PromptState(enum.StrEnum):
    """How one thing to capture stands."""

    OPEN = "open"
    ANSWERED = "answered"
    """An exhibit of that kind is there."""
    GONE = "gone"
    """Somebody said that it cannot be had any more."""
    OVER = "over"
    """The last day it could be had is past."""


@dataclasses.dataclass(frozen=True, slots=True)
class PromptView:
    """One thing to capture, in the language in force.

    Attributes:
        kind: What the exhibit becomes.
        must: Whether the case is weak without it; else it helps.
        until: Until when it can be had, one sentence.
        last_day: The last day it can be had, as far as the case's own facts tell; `None` where
            nobody knows.
        needed_by: The day the next step has to be taken with it; `None` where none is known.
    """

    id: str
    kind: str
    title: str
    how: tuple[str, ...]
    why: str
    until: str
    must: bool
    state: PromptState
    last_day: dt.date | None
    needed_by: dt.date | None

    @property
    def act_by(self) -> dt.date | None:
        """The earlier of both days; `None` where neither is known."""
        return min((day for day in (self.last_day, self.needed_by) if day), default=None)


def prompts_for(
    desk: Desk, case_id: CaseId, *, today: dt.date | None = None
) -> tuple[PromptView, ...]:
    """What to capture for a case: open ones first, of these the most urgent first.

    Raises:
        NotFound: There is no such case.
    """
    day = today or desk.today
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case_id)
        gone = dismissed(rows.settings.find(dismissed_key(case_id)))
    shown = kinds_shown(each.kind for each in basis.exhibits if each.withdrawn_at is None)
    needed_by = _needed_by(desk, basis, day)
    stages = _stages(basis)
    asked = [
        prompt
        for prompt in known_prompts(desk)
        if prompt.fits(basis.case.problem, basis.order.order.platform, stages)
    ]
    views = []
    for prompt in asked:
        last_day = _last_day(prompt, basis.facts)
        state = _state(prompt, last_day, day, shown, gone)
        must = basis.case.problem in prompt.must_for
        views.append(
            PromptView(
                prompt.id, prompt.kind, tr(prompt.title), tuple(map(tr, prompt.how)),
                tr(prompt.why), tr(prompt.until), must, state, last_day, needed_by,
            )
        )  # fmt: skip
    return tuple(sorted(views, key=_urgency))


def _urgency(view: PromptView) -> tuple[bool, dt.date, bool]:
    return (view.state is not PromptState.OPEN, view.last_day or dt.date.max, not view.must)


def _state(
    prompt: Prompt, last_day: dt.date | None, today: dt.date, shown: frozenset[str],
    gone: frozenset[str],
) -> PromptState:  # fmt: skip
    if not shown.isdisjoint({prompt.kind, *prompt.also}):
        return PromptState.ANSWERED
    if prompt.id in gone:
        return PromptState.GONE
    over = last_day is not None and last_day < today
    return PromptState.OVER if over else PromptState.OPEN


def _stages(basis: CaseBasis) -> frozenset[CaptureStage]:
    """How far the case is; goods that go back are a stage beside the others."""
    stages = {CaptureStage.FILED if basis.case.stage in _FILED else CaptureStage.BEFORE}
    if any(filing.granted is False for filing in basis.filings):
        stages.add(CaptureStage.REFUSED)
    if any(basis.facts.get(name) for name in _RETURNING):
        stages.add(CaptureStage.RETURNING)
    return frozenset(stages)


def _last_day(prompt: Prompt, facts: Facts) -> dt.date | None:
    """The earliest known day after which it cannot be had."""
    days = (_day_of(facts, name) for name in prompt.ends_with)
    return min((day for day in days if day is not None), default=None)


def _day_of(facts: Facts, name: FactName) -> dt.date | None:
    """A fact's day; of an instant the day in the buyer's own zone."""
    value = facts.get(name)
    if isinstance(value, dt.datetime):
        zone = facts.get("consumer_zone")
        return (value.astimezone(zoneinfo.ZoneInfo(str(zone))) if zone else value).date()
    return value if isinstance(value, dt.date) else None


def _needed_by(desk: Desk, basis: CaseBasis, today: dt.date) -> dt.date | None:
    """The last safe day of the step that comes next; a day that is past says nothing."""
    windows = desk.rulebook.windows(basis.facts, today=today)
    plan = plan_for(
        desk.rulebook, windows, basis.facts, basis.filings, today=today,
        asked_since=basis.asked_since,
    )  # fmt: skip
    step = plan.step
    day = None if step is None else step.last_safe_day or step.window.closes
    return day if day is not None and day >= today else None


def known_prompts(desk: Desk) -> tuple[Prompt, ...]:
    """All prompts, whatever the case.

    Raises:
        Refused: A file of prompts does not fit.
    """
    catalogue = desk.rulebook.catalogue
    days = {FactKind.DATE, FactKind.INSTANT}
    return _read_prompts(
        frozenset(name for name in catalogue.names if catalogue.get(name).kind in days)
    )


@functools.lru_cache(maxsize=2)
def _read_prompts(days: frozenset[str]) -> tuple[Prompt, ...]:
    return load_prompts(frozenset(kind for kind, _text in exhibit_kinds()), days)


def find_prompt(desk: Desk, prompt_id: str) -> Prompt:
    """The prompt with this name.

    Raises:
        NotFound: There is none.
    """
    for prompt in known_prompts(desk):
        if prompt.id == prompt_id:
            return prompt
    names = ", ".join(prompt.id for prompt in known_prompts(desk))
    raise NotFound(
        tr("There is nothing to capture called {name}.", name=prompt_id),
        prompt_id,
        tr("Names are: {names}.", names=names),
    )


def dismissed_key(case_id: CaseId) -> str:
    """The name under which the desk keeps what cannot be had any more for a case."""
    return f"prompts.{case_id}"


def dismissed(kept: str | None) -> frozenset[str]:
    """The prompts that were dismissed, from what is kept."""
    return frozenset((kept or "").split())


def dismissed_text(prompts: Iterable[str]) -> str:
    """How dismissed prompts are kept."""
    return " ".join(sorted(prompts))
