"""Backup and restore: the same desk comes back, and a bad file changes nothing."""

from __future__ import annotations

import hashlib
import resource
import sqlite3
import stat
import subprocess
import sys
import textwrap
import threading
import zipfile
from pathlib import Path

import pytest

from disputedesk.common.errors import Cancelled, DamagedDesk, DeskError, Refused
from disputedesk.common.work import CancelToken
from disputedesk.model.case import Evidence
from disputedesk.model.fact import Fact
from disputedesk.store.backup import MANIFEST, backup
from disputedesk.store.opening import Store
from disputedesk.store.restoring import restore
from disputedesk.store.values import Subject
from disputedesk.store.verification import expected_blobs, verify
from disputedesk.vault import Vault
from disputedesk.vault.checking import check_vault


@pytest.fixture
def desk(store, basics):
    vault = Vault(store.folder.root)
    for turn in range(5):
        sealed = vault.seal(b"proof %d" % turn)
        with store.transaction() as tx:
            tx.evidence.add(Evidence(0, sealed.sha256, sealed.size, "a", "text/plain", tx.at))
            tx.facts.record(basics.order.id, Fact("x", turn))
            tx.ledger.append("x", Subject("order", basics.order.id))
    own = store.folder.root / "packs" / "mine"
    own.mkdir(parents=True)
    (own / "bank.toml").write_text("x = 1")
    return store


@pytest.fixture
def made(desk, tmp_path):
    return backup(desk.folder.root, tmp_path / "desk.ddbackup").path


def rows(root: Path) -> list[str]:
    connection = sqlite3.connect(root / "desk.sqlite3")
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("vault", "packs")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


def assert_sound(root: Path) -> None:
    assert verify(root) == ()
    assert check_vault(Vault(root), expected_blobs(root)) == ()


def test_a_restored_desk_equals_the_one_backed_up(desk, made, tmp_path):
    assert restore(made, tmp_path / "new") is None
    assert rows(tmp_path / "new") == rows(desk.folder.root)
    assert files(tmp_path / "new") == files(desk.folder.root)
    assert_sound(tmp_path / "new")
    for path in (tmp_path / "new").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    with Store.open(tmp_path / "new") as again, again.transaction() as tx:
        tx.ledger.append("restored", Subject("desk"))
    assert_sound(tmp_path / "new")


def test_the_manifest_is_what_sha256sum_writes(made):
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist()) - {MANIFEST}
        lines = archive.read(MANIFEST).decode().splitlines()
        assert {line.split("  ")[1] for line in lines} == names
        for line in lines:
            value, name = line.split("  ")
            assert hashlib.sha256(archive.read(name)).hexdigest() == value


def test_a_backup_is_for_its_owner_only_and_the_same_desk_gives_the_same_bytes(
    desk, made, tmp_path
):
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    again = backup(desk.folder.root, tmp_path / "again.ddbackup")
    assert again.files == 8
    assert again.path.read_bytes() == made.read_bytes()


def test_what_was_there_is_kept_aside(desk, made, tmp_path):
    with desk.transaction() as tx:
        tx.settings.set("later", "yes")
    desk.close()
    root = desk.folder.root
    before = rows(root)
    aside = restore(made, root)
    assert aside is not None
    assert rows(aside) == before
    assert rows(root) != before
    assert not (root / "desk.sqlite3-wal").exists()
    assert restore(made, root) != aside


def test_a_backup_while_others_write_is_one_moment(desk, tmp_path):
    stop = threading.Event()
    failed: list[BaseException] = []

    def write() -> None:
        turn = 0
        try:
            while not stop.is_set():
                with desk.transaction() as tx:
                    tx.settings.set("a", str(turn))
                    tx.settings.set("b", str(turn))
                    tx.ledger.append("x", Subject("order", turn))
                turn += 1
        except BaseException as error:
            failed.append(error)
            raise

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            made = backup(desk.folder.root, tmp_path / f"{turn}.ddbackup")
            restore(made.path, tmp_path / f"desk{turn}")
            assert_sound(tmp_path / f"desk{turn}")
            with Store.open(tmp_path / f"desk{turn}") as again, again.snapshot() as tx:
                assert tx.settings.find("a") == tx.settings.find("b")
    finally:
        stop.set()
        writer.join()
    assert not failed
    assert_sound(desk.folder.root)


def test_a_desk_that_lacks_sealed_bytes_never_replaces_a_good_backup(desk, made):
    good = made.read_bytes()
    vault = Vault(desk.folder.root)
    path = vault.path(vault.seal(b"proof 3").sha256)
    path.unlink()
    with pytest.raises(DamagedDesk, match="evidence 4"):
        backup(desk.folder.root, made)
    assert made.read_bytes() == good
    kept = backup(desk.folder.root, made, even_damaged=True)
    assert kept.left_out == ("evidence 4, a",)


