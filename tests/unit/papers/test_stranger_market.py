"""Dispute texts as one reads them who never saw them: what must be said, typed a second time.

For each situation what a platform's clerk needs (law-and-letters, section 3.3): whose order, which
sum, what went wrong with days and words, what was tried, what is asked – and nothing that shouts.
"""

import dataclasses
import re
import tomllib

import pytest

from disputedesk.common import locations
from disputedesk.deadlines.words import Actor
from disputedesk.model.case import Wish
from disputedesk.model.problem import Problem
from disputedesk.packs.library import load_library
from disputedesk.papers.composer import compose_submission
from disputedesk.papers.form import FormKind

ALWAYS = {"en": ("USD 43.10", "USB-C charger", "in writing"),
          "ru": ("43,10 USD", "USB-C", "письменно")}  # fmt: skip
SAID = {
    "not_received": {
        "en": ("14 March 2026", "not received the parcel", "LP00123456789012", "24 February 2026"),
        "ru": ("14 марта 2026", "не получена", "LP00123456789012", "24 февраля 2026"),
    },
    "partly_received": {"en": ("Missing: one of two",), "ru": ("Не хватает: одно из двух",)},
    "received": {
        "en": ("20 March 2026", "65 W, black", "20 W charger"),
        "ru": ("20 марта 2026", "65 Вт", "на 20 Вт"),
    },
    "refund": {"en": ("25 March 2026", "LX123456785DE"), "ru": ("25 марта 2026", "RA123456785RU")},
    "withdrawal": {"en": ("send the goods back",), "ru": ("вернуть товар",)},
    "unauthorised": {"en": ("did not make this payment",), "ru": ("не мною",)},
    "recurring": {"en": ("2 March 2026",), "ru": ("2 марта 2026",)},
    "charge": {"en": ("delivery was charged twice",), "ru": ("доставка списана дважды",)},
}
APPEAL = {
    "en": ("20 April 2026", "D-1187", "no refund is due", "has not moved", "letter of the carrier"),
    "ru": ("20 апреля 2026", "Р-1187", "возврат не положен", "24 февраля", "письмо перевозчика"),
}
SHOUTS = re.compile(r"scam|fraud|thie|lawyer|court|police|!|обман|мошен|суд|адвокат", re.I)


def market_forms(forms):
    return [f for f in forms.forms if f.kind is FormKind.SUBMISSION]


def made(form, reason, a_context, language):
    context = a_context(Problem(reason.problems[0]), language=language)
    return compose_submission(form, context, language=language)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_text_says_what_the_platforms_clerk_needs(forms, a_context, language):
    looked_at = 0
    for form in market_forms(forms):
        for reason in form.reasons:
            text = made(form, reason, a_context, language).field("text").text
            wanted = [*ALWAYS[language], *SAID[reason.id][language]]
            if reason.id == "unauthorised":
                wanted.remove("USB-C charger" if language == "en" else "USB-C")
            if "appeal" in form.id:
                wanted += APPEAL[language]
            elif "escalation" not in form.id and language == "en":
                wanted += ["22 March 2026", "wait 30 more days"]
            missing = [each for each in wanted if each not in text]
            assert not missing, (form.id, reason.id, missing)
            looked_at += 1
    assert looked_at > 150


@pytest.mark.parametrize("language", ["en", "ru"])
def test_no_text_shouts_or_leaves_a_hole(forms, a_context, language):
    for form in market_forms(forms):
        for reason in form.reasons:
            text = made(form, reason, a_context, language).field("text").text
            assert not SHOUTS.search(text), (form.id, reason.id)
            assert not re.search(r"\{|\}|None|  | \.|\(\)|“”|«»|\.\.", text), (form.id, text)


@pytest.mark.parametrize("language", ["en", "ru"])
def test_whoever_wants_a_replacement_asks_for_it_first(forms, a_context, language):
    context = a_context(Problem.DEFECTIVE, language=language)
    case = dataclasses.replace(context.case, wish=Wish.REPLACEMENT)
    form = forms.get("ebay_dispute")
    text = compose_submission(form, dataclasses.replace(context, case=case), language=language)
    first = {"en": "I ask for a replacement, or for USD", "ru": "Прошу заменить товар или"}
    assert text.field("text").text.startswith(first[language])


def test_every_way_along_a_platform_or_wallet_that_is_the_buyers_has_its_text(forms):
    """Every rule of a marketplace's or wallet's pack by which a buyer files something."""
    without = []
    for rule in load_library().rules:
        ways = {"platform_dispute": ("first_filing", "escalation"), "platform_appeal": ("appeal",)}
        filed = str(rule.stage) in ways.get(str(rule.avenue), ())
        if rule.actor is Actor.BUYER and filed:
            serving = [
                form for form in forms.serving(str(rule.avenue), str(rule.id))
                if str(rule.stage) in form.stages
            ]  # fmt: skip
            without += [] if serving else [str(rule.id)]
    assert set(without) <= NOTHING_TO_APPEAL


NOTHING_TO_APPEAL = {"walmart.appeal", "aliexpress.dispute.file_claim"}
"""No appeal exists there; and a claim of the years before 2018."""


def test_no_form_states_a_limit_that_nobody_published(forms):
    for form in market_forms(forms):
        for limit in form.limits:
            assert limit.own or "PayPal" in limit.source, (form.id, limit)
            assert ("own working limit" in limit.source) is limit.own


def test_the_rules_that_a_form_names_exist(forms):
    known = [str(rule.id) for rule in load_library().rules]
    for form in market_forms(forms):
        for prefix in form.rules:
            assert any(name.startswith(prefix) for name in known), (form.id, prefix)


def test_forms_that_share_a_text_share_its_reasons():
    """A reason that the shared body does not know would be told as a refund."""
    root = locations.forms()
    for file in root.glob("*/form.toml"):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        if data["kind"] != "submission":
            continue
        folder = root / data.get("bodies_of", data["id"])
        body = (folder / "body.en.txt").read_text(encoding="utf-8")
        for reason in data["reason"]:
            known = f'reason == "{reason["id"]}"' in body or reason["id"] == "refund"
            assert known, (data["id"], reason["id"])
