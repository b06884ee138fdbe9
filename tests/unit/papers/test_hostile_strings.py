"""Two hundred hostile strings through every form: words stay words, and nothing else happens."""

import dataclasses
import itertools
import re
import sys
import threading

import pypdfium2
import pytest

from disputedesk.common.cleaning import clean_text
from disputedesk.common.errors import DeskError, MissingFacts, Refused
from disputedesk.model.fact import FactKind
from disputedesk.papers.composer import compose_letter, compose_submission
from disputedesk.papers.form import FormKind
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.letter import render_letter
from disputedesk.papers.vocabulary import letter_facts
from tests.helpers.hostile_strings import HOSTILE

replace = dataclasses.replace
FORMS = load_forms().forms
PRINTABLE = [
    text for text in HOSTILE if clean_text(text) and not fonts.unprintable(clean_text(text))
]
SHORT = [text for text in PRINTABLE if len(clean_text(text)) <= 28]
ADDRESS = ("sender", "recipient", "department")
"""Slots that are printed in the window of the envelope, where long lines are refused."""
STRANGE = [text for text in HOSTILE if fonts.unprintable(clean_text(text))]
OUTSIDE = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "urllib.", "ftplib.",
           "http.client", "smtplib.", "webbrowser.")  # fmt: skip
seen = threading.local()


def _watch(event, _args):
    events = getattr(seen, "events", None)
    if events is not None and event.startswith(OUTSIDE):
        events.append(event)


sys.addaudithook(_watch)


@pytest.fixture(autouse=True)
def nothing_outside():
    """No form asks for the network or another program while these tests run."""
    seen.events = []
    yield
    events, seen.events = seen.events, None
    assert events == []


def slots(form):
    """The names of the texts a context is given here, those of the facts first."""
    facts = [str(fact.name) for fact in letter_facts() if fact.kind is FactKind.TEXT]
    return [*facts, "narrative", "item", "variant", "seller", "place", "delivery", "caption",
            "channel", "answer"]  # fmt: skip


def filled(context, texts):
    """`context` with these texts in its slots."""
    facts = {name: text for name, text in texts.items() if name in context.facts}
    first, *others = context.exhibits
    said, *later = context.attempts
    return replace(
        context,
        facts=context.facts.with_values(facts),
        case=replace(context.case, narrative=texts["narrative"]),
        items=(replace(context.items[0], title=texts["item"], variant=texts["variant"]),),
        seller=replace(context.seller, name=texts["seller"]),
        client=replace(context.client, name=texts["sender"]),
        recipient=replace(context.recipient, name=texts["recipient"],
                          department=texts["department"]),
        place=texts["place"],
        delivery=texts["delivery"],
        exhibits=(captioned(first, texts["caption"]), *others),
        attempts=(replace(said, channel=texts["channel"], answer=texts["answer"]), *later),
    )  # fmt: skip


def captioned(shown, caption):
    return replace(shown, exhibit=replace(shown.exhibit, caption=caption))


def compose(form, context, today):
    if form.kind is FormKind.LETTER:
        return compose_letter(form, context, language="en", today=today)
    return compose_submission(form, context, language="en")


def shape(paper):
    """What a paper is made of, its words left out."""
    if hasattr(paper, "blocks"):
        return [(b.kind, b.section, b.number, b.exhibits, b.field) for b in paper.blocks]
    return [field.name for field in paper.fields]


def squeezed(text):
    """`text` without spaces and hyphens; ligatures as a reader of PDFs takes them apart."""
    plain = text.replace("ﬁ", "fi").replace("ﬂ", "fl").replace("ĳ", "ij")
    return re.sub(r"[\s\ufffe\u0002\u00ad-]+", "", plain)


def is_printed(text, said, pages):
    """Whether `text` stands in what was read, but for a piece that each page's end may cut."""
    whole = squeezed(text)
    pieces = [whole[at : at + 24] for at in range(0, len(whole), 24)]
    return whole in said or sum(piece not in said for piece in pieces) < pages


def printed(letter, stamp):
    data = render_letter(letter, stamp=stamp).data
    assert b"/Annot" not in data
    assert b"/URI" not in data
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    pages = len(document)
    document.close()
    return squeezed(text), pages


