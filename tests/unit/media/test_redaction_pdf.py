"""Parts of PDFs are gone from pictures, words, drawings and details; other eyes look for them."""

import io
import subprocess
import zlib
from shutil import which

import pikepdf
import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw
from reportlab.lib.utils import ImageReader

from disputedesk.common.errors import Cancelled
from disputedesk.common.work import CancelToken
from disputedesk.media import redaction_pdf, redaction_proof, tesseract
from disputedesk.media.redaction import redact
from disputedesk.media.redaction_boxes import Box, Unredactable
from disputedesk.media.redaction_pages import count_pdf_pages, page_picture
from disputedesk.media.redaction_proof import prove
from tests.unit.media.conftest import (
    CARD,
    DIGITS,
    OVER,
    a_pdf,
    a_picture,
    number_on,
    saved,
    words_on,
)

pytestmark = pytest.mark.usefixtures("blind")
PDF = "application/pdf"


def _redacted(tmp_path, data, *boxes):
    path = tmp_path / "original.pdf"
    path.write_bytes(data)
    copy = redact(path, PDF, boxes or (OVER,))
    assert path.read_bytes() == data
    return copy


def _everything(data):
    """Every stream of a PDF unpacked, its strings, and its bytes as they lie there."""
    pieces = [data]
    with pikepdf.open(io.BytesIO(data)) as document:
        for found in document.objects:
            if isinstance(found, pikepdf.Stream):
                try:
                    pieces.append(found.read_bytes())
                except pikepdf.PdfError:
                    pieces.append(found.read_raw_bytes())
            pieces.append(repr(found).encode())
        pieces.append(repr(document.trailer).encode())
    return b"\n".join(pieces)


def _told(data, tmp_path):
    """What every reader of text says, each in its own way, without spaces."""
    path = tmp_path / "copy.pdf"
    path.write_bytes(data)
    said = []
    for command in (
        ["pdftotext", "-layout", path, "-"],
        ["pdftotext", "-raw", path, "-"],
        ["mutool", "draw", "-q", "-F", "txt", path],
        ["pdfinfo", "-custom", "-meta", path],
        ["exiftool", "-a", path],
    ):
        if which(command[0]):
            out = subprocess.run(command, capture_output=True, text=True, check=False).stdout
            said.append("".join(out.split()))
    document = pypdfium2.PdfDocument(data)
    said += ["".join(page.get_textpage().get_text_range().split()) for page in document]
    document.close()
    return "\n".join(said)


def _assert_gone(copy, tmp_path):
    prove(copy)
    everything = _everything(copy.data)
    for shape in (CARD, DIGITS):
        assert shape.encode() not in everything
        assert shape.encode("utf-16-be") not in everything
        assert shape.encode().hex().encode() not in everything.lower()
    assert DIGITS not in _told(copy.data, tmp_path)


def _is_black(copy, number, box=OVER):
    document = pypdfium2.PdfDocument(copy.data)
    image = document[number - 1].render(scale=1).to_pil().convert("L")
    document.close()
    wide, high = image.size
    place = (box.left * wide + 2, box.top * high + 2, box.right * wide - 2, box.bottom * high - 2)
    return image.crop(tuple(map(round, place))).getextrema()[1] < 8


def test_text_under_a_box_is_gone_and_the_rest_can_still_be_searched(tmp_path):
    copy = _redacted(tmp_path, a_pdf(number_on, words_on("Second page")))
    _assert_gone(copy, tmp_path)
    assert _is_black(copy, 1)
    assert copy.redrawn == {1}
    said = _told(copy.data, tmp_path)
    assert "Deliveredtothewrongstreet" in said
    assert "Secondpage" in said


def test_a_page_without_a_box_keeps_its_letters_as_letters(tmp_path):
    copy = _redacted(tmp_path, a_pdf(number_on, words_on("Second page")))
    with pikepdf.open(io.BytesIO(copy.data)) as document:
        assert "/Font" in document.pages[1].resources
        assert "/XObject" not in document.pages[1].resources


def _with_image(data, form="PNG", place=(50, 180, 200, 50)):
    reader = ImageReader(io.BytesIO(data))

    def draw(paper):
        paper.drawImage(reader, *place)

    return draw


