import datetime as dt

import pytest

from disputedesk.common.errors import NotFound, Refused
from disputedesk.model.money import Money
from disputedesk.packs.facts_file import read_facts_file


@pytest.fixture
def catalogue(load, tmp_path):
    return load(tmp_path / "nothing").catalogue


@pytest.fixture
def read(catalogue, tmp_path):
    def run(text, name="facts.toml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return read_facts_file(path, catalogue)

    return run


EXPECTED = {
    "platform": "aliexpress",
    "ordered_on": dt.date(2026, 1, 8),
    "free_return": True,
    "extended_by_days": 5,
    "amount": Money(4310, "USD"),
    "currency": "USD",
    "problem": "not_received",
    "consumer_country": "DE",
    "protection_ends_at": dt.datetime.fromisoformat("2026-03-14T23:59:00-08:00"),
}


def test_a_toml_file_gives_typed_facts_and_today(read):
    facts, today = read(
        """
today = 2026-03-01
[order]
platform = "aliexpress"
ordered_on = 2026-01-08
free_return = true
extended_by_days = 5
protection_ends_at = 2026-03-14T23:59:00-08:00
[payment]
amount = "43.10 USD"
currency = "usd"
[case]
problem = "not_received"
[place]
consumer_country = "de"
"""
    )
    assert facts == EXPECTED
    assert today == dt.date(2026, 3, 1)


def test_a_json_file_gives_the_same(read):
    facts, today = read(
        """{"today": "2026-03-01", "order": {"platform": "aliexpress", "ordered_on": "2026-01-08",
        "free_return": "yes", "extended_by_days": 5,
        "protection_ends_at": "2026-03-14T23:59:00-08:00"},
        "payment": {"amount": {"amount": "43.10", "currency": "USD"}, "currency": "USD"},
        "case": {"problem": "Not_received"}, "consumer_country": "DE"}""",
        "facts.json",
    )
    assert facts == EXPECTED
    assert today == dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    "text",
    [
        'amount = 43.10\ncurrency = "USD"',
        '[payment]\namount = "43.1"\ncurrency = "USD"',
        '{"amount": 43.10, "currency": "USD"}',
        '{"payment": {"amount": {"amount": 43.1, "currency": "USD"}}}',
    ],
)
def test_a_sum_may_stand_beside_its_currency(read, text):
    assert read(text)[0]["amount"] == Money(4310, "USD")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "orderd_on = 2026-01-08",
            ("facts.toml, orderd_on", "no fact called orderd_on", "ordered_on?"),
        ),
        ("[order]\nplatfrom = 'x'", ("facts.toml, order.platfrom", "Did you mean platform?")),
        ("[orders]\nplatform = 'x'", ("no fact called orders",)),
        ("[order]\nordered_on = '08.01.2026'", ("order.ordered_on", "a date such as 2026-03-14")),
        ("ordered_on = 2026-01-08T10:00:00Z", ("a date such as",)),
        ("protection_ends_at = 2026-03-14T23:59:00", ("with its offset",)),
        ("problem = 'lost'", ("problem", "not_received")),
        ("amount = 43.10", ("a sum with its currency",)),
        ("amount = { amount = 3 }", ("exactly the keys amount and currency",)),
        ("amount = '43.101 USD'", ("a sum with its currency",)),
        ("extended_by_days = -1", ("0 or more",)),
        ("extended_by_days = true", ("0 or more",)),
        ("free_return = 'perhaps'", ("yes or no",)),
        ("consumer_zone = 'Europe/Berlim'", ("time zone",)),
        ("consumer_country = 'Germany'", ("two capital letters",)),
        ("currency = 'euro'", ("three capital letters",)),
        ("platform = ''", ("a text of 1 to 200",)),
        ("order = 3", ("order is a table of facts",)),
        ("today = 'soon'", ("facts.toml, today", "A date such as")),
        ("platform = 'a'\n[order]\nplatform = 'b'", ("written twice",)),
        ("ordered_on = ", ("neither a TOML nor a JSON file",)),
        ('{"a": 1, "a": 2}', ("a key is written twice",)),
        ("a = " + "[" * 5000, ("nested too deeply",)),
    ],
)
def test_a_wrong_file_is_refused_with_file_key_and_what_was_expected(read, text, words):
    with pytest.raises(Refused) as raised:
        read(text)
    for word in words:
        assert word in str(raised.value)


def test_a_file_that_is_not_there_or_not_readable_is_said(catalogue, tmp_path):
    with pytest.raises(NotFound):
        read_facts_file(tmp_path / "none.toml", catalogue)
    with pytest.raises(Refused, match="cannot be read"):
        read_facts_file(tmp_path, catalogue)
    (tmp_path / "big.toml").write_bytes(b"#" * (2 << 20))
    with pytest.raises(Refused, match="1 MiB"):
        read_facts_file(tmp_path / "big.toml", catalogue)
