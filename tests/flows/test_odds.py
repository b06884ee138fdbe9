"""Honest odds: how many, never a share of a few, never of invented cases."""

import dataclasses

import pytest

from disputedesk.cli.main import main
from disputedesk.desk.basis import read_case
from disputedesk.desk.operations.cases import close_case, file_step, open_case
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.operations.people import NewClient, set_client
from disputedesk.desk.queries.odds import LEAST, all_odds, odds_for, odds_text, wilson
from disputedesk.model.case import CaseOutcome
from disputedesk.model.ids import RuleId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from tests.flows.conftest import TODAY

PLATFORM, BANK = RuleId("aliexpress.dispute.not_received"), RuleId("visa.13.1")


@pytest.fixture
def ended(desk):
    """Enters closed cases: each a way they were sent along, and how they ended."""
    client = set_client(desk, None, NewClient("Anna", country="DE")).value
    made = []

    def end(rules, outcome, *, problem=Problem.NOT_RECEIVED, platform="aliexpress", close=True):
        number = f"30646175437{len(made):05}"
        order = add_order(
            desk, NewOrder(platform, number, "Thing", "Shop", TODAY, Money(1000, "USD"), client)
        ).value
        case = open_case(desk, order, problem=problem).value
        for rule in rules:
            file_step(desk, case, rule=rule, on=TODAY)
        if close:
            won = Money(400, "USD") if outcome is CaseOutcome.PART else None
            close_case(desk, case, outcome=outcome, won=won)
        made.append(case)
        return case

    return end


def test_few_cases_are_counted_and_no_share_is_said_of_them(desk, ended):
    for outcome in (CaseOutcome.WON, CaseOutcome.WON, CaseOutcome.PART, CaseOutcome.LOST):
        ended([PLATFORM], outcome)
    (odds,) = all_odds(desk)
    assert (odds.n, odds.paid, odds.sums) == (4, 3, (Money(2400, "USD"),))
    text = odds_text(odds)
    assert "3 of 4 closed cases" in text
    assert "%" not in text


def test_a_share_is_said_from_ten_on_with_its_interval(desk, ended):
    for at in range(LEAST - 1):
        ended([PLATFORM], CaseOutcome.WON if at % 2 else CaseOutcome.LOST)
    assert all_odds(desk)[0].interval is None
    ended([PLATFORM], CaseOutcome.WON)
    (odds,) = all_odds(desk)
    assert odds.n == LEAST
    assert "50 %" in odds_text(odds)
    assert "between 24 and 76 %" in odds_text(odds)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634),
        (81, 263, 0.2553, 0.3662),
    ],
)  # fmt: skip
def test_the_interval_is_wilsons(hits, n, low, high):
    found = wilson(hits, n)
    assert found[0] == pytest.approx(low, abs=5e-4)
    assert found[1] == pytest.approx(high, abs=5e-4)


def test_a_case_counts_once_where_it_was_last_sent(desk, ended):
    ended([PLATFORM, BANK], CaseOutcome.WON)
    ended([PLATFORM], CaseOutcome.LOST)
    ended([], CaseOutcome.WON)
    ended([PLATFORM], CaseOutcome.LOST, close=False)
    found = {odds.avenue: odds for odds in all_odds(desk)}
    assert (found["card_chargeback"].n, found["card_chargeback"].network) == (1, "visa")
    assert (found["platform_dispute"].n, found["platform_dispute"].paid) == (1, 0)


def test_a_case_is_shown_those_most_like_it(desk, ended):
    ended([PLATFORM], CaseOutcome.LOST, problem=Problem.DAMAGED)
    ended([PLATFORM], CaseOutcome.WON)
    case = ended([], CaseOutcome.WON, close=False)
    with desk.store.snapshot() as rows:
        basis = read_case(rows, case)
    odds = odds_for(desk, basis)["platform_dispute"]
    assert (odds.n, odds.paid, odds.problem) == (1, 1, Problem.NOT_RECEIVED)
    other = dataclasses.replace(basis, case=dataclasses.replace(basis.case, problem=Problem.LATE))
    odds = odds_for(desk, other)["platform_dispute"]
    assert (odds.n, odds.problem) == (2, None)


def test_a_sample_desk_has_no_odds(sample, capsys):
    assert all_odds(sample) == ()
    assert main(["--desk", str(sample.folder), "--today", str(TODAY), "case", "odds"]) == 0
    assert "invented" in capsys.readouterr().out


def test_no_command_says_a_share_that_has_too_few(desk, ended, capsys):
    ended([PLATFORM], CaseOutcome.WON)
    assert main(["--desk", str(desk.folder), "--today", str(TODAY), "case", "odds"]) == 0
    told = capsys.readouterr().out
    assert "1 of 1 closed case" in told
    assert "%" not in told
