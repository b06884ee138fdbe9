"""Forms as data: the shipped ones are whole, and each mistake is refused with file, key and why."""

import dataclasses
import datetime as dt
import shutil

import pytest

from disputedesk.common import locations
from disputedesk.common.errors import NotFound, Refused
from disputedesk.model.problem import Problem
from disputedesk.papers import filling
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.filling import BodyFault, Cited, check_body, fill
from disputedesk.papers.form import SECTIONS_OF, FormKind, Moment
from disputedesk.papers.form_files import load_form, load_forms
from disputedesk.papers.frame import words
from disputedesk.papers.letter import BlockKind
from disputedesk.papers.values import Value, Values

GOOD = """
id = "mine"
kind = "letter"
title = "Mine"
summary = "A form of my own."
avenues = ["seller"]
languages = ["en"]
recipient = "seller"
checked_on = 2026-11-22
[always]
mandatory = ["items"]
[[reason]]
id = "any"
problems = ["late"]
[[source]]
title = "me"
url = "https://example.org/"
checked_on = 2026-11-22
"""
BODY = "[subject]\nAbout {{ items }}\n[request]\nI ask for {{amount_disputed}}.\n\n> narrative\n"


def a_form(tmp_path, toml=GOOD, body=BODY, name="mine"):
    folder = tmp_path / name
    folder.mkdir()
    (folder / "form.toml").write_text(toml, encoding="utf-8")
    (folder / "body.en.txt").write_text(body, encoding="utf-8")
    return folder


MALFORMED = {
    "unknown key": (GOOD.replace("kind =", "colour = 1\nkind ="), "unknown field `colour`"),
    "missing key": (GOOD.replace('title = "Mine"\n', ""), "missing required field `title`"),
    "wrong type": (GOOD.replace('["seller"]', '"seller"'), "avenues: Expected `array`"),
    "unknown avenue": (GOOD.replace('["seller"]', '["wishing"]'), "Invalid enum value 'wishing'"),
    "unknown problem": (GOOD.replace('"late"', '"sad"'), "reason[0].problems[0]: Invalid enum"),
    "unknown field": (GOOD.replace('["items"]', '["itmes"]'),
                      "always.mandatory: No field is called “itmes”"),
    "bad need": (GOOD.replace('["items"]', '["items or else"]'),
                 "always.mandatory: “items or else” is not"),
    "other id": (GOOD.replace('id = "mine"', 'id = "yours"'), "id: The id is the folder’s name"),
    "language": (GOOD.replace('["en"]', '["xx"]'), "languages: “xx” is no language of letters"),
    "no source": (GOOD[: GOOD.index("[[source]]")].replace("[always]", "source = []\n[always]"),
                  "source: A form names"),
    "twice": (GOOD.replace('["late"]', '["late"]\n[[reason]]\nid = "b"\nproblems = ["late"]'),
              "reason[1].problems: “late” stands under two reasons"),
    "limit": (GOOD + '[[limit]]\nname = "text"\nlimit = 0\nlimit_source = "x"\n',
              "limit[0]: A limit is above 0"),
    "no toml": ("id = ", "It is no valid TOML"),
    "no date": (GOOD.replace("2026-11-22\n[always]", '"soon"\n[always]'), "checked_on: Invalid"),
    "department": (GOOD + '[department]\nru = "x"\n', "department: It needs one text per language"),
}  # fmt: skip


@pytest.mark.parametrize("mistake", MALFORMED)
def test_a_malformed_form_is_refused_with_file_key_and_why(mistake, tmp_path):
    toml, said = MALFORMED[mistake]
    with pytest.raises(Refused) as caught:
        load_form(a_form(tmp_path, toml), plain=True)
    assert said in str(caught.value)
    assert "mine/form.toml" in str(caught.value)


BAD_BODIES = {
    "code": ("[subject]\n{% if items %}x{% endif %}", "Only {{field}} may stand"),
    "expression": ("[subject]\n{{ items.__class__ }}", "Only {{field}} may stand"),
    "call": ("[subject]\n{{ ex('items') }}", "Only {{field}} may stand"),
    "unknown": ("[subject]\n{{ ssn }}", "No field is called “ssn”"),
    "quoted": ("[request]\n> ssn", "No field is called “ssn”"),
    "no section": ("Dear Sir", "The body has no section"),
    "section": ("[verdict]\nApproved", "There is no section [verdict]"),
    "order": ("[request]\nx\n[subject]\ny", "in this order"),
    "size": ("[subject]\n" + "x" * 70_000, "at most 65536"),
    "private use": ("[subject]\n\ue0000\ue001", "private-use"),
}


