"""Whatever the writer is given, the bundle it makes passes every point that applies to it."""

import io

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from disputedesk.papers.bundle import PartLimits
from disputedesk.papers.checking.checklist import checklist_of
from disputedesk.papers.checking.claims import claims_of
from disputedesk.papers.checking.opening import open_bundle
from disputedesk.papers.paper import Paper


def a_pdf(pages=1, size=(595, 842), rotate=0):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(5, 5, f"corner {number}")
        canvas.drawString(size[0] / 3, size[1] / 2, f"The words inside page {number}")
        canvas.showPage()
    canvas.save()
    with pikepdf.open(out) as document:
        for page in document.pages:
            page.Rotate = rotate
        turned = io.BytesIO()
        document.save(turned)
    return turned.getvalue()


def a_picture(kind="PNG", size=(600, 400), mode="RGB", **options):
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((20, 20), "Departed from sorting centre", fill="black")
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **options)
    return out.getvalue()


def a_mail(lines):
    text = "\n".join(f"Line {number} of the mail" for number in range(lines))
    return f"From: a@example.org\nTo: b@example.org\nSubject: Hi\n\n{text}\n".encode()


TURNED = Image.Exif()
TURNED[0x0112] = 6
FILES = (
    ("a.pdf", "application/pdf", a_pdf()),
    ("long.pdf", "application/pdf", a_pdf(3)),
    ("landscape.pdf", "application/pdf", a_pdf(2, (842, 595))),
    ("turned.pdf", "application/pdf", a_pdf(1, (842, 595), 90)),
    ("receipt.pdf", "application/pdf", a_pdf(1, (160, 700))),
    ("screen.png", "image/png", a_picture()),
    ("small.png", "image/png", a_picture(size=(60, 40))),
    ("strip.png", "image/png", a_picture(size=(300, 4000))),
    ("palette.png", "image/png", a_picture(mode="P")),
    ("photo.jpg", "image/jpeg", a_picture("JPEG", (1600, 1200), exif=TURNED.tobytes())),
    ("print.jpg", "image/jpeg", a_picture("JPEG", mode="CMYK")),
    ("mail.eml", "message/rfc822", a_mail(3)),
    ("long mail with a name that goes on and on and on, to the end of the line and beyond it.eml",
     "message/rfc822", a_mail(150)),
    ("чат с продавцом.txt", "text/plain", "Привет\nещё строка".encode("cp1251")),
    ("data.bin", "application/octet-stream", b"\0\1\2"),
    ("empty.png", "image/png", b""),
    ("broken.pdf", "application/pdf", b"%PDF-1.7 nothing"),
)  # fmt: skip


def wrong(path):
    checklist = checklist_of(open_bundle(path))
    assert checklist.ours
    return {point.number: point.findings for point in checklist.failed}


@settings(max_examples=4, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    files=st.lists(st.sampled_from(FILES), min_size=1, max_size=6),
    language=st.sampled_from(("en", "ru")),
    paper=st.sampled_from(Paper),
)
def test_any_bundle_passes_every_point_that_applies(a_bundle, files, language, paper):
    made = a_bundle(files, language=language, paper=paper)
    assert wrong(made.path) == {}


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_bundle_of_every_kind_of_file_passes(a_bundle, language):
    made = a_bundle(FILES, language=language)
    assert wrong(made.path) == {}


def test_parts_pass_together_and_their_pages_continue(a_bundle):
    made = a_bundle(FILES, order={"limits": PartLimits(pages=14)})
    parts = [open_bundle(part.path) for part in made.said.parts]
    assert len(parts) > 1
    master = claims_of(parts[0]).rows
    assert len(master) == len(FILES)
    for seen in parts:
        failed = {p.number: p.findings for p in checklist_of(seen, master=master).failed}
        assert failed == {}
        alone = {p.number: p.findings for p in checklist_of(seen).failed}
        assert alone == {}
