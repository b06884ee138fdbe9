"""A form that asks nothing more can be written: its questions and its words agree."""

import dataclasses
import datetime as dt
import random

import pytest

from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.form import FormKind
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.needs import asked_by

CASES = [
    (form, language)
    for form in load_forms().forms
    for language in ("en", "ru")
    if language in form.languages
]


def partly_known(full, chance):
    """The case of `full` with a part of what it knows, from nearly nothing to nearly all."""
    share = chance.choice((0.1, 0.5, 0.9))
    known = {name: value for name, value in full.facts.items() if chance.random() < share}
    return dataclasses.replace(
        full,
        facts=type(full.facts)(known),
        attempts=full.attempts if chance.random() < 0.5 else (),
        window=full.window if chance.random() < 0.5 else None,
        exhibits=full.exhibits if chance.random() < 0.5 else (),
        proofs=(),
    )


def answered(form, context, full):
    """`context` with an answer to every question that must be answered; answers may ask on."""
    for _ in range(6):
        asked = [each.name for each in asked_by(form, context) if each.must]
        if not asked:
            return context
        if "contact" in asked:
            context = dataclasses.replace(context, attempts=full.attempts)
        answers = {name: full.facts.get(name) or made_up(name) for name in asked}
        context = dataclasses.replace(context, facts=context.facts.with_values(answers))
    raise AssertionError(f"answered, and asked again: {asked}")


def made_up(name):
    return dt.date(2026, 4, 4) if name.endswith(("_on", "_by")) else "as the papers show"


@pytest.mark.parametrize(("form", "language"), CASES, ids=lambda each: getattr(each, "id", each))
def test_a_form_without_questions_is_written(form, language, a_context, today):
    for number in range(6):
        chance = random.Random(f"{form.id} {language} {number}")
        full = a_context(Problem(chance.choice(form.problems)), language=language, form=form)
        context = answered(form, partly_known(full, chance), full)
        if form.kind is FormKind.LETTER:
            assert compose_letter(form, context, language=language, today=today).blocks
        else:
            assert compose_submission(form, context, language=language).field("text").text


def test_a_reminder_after_a_final_answer_asks_what_else_is_waiting(forms, a_context):
    form = forms.get("bank_answer_chaser")
    context = a_context(form=form)
    for name in ("filed_on", "notice_received_on", "reported_on"):
        context = dataclasses.replace(context, facts=context.facts.with_values({name: None}))
    assert "filed_on" in [each.name for each in asked_by(form, context) if each.must]
