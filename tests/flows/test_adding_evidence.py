"""Evidence coming in: every road, nasty files among good ones, and stopping at any moment."""

import contextlib
import datetime as dt
import io
import json
import multiprocessing
import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

import pytest

from disputedesk.common.errors import Cancelled, NotFound, Refused
from disputedesk.common.work import CancelToken
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import care
from disputedesk.desk.operations.evidence import (
    Came,
    PastedImage,
    PastedText,
    Streamed,
    add_evidence,
    add_files,
)
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import case_detail
from disputedesk.model.evidence import Derived, Way
from disputedesk.model.ids import CaseId
from disputedesk.store.values import Subject

ROOT = Path(__file__).resolve().parents[2]
CASE = CaseId(2)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals, links and pipes of POSIX")


def exhibits(desk, case=CASE):
    return case_detail(desk, case).exhibits


def arrivals(desk, evidence_id):
    with desk.store.snapshot() as rows:
        return rows.arrivals.of_evidence(evidence_id)


def blobs(desk):
    return {path.name for path in desk.vault.root.rglob("*") if path.is_file()}


def a_mail(folder, name="mail.eml"):
    mail = EmailMessage()
    mail["From"] = "shop@b.example"
    mail["Date"] = "Sun, 01 Nov 2026 10:00:00 +0300"
    mail["Subject"] = "Your parcel"
    mail.set_content("hello")
    mail.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="bill.pdf")
    mail.add_attachment(
        b"MZ", maintype="application", subtype="pdf", filename="a\u202efdp.exe"
    )  # fmt: skip
    mail.set_boundary("between")
    path = folder / name
    path.write_bytes(bytes(mail))
    return path


def test_each_file_has_its_line_and_one_refused_does_not_lose_the_others(sample, tmp_path):
    good = tmp_path / "photo.jpg"
    good.write_bytes(b"\xff\xd8\xff" + b"x" * 50)
    (tmp_path / "link.jpg").symlink_to(good)
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    sources = [
        good, tmp_path / "link.jpg", tmp_path / "pipe", tmp_path / "folder", tmp_path / "gone",
        Path("/dev/zero"), Path("/proc/self/status"), good, tmp_path / "nowhere",
    ]  # fmt: skip
    outcome = add_files(sample, CASE, sources)
    came = [line.came.value for line in outcome.value.lines]
    assert came.count("added") == 1
    assert came.count("known") == 1
    assert came.count("refused") == 7
    assert all(line.why and line.remedy for line in outcome.value.lines
               if line.came is Came.REFUSED)  # fmt: skip
    assert outcome.said == "1 exhibit added, 1 known already, 7 refused"
    assert care.verify(sample).findings == ()


def test_strict_adding_refuses_all_and_leaves_no_bytes(sample, tmp_path):
    (tmp_path / "a.txt").write_text("new and alone", encoding="utf-8")
    before = blobs(sample)
    with pytest.raises(NotFound):
        add_evidence(sample, CASE, [tmp_path / "a.txt", tmp_path / "gone.jpg"])
    assert blobs(sample) == before


def test_a_folder_brings_its_files_as_people_number_them(sample, tmp_path):
    inner = tmp_path / "Photos" / "day 1"
    inner.mkdir(parents=True)
    for number in (10, 2, 1):
        (inner / f"IMG_{number}.txt").write_text(str(number), encoding="utf-8")
    (inner / ".hidden").write_text("x", encoding="utf-8")
    (inner / "Thumbs.db").write_text("x", encoding="utf-8")
    lines = add_files(sample, CASE, [tmp_path / "Photos"], folders=True).value.lines
    assert [line.name for line in lines] == ["IMG_1.txt", "IMG_2.txt", "IMG_10.txt"]


def test_a_mail_brings_its_files_and_says_where_each_came_from(sample, tmp_path):
    outcome = add_files(sample, CASE, [a_mail(tmp_path)], way=Way.DROP)
    mail, bill, tool = exhibits(sample)[-3:]
    assert [line.mail for line in outcome.value.lines] == ["", "mail.eml", "mail.eml"]
    assert outcome.value.lines[2].name == "a⟨U+202E⟩fdp.exe"
    assert tool.evidence.name == "a_fdp.exe"
    assert tool.evidence.media_type == "application/x-msdownload"
    assert bill.evidence.captured_at == dt.datetime(2026, 11, 1, 7, tzinfo=dt.UTC)
    assert bill.evidence.captured_from == "mail"
    (arrival,) = arrivals(sample, bill.evidence.id)
    assert (arrival.way, arrival.by, arrival.offset_minutes) == (Way.MAIL, "user", 180)
    assert arrivals(sample, mail.evidence.id)[0].way is Way.DROP
    with sample.store.snapshot() as rows:
        (made,) = rows.derivations.of_evidence(bill.evidence.id)
    assert (made.origin, made.how) == (mail.evidence.id, Derived.ATTACHMENT)


