"""What is pasted into chats and forms, and what reminds: useful, polite, and without card data."""

import dataclasses
import datetime as dt
import re
import tomllib

import pytest

from disputedesk.common import locations
from disputedesk.common.errors import MissingFacts
from disputedesk.common.secrets import find_secrets
from disputedesk.deadlines.words import Actor, Avenue, Stage, Status
from disputedesk.model.ids import RuleId
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from tests.helpers.read_papers import holds, read_paper, squeezed

replace = dataclasses.replace
PRICE = "USD 43.10"

MESSAGES = (
    "reply_ask_extension", "reply_refuse_confirmation", "reply_refuse_offplatform",
    "reply_counter_offer", "reply_refuse_cancel_dispute", "reply_accept_return_terms",
    "reply_ask_return_label", "ask_tracking",
)  # fmt: skip


@pytest.fixture
def written(forms, a_context, today, stamp):
    """Writes a form's paper about a problem, and gives its text."""

    def make(form_id, problem, language="en", **asked):
        context = a_context(problem, language=language)
        return read_paper(
            forms.get(form_id), context, language=language, today=today, stamp=stamp, **asked
        )

    return make


TOLD = {
    "reply_ask_extension": (Problem.NOT_RECEIVED, ("extend the protection by 30 days",)),
    "reply_refuse_confirmation": (
        Problem.NOT_RECEIVED,
        ("I will confirm receipt when I have received the goods",),
    ),
    "reply_refuse_offplatform": (
        Problem.LATE,
        ("through the platform", "no card or account details"),
    ),
    "reply_counter_offer": (
        Problem.DEFECTIVE,
        ("USD 20.00", "coupon over USD 5.00", "keep the goods"),
    ),
    "reply_refuse_cancel_dispute": (Problem.NOT_RECEIVED, ("the dispute stays open until", PRICE)),
    "reply_accept_return_terms": (
        Problem.DEFECTIVE,
        ("I accept your terms", "prepaid label", "tracking"),
    ),
    "reply_ask_return_label": (Problem.DEFECTIVE, ("prepaid return label", "full address")),
    "ask_tracking": (Problem.NOT_RECEIVED, ("LP00123456789012", "the day on which it will come")),
    "seller_report": (
        Problem.NOT_RECEIVED,
        (
            "Bright Lamp Store",
            "please confirm receipt now",
            "“Inducing Early Confirmation of Receipt”",
        ),
    ),
    "phishing_report": (
        Problem.UNAUTHORISED,
        (
            "21 March 2026",
            "alert@bank.example",
            "hxxp://bank.example/login",
            "Your card is blocked",
            "headers",
        ),
    ),
    "chaser_platform": (Problem.NOT_RECEIVED, ("2 April 2026", "16 April 2026", "the decision")),
}


@pytest.mark.parametrize("form_id", TOLD)
def test_a_message_says_what_it_is_for(form_id, written):
    problem, texts = TOLD[form_id]
    paper = written(form_id, problem)
    holds(paper, *texts, "Jane Sample")
    assert len(paper) < 1000


def test_a_platforms_own_rule_is_named_to_that_platform_alone(written, a_context):
    order = replace(a_context().order, platform="ebay")
    paper = written("seller_report", Problem.NOT_RECEIVED, order=order)
    assert "before I had the goods" in paper
    assert "Inducing" not in paper


THREATS = {
    "en": r"court|lawyer|sue\b|police|feedback|review|report you|legal action|or else|fraud|scam|"
          r"liar|immediately|at once|warn|chargeback|\bmust\b",
    "ru": r"\bсуд|адвокат|юрист|полици|отзыв|жалоб|немедленно|мошен|обман|угро|обязаны|чарджб",
}  # fmt: skip


def _to_sellers():
    for form_id in MESSAGES:
        path = locations.forms() / form_id / "form.toml"
        for reason in tomllib.loads(path.read_text(encoding="utf-8"))["reason"]:
            for problem in reason["problems"]:
                for language in ("en", "ru"):
                    yield form_id, Problem(problem), language


