"""The parts that reading a mail is made of: bytes to words, senders, trust, quoted letters."""

from __future__ import annotations

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.common import locations
from disputedesk.intake.days import folded_pattern
from disputedesk.intake.draft import Recognition
from disputedesk.intake.mail import read_mail
from disputedesk.intake.mail.charset import decode_text
from disputedesk.intake.mail.forwarded import find_forwarded
from disputedesk.intake.mail.headers import decode_words, parse_instant, read_address
from disputedesk.intake.mail.letter import open_letter
from disputedesk.intake.mail.markup import read_markup
from disputedesk.intake.mail.phrases import load_phrases
from disputedesk.intake.mail.senders import Role, find_claimed, find_sender
from disputedesk.intake.mail.trust import find_doubt


def _mail(*headers, body="Your package was delivered.\n"):
    return "\n".join((*headers, "", body)).encode()


def _amazon(*headers, body="Your package was delivered.\n"):
    return _mail(
        *headers,
        'From: "Amazon.de" <order-update@amazon.de>',
        "Subject: Zugestellt: Ihre Bestellung 305-1234567-1234567",
        "Date: Fri, 6 Feb 2026 18:00:00 +0100",
        body=body,
    )


@pytest.mark.parametrize(
    ("data", "charset", "text"),
    [
        ("Grüße".encode(), "us-ascii", "Grüße"),
        ("Grüße".encode(), "iso-8859-1", "Grüße"),
        ("Grüße".encode("latin-1"), "iso-8859-1", "Grüße"),
        ("Grüße".encode("latin-1"), "utf-8", "Grüße"),
        ("Заказ отправлен продавцом".encode("cp1251"), "", "Заказ отправлен продавцом"),
        ("Заказ отправлен".encode("koi8-r"), "koi8-r", "Заказ отправлен"),
        ("Заказ".encode("cp1251"), "windows-1251", "Заказ"),
        ("héllo".encode("utf-16"), "utf-16", "héllo"),
        ("Grüße".encode(), "x-unknown", "Grüße"),
        (b"plain", "zip", "plain"),
        (b"a\x00b", "", "ab"),
    ],
)
def test_words_are_read_whatever_the_label_says(data, charset, text):
    assert decode_text(data, charset) == text


def test_a_text_damaged_in_one_place_is_still_read_as_what_it_is():
    assert "Grüße an" in decode_text("Grüße an Jürgen in Köln".encode()[:-1] + b"\xff", "utf-8")


@given(st.binary(max_size=200), st.text(max_size=20))
def test_no_bytes_and_no_label_make_decoding_fail(data, charset):
    assert "\x00" not in decode_text(data, charset)


@pytest.mark.parametrize(
    ("raw", "name", "address"),
    [
        ('"Amazon.com" <order-update@amazon.com>', "Amazon.com", "order-update@amazon.com"),
        ("auto-reply@usps.com", "", "auto-reply@usps.com"),
        ("a@amazon.com <Evil@Example.org>", "a@amazon.com", "evil@example.org"),
        ("=?utf-8?q?Caf=C3=A9?= <x@example.org>", "Café", "x@example.org"),
        ("x@example.org (Some One)", "Some One", "x@example.org"),
        ("Amazon.de", "Amazon.de", ""),
        ("", "", ""),
    ],
)
def test_the_address_is_the_one_in_the_last_angle_brackets(raw, name, address):
    read = read_address(raw)
    assert (read.name, read.address) == (name, address)


def test_coded_words_with_a_made_up_charset_are_still_read():
    assert decode_words("=?x-nonsense?q?Order_=C3=A9?= 1") == "Order é 1"


@pytest.mark.parametrize(
    "raw", ["", "yesterday", "Fri, 32 Foo 2026", "Fri, 6 Feb 0001 00:00:00 +0000", "1" * 500]
)
def test_a_date_that_is_none_gives_none(raw):
    assert parse_instant(raw) is None


def test_a_date_without_a_zone_is_taken_for_utc_and_stays_aware():
    assert parse_instant("Fri, 6 Feb 2026 18:00:00 -0000") == dt.datetime(
        2026, 2, 6, 18, tzinfo=dt.UTC
    )


def test_scripts_styles_and_heads_of_html_are_no_words():
    html = (
        "<head><title>T</title><style>a{}</style></head><body><script>x</script>"
        "<p>Order <b>1</b></p><a href='https://shop.example/?orderId=5'>more</a></body>"
    )
    words, links = read_markup(html)
    assert words.split() == ["Order", "1", "more"]
    assert links == ("https://shop.example/?orderId=5",)


@pytest.mark.parametrize(
    ("address", "sender"),
    [
        ("transaction@notice.aliexpress.com", "aliexpress"),
        ("x@AMAZON.CO.UK", "amazon"),
        ("noreply@notifications.auspost.com.au", "auspost"),
        ("x@notamazon.com", None),
        ("x@amazon.com.example.org", None),
        ("amazon.com", None),
        ("", None),
    ],
)
def test_a_sender_is_known_by_its_whole_domain_only(address, sender):
    match = find_sender(address)
    assert (match.sender.id if match else None) == sender


