"""Files of every kind in a bundle: shown as they are, harmless, and bounded in time and memory."""

import hashlib
import io
import random
import re
import struct
import tracemalloc
import zlib

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.errors import Refused
from disputedesk.papers.pdf.jpeg import bare_jpeg

CARD = "4111 1111 1111 1111"


def drawn(size=(240, 120), mode="RGB"):
    """A picture whose corners differ: red, green, blue and white, from the top left."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    width, height = size[0] // 2, size[1] // 2
    draw.rectangle((0, 0, width, height), "red")
    draw.rectangle((width, 0, size[0], height), (0, 160, 0))
    draw.rectangle((0, height, width, size[1]), "blue")
    return image.convert(mode)


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def turned_jpeg(orientation):
    """A JPEG that is upright only for a reader that obeys its EXIF orientation."""
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    image = drawn() if orientation == 1 else drawn().transpose(back[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Secret Camera"
    return saved(image, "JPEG", exif=exif, quality=95)


def shown(path, page, scale=2.0):
    document = pypdfium2.PdfDocument(path)
    image = document[page - 1].render(scale=scale).to_pil().convert("RGB")
    document.close()
    return image


def picture_on(image):
    """What stands below the head of an exhibit's page, without the white around it."""
    body = image.crop((0, 180, image.width, image.height - 100))
    box = ImageChops.difference(body, Image.new("RGB", body.size, "white")).getbbox()
    assert box is not None
    return body.crop(box)


def corners(image):
    """The colours a quarter of the way in from the four corners."""
    x, y = image.width // 4, image.height // 4
    places = ((x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y))
    return [image.getpixel(place) for place in places]


def near(colour, wanted, by=60):
    return all(abs(one - other) <= by for one, other in zip(colour, wanted, strict=True))


RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 160, 0), (0, 0, 255), (255, 255, 255)


def text_of(made, exhibit=1):
    place = made.said.exhibits[exhibit - 1]
    document = pypdfium2.PdfDocument(made.path)
    pages = range(place.first - 1, place.last)
    text = "\n".join(document[page].get_textpage().get_text_range() for page in pages)
    document.close()
    return text


def page_of(made, exhibit=1):
    return made.said.exhibits[exhibit - 1].first


