"""What `read_amount` reads, and above all what it refuses to guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.intake.amounts import find_amounts, read_amount
from disputedesk.model.money import Money


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 234,50 ₽", "1234.50 RUB"),
        ("1\u202f234,50\u00a0€", "1234.50 EUR"),
        ("US $5.49", "5.49 USD"),
        ("US\u00a0$1,234.00", "1234.00 USD"),
        ("$1,234.50", "1234.50 USD"),
        ("EUR 1.234,56", "1234.56 EUR"),
        ("EUR 23,45", "23.45 EUR"),
        ("CHF 1'234.50", "1234.50 CHF"),
        ("CHF 1’234.50", "1234.50 CHF"),
        ("CHF 12.–", "12.00 CHF"),
        ("129,46zł", "129.46 PLN"),
        ("R$ 10,00", "10.00 BRL"),
        ("R$ 1.234", "1234.00 BRL"),
        ("£3", "3.00 GBP"),
        ("1.234.567,89 €", "1234567.89 EUR"),
        ("Rs. 1,23,456.00", "123456.00 INR"),
        ("JPY 1,234", "1234 JPY"),
        ("₩12,000", "12000 KRW"),
        ("12,34 €-", "-12.34 EUR"),
        ("12,34- EUR", "-12.34 EUR"),
        ("−5,00 €", "-5.00 EUR"),
        ("$-5", "-5.00 USD"),
        ("(US $3.50)", "-3.50 USD"),
        ("٣٤,٥٠ €", "34.50 EUR"),
        ("0,500 KWD", "0.500 KWD"),
        ("US $1,234.00 USD", "1234.00 USD"),
    ],
)
def test_an_amount_is_read_as_its_country_writes_it(text, expected):
    assert str(read_amount(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1,234",
        "EUR 1,234",
        "1.234 €",
        "zł 12.500",
        "KWD 1.234",
        "12,34",
        "kr 12",
        "¥1,234",
        "$12 EUR",
        "5²€",
        "1.2.3 €",
        "1.234,5,6 €",
        "1,234.567 EUR",
        "12,345 € or so",
        "-5,00- €",
        "(-5,00 €)",
        "5,00 €)",
        "€",
        "",
        "1" * 500,
        "Total 5,00 €",
    ],
)
def test_what_can_be_read_two_ways_is_not_read(text):
    assert read_amount(text) is None


def test_a_hint_names_the_currency_that_a_number_or_an_ambiguous_sign_lacks():
    assert read_amount("12,34", currency_hint="EUR") == Money(1234, "EUR")
    assert read_amount("$12.34", currency_hint="CAD") == Money(1234, "CAD")
    assert read_amount("kr 12", currency_hint="SEK") == Money(1200, "SEK")
    assert read_amount("12,34-", currency_hint="eur") == Money(-1234, "EUR")


def test_an_explicit_currency_wins_over_the_hint():
    assert read_amount("£12.34", currency_hint="EUR") == Money(1234, "GBP")
    assert read_amount("$12.34", currency_hint="EUR") == Money(1234, "USD")


def test_amounts_are_found_in_running_text_and_dates_are_not_taken_for_them():
    found = find_amounts("Total: US $120.95 on 24.12.2026, EUR 23,45; 1.234 € and 2 x £35.99")
    assert [str(each.money) for each in found] == ["120.95 USD", "23.45 EUR", "None", "35.99 GBP"]


@given(
    minor=st.integers(0, 10**11),
    separators=st.sampled_from([(".", ","), (",", "."), (" ", ","), ("'", "."), ("\u202f", ",")]),
    negative=st.booleans(),
)
def test_every_sum_with_cents_is_read_back(minor, separators, negative):
    group, decimal = separators
    whole = f"{minor // 100:,}".replace(",", group)
    text = f"{'-' if negative and minor else ''}{whole}{decimal}{minor % 100:02d} EUR"
    assert read_amount(text) == Money(-minor if negative else minor, "EUR")


@given(st.text(max_size=120))
def test_no_text_makes_it_fail(text):
    read_amount(text, currency_hint="USD")
    for found in find_amounts(text):
        assert 0 <= found.start < found.end <= len(text)


@given(st.text(alphabet="0123456789.,' -€$()", max_size=60))
def test_no_text_of_figures_and_signs_makes_it_fail(text):
    read_amount(text, currency_hint="EUR")
    find_amounts(text)
