"""The prompts that ship say all they must; a file that does not fit is refused by file and key."""

import pytest

from disputedesk.common.errors import Refused
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.model.problem import Problem
from disputedesk.packs.prompts import CaptureStage, load_prompts

KINDS = frozenset(kind for kind, _text in exhibit_kinds())
DAYS = frozenset({"protection_ends_at", "returned_on", "confirmed_on"})
GOOD = """
checked_on = 2026-11-23

[[prompt]]
id = "label"
kind = "label"
title = "The label"
how = ["Photograph it."]
why = "It shows the weight."
until = "Only while you have it."
source = "a guide"
"""


def fitting(problem, platform="ebay", stage=CaptureStage.BEFORE):
    return {p.id: p for p in load_prompts(KINDS, DAYS) if p.fits(problem, platform, {stage})}


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_has_something_it_cannot_do_without(problem):
    assert any(problem in prompt.must_for for prompt in fitting(problem).values())


def test_what_is_asked_fits_what_went_wrong():
    damaged = fitting(Problem.DAMAGED)
    assert {"packaging", "label", "fault", "order_page", "chat"} <= damaged.keys()
    assert "tracking" not in damaged
    never_came = fitting(Problem.NOT_RECEIVED)
    assert "tracking" in never_came
    assert not {"packaging", "label", "fault", "size"} & never_came.keys()
    assert "size" in fitting(Problem.WRONG_ITEM)
    assert "fault_film" in fitting(Problem.DEFECTIVE)


def test_the_timer_is_asked_where_there_is_one_and_only_before_filing():
    assert "timer" in fitting(Problem.DAMAGED, "aliexpress")
    assert "timer" not in fitting(Problem.DAMAGED, "ebay")
    assert "timer" not in fitting(Problem.DAMAGED, "aliexpress", CaptureStage.FILED)


def test_a_refusal_and_a_return_ask_for_their_own_proof():
    assert "decision" in fitting(Problem.DAMAGED, stage=CaptureStage.REFUSED)
    assert "decision" not in fitting(Problem.DAMAGED, stage=CaptureStage.FILED)
    assert "return_proof" in fitting(Problem.DAMAGED, stage=CaptureStage.RETURNING)


def test_a_file_that_fits_is_read(tmp_path):
    (tmp_path / "a.toml").write_text(GOOD)
    (prompt,) = load_prompts(KINDS, DAYS, tmp_path)
    assert (prompt.id, prompt.kind, prompt.how) == ("label", "label", ("Photograph it.",))
    assert prompt.must_for == frozenset()


WRONG = {
    "kind": (GOOD.replace('kind = "label"', 'kind = "lable"'), "prompt[1].kind", "label"),
    "stage": (GOOD + 'stages = ["later"]', "prompt[1].stages", "before"),
    "problem": (GOOD + 'problems = ["lost"]', "prompt[1].problems", "lost"),
    "fact": (GOOD + 'ends_with = ["amount"]', "prompt[1].ends_with", "amount"),
    "steps": (GOOD.replace('["Photograph it."]', "[]"), "prompt[1].how", "one step"),
    "key": (GOOD + "limit = 3", "prompt[1].limit", "no key called limit"),
    "both": (
        GOOD + 'must = true\nmust_for = ["damaged"]', "prompt[1].must_for", "either",
    ),
    "not asked": (
        GOOD + 'problems = ["late"]\nmust_for = ["damaged"]', "prompt[1].must_for", "not asked",
    ),
    "missing": (GOOD.replace('why = "It shows the weight."', ""), "prompt[1].why", "has to be"),
    "twice": (GOOD + GOOD.split("2026-11-23")[1], "prompt[2].id", "taken"),
    "day": (GOOD.replace("2026-11-23", '"today"'), "checked_on", "date"),
    "toml": (GOOD + "[[", "a.toml", "TOML"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_does_not_fit_is_refused_with_file_and_key(tmp_path, name):
    text, key, word = WRONG[name]
    (tmp_path / "a.toml").write_text(text)
    with pytest.raises(Refused) as refused:
        load_prompts(KINDS, DAYS, tmp_path)
    assert "a.toml" in refused.value.where
    assert key in refused.value.where
    assert word in refused.value.what
