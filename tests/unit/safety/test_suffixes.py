"""Reading the Public Suffix List as it lies gives what its library gives."""

from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.safety import suffixes
from disputedesk.safety.suffixes import registered_domain

LABELS = [
    "com",
    "co",
    "uk",
    "ck",
    "www",
    "jp",
    "kawasaki",
    "city",
    "github",
    "io",
    "xn--p1ai",
    "рф",
    "-",
    "a_b",
    "1",
    "255",
    "COM",
    "ﬀ",
    "a/b",
    "[",
    "x@y",
    "é",
]
LABELS += ["", "compute", "amazonaws", "customer-oci"]


def by_the_library(host):
    found = suffixes._extractor()(host.lower())
    if not found.suffix or not found.domain:
        return "", found.suffix
    return f"{found.domain}.{found.suffix}", found.suffix


def test_the_list_is_the_librarys():
    rules = suffixes._rules()
    assert rules == suffixes._extractor()._get_tld_extractor().tlds(True)
    assert len(rules) > 5_000


def test_every_rule_of_the_list_is_followed_as_the_library_follows_it():
    rules = suffixes._rules()
    for rule in rules:
        bare = rule.lstrip("!*.")
        for host in (bare, f"shop.{bare}", f"www.shop.{bare}", f"a.b.shop.{bare}"):
            _first, _dot, rest = host.partition(".")
            if f"*.{host}" in rules and f"*.{rest}" in rules:
                # tldextract 5.4 forgets the shorter star where a longer rule begins
                assert registered_domain(host) == ("", host)
            else:
                assert registered_domain(host) == by_the_library(host), host


@settings(max_examples=500, derandomize=True, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(LABELS),
            st.text(max_size=4),
        ),
        max_size=5,
    ).map(".".join)
)
def test_any_host_is_taken_apart_as_the_library_does(host):
    assert registered_domain(host) == by_the_library(host)


def test_without_the_list_the_library_is_asked(monkeypatch):
    suffixes._rules.cache_clear()
    monkeypatch.setattr(suffixes, "_LIST", "no such list")
    assert suffixes._rules() == frozenset()
    assert registered_domain("www.shop.co.uk") == ("shop.co.uk", "co.uk")
    suffixes._rules.cache_clear()
    monkeypatch.setattr(suffixes.importlib.util, "find_spec", lambda _name: None)
    assert suffixes._rules() == frozenset()
    suffixes._rules.cache_clear()
