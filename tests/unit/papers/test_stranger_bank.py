"""What a clerk looks for in letters to banks, ombudsmen and regulators, ticked off on the page.

The lists are those of the rules and of practice, written down here a second time and by hand: a
form that loses a line fails here even where its own list of needs was shortened with it.
"""

import dataclasses
import datetime as dt
import re

import pypdfium2
import pytest

from disputedesk.common.errors import MissingFacts, Refused
from disputedesk.model.fact import Facts
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.context import Recipient
from disputedesk.papers.filling import Cited, fill
from disputedesk.papers.form import FormKind, Moment
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.letter import letter_text
from disputedesk.papers.pdf.letter import render_letter
from disputedesk.papers.values import values_of

FORMS = load_forms()
WHO = ("Jane Sample", "12 Long Lane", "Sometown", "AB1 2CD")
BANK = ("Example Bank plc", "PO Box 5", "Banktown")
CHARGE = ("6458", "10 February 2026", "ALIEXPRESS.COM", "USD 43.10")
SIGNED = ("to my knowledge", "Jane Sample")
ENCLOSED = ("Enclosures (copies; I keep the originals)", "Order page", "Tracking page")
ASKED_SELLER = ("22 March 2026", "chat of the shop", "wait 30 more days", "2 April 2026, e-mail")

