"""What the disk is asked for while evidence is kept, watched from outside the program."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ADDING = """
import sys
from pathlib import Path
from disputedesk.common.errors import DeskError
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.evidence import add_files
from disputedesk.model.ids import CaseId

desk = Desk.open(Path(sys.argv[1]))
for line in add_files(desk, CaseId(1), [Path(name) for name in sys.argv[2:]]).value.lines:
    print(line.came.value, line.why)
"""


def is_watched():
    """Whether programs can be watched here at all."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


pytestmark = pytest.mark.skipif(not is_watched(), reason="strace is missing or not allowed")


def watched(log, folder, *words, sources):
    return subprocess.run(
        ["strace", "-f", "-y", "-o", log, *words, sys.executable, "-c", ADDING, folder, *sources],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.fixture
def sources(tmp_path):
    paths = [tmp_path / f"{size}.bin" for size in (1, 2, 40)]
    for path in paths:
        path.write_bytes(os.urandom(int(path.stem) << 20))
    return paths


def test_bytes_then_names_then_folders_are_on_the_disk_before_a_row_names_them(
    sample_folder, tmp_path, sources
):
    log = tmp_path / "log"
    done = watched(log, sample_folder, "-e", "trace=fsync,fdatasync,rename", sources=sources)
    assert done.stdout.count("added") == 3, done.stderr
    calls = log.read_text("utf-8").splitlines()

    def first(pattern, after=0):
        found = [at for at, call in enumerate(calls) if at >= after and re.search(pattern, call)]
        assert found, pattern
        return found[0]

    renames = [
        re.search(r'rename\("([^"]+arriving-[^"]+)", "([^"]+)"', call) for call in calls
    ]  # fmt: skip
    renames = [each for each in renames if each]
    assert len(renames) == 3
    commit = first(r"f(data)?sync\(.*desk\.sqlite3-wal", first(r"vault/[0-9a-f]{2}>"))
    for rename in renames:
        named = first(re.escape(rename[0]))
        assert first(rf"fsync\(\d+<{re.escape(rename[1])}>") < named
        folder = re.escape(str(Path(rename[2]).parent))
        assert named < first(rf"fsync\(\d+<{folder}>", named) < commit


def test_a_disk_that_fails_early_in_a_long_copy_is_not_taken_for_a_good_one(
    sample_folder, tmp_path, sources
):
    before = sorted(path.name for path in (sample_folder / "vault").rglob("*") if path.is_file())
    inject = ("-e", "trace=fdatasync", "-e", "inject=fdatasync:error=EIO:when=1")
    done = watched(tmp_path / "log", sample_folder, *inject, sources=sources[-1:])
    assert "added" not in done.stdout
    assert "Input/output error" in done.stdout + done.stderr
    after = sorted(path.name for path in (sample_folder / "vault").rglob("*") if path.is_file())
    assert after == before


@pytest.mark.parametrize("spot", ["rename:when=1", "fsync:when=1", "fchmod:when=1"])
def test_killed_at_a_call_the_desk_is_sound_and_takes_the_files_again(
    sample_folder, tmp_path, sources, spot
):
    from disputedesk.desk.desk import Desk
    from disputedesk.desk.operations.care import verify

    call, _, when = spot.partition(":")
    inject = ("-e", f"trace={call}", "-e", f"inject={call}:signal=SIGKILL:{when}")
    killed = watched(tmp_path / "log", sample_folder, *inject, sources=sources)
    assert "added" not in killed.stdout
    desk = Desk.open(sample_folder)
    assert not [each for each in verify(desk).findings if each.severity != "notice"]
    desk.close()
    again = watched(tmp_path / "log", sample_folder, "-e", "trace=none", sources=sources)
    assert again.stdout.count("added") == 3, again.stderr
