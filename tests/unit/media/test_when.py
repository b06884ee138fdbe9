"""When evidence was made: on whose word, and never in a zone that nobody stated."""

import datetime as dt
import io
import os
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from disputedesk.media.when import Captured, file_time, find_captured, mail_date, stated


def instant(*parts):
    return dt.datetime(*parts, tzinfo=dt.UTC)


def picture(kind, taken=None, zone=None):
    data = io.BytesIO()
    exif = Image.Exif()
    inner = exif.get_ifd(0x8769)
    if taken:
        inner[0x9003] = taken
    if zone:
        inner[0x9011] = zone
    exif[0x8769] = inner
    Image.new("RGB", (8, 6), "red").save(data, kind, exif=exif)
    return data.getvalue()


@pytest.fixture
def found(tmp_path):
    def find(data, media):
        path = tmp_path / "file"
        path.write_bytes(data)
        return find_captured(path, media)

    return find


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_a_camera_that_states_its_zone_gives_an_instant(found, kind):
    data = picture(kind, "2026:11:01 14:05:00", "+03:00")
    captured = found(data, f"image/{kind.lower()}")
    assert captured == Captured(instant(2026, 11, 1, 11, 5), "exif", 180)
    assert stated(captured) == "2026-11-01T14:05:00+03:00"


def test_a_camera_without_a_zone_claims_none(found):
    captured = found(picture("JPEG", "2026:11:01 14:05:00"), "image/jpeg")
    assert captured == Captured(instant(2026, 11, 1, 14, 5), "exif", None)
    assert stated(captured) == "2026-11-01T14:05:00"


@pytest.mark.parametrize(
    "taken", ["0000:00:00 00:00:00", "    :  :     :  :  ", "2026:13:45 1:1:1"]
)
def test_a_clock_that_was_never_set_says_nothing(found, taken):
    assert found(picture("JPEG", taken), "image/jpeg") is None


def test_a_mail_speaks_in_its_own_zone(found):
    mail = b"From: a@b.example\nDate: Sun, 01 Nov 2026 10:00:00 +0300\n\nhi"
    captured = found(mail, "message/rfc822")
    assert captured == Captured(instant(2026, 11, 1, 7), "mail", 180)
    assert mail_date("Sun, 01 Nov 2026 10:00:00 -0000").offset_minutes is None
    assert mail_date("some day") is None


def film(seconds, *, wide=False):
    body = struct.pack(">BxxxQQ", 1, seconds, 0) if wide else struct.pack(">BxxxII", 0, seconds, 0)
    head = struct.pack(">I4s", 8 + len(body), b"mvhd") + body
    movie = struct.pack(">I4s", 8 + len(head), b"moov") + head
    return struct.pack(">I4s", 16, b"ftyp") + b"isom\0\0\0\0" + movie


def test_a_film_says_when_it_was_made_and_a_zero_says_nothing(found):
    seconds = int((instant(2026, 11, 1, 9) - instant(1904, 1, 1)).total_seconds())
    for wide in (False, True):
        captured = found(film(seconds, wide=wide), "video/mp4")
        assert captured == Captured(instant(2026, 11, 1, 9), "video", None)
    assert stated(captured) == "2026-11-01T09:00:00Z"
    assert found(film(0), "video/mp4") is None


def test_a_png_says_when_it_was_changed(found):
    data = io.BytesIO()
    Image.new("1", (2, 2)).save(data, "PNG")
    part = struct.pack(">HBBBBB", 2026, 11, 1, 8, 30, 0)
    raw = data.getvalue()
    changed = raw[:33] + struct.pack(">I4s", 7, b"tIME") + part + b"\0\0\0\0" + raw[33:]
    assert found(changed, "image/png") == Captured(instant(2026, 11, 1, 8, 30), "file", 0)


def test_a_files_time_is_an_instant_in_no_zone(tmp_path):
    path = tmp_path / "a"
    path.touch()
    os.utime(path, (1_793_523_600, 1_793_523_600))
    captured = file_time(path.stat().st_mtime)
    assert (captured.by, captured.offset_minutes) == ("file", None)
    assert captured.at.timestamp() == 1_793_523_600


MEDIA = ["image/jpeg", "image/png", "image/webp", "image/tiff", "image/heic", "video/mp4",
         "message/rfc822"]  # fmt: skip


@given(st.binary(max_size=400), st.sampled_from(MEDIA))
def test_any_bytes_are_read_to_an_end(tmp_path_factory, data, media):
    path = tmp_path_factory.mktemp("any") / "file"
    starts = {"image/png": b"\x89PNG\r\n\x1a\n", "image/tiff": b"II*\0", "image/jpeg": b"\xff\xd8"}
    path.write_bytes(starts.get(media, b"") + data)
    captured = find_captured(path, media)
    assert captured is None or captured.at.tzinfo is not None
