"""The chronology, payments and filings that bodies go through row by row."""

import dataclasses
import datetime as dt
import tomllib

import pytest

from disputedesk.common import locations
from disputedesk.deadlines.words import Avenue
from disputedesk.model.case import Filing
from disputedesk.model.fact import Facts
from disputedesk.model.ids import CaseId, FilingId, PaymentId, RuleId
from disputedesk.model.money import Money
from disputedesk.model.order import Payment
from disputedesk.model.posting import PostingWay
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.context import Proof
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.letter import letter_text
from disputedesk.papers.steps import avenue_text, filings_of, payments_of, steps_of, way_text
from disputedesk.papers.vocabulary import field_names

replace = dataclasses.replace
DAY = dt.date(2026, 4, 2)


def a_filing(number=1, **changes):
    plain = Filing(FilingId(number), CaseId(1), RuleId("aliexpress.dispute"), "platform_dispute",
                   "first_filing", DAY, "D-77", answered_on=DAY + dt.timedelta(9),
                   answer="wait 30 days")  # fmt: skip
    return replace(plain, **changes)


def told():
    path = locations.forms() / "steps.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def test_every_line_speaks_every_language_of_letters_with_the_same_values():
    for kind, lines in told().items():
        for name, line in lines.items():
            assert set(line) == set(LETTER_LANGUAGES), (kind, name)
            for value in ("{number}", "{amount}", "{avenue}", "{reference}"):
                assert len({value in text for text in line.values()}) == 1, (kind, name)


def test_every_avenue_and_way_has_words_and_every_event_is_a_field():
    assert all(avenue_text(avenue, "en") for avenue in Avenue)
    assert all(way_text(way, "en") for way in PostingWay)
    own = {"ordered", "paid", "refunded", "filed", "filed_with_reference", "answered"}
    assert set(told()["event"]) - own <= field_names()


def test_the_chronology_tells_each_day_once_in_order_with_what_shows_it(a_context):
    facts = Facts(shipped_on=dt.date(2026, 2, 14), transaction_date=dt.date(2026, 2, 10))
    context = replace(a_context(), facts=facts, filings=(a_filing(),))
    steps = steps_of(context, "en")
    assert [step["text"] for step in steps] == [
        "Order 8123456789012345 was placed.",
        "Payment of USD\u00a043.10.",
        "The seller handed the goods to a carrier.",
        "Filed: dispute on the platform, reference D-77.",
        "Answer to: dispute on the platform.",
    ]
    assert steps[2]["proof"] == "shipped_on"


def test_a_refund_is_no_payment(a_context):
    context = a_context()
    back = Payment(PaymentId(2), context.order.id, None, Money.of("-10", "USD"), DAY)
    context = replace(context, payments=(*context.payments, back))
    assert len(payments_of(context, "en")) == 1
    assert "Refund of USD\u00a010.00." in [step["text"] for step in steps_of(context, "en")]


def test_filings_are_told_with_their_answers(a_context):
    context = replace(a_context(), filings=(a_filing(2, filed_on=DAY + dt.timedelta(1)),
                                            a_filing(answered_on=None, answer="")))  # fmt: skip
    first, second = filings_of(context, "en")
    assert (first["answered_on"], first["answer"]) == ("", "")
    assert (second["answer"], second["reference"]) == ("wait 30 days", "D-77")


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_body_goes_through_the_lists_and_cites_what_shows_each(language, forms, a_context, today):
    form = forms.get("bank_chargeback")
    body = form.bodies[language].replace(
        "[basis]",
        "{% for s in steps %}\n* {{ s.on }}: {{ s.text }} {{ s.proof }}\n{% endfor %}\n"
        "{% for p in payments %}\n* {{ p.on }}: {{ p.amount }}\n{% endfor %}\n\n[basis]",
    )
    form = replace(form, bodies={**form.bodies, language: body})
    context = a_context(language=language)
    context = replace(context, filings=(a_filing(),), proofs=(Proof("filing.1", 2),))
    letter = compose_letter(form, context, language=language, today=today)
    line = next(b for b in letter.blocks if "D-77" in b.text)
    assert line.exhibits == (2,)
    assert line.number is not None
    assert "43" in letter_text(letter)
