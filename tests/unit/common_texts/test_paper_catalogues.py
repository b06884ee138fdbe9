"""The catalogues of papers: whole, the same values, the right plurals, the letters' words."""

import datetime as dt
import re

import pytest

from disputedesk.common import texts
from disputedesk.papers import spoken
from disputedesk.papers.frame import words
from tests import catalogues

ABROAD = catalogues.PAPER_LANGUAGES
_FIELD = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", ABROAD)
def test_a_catalogue_is_whole_holds_nothing_else_and_is_the_one_that_is_shipped(language):
    po = catalogues.TEXTS / f"{language}.po"
    held = [message for message in catalogues.read_catalogue(po) if message.id]
    assert all(catalogues.is_translated(message) for message in held)
    assert po.read_text(encoding="utf-8") == catalogues.merged_text(
        po.read_text(encoding="utf-8"), catalogues.collect_outgoing()
    )
    assert po.with_suffix(".mo").read_bytes() == catalogues.compiled(po)


@pytest.mark.parametrize("language", ABROAD)
def test_every_form_of_a_message_has_the_values_of_the_english(language):
    for message in catalogues.read_catalogue(catalogues.TEXTS / f"{language}.po"):
        if not message.id:
            continue
        english = message.id if isinstance(message.id, str) else message.id[0]
        forms = [message.string] if isinstance(message.string, str) else message.string
        for form in forms:
            assert set(_FIELD.findall(form)) == set(_FIELD.findall(english)), form


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("de", {0: "0 Seiten", 1: "1 Seite", 2: "2 Seiten"}),
        ("es", {0: "0 páginas", 1: "1 página", 2: "2 páginas"}),
        ("fr", {0: "0 page", 1: "1 page", 2: "2 pages"}),
        ("pt", {0: "0 páginas", 1: "1 página", 2: "2 páginas"}),
        ("pl", {0: "0 stron", 1: "1 strona", 2: "2 strony", 4: "4 strony", 5: "5 stron",
                12: "12 stron", 21: "21 stron", 22: "22 strony", 112: "112 stron",
                122: "122 strony", 1001: "1001 stron"}),
    ],
)  # fmt: skip
def test_a_count_has_its_form_in_every_language(language, told):
    with texts.using(language):
        assert {n: texts.trn("{count} page", "{count} pages", n) for n in told} == told


@pytest.mark.parametrize("language", ABROAD)
def test_an_exhibit_is_called_as_the_letter_cites_it(language):
    with texts.using(language):
        stamp = texts.tr("Exhibit {number} · {bundle} · page {page} of {pages}",
                         number=3, bundle="DD-1-1", page=4, pages=9)  # fmt: skip
        cited = texts.tr("[Exhibit {number}, page {page}]", number=3, page=4)
        case = texts.tr("Case {number}", number=7)
    assert stamp.startswith(words(language).cite.exhibit.format(number=3) + " · ")
    assert cited == f"[{words(language).cite.exhibit_page.format(number=3, page=4)}]"
    assert case == words(language).page.case.format(number=7)


@pytest.mark.parametrize(
    ("language", "day", "first"),
    [
        ("de", "14. März 2026", "1. März 2026"),
        ("es", "14 de marzo de 2026", "1 de marzo de 2026"),
        ("fr", "14 mars 2026", "1er mars 2026"),
        ("pt", "14 de março de 2026", "1.º de março de 2026"),
        ("pl", "14 marca 2026 r.", "1 marca 2026 r."),
    ],
)
def test_days_are_those_of_the_language_and_the_check_reads_them(language, day, first):
    from disputedesk.papers.checking.days import days_in

    for on, told in ((dt.date(2026, 3, 14), day), (dt.date(2026, 3, 1), first)):
        assert spoken.day(on, language).replace("\u00a0", " ") == told
    with texts.using(language):
        for month in range(1, 13):
            on = dt.date(2026, month, 14)
            assert days_in(spoken.day(on, language)) == [on]
            assert days_in(texts.day_text(on)) == [on]


def test_what_is_no_word_of_papers_is_said_in_the_language_of_the_screen():
    with texts.using("ru"), texts.using("pl"):
        assert re.search("[а-я]", texts.tr("There is nothing to bundle."))
    with texts.using("pl"):
        assert texts.tr("There is nothing to bundle.") == "There is nothing to bundle."
