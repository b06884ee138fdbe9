"""Platforms and wallets by their own names, which are the same in every language."""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import tr

PLATFORMS: Final = {
    "aliexpress": "AliExpress", "amazon": "Amazon", "paypal": "PayPal", "ebay": "eBay",
    "temu": "Temu", "allegro": "Allegro", "etsy": "Etsy", "wish": "Wish", "shein": "SHEIN",
    "rakuten_fr": "Rakuten France", "rakuten_jp": "Rakuten Ichiba",
    "dhgate": "DHgate", "alibaba": "Alibaba.com", "jd": "JD", "mercado_libre": "Mercado Libre",
    "yandex_market": "Yandex Market", "wechat": "WeChat", "apple_pay": "Apple Pay",
    "google_pay": "Google Pay", "amazon_pay": "Amazon Pay", "shop_pay": "Shop Pay",
    "wechat_pay": "WeChat Pay", "western_union": "Western Union", "qiwi": "QIWI",
    "yandex_money": "Yandex.Money", "yoomoney": "YooMoney", "webmoney": "WebMoney",
}  # fmt: skip
_OTHER: Final = "other"


def platform_title(platform: str) -> str:
    """A platform or wallet by its own name; an unknown one as it was typed."""
    if platform == _OTHER:
        return tr("Another shop")
    own = PLATFORMS.get(platform.replace(" ", "_"))
    return own or platform[:1].upper() + platform[1:]