def test_a_picture_used_on_two_pages_is_covered_on_both_and_left_nowhere(tmp_path):
    picture = saved(a_picture(size=(400, 100)), "JPEG", quality=95)
    data = a_pdf(
        _with_image(picture), _with_image(picture, place=(100, 20, 80, 20)), words_on("None")
    )
    mark = _picture_bytes(data)
    copy = _redacted(tmp_path, data)
    prove(copy)
    assert mark not in _everything(copy.data)
    assert copy.redrawn == {1, 2}
    assert {box.page for box in copy.boxes} == {1, 2}
    assert "page 2" in copy.notes[0]
    assert _is_black(copy, 2, next(box for box in copy.boxes if box.page == 2))


def _picture_bytes(data):
    with pikepdf.open(io.BytesIO(data)) as document:
        found = [each for each in document.objects if isinstance(each, pikepdf.Stream)
                 and each.get("/Subtype") == "/Image"]  # fmt: skip
        return found[0].read_raw_bytes()


def test_a_picture_that_only_the_covered_page_draws_is_in_no_shared_list(tmp_path):
    picture = saved(a_picture(size=(400, 100)), "JPEG", quality=95)
    source = pikepdf.open(io.BytesIO(a_pdf(_with_image(picture), words_on("Second page"))))
    shared = pikepdf.Dictionary(source.pages[0].resources)
    for kind, named in source.pages[1].resources.items():
        shared[kind] = named
    for page in source.pages:
        page.obj["/Resources"] = source.make_indirect(shared)
    out = io.BytesIO()
    source.save(out)
    mark = _picture_bytes(out.getvalue())
    copy = _redacted(tmp_path, out.getvalue())
    prove(copy)
    assert copy.redrawn == {1}
    assert mark not in _everything(copy.data)


def test_a_drawing_shared_by_two_pages_hides_the_number_on_both(tmp_path):
    def first(paper):
        paper.beginForm("shared")
        number_on(paper)
        paper.endForm()
        paper.doForm("shared")

    copy = _redacted(tmp_path, a_pdf(first, lambda paper: paper.doForm("shared")))
    _assert_gone(copy, tmp_path)
    assert copy.redrawn == {1, 2}
    assert _is_black(copy, 1)


def test_the_same_number_written_otherwise_on_another_page_is_covered_too(tmp_path):
    copy = _redacted(tmp_path, a_pdf(number_on, words_on("Paid with 4111-1111 11111111 today")))
    _assert_gone(copy, tmp_path)
    assert "is covered there as well" in copy.notes[0]


def test_a_day_under_a_box_is_not_hunted_on_other_pages(tmp_path):
    def dated(paper):
        paper.setFont("Helvetica", 14)
        paper.drawString(60, 200, "20.11.2026 10:30")

    copy = _redacted(tmp_path, a_pdf(dated, words_on("Paid on 20.11.2026 10:30")))
    prove(copy)
    assert copy.redrawn == {1}
    assert "page 2, where nothing is covered" in copy.notes[0]


def test_words_that_stand_elsewhere_too_are_told(tmp_path):
    def name(paper):
        paper.setFont("Helvetica", 14)
        paper.drawString(60, 200, "Jane Roe")

    copy = _redacted(tmp_path, a_pdf(name, words_on("Dear Jane Roe")))
    prove(copy)
    assert "page 2, where nothing is covered" in copy.notes[0]


def _edited(data, change):
    """The PDF after a change to its objects."""
    source = pikepdf.open(io.BytesIO(data))
    change(source)
    out = io.BytesIO()
    source.save(out)
    return out.getvalue()


def _commented(source):
    for page in source.pages:
        page.obj["/Annots"] = pikepdf.Array([
            source.make_indirect(pikepdf.Dictionary(
                Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[10, 10, 30, 30],
                Contents=pikepdf.String(CARD), T=pikepdf.String("Jane Roe"),
            ))
        ])  # fmt: skip


def _described(source):
    source.docinfo["/Title"] = f"Card {CARD}"
    with source.open_metadata() as details:
        details["dc:description"] = f"Card {CARD}"


def _attached(source):
    source.attachments["card.txt"] = CARD.encode()


def _outlined(source):
    with source.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem(f"Card {CARD}", 0))


