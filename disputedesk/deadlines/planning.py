"""The plan: avenues in the order to use them, what each gives up, and one recommended step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.candidate import NOW, Candidate, is_asked, is_conditional
from disputedesk.deadlines.chasing import chasers_of
from disputedesk.deadlines.idleness import (
    if_nothing_is_done,
    lives,
    looser_reading,
    running_timer,
    still_arguable,
    why_unknown,
)
from disputedesk.deadlines.plan import Plan, PlanStep
from disputedesk.deadlines.recommending import recommend
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, EffectiveWhen, Stage, Status
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName

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
    mine = [one for one in windows if one.rule in rules and one.actor is Actor.BUYER]
    own = [window for window in mine if not is_begun(window, facts)]
    alive = [window for window in own if lives(window, today)]
    asked = [
        window
        for window in own
        if is_pending(window, facts) and not _is_past(window.arguable_until, today)
    ]
    unclear = [
        one for one in own if one.status is Status.UNKNOWN and one not in asked and one not in alive
    ]
    ordered = [
        *_ordered(_candidates(asked, facts, today), today),
        *_ordered(_candidates(alive, facts, today, perhaps=unclear), today),
        *_ordered(_candidates(unclear, facts, today), today),
    ]
    steps = tuple(
        PlanStep(
            window=one.window,
            order=number,
            reason=_place_reason(one, ordered),
            gives_up=one.gives_up,
            last_safe_day=one.act_by,
            held_until=one.held_until,
        )
        for number, one in enumerate(ordered, 1)
    )
    going_on = running_avenues(facts)
    chasers = chasers_of(windows, alive, going_on)
    theirs = [one for one in windows if one.actor is not Actor.BUYER and one.status in NOW]
    theirs.sort(key=lambda one: (one.closes or dt.date.max, one.rule))
    waited = [one.closes for one in theirs if one.closes and str(one.avenue) in going_on]
    next_step, next_reason = recommend(
        ordered,
        today,
        pending=len(asked),
        late=any(one.answers for one in chasers),
        waiting=min(waited, default=None),
    )
    looser = still_arguable(own, today)
    if next_step is None and looser is not None:
        next_reason = looser_reading(looser)
    nothing, nothing_on = if_nothing_is_done(own, facts, today, asked=asked)
    return Plan(
        steps=steps,
        next_step=next_step,
        next_reason=next_reason,
        nothing=nothing,
        nothing_on=nothing_on,
        their_clocks=tuple(theirs),
        chasers=chasers,
        begun=tuple(
            window.rule
            for window in mine
            if window not in own and window.status is not Status.NOT_AVAILABLE
        ),
    )


def is_begun(window: Window, facts: Facts) -> bool:
    """Whether the window's step was made already, so that it is no longer a choice."""
    return window.stage is Stage.FIRST_FILING and _BEGUN_BY.get(window.avenue, "") in facts


def is_pending(window: Window, facts: Facts) -> bool:
    """Whether an answer whose day is not told still presses: no end, no later avenue since."""
    if not is_asked(window):
        return False
    if window.stage is Stage.APPEAL:
        return "filed_on" not in facts
    return _DECIDED_BY.get(window.avenue, "") not in facts


def _is_past(day: dt.date | None, today: dt.date) -> bool:
    return day is not None and day < today


def fact_of_filing(rule: Rule) -> FactName:
    """The fact that a filing under `rule` makes known: the anchor of the clocks after it.

    Empty where none does: what the law gives by several rules has no one fact for all of them.
    """
    if rule.filing_tells:
        return rule.filing_tells
    if rule.stage is Stage.FIRST_FILING:
        return FactName(_BEGUN_BY.get(rule.avenue, ""))
    return FactName(_TOLD_BY.get((rule.avenue, rule.stage), ""))


def fact_of_answer(avenue: str) -> FactName:
    """The fact that a decision along an avenue makes known; empty where a decision ends nothing.

    A bank's refusal of a dispute is no final response to a complaint: that is told by itself.
    """
    decided = {Avenue.PLATFORM_DISPUTE, Avenue.WALLET_CLAIM}
    return FactName(_DECIDED_BY[Avenue(avenue)] if avenue in decided else "")


# -- what each step needs and costs ----------------------------------------------------------------


def _candidates(
    windows: Sequence[Window], facts: Facts, today: dt.date, *, perhaps: Sequence[Window] = ()
) -> list[Candidate]:
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
            Candidate(
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


def _ordered(candidates: Sequence[Candidate], today: dt.date) -> list[Candidate]:
    """The candidates so that what is required comes first, and what ends others comes last."""
    waiting = sorted(candidates, key=lambda one: _urgency(one, today))
    ordered: list[Candidate] = []
    while waiting:
        free = [one for one in waiting if not _blockers(one, waiting)]
        chosen = free[0] if free else waiting[0]
        waiting.remove(chosen)
        ordered.append(chosen)
    return ordered


def _urgency(one: Candidate, today: dt.date) -> tuple[int, dt.date, int, str]:
    """What closes within days first, then the seller, a court last; else the soonest."""
    window = one.window
    turn = {Avenue.SELLER: 0, Avenue.COURT: 2}.get(window.avenue, 1)
    if turn == 1 and one.is_closing(today):
        turn = -1
    return turn, one.act_by or window.closes or dt.date.max, _RANK[window.avenue], window.rule


def _blockers(one: Candidate, waiting: Sequence[Candidate]) -> list[Candidate]:
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
        and window.status in NOW
    )


def _place_reason(one: Candidate, ordered: Sequence[Candidate]) -> str:
    window = one.window
    if one.is_asked:
        return tr("The letter or decision it answers names the last day: look it up and tell it.")
    if window.status is Status.UNKNOWN:
        return why_unknown(window)
    if is_conditional(window) and one.act_by is not None:
        return tr("Only if the decision asks for it; then by {day}.", day=day_text(one.act_by))
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