LISTS = {
    "us_fcba_notice": (Problem.NOT_RECEIVED, {}, (
        *WHO, *BANK, *CHARGE, "Billing inquiries", "ending in 6458",
        "I believe that my statement contains a billing error", "not delivered",
        "5 March 2026", "please credit USD 43.10", "finance or other charges",
        "copies of the documents", "I may withhold the disputed amount",
        "I pay the part of the bill that is not disputed", "12 July 2026", "4 May 2026",
        "12 CFR 1026.13(a)", *ENCLOSED, *SIGNED,
    )),
    "us_reg_e_notice": (Problem.UNAUTHORISED, {}, (
        *WHO, *BANK, *CHARGE, "Regulation E", "ending in 6458", "I give notice of an error",
        "because I did not authorize the transfer", "12 CFR 1005.11", "21 March 2026",
        "22 March 2026", "call reference 4471", *ENCLOSED, *SIGNED,
    )),
    "us_claims_and_defenses": (Problem.DEFECTIVE, {}, (
        *WHO, *BANK, *CHARGE, "12 CFR 1026.12(c)", *ASKED_SELLER, "USD 40.00", "still unpaid",
        "Where the sale took place", "the place of my address", "withhold",
        "as delinquent", *ENCLOSED, *SIGNED,
    )),
    "us_unauthorised_card": (Problem.UNAUTHORISED, {}, (
        *WHO, *BANK, *CHARGE, "12 CFR 1026.12(b)", "USD 50", "did not make this payment",
        "in my possession", "no code and no password", *SIGNED,
    )),
    "uk_section75": (Problem.DEFECTIVE, {
        "contract_parties": "Bright Lamp Store sold it and took the card payment itself",
        "paid_otherwise": "GBP 5 by voucher", "further_loss": Money.of("12.00", "USD"),
    }, (
        *WHO, *BANK, "Section 75 claims", "Section 75 of the Consumer Credit Act 1974", "6458",
        "Bright Lamp Store", "10 February 2026", "USB-C charger 65 W", "USD 21.55", "USD 43.10",
        "GBP 5 by voucher", "took the card payment itself", "breach of contract",
        "does not reach the power", *ASKED_SELLER, "USD 12.00", "Please answer in writing",
        "treat this letter as a complaint", "eight weeks", "Financial Ombudsman Service",
        *ENCLOSED, *SIGNED,
    )),
    "uk_section75a": (Problem.DEFECTIVE, {"credit_agreed_on": dt.date(2026, 2, 9)}, (
        *WHO, *BANK, "section 75A", "CA-2210-77", "9 February 2026", "USD 30.00", "USD 21.55",
        "Bright Lamp Store", "does not reach the power", "no answer to two letters",
        *ASKED_SELLER, "eight weeks", *ENCLOSED, *SIGNED,
    )),
    "uk_psr_unauthorised": (Problem.UNAUTHORISED, {
        "payment_time": "18:22", "device_in_possession": True, "police_report": "Banktown 77/26",
        "card_blocked_on": dt.date(2026, 3, 22), "debit_date": dt.date(2026, 2, 12),
    }, (
        *WHO, *BANK, *CHARGE, "18:22", "74537606041000012345678", "not authorised by me",
        "21 March 2026", "message of the bank", "22 March 2026", "call reference 4471",
        "was blocked on 22 March 2026", "The card was in my possession", "device I bank with",
        "no code and no password", "Banktown 77/26", "end of the next business day",
        "restore the account", "no later than the day of the debit", "charges and interest",
        "record of the authentication", "regulation 75 it is for the payment service provider",
        "debited on 12 February 2026", "12 July 2026", *SIGNED,
    )),
    "eu_psd2_unauthorised": (Problem.UNAUTHORISED, {
        "payment_time": "18:22", "device_in_possession": True, "police_report": "Banktown 77/26",
        "card_blocked_on": dt.date(2026, 3, 22),
    }, (
        *WHO, *BANK, *CHARGE, "18:22", "74537606041000012345678", "not authorised by me",
        "21 March 2026", "message of the bank", "22 March 2026", "call reference 4471",
        "was blocked on 22 March 2026", "The card was in my possession", "device I bank with",
        "no code and no password", "Banktown 77/26", "end of the next business day",
        "restore the account", "no later than the day of the debit", "charges and interest",
        "article 72 it is for the payment service provider", "record of the authentication",
        "debited on 12 February 2026", "12 July 2026", "15 business days", *SIGNED,
    )),
    "ru_unauthorised": (Problem.UNAUTHORISED, {"cross_border": True}, (
        *WHO, *BANK, *CHARGE, "article 9", "161-FZ", "30 days", "60 days", "21 March 2026",
        "22 March 2026", "call reference 4471", "went abroad", *SIGNED,
    )),
    "unauthorised_payment": (Problem.UNAUTHORISED, {}, (
        *WHO, *BANK, *CHARGE, "not authorised by me", "21 March 2026", "call reference 4471",
        *SIGNED,
    )),
    "sepa_refund": (Problem.DEFECTIVE, {}, (
        *WHO, *BANK, "USD 43.10", "ALIEXPRESS.COM", "12 February 2026", "ending in 0417",
        "DE98ZZZ09999999999", "M-5521", "eight weeks", "without giving a reason",
        "10 business days",
    )),
    "ca_chargeback_request": (Problem.CANCELLED_NO_REFUND, {
        "cancellation_reason": "nothing came",
    }, (
        *WHO, *BANK, "Cardholder: Jane Sample", "ALIEXPRESS.COM", "Bright Lamp Store",
        "Date of the contract: 10 February 2026", "Charged to the card: USD 43.10",
        "To be refunded: USD 43.10", "USB-C charger 65 W",
        "Reason for the cancellation: nothing came", "Date of cancellation: 2 March 2026",
        "How the notice was sent: e-mail", *SIGNED,
    )),
    "rebuttal": (Problem.NOT_RECEIVED, {
        "merchant_reply_on": dt.date(2026, 4, 20), "filed_on": dt.date(2026, 4, 1),
    }, (
        *WHO, *BANK, *CHARGE, "20 April 2026", "1 April 2026", "I uphold the dispute",
        *ASKED_SELLER, "12 July 2026", *ENCLOSED, *SIGNED,
    )),
    "pre_arbitration_statement": (Problem.NOT_RECEIVED, {
        "merchant_reply_on": dt.date(2026, 4, 20), "filed_on": dt.date(2026, 4, 1),
        "provisional_credit_on": dt.date(2026, 4, 3),
    }, (
        *WHO, *BANK, *CHARGE, "20 April 2026", "1 April 2026", "3 April 2026",
        "pre-arbitration", "my new signed statement", "letter of the carrier",
        "no refund but what this letter names", *ENCLOSED, *SIGNED,
    )),
    "bank_complaint": (Problem.NOT_RECEIVED, {"filed_on": dt.date(2026, 4, 1)}, (
        *WHO, *BANK, *CHARGE, "formal complaint", "1 April 2026", "8 April 2026",
        "the merchant says it shipped", "did not read the tracking page", "final response",
        *ENCLOSED, *SIGNED,
    )),
    "bank_answer_chaser": (Problem.NOT_RECEIVED, {"filed_on": dt.date(2026, 4, 1)}, (
        *WHO, *BANK, *CHARGE, "1 April 2026", "not had your answer", "in writing",
    )),
    "card_details_request": (Problem.NOT_RECEIVED, {}, (
        *WHO, *BANK, *CHARGE, "acquirer reference number (ARN)", "posting date",
        "copy of the record of the sale", "every refund", "it is not a dispute",
    )),
    "bank_refund_trace": (Problem.RETURNED_NO_REFUND, {
        "refund_processed_on": dt.date(2026, 4, 2),
    }, (
        *WHO, *BANK, *CHARGE, "2 April 2026", "74537606092000098765432",
        "Please look for this credit",
    )),
}  # fmt: skip
"""Per form the case it is read for, what that case knows besides, and what must be found."""

