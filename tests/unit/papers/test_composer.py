"""What a letter says, what it refuses to be without, and what it never says."""

import dataclasses
import datetime as dt

import pytest

from disputedesk.common.errors import MissingFacts, Refused
from disputedesk.common.secrets import has_secret
from disputedesk.common.texts import using
from disputedesk.model.case import Wish
from disputedesk.model.fact import Fact, FactOrigin, Facts, FactSource
from disputedesk.model.ids import EvidenceId, FactName, InstrumentId, OrderId, PaymentId
from disputedesk.model.money import Money
from disputedesk.model.order import Payment
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.context import Amounts, Recipient, proofs_from
from disputedesk.papers.letter import BlockKind, Section, letter_text
from disputedesk.papers.needs import asked_by
from disputedesk.papers.submission import count
from disputedesk.papers.vocabulary import field_names, letter_facts, question

replace = dataclasses.replace
PAN = "4111 1111 1111 1111"

#: Table 3.3 D of the facts: what a bank letter must say, by reason.
DEMANDED = {
    Problem.NOT_RECEIVED: (
        "items order_number expected_delivery delivery_address tracking_status merchant_in_business"
    ),
    Problem.DEFECTIVE: "items order_number received_on goods_promised goods_received returned_on",
    Problem.COUNTERFEIT: "items order_number received_on goods_promised goods_received",
    Problem.RETURNED_NO_REFUND: "items order_number returned_on credit_voucher_on",
    Problem.CANCELLED_NO_REFUND: "items order_number cancelled_on cancellation_method policy_shown",
    Problem.DUPLICATE_CHARGE: "other_payment_on other_payment_reference",
    Problem.WRONG_AMOUNT: "correct_amount",
    Problem.PAID_BY_OTHER_MEANS: "other_payment_on other_payment_means other_payment_reference",
    Problem.UNAUTHORISED: "aware_on card_in_possession codes_disclosed",
}
ALWAYS = "transaction_date processing_date amount_charged amount_disputed merchant card_last4"


def bank(forms, context, today, language="en"):
    return compose_letter(forms.get("bank_chargeback"), context, language=language, today=today)


@pytest.mark.parametrize("problem", DEMANDED)
def test_the_bank_letter_demands_what_bank_forms_demand(problem, forms):
    needs = forms.get("bank_chargeback").reason_for(problem).mandatory
    names = {name for need in needs for name in need.names}
    assert {*DEMANDED[problem].split(), *ALWAYS.split()} <= names


@pytest.mark.parametrize("problem", [p for p in DEMANDED if p is not Problem.UNAUTHORISED])
def test_the_bank_letter_asks_for_the_attempts_with_the_merchant(problem, forms):
    reason = forms.get("bank_chargeback").reason_for(problem)
    assert any("contact" in need.names for need in reason.mandatory + reason.recommended)


def test_a_missing_fact_is_named_and_asked_for(forms, a_context, today):
    context = a_context()
    facts = context.facts.with_values({"tracking_status": None, "processing_date": None})
    with pytest.raises(MissingFacts) as caught:
        bank(forms, replace(context, facts=facts), today)
    assert caught.value.names == ("processing_date", "tracking_status")
    assert caught.value.remedy == "On which day was the payment processed (posted by the bank)?"


def test_one_of_several_names_is_enough(forms, a_context, today):
    context = a_context()
    facts = context.facts.with_values({"expected_delivery": None, "no_delivery_date": True})
    text = letter_text(bank(forms, replace(context, facts=facts), today))
    assert "The seller named no delivery date." in text


def test_a_flag_that_denies_is_no_answer_where_only_yes_says_something(forms, a_context, today):
    context = a_context()
    facts = context.facts.with_values({"expected_delivery": None, "no_delivery_date": False})
    with pytest.raises(MissingFacts, match="expected_delivery"):
        bank(forms, replace(context, facts=facts), today)


def test_a_conditional_need_sleeps_while_its_condition_does(forms, a_context, today):
    context = a_context(Problem.DEFECTIVE)
    away = dict.fromkeys(("returned_on", "return_carrier", "return_tracking"))
    facts = context.facts.with_values(
        {**away, "return_impossible": "the seller gave no address", "goods_location": "at home"}
    )
    assert bank(forms, replace(context, facts=facts), today)
    facts = context.facts.with_values({"return_carrier": None})
    with pytest.raises(MissingFacts, match="return_carrier"):
        bank(forms, replace(context, facts=facts), today)


