"""Facts and rules in, windows out: for each rule that applies, from when, until when, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterator

from disputedesk.common.texts import day_text, language
from disputedesk.deadlines.calendar import LAST_DAY, Calendars
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.contradictions import contradictions
from disputedesk.deadlines.dating import (
    Found,
    closing,
    dates_of,
    file_by,
    found,
    latest_close,
    unresolved,
    why_not,
)
from disputedesk.deadlines.overrides import apply_overrides
from disputedesk.deadlines.program import Gate, RuleProgram, program_of
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.status import status_by_days, with_status
from disputedesk.deadlines.truth import TRUE
from disputedesk.deadlines.window import Assumption, TraceStep, Window
from disputedesk.deadlines.wording import RuleWords, effects_now, words_of_rule
from disputedesk.deadlines.words import Status
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName, RuleId

__all__ = ["assess", "with_status"]


def assess(
    rules: RuleSet,
    facts: Facts,
    *,
    today: dt.date,
    calendars: Calendars,
    catalogue: FactCatalogue,
    explain: bool = True,
    only: Container[RuleId] | None = None,
) -> tuple[Window, ...]:
    """One window for each rule that is concerned, in the order of the rules.

    Never raises for facts that are missing, contradict each other or lie outside the calendar: the
    window then says so.

    Args:
        rules: The rules; a rule whose `concerns` is false or not known gives no window.
        facts: What is known. A known `problem` leaves only the rules that help with it.
        today: Moves `status` and `days_left`, nothing else.
        calendars: Where business days come from.
        catalogue: What the facts mean, and which may stand in for which.
        explain: Whether the trace is made; without it `because` is empty.
        only: The rules wanted; `None` is all of them.
    """
    run = Run(facts, calendars, catalogue, explain=explain)
    doubts = contradictions(run)
    windows = []
    for program in concerned(rules, run, only):
        run.begin()
        window = None if explain or doubts else _plain_window(program, run, today)
        if window is None:
            run.begin()
            window = _assess_rule(program, run, today, doubts)
        windows.append(window)
    return apply_overrides(rules, windows, today) if rules.has_overrides else tuple(windows)


def concerned(
    rules: RuleSet, run: Run, only: Container[RuleId] | None = None
) -> Iterator[RuleProgram]:
    """The programs of the rules that are about this order and this problem."""
    problem = run.facts.get("problem")
    for pack in program_of(rules).passed(run):
        for program in pack.rules:
            rule = program.rule
            if problem is not None and rule.problems and problem not in rule.problems:
                continue
            if (only is None or rule.id in only) and _passes(program.concerns, run):
                yield program


def _passes(gate: Gate | None, run: Run) -> bool:
    return gate is None or gate.truth(run) == TRUE


def _plain_window(program: RuleProgram, run: Run, today: dt.date) -> Window | None:
    """The window of a rule about which nothing is in doubt, without a trace; else nothing.

    It is what `_assess_rule` gives, at a quarter of the cost: most windows of a desk are such.
    """
    resolved, opens, closes, acting, looser = dates_of(program, run)
    doubtful = run.assumed or run.needed or run.useful or run.warnings or run.moments
    if resolved is not Status.OPEN or doubtful or run.undecided:
        return None
    now = today.toordinal()
    return _window(
        program.rule,
        _words(program),
        run,
        status=status_by_days(now, opens, closes, acting, unresolved=False),
        reason="",
        opens=_date(opens),
        closes=_date(closes),
        days_left=closes - now if closes > 0 else None,
        file_by=_date(acting),
        arguable_until=_date(looser),
    )


def _assess_rule(program: RuleProgram, run: Run, today: dt.date, doubts: tuple[str, ...]) -> Window:
    words = _words(program)
    refusal = why_not(program, run)
    if refusal:
        return _window(program.rule, words, run, status=Status.NOT_AVAILABLE, reason=refusal)
    if doubts:
        run.warnings.update(dict.fromkeys(doubts))
    run.about = "applies"
    noted = run.steps
    closes = closing(program, run)
    run.closes = closes.day
    latest = latest_close(program, run, closes)
    opens = found(program.opens, run, "opens")
    assumed = [*closes.assumed, *opens.assumed]
    arguable = found(program.arguable, run, "arguable")
    reason, status = unresolved(run, opens.day, closes.day, assumed)
    acting = file_by(program.rule, run, opens.day, closes.day)
    steps = [*noted, *opens.steps, *closes.steps, *arguable.steps, *acting.steps]
    looser = arguable.day if arguable.day > closes.day else 0
    return _window(
        program.rule,
        words,
        run,
        status=_status(status, reason, today, (opens.day, closes.day, acting.day), latest),
        reason=reason,
        opens=_date(opens.day),
        closes=_date(closes.day),
        days_left=closes.day - today.toordinal() if closes.day > 0 else None,
        closes_at=_instant(closes),
        file_by=_date(acting.day),
        arguable_until=_date(looser),
        assumed=tuple(dict.fromkeys([*assumed, *acting.assumed])),
        may_close_later=latest != closes.day,
        closes_at_latest=_date(latest) if latest != closes.day else None,
        because=tuple(step.finish() for step in steps) if steps else (),
    )


def _status(
    status: Status, reason: str, today: dt.date, days: tuple[int, int, int], latest: int
) -> Status:
    if status is Status.NOT_AVAILABLE:
        return status
    return status_by_days(
        today.toordinal(),
        *days,
        unresolved=bool(reason),
        closed_after=latest if latest > 0 else LAST_DAY,
    )


def _words(program: RuleProgram) -> RuleWords:
    code = language()
    words = program.words.get(code)
    if words is None:
        words = program.words[code] = words_of_rule(program.rule)
    return words


def _instant(closes: Found) -> dt.datetime | None:
    return min((at for day, at in closes.moments if day == closes.day), default=None)


def _date(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(ordinal) if ordinal > 0 else None


def _day_text(ordinal: int) -> str:
    return day_text(dt.date.fromordinal(ordinal))


# -- the window ------------------------------------------------------------------------------------


def _window(
    rule: Rule,
    words: RuleWords,
    run: Run,
    *,
    status: Status,
    reason: str,
    opens: dt.date | None = None,
    closes: dt.date | None = None,
    closes_at: dt.datetime | None = None,
    days_left: int | None = None,
    file_by: dt.date | None = None,
    arguable_until: dt.date | None = None,
    assumed: tuple[Assumption, ...] = (),
    may_close_later: bool = False,
    closes_at_latest: dt.date | None = None,
    because: tuple[TraceStep, ...] = (),
) -> Window:
    return Window(
        rule=rule.id,
        avenue=rule.avenue,
        stage=rule.stage,
        actor=rule.actor,
        layer=rule.layer,
        title=words.title,
        status=status,
        opens=opens,
        closes=closes,
        closes_at=closes_at,
        file_by=file_by,
        arguable_until=arguable_until,
        days_left=days_left,
        effective_when=rule.effective_when,
        code=rule.code,
        assumed=assumed,
        missing=() if reason and status is Status.NOT_AVAILABLE else _missing(run, assumed),
        warnings=tuple(run.warnings),
        reason=reason,
        may_close_later=may_close_later,
        closes_at_latest=closes_at_latest,
        because=because,
        forfeits=effects_now(words.forfeits, run),
        consumes=effects_now(words.consumes, run),
        requires=effects_now(words.requires, run),
        pauses=effects_now(words.pauses, run),
        checklist=words.checklist,
        sources=words.sources,
        calendar_version="; ".join(run.calendar_versions),
    )


def _missing(run: Run, assumed: tuple[Assumption, ...]) -> tuple[FactName, ...]:
    names = [*run.needed, *(one.missing for one in assumed), *run.useful]
    return tuple(dict.fromkeys(names))
