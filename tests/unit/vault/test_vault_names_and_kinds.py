"""Names and kinds: text that came with the bytes is only text."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.vault import clean_name, media_type, media_type_of, visible_name

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
    (b"", "photo.jpg", "application/octet-stream"),
    (b"", "notes.txt", "text/plain"),
    (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1avif", "", "image/avif"),
    (b"\x00\x00\x00\x1cftypmif1\x00\x00\x00\x00mif1heic", "", "image/heic"),
    (b"\x00\x00\x00\x18ftyp3gp4", "", "video/3gpp"),
    (b"\x00\x00\x00\x08wide\x00\x00\x00\x00mdat", "clip.mov", "video/quicktime"),
    (b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x23B\x82\x88matroska", "", "video/x-matroska"),
    (b"\x1aE\xdf\xa3\x01\x00\x00\x00\x00\x00\x00\x1fB\x82\x84webm", "", "video/webm"),
    (b"RIFF\x00\x00\x00\x00AVI LIST", "", "video/x-msvideo"),
    (b"OggS\x00\x02" + b"\x00" * 22 + b"OpusHead", "PTT-20261101.ogg", "audio/opus"),
    (b"OggS\x00\x02" + b"\x00" * 22 + b"\x01vorbis", "", "audio/ogg"),
    (b"#!AMR\n<", "", "audio/amr"),
    ("Здравствуйте, где посылка?".encode("utf-16"), "chat.txt", "text/plain"),
    ("Здравствуйте, где посылка?".encode("utf-16-le"), "chat.txt", "text/plain"),
    ("<html><body>Ответ</body></html>".encode("utf-16"), "", "text/html"),
    (b"\xff\xfe\x00\x01\x02\x00", "", "application/octet-stream"),
    (b"Content-Type: text/plain\nReply-To: a@b.example\n\nhello", "", "message/rfc822"),
    (b"Date: today\nSubject: a diary\n\nnot a mail", "diary", "text/plain"),
    (b'<?xml version="1.0"?><!DOCTYPE svg PUBLIC "x" "y"><svg/>', "", "image/svg+xml"),
]


@pytest.mark.parametrize(("head", "name", "expected"), KINDS)
def test_the_kind_is_told_by_the_bytes(head, name, expected):
    assert media_type(head, name) == expected


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_have_a_kind(head, name):
    assert "/" in media_type(head, name)


def test_an_archive_is_known_by_what_it_lists_whatever_it_is_called():
    office = "application/vnd.openxmlformats-officedocument."
    for names, expected in (
        (("[Content_Types].xml", "word/document.xml"), f"{office}wordprocessingml.document"),
        (("[Content_Types].xml", "xl/workbook.xml"), f"{office}spreadsheetml.sheet"),
        (("datapackage.json", "archive/data.warc.gz"), "application/wacz"),
        (("WhatsApp Chat.txt", "IMG-1.jpg"), "application/zip"),
        (("mimetype",), "application/epub+zip"),
    ):
        assert media_type_of(io.BytesIO(zipped(*names)), "holiday.jpg") == expected


def test_a_cut_archive_is_still_an_archive():
    assert media_type_of(io.BytesIO(zipped("a.txt")[:40]), "a.bin") == "application/zip"


def compound(*names: str) -> bytes:
    """The least compound file whose directory lists these streams."""
    head = bytearray(512)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30:32] = (9).to_bytes(2, "little")
    head[48:52] = (0).to_bytes(4, "little")
    head[76:80] = (0xFFFFFFFF).to_bytes(4, "little")
    directory = b""
    for name in names:
        text = name.encode("utf-16-le") + b"\0\0"
        directory += text.ljust(64, b"\0") + len(text).to_bytes(2, "little") + bytes(62)
    return bytes(head) + directory.ljust(512, b"\0")


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("__properties_version1.0", "application/vnd.ms-outlook"),
        ("WordDocument", "application/msword"),
        ("Workbook", "application/vnd.ms-excel"),
        ("Something", "application/x-ole-storage"),
    ],
)
def test_an_old_office_file_is_known_by_its_streams(stream, expected):
    file = io.BytesIO(compound("Root Entry", stream))
    assert media_type_of(file, "renamed.bin") == expected


@given(
    st.binary(max_size=600), st.sampled_from([b"PK\x05\x06", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
)
def test_any_archive_has_a_kind(tail, start):
    assert "/" in media_type_of(io.BytesIO(start + b"\xa1\xb1\x1a\xe1" + tail), "x")


def test_the_true_name_is_kept_with_its_hidden_signs_written_out():
    assert visible_name("invoice\u202efdp.exe") == "invoice⟨U+202E⟩fdp.exe"
    assert visible_name("a\nb\x00.txt") == "a⟨U+000A⟩b⟨U+0000⟩.txt"
    assert visible_name("../Фото 1.jpg") == "../Фото 1.jpg"
