"""Pictures written before the pages around them: the same pictures, checked, or no file at all."""

import hashlib
import io
import os
import shutil
import subprocess

import pikepdf
import pytest
from PIL import Image

from disputedesk.common.errors import DamagedDesk, DeskError
from disputedesk.papers.bundle import PartLimits
from disputedesk.papers.pdf import ahead, passing
from disputedesk.papers.pdf.ahead import Ahead
from disputedesk.papers.pdf.blobs import Blob


def a_photo(number, *, kind="JPEG"):
    out = io.BytesIO()
    Image.frombytes("RGB", (60, 40), os.urandom(60 * 40 * 3)).save(out, kind)
    return (f"photo-{number}", f"image/{kind.lower()}", out.getvalue())


@pytest.fixture(name="files")
def _files():
    photos = [a_photo(1), a_photo(2, kind="PNG"), a_photo(3)]
    return [*photos, photos[0], ("a.txt", "text/plain", b"words"), *map(a_photo, range(4, 12))]


def pictures_of(path):
    with pikepdf.open(path) as document:
        return sorted(
            hashlib.sha256(bytes(found.read_raw_bytes())).hexdigest()
            for found in document.objects
            if isinstance(found, pikepdf.Stream) and found.get("/Subtype") == "/Image"
        )


def test_a_bundle_written_early_and_one_written_late_hold_the_same_pictures(a_bundle, files):
    early = a_bundle(files)
    late = a_bundle(files, order={"limits": PartLimits(size=1 << 30)}, target="late.pdf")
    assert len(pictures_of(early.path)) == 11
    assert pictures_of(early.path) == pictures_of(late.path)


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="no qpdf")
def test_a_bundle_written_early_is_whole_for_other_readers(a_bundle, files):
    made = a_bundle(files)
    subprocess.run(["qpdf", "--check", made.path], check=True, capture_output=True)


def test_however_little_may_wait_in_memory_the_bytes_are_the_same(a_bundle, files, monkeypatch):
    first = a_bundle(files).path.read_bytes()
    monkeypatch.setattr(passing, "_HELD", 0)
    monkeypatch.setattr(ahead, "_FLUSHED", 1)
    assert a_bundle(files).path.read_bytes() == first


def test_a_picture_that_is_not_what_was_sealed_is_never_sent(a_bundle, monkeypatch, tmp_path):
    monkeypatch.setattr(passing, "sha256_of_bytes", lambda _data: "0" * 64)
    with pytest.raises(DamagedDesk, match="hash differs"):
        a_bundle([a_photo(1)])
    assert not (tmp_path / "bundle.pdf").exists()


def test_a_disk_that_fills_while_pictures_are_written_leaves_the_old_bundle(
    a_bundle, files, monkeypatch, tmp_path
):
    (tmp_path / "bundle.pdf").write_bytes(b"the old one")

    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Ahead, "_write", full)
    with pytest.raises(DeskError, match="No space left"):
        a_bundle(files)
    assert (tmp_path / "bundle.pdf").read_bytes() == b"the old one"
    assert not list(tmp_path.glob(".bundle*"))


def test_a_disk_that_refuses_what_was_written_is_heard_at_the_end(tmp_path, monkeypatch):
    def refuse(_handle):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(ahead, "_FLUSHED", 1)
    monkeypatch.setattr(os, "fdatasync", refuse)
    with Ahead(tmp_path / "ahead") as begun:
        begun.write(Blob(tmp_path / "a", ((0, 3),)), {}, b"abc")
        with pytest.raises(OSError, match="Input/output"):
            begun.begin(b"%PDF-1.7\n%\xbf\xf7\xa2\xfe\n")


def test_another_beginning_than_expected_is_refused(tmp_path):
    with Ahead(tmp_path / "ahead") as begun, pytest.raises(ValueError, match="begins"):
        begun.begin(b"%PDF-1.7\n")
