"""The figures of every pack against tables typed from the collected facts, one file a pack.

`120d processing_date` is 120 days from that fact; `cap` and `floor` mark limits of the result. A
row is written from the facts, not from the pack: whoever changes a figure changes it twice. `row`
says where in the facts it stands; where those lie beside the checkout, it is looked up there.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from disputedesk.common import locations

FOLDER = Path(__file__).parent / "figures"
FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
UNITS = {"days": "d", "business_days": "bd", "weeks": "w", "months": "m", "years": "y"}
SIDES = ("opens", "closes", "arguable")

Document = Mapping[str, Any]

RULES: dict[str, Document] = {
    rule["id"]: rule
    for path in sorted(locations.resources("packs").glob("*.toml"))
    for rule in tomllib.loads(path.read_text("utf-8")).get("rule", ())
}
FIGURES: list[Document] = [
    figure
    for path in sorted(FOLDER.glob("*.toml"))
    for figure in tomllib.loads(path.read_text("utf-8")).get("figure", ())
]
EVERY_FIGURE = [pytest.param(figure, id=f"{figure['rule']} {figure['part']}") for figure in FIGURES]


def figures_of(node: Document, mark: str = "") -> Iterator[str]:
    """Every length of time in an expression, as the table writes it."""
    anchor = node.get("from") or node.get("at")
    if isinstance(node.get("after"), dict):
        anchor = f"after {next(figures_of(node['after']))}"
    if anchor:
        length = next((f"{node[unit]}{sign}" for unit, sign in UNITS.items() if unit in node), "0d")
        if node.get("passed"):
            length = "1d"
        rolled = " rolled" if "roll" in node else ""
        yield f"{mark}{length} {anchor}{rolled}"
    for key in ("latest_of", "earliest_of", "first_known_of"):
        for part in node.get(key, []):
            yield from figures_of(part, mark)
    for case in node.get("cases", []):
        yield from figures_of(case["then"], mark)
    for cap in node.get("not_after", []):
        yield from figures_of(cap, "cap ")
    for floor in node.get("not_before", []):
        yield from figures_of(floor, "floor ")


@pytest.mark.parametrize("figure", EVERY_FIGURE)
def test_a_figure_is_that_of_the_facts(figure: Document) -> None:
    rule = RULES[figure["rule"]]
    assert set(figures_of(rule[figure["part"]])) == set(figure["value"].split("; "))
    cited = {*rule["sources"], *rule.get("arguable", {}).get("sources", ())}
    assert figure["source"] in cited


def test_every_window_of_the_packs_stands_in_the_tables_once() -> None:
    sides = [(rule_id, side) for rule_id, rule in RULES.items() for side in SIDES if side in rule]
    told = [(figure["rule"], figure["part"]) for figure in FIGURES]
    assert len(told) == len(set(told))
    assert set(sides) == set(told)


# -- the facts themselves --------------------------------------------------------------------------

ROW = re.compile(r"(card-networks|marketplaces|law-and-letters) (\d(?:\.\d)?)(?: and (\d\.\d))?\b")
LENGTH = re.compile(r"(?:cap |floor )?(?:\d*[a-z]* ?after )?(\d+)(d|bd|w|m|y)")
IN_WORDS = {
    "1": "one|day after|next|following|passed|before|same|over|at once|T\\+|announced",
    "2": "two|second", "3": "three|third", "6": "six|half", "8": "eight|8th", "12": "twelve",
}  # fmt: skip
"""How the facts write small numbers besides digits."""


def section(document: str, number: str) -> str:
    """The text of one numbered section, those below it included."""
    text = (FACTS / f"{document}.md").read_text("utf-8")
    level = "##" + "#" * number.count(".")
    begin = re.search(rf"^{level} {re.escape(number)}\.? ", text, flags=re.MULTILINE)
    assert begin, f"{document} has no section {number}"
    rest = text[begin.end() :]
    end = re.search(rf"^##{{1,{len(level) - 1}}} ", rest, flags=re.MULTILINE)
    return rest[: end.start()] if end else rest


@pytest.mark.parametrize("figure", EVERY_FIGURE)
def test_a_figure_names_its_row_of_the_facts(figure: Document) -> None:
    assert ROW.match(figure["row"])


@pytest.mark.skipif(not FACTS.is_dir(), reason="the collected facts lie beside some checkouts only")
@pytest.mark.parametrize("figure", EVERY_FIGURE)
def test_the_numbers_of_a_figure_stand_in_that_section_of_the_facts(figure: Document) -> None:
    text = " ".join(
        section(document, number)
        for document, *numbers in ROW.findall(figure["row"])
        for number in numbers
        if number
    )
    for number, unit in LENGTH.findall(figure["value"]):
        if number == "0":
            continue
        forms = [rf"(?<![\d.]){number}(?![\d])", IN_WORDS.get(number, "")]
        forms.append(rf"under {int(number) + 1}\b")
        forms += [rf"\b{int(number) * 24}\b" if unit == "d" else "", rf"\b{number}(th|st|nd|rd)\b"]
        pattern = "|".join(form for form in forms if form)
        assert re.search(pattern, text), f"{number}{unit} in {figure['row']}"


# -- what summaries tell ---------------------------------------------------------------------------

TOLD = re.compile(
    r"(\d+) (?:more )?((?:business |working |banking )?)(days|weeks|months|years|hours)"
)
SUMMARY_ONLY = {
    "aliexpress.extension": {"2d"},  # advice: with less than 48 hours left, open the dispute
    "eu.withdrawal.before_delivery": {"14d"},  # begins with the delivery that has not come yet
}


def told_in(summary: str) -> set[str]:
    """The lengths of time that a sentence names, as the table writes them; 48 hours are 2 days."""
    found = set()
    for number, working, unit in TOLD.findall(summary):
        if unit == "hours":
            found.add(f"{int(number) // 24}d")
        else:
            found.add(f"{number}{'b' if working else ''}{UNITS[unit]}")
    return found


@pytest.mark.parametrize("rule_id", RULES)
def test_a_figure_in_a_summary_is_one_that_the_rule_counts_with(rule_id: str) -> None:
    rule = RULES[rule_id]
    counted = {
        part
        for side in SIDES
        for figure in figures_of(rule.get(side, {}))
        for part in re.findall(r"\b\d+(?:d|bd|w|m|y)\b", figure)
    }
    margin = rule.get("margin", {})
    counted |= {f"{margin[unit]}{sign}" for unit, sign in UNITS.items() if unit in margin}
    assert told_in(rule["summary"]) - SUMMARY_ONLY.get(rule_id, set()) <= counted
