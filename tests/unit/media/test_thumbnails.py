"""Small pictures: upright, bare, bounded, and none of what is not what it says."""

import io
import struct
import tracemalloc
import zlib

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from disputedesk.media import thumbnails
from disputedesk.media.redaction import PICTURES
from disputedesk.media.thumbnails import is_pictured, thumbnail

ORIENTATION = 0x0112


def _saved(image, path, form, **more):
    image.save(path, form, **more)
    return path


def _opened(data):
    assert data is not None
    return Image.open(io.BytesIO(data), formats=("JPEG",))


def _chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def _png_of(width, height, depth, colour, rows=b""):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(rows))
        + _chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("size", "wanted"), [((900, 300), (256, 85)), ((300, 900), (85, 256)), ((40, 30), (40, 30))]
)
def test_a_picture_fits_the_square_and_is_never_made_larger(tmp_path, size, wanted):
    path = _saved(Image.new("RGB", size, "red"), tmp_path / "a", "JPEG")
    assert _opened(thumbnail(path, "image/jpeg", 256)).size == wanted


def test_a_photo_taken_sideways_stands_upright(tmp_path):
    image = Image.new("RGB", (400, 200), "blue")
    image.paste("red", (0, 0, 200, 200))
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    path = _saved(image, tmp_path / "a", "JPEG", exif=exif)
    seen = _opened(thumbnail(path, "image/jpeg", 100))
    assert seen.size == (50, 100)
    red, _, blue = seen.getpixel((25, 10))
    assert red > 200
    assert blue < 60


def test_nothing_but_points_comes_along(tmp_path):
    exif = Image.Exif()
    exif[0x010E] = "GPS and name"
    path = _saved(
        Image.new("RGB", (600, 400), "green"), tmp_path / "a", "JPEG",
        exif=exif, comment=b"4012888888881881", icc_profile=b"profile of mine",
    )  # fmt: skip
    made = thumbnail(path, "image/jpeg", 256)
    for secret in (b"GPS", b"4012888888881881", b"profile of mine", b"Exif"):
        assert secret not in made
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "4012888888881881")
    path = _saved(Image.new("RGB", (600, 400)), tmp_path / "b", "PNG", pnginfo=note)
    assert b"4012888888881881" not in thumbnail(path, "image/png", 256)


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_shown(tmp_path, mode):
    path = _saved(Image.new(mode, (300, 200)), tmp_path / "a", "PNG")
    assert _opened(thumbnail(path, "image/png", 100)).size == (100, 67)


def test_what_was_transparent_is_white_and_not_what_lay_under_it(tmp_path):
    path = _saved(Image.new("RGBA", (50, 50), (200, 0, 0, 0)), tmp_path / "a", "PNG")
    assert _opened(thumbnail(path, "image/png", 50)).getpixel((25, 25)) == (255, 255, 255)


def test_sixteen_bits_keep_their_light(tmp_path):
    path = _saved(Image.new("I;16", (60, 60), 32_768), tmp_path / "a", "PNG")
    assert abs(_opened(thumbnail(path, "image/png", 60)).getpixel((9, 9)) - 128) <= 2


def test_a_picture_for_the_press_is_shown_in_colours_of_a_screen(tmp_path):
    path = _saved(Image.new("CMYK", (300, 200), (0, 255, 255, 0)), tmp_path / "a", "JPEG")
    seen = _opened(thumbnail(path, "image/jpeg", 100))
    assert seen.mode == "RGB"
    assert seen.getpixel((50, 30))[0] > 200


@pytest.mark.parametrize(("form", "kind"), [("GIF", "image/gif"), ("TIFF", "image/tiff")])
def test_of_many_pictures_the_first_is_shown(tmp_path, form, kind):
    first, second = Image.new("RGB", (80, 60), "red"), Image.new("RGB", (80, 60), "blue")
    path = _saved(first, tmp_path / "a", form, save_all=True, append_images=[second])
    red, _, blue = _opened(thumbnail(path, kind, 80)).convert("RGB").getpixel((40, 30))
    assert red > 200
    assert blue < 60


def test_the_first_page_of_a_pdf_is_its_picture(tmp_path):
    document = pypdfium2.PdfDocument.new()
    document.new_page(200, 400)
    path = tmp_path / "a"
    document.save(path)
    document.close()
    assert _opened(thumbnail(path, "application/pdf", 256)).size == (128, 256)


def test_a_one_bit_picture_of_a_gigapixel_is_refused_before_it_is_decoded(tmp_path):
    row = b"\x00" * (1 + 30_000 // 8)
    path = tmp_path / "bomb"
    path.write_bytes(_png_of(30_000, 30_000, 1, 0, row * 30_000))
    tracemalloc.start()
    try:
        assert thumbnail(path, "image/png", 256) is None
        assert tracemalloc.get_traced_memory()[1] < 8 << 20
    finally:
        tracemalloc.stop()


def test_the_bound_on_points_is_what_refuses(tmp_path, monkeypatch):
    path = _saved(Image.new("L", (300, 300)), tmp_path / "a", "PNG")
    assert thumbnail(path, "image/png", 64) is not None
    monkeypatch.setattr(thumbnails, "MOST_POINTS", 300 * 300 - 1)
    assert thumbnail(path, "image/png", 64) is None


def test_a_gif_that_lies_about_its_size_is_refused(tmp_path):
    screen = b"GIF89a" + struct.pack("<HHBBB", 10, 10, 0x80, 0, 0) + b"\0\0\0\xff\xff\xff"
    frame = b"," + struct.pack("<HHHHB", 0, 0, 65_000, 65_000, 0)
    path = tmp_path / "a"
    path.write_bytes(screen + frame + b"\x02\x02\x44\x01\x00;")
    assert thumbnail(path, "image/gif", 256) is None


def test_a_jpeg_that_goes_over_its_points_for_ever_is_refused(tmp_path, monkeypatch):
    path = _saved(Image.effect_noise((200, 200), 90), tmp_path / "a", "JPEG", progressive=True)
    data = path.read_bytes()
    start = data.rindex(b"\xff\xda")
    path.write_bytes(data[:start] + data[start:-2] * 200 + b"\xff\xd9")
    assert thumbnail(path, "image/jpeg", 64) is None
    monkeypatch.setattr(thumbnails, "_MOST_SCANS", 10_000)
    assert thumbnail(path, "image/jpeg", 64) is not None


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP"])
def test_a_cut_file_gives_none_and_never_breaks(tmp_path, form):
    whole = io.BytesIO()
    Image.effect_noise((120, 90), 80).save(whole, form)
    data, path = whole.getvalue(), tmp_path / "a"
    for length in (0, 1, 12, len(data) // 2):
        path.write_bytes(data[:length])
        assert thumbnail(path, f"image/{form.lower()}", 64) is None


@given(st.binary(max_size=300), st.sampled_from(sorted({*PICTURES, "application/pdf"})))
@settings(max_examples=60, deadline=None)
def test_whatever_the_bytes_are_it_answers(tmp_path_factory, data, kind):
    path = tmp_path_factory.mktemp("any") / "a"
    path.write_bytes(data)
    assert thumbnail(path, kind, 64) is None


def test_a_drawing_or_film_is_not_opened_at_all(tmp_path):
    path = tmp_path / "absent"
    for kind in ("image/svg+xml", "video/mp4", "text/html", "image/heic"):
        assert thumbnail(path, kind, 64) is None
        assert not is_pictured(kind)


def test_a_picture_that_calls_itself_something_else_is_not_opened_as_it(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")
    assert thumbnail(path, "image/png", 64) is None
