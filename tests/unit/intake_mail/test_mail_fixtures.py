"""Mails written for these tests: each carries a trap that real mails were seen to carry."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from disputedesk.intake.draft import OrderDraft, ParcelDraft, Recognition
from disputedesk.intake.mail import looks_like_mail, read_mail
from disputedesk.model.money import Money

MAILS = Path(__file__).parent / "mails"
LAMP = "8190000012345678"


def _read(name):
    return read_mail((MAILS / name).read_bytes(), file=name)


def _facts(draft):
    return {
        fact.name: fact.value.isoformat() if isinstance(fact.value, dt.date) else str(fact.value)
        for fact in draft.facts
    }


@pytest.mark.parametrize(
    ("name", "number", "event", "facts"),
    [
        (
            "aliexpress_confirmed.eml",
            LAMP,
            "confirmed",
            {
                "ordered_on": "2026-11-11",
                "promised_by": "2027-01-08",
                "amount": "120.95 USD",
                "network": "mastercard",
            },
        ),
        (
            "aliexpress_shipped.eml",
            LAMP,
            "shipped",
            {"shipped_on": "2026-11-15", "promised_by": "2027-01-08"},
        ),
        (
            "aliexpress_awaiting_confirmation.eml",
            LAMP,
            "awaiting_confirmation",
            {"protection_ends_at": "2027-01-20T23:59:00-08:00"},
        ),
        ("aliexpress_link_only.eml", LAMP, "delayed", {"expected_delivery": "2027-01-03"}),
        (
            "aliexpress_de_confirmed.eml",
            "8190000087654321",
            "confirmed",
            {
                "ordered_on": "2026-03-02",
                "promised_by": "2026-03-28",
                "amount": "1234.56 EUR",
                "network": "visa",
            },
        ),
        (
            "aliexpress_ru_shipped.eml",
            "8190000055556666",
            "shipped",
            {
                "ordered_on": "2026-11-10",
                "shipped_on": "2026-11-14",
                "promised_by": "2027-01-05",
                "amount": "1234.50 RUB",
            },
        ),
        (
            "aliexpress_it_delivered.eml",
            "8190000011112222",
            "delivered",
            {"delivered_on": "2026-02-05"},
        ),
        (
            "aliexpress_fr_shipped.eml",
            "8190000011113333",
            "shipped",
            {"shipped_on": "2026-02-06", "promised_by": "2026-02-27"},
        ),
        (
            "aliexpress_es_awaiting.eml",
            "8190000011114444",
            "awaiting_confirmation",
            {"protection_ends_at": "2026-02-20T00:00:00-08:00"},
        ),
        (
            "amazon_de_shipped.eml",
            "305-7654321-1234567",
            "shipped",
            {
                "shipped_on": "2026-02-27",
                "promised_by": "2026-03-03",
                "amount": "23.45 EUR",
                "network": "visa",
            },
        ),
        (
            "amazon_fr_delivered.eml",
            "405-1234567-7654321",
            "delivered",
            {"delivered_on": "2026-02-02"},
        ),
        (
            "amazon_es_shipped.eml",
            "405-1111111-2222222",
            "shipped",
            {
                "shipped_on": "2026-02-02",
                "promised_by": "2026-02-04",
                "amount": "1234.56 EUR",
                "network": "visa",
            },
        ),
        (
            "amazon_new_year.eml",
            "112-0000001-0000002",
            "confirmed",
            {
                "ordered_on": "2021-12-30",
                "promised_by": "2022-01-11",
                "amount": "1234.50 USD",
                "network": "visa",
            },
        ),
        (
            "amazon_weekday.eml",
            "702-1234567-8953856",
            "shipped",
            {"shipped_on": "2026-07-15", "promised_by": "2026-07-20", "amount": "90.39 CAD"},
        ),
        (
            "nested_parts.eml",
            "202-1234567-1234567",
            "shipped",
            {"shipped_on": "2020-12-12", "promised_by": "2020-12-12", "amount": "1035.99 GBP"},
        ),
        (
            "dkim_broken_but_dmarc_passed.eml",
            "305-1234567-1234567",
            "delivered",
            {"delivered_on": "2026-02-06"},
        ),
        ("forwarded_gmail.eml", LAMP, "shipped", {"shipped_on": "2026-11-15"}),
        ("forwarded_enclosed.eml", LAMP, "shipped", {"shipped_on": "2026-11-15"}),
        (
            "forwarded_apple_quoted.eml",
            "112-0000001-0000002",
            "confirmed",
            {"ordered_on": "2022-01-07", "promised_by": "2022-01-11"},
        ),
        (
            "forwarded_outlook_de.eml",
            "305-7654321-1234567",
            "shipped",
            {"shipped_on": "2026-02-27", "promised_by": "2026-03-03"},
        ),
        (
            "forwarded_it.eml",
            "405-3333333-4444444",
            "delivered",
            {"delivered_on": "2026-02-06"},
        ),
    ],
)
def test_an_order_mail_gives_its_number_and_days(name, number, event, facts):
    reading = _read(name)
    (draft,) = reading.drafts
    assert reading.recognition is Recognition.UNDERSTOOD
    assert isinstance(draft, OrderDraft)
    assert (draft.number, draft.event, _facts(draft)) == (number, event, facts)
    assert reading.kind == f"mail.{draft.platform}"


@pytest.mark.parametrize(
    ("name", "parcel", "event", "facts", "hints"),
    [
        (
            "hermes_de_delivered.eml",
            ("hermes", ["12345678901234"]),
            "delivered",
            {"delivered_on": "2026-02-06", "last_scan_on": "2026-02-06"},
            ("Beispielshop",),
        ),
        (
            "dhl_de_today.eml",
            ("dhl", ["00340434161094021507"]),
            "out_for_delivery",
            {"expected_delivery": "2026-09-12", "last_scan_on": "2026-09-12"},
            ("Gewürzhaus",),
        ),
        (
            "poczta_lost_header.eml",
            ("poczta_polska", ["00111222333444555666"]),
            "out_for_delivery",
            {"expected_delivery": "2020-11-28", "last_scan_on": "2020-11-28"},
            (),
        ),
        (
            "royal_mail_no_date.eml",
            ("royal_mail", ["RR473124829GB"]),
            "delivered",
            {"delivered_on": "2020-08-11", "last_scan_on": "2020-08-11"},
            ("Fern & Sons",),
        ),
        (
            "ups_two_parcels.eml",
            ("ups", ["1Z999AA10123456784", "1Z999AA10123456793"]),
            "out_for_delivery",
            {"expected_delivery": "2021-08-19", "last_scan_on": "2021-08-19"},
            ("PINE TREE GOODS",),
        ),
        (
            "future_date.eml",
            ("ups", ["1Z999AA10123456784"]),
            "delivered",
            {"delivered_on": "2026-02-06", "last_scan_on": "2026-02-06"},
            (),
        ),
        (
            "forwarded_original_message.eml",
            ("ups", ["1Z999AA10123456784"]),
            "delivered",
            {"delivered_on": "2026-02-09", "last_scan_on": "2026-02-09"},
            (),
        ),
        (
            "aliexpress_package_delivered.eml",
            ("cainiao", ["JY26CAA0D000777012"]),
            "delivered",
            {"delivered_on": "2027-01-04"},
            ("AliExpress",),
        ),
    ],
)
def test_a_parcel_mail_gives_its_numbers_and_days(name, parcel, event, facts, hints):
    carrier, numbers = parcel
    reading = _read(name)
    assert reading.recognition is Recognition.UNDERSTOOD
    assert [draft.number for draft in reading.drafts] == numbers
    for draft in reading.drafts:
        assert isinstance(draft, ParcelDraft)
        assert (draft.carrier, draft.event) == (carrier, event)
        assert (_facts(draft), draft.hints) == (facts, hints)


def test_an_order_mail_gives_shop_things_sum_and_masked_card():
    (draft,) = _read("aliexpress_confirmed.eml").drafts
    assert draft.shop == "Blue Kite Lamps Store"
    assert draft.total == Money(12095, "USD")
    assert [(item.title, item.quantity) for item in draft.items] == [
        ("Paper lantern, 30 cm, white", 2),
        ("Brass hook set", 1),
    ]
    assert (draft.payment_mask, draft.payment_network) == ("51****6458", "mastercard")


def test_a_card_named_by_its_last_figures_is_masked():
    (draft,) = _read("amazon_new_year.eml").drafts
    assert (draft.payment_mask, draft.payment_network) == ("··4242", "visa")


def test_tracking_numbers_follow_the_order_and_the_order_number_is_none_of_them():
    (draft,) = _read("aliexpress_shipped.eml").drafts
    assert draft.tracking == ("LP00123456789012", "RR123456785CN")
    (german,) = _read("amazon_de_shipped.eml").drafts
    assert (german.tracking, german.carrier) == (("00340434161094021507",), "dhl")


def test_advertising_below_an_order_adds_nothing_to_it():
    (draft,) = _read("amazon_de_shipped.eml").drafts
    assert draft.total == Money(2345, "EUR")
    assert [item.title for item in draft.items] == ["Gießkanne, 5 Liter"]


def test_several_orders_in_one_mail_are_not_mixed():
    first, second = _read("amazon_several_orders.eml").drafts
    assert (first.number, second.number) == ("202-1111111-1111111", "202-2222222-2222222")
    assert first.total is None
    assert any("several orders" in warning for warning in first.warnings)


@pytest.mark.parametrize(
    ("name", "recognition", "words"),
    [
        ("forged_name.eml", Recognition.REFUSED, "does not belong to AliExpress"),
        ("forged_lookalike.eml", Recognition.REFUSED, "does not belong to Amazon"),
        ("forged_dkim.eml", Recognition.REFUSED, "did not find that confirmed"),
        ("forged_two_senders.eml", Recognition.REFUSED, "several senders"),
        ("forged_return_path.eml", Recognition.KNOWN_SENDER, "bulk.example"),
        ("forwarded_forgery.eml", Recognition.REFUSED, "does not belong to Amazon"),
    ],
)
def test_a_mail_that_may_be_forged_gives_no_facts_and_says_so(name, recognition, words):
    reading = _read(name)
    assert reading.recognition is recognition
    assert reading.drafts == ()
    assert words in reading.why
    assert "may be a forgery" in reading.why
    assert reading.remedy


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("aliexpress_advertising.eml", "mail.aliexpress", "advertising"),
        ("amazon_seller_message.eml", "mail.amazon", "written by a seller"),
        ("amazon_code.eml", "mail.amazon", "nothing that could be understood"),
        ("paypal.eml", "mail.paypal", "not read yet"),
    ],
)
def test_a_mail_of_a_known_sender_is_shown_even_if_no_reader_understands_it(name, kind, words):
    reading = _read(name)
    assert reading.recognition is Recognition.KNOWN_SENDER
    assert (reading.kind, reading.drafts) == (kind, ())
    assert words in reading.why


def test_a_mail_of_a_stranger_is_unknown_and_says_who_sent_it():
    reading = _read("stranger.eml")
    assert reading.recognition is Recognition.UNKNOWN
    assert "bob@example.net" in reading.why


def test_a_mail_that_names_an_order_but_no_event_is_partly_understood():
    reading = _read("aliexpress_details.eml")
    assert reading.recognition is Recognition.PARTLY
    assert reading.drafts[0].number == LAMP


def test_a_forwarded_mail_says_that_its_sender_cannot_be_checked():
    for name in ("forwarded_gmail.eml", "forwarded_enclosed.eml", "forwarded_it.eml"):
        (draft,) = _read(name).drafts
        assert any("cannot be checked" in warning for warning in draft.warnings)
        assert draft.place.part


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("poczta_lost_header.eml", "received it was taken"),
        ("royal_mail_no_date.eml", "has no date"),
        ("future_date.eml", "dated after it was received"),
        ("aliexpress_es_awaiting.eml", "without a time"),
        ("ups_two_parcels.eml", "also names"),
    ],
)
def test_what_is_doubtful_is_said_in_a_warning(name, words):
    assert any(words in warning for warning in _read(name).drafts[0].warnings)


def test_the_instant_of_a_mail_is_that_of_its_own_date_header():
    assert _read("amazon_new_year.eml").captured_at.isoformat() == "2021-12-30T21:10:00-08:00"
    assert _read("royal_mail_no_date.eml").captured_at is None


def test_every_fixture_looks_like_a_mail_and_other_files_do_not():
    for path in MAILS.glob("*.eml"):
        assert looks_like_mail(path.read_bytes()[:4096], "download"), path.name
    assert looks_like_mail(b"anything", "letter.EML")
    assert not looks_like_mail(b"Date,Subject,From\n1,2,3\n", "orders.csv")
    assert not looks_like_mail(b"From: here\nI walked\n", "story.txt")
    assert not looks_like_mail(b"\x00\x01\x02", "x.eml")
    assert not looks_like_mail(b"", "x")
