"""Letters measured in millimetres: what stands where, read from the PDF's own characters.

The figures are typed here a second time, from the standards and makers' sheets named beside them;
nothing is taken from `forms/layouts.toml`, so a wrong figure there fails here.
"""

import ctypes
import dataclasses
import io
import itertools

import pikepdf
import pypdfium2
import pypdfium2.raw
import pytest

from disputedesk.desk.settings import SETTINGS
from disputedesk.model.problem import Problem
from disputedesk.papers.composer import compose_letter
from disputedesk.papers.paper import Box, Layout, Paper, get_layout, layout_for, layouts
from disputedesk.papers.pdf import fonts
from disputedesk.papers.pdf.letter import render_letter

replace = dataclasses.replace
MM = 72 / 25.4


@dataclasses.dataclass(frozen=True)
class Standard:
    """An envelope's window as the sheet in its lower left corner sees it, and the sheet's play.

    `clear` is what must stay free around the address; `zone` is where the standard wants it
    (left, top, right, bottom), whatever else the window shows; `lines_up` says how many lines are
    seen when the sheet is at the top of the envelope, where not all are.
    """

    paper: Paper
    left: float
    top: float
    right: float
    bottom: float
    across: float
    up: float
    clear: float = 0.0
    zone: tuple | None = None
    lines_up: int | None = None
    folds: tuple = ()
    punch: float | None = None
    back: tuple | None = None


IN = 25.4
A_THIRD = 279.4 / 3
STANDARDS = {
    # DIN 680: window 45 x 90, 20 from the left, 15 from the bottom of 110 x 220; folded to 105
    # x 210 (de.wiki.li/DIN_lang).
    # DIN 5008: field from 45 mm (B) or 27 mm (A), its upper 17.7 mm for the
    # return line (din-5008-richtlinien.de), marks 105/210 and 87/192, 148.5 (sprache-kompakt.de).
    "din_b": Standard(Paper.A4, 20, 45, 110, 90, 220 - 210, 110 - 105,
                      zone=(25, 62.7, 105, 90), folds=(105, 210),
                      punch=148.5, back=(45, 62.7)),
    "din_a": Standard(Paper.A4, 20, 27, 110, 72, 220 - 210, 110 - 105,
                      zone=(25, 44.7, 105, 72), folds=(87, 192),
                      punch=148.5, back=(27, 44.7)),
    # #10: 9 1/2 x 4 1/8 in, window 4 1/2 x 1 1/8 in, 7/8 in from the left, 1/2 in from the bottom
    # (answers.google.com 712795); Letter in thirds; 1/8 in clear (DMM 601.6.3, des.wa.gov).
    "us_10": Standard(Paper.LETTER, 7 / 8 * IN, A_THIRD - (1 / 2 + 9 / 8) * IN,
                      (7 / 8 + 9 / 2) * IN, A_THIRD - IN / 2, (9.5 - 8.5) * IN,
                      4.125 * IN - A_THIRD, clear=IN / 8,
                      lines_up=3),
    # Common DL: 35 x 90, 20 from the left; 20 from the bottom (K), 18 by Royal Mail: both show.
    "uk_dl": Standard(Paper.A4, 20, 99 - 18 - 35, 110, 99 - 20, 220 - 210, 110 - 99),
    # DL, window 35 x 100, 20 from the right and the bottom (K); A4 in thirds. The frame for the
    # address: 85 x 33, 110 from the left, 55 from the top (edics.fr).
    "fr_dl": Standard(Paper.A4, 100, 99 - 20 - 35, 200, 99 - 20, 220 - 210, 110 - 99,
                      zone=(110, 55, 195, 88)),
    # SN 010130 (studylibfr 2273411): 90 x 40; 30 from the bottom of C6/5, 77 of C5; 15 to 17 from
    # the right.
    "ch_c5": Standard(Paper.A4, 229 - 15 - 90, 148.5 - 77 - 40, 229 - 17, 99 - 30, 229 - 210,
                      162 - 148.5),
    # Drawing in consultant.ru 219680: 95 wide, in the top 55, 5 off the edge.
    "ru_dl": Standard(Paper.A4, 110, 5, 205, 55, 0, 0),
}  # fmt: skip

