"""Helping for others: who may sign, under which head, and one letter for many cases."""

import dataclasses
import datetime as dt
import json

import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import Refused
from disputedesk.desk.operations.agency import revoke_mandate, set_letterhead, set_mandate
from disputedesk.desk.operations.batches import make_batch, mark_looked_at
from disputedesk.desk.operations.papers import compose_letter_of
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.agency import letterheads, mandates
from disputedesk.desk.queries.batches import batch_lines, cases_of_seller, plan_batch
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.case import CaseStage

SIGNED = dt.date(2026, 10, 1)


def open_cases(desk):
    with desk.store.snapshot() as rows:
        return [case for case in rows.cases.list() if case.stage is not CaseStage.CLOSED]


def client_of_another(desk):
    """A case whose client is not the owner of the desk."""
    for case in open_cases(desk):
        with desk.store.snapshot() as rows:
            client = rows.clients.get(case.client)
        if not client.is_self:
            return case, client
    raise AssertionError("the sample desk has only its owner")


@pytest.mark.parametrize(
    ("mandate", "held"),
    [
        (Mandate(1, 1, "A"), False),
        (Mandate(1, 1, "A", signed_on=SIGNED), True),
        (Mandate(1, 1, "A", signed_on=SIGNED + dt.timedelta(60)), False),
        (Mandate(1, 1, "A", signed_on=SIGNED, ends_on=SIGNED + dt.timedelta(30)), True),
        (Mandate(1, 1, "A", signed_on=SIGNED, ends_on=SIGNED + dt.timedelta(29)), False),
        (Mandate(1, 1, "A", signed_on=SIGNED, revoked_on=SIGNED + dt.timedelta(30)), False),
        (Mandate(1, 1, "A", signed_on=SIGNED, revoked_on=SIGNED + dt.timedelta(31)), True),
    ],
)
def test_a_mandate_holds_from_its_signing_to_its_last_day(mandate, held):
    assert mandate.holds_on(SIGNED + dt.timedelta(30)) is held


def test_a_helper_signs_only_while_the_mandate_is_in_force(sample):
    case, client = client_of_another(sample)
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert letter.signer == client.name
    number = set_mandate(sample, Mandate(0, client.id, "Helper One", signed_on=SIGNED)).value
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert "Helper One" in letter.signer
    assert client.name in letter.signer
    revoke_mandate(sample, number, on=sample.today)
    _, letter = compose_letter_of(sample, case.id, form="bank_chargeback", language="en")
    assert letter.signer == client.name
    undo(sample)
    assert mandates(sample, client.id)[0].revoked_on is None
    undo(sample)
    assert mandates(sample, client.id) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"agent": " "}, "names who acts"),
        ({"signed_on": dt.date(2099, 1, 1)}, "has not come yet"),
        ({"ends_on": SIGNED - dt.timedelta(1)}, "end before it was signed"),
    ],
)
def test_a_mandate_that_cannot_be_is_refused(sample, change, said):
    _, client = client_of_another(sample)
    mandate = dataclasses.replace(Mandate(0, client.id, "Helper", signed_on=SIGNED), **change)
    with pytest.raises(Refused, match=said):
        set_mandate(sample, mandate)
    assert mandates(sample, client.id) == ()


def test_one_letterhead_is_the_standard_and_undo_brings_back_the_former(sample):
    set_letterhead(sample, Letterhead(0, "Office", "Helper One", standard=True))
    set_letterhead(sample, Letterhead(0, "Home", "Helper Two", standard=True))
    assert [(h.name, h.standard) for h in letterheads(sample)] == [
        ("Home", True),
        ("Office", False),
    ]
    undo(sample)
    assert [(h.name, h.standard) for h in letterheads(sample)] == [("Office", True)]


def test_a_batch_makes_what_can_be_made_and_says_why_for_the_rest(sample):
    cases = [case.id for case in open_cases(sample)]
    plan = {line.case: line for line in plan_batch(sample, cases, form="bank_chargeback")}
    batch = make_batch(sample, cases, form="bank_chargeback").value
    lines = batch_lines(sample, batch)
    assert [made.line.case for made in lines] == cases
    assert {made.line.case: made.document is not None for made in lines} == {
        case: line.ready for case, line in plan.items()
    }
    assert all(made.document or made.line.why for made in lines)
    one = next(made for made in lines if made.document)
    mark_looked_at(sample, one.line.id)
    seen = {made.line.id: made.line.checked_on for made in batch_lines(sample, batch)}
    assert seen[one.line.id] == sample.today
    assert sum(day is not None for day in seen.values()) == 1


def test_each_paper_of_a_batch_holds_only_its_own_case(sample):
    cases = [case.id for case in open_cases(sample)]
    numbers = {case.id: str(case.number) for case in open_cases(sample)}
    batch = make_batch(sample, cases, form="bank_chargeback", language="en").value
    for made in batch_lines(sample, batch):
        if made.document is not None:
            assert numbers[made.line.case] in made.document.name
            _, letter = compose_letter_of(
                sample, made.line.case, form="bank_chargeback", language="en"
            )
            text = " ".join(text for _, text in letter.texts())
            others = set(numbers.values()) - {numbers[made.line.case]}
            assert not [number for number in others if f"Case {number}" in text]


def test_the_cases_of_one_seller_are_found_by_its_name(sample):
    case = open_cases(sample)[0]
    with sample.store.snapshot() as rows:
        seller = rows.orders.get(case.order).seller
    assert case.id in cases_of_seller(sample, seller.name.upper())


def test_the_commands_say_what_was_made(sample_folder, capsys, tmp_path):
    desk = ["--desk", str(sample_folder), "--today", "2026-03-12", "--json"]
    code = main([*desk, "batch", "make", "--form", "bank_chargeback", "1001", "-o",
                 str(tmp_path / "out")])  # fmt: skip
    answer = json.loads(capsys.readouterr().out)
    assert code == (0 if answer["files"] else 1)
    assert len(list((tmp_path / "out").glob("*.pdf"))) == len(answer["files"])
    assert main([*desk, "client", "letterhead", "Office", "--agent", "Helper", "--standard"]) == 0
    capsys.readouterr()
    assert main([*desk, "client", "letterhead"]) == 0
    assert json.loads(capsys.readouterr().out)["letterheads"][0]["agent"] == "Helper"