OMBUDSMAN = (
    *WHO, "Example Bank plc", "credit card", "I complain for myself", "10 April 2026", "C-3310",
    "28 April 2026", "FR-88", "The goods or services have not reached me", "My loss: USD 43.10",
    "pays me USD 43.10", "Other proceedings about the same matter: none", "large print",
    "did not read the tracking page", *ENCLOSED, *SIGNED,
)  # fmt: skip
OFFICES = {
    "ombudsman_uk_fos": ("Financial Ombudsman Service", "Exchange Tower", "E14 9SR"),
    "ombudsman_au_afca": ("Australian Financial Complaints Authority", "GPO Box 3", "VIC 3001"),
    "ombudsman_ca_obsi": ("Ombudsman for Banking Services and Investments", "M5H 3R3"),
    "ombudsman_in_rbi": ("Reserve Bank of India",),
    "ombudsman_ru_finombudsman": ("Финансовый уполномоченный", "119017"),
    "ombudsman_eu_bank": (),
}
TIME_OVER = {
    "ombudsman_uk_fos": "eight weeks",
    "ombudsman_au_afca": "30 calendar days",
    "ombudsman_ca_obsi": "56 days",
    "ombudsman_in_rbi": "30 days",
    "ombudsman_ru_finombudsman": "15 working days",
    "ombudsman_eu_bank": "15 business days",
}


def squeezed(text):
    return re.sub(r"[\s\u00a0\ufffe\u0002-]+", "", text)


@pytest.fixture
def case(a_context):
    """A case with these facts besides; a name given as `None` is not known."""

    def make(problem, *, language="en", country="", region="", **facts):
        context = a_context(problem, language=language)
        known = {k: v for k, v in {**context.facts, **facts}.items() if v is not None}
        client = context.client
        if country:
            client = dataclasses.replace(client, country=country, subdivision=region)
        return dataclasses.replace(context, facts=Facts(known), client=client)

    return make


@pytest.fixture
def printed(today, stamp):
    """The text of the printed letter, without any white space."""

    def make(form_id, context, *, language="en"):
        form = FORMS.get(form_id)
        if form.office is not None:
            context = dataclasses.replace(context, recipient=Recipient())
        letter = compose_letter(form, context, language=language, today=today)
        document = pypdfium2.PdfDocument(render_letter(letter, stamp=stamp).data)
        text = "".join(page.get_textpage().get_text_range() for page in document)
        document.close()
        return squeezed(text)

    return make


def lacking(text, wanted):
    return [words for words in wanted if squeezed(words) not in text]


@pytest.mark.parametrize("form_id", LISTS)
def test_the_printed_letter_has_what_its_list_demands(form_id, case, printed):
    problem, facts, wanted = LISTS[form_id]
    assert lacking(printed(form_id, case(problem, **facts)), wanted) == []


