"""Platforms by their own names, which are the same in every language."""

from __future__ import annotations

from typing import Final

PLATFORMS: Final = {
    "aliexpress": "AliExpress", "amazon": "Amazon", "paypal": "PayPal", "ebay": "eBay",
    "temu": "Temu", "allegro": "Allegro", "etsy": "Etsy", "wish": "Wish", "shein": "SHEIN",
    "rakuten_fr": "Rakuten France", "rakuten_jp": "Rakuten Ichiba",
    "dhgate": "DHgate", "alibaba": "Alibaba.com", "jd": "JD", "mercado_libre": "Mercado Libre",
    "yandex_market": "Yandex Market",
}  # fmt: skip


def platform_title(platform: str) -> str:
    """A platform by its own name; an unknown one as it was typed."""
    return PLATFORMS.get(platform, platform[:1].upper() + platform[1:])
