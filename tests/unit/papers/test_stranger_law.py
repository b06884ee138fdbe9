"""Papers for sellers and around them, read as their recipients read them.

What each must hold is typed here a second time, from the lists of fields, and looked for in the
text of the printed PDF; messages are looked at as they are pasted.
"""

import dataclasses
import datetime as dt
import re
import tomllib

import pytest

from disputedesk.common import locations
from disputedesk.model.agency import Mandate
from disputedesk.model.case import Wish
from disputedesk.model.ids import ClientId, PaymentId
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.form import FormKind, Moment, RecipientKind
from disputedesk.papers.letter import letter_text
from tests.helpers.read_papers import holds, read_paper, squeezed

replace = dataclasses.replace
DEMANDS = tuple(f"seller_demand_{end}" for end in ("eu", "uk", "us", "ru", "pl", "kz", "general"))
MESSAGES = (
    "reply_ask_extension", "reply_refuse_confirmation", "reply_refuse_offplatform",
    "reply_counter_offer", "reply_refuse_cancel_dispute", "reply_accept_return_terms",
    "reply_ask_return_label", "ask_tracking",
)  # fmt: skip
OTHERS = (
    "eu_extra_period", "order_cancellation", "subscription_cancellation", "refund_reminder",
    "return_announcement", "court_letter_before_claim", "chaser_seller", "chaser_platform",
    "chaser_ombudsman", "seller_report", "agent_mandate", "agent_mandate_revocation",
    "police_report", "phishing_report",
)  # fmt: skip
MINE = (*DEMANDS, *MESSAGES, *OTHERS)

WHO = ("Jane Sample", "12 Long Lane")
SOLD = ("8123456789012345", "USB-C charger 65 W")
PRICE, BY = "USD 43.10", "18 May 2026"

LAWS = {
    "seller_demand_eu": ("2011/83/EU",),
    "seller_demand_uk": ("Consumer Rights Act 2015", "section 28"),
    "seller_demand_us": ("16 CFR part 435", "30 days", "seven working days"),
    "seller_demand_ru": ("Article 23.1", "Protection of Consumer Rights", "post@example.org",
                         "bank details", "on request"),
    "seller_demand_pl": ("Article 7a", "14 days", "counts as accepted", "reklamacja"),
    "seller_demand_kz": ("Article 42-4", "10 calendar days"),
    "seller_demand_general": ("The contract",),
}  # fmt: skip
BREACH = {
    "not_delivered": ("14 March 2026", "have not reached me", "Departed from sorting centre"),
    "partly_delivered": ("one of two chargers",),
    "late": ("14 March 2026", "20 March 2026"),
    "not_as_agreed": ("20 March 2026", "USB-C charger, 65 W, black", "a 20 W charger"),
    "refund_due": ("25 March 2026", "LX123456785DE", "has not reached me"),
    "wrong_charge": ("USD 34.10", "the delivery was charged twice"),
    "withdrawal": ("20 March 2026",),
}  # fmt: skip


@pytest.fixture
def written(forms, a_context, today, stamp):
    """Writes a form's paper about a problem, and gives its text."""

    def make(form_id, problem, language="en", **asked):
        context = a_context(problem, language=language)
        return read_paper(
            forms.get(form_id), context, language=language, today=today, stamp=stamp, **asked
        )

    return make


def _demands():
    for form_id in DEMANDS:
        path = locations.forms() / form_id / "form.toml"
        for reason in tomllib.loads(path.read_text(encoding="utf-8"))["reason"]:
            yield pytest.param(form_id, reason["id"], Problem(reason["problems"][0]),
                               id=f"{form_id}-{reason['id']}")  # fmt: skip


@pytest.mark.parametrize(("form_id", "reason", "problem"), list(_demands()))
def test_a_demand_holds_order_breach_remedy_day_means_and_next_step(
    form_id, reason, problem, written
):
    paper = written(form_id, problem)
    holds(paper, *WHO, *SOLD, PRICE, BY, *BREACH[reason])
    holds(paper, "Bright Lamp Trading Ltd", "8 Market Street")
    holds(paper, "refund", "card ending in 6458", "in writing", "I would like to settle")
    if reason == "not_delivered":
        holds(paper, *LAWS[form_id])


