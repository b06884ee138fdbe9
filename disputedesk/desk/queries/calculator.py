"""The calculator: windows and plan for facts that belong to no order."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from disputedesk.common.clock import SystemClock
from disputedesk.common.errors import NotFound
from disputedesk.common.texts import tr
from disputedesk.deadlines.days import DayCount, count_days
from disputedesk.deadlines.plan import Plan
from disputedesk.deadlines.questions import open_questions
from disputedesk.deadlines.window import Window
from disputedesk.desk.queries.what_if import BeforeAfter, compare
from disputedesk.desk.rulebook import Rulebook
from disputedesk.model.fact import Facts
from disputedesk.model.ids import FactName
from disputedesk.packs.facts_file import read_facts_file


@dataclasses.dataclass(frozen=True, slots=True)
class Calculation:
    """The engine's whole answer.

    Attributes:
        ask: Facts worth knowing too, most useful first.
    """

    today: dt.date
    windows: tuple[Window, ...]
    plan: Plan
    ask: tuple[FactName, ...]


def assess_file(path: Path, *, today: dt.date | None = None) -> Calculation:
    """The answer for a facts file (TOML or JSON).

    Args:
        path: The file; its own `today` counts unless `today` is given.
        today: The day to compute as of; `None` takes the file's, else the clock's.

    Raises:
        Refused: The file cannot be read, or names a fact nobody knows.
    """
    rulebook = Rulebook.read()
    facts, said = read_facts_file(path, rulebook.catalogue)
    return assess_facts(rulebook, facts, today=today or said or SystemClock().today())


def what_if_file(
    path: Path, changes: Mapping[str, str], *, today: dt.date | None = None
) -> BeforeAfter:
    """The answer for a facts file as it is, and with `changes` in thought.

    Args:
        path: The file.
        changes: Facts as they are typed, by name; an empty text takes a fact away.
        today: As in `assess_file`.

    Raises:
        Refused: As `assess_file`, or a change names a fact nobody knows, or its value is none.
    """
    rulebook = Rulebook.read()
    facts, said = read_facts_file(path, rulebook.catalogue)
    values = {
        FactName(name): rulebook.catalogue.parse(name, text) if text else None
        for name, text in changes.items()
    }
    day = today or said or SystemClock().today()
    return compare(rulebook, facts, values, today=day)


def window_of_rule(windows: Sequence[Window], rule: str) -> Window:
    """The window that a rule gave.

    Raises:
        NotFound: It gave none for these facts; says which rules did.
    """
    for window in windows:
        if window.rule == rule:
            return window
    raise NotFound(
        tr("The rule {rule} gives no window for these facts.", rule=rule),
        "",
        tr("Rules that do: {names}.", names=", ".join(window.rule for window in windows) or "–"),
    )


def days_of_rule(windows: Sequence[Window], rule: str, *, today: dt.date) -> DayCount:
    """The window of a rule laid out day by day.

    Raises:
        NotFound: The rule gave no window for these facts, or one without any day.
    """
    window = window_of_rule(windows, rule)
    count = count_days(window, today=today)
    if count is None:
        reason = window.reason or tr("It has no last day.")
        raise NotFound(tr("There is no day to count for {rule}.", rule=rule), "", reason)
    return count


def assess_facts(rulebook: Rulebook, facts: Facts, *, today: dt.date) -> Calculation:
    """The answer for `facts` as of `today`, every window with its trace."""
    windows = rulebook.windows(facts, today=today, explain=True)
    plan = rulebook.plan(windows, facts, today=today)
    ask = open_questions(rulebook.rules, windows, facts, rulebook.catalogue)
    return Calculation(today, windows, plan, ask)