def _scripted(source):
    source.Root["/OpenAction"] = pikepdf.Dictionary(
        S=pikepdf.Name.JavaScript, JS=pikepdf.String(f"app.alert('{CARD}')")
    )


def _spoken(source):
    page = source.pages[1]
    page.contents_coalesce()
    data = page.obj["/Contents"].read_bytes()
    said = b"/Span <</ActualText (Jane Roe)>> BDC\n"
    page.obj["/Contents"] = source.make_stream(said + data + b"\nEMC")


def _left_over(source):
    source.Root["/Forgotten"] = source.make_indirect(pikepdf.String(CARD))
    source.pages[1].obj["/PieceInfo"] = pikepdf.Dictionary(Kept=pikepdf.String(CARD))
    source.pages[1].resources["/XObject"] = pikepdf.Dictionary(
        {"/Unused": source.make_stream(f"BT ({CARD}) Tj ET".encode(), Subtype=pikepdf.Name.Form)}
    )


def _thumbed(source):
    source.pages[1].obj["/Thumb"] = source.make_stream(
        a_picture("L").tobytes(), Width=320, Height=200, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceGray,
    )  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [_commented, _described, _attached, _outlined, _scripted, _spoken, _left_over, _thumbed],
)
def test_what_is_not_drawn_stays_behind(tmp_path, change):
    data = _edited(a_pdf(number_on, words_on("Second page"), author=f"Jane {CARD}"), change)
    copy = _redacted(tmp_path, data)
    _assert_gone(copy, tmp_path)
    assert b"Jane Roe" not in _everything(copy.data)
    assert "Secondpage" in _told(copy.data, tmp_path)


def test_letters_drawn_by_the_file_itself_stay_letters(tmp_path):
    """Their drawings may have names that mean something else elsewhere: /A, /F."""

    def drawn(source):
        glyph = source.make_stream(b"500 0 d0 0 0 400 700 re f")
        name = pikepdf.Name
        font = source.make_indirect(pikepdf.Dictionary(
            Type=name.Font, Subtype=name.Type3, FontBBox=[0, 0, 500, 700],
            FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=65, LastChar=66, Widths=[500, 500],
            CharProcs=source.make_indirect(pikepdf.Dictionary({"/A": glyph, "/F": glyph})),
            Encoding=pikepdf.Dictionary(Differences=pikepdf.Array([65, name.A, name.F])),
            Resources=pikepdf.Dictionary(),
        ))  # fmt: skip
        page = source.pages[1]
        page.resources["/Font"] = source.make_indirect(pikepdf.Dictionary({"/F": font}))
        page.obj["/Contents"] = source.make_stream(b"BT /F 40 Tf 50 50 Td (AB) Tj ET")

    copy = _redacted(tmp_path, _edited(a_pdf(number_on, words_on("-")), drawn))
    prove(copy)
    document = pypdfium2.PdfDocument(copy.data)
    shown = document[1].render(scale=1).to_pil().convert("L").crop((52, 230, 86, 245))
    document.close()
    assert shown.getextrema() == (0, 255)
    assert shown.getpixel((25, 5)) == 0


def test_a_file_that_only_forbids_changes_is_redacted_all_the_same(tmp_path):
    source = pikepdf.open(io.BytesIO(a_pdf(number_on)))
    out = io.BytesIO()
    source.save(out, encryption=pikepdf.Encryption(owner="o", user=""))
    _assert_gone(_redacted(tmp_path, out.getvalue()), tmp_path)


def test_an_older_state_of_the_file_is_left_behind(tmp_path):
    data = a_pdf(number_on, words_on("Second page")) + b"\n% " + CARD.encode() + b"\n%%EOF\n"
    _assert_gone(_redacted(tmp_path, data), tmp_path)


def test_a_filled_in_field_is_covered_like_anything_else(tmp_path):
    def form(paper):
        paper.acroForm.textfield(value=CARD, x=60, y=195, width=160, height=20, name="card")

    copy = _redacted(tmp_path, a_pdf(form, words_on("Second page")))
    _assert_gone(copy, tmp_path)
    assert _is_black(copy, 1)


