"""Parts of pictures are painted over for good, whatever the file's kind and turning."""

import io
import subprocess
import zlib
from shutil import which

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat

from disputedesk.media.redaction import Redacted, count_pages, redact
from disputedesk.media.redaction_boxes import (
    Box,
    Unredactable,
    boxes_of,
    boxes_text,
    checked_boxes,
    covered,
)
from disputedesk.media.redaction_pictures import upright_picture
from disputedesk.media.redaction_proof import prove
from tests.unit.media.conftest import CARD, SHOWN, a_picture, saved

pytestmark = pytest.mark.usefixtures("blind")
EXIF = Image.Exif()
EXIF[0x010F] = "Camera of Jane Roe"
EXIF[0x9286] = CARD


def _turned(turn):
    """A picture that is upright only once its orientation is minded."""
    back = {6: Image.Transpose.ROTATE_90, 3: Image.Transpose.ROTATE_180,
            8: Image.Transpose.ROTATE_270, 5: Image.Transpose.TRANSPOSE}[turn]  # fmt: skip
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = "Camera of Jane Roe"
    return saved(a_picture().transpose(back), "JPEG", exif=exif, quality=95)


def _wide():
    """Sixteen bits for each point."""
    return saved(a_picture("L").convert("I;16").point(lambda value: value * 257), "PNG")


FILES = {
    "jpeg": (lambda: saved(a_picture(), "JPEG", exif=EXIF, comment=CARD, quality=95), "image/jpeg"),
    "grey jpeg": (lambda: saved(a_picture("L"), "JPEG"), "image/jpeg"),
    "cmyk jpeg": (lambda: saved(a_picture("CMYK"), "JPEG", quality=95), "image/jpeg"),
    "jpeg on its side": (lambda: _turned(6), "image/jpeg"),
    "jpeg on its other side": (lambda: _turned(8), "image/jpeg"),
    "jpeg upside down": (lambda: _turned(3), "image/jpeg"),
    "jpeg mirrored": (lambda: _turned(5), "image/jpeg"),
    "png": (lambda: saved(a_picture(), "PNG"), "image/png"),
    "png of palette": (lambda: saved(a_picture("P"), "PNG"), "image/png"),
    "png of one bit": (lambda: saved(a_picture("1"), "PNG"), "image/png"),
    "png of 16 bits": (_wide, "image/png"),
    "clear png": (lambda: saved(a_picture("RGBA"), "PNG"), "image/png"),
    "gif": (lambda: saved(a_picture("P"), "GIF"), "image/gif"),
    "webp": (lambda: saved(a_picture(), "WEBP", lossless=True), "image/webp"),
    "bmp": (lambda: saved(a_picture(), "BMP"), "image/bmp"),
    "tiff": (lambda: saved(a_picture(), "TIFF", description=CARD), "image/tiff"),
}


def _redacted(tmp_path, data, media, boxes=(SHOWN,)):
    path = tmp_path / "original"
    path.write_bytes(data)
    copy = redact(path, media, boxes)
    assert path.read_bytes() == data
    return copy


@pytest.mark.parametrize("kind", FILES)
def test_the_number_is_gone_and_the_rest_is_there(tmp_path, kind):
    make, media = FILES[kind]
    copy = _redacted(tmp_path, make(), media)
    prove(copy)
    with Image.open(io.BytesIO(copy.data)) as image:
        image.load()
        assert image.size == (320, 200)
        assert not image.getexif().get(0x0112)
        place = covered(SHOWN, *image.size)
        assert image.convert("L").crop(place).getextrema() == (0, 0)
        apart = (40, 150, 90, 164)
        assert _unlike(image.crop(apart), a_picture().crop(apart)) < 16


def _unlike(one, other):
    """How far the lights of two pictures are apart, on the whole."""
    return ImageStat.Stat(ImageChops.difference(one.convert("L"), other.convert("L"))).mean[0]


