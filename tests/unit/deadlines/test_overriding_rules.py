import datetime as dt

import pytest

from disputedesk.deadlines.bulk import assess_days
from disputedesk.deadlines.calendar import WeekdayCalendars
from disputedesk.deadlines.rule import Count, Period
from disputedesk.deadlines.rule_set import RuleSet
from disputedesk.deadlines.words import Layer, Status
from disputedesk.model.fact import Facts

FACTS = {"ordered_on": dt.date(2026, 1, 1)}


@pytest.fixture
def settle(windows_of, rule):
    def run(count, **values):
        scheme = rule("s.one", title="Scheme", closes=Count("ordered_on", Period(60)))
        values.setdefault("closes", Count("ordered_on", Period(count)))
        own = rule("u.one", title="Mine", layer=Layer.USER, overrides="s.one", **values)
        (window,) = windows_of([scheme, own], FACTS)
        return window

    return run


def test_a_stricter_override_wins(settle):
    window = settle(30)
    assert window.rule == "u.one"
    assert "takes the place of “Scheme”" in window.because[-1].sentence


def test_a_looser_override_loses_unless_it_is_meant(settle):
    window = settle(90)
    assert window.rule == "s.one"
    assert "the stricter 2 Mar 2026 stays" in window.because[-1].sentence
    window = settle(90, looser_on_purpose=True)
    assert window.rule == "u.one"
    assert "on purpose" in window.because[-1].sentence
    assert "on purpose" in window.warnings[-1]


def test_an_override_that_cannot_be_told_sets_nothing_aside(settle):
    window = settle(0, closes=Count("filed_on", Period(5)))
    assert window.rule == "s.one"


def test_an_override_alone_is_a_window_like_any_other(windows_of, rule, catalogue):
    own = rule("u.one", layer=Layer.USER, overrides="s.one", closes=Count("ordered_on", Period(5)))
    undated = rule("s.one", closes=Count("filed_on", Period(5)))
    assert [one.rule for one in windows_of([own], FACTS)] == ["u.one"]
    assert [one.rule for one in windows_of([undated, own], FACTS, explain=False)] == ["u.one"]
    found = assess_days(
        RuleSet([undated, own]), Facts(FACTS), calendars=WeekdayCalendars(), catalogue=catalogue
    )
    assert [(one.rule, one.resolved) for one in found] == [("u.one", Status.OPEN)]


def test_two_rules_cannot_share_an_id(rule):
    with pytest.raises(ValueError, match="share one id"):
        RuleSet([rule(), rule()])
