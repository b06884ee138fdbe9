"""Evidence going out: what anybody can check, and never the original of what was blacked out."""

import csv
import dataclasses
import hashlib
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from disputedesk.cli.main import main
from disputedesk.common.errors import Cancelled, DamagedDesk, NotFound, Refused
from disputedesk.common.work import CancelToken
from disputedesk.desk.operations.evidence import Streamed, add_files
from disputedesk.desk.operations.exhibits import set_exhibit
from disputedesk.desk.operations.exporting import check_export, export_evidence, manifest_of
from disputedesk.desk.queries.cases import case_detail
from disputedesk.media.reading import READER
from disputedesk.model.evidence import Derivation, Derived, Reading, ReadState, Suspicion
from disputedesk.model.ids import CaseId
from disputedesk.store.values import Subject

ROOT = Path(__file__).resolve().parents[2]
CASE = CaseId(1)
CARD = b"card 4111 1111 1111 1111"


def added(desk, name, data):
    """A new exhibit of the case."""
    add_files(desk, CASE, [Streamed(name, io.BytesIO(data))])
    return case_detail(desk, CASE).exhibits[-1]


def redacted(desk, exhibit, data):
    """A redacted copy of an exhibit, as the redaction makes one."""
    sealed = desk.vault.seal(data)
    with desk.transaction("exhibit.redact") as change:
        copy = dataclasses.replace(
            exhibit.evidence, sha256=sealed.sha256, size=sealed.size, name="redacted.txt"
        )
        kept = change.rows.evidence.add(copy)
        change.rows.derivations.add(
            Derivation(0, kept.id, exhibit.evidence.id, Derived.REDACTION, "", change.rows.at, "u")
        )
    return kept


def listed(text):
    """A manifest as RFC 8493 reads it."""
    lines = [re.fullmatch(r"([0-9a-f]{64})[ \t]+(.+)", line) for line in text.splitlines()]
    assert all(lines)
    return {line[2]: line[1] for line in lines}


def check_by_rfc(folder):
    """What RFC 8493 demands of a complete and valid bag, looked at with nothing of ours."""
    declaration = (folder / "bagit.txt").read_bytes()
    assert declaration == b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    payload = listed((folder / "manifest-sha256.txt").read_text("utf-8"))
    tags = listed((folder / "tagmanifest-sha256.txt").read_text("utf-8"))
    assert {name for name in files if name.startswith("data/")} == payload.keys()
    assert files - payload.keys() == tags.keys() | {"tagmanifest-sha256.txt"}
    for name, sha256 in {**payload, **tags}.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == sha256
    info = dict(
        line.split(": ", 1) for line in (folder / "bag-info.txt").read_text("utf-8").splitlines()
    )
    size = sum((folder / name).stat().st_size for name in payload)
    assert info["Payload-Oxum"] == f"{size}.{len(payload)}"


def test_an_export_is_a_valid_bag_in_the_exhibits_order(sample, tmp_path):
    added(sample, "100% «proof»\n.txt", b"x")
    made = export_evidence(sample, CASE, tmp_path / "out").value
    check_by_rfc(tmp_path / "out")
    names = sorted(path.name for path in (tmp_path / "out" / "data").iterdir())
    shown = case_detail(sample, CASE).exhibits
    assert [int(name[:2]) for name in names] == [each.number for each in shown]
    for name, exhibit in zip(names, shown, strict=True):
        data = (tmp_path / "out" / "data" / name).read_bytes()
        assert data == sample.vault.read(exhibit.evidence.sha256)
    manifest = (tmp_path / "out" / "manifest-sha256.txt").read_bytes()
    assert manifest_of(sample, CASE).encode() == manifest
    assert made.manifest_sha256 == hashlib.sha256(manifest).hexdigest()
    assert check_export(tmp_path / "out") == ()


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_accepts_the_manifests_and_finds_a_changed_byte(sample, tmp_path):
    added(sample, "100% \\ «proof».txt", b"x")
    out = tmp_path / "out"
    export_evidence(sample, CASE, out)
    check = ["sha256sum", "--strict", "-c", "manifest-sha256.txt", "tagmanifest-sha256.txt"]
    assert subprocess.run(check, cwd=out, capture_output=True, check=False).returncode == 0
    last = sorted((out / "data").iterdir())[-1]
    last.write_bytes(b"y")
    assert subprocess.run(check, cwd=out, capture_output=True, check=False).returncode == 1


