"""Facts and rules in, windows out: for each rule that applies, from when, until when, and why."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from disputedesk.common.texts import day_text, language, tr
from disputedesk.deadlines.calendar import LAST_DAY, Calendars
from disputedesk.deadlines.catalogue import FactCatalogue
from disputedesk.deadlines.contradictions import contradictions
from disputedesk.deadlines.counts import Node, by_calendar
from disputedesk.deadlines.overrides import apply_overrides
from disputedesk.deadlines.program import Gate, RuleProgram, program_of
from disputedesk.deadlines.rule import Period, Rule, RuleSet, Unit, Validity
from disputedesk.deadlines.run import ABSENT, UNKNOWN, Run
from disputedesk.deadlines.status import with_status
from disputedesk.deadlines.steps import NoteStep, Step, length_text
from disputedesk.deadlines.truth import FALSE, TRUE
from disputedesk.deadlines.window import Assumption, TraceStep, Window
from disputedesk.deadlines.wording import RuleWords, effects_now, words_of_rule
from disputedesk.deadlines.words import Actor, Stage, Status
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName, RuleId

__all__ = ["assess", "with_status"]

_ASKED_BY: Final = "reply_asked_by"
_ANSWERS: Final = frozenset(
    {Stage.RESPONSE, Stage.ESCALATION, Stage.APPEAL, Stage.PRE_ARBITRATION, Stage.ARBITRATION}
)


@dataclasses.dataclass(slots=True)
class _Found:
    """One expression's day with the notes it left."""

    day: int
    steps: list[Step]
    assumed: list[Assumption]
    moments: list[tuple[int, dt.datetime]]


_NOTHING: Final = _Found(ABSENT, [], [], [])


