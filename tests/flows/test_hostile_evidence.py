"""Odd and hostile files go the whole road: kept as they are, bundled or named, never a crash.

Tried here: bombs (PNG of 30,000 by 30,000, packed text in a PNG, BMP and GIF that lie about their
size, PDF page of 200 MB, zips in zips, a document of zeros), files cut short, wrong checksums,
locked and circular PDFs, scripts, hidden layers, 1,200 pages, sheets without a size; colours of
printing presses, sixteen bits, moving and interlaced pictures, TIFF of many sheets and in a circle;
mails nested 400 deep, long boundaries and subjects, wrong charsets, pages of 20,000 boxes, pages
that call home, long lines, all sorts of names; a sparse file, a pipe, a link, a folder; a full disk
and a process killed while a bundle is written.
"""

import hashlib
import importlib.util
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disputedesk.common.errors import DeskError
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import care
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.queries.bundle_checks import check_bundles
from disputedesk.desk.queries.cases import find_case
from disputedesk.papers.checking.claims import claims_of
from disputedesk.papers.checking.opening import open_bundle
from tests.helpers.hostile_files import FAMILIES

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 60
ENCLOSED = "file not printable"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")


def take(desk, files, target, *, seconds=SECONDS):
    """Sends a folder of files down the road in a process with limits; what it told."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.helpers.road", desk, files, target],
        cwd=ROOT, capture_output=True, text=True, timeout=seconds, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def failures(path):
    (checklist,) = check_bundles([path])
    return {point.number: point.findings for point in checklist.failed}


@pytest.mark.parametrize("family", FAMILIES)
def test_hostile_files_are_kept_and_bundled(sample_folder, tmp_path, family):
    made = FAMILIES[family]()
    files = tmp_path / "files"
    files.mkdir()
    for name, (data, _) in made.items():
        (files / name).write_bytes(data)
    target = tmp_path / "bundle.pdf"
    told = take(sample_folder, files, target)
    kept = {name: each["sha256"] for name, each in told["files"].items()}
    assert kept == {name: hashlib.sha256(data).hexdigest() for name, (data, _) in made.items()}
    assert all((files / name).read_bytes() == data for name, (data, _) in made.items())
    rows = {row.number: row.text for row in claims_of(open_bundle(target)).rows}
    for name, (_, enclosed) in made.items():
        is_enclosed = ENCLOSED in rows[told["files"][name]["number"]]
        assert enclosed is None or is_enclosed is enclosed, (name, rows)
    assert failures(target) == {}
    assert max(each["seconds"] for each in told["files"].values()) < 10, told


@pytest.mark.skipif(
    importlib.util.find_spec("disputedesk.media.thumbnails") is None, reason="no small pictures"
)
def test_a_picture_is_shown_small_or_not_at_all(sample_folder, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    pictures = FAMILIES["pictures"]()
    for name in ("palette.png", "empty.png"):
        (files / name).write_bytes(pictures[name][0])
    told = take(sample_folder, files, tmp_path / "bundle.pdf")["files"]
    assert told["palette.png"]["pictured"]
    assert not told["empty.png"]["pictured"]


def test_a_large_file_full_of_holes_is_kept_whole(sample_folder, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    size = 160 << 20
    with (files / "holes.bin").open("wb") as stream:
        stream.truncate(size)
    target = tmp_path / "bundle.pdf"
    told = take(sample_folder, files, target)["files"]["holes.bin"]
    empty = hashlib.sha256()
    for _ in range(size >> 20):
        empty.update(bytes(1 << 20))
    assert told["sha256"] == empty.hexdigest()
    assert target.stat().st_size < 4_000_000
    assert failures(target) == {}


def test_what_is_no_plain_file_is_refused_in_a_sentence(sample, tmp_path):
    pipe, link, loop = tmp_path / "pipe", tmp_path / "link", tmp_path / "loop"
    os.mkfifo(pipe)
    link.symlink_to("/proc/self/mem")
    loop.symlink_to(loop)
    case_id = find_case(sample, "1001")
    before = sample.vault.root.stat().st_mtime_ns
    for source in (pipe, link, loop, tmp_path, tmp_path / "missing", Path("/dev/zero")):
        began = time.monotonic()
        with pytest.raises(DeskError) as refused:
            add_evidence(sample, case_id, [source])
        assert refused.value.what.endswith(".")
        assert time.monotonic() - began < 5
    assert sample.vault.root.stat().st_mtime_ns == before


# -- writing


def bundle(desk, target, *before):
    return [*before, sys.executable, "-m", "disputedesk", "--desk", desk, "--today", "2026-11-23",
            "bundle", "1001", "-o", target]  # fmt: skip


def look_at(desk):
    opened = Desk.open(desk)
    answer = care.verify(opened)
    opened.close()
    assert answer.is_sound, answer.findings


def test_a_full_disk_leaves_the_older_bundle_and_a_sound_desk(sample_folder, tmp_path):
    """No file may grow beyond some bytes: what is written stops in the middle or at the end."""
    target = tmp_path / "out" / "bundle.pdf"
    target.parent.mkdir()
    done = subprocess.run(bundle(sample_folder, target), cwd=ROOT, timeout=SECONDS, check=False,
                          capture_output=True)  # fmt: skip
    assert done.returncode == 0
    assert failures(target) == {}
    whole = target.stat().st_size // 1024
    target.write_bytes(b"the older one")
    for blocks in (whole // 2, whole - 3):
        script = f'ulimit -f {blocks}; exec "$@"'
        done = subprocess.run(
            bundle(sample_folder, target, "bash", "-c", script, "bash"), cwd=ROOT,
            capture_output=True, text=True, timeout=SECONDS, check=False,
        )  # fmt: skip
        assert done.returncode == 3, (blocks, done.returncode, done.stderr)
        assert done.stderr.startswith("disputedesk: ")
        assert "Traceback" not in done.stderr
        assert target.read_bytes() == b"the older one"
        assert list(target.parent.iterdir()) == [target]
        look_at(sample_folder)


def test_a_killed_writer_leaves_the_old_bundle_or_the_new(sample_folder, tmp_path):
    target = tmp_path / "out" / "bundle.pdf"
    target.parent.mkdir()
    began = time.monotonic()
    subprocess.run(bundle(sample_folder, target), cwd=ROOT, check=True, timeout=SECONDS,
                   capture_output=True)  # fmt: skip
    lasted = time.monotonic() - began
    assert failures(target) == {}
    moments = random.Random(3)
    killed = 0
    for _ in range(3):
        older = b"%PDF the older one"
        target.write_bytes(older)
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        process = subprocess.Popen(bundle(sample_folder, target), cwd=ROOT, **quiet)
        try:
            process.wait(timeout=lasted * (0.3 + 0.7 * moments.random()))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait(timeout=SECONDS)
            killed += 1
        if target.read_bytes() != older:
            assert failures(target) == {}
        look_at(sample_folder)
    assert killed


def test_the_check_of_a_hostile_pdf_ends_in_a_sentence(tmp_path):
    for name, (data, _) in FAMILIES["papers"]().items():
        path = tmp_path / name
        path.write_bytes(data)
        began = time.monotonic()
        (checklist,) = check_bundles([path])
        assert time.monotonic() - began < 20, name
        assert len(checklist.points) == 18
        told = [finding for point in checklist.points for finding in point.findings]
        assert told, name
        assert all(finding.endswith(".") for finding in told), told
