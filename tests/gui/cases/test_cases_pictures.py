"""Originals shown without danger: pictures with caps, pages, mails as plain words."""

import struct
import zlib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from disputedesk.gui.cases import pictures
from disputedesk.gui.cases.evidence_sheet import png_of
from disputedesk.gui.cases.money_field import sum_of
from disputedesk.gui.cases.pictures import UnreadablePicture, mail_text, measure, picture_of

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "libpng", "Invalid")


def _png(wide, high):
    image = QImage(wide, high, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    return png_of(image)


def test_a_large_picture_is_made_small_while_it_is_read():
    seen = picture_of(_png(900, 300), "image/png", 300)
    assert (seen.width(), seen.height()) == (300, 100)


def test_a_picture_that_claims_a_huge_size_is_not_decoded():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    bomb = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
    bomb += struct.pack(">I", zlib.crc32(chunk))
    assert picture_of(bomb, "image/png", 300) is None


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_gives_none(data):
    assert picture_of(data, "image/png", 300) is None


def test_a_drawing_language_is_never_read_as_a_picture():
    assert picture_of(b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", 300) is None


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 broken", b"hello"])
def test_a_broken_pdf_is_refused_in_words(data):
    with pytest.raises(UnreadablePicture) as told:
        measure(data)
    assert str(told.value)


def test_a_mail_is_shown_as_its_words_and_nothing_else():
    raw = (
        b"From: Shop <s@example.org>\r\nTo: me@example.org\r\nSubject: About your order\r\n"
        b"Content-Type: text/html; charset=utf-8\r\n\r\n"
        b"<style>p{color:red}</style><script>alert(1)</script>"
        b"<p>Please &lt;wait&gt;</p><img src='https://tracker.example/x.png'>"
    )
    text = mail_text(raw)
    assert "Subject: About your order" in text
    assert "Please <wait>" in text
    for gone in ("alert", "color:red", "tracker.example"):
        assert gone not in text


def test_a_mail_in_an_unknown_encoding_does_not_break_the_viewer():
    raw = b"Subject: x\r\nContent-Type: text/plain; charset=klingon\r\n\r\nqapla'"
    assert "Subject: x" in mail_text(raw)


def test_long_texts_are_cut():
    raw = b"Subject: x\r\n\r\n" + b"word " * 200_000
    assert len(mail_text(raw)) <= pictures._MOST_TEXT


@pytest.mark.parametrize(
    ("text", "minor"),
    [("43.10", 4310), ("43,10", 4310), ("1 234,50", 123450), ("1,234.50", 123450), ("12", 1200)],
)
def test_sums_are_understood_in_both_ways_of_writing(text, minor):
    assert sum_of(text, "eur").minor == minor


@pytest.mark.parametrize("text", ["1,234", "a lot", "4.3.1,0,0"])
def test_what_could_be_two_sums_is_asked_about(text):
    with pytest.raises(ValueError, match=r"\w") as told:
        sum_of(text, "EUR")
    assert str(told.value)