@pytest.mark.parametrize("form_id", DEMANDS)
def test_a_russian_demand_says_the_same(form_id, written):
    paper = written(form_id, Problem.NOT_RECEIVED, "ru")
    holds(paper, "Анна Образцова", "8123456789012345", "43,10 USD", "18 мая 2026 года",
          "14 марта 2026 года", "Товар мною не получен", "тем же способом",
          "Прошу ответить")  # fmt: skip


RUSSIAN_LAW = {
    Problem.NOT_RECEIVED: ("статья 23.1", "0,5 процента"),
    Problem.DEFECTIVE: ("Статьи 18, 22 и 23", "10 дней", "1 процента"),
    Problem.CHANGED_MIND: ("Статья 26.1", "семи дней", "трёх месяцев", "10 дней"),
}


@pytest.mark.parametrize("problem", RUSSIAN_LAW)
def test_the_russian_claim_names_article_contact_and_no_bank_details(problem, written):
    paper = written("seller_demand_ru", problem, "ru").replace("Статья23.1", "статья23.1")
    holds(paper, *RUSSIAN_LAW[problem], "post@example.org", "сообщу их по вашему запросу")


WISHED = {
    Wish.REPLACEMENT: (
        "I ask you to replace the goods",
        "free of charge",
        "If that is not possible",
    ),
    Wish.PART_REFUND: ("I keep the goods", "reduce the price"),
    Wish.RETURN_AND_REFUND: ("take the goods back at your expense", "return label"),
    Wish.FULL_REFUND: ("I ask you to refund USD 43.10 by 18 May 2026",),
}


@pytest.mark.parametrize("wish", WISHED)
@pytest.mark.parametrize("form_id", ["seller_demand_eu", "seller_demand_us", "seller_demand_kz"])
def test_the_remedy_is_the_one_that_was_chosen(form_id, wish, written, a_context):
    case = replace(a_context(Problem.DEFECTIVE).case, wish=wish)
    paper = written(form_id, Problem.DEFECTIVE, case=case)
    holds(paper, *WISHED[wish])
    for other in set(WISHED) - {wish, Wish.FULL_REFUND}:
        assert squeezed(WISHED[other][0]) not in paper


def test_extra_time_comes_first_and_once_it_has_passed_the_contract_ends(written):
    first = written("seller_demand_eu", Problem.NOT_RECEIVED, facts={"extra_period_ends_on": None})
    holds(first, "I ask you to deliver the order by 18 May 2026", "additional period of article 18")
    after = written("seller_demand_eu", Problem.NOT_RECEIVED,
                    facts={"extra_period_ends_on": dt.date(2026, 5, 3)})  # fmt: skip
    holds(after, "I end the contract", "extra time to deliver until 3 May 2026")
    assert squeezed("I ask you to deliver") not in after
    running = written("seller_demand_eu", Problem.NOT_RECEIVED,
                      facts={"extra_period_ends_on": dt.date(2026, 5, 4)})  # fmt: skip
    holds(running, "I ask you to deliver")


def test_a_british_rejection_is_declared_only_while_the_window_is_open(written, a_window):
    wrong = Problem.NOT_AS_DESCRIBED
    holds(written("seller_demand_uk", wrong), "I reject the goods", "last day for rejecting")
    late = a_window(closes=dt.date(2026, 5, 3), file_by=dt.date(2026, 5, 1), because=())
    paper = written("seller_demand_uk", wrong, window=late)
    assert squeezed("I reject the goods") not in paper
    holds(paper, "I ask you to refund USD 43.10")


PLACES = {
    "BR": (Problem.DEFECTIVE, "90 days for durable and 30 days for other goods"),
    "AU": (Problem.DEFECTIVE, "consumer guarantees of the Australian Consumer Law"),
    "JP": (Problem.CHANGED_MIND, "within 8 days, the day of delivery counted"),
    "IN": (Problem.NOT_RECEIVED, "within 48 hours"),
}


@pytest.mark.parametrize("country", PLACES)
def test_the_general_demand_names_the_law_of_the_buyers_country_alone(country, written, a_context):
    problem, said = PLACES[country]
    client = replace(a_context().client, country=country)
    holds(written("seller_demand_general", problem, client=client), said)
    assert squeezed(said) not in written("seller_demand_general", problem)


