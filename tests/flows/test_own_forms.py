"""Forms of one's own: copied as plain text, changed, checked before they are kept, taken back."""

import itertools
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.cli.main import main
from disputedesk.common.errors import DeskError, NotFound, Refused
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.forms import copy_form, faults_in, remove_form, save_form
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.papers import other_choices
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.own_form import faults_of, form_toml, plain_body

FORM = "eu_withdrawal"
SOME = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def body_of(desk, form="mine"):
    return desk.own_forms.read(form)["body.en.txt"]


@pytest.fixture
def mine(sample):
    copy_form(sample, FORM, "mine", language="en", case_id=find_case(sample, "1005"))
    return sample


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """An empty desk whose folder of forms is only asked what it would take."""
    made = Desk.open(tmp_path_factory.mktemp("shelf") / "desk")
    yield made.own_forms
    made.close()


@pytest.mark.parametrize("form", load_forms().forms, ids=lambda form: form.id)
def test_every_shipped_form_can_become_ones_own(form, shelf):
    for language, reason in itertools.product(form.languages, form.reasons):
        body = plain_body(form, reason, language, {})
        assert faults_of(body, form) == ()
        toml = form_toml(form, reason, language, new_id="mine", title="My “own” \\ title")
        made = shelf.check("mine", {"form.toml": toml, f"body.{language}.txt": body})
        assert made.title == "My “own” \\ title"
        assert made.reasons[0].mandatory == reason.mandatory
        assert (made.group, made.stages, made.moment) == (form.group, form.stages, form.moment)


def test_a_copy_is_plain_text_and_makes_a_letter(mine):
    assert "{%" not in body_of(mine)
    assert "{{items}}" in body_of(mine).replace(" ", "")
    case = find_case(mine, "1005")
    made = make_letter(mine, case, form="mine", language="en").value
    assert made.form == "mine"
    assert mine.forms.get("mine").plain


def test_what_is_written_is_printed_and_taken_back(mine):
    before = body_of(mine)
    save_form(mine, "mine", body=before.replace("[request]", "[request]\nHello {{ items }}."))
    assert "Hello {{ items }}." in body_of(mine)
    assert "Hello" in mine.forms.get("mine").bodies["en"]
    undo(mine)
    assert body_of(mine) == before
    undo(mine)
    with pytest.raises(NotFound):
        mine.forms.get("mine")
    assert not (mine.folder / "forms" / "mine").exists()


def test_a_form_is_taken_away_and_comes_back(mine):
    before = mine.own_forms.read("mine")
    remove_form(mine, "mine")
    assert mine.own_forms.read("mine") == {}
    undo(mine)
    assert mine.own_forms.read("mine") == before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[request]\n{% for x in attempts %}x{% endfor %}", "Line 2: Only {{field}} may stand"),
        ("[request]\n\n{{ no_such_field }}", "Line 3: No field is called “no_such_field”"),
        ("[request]\n{{ items.__class__ }}", "Line 2: “{{ items.__class__ }}” is no field"),
        ("[request]\n{{ 7*7 }}", "Line 2: "),
        ("[request]\n{{ items", "Line 2: Only {{field}} may stand"),
        ("[request]\n{# hidden #}", "Line 2: "),
        ("[nowhere]\ntext", "Line 1: There is no section [nowhere]"),
        ("[facts]\nx\n[request]\ny", "Line 3: The sections stand once each"),
        ("[request]\n> /etc/passwd", "Line 2: No field is called “/etc/passwd”"),
        ("no section", "The body has no section"),
        ("[request]\n" + "x" * 70_000, "characters; at most"),
        ("[request]\nmy card 4111 1111 1111 1111", "card number"),
    ],
)  # fmt: skip
def test_a_text_that_cannot_be_used_is_refused_with_its_line_and_changes_nothing(mine, text, told):
    before = mine.own_forms.read("mine")
    with pytest.raises(Refused) as caught:
        save_form(mine, "mine", body=text)
    assert told in str(caught.value)
    assert mine.own_forms.read("mine") == before


@SOME
@given(text=st.text(st.sampled_from("{}%# [request]items>\n* ab<&_."), max_size=80))
def test_any_text_is_kept_as_it_is_or_refused(mine, text):
    body = f"[request]\n{text}"
    try:
        save_form(mine, "mine", body=body)
    except DeskError:
        return
    assert body_of(mine) == body
    assert faults_in(mine, "mine") == ()


@pytest.mark.parametrize("name", ["../out", "A", "x", "a b", "a/b", "form.toml", ".x"])
def test_a_name_that_is_no_name_is_refused(sample, name):
    with pytest.raises(Refused):
        copy_form(sample, FORM, name, language="en")
    assert not (sample.folder / "forms").exists()


def test_a_shipped_name_or_another_language_is_refused(sample):
    with pytest.raises(Refused, match="already"):
        copy_form(sample, FORM, "uk_section75", language="en")
    with pytest.raises(Refused, match="language"):
        copy_form(sample, "uk_section75", "mine", language="de")
    with pytest.raises(NotFound):
        save_form(sample, FORM, body="[request]\nx")


def test_a_broken_file_is_told_and_the_others_keep_working(mine):
    path = mine.folder / "forms" / "mine" / "body.en.txt"
    path.write_text("[request]\n{{ nothing_known }}", encoding="utf-8")
    assert "No field is called" in faults_in(mine, "mine")[0]
    again = Desk.open(mine.folder, clock=mine.clock)
    assert [each.file for each in again.forms.refused] == ["mine/body.en.txt"]
    assert again.forms.get(FORM)
    again.close()


def test_a_link_in_the_folder_is_not_read(mine, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    (mine.folder / "forms" / "mine" / "body.ru.txt").symlink_to(secret)
    assert "body.ru.txt" not in mine.own_forms.read("mine")


def test_the_files_are_closed_to_others(mine):
    for path in (mine.folder / "forms" / "mine").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_own_form_can_be_chosen_for_a_case(mine):
    case = find_case(mine, "1005")
    from disputedesk.desk.queries.papers import choices_of

    found = {c.form: c for c in (*choices_of(mine, case), *other_choices(mine, case))}
    assert found["mine"].own
    assert not found[FORM].own


def test_the_commands_copy_edit_and_check(sample, capsys):
    sample.close()
    base = ["--desk", str(sample.folder), "--today", "2026-11-23", "letter"]
    assert main([*base, "copy", FORM, "mine", "--in", "en"]) == 0
    assert main([*base, "edit", "mine"]) == 0
    path = capsys.readouterr().out.splitlines()[-1]
    assert path == str(sample.folder / "forms" / "mine" / "body.en.txt")
    assert main([*base, "check-form", "mine"]) == 0
    text = Path(path).read_text(encoding="utf-8")
    Path(path).write_text(text + "{% if x %}", encoding="utf-8")
    assert main([*base, "check-form", "mine"]) == 1
    assert "Only {{field}} may stand" in capsys.readouterr().out
