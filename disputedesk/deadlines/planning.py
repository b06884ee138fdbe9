"""The plan: avenues in the order to use them, what each gives up, and one recommended step."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.chasing import chasers_of
from disputedesk.deadlines.idleness import (
    if_nothing_is_done,
    looser_reading,
    running_timer,
    still_arguable,
    why_unknown,
)
from disputedesk.deadlines.plan import Plan, PlanStep
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.status import CLOSING_DAYS
from disputedesk.deadlines.window import Effect, Window
from disputedesk.deadlines.words import Actor, Avenue, EffectiveWhen, Stage, Status
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName, RuleId

_NOW: Final = frozenset({Status.OPEN, Status.CLOSING})
_ALIVE: Final = frozenset({Status.OPEN, Status.CLOSING, Status.NOT_YET})
_RANK: Final = {
    Avenue.SELLER: 0,
    Avenue.PLATFORM_DISPUTE: 1,
    Avenue.PARCEL_PROTECTION: 1,
    Avenue.PLATFORM_APPEAL: 1,
    Avenue.WALLET_CLAIM: 2,
    Avenue.CARD_CHARGEBACK: 3,
    Avenue.BANK_CLAIM: 3,
    Avenue.STATUTORY: 4,
    Avenue.OMBUDSMAN: 5,
    Avenue.REGULATOR: 5,
    Avenue.COURT: 6,
}
"""From the gentlest avenue to the hardest, for those that have to be filed by the same day."""
_BEGUN_BY: Final = {
    Avenue.SELLER: "contacted_seller_on",
    Avenue.PLATFORM_DISPUTE: "platform_dispute_opened_on",
    Avenue.WALLET_CLAIM: "wallet_dispute_opened_on",
    Avenue.CARD_CHARGEBACK: "filed_on",
    Avenue.BANK_CLAIM: "filed_on",
}
"""The fact that says an avenue's first filing has been made."""
_TOLD_BY: Final = {
    (Avenue.PLATFORM_DISPUTE, Stage.ESCALATION): "platform_escalated_on",
    (Avenue.PLATFORM_DISPUTE, Stage.RETURN_GOODS): "returned_on",
    (Avenue.WALLET_CLAIM, Stage.ESCALATION): "wallet_escalated_on",
    (Avenue.WALLET_CLAIM, Stage.RETURN_GOODS): "returned_on",
}
"""The fact that says a later stage has been filed."""
_DECIDED_BY: Final = {
    Avenue.PLATFORM_DISPUTE: "platform_decided_on",
    Avenue.WALLET_CLAIM: "wallet_decided_on",
    Avenue.CARD_CHARGEBACK: "final_response_on",
    Avenue.BANK_CLAIM: "final_response_on",
}
"""The fact that says an avenue has come to its end."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Candidate:
    """A window that can still be used, with what it needs and what it would cost.

    Attributes:
        unmet: Its requirements that are not fulfilled.
        gives_up: A sentence for each avenue, open, running or perhaps open, that it would end or
            freeze.
        ends: The open avenues it would end or freeze.
        stops: Whether it would end or freeze one that is running.
        act_by: The day to act by: the window's own, or a sooner one where the platform still holds
            the money and lets it go first.
        held_until: The day the platform lets the money go, where that is what sets `act_by`.
    """

    window: Window
    unmet: tuple[Effect, ...]
    gives_up: tuple[str, ...]
    ends: frozenset[str]
    stops: bool
    act_by: dt.date | None
    held_until: dt.date | None = None

    def is_closing(self, today: dt.date) -> bool:
        """Whether there is a week or less to act."""
        if self.held_until is None or self.act_by is None:
            return self.window.status is Status.CLOSING
        return (self.act_by - today).days <= CLOSING_DAYS


def make_plan(rules: RuleSet, windows: Sequence[Window], facts: Facts, *, today: dt.date) -> Plan:
    """What can still be done, in which order, what each step gives up, and what waiting costs.

    An unmet requirement that is an avenue of its own comes before what requires it; an avenue that
    would end another comes after it, and a chargeback after what the bank only has to be told. The
    first step that is open is recommended, unless another one is about to close: then it is time to
    switch, and the reason says so.

    Args:
        rules: The rules the windows came from.
        windows: One order's windows, as `assess` gave them.
        facts: The facts they came from: which steps were made, and the sum.
        today: The day the plan is for.
    """
    own = [
        window
        for window in windows
        if window.rule in rules and window.actor is Actor.BUYER and not is_begun(window, facts)
    ]
    alive = [window for window in own if window.status in _ALIVE]
    unclear = [window for window in own if window.status is Status.UNKNOWN]
    candidates = _candidates(alive, facts, today, perhaps=unclear)
    unknown = _candidates(unclear, facts, today)
    ordered = [*_ordered(candidates), *_ordered(unknown)]
    steps = tuple(
        PlanStep(
            window=one.window,
            order=number,
            reason=_place_reason(one, ordered),
            gives_up=one.gives_up,
            last_safe_day=one.act_by,
        )
        for number, one in enumerate(ordered, 1)
    )
    chasers = chasers_of(windows, alive)
    next_step, next_reason = _recommend(ordered, today, late=bool(chasers))
    looser = still_arguable(own, today)
    if next_step is None and looser is not None:
        next_reason = looser_reading(looser)
    nothing, nothing_on = if_nothing_is_done(own, facts, today)
    theirs = [one for one in windows if one.actor is not Actor.BUYER and one.status in _NOW]
    return Plan(
        steps=steps,
        next_step=next_step,
        next_reason=next_reason,
        nothing=nothing,
        nothing_on=nothing_on,
        their_clocks=tuple(sorted(theirs, key=lambda one: (one.closes or dt.date.max, one.rule))),
        chasers=chasers,
    )


def is_begun(window: Window, facts: Facts) -> bool:
    """Whether the window's step was made already, so that it is no longer a choice."""
    return window.stage is Stage.FIRST_FILING and _BEGUN_BY.get(window.avenue, "") in facts