@pytest.mark.parametrize("kind", FILES)
def test_nothing_travels_along(tmp_path, kind):
    make, media = FILES[kind]
    copy = _redacted(tmp_path, make(), media)
    assert b"Jane" not in copy.data
    assert CARD.encode() not in copy.data
    with Image.open(io.BytesIO(copy.data)) as image:
        assert "comment" not in image.info
        assert "icc_profile" not in image.info


@pytest.mark.skipif(which("exiftool") is None, reason="exiftool is not installed")
def test_exiftool_finds_no_details_in_the_copy(tmp_path):
    make, media = FILES["jpeg"]
    path = tmp_path / "copy.jpg"
    path.write_bytes(_redacted(tmp_path, make(), media).data)
    said = subprocess.run(["exiftool", "-a", "-G1", path], capture_output=True, text=True,
                          check=True).stdout  # fmt: skip
    assert "Jane" not in said
    assert "4111" not in said
    assert "[IFD0]" not in said


def test_every_sheet_of_a_scan_is_painted_where_it_is_covered(tmp_path):
    sheets = [a_picture(), a_picture("L"), a_picture("1")]
    data = saved(sheets[0], "TIFF", save_all=True, append_images=sheets[1:])
    boxes = [Box(2, SHOWN.left, SHOWN.top, SHOWN.right, SHOWN.bottom)]
    copy = _redacted(tmp_path, data, "image/tiff", boxes)
    prove(copy)
    assert (copy.pages, copy.media_type) == (3, "image/tiff")
    with Image.open(io.BytesIO(copy.data)) as image:
        lights = []
        for at in range(3):
            image.seek(at)
            lights.append(image.convert("L").crop(covered(SHOWN, 320, 200)).getextrema()[1])
    assert lights == [255, 0, 255]


def test_of_a_moving_picture_only_the_covered_one_is_in_the_copy(tmp_path):
    data = saved(Image.new("P", (320, 200), 1), "GIF", save_all=True,
                 append_images=[a_picture("P"), a_picture("P")], duration=100)  # fmt: skip
    copy = _redacted(tmp_path, data, "image/gif")
    assert "moving" in copy.notes[0]
    with Image.open(io.BytesIO(copy.data)) as image:
        assert getattr(image, "n_frames", 1) == 1


def test_the_second_picture_of_a_phone_is_left_out(tmp_path):
    data = saved(a_picture(), "MPO", save_all=True, append_images=[a_picture()])
    copy = _redacted(tmp_path, data, "image/jpeg")
    prove(copy)
    assert copy.data.count(b"\xff\xd8\xff") == 1


def test_a_box_is_seen_on_a_black_picture(tmp_path):
    copy = _redacted(tmp_path, saved(Image.new("RGB", (320, 200)), "PNG"), "image/png")
    with Image.open(io.BytesIO(copy.data)) as image:
        assert image.getextrema()[0] == (0, 128)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    turn=st.sampled_from([1, 3, 5, 6, 8]),
    sides=st.tuples(*[st.floats(0, 1)] * 4),
    size=st.tuples(st.integers(8, 70), st.integers(8, 70)),
)
def test_a_box_hits_the_points_it_is_drawn_over_and_no_others(tmp_path, turn, sides, size):
    left, right = sorted(sides[:2])
    top, bottom = sorted(sides[2:])
    if right - left < 0.01 or bottom - top < 0.01:
        return
    back = {1: None, 3: 3, 6: 2, 8: 4, 5: 5}[turn]
    shown = Image.new("RGB", size, "white")
    exif = Image.Exif()
    exif[0x0112] = turn
    stored = shown if back is None else shown.transpose(Image.Transpose(back))
    path = tmp_path / "any.png"
    path.write_bytes(saved(stored, "PNG", exif=exif))
    box = Box(1, left, top, right, bottom)
    copy = redact(path, "image/png", [box])
    with Image.open(io.BytesIO(copy.data)) as image:
        assert image.size == size
        expected = Image.new("RGB", size, "white")
        place = covered(box, *size)
        assert place[0] <= left * size[0] + 1e-3
        assert place[2] >= right * size[0] - 1e-3
        assert place[1] <= top * size[1] + 1e-3
        assert place[3] >= bottom * size[1] - 1e-3
        assert place[2] - place[0] <= (right - left) * size[0] + 2
        draw = ImageDraw.Draw(expected)
        draw.rectangle((place[0] - 1, place[1] - 1, place[2], place[3]), outline=(128, 128, 128))
        draw.rectangle((place[0], place[1], place[2] - 1, place[3] - 1), fill="black")
        assert image.convert("RGB").tobytes() == expected.tobytes()


