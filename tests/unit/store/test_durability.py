"""What was acknowledged is there after a crash; what was not is not; nobody else can read it."""

from __future__ import annotations

import datetime as dt
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from disputedesk.common.errors import Conflict, DamagedDesk, DeskError, NotFound, Refused
from disputedesk.model.fact import Fact
from disputedesk.store import migrating
from disputedesk.store.anchor import Head, read_head, write_head
from disputedesk.store.folder import DeskFolder
from disputedesk.store.opening import Store
from disputedesk.store.reading import Reader, connecting
from disputedesk.store.revision import REVISION, OldDeskError
from disputedesk.store.values import Subject
from disputedesk.store.verification import verify


def run_child(program: str, *args: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *map(str, args)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


WRITER = """
    import sys
    from pathlib import Path
    from disputedesk.model.fact import Fact
    from disputedesk.store.opening import Store
    from disputedesk.store.values import FactEntry, Subject
    store = Store.open(Path(sys.argv[1]))
    print("ready", flush=True)
    for turn in range(100000):
        with store.transaction() as tx:
            batch = tx.batches.add(f"turn {turn}")
            tx.facts.record_many(
                [FactEntry(1, Fact(f"n{batch.id}_{i}", i)) for i in range(40)], batch_id=batch.id)
            tx.ledger.append("import", Subject("batch", batch.id))
        print(batch.id, flush=True)
"""


def test_a_killed_writer_leaves_whole_transactions_only(store, basics):
    root = store.folder.root
    store.close()
    chance = random.Random(11)
    acknowledged: list[int] = []
    for _ in range(4):
        child = run_child(WRITER, root)
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        acknowledged += [int(child.stdout.readline()) for _ in range(chance.randint(1, 5))]
        time.sleep(chance.random() / 100)
        child.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in child.stdout if line.endswith("\n")]
        child.wait()
        child.stdout.close()
        child.stderr.close()
        with Store.open(root) as again, again.snapshot() as tx:
            for batch in tx.batches.list():
                assert len(tx.facts.of_batch(batch.id)) == 40
            assert set(acknowledged) <= {batch.id for batch in tx.batches.list()}
        assert verify(root) == ()


TWO = """
    import sys
    from pathlib import Path
    from disputedesk.model.case import CaseNote
    from disputedesk.store.opening import Store
    from disputedesk.store.values import Subject
    with Store.open(Path(sys.argv[1])) as store:
        for turn in range(40):
            with store.transaction() as tx:
                before = int(tx.settings.find("count") or 0)
                tx.settings.set("count", str(before + 1))
                tx.ledger.append("count", Subject("setting"))
"""


def test_two_programs_writing_lose_no_update_and_fork_no_chain(store, basics):
    children = [run_child(TWO, store.folder.root) for _ in range(3)]
    for child in children:
        assert child.communicate()[1] == ""
        assert child.returncode == 0
    with store.snapshot() as tx:
        assert tx.settings.find("count") == "120"
    assert verify(store.folder.root) == ()


FULL = """
    import resource, signal, sys
    from pathlib import Path
    from disputedesk.common.errors import DeskError
    from disputedesk.model.fact import Fact
    from disputedesk.store.opening import Store
    from disputedesk.store.values import FactEntry
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    with Store.open(Path(sys.argv[1])) as store:
        with store.transaction() as tx:
            tx.facts.record(1, Fact("kept", "yes"))
        resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20))
        try:
            with store.transaction() as tx:
                tx.facts.record_many([FactEntry(1, Fact(f"n{i}", "x" * 500)) for i in range(9000)])
        except DeskError as error:
            print(error)
        with store.snapshot() as tx:
            print([fact.name for fact in tx.facts.current(1)])
"""


def test_a_full_disk_is_told_in_a_sentence_and_the_old_state_stands(store, basics):
    root = store.folder.root
    store.close()
    child = run_child(FULL, root)
    out, err = child.communicate()
    assert err == ""
    assert "Nothing was changed." in out
    assert "['kept']" in out
    assert verify(root) == ()


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_every_file_is_for_its_owner_only_whatever_the_umask(tmp_path, umask):
    before = os.umask(umask)
    try:
        with Store.create(tmp_path / "deep" / "desk") as store, store.transaction() as tx:
            tx.settings.set("a", "b")
            tx.ledger.append("x", Subject("setting"))
            tx.settings.set("c", "d")
            live = sorted(store.folder.root.rglob("*"))
            names = {path.name for path in live}
            modes = {path: stat.S_IMODE(path.stat().st_mode) for path in live}
    finally:
        os.umask(before)
    assert "desk.sqlite3-wal" in names
    for path, mode in modes.items():
        assert mode & 0o077 == 0, path
    assert stat.S_IMODE((tmp_path / "deep" / "desk").stat().st_mode) == 0o700


