"""Files that show a card number, each in its own way; and boxes over it."""

import io

import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen import canvas

from disputedesk.media import tesseract
from disputedesk.media.redaction_boxes import Box

CARD = "4111 1111 1111 1111"
DIGITS = CARD.replace(" ", "")
PAGE = (400, 300)
PLACE = (60, 200)
"""Where the number stands on a page, from its lower left corner; 14 points high."""

OVER = Box(1, 50 / 400, 80 / 300, 240 / 400, 110 / 300)
"""The box over the number on an upright page."""


@pytest.fixture
def blind(monkeypatch):
    """Nobody reads pictures: what is not about that need not wait for it."""
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: None)


def a_picture(mode="RGB", size=(320, 200), ink=None):
    """A picture with the number at (40, 60) to about (170, 75), and a frame at its edge."""
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.text((40, 60), CARD, fill=ink or "black")
    draw.text((40, 150), "Order 77", fill="navy")
    draw.rectangle((0, 0, size[0] - 1, size[1] - 1), outline="red")
    return image if mode == "RGB" else image.convert(mode)


SHOWN = Box(1, 32 / 320, 56 / 200, 184 / 320, 80 / 200)
"""The box over the number of `a_picture`."""


def saved(image, form, **options):
    """The picture as a file of this format."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def a_pdf(*pages, author="", compressed=1):
    """A PDF of pages, each drawn by a function of the canvas."""
    out = io.BytesIO()
    paper = canvas.Canvas(out, pagesize=PAGE, pageCompression=compressed)
    if author:
        paper.setAuthor(author)
    for draw in pages:
        draw(paper)
        paper.showPage()
    paper.save()
    return out.getvalue()


def number_on(paper):
    """Draws the number as text."""
    paper.setFont("Helvetica", 14)
    paper.drawString(*PLACE, CARD)
    paper.drawString(60, 60, "Delivered to the wrong street")


def words_on(text):
    """Draws a line of text, far from where the number stands."""

    def draw(paper):
        paper.setFont("Helvetica", 14)
        paper.drawString(60, 60, text)

    return draw