@pytest.mark.parametrize("form_id", LISTS)
def test_the_russian_letter_has_every_value_the_english_one_has(form_id, case, today):
    problem, facts, wanted = LISTS[form_id]
    form = FORMS.get(form_id)
    letter = compose_letter(form, case(problem, language="ru", **facts), language="ru", today=today)
    text = squeezed(letter_text(letter))
    assert lacking(text, ("Анна Образцова", "Пример-банк (АО)", "43,10 USD")) == []
    same = [w for w in wanted if re.fullmatch(r"(?:DE98ZZZ|M-)?[\d.:]{4,}", w)]
    assert lacking(text, same) == []


@pytest.mark.parametrize("form_id", OFFICES)
def test_the_ombudsman_reads_who_what_when_and_how_much(form_id, case, printed):
    text = printed(form_id, case(Problem.NOT_RECEIVED, filed_on=dt.date(2026, 4, 1)))
    assert lacking(text, (*OMBUDSMAN, *OFFICES[form_id])) == []


@pytest.mark.parametrize("form_id", OFFICES)
def test_without_a_final_response_the_time_that_is_over_is_named(form_id, case, printed):
    context = case(Problem.NOT_RECEIVED, final_response_on=None, no_final_response=True)
    assert lacking(printed(form_id, context), ("no final response", TIME_OVER[form_id])) == []


@pytest.mark.parametrize("form_id", OFFICES)
def test_nobody_is_told_that_the_time_is_over_unless_somebody_said_so(form_id, case, printed):
    with pytest.raises(MissingFacts):
        printed(form_id, case(Problem.NOT_RECEIVED, final_response_on=None))


@pytest.mark.parametrize("form_id", OFFICES)
def test_the_ombudsman_is_told_of_the_mandate(form_id, case, printed):
    context = dataclasses.replace(case(Problem.NOT_RECEIVED), agent="Mary Helper")
    text = printed(form_id, context)
    assert lacking(text, ("Mary Helper acts for me under a signed mandate",)) == []


@pytest.mark.parametrize(
    "problem",
    [Problem.NOT_RECEIVED, Problem.LATE, Problem.DEFECTIVE, Problem.COUNTERFEIT,
     Problem.RETURNED_NO_REFUND, Problem.MERCHANT_CLOSED],
)  # fmt: skip
def test_regulation_e_does_not_serve_what_a_merchant_failed_to_do(problem, case, printed):
    with pytest.raises(Refused):
        printed("us_reg_e_notice", case(problem))


def test_goods_that_were_kept_are_no_billing_error(case, printed):
    kept = {"returned_on": None, "return_refused_on": None}
    with pytest.raises(MissingFacts):
        printed("us_fcba_notice", case(Problem.DEFECTIVE, **kept))


def test_a_direct_debit_that_was_authorised_comes_back_without_a_reason(case, printed):
    text = printed("sepa_refund", case(Problem.DEFECTIVE))
    for words in ("defective", "In my own words", "The parcel has not moved", "13 months"):
        assert squeezed(words) not in text
    other = printed("sepa_refund", case(Problem.UNAUTHORISED))
    assert lacking(other, ("13 months", "without a mandate", "no mandate")) == []
    assert squeezed("eight weeks") not in other


def test_france_names_its_seventy_days_and_nobody_else_does(case, printed):
    french = printed("eu_psd2_unauthorised", case(Problem.UNAUTHORISED, issuer_country="FR"))
    assert lacking(french, ("70 days", "up to 120 days", "L. 133-18", "L. 133-24")) == []
    german = printed("eu_psd2_unauthorised", case(Problem.UNAUTHORISED, issuer_country="DE"))
    assert lacking(german, ("676b(2)", "13 months")) == []
    for other in ("DE", "ES"):
        text = printed("eu_psd2_unauthorised", case(Problem.UNAUTHORISED, issuer_country=other))
        assert squeezed("70 days") not in text


def test_a_bank_that_never_told_of_the_payment_reads_so(case, printed):
    context = case(Problem.UNAUTHORISED, bank_alert_on=None, never_alerted=True)
    text = printed("ru_unauthorised", context)
    assert lacking(text, ("You did not notify me of this payment",)) == []
    assert squeezed("the day after the bank’s message") not in text


