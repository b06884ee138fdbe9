"""Whatever a person or a seller writes: it is printed as it stands, or refused in a sentence."""

import dataclasses
import re

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.common.cleaning import clean_line, clean_text
from disputedesk.common.errors import Refused
from disputedesk.common.secrets import has_secret, mask_text
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.filling import on_one_line
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.letter import render_letter

replace = dataclasses.replace
SOME = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
PRINTABLE = st.text(
    st.characters(max_codepoint=0x52F, exclude_categories=["Cs", "Co"]), min_size=1, max_size=300
)


@pytest.fixture
def write(forms, today):
    """Writes the bank letter for a context, without any limit of length."""
    form = replace(forms.get("bank_chargeback"), limits=())

    def make(context):
        return compose_letter(form, context, language="en", today=today)

    return make


def squeezed(text):
    """`text` without spaces and hyphens: a reader takes one at the end of a line for its own."""
    return re.sub(r"[\s\ufffe\u0002-]+", "", text)


def text_of(made):
    document = pypdfium2.PdfDocument(made.data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return squeezed(text)


@SOME
@given(story=st.one_of(st.text(min_size=1, max_size=300), PRINTABLE))
def test_any_story_is_printed_as_it_stands_or_refused(story, write, a_context, stamp):
    context = a_context()
    context = replace(context, case=replace(context.case, narrative=story))
    letter = write(context)
    if fonts.unprintable(clean_text(story)):
        with pytest.raises(Refused, match="cannot be printed"):
            render_letter(letter, stamp=stamp)
    else:
        said = squeezed(mask_text(clean_text(story)))
        assert said in text_of(render_letter(letter, stamp=stamp))


@SOME
@given(value=PRINTABLE)
def test_any_value_of_any_field_changes_nothing_but_its_own_words(value, write, a_context):
    plain = a_context()
    context = replace(
        plain,
        facts=plain.facts.with_values({"tracking_status": value, "delivery_address": value}),
        seller=replace(plain.seller, name=value),
        items=(replace(plain.items[0], title=value),),
        place=value,
    )
    if not clean_line(value):
        return
    before, after = write(plain), write(context)
    assert [(b.kind, b.section, b.number) for b in after.blocks] == [
        (b.kind, b.section, b.number) for b in before.blocks
    ]
    assert after.subject == before.subject


@given(text=st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert "\n" not in clean_line(text)
    assert "\n" not in on_one_line(clean_text(text))


@given(text=st.text("0123456789 -cvpinard", max_size=60))
def test_a_masked_text_holds_no_secret(text):
    assert not has_secret(mask_text(text))