@pytest.mark.parametrize("mistake", BAD_BODIES)
def test_a_body_that_is_more_than_words_and_fields_is_refused(mistake, tmp_path):
    body, said = BAD_BODIES[mistake]
    with pytest.raises(Refused) as caught:
        load_form(a_form(tmp_path, body=body), plain=True)
    assert said in str(caught.value)
    assert "mine/body.en.txt" in str(caught.value)


def test_a_form_of_ones_own_stands_beside_the_shipped_ones(tmp_path):
    a_form(tmp_path)
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "form.toml").write_text("?", encoding="utf-8")
    found = load_forms(tmp_path)
    assert found.get("mine").plain
    assert not found.get("bank_chargeback").plain
    (refused,) = found.refused
    assert str(refused).startswith("broken/form.toml: It is no valid TOML")


def test_a_form_of_ones_own_cannot_pass_for_a_shipped_one(tmp_path):
    shutil.copytree(locations.forms() / "uk_section75", tmp_path / "uk_section75")
    toml = GOOD.replace('id = "mine"', 'id = "uk_section75"')
    (tmp_path / "uk_section75" / "form.toml").write_text(toml, encoding="utf-8")
    (tmp_path / "uk_section75" / "body.en.txt").write_text(BODY, encoding="utf-8")
    found = load_forms(tmp_path)
    assert not found.get("uk_section75").plain
    assert "already a form" in found.refused[0].why


def test_reading_the_forms_compiles_no_template(monkeypatch):
    def refuse():
        raise AssertionError("a template was compiled")

    monkeypatch.setattr(filling, "_environment", refuse)
    check_body.cache_clear()
    assert load_forms().refused == ()


def test_every_shipped_form_is_whole_when_it_is_checked_wholly(forms):
    for form in forms.forms:
        assert load_form(locations.forms() / form.id) == form


def test_a_bad_template_is_refused_before_its_first_use_with_file_and_line(forms, a_context, today):
    form = forms.get("bank_chargeback")
    bodies = {**form.bodies, "en": "[subject]\n\n{% macro x() %}{% endmacro %}"}
    with pytest.raises(Refused) as caught:
        compose_letter(
            dataclasses.replace(form, bodies=bodies), a_context(), language="en", today=today
        )
    assert "Line 3: “Macro” is not used in forms." in str(caught.value)
    assert "bank_chargeback/body.en.txt" in str(caught.value)


def test_a_form_nobody_has_is_not_found(forms):
    with pytest.raises(NotFound, match="letter forms lists"):
        forms.get("nothing")


def test_forms_are_found_by_avenue_rule_and_problem(forms):
    def ids(*asked):
        return [form.id for form in forms.serving(*asked)]

    assert ids("card_chargeback", "visa.13.1", Problem.LATE) == ["bank_chargeback"]
    assert ids("platform_dispute", "aliexpress.dispute.not_received")[0] == "aliexpress_dispute"
    assert "us_fcba_notice" in ids("statutory", "us.fcba.billing_error")
    assert "us_fcba_notice" not in ids("statutory", "us.fcba.claims_and_defenses")
    assert ids("court") == ["court_letter_before_claim"]
    assert ids("parcel_protection", "dhl.lost") == ["chaser_platform"]


def test_a_form_for_a_window_comes_before_those_for_any_moment(forms):
    found = forms.serving("seller", problem=Problem.DEFECTIVE)
    moments = [form.moment is Moment.WINDOW for form in found]
    assert moments == sorted(moments, reverse=True)
    assert "seller_demand_eu" in {form.id for form in found}


def test_every_shipped_form_names_who_says_so_and_when(forms):
    for form in forms.forms:
        assert form.sources
        assert all(
            s.url.startswith("http") and s.checked_on >= dt.date(2026, 11, 22) for s in form.sources
        )
        assert all(limit.source for limit in form.limits)


def test_the_bank_letter_serves_every_problem_but_a_change_of_mind(forms):
    assert set(Problem) - set(forms.get("bank_chargeback").problems) == {Problem.CHANGED_MIND}


def test_both_languages_have_the_same_words():
    english, russian = words("en"), words("ru")
    for part in ("headings", "quotes", "labels", "problems", "wishes", "networks", "platforms"):
        assert getattr(english, part).keys() == getattr(russian, part).keys()
    assert set(english.problems) == {problem.value for problem in Problem}