def test_a_zip_holds_the_same_bag(sample, tmp_path):
    export_evidence(sample, CASE, tmp_path / "out.zip", as_zip=True)
    with zipfile.ZipFile(tmp_path / "out.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    check_by_rfc(tmp_path / "out")
    assert check_export(tmp_path / "out.zip") == ()


def test_the_redacted_copy_goes_out_and_the_original_never(sample, tmp_path):
    exhibit = added(sample, "statement.txt", CARD)
    with pytest.raises(Refused, match="1111"):
        export_evidence(sample, CASE, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    copy = redacted(sample, exhibit, b"card [blacked out]")
    export_evidence(sample, CASE, tmp_path / "out")
    for path in (tmp_path / "out").rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert CARD not in data
            assert b"4111" not in data
    rows = json.loads((tmp_path / "out" / "provenance.json").read_text("utf-8"))
    assert rows[-1]["sha256"] == copy.sha256
    assert rows[-1]["redacted_from"] == exhibit.evidence.sha256


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wide.txt", CARD.decode().encode("utf-16")),
        ("far.txt", b"x " * 600_000 + CARD),
        ("mail.eml", b"From: a@b.example\nMessage-ID: <1>\nContent-Transfer-Encoding: base64\n\n"
                     b"Y2FyZCA0MTExIDExMTEgMTExMSAxMTExCg==\n"),
    ],
)  # fmt: skip
def test_a_full_card_number_in_words_stops_an_export(sample, tmp_path, name, data):
    exhibit = added(sample, name, data)
    with pytest.raises(Refused, match=f"exhibit {exhibit.number}: A card number"):
        export_evidence(sample, CASE, tmp_path / "out")


def test_a_number_seen_in_a_picture_stops_an_export_until_somebody_settles_it(sample, tmp_path):
    exhibit = added(sample, "photo.jpg", b"\xff\xd8\xff")
    seen = Suspicion(0, exhibit.evidence.id, "pan", "picture", "•••• 1111", 1)
    words = Reading(exhibit.evidence.id, ReadState.READ, "", "ocr", 1, READER, sample.clock.now())
    with sample.transaction("reading.keep") as change:
        change.rows.readings.set(words)
        change.rows.suspicions.replace(exhibit.evidence.id, [seen])
    with pytest.raises(Refused):
        export_evidence(sample, CASE, tmp_path / "out")
    with sample.transaction("suspicion.settle") as change:
        (kept,) = change.rows.suspicions.of_evidence([exhibit.evidence.id])
        change.rows.suspicions.settle(kept.id, sample.today)
    export_evidence(sample, CASE, tmp_path / "out")


def test_words_of_a_caption_are_no_formula_in_the_table(sample, tmp_path):
    exhibit = added(sample, "a.txt", b"x")
    set_exhibit(sample, exhibit.id, caption='=HYPERLINK("http://x")', proves="-12.50 is right")
    export_evidence(sample, CASE, tmp_path / "out")
    text = (tmp_path / "out" / "provenance.csv").read_text("utf-8-sig")
    row = list(csv.DictReader(io.StringIO(text)))[-1]
    assert (row["caption"], row["proves"]) == ('\'=HYPERLINK("http://x")', "'-12.50 is right")
    assert row["true_name"] == "a.txt"


def test_an_export_is_in_the_ledger_and_cannot_be_undone(sample, tmp_path):
    outcome = export_evidence(sample, CASE, tmp_path / "out")
    with sample.store.snapshot() as rows:
        entry = rows.ledger.of(Subject("case", CASE))[0]
    assert (entry.act, outcome.undo) == ("evidence.export", None)
    assert entry.after["manifest"] == outcome.value.manifest_sha256


def test_nothing_is_written_over_and_nothing_into_the_desk(sample, tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "mine.txt").write_text("mine", encoding="utf-8")
    for target in (tmp_path / "there", sample.folder / "vault" / "out", sample.folder):
        with pytest.raises(Refused):
            export_evidence(sample, CASE, target)
    assert (tmp_path / "there" / "mine.txt").read_text("utf-8") == "mine"
    (tmp_path / "empty").mkdir()
    export_evidence(sample, CASE, tmp_path / "empty")
    assert check_export(tmp_path / "empty") == ()