SHORT = ("Musterbank AG", "Kartenreklamation", "Musterstraße 1", "10115 Berlin")
LONG = (
    "First National Example Bank and Trust of the Plains",
    "Department for the Resolution of Disputed Card",
    "Attention: Billing Inquiries, Second Floor, East",
    "1500 North Longmeadow Boulevard, Building C",
    "Wilmington, Delaware 19850-5299",
    "UNITED STATES OF AMERICA",
)


@dataclasses.dataclass(frozen=True)
class Line:
    """A printed line and its extent on the sheet, in millimetres from the top left."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def lines_of(data, page=0):
    """The lines of a page, each as the characters of one text object."""
    document = pypdfium2.PdfDocument(data)
    sheet = document[page]
    height = sheet.get_height()
    text = sheet.get_textpage()
    found, run = [], []

    def end():
        boxes = [box for _, box in run]
        if boxes:
            found.append(Line(
                "".join(char for char, _ in run).strip(),
                min(b[0] for b in boxes) / MM, (height - max(b[3] for b in boxes)) / MM,
                max(b[2] for b in boxes) / MM, (height - min(b[1] for b in boxes)) / MM,
            ))  # fmt: skip
        run.clear()

    for at in range(text.count_chars()):
        char = text.get_text_range(at, 1)
        box = text.get_charbox(at)
        if char in "\r\n":
            end()
            continue
        if run and char.strip() and box[0] - run[-1][1][2] > 14:
            end()
        if char.strip():
            run.append((char, box))
    end()
    document.close()
    return found


def seen_through(lines, box):
    """The lines of which any part stands in `box` (left, top, right, bottom)."""
    left, top, right, bottom = box
    return [
        line for line in lines
        if line.right > left and line.left < right and line.bottom > top and line.top < bottom
    ]  # fmt: skip


def squeezed(text):
    return "".join(text.split())


@pytest.fixture
def a_letter(forms, a_context, today):
    def make(recipient=SHORT, *, language="en", story=None, **changes):
        context = a_context(Problem.NOT_RECEIVED, language=language)
        if story is not None:
            context = replace(context, case=replace(context.case, narrative=story))
        made = compose_letter(forms.get("bank_chargeback"), context, language=language, today=today)
        return replace(made, recipient=recipient, **changes)

    return make


@pytest.fixture
def print_of(a_letter, stamp):
    def make(layout, recipient=SHORT, *, code=False, **changes):
        chosen = layout if isinstance(layout, Layout) else get_layout(layout)
        return render_letter(a_letter(recipient, **changes), layout=chosen, stamp=stamp, code=code)

    return make


def misplaced(lines, standard, recipient):
    """What is wrong with a first page: address lines hidden, or other lines seen, at any place."""
    whole = squeezed("".join(recipient))
    mine = [line for line in lines if len(line.text) > 3 and line.text in whole]
    wrong = [] if "".join(line.text for line in mine) == whole else ["the address is not whole"]
    left, top, right, bottom = standard.zone or (0, 0, 300, 300)
    wrong += outside(mine, (left - 0.3, top, right, bottom), 0.0)
    for across, up in itertools.product((0.0, standard.across), (0.0, standard.up)):
        window = (standard.left - across, standard.top + up, standard.right - across,
                  standard.bottom + up)  # fmt: skip
        if up and standard.lines_up is not None:
            wrong += outside(mine[-standard.lines_up :], window, 0.0)
        else:
            wrong += outside(mine, window, standard.clear)
        above, below = standard.back or (0, 0)
        others = [
            line for line in seen_through(lines, window)
            if line not in mine and not above <= line.top <= line.bottom <= below
        ]  # fmt: skip
        wrong += [f"{line.text!r} shows through" for line in others]
    return wrong


def outside(lines, box, clear):
    """What stands outside a box, or nearer to its edge than it may."""
    left, top, right, bottom = box
    return [
        f"{line} is cut" for line in lines
        if not (left + clear <= line.left <= line.right <= right - clear)
        or not (top + clear <= line.top <= line.bottom <= bottom - clear)
    ]  # fmt: skip


def test_every_layout_has_its_standard_here():
    assert set(layouts()) == {*STANDARDS, "plain"}


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("recipient", [SHORT, LONG], ids=["short", "long"])
@pytest.mark.parametrize("name", STANDARDS)
def test_the_window_shows_the_address_and_nothing_else_wherever_the_sheet_lies(
    name, recipient, language, print_of
):
    made = print_of(name, recipient, language=language, code=True,
                    delivery="By registered post, return receipt")  # fmt: skip
    assert made.paper is STANDARDS[name].paper
    assert misplaced(lines_of(made.data), STANDARDS[name], recipient) == []


@pytest.mark.parametrize("shift", [(5, 0), (-5, 0), (0, 5), (0, -5)], ids=str)
@pytest.mark.parametrize("name", ["din_b", "din_a", "us_10", "fr_dl", "ch_c5"])
def test_a_layout_that_is_five_millimetres_off_is_found(name, shift, print_of):
    moved, recipient = pushed(name, *shift)
    assert misplaced(lines_of(print_of(moved, recipient).data), STANDARDS[name], recipient)


@pytest.mark.parametrize("shift", [(5, 0), (0, 5), (0, -5)], ids=str)
def test_a_british_address_may_begin_anywhere_from_the_window_s_edge(shift, print_of):
    moved, recipient = pushed("uk_dl", *shift)
    assert misplaced(lines_of(print_of(moved, recipient).data), STANDARDS["uk_dl"], recipient)


def pushed(name, across, down):
    """A layout with its address so far off, and six lines that fill the whole box."""
    right = get_layout(name)
    box = right.address
    fonts.register()
    wide = int(box.width * MM / fonts.width("N", 8.0))
    moved = replace(right, address=Box(box.left + across, box.top + down, box.width, box.height))
    many = int(box.height * MM / (8.0 * 1.2))
    return moved, (*(f"Line number {at}" for at in range(1, many)), "N" * wide)


def ruled(data):
    """The horizontal lines at the left edge of the first page: distances from the top, in mm."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[0]
        height = float(page.MediaBox[3])
        found, at = [], None
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "m":
                at = [float(value) for value in operands]
            elif str(operator) == "l" and at is not None:
                x, y = (float(value) for value in operands)
                if x / MM < 15 and abs(y - at[1]) < 0.01:
                    found.append(round((height - y) / MM, 2))
    return sorted(found)


