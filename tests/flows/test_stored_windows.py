"""The quick road to stored windows gives what the long one gives: facts, days, rows."""

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common.clock import FixedClock
from disputedesk.desk.basis import read_order
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.operations.orders import NewOrder, add_order, set_facts
from disputedesk.desk.operations.people import NewInstrument, set_instrument
from disputedesk.desk.recomputing import fresh_windows
from disputedesk.desk.watching import Lapse, find_lapse, watched_facts, watched_window
from disputedesk.model.case import CaseStage
from disputedesk.model.money import Money
from disputedesk.model.order import InstrumentKind
from disputedesk.model.problem import Problem
from tests.flows.conftest import TODAY


def compare(desk):
    """Every order by both roads."""
    with desk.store.snapshot() as rows:
        ids = rows.orders.ids()
        bases = {base.id: base for base in rows.bases.of_orders(ids)}
        assert sorted(bases) == sorted(ids)
        for number in ids:
            whole = read_order(rows, number)
            base = bases[number]
            assert base.values == dict(whole.facts), number
            assert base.has_case == bool(whole.cases)
            living = [case for case in whole.cases if case.stage is not CaseStage.CLOSED]
            assert [each.id for each in base.cases] == [case.id for case in living]
            for each, case in zip(base.cases, living, strict=True):
                facts = dict(read_order(rows, number, case).facts)
                assert {**base.values, **each.values} == facts, number
            fresh = fresh_windows(desk.rulebook, base, desk.today)
            stored = rows.windows.stored([number]).get(number, [])
            assert [row[:-1] for row in stored] == fresh, number
            if not whole.cases:
                compare_watched(desk, whole.facts)


def compare_watched(desk, facts):
    long = watched_window(desk.rulebook.windows(watched_facts(facts), today=dt.date.min))
    quick = find_lapse(desk.rulebook, dict(facts))
    assert (long is None) is (quick is None)
    if isinstance(quick, Lapse):
        days = [quick.opens, quick.closes, quick.file_by, quick.arguable_until]
        assert quick.head[0] == long.rule
        assert [dt.date.fromordinal(day) if day else None for day in days] == [
            long.opens, long.closes, long.file_by or long.closes, long.arguable_until,
        ]  # fmt: skip
    elif quick is not None:
        assert quick == long


def test_every_order_of_the_sample_has_the_same_facts_and_windows_by_both_roads(sample):
    compare(sample)


def test_orders_of_many_kinds_have_the_same_facts_and_windows_by_both_roads(desk):
    day = TODAY - dt.timedelta(days=40)
    for number, platform in enumerate(("aliexpress", "amazon", "shop")):
        new = NewOrder(platform, f"1-{number}", "Thing", "", day, Money(4310, "USD"), None, {})
        order = add_order(desk, new).value
        kind = (InstrumentKind.CARD, InstrumentKind.WALLET, InstrumentKind.BANK_TRANSFER)[number]
        label = "PayPal" if kind is InstrumentKind.WALLET else ""
        network = "visa" if kind is InstrumentKind.CARD else ""
        set_instrument(
            desk, order, NewInstrument(kind, label=label, network=network, issuer="My Bank")
        )
        set_facts(desk, order, {"processing_date": day, "category": "toys"})
        if number:
            case = open_case(desk, order, problem=Problem.DEFECTIVE).value
            set_facts(desk, order, {"aware_on": day, "received_on": day}, case_id=case)
    compare(desk)


DAYS = st.integers(-500, 100).map(lambda shift: TODAY + dt.timedelta(days=shift))
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "platform": st.sampled_from(["aliexpress", "amazon"]),
        "network": st.sampled_from(["visa", "mastercard", "maestro"]),
        "wallet": st.just("paypal"),
        "method": st.sampled_from(["card", "wallet"]),
        "issuer_country": st.sampled_from(["DE", "US", "GB"]),
        "consumer_country": st.sampled_from(["DE", "US", "RU"]),
        "ordered_on": DAYS,
        "shipped_on": DAYS,
        "promised_by": DAYS,
        "expected_delivery": DAYS,
        "delivered_on": DAYS,
        "processing_date": DAYS,
        "transaction_date": DAYS,
        "merchant_closed_on": DAYS,
        "reply_asked_by": DAYS,
        "contacted_seller_on": DAYS,
        "third_party_gift_card": st.booleans(),
        "extended_by_days": st.integers(0, 60),
        "protection_ends_at": DAYS.map(
            lambda day: dt.datetime.combine(day, dt.time(7, 59), dt.UTC)
        ),
    },
)


@pytest.fixture(scope="module")
def ruled(tmp_path_factory):
    made = Desk.open(tmp_path_factory.mktemp("ruled") / "desk", clock=FixedClock.on(TODAY))
    with contextlib.closing(made):
        yield made


@given(FACTS)
def test_what_is_watched_is_the_same_by_both_roads_whatever_is_known(ruled, values):
    from disputedesk.model.fact import Facts

    compare_watched(ruled, Facts(values))


@pytest.mark.parametrize(
    ("kind", "label", "wallet"),
    [
        (InstrumentKind.PAY_LATER, "Klarna", "klarna"),
        (InstrumentKind.WALLET, "Amazon Pay", "amazon_pay"),
        (InstrumentKind.CARD, "Apple Pay", "apple_pay"),
        (InstrumentKind.CARD, "the blue one", ""),
    ],
)
def test_a_wallet_is_known_by_its_name_on_both_roads(tmp_path, kind, label, wallet):
    desk = Desk.open(tmp_path / "desk", clock=FixedClock.on(TODAY))
    new = NewOrder("shop", "S-1", "Lamp", ordered_on=TODAY, total=Money(4310, "USD"))
    order = add_order(desk, new).value
    set_instrument(desk, order, NewInstrument(kind, label=label, network="visa"))
    compare(desk)
    with desk.store.snapshot() as rows:
        (base,) = rows.bases.of_orders([order])
        assert base.values.get("wallet", "") == wallet
        assert rows.bases.with_fact("wallet", [wallet or "paypal"]) == (
            {order} if wallet else set()
        )
    desk.close()