PROVINCES = {
    "QC": ("section 54.14", "60 days", "90 days or two complete periods"),
    "ON": ("section 99", "within 60 days after that"),
    "AB": ("section 12 of the Internet Sales Contract Regulation",),
    "BC": ("section 52", "Sections 49 to 52"),
}


@pytest.mark.parametrize("region", PROVINCES)
def test_a_canadian_request_names_the_law_of_its_province(region, case, printed):
    context = case(Problem.CANCELLED_NO_REFUND, country="CA", region=region)
    text = printed("ca_chargeback_request", context)
    assert lacking(text, PROVINCES[region]) == []
    others = [words for name, each in PROVINCES.items() if name != region for words in each[:1]]
    assert lacking(text, others) == others


def test_quebecs_card_number_and_expiry_date_are_blanks_for_the_pen(case, printed):
    context = case(Problem.CANCELLED_NO_REFUND, country="CA", region="QC")
    text = printed("ca_chargeback_request", context)
    wanted = ("Card number", "Expiry date of the card", "required by section 54.15",
              "To be filled in by hand after printing")  # fmt: skip
    assert lacking(text, wanted) == []
    elsewhere = case(Problem.CANCELLED_NO_REFUND, country="CA", region="BC")
    assert squeezed("Expiry date") not in printed("ca_chargeback_request", elsewhere)


CLOCKS = {
    "GB": ("eight weeks", "15 business days", "Financial Ombudsman Service"),
    "IE": ("Article 101", "15 business days"),
    "RU": ("15 working days", "financial ombudsman"),
    "AU": ("30 calendar days", "Australian Financial Complaints Authority"),
    "CA": ("56 days", "Ombudsman for Banking Services and Investments"),
    "IN": ("30 days", "Reserve Bank of India"),
    "US": ("Consumer Financial Protection Bureau",),
}


@pytest.mark.parametrize("home", CLOCKS)
def test_a_complaint_names_the_clock_of_the_banks_country_and_no_other(home, case, printed):
    text = printed("bank_complaint", case(Problem.NOT_RECEIVED, issuer_country=home))
    assert lacking(text, CLOCKS[home]) == []
    strangers = [each[-1] for name, each in CLOCKS.items() if name != home]
    strangers = [words for words in strangers if words not in CLOCKS[home]]
    assert lacking(text, strangers) == strangers


def test_a_country_nobody_read_the_clock_of_gets_no_figure(case, printed):
    text = printed("bank_complaint", case(Problem.NOT_RECEIVED, issuer_country="BR"))
    assert not re.search(r"\d+(business|working|calendar)?days", text.partition("Enclosures")[0])


def test_a_reminder_in_america_names_the_clock_of_the_card(case, printed):
    known = {"complained_on": None, "notice_received_on": dt.date(2026, 4, 1)}
    context = case(Problem.NOT_RECEIVED, issuer_country="US", card_kind="credit", **known)
    assert "1026.13(c)" in printed("bank_answer_chaser", context)
    context = case(Problem.WRONG_AMOUNT, issuer_country="US", card_kind="debit", **known)
    assert "1005.11(c)" in printed("bank_answer_chaser", context)


CLAIMS = (
    {"number": "1", "text": "the parcel was delivered", "page": "2",
     "answer": "the proof shows another town", "proof": "claim.1"},
    {"number": "2", "text": "the buyer did not write", "page": "", "answer": "",
     "proof": "claim.2"},
    {"number": "3", "text": "the sale was final", "page": "3", "answer": "", "proof": ""},
)  # fmt: skip


@pytest.mark.parametrize("form_id", ["rebuttal", "pre_arbitration_statement"])
@pytest.mark.parametrize("language", ["en", "ru"])
def test_each_point_of_the_merchant_is_met_by_its_answer_and_its_exhibit(
    form_id, language, case, today
):
    context = case(Problem.NOT_RECEIVED, language=language)
    values = values_of(context, reason="any", language=language, today=today)

    def cite(claims):
        proof = claims[0].startswith("claim.") and claims[0] != "claim.3"
        return Cited(f"[{claims[0]}]", (7,)) if proof else Cited("", ())

    form = FORMS.get(form_id)
    filled = fill(form.bodies[language], values, plain=False, language=language, cite=cite,
                  lists={"counterclaims": CLAIMS})  # fmt: skip
    texts = [piece.text for piece in filled.pieces if "claim." in piece.text]
    assert len(texts) == 2
    assert "the parcel was delivered" in texts[0]
    assert "the proof shows another town. [claim.1]" in texts[0]
    assert "2" in texts[0].partition("(")[2]
    assert "the buyer did not write" in texts[1]
    assert texts[1].endswith("[claim.2]")
    assert not any("the sale was final" in piece.text for piece in filled.pieces)