def test_quebecs_cancellation_is_named_in_quebec_alone(written, a_context):
    here = replace(a_context().client, country="CA", subdivision="QC")
    there = replace(here, subdivision="ON")
    paper = written("seller_demand_general", Problem.NOT_RECEIVED, client=here)
    holds(paper, "sections 54.8 to 54.16", "within 15 days after the cancellation")
    assert "54.8" not in written("seller_demand_general", Problem.NOT_RECEIVED, client=there)


AROUND = {
    "eu_extra_period": (
        Problem.NOT_RECEIVED,
        (
            "deliver my order by 18 May 2026",
            "14 March 2026",
            "additional period",
            "Section 28",
            "intend to end the contract",
        ),
    ),
    "order_cancellation": (
        Problem.NOT_RECEIVED,
        ("I end the contract", PRICE, BY, "14 March 2026", "confirm the cancellation in writing"),
    ),
    "subscription_cancellation": (
        Problem.RECURRING_CANCELLED,
        (
            "SUB-40817",
            "2 March 2026",
            "e-mail",
            "none was given",
            PRICE,
            BY,
            "no further charge",
            "card details kept for it have been deleted",
        ),
    ),
    "refund_reminder": (
        Problem.RETURNED_NO_REFUND,
        (
            "25 March 2026",
            "LX123456785DE",
            "30 March 2026",
            PRICE,
            BY,
            "the day, the sum and the reference",
        ),
    ),
    "return_announcement": (
        Problem.DEFECTIVE,
        ("25 March 2026", "DHL", "LX123456785DE", PRICE, "confirm its arrival"),
    ),
    "court_letter_before_claim": (
        Problem.DEFECTIVE,
        (
            "Letter before claim",
            PRICE,
            BY,
            "sections 9 and 11",
            "mediation",
            "give your reasons",
            "county court",
        ),
    ),
    "chaser_seller": (Problem.DEFECTIVE, ("2 April 2026", "16 April 2026", "overdue", PRICE, BY)),
    "chaser_ombudsman": (
        Problem.UNAUTHORISED,
        ("2 April 2026", "16 April 2026", PRICE, "how my complaint stands"),
    ),
    "agent_mandate": (
        Problem.LATE,
        (
            *WHO,
            "Sam Helper, Advice Desk",
            "writing to the seller, platform and bank",
            "Consent to the handling of data",
            "4 May 2026",
            "ends on 31 December 2026",
            "revoke",
            "of my own free will",
        ),
    ),
    "agent_mandate_revocation": (
        Problem.LATE,
        (
            "Sam Helper, Advice Desk",
            "1 April 2026",
            "I revoke",
            "withdraw my consent",
            "confirm in writing",
        ),
    ),
    "police_report": (
        Problem.UNAUTHORISED,
        (
            *WHO,
            PRICE,
            "10 February 2026",
            "card ending in 6458",
            "ALIEXPRESS.COM",
            "21 March 2026",
            "22 March 2026",
            "in my possession",
            "no code and no password",
            "have kept, and can hand over",
            "true to my knowledge",
        ),
    ),
}


@pytest.mark.parametrize("form_id", AROUND)
def test_a_paper_around_a_demand_holds_what_its_reader_needs(form_id, written):
    problem, texts = AROUND[form_id]
    holds(written(form_id, problem), *texts, "Jane Sample")


def test_an_order_that_was_not_sent_yet_is_cancelled_in_other_words(written):
    paper = written("order_cancellation", Problem.CHANGED_MIND)
    holds(paper, "I cancel the order below", "not to send the goods", "have not been dispatched")


NAMES = r"fraud|scam|thie[fv]|\blie[sd]?\b|cheat|criminal|мошен|обман|\bвор\b|преступ"


@pytest.mark.parametrize(
    "form_id", [i for i in MINE if i not in {"police_report", "phishing_report"}]
)
@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_paper_calls_the_other_side_names(form_id, language):
    body = (locations.forms() / form_id / f"body.{language}.txt").read_text(encoding="utf-8")
    assert not re.search(NAMES, body, re.IGNORECASE)
    for word in ("you must", "you have to", "demand that", "вы обязаны", "требую"):
        assert word not in body.lower()


