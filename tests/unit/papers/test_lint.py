"""What is said of a paper before it goes out: each rule where it must speak, and nowhere else."""

import dataclasses
import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.common.errors import DeskError
from disputedesk.deadlines.words import Actor
from disputedesk.model.agency import Letterhead, Mandate
from disputedesk.model.ids import ClientId, EvidenceId, PaymentId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.context import Recipient
from disputedesk.papers.form import FormKind, Moment
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.lint.checked import Around, Checked
from disputedesk.papers.lint.checking import check_paper
from disputedesk.papers.lint.days import mentions
from disputedesk.papers.lint.finding import Goto, standing
from disputedesk.papers.lint.stems import stems
from disputedesk.papers.lint.sums import sums_in
from disputedesk.papers.recipients import addressed
from disputedesk.papers.spoken import day as day_spoken

replace = dataclasses.replace
PAN = "4111 1111 1111 1111"
SOME = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def look(form, context, today, language="en", **around):
    """What is found in the paper that a form makes of a context."""
    letter = submission = None
    try:
        if form.kind is FormKind.LETTER:
            letter = compose_letter(form, context, language=language, today=today)
        else:
            submission = compose_submission(form, context, language=language)
    except DeskError:
        pass
    filled = addressed(form, context, language)
    return check_paper(Checked(form, filled, language, today, letter, submission, Around(**around)))


@pytest.fixture
def found(forms, a_context, today):
    """What is found in the bank letter of a changed case, by rule."""

    def check(*, form="bank_chargeback", problem=Problem.NOT_RECEIVED, language="en", story=None,
              facts=None, on=today, around=None, **changes):  # fmt: skip
        context = a_context(problem, language=language)
        if facts:
            context = replace(context, facts=context.facts.with_values(facts))
        if story is not None:
            context = replace(context, case=replace(context.case, narrative=story))
        context = replace(context, **changes)
        chosen = form if not isinstance(form, str) else forms.get(form)
        return {f.rule: f for f in look(chosen, context, on, language, **(around or {}))}

    return check


def _papers(form):
    """Each reason in the form's first language, and the first reason in the others."""
    first, *others = form.languages
    yield from ((first, reason.problems[0]) for reason in form.reasons)
    yield from ((each, form.problems[0]) for each in others)


@pytest.mark.parametrize("form", load_forms().forms, ids=lambda form: form.id)
def test_no_sample_paper_is_blocked(form, a_context, today):
    if form.moment is Moment.REPLY:
        pytest.skip("needs a reply")
    for language, problem in _papers(form):
        context = a_context(problem, language=language)
        if form.recipient != "issuer":
            context = replace(context, recipient=Recipient())
        blocking = [f for f in look(form, context, today, language) if f.blocks]
        assert [f for f in blocking if f.rule != "missing"] == [], (language, problem)


# -- what is known