def test_known_bytes_are_an_arrival_and_nothing_else(sample, tmp_path):
    mail = a_mail(tmp_path)
    first = add_files(sample, CASE, [mail])
    kept, shown = blobs(sample), exhibits(sample)
    again = add_files(sample, CASE, [a_mail(tmp_path, "renamed.eml")])
    assert again.value.exhibits == first.value.exhibits
    assert (blobs(sample), exhibits(sample)) == (kept, shown)
    assert again.undo is None
    names = [each.true_name for each in arrivals(sample, shown[-3].evidence.id)]
    assert names == ["mail.eml", "renamed.eml"]
    with sample.store.snapshot() as rows:
        entry = rows.ledger.of(Subject("case", CASE))[0]
    assert (entry.act, entry.after["known"]) == (
        "evidence.again", [each.evidence.id for each in shown[-3:]],
    )  # fmt: skip


def test_pasted_words_and_pictures_and_piped_bytes_are_kept_as_they_are(sample):
    sources = [
        PastedText("The seller wrote: 4111 1111 1111 1111\r\n", NOON),
        PastedImage(b"\x89PNG", NOON),
        Streamed("log.txt", io.BytesIO(b"piped")),
    ]  # fmt: skip
    add_files(sample, CASE, sources)
    words, picture, piped = exhibits(sample)[-3:]
    kept = sample.vault.read(words.evidence.sha256)
    assert kept == b"The seller wrote: 4111 1111 1111 1111\r\n"
    assert (words.evidence.name, words.evidence.captured_from) == ("Pasted text.txt", "clipboard")
    assert arrivals(sample, picture.evidence.id)[0].way is Way.PASTE
    assert (piped.evidence.name, piped.evidence.captured_at) == ("log.txt", None)


def test_a_card_number_in_a_name_is_kept_nowhere(sample, tmp_path):
    path = tmp_path / "card 4111111111111111 front.txt"
    path.write_text("x", encoding="utf-8")
    add_files(sample, CASE, [path])
    sample.close()
    for file in sample.folder.rglob("*"):
        if file.is_file():
            assert b"4111111111111111" not in file.read_bytes(), file.name


def test_undo_takes_a_mail_and_its_files_out_and_keeps_them_sealed(sample, tmp_path):
    before = exhibits(sample)
    outcome = add_files(sample, CASE, [a_mail(tmp_path)])
    kept = blobs(sample)
    undo(sample, outcome.undo)
    assert exhibits(sample) == before
    assert blobs(sample) == kept
    assert care.verify(sample).findings == ()


def test_an_adding_that_is_cancelled_leaves_nothing_of_it(sample, tmp_path):
    paths = []
    for number in range(200):
        paths.append(tmp_path / f"{number}.txt")
        paths[-1].write_text(f"note {number}", encoding="utf-8")
    before, shown, token, told = blobs(sample), exhibits(sample), CancelToken(), []

    def stop(what, done, total):
        told.append((done, total))
        if done == 120:
            token.cancel()

    with pytest.raises(Cancelled):
        add_files(sample, CASE, paths, progress=stop, cancel=token)
    assert told[-1] == (120, 200)
    assert (blobs(sample), exhibits(sample)) == (before, shown)
    assert len(add_files(sample, CASE, paths[:20]).value.exhibits) == 20


def test_what_somebody_else_keeps_is_not_taken_out_with_a_cancelled_adding(sample, tmp_path):
    path, other = tmp_path / "shared.txt", tmp_path / "other.txt"
    for each in (path, other):
        each.write_text(each.name, encoding="utf-8")
    token = CancelToken()

    def other_then_stop(what, done, total):
        if done == 1 and not token.is_cancelled:
            add_files(sample, CaseId(1), [path])
            token.cancel()

    with pytest.raises(Cancelled):
        add_files(sample, CASE, [path, other], progress=other_then_stop, cancel=token)
    assert exhibits(sample, CaseId(1))[-1].evidence.name == "shared.txt"
    assert care.verify(sample).findings == ()


def test_an_empty_file_is_kept_and_said_to_be_empty(sample, tmp_path):
    (tmp_path / "stub.pdf").touch()
    (line,) = add_files(sample, CASE, [tmp_path / "stub.pdf"]).value.lines
    assert (line.came, line.why) == (Came.ADDED, "The file is empty.")


def test_a_case_that_is_not_there_takes_no_bytes(sample, tmp_path):
    (tmp_path / "a.txt").write_text("homeless", encoding="utf-8")
    before = blobs(sample)
    with pytest.raises(NotFound):
        add_files(sample, CaseId(999), [tmp_path / "a.txt"])
    assert blobs(sample) == before