PICTURES = {
    **{f"jpeg turned {n}": ("image/jpeg", turned_jpeg(n)) for n in range(1, 9)},
    "jpeg of inks": ("image/jpeg", saved(drawn(mode="CMYK"), "JPEG", quality=95)),
    "progressive jpeg": ("image/jpeg", saved(drawn(), "JPEG", progressive=True, quality=95)),
    "png": ("image/png", saved(drawn(), "PNG")),
    "palette png": ("image/png", saved(drawn().quantize(16), "PNG")),
    "gif": ("image/gif", saved(drawn().quantize(16), "GIF")),
    "bmp": ("image/bmp", saved(drawn(), "BMP")),
    "webp": ("image/webp", saved(drawn(), "WEBP", lossless=True)),
    "tiff": ("image/tiff", saved(drawn(), "TIFF")),
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture_is_shown_upright_and_in_its_colours(kind, a_bundle):
    media, data = PICTURES[kind]
    made = a_bundle([("picture", media, data)])
    picture = picture_on(shown(made.path, page_of(made)))
    assert picture.width > 1.5 * picture.height
    found = corners(picture)
    for colour, wanted in zip(found, (RED, GREEN, BLUE, WHITE), strict=True):
        assert near(colour, wanted, 115), found


def test_transparency_is_printed_as_white_and_what_it_hides_stays_hidden(a_bundle):
    image = drawn().convert("RGBA")
    image.putalpha(Image.new("L", image.size, 0))
    image.paste((255, 0, 0, 255), (0, 0, 120, 60))
    made = a_bundle([("a.png", "image/png", saved(image, "PNG"))])
    picture = picture_on(shown(made.path, page_of(made)))
    assert all(near(colour, RED) for colour in corners(picture))


def test_sixteen_bits_are_scaled_and_not_cut(a_bundle):
    grey = Image.new("I;16", (200, 100), 32_768)
    made = a_bundle([("a.png", "image/png", saved(grey, "PNG"))])
    picture = picture_on(shown(made.path, page_of(made)))
    assert near(corners(picture)[0], (128, 128, 128), 8)


def coded(jpeg):
    """The coded picture of a JPEG: everything from its first scan to its end."""
    return jpeg[jpeg.index(b"\xff\xda") : jpeg.rindex(b"\xff\xd9") + 2]


def streams_of(path):
    with pikepdf.open(path) as document:
        return [bytes(found.read_raw_bytes()) for found in document.objects
                if isinstance(found, pikepdf.Stream)]  # fmt: skip


@pytest.mark.parametrize("kind", ["jpeg turned 6", "jpeg of inks", "progressive jpeg"])
def test_a_jpeg_is_not_coded_anew_and_leaves_its_remarks_behind(kind, a_bundle):
    data = PICTURES[kind][1]
    behind_the_end = b"hidden " * 100
    made = a_bundle([("a.jpg", "image/jpeg", data + behind_the_end)])
    (kept,) = [found for found in streams_of(made.path) if found[:2] == b"\xff\xd8"]
    assert coded(kept) == coded(data)
    assert b"Secret Camera" not in kept
    assert b"hidden" not in kept
    assert bare_jpeg(kept).ranges == ((0, len(kept)),)


def test_a_long_screenshot_is_cut_over_pages_and_stored_once(a_bundle):
    image = Image.new("RGB", (600, 12_000), "white")
    draw = ImageDraw.Draw(image)
    for number in range(120):
        draw.rectangle((0, number * 100, 600, number * 100 + 50), (number * 2, 0, 200))
    made = a_bundle([("chat.png", "image/png", saved(image, "PNG"))])
    (place,) = made.said.exhibits
    assert 4 <= place.last - place.first + 1 <= 20
    assert "Exhibit 1, continued" in text_of(made)
    seen = set()
    for page in range(place.first, place.last + 1):
        sheet = shown(made.path, page, 1.0)
        middle = [sheet.getpixel((sheet.width // 2, y)) for y in range(sheet.height)]
        seen |= {red // 2 for red, green, blue in middle if blue == 200 and green == 0}
    assert len(seen) > 100
    with pikepdf.open(made.path) as document:
        images = [x for x in document.objects
                  if isinstance(x, pikepdf.Stream) and x.get("/Subtype") == "/Image"]  # fmt: skip
    assert len(images) == 1


def test_every_sheet_of_a_scan_is_printed(a_bundle):
    sheets = [drawn() for _ in range(3)]
    data = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    made = a_bundle([("scan.tif", "image/tiff", data)])
    (place,) = made.said.exhibits
    assert place.last - place.first == 2


def a_bomb_png(side=30_000):
    """A PNG of 900 million points in a few hundred kilobytes."""

    def chunk(kind, body):
        whole = kind + body
        return struct.pack(">I", len(body)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = zlib.compress((b"\0" * (side // 8 + 1)) * 2000)
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def a_pdf(text="Order 1001", pages=1):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.drawString(80, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def locked_pdf(user="secret"):
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(user=user, owner="owner"))
    return out.getvalue()


def bomb_pdf():
    """A page whose drawing unpacks to 400 megabytes, twice packed."""
    out = io.BytesIO()
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b"0 0 m " * 200_000) for _ in range(330)) + packer.flush()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        page.Contents = document.make_stream(b"")
        page.Contents.write(
            zlib.compress(once, 9), filter=[pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode]
        )
        document.save(out, compress_streams=False)
    return out.getvalue()


def looping_pdf():
    """A page tree that holds itself."""
    return (b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            b"2 0 obj<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>endobj\n"
            b"trailer<</Root 1 0 R>>\n%%EOF")  # fmt: skip


def layered_pdf():
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(a_pdf())) as document:
        layer = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Hidden"))
        document.Root.OCProperties = pikepdf.Dictionary(
            OCGs=[layer], D=pikepdf.Dictionary(OFF=[layer])
        )
        document.save(out)
    return out.getvalue()


JPEG = saved(drawn((800, 800)), "JPEG", quality=95)
UNPRINTABLE = {
    "truncated jpeg": ("image/jpeg", JPEG[: len(JPEG) // 2], "picture is damaged"),
    "truncated png": ("image/png", saved(drawn(), "PNG")[:150], "picture is damaged"),
    "no picture": ("image/png", b"<html>not found</html>", "picture is damaged"),
    "bomb png": ("image/png", a_bomb_png(), "damaged|too large"),
    "small bomb png": ("image/png", a_bomb_png(9_000), "picture is too large"),
    "heic": ("image/heic", b"\0\0\0\x18ftypheic" + b"\0" * 99, "picture is damaged"),
    "locked pdf": ("application/pdf", locked_pdf(), "locked with a password"),
    "truncated pdf": ("application/pdf", a_pdf()[:200], "PDF is damaged|PDF has no pages"),
    "no pdf": ("application/pdf", b"%PDF-1.7 and nothing more", "PDF is damaged"),
    "bomb pdf": ("application/pdf", bomb_pdf, "PDF is too large"),
    "looping pdf": ("application/pdf", looping_pdf(), "PDF is damaged|PDF has no pages"),
    "many pages": ("application/pdf", a_pdf(pages=401), "has 401 pages"),
    "hidden layers": ("application/pdf", layered_pdf(), "hidden layers"),
    "empty": ("application/pdf", b"", "file is empty"),
    "program": ("application/x-dosexec", b"MZ\0\0", "kind cannot be printed"),
}


@pytest.mark.parametrize("kind", UNPRINTABLE)
def test_a_file_that_cannot_be_printed_is_named_with_the_reason_and_its_hash(kind, a_bundle):
    media, given, why = UNPRINTABLE[kind]
    data = given() if callable(given) else given
    tracemalloc.start()
    made = a_bundle([("odd.file", media, data)])
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    text = " ".join(text_of(made).split())
    assert re.search(why, text), text
    assert "kept unchanged" in text
    assert hashlib.sha256(data).hexdigest() in re.sub(r"\s", "", text)
    assert "odd.file" in text
    assert peak < 250 << 20


def test_any_cut_or_bent_file_still_gives_a_bundle(a_bundle):
    chance = random.Random(7)
    kinds = [("image/jpeg", JPEG), ("image/png", saved(drawn(), "PNG")), ("image/gif",
             PICTURES["gif"][1]), ("image/tiff", PICTURES["tiff"][1]),
             ("application/pdf", a_pdf())]  # fmt: skip
    files = []
    for media, data in kinds * 6:
        bent = bytearray(data)
        for _ in range(chance.randint(1, 12)):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        files.append(("bent", media, bytes(bent[: chance.randint(len(bent) // 3, len(bent))])))
    made = a_bundle(files)
    assert len(made.said.exhibits) == len(files)
    with pikepdf.open(made.path) as document:
        assert document.check_pdf_syntax() == []


def test_a_pdf_locked_only_against_changes_is_printed_unlocked(a_bundle):
    made = a_bundle([("a.pdf", "application/pdf", locked_pdf(user=""))])
    assert "Order 1001" in text_of(made)
    with pikepdf.open(made.path) as document:
        assert not document.is_encrypted


def live_pdf():
    """A PDF with everything that could act, fetch or carry."""
    out = io.BytesIO()
    act = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert('live-canary')")
    with pikepdf.open(io.BytesIO(a_pdf())) as document:
        page = document.pages[0]
        document.Root.OpenAction = act
        document.Root.AA = pikepdf.Dictionary(WC=act)
        page.AA = pikepdf.Dictionary(O=act)
        document.attachments["live-canary.exe"] = b"MZ live-canary"
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 99, 99],
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://live-canary.example"),
        )  # fmt: skip
        page.Annots = pikepdf.Array([document.make_indirect(link)])
        form = pikepdf.Stream(document, b"BT ET", Type=pikepdf.Name.XObject,
                              Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9],
                              PieceInfo=pikepdf.Dictionary(X="live-canary"))  # fmt: skip
        form.Ref = pikepdf.Dictionary(F="live-canary.pdf", Page=0)
        form.Metadata = document.make_stream(b"live-canary")
        page.add_resource(form, pikepdf.Name.XObject, pikepdf.Name("/A"))
        page.contents_add(b" /A Do")
        document.docinfo["/Author"] = "live-canary"
        document.Root.Names.JavaScript = pikepdf.Dictionary(Names=["x", act])
        with document.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("live-canary", 0))
        document.save(out)
    return out.getvalue()


def test_nothing_live_of_a_foreign_pdf_comes_through(a_bundle):
    made = a_bundle([("live.pdf", "application/pdf", live_pdf())])
    assert "Order 1001" in text_of(made)
    plain = io.BytesIO()
    with pikepdf.open(made.path) as document:
        assert not {"/OpenAction", "/AA", "/Names", "/AcroForm", "/AF"} & set(document.Root.keys())
        assert not document.attachments
        for number, page in enumerate(document.pages, 1):
            assert "/AA" not in page
            assert ("/Annots" in page) == (number == made.said.index_page)
        document.save(plain, compress_streams=False, qdf=True)
    for name in (b"live-canary", b"JavaScript", b"/URI", b"/Launch", b"EmbeddedFile", b"/Ref "):
        assert name not in plain.getvalue()


def test_what_a_filled_form_shows_is_printed_though_its_fields_are_gone(a_bundle):
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.acroForm.textfield(name="sum", value="EUR 77.25", x=80, y=600, width=200, height=20)
    canvas.showPage()
    canvas.save()
    made = a_bundle([("form.pdf", "application/pdf", out.getvalue())])
    assert "EUR 77.25" in text_of(made)
    with pikepdf.open(made.path) as document:
        assert "/AcroForm" not in document.Root


def test_a_card_number_in_a_pdf_is_refused_with_exhibit_and_page(a_bundle):
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(80, 700, "page one")
    canvas.showPage()
    canvas.drawString(80, 700, f"Card {CARD}")
    canvas.showPage()
    canvas.save()
    files = [("a.txt", "text/plain", b"x"), ("b.pdf", "application/pdf", out.getvalue())]
    with pytest.raises(Refused) as caught:
        a_bundle(files)
    assert "page 2" in str(caught.value)
    assert "exhibit 2" in str(caught.value)
    assert "1111" not in str(caught.value)
