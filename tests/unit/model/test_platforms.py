"""Short names of platforms and wallets: the same in packs, importers and lists, with titles."""

import re
import tomllib

import pytest

from disputedesk.common import locations
from disputedesk.desk.known import known_facts
from disputedesk.model.ids import ClientId, InstrumentId, OrderId
from disputedesk.model.order import Client, Instrument, InstrumentKind, Order
from disputedesk.model.platforms import (
    PAY_LATER,
    PLATFORMS,
    WALLETS,
    platform_title,
    short_platform,
    short_wallet,
    wallet_title,
)

_TEST = re.compile(r'fact = "(platform|wallet)", (?:is|in) = (\[[^\]]*\]|"[^"]*")')


def _named_in_packs(fact):
    texts = [path.read_text("utf-8") for path in locations.resources("packs").glob("*.toml")]
    found = {
        name
        for text in texts
        for kind, values in _TEST.findall(text)
        if kind == fact
        for name in re.findall(r'"([^"]+)"', values)
    }
    assert found
    return sorted(found)


@pytest.mark.parametrize("fact", ["platform", "wallet"])
def test_every_name_that_a_pack_asks_for_has_a_title(fact):
    titles = PLATFORMS if fact == "platform" else WALLETS
    assert [name for name in _named_in_packs(fact) if name not in titles] == []


def test_a_shop_that_mails_are_read_from_is_known_by_the_same_name():
    senders = tomllib.loads(locations.resources("carriers", "senders.toml").read_text("utf-8"))
    shops = [each["id"] for each in senders["sender"] if each.get("role") == "shop"]
    assert [name for name in shops if name not in PLATFORMS] == []


@pytest.mark.parametrize("name", sorted(PLATFORMS))
def test_a_platform_is_found_by_its_title(name):
    assert short_platform(platform_title(name)) == name
    assert short_platform(f" {platform_title(name).upper()} ") == name


@pytest.mark.parametrize("name", sorted(WALLETS))
def test_a_wallet_is_found_by_its_title(name):
    assert short_wallet(wallet_title(name)) == name
    assert short_wallet(name.replace("_", " ").upper()) == name


@pytest.mark.parametrize(
    ("typed", "short"),
    [
        ("Mercado Libre", "mercado_libre"), ("mercado-libre", "mercado_libre"),
        ("Alibaba", "alibaba"), ("AliExpress.com", "aliexpress"),
        ("Яндекс Маркет", "yandex_market"),
        ("Corner Shop", "corner shop"), ("corner_shop", "corner_shop"),
    ],
)  # fmt: skip
def test_a_typed_platform_gets_the_name_that_rules_know(typed, short):
    assert short_platform(typed) == short


def test_an_unknown_name_is_shown_as_it_was_typed():
    assert platform_title("corner shop") == "Corner shop"
    assert wallet_title("some_wallet") == "Some wallet"
    assert short_wallet("My Wallet") == "my wallet"


@pytest.mark.parametrize(
    ("kind", "label", "wallet"),
    [
        (InstrumentKind.WALLET, "PayPal", "paypal"),
        (InstrumentKind.PAY_LATER, "Klarna", "klarna"),
        (InstrumentKind.CARD, "Apple Pay", "apple_pay"),
        (InstrumentKind.INSTANT_TRANSFER, "Pix", "pix"),
        (InstrumentKind.CARD, "my blue card", None),
        (InstrumentKind.BANK_TRANSFER, "current account", None),
    ],
)
def test_an_instrument_tells_the_wallet_it_names(kind, label, wallet):
    client = Client(ClientId(1), "Anna")
    order = Order(OrderId(1), client.id, platform="ebay", number="1", title="lamp")
    paid = Instrument(InstrumentId(1), client.id, kind, label=label)
    assert known_facts(order, client, instrument=paid).get("wallet") == wallet


def test_every_pay_later_service_is_a_wallet():
    assert set(WALLETS) > PAY_LATER