@pytest.mark.parametrize("name", list(layouts()))
def test_fold_and_punch_marks_stand_where_the_standard_puts_them(name, print_of):
    standard = STANDARDS.get(name)
    expected = [] if standard is None else [*standard.folds, *filter(None, [standard.punch])]
    assert ruled(print_of(name).data) == pytest.approx(sorted(expected), abs=0.1)


@pytest.mark.parametrize("name", ["din_a", "din_b"])
def test_the_sender_s_small_line_stands_in_the_upper_zone_of_the_field(name, print_of):
    made = lines_of(print_of(name).data)
    (line,) = [line for line in made if line.text.startswith(squeezed("Jane Sample ·"))]
    above, below = STANDARDS[name].back
    assert above <= line.top <= line.bottom <= below
    assert line.left == pytest.approx(25.0, abs=0.6)
    assert line.right <= 100


@pytest.mark.parametrize("name", list(layouts()))
def test_nothing_stands_in_the_margins_and_every_page_has_its_number(name, print_of):
    story = "The charger became hot and smelled. " * 160
    made = print_of(name, story=story)
    assert made.pages == 3
    width, height = made.paper.size_mm
    for page in range(made.pages):
        lines = lines_of(made.data, page)
        (number,) = [line for line in lines if line.text == squeezed(f"Page {page + 1} of 3")]
        assert number.right == pytest.approx(width - 20, abs=0.7)
        for line in lines:
            assert line.left >= 24.5, line
            assert line.right <= width - 19, line
            assert line.top >= 8, line
            assert line.bottom <= height - 8, line


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("name", [n for n, layout in layouts().items() if layout.both_papers])
def test_a_letter_for_both_sheets_keeps_inside_190_by_260_millimetres(name, paper, a_letter, stamp):
    letter = a_letter(story="The charger became hot and smelled. " * 160)
    made = render_letter(letter, paper=paper, layout=get_layout(name), stamp=stamp)
    for page in range(made.pages):
        lines = lines_of(made.data, page)
        assert max(line.right for line in lines) - min(line.left for line in lines) <= 190
        assert max(line.bottom for line in lines) - min(line.top for line in lines) <= 260
        assert max(line.bottom for line in lines) <= 279.4 - 8, "the shorter sheet holds the foot"


