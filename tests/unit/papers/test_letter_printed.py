"""What the PDF of a letter says, read out again: the golden text, and nothing beside it."""

import re
import unicodedata
from pathlib import Path

import pypdfium2
import pytest

from disputedesk.common import locations
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.form import FormKind
from disputedesk.papers.form_files import load_forms
from disputedesk.papers.paper import layout_for
from disputedesk.papers.pdf.address import return_line
from disputedesk.papers.pdf.letter import render_letter

GOLDEN = Path(__file__).parents[2] / "golden" / "letters"
_MARKS = ("## ", "> ")


def squeezed(text):
    """`text` without white space, breaks and hyphens: the same on one line and on two."""
    return re.sub(r"[\s\ufffe\u0002-]+", "", unicodedata.normalize("NFC", text))


def _cases():
    """The first reason of every letter in every language; of the bank letter, every one of two."""
    for form in load_forms().forms:
        own = (locations.forms() / form.id / f"body.{form.languages[0]}.txt").is_file()
        if form.kind is not FormKind.LETTER or not own:
            continue
        for language in form.languages:
            wholly = form.id == "bank_chargeback" and language in ("en", "ru")
            for reason in form.reasons if wholly else form.reasons[:1]:
                yield pytest.param((form, language, reason), id=f"{form.id}-{reason.id}-{language}")


def pages_of(pdf):
    document = pypdfium2.PdfDocument(pdf)
    texts = [squeezed(page.get_textpage().get_text_range()) for page in document]
    document.close()
    return texts


def body_of(pages, letter):
    """The pages as one text, without what stands on the frame of each."""
    bare = []
    for number, page in enumerate(pages, start=1):
        told = letter.labels.page.format(page=number, pages=len(pages))
        frame = [told]
        if number > 1:
            frame += [f"{letter.reference} · {letter.place_date}", letter.sender[0]]
        if number == len(pages):
            frame.append(letter.disclaimer)
        text = page
        for part in map(squeezed, frame):
            assert part in text, f"page {number} does not say {part}"
            text = text.replace(part, "", 1)
        bare.append(text)
    return "".join(bare)


def golden_pieces(text):
    """The lines of a golden text as they are printed; a row of the box is a label and a value."""
    for line in text.splitlines():
        shown = line
        for mark in _MARKS:
            shown = shown.removeprefix(mark)
        if shown.startswith("| "):
            yield from shown[2:].split(": ", 1)
        elif shown.startswith("__") or not shown.strip():
            continue
        else:
            yield shown


def frame_pieces(letter):
    """What is printed around the golden text: the sender's small line, the labels of the hand."""
    labels = letter.labels
    yield from (labels.signature, labels.signature_date)
    if letter.declaration:
        yield labels.declaration
    small = layout_for(letter.recipient_country).return_line
    if small is not None:
        yield "".join(text for text, *_ in return_line(letter.return_address, small))


def _without(text, pieces):
    """`text` after each of `pieces` was taken out once, the longest first."""
    for piece in sorted(map(squeezed, pieces), key=len, reverse=True):
        assert piece in text, f"not printed: {piece}"
        text = text.replace(piece, "\0", 1)
    return text


@pytest.mark.parametrize("case", list(_cases()))
def test_the_pdf_says_the_golden_text_and_nothing_else(case, a_context, today, stamp):
    form, language, reason = case
    context = a_context(reason.problems[0], language=language, form=form)
    letter = compose_letter(form, context, language=language, today=today)
    golden = (GOLDEN / f"{form.id}-{reason.id}-{language}.txt").read_text(encoding="utf-8")
    pages = pages_of(render_letter(letter, stamp=stamp).data)
    printed = body_of(pages, letter)
    shown = [piece for piece in golden_pieces(golden) if piece != letter.disclaimer]
    left = _without(printed, [*shown, *frame_pieces(letter)])
    assert left.replace("\0", "") == ""
