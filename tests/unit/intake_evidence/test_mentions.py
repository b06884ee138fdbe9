"""What a text mentions is told with its words; what can mean two days is asked."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.intake.mentions import MentionKind, mentions
from disputedesk.model.money import Money

NEAR = dt.date(2026, 11, 20)


def told(text, near=NEAR):
    """The facts a text tells, each with its values."""
    return {
        each.fact: each.days or each.money for each in mentions(text, near=near) if each.fact
    }  # fmt: skip


@pytest.mark.parametrize(("text", "fact", "day"), [
    ("I ordered it on 2 November 2026.", "ordered_on", dt.date(2026, 11, 2)),
    ("The card was charged on 2026-11-03.", "transaction_date", dt.date(2026, 11, 3)),
    ("It arrived on Nov 14, 2026 and was broken.", "received_on", dt.date(2026, 11, 14)),
    ("I wrote to the seller on 15.11.2026.", "contacted_seller_on", dt.date(2026, 11, 15)),
    ("I sent the parcel back on 16 November 2026.", "returned_on", dt.date(2026, 11, 16)),
    ("It should arrive by 5 Dec.", "promised_by", dt.date(2026, 12, 5)),
    ("Я заказал лампу 2 ноября 2026 г.", "ordered_on", dt.date(2026, 11, 2)),
    ("Оплатил 3 ноября 2026 картой.", "transaction_date", dt.date(2026, 11, 3)),
    ("Посылка пришла 14 ноября.", "received_on", dt.date(2026, 11, 14)),
    ("Написал продавцу 15.11.2026.", "contacted_seller_on", dt.date(2026, 11, 15)),
    ("Отправил обратно 16 ноября 2026.", "returned_on", dt.date(2026, 11, 16)),
])  # fmt: skip
def test_a_day_is_told_with_what_happened_on_it(text, fact, day):
    assert told(text) == {fact: (day,)}


@pytest.mark.parametrize(("text", "fact", "money"), [
    ("I paid 23.90 USD for it.", "amount", Money(2390, "USD")),
    ("They promised a refund of US $20.00.", "credit_promised", Money(2000, "USD")),
    ("Я заплатил 1 234,50 ₽ за лампу.", "amount", Money(123450, "RUB")),
])  # fmt: skip
def test_a_sum_is_told_with_what_it_was(text, fact, money):
    assert told(text) == {fact: money}


def test_a_number_without_a_currency_is_no_sum():
    assert not [m for m in mentions("I paid 23.90 for it, 100 in all.") if m.money]


def test_a_limit_is_not_taken_for_the_day_something_happened():
    assert told("They promised to refund me by 30 Nov.") == {}
    assert "credit_voucher_on" not in told("Refund of it until 30.11.2026, they wrote.")


def test_words_of_the_next_sentence_explain_nothing():
    (day,) = list(mentions("It was 2 November 2026. Then I paid for something else."))
    assert day.fact == ""


@given(st.integers(1, 12), st.integers(1, 12), st.sampled_from("./-"), st.booleans())
def test_a_day_in_figures_that_can_be_read_two_ways_is_asked(day, month, sign, short):
    year = "26" if short else "2026"
    found = mentions(f"I paid on {day:02}{sign}{month:02}{sign}{year}.")
    (mention,) = [m for m in found if m.kind is MentionKind.DAY]
    assert {dt.date(2026, month, day), dt.date(2026, day, month)} <= set(mention.days)
    assert (len(mention.days) > 1) or day == month
    assert mention.fact == "transaction_date"


@given(st.dates(dt.date(2001, 1, 1), dt.date(2098, 12, 31)))
def test_a_day_in_the_order_of_iso_is_certain(day):
    (mention,) = [m for m in mentions(f"Paid on {day.isoformat()}.") if m.days]
    assert mention.days == (day,)


@given(st.dates(dt.date(2020, 6, 1), dt.date(2030, 6, 1)), st.integers(0, 150))
def test_a_day_without_a_year_lies_behind_the_mail(near, back):
    day = near - dt.timedelta(days=back)
    if (day.month, day.day) == (2, 29):
        return
    names = ("January", "February", "March", "April", "May", "June", "July", "August",
             "September", "October", "November", "December")  # fmt: skip
    (mention,) = list(mentions(f"I paid on {day.day} {names[day.month - 1]}.", near=near))
    assert mention.days == (day,)


def test_without_the_mails_own_day_a_day_without_a_year_is_not_guessed():
    assert mentions("I paid on 2 Nov.") == ()


def test_numbers_of_orders_and_parcels_are_told():
    found = mentions("Order number 8190000000000001, parcel RB123456785CN.")
    assert {(m.kind, m.text) for m in found} == {
        (MentionKind.ORDER, "8190000000000001"), (MentionKind.TRACKING, "RB123456785CN"),
    }  # fmt: skip


@given(st.text(max_size=400))
def test_any_text_is_read_without_accident_and_in_order(text):
    found = mentions(text, near=NEAR)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert all(0 <= m.start <= len(text) for m in found)


@pytest.mark.parametrize(
    "piece", ["order-", "a.", "order a", "1.1.", "RB12345 ", "$", "back ", "1,1"]
)
def test_a_text_made_to_be_slow_is_read_in_a_moment(piece):
    begun = time.monotonic()
    mentions(piece * (60_000 // len(piece)), near=NEAR)
    assert time.monotonic() - begun < 20


def test_a_very_long_text_is_read_in_a_moment():
    begun = time.monotonic()
    found = mentions("paid 1.00 USD on 02/11/2026 and " * 20_000, near=NEAR)
    assert 0 < len(found) <= 120
    assert time.monotonic() - begun < 20