def test_the_screen_learns_every_question_before_it_tries(forms, a_context):
    context = replace(a_context(), facts=Facts(), payments=(), attempts=(), window=None)
    asked = asked_by(forms.get("bank_chargeback"), context)
    assert [a.name for a in asked if a.must][:2] == ["transaction_date", "processing_date"]
    assert all(a.question.endswith(("?", ")")) for a in asked)
    assert any(not a.must for a in asked)


def test_every_field_has_a_question():
    for name in field_names():
        assert question(name) != name or name == "contact", name


def test_letter_facts_are_defined_like_canonical_ones():
    assert {fact.name for fact in letter_facts()} <= field_names()
    assert all(fact.question and fact.text for fact in letter_facts())


def test_recommended_things_that_are_missing_are_advice(forms, a_context, today):
    context = a_context()
    bare = replace(context, case=replace(context.case, narrative=""), exhibits=(), proofs=())
    names = [advice.name for advice in bank(forms, bare, today).advice]
    assert {"narrative", "exhibits"} <= set(names)


def test_the_request_comes_first(forms, a_context, today):
    letter = bank(forms, a_context(), today)
    assert letter.blocks[0].section is Section.REQUEST
    assert letter.blocks[0].text.startswith("I ask you to dispute the card payment")


def test_statements_are_numbered_through_and_point_to_their_proof(forms, a_context, today):
    letter = bank(forms, a_context(), today)
    statements = [b for b in letter.blocks if b.kind is BlockKind.STATEMENT]
    assert [b.number for b in statements] == list(range(1, len(statements) + 1))
    tracking = next(b for b in statements if "sorting centre" in b.text)
    assert tracking.text.endswith("[Exhibit 2, page 4]")
    assert tracking.exhibits == (2,)


def test_without_a_bundle_the_exhibit_alone_is_cited(forms, a_context, an_exhibit, today):
    context = replace(a_context(), exhibits=(an_exhibit(2, "Tracking page"),))
    text = letter_text(bank(forms, context, today))
    assert "[Exhibit 2]" in text
    assert "Exhibit 1" not in text


def test_an_exhibit_nobody_cites_is_told(forms, a_context, an_exhibit, today):
    context = a_context()
    context = replace(context, exhibits=(*context.exhibits, an_exhibit(4, "Photo")))
    letter = bank(forms, context, today)
    assert letter.uncited == (4,)


def test_recorded_facts_bring_their_proof(an_exhibit):
    source = FactSource(FactOrigin.MAIL, evidence=EvidenceId(42))
    facts = (Fact(FactName("received_on"), dt.date(2026, 3, 20), source),
             Fact(FactName("items"), "x"))  # fmt: skip
    (proof,) = proofs_from(facts, (an_exhibit(2, "x"),))
    assert (proof.claim, proof.exhibit) == ("received_on", 2)


def test_a_letter_in_time_says_so_with_the_count(forms, a_context, today):
    text = letter_text(bank(forms, a_context(), today))
    assert "(120 days from 14 March 2026, the day delivery was expected)" in text.replace(
        "\u00a0", " "
    )
    assert "Last day for this dispute: 12 July 2026" in text.replace("\u00a0", " ")


def test_a_late_letter_never_says_it_is_in_time(forms, a_context):
    letter = bank(forms, a_context(), dt.date(2026, 7, 13))
    assert "last_day" not in [row.name for row in letter.summary]
    assert Section.TIMELINESS not in [block.section for block in letter.blocks]


def test_the_looser_reading_is_told_as_a_reading(forms, a_context, a_window):
    context = replace(a_context(), window=a_window(arguable_until=dt.date(2026, 8, 1)))
    letter = bank(forms, context, dt.date(2026, 7, 20))
    text = letter_text(letter).replace("\u00a0", " ")
    assert "By the reading I rely on, the last day for this dispute is 1 August 2026." in text
    assert "Last day for this dispute: 1 August 2026" in text