def test_hidden_layers_do_not_come_to_light(tmp_path):
    def layered(source):
        layer = source.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name=pikepdf.String("Hidden"))
        )
        source.Root["/OCProperties"] = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer])
        )
        page = source.pages[1]
        page.resources["/Properties"] = pikepdf.Dictionary(L=layer)
        page.contents_coalesce()
        data = page.obj["/Contents"].read_bytes()
        page.obj["/Contents"] = source.make_stream(b"/OC /L BDC\n" + data + b"\nEMC")

    data = _edited(a_pdf(number_on, words_on("Not to be seen")), layered)
    copy = _redacted(tmp_path, data)
    prove(copy)
    document = pypdfium2.PdfDocument(copy.data)
    assert document[1].render(scale=1).to_pil().convert("L").getextrema() == (255, 255)
    document.close()


@settings(
    max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    turn=st.sampled_from([0, 90, 180, 270]),
    crop=st.tuples(*[st.integers(0, 40)] * 4),
    box=st.tuples(st.floats(0, 0.6), st.floats(0, 0.6), st.floats(0.1, 0.4), st.floats(0.1, 0.4)),
    shift=st.tuples(st.integers(-300, 300), st.integers(-300, 300)),
)
def test_on_turned_and_cropped_pages_a_box_hides_what_is_seen_under_it(
    tmp_path, turn, crop, box, shift
):
    """A dot is drawn where the box is seen to be; it is gone, and its neighbour is not."""
    left, top, wide, high = box
    dx, dy = shift
    span = (crop[0] + dx, crop[1] + dy, 400 - crop[2] + dx, 300 - crop[3] + dy)
    u, v = left + wide / 2, top + high / 2
    across, up = {0: (u, 1 - v), 90: (v, u), 180: (1 - u, v), 270: (1 - v, 1 - u)}[turn]
    x = span[0] + across * (span[2] - span[0])
    y = span[1] + up * (span[3] - span[1])
    source = pikepdf.new()
    page = source.add_blank_page(page_size=(400, 300))
    page.MediaBox = [dx, dy, 400 + dx, 300 + dy]
    page.CropBox = list(span)
    page.Rotate = turn
    page.Contents = source.make_stream(
        f"0.5 g {span[0]} {span[1]} 400 300 re f 1 0 0 rg {x - 4} {y - 4} 8 8 re f".encode()
    )
    out = io.BytesIO()
    source.save(out)
    path = tmp_path / "turned.pdf"
    path.write_bytes(out.getvalue())
    drawn = page_picture(path, 1, 400)
    assert drawn.getpixel((round(u * drawn.width), round(v * drawn.height)))[0] > 200
    copy = redact(path, PDF, [Box(1, left, top, left + wide, top + high)])
    prove(copy)
    seen = pypdfium2.PdfDocument(copy.data)
    image = seen[0].render(scale=1).to_pil().convert("RGB")
    assert seen[0].get_size() == pytest.approx(_size(span, turn))
    seen.close()
    assert image.getpixel((round(u * image.width), round(v * image.height))) == (0, 0, 0)
    red, green, _ = image.split()
    assert ImageChops.subtract(red, green).getextrema()[1] < 60
    assert image.getpixel((image.width - 3, image.height - 3))[0] in range(100, 160)


def _size(span, turn):
    wide, high = span[2] - span[0], span[3] - span[1]
    return (wide, high) if turn % 180 == 0 else (high, wide)


def test_a_number_beside_the_visible_part_of_another_page_is_gone_too(tmp_path):
    def cropped(source):
        source.pages[1].obj["/CropBox"] = pikepdf.Array([0, 0, 400, 100])

    data = _edited(a_pdf(number_on, number_on), cropped)
    _assert_gone(_redacted(tmp_path, data), tmp_path)


def test_a_number_left_uncovered_is_refused_with_its_page(tmp_path):
    data = a_pdf(number_on, words_on("Card 5555 5555 5555 4444"))
    copy = _redacted(tmp_path, data)
    with pytest.raises(Unredactable, match="page 2"):
        prove(copy)
    assert prove(copy, frozenset({"•••• 4444"})).pages == 2


def _locked():
    source = pikepdf.open(io.BytesIO(a_pdf(number_on)))
    out = io.BytesIO()
    source.save(out, encryption=pikepdf.Encryption(owner="o", user="u"))
    return out.getvalue()


