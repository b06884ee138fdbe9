"""Rules of the buyer's own bank or the user that set aside another rule: the stricter one wins."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.status import with_status
from disputedesk.deadlines.window import TraceStep, Window
from disputedesk.deadlines.words import Status
from disputedesk.model.ids import RuleId


def apply_overrides(
    rules: RuleSet, windows: Sequence[Window], today: dt.date
) -> tuple[Window, ...]:
    """The windows with each overridden one left out, or its override where that may not win.

    A stricter override wins. A looser one wins only if its rule says so on purpose, and then the
    window warns of it. Where only one of the two has a last day, that one stays. Of two overrides
    of one rule the second is compared with whichever the first comparison left.
    """
    by_id = {window.rule: window for window in windows}
    instead: dict[RuleId, RuleId] = {}
    for window in windows:
        rule = rules.get(window.rule)
        name = rule.overrides
        while name in instead:
            name = instead[name]
        target = by_id.get(name) if name else None
        if target is not None and target.rule != window.rule:
            kept, dropped = _settle(rule, window, target)
            del by_id[dropped.rule]
            instead[dropped.rule] = kept.rule
            by_id[kept.rule] = with_status(kept, today)
    return tuple(by_id[window.rule] for window in windows if window.rule in by_id)


def _settle(rule: Rule, own: Window, other: Window) -> tuple[Window, Window]:
    """The window that stays, with a sentence that says why, and the one that goes."""
    if own.closes is None or own.status is Status.NOT_AVAILABLE:
        return other, own
    if other.closes is None or own.closes <= other.closes:
        sentence = tr(
            "This limit takes the place of “{title}”, as it is no later.", title=other.title
        )
        return _told(own, sentence), other
    values = {
        "title": other.title,
        "day": day_text(own.closes),
        "other_day": day_text(other.closes),
    }
    if rule.looser_on_purpose:
        sentence = tr(
            "You set {day} as the last day on purpose; “{title}” itself ends on {other_day}.",
            **values,
        )
        warned = dataclasses.replace(own, warnings=(*own.warnings, sentence))
        return _told(warned, sentence), other
    sentence = tr(
        "“{own}” would end later, on {day}; the stricter {other_day} stays.",
        own=own.title,
        day=values["day"],
        other_day=values["other_day"],
    )
    return _told(other, sentence), own


def _told(window: Window, sentence: str) -> Window:
    if not window.because:
        return window
    return dataclasses.replace(window, because=(*window.because, TraceStep(sentence, "note")))
