"""Over every shipped rule and random histories: what is stated is never taken back to earlier.

A history is a true course of events. Some of it is known; then one more measure of it is learned: a
day that has a true value whether or not anyone knows it. An event that ends something by happening
(confirming receipt, a final response) is not such a measure and is the same before and after. What
is held so are the buyer's windows: of the other side's clock an agreed day, once known, may well be
sooner than the days the law gives without one, and nobody loses money by it.
"""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Status
from disputedesk.model.fact import Facts, FactValue
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary

STEPS = (
    "ordered_on", "transaction_date", "processing_date", "shipped_on", "delivered_on",
    "received_on", "aware_on", "contacted_seller_on",
)  # fmt: skip
"""Days that follow each other, each some days after the one before."""
MEASURES = {
    "transaction_date", "processing_date", "statement_sent_on", "promised_by",
    "expected_delivery", "received_on", "delivered_on", "aware_on", "shipped_on",
    "consumer_subdivision", "consumer_zone", "issuer_country", "card_present",
}  # fmt: skip
PLACES = st.sampled_from(
    [
        {"consumer_country": "DE", "consumer_subdivision": "BY", "consumer_zone": "Europe/Berlin"},
        {"consumer_country": "ES", "consumer_subdivision": "MD", "consumer_zone": "Europe/Madrid"},
        {"consumer_country": "GB", "consumer_subdivision": "ENG", "consumer_zone": "Europe/London"},
        {"consumer_country": "US", "issuer_country": "US", "consumer_zone": "Pacific/Honolulu"},
    ]
)
WAYS = st.sampled_from(
    [
        {"network": "visa"},
        {"network": "mastercard", "card_kind": "credit", "item_price": "250.00 GBP"},
        {"network": "visa", "wallet": "paypal", "card_kind": "credit"},
        {"network": "amex"},
        {"network": "discover"},
        {"network": "pulse"},
        {"network": "mir"},
    ]
)
PROBLEMS = st.sampled_from(
    ["not_received", "late", "defective", "counterfeit", "misrepresented", "wrong_amount",
     "unauthorised", "changed_mind", "partly_received"]
)  # fmt: skip


@st.composite
def histories(draw: st.DrawFn, library: PackLibrary) -> dict[str, FactValue]:
    day = dt.date(2023, 6, 1) + dt.timedelta(draw(st.integers(0, 1000)))
    texts: dict[str, str] = {"platform": "aliexpress", "problem": draw(PROBLEMS)}
    for name in STEPS:
        texts[name] = day.isoformat()
        day += dt.timedelta(draw(st.integers(0, 60)))
    ordered = dt.date.fromisoformat(texts["ordered_on"])
    promised = ordered + dt.timedelta(draw(st.integers(5, 400)))
    texts["promised_by"] = promised.isoformat()
    texts["expected_delivery"] = (promised + dt.timedelta(draw(st.integers(0, 30)))).isoformat()
    processed = dt.date.fromisoformat(texts["processing_date"])
    texts["statement_sent_on"] = (processed + dt.timedelta(draw(st.integers(0, 31)))).isoformat()
    texts["card_present"] = draw(st.sampled_from(["yes", "no"]))
    texts |= draw(PLACES) | draw(WAYS)
    return {name: library.catalogue.parse(name, text) for name, text in texts.items()}


def windows(
    library: PackLibrary, calendars: HolidayCalendars, facts: dict[str, FactValue], today: dt.date
) -> dict[str, Window]:
    found = assess(
        library.rules,
        Facts(facts),
        today=today,
        calendars=calendars,
        catalogue=library.catalogue,
        explain=False,
    )
    return {window.rule: window for window in found}


ONCE = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@ONCE
@given(data=st.data())
def test_learning_a_missing_day_never_moves_a_last_day_earlier(
    library: PackLibrary, calendars: HolidayCalendars, data: st.DataObject
) -> None:
    truth = data.draw(histories(library))
    hidden = data.draw(st.sets(st.sampled_from(sorted(MEASURES & set(truth))), min_size=1))
    learned = data.draw(st.sampled_from(sorted(hidden)))
    today = dt.date(2026, 1, 1)
    less = {name: value for name, value in truth.items() if name not in hidden}
    before = windows(library, calendars, less, today)
    after = windows(library, calendars, {**less, learned: truth[learned]}, today)
    for rule, window in before.items():
        known = after.get(rule)
        if window.actor is not Actor.BUYER:
            continue
        if window.closes is None or known is None or known.closes is None:
            continue
        assert known.closes >= window.closes, (rule, learned)


@ONCE
@given(data=st.data())
def test_a_stated_last_day_is_never_later_than_the_true_one(
    library: PackLibrary, calendars: HolidayCalendars, data: st.DataObject
) -> None:
    truth = data.draw(histories(library))
    hidden = data.draw(st.sets(st.sampled_from(sorted(MEASURES & set(truth)))))
    today = dt.date(2026, 1, 1)
    less = {name: value for name, value in truth.items() if name not in hidden}
    true = windows(library, calendars, truth, today)
    for rule, window in windows(library, calendars, less, today).items():
        whole = true.get(rule)
        if window.actor is not Actor.BUYER:
            continue
        if whole is None or window.closes is None or whole.closes is None:
            continue
        assert window.closes <= whole.closes, (rule, sorted(hidden))


@ONCE
@given(data=st.data())
def test_a_window_is_in_order_and_today_moves_its_status_only(
    library: PackLibrary, calendars: HolidayCalendars, data: st.DataObject
) -> None:
    truth = data.draw(histories(library))
    hidden = data.draw(st.sets(st.sampled_from(sorted(MEASURES & set(truth)))))
    less = {name: value for name, value in truth.items() if name not in hidden}
    early = windows(library, calendars, less, dt.date(2023, 1, 1))
    late = windows(library, calendars, less, dt.date(2030, 1, 1))
    assert early.keys() == late.keys()
    for rule, window in early.items():
        other = late[rule]
        assert (window.opens, window.closes, window.file_by) == (
            other.opens,
            other.closes,
            other.file_by,
        )
        assert window.arguable_until == other.arguable_until
        if window.closes and window.file_by:
            assert window.file_by <= window.closes, rule
        if window.opens and window.file_by:
            assert window.opens <= window.file_by, rule
        if window.status is Status.UNKNOWN:
            assert window.reason, rule
