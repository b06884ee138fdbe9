"""A desk of an older program is brought up to date by whatever is done with it first."""

from __future__ import annotations

import datetime as dt
import sqlite3
from pathlib import Path

import pytest

from disputedesk.cli.main import main
from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.queries.today import today_view
from disputedesk.store.revision import REVISION, OldDeskError

FIRST = "0001"
LATER = ("arrival", "derivation", "reading", "suspicion", "standing", "claim_link", "bundle",
         "evidence_search", "counterclaim_exhibit", "counterclaim", "merchant_reply", "batch_line",
         "letter_batch", "case_addressee", "addressee", "mandate", "letterhead", "credit",
         "bank_field", "bank_form", "posting", "copied_field", "platform_word")  # fmt: skip
"""The tables that came with the revisions after the second."""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A desk as the first program made it: without what came with the revisions after it."""
    root = tmp_path / "desk"
    desk = Desk.open(root, clock=FixedClock.on(dt.date(2026, 11, 1)))
    order = NewOrder("aliexpress", "8190000000000001", "Lamp", ordered_on=dt.date(2026, 10, 1))
    add_order(desk, order)
    desk.close()
    connection = sqlite3.connect(root / "desk.sqlite3")
    connection.execute("DROP INDEX ix_window_theirs")
    for table in LATER:
        connection.execute(f"DROP TABLE {table}")
    connection.execute("UPDATE alembic_version SET version_num = ?", (FIRST,))
    connection.commit()
    connection.close()
    return root


def revision(root: Path) -> str:
    connection = sqlite3.connect(root / "desk.sqlite3")
    try:
        ((number,),) = connection.execute("SELECT version_num FROM alembic_version")
    finally:
        connection.close()
    return str(number)


def test_a_room_can_be_read_first(old: Path) -> None:
    desk = Desk.open(old, clock=FixedClock.on(dt.date(2026, 11, 23)))
    assert today_view(desk).today == dt.date(2026, 11, 23)
    desk.close()
    assert revision(old) == REVISION


@pytest.mark.parametrize("words", [["due"], ["orders"], ["verify"], ["rules", "history"]])
def test_a_command_can_be_the_first(old: Path, words: list[str]) -> None:
    assert not main(["--desk", str(old), "--today", "2026-11-23", *words])
    assert revision(old) == REVISION


def test_a_desk_that_may_not_be_written_stays_as_it_is(old: Path) -> None:
    desk = Desk.open(old, read_only=True)
    with pytest.raises(OldDeskError):
        desk.reader()
    desk.close()
    assert revision(old) == FIRST
