"""The sheet to try printer and envelope with, measured like a letter."""

import datetime as dt
import io

import pikepdf
import pypdfium2
import pytest

from disputedesk.common import texts
from disputedesk.common.errors import Refused
from disputedesk.papers.paper import Paper, layouts
from disputedesk.papers.pdf.test_sheet import render_test_sheet

MM = 72 / 25.4
STAMP = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture(params=["en", "ru"], autouse=True)
def _language(request):
    with texts.using(request.param):
        yield


def drawn(data):
    """The strokes of the first page: lines as (x0, y0, x1, y1), frames as (left, top, w, h)."""
    lines, frames = [], []
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        height = float(page.MediaBox[3])
        at = (0.0, 0.0)
        for operands, operator in pikepdf.parse_content_stream(page):
            values = [float(value) for value in operands] if str(operator) in "mlre" else []
            if str(operator) == "m":
                at = values
            elif str(operator) == "l":
                x0, y0, x1, y1 = (*at, *values)
                lines.append((x0 / MM, (height - y0) / MM, x1 / MM, (height - y1) / MM))
            elif str(operator) == "re":
                left, low, wide, high = values
                frames.append((left / MM, (height - low - high) / MM, wide / MM, high / MM))
    return lines, frames


@pytest.mark.parametrize("name", list(layouts()))
def test_the_frame_is_the_window_and_the_control_line_is_a_hundred_millimetres(name):
    layout = layouts()[name]
    made = render_test_sheet([name], stamp=STAMP)
    lines, frames = drawn(made.data)
    if layout.window is not None:
        box = layout.window
        wanted = (box.left, box.top, box.width, box.height)
        assert any(frame == pytest.approx(wanted, abs=0.1) for frame in frames)
    assert any(abs(x1 - x0 - 100) < 0.05 and y0 == y1 for x0, y0, x1, y1 in lines)
    for mark in layout.fold_marks:
        assert any(x0 < 5 and y0 == pytest.approx(mark, abs=0.1) for x0, y0, _x, _y in lines)


def test_the_rulers_have_a_stroke_on_every_millimetre():
    lines, _ = drawn(render_test_sheet(["plain"], stamp=STAMP).data)
    across = {round(x0) for x0, y0, x1, _y in lines if x0 == x1 and abs(y0 - 7) < 0.1}
    assert set(range(10, 200)) <= across
    assert all(abs(x0 - round(x0)) < 0.01 for x0, y0, x1, _y in lines
               if x0 == x1 and abs(y0 - 7) < 0.1)  # fmt: skip


def test_all_of_them_are_one_file_each_on_its_own_sheet():
    made = render_test_sheet(list(layouts()), stamp=STAMP)
    document = pypdfium2.PdfDocument(made.data)
    widths = [page.get_width() for page in document]
    document.close()
    assert widths == pytest.approx(
        [(layout.paper or Paper.A4).size_mm[0] * MM for layout in layouts().values()], abs=0.1
    )
    assert made.data == render_test_sheet(list(layouts()), stamp=STAMP).data


def test_a_layout_that_is_none_is_refused():
    with pytest.raises(Refused):
        render_test_sheet(["nowhere"], stamp=STAMP)
