"""Broken papers refused in words, and sums as people write them."""

import pytest

from disputedesk.gui.cases.money_field import sum_of
from disputedesk.gui.pdf_pages import UnreadablePages, measure


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"hello"])
def test_a_broken_pdf_is_refused_in_words(data):
    with pytest.raises(UnreadablePages) as told:
        measure(data)
    assert str(told.value)


@pytest.mark.parametrize(
    ("text", "minor"),
    [("43.10", 4310), ("43,10", 4310), ("1 234,50", 123450), ("1,234.50", 123450), ("12", 1200)],
)
def test_sums_are_understood_in_both_ways_of_writing(text, minor):
    assert sum_of(text, "eur").minor == minor


@pytest.mark.parametrize("text", ["1,234", "a lot", "4.3.1,0,0"])
def test_what_could_be_two_sums_is_asked_about(text):
    with pytest.raises(ValueError, match=r"\w") as told:
        sum_of(text, "EUR")
    assert str(told.value)
