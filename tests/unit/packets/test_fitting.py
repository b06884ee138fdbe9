"""Every destination gets files inside all its limits, measured with other eyes."""

import io
import math

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from disputedesk.common.errors import Cancelled, Refused
from disputedesk.common.work import CancelToken
from disputedesk.papers.packets import wording
from disputedesk.papers.packets.fit import fit
from disputedesk.papers.packets.packet import Act, Why
from disputedesk.papers.packets.profile import Colour, Confidence, Profile, ProfileSource, Shape
from disputedesk.papers.packets.profile_files import load_profiles
from tests.helpers.heavy_evidence import (
    A_HEIC,
    STAMP,
    a_jpeg,
    a_pdf,
    a_screenshot,
    heavy_files,
    items_of,
    orders_of,
)

SHIPPED = load_profiles().profiles
SOURCE = ProfileSource("A test", (), STAMP.date(), Confidence.HIGH)
WEIGHTS = {3: 0, 4: 0, 6: 2, 7: 2}
READABLE, READABLE_PHOTO = 150, 100


def a_profile(**told):
    return Profile(
        "test", "A test", "For tests", told.pop("shape", Shape.ONE_PDF), (SOURCE,), **told
    )


def fitted(tmp_path, profile, files=None, weights=WEIGHTS, **told):
    kept, room = tmp_path / "kept", tmp_path / "room"
    kept.mkdir()
    room.mkdir()
    items = items_of(kept, heavy_files() if files is None else files)
    return fit(orders_of(items), profile, room, weights=weights, **told)


# -- other eyes ------------------------------------------------------------------------------------


def dpi_of(path):
    """Least and most points to the inch of the pictures of a PDF, as PDFium places them."""
    found = []
    document = pypdfium2.PdfDocument(path)
    for page in document:
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=6):
            a, b, c, d, _e, _f = thing.get_matrix().get()
            level = thing.container
            sides = [math.hypot(a, b), math.hypot(c, d)]
            while level is not None:
                m = level.get_matrix().get()
                sides = [sides[0] * math.hypot(m[0], m[1]), sides[1] * math.hypot(m[2], m[3])]
                level = getattr(level, "container", None)
            width, height = thing.get_px_size()
            found += [width / sides[0] * 72, height / sides[1] * 72]
    document.close()
    return (min(found), max(found)) if found else (math.inf, 0.0)


def tints_of(path):
    """How far the most coloured point of a PDF is from grey."""
    most = 0
    document = pypdfium2.PdfDocument(path)
    for page in document:
        picture = page.render(scale=0.5).to_pil().convert("RGB")
        most = max(most, *(max(p) - min(p) for _count, p in picture.getcolors(1 << 20)))
    document.close()
    return most


@pytest.mark.parametrize("profile", SHIPPED, ids=lambda profile: profile.id)
def test_every_destination_gets_files_inside_its_limits_and_is_told_what_is_missing(
    tmp_path, profile
):
    packet = fitted(tmp_path, profile)
    sizes = [file.path.stat().st_size for file in packet.files]
    pages = []
    for file in packet.files:
        if file.media_type != "application/pdf":
            pages.append(1)
            continue
        with pikepdf.open(file.path) as document:
            pages.append(len(document.pages))
    assert sizes == [file.size for file in packet.files]
    assert pages == [file.pages for file in packet.files]
    unlimited = math.inf
    assert max(sizes) <= (profile.file_bytes or unlimited)
    assert sum(sizes) <= (profile.total_bytes or unlimited)
    assert len(sizes) <= (profile.files or unlimited)
    assert max(pages) <= (profile.file_pages or unlimited)
    assert sum(pages) <= (profile.total_pages or unlimited)
    names = [file.name for file in packet.files]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(len(name) <= (profile.longest_name or 60) for name in names)
    if profile.formats:
        assert {name.rpartition(".")[2] for name in names} <= set(profile.formats)

    assert_all_told(packet)


def assert_all_told(packet):
    """Nothing is missing without a line that says so."""
    inside = {number for file in packet.files for number in file.exhibits}
    told = {line.exhibit for line in packet.missing}
    assert inside | told == set(range(1, len(heavy_files()) + 1))
    if packet.profile.shape is Shape.FILES:
        assert not inside & told
    for line in packet.lines:
        assert wording.sentence(line, packet.profile)


@pytest.mark.parametrize("name", ["visa", "court-ew"])
def test_pictures_have_no_more_points_than_taken_and_no_fewer_than_can_be_read(tmp_path, name):
    profile = next(each for each in SHIPPED if each.id == name)
    packet = fitted(tmp_path, profile)
    for file in packet.files:
        least, most = dpi_of(file.path)
        assert most <= profile.most_dpi * 1.01
        assert least >= READABLE_PHOTO * 0.98
    for line in packet.lines:
        if line.dpi_after and line.dpi_after < line.dpi_before:
            photo = heavy_files()[line.exhibit - 1][2] == "photo"
            assert line.dpi_after >= (READABLE_PHOTO if photo else READABLE)


def test_a_destination_without_colours_gets_none(tmp_path):
    profile = next(each for each in SHIPPED if each.id == "amex-optblue")
    packet = fitted(tmp_path, profile)
    assert all(tints_of(file.path) < 40 for file in packet.files)
    other = tmp_path / "other"
    other.mkdir()
    assert tints_of(fitted(other, a_profile(), heavy_files()[:1]).files[0].path) > 100


