"""Pictures are read by the user's own tesseract, where it is; without it nothing breaks."""

import io
import time

import pytest
from PIL import Image

from disputedesk.common.errors import Cancelled
from disputedesk.common.work import CancelToken
from disputedesk.media import ocr, tesseract
from disputedesk.media.scanning import found_in
from disputedesk.model.evidence import ReadState
from tests.unit.media import samples

with_tesseract = pytest.mark.skipif(not ocr.can_read_pictures(), reason="no tesseract")


@pytest.fixture
def kept(tmp_path):
    def write(data):
        path = tmp_path / "file"
        path.write_bytes(data)
        return path

    return write


@with_tesseract
def test_a_card_number_in_a_picture_is_found_with_its_place(kept):
    words = ocr.read_pictures(kept(samples.picture(text="Card 5555 5555 5555 4444")), "image/png")
    (found,) = found_in(words.places)
    assert (found.place, found.shown, found.page) == ("picture", "•••• 4444", 1)
    left, top, right, bottom = found.box
    assert 0.1 < left < right < 0.8
    assert 0.1 < top < bottom < 0.5


@with_tesseract
def test_a_scanned_page_is_read_and_a_page_with_words_is_not(kept):
    scanned = samples.pdf("words already", samples.lettered("Card 5555 5555 5555 4444"))
    words = ocr.read_pictures(kept(scanned), "application/pdf")
    assert [(place.name, place.searched) for place in words.places] == [
        ("page 2", True), ("page 2", False),
    ]  # fmt: skip
    assert [each.shown for each in found_in(words.places)] == ["•••• 4444"]


@with_tesseract
def test_russian_words_are_read(kept):
    if "rus" not in tesseract.languages():
        pytest.skip("no Russian here")
    words = ocr.read_pictures(kept(samples.picture(text="Посылка потеряна")), "image/png")
    assert "Посылка" in words.places[0].text


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"GIF89a" + b"\xff" * 9])
def test_a_damaged_picture_is_unreadable(kept, data):
    assert ocr.read_pictures(kept(data), "image/png").state is ReadState.UNREADABLE


def test_a_picture_too_large_to_decode_is_not_decoded(kept):
    begin = time.monotonic()
    assert ocr.read_pictures(kept(samples.huge_png()), "image/png").state is ReadState.UNREADABLE
    assert time.monotonic() - begin < 1


def test_without_the_program_pictures_keep_no_words(kept, monkeypatch):
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: None)
    tesseract.languages.cache_clear()
    try:
        assert not ocr.can_read_pictures()
        words = ocr.read_pictures(kept(samples.picture(text="Hi")), "image/png")
        assert words.state is ReadState.WITHOUT_WORDS
    finally:
        tesseract.languages.cache_clear()


def test_a_program_that_never_ends_is_stopped_at_once_when_nobody_waits(
    kept, monkeypatch, tmp_path
):
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: str(slow))
    monkeypatch.setattr(tesseract, "languages", lambda: ("eng",))
    token = CancelToken()

    class Soon(CancelToken):
        def check(self):
            if time.monotonic() > until:
                token.cancel()
            token.check()

    until = time.monotonic() + 0.3
    with pytest.raises(Cancelled):
        ocr.read_pictures(kept(samples.picture(text="Hi")), "image/png", cancel=Soon())
    assert time.monotonic() - until < 2


def test_a_program_that_takes_too_long_is_given_up(kept, monkeypatch, tmp_path):
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o700)
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: str(slow))
    monkeypatch.setattr(tesseract, "languages", lambda: ("eng",))
    monkeypatch.setattr(tesseract, "_SECONDS", 0.2)
    words = ocr.read_pictures(kept(samples.picture(text="Hi")), "image/png")
    assert (words.state, words.places) == (ReadState.WITHOUT_WORDS, ())


def test_a_picture_larger_than_a_pipe_is_given_whole(kept, monkeypatch, tmp_path):
    counting = tmp_path / "tesseract"
    counting.write_text("#!/bin/sh\nsleep 0.4\nprintf 'level\\ttext\\n5\\t%s\\n' $(wc -c)\n")
    counting.chmod(0o700)
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: str(counting))
    monkeypatch.setattr(tesseract, "languages", lambda: ("eng",))
    monkeypatch.setattr(ocr, "_SURE", 0.0)
    noise = Image.effect_noise((1100, 900), 90)
    out, whole = io.BytesIO(), io.BytesIO()
    noise.save(out, "PNG")
    noise.save(whole, "PNG", compress_level=1)
    words = ocr.read_pictures(kept(out.getvalue()), "image/png")
    assert int(words.places[0].text) == len(whole.getvalue()) > 500_000


@with_tesseract
def test_pictures_are_read_a_second_time_for_numbers_alone(kept, monkeypatch):
    def of_words_alone(image, how, **asked):
        return None if "11" in how else told(image, how, **asked)

    told = tesseract.told
    drawn = kept(samples.picture(text="Card 5555 5555 5555 4444", size=(900, 700)))
    whole = ocr.read_pictures(drawn, "image/png")
    assert [each.shown for each in found_in(whole.places)] == ["•••• 4444"]
    monkeypatch.setattr(tesseract, "told", of_words_alone)
    half = ocr.read_pictures(drawn, "image/png")
    assert [place.searched for place in whole.places] == [True, False]
    assert [place.searched for place in half.places] == [True]


def test_a_picture_of_one_shade_is_read_without_asking_the_program(kept, monkeypatch):
    def never(*_args, **_asked):
        raise AssertionError("the program was asked")

    monkeypatch.setattr(tesseract, "told", never)
    out = io.BytesIO()
    Image.new("RGBA", (900, 700), (10, 120, 200, 90)).save(out, "PNG")
    words = ocr.read_pictures(kept(out.getvalue()), "image/png")
    assert (words.state, [place.text for place in words.places]) == (ReadState.READ, [""])
