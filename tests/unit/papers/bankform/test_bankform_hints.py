"""Forms are understood by their words in seven languages; these are suggestions, not decisions."""

import tomllib

import pytest

from disputedesk.common import locations
from disputedesk.common.errors import Refused
from disputedesk.model.problem import Problem
from disputedesk.papers.bankform.hints import language_of, suggested, why_never
from disputedesk.papers.bankform.places import FormField, PlaceKind
from disputedesk.papers.bankform.sources import checked_source
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.vocabulary import field_names


def a_field(label="", name="f1", kind=PlaceKind.TEXT, **more):
    return FormField(name, kind, 1, (0, 0, 500, 50), label, **more)


def hints():
    path = locations.resources("bankforms", "hints.toml")
    return tomllib.loads(path.read_text("utf-8"))


def test_every_hint_names_a_value_there_is_and_a_problem_there_is():
    data = hints()
    sources = {*data["field"], *(entry["source"] for entry in data["tick"])}
    assert sources <= field_names()
    told = {w for e in data["tick"] if e["source"] == "problem" for w in e["when"].split("|")}
    assert told <= {str(problem) for problem in Problem}
    for languages in data["field"].values():
        assert set(languages) <= set(LETTER_LANGUAGES)


@pytest.mark.parametrize(
    ("label", "source"),
    [("Cardholder name", "sender_name"), ("Karteninhaber", "sender_name"),
     ("Posiadacz karty", "sender_name"), ("Дата операции", "transaction_date"),
     ("Montant contesté", "amount_disputed"), ("Nombre del comercio", "merchant"),
     ("Letzte 4 Ziffern der Kartennummer", "card_last4"), ("Unterschrift", "hand"),
     ("Card number", "hand"), ("Something else", "")],
)  # fmt: skip
def test_a_label_suggests_what_fills_the_place(label, source):
    assert suggested(a_field(label)).source == source


@pytest.mark.parametrize(
    ("name", "source"),
    [("txtCardholderName", "sender_name"), ("transaction_date", "transaction_date"),
     ("cardNo", "hand")],
)  # fmt: skip
def test_a_field_s_name_speaks_where_no_label_does(name, source):
    assert suggested(a_field(name=name)).source == source


@pytest.mark.parametrize(
    ("label", "when"),
    [("Goods or services not received", "not_received"), ("Ware nicht erhalten", "not_received"),
     ("Товар не получен", "not_received"), ("Charged twice", "duplicate_charge"),
     ("Towar niezgodny z opisem", "not_as_described")],
)  # fmt: skip
def test_a_box_suggests_the_problem_that_ticks_it(label, when):
    hint = suggested(a_field(label, kind=PlaceKind.TICK, on_state="Yes"))
    assert hint.source == "problem"
    assert when in hint.when.split("|")


@pytest.mark.parametrize("label", ["Last four digits of card number", "Последние 4 цифры карты"])
def test_the_last_four_digits_may_be_printed(label):
    assert why_never(a_field(label)) == ""


@pytest.mark.parametrize("label", ["Shipping address", "Reason for cancellation", "Spinning wheel"])
def test_an_innocent_place_is_not_taken_for_a_secret_one(label):
    assert why_never(a_field(label)) == ""


def test_the_language_of_a_form_is_told_by_its_words():
    german = ["Karteninhaber", "Transaktionsdatum", "Reklamationsbetrag", "Unterschrift"]
    assert language_of(german, "en") == "de"
    assert language_of(["x"], "ru") == "ru"


@pytest.mark.parametrize(
    ("field", "source"),
    [(a_field("Card number"), "sender_name"), (a_field("CVC"), "=123"),
     (a_field("x"), "=4111 1111 1111 1111"), (a_field("x"), "no_such_value"),
     (a_field("x", secret=True), "sender_name"), (a_field("x", read_only=True), "sender_name"),
     (a_field("x", kind=PlaceKind.SIGNATURE), "sender_name")],
)  # fmt: skip
def test_a_place_does_not_take_what_it_may_not_hold(field, source):
    with pytest.raises(Refused) as caught:
        checked_source(field, source)
    assert caught.value.what.endswith(".")
    assert "4111" not in str(caught.value)
