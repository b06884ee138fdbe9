"""Platforms and wallets by their own names, which are the same in every language.

Rule packs, importers and the desk speak of them by one short name each; these tables are where a
short name gets its title, and where what a person typed gets its short name.
"""

from __future__ import annotations

from typing import Final

from disputedesk.common.texts import tr

PLATFORMS: Final = {
    "aliexpress": "AliExpress", "amazon": "Amazon", "paypal": "PayPal", "ebay": "eBay",
    "temu": "Temu", "allegro": "Allegro", "etsy": "Etsy", "wish": "Wish", "shein": "SHEIN",
    "rakuten_fr": "Rakuten France", "rakuten_jp": "Rakuten Ichiba",
    "dhgate": "DHgate", "alibaba": "Alibaba.com", "jd": "JD", "mercado_libre": "Mercado Libre",
    "yandex_market": "Yandex Market", "walmart": "Walmart", "vinted": "Vinted",
    "banggood": "Banggood", "taobao": "Taobao", "tmall": "Tmall", "shopee": "Shopee",
    "lazada": "Lazada", "ozon": "Ozon", "wildberries": "Wildberries", "wechat": "WeChat",
}  # fmt: skip
WALLETS: Final = {
    "paypal": "PayPal", "klarna": "Klarna", "afterpay": "Afterpay", "clearpay": "Clearpay",
    "amazon_pay": "Amazon Pay", "shop_pay": "Shop Pay", "apple_pay": "Apple Pay",
    "google_pay": "Google Pay", "alipay": "Alipay", "wechat_pay": "WeChat Pay",
    "yoomoney": "YooMoney", "yandex_money": "Yandex.Money", "qiwi": "QIWI", "webmoney": "WebMoney",
    "wise": "Wise", "zelle": "Zelle", "pix": "Pix", "western_union": "Western Union",
    "coinbase": "Coinbase",
}  # fmt: skip
PAY_LATER: Final = frozenset({"klarna", "afterpay", "clearpay"})
"""The wallets that lend the sum: paying through one is `pay_later`, not `wallet`."""

_NAMED_BY_LABEL: Final = frozenset({"wallet", "pay_later"})
"""Means of payment whose label names them."""
_OTHER_PLATFORMS: Final = {
    "mercadolibre": "mercado_libre", "mercadolivre": "mercado_libre", "rakuten": "rakuten_fr",
    "rakutenfrance": "rakuten_fr", "rakutenichiba": "rakuten_jp", "rakutenjapan": "rakuten_jp",
    "яндексмаркет": "yandex_market", "алиэкспресс": "aliexpress", "озон": "ozon",
    "вайлдберриз": "wildberries", "wb": "wildberries", "jdcom": "jd", "walmartcom": "walmart",
    "aliexpresscom": "aliexpress", "amazoncom": "amazon", "ebaycom": "ebay", "alibaba": "alibaba",
}  # fmt: skip
_OTHER_WALLETS: Final = {
    "юmoney": "yoomoney", "юмани": "yoomoney", "яндексденьги": "yandex_money", "киви": "qiwi",
    "вебмани": "webmoney", "gpay": "google_pay", "wechat": "wechat_pay", "wu": "western_union",
}  # fmt: skip
_OTHER: Final = "other"


def platform_title(platform: str) -> str:
    """A platform by its own name; an unknown one as it was typed."""
    if platform == _OTHER:
        return tr("Another shop")
    return PLATFORMS.get(platform, platform[:1].upper() + platform[1:])


def wallet_title(wallet: str) -> str:
    """A wallet by its own name; an unknown one as it was typed."""
    plain = wallet.replace("_", " ")
    return WALLETS.get(wallet, plain[:1].upper() + plain[1:])


def short_platform(typed: str) -> str:
    """The short name that rules know a platform by; an unknown one in small letters.

    Titles and common spellings are understood: `Mercado Libre`, `alibaba.com`, `Яндекс Маркет`.
    """
    return _short(typed, PLATFORMS, _OTHER_PLATFORMS)


def short_wallet(typed: str) -> str:
    """The short name that rules know a wallet by; an unknown one in small letters."""
    return _short(typed, WALLETS, _OTHER_WALLETS)


def wallet_paid_through(kind: str, label: str) -> str:
    """The wallet that a means of payment tells, by its short name; empty for none.

    The label of a card is the buyer's own word, unless it is a wallet's name.
    """
    wallet = short_wallet(label)
    return wallet if kind in _NAMED_BY_LABEL or wallet in WALLETS else ""


def _short(typed: str, titles: dict[str, str], others: dict[str, str]) -> str:
    plain = typed.strip().casefold()
    if plain in titles:
        return plain
    bare = _bare(plain)
    by_title = {_bare(title.casefold()): name for name, title in titles.items()}
    return by_title.get(bare) or others.get(bare) or plain


def _bare(text: str) -> str:
    """Its letters and digits alone: spaces, dots and dashes are a matter of taste."""
    return "".join(one for one in text if one.isalnum())
