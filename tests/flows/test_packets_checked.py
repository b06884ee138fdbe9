"""What is made for a destination passes its own checklist, whichever destination it is."""

import dataclasses
import datetime as dt
import io
import re
import shutil

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from disputedesk.common.clock import FixedClock
from disputedesk.common.texts import using
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.packets import make_packet
from disputedesk.desk.queries.bundle_checks import check_bundles, limits_of
from disputedesk.desk.queries.cases import find_case
from disputedesk.papers.checking.checklist import Beside, checklist_of
from disputedesk.papers.checking.opening import open_bundle
from disputedesk.papers.checking.point import Verdict
from disputedesk.papers.packets import wording
from disputedesk.papers.packets.packet import Act, PacketLine, Why
from disputedesk.papers.packets.profile import Shape
from disputedesk.papers.packets.profile_files import load_profiles
from disputedesk.papers.pdf.bundle import write_bundle
from tests.helpers.heavy_evidence import (
    A_HEIC,
    A_MAIL,
    a_jpeg,
    a_pdf,
    a_photo,
    a_screenshot,
    items_of,
    orders_of,
)

SHIPPED = load_profiles().profiles
BUNDLED = [each for each in SHIPPED if each.shape is not Shape.FILES]
SINGLE = [each for each in SHIPPED if each.shape is Shape.FILES]
OF_SINGLE_PAGES = {1, 3, 7, 8, 9, 13, 14, 16, 18}
"""Points that mean something for pages without cover, index and manifest."""


@pytest.fixture(scope="module")
def desk(made_sample, tmp_path_factory):
    """One desk for all destinations, its case with a small mixed set of files."""
    folder = tmp_path_factory.mktemp("checked")
    shutil.copytree(made_sample, folder / "desk")
    opened = Desk.open(folder / "desk", clock=FixedClock.on(dt.date(2026, 11, 23)))
    files = {
        "a.jpg": a_jpeg((600, 450), exif=camera()), "b.png": a_screenshot(1, (700, 500)),
        "c.png": a_screenshot(1, (700, 500), compress_level=1), "d.pdf": a_pdf(1, 1),
        "e.eml": A_MAIL, "f.heic": A_HEIC,
    }  # fmt: skip
    paths = []
    for name, data in files.items():
        paths.append(folder / name)
        paths[-1].write_bytes(data)
    add_evidence(opened, find_case(opened, "1001"), paths)
    yield opened
    opened.close()


def camera():
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    return exif


def sent(desk, profile, folder, language):
    return make_packet(
        desk, find_case(desk, "1001"), profile=profile.id, language=language,
        letter_form="bank_chargeback", target=folder / "out",
    ).value  # fmt: skip


def wrong(checklists):
    return {
        (each.file.name, point.number): point.findings for each in checklists
        for point in each.failed
    }  # fmt: skip


@pytest.mark.parametrize("profile", BUNDLED, ids=lambda profile: profile.id)
def test_a_bundle_for_a_destination_passes_all_points(desk, tmp_path, profile):
    language = "ru" if SHIPPED.index(profile) % 2 else "en"
    made = sent(desk, profile, tmp_path, language)
    checklists = check_bundles(made.saved, destination=profile.id)
    assert wrong(checklists) == {}
    assert all(checklist.ours for checklist in checklists)
    points = {point.number: point.verdict for point in checklists[0].points}
    assert all(points[n] is Verdict.PASSED for n in (1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 13, 14, 15))


@pytest.mark.parametrize("profile", SINGLE, ids=lambda profile: profile.id)
def test_single_files_for_a_destination_pass_what_applies_to_them(desk, tmp_path, profile):
    made = sent(desk, profile, tmp_path, "en")
    pdfs = [path for path in made.saved if path.suffix == ".pdf"]
    beside = Beside(limits_of(profile.id))
    checklists = [checklist_of(open_bundle(path), beside) for path in pdfs]
    assert wrong(checklists) == {}
    for checklist in checklists:
        looked = {point.number for point in checklist.points
                  if point.verdict is Verdict.PASSED}  # fmt: skip
        assert looked == OF_SINGLE_PAGES
        with pikepdf.open(checklist.file) as document:
            assert re.search(r"DD-1001-\d+$", str(document.docinfo["/Title"]))
    for path in made.saved:
        if profile.file_bytes is not None:
            assert path.stat().st_size <= profile.file_bytes
        if profile.formats:
            assert path.suffix.removeprefix(".") in profile.formats
        assert re.fullmatch(r"\d\d-[a-z0-9-]+\.[a-z]{3,4}", path.name)
        assert b"SecretCamera" not in path.read_bytes()
    if profile.total_bytes is not None:
        assert sum(path.stat().st_size for path in made.saved) <= profile.total_bytes


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_gap_in_the_numbers_passes_only_where_the_cover_says_why(tmp_path, language):
    profile = next(each for each in SHIPPED if each.id == "visa")
    files = [(f"{n}.txt", "text/plain", "", b"some words of a seller") for n in range(3)]
    order = orders_of(items_of(tmp_path, files))(frozenset({2}))
    lines = (PacketLine(Act.LEFT_OUT, Why.BYTES, 2, "What (it) is"),
             PacketLine(Act.REPEATED, Why.SAME, 2, "What it is", twin=1))  # fmt: skip
    with using(language):
        told = [wording.notes([line], profile) for line in lines]
    verdicts = []
    for notes in ((), *told):
        one = dataclasses.replace(order, notes=notes, language=language)
        write_bundle(one, tmp_path / "b.pdf")
        (checklist,) = check_bundles([tmp_path / "b.pdf"])
        verdicts.append([point.number for point in checklist.failed])
    assert verdicts == [[6], [], []]


def test_a_scan_is_told_in_the_index_and_passes(tmp_path):
    out = io.BytesIO()
    a_photo((800, 1000)).save(out, "PDF", resolution=150)
    words = a_pdf(1, 1)
    files = [("scan.pdf", "application/pdf", "", out.getvalue()),
             ("words.pdf", "application/pdf", "", words)]  # fmt: skip
    write_bundle(orders_of(items_of(tmp_path, files))(frozenset()), tmp_path / "b.pdf")
    (checklist,) = check_bundles([tmp_path / "b.pdf"])
    assert wrong([checklist]) == {}
    pdf = pypdfium2.PdfDocument(tmp_path / "b.pdf")
    index = pdf[1].get_textpage().get_text_range()
    pdf.close()
    assert index.count("scanned pages without text to search") == 1
