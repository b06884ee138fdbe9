"""The schema, the page and the reader say the same about what a pack may hold."""

import datetime as dt
import json
import re
import tomllib
from pathlib import Path

import pytest

from disputedesk.common import locations
from disputedesk.packs.examples import run_examples
from disputedesk.packs.library import load_library
from disputedesk.packs.tables import Table

SCHEMA = json.loads(locations.resources("packs", "pack.schema.json").read_text("utf-8"))
PAGE = locations.resources("packs", "HOW_TO_WRITE_A_PACK.md").read_text("utf-8")
MALFORMED = sorted((Path(__file__).parent / "malformed").glob("*.toml"))
SHIPPED = [
    path for path in locations.resources("packs").glob("*.toml") if path.name != "facts.toml"
]
(EXAMPLE,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)

UNSEEN = {
    "anchor_is_no_day", "case_after_the_last", "condition_before_nonsense",
    "condition_on_float_money", "condition_on_unknown_choice", "condition_orders_a_choice",
    "conditions_nested_too_deep", "date_in_quotes", "example_misses_unknown_fact",
    "example_with_unknown_fact", "fact_defined_twice", "fact_instant_without_at", "idle_calendar",
    "looser_than_nothing", "moment_of_a_date", "nested_too_deep", "no_example",
    "override_by_a_scheme", "rule_id_of_another_pack", "suspension_is_no_number",
    "fact_stands_in_for_itself", "facts_stand_in_for_each_other", "two_rules_of_one_id",
    "unknown_fact", "unknown_source", "validity_backwards", "waiver_on_a_close", "wrong_zone",
    "override_of_itself", "override_of_a_missing_rule",
}  # fmt: skip
"""What no schema can see: what facts mean, what other rules there are, how deep a tree goes."""

EVERYTHING = """
[pack]
id = "all"
title = "Everything"
edition = "1"
layer = "user"
checked_on = 2026-01-01
changelog = ["x"]
concerns = { any = [ { fact = "network", is = "visa" }, { not = { fact = "amount", known = true } } ] }
[fact.seen_on]
subject = "order"
kind = "date"
text = "x"
phrase = "x"
question = "x"
choices = []
earlier = ["ordered_on"]
later = []
[source.one]
title = "x"
[common]
margin = { business_days = 2, calendar = "DE", month_end = "clamp", first_day = "excluded", passed = false }
effective_when = "filed"
confidence = "low"
applies = [ { when = { all = [ { fact = "amount", above = "1 EUR" } ] }, otherwise = "x" } ]
forfeits = [ { avenue = "court", text = "x", fact = "filed_on", when = { fact = "filed_on", known = true } } ]
consumes = [ { text = "x" } ]
requires = [ { text = "x" } ]
pauses = [ { text = "x" } ]
checklist = [ { text = "x", must = true, fact = "filed_on", exhibit = "x" } ]
[[rule]]
id = "all.one"
title = "x"
avenue = "court"
summary = "x"
sources = ["one"]
common = true
valid = { by = "ordered_on", from = 2020-01-01, until = 2030-01-01 }
margin = { days = 1 }
opens = { first_known_of = [ { from = "ordered_on", weeks = 1, waived_when = [ { when = { fact = "filed_on", known = true }, because = "x" } ] }, { at = "protection_ends_at", days = 1, plus = ["extended_by_days"], zone = "own" } ] }
closes = { cases = [ { when = { fact = "ordered_on", before = 2026-01-01 }, then = { latest_of = [ { from = "ordered_on", months = 1 }, { from = "ordered_on", years = 1 } ] } }, { then = { earliest_of = [ { on = 2026-01-01 }, { after = { from = "ordered_on", days = 1 }, business_days = 2, calendar = "DE" } ] } } ] }
example = [ { title = "x", today = 2026-01-01, facts = {}, expect = { status = "none" } } ]
"""  # noqa: E501 - a pack as it is written


def definition_of(path):
    """The part of the schema that describes the table at `path` of a pack, and its name."""
    name, schema = "the pack", SCHEMA
    for step in re.findall(r"\[\d+\]|[^.\[\]]+", path):
        if step.startswith("["):
            schema = schema["items"]
        elif step in schema.get("properties", {}):
            schema = schema["properties"][step]
        else:
            schema = schema["additionalProperties"]
        name = path
        while "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = SCHEMA["$defs"][name]
    return name, schema


@pytest.fixture
def asked(monkeypatch):
    """Every key that the reader asks any table for, by the definition of the table."""
    found = {}

    def note(table, *keys):
        if not any(part in table.path for part in (".facts",)):
            name, schema = definition_of(table.path)
            found.setdefault(name, (schema, set()))[1].update(keys)

    raw, finish = Table.raw, Table.finish
    monkeypatch.setattr(Table, "raw", lambda table, key: (note(table, key), raw(table, key))[1])
    monkeypatch.setattr(
        Table, "finish", lambda table, *others: (note(table, *others), finish(table, *others))[1]
    )
    return found


def test_every_key_the_reader_knows_stands_in_the_schema_and_no_other(asked, tmp_path):
    shipped = {path.name: path.read_bytes() for path in SHIPPED}
    folder = tmp_path / "packs"
    folder.mkdir()
    for name, data in {**shipped, "all.toml": EVERYTHING.encode()}.items():
        (folder / name).write_bytes(data)
    library = load_library([folder], cache=tmp_path / "cache")
    assert [str(each) for each in library.refused] == []
    checked = 0
    for name, (schema, keys) in asked.items():
        if "properties" in schema:
            assert keys == set(schema["properties"]), name
            checked += 1
    assert checked >= len(SCHEMA["$defs"])


def plain(value):
    """A TOML tree as JSON has it: days are texts."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, dt.date) else value


@pytest.fixture(scope="module")
def faults():
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    validator = jsonschema.Draft202012Validator(SCHEMA)
    return lambda text: [
        f"{list(error.path)}: {error.message}"
        for error in validator.iter_errors(plain(tomllib.loads(text)))
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_every_shipped_pack_agrees_with_the_schema(path, faults):
    assert faults(path.read_text("utf-8")) == []


def test_the_page_s_example_and_a_pack_of_everything_agree_with_the_schema(faults):
    assert faults(EXAMPLE) == []
    assert faults(EVERYTHING) == []


@pytest.mark.parametrize("path", MALFORMED, ids=lambda path: path.stem)
def test_the_schema_sees_what_a_schema_can_see(path, faults):
    try:
        found = faults(path.read_text("utf-8"))
    except tomllib.TOMLDecodeError:
        return
    assert bool(found) is (path.stem not in UNSEEN), found[:3]


def test_the_page_s_example_is_a_pack_whose_examples_hold(tmp_path):
    (tmp_path / "corner_shop.toml").write_text(EXAMPLE, encoding="utf-8")
    library = load_library([locations.resources("packs"), tmp_path], cache=tmp_path / "cache")
    assert [str(each) for each in library.refused] == []
    results = run_examples(library, "corner_shop")
    assert len(results) == 2
    assert [result.message for result in results if not result.passed] == []


def test_the_page_names_only_keys_that_there_are():
    keys = {key for each in SCHEMA["$defs"].values() for key in each.get("properties", {})}
    keys |= set(SCHEMA["properties"]) | set(SCHEMA["properties"]["pack"]["properties"])
    for name in re.findall(r"^\| `(\w+)", PAGE, re.MULTILINE):
        assert name in keys
    for name in ("first_day", "month_end", "year_end", "roll", "plus", "zone", "not_after"):
        assert f"`{name}" in PAGE
        assert name in keys