def test_a_folder_too_full_is_refused_whole(sample, tmp_path, monkeypatch):
    monkeypatch.setattr("disputedesk.desk.arriving._MOST_FILES", 3)
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(str(number), encoding="utf-8")
    (line,) = add_files(sample, CASE, [tmp_path], folders=True).value.lines
    assert (line.came, line.why) == (Came.REFUSED, "The folder holds more than 3 files.")
    with pytest.raises(Refused):
        add_evidence(sample, CASE, [tmp_path])


# -- through the command


def command(folder, *words, **options):
    return subprocess.Popen(
        [sys.executable, "-m", "disputedesk", "--desk", folder, "--json", *map(str, words)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **options,
    )


def test_bytes_piped_into_the_command_are_an_exhibit(sample_folder):
    process = command(sample_folder, "evidence", "add", "1001", "-", "--name", "chat.txt",
                      stdin=subprocess.PIPE)  # fmt: skip
    out, err = process.communicate(b"piped in", timeout=60)
    assert process.returncode == 0, err
    assert json.loads(out)["exhibits"][-1]["evidence"]["name"] == "chat.txt"


def test_eight_programs_that_add_one_file_keep_one_blob_and_eight_arrivals(sample_folder, tmp_path):
    source = tmp_path / "same.bin"
    source.write_bytes(os.urandom(1 << 20))

    def add():
        desk = Desk.open(sample_folder)
        add_files(desk, CASE, [source])
        desk.close()

    forked = multiprocessing.get_context("fork")
    running = [forked.Process(target=add) for _ in range(8)]
    for process in running:
        process.start()
    for process in running:
        process.join(60)
    assert [process.exitcode for process in running] == [0] * 8
    with contextlib.closing(sqlite3.connect(sample_folder / "desk.sqlite3")) as base:
        (count,) = base.execute(
            "SELECT count(*) FROM arrival WHERE true_name = 'same.bin'"
        ).fetchone()
        (kept,) = base.execute("SELECT count(*) FROM evidence WHERE name = 'same.bin'").fetchone()
    assert (count, kept) == (8, 1)
    desk = Desk.open(sample_folder)
    assert care.verify(desk).findings == ()
    desk.close()


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_half_made(
    sample_folder, tmp_path
):
    moments = random.Random(5)
    acknowledged, lasted = [], 0.0
    for turn in range(4):
        paths = []
        for number in range(6):
            paths.append(tmp_path / f"{turn} {number}.bin")
            paths[-1].write_bytes(os.urandom(1 << 18))
        began = time.monotonic()
        process = command(sample_folder, "evidence", "add", "1001", *paths)
        if turn:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(lasted * (0.4 + 0.6 * moments.random()))
            process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        lasted = lasted or time.monotonic() - began
        if process.returncode == 0:
            acknowledged += paths
        names = {path.name for path in paths}
        desk = Desk.open(sample_folder)
        found = {each.evidence.name for each in exhibits(desk, CaseId(1))} & names
        findings = care.verify(desk).findings
        desk.close()
        assert found in (set(), names), f"turn {turn}"
        assert not [each for each in findings if each.severity != "notice"], findings
        assert process.returncode != 0 or found == names
    desk = Desk.open(sample_folder)
    shown = {each.evidence.name: each.evidence.sha256 for each in exhibits(desk, CaseId(1))}
    for path in acknowledged:
        assert desk.vault.read(shown[path.name]) == path.read_bytes()
    desk.close()
    assert acknowledged


def test_a_full_disk_is_told_and_the_old_state_stands(sample_folder, tmp_path):
    big = tmp_path / "big.bin"
    big.write_bytes(bytes(24 << 20))

    def little_room():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (16 << 20, 16 << 20))

    process = command(sample_folder, "evidence", "add", "1001", big,
                      preexec_fn=little_room)  # fmt: skip
    _, err = process.communicate(timeout=60)
    assert process.returncode != 0
    assert b"Check that the disk has room" in err
    desk = Desk.open(sample_folder)
    assert care.verify(desk).findings == ()
    desk.close()


def test_a_large_sparse_file_is_kept_byte_for_byte_in_little_memory(sample_folder, tmp_path):
    sparse = tmp_path / "sparse.bin"
    with sparse.open("wb") as stream:
        stream.truncate(260 << 20)
        stream.seek(200 << 20)
        stream.write(b"in the middle of nothing")

    def little_memory():
        resource.setrlimit(resource.RLIMIT_DATA, (250 << 20, 250 << 20))

    process = command(sample_folder, "evidence", "add", "1001", sparse,
                      preexec_fn=little_memory)  # fmt: skip
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    kept = json.loads(out)["exhibits"][-1]["evidence"]
    assert kept["size"] == 260 << 20
    blob = sample_folder / "vault" / kept["sha256"][:2] / kept["sha256"]
    assert subprocess.run(["cmp", blob, sparse], check=False).returncode == 0
