"""The list of usual claims: whole for every wrong, and refused where it does not fit."""

import pytest

from disputedesk.common.errors import Refused
from disputedesk.desk.steps import exhibit_kinds
from disputedesk.model.problem import Problem
from disputedesk.packs.usual_claims import load_usual_claims

KINDS = [kind for kind, _ in exhibit_kinds()]
GOOD = """
checked_on = 2026-11-23
[[claim]]
id = "a"
text = "They say so."
answer = "Look."
kinds = ["chat"]
problems = ["late"]
source = "A page (read 2026-11-22)"
"""


def test_every_wrong_has_claims_of_its_own_and_each_says_who_asks():
    claims = load_usual_claims(KINDS)
    for problem in Problem:
        own = [each for each in claims if each.fits(problem)]
        assert len(own) >= 3, problem
    assert all(each.source and each.kinds and each.answer for each in claims)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ('kinds = ["chat"]', 'kinds = ["chats"]', "kinds"),
        ('problems = ["late"]', 'problems = ["later"]', "problems"),
        ('answer = "Look."', 'answer = ""', "answer"),
        ('id = "a"', 'id = "a"\nextra = 1', "extra"),
        ("checked_on = 2026-11-23", "", "checked_on"),
        ("[[claim]]", "[[claim", "TOML"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_with_its_place(tmp_path, old, new, word):
    path = tmp_path / "claims.toml"
    path.write_text(GOOD.replace(old, new), encoding="utf-8")
    with pytest.raises(Refused, match=word):
        load_usual_claims(KINDS, path)


def test_a_name_is_given_once(tmp_path):
    path = tmp_path / "claims.toml"
    claim = GOOD.partition("[[claim]]")[2]
    path.write_text(f"{GOOD}\n[[claim]]{claim}", encoding="utf-8")
    with pytest.raises(Refused, match="taken"):
        load_usual_claims(KINDS, path)
