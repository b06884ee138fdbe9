"""What a filled form shows: the value in its box, whole or not at all, and nothing live left."""

import datetime as dt
import io
import re
import shutil
import subprocess

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from disputedesk.common.errors import Refused
from disputedesk.model.bank_form import BankField
from disputedesk.papers.bankform.filled import SpotState
from tests.unit.papers.bankform.forms import (
    COMB,
    COMBO,
    MULTI_LINE,
    RADIO,
    READ_ONLY,
    REQUIRED,
    Paper,
    filled,
    known,
)

HALF_MM = 72 / 25.4 / 2
CARD = "4111 1111 1111 1111"


def words_of(data, tmp_path):
    """Word, page, and its box in points from the top left, as another reader sees them."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "out.pdf"
    path.write_bytes(data)
    told = subprocess.run(
        ["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True
    ).stdout
    found, page = [], 0
    for line in told.splitlines():
        page += "<page " in line
        match = re.search(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*)</word>', line)
        if match:
            found.append((match[5], page, *(float(match[at]) for at in range(1, 5))))
    return found


def stands_in(word, left, top, width, height):
    """Whether a word stands inside a box, half a millimetre more or less.

    Readers take a font's whole height for a word's box, so its middle counts from top to bottom.
    """
    _, _, x_min, y_min, x_max, y_max = word
    middle = (y_min + y_max) / 2
    return (
        left - HALF_MM <= x_min and x_max <= left + width + HALF_MM
        and top - HALF_MM <= middle <= top + height + HALF_MM
    )  # fmt: skip


def the_spot(made):
    (spot,) = made.spots
    return spot


@pytest.mark.parametrize(
    ("turn", "crop", "place"),
    [
        (0, None, (100, 122, 200, 20)),
        (0, (50, 60, 500, 780), (50, 60, 200, 20)),
        (180, None, (295, 700, 200, 20)),
        (90, None, (700, 100, 100, 200)),
        (270, (50, 60, 500, 780), (60, 200, 100, 200)),
    ],
)
def test_a_value_stands_in_its_box_on_pages_of_every_kind(turn, crop, place, tmp_path):
    paper = Paper(1, 2)
    rect = (100, 700, 300, 720) if turn % 180 == 0 else (100, 700, 300, 800)
    if turn == 270:
        rect = (100, 620, 300, 720)
    paper.text("holder", page=1, rect=rect)
    paper.pdf.pages[1].Rotate = turn
    if crop:
        paper.pdf.pages[1].CropBox = Array(crop)
    made = filled(paper.data(), known(sender_name="Веберова"), {"holder": "sender_name"})
    (word,) = words_of(made.data, tmp_path)
    assert word[:2] == ("Веберова", 2)
    assert stands_in(word, *place)


def test_the_bank_s_words_stay_where_they_stood(tmp_path):
    paper = Paper()
    paper.write(0, "Dispute", at=(100, 750))
    paper.pdf.pages[0].CropBox = Array([50, 60, 500, 780])
    (word,) = words_of(filled(paper.data()).data, tmp_path)
    assert (word[0], round(word[2])) == ("Dispute", 50)


def test_nothing_of_the_form_itself_is_left(tmp_path):
    paper = Paper()
    script = Dictionary(S=Name.JavaScript, JS="app.launchURL('http://example.org')")
    launch = Dictionary(S=Name.Launch, F="calc.exe")
    paper.text("a", AA=Dictionary(K=script), A=launch)
    root = paper.pdf.Root
    root.OpenAction = script
    root.AcroForm.NeedAppearances = True
    root.AcroForm.XFA = paper.pdf.make_stream(b"<xdp/>")
    paper.pdf.pages[0].AA = Dictionary(O=launch)
    paper.pdf.docinfo["/Author"] = "Bank clerk"
    root.Names = Dictionary(
        JavaScript=Dictionary(Names=Array(["x", script])),
        EmbeddedFiles=Dictionary(Names=Array([])),
    )
    made = filled(paper.data(), known(sender_name="Anna"), {"a": "sender_name"}).data
    for word in (b"JavaScript", b"/JS", b"Launch", b"AcroForm", b"Annot", b"OpenAction", b"clerk"):
        assert word not in made
    with pikepdf.open(io.BytesIO(made)) as copy:
        told = b"\n".join(
            each.read_bytes() if isinstance(each, pikepdf.Stream) else each.unparse(resolved=True)
            for each in copy.objects if isinstance(each, pikepdf.Object)
        )  # fmt: skip
        assert set(copy.docinfo.keys()) <= {"/Title", "/Producer", "/CreationDate", "/ModDate"}
    for word in (b"app.launch", b"calc.exe", b"xdp", b"/AcroForm", b"/Annots", b"clerk"):
        assert word not in told


@pytest.mark.parametrize("judge", [["qpdf", "--check"], ["mutool", "info"], ["pdfinfo"]])
def test_other_programs_find_the_copy_sound(judge, tmp_path):
    if not shutil.which(judge[0]):
        pytest.skip(f"{judge[0]} is not installed")
    paper = Paper(1, 2)
    paper.text("a", page=1, Ff=COMB, MaxLen=8)
    paper.tick("b")
    path = tmp_path / "out.pdf"
    path.write_bytes(filled(paper.data(), known(order_number="12345"), {"a": "order_number"}).data)
    result = subprocess.run([*judge, path], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "warning" not in result.stderr.casefold()


def test_the_same_form_and_case_give_the_same_bytes():
    paper = Paper()
    paper.text("a")
    data = paper.data()
    first, second = (
        filled(data, known(sender_name="Anna"), {"a": "sender_name"}).data for _ in range(2)
    )
    assert first == second


def test_a_comb_has_one_sign_in_each_cell(tmp_path):
    paper = Paper()
    paper.text("day", rect=(100, 700, 260, 720), Ff=COMB, MaxLen=8)
    day = known(days={"transaction_date": dt.date(2026, 10, 2)}, transaction_date="2 October 2026")
    made = filled(paper.data(), day, {"day": "transaction_date"})
    assert the_spot(made).text == "02102026"
    signs = [(w[0], (w[2] + w[4]) / 2) for w in words_of(made.data, tmp_path)]
    assert "".join(sign for sign, _ in signs) == "02102026"
    assert [round(middle) for _, middle in signs] == [110 + 20 * at for at in range(8)]


@pytest.mark.parametrize(
    ("label", "told"),
    [("Date (MM/DD/YYYY)", "10/02/2026"), ("Datum TT.MM.JJJJ", "02.10.2026"),
     ("Дата ДД.ММ.ГГГГ", "02.10.2026"), ("Date", "2 October 2026")],
)  # fmt: skip
def test_a_day_is_written_as_the_form_asks(label, told):
    paper = Paper()
    paper.text("day", TU=label)
    day = known(days={"transaction_date": dt.date(2026, 10, 2)}, transaction_date="2 October 2026")
    assert the_spot(filled(paper.data(), day, {"day": "transaction_date"})).text == told


def test_a_long_value_shrinks_and_one_that_is_too_long_is_told_and_never_cut(tmp_path):
    paper = Paper()
    paper.text("a")
    data = paper.data()
    long = "Anna Maria Theresia Weber-Hohenstein zu Greifenau"
    shrunk = filled(data, known(sender_name=long), {"a": "sender_name"})
    assert " ".join(w[0] for w in words_of(shrunk.data, tmp_path)) == long
    assert all(stands_in(w, 100, 122, 200, 20) for w in words_of(shrunk.data, tmp_path))
    over = filled(data, known(sender_name=long * 3), {"a": "sender_name"})
    spot = the_spot(over)
    assert spot.state is SpotState.FAULT
    assert spot.stops
    length, room = map(int, re.findall(r"\d+", spot.why))
    assert length == len(long * 3) > room > 30
    assert words_of(over.data, tmp_path) == []


def test_a_story_is_wrapped_into_its_box(tmp_path):
    paper = Paper()
    paper.text("story", rect=(100, 500, 300, 600), Ff=MULTI_LINE)
    story = "I ordered a lamp.\nIt never came, and nobody answers my letters about it at all."
    made = filled(paper.data(), known(narrative=story), {"story": "narrative"})
    words = words_of(made.data, tmp_path)
    assert " ".join(w[0] for w in words) == " ".join(story.split())
    assert all(stands_in(w, 100, 242, 200, 100) for w in words)
    assert len({round(w[3]) for w in words}) >= 3


def test_more_than_the_form_s_own_limit_is_told():
    paper = Paper()
    paper.text("a", MaxLen=5)
    spot = the_spot(filled(paper.data(), known(sender_name="Anna Weber"), {"a": "sender_name"}))
    assert re.findall(r"\d+", spot.why) == ["10", "5"]


def pixels(data, box, page=0):
    """How dark the middle of a box of the page is, from 0 to 255."""
    import pypdfium2
    from PIL import ImageStat

    from disputedesk.media import pdfium

    with pdfium.LOCK:
        document = pypdfium2.PdfDocument(data)
        image = document[page].render(scale=4).to_pil().convert("L")
        document.close()
    left, top, width, height = (side * 4 for side in box)
    part = image.crop((int(left), int(top), int(left + width), int(top + height)))
    return 255 - ImageStat.Stat(part).mean[0]


def test_the_box_of_the_problem_is_ticked_and_the_others_are_not():
    paper = Paper()
    group = paper.group("why", FT=Name.Btn, Ff=RADIO, V=Name("/b"))
    for at, state in enumerate("ab"):
        face = paper.tick("", rect=(100, 500 - 40 * at, 112, 512 - 40 * at), on=state, Parent=group)
        del face.T, face.FT
        face.AS = Name("/b") if state == "b" else Name.Off
        group.Kids.append(face)
    sources = {
        ("why", "a"): ("problem", "late|not_received"), ("why", "b"): ("problem", "defective")
    }  # fmt: skip
    made = filled(paper.data(), known(problem="not_received"), sources)
    assert [spot.state for spot in made.spots] == [SpotState.TICKED, SpotState.EMPTY]
    assert pixels(made.data, (100, 330, 12, 12)) > 20
    assert pixels(made.data, (100, 370, 12, 12)) < 5


def test_a_box_without_a_drawing_of_its_own_is_ticked_too():
    paper = Paper()
    paper.add(0, (100, 600, 112, 612), FT=Name.Btn, T="box")
    made = filled(paper.data(), known(), {"box": "=yes"})
    assert pixels(made.data, (100, 230, 12, 12)) > 20


def test_a_list_takes_the_line_that_says_it_and_no_other():
    paper = Paper()
    options = Array(["Please choose", "Goods not received", "Charged twice"])
    paper.add(FT=Name.Ch, T="why", Ff=COMBO, Opt=options)
    data = paper.data()
    spot = the_spot(filled(data, known(problem="not_received"), {"why": "problem"}))
    assert spot.text == "Goods not received"
    spot = the_spot(filled(data, known(problem="changed_mind"), {"why": "problem"}))
    assert (spot.state, spot.stops) == (SpotState.FAULT, True)


def test_what_the_bank_filled_and_locked_is_printed_as_it_is(tmp_path):
    paper = Paper()
    paper.text("bic", Ff=READ_ONLY, V="BEISDEFF")
    made = filled(paper.data(), known(sender_name="Anna"), {"bic": "sender_name"})
    assert the_spot(made).state is SpotState.KEPT
    assert [w[0] for w in words_of(made.data, tmp_path)] == ["BEISDEFF"]


def test_a_hidden_field_shows_nothing(tmp_path):
    paper = Paper()
    paper.text("trap", F=2, V="hidden words")
    assert words_of(filled(paper.data()).data, tmp_path) == []


def test_what_is_missing_is_asked_and_stops_only_where_the_bank_demands_it():
    paper = Paper()
    paper.text("a", Ff=REQUIRED)
    paper.text("b", rect=(100, 600, 300, 620))
    must, may = filled(paper.data(), known(), {"a": "sender_phone", "b": "sender_email"}).spots
    assert (must.state, must.stops, must.asks) == (SpotState.MISSING, True, "sender_phone")
    assert (may.state, may.stops) == (SpotState.MISSING, False)
    assert may.why.endswith("?")


def test_a_place_put_by_hand_stands_where_it_was_put(tmp_path):
    paper = Paper()
    place = BankField(9, 1, "Name", 1, (500, 800, 600, 60), "sender_name")
    made = filled(paper.data(), known(sender_name="Веберова"), extra=(place,))
    (word,) = words_of(made.data, tmp_path)
    tenth = 72 / 254
    assert stands_in(word, *(side * tenth for side in place.box))


def test_a_card_number_never_gets_in_whole_or_in_pieces():
    paper = Paper()
    for at in range(4):
        paper.text(f"p{at}", rect=(100 + 40 * at, 700, 138 + 40 * at, 720))
    data = paper.data()
    digits = CARD.split()
    with pytest.raises(Refused, match="card number"):
        filled(data, known(), {f"p{at}": f"={part}" for at, part in enumerate(digits)})
    made = filled(data, known(narrative=CARD), {"p0": "narrative"})
    assert "1111 1111" not in str([spot.text for spot in made.spots])


@pytest.mark.parametrize(
    "label", ["Card number", "Kreditkartennummer", "Номер карты", "CVV2", "Valid thru", "PIN",
              "cardNumber_1", "Numéro de votre carte", "Gültig bis (MM/JJ)"],
)  # fmt: skip
def test_what_must_never_be_printed_is_left_for_a_pen_whatever_was_said(label):
    paper = Paper()
    paper.text("a", TU=label)
    spot = the_spot(filled(paper.data(), known(sender_name="Anna"), {"a": "sender_name"}))
    assert (spot.state, spot.text) == (SpotState.BY_HAND, "")


@pytest.mark.parametrize("text", ["<b>&nbsp;{{ x }}", "=1+1", "John <john@example.com>", "%PDF-"])
def test_markup_is_printed_letter_by_letter(text, tmp_path):
    paper = Paper()
    paper.text("a")
    made = filled(paper.data(), known(sender_name=text), {"a": "sender_name"})
    import html

    assert html.unescape(" ".join(w[0] for w in words_of(made.data, tmp_path))) == text


def test_what_no_font_of_ours_can_show_is_told_and_no_box_is_printed(tmp_path):
    paper = Paper()
    paper.text("a")
    made = filled(paper.data(), known(sender_name="安娜"), {"a": "sender_name"})
    assert the_spot(made).state is SpotState.FAULT
    assert words_of(made.data, tmp_path) == []
