"""Before a step that cannot be taken back: what it would cost."""

from __future__ import annotations

import dataclasses
import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from disputedesk.deadlines.window import Window
from disputedesk.deadlines.words import Actor, Avenue, Layer, Stage, Status
from disputedesk.model.ids import RuleId
from disputedesk.model.money import Money
from disputedesk.safety.guards import cancel_guard, confirm_guard, outside_guard


def a_window(rule="ali.dispute", **changes):
    window = Window(
        RuleId(rule), Avenue.PLATFORM_DISPUTE, Stage.FIRST_FILING, Actor.BUYER, Layer.PLATFORM,
        "Dispute on AliExpress", Status.OPEN, closes=dt.date(2026, 12, 20),
    )  # fmt: skip
    return dataclasses.replace(window, **changes)


CARD = a_window("visa.13.1", avenue=Avenue.CARD_CHARGEBACK, title="Chargeback",
                closes=dt.date(2027, 2, 1))  # fmt: skip


def test_confirming_stops_where_a_window_would_close_earlier_and_says_until_when():
    after = (a_window(closes=dt.date(2026, 12, 7)), CARD)
    notice = confirm_guard((a_window(), CARD), after, amount=Money.of("43.10", "USD"))
    assert notice.stops
    assert notice.until == dt.date(2026, 12, 7)
    assert "7 Dec 2026" in notice.headline
    assert notice.losses == (
        "Dispute on AliExpress: would close on 7 Dec 2026 instead of 20 Dec 2026.",
        "US$\u00a043.10 is at stake.",
    )


def test_a_window_that_would_be_closed_is_lost():
    notice = confirm_guard((a_window(),), (a_window(status=Status.CLOSED),), amount=None)
    assert notice.stops
    assert notice.until is None
    assert notice.losses == ("Dispute on AliExpress: open until 20 Dec 2026 now, closed then.",)


def test_a_window_that_vanishes_is_lost():
    assert cancel_guard((a_window(),), (CARD,)).stops


def test_nothing_changes_nothing_stops_and_nothing_is_promised():
    notice = confirm_guard((a_window(), CARD), (a_window(), CARD))
    assert not notice.stops
    assert notice.losses == ()
    assert "known here" in notice.headline


def test_money_outside_always_stops():
    assert outside_guard((CARD,), (CARD,)).stops


def test_the_other_sides_clocks_and_closed_windows_are_no_loss():
    before = (a_window(actor=Actor.SELLER), a_window("old", status=Status.CLOSED))
    assert not confirm_guard(before, ()).stops


def test_a_timer_that_ends_earlier_on_the_same_day_is_a_loss():
    noon = dt.datetime(2026, 12, 20, 12, tzinfo=dt.UTC)
    before = (a_window(closes_at=noon),)
    after = (a_window(closes_at=noon - dt.timedelta(hours=3)),)
    assert confirm_guard(before, after).stops


days = st.dates(dt.date(2026, 1, 1), dt.date(2028, 1, 1))


@given(now=days, then=days)
def test_it_stops_exactly_when_the_day_moves_forward(now, then):
    notice = confirm_guard((a_window(closes=now),), (a_window(closes=then),))
    assert notice.stops == (then < now)
    assert notice.until == then