def test_what_is_missing_stops_and_is_asked_for(found):
    said = found(facts={"tracking_status": None})["missing"]
    assert said.blocks
    assert said.final
    assert (said.place.goto, said.place.name) == (Goto.QUESTION, "tracking_status")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"received_on": dt.date(2026, 1, 5)}, "days_out_of_order"),
        ({"received_on": dt.date(2026, 4, 5), "returned_on": dt.date(2026, 4, 4)},
         "days_out_of_order"),
        ({"processing_date": dt.date(2026, 2, 1), "transaction_date": dt.date(2026, 2, 10)},
         "days_out_of_order"),
        ({"shipped_on": dt.date(2027, 1, 1)}, "day_ahead"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_stop(found, facts, rule):
    said = found(problem=Problem.DEFECTIVE, facts=facts)[rule]
    assert said.blocks
    assert not said.final


def test_the_same_day_is_no_wrong_order(found, today):
    same = {"received_on": today, "returned_on": today}
    assert "days_out_of_order" not in found(problem=Problem.DEFECTIVE, facts=same)


def test_more_than_was_paid_stops_and_another_currency_is_told(found, a_context):
    case = a_context().case
    more = replace(case, claimed=Money.of("50", "USD"))
    assert found(case=more)["sum_exceeds"].blocks
    other = found(case=replace(case, claimed=Money.of("40", "EUR")))
    assert not other["sum_currency"].blocks
    assert "sum_exceeds" not in other


# -- days and sums in the words


CONTRADICTING = {
    "en": "I ordered it on 3 March 2026.",
    "ru": "Я заказал товар 3 марта 2026 года.",
    "de": "Ich habe die Ware am 3. März 2026 bestellt.",
    "es": "Hice el pedido el 3 de marzo de 2026.",
    "fr": "J’ai commandé le 3 mars 2026.",
    "pt": "Encomendei em 3 de março de 2026.",
    "pl": "Zamówiłem 3 marca 2026 roku.",
}
AGREEING = {
    "en": "I ordered it on February 10th.",
    "ru": "Я заказал товар 10 февраля.",
    "de": "Ich habe am 10.02.2026 bestellt.",
    "es": "Hice el pedido el 10 de febrero.",
    "fr": "J’ai commandé le 10 février.",
    "pt": "Encomendei em 10 de fevereiro.",
    "pl": "Zamówiłem 10 lutego.",
}


def in_words(a_context, forms, today, story, language):
    """What is found in a story; the paper itself need not be written in its language."""
    context = replace(a_context(), facts=a_context().facts.with_values({"breach": None}))
    context = replace(context, case=replace(context.case, narrative=story), exhibits=())
    form = forms.get("bank_chargeback")
    from disputedesk.papers.lint import story as rules

    checked = Checked(form, context, language, today)
    return [*rules.days_that_contradict(checked), *rules.sums_that_contradict(checked)]


@pytest.mark.parametrize("language", LETTER_LANGUAGES)
def test_a_day_in_the_words_that_contradicts_the_fact_stops(language, a_context, forms, today):
    (said,) = in_words(a_context, forms, today, CONTRADICTING[language], language)
    assert said.rule == "day_contradicts"
    assert said.blocks
    assert said.place.goto is Goto.STORY
    assert "10 Feb 2026" in said.sentence
    assert in_words(a_context, forms, today, AGREEING[language], language) == []


@pytest.mark.parametrize(
    "story",
    [
        "I had not received it by 1 May 2026.",
        "It should have arrived on 14 March 2026.",
        "The seller promised that it would be shipped on 1 March.",
        "On 3 March the shop wrote to me.",
        "I ordered two chargers, and on 5 March 2026 nothing had come.",
        "I ordered it on 10/02/2026.",
        "I ordered version 3.2.1 of it.",
    ],
)
def test_days_that_tell_of_nothing_that_happened_are_left_alone(story, a_context, forms, today):
    assert in_words(a_context, forms, today, story, "en") == []


def test_a_sum_that_was_not_paid_stops_and_an_unknown_one_is_told(a_context, forms, today):
    (said,) = in_words(a_context, forms, today, "I paid 50.10 USD for it.", "en")
    assert (said.rule, said.blocks) == ("sum_contradicts", True)
    (said,) = in_words(a_context, forms, today, "A new one costs $99.", "en")
    assert (said.rule, said.blocks) == ("sum_unknown", False)
    offer = "They offered USD 5.00 of it."
    assert in_words(a_context, forms, today, offer, "en") == [], "an answer tells of it"
    (said,) = in_words(a_context, forms, today, offer.replace("5", "6"), "en")
    assert said.rule == "sum_unknown"
    for story in ("I paid USD 43.10.", "I paid $43,10.", "It cost me 21.55 USD each.", "65 W, 3 m"):
        assert in_words(a_context, forms, today, story, "en") == []


@given(day=st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
@SOME
@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_day_as_letters_write_it_is_read_as_that_day_alone(language, day):
    text = f"x {day_spoken(day, language)}; {day.isoformat()}; {day:%d.%m.%Y}"
    found = mentions(text, language)
    assert len(found) == 3
    assert all(mention.can_be(day) for mention in found)
    assert not any(mention.can_be(day + dt.timedelta(1)) for mention in found)


@given(text=st.text(max_size=200))
@SOME
def test_any_words_are_read_without_trouble(text):
    for language in LETTER_LANGUAGES:
        for mention in mentions(text, language):
            assert text[mention.start : mention.end].strip()
    for mention in sums_in(text):
        assert mention.amount >= 0


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1,243.10 USD", "1243.10"), ("1 243,10 €", "1243.10"), ("€1.243", "1243"),
     ("43 руб.", "43"), ("USD 5", "5"), ("12'000.50 CHF", "12000.50")],
)  # fmt: skip
def test_a_sum_is_read_whatever_parts_its_digits(text, amount):
    (mention,) = sums_in(text)
    assert str(mention.amount) == amount