def test_a_count_in_another_language_is_left_out(forms, a_context, a_window, today):
    context = replace(a_context(language="ru"), window=a_window())
    text = letter_text(bank(forms, context, today, "ru"))
    assert "days" not in text
    assert "Последний день для этого спора" in text


def test_a_part_of_the_sum_is_told_as_a_part(forms, a_context, today):
    context = replace(a_context(), amounts=Amounts(disputed=Money.of("20", "USD")))
    text = letter_text(bank(forms, context, today)).replace("\u00a0", " ")
    assert "Of USD 43.10 charged, I dispute USD 20.00." in text


def test_what_came_back_is_not_asked_for_again(forms, a_context, today):
    context = a_context()
    refund = Payment(
        PaymentId(2), OrderId(1), InstrumentId(1), Money.of("-3.10", "USD"), dt.date(2026, 4, 1)
    )
    letter = bank(forms, replace(context, payments=(*context.payments, refund)), today)
    rows = {row.name: row.value.replace("\u00a0", " ") for row in letter.summary}
    assert rows["amount_disputed"] == "USD 40.00"
    assert rows["amount_credited"] == "USD 3.10"


def test_a_value_that_ends_its_sentence_gets_no_second_stop(forms, a_context, today):
    context = a_context(Problem.DEFECTIVE)
    facts = context.facts.with_values({"goods_received": "It is broken."})
    text = letter_text(bank(forms, replace(context, facts=facts), today))
    assert "Received was: It is broken.\n" in text


def test_a_card_number_in_the_story_is_masked(forms, a_context, today):
    context = a_context()
    case = replace(context.case, narrative=f"I paid with card {PAN} twice.")
    letter = bank(forms, replace(context, case=case), today)
    assert "1111 1111 1111" not in letter_text(letter)
    assert "•••• 1111" in letter_text(letter)
    assert not any(has_secret(text) for _place, text in letter.texts())


def test_what_a_mask_leaves_is_not_taken_for_a_code(forms, a_context, today):
    context = a_context()
    case = replace(context.case, narrative=f"I paid with card {PAN}, cvv 123.")
    letter = bank(forms, replace(context, case=case), today)
    assert not any(has_secret(text) for _place, text in letter.texts())


def test_a_card_number_in_a_submission_is_masked(forms, a_context):
    context = a_context()
    case = replace(context.case, narrative=f"my card {PAN}")
    made = compose_submission(
        forms.get("aliexpress_dispute"), replace(context, case=case), language="en"
    )
    assert not has_secret(made.field("text").text)


def test_an_order_number_that_passes_the_card_check_stays(forms, a_context, today):
    context = a_context()
    context = replace(context, order=replace(context.order, number="5555555555554444"))
    letter = bank(forms, context, today)
    assert "Order number: 5555555555554444" in letter_text(letter)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_code_that_leaked_is_told_without_pointing_to_a_story_that_is_not_there(
    language, forms, a_context, today
):
    context = a_context(Problem.UNAUTHORISED, language=language)
    context = replace(
        context,
        case=replace(context.case, narrative=""),
        facts=context.facts.with_values({"codes_disclosed": True}),
    )
    text = letter_text(bank(forms, context, today, language))
    assert "became known to others." in text or "стал известен посторонним." in text


def test_only_the_last_four_digits_of_the_mask_are_told(forms, a_context, today):
    text = letter_text(bank(forms, a_context(), today))
    assert "6458" in text
    assert "51****" not in text


def test_quebec_gets_ruled_lines_and_nobody_else_does(forms, a_context, today):
    context = a_context()
    client = replace(context.client, country="CA", subdivision="QC")
    (blank,) = bank(forms, replace(context, client=client), today).blanks
    assert blank.label == "Card number and expiry date"
    assert bank(forms, context, today).blanks == ()


def test_a_helper_signs_for_the_client(forms, a_context, today):
    letter = bank(forms, replace(a_context(), agent="Robin Helper"), today)
    assert letter.signer == "Robin Helper, for Jane Sample under a signed mandate"


def test_the_usual_recipient_is_the_bank_of_the_card(forms, a_context, today):
    context = a_context()
    card = replace(context.instrument, issuer_address="PO Box 9", issuer_country="US")
    letter = bank(forms, replace(context, instrument=card, recipient=Recipient()), today)
    assert letter.recipient == (
        "Example Bank plc", "Card disputes (chargebacks)", "PO Box 9", "UNITED STATES",
    )  # fmt: skip
    assert letter.recipient_country == "US"


