"""Every shipped form, in every language and for every reason, word for word."""

from pathlib import Path

import pytest

from disputedesk.common import locations
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.form import FormKind
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.languages import LETTER_LANGUAGES
from disputedesk.papers.letter import letter_text

GOLDEN = Path(__file__).parents[2] / "golden" / "letters"


def _cases():
    """Each form with words of its own; one that speaks another's says the same."""
    for form in load_forms().forms:
        if not (locations.forms() / form.id / f"body.{form.languages[0]}.txt").is_file():
            continue
        for language in form.languages:
            for reason in form.reasons:
                yield pytest.param((form, language, reason), id=f"{form.id}-{reason.id}-{language}")


@pytest.mark.parametrize("case", list(_cases()))
def test_a_form_says_these_words(case, a_context, today, request):
    form, language, reason = case
    context = a_context(Problem(reason.problems[0]), language=language, form=form)
    if form.kind is FormKind.LETTER:
        text = letter_text(compose_letter(form, context, language=language, today=today))
    else:
        submission = compose_submission(form, context, language=language)
        text = "".join(f"[{field.name}]\n{field.text}\n" for field in submission.fields)
    path = GOLDEN / f"{form.id}-{reason.id}-{language}.txt"
    if request.config.getoption("--renew-golden", default=False):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_no_golden_text_is_left_over_from_a_form_that_is_gone():
    names = {f"{case.id}.txt" for case in _cases()}
    assert {path.name for path in GOLDEN.iterdir()} == names


@pytest.mark.parametrize("problem", list(Problem))
@pytest.mark.parametrize("language", list(LETTER_LANGUAGES))
def test_every_problem_of_every_form_gives_a_paper(problem, language, forms, a_context, today):
    served = [f for f in forms.forms if problem in f.problems and language in f.languages]
    assert served
    for form in served:
        context = a_context(problem, language=language, form=form)
        if form.kind is FormKind.LETTER:
            assert compose_letter(form, context, language=language, today=today).blocks
        else:
            assert compose_submission(form, context, language=language).field("text").text
