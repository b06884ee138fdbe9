"""Stills come from the moment that was named; a hostile film reads, writes and reaches nothing."""

import datetime as dt
import io
import shutil
import subprocess
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from disputedesk.common.errors import Refused
from disputedesk.media import stills
from disputedesk.vault import media_type

needs_ffmpeg = pytest.mark.skipif(not stills.has_reader(), reason="ffmpeg is not installed")
RED, BLUE = (255, 0, 0), (0, 0, 255)


def make_film(path, *, seconds=2, size="64x48", extra=()):
    """A film that is red for so many seconds, then blue for as many."""
    source = f"color=c={{}}:size={size}:rate=5:duration={seconds}"
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-y"]
    for colour in ("red", "blue"):
        command += ["-f", "lavfi", "-i", source.format(colour)]
    command += ["-filter_complex", "concat=n=2:v=1:a=0", "-pix_fmt", "yuv420p", *extra, str(path)]
    subprocess.run(command, check=True, timeout=60)
    return path


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    return make_film(path, extra=("-metadata", "creation_time=2026-11-02T10:00:00Z"))


def colour_of(picture):
    with Image.open(io.BytesIO(picture), formats=("PNG", "JPEG")) as image:
        return image.convert("RGB").getpixel((image.width // 2, image.height // 2))


def near(one, other):
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


@needs_ffmpeg
def test_a_film_says_how_long_it_is_and_when_it_was_made(film):
    about = stills.look_at(film, "video/mp4")
    assert about.duration == dt.timedelta(seconds=4)
    assert about.made_at == dt.datetime(2026, 11, 2, 10, tzinfo=dt.UTC)


@needs_ffmpeg
def test_a_still_shows_the_moment_that_was_named(film):
    first = stills.still(film, "video/mp4", dt.timedelta(seconds=1))
    last = stills.still(film, "video/mp4", dt.timedelta(seconds=3.5))
    assert near(colour_of(first), RED)
    assert near(colour_of(last), BLUE)
    assert media_type(first) == "image/png"


@needs_ffmpeg
def test_the_same_moment_gives_the_same_bytes(film):
    at = dt.timedelta(seconds=1)
    assert stills.still(film, "video/mp4", at) == stills.still(film, "video/mp4", at)


@needs_ffmpeg
@pytest.mark.parametrize(("name", "kind"), [("a.webm", "video/webm"), ("a.avi", "video/x-msvideo"),
                                            ("a.mov", "video/quicktime"),
                                            ("a.mkv", "video/x-matroska"),
                                            ("a.mpg", "video/mpeg")])  # fmt: skip
def test_the_kinds_that_cameras_and_chats_make_are_read(tmp_path, name, kind):
    rate = ("-r", "25") if kind == "video/mpeg" else ()
    path = make_film(tmp_path / name, seconds=1, extra=rate)
    assert media_type(path.read_bytes()[:4096], name) == kind
    small = stills.still(path, kind, dt.timedelta(seconds=0.4), small=True)
    assert near(colour_of(small), RED)


@needs_ffmpeg
def test_a_moment_after_the_end_gives_a_sentence(film):
    with pytest.raises(Refused, match="No picture can be taken"):
        stills.still(film, "video/mp4", dt.timedelta(seconds=40))


@needs_ffmpeg
@pytest.mark.parametrize("keep", [0, 40, 900])
def test_a_film_cut_short_gives_a_sentence(film, tmp_path, keep):
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(film.read_bytes()[:keep])
    with pytest.raises(Refused, match="No picture can be taken"):
        stills.look_at(cut, "video/mp4")
    with pytest.raises(Refused, match="No picture can be taken"):
        stills.still(cut, "video/mp4", dt.timedelta(seconds=1))


@needs_ffmpeg
def test_a_list_of_other_files_named_as_a_film_reads_none_of_them(film, tmp_path):
    shutil.copy(film, tmp_path / "private.mp4")
    trap = tmp_path / "trap.mp4"
    trap.write_text("ffconcat version 1.0\nfile private.mp4\n")
    plain = subprocess.run(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-i", str(trap), "-frames:v", "1",
         "-f", "image2pipe", "-c:v", "png", "pipe:1"],
        capture_output=True, check=False, timeout=30,
    ).stdout  # fmt: skip
    assert near(colour_of(plain), RED), "the trap has to work on an unguarded program"
    kind = media_type(trap.read_bytes(), trap.name)
    assert not stills.can_read(kind)
    for told in (kind, "video/mp4"):
        with pytest.raises(Refused):
            stills.still(trap, told, dt.timedelta(0))
        with pytest.raises(Refused):
            stills.look_at(trap, told)


@needs_ffmpeg
@pytest.mark.parametrize("text", [
    "#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nprivate.mp4\n#EXT-X-ENDLIST\n",
    '<?xml version="1.0"?><MPD><Period><BaseURL>private.mp4</BaseURL></Period></MPD>',
    "v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 5004 RTP/AVP 96\n",
])  # fmt: skip
def test_lists_of_every_sort_are_refused_by_content(film, tmp_path, text):
    shutil.copy(film, tmp_path / "private.mp4")
    trap = tmp_path / "trap.mp4"
    trap.write_text(text)
    assert not stills.can_read(media_type(trap.read_bytes(), trap.name))
    with pytest.raises(Refused):
        stills.still(trap, "video/mp4", dt.timedelta(0))


@needs_ffmpeg
def test_a_picture_larger_than_any_camera_makes_is_not_drawn(film, monkeypatch):
    at = dt.timedelta(seconds=1)
    assert stills.still(film, "video/mp4", at)
    monkeypatch.setattr(stills, "_MOST_PIXELS", 64 * 47)
    with pytest.raises(Refused):
        stills.still(film, "video/mp4", at)


def script(folder, name, body):
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o700)