def test_an_error_in_the_block_keeps_nothing(store, basics):
    class OwnError(Exception):
        pass

    def change_and_fail():
        with store.transaction() as tx:
            tx.facts.record(basics.order.id, Fact("x", 1))
            tx.ledger.append("x", Subject("order"))
            raise OwnError

    with pytest.raises(OwnError):
        change_and_fail()
    with store.snapshot() as tx:
        assert tx.facts.current(basics.order.id) == ()
        assert tx.ledger.list() == ()
    assert verify(store.folder.root) == ()


def test_a_snapshot_sees_one_moment_and_cannot_write(store, basics):
    with store.snapshot() as before:
        with store.transaction() as tx:
            tx.facts.record(basics.order.id, Fact("x", 1))
        assert before.facts.current(basics.order.id) == ()
    with pytest.raises(DeskError), store.snapshot() as tx:
        tx.settings.set("a", "b")
    with store.transaction() as tx:
        tx.settings.set("a", "b")


def test_a_desk_is_made_once(store):
    with pytest.raises(Refused, match="already"):
        Store.create(store.folder.root)


def test_a_creation_that_was_cut_short_can_be_repeated(tmp_path):
    folder = DeskFolder(tmp_path)
    folder.prepare()
    folder.database.touch(0o600)
    with pytest.raises(NotFound):
        Store.open(tmp_path)
    with pytest.raises(NotFound):
        Reader(tmp_path)
    Store.create(tmp_path).close()
    Store.open(tmp_path).close()


def test_no_desk_is_told_in_a_sentence(tmp_path):
    for ask in (Store.open, Reader, verify):
        with pytest.raises(NotFound, match="no desk"):
            ask(tmp_path / "nowhere")


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path):
    DeskFolder(tmp_path).database.write_bytes(b"this is no database" * 500)
    for ask in (Store.open, Reader):
        with pytest.raises(DamagedDesk):
            ask(tmp_path)
    assert [finding.is_damage for finding in verify(tmp_path)] == [True]


def test_a_database_of_another_program_is_no_desk(tmp_path):
    connection = sqlite3.connect(DeskFolder(tmp_path).database)
    connection.execute("CREATE TABLE cats (name)")
    connection.close()
    for ask in (Store.open, Reader):
        with pytest.raises(NotFound, match="holds no desk"):
            ask(tmp_path)


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(DeskError) as caught:
        Store.create(tmp_path / "file" / "desk")
    assert caught.value.remedy


def test_a_read_only_store_writes_nothing(store, basics):
    root = store.folder.root
    store.close()
    with Store.open(root, read_only=True) as reading:
        with reading.snapshot() as tx:
            assert tx.orders.list() == (basics.order,)
        with pytest.raises(DeskError, match="reading only"):
            reading.transaction()


@pytest.fixture
def unwritable(monkeypatch):
    """SQLite's answer on a medium where it cannot make its shared memory; root never gets it."""
    honest = connecting._open

    def refusing(place, how):
        if how == "mode=ro":
            raise sqlite3.OperationalError("unable to open database file")
        return honest(place, how)

    monkeypatch.setattr(connecting, "_open", refusing)


def test_a_desk_on_a_medium_nobody_can_write_is_read(store, basics, unwritable):
    root = store.folder.root
    store.close()
    with Reader(root) as reader:
        assert [row.number for row in reader.search("phone")] == ["8001"]
    with Store.open(root, read_only=True) as reading, reading.snapshot() as tx:
        assert tx.orders.list() == (basics.order,)


def test_changes_that_lie_beside_an_unwritable_desk_are_not_passed_over(store, basics, unwritable):
    with pytest.raises(DeskError, match="last changes"):
        Reader(store.folder.root)


def set_revision(root: Path, revision: str) -> None:
    connection = sqlite3.connect(DeskFolder(root).database)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    connection.close()


