"""Stories 1, 5 and 6: what a seller writes ends in an answer that is ready to send."""

import pytest

from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.operations.papers import make_submission
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.check import check_message
from disputedesk.desk.queries.papers import document_bytes, letter_gaps

CONFIRM = (
    "Dear friend, the parcel will come soon. Please confirm receipt first, then we refund you."
)
OFFER = "Sorry my friend. We can refund US$ 3, or you return the item at your own cost."
PHISH = (
    "Please cancel the dispute and send us your card number, expiry date and security code, "
    "we pay directly."
)


def written(desk, case, form, answers, language="en"):
    """The text a form gives once its questions are answered, sealed as a paper of the case."""
    for gap in letter_gaps(desk, case, form=form, language=language):
        name = str(gap.fact.name)
        assert name in answers, f"{form} asks for {name}: {gap.why}"
        answer_question(desk, case, name, answers[name])
    document = make_submission(desk, case, form=form, language=language).value
    return document, document_bytes(desk, document.id).decode()


def test_story_1_confirm_first_and_a_refund_promised(sample):
    case = find_case(sample, "1001")
    order = case_detail(sample, case).order
    verdict = check_message(sample, CONFIRM, order_id=order.id)
    assert str(verdict.level) == "danger"
    assert verdict.reply
    assert any("confirm" in reason.text.lower() for reason in verdict.reasons)
    document, text = written(sample, case, "reply_refuse_confirmation", {})
    assert order.number in text
    assert "I will confirm receipt when I have received the goods" in text
    assert document.name.endswith(".txt")
    _, asks = written(sample, case, "reply_ask_extension", {"extension_days": "30"})
    assert "extend the protection by" in asks


def test_story_5_three_dollars_or_a_return_at_your_cost(sample):
    case = find_case(sample, "1002")
    assert check_message(sample, OFFER).reasons
    answers = {"counter_offer": "20.00 USD", "seller_offer": "US$ 3"}
    answer_question(sample, case, "seller_offer", "US$ 3")
    _, text = written(sample, case, "reply_counter_offer", answers)
    assert "20.00" in text
    assert "paid through the platform" in text


def test_story_6_cancel_the_dispute_and_send_the_card(sample):
    case = find_case(sample, "1007")
    verdict = check_message(sample, PHISH)
    assert str(verdict.level) == "danger"
    _, refusal = written(sample, case, "reply_refuse_offplatform", {})
    assert "card" in refusal
    answers = {"seller_conduct": "asked for card number, date and code"}
    answer_question(sample, case, "seller_conduct", answers["seller_conduct"])
    document, report = written(sample, case, "seller_report", answers)
    assert "asked for card number, date and code" in report
    assert document.size == len(report.encode())


@pytest.mark.parametrize("form", ["reply_refuse_confirmation", "reply_refuse_offplatform"])
def test_an_answer_to_a_russian_seller_is_russian(sample, form):
    case = find_case(sample, "1011")
    _, text = written(sample, case, form, {}, language="ru")
    assert sum("а" <= char <= "я" for char in text.lower()) > len(text) / 2