def test_a_name_in_letters_that_look_like_others_is_seen_through():
    assert find_claimed("Аmаzоn.de").id == "amazon"
    assert find_claimed("AMAZ0N").id == "amazon"
    assert find_claimed("Ali\u00adExpress").id == "aliexpress"
    assert find_claimed("Groups of cups") is None
    assert find_claimed("Kurier DPD (via Poczta Allegro)", Role.CARRIER).id == "dpd"


@pytest.mark.parametrize(
    ("header", "grave"),
    [
        ("mx.example.org; dkim=fail header.d=amazon.de", True),
        ("mx.example.org; dmarc=fail header.from=amazon.de", True),
        ("mx.example.org; spf=fail smtp.mailfrom=x@amazon.de", True),
        ("mx.example.org; dkim=pass header.i=@amazon.de; spf=fail smtp.mailfrom=amazon.de", None),
        ("mx.example.org; dkim=fail header.d=list.example; dkim=pass header.d=amazon.de", None),
        ("mx.example.org; dkim=fail header.d=list.example", None),
        ("mx.example.org; dkim=pass header.d=bulk.example; dmarc=fail header.from=amazon.de", True),
        ("mx.example.org; none", None),
        ("garbage", None),
    ],
)
def test_what_the_receiving_server_found_decides_about_a_forgery(header, grave):
    letter = open_letter(_amazon(f"Authentication-Results: {header}"))
    doubt = find_doubt(letter, find_sender("x@amazon.de"))
    assert (doubt.grave if doubt else None) is grave


def test_only_the_newest_verdict_counts_because_older_ones_can_be_written_by_the_forger():
    data = _amazon(
        "Authentication-Results: mx.example.org; dkim=fail header.d=amazon.de",
        "Authentication-Results: mx.example.org; dkim=pass header.d=amazon.de",
    )
    assert read_mail(data, file="x").recognition is Recognition.REFUSED


def test_a_return_address_at_a_posting_service_is_no_sign_of_a_forgery():
    data = _amazon("Return-Path: <0102-000000@eu-west-1.amazonses.com>")
    assert read_mail(data, file="x").recognition is Recognition.UNDERSTOOD


@pytest.mark.parametrize(
    "block",
    [
        "Von: Amazon.de [mailto:order-update@amazon.de]\nGesendet: Freitag, 6. Februar 2026 18:00\n"
        "An: x@example.org\nBetreff: Zugestellt",
        "De : Amazon.fr <order-update@amazon.fr>\nEnvoyé : vendredi 6 février 2026 18:00\n"
        "À : x@example.org\nObjet : Livrée",
        "De: Amazon.es <order-update@amazon.es>\nEnviado: viernes, 6 de febrero de 2026 18:00\n"
        "Para: x@example.org\nAsunto: Entregado",
        "От: Amazon.com <order-update@amazon.com>\nДата: пт, 6 февр. 2026 г. в 18:00\n"
        "Тема: Delivered\nКому: <x@example.org>",
        "*From:* Amazon.com <order-update@amazon.com>\n*Sent:* Friday, February 6, 2026 6:00 PM\n"
        "*To:* x@example.org\n*Subject:* Delivered",
        "> From: Amazon.com <order-update@amazon.com>\n> Date: 6 February 2026 at 18:00:00 GMT\n"
        "> To: x@example.org\n> Subject: Delivered",
    ],
)
def test_quoted_headers_are_found_in_many_languages(block):
    data = _mail(
        "From: Vera <vera@example.org>",
        "Subject: Fwd",
        "Date: Mon, 9 Feb 2026 09:00:00 +0100",
        body=f"Look:\n\n{block}\n\nOrder 305-1234567-1234567 delivered.\n",
    )
    (inner,) = find_forwarded(open_letter(data))
    assert find_sender(inner.sender.address).sender.id == "amazon"
    assert inner.day == dt.date(2026, 2, 6)
    assert inner.plain.strip() == "Order 305-1234567-1234567 delivered."


def test_a_letter_that_only_speaks_of_from_and_to_carries_no_other_letter():
    data = _mail(
        "From: Vera <vera@example.org>",
        "Subject: trip",
        body="From: here\nTo: there\nI went.\nDate: none\n",
    )
    assert find_forwarded(open_letter(data)) == () or read_mail(data, file="x").drafts == ()


def test_a_quoted_sender_without_address_is_taken_by_its_exact_name_with_a_warning():
    data = _mail(
        "From: Vera <vera@example.org>",
        "Subject: Fwd",
        "Date: Mon, 9 Feb 2026 09:00:00 +0100",
        body="From: Amazon.de\nSent: Friday, February 6, 2026 6:00 PM\nTo: Vera\n"
        "Subject: Delivered: order 305-1234567-1234567\n\nDelivered.\n",
    )
    (draft,) = read_mail(data, file="x").drafts
    assert draft.number == "305-1234567-1234567"
    assert any("cannot be checked" in warning for warning in draft.warnings)


