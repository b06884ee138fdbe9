"""Packs found by what their gates ask are the packs whose gates let an order in, one by one."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.deadlines.assess import assess, concerned
from disputedesk.deadlines.calendar import WeekdayCalendars
from disputedesk.deadlines.program import program_of
from disputedesk.deadlines.questions import open_questions
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.run import Run
from disputedesk.deadlines.truth import MAYBE, TRUE
from disputedesk.model.fact import Facts

TODAY = dt.date(2026, 1, 1)


@pytest.fixture(scope="session")
def examples(library):
    return [dict(example.facts) for pack in library.packs for example in pack.examples]


@pytest.fixture(scope="session")
def plain(library):
    """The same rules, all read and without packs."""
    return RuleSet(list(library.rules))


def a_run(library, facts):
    return Run(dict(facts), WeekdayCalendars(), library.catalogue, explain=False)


def let_in(library, facts):
    run = a_run(library, facts)
    return [
        pack
        for pack in program_of(library.rules).packs
        if pack.concerns is None or pack.concerns.truth(run) == TRUE
    ]


def rules_let_in(library, plain, facts):
    """The rules that concern an order, each asked by itself."""
    run = a_run(library, facts)
    problem = facts.get("problem")
    return [
        program.rule.id
        for pack in program_of(plain).packs
        for program in pack.rules
        if pack.concerns is None or pack.concerns.truth(run) == TRUE
        if problem is None or not program.rule.problems or problem in program.rule.problems
        if program.concerns is None or program.concerns.truth(run) == TRUE
    ]


def gating(library, plain, facts):
    """The unknown facts a concern hangs on, counted rule by rule."""
    run = a_run(library, facts)
    problem = facts.get("problem")
    found = []
    for pack in program_of(plain).packs:
        verdict = TRUE if pack.concerns is None else pack.concerns.truth(run)
        helpful = [
            one
            for one in pack.rules
            if problem is None or not one.rule.problems or problem in one.rule.problems
        ]
        if verdict == MAYBE and helpful:
            found += [(name, len(helpful)) for name in pack.concerns.facts if name not in facts]
        for one in helpful if verdict == TRUE else ():
            if one.concerns is not None and one.concerns.truth(run) == MAYBE:
                found += [(name, 1) for name in one.concerns.facts if name not in facts]
    return found


def check(library, plain, facts):
    programs = program_of(library.rules)
    assert programs.passed(a_run(library, facts)) == let_in(library, facts)
    found = [one.rule.id for one in concerned(library.rules, a_run(library, facts))]
    assert found == rules_let_in(library, plain, facts)


def test_each_worked_example_meets_the_same_packs_and_rules(library, plain, examples):
    for facts in examples:
        check(library, plain, facts)


@settings(
    max_examples=300,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_mixed_and_forgotten_facts_meet_the_same_packs_and_questions(
    library, plain, examples, data
):
    one, other = (data.draw(st.sampled_from(examples)) for _ in range(2))
    mixed = {**one, **other}
    kept = data.draw(st.sets(st.sampled_from(sorted(mixed)))) if mixed else set()
    facts = {name: value for name, value in mixed.items() if name in kept}
    check(library, plain, facts)
    gating_of = open_questions.__globals__["_gating"]
    assert list(gating_of(library.rules, Facts(facts), library.catalogue)) == gating(
        library, plain, facts
    )


def test_windows_are_those_of_the_same_rules_without_packs(library, plain, examples):
    for facts in examples[::9]:
        one, other = (
            assess(
                rules, Facts(facts), today=TODAY, calendars=WeekdayCalendars(),
                catalogue=library.catalogue,
            )
            for rules in (library.rules, plain)
        )  # fmt: skip
        assert one == other