def test_altered_bytes_do_not_leave_and_a_cancelled_export_leaves_nothing(sample, tmp_path):
    last = case_detail(sample, CASE).exhibits[-1].evidence
    token = CancelToken()
    with pytest.raises(Cancelled):
        export_evidence(
            sample, CASE, tmp_path / "out", cancel=token,
            progress=lambda what, done, total: token.cancel(),
        )  # fmt: skip
    path = sample.vault.path(last.sha256)
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)
    with pytest.raises(DamagedDesk):
        export_evidence(sample, CASE, tmp_path / "out")
    assert not [each for each in tmp_path.iterdir() if "out" in each.name]


def test_a_case_without_exhibits_has_nothing_to_export(desk, sample, tmp_path):
    case = next(n for n in range(1, 9) if not case_detail(sample, CaseId(n)).exhibits)
    with pytest.raises(NotFound, match="no exhibits"):
        export_evidence(sample, CaseId(case), tmp_path / "out")


@pytest.fixture
def bag(sample, tmp_path):
    export_evidence(sample, CASE, tmp_path / "out")
    return tmp_path / "out"


DAMAGE = {
    "a changed byte": lambda bag: _first(bag).write_bytes(b"changed"),
    "a lost file": lambda bag: _first(bag).unlink(),
    "a new file": lambda bag: (bag / "data" / "99_new.txt").write_text("x"),
    "a link": lambda bag: (bag / "data" / "99_link.txt").symlink_to("/etc/hostname"),
    "a cut manifest": lambda bag: _edit(bag, lambda text: "".join(text.splitlines(True)[:-1])),
    "a changed caption": lambda bag: (bag / "provenance.json").write_text("[]"),
    "a hash for another": lambda bag: _edit(bag, lambda text: "0" * 64 + text[64:]),
    "a way out": lambda bag: _edit(bag, lambda text: f"{text}{'0' * 64}  data/../../x\n"),
    "no line": lambda bag: _edit(bag, lambda text: text + "hello\n"),
}


def _first(bag):
    return sorted((bag / "data").iterdir())[0]


def _edit(bag, change):
    manifest = bag / "manifest-sha256.txt"
    manifest.write_text(change(manifest.read_text("utf-8")), encoding="utf-8")


@pytest.mark.parametrize("how", DAMAGE)
def test_whatever_was_changed_in_an_export_is_found(bag, how):
    DAMAGE[how](bag)
    findings = check_export(bag)
    assert findings
    assert all(each.is_damage and each.remedy for each in findings)


def test_a_time_stamp_is_no_alarm_and_no_bag_is_refused(bag, tmp_path):
    os.utime(_first(bag), (1, 1))
    assert check_export(bag) == ()
    (bag / "bagit.txt").unlink()
    with pytest.raises(Refused):
        check_export(bag)
    with pytest.raises(NotFound):
        check_export(tmp_path / "nowhere")
    (tmp_path / "bad.zip").write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(Refused):
        check_export(tmp_path / "bad.zip")


def test_an_export_is_checked_by_command_without_a_desk(bag, tmp_path, capsys):
    words = ["--desk", str(tmp_path / "no desk"), "evidence", "check", str(bag)]
    assert main(words) == 0
    _first(bag).write_bytes(b"changed")
    assert main(words) == 1
    assert "its bytes differ" in capsys.readouterr().out
    assert not (tmp_path / "no desk").exists()


def test_the_manifest_is_written_by_command(sample_folder, tmp_path, capsys):
    words = ["--desk", str(sample_folder), "evidence", "manifest", "1001"]
    assert main(words) == 0
    shown = capsys.readouterr().out
    assert main([*words, "-o", str(tmp_path / "m.txt")]) == 0
    assert (tmp_path / "m.txt").read_text("utf-8") == shown
    assert len(listed(shown)) == 4


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_an_export_killed_half_way_has_not_its_name_and_the_next_one_sweeps(sample, tmp_path):
    for number in range(6):
        added(sample, f"{number}.bin", os.urandom(4 << 20))
    folder, target = sample.folder, tmp_path / "out"
    sample.close()
    words = [sys.executable, "-m", "disputedesk", "--desk", folder, "evidence", "export", "1001",
             target]  # fmt: skip
    process = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.DEVNULL)
    ends = time.monotonic() + 60
    while not list(tmp_path.glob(".out.exporting-*/data/*")) and time.monotonic() < ends:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    if not target.exists():
        assert list(tmp_path.glob(".out.exporting-*"))
        assert subprocess.run(words, cwd=ROOT, check=False, capture_output=True).returncode == 0
    assert not list(tmp_path.glob(".out.exporting-*"))
    assert check_export(target) == ()
