"""Whom a case writes to: asked once per kind of recipient, kept, and taken back."""

from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.papers import letter_gaps


def addressees(desk, case_id):
    with desk.store.snapshot() as rows:
        return {each.kind: each for each in rows.addressees.of_case(case_id)}


def test_the_address_of_a_seller_is_kept_for_the_case_and_taken_back(sample):
    case = find_case(sample, "1001")
    answer_question(sample, case, "seller:recipient_address", "1 Shop Street\nTown")
    answer_question(sample, case, "seller:recipient_email", "shop@example.org")
    kept = addressees(sample, case)["seller"]
    assert (kept.address, kept.email) == ("1 Shop Street\nTown", "shop@example.org")
    undo(sample)
    assert addressees(sample, case)["seller"].email == ""
    undo(sample)
    assert addressees(sample, case) == {}


def test_a_card_number_does_not_get_into_the_address_book(sample):
    case = find_case(sample, "1001")
    answer_question(sample, case, "seller:recipient_name", "Shop 4111 1111 1111 1111")
    assert "4111 1111 1111 1111" not in addressees(sample, case)["seller"].name


def test_a_form_for_a_seller_asks_under_the_name_of_its_recipient(sample):
    case = find_case(sample, "1001")
    asked = letter_gaps(sample, case, form="eu_withdrawal", language="en")
    assert not [each for each in asked if str(each.fact.name) == "recipient_name"]