def _bomb():
    source = pikepdf.new()
    page = source.add_blank_page()
    packed = zlib.compress(b"q Q " * (25 << 20))
    page.Contents = pikepdf.Stream(source, packed, Filter=pikepdf.Name.FlateDecode)
    out = io.BytesIO()
    source.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_locked, "password"),
        (lambda: a_pdf(number_on)[:200], "damaged"),
        (lambda: b"%PDF-1.7\n", "damaged"),
        (lambda: b"", "damaged"),
        (_bomb, "too large"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path, make, says):
    path = tmp_path / "strange.pdf"
    data = make()
    path.write_bytes(data)
    with pytest.raises(Unredactable, match=says):
        redact(path, PDF, [OVER])
    with pytest.raises(Unredactable):
        count_pdf_pages(path)
    assert path.read_bytes() == data


def test_without_the_paint_the_proof_refuses(tmp_path, monkeypatch):
    monkeypatch.setattr("disputedesk.media.redaction_pictures.painted", lambda image, *_: image)
    with pytest.raises(Unredactable, match="does not hide"):
        prove(_redacted(tmp_path, a_pdf(number_on)))


def test_a_layer_of_words_that_holds_the_number_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction_pdf, "_outside", lambda letters, boxes: letters)
    monkeypatch.setattr("disputedesk.media.redaction_layer.mask_text", lambda text: text)
    with pytest.raises(Unredactable):
        prove(_redacted(tmp_path, a_pdf(number_on)))


def test_without_following_pictures_the_proof_refuses(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction_pdf, "carried", lambda *_: ())
    picture = saved(a_picture(size=(400, 100)), "JPEG", quality=95)
    draw = _with_image(picture)
    with pytest.raises(Unredactable, match="still in the copy"):
        prove(_redacted(tmp_path, a_pdf(draw, draw)))


def test_without_following_numbers_the_proof_refuses(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction_pdf, "same_numbers", lambda *_: (False, ()))
    with pytest.raises(Unredactable, match="page 2"):
        prove(_redacted(tmp_path, a_pdf(number_on, number_on)))


def test_details_that_travel_along_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(redaction_pdf, "bare_page", lambda page: page)
    data = _edited(a_pdf(number_on, words_on("Second page")), _commented)
    with pytest.raises(Unredactable):
        prove(_redacted(tmp_path, data))


def test_the_same_boxes_give_the_same_bytes(tmp_path):
    data = a_pdf(number_on, words_on("Second page"))
    assert _redacted(tmp_path, data).data == _redacted(tmp_path, data).data


@pytest.mark.skipif(which("qpdf") is None, reason="qpdf is not installed")
def test_the_copy_is_a_sound_pdf(tmp_path):
    path = tmp_path / "copy.pdf"
    path.write_bytes(_redacted(tmp_path, a_pdf(number_on, words_on("Second page"))).data)
    assert (
        subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode == 0
    )


@pytest.mark.skipif(which("tesseract") is None, reason="tesseract is not installed")
def test_a_large_picture_without_words_is_read_without_waiting(monkeypatch):
    monkeypatch.undo()
    monkeypatch.setattr(tesseract, "_SECONDS", 20.0)
    noise = Image.effect_noise((900, 700), 60).convert("RGB")
    assert redaction_proof.words_seen(noise, CancelToken()) is not None


@pytest.mark.skipif(which("tesseract") is None, reason="tesseract is not installed")
def test_reading_a_picture_stops_when_nobody_waits(monkeypatch):
    monkeypatch.undo()
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        redaction_proof.words_seen(a_picture(), token)


@pytest.mark.skipif(which("tesseract") is None, reason="tesseract is not installed")
def test_a_number_seen_beside_the_box_is_refused_where_pictures_can_be_read(tmp_path, monkeypatch):
    monkeypatch.undo()
    image = Image.new("RGB", (1200, 500), "white")
    draw = ImageDraw.Draw(image)
    for y in (80, 320):
        draw.text((60, y), CARD, fill="black", font_size=80)
    path = tmp_path / "two.png"
    path.write_bytes(saved(image, "PNG"))
    copy = redact(path, "image/png", [Box(1, 0, 0.05, 1, 0.45)])
    with pytest.raises(Unredactable, match="can still be read on page 1"):
        prove(copy)
    whole = redact(path, "image/png", [Box(1, 0, 0.05, 1, 0.95)])
    assert prove(whole).seen == 1
