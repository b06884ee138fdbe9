"""Labelled links: what is caught, what is let through, and how often either goes wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.safety.addresses import ip_of, parse_address
from disputedesk.safety.links import check_link, known_domains
from disputedesk.safety.verdict import Level

BAD = [
    ("https://aliexpress-refund.com/claim", "imitates_name"),
    ("https://aliexpress.com.pay-id.ru/login", "imitates_name"),
    ("http://www.aliexpress.com.secure-order.top/", "imitates_name"),
    ("https://aliexpres.com/", "imitates_slip"),
    ("https://aliexpresss.com/coupon", "imitates_part"),
    ("https://aliexprses.com/", "imitates_slip"),
    ("https://a1iexpress.com/", "imitates_letters"),
    ("https://aliexpre5s.com/", "imitates_letters"),
    ("https://аliexpress.com/item/1", "imitates_letters"),
    ("https://xn--liexpress-zyh.com/", "imitates_letters"),
    ("https://aliexpress.shop/", "imitates_name"),
    ("https://myaliexpressrefund.net/", "imitates_part"),
    ("https://ali-express-support.com", "imitates_part"),
    ("https://aliexpress.github.io/login.html", "imitates_name"),
    ("https://paypal.com.verify-account.info/", "imitates_name"),
    ("https://paypa1.com/", "imitates_letters"),
    ("https://paypaI.com.login.ru/", "imitates_letters"),
    ("https://pаypal.com/", "imitates_letters"),
    ("https://paypai.com/signin", "imitates_letters"),
    ("https://secure-paypal-login.com/", "imitates_name"),
    ("https://arnazon.de/ap/signin", "imitates_letters"),
    ("https://amazom.co.uk/", "imitates_slip"),
    ("https://amazon-verify.com/", "imitates_name"),
    ("https://ebay-support-refund.com/", "imitates_name"),
    ("https://temu-bonus.shop/", "imitates_name"),
    ("https://ozon-vozvrat.ru/", "imitates_name"),
    ("https://wildberies.ru/", "imitates_slip"),
    ("https://wildberries.oplata-zakaz.ru/", "imitates_name"),
    ("https://dhl-delivery-customs.com/pay", "imitates_name"),
    ("https://pochta.ru.track-parcel.site/", "imitates_name"),
    ("https://cdek-oplata.ru", "imitates_name"),
    ("https://klarna-refund.app/", "imitates_name"),
    ("https://www.aliexpress.com@185.22.10.4/login", "userinfo"),
    ("https://aliexpress.com:443@evil.ru/", "userinfo"),
    ("http://185.22.10.4/aliexpress/", "ip"),
    ("http://3105229316/", "ip"),
    ("http://0xb9.0x16.0x0a.0x04/", "ip"),
    ("https://[2001:db8::1]/pay", "ip"),
    ("javascript:alert(1)", "scheme"),
    ("JaVaScRiPt:alert(document.cookie)", "scheme"),
    ("java\tscript:alert(1)", "scheme"),
    ("data:text/html;base64,PHNjcmlwdD4=", "scheme"),
    ("file:///etc/passwd", "scheme"),
    ("\\\\server\\share\\invoice.pdf", "scheme"),
    ("//server/share/invoice.lnk", "scheme"),
    ("search-ms:query=invoice", "scheme"),
    ("ms-word:ofe|u|https://x.example", "scheme"),
    ("vbscript:msgbox(1)", "scheme"),
    ("hxxps://aliexpress[.]com[.]pay-id[.]ru/", "imitates_name"),
    ("hxxp://185.22.10[.]4/login", "ip"),
    ("https://www.aliexpress.com/go?redirectUrl=https://evil-shop.ru/pay", "redirect"),
    ("https://www.amazon.de/x?url=https%3A%2F%2Famazon-verify.com", "redirect"),
    ("https://example.org/download/invoice.pdf.exe", "program"),
    ("https://cdn.example.org/AliExpress.apk", "program"),
    ("https://alie\u200bxpress.com/", "hidden"),
    ("https://www.%61liexpress.com.evil.ru/", "imitates_name"),
    ("https:\\\\aliexpress.com.evil.ru\\pay", "imitates_name"),
    ("mailto:support@aliexpress-service.com", "imitates_name"),
    ("https://klama.com/", "imitates_letters"),
    ("https://paypaldispute.net/", "imitates_part"),
    ("https://wwwpaypal.com/", "imitates_part"),
    ("https://gоogle-роst.com/", "mixed_script"),
]
"""Dangerous ones, with the check that must speak."""

CARE = [
    ("https://bit.ly/3xYz", "shortener"),
    ("https://clck.ru/abc", "shortener"),
    ("https://t.me/ali_refund_manager", "messenger"),
    ("https://wa.me/8613800000000", "messenger"),
    ("http://example.org/", "http"),
    ("https://example.org:8443/", "port"),
    ("https://example.org/www.aliexpress.com/item", "path_name"),
    ("https://claim-gift.example.org/coupon/login", "lures"),
    ("https://localhost/", "no_domain"),
    ("tel:+498912345", "telephone"),
]

HONEST = [
    "https://www.aliexpress.com/item/1005006123456789.html",
    "https://aliexpress.ru/order/123",
    "https://trade.aliexpress.com/orderList.htm?page=2",
    "https://s.click.aliexpress.com/e/x?dl_target_url=https%3A%2F%2Fwww.aliexpress.com%2Fitem%2F1.html",
    "www.aliexpress.com",
    "aliexpress.com/p/order",
    " https://www.aliexpress.com ",
    "<https://www.ebay.co.uk/itm/1>",
    "https://www.ebay.de/itm/123",
    "https://pages.ebay.com/help",
    "https://www.amazon.co.uk/gp/help/customer/display.html",
    "https://www.amazon.de/dp/B000000000",
    "https://www.paypal.com/disputes/",
    "https://www.klarna.com/uk/customer-service/",
    "https://help.etsy.com/hc/en-us",
    "https://www.etsy.com/shop/woolwork",
    "https://www.ozon.ru/my/orderlist",
    "https://www.wildberries.ru/lk",
    "https://market.yandex.ru/product/1",
    "https://www.temu.com/",
    "https://www.dhl.de/sendungsverfolgung?piececode=1",
    "https://www.pochta.ru/tracking",
    "https://www.17track.net/en",
    "https://github.com/jkeen/tracking_number_data",
    "https://de.wikipedia.org/wiki/AliExpress",
    "https://www.verbraucherzentrale.de/",
    "https://www.gov.uk/consumer-protection-rights",
    "https://почта.рф/tracking",
    "https://müller-versand.de/",
    "https://www.bücher.ch/",
    "https://www.amazone.de/de-de/produkte",
    "https://www.financial-ombudsman.org.uk/consumers",
    "https://rospotrebnadzor.ru/",
    "https://www.sparkasse.de/pk/kreditkarte.html",
    "https://www.reddit.com/r/Aliexpress/",
    "https://guide-aliexpress.com/en/when-will-my-aliexpress-order-be-shipped/",
    "https://shop.example.com/product/42",
    "https://www.swish.nu/",
    "https://www.allegro.pl/moje-allegro",
    "https://www.amazonia.org.br/",
    "https://www.yandexdatafactory.com/",
    "https://www.televisa.com/",
    "https://mail.example.org/path?next=/inbox",
    "mailto:transaction@notice.aliexpress.com",
]


@pytest.mark.parametrize(("url", "trick"), BAD)
def test_a_dangerous_link_is_named_by_its_trick(url, trick):
    verdict = check_link(url)
    assert verdict.level is Level.DANGER
    assert trick in {reason.trick for reason in verdict.reasons}
    assert verdict.word == "danger"
    assert verdict.advice


@pytest.mark.parametrize(("url", "trick"), CARE)
def test_a_doubtful_link_asks_for_care(url, trick):
    verdict = check_link(url)
    assert verdict.level is Level.CARE
    assert trick in {reason.trick for reason in verdict.reasons}


@pytest.mark.parametrize("url", HONEST)
def test_an_honest_link_raises_no_alarm_and_is_not_called_safe(url):
    verdict = check_link(url)
    assert [reason.trick for reason in verdict.reasons] == []
    assert verdict.word == "nothing found"
    assert verdict.checked
    assert "safe" not in f"{verdict.word} {verdict.headline}".lower()


def test_the_counts_of_the_corpus_hold():
    found = sum(check_link(url).level is Level.DANGER for url, _trick in BAD)
    alarms = sum(check_link(url).level is not Level.NOTHING_FOUND for url in HONEST)
    assert (found, len(BAD)) == (len(BAD), len(BAD))
    assert (alarms, len(HONEST)) == (0, len(HONEST))
    assert len(BAD) + len(CARE) + len(HONEST) >= 100


def test_the_quote_is_the_host_and_its_place_is_right():
    url = "see https://aliexpress.com.pay-id.ru/login"[4:]
    reason = check_link(url).reasons[0]
    assert url[reason.start : reason.end] == reason.quote == "aliexpress.com.pay-id.ru"


def test_the_host_is_shown_as_the_network_spells_it():
    assert check_link("https://аliexpress.com/").host.startswith("xn--")


@pytest.mark.parametrize(
    ("written", "number"),
    [("127.0.0.1", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0x7f.1", "127.0.0.1"),
     ("0177.0.0.1", "127.0.0.1"), ("256.1.1.1", ""), ("1.2.3.4.5", ""), ("example.com", "")],
)  # fmt: skip
def test_numbers_are_read_as_browsers_read_them(written, number):
    assert ip_of(written) == number


def test_every_row_of_the_data_has_a_source_and_a_day():
    data = known_domains()
    rows = (*data.platform, data.shorteners, data.messengers, data.honest, data.lures,
            data.redirects, data.programs)  # fmt: skip
    assert len(data.platform) >= 30
    assert all(row.source and row.checked_on.year >= 2026 for row in rows)
    assert all(row.basis in {"page", "known"} for row in data.platform)


def test_no_platform_is_taken_for_an_imitation_of_another():
    wrong = [
        domain
        for platform in known_domains().platform
        for domain in platform.domains
        if check_link(f"https://{domain}/").level is not Level.NOTHING_FOUND
    ]
    assert wrong == []


@given(st.text(max_size=80))
def test_no_text_breaks_the_check(text):
    assert check_link(text).headline
    assert check_link(f"https://{text}").checked
    assert parse_address(f"https://{text}@{text}:{text}/{text}?url={text}").raw


def test_no_check_opens_a_connection(monkeypatch):
    import socket

    from disputedesk.safety import suffixes

    def refuse(*_args, **_named):
        raise AssertionError("a connection was opened")

    suffixes._extractor()  # its import defines classes of sockets
    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for known in (suffixes._rules, suffixes._extractor):
        known.cache_clear()
    assert check_link("https://aliexpress.com.pay-id.ru/").level is Level.DANGER
    assert check_link("https://aliexpress.com..pay-id.ru/").level is Level.DANGER