def test_a_cancelled_backup_leaves_the_old_one_and_nothing_else(desk, made, tmp_path):
    good = made.read_bytes()
    before = sorted(tmp_path.iterdir())
    token = CancelToken()

    def stop(what, done, total):
        if done == 3:
            token.cancel()

    with pytest.raises(Cancelled):
        backup(desk.folder.root, made, progress=stop, cancel=token)
    assert made.read_bytes() == good
    assert sorted(tmp_path.iterdir()) == before


FULL = """
    import resource, signal, sys
    from pathlib import Path
    from disputedesk.common.errors import DeskError
    from disputedesk.store.backup import backup
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    try:
        backup(Path(sys.argv[1]), Path(sys.argv[2]))
    except DeskError as error:
        print(error)
"""


@pytest.mark.parametrize("share", [0.3, 0.999])
def test_a_backup_on_a_full_disk_is_told_and_the_old_one_stays(desk, made, tmp_path, share):
    assert resource  # the child sets its own limit, this process keeps its own
    good = made.read_bytes()
    limit = int(len(good) * share)
    child = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(FULL), desk.folder.root, made, str(limit)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert child.stderr == ""
    assert "disk" in child.stdout
    assert made.read_bytes() == good
    assert not list(tmp_path.glob(".*tmp*"))


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.99, 0.999])
def test_a_flipped_bit_is_found_before_anything_is_replaced(desk, made, place):
    data = bytearray(made.read_bytes())
    data[int(len(data) * place)] ^= 1
    made.write_bytes(data)
    desk.close()
    before = rows(desk.folder.root)
    try:
        restore(made, desk.folder.root)
    except (Refused, DamagedDesk):
        assert rows(desk.folder.root) == before
    else:
        assert_sound(desk.folder.root)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_backup_that_was_cut_off_is_refused(desk, made, tmp_path, share):
    data = made.read_bytes()
    made.write_bytes(data[: int(len(data) * share)])
    with pytest.raises(Refused, match="no DisputeDesk backup"):
        restore(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.glob(".new*"))


def rewritten(made: Path, change) -> Path:
    """The backup with other members, its manifest made to fit."""
    with zipfile.ZipFile(made) as archive:
        members = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}
    change(members)
    lines = "".join(
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in members.items()
    )
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr(MANIFEST, lines)
    return made


HOSTILE = [
    "../evil.txt",
    "/etc/evil",
    "vault/../../evil",
    "packs/../../evil",
    "packs/./evil",
    "packs\\..\\evil",
    "C:/evil",
    "vault/ab/evil",
    "desk.sqlite3-wal",
    "packs/a:stream",
    "Desk.sqlite3",
    "packs//evil",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_member_with_a_name_of_its_own_is_refused(made, tmp_path, name):
    rewritten(made, lambda members: members.update({name: b"x"}))
    with pytest.raises(Refused):
        restore(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()
    assert not list(tmp_path.rglob("*evil*"))


def test_a_vault_file_under_another_hash_is_refused(made, tmp_path):
    def swap(members):
        names = [name for name in members if name.startswith("vault/")]
        members[names[0]], members[names[1]] = members[names[1]], members[names[0]]

    rewritten(made, swap)
    with pytest.raises(Refused, match="damaged"):
        restore(made, tmp_path / "new")


def test_a_database_with_a_trigger_of_its_own_is_refused(made, tmp_path):
    def poison(members):
        path = tmp_path / "poison.sqlite3"
        path.write_bytes(members["desk.sqlite3"])
        connection = sqlite3.connect(path)
        connection.execute("CREATE TRIGGER t AFTER INSERT ON fact BEGIN DELETE FROM fact; END")
        connection.commit()
        connection.close()
        members["desk.sqlite3"] = path.read_bytes()

    rewritten(made, poison)
    with pytest.raises(DamagedDesk, match="never makes: t"):
        restore(made, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_compressed_or_foreign_archive_is_refused(made, tmp_path):
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("desk.sqlite3", bytes(10_000_000))
    with pytest.raises(Refused):
        restore(made, tmp_path / "new")
    with pytest.raises(DeskError):
        restore(tmp_path / "nothing.ddbackup", tmp_path / "new")


def test_a_cancelled_restore_leaves_the_old_desk(desk, made):
    desk.close()
    before = rows(desk.folder.root)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        restore(made, desk.folder.root, cancel=token)
    assert rows(desk.folder.root) == before
    assert {path.name for path in made.parent.iterdir()} == {"desk", "desk.ddbackup"}