def test_the_country_is_left_out_at_home(forms, a_context, today):
    assert "UNITED KINGDOM" not in bank(forms, a_context(), today).recipient


def test_questions_speak_the_screen_and_the_letter_its_own_language(forms, a_context, today):
    context = replace(a_context(language="ru"), exhibits=(), proofs=())
    with using("en"):
        letter = bank(forms, context, today, "ru")
    assert letter.labels.closing == "С уважением,"
    assert any(a.text == "Which photos, messages or papers show it?" for a in letter.advice)


def test_a_form_refuses_a_problem_it_does_not_serve(forms, a_context, today):
    with pytest.raises(Refused, match="does not serve this problem"):
        bank(forms, a_context(Problem.CHANGED_MIND), today)


def test_a_form_refuses_a_language_it_does_not_have(forms, a_context, today):
    with pytest.raises(Refused, match="not written in this language"):
        compose_letter(
            forms.get("uk_section75"), a_context(Problem.DEFECTIVE), language="de", today=today
        )


def test_a_letter_form_makes_no_submission_and_the_other_way_round(forms, a_context, today):
    with pytest.raises(Refused, match="another kind of paper"):
        compose_submission(forms.get("bank_chargeback"), a_context(), language="en")
    with pytest.raises(Refused, match="another kind of paper"):
        compose_letter(forms.get("aliexpress_dispute"), a_context(), language="en", today=today)


def test_a_story_beyond_the_limit_is_refused_with_both_numbers(forms, a_context, today):
    context = a_context()
    case = replace(context.case, narrative="x" * 100_000)
    with pytest.raises(Refused, match="has 100000 characters; the form takes 6000") as caught:
        bank(forms, replace(context, case=case), today)
    assert caught.value.where == "narrative"


def test_texts_beside_the_fields_have_the_same_limit(forms, a_context, today):
    context = a_context()
    first = replace(context.attempts[0], answer="no " * 300)
    with pytest.raises(Refused, match="attempt 1"):
        bank(forms, replace(context, attempts=(first,)), today)
    with pytest.raises(Refused, match="delivery"):
        bank(forms, replace(context, delivery="x" * 700), today)


def test_the_own_limit_of_aliexpress_is_called_so(forms, a_context):
    made = compose_submission(forms.get("aliexpress_dispute"), a_context(), language="en")
    field = made.field("text")
    assert (field.limit, field.limit_source) == (2000, "none published; own working limit")
    assert field.counter.length + field.counter.remaining == 2000
    assert made.fits


def test_a_text_that_is_too_long_is_kept_whole_and_told(forms, a_context):
    context = a_context()
    case = replace(context.case, narrative="x" * 1499)
    facts = context.facts.with_values({"tracking_status": "y" * 499})
    form = forms.get("aliexpress_dispute")
    made = compose_submission(form, replace(context, case=case, facts=facts), language="en")
    field = made.field("text")
    assert "x" * 1499 in field.text
    assert field.counter.remaining < 0
    assert not made.fits
    assert any("characters too long" in advice.text for advice in made.advice)


def test_the_counter_counts_what_is_typed():
    assert count("", 5).remaining == 5
    assert count("Привет", 5).remaining == -1
    assert count("abc", None).fits


def test_files_go_up_in_the_order_of_the_exhibits(forms, a_context):
    made = compose_submission(forms.get("aliexpress_dispute"), a_context(), language="en")
    assert [(f.position, f.exhibit) for f in made.files] == [(1, 1), (2, 2), (3, 3)]
    assert "[File 2]" in made.field("text").text


def test_the_platform_is_asked_in_its_own_words(forms, a_context):
    context = a_context(Problem.DEFECTIVE)
    context = replace(context, case=replace(context.case, wish=Wish.RETURN_AND_REFUND))
    made = compose_submission(forms.get("aliexpress_dispute"), context, language="en")
    assert made.field("wish").text == "Return & Refund"
    assert made.field("reason").text == "Item does not work"
    assert len(made.field("reason").choices) > 5