def fact_of_filing(rule: Rule) -> FactName:
    """The fact that a filing under `rule` makes known: the anchor of the clocks after it.

    Empty where none does: what the law gives by several rules has no one fact for all of them.
    """
    if rule.filing_tells:
        return rule.filing_tells
    if rule.stage is Stage.FIRST_FILING:
        return FactName(_BEGUN_BY.get(rule.avenue, ""))
    return FactName(_TOLD_BY.get((rule.avenue, rule.stage), ""))


# -- what each step needs and costs ----------------------------------------------------------------


def _candidates(
    windows: Sequence[Window], facts: Facts, today: dt.date, *, perhaps: Sequence[Window] = ()
) -> list[_Candidate]:
    """The windows with what they need and cost; `perhaps`: those whose dates cannot be told."""
    timer = running_timer(facts, today)
    alive = {str(window.avenue) for window in windows}
    lost = alive | {str(window.avenue) for window in perhaps}
    going_on = running_avenues(facts)
    found = []
    for window in windows:
        touched = {one.avenue for one in (*window.forfeits, *window.pauses)}
        touched.discard(str(window.avenue))
        effects = (*window.forfeits, *window.pauses, *window.consumes)
        gives_up = tuple(
            dict.fromkeys(
                one.text
                for one in effects
                if not one.avenue or one.avenue in lost or one.avenue in going_on
            )
        )
        unmet = tuple(one for one in window.requires if one.fact and one.fact not in facts)
        stops = bool(touched & going_on)
        act_by, held_until = _day_to_act(window, timer, today)
        found.append(
            _Candidate(
                window, unmet, gives_up, frozenset(touched & alive), stops, act_by, held_until
            )
        )
    return found