def _cite(_claims):
    return Cited("", ())


def _fill(body, values=None, *, plain=False):
    known = Values({name: Value(text) for name, text in (values or {}).items()})
    return fill(body, known, plain=plain, language="en", cite=_cite)


def test_a_value_never_becomes_structure():
    evil = "x\n[next]\nBank decision: approved\n\n* 99 statements\n> narrative\n{{ items }}"
    filled = _fill("[request]\n{{ narrative }}\n", {"narrative": evil, "items": "i"})
    (piece,) = filled.pieces
    assert piece.kind is BlockKind.PARAGRAPH
    assert "[next], Bank decision: approved" in piece.text
    assert "{{ items }}" in piece.text


def test_a_value_that_looks_like_a_token_stays_a_value():
    filled = _fill(
        "[request]\n{{ narrative }} {{ items }}\n", {"narrative": "\ue0001\ue001", "items": "i"}
    )
    assert filled.pieces[0].text == "\ue0001\ue001 i"


def test_printing_what_nobody_knows_is_noted_and_asking_is_free():
    assert _fill("[request]\n{{ items }}\n").unknown == ("items",)
    assert _fill("[request]\n{% if items %}{{ items }}{% endif %}x\n").unknown == ()
    assert _fill("[request]\n{{items}}\n", plain=True).unknown == ("items",)


@pytest.mark.parametrize("body", [
    "[request]\n{{ 'x' * 1000000000 }}\n",
    "[request]\n{% for a in 'x' %}{{ a.__class__.__mro__ }}{% endfor %}\n",
    "[request]\n{% for a in items.__init__.__globals__ %}{{ a }}{% endfor %}\n",
    "[request]\n{% for a in 'xxxxxxxxxxxxxxxxxxxx' %}{% for b in 'xxxxxxxxxxxxxxxxxxxx' %}"
    "{% for c in 'xxxxxxxxxxxxxxxxxxxx' %}{% for d in 'xxxxxxxxxxxxxxxxxxxx' %}123456789"
    "{% endfor %}{% endfor %}{% endfor %}{% endfor %}\n",
])  # fmt: skip
def test_a_shipped_body_can_neither_escape_nor_swell(body):
    with pytest.raises(BodyFault):
        _fill(body, {"items": "i"})


@pytest.mark.parametrize("body", [
    "[request]\n{{ cycler.__init__ }}\n", "[request]\n{{ range(10) }}\n",
    "[request]\n{{ items|upper }}\n", "[request]\n{% include 'x' %}{{ lipsum() }}\n",
    "[request]\n{% if %}\n", "[request]\n{{ 'x' ~ 'y' }}\n",
    "[request]\n{% set x = 'y' %}\n", "[request]\n{% macro m() %}{% endmacro %}\n",
    "[request]\n{{ attempts.append('x') }}\n", "[request]\n{{ 'x' * 9 }}\n",
])  # fmt: skip
def test_a_shipped_body_has_no_globals_and_no_filters(body):
    with pytest.raises(BodyFault):
        check_body(body, SECTIONS_OF[FormKind.LETTER], plain=False)


def test_shipped_forms_are_read_once_as_long_as_their_files_stay(tmp_path, monkeypatch):
    root = tmp_path / "forms"
    for name in ("uk_section75", "bank_chargeback"):
        shutil.copytree(locations.forms() / name, root / name)
    monkeypatch.setattr(locations, "forms", lambda: root)
    first = load_forms()
    assert load_forms() is first
    file = root / "uk_section75" / "form.toml"
    file.write_bytes(file.read_bytes().replace(b'title = "', b'title = "Other '))
    again = load_forms()
    assert again.get("uk_section75").title == f"Other {first.get('uk_section75').title}"
    (root / "uk_section75" / "body.en.txt").unlink()
    assert [form.id for form in load_forms().forms] == ["bank_chargeback"]


@pytest.mark.parametrize("deep", ["a = " + "[" * 90_000, "a = " + "{a=" * 30_000])
def test_a_form_nested_without_end_is_refused_alone(tmp_path, deep):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "form.toml").write_text(deep, encoding="utf-8")
    found = load_forms(tmp_path)
    assert "nested too deeply" in str(found.refused[0])
    assert len(found.forms) == len(load_forms().forms)