def test_a_newer_desk_is_refused_and_untouched(store):
    root = store.folder.root
    store.close()
    set_revision(root, "0999")
    before = DeskFolder(root).database.read_bytes()
    for ask in (Store.open, Reader, verify):
        with pytest.raises(DeskError, match="newer DisputeDesk"):
            ask(root)
    assert DeskFolder(root).database.read_bytes() == before


def test_a_revision_we_never_gave_is_damage(store):
    root = store.folder.root
    store.close()
    set_revision(root, "abc")
    with pytest.raises(DamagedDesk):
        Store.open(root)


def test_an_older_desk_is_not_read_before_it_is_brought_up_to_date(store):
    root = store.folder.root
    store.close()
    set_revision(root, "0000")
    with pytest.raises(OldDeskError):
        Reader(root)
    with pytest.raises(OldDeskError):
        Store.open(root, read_only=True)


NEXT_REVISION = f"{int(REVISION) + 1:04d}"
NEXT = """
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade():
    op.execute("CREATE TABLE half (id INTEGER PRIMARY KEY)")
    op.execute("ALTER TABLE setting ADD COLUMN more TEXT")
    op.execute("INSERT INTO setting (key, value) VALUES ('migrated', 'yes')")
    {end}
"""


def scripts_with(tmp_path: Path, end: str) -> str:
    source = Path(migrating.__file__).parent / "migrations"
    target = tmp_path / "migrations"
    (target / "versions").mkdir(parents=True)
    for path in (source / "env.py", *(source / "versions").glob("m*.py")):
        copy = target / path.relative_to(source)
        copy.write_text(path.read_text("utf-8"), "utf-8")
    text = NEXT.format(number=NEXT_REVISION, before=REVISION, end=end)
    (target / "versions" / f"m{NEXT_REVISION}_next.py").write_text(text, "utf-8")
    return str(target)


def run_migration(store: Store, scripts: str) -> Path:
    now = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    return migrating.migrate(
        store._engine, store.folder, REVISION, now, scripts=scripts, target=NEXT_REVISION
    )


def dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


def test_a_failed_migration_leaves_nothing_and_the_copy_is_whole(store, basics, tmp_path):
    store.close()
    before = dump(store.folder.database)
    scripts = scripts_with(tmp_path, "raise RuntimeError('no')")
    with pytest.raises(RuntimeError):
        run_migration(store, scripts)
    store.close()
    assert dump(store.folder.database) == before
    (copy,) = store.folder.backups.iterdir()
    assert dump(copy) == before
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600


def test_a_migration_changes_all_at_once_after_a_copy(store, basics, tmp_path):
    scripts = scripts_with(tmp_path, "pass")
    copy = run_migration(store, scripts)
    with store.snapshot() as tx:
        assert tx.settings.find("migrated") == "yes"
    with store._engine.connect() as connection:
        assert migrating.revision_of(connection) == NEXT_REVISION
    assert copy.parent == store.folder.backups


def test_the_head_is_moved_forward_by_one_transaction_only(store, basics):
    root, head = store.folder.root, store.folder.head
    heads = []
    for turn in range(4):
        with store.transaction() as tx:
            tx.ledger.append("x", Subject("order", turn))
            tx.ledger.append("y", Subject("order", turn))
        heads.append(read_head(head))
    store.close()
    write_head(head, heads[-2])
    assert verify(root) == ()
    Store.open(root).close()
    assert read_head(head) == heads[-1]
    write_head(head, heads[-3])
    with Store.open(root) as again, again.transaction() as tx:
        tx.ledger.append("z", Subject("order"))
    assert read_head(head) == heads[-3]
    (finding,) = verify(root)
    assert "announced" in finding.what


def test_a_head_that_does_not_fit_is_never_written_over(store, basics):
    with store.transaction() as tx:
        tx.ledger.append("x", Subject("order"))
    wrong = Head(1, 1, "0" * 64)
    write_head(store.folder.head, wrong)
    with store.transaction() as tx:
        tx.ledger.append("y", Subject("order"))
    assert read_head(store.folder.head) == wrong
    assert any("written anew" in finding.what for finding in verify(store.folder.root))


def test_two_versions_read_at_once_are_one_conflict(store, basics):
    with store.snapshot() as one, store.snapshot() as two:
        first, second = one.orders.get(basics.order.id), two.orders.get(basics.order.id)
    with store.transaction() as tx:
        tx.orders.update(first)
    with pytest.raises(Conflict), store.transaction() as tx:
        tx.orders.update(second)
