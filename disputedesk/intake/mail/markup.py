"""The words and links of an HTML part; nothing is fetched, run or drawn."""

from __future__ import annotations

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

_MOST_LINKS: Final = 300
_MOST_TAGS: Final = 15_000
"""More tags than any mail has; beyond, tags are cut out instead of understood."""

_SILENT: Final = ["head", "style", "script", "noscript", "template", "svg", "iframe", "object"]
_TORN_CENTS: Final = re.compile(r"(?<=\d)\n(?=[.,]\d{1,2}(?!\d))")
"""Between an amount and its cents, where a tag for the look of the cents tore them apart."""
_TAG: Final = re.compile(r"<[^<>]{0,4000}>")


def read_markup(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of `html`, each piece on a line of its own, and the addresses it links to."""
    if html.count("<") > _MOST_TAGS:
        return _TAG.sub("\n", html), ()
    try:
        tree = LexborHTMLParser(html)
        tree.strip_tags(_SILENT)
        body = tree.body
        if body is None:
            return "", ()
        links = [node.attributes.get("href") or "" for node in tree.css("a[href]")[:_MOST_LINKS]]
        words = body.text(separator="\n", strip=True)
        return _TORN_CENTS.sub("", words), tuple(links)
    except (SelectolaxError, ValueError, RuntimeError, AttributeError, RecursionError):
        return _TAG.sub("\n", html), ()
