"""Names and kinds: text that came with the bytes is only text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.vault import clean_name, media_type

NAMES = [
    ("photo.jpg", "photo.jpg"),
    ("../../etc/passwd", "passwd"),
    ("C:\\Users\\me\\Фото 1.jpg", "Фото 1.jpg"),
    ("\\\\server\\share\\a.txt", "a.txt"),
    ("invoice\u202efdp.exe", "invoice_fdp.exe"),
    ("a\x00b\nc.txt", "ab c.txt"),
    ("CON", "_CON"),
    ("nul.txt", "_nul.txt"),
    ("com1.log", "_com1.log"),
    ("file.txt:stream", "file.txt_stream"),
    ("trailing. . .", "trailing"),
    ("...", "unnamed"),
    ("", "unnamed"),
    ("  two   spaces .txt", "two spaces.txt"),
    ('who?*<me>|".pdf', "who___me___.pdf"),
]


@pytest.mark.parametrize(("given_name", "expected"), NAMES)
def test_a_name_becomes_safe_and_stays_readable(given_name, expected):
    assert clean_name(given_name) == expected


def test_a_long_name_keeps_its_ending():
    name = clean_name("я" * 400 + ".pdf")
    assert name.endswith(".pdf")
    assert len(name.encode()) <= 200


@given(st.text())
def test_any_name_is_safe_and_cleaning_twice_changes_nothing(text):
    name = clean_name(text)
    assert name
    assert len(name.encode()) <= 201
    assert not set(name) & set('/\\<>:"|?*\x00\u202e')
    assert name not in {".", ".."}
    assert clean_name(name) == name


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, b"application/epub+zip" if name == "mimetype" else b"x")
    return stream.getvalue()


KINDS = [
    (b"\xff\xd8\xff\xe0\x00\x10JFIF", "wrong.png", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "", "image/png"),
    (b"GIF89a", "", "image/gif"),
    (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "", "image/webp"),
    (b"\x00\x00\x00\x18ftypheic", "", "image/heic"),
    (b"\x00\x00\x00\x18ftypisom", "", "video/mp4"),
    (b"\x00\x00\x00\x14ftypqt  ", "", "video/quicktime"),
    (b"%PDF-1.7\n", "letter.jpg", "application/pdf"),
    (b"From: a@b.example\nTo: c@d.example\nSubject: x\n\nbody", "", "message/rfc822"),
    (b"Received: from x\r\n\tby y\r\nSubject: z\r\n\r\n", "", "message/rfc822"),
    (b"From a@b.example Mon Jan  1 00:00:00 2026\nFrom: a\n", "", "application/mbox"),
    (b"<!DOCTYPE html><html>", "page.txt", "text/html"),
    (b"\xef\xbb\xbf<html>", "", "text/html"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "", "image/svg+xml"),
    (b"a;b;c\n1;2;3\n", "bank.csv", "text/csv"),
    (b"hello\n", "note", "text/plain"),
    ("привет".encode(), "", "text/plain"),
    (b"{}", "a.json", "application/json"),
    (zipped("a.txt"), "a.zip", "application/zip"),
    (
        zipped("[Content_Types].xml", "_rels/.rels"),
        "b.docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    (zipped("mimetype"), "book.zip", "application/epub+zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "mail.msg", "application/vnd.ms-outlook"),
    (b"MZ\x90\x00", "photo.jpg", "application/x-msdownload"),
    (b"\x00\x01\x02", "data.txt", "application/octet-stream"),
    (b"", "", "application/octet-stream"),
]


@pytest.mark.parametrize(("head", "name", "expected"), KINDS)
def test_the_kind_is_told_by_the_bytes(head, name, expected):
    assert media_type(head, name) == expected


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_a_kind(head, name):
    assert "/" in media_type(head, name)
