"""A desk asks for what a paper for a seller must say, takes the answers, and writes the paper."""

import datetime as dt

import pypdfium2
import pytest

from disputedesk.common.errors import MissingFacts, Refused
from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.papers import draft_submission, letter_gaps, preview_letter
from disputedesk.model.fact import FactKind

TYPED = {"wish": "full_refund", "amount_disputed": "12.00 EUR", "card_last4": "6458",
         "sender_address": "1 High Street\nTown", "problem": "not_received"}  # fmt: skip

FORMS = (
    "seller_demand_general", "seller_demand_ru", "seller_demand_eu", "court_letter_before_claim",
    "order_cancellation", "eu_extra_period", "chaser_seller", "chaser_platform", "agent_mandate",
    "agent_mandate_revocation", "police_report", "phishing_report", "reply_ask_extension",
    "reply_refuse_confirmation", "seller_report", "ask_tracking",
)  # fmt: skip


def answer_for(desk, question):
    """What a person could type: a day of the future where one is asked for, else anything."""
    name, kind = str(question.fact.name), question.fact.kind
    if name.rpartition(":")[2] in TYPED:
        return TYPED[name.rpartition(":")[2]]
    ahead = {"demand_answer_by", "extra_period_ends_on", "mandate_ends_on"}
    day = desk.today + dt.timedelta(days=14 if name in ahead else -1)
    return {
        FactKind.DATE: day.isoformat(), FactKind.MONEY: "12.00 EUR", FactKind.FLAG: "yes",
        FactKind.DAYS: "30",
    }.get(kind, f"said of {name.rpartition(':')[2]}")  # fmt: skip


def answered(desk, case, form):
    """Answers every question of a form; gives the names of those that were asked."""
    asked = []
    for _round in range(30):
        gaps = letter_gaps(desk, case, form=form, language="en")
        if not gaps:
            return asked
        name = str(gaps[0].fact.name)
        assert name not in asked, f"{name} is asked again after its answer"
        asked.append(name)
        answer_question(desk, case, name, answer_for(desk, gaps[0]))
    raise AssertionError("it never stops asking")


def text_of(desk, case, form):
    if desk.forms.get(form).kind != "letter":
        return draft_submission(desk, case, form=form, language="en").field("text").text
    document = pypdfium2.PdfDocument(preview_letter(desk, case, form=form, language="en"))
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


@pytest.mark.parametrize("form", FORMS)
def test_a_paper_is_written_once_its_questions_are_answered(form, sample):
    case = find_case(sample, "1001")
    asked = answered(sample, case, form)
    text = text_of(sample, case, form)
    assert len(text) > 100
    for name in asked:
        if name.startswith(("seller_conduct", "phishing_", "mandate_agent", "mandate_scope")):
            assert f"said of {name}" in text or name.endswith("_on")


def test_the_day_for_an_answer_may_lie_ahead_and_the_day_of_asking_may_not(sample):
    case = find_case(sample, "1001")
    tomorrow = (sample.today + dt.timedelta(days=10)).isoformat()
    answer_question(sample, case, "demand_answer_by", tomorrow)
    with pytest.raises(Refused, match="has not come yet"):
        answer_question(sample, case, "asked_on", tomorrow)


def test_a_number_of_a_card_does_not_come_back_from_a_paper(sample):
    case = find_case(sample, "1001")
    answered(sample, case, "seller_demand_general")
    answer_question(sample, case, "refund_means", "to my card 4111 1111 1111 1111")
    text = text_of(sample, case, "seller_demand_general")
    assert "How the refund is to be paid" in text
    assert "4111 1111 1111 1111" not in text.replace("\r\n", " ")


def test_a_demand_without_a_day_is_not_written(sample):
    case = find_case(sample, "1001")
    with pytest.raises(MissingFacts) as caught:
        text_of(sample, case, "seller_demand_general")
    assert "demand_answer_by" in caught.value.names
