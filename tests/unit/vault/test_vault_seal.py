"""The vault: what goes in comes out, once, whole, and only plain files go in."""

from __future__ import annotations

import io
import os
import random
import resource
import signal
import socket
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from disputedesk.common.errors import Cancelled, DamagedDesk, DeskError, NotFound, Refused
from disputedesk.common.hashing import sha256_of_bytes
from disputedesk.common.work import CancelToken
from disputedesk.vault import Vault, locking
from disputedesk.vault.sources import Source
from disputedesk.vault.transfer import TEMPORARY


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "desk")


def files_of(vault: Vault) -> list[Path]:
    return [path for path in vault.root.rglob("*") if path.is_file()]


@pytest.mark.parametrize("size", [0, 1, 4096, (1 << 20) - 1, 1 << 20, (3 << 20) + 7, (5 << 20) + 1])
def test_what_was_sealed_comes_back_byte_for_byte(vault, tmp_path, size):
    data = random.Random(size).randbytes(size)
    source = tmp_path / "photo.jpg"
    source.write_bytes(data)
    sealed = vault.seal(source)
    assert (sealed.sha256, sealed.size, sealed.is_new) == (sha256_of_bytes(data), size, True)
    assert vault.read(sealed.sha256) == data
    assert vault.path(sealed.sha256).parent.name == sealed.sha256[:2]
    assert source.read_bytes() == data


def test_bytes_file_and_stream_of_the_same_content_are_one_blob(vault, tmp_path):
    source = tmp_path / "a.txt"
    source.write_bytes(b"proof")
    first = vault.seal(source)
    assert first.is_new
    assert not vault.seal(b"proof").is_new
    assert not vault.seal(io.BytesIO(b"proof")).is_new
    assert not vault.seal(source).is_new
    assert len(files_of(vault)) == 1


def test_known_bytes_are_read_once_and_not_written(vault, tmp_path, monkeypatch):
    source = tmp_path / "a.bin"
    source.write_bytes(os.urandom(3 << 20))
    vault.seal(source)
    again = Vault(tmp_path / "desk")
    monkeypatch.setattr(
        "disputedesk.vault.blobs.TemporaryBlob", lambda root: pytest.fail("it was written again")
    )
    told = []
    assert not again.seal(source, progress=lambda what, done, total: told.append(done)).is_new
    assert told == [1 << 20, 2 << 20, 3 << 20]


def test_blobs_are_for_their_owner_to_read_only(vault, tmp_path):
    before = os.umask(0)
    try:
        sealed = vault.seal(b"secret")
    finally:
        os.umask(before)
    assert stat.S_IMODE(vault.path(sealed.sha256).stat().st_mode) == 0o400
    for folder in (vault.root, vault.path(sealed.sha256).parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_link_is_refused(vault, tmp_path):
    (tmp_path / "real").write_bytes(b"x")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "real")
    with pytest.raises(Refused, match="link"):
        vault.seal(link)


def test_a_folder_is_refused(vault, tmp_path):
    with pytest.raises(Refused, match="not a file"):
        vault.seal(tmp_path)


def test_a_pipe_is_refused_without_waiting_for_its_writer(vault, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Refused, match="not a file"):
        vault.seal(tmp_path / "pipe")


def test_a_device_is_refused(vault):
    with pytest.raises(Refused):
        vault.seal(Path("/dev/zero"))


def test_a_socket_is_refused(vault, tmp_path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "s"))
        with pytest.raises(Refused):
            vault.seal(tmp_path / "s")


def test_a_file_whose_size_lies_is_refused(vault):
    with pytest.raises(Refused, match="changed"):
        vault.seal(Path("/proc/self/status"))


def test_a_missing_file_is_told_in_a_sentence(vault, tmp_path):
    with pytest.raises(DeskError, match=r"nothing\.txt") as caught:
        vault.seal(tmp_path / "nothing.txt")
    assert caught.value.remedy


def test_a_source_that_grows_while_it_is_read_is_refused(vault, tmp_path):
    source = tmp_path / "growing.log"
    source.write_bytes(b"a" * (2 << 20))

    def append(what, done, total):
        with source.open("ab") as stream:
            stream.write(b"b" * 100)

    with pytest.raises(Refused, match="changed while it was read"):
        vault.seal(source, progress=append)
    assert files_of(vault) == []


def test_a_source_that_is_rewritten_in_place_is_refused(vault, tmp_path):
    source = tmp_path / "rewritten.bin"
    source.write_bytes(b"a" * (2 << 20))
    os.utime(source, (1, 1))

    def rewrite(what, done, total):
        with source.open("r+b") as stream:
            stream.write(b"z")

    with pytest.raises(Refused, match="changed while it was read"):
        vault.seal(source, progress=rewrite)
    assert files_of(vault) == []