def test_the_words_of_mails_say_where_they_are_from():
    for name in ("phrases.toml", "senders.toml"):
        with locations.resources("carriers", name).open("rb") as stream:
            data = tomllib.load(stream)
        assert data["source"], name
        assert data["checked_on"].year >= 2026, name


def test_folding_a_pattern_leaves_its_escapes_alone():
    assert folded_pattern(r"заказ (?:\S+ )?ожидаЕТ \W é") == r"заказ (?:\S+ )?ожидает \W e"


def test_no_event_word_fits_an_empty_text():
    for event in load_phrases().events:
        assert event.pattern.search("") is None, event.id


def test_a_message_number_or_phone_of_an_aliexpress_mail_is_not_its_order():
    data = _mail(
        "From: AliExpress <transaction@notice.aliexpress.com>",
        "Subject: Payment successful",
        "Date: Fri, 6 Feb 2026 18:00:00 +0100",
        body="Call 123456789012345. Tracking number 123456789012345678. Paid with 4111111111111111",
    )
    reading = read_mail(data, file="x")
    assert all(not hasattr(draft, "platform") for draft in reading.drafts)


def _amazon_com(body, *, kind="html"):
    data = _mail(
        'From: "Amazon.com" <auto-confirm@amazon.com>',
        'Subject: Ordered: "Lamp"',
        "Date: Mon, 2 Feb 2026 15:00:00 +0000",
        f"Content-Type: text/{kind}; charset=utf-8",
        body=body,
    )
    (draft,) = read_mail(data, file="x").drafts
    return draft


def test_cents_in_raised_figures_never_become_a_smaller_or_larger_sum():
    page = "<p>Order #112-1234567-1234567</p><p>Grand Total: $<b>120</b><sup>95</sup></p>"
    draft = _amazon_com(page)
    assert draft.total is None
    assert any("two ways" in warning for warning in draft.warnings)
    assert str(_amazon_com(page.replace("<sup>", "<sup>.")).total) == "120.95 USD"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Arriving February 27-28", "2026-02-28"),
        ("Arriving: 27 - 28 February", "2026-02-28"),
        ("Arriving February 5 - March 3", "2026-03-03"),
        ("Now arriving Friday, February 6 Previously expected: February 9", "2026-02-06"),
        ("Arriving tomorrow", "2026-02-03"),
        ("Arriving Friday", "2026-02-06"),
        ("Arriving: February 5. Your invoice of March 9 is ready", "2026-02-05"),
    ],
)
def test_a_promise_is_read_to_the_last_day_it_names(words, day):
    draft = _amazon_com(f"Order #112-1234567-1234567\n{words}\n", kind="plain")
    facts = {fact.name: fact.value for fact in draft.facts}
    assert facts["promised_by"] == dt.date.fromisoformat(day)


def test_the_day_of_something_else_is_not_the_day_of_delivery():
    data = _amazon(body="Your package was delivered\nOrder placed: January 20, 2026\n")
    (draft,) = read_mail(data, file="x").drafts
    facts = {fact.name: fact.value for fact in draft.facts}
    assert facts == {
        "ordered_on": dt.date(2026, 1, 20),
        "delivered_on": dt.date(2026, 2, 6),
    }


def test_a_date_in_figures_that_can_mean_two_days_is_asked_for_and_not_guessed():
    data = _mail(
        "From: UPS <pkginfo@ups.com>",
        "Subject: UPS Ship Notification, Tracking Number 1Z999AA10123456784",
        "Date: Mon, 2 Feb 2026 15:00:00 +0000",
        body="Scheduled Delivery: 03/02/2026\n",
    )
    (draft,) = read_mail(data, file="x").drafts
    assert not [fact for fact in draft.facts if fact.name == "expected_delivery"]
    assert any("03/02/2026" in warning for warning in draft.warnings)


def test_a_date_in_figures_is_read_where_its_weekday_leaves_one_reading():
    data = _mail(
        "From: UPS <pkginfo@ups.com>",
        "Subject: UPS Ship Notification, Tracking Number 1Z999AA10123456784",
        "Date: Mon, 2 Feb 2026 15:00:00 +0000",
        body="Scheduled Delivery: Tuesday 03/02/2026\n",
    )
    (draft,) = read_mail(data, file="x").drafts
    assert {f.name: f.value for f in draft.facts}["expected_delivery"] == dt.date(2026, 2, 3)


def test_a_shops_word_that_delivery_is_awaited_is_no_scan_of_a_carrier():
    data = _mail(
        "From: AliExpress <transaction@notice.aliexpress.com>",
        "Subject: Order 8190000012345678: Awaiting delivery",
        "Date: Mon, 2 Feb 2026 15:00:00 +0000",
        body="",
    )
    (draft,) = read_mail(data, file="x").drafts
    assert (draft.event, draft.facts) == ("in_transit", ())


def test_a_thing_on_the_last_line_of_a_mail_is_read_like_any_other():
    draft = _amazon_com("Order #112-1234567-1234567\n1 x Lamp\n\n2 x Bulb", kind="plain")
    assert [(item.title, item.quantity, item.price) for item in draft.items] == [
        ("Lamp", 1, None),
        ("Bulb", 2, None),
    ]
