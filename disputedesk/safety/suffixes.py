"""Whose a host is, by the Public Suffix List that comes with `tldextract`.

Importing that library brings an HTTP client along and takes longer than the rest of a check, so for
plain hosts its list is read as it lies there. Anything else about a host is left to the library.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import tldextract

_LIST: Final = ".tld_set_snapshot"
_RULE: Final = re.compile(r"^[^\s/]\S*", re.MULTILINE)
_PLAIN: Final = re.compile(r"(?!xn--)\w[\w-]*(?:\.(?!xn--)\w[\w-]*)*")


def registered_domain(host: str) -> tuple[str, str]:
    """The domain somebody registered to own `host`, and its public suffix; both may be empty."""
    rules = _rules()
    if rules and _PLAIN.fullmatch(host):
        return _by_rules(host.lower(), rules)
    found = _extractor()(host.lower())
    if not found.suffix or not found.domain:
        return "", found.suffix
    return f"{found.domain}.{found.suffix}", found.suffix


def _by_rules(host: str, rules: frozenset[str]) -> tuple[str, str]:
    """The same by the list's own algorithm: the longest rule wins, an exception ends a star."""
    labels = host.split(".")
    start = len(labels)
    tail = ""
    for place in range(len(labels) - 1, -1, -1):
        name = f"{labels[place]}.{tail}" if tail else labels[place]
        if f"!{name}" in rules:
            start = place + 1
            break
        if name in rules or f"*.{tail}" in rules:
            start = place
        tail = name
    suffix = ".".join(labels[start:])
    if not suffix or not start:
        return "", suffix
    return f"{labels[start - 1]}.{suffix}", suffix


@functools.cache
def _rules() -> frozenset[str]:
    """The rules of the list; none where it does not lie where it is expected."""
    spec = importlib.util.find_spec("tldextract")
    if spec is None or spec.origin is None:
        return frozenset()
    try:
        text = Path(spec.origin).with_name(_LIST).read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return frozenset()
    return frozenset(_RULE.findall(text))


@functools.cache
def _extractor() -> tldextract.TLDExtract:
    import tldextract

    return tldextract.TLDExtract(
        cache_dir=None, suffix_list_urls=(), include_psl_private_domains=True
    )