@pytest.mark.parametrize(("form_id", "problem", "language"), list(_to_sellers()))
def test_a_message_to_a_seller_threatens_nobody_and_wants_no_card(
    form_id, problem, language, written
):
    plain = written(form_id, problem, language)
    assert not re.search(THREATS[language], plain, re.IGNORECASE)
    asked = [s for s in re.split(r"(?<=[.!?])\s", plain) if re.search("card|карт|счёт", s)]
    assert all("no card" in s or "не даю" in s for s in asked)
    story = "4111 1111 1111 1111, CVV 123"
    facts = {"tracking_status": story, "seller_offer": story, "return_terms": story,
             "goods_received": story, "goods_missing": story}  # fmt: skip
    hostile = written(form_id, problem, language, facts=facts)
    assert "4111 1111" not in hostile
    assert not find_secrets(hostile)


def a_lapsed(a_window, **changes):
    step = a_window().because[0]
    said = replace(step, result=dt.date(2026, 4, 16), start=dt.date(2026, 4, 2), length="14 days",
                   what="the day the seller was asked")  # fmt: skip
    asked = {"rule": RuleId("poland.seller.answer"), "avenue": Avenue.SELLER,
             "stage": Stage.RESPONSE, "actor": Actor.SELLER, "status": Status.CLOSED,
             "closes": dt.date(2026, 4, 16), "code": "", "because": (said,)}  # fmt: skip
    return a_window(**asked | changes)


NO_DAYS = {"asked_on": None, "answer_due_on": None}


def test_a_reminder_tells_since_when_from_the_clock_that_ran_out(written, a_window):
    facts = {**NO_DAYS, "contacted_seller_on": dt.date(2026, 4, 2)}
    paper = written("chaser_seller", Problem.DEFECTIVE, facts=facts, window=a_lapsed(a_window))
    holds(paper, "On 2 April 2026 I asked you", "You had until 16 April 2026",
          "(14 days from 2 April 2026, the day the seller was asked)")  # fmt: skip


def test_a_recorded_day_goes_before_the_clock(written, a_window):
    facts = {"asked_on": dt.date(2026, 4, 5), "answer_due_on": dt.date(2026, 4, 19)}
    paper = written("chaser_seller", Problem.DEFECTIVE, facts=facts, window=a_lapsed(a_window))
    holds(paper, "On 5 April 2026 I asked you", "You had until 19 April 2026")
    assert squeezed("14 days from") not in paper


def test_a_reminder_without_a_lapsed_clock_asks_for_its_days(written):
    with pytest.raises(MissingFacts) as caught:
        written("chaser_seller", Problem.DEFECTIVE, facts=NO_DAYS)
    assert set(caught.value.names) == {"asked_on", "answer_due_on"}


def test_a_platform_is_told_whose_time_ran_out(written, a_window):
    facts = {**NO_DAYS, "platform_dispute_opened_on": dt.date(2026, 4, 2)}
    clock = a_lapsed(a_window, avenue=Avenue.PLATFORM_DISPUTE)
    seller = written("chaser_platform", Problem.DEFECTIVE, facts=facts, window=clock)
    assert "The seller had until 16 April 2026" in seller
    own = replace(clock, actor=Actor.PLATFORM)
    platform = written("chaser_platform", Problem.DEFECTIVE, facts=facts, window=own)
    assert "Your answer was due by 16 April 2026" in platform
    assert "The seller" not in platform


def test_a_reminder_is_not_told_to_be_late(forms, a_context, a_window, today):
    context = replace(a_context(Problem.DEFECTIVE), window=a_lapsed(a_window))
    letter = compose_letter(forms.get("chaser_seller"), context, language="en", today=today)
    assert "late" not in {advice.name for advice in letter.advice}