def test_a_cancelled_copy_leaves_nothing(vault, tmp_path):
    source = tmp_path / "big.bin"
    source.write_bytes(os.urandom(4 << 20))
    token = CancelToken()

    def stop_at_half(what, done, total):
        if done * 2 >= total:
            token.cancel()

    with pytest.raises(Cancelled):
        vault.seal(source, progress=stop_at_half, cancel=token)
    assert files_of(vault) == []


def test_a_damaged_blob_of_another_size_is_healed_by_sealing_its_bytes_again(vault):
    sealed = vault.seal(b"the whole truth")
    path = vault.path(sealed.sha256)
    path.chmod(0o600)
    path.write_bytes(b"half")
    assert vault.seal(b"the whole truth").is_new
    assert vault.read(sealed.sha256) == b"the whole truth"


def test_altered_bytes_are_never_given_as_the_truth(vault):
    sealed = vault.seal(b"43.10 USD")
    path = vault.path(sealed.sha256)
    path.chmod(0o600)
    path.write_bytes(b"93.10 USD")
    for ask in (vault.read, vault.check):
        with pytest.raises(DamagedDesk, match="not what was sealed"):
            ask(sealed.sha256)


def test_missing_bytes_and_names_that_are_no_hash_are_not_found(vault):
    with pytest.raises(NotFound, match="missing"):
        vault.open("0" * 64)
    for name in ("../../etc/passwd", "AB" * 32, "", "0" * 63 + "\n"):
        with pytest.raises(NotFound):
            vault.path(name)


def test_the_sweep_takes_what_a_crash_left_and_nothing_else(vault, tmp_path):
    sealed = vault.seal(b"kept")
    left = vault.root / f"{TEMPORARY}1-abc"
    left.write_bytes(b"half")
    os.utime(left, (1, 1))
    fresh = vault.root / f"{TEMPORARY}2-def"
    fresh.write_bytes(b"somebody is at it")
    os.utime(fresh, (time.time() + 60,) * 2)
    assert vault.sweep() == 1
    assert sorted(files_of(vault)) == sorted([fresh, vault.path(sealed.sha256)])


def test_what_its_owner_names_during_the_sweep_is_left_alone(vault, monkeypatch):
    left = vault.root / f"{TEMPORARY}1-b"
    vault.root.mkdir(parents=True)
    left.write_bytes(b"whole by now")
    os.utime(left, (0, 0))
    asked = locking.is_abandoned

    def named_meanwhile(path):
        path.rename(vault.root / "named")
        return asked(path)

    monkeypatch.setattr(locking, "is_abandoned", named_meanwhile)
    assert vault.sweep() == 0
    assert (vault.root / "named").read_bytes() == b"whole by now"


def test_a_link_that_looks_like_a_copy_in_progress_keeps_no_desk_from_opening(vault):
    vault.root.mkdir(parents=True)
    link = vault.root / f"{TEMPORARY}1-c"
    link.symlink_to(vault.root / "nowhere")
    assert vault.sweep() == 0
    assert link.is_symlink()


def test_the_sweep_of_an_empty_desk_does_nothing(vault):
    assert vault.sweep() == 0


def test_many_files_are_given_in_their_order_and_a_refused_one_is_a_value(vault, tmp_path):
    sources = [tmp_path / f"{number}.bin" for number in range(9)]
    for number, source in enumerate(sources):
        source.write_bytes(bytes([number]) * (1 << (20 - number)))
    sources[4].unlink()
    sources[4].symlink_to(sources[0])
    kept = []
    found = list(vault.seal_many(sources, kept=kept.append))
    assert isinstance(found[4], Refused)
    sealed = [each for each in found if not isinstance(each, DeskError)]
    assert [each.size for each in sealed] == [1 << (20 - n) for n in range(9) if n != 4]
    assert sorted(each.sha256 for each in kept) == sorted(each.sha256 for each in sealed)
    assert {path.name for path in files_of(vault)} == {each.sha256 for each in sealed}


def test_cancelling_many_files_gives_no_more_and_tells_of_all_that_were_kept(vault, tmp_path):
    sources = [tmp_path / f"{number}.bin" for number in range(40)]
    for number, source in enumerate(sources):
        source.write_bytes(bytes([number]) * 70_000)
    token, kept = CancelToken(), []
    many = vault.seal_many(sources, kept=kept.append, cancel=token)
    assert next(many) in kept
    token.cancel()
    with pytest.raises(Cancelled):
        list(many)
    assert len(kept) < 40
    assert {path.name for path in files_of(vault)} == {each.sha256 for each in kept}