def assess(
    rules: RuleSet,
    facts: Facts,
    *,
    today: dt.date,
    calendars: Calendars,
    catalogue: FactCatalogue,
    explain: bool = True,
    only: Collection[RuleId] | None = None,
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
        window = _assess_rule(program, run)
        if doubts and window.status is not Status.NOT_AVAILABLE:
            window = dataclasses.replace(window, warnings=(*doubts, *window.warnings))
        windows.append(with_status(window, today))
    return apply_overrides(rules, windows, today)


def concerned(
    rules: RuleSet, run: Run, only: Collection[RuleId] | None = None
) -> Iterator[RuleProgram]:
    """The programs of the rules that are about this order and this problem."""
    problem = run.facts.get("problem")
    for pack in program_of(rules):
        if not _passes(pack.concerns, run):
            continue
        for program in pack.rules:
            rule = program.rule
            if problem is not None and rule.problems and problem not in rule.problems:
                continue
            if (only is None or rule.id in only) and _passes(program.concerns, run):
                yield program


def _passes(gate: Gate | None, run: Run) -> bool:
    return gate is None or gate.truth(run) == TRUE


def _assess_rule(program: RuleProgram, run: Run) -> Window:
    words = _words(program)
    refusal = _why_not(program, run)
    if refusal:
        return _window(program.rule, words, run, status=Status.NOT_AVAILABLE, reason=refusal)
    run.about = "applies"
    noted = run.steps
    closes = _closing(program, run)
    run.closes = closes.day
    opens = _found(program.opens, run, "opens")
    assumed = [*closes.assumed, *opens.assumed]
    arguable = _found(program.arguable, run, "arguable")
    reason, status = _unresolved(run, opens.day, closes.day, assumed)
    file_by = _file_by(program.rule, run, opens.day, closes.day)
    steps = [*noted, *opens.steps, *closes.steps, *arguable.steps, *file_by.steps]
    looser = arguable.day if arguable.day > closes.day else 0
    return _window(
        program.rule,
        words,
        run,
        status=status,
        reason=reason,
        opens=_date(opens.day),
        closes=_date(closes.day),
        closes_at=_instant(closes),
        file_by=_date(file_by.day),
        arguable_until=_date(looser),
        assumed=tuple(dict.fromkeys([*assumed, *file_by.assumed])),
        because=tuple(step.finish() for step in steps),
    )


def _words(program: RuleProgram) -> RuleWords:
    code = language()
    words = program.words.get(code)
    if words is None:
        words = program.words[code] = words_of_rule(program.rule)
    return words


# -- eligibility -----------------------------------------------------------------------------------


def _why_not(program: RuleProgram, run: Run) -> str:
    """The sentence that rules this avenue out; empty where nothing does."""
    outside = _outside(program.rule.valid, run)
    if outside:
        return outside
    for gate, otherwise in program.applies:
        verdict = gate.truth(run)
        if verdict == FALSE:
            return tr(otherwise)
        if verdict != TRUE:
            run.useful.update(dict.fromkeys(name for name in gate.facts if name not in run.facts))
            sentence = tr(
                "This would rule it out, and is not known yet: {reason}", reason=tr(otherwise)
            )
            run.warnings[sentence] = None
    return ""


def _outside(valid: Validity | None, run: Run) -> str:
    if valid is None:
        return ""
    day = run.known_day(valid.by)
    if not day:
        run.useful[valid.by] = None
        what = run.phrase(valid.by)
        sentence = tr("Whether the rule was in force depends on {what}, not known yet.", what=what)
        run.warnings[sentence] = None
        return ""
    values = {"day": _day_text(day), "what": run.phrase(valid.by)}
    if valid.first is not None and day < valid.first.toordinal():
        first = day_text(valid.first)
        return tr("The rule holds from {first} on; {day} is {what}.", first=first, **values)
    if valid.last is not None and day > valid.last.toordinal():
        last = day_text(valid.last)
        return tr("The rule held until {last}; {day} is {what}.", last=last, **values)
    return ""


# -- days ------------------------------------------------------------------------------------------


def _found(node: Node | None, run: Run, about: str) -> _Found:
    """Evaluates one expression with notes of its own."""
    if node is None:
        return _NOTHING
    run.about = about
    run.steps, run.assumed, run.moments = [], [], []
    day = node(run)
    if day > LAST_DAY:
        run.reaches(day)
        day = UNKNOWN
    return _Found(day, run.steps, run.assumed, run.moments)


def _closing(program: RuleProgram, run: Run) -> _Found:
    """The last day: the one that was asked for by name, else what the rule computes."""
    rule = program.rule
    if rule.actor is Actor.BUYER and rule.stage in _ANSWERS:
        asked = run.known_day(_ASKED_BY)
        if asked:
            sentence = tr(
                "The bank or platform itself asked for an answer by {day}; that day wins.",
                day=_day_text(asked),
            )
            return _Found(asked, [NoteStep("closes", sentence, asked)], [], [])
    return _found(program.closes, run, "closes")


def _unresolved(run: Run, opens: int, closes: int, assumed: list[Assumption]) -> tuple[str, Status]:
    """Why the window cannot be used as it stands, and the status that goes with it."""
    if closes == UNKNOWN:
        return _lacking(run, tr("The last day cannot be told yet.")), Status.UNKNOWN
    if opens == UNKNOWN:
        return _lacking(run, tr("The first day cannot be told yet.")), Status.UNKNOWN
    if opens > closes > 0:
        values = {"opens": _day_text(opens), "closes": _day_text(closes)}
        if assumed:
            return tr(
                "By what is known it would open on {opens}, after its last day {closes}; with "
                "the missing facts it can be told.",
                **values,
            ), Status.UNKNOWN
        return tr(
            "It never opens: its first day {opens} is after its last day {closes}.", **values
        ), Status.NOT_AVAILABLE
    return "", Status.OPEN


def _lacking(run: Run, sentence: str) -> str:
    name = next(iter([*run.needed, *run.useful]), None)
    definition = run.definition(name) if name else None
    if definition is None or not definition.question:
        return sentence
    return tr(
        "{sentence} The answer to this is missing: {question}",
        sentence=sentence,
        question=tr(definition.question),
    )


def _file_by(rule: Rule, run: Run, opens: int, closes: int) -> _Found:
    """The day to act by: the last day less the margin, and never before the first."""
    if closes <= 0 or opens > closes:
        return _NOTHING
    if rule.margin is None:
        return _Found(closes, [], [], [])
    run.about = "file_by"
    run.assumed = []
    day = max(_less_margin(run, rule.margin, closes), opens, 1)
    steps: list[Step] = []
    if run.explain:
        sentence = tr(
            "To be in time, act by {day}: {length} before the last day.",
            day=_day_text(day),
            length=length_text(rule.margin),
        )
        if day == opens:
            sentence = tr(
                "Act on {day}, the first day: there is no time to spare.", day=_day_text(day)
            )
        steps = [NoteStep("file_by", sentence, day)]
    return _Found(day, steps, run.assumed, [])


def _less_margin(run: Run, margin: Period, closes: int) -> int:
    if margin.unit is Unit.BUSINESS_DAYS:
        return by_calendar(
            run, margin.calendar, lambda calendar: calendar.add(closes, -margin.count)
        )
    return closes - margin.count


def _instant(closes: _Found) -> dt.datetime | None:
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
    file_by: dt.date | None = None,
    arguable_until: dt.date | None = None,
    assumed: tuple[Assumption, ...] = (),
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
        effective_when=rule.effective_when,
        code=rule.code,
        assumed=assumed,
        missing=() if reason and status is Status.NOT_AVAILABLE else _missing(run, assumed),
        warnings=tuple(run.warnings),
        reason=reason,
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