def test_a_hundred_thousand_characters_are_looked_at_in_no_time(found):
    import time

    begun = time.perf_counter()
    said = found(story="ordered on 3 March 2026 for 12.50 USD <b " * 2500)
    assert said["too_long"].blocks
    assert time.perf_counter() - begun < 5


# -- tone


def test_every_language_has_words_for_the_same_things():
    for language in LETTER_LANGUAGES:
        known = stems(language)
        assert set(known.days) == set(stems("en").days)
        assert known.heated
        assert known.crime
        assert all(text == text.casefold() for text in (*known.heated, *known.crime))


def test_heated_words_are_told_with_what_to_say_instead(found):
    said = found(story="This outrageous shop sent nothing.")["heated"]
    assert not said.blocks
    assert "outrageous" in said.sentence
    assert said.remedy.startswith("Better: ")
    assert "heated" not in found(facts={"seller_answer": "you are ridiculous"})


def test_an_accusation_needs_the_police(found):
    assert "accusing" in found(story="They are scammers.")
    assert "accusing" not in found(story="They are scammers.", facts={"police_report": "K-1"})


def test_a_russian_story_is_read_in_russian(found):
    said = found(language="ru", story="Мошенники! Это возмутительно.")
    assert {"accusing", "heated"} <= set(said)


# -- what can be printed


def test_a_card_number_anywhere_stops_for_good(found, an_exhibit):
    for change in (
        {"story": f"My card is {PAN}."}, {"facts": {"seller_answer": f"card {PAN}"}},
        {"exhibits": (an_exhibit(1, f"Page with {PAN}"),)}, {"place": "Town", "agent": ""},
    ):  # fmt: skip
        said = found(**change)
        assert ("secret" in said) == ("place" not in change)
        if "secret" in said:
            assert said["secret"].final
            assert PAN not in said["secret"].sentence


def test_a_card_number_in_the_name_of_a_file_or_in_the_file_stops_for_good(found, an_exhibit):
    named = an_exhibit(1, "Page")
    evidence = replace(named.exhibit.evidence, name=f"card {PAN}.png")
    named = replace(named, exhibit=replace(named.exhibit, evidence=evidence))
    assert found(exhibits=(named,))["secret"].place.goto is Goto.EXHIBIT
    said = found(around={"unsafe": {2: "A card number was found."}})["secret_in_exhibit"]
    assert (said.final, said.place.name) == (True, "2")


def test_what_cannot_be_printed_is_named_with_place_and_advice(found):
    said = found(story="It never came 😀.")["unprintable"]
    assert said.final
    assert said.place.goto is Goto.STORY
    assert "U+1F600" in said.sentence
    assert "words" in said.remedy
    assert "letters of this language" in found(story="包裹没到")["unprintable"].remedy