def test_what_is_discarded_is_gone_and_can_be_sealed_again(vault):
    sealed = vault.seal(b"taken back")
    vault.discard(sealed.sha256)
    vault.discard(sealed.sha256)
    assert not vault.holds(sealed.sha256)
    assert vault.seal(b"taken back").is_new


CHILD = """
    import os, sys
    from pathlib import Path
    from disputedesk.vault import Vault, locking
    vault = Vault(Path(sys.argv[1]))
    print("ready", flush=True)
    for turn in range(100000):
        name = os.urandom(8) + bytes(3 << 20)
        sealed = vault.seal(name)
        print(sealed.sha256, flush=True)
"""


def test_a_killed_copy_leaves_no_half_blob_and_loses_no_acknowledged_one(tmp_path):
    chance = random.Random(7)
    desk = tmp_path / "desk"
    acknowledged: list[str] = []
    for _ in range(4):
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(CHILD), str(desk)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdout is not None
        child.stdout.readline()
        acknowledged += [child.stdout.readline().strip() for _ in range(chance.randint(1, 4))]
        time.sleep(chance.random() / 50)
        child.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in child.stdout if line.endswith("\n")]
        child.wait()
        child.stdout.close()
    vault = Vault(desk)
    for sha256 in acknowledged:
        vault.check(sha256)
    vault.sweep()
    for path in files_of(vault):
        assert path.name == vault.check(path.name).name


FULL = """
    import resource, signal, sys
    from pathlib import Path
    from disputedesk.common.errors import DeskError
    from disputedesk.vault import Vault, locking
    vault = Vault(Path(sys.argv[1]))
    kept = vault.seal(b"before")
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
    try:
        vault.seal(bytes(3 << 20))
    except DeskError as error:
        print(error)
    assert vault.read(kept.sha256) == b"before"
"""


def test_a_disk_that_takes_no_more_is_told_in_a_sentence_and_leaves_nothing(tmp_path):
    assert resource  # the child sets its own limit, this process keeps its own
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), str(tmp_path / "desk")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Check that the disk has room" in done.stdout
    assert len(files_of(Vault(tmp_path / "desk"))) == 1


def test_eight_writers_of_one_file_keep_one_blob(tmp_path):
    source = tmp_path / "same.bin"
    source.write_bytes(os.urandom(1 << 20))
    program = "import sys; from pathlib import Path; from disputedesk.vault import Vault; "
    program += "Vault(Path(sys.argv[1])).seal(Path(sys.argv[2]))"
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "desk"), str(source)])
        for _ in range(8)
    ]
    assert [child.wait() for child in children] == [0] * 8
    assert len(files_of(Vault(tmp_path / "desk"))) == 1


def read_of(monkeypatch):
    """What is read of sources from now on, in bytes."""
    read = []
    true = Source.read_into

    def counted(source, buffer):
        count = true(source, buffer)
        read.append(count)
        return count

    monkeypatch.setattr(Source, "read_into", counted)
    return read


def test_a_new_file_as_long_as_a_known_one_is_not_read_twice(vault, tmp_path, monkeypatch):
    size = 3 << 20
    vault.seal(bytes(size))
    new, known = tmp_path / "new.bin", tmp_path / "known.bin"
    new.write_bytes(b"\1" * size)
    known.write_bytes(bytes(size))
    read = read_of(monkeypatch)
    assert vault.seal(new).is_new
    assert sum(read) == size + (1 << 16)
    read.clear()
    assert not vault.seal(known).is_new
    assert sum(read) == size + (1 << 16)


def test_a_file_that_differs_from_a_known_one_only_at_its_end_is_new(vault, tmp_path):
    vault.seal(bytes(200_000))
    new = tmp_path / "new.bin"
    new.write_bytes(bytes(199_999) + b"\1")
    sealed = vault.seal(new)
    assert sealed.is_new
    assert vault.read(sealed.sha256) == new.read_bytes()


@pytest.mark.parametrize("size", [0, 1, (8 << 20) - 1, 8 << 20, (8 << 20) + 1, (19 << 20) + 5])
def test_files_short_and_long_are_kept_byte_for_byte(vault, tmp_path, size):
    data = random.Random(size).randbytes(size)
    source = tmp_path / "a.bin"
    source.write_bytes(data)
    sealed = vault.seal(source)
    assert sealed.sha256 == sha256_of_bytes(data)
    assert vault.path(sealed.sha256).read_bytes() == data