def rounds(names):
    """Every printable string once, as many at a time as there are slots; short ones addressed."""
    short = itertools.cycle(SHORT)
    for start in range(0, len(PRINTABLE), len(names)):
        part = itertools.islice(itertools.cycle(PRINTABLE), start, start + len(names))
        yield dict(zip(names, part, strict=True)) | dict(zip(ADDRESS, short, strict=False))


def problem_of(form):
    return form.problems[0]


def unlimited(form):
    return replace(form, limits=())


def test_there_are_two_hundred_of_them():
    assert len(HOSTILE) >= 200
    assert len(STRANGE) >= 20
    assert len(SHORT) >= 60


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_words_stay_words_in_every_form(form, a_context, today, stamp):
    form, plain = unlimited(form), a_context(problem_of(form), form=form)
    names = slots(form)
    benign = shape(
        compose(form, filled(plain, dict.fromkeys((*names, *ADDRESS), "Something")), today)
    )
    for texts in rounds(names):
        paper = compose(form, filled(plain, texts), today)
        assert shape(paper) == benign
        if form.kind is not FormKind.LETTER:
            continue
        said, pages = printed(paper, stamp)
        for place, text in paper.texts():
            label, _, value = text.partition(": ")
            apart = squeezed(label) in said and is_printed(value, said, pages)
            assert is_printed(text, said, pages) or apart, place


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_what_cannot_be_printed_is_refused_with_its_place(form, a_context, today, stamp):
    if form.kind is not FormKind.LETTER:
        pytest.skip("a text for a screen is not printed")
    form, plain = unlimited(form), a_context(problem_of(form), form=form)
    letter = compose(form, plain, today)
    for text in STRANGE:
        bad = replace(letter, subject=f"{letter.subject} {clean_text(text)}")
        with pytest.raises(Refused, match="cannot be printed") as caught:
            render_letter(bad, stamp=stamp)
        assert caught.value.where == "subject"


def test_an_address_too_long_for_its_window_is_refused_in_a_sentence(
    forms, a_context, today, stamp
):
    plain = a_context()
    for text in ("A bank of many words " * 20, "B" * 400):
        context = replace(plain, recipient=replace(plain.recipient, name=text))
        letter = compose(forms.get("bank_chargeback"), context, today)
        with pytest.raises(Refused, match="does not fit the window") as caught:
            render_letter(letter, stamp=stamp)
        assert caught.value.where == "recipient"
        assert caught.value.remedy.startswith("Shorten the address")


@pytest.mark.parametrize("text", STRANGE, ids=ascii)
def test_a_strange_story_is_refused_in_a_sentence(text, forms, a_context, today, stamp):
    form = unlimited(forms.get("bank_chargeback"))
    plain = a_context()
    context = replace(plain, case=replace(plain.case, narrative=text))
    letter = compose(form, context, today)
    with pytest.raises(DeskError, match="cannot be printed"):
        render_letter(letter, stamp=stamp)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_form_with_nothing_known_asks_instead_of_guessing(form, a_context, today):
    plain = a_context(problem_of(form), form=form)
    empty = replace(
        plain, facts=type(plain.facts)({}), items=(), payments=(), instrument=None, seller=None,
        window=None, exhibits=(), proofs=(), attempts=(), place="",
        case=replace(plain.case, narrative="", wish=None),
        order=replace(plain.order, number="", title="", total=None, ordered_on=None, seller=None,
                      tracking=()),
        client=replace(plain.client, name="", address=""),
        recipient=replace(plain.recipient, name="", address=""),
    )  # fmt: skip
    with pytest.raises(MissingFacts) as caught:
        compose(form, empty, today)
    assert caught.value.names


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.id)
def test_a_story_of_a_hundred_thousand_characters_is_told_never_cut(form, a_context, today):
    plain = a_context(problem_of(form), form=form)
    story = "The parcel did not come. " * 4_000
    context = replace(plain, case=replace(plain.case, narrative=story))
    if form.limit("story") is not None:
        with pytest.raises(Refused, match="99999 characters"):
            compose(form, context, today)
        form = unlimited(form)
    paper = compose(form, context, today)
    if form.kind is FormKind.LETTER:
        quotes = [block.text for block in paper.blocks if block.field == "narrative"]
        assert quotes in ([], [clean_text(story)])
    else:
        text = paper.field("text").text
        assert clean_text(story)[-200:] in text or "did not come" not in text