@given(st.lists(st.tuples(st.integers(1, 9), *[st.integers(0, 10**6)] * 4), min_size=1, max_size=9))
def test_boxes_are_kept_and_read_again(raw):
    boxes = [Box(page, *(side / 10**6 for side in sides)) for page, *sides in raw]
    assert boxes_of(boxes_text(boxes)) == tuple(boxes)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"boxes": [[1]]}', '{"boxes": 7}', "null"])
def test_what_is_no_box_is_no_box(text):
    assert boxes_of(text) == ()


@pytest.mark.parametrize(
    ("boxes", "says"),
    [
        ([], "Nothing is covered"),
        ([Box(2, 0, 0, 1, 1)], "no page 2"),
        ([Box(1, 0.5, 0, 0.5, 1)], "covers nothing"),
        ([Box(1, float("nan"), 0, 0.5, 1)], "no number"),
        ([Box(1, 0, 0, 1, 1)] * 3000, "too many"),
    ],
)
def test_boxes_that_hide_nothing_are_refused(boxes, says):
    with pytest.raises(Unredactable, match=says):
        checked_boxes(boxes, 1)


def _bomb():
    head = b"IHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0d" + head + zlib.crc32(head).to_bytes(4)


@pytest.mark.parametrize(
    ("data", "media"),
    [
        (b"", "image/png"),
        (b"\xff\xd8\xff\xe0 cut", "image/jpeg"),
        (saved(a_picture(), "JPEG")[:900], "image/jpeg"),
        (saved(a_picture(), "PNG")[:200], "image/png"),
        (_bomb(), "image/png"),
        (b"%PDF-1.7", "image/tiff"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path, data, media):
    path = tmp_path / "strange"
    path.write_bytes(data)
    with pytest.raises(Unredactable) as told:
        redact(path, media, [SHOWN])
    assert str(told.value).endswith(".")
    assert path.read_bytes() == data


def test_without_the_paint_the_proof_refuses(tmp_path, monkeypatch):
    monkeypatch.setattr("disputedesk.media.redaction_pictures.painted", lambda image, *_: image)
    copy = _redacted(tmp_path, saved(a_picture(), "PNG"), "image/png")
    with pytest.raises(Unredactable, match="does not hide"):
        prove(copy)


def test_a_copy_with_details_is_refused():
    data = saved(a_picture(), "JPEG", exif=EXIF)
    with pytest.raises(Unredactable, match="travelled along"):
        prove(Redacted(data, "image/jpeg", 1, ()))


def test_a_picture_is_shown_upright_and_small(tmp_path):
    path = tmp_path / "side.jpg"
    path.write_bytes(_turned(6))
    assert upright_picture(path, 1, 160).size == (160, 100)
    assert count_pages(path, "image/jpeg") == 1


def test_a_photo_of_a_large_telephone_is_redacted_at_half_its_size(tmp_path):
    path = tmp_path / "photo.jpg"
    path.write_bytes(saved(Image.new("L", (12_000, 9_000), "white"), "JPEG"))
    copy = redact(path, "image/jpeg", [SHOWN])
    with Image.open(io.BytesIO(copy.data)) as image:
        assert image.size == (6_000, 4_500)