@pytest.mark.parametrize("form_id", ["agent_mandate", "agent_mandate_revocation"])
def test_the_client_alone_signs_an_authority_and_nothing_is_enclosed(
    form_id, forms, a_context, today
):
    context = replace(a_context(), agent="Sam Helper")
    letter = compose_letter(forms.get(form_id), context, language="en", today=today)
    assert letter.signer == "Jane Sample"
    assert not letter.enclosures
    assert "mandate" not in {advice.name for advice in letter.advice}
    signed = compose_letter(forms.get("seller_demand_eu"), context, language="en", today=today)
    assert "Sam Helper" in signed.signer
    assert signed.enclosures


def test_an_authority_is_filled_from_the_mandate_that_was_drawn_up(written):
    mandate = Mandate(1, ClientId(1), "Mia Other", "the dispute with the bank",
                      dt.date(2026, 4, 3), dt.date(2026, 9, 30))  # fmt: skip
    unsaid = dict.fromkeys(("mandate_agent", "mandate_scope", "mandate_ends_on"))
    paper = written("agent_mandate", Problem.LATE, facts=unsaid, mandate=mandate)
    holds(paper, "Mia Other", "the dispute with the bank", "ends on 30 September 2026")
    answered = written("agent_mandate", Problem.LATE, mandate=mandate)
    holds(answered, "Sam Helper, Advice Desk", "ends on 31 December 2026")


def test_the_police_get_every_payment_and_no_refund(written, a_context):
    first = a_context().payments[0]
    second = replace(first, id=PaymentId(2), amount=Money.of("9.90", "USD"), reference="REF-2",
                     descriptor="SECOND SHOP", paid_on=dt.date(2026, 2, 11))  # fmt: skip
    back = replace(first, id=PaymentId(3), amount=Money.of("-5.00", "USD"), reference="BACK")
    paper = written("police_report", Problem.UNAUTHORISED, payments=(first, second, back))
    holds(paper, "USD 9.90 on 11 February 2026, to SECOND SHOP", "reference REF-2", "6458")
    assert "BACK" not in paper


def test_rules_that_forms_name_exist():
    packs = (locations.resources("packs", "x").parent).glob("*.toml")
    known = [
        rule["id"]
        for pack in packs
        for rule in tomllib.loads(pack.read_text(encoding="utf-8")).get("rule", ())
    ]
    for form_id in MINE:
        form = tomllib.loads((locations.forms() / form_id / "form.toml").read_text("utf-8"))
        for prefix in form.get("rules", ()):
            assert prefix == "user." or any(rule.startswith(prefix) for rule in known), prefix


def test_forms_stand_on_their_shelf_for_their_moment_and_place(forms):
    for form_id in (*DEMANDS, *MESSAGES):
        form = forms.get(form_id)
        assert form.recipient is RecipientKind.SELLER
        assert form.moment is Moment.ANY
    for form_id in ("chaser_seller", "chaser_platform", "chaser_ombudsman"):
        assert forms.get(form_id).moment is Moment.LAPSED
    assert forms.get("seller_demand_eu").serves_place("DE")
    assert not forms.get("seller_demand_eu").serves_place("GB")
    assert not forms.get("seller_demand_pl").serves_place("DE")
    assert len(forms.get("seller_demand_eu").countries) == 30


@pytest.mark.parametrize("form_id", MINE)
def test_a_paper_in_russian_has_no_gap_and_no_english(form_id, forms, a_context, today):
    form = forms.get(form_id)
    for reason in form.reasons:
        context = a_context(reason.problems[0], language="ru", form=form)
        if form.kind is FormKind.LETTER:
            text = letter_text(compose_letter(form, context, language="ru", today=today))
        else:
            text = compose_submission(form, context, language="ru").field("text").text
        assert not re.search(
            r"[A-Za-z]+ (the|of|and|is|not) ", text.replace("Confirmation of R", "")
        )
        assert not re.search(r" [,.;]|\(\)|: [.;,]|«»|\.\.", text)
