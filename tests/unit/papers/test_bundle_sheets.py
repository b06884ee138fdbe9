"""Foreign pages on our sheets: every odd box, turn and unit ends upright and in its place."""

import io

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from disputedesk.papers.paper import Paper
from disputedesk.papers.pdf.foreign import FREE

MM = 72 / 25.4
MARK = b"q 1 0 0 rg %f %f 20 20 re f Q"


def a_page(media, *, crop=None, rotate=0, unit=None, inherited=False):
    """A PDF with a red square in the lower left corner of what a viewer shows of its page."""
    shown = crop or media
    out = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.MediaBox = pikepdf.Array(media)
        if crop:
            page.CropBox = pikepdf.Array(crop)
        low = [max(min(shown[axis::2]), min(media[axis::2])) for axis in (0, 1)]
        page.Contents = document.make_stream(MARK % (low[0] + 10, low[1] + 10))
        holder = document.Root.Pages if inherited else page.obj
        if inherited:
            holder.MediaBox = page.MediaBox
            del page.obj["/MediaBox"]
        if rotate:
            holder.Rotate = rotate
        if unit:
            page.UserUnit = unit
        document.save(out)
    return out.getvalue()


def square_on(made):
    """The sheet's size and the box of what is red on it, in points from the top left."""
    document = pypdfium2.PdfDocument(made.path)
    page = document[made.said.exhibits[0].first - 1]
    size = page.get_size()
    image = page.render(scale=1).to_pil().convert("RGB")
    document.close()
    red = image.split()[1].point(lambda value: 255 if value < 100 else 0)
    rest = image.split()[0].point(lambda value: 255 if value > 150 else 0)
    red.paste(0, mask=rest.point(lambda value: 255 - value))
    return size, red.getbbox()


def corner_of(size, box):
    """Which quarter of the page the square stands in: its row and column."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return ("top" if y < size[1] / 2 else "bottom", "left" if x < size[0] / 2 else "right")


@pytest.mark.parametrize("inherited", [False, True])
@pytest.mark.parametrize("turn", [
    (0, ("bottom", "left")), (90, ("top", "left")), (180, ("top", "right")),
    (270, ("bottom", "right")), (-90, ("bottom", "right")), (450, ("top", "left")),
])  # fmt: skip
def test_a_turned_page_is_set_as_a_viewer_shows_it(a_bundle, turn, inherited):
    rotate, corner = turn
    data = a_page([0, 0, 500, 700], rotate=rotate, inherited=inherited)
    made = a_bundle([("a.pdf", "application/pdf", data)])
    size, box = square_on(made)
    assert corner_of(size, box) == corner
    assert (size[0] > size[1]) == (rotate % 180 == 90)


@pytest.mark.parametrize("kind", [
    a_page([-300, -400, 200, 300]), a_page([0, 0, 800, 900], crop=[200, 100, 700, 800]),
    a_page([500, 700, 0, 0]), a_page([0, 0, 500, 700], crop=[-50, -50, 500, 700]),
    a_page([0, 0, 250, 350], unit=2),
], ids=["negative", "cropped", "turned over", "crop beyond", "own unit"])  # fmt: skip
def test_any_box_is_set_whole_above_the_free_strip(a_bundle, kind):
    made = a_bundle([("a.pdf", "application/pdf", kind)])
    size, box = square_on(made)
    assert corner_of(size, box) == ("bottom", "left")
    assert box[3] <= size[1] - FREE * MM + 1
    assert box[0] >= 0


sides = st.integers(2, 14_000)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sides, sides, st.sampled_from([0, 90, 180, 270]), st.sampled_from(Paper))
def test_a_page_of_any_size_is_one_sheet_of_ours(a_bundle, width, height, rotate, paper):
    data = a_page([0, 0, width, height], rotate=rotate)
    made = a_bundle([("a.pdf", "application/pdf", data)], paper=paper)
    (place,) = made.said.exhibits
    assert place.first == place.last == made.said.pages - 1
    with pikepdf.open(made.path) as document:
        sheet = [float(side) for side in document.pages[place.first - 1].mediabox[2:]]
    ours = sorted(side * MM for side in paper.size_mm)
    assert sorted(sheet) == pytest.approx(ours, abs=0.01)


def test_a_page_without_content_is_an_empty_sheet(a_bundle):
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    made = a_bundle([("a.pdf", "application/pdf", out.getvalue())])
    document = pypdfium2.PdfDocument(made.path)
    text = document[2].get_textpage().get_text_range()
    document.close()
    assert text.strip() == "Exhibit 1 · DD-1001-1 · page 3 of 4"
