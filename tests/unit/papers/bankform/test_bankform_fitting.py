"""Whatever a value is, it stands whole inside its place, or a sentence says why it does not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from disputedesk.papers.bankform.fitting import SMALLEST, fit
from disputedesk.papers.bankform.measures import points
from disputedesk.papers.bankform.places import FormField, PlaceKind
from disputedesk.papers.pdf import fonts

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=120)
PLACES = st.builds(
    FormField,
    name=st.just("f"),
    kind=st.just(PlaceKind.TEXT),
    page=st.just(1),
    box=st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(5, 1500),
                  st.integers(5, 500)),
    multi_line=st.booleans(),
    align=st.integers(0, 2),
    size=st.integers(0, 200),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(TEXTS, PLACES)
def test_a_value_is_printed_whole_inside_its_place_or_its_fault_is_told(text, place):
    fitted = fit(place, (text,))
    if fitted.fault:
        assert not fitted.words
        assert fitted.fault.endswith(".")
        return
    left, top, width, height = points(place.box)
    printed = "".join(word.text for word in fitted.words)
    assert "".join(printed.split()) == "".join(text.split())
    for word in fitted.words:
        assert word.size >= SMALLEST
        assert word.left >= left - 0.01
        assert word.left + fonts.width(word.text, word.size) <= left + max(width, 5) + 0.01
        assert top - 0.01 <= word.baseline - 0.714 * word.size
        assert word.baseline <= top + height + 0.01


def test_the_first_way_that_fits_is_taken():
    place = FormField("f", PlaceKind.TEXT, 1, (0, 0, 220, 60))
    assert fit(place, ("the second of November 2026", "2026-11-02")).text == "2026-11-02"


def test_a_place_narrower_than_one_character_prints_nothing_across_its_border():
    place = FormField("f", PlaceKind.TEXT, 1, (0, 0, 5, 33), multi_line=True)
    fitted = fit(place, ("0",))
    assert not fitted.words
    assert "room for 0" in fitted.fault
