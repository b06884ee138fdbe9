"""The recommended step of a plan: which one now, and why, in one sentence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.candidate import NOW, Candidate
from disputedesk.deadlines.idleness import lives, why_unknown
from disputedesk.deadlines.words import Avenue, Status
from disputedesk.model.ids import RuleId

_PATIENT: Final = frozenset({Avenue.STATUTORY, Avenue.REGULATOR, Avenue.OMBUDSMAN, Avenue.COURT})
"""What comes after an answer that is being waited for, as long as its own days allow."""


def recommend(
    ordered: Sequence[Candidate],
    today: dt.date,
    *,
    pending: int = 0,
    late: bool = False,
    waiting: dt.date | None = None,
) -> tuple[RuleId | None, str]:
    """The rule to use now and why.

    Args:
        ordered: What can be used, in the plan's order.
        today: The day it is asked on.
        pending: How many of the first are answers whose last day is not told.
        late: The other side has let a clock run out on what is running.
        waiting: The day their time ends on what is running; `None` where none is told.
    """
    rest = ordered[pending:]
    now = [one for one in rest if one.window.status in NOW]
    closing = [one for one in rest if lives(one.window, today) and one.is_closing(today)]
    urgent = min(
        closing, key=lambda one: one.held_until or one.window.closes or dt.date.max, default=None
    )
    if pending:
        return ordered[0].window.rule, _asked_reason(ordered[0], urgent, waiting)
    gentle = [one for one in rest if one.window.avenue is not Avenue.COURT]
    if now and gentle and not any(one.window.status in NOW for one in gentle) and not urgent:
        return _recommend_waiting(gentle)
    if urgent is not None and urgent.window.status is Status.NOT_YET:
        return urgent.window.rule, _ready_reason(urgent)
    if not now:
        return _recommend_waiting(rest)
    first = now[0]
    if urgent is None or urgent is first:
        return first.window.rule, _step_reason(first, now, today, late=late, waiting=waiting)
    required = _required_by(urgent, now)
    if required is not None:
        return required.window.rule, _required_reason(required, urgent)
    return urgent.window.rule, _switch_reason(urgent, today)


def _asked_reason(one: Candidate, urgent: Candidate | None, waiting: dt.date | None) -> str:
    """Why an answer comes first though its last day is not told, and what else presses."""
    values = {"title": one.window.title}
    best = one.window.arguable_until
    if best is not None:
        sentence = tr(
            "“{title}” comes first: its last day stands in their letter or decision, and is "
            "{day} at best",
            day=day_text(best),
            **values,
        )
    elif waiting is not None:
        sentence = tr(
            "“{title}” comes first: its last day stands in their letter, and lies before {day}, "
            "when their own time ends",
            day=day_text(waiting),
            **values,
        )
    else:
        sentence = tr(
            "“{title}” comes first: its last day stands in their letter or decision", **values
        )
    if urgent is not None and urgent.act_by is not None:
        sentence = tr(
            "{sentence}. “{other}” has to be filed by {day} all the same",
            sentence=sentence,
            other=urgent.window.title,
            day=day_text(urgent.act_by),
        )
    return _with_loss(sentence, one)


def _ready_reason(one: Candidate) -> str:
    values = {
        "title": one.window.title,
        "opens": day_text(one.window.opens) if one.window.opens else "",
        "day": day_text(one.act_by) if one.act_by else "",
    }
    if one.held_until is None:
        sentence = tr(
            "Get “{title}” ready: it opens on {opens} and has to be filed by {day}", **values
        )
    elif one.held_until == one.window.opens:
        sentence = tr(
            "Get “{title}” ready: it opens on {opens}, the very day protection ends and the money "
            "goes to the seller",
            **values,
        )
    else:
        sentence = tr(
            "Get “{title}” ready: it opens on {opens}; on {end} protection ends, and the money "
            "goes to the seller",
            end=day_text(one.held_until),
            **values,
        )
    return _with_loss(sentence, one)


def _required_by(urgent: Candidate, now: Sequence[Candidate]) -> Candidate | None:
    needed = {effect.avenue for effect in urgent.unmet} - {str(urgent.window.avenue)}
    return next((one for one in now if one.window.avenue in needed), None)


def _recommend_waiting(ordered: Sequence[Candidate]) -> tuple[RuleId | None, str]:
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


def _step_reason(
    one: Candidate,
    now: Sequence[Candidate],
    today: dt.date,
    *,
    late: bool,
    waiting: dt.date | None,
) -> str:
    values = {"title": one.window.title}
    sooner = _sooner(one, now)
    day = day_text(max(one.act_by, today)) if one.act_by else ""
    patient = waiting is not None and _can_wait(one, sooner, waiting)
    if (one.stops or patient) and not late and one.window.status is not Status.CLOSING:
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


def _can_wait(one: Candidate, sooner: Candidate | None, until: dt.date) -> bool:
    """Whether it, and what has to be filed before it, can follow the answer waited for."""
    days = [each.act_by for each in (one, sooner) if each is not None and each.act_by is not None]
    return one.window.avenue in _PATIENT and all(day > until for day in days)


def _sooner(one: Candidate, now: Sequence[Candidate]) -> Candidate | None:
    """The open avenue that has to be filed before `one` has to; nothing where `one` is soonest."""
    others = [other for other in now if other is not one and other.act_by]
    soonest = min(others, key=lambda other: other.act_by or dt.date.max, default=None)
    if soonest is None or soonest.act_by is None:
        return None
    return soonest if one.act_by is None or soonest.act_by < one.act_by else None


def _switch_reason(one: Candidate, today: dt.date) -> str:
    window = one.window
    by = max(one.act_by or today, today)
    sentence = tr(
        "Switch to “{title}” by {day}: after that it may be too late, and the others can wait",
        title=window.title,
        day=day_text(by),
    )
    return _with_loss(sentence, one)


def _required_reason(one: Candidate, urgent: Candidate) -> str:
    sentence = tr(
        "Begin with “{title}” at once: “{other}” needs it first and is about to close",
        title=one.window.title,
        other=urgent.window.title,
    )
    return _with_loss(sentence, one)


def _with_loss(sentence: str, one: Candidate) -> str:
    if not one.gives_up:
        return tr("{sentence}; it gives up nothing.", sentence=sentence)
    return tr(
        "{sentence}; mind what it gives up: {loss}", sentence=sentence, loss=" ".join(one.gives_up)
    )