def test_a_layout_that_was_chosen_brings_its_own_sheet(a_letter, stamp):
    letter = replace(a_letter(), recipient_country="DE")
    assert render_letter(letter, stamp=stamp).paper is Paper.A4
    assert render_letter(letter, layout=get_layout("us_10"), stamp=stamp).paper is Paper.LETTER


@pytest.mark.parametrize(("country", "name"), [
    ("DE", "din_b"), ("AT", "din_b"), ("US", "us_10"), ("CA", "us_10"), ("GB", "uk_dl"),
    ("FR", "fr_dl"), ("CH", "ch_c5"), ("RU", "plain"), ("PL", "plain"), ("", "plain"),
])  # fmt: skip
def test_each_country_takes_its_layout(country, name):
    assert layout_for(country) is get_layout(name)


def test_every_figure_has_its_source_and_day():
    fields = {field.name for field in dataclasses.fields(Layout)}
    told = {"title", "countries", "source", "confidence", "note", "both_papers"}
    for name, layout in layouts().items():
        named = [figure for source in layout.source for figure in source.figures]
        assert len(named) == len(set(named)), name
        defaults = {f.name: f.default for f in dataclasses.fields(Layout)}
        given = {f for f in fields - told if getattr(layout, f) != defaults[f]}
        assert given <= set(named) <= fields - told, name
        for source in layout.source:
            assert source.text
            assert source.checked_on.year >= 2026


def test_what_is_not_certain_says_so():
    for name in ("uk_dl", "ru_dl", "fr_dl", "ch_c5"):
        assert layouts()[name].confidence != "high"
        assert "test sheet" in layouts()[name].note
    assert layouts()["ru_dl"].countries == ()


def test_the_file_holds_no_figure_the_program_does_not_read():
    import tomllib

    from disputedesk.common import locations

    data = tomllib.loads((locations.forms() / "layouts.toml").read_text("utf-8"))
    known = {field.name for field in dataclasses.fields(Layout)}
    for name, layout in data["layout"].items():
        assert set(layout) <= known, name


# -- black and white ---------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["din_b", "plain"])
def test_no_text_is_lighter_than_a_fax_can_read(name, print_of):
    made = print_of(name, story="The charger became hot and smelled. " * 160)
    raw = pypdfium2.raw
    shades = set()
    document = pypdfium2.PdfDocument(made.data)
    for page in document:
        for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
            parts = [ctypes.c_uint() for _ in range(4)]
            assert raw.FPDFPageObj_GetFillColor(thing, *parts)
            shades.add(tuple(part.value for part in parts[:3]))
    document.close()
    assert shades
    assert max(max(shade) for shade in shades) <= 0x59


def test_in_one_bit_at_200_points_an_inch_every_small_line_still_has_its_letters(print_of):
    made = print_of("din_b")
    small = ("Page", "Preparedwith", "JaneSample·", "Signature", "Date")
    scale = 200 / 72
    looked_at = []
    for page in range(made.pages):
        document = pypdfium2.PdfDocument(made.data)
        image = document[page].render(scale=scale, grayscale=True).to_pil()
        document.close()
        image = image.point(lambda value: 255 * (value > 127))
        for line in lines_of(made.data, page):
            if not line.text.startswith(small):
                continue
            looked_at.append(line.text)
            edges = (line.left, line.top, line.right, line.bottom)
            part = image.crop([round(value * MM * scale) for value in edges])
            assert 0.08 < part.histogram()[0] / (part.width * part.height) < 0.6, line
    assert len(looked_at) >= 6


