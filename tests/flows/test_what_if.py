"""What if: the answer moves as the rules say, and the desk stays as it was."""

import datetime as dt

import pytest

from disputedesk.cli.main import main
from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import cases, orders, people
from disputedesk.desk.queries import cases as case_queries
from disputedesk.desk.queries.what_if import Supposition, suppose_case, what_if_order
from disputedesk.model.ids import FactName
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem

TODAY = dt.date(2026, 11, 23)
DISPUTE = "aliexpress.dispute.not_received"
ENDS = dt.datetime(2026, 12, 5, 23, 0, tzinfo=dt.timezone(dt.timedelta(hours=-8)))


@pytest.fixture
def desk(tmp_path):
    desk = Desk.open(tmp_path / "desk", clock=FixedClock.on(TODAY))
    yield desk
    desk.close()


@pytest.fixture
def order(desk):
    new = orders.NewOrder(
        "aliexpress", "8190000000000001", "Lamp", ordered_on=dt.date(2026, 9, 20),
        total=Money(4310, "USD"),
    )  # fmt: skip
    order_id = orders.add_order(desk, new).value
    facts = {FactName("shipped_on"): dt.date(2026, 9, 22), FactName("protection_ends_at"): ENDS}
    orders.set_facts(desk, order_id, facts)
    return order_id


@pytest.fixture
def case(desk, order):
    return cases.open_case(desk, order, problem=Problem.NOT_RECEIVED).value


def moved(answer, rule):
    return next(one for one in answer.moved if one.rule == rule)


def test_an_extension_moves_the_platforms_own_timer(desk, case):
    answer = suppose_case(desk, case, Supposition.EXTENDED, days=20)
    window = moved(answer, DISPUTE)
    assert window.after.closes - window.before.closes == dt.timedelta(days=20)
    assert "25 Dec 2026" in answer.after.nothing or "26 Dec 2026" in answer.after.nothing


def test_confirming_receipt_now_starts_the_fifteen_days(desk, case):
    window = moved(suppose_case(desk, case, Supposition.CONFIRMED), DISPUTE)
    assert window.after.closes == TODAY + dt.timedelta(days=15)
    assert window.after.closes < window.before.closes


def test_another_card_brings_its_networks_ways(desk, case):
    new = people.NewInstrument(InstrumentKind.CARD, mask="41****1111", network="visa")
    people.set_instrument(desk, case_queries.case_detail(desk, case).order.id, new)
    answer = suppose_case(desk, case, Supposition.OTHER_CARD, network="mastercard")
    assert moved(answer, "visa.13.1").after is None
    rules = {one.rule for one in answer.moved if one.before is None}
    assert "mastercard.4853.not_received" in rules


def test_sending_it_back_is_a_return_today(desk, case):
    answer = suppose_case(desk, case, Supposition.RETURNED)
    assert answer.changes[FactName("returned_on")] == TODAY


def test_nothing_is_kept(desk, order, case):
    before = case_queries.case_detail(desk, case)
    for what in Supposition:
        suppose_case(desk, case, what, days=5, network="visa")
    what_if_order(desk, order, {FactName("protection_ends_at"): None})
    assert case_queries.case_detail(desk, case) == before


def test_a_fact_taken_away_in_thought_is_unknown(desk, order):
    answer = what_if_order(desk, order, {FactName("protection_ends_at"): None})
    assert moved(answer, DISPUTE).after.closes is None


def test_the_commands_show_both_sides(desk, order, case, capsys):
    words = ["--desk", str(desk.folder), "--today", TODAY.isoformat(), "--language", "en"]
    desk.close()
    assert not main([*words, "windows", "8190000000000001", "--what-if", "extended_by_days=5",
                     "--what-if", "protection_ends_at="])  # fmt: skip
    said = capsys.readouterr().out
    assert "now: open, act by 17 Dec 2026" in said
    assert "then: " in said
    assert not main([*words, "case", "show", "1001", "--what-if", "confirmed_on=2026-11-23"])
    assert "closes 8 Dec 2026" in capsys.readouterr().out
    assert main([*words, "case", "show", "1001", "--what-if", "confirmed=2026-11-23"]) == 3
    assert "confirmed" in capsys.readouterr().err


def test_the_command_does_so_for_a_facts_file(tmp_path, capsys):
    path = tmp_path / "facts.toml"
    path.write_text(
        'network = "visa"\nproblem = "not_received"\nprocessing_date = 2025-01-12\n'
        "expected_delivery = 2025-03-20\ntoday = 2025-04-01\n"
    )
    words = ["--language", "en", "windows", "--facts", str(path), "--what-if"]
    assert not main([*words, "processing_date=2024-01-08"])
    said = capsys.readouterr().out
    assert "closes 18 Jul 2025" in said
    assert "closes 1 Jul 2025" in said
    assert not main([*words, "processing_date=2025-01-12"])
    assert "No window would move." in capsys.readouterr().out
