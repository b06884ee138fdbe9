"""Cases drawn from the sources, none of them in the packs, put to the command as a user would.

Each file of `cases/` belongs to one pack. A case holds facts and what a reader of the source counts
by hand: `status`, `opens`, `closes`, `file_by`, `arguable_until`, words of the `reason`, facts that
are `missing`. The status `none` means that the rule says nothing at all.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from disputedesk.cli.main import main
from disputedesk.common import locations

FOLDER = Path(__file__).parent / "cases"
FILES = sorted(FOLDER.glob("*.toml"))
DATES = ("opens", "closes", "file_by", "arguable_until")
KEYS = {*DATES, "status", "reason", "missing"}
SILENT = "none"

Document = Mapping[str, Any]
Answer = Callable[[Document], dict[str, Document]]

CASES = [
    pytest.param(path.stem, case, id=f"{case['rule']}: {case['title']}")
    for path in FILES
    for case in tomllib.loads(path.read_text("utf-8"))["case"]
]
OLDER = {"aliexpress", "visa", "mastercard", "paypal", "us", "uk", "eu"}
"""Packs whose rules are counted by hand in `test_hand_counted_windows`."""


@pytest.fixture
def answer(tmp_path: Path) -> Answer:
    """What `windows --facts` says of a case, by rule."""

    def ask(case: Document) -> dict[str, Document]:
        path = tmp_path / "facts.json"
        facts = {"today": case["today"], **case["facts"]}
        path.write_text(json.dumps(facts, default=_iso), "utf-8")
        said = io.StringIO()
        with contextlib.redirect_stdout(said):
            assert not main(["--json", "--language", "en", "windows", "--facts", str(path)])
        return {window["rule"]: window for window in json.loads(said.getvalue())["windows"]}

    return ask


def _iso(value: object) -> str:
    assert isinstance(value, dt.date | dt.datetime)
    return value.isoformat()


@pytest.mark.parametrize(("pack", "case"), CASES)
def test_the_command_gives_what_the_source_says(pack: str, case: Document, answer: Answer) -> None:
    expected = case["expect"]
    assert expected
    assert set(expected) <= KEYS, pack
    window = answer(case).get(case["rule"])
    if expected.get("status") == SILENT:
        assert window is None
        return
    assert window is not None
    for key in ("status", *DATES):
        if key in expected:
            wanted = expected[key]
            assert window[key] == (wanted if isinstance(wanted, str) else wanted.isoformat()), key
    assert expected.get("reason", "") in window["reason"]
    assert set(expected.get("missing", ())) <= set(window["missing"])


def shipped_rules() -> dict[str, Document]:
    return {
        rule["id"]: rule
        for path in locations.resources("packs").glob("*.toml")
        for rule in tomllib.loads(path.read_text("utf-8")).get("rule", ())
    }


def test_a_case_is_about_a_rule_of_its_pack_and_is_no_copy_of_an_example() -> None:
    rules = shipped_rules()
    for path in FILES:
        for case in tomllib.loads(path.read_text("utf-8"))["case"]:
            assert case["rule"].split(".")[0] == path.stem
            shown = [example["facts"] for example in rules[case["rule"]]["example"]]
            assert case["facts"] not in shown, case["title"]


def test_every_rule_is_met_by_cases() -> None:
    met = {case.values[1]["rule"] for case in CASES}
    unmet = {rule for rule in shipped_rules() if rule.split(".")[0] not in OLDER} - met
    assert unmet == set()
