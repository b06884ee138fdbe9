"""What every shipped pack keeps to: sources, summaries, passing examples, whole sentences."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from disputedesk.common import locations
from disputedesk.deadlines.assess import assess
from disputedesk.deadlines.rule import Rule
from disputedesk.deadlines.words import Actor, Avenue, Confidence, Stage
from disputedesk.model.fact import Facts
from disputedesk.model.problem import Problem
from disputedesk.packs.examples import run_examples
from disputedesk.packs.holidays_tables import HolidayCalendars
from disputedesk.packs.library import PackLibrary

FIRST_SEVEN = {"aliexpress", "visa", "mastercard", "paypal", "us", "uk", "eu"}
NETWORKS = {
    "visa": "visa", "mastercard": "mastercard", "maestro": "mastercard", "amex": "amex",
    "discover": "discover", "diners": "discover", "pulse": "discover", "jcb": "jcb",
    "unionpay": "unionpay", "mir": "mir", "rupay": "rupay", "elo": "elo",
}  # fmt: skip
"""The card networks that have a pack, and its id."""
EXHIBITS = {
    "order_page", "tracking", "chat", "photo", "video", "label", "receipt", "statement",
    "return_proof", "refund_promise", "listing", "police_report",
}  # fmt: skip


def documents() -> Iterator[tuple[Path, Mapping[str, Any]]]:
    for path in sorted(locations.resources("packs").glob("*.toml")):
        if path.name != "facts.toml":
            yield path, tomllib.loads(path.read_text("utf-8"))


DOCUMENTS = dict(documents())
RULES = [
    pytest.param(path, rule, id=rule["id"])
    for path, document in DOCUMENTS.items()
    for rule in document["rule"]
]


def texts_of(value: object, key: str = "") -> Iterator[str]:
    """Every sentence of a pack's rule that people are shown."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name not in {"example", "facts"}:
                yield from texts_of(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from texts_of(inner, key)
    elif isinstance(value, str) and key in {"summary", "otherwise", "text", "note"}:
        yield value


def test_no_shipped_pack_is_refused(library: PackLibrary) -> None:
    assert [str(refused) for refused in library.refused] == []
    assert {pack.id for pack in library.packs} >= FIRST_SEVEN


def test_every_worked_example_passes(library: PackLibrary, calendars: HolidayCalendars) -> None:
    results = run_examples(library, calendars=calendars)
    assert [f"{r.rule}: {r.title}: {r.message}" for r in results if not r.passed] == []


def test_every_rule_has_a_source_with_a_checked_on_day(library: PackLibrary) -> None:
    for rule in library.rules:
        assert rule.sources, rule.id
        for source in rule.sources:
            assert dt.date(2026, 1, 1) <= source.checked_on, rule.id
            assert source.title, rule.id
            assert source.url, rule.id


def test_every_rule_has_a_summary_and_an_example(library: PackLibrary) -> None:
    shown = {example.rule for pack in library.packs for example in pack.examples}
    for rule in library.rules:
        assert rule.summary.endswith("."), rule.id
        assert rule.id in shown, rule.id


def test_no_rule_is_surer_than_its_surest_source(library: PackLibrary) -> None:
    order = [Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH]
    for rule in library.rules:
        best = max(order.index(source.confidence) for source in rule.sources)
        assert order.index(rule.confidence) <= best, rule.id


def test_a_filing_of_the_buyer_has_a_checklist_and_a_clock_of_others_has_none(
    library: PackLibrary,
) -> None:
    for rule in library.rules:
        if rule.actor is Actor.BUYER and rule.stage is Stage.FIRST_FILING:
            assert any(item.must for item in rule.checklist), rule.id
        if rule.actor is not Actor.BUYER:
            assert rule.checklist == (), rule.id
            assert rule.opens is None, rule.id
            assert rule.closes is not None, rule.id


def test_a_rule_without_a_last_day_says_so_in_its_summary(library: PackLibrary) -> None:
    for rule in library.rules:
        if rule.closes is None:
            assert "no last day" in rule.summary, rule.id


def test_a_card_network_leaves_the_bank_ten_business_days(library: PackLibrary) -> None:
    for rule in first_filings(library, *NETWORKS.values()):
        assert rule.margin is not None, rule.id
        assert (rule.margin.count, rule.margin.unit.value) == (10, "business_days"), rule.id
        assert rule.margin.calendar == "issuer", rule.id


def test_a_chargeback_tells_what_it_does_to_the_platform_and_the_wallet(
    library: PackLibrary,
) -> None:
    for rule in first_filings(library, *NETWORKS.values()):
        assert {effect.avenue for effect in rule.forfeits} == {"wallet_claim", "platform_dispute"}
        assert [effect.avenue for effect in rule.pauses] == ["platform_dispute"]


def first_filings(library: PackLibrary, *packs: str) -> list[Rule]:
    found = [
        rule
        for rule in library.rules
        if rule.pack in packs and rule.actor is Actor.BUYER and rule.stage is Stage.FIRST_FILING
    ]
    assert found
    return found


@pytest.mark.parametrize(("path", "rule"), RULES)
def test_a_rule_names_known_kinds_of_exhibits_only(path: Path, rule: Mapping[str, Any]) -> None:
    kinds = {item.get("exhibit", "") for item in rule.get("checklist", [])} - {""}
    if DOCUMENTS[path]["pack"]["id"] in FIRST_SEVEN:
        assert kinds <= EXHIBITS


@pytest.mark.parametrize(("path", "rule"), RULES)
def test_one_thing_ticks_a_line_of_a_checklist(path: Path, rule: Mapping[str, Any]) -> None:
    if DOCUMENTS[path]["pack"]["id"] in FIRST_SEVEN:
        for item in rule.get("checklist", []):
            assert not ("fact" in item and "exhibit" in item), item["text"]


@pytest.mark.parametrize(("path", "rule"), RULES)
def test_the_sentences_of_a_rule_are_whole(path: Path, rule: Mapping[str, Any]) -> None:
    for text in texts_of(rule):
        assert text == text.strip(), path.name
        assert text[0].isupper() or text[0].isdigit(), f"{path.name}: {text}"
        assert text.endswith((".", "?")), f"{path.name}: {text}"
        assert "  " not in text, f"{path.name}: {text}"
        assert not re.search(r"\{|\}", text), f"{path.name}: {text}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_source_of_a_pack_is_cited(path: Path) -> None:
    text = path.read_text("utf-8")
    cited = {key for found in re.findall(r"sources = \[([^\]]*)\]", text)
             for key in re.findall(r'"([^"]+)"', found)}  # fmt: skip
    assert set(DOCUMENTS[path]["source"]) == cited


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_pack_has_an_edition_and_a_changelog(path: Path) -> None:
    head = DOCUMENTS[path]["pack"]
    assert head["edition"]
    assert head["changelog"]
    assert head["checked_on"] >= dt.date(2026, 1, 1)


@pytest.mark.parametrize(("path", "rule"), RULES)
def test_an_answer_that_was_asked_for_is_never_computed(
    path: Path, rule: Mapping[str, Any]
) -> None:
    if rule["id"].rpartition(".")[2] == "response" and rule.get("actor", "buyer") == "buyer":
        assert rule["closes"] == {"from": "reply_asked_by"}, path.name


@pytest.mark.parametrize("problem", list(Problem))
@pytest.mark.parametrize("network", NETWORKS)
def test_a_card_network_has_a_first_filing_for_every_problem_but_a_change_of_mind(
    library: PackLibrary, calendars: HolidayCalendars, network: str, problem: Problem
) -> None:
    names = {"network": network, "processing_date": "2026-01-15", "problem": problem.value}
    facts = Facts({name: library.catalogue.parse(name, text) for name, text in names.items()})
    windows = assess(
        library.rules,
        facts,
        today=dt.date(2026, 2, 1),
        calendars=calendars,
        catalogue=library.catalogue,
    )
    filings = [
        window
        for window in windows
        if window.avenue is Avenue.CARD_CHARGEBACK and window.stage is Stage.FIRST_FILING
    ]
    assert bool(filings) is (problem is not Problem.CHANGED_MIND)


def test_a_day_that_may_lie_ahead_is_a_promise_or_a_limit(library: PackLibrary) -> None:
    """Their definitions say so: a last day, a promise, an end, or what somebody expects."""
    told = re.compile(r"last day|promised|expect|runs out|expires|end|is due|last moment|by which"
                      r"|second card statement|had to ship|last of")  # fmt: skip
    for definition in library.catalogue:
        if definition.ahead:
            assert told.search(definition.text), definition.name
