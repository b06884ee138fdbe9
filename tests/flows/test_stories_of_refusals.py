"""Stories 7 and 10: a refusal and a refund that does not come end in papers ready to send."""

import datetime as dt

import pypdfium2

from disputedesk.desk.operations.answers import answer_question
from disputedesk.desk.operations.credits import NewCredit, add_credit
from disputedesk.desk.operations.filing_answers import Answer, record_answer
from disputedesk.desk.operations.papers import make_letter, make_submission
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.desk.queries.papers import document_bytes, letter_gaps
from disputedesk.desk.queries.today import today_view
from disputedesk.model.credit import CreditKind
from disputedesk.model.money import Money

ANSWERS = {
    "goods_promised": "a travel adapter for 16 A",
    "goods_received": "one that breaks the fuse",
    "received_on": "2026-11-12",
    "seller_name": "Open Harbour Electronics Store",
    "decision_text": "The tracking shows delivery.",
    "new_proof": "a letter of the carrier: the parcel went to another town",
    "demand_answer_by": "2026-12-07",
    "refund_processed_on": "2026-11-05",
    "seller:recipient_address": "1 Shop Street\nTown",
}


def answered(desk, case, form):
    """Answers what a form asks, as its reader would; what is not foreseen fails by name."""
    for gap in letter_gaps(desk, case, form=form, language="en"):
        name = str(gap.fact.name)
        assert name in ANSWERS, f"{form} asks for {name}: {gap.why}"
        answer_question(desk, case, name, ANSWERS[name])


def words_of(desk, document):
    pdf = pypdfium2.PdfDocument(document_bytes(desk, document.id))
    text = " ".join(page.get_textpage().get_text_range() for page in pdf)
    pdf.close()
    return " ".join(text.split())


def test_story_7_the_platform_said_no(sample):
    case = find_case(sample, "1007")
    filing = case_detail(sample, case).filings[0]
    answer = Answer(sample.today, "The tracking shows delivery.", granted=False, decided=True)
    record_answer(sample, filing.id, answer)
    answer_question(sample, case, "decision_text", ANSWERS["decision_text"])
    answer_question(sample, case, "new_proof", ANSWERS["new_proof"])
    offered = {paper.form for paper in case_detail(sample, case).papers}
    assert "aliexpress_appeal" in offered
    answered(sample, case, "aliexpress_appeal")
    text = make_submission(sample, case, form="aliexpress_appeal", language="en").value
    said = document_bytes(sample, text.id).decode()
    assert ANSWERS["decision_text"].rstrip(".") in said
    assert ANSWERS["new_proof"] in said


def test_story_10_a_promised_refund_is_not_on_the_statement(sample):
    case = find_case(sample, "1008")
    due = sample.today - dt.timedelta(days=3)
    promise = NewCredit(
        CreditKind.PROMISED, Money.of("20.00", "EUR"), due - dt.timedelta(days=14), due,
        in_writing=True,
    )  # fmt: skip
    add_credit(sample, case, promise)
    assert any("1008" in str(row) or case in (getattr(row, "case", None),)
               for row in today_view(sample).rows)  # fmt: skip
    answered(sample, case, "refund_reminder")
    letter = make_letter(sample, case, form="refund_reminder", language="en").value
    assert "refund" in words_of(sample, letter)
    answer_question(sample, case, "refund_processed_on", ANSWERS["refund_processed_on"])
    answered(sample, case, "bank_refund_trace")
    trace = make_letter(sample, case, form="bank_refund_trace", language="en").value
    assert "5 November 2026" in words_of(sample, trace)
