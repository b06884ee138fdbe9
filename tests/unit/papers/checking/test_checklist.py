"""Each point passes on a bundle made by hand, and fails alone when its own thing is spoilt."""

import dataclasses
import hashlib
import shutil

import pytest

from disputedesk.papers.checking.checklist import Beside, check_files, checklist_of
from disputedesk.papers.checking.limits import Limits
from disputedesk.papers.checking.opening import open_bundle
from disputedesk.papers.checking.point import Verdict
from tests.helpers.hand_made_bundle import FILES, PAN, make

SPOILT = {
    "encrypted": 1,
    "script": 1,
    "link to the web": 1,
    "cover counts other": 2,
    "index counts other": 2,
    "index counts nothing": 2,
    "stamp counts other": 2,
    "stamp missing": 3,
    "stamp elsewhere": 3,
    "stamp small": 3,
    "stamp over text": 3,
    "stamp over picture": 3,
    "link elsewhere": 4,
    "no dates": 4,
    "no outline": 5,
    "outline elsewhere": 5,
    "exhibit not in the outline": 5,
    "ranges overlap": 6,
    "exhibit on a foreign page": 6,
    "picture without a word": 7,
    "letters of another font": 7,
    "coarse picture": 8,
    "mirrored picture": 8,
    "other sheet": 8,
    "time without zone": 10,
    "no head": 10,
    "manifest changed": 11,
    "manifest too short": 11,
    "cover shows another hash": 11,
    "cover without number": 11,
    "stamp of another bundle": 11,
    "attachment not listed": 11,
    "translation without a name": 12,
    "translation far away": 12,
    "box over words": 13,
    "white box over words": 13,
    "box over a picture": 13,
    "place in a picture": 13,
    "hidden layer": 13,
    "thumbnail": 13,
    "note over words": 13,
    "named author": 13,
    "earlier version inside": 13,
    "card number in the letter": 14,
    "card number in the title": 14,
    "card number in an attachment's name": 14,
    "cites a page that is not its": 15,
    "cites a missing exhibit": 15,
    "enclosure missing": 15,
    "no title": 16,
    "no language": 16,
    "no creation date": 16,
    "archive in vain": 16,
    "faint words": 18,
}
ALONGSIDE = {
    "translation without a name": {15},
    "translation far away": {15},
    "exhibit not listed": {6},
}
"""What a spoilt thing spoils with it."""


def check_file(path, beside=None):
    return checklist_of(open_bundle(path), beside)


def wrong(checklist):
    return {point.number: point.findings for point in checklist.failed}


def verdicts(checklist):
    return {point.number: point.verdict for point in checklist.points}


def test_a_bundle_made_by_hand_passes_every_point(tmp_path):
    checklist = check_file(make(tmp_path / "bundle.pdf"))
    assert wrong(checklist) == {}
    assert [point.number for point in checklist.points] == list(range(1, 19))
    assert checklist.ours
    assert checklist.pages == 9
    silent = {n for n, verdict in verdicts(checklist).items() if verdict is not Verdict.PASSED}
    assert silent == {9, 12, 17}


@pytest.mark.parametrize(("spoil", "number"), SPOILT.items(), ids=SPOILT)
def test_what_is_spoilt_fails_its_own_point_and_no_other(tmp_path, spoil, number):
    checklist = check_file(make(tmp_path / "bundle.pdf", spoil))
    assert set(wrong(checklist)) - ALONGSIDE.get(spoil, set()) == {number}, wrong(checklist)
    (point,) = [each for each in checklist.failed if each.number == number]
    assert point.remedy
    assert all(finding.endswith((".", "…")) for finding in point.findings), point.findings
    assert not any(PAN in finding for each in checklist.points for finding in each.findings)


def test_every_point_can_fail(tmp_path):
    limits = check_file(make(tmp_path / "a.pdf"), Beside(limits=Limits("a bank", size=1000)))
    again = check_file(tmp_path / "a.pdf", Beside(again=b"other"))
    assert set(wrong(limits)) == {9}
    assert set(wrong(again)) == {17}
    assert {*SPOILT.values(), 9, 17} == set(range(1, 19))


def test_the_same_bytes_made_again_pass(tmp_path):
    path = make(tmp_path / "a.pdf")
    checklist = check_file(path, Beside(again=make(tmp_path / "b.pdf").read_bytes()))
    assert verdicts(checklist)[17] is Verdict.PASSED


def test_a_file_within_its_limit_passes_and_an_unknown_limit_is_told(tmp_path):
    path = make(tmp_path / "a.pdf")
    within = check_file(path, Beside(limits=Limits("a bank", size=5_000_000, pages=9)))
    unpublished = check_file(path, Beside(limits=Limits("a shop")))
    assert verdicts(within)[9] is Verdict.PASSED
    assert "publishes no limit" in unpublished.points[8].findings[0]
    assert wrong(check_file(path, Beside(limits=Limits("a bank", pages=8)))).keys() == {9}


def test_what_is_well_done_is_not_blamed(tmp_path):
    for spoil, number in (("dark label", 13), ("attachments", 11), ("translation well done", 12)):
        checklist = check_file(make(tmp_path / f"{number}.pdf", spoil))
        assert number not in wrong(checklist), wrong(checklist)
        assert verdicts(checklist)[number] is Verdict.PASSED


def test_the_files_themselves_are_compared_where_they_are_named(tmp_path):
    path = make(tmp_path / "a.pdf")
    kept = {hashlib.sha256(data).hexdigest(): name for name, data in FILES.values()}
    assert wrong(check_file(path, Beside(files=kept))) == {}
    kept.popitem()
    assert set(wrong(check_file(path, Beside(files=kept)))) == {11}


def test_a_number_in_a_picture_fails_once_it_is_read_and_unread_pictures_are_told(tmp_path):
    seen = open_bundle(make(tmp_path / "a.pdf"))
    read = dataclasses.replace(seen, read=((6, f"Card number {PAN}"),))
    assert set(wrong(checklist_of(read))) == {14}
    assert checklist_of(seen).points[13].findings == ("Words in pictures were not read.",)
    assert checklist_of(dataclasses.replace(seen, read=())).points[13].findings == ()


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="needs tesseract")
def test_a_number_that_only_a_picture_shows_is_read(tmp_path):
    path = make(tmp_path / "a.pdf", "card number in a picture")
    assert 14 not in wrong(check_file(path))
    (checklist,) = check_files([path], ocr=True)
    assert set(wrong(checklist)) == {14}


def test_a_missing_exhibit_in_the_index_is_named(tmp_path):
    checklist = check_file(make(tmp_path / "a.pdf", "exhibit not listed"))
    assert "Exhibit 3 has pages, but no line in the index." in wrong(checklist)[4]


def test_the_process_apart_sees_the_same(tmp_path):
    path = make(tmp_path / "a.pdf", "box over words")
    (checklist,) = check_files([path])
    assert checklist == check_file(path)
    assert set(wrong(checklist)) == {13}


def test_a_page_added_later_is_seen(tmp_path):
    told = wrong(check_file(make(tmp_path / "a.pdf", "page added")))
    assert 2 in told or 3 in told


def test_fonts_that_are_not_in_the_file_are_named(tmp_path):
    told = wrong(check_file(make(tmp_path / "a.pdf", fonts=("Helvetica", "Helvetica-Bold"))))
    assert "Helvetica" in told[16][0]