@pytest.mark.parametrize(
    "story", ["<para></para>", "<img src=http://x/y>", "{{ 7*7 }}", "<b> </b>"]
)
def test_a_story_of_markup_alone_stops(found, story):
    assert found(story=story)["only_markup"].blocks


def test_markup_among_words_is_told(found):
    said = found(story="It said <b>soon</b> for a month.")
    assert "markup" in said
    assert "only_markup" not in said
    assert "markup" not in found(story="I paid < 50 and > 40.")


def test_a_text_over_its_limit_is_told_with_count_limit_and_source(found):
    said = found(story="word " * 1300)["too_long"]
    assert "6499" in said.sentence
    assert "6000" in said.sentence
    assert "none published" in said.sentence


# -- whom it goes to


def test_a_letter_to_oneself_or_to_another_house_stops(found, a_context):
    bank = a_context().recipient
    assert found(recipient=replace(bank, name="JANE SAMPLE"))["to_oneself"].blocks
    assert found(recipient=replace(bank, name="Bright Lamp Store"))["wrong_house"].blocks
    assert found(recipient=replace(bank, name="AliExpress"))["wrong_house"].blocks
    assert found(recipient=replace(bank, name="Northern Savings Union"))["other_bank"].blocks
    assert "other_bank" not in found(recipient=replace(bank, name="EXAMPLE BANK, card disputes"))
    text = found(form="aliexpress_dispute", recipient=bank)
    assert text["wrong_house"].blocks


def test_a_billing_notice_to_the_payments_address_stops(found, a_context):
    bank = a_context().recipient
    wrong = replace(bank, address="Payment Processing\nPO Box 7\nTown")
    assert found(form="us_fcba_notice", recipient=wrong)["payments_address"].blocks
    assert "payments_address" not in found(form="us_fcba_notice", recipient=bank)
    assert "payments_address" not in found(recipient=wrong)


def test_an_address_that_its_window_cannot_show_stops_for_good(found, a_context):
    bank = a_context().recipient
    long = replace(bank, address="\n".join(f"Line {n} of a long address" for n in range(9)))
    assert found(recipient=long)["address_too_long"].final


# -- the step


def test_a_closed_window_stops_and_an_arguable_one_is_told(found, a_window, today):
    late = today - dt.timedelta(3)
    assert found(window=a_window(closes=late))["closed"].blocks
    said = found(window=a_window(closes=late, arguable_until=today))
    assert not said["arguable"].blocks
    assert "closed" not in said
    assert "closed" not in found(window=a_window(closes=today))
    assert found(window=a_window(opens=today + dt.timedelta(1)))["not_open"].blocks


def test_a_clock_of_theirs_that_ran_out_is_no_closed_window(found, forms, a_window, today):
    lapsed = a_window(closes=today - dt.timedelta(9), actor=Actor.BANK)
    form = replace(forms.get("bank_chargeback"), moment=Moment.LAPSED)
    assert "closed" not in found(form=form, window=lapsed)


def test_what_a_step_gives_up_is_told_in_the_plans_words(found):
    said = found(around={"gives_up": ("It ends the dispute.",)})["gives_up"]
    assert (said.sentence, said.blocks) == ("It ends the dispute.", False)


def test_two_payments_bring_the_advice_to_write_two_letters(found, a_context):
    payment = a_context().payments[0]
    said = found(payments=(payment, replace(payment, id=PaymentId(9))))
    assert "one_payment" in said
    assert "one_payment" not in found()


def test_a_helper_needs_a_mandate_in_force(found, today):
    held = Mandate(1, ClientId(1), "Helper Ltd", signed_on=today)
    ended = replace(held, ends_on=today - dt.timedelta(1), signed_on=dt.date(2026, 1, 1))
    assert found(agent="Helper Ltd")["no_mandate"].blocks
    assert found(agent="Helper Ltd", around={"mandates": (ended,)})["no_mandate"].blocks
    said = found(agent="Helper Ltd", around={"mandates": (held,)})
    assert "no_mandate" not in said


