"""An import that is stopped at any moment leaves a sound desk, and can be run again."""

import contextlib
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from disputedesk.cli.main import main
from disputedesk.common import locations
from disputedesk.desk import targets
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations import care
from disputedesk.desk.operations.rules import follow_rules

ROOT = Path(__file__).resolve().parents[2]
FILES, EACH = 3, 700
ROUNDS = 12
BUDGET_SECONDS = 30
"""So many seconds of stopping and looking; on a slow machine fewer rounds fit in."""
HEAD = (
    "Order Date,Order ID,Title,Qty,Price,Store,Product ID,SKU ID,Attributes,Price Info,Currency,"
    "Status,Product Url,Product Image Url,Store Url,Tags\n"
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """A folder of exports with a few thousand orders."""
    folder = tmp_path_factory.mktemp("exports")
    for file in range(FILES):
        rows = [
            f'"Oct {1 + i % 28}, 2026",{8190000000000000 + file * EACH + i},"Thing {file}-{i}",1,'
            f'"US $1{i % 10}.20","Store {i % 7}",1,1,"","US $1{i % 10}.20|1{i % 10}|20",USD,'
            f'"Awaiting delivery",,,,\n'
            for i in range(EACH)
        ]
        (folder / f"orders {file}.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return folder


def heed_ctrl_c():
    """Where the tests run in the background the shell has switched Ctrl-C off, for children too."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start(desk, *words):
    return subprocess.Popen(
        [sys.executable, "-m", "disputedesk", "--desk", desk, "--today", "2026-11-23", *words],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=heed_ctrl_c,  # noqa: PLW1509 - this process starts no threads
    )


def rows(desk):
    """What the desk knows, without the moments and numbers that differ from run to run."""
    with contextlib.closing(sqlite3.connect(desk / "desk.sqlite3")) as base:
        orders = base.execute(
            "SELECT platform, number, title, ordered_on, total_minor, total_currency, state "
            "FROM orders WHERE removed_at IS NULL ORDER BY number"
        ).fetchall()
        facts = base.execute(
            "SELECT o.number, f.name, f.value FROM fact f JOIN orders o ON o.id = f.order_id "
            "WHERE f.withdrawn_at IS NULL AND f.superseded_by IS NULL ORDER BY 1, 2, 3"
        ).fetchall()
        windows = base.execute(
            "SELECT o.number, w.rule_id, w.closes, w.file_by FROM window w "
            "JOIN orders o ON o.id = w.order_id ORDER BY 1, 2, 3"
        ).fetchall()
    return orders, facts, windows


@pytest.fixture(scope="module")
def undisturbed(exports, tmp_path_factory):
    """The rows of an import that nobody stopped, and the seconds it took."""
    desk = tmp_path_factory.mktemp("undisturbed") / "desk"
    began = time.monotonic()
    process = start(desk, "import", exports)
    process.communicate(timeout=300)
    assert process.returncode == 0
    return rows(desk), time.monotonic() - began


def stop_after(process, seconds, how):
    """Sends the signal when so much time went by; gives the exit code and what was said."""
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=seconds)
    if process.poll() is None:
        process.send_signal(how)
    _, said = process.communicate(timeout=60)
    code = process.returncode
    if how is signal.SIGINT and code == 1 and "Could not import runpy module" in said:
        code = -how  # the interpreter itself was still starting: nothing of the program had run
    return code, said


def look_at(desk):
    """The desk opens and is sound; nothing of an unfinished import is in it."""
    if not desk.exists():
        return 0
    opened = Desk.open(desk)
    answer = care.verify(opened)
    opened.close()
    assert answer.is_sound, answer.findings
    return len(rows(desk)[0])


def test_an_import_stopped_at_any_moment_is_whole_or_absent(exports, undisturbed, tmp_path):
    whole, lasted = undisturbed
    desk = tmp_path / "desk"
    seed = random.randrange(2**32)
    moments = random.Random(seed)
    ends = time.monotonic() + BUDGET_SECONDS
    stopped = 0
    for number in range(ROUNDS):
        if time.monotonic() > ends and stopped >= 4:
            break
        how = signal.SIGKILL if number % 2 else signal.SIGINT
        share = (number + moments.random()) / ROUNDS
        code, said = stop_after(start(desk, "import", exports), share * lasted, how)
        note = f"seed {seed}, round {number}, {how.name} at {share:.0%}: {code} {said}"
        assert code in {0, 130, -how}, note
        if code == 130:
            assert re.fullmatch(r"disputedesk: .*\n", said), note
        count = look_at(desk)
        assert count in {0, len(whole[0])}, note
        if count:
            assert rows(desk) == whole, note
            desk = tmp_path / f"desk {number}"
        else:
            stopped += 1
    assert stopped >= 3
    again = start(desk, "import", exports)
    again.communicate(timeout=300)
    assert again.returncode == 0
    assert look_at(desk) == len(whole[0])
    assert rows(desk) == whole


def test_a_bundle_stopped_at_any_moment_is_whole_or_absent(sample_folder, tmp_path):
    import pypdfium2

    target = tmp_path / "bundle.pdf"
    began = time.monotonic()
    start(sample_folder, "bundle", "1001", "-o", target).communicate(timeout=120)
    lasted = time.monotonic() - began
    assert target.read_bytes().startswith(b"%PDF-")
    moments = random.Random(7)
    for number in range(6):
        target.unlink(missing_ok=True)
        process = start(sample_folder, "bundle", "1001", "-o", target)
        how = signal.SIGKILL if number % 2 else signal.SIGINT
        stop_after(process, lasted * (0.35 + 0.65 * moments.random()), how)
        if target.exists():
            with pypdfium2.PdfDocument(target) as pdf:
                assert len(pdf) > 1
        look_at(sample_folder)


class Stopped(BaseException):
    """What a power cut is to Python: nothing catches it."""


def test_a_letter_cut_short_while_it_is_written_leaves_the_older_one(
    sample_folder, tmp_path, monkeypatch
):
    target = tmp_path / "letter.pdf"
    words = ["--desk", str(sample_folder), "--today", "2026-11-23", "letter", "1001"]
    assert main([*words, "-o", str(target)]) == 0
    before = target.read_bytes()

    def cut(_handle):
        raise Stopped

    monkeypatch.setattr(targets.os, "fsync", cut)
    with pytest.raises(Stopped):
        main([*words, "--in", "ru", "-o", str(target)])
    assert target.read_bytes() == before


def test_an_adoption_stopped_at_any_moment_is_known_and_finished(sample_folder, tmp_path):
    """Killed or asked to stop: what is open is the old or the new, or says so and is finished."""
    shipped = locations.resources("packs", "visa.toml").read_text("utf-8")
    edition = tmp_path / "visa.toml"
    edition.write_text(shipped.replace("days = 120", "days = 100"), encoding="utf-8")
    old = rows(sample_folder)
    whole = tmp_path / "whole"
    shutil.copytree(sample_folder, whole)
    began = time.monotonic()
    process = start(whole, "rules", "adopt", edition)
    process.communicate(timeout=120)
    lasted = time.monotonic() - began
    assert process.returncode == 0
    new = rows(whole)
    assert new != old
    moments = random.Random(11)
    for number in range(8):
        desk = tmp_path / f"desk {number}"
        shutil.copytree(sample_folder, desk)
        how = signal.SIGKILL if number % 2 else signal.SIGINT
        share = 0.4 + 0.6 * (number + moments.random()) / 8
        stop_after(start(desk, "rules", "adopt", edition), share * lasted, how)
        look_at(desk)
        opened = Desk.open(desk)
        adopted = (desk / "packs" / "visa.toml").exists()
        if not opened.rules_have_changed():
            assert rows(desk) == (new if adopted else old), f"round {number}, {how.name}"
        follow_rules(opened)
        opened.close()
        assert rows(desk) == (new if adopted else old), f"round {number}, {how.name}"