# -- the code ----------------------------------------------------------------------------------


def modules_of(image):
    """The squares of the only QR code in a picture, `True` for dark, without its white border."""
    dark = image.convert("L").point(lambda value: 255 * (value < 128))
    box = dark.getbbox()
    side = box[2] - box[0]
    pixels = dark.load()
    run = next(x for x in range(side) if not pixels[box[0] + x, box[1] + 1])
    count = round(side / (run / 7))
    step = side / count
    return [[bool(pixels[int(box[0] + (c + 0.5) * step), int(box[1] + (r + 0.5) * step)])
             for c in range(count)] for r in range(count)]  # fmt: skip


MASKS = (
    lambda r, c: (r + c) % 2 == 0,
    lambda r, _c: r % 2 == 0,
    lambda _r, c: c % 3 == 0,
    lambda r, c: (r + c) % 3 == 0,
    lambda r, c: (r // 2 + c // 3) % 2 == 0,
    lambda r, c: r * c % 2 + r * c % 3 == 0,
    lambda r, c: (r * c % 2 + r * c % 3) % 2 == 0,
    lambda r, c: ((r + c) % 2 + r * c % 3) % 2 == 0,
)


def read_code(squares):
    """What a QR code of the smallest size says, read by ISO/IEC 18004 without its corrections."""
    count = len(squares)
    assert count == 21
    bits = [squares[8][c] for c in (2, 3, 4)]
    mask = MASKS[sum(bit << (2 - at) for at, bit in enumerate(bits)) ^ 0b101]

    def is_data(r, c):
        near = {(r < 9, c < 9), (r < 9, c > count - 9), (r > count - 9, c < 9)}
        return (True, True) not in near and r != 6 and c != 6

    read = []
    upwards = True
    column = count - 1
    while column > 0:
        column -= column == 6
        for at in range(count):
            row = count - 1 - at if upwards else at
            read += [
                squares[row][c] ^ mask(row, c) for c in (column, column - 1) if is_data(row, c)
            ]
        upwards = not upwards
        column -= 2
    text = "".join(str(int(bit)) for bit in read)
    assert text[:4] == "0100", "bytes"
    length = int(text[4:12], 2)
    return bytes(int(text[12 + 8 * at : 20 + 8 * at], 2) for at in range(length)).decode()


@pytest.mark.parametrize("name", list(layouts()))
def test_the_code_holds_the_reference_and_nothing_else(name, print_of):
    box = get_layout(name).code
    document = pypdfium2.PdfDocument(print_of(name, code=True).data)
    image = document[0].render(scale=300 / 72).to_pil()
    document.close()
    edges = (box.left, box.top, box.right, box.bottom)
    assert read_code(modules_of(image.crop([round(v * 300 / 25.4) for v in edges]))) == "Case 1001"


def test_without_being_asked_there_is_no_code(print_of):
    assert print_of("din_b").data != print_of("din_b", code=True).data
    assert print_of("din_b", code=True).data == print_of("din_b", code=True).data


def test_copies_and_delivery_are_told(print_of):
    made = print_of("din_b", copies=("Bright Lamp Store", "Ombudsman"), delivery="By fax")
    text = "".join(line.text for page in range(made.pages) for line in lines_of(made.data, page))
    assert squeezed("Copies to: Bright Lamp Store; Ombudsman") in text
    assert squeezed("By fax") in text


def test_the_setting_offers_exactly_the_layouts_there_are():
    (setting,) = [each for each in SETTINGS if each.key == "layout"]
    offered = dict(setting.choices)
    assert offered.pop(setting.default) == "By the recipient's country"
    assert offered == {name: layout.title for name, layout in layouts().items()}
