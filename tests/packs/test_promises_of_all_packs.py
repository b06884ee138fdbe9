"""What the engine promises, held against every rule of every shipped pack.

A history begins as a worked example of one rule: all its days are moved together, one of them is
moved on, some of it is forgotten. So each rule is met where it applies, and near its edges. What is
forgotten are measures, days that have a true value whether or not anyone knows it; an event whose
being known is itself a condition somewhere (a confirmation, a final response) stays as it was.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from disputedesk.common.texts import using
from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.rule import Comparison, FactTest, Rule
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Status
from disputedesk.model.fact import FactKind, Facts, FactValue
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary
from disputedesk.packs.rules import Example

OFTEN = settings(
    max_examples=400,
    derandomize=True,
    deadline=None,
    phases=[Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.filter_too_much],
)  # fmt: skip
TODAY = dt.date(2026, 1, 1)
NAMED = {"reply_asked_by", "dispute_ends_at", "protection_ends_at"}
"""Days that the other side names: they win over every computed length, so none is a measure."""
ALSO_ORDERED = [("service_ended_on", "aware_on")]
"""One learns that a service has stopped when it has; facts.toml knows no order of the two."""
DAYS_KINDS = {FactKind.DATE, FactKind.INSTANT}


@dataclasses.dataclass
class History:
    """A true course of events for one rule."""

    rule: Rule
    truth: dict[str, FactValue]
    measures: list[str]


def comparisons_of(node: object) -> Iterator[FactTest]:
    """Every comparison anywhere in a rule."""
    if isinstance(node, FactTest):
        yield node
    elif isinstance(node, tuple | list):
        for part in node:
            yield from comparisons_of(part)
    elif dataclasses.is_dataclass(node) and not isinstance(node, type):
        for field in dataclasses.fields(node):
            yield from comparisons_of(getattr(node, field.name))


@pytest.fixture(scope="session")
def examples(library: PackLibrary) -> list[Example]:
    return [example for pack in library.packs for example in pack.examples if example.facts]


@pytest.fixture(scope="session")
def events(library: PackLibrary) -> dict[str, set[str]]:
    """By rule: the facts whose being known, or whose value, is a condition of it."""
    return {rule.id: {test.fact for test in comparisons_of(rule)} for rule in library.rules}


def moved(value: FactValue, days: int) -> FactValue:
    if isinstance(value, dt.datetime | dt.date):
        return value + dt.timedelta(days=days)
    return value


def is_consistent(library: PackLibrary, facts: Mapping[str, FactValue]) -> bool:
    """Whether the days stand in the order their definitions promise."""
    for name, value in facts.items():
        definition = library.catalogue.find(name)
        assert definition is not None
        for earlier in definition.earlier:
            if earlier in facts and day_of(facts[earlier]) > day_of(value):
                return False
        for later in definition.later:
            if later in facts and day_of(facts[later]) < day_of(value):
                return False
    return all(
        first not in facts or second not in facts or day_of(facts[first]) <= day_of(facts[second])
        for first, second in ALSO_ORDERED
    )


def day_of(value: FactValue) -> dt.date:
    assert isinstance(value, dt.date)
    return value.date() if isinstance(value, dt.datetime) else value


def draw_history(
    data: st.DataObject,
    library: PackLibrary,
    examples: list[Example],
    events: dict[str, set[str]],
) -> History:
    example = data.draw(st.sampled_from(examples))
    shift = data.draw(st.integers(-400, 400))
    truth = {name: moved(value, shift) for name, value in example.facts.items()}
    days = sorted(name for name in truth if kind_of(library, name) in DAYS_KINDS)
    if days:
        name = data.draw(st.sampled_from(days))
        truth[name] = moved(truth[name], data.draw(st.integers(0, 45)))
    assume(is_consistent(library, truth))
    measures = [name for name in days if name not in events[example.rule] | NAMED]
    return History(library.rules.get(example.rule), truth, measures)


def kind_of(library: PackLibrary, name: str) -> FactKind:
    definition = library.catalogue.find(name)
    assert definition is not None
    return definition.kind


def window_for(
    library: PackLibrary,
    calendars: HolidayCalendars,
    rule: Rule,
    facts: Mapping[str, FactValue],
    today: dt.date = TODAY,
    **options: Any,
) -> Window | None:
    found = assess(
        library.rules,
        Facts(dict(facts)),
        today=today,
        calendars=calendars,
        catalogue=library.catalogue,
        only=[rule.id],
        **options,
    )
    return found[0] if found else None


Histories = tuple[PackLibrary, HolidayCalendars, list[Example], dict[str, set[str]]]


@pytest.fixture(scope="session")
def world(
    library: PackLibrary,
    calendars: HolidayCalendars,
    examples: list[Example],
    events: dict[str, set[str]],
) -> Histories:
    return library, calendars, examples, events


@OFTEN
@given(data=st.data())
def test_learning_a_measure_never_takes_back_a_last_day(
    world: Histories, data: st.DataObject
) -> None:
    library, calendars, examples, events = world
    history = draw_history(data, library, examples, events)
    assume(history.measures)
    hidden = data.draw(st.sets(st.sampled_from(history.measures), min_size=1))
    learned = data.draw(st.sampled_from(sorted(hidden)))
    less = {name: value for name, value in history.truth.items() if name not in hidden}
    before = window_for(library, calendars, history.rule, less)
    after = window_for(library, calendars, history.rule, {**less, learned: history.truth[learned]})
    if before is None or after is None or before.closes is None or after.closes is None:
        return
    assert after.closes >= before.closes, (history.rule.id, learned)


@OFTEN
@given(data=st.data())
def test_the_days_stand_in_order_and_today_moves_the_status_alone(
    world: Histories, data: st.DataObject
) -> None:
    library, calendars, examples, events = world
    history = draw_history(data, library, examples, events)
    names = sorted(history.truth)
    hidden = data.draw(st.sets(st.sampled_from(names)))
    less = {name: value for name, value in history.truth.items() if name not in hidden}
    one = window_for(library, calendars, history.rule, less, dt.date(2022, 1, 1))
    two = window_for(library, calendars, history.rule, less, dt.date(2031, 1, 1), explain=True)
    if one is None or two is None:
        assert one is two is None
        return
    same = dataclasses.replace(two, status=one.status, days_left=one.days_left, because=one.because)
    assert same == one
    if one.closes is not None and one.file_by is not None:
        assert one.file_by <= one.closes, one.rule
    if one.opens is not None and one.file_by is not None:
        assert one.opens <= one.file_by, one.rule
    if one.opens is not None and one.closes is not None and one.opens > one.closes:
        assert one.reason, one.rule
    if one.status is Status.UNKNOWN:
        assert one.reason or one.may_close_later, one.rule
    if one.arguable_until is not None and one.closes is not None:
        assert one.arguable_until >= one.closes, one.rule


@OFTEN
@given(data=st.data())
def test_an_extension_never_closes_a_window_earlier(world: Histories, data: st.DataObject) -> None:
    library, calendars, examples, events = world
    history = draw_history(data, library, examples, events)
    before = window_for(library, calendars, history.rule, history.truth)
    known = history.truth.get("extended_by_days", 0)
    assert isinstance(known, int)
    longer = {**history.truth, "extended_by_days": known + data.draw(st.integers(1, 90))}
    after = window_for(library, calendars, history.rule, longer)
    if before is None or after is None or before.closes is None or after.closes is None:
        return
    assert after.closes >= before.closes, history.rule.id


@OFTEN
@given(
    data=st.data(),
    zone=st.sampled_from(["UTC", "America/New_York", "Pacific/Apia", "Asia/Kathmandu"]),
    language=st.sampled_from(["en", "ru"]),
)
def test_machine_zone_and_language_change_no_day(
    world: Histories, data: st.DataObject, zone: str, language: str
) -> None:
    library, calendars, examples, events = world
    history = draw_history(data, library, examples, events)
    here = window_for(library, calendars, history.rule, history.truth)
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        with using(language):
            there = window_for(library, calendars, history.rule, history.truth, explain=True)
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
    assert days_in(here) == days_in(there)


def days_in(window: Window | None) -> tuple[object, ...]:
    if window is None:
        return ()
    return (
        window.status, window.opens, window.closes, window.file_by, window.arguable_until,
        window.closes_at, window.days_left,
    )  # fmt: skip


@OFTEN
@given(data=st.data())
def test_the_trace_ends_in_the_last_day(world: Histories, data: st.DataObject) -> None:
    library, calendars, examples, events = world
    history = draw_history(data, library, examples, events)
    window = window_for(library, calendars, history.rule, history.truth, explain=True)
    if window is None or window.closes is None or window.status is Status.NOT_AVAILABLE:
        return
    days = [
        step.result for step in window.because
        if step.about == "closes" and step.binds and step.result is not None
    ]  # fmt: skip
    assert days, history.rule.id
    assert days[-1] == window.closes, history.rule.id


def test_every_condition_that_looks_for_a_fact_looks_for_one_that_exists(
    library: PackLibrary,
) -> None:
    for rule in library.rules:
        for test in comparisons_of(rule):
            assert library.catalogue.find(test.fact) is not None, (rule.id, test.fact)
            if test.comparison is Comparison.KNOWN:
                assert test.values in {(True,), (False,)}, rule.id