def test_a_helper_s_letter_encloses_the_signed_mandate_unless_somebody_decides_otherwise(
    found, today, a_context
):
    held = Mandate(1, ClientId(1), "Helper Ltd", signed_on=today)
    stops = found(agent="Helper Ltd", around={"mandates": (held,)})["mandate"]
    assert (stops.blocks, stops.final, stops.place.goto) == (True, False, Goto.EXHIBIT)
    paper = a_context().exhibits[1].exhibit.evidence.id
    other = replace(held, evidence=EvidenceId(paper + 1000))
    assert "mandate" in found(agent="Helper Ltd", around={"mandates": (other,)})
    enclosed = replace(held, evidence=paper)
    assert "mandate" not in found(agent="Helper Ltd", around={"mandates": (enclosed,)})
    assert "mandate" not in found(form="agent_mandate", agent="Helper Ltd",
                                  around={"mandates": (held,)})  # fmt: skip


def test_when_a_mandate_has_ended_the_letter_says_that_it_is_the_client_s_own(found, today):
    ended = Mandate(1, ClientId(1), "Helper Ltd", signed_on=dt.date(2026, 1, 1),
                    revoked_on=today - dt.timedelta(2))  # fmt: skip
    used = {"mandates": (ended,), "made_on": (dt.date(2026, 2, 1),)}
    said = found(around=used)["mandate_ended"]
    assert "Helper Ltd" in said.sentence
    assert not said.blocks
    assert "mandate_ended" not in found(around={"mandates": (ended,)})
    assert "mandate_ended" not in found(around={**used, "made_on": (today,)})


def test_a_letterhead_of_somebody_else_is_told(found, today):
    held = Mandate(1, ClientId(1), "Helper Ltd", signed_on=today)
    other = Letterhead(1, "Office", "Somebody Else", standard=True)
    around = {"mandates": (held,), "letterhead": other}
    assert "Somebody Else" in found(agent="Helper Ltd", around=around)["other_letterhead"].sentence
    around["letterhead"] = replace(other, organisation="Helper Ltd")
    assert "other_letterhead" not in found(agent="Helper Ltd", around=around)


def test_a_step_that_was_sent_is_told_and_after_two_letters_stops(found, today):
    once = found(around={"sent_on": (today,)})
    assert not once["sent_before"].blocks
    assert found(around={"sent_on": (today, today)})["sent_twice"].blocks


# -- exhibits


def test_statements_without_exhibit_and_exhibits_without_statement_are_told(found, an_exhibit):
    said = found(exhibits=(an_exhibit(4, "Photo"),))
    assert said["uncited"].place.name == "4"
    assert not said["unproved"].blocks


def test_a_foreign_exhibit_asks_for_its_translation(found, a_context, an_exhibit):
    words = {2: "Посылка не была доставлена по указанному адресу, она находится в пути " * 2}
    assert found(around={"words": words})["untranslated"].place.name == "2"
    shown = (*a_context().exhibits, an_exhibit(4, "Translation of exhibit 2"))
    assert "untranslated" not in found(around={"words": words}, exhibits=shown)
    assert "untranslated" not in found(language="ru", around={"words": words})


def test_a_story_in_another_language_than_the_paper_is_told(found):
    story = "The parcel has not moved since February, and nobody answers my letters."
    assert not found(language="ru", story=story)["foreign_story"].blocks
    assert "foreign_story" not in found(story=story)


# -- overriding


def test_only_what_is_not_final_can_be_overridden(found):
    said = tuple(found(story=f"I ordered it on 3 March 2026 with {PAN}.").values())
    left = standing(said, frozenset({"day_contradicts", "secret"}))
    assert {finding.rule for finding in left} == {"secret"}
    assert {f.rule for f in standing(said, frozenset())} == {"secret", "day_contradicts"}
