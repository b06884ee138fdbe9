"""What forms serve exists: each rule is in the packs, at an avenue and stage of the form."""

import pytest

from disputedesk.packs.files import pack_folders
from disputedesk.packs.library import load_library
from disputedesk.papers.form import Moment, under
from disputedesk.papers.form_files import load_forms

MADE_BY_USERS = ("issuer.", "user.")
"""Packs of a desk's own folder: what a bank said, what a user wrote."""

FORMS = load_forms().forms


@pytest.fixture(scope="module")
def rules():
    return tuple(load_library(pack_folders(None)).rules)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_rule_a_form_names_is_in_the_packs(form, rules):
    named = [name for name in form.rules if name not in MADE_BY_USERS]
    lost = [name for name in named if not any(under(str(rule.id), name) for rule in rules)]
    assert lost == []


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_rule_a_form_names_is_at_an_avenue_and_stage_of_the_form(form, rules):
    for name in form.rules:
        found = [rule for rule in rules if under(str(rule.id), name)]
        places = {(str(rule.avenue), str(rule.stage)) for rule in found}
        mine = {(avenue, stage) for avenue in form.avenues for stage in form.stages}
        assert not found or mine & places, name


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_every_avenue_and_stage_of_a_form_is_that_of_a_rule_it_serves(form, rules):
    served = [rule for rule in rules if form.serves(str(rule.avenue), str(rule.id))]
    assert {str(rule.avenue) for rule in served} == set(form.avenues)
    assert {str(rule.stage) for rule in served} >= set(form.stages)


@pytest.mark.parametrize(
    "form", [f for f in FORMS if f.moment is Moment.WINDOW and f.rules], ids=lambda form: form.id
)
def test_a_form_offered_in_a_window_serves_the_buyers_windows(form, rules):
    clocks = [
        rule
        for rule in rules
        if form.serves(str(rule.avenue), str(rule.id)) and str(rule.stage) in form.stages
    ]
    assert any(str(rule.actor) == "buyer" for rule in clocks)


def test_a_rule_name_stands_for_itself_and_what_is_below_it_only():
    assert under("uk.section75", "uk.section75")
    assert under("uk.section75.pay_later", "uk.section75")
    assert not under("uk.section75a", "uk.section75")
    assert under("visa.13.1", "visa.")
    assert not under("visa_europe.1", "visa.")


def test_what_opens_a_way_stands_before_reminders_and_complaints(forms):
    for avenue in ("bank_claim", "card_chargeback", "statutory"):
        moments = [form.moment is Moment.WINDOW for form in forms.serving(avenue)]
        assert moments == sorted(moments, reverse=True)
        assert moments[0]
