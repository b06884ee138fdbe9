"""Every road to today's schema ends at the same one; desks of every release open and verify."""

from __future__ import annotations

import gzip
import re
import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from disputedesk.store import migrating, schema, schema_names
from disputedesk.store.opening import Store
from disputedesk.store.reading import Reader
from disputedesk.store.revision import REVISION
from disputedesk.store.verification import verify

DESKS = Path(__file__).parent / "desks"
VERSIONS = Path(migrating.__file__).parent / "migrations" / "versions"


def shape_of(make) -> list[tuple[str, str, str]]:
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        make(connection)
        found = connection.exec_driver_sql("SELECT type, name, sql FROM sqlite_master").all()
    engine.dispose()
    return sorted((kind, name, re.sub(r"\s+", "", sql or "")) for kind, name, sql in found)


def test_the_migrations_from_nothing_give_the_schema_that_is_created():
    assert shape_of(migrating.run_scripts) == shape_of(schema.create_all)


def test_the_list_of_names_is_what_the_schema_makes():
    made = {(kind, name) for kind, name, _ in shape_of(schema.create_all)}
    assert {each for each in made if not each[1].startswith("sqlite_")} == schema_names.OBJECTS


def test_migrations_are_numbered_without_gaps_up_to_the_revision():
    numbers = sorted(path.name[1:5] for path in VERSIONS.glob("m*.py"))
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)]
    assert numbers[-1] == REVISION


@pytest.mark.parametrize("revision", [path.stem for path in sorted(DESKS.glob("*.head"))])
def test_a_desk_of_every_release_opens_and_verifies(revision, tmp_path):
    root = tmp_path / "desk"
    root.mkdir()
    packed = (DESKS / f"{revision}.sqlite3.gz").read_bytes()
    (root / "desk.sqlite3").write_bytes(gzip.decompress(packed))
    shutil.copy(DESKS / f"{revision}.head", root / "ledger.head")
    with Store.open(root) as store, store.snapshot() as tx:
        (order,) = tx.orders.find_by_number("8001")
        assert order.tracking == ("LP00123CN",)
        assert len(tx.facts.history(order.id)) == 42
        assert len(tx.facts.current(order.id)) == 41
        assert [case.number for case in tx.cases.list()] == [1001]
        assert tx.windows.list(order.id)
    assert verify(root) == ()
    with Reader(root) as reader:
        assert [row.id for row in reader.search("ёлкина чех")] == [order.id]