def _day_to_act(
    window: Window, timer: dt.date | None, today: dt.date
) -> tuple[dt.date | None, dt.date | None]:
    """The day to act by, and the day the platform lets the money go where that one comes first.

    A dispute may be possible after the platform's timer; but then the seller has the money. The
    margin of the rule is kept before the timer too, as far as the days still allow it.
    """
    by = window.file_by
    first = window.avenue is Avenue.PLATFORM_DISPUTE and window.stage is Stage.FIRST_FILING
    if timer is None or by is None or not first or timer >= by:
        return by, None
    if window.opens is not None and window.opens > timer:
        return by, None
    margin = window.closes - by if window.closes is not None else dt.timedelta()
    earliest = max(today, window.opens or today)
    return min(max(timer - margin, earliest), timer), timer


def running_avenues(facts: Facts) -> set[str]:
    """The avenues that were begun and have not come to an end."""
    return {
        str(avenue)
        for avenue, fact in _BEGUN_BY.items()
        if fact in facts and avenue in _DECIDED_BY and _DECIDED_BY[avenue] not in facts
    }


# -- order -----------------------------------------------------------------------------------------


def _ordered(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """The candidates so that what is required comes first, and what ends others comes last."""
    waiting = sorted(candidates, key=_urgency)
    ordered: list[_Candidate] = []
    while waiting:
        free = [one for one in waiting if not _blockers(one, waiting)]
        chosen = free[0] if free else waiting[0]
        waiting.remove(chosen)
        ordered.append(chosen)
    return ordered


def _urgency(one: _Candidate) -> tuple[int, dt.date, int, str]:
    """The seller first, a court last; between them what has to be filed soonest."""
    window = one.window
    turn = {Avenue.SELLER: 0, Avenue.COURT: 2}.get(window.avenue, 1)
    return turn, one.act_by or window.closes or dt.date.max, _RANK[window.avenue], window.rule


def _blockers(one: _Candidate, waiting: Sequence[_Candidate]) -> list[_Candidate]:
    """Those still waiting that have to come before `one`."""
    needed = {effect.avenue for effect in one.unmet} - {str(one.window.avenue)}
    return [
        other
        for other in waiting
        if other.window.avenue in needed
        or (other.window.avenue in one.ends and one.window.avenue not in other.ends)
        or (one.window.avenue is Avenue.CARD_CHARGEBACK and _tells_the_bank(other.window))
    ]


def _tells_the_bank(window: Window) -> bool:
    """Whether it is open and only has to be told: laws want that at once, whatever its last day."""
    return (
        window.avenue is Avenue.BANK_CLAIM
        and window.stage is Stage.FIRST_FILING
        and window.effective_when is EffectiveWhen.NOTIFIED
        and window.status in _NOW
    )


def _place_reason(one: _Candidate, ordered: Sequence[_Candidate]) -> str:
    window = one.window
    if window.status is Status.UNKNOWN:
        return why_unknown(window)
    avenues = {str(other.window.avenue) for other in ordered}
    needed = [effect for effect in one.unmet if effect.avenue in avenues]
    if needed:
        return tr("It needs something first: {requirement}", requirement=needed[0].text)
    if one.stops:
        return tr("It would end or freeze what is running, so it comes after that.")
    if one.ends:
        return tr("It would end another open avenue, so it comes after that.")
    if window.status is Status.NOT_YET and window.opens:
        return tr("It opens on {day}.", day=day_text(window.opens))
    if one.act_by is None:
        return tr("It has no last day, so it can wait.")
    return tr("It closes no other avenue; act by {day}.", day=day_text(one.act_by))


# -- the recommendation ----------------------------------------------------------------------------


def _recommend(
    ordered: Sequence[_Candidate], today: dt.date, *, late: bool
) -> tuple[RuleId | None, str]:
    """The rule to use now and why; `late`: the other side has let a clock run out."""
    now = [one for one in ordered if one.window.status in _NOW]
    gentle = [one for one in ordered if one.window.avenue is not Avenue.COURT]
    if now and gentle and not any(one.window.status in _NOW for one in gentle):
        return _recommend_waiting(gentle)
    if not now:
        return _recommend_waiting(ordered)
    closing = [one for one in now if one.is_closing(today)]
    first = now[0]
    urgent = min(
        closing, key=lambda one: one.held_until or one.window.closes or dt.date.max, default=None
    )
    if urgent is None or urgent is first:
        return first.window.rule, _step_reason(first, now, today, late=late)
    required = _required_by(urgent, now)
    if required is not None:
        return required.window.rule, _required_reason(required, urgent)
    return urgent.window.rule, _switch_reason(urgent, today)


def _required_by(urgent: _Candidate, now: Sequence[_Candidate]) -> _Candidate | None:
    needed = {effect.avenue for effect in urgent.unmet} - {str(urgent.window.avenue)}
    return next((one for one in now if one.window.avenue in needed), None)


def _recommend_waiting(ordered: Sequence[_Candidate]) -> tuple[RuleId | None, str]:
    later = [one.window for one in ordered if one.window.status is Status.NOT_YET]
    if later:
        window = min(later, key=lambda one: (one.opens or dt.date.max, one.rule))
        day = day_text(window.opens) if window.opens else ""
        return window.rule, tr(
            "Nothing is open yet; “{title}” opens first, on {day}.", title=window.title, day=day
        )
    if ordered:
        return None, why_unknown(ordered[0].window)
    return None, tr("No avenue is open, and none opens later.")


def _step_reason(one: _Candidate, now: Sequence[_Candidate], today: dt.date, *, late: bool) -> str:
    values = {"title": one.window.title}
    sooner = _sooner(one, now)
    day = day_text(max(one.act_by, today)) if one.act_by else ""
    if one.stops and not late and one.window.status is not Status.CLOSING:
        sentence = (
            tr("Wait for what is running; “{title}” can follow until {day}", day=day, **values)
            if day
            else tr("Wait for what is running; “{title}” can follow", **values)
        )
    elif sooner is not None:
        sentence = tr(
            "Begin with “{title}”; “{other}” has to be filed by {day} all the same",
            other=sooner.window.title,
            day=day_text(sooner.act_by) if sooner.act_by else "",
            **values,
        )
    elif one.held_until is not None:
        sentence = tr(
            "Begin with “{title}” by {day}: protection ends on {end}, and the money goes to the "
            "seller",
            day=day,
            end=day_text(one.held_until),
            **values,
        )
    elif one.act_by is None:
        sentence = tr("Begin with “{title}”, which has no last day", **values)
    elif one.window.status is Status.CLOSING:
        sentence = tr("Use “{title}” now, by {day}: its time runs out", day=day, **values)
    elif len(now) > 1:
        sentence = tr("Begin with “{title}”, by {day}: the others can wait", day=day, **values)
    else:
        sentence = tr("“{title}” is the avenue that is open; act by {day}", day=day, **values)
    return _with_loss(sentence, one)


def _sooner(one: _Candidate, now: Sequence[_Candidate]) -> _Candidate | None:
    """The open avenue that has to be filed before `one` has to; nothing where `one` is soonest."""
    others = [other for other in now if other is not one and other.act_by]
    soonest = min(others, key=lambda other: other.act_by or dt.date.max, default=None)
    if soonest is None or soonest.act_by is None:
        return None
    return soonest if one.act_by is None or soonest.act_by < one.act_by else None


def _switch_reason(one: _Candidate, today: dt.date) -> str:
    window = one.window
    by = max(one.act_by or today, today)
    sentence = tr(
        "Switch to “{title}” by {day}: after that it may be too late, and the others can wait",
        title=window.title,
        day=day_text(by),
    )
    return _with_loss(sentence, one)


def _required_reason(one: _Candidate, urgent: _Candidate) -> str:
    sentence = tr(
        "Begin with “{title}” at once: “{other}” needs it first and is about to close",
        title=one.window.title,
        other=urgent.window.title,
    )
    return _with_loss(sentence, one)


def _with_loss(sentence: str, one: _Candidate) -> str:
    if not one.gives_up:
        return tr("{sentence}; it gives up nothing.", sentence=sentence)
    return tr(
        "{sentence}; mind what it gives up: {loss}", sentence=sentence, loss=" ".join(one.gives_up)
    )
