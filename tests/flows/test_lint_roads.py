"""A letter is looked over before it is made: by the command, by the operation, on the way out."""

import json

import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import Refused
from disputedesk.desk.operations.cases import file_step, set_case
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.linting import findings_of
from disputedesk.model.ids import RuleId

FORM = "eu_withdrawal"


@pytest.fixture
def case(sample):
    return find_case(sample, "1005")


def rules(desk, case):
    return {f.rule for f in findings_of(desk, case, form=FORM, language="en")}


def angry(desk, case):
    with desk.store.snapshot() as rows:
        ordered = rows.orders.get(rows.cases.get(case).order).ordered_on
    wrong = ordered.replace(day=ordered.day % 28 + 1)
    set_case(desk, case, narrative=f"I ordered it on {wrong.isoformat()}. Outrageous.")


def test_what_the_writer_says_is_held_against_what_is_known(sample, case):
    assert "day_contradicts" not in rules(sample, case)
    angry(sample, case)
    assert {"day_contradicts", "heated"} <= rules(sample, case)


def test_a_letter_that_something_stops_is_not_made_unless_that_is_overridden(sample, case):
    angry(sample, case)
    with pytest.raises(Refused, match="not made yet"):
        make_letter(sample, case, form=FORM, language="en")
    with sample.store.snapshot() as rows:
        assert rows.documents.list(case) == ()
    made = make_letter(sample, case, form=FORM, language="en", anyway=("day_contradicts",))
    assert made.value.pages == 1


def test_a_step_that_was_sent_is_told(sample, case):
    document = make_letter(sample, case, form=FORM, language="en").value
    assert "sent_before" not in rules(sample, case)
    rule = RuleId("eu.withdrawal")
    file_step(sample, case, rule=rule, on=sample.today, document_id=document.id)
    assert "sent_before" in rules(sample, case)


def test_the_command_checks_with_an_exit_code_and_as_json(sample, case, capsys):
    angry(sample, case)
    sample.close()
    base = ["--desk", str(sample.folder), "--today", "2026-11-23"]
    ask = ["letter", "1005", "--form", FORM, "--check"]
    assert main([*base, *ask]) == 1
    told = capsys.readouterr().out
    assert told.startswith("stops  day_contradicts: In your own words\n")
    assert main([*base, *ask, "--anyway", "day_contradicts"]) == 0
    assert "Nothing stops this letter." in capsys.readouterr().out
    assert main([*base, "--json", *ask]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["stops"] == ["day_contradicts"]
    assert {"rule", "weight", "place", "sentence", "remedy", "final"} <= set(said["findings"][0])