@pytest.mark.skipif(shutil.which("sh") is None, reason="needs a shell to stand in")
def test_a_program_that_takes_too_long_is_ended_with_all_it_started(tmp_path, monkeypatch):
    script(tmp_path, "ffprobe", "sleep 30\necho late")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    begun = time.monotonic()
    with pytest.raises(Refused, match="No picture can be taken"):
        stills.look_at(tmp_path / "film.mp4", "video/mp4", seconds=0.3)
    assert time.monotonic() - begun < 10


@pytest.mark.skipif(shutil.which("yes") is None, reason="needs a flood")
def test_a_program_that_floods_is_ended():
    yes = shutil.which("yes")
    begun = time.monotonic()
    assert stills._run(yes, [], most=1000, seconds=20) == b""
    assert time.monotonic() - begun < 10


def test_without_ffmpeg_the_way_by_screenshot_is_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not stills.has_reader()
    with pytest.raises(Refused) as refused:
        stills.look_at(tmp_path / "film.mp4", "video/mp4")
    assert "ffmpeg" in refused.value.what
    assert "screenshot" in refused.value.remedy


def test_what_is_no_film_is_refused_before_any_program_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", lambda *_a, **_k: pytest.fail("was started"))
    monkeypatch.setattr(stills, "_tool", lambda name: name)
    for kind in ("application/octet-stream", "text/plain", "image/gif", "audio/mpeg"):
        with pytest.raises(Refused, match="not a film"):
            stills.still(tmp_path / "x.mp4", kind, dt.timedelta(0))


@given(st.integers(1, 86_400_0), st.integers(1, 12))
def test_moments_are_spread_inside_the_film_in_order(tenths, count):
    duration = dt.timedelta(seconds=tenths / 10)
    moments = stills.spread(duration, count)
    assert len(moments) == count
    assert list(moments) == sorted(moments)
    assert all(dt.timedelta(0) <= at <= duration for at in moments)


@given(st.integers(0, 99 * 3600 * 10))
def test_a_moment_reads_back_as_it_was_written(tenths):
    at = dt.timedelta(seconds=tenths / 10)
    assert stills.read_moment(stills.moment_text(at)) == at


@given(st.text(max_size=12))
def test_any_other_text_is_no_moment_and_never_an_accident(text):
    try:
        assert stills.read_moment(text) >= dt.timedelta(0)
    except Refused as refused:
        assert "0:12" in refused.remedy  # noqa: PT017 - either way is right