def test_answers_to_the_merchant_are_offered_while_its_reply_waits():
    for form_id, stage in (("rebuttal", "response"),
                           ("pre_arbitration_statement", "pre_arbitration")):  # fmt: skip
        form = FORMS.get(form_id)
        assert form.moment is Moment.REPLY
        assert form.stages == (stage,)


@pytest.mark.parametrize(
    ("form_id", "wanted"),
    [
        ("us_cfpb_complaint", ("What happened", "Example Bank plc", "credit card", "10 April 2026",
                               "did not read the tracking page", "A fair resolution",
                               "USD 43.10", "The goods or services have not reached me")),
        ("eu_ecc_net", ("Jane Sample", "post@example.org", "Bright Lamp Store", "USD 43.10",
                        "a full refund", "wait 30 more days", "large print",
                        "Other proceedings about the same matter: none", "to my knowledge")),
        ("refund_details_request", ("8123456789012345", "ARN, 23 digits", "the day the refund",
                                    "USD 43.10")),
    ],
)  # fmt: skip
def test_a_text_for_an_online_form_says_all_of_it(form_id, wanted, case):
    form = FORMS.get(form_id)
    assert form.kind is FormKind.MESSAGE
    text = compose_submission(form, case(Problem.NOT_RECEIVED), language="en").field("text").text
    assert [words for words in wanted if words not in text] == []


def test_the_out_of_court_body_and_the_central_bank_read_their_lists(case, printed):
    body = printed("eu_adr_body", case(Problem.NOT_RECEIVED))
    wanted = (*WHO, "Bright Lamp Store", "I complain for myself", "My loss: USD 43.10",
              "Other proceedings about the same matter: none", "large print", *ASKED_SELLER,
              *ENCLOSED, *SIGNED)  # fmt: skip
    assert lacking(body, wanted) == []
    bank = printed("ru_cbr_complaint", case(Problem.NOT_RECEIVED, language="ru"), language="ru")
    wanted = ("Банк России", "Анна Образцова", "Пример-банк (АО)", "43,10 USD", "10 апреля 2026",
              "банк не учёл страницу отслеживания", "насколько мне известно")  # fmt: skip
    assert lacking(bank, wanted) == []


MINE = [f for f in FORMS.forms if f.id in {*LISTS, *OFFICES, "ru_cbr_complaint", "eu_adr_body"}]


@pytest.mark.parametrize("form", MINE, ids=lambda form: form.id)
def test_no_letter_threatens_accuses_or_links_to_the_closed_platform(form):
    for body in form.bodies.values():
        low = body.casefold()
        for word in ("you must", "unless you", "legal action", "fraudster", "thie", "scam",
                     "outrag", "ec.europa.eu/consumers/odr", "мошенник", "обязаны", "возмут",
                     "незамедлительно требую"):  # fmt: skip
            assert word not in low


@pytest.mark.parametrize("form", MINE, ids=lambda form: form.id)
def test_no_form_asks_for_a_card_number_or_a_code(form):
    names = {name for reason in form.reasons for need in (*reason.mandatory, *reason.recommended)
             for name in need.names}  # fmt: skip
    assert not names & {"card_number", "pan", "cvv", "pin", "expiry", "iban", "account_number"}


@pytest.mark.parametrize("form", MINE, ids=lambda form: form.id)
def test_every_office_and_source_has_its_page_and_the_day_it_was_read(form):
    assert all(source.url.startswith("http") for source in form.sources)
    if form.office is not None:
        assert form.office.url.startswith("http")
        assert form.office.source.startswith("http")
        assert set(form.office.name) == set(form.languages)
