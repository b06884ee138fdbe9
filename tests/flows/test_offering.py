"""Which papers a case is offered: by window, by lapsed clock, by reply, by home."""

import dataclasses
import datetime as dt

import pytest

from disputedesk.cli.main import main
from disputedesk.desk.basis import read_case
from disputedesk.desk.paperwork import letter_context
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.papers import choices_of, other_choices
from disputedesk.model.reply import MerchantReply
from disputedesk.papers.form import FormGroup, FormSet, Moment, RecipientKind

replace = dataclasses.replace


@pytest.fixture
def shelf(sample):
    """Puts forms into the desk that are like a shipped one but for some values."""
    shipped = sample.forms

    def put(like, **others):
        made = tuple(replace(shipped.get(like), id=name, **new) for name, new in others.items())
        sample.__dict__["forms"] = FormSet((*shipped.forms, *made))

    return put


def offered(desk, number):
    return {choice.form: choice for choice in choices_of(desk, find_case(desk, number))}


def test_the_recommended_paper_stands_first_and_the_others_by_shelf(sample):
    choices = choices_of(sample, find_case(sample, "1001"))
    assert choices[0].recommended
    assert choices[0].form == "aliexpress_dispute"
    assert [choice.recommended for choice in choices[1:]] == [False] * (len(choices) - 1)
    shelves = [tuple(FormGroup).index(choice.group) for choice in choices[1:]]
    assert shelves == sorted(shelves)


def test_a_form_is_offered_only_to_those_who_live_where_it_serves(sample, shelf):
    shelf("bank_chargeback", only_gb={"countries": ("GB",)}, only_de={"countries": ("DE",)})
    found = offered(sample, "1001")
    assert "only_de" in found
    assert "only_gb" not in found


def test_a_form_for_another_stage_waits_for_its_window(sample, shelf):
    shelf("bank_chargeback", later={"stages": ("pre_arbitration",)},
          answering={"stages": ("response",)})  # fmt: skip
    assert "later" not in offered(sample, "1001")
    assert "answering" in offered(sample, "1003")
    assert "bank_chargeback" not in offered(sample, "1003")


def test_a_reminder_is_offered_once_their_clock_ran_out_and_tells_that_day(sample, shelf):
    shelf("bank_chargeback",
          remind={"moment": Moment.LAPSED, "avenues": ("wallet_claim",), "rules": (),
                  "recipient": RecipientKind.PLATFORM},
          to_bank={"moment": Moment.LAPSED, "avenues": ("wallet_claim",), "rules": ()})  # fmt: skip
    case = find_case(sample, "1004")
    detail = case_detail(sample, case)
    lapsed = next(c.window for c in detail.plan.chasers if c.window.avenue == "wallet_claim")
    found = offered(sample, "1004")
    assert "remind" in found
    assert "to_bank" not in found
    assert "remind" not in offered(sample, "1001")
    with sample.store.snapshot() as rows:
        basis = read_case(rows, case)
    context = letter_context(sample, basis, sample.forms.get("remind"), language="en")
    assert context.window.rule == lapsed.rule
    assert context.window.closes == lapsed.closes < sample.today


def test_an_answer_is_offered_while_a_reply_waits_for_it(sample, shelf):
    shelf("bank_chargeback", rebut={"moment": Moment.REPLY})
    case = find_case(sample, "1001")
    assert "rebut" not in offered(sample, "1001")
    with sample.transaction("test") as change:
        reply = change.rows.merchant_replies.add(MerchantReply(0, case, dt.date(2026, 11, 20)))
    assert "rebut" in offered(sample, "1001")
    with sample.transaction("test") as change:
        change.rows.merchant_replies.update(replace(reply, answered_on=dt.date(2026, 11, 22)))
    assert "rebut" not in offered(sample, "1001")


def test_a_form_for_any_moment_needs_only_its_problem(sample, shelf):
    shelf("bank_chargeback", always={"moment": Moment.ANY, "avenues": ("court",), "rules": ()})
    assert "always" in offered(sample, "1001")
    shipped = sample.forms.get("always")
    reasons = tuple(r for r in shipped.reasons if r.id == "cash")
    shelf("bank_chargeback", always={"moment": Moment.ANY, "reasons": reasons})
    assert "always" not in offered(sample, "1001")


def test_what_nothing_calls_for_can_still_be_chosen(sample, shelf):
    shelf("bank_chargeback", later={"stages": ("pre_arbitration",)}, gb={"countries": ("GB",)})
    case = find_case(sample, "1001")
    others = {choice.form for choice in other_choices(sample, case)}
    assert "later" in others
    assert "gb" not in others
    assert not others & set(offered(sample, "1001"))


def test_the_button_of_a_case_makes_the_paper_that_is_recommended(sample):
    for number in ("1001", "1007", "1005", "1008"):
        detail = case_detail(sample, find_case(sample, number))
        first = detail.papers[0]
        assert first.recommended
        assert detail.step.form in {"", first.form}


def test_the_command_lists_forms_and_what_a_case_is_offered(sample, capsys):
    sample.close()
    folder = ["--desk", str(sample.folder), "--today", "2026-11-23"]
    assert main([*folder, "letter", "forms"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("To the bank\n")
    assert "bank_chargeback" in told
    assert main([*folder, "letter", "copy", "uk_section75", "my_claim"]) == 0
    capsys.readouterr()
    assert main([*folder, "letter", "forms"]) == 0
    assert "  my_claim " in capsys.readouterr().out
    assert main([*folder, "letter", "forms", "1001"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("Recommended now: AliExpress dispute text")
    assert "eu_withdrawal" in told
    assert "uk_section75" not in told