# -- the mildest means first -----------------------------------------------------------------------


def test_what_fits_is_not_touched(tmp_path):
    packet = fitted(tmp_path, a_profile(file_bytes=50_000_000, file_pages=100))
    assert {line.act for line in packet.lines} == {Act.NOT_PRINTED}


def test_the_same_picture_goes_before_any_is_made_smaller(tmp_path):
    files = heavy_files()[:5]
    whole = fitted(tmp_path, a_profile(), files).size
    other = tmp_path / "other"
    other.mkdir()
    packet = fitted(other, a_profile(file_bytes=whole - 50_000), files)
    (line,) = packet.lines
    assert (line.act, line.exhibit, line.twin) == (Act.REPEATED, 5, 3)


def test_colours_stay_where_they_are_part_of_the_evidence(tmp_path):
    files = [(f"{n}.jpg", "image/jpeg", "photo", a_jpeg(seed=n)) for n in range(3)]
    packet = fitted(tmp_path, a_profile(file_bytes=330_000, keeps_colour=True), files)
    assert Act.GREY not in {line.act for line in packet.lines}


def test_the_least_important_exhibit_is_left_out_first(tmp_path):
    files = [(f"{n}.png", "image/png", "chat", a_screenshot(n)) for n in range(4)]
    packet = fitted(tmp_path, a_profile(file_pages=6), files, {1: 2, 2: 0, 3: 0, 4: 1})
    assert [line.exhibit for line in packet.missing] == [1]
    assert packet.missing[0].why is Why.PAGES


def test_a_cover_tells_what_was_left_out(tmp_path):
    files = [(f"{n}.png", "image/png", "chat", a_screenshot(n)) for n in range(4)]
    packet = fitted(tmp_path, a_profile(file_pages=6), files, {1: 2, 2: 0, 3: 0, 4: 1})
    text = pypdfium2.PdfDocument(packet.files[0].path)[0].get_textpage().get_text_range()
    assert "Exhibit 1 (What is seen on 0.png) is left out" in " ".join(text.split())


def test_words_of_a_pdf_stay_words_when_its_pictures_become_smaller(tmp_path):
    packet = fitted(tmp_path, a_profile(most_dpi=150), [("a.pdf", "application/pdf", "", a_pdf(3))])
    document = pypdfium2.PdfDocument(packet.files[0].path)
    texts = [page.get_textpage().get_text_range() for page in document]
    assert any("Invoice 3 page 2" in text for text in texts)
    assert dpi_of(packet.files[0].path)[1] <= 151


def test_parts_are_made_where_several_files_are_taken(tmp_path):
    profile = a_profile(shape=Shape.PARTS, file_pages=8)
    packet = fitted(tmp_path, profile)
    assert len(packet.files) > 1
    assert packet.lines[-1].act is Act.SPLIT
    assert packet.missing[-1].act is Act.NOT_PRINTED


# -- files one by one ------------------------------------------------------------------------------


def test_a_picture_that_goes_alone_tells_neither_place_nor_camera(tmp_path):
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    exif[0x0112] = 6
    data = a_jpeg((400, 300), exif=exif)
    packet = fitted(
        tmp_path,
        a_profile(shape=Shape.FILES, formats=("jpg",)),
        [("a.jpg", "image/jpeg", "", data)],
    )
    sent = packet.files[0].path.read_bytes()
    assert b"SecretCamera" in data
    assert b"SecretCamera" not in sent
    with Image.open(io.BytesIO(sent)) as picture:
        assert picture.size == (300, 400)


def test_what_is_in_no_format_that_is_taken_is_left_out_and_told(tmp_path):
    files = [("a.heic", "image/heic", "", A_HEIC), ("b.jpg", "image/jpeg", "", a_jpeg((400, 300)))]
    packet = fitted(tmp_path, a_profile(shape=Shape.FILES, formats=("jpg", "pdf")), files)
    assert [file.exhibits for file in packet.files] == [(2,)]
    assert packet.missing[0].why is Why.FORMAT


def test_where_no_pdf_is_taken_pages_become_pictures(tmp_path):
    files = [("a.pdf", "application/pdf", "receipt", a_pdf(1))]
    packet = fitted(tmp_path, a_profile(shape=Shape.FILES, formats=("jpg",)), files)
    assert [file.name for file in packet.files] == [
        "01-exhibit-1-receipt-page-1.jpg", "02-exhibit-1-receipt-page-2.jpg",
    ]  # fmt: skip


# -- what cannot be -------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", list(Shape))
def test_limits_nothing_can_keep_are_refused_in_a_sentence(tmp_path, shape):
    with pytest.raises(Refused) as refused:
        fitted(tmp_path, a_profile(shape=shape, formats=("pdf",), total_bytes=2_000))
    assert refused.value.what.endswith(".")
    assert refused.value.remedy


def test_a_fitting_stops_when_asked(tmp_path):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        fitted(tmp_path, a_profile(), cancel=token)


def test_the_same_evidence_gives_the_same_bytes(tmp_path):
    profile = a_profile(file_bytes=900_000, colour=Colour.ANY)
    packets = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        packets.append(fitted(folder, profile, heavy_files()[:4]))
    first, second = (packet.files[0].path.read_bytes() for packet in packets)
    assert packets[0].lines == packets[1].lines
    assert first == second
