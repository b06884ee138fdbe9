"""Bundles in languages no screen speaks: nothing of ours in English, and the check reads them."""

import functools
import io
import re

import pikepdf
import pypdfium2
import pytest

from disputedesk.common import texts
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.queries.bundle_checks import check_document
from disputedesk.desk.queries.cases import case_detail, find_case
from disputedesk.papers.bundle import PartLimits
from disputedesk.papers.frame import words
from disputedesk.papers.languages import LETTER_LANGUAGES
from tests import catalogues

ABROAD = catalogues.PAPER_LANGUAGES
_FIELD = re.compile(r"\{\w+\}")
SHARED = {"Version", "Date", "page", "pages", "bytes", "Messages", "E-mail", "Notes"}
"""Words that one of the languages has too."""


@functools.cache
def ours():
    """The pieces between the values of every English message that a paper may say."""
    return {
        piece
        for text, found in catalogues.collect_outgoing().items()
        for form in {text, found.plural}
        for piece in (each.strip(" .,:;·–()[]") for each in _FIELD.split(form))
        if len(piece) > 3
    }


def pages_of(data):
    pdf = pypdfium2.PdfDocument(data)
    told = [page.get_textpage().get_text_range() for page in pdf]
    pdf.close()
    return [" ".join(page.replace("\u00a0", " ").split()) for page in told]


def outline_of(data):
    with pikepdf.open(io.BytesIO(data)) as pdf, pdf.open_outline() as outline:
        lines = [line.title for top in outline.root for line in (top, *top.children)]
        return [str(pdf.docinfo["/Title"]), *lines], str(pdf.Root.Lang)


def english_in(text, typed):
    """The English of ours in `text`, without what a person typed."""
    for each in sorted(typed, key=len, reverse=True):
        text = text.replace(each, " ")
    found = {each for each in ours() if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", text)}
    return found - SHARED


@pytest.mark.parametrize("language", ABROAD)
def test_a_bundle_is_wholly_in_its_language_and_passes_the_check(language, sample):
    case_id = find_case(sample, "1001")
    (document,) = make_bundle(
        sample, case_id, language=language, letter_form="bank_chargeback", attach=True
    ).value
    data = sample.vault.read(document.sha256)
    pages, (outline, spoken) = pages_of(data), outline_of(data)
    detail = case_detail(sample, case_id)
    typed = {
        text for e in detail.exhibits for text in (e.caption, e.outgoing.name, e.proves) if text
    }
    stamp = words(language).cite.exhibit.format(number=1)
    assert spoken == language
    assert english_in(" ".join(outline), typed) == set()
    for page in pages:
        exhibit = re.search(rf"{stamp[:-1]}\d+ · DD-1001-1", page)
        own = {each for each in ours() if " " in each} if exhibit else ours()
        assert english_in(page, typed) & own == set()
    cited = words(language).cite.exhibit_page.format(number=1, page="")
    whole = " ".join(pages)
    assert f"{stamp} · DD-1001-1 · " in whole
    assert f"[{cited}" in whole
    assert any(stamp in line for line in outline)
    checklist = check_document(sample, document.id)
    assert {point.number: point.findings for point in checklist.failed} == {}


@pytest.mark.parametrize("screen", ["en", "ru"])
@pytest.mark.parametrize("language", ABROAD)
def test_no_word_of_a_bundle_in_parts_is_taken_from_the_screen(
    language, screen, sample, monkeypatch
):
    missed = set()
    said = texts._ForTheUser.gettext
    monkeypatch.setattr(
        texts._ForTheUser, "gettext", lambda self, text: missed.add(text) or said(self, text)
    )
    monkeypatch.setattr(
        texts._ForTheUser, "ngettext", lambda _self, one, _many, _n: missed.add(one) or one
    )
    with texts.using(screen):
        made = make_bundle(
            sample, find_case(sample, "1001"), language=language, limits=PartLimits(pages=7)
        ).value
    assert len(made) > 1
    assert missed <= {"Setting exhibits"}


def test_papers_speak_the_languages_of_screens_and_those_of_papers_alone():
    assert {*texts.LANGUAGES, *texts.PAPER_LANGUAGES} == set(LETTER_LANGUAGES)
    assert texts.PAPER_LANGUAGES == catalogues.PAPER_LANGUAGES
