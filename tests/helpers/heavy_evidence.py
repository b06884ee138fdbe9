"""A heavy mixed set of exhibits, small enough for tests: photographs, screenshots, PDFs, mails."""

import datetime as dt
import functools
import hashlib
import io
import random

from PIL import Image, ImageDraw
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from disputedesk.model.case import Evidence, Exhibit
from disputedesk.papers.bundle import BundleExhibit, BundleOrder

STAMP = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@functools.cache
def _grain(size):
    chance = random.Random(7)
    small = (size[0] // 4, size[1] // 4)
    return Image.frombytes("L", small, chance.randbytes(small[0] * small[1])).resize(size)


def a_photo(size=(1400, 1050), seed=1):
    """A picture with colours and grain, as cameras make them."""
    chance = random.Random(seed)
    colours = Image.frombytes("RGB", (20, 15), chance.randbytes(900)).resize(size, Image.BICUBIC)
    return Image.blend(colours, _grain(size).convert("RGB"), 0.15)


def a_jpeg(size=(1400, 1050), seed=1, **told):
    out = io.BytesIO()
    a_photo(size, seed).save(out, "JPEG", quality=90, **told)
    return out.getvalue()


def a_screenshot(seed=1, size=(1080, 760), **told):
    picture = Image.new("RGB", size, "white")
    pen, chance = ImageDraw.Draw(picture), random.Random(seed)
    for y in range(20, size[1] - 20, 40):
        words = "".join(chance.choice("abcdefgh ijklm") for _ in range(80))
        pen.text((20, y), words, fill=(chance.randrange(90), 0, chance.randrange(200)))
    picture.paste(a_photo((500, 400), seed), (300, 340))
    out = io.BytesIO()
    picture.save(out, "PNG", **told)
    return out.getvalue()


def a_pdf(seed=1, pages=2):
    """Coloured words and a photograph on each page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842), invariant=1)
    for number in range(1, pages + 1):
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.drawString(60, 800, f"Invoice {seed} page {number}")
        picture = ImageReader(io.BytesIO(a_jpeg((1000, 750), seed * 10 + number)))
        canvas.drawImage(picture, 60, 300, 450, 340)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


A_MAIL = b"From: a@example.org\nTo: b@example.org\nSubject: Where is it\n\n" + b"A line\n" * 40
A_HEIC = b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40


@functools.cache
def heavy_files():
    """Name, media type, kind and bytes of each file, in order."""
    same = Image.open(io.BytesIO(a_screenshot(1)))
    again = io.BytesIO()
    same.save(again, "PNG", compress_level=1)
    return (
        ("a.jpg", "image/jpeg", "photo", a_jpeg(seed=1)),
        ("b.jpg", "image/jpeg", "photo", a_jpeg(seed=2)),
        ("c.png", "image/png", "chat", a_screenshot(1)),
        ("d.png", "image/png", "tracking", a_screenshot(2)),
        ("e.png", "image/png", "chat", again.getvalue()),
        ("f.pdf", "application/pdf", "receipt", a_pdf(1)),
        ("g.pdf", "application/pdf", "statement", a_pdf(2, 1)),
        ("h.eml", "message/rfc822", "chat", A_MAIL),
        ("i.heic", "image/heic", "photo", A_HEIC),
    )


def items_of(folder, files):
    """The files as exhibits of a case, kept in `folder`."""
    items = []
    for number, (name, media, kind, data) in enumerate(files, 1):
        path = folder / f"kept-{number}"
        path.write_bytes(data)
        evidence = Evidence(number, hashlib.sha256(data).hexdigest(), len(data), name, media, STAMP)
        exhibit = Exhibit(number, 1, evidence, number, f"What is seen on {name}", "", kind)
        items.append(BundleExhibit(exhibit, path))
    return items


def orders_of(items, letter=None):
    """Gives the order of these exhibits without some, as the desk does."""

    def order_without(left_out):
        kept = tuple(item for item in items if item.exhibit.number not in left_out)
        return BundleOrder(
            "Bundle", "Case 1001", "en", None, kept, lambda _pages: letter, STAMP, 1001, 1
        )

    return order_without
