"""One compiled rule over one run: whether its avenue is open to the buyer, and its days."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Final, TypeAlias

from disputedesk.common.texts import day_text, tr
from disputedesk.deadlines.calendar import LAST_DAY, CalendarTooShort
from disputedesk.deadlines.counts import Node
from disputedesk.deadlines.program import RuleProgram
from disputedesk.deadlines.rule import Period, Rule, Unit, Validity
from disputedesk.deadlines.run import ABSENT, UNKNOWN, Run
from disputedesk.deadlines.spans import skipped_days, span_over
from disputedesk.deadlines.steps import NoteStep, Step, length_text
from disputedesk.deadlines.truth import FALSE, TRUE
from disputedesk.deadlines.window import Assumption
from disputedesk.deadlines.words import SpanKind, Status

_ASKED_BY: Final = "reply_asked_by"
_OPEN, _UNKNOWN, _NOT_AVAILABLE = Status.OPEN, Status.UNKNOWN, Status.NOT_AVAILABLE
Dates: TypeAlias = tuple[Status, int, int, int, int]
"""How far the days are resolved, then opens, closes, file_by, arguable_until; 0 for none."""


@dataclasses.dataclass(slots=True)
class Found:
    """One expression's day with the notes it left."""

    day: int
    steps: list[Step]
    assumed: list[Assumption]
    moments: list[tuple[int, dt.datetime]]


NOTHING: Final = Found(ABSENT, [], [], [])


def why_not(program: RuleProgram, run: Run) -> str:
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


def is_ruled_out(program: RuleProgram, run: Run) -> bool:
    """Whether `why_not` would give a sentence, without making one.

    What could not be told leaves `undecided` behind, for whoever needs to know why.
    """
    valid = program.rule.valid
    if valid is not None:
        day = run.known_day(valid.by)
        run.undecided |= not day
        if day and not _holds(valid, day):
            return True
    for gate, _ in program.applies:
        verdict = gate.truth(run)
        if verdict == FALSE:
            return True
        if verdict != TRUE:
            run.undecided = True
    return False


def _holds(valid: Validity, day: int) -> bool:
    begun = valid.first is None or day >= valid.first.toordinal()
    return begun and (valid.last is None or day <= valid.last.toordinal())


def found(node: Node | None, run: Run, about: str) -> Found:
    """Evaluates one expression with notes of its own."""
    if node is None:
        return NOTHING
    run.about = about
    run.steps, run.assumed, run.moments = [], [], []
    day = node(run)
    if day > LAST_DAY:
        run.reaches(day)
        day = UNKNOWN
    return Found(day, run.steps, run.assumed, run.moments)


def closing(program: RuleProgram, run: Run) -> Found:
    """The last day: the one that was asked for by name, else what the rule computes."""
    asked = _asked_by(program, run)
    if asked:
        sentence = tr(
            "The bank or platform itself asked for an answer by {day}; that day wins.",
            day=_day_text(asked),
        )
        steps: list[Step] = [NoteStep("closes", sentence, asked)] if run.explain else []
        return Found(asked, steps, [], [])
    return found(program.closes, run, "closes")


def latest_close(program: RuleProgram, run: Run, closes: Found) -> int:
    """The day after which the window is surely closed; `UNKNOWN` where that cannot be told.

    It is the last day itself unless something that may make that later was not known. Where a
    condition could not be told, there may be no last day at all.
    """
    sure = not (closes.assumed or run.needed or run.useful)
    if closes.day <= 0 or sure or _asked_by(program, run):
        return closes.day
    if run.undecided:
        return UNKNOWN
    noted = run.needed, run.useful, run.warnings, run.calendar_versions, run.explain
    run.needed, run.useful, run.warnings, run.calendar_versions = {}, {}, {}, {}
    run.explain = False
    latest = found(program.closes_at_latest, run, "closes").day
    run.needed, run.useful, run.warnings, run.calendar_versions, run.explain = noted
    return latest


def unresolved(run: Run, opens: int, closes: int, assumed: list[Assumption]) -> tuple[str, Status]:
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


def file_by(rule: Rule, run: Run, opens: int, closes: int) -> Found:
    """The day to act by: the last day less the margin, and never before the first."""
    if closes <= 0 or opens > closes:
        return NOTHING
    if rule.margin is None:
        return Found(closes, [], [], [])
    run.about = "file_by"
    run.assumed = []
    day = max(less_margin(run, rule.margin, closes), opens, 1)
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
        calendar = rule.margin.calendar
        skipped = skipped_days(run, calendar, day, closes) if calendar else ()
        span = span_over(run, SpanKind.MARGIN, day, closes, calendar=calendar, skipped=skipped)
        steps = [NoteStep("file_by", sentence, day, span=span)]
    return Found(day, steps, run.assumed, [])


def less_margin(run: Run, margin: Period, closes: int) -> int:
    """The day by which to act, `margin` before the last day."""
    if margin.unit is Unit.DAYS:
        return closes - margin.count
    try:
        return run.calendar(margin.calendar).add(closes, -margin.count)
    except CalendarTooShort:
        return run.calendar_too_short(margin.calendar).add(closes, -margin.count)


def dates_of(program: RuleProgram, run: Run) -> Dates:
    """The rule's days without words: the same as those of its window."""
    rule = program.rule
    if program.gated and is_ruled_out(program, run):
        return _NOT_AVAILABLE, 0, 0, 0, 0
    if run.assumed:
        run.assumed = []
    closes = run.closes = _asked_by(program, run) or _day(program.closes, run)
    opens = _day(program.opens, run)
    looser = 0 if program.arguable is None else _day(program.arguable, run)
    if looser <= closes:
        looser = 0
    if closes <= 0 or opens > closes:
        return _without_file_by(run, opens, closes), max(opens, 0), max(closes, 0), 0, looser
    by = closes if rule.margin is None else less_margin(run, rule.margin, closes)
    if opens > 0:
        return _OPEN, opens, closes, by if by > opens else opens, looser
    return _UNKNOWN if opens == UNKNOWN else _OPEN, 0, closes, max(by, 1), looser


def _without_file_by(run: Run, opens: int, closes: int) -> Status:
    if UNKNOWN in {closes, opens}:
        return _UNKNOWN
    if closes == ABSENT:
        return _OPEN
    return _UNKNOWN if run.assumed else _NOT_AVAILABLE


def _day(node: Node | None, run: Run) -> int:
    if node is None:
        return ABSENT
    day = node(run)
    return day if day <= LAST_DAY else UNKNOWN


def _asked_by(program: RuleProgram, run: Run) -> int:
    """The day that the bank or platform itself has set for the buyer's answer, if it has."""
    return run.known_day(_ASKED_BY) if program.answers else UNKNOWN


def _day_text(ordinal: int) -> str:
    return day_text(dt.date.fromordinal(ordinal))
