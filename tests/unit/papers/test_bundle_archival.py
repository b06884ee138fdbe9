"""PDF/A, enclosed files and passed-through pictures: what a bundle claims, it holds."""

import hashlib
import io
import zlib

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from disputedesk.common.errors import DamagedDesk, Refused
from disputedesk.papers.pdf.archival import not_archival
from disputedesk.papers.pdf.png import png_of

TEXT = ("a.txt", "text/plain", b"words")


def a_picture(kind="PNG", mode="RGB", **options):
    out = io.BytesIO()
    gradient = Image.linear_gradient("L").resize((90, 60))
    image = gradient.quantize(16) if mode == "P" else gradient.convert(mode)
    image.save(out, kind, **options)
    return out.getvalue()


def a_foreign_pdf():
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    canvas.drawString(80, 700, "Helvetica is not embedded")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def images_in(document):
    streams = (each for each in document.objects if isinstance(each, pikepdf.Stream))
    return [each for each in streams if each.get("/Subtype") == "/Image"]


def claims(path):
    with pikepdf.open(path) as document:
        told = document.open_metadata()
        return told.get("pdfaid:part"), told.get("pdfaid:conformance"), not_archival(document)


def test_a_bundle_of_our_own_pages_and_photos_says_that_it_is_prepared_as_pdf_a(a_bundle):
    files = [TEXT, ("b.jpg", "image/jpeg", a_picture("JPEG")), ("c.png", "image/png", a_picture())]
    made = a_bundle(files)
    assert claims(made.path) == ("2", "B", ())
    assert made.said.not_archival == ()
    with pikepdf.open(made.path) as document:
        (intent,) = document.Root.OutputIntents
        assert bytes(intent.DestOutputProfile.read_bytes())[36:40] == b"acsp"


@pytest.mark.parametrize(("name", "media", "data", "why"), [
    ("f.pdf", "application/pdf", a_foreign_pdf(), "font is not embedded"),
    ("i.jpg", "image/jpeg", a_picture("JPEG", "CMYK"), "printing inks"),
])  # fmt: skip
def test_what_archives_refuse_takes_the_claim_away_and_says_why(a_bundle, name, media, data, why):
    made = a_bundle([TEXT, (name, media, data)])
    part, _, found = claims(made.path)
    assert part is None
    assert any(why in each for each in found)
    assert any(why in each for each in made.said.not_archival)


def test_enclosed_files_are_the_outgoing_bytes_under_the_names_of_the_manifest(a_bundle):
    files = [TEXT, ("b.jpg", "image/jpeg", a_picture("JPEG"))]
    made = a_bundle(files, order={"attach": True})
    assert claims(made.path)[:2] == ("3", "B")
    with pikepdf.open(made.path) as document:
        enclosed = {name: document.attachments[name].get_file().read_bytes()
                    for name in document.attachments}  # fmt: skip
        assert {str(each.AFRelationship) for each in document.Root.AF} == {"/Source"}
    assert enclosed == {"01_a.txt": files[0][2], "02_b.jpg": files[1][2]}


@pytest.mark.parametrize(("name", "media", "data"), [
    ("a.txt", "text/plain", b"card 4111 1111 1111 1111"),
    ("a.eml", "message/rfc822",
     b"From: a@b.example\nContent-Transfer-Encoding: base64\n\n"
     b"Y2FyZCA0MTExIDExMTEgMTExMSAxMTEx\n"),
])  # fmt: skip
def test_a_file_with_a_card_number_is_printed_masked_but_never_enclosed(
    a_bundle, name, media, data
):
    a_bundle([(name, media, data)])
    with pytest.raises(Refused, match="would be enclosed"):
        a_bundle([(name, media, data)], order={"attach": True})


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB"])
def test_a_plain_png_is_stored_with_its_own_coding(a_bundle, mode):
    data = a_picture(mode=mode)
    found = png_of(data)
    rows = b"".join(data[start:end] for start, end in found.ranges)
    made = a_bundle([("a.png", "image/png", data)])
    with pikepdf.open(made.path) as document:
        (image,) = images_in(document)
        assert bytes(image.read_raw_bytes()) == rows
        shown = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    assert shown.tobytes() == Image.open(io.BytesIO(data)).convert("RGB").tobytes()


@pytest.mark.parametrize("damage", ["bent", "cut", "too long", "interlaced", "transparent"])
def test_a_png_whose_coding_cannot_be_taken_over_is_not(damage):
    data = bytearray(a_picture())
    body = data.index(b"IDAT") + 4
    if damage == "bent":
        data[body + 20] ^= 0xFF
    elif damage == "cut":
        data = data[: body + 30]
    elif damage == "too long":
        head = data.index(b"IHDR")
        data[head + 8 : head + 12] = (59).to_bytes(4, "big")
        data[head + 17 : head + 21] = zlib.crc32(data[head : head + 17]).to_bytes(4, "big")
    elif damage == "interlaced":
        data[data.index(b"IHDR") + 16] = 1
    else:
        data = a_picture(mode="LA")
    assert png_of(bytes(data)) is None


def test_the_same_bytes_stand_in_a_bundle_once(a_bundle):
    photo = ("a.jpg", "image/jpeg", a_picture("JPEG"))
    made = a_bundle([photo, photo, photo])
    with pikepdf.open(made.path) as document:
        assert len(images_in(document)) == 1


def test_bytes_that_are_not_those_that_were_sealed_are_never_sent(a_bundle, monkeypatch):
    monkeypatch.setattr("disputedesk.papers.pdf.bundle.sha256_of_file",
                        lambda _path: hashlib.sha256(b"other").hexdigest())  # fmt: skip
    with pytest.raises(DamagedDesk, match="hash differs"):
        a_bundle([TEXT])


def test_a_full_disk_leaves_the_bundle_that_was_there(a_bundle, monkeypatch, tmp_path):
    (tmp_path / "bundle.pdf").write_bytes(b"the old one")

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("disputedesk.papers.pdf.assembling.write_with_blobs", full)
    with pytest.raises(Exception, match="No space left"):
        a_bundle([TEXT])
    assert (tmp_path / "bundle.pdf").read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".bundle")] == []
