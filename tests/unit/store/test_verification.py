"""Tampering: each way of changing the files by hand is found and named; nothing else is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3

import pytest

from disputedesk.common.errors import Cancelled
from disputedesk.common.work import CancelToken
from disputedesk.model.case import Case, Document, DocumentKind, Evidence, Exhibit, Filing
from disputedesk.model.evidence import BundleRecord, Derivation, Derived
from disputedesk.model.fact import Fact
from disputedesk.model.problem import Problem
from disputedesk.store.anchor import write_head
from disputedesk.store.sealing import entry_hash
from disputedesk.store.values import FactEntry, Subject
from disputedesk.store.verification import Depth, expected_blobs, verify
from disputedesk.vault import Vault
from disputedesk.vault.checking import check_vault

DAY = dt.date(2026, 4, 1)


@pytest.fixture
def desk(store, basics):
    """A desk in which everything that can be sealed has happened."""
    order = basics.order.id
    vault = Vault(store.folder.root)
    with store.transaction() as tx:
        for number in range(5):
            tx.facts.record(order, Fact("expected_delivery", DAY + dt.timedelta(number)))
        tx.ledger.append("order.set", Subject("order", order), {"a": 1}, {"a": 2})
    with store.transaction() as tx:
        tx.facts.withdraw([2])
        tx.facts.record_many([FactEntry(order, Fact(f"n{i}", i)) for i in range(100)])
        tx.ledger.append("import", Subject("batch", 1))
    with store.transaction() as tx:
        case = tx.cases.add(Case(0, 0, order, basics.client.id, Problem.LATE, DAY)).id
        for name in (b"one", b"two", b"333"):
            sealed = vault.seal(name)
            tx.evidence.add(Evidence(0, sealed.sha256, sealed.size, "a", "text/plain", tx.at))
        paper = vault.seal(b"%PDF")
        tx.documents.add(
            Document(0, case, DocumentKind.LETTER, "f", "en", "T", "a.pdf", paper.sha256,
                     paper.size, 1, tx.at)
        )  # fmt: skip
        filing = tx.filings.add(Filing(0, case, "visa.13.1", "a", "s", DAY))
        tx.filings.update(dataclasses.replace(filing, reference="R1"))
        gone = tx.filings.add(Filing(0, case, "x", "a", "s", DAY))
        tx.filings.remove(gone.id)
        tx.ledger.append("case.open", Subject("case", case))
    return store


def tamper(store, *statements):
    """What somebody does with another SQLite program."""
    store.close()
    connection = sqlite3.connect(store.folder.database, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def places(store, **how):
    return [finding.where for finding in verify(store.folder.root, **how)]


def test_an_honest_desk_has_no_findings(desk):
    assert verify(desk.folder.root) == ()
    assert verify(desk.folder.root, Depth.QUICK) == ()
    assert check_vault(Vault(desk.folder.root), expected_blobs(desk.folder.root)) == ()


ROWS = [
    ("UPDATE fact SET value = 'on:2027-01-01' WHERE id = 5", "fact 5"),
    ("UPDATE fact SET recorded_at = '2020' WHERE id = 1", "fact 1"),
    ("UPDATE fact SET case_id = 1 WHERE id = 5", "fact 5"),
    ("UPDATE fact SET value = 'int:7' WHERE id = 50", "facts 6 to 105"),
    ("DELETE FROM fact WHERE id = 50", "facts 6 to 105"),
    ("DELETE FROM fact WHERE id = 5", "fact 5"),
    ("UPDATE fact SET superseded_by = NULL WHERE id = 1", "fact 1"),
    ("UPDATE fact SET superseded_by = 1 WHERE id = 5", "fact 5"),
    ("UPDATE fact SET withdrawn_at = NULL WHERE id = 2", "fact 2"),
    ("UPDATE fact SET withdrawn_at = '2026' WHERE id = 5", "fact 5"),
    ("INSERT INTO fact SELECT 999, order_id, case_id, 'forged', value, origin, note, evidence_id, "
     "recorded_at, batch_id, NULL, NULL FROM fact WHERE id = 5", "fact 999"),
    ("UPDATE filing SET filed_on = '2026-03-01'", "filing 1"),
    ("UPDATE filing SET granted = 1", "filing 1"),
    ("DELETE FROM filing", "filing 1"),
    ("UPDATE evidence SET captured_at = '2020' WHERE id = 2", "evidence 2"),
    ("UPDATE evidence SET name = 'b' WHERE id = 2", "evidence 2"),
    ("DELETE FROM evidence WHERE id = 3", "evidence 3"),
    ("UPDATE document SET sent_on = '2026-04-02'", "document 1"),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "where"), ROWS)
def test_a_row_changed_by_hand_is_found(desk, statement, where):
    tamper(desk, statement)
    assert where in places(desk)


def test_two_facts_swapped_by_hand_are_both_found(desk):
    tamper(
        desk,
        "UPDATE fact SET value = 'x' WHERE id = 4",
        "UPDATE fact SET value = (SELECT value FROM fact WHERE id = 5) WHERE id = 4",
        "UPDATE fact SET value = 'on:2026-04-04' WHERE id = 5",
    )
    assert {"fact 4", "fact 5"} <= set(places(desk))


LEDGER = [
    ("UPDATE ledger SET after = '{\"a\":3}' WHERE id = 1", "ledger entry 1"),
    ("UPDATE ledger SET at = '2020' WHERE id = 3", "ledger entry 3"),
    ("UPDATE ledger SET actor = 'nobody' WHERE id = 6", "ledger entry 6"),
    ("DELETE FROM ledger WHERE id = 3", "ledger entry 4"),
    ("UPDATE ledger SET id = id + 100 WHERE id = 3", "ledger entry 4"),
]


@pytest.mark.parametrize(("statement", "where"), LEDGER)
def test_an_edited_deleted_or_moved_entry_is_found_at_its_place(desk, statement, where):
    tamper(desk, statement)
    assert places(desk)[0] == where


def test_two_entries_in_each_others_place_are_found(desk):
    tamper(
        desk,
        "UPDATE ledger SET id = 99 WHERE id = 2",
        "UPDATE ledger SET id = 2 WHERE id = 3",
        "UPDATE ledger SET id = 3 WHERE id = 99",
    )
    assert "ledger entry 2" in places(desk)


@pytest.mark.parametrize("count", [1, 2, 3, 6])
def test_a_ledger_whose_end_was_cut_off_is_found(desk, count):
    tamper(desk, f"DELETE FROM ledger WHERE id > (SELECT max(id) FROM ledger) - {count}")
    assert str(desk.folder.head) in places(desk)


def test_a_whole_new_chain_is_found_while_the_head_is_kept(desk):
    desk.close()
    connection = sqlite3.connect(desk.folder.database, isolation_level=None)
    connection.execute("UPDATE ledger SET actor = 'forger' WHERE id = 1")
    previous = ""
    for raw in connection.execute("SELECT * FROM ledger ORDER BY id").fetchall():
        fresh = (*raw[:9], previous)
        previous = entry_hash(fresh)
        connection.execute(
            "UPDATE ledger SET previous_hash = ?, hash = ? WHERE id = ?",
            (fresh[9], previous, raw[0]),
        )
    connection.close()
    assert places(desk) == [str(desk.folder.head)]


def test_a_missing_head_is_a_warning_and_stays_one(desk):
    desk.folder.head.unlink()
    with desk.transaction() as tx:
        tx.ledger.append("x", Subject("order"))
    (finding,) = verify(desk.folder.root)
    assert not finding.is_damage


def test_a_head_with_nonsense_is_a_warning(desk):
    desk.folder.head.write_bytes(b"\xff\xfe nonsense")
    (finding,) = verify(desk.folder.root)
    assert not finding.is_damage


def test_a_reference_to_nothing_is_found(desk):
    tamper(desk, "DELETE FROM seller")
    assert "orders 1" in places(desk)


def test_a_search_index_that_lacks_orders_is_a_warning(desk):
    tamper(desk, "DELETE FROM order_search")
    (finding,) = verify(desk.folder.root)
    assert not finding.is_damage


def test_a_page_of_noise_is_found(desk):
    desk.close()
    path = desk.folder.database
    size = path.stat().st_size
    with path.open("r+b") as stream:
        stream.seek(4096 * 5)
        stream.write(b"\x5a" * (size - 4096 * 6))
    assert any(finding.is_damage for finding in verify(desk.folder.root))


def test_every_finding_is_whole_sentences(desk):
    tamper(desk, "DELETE FROM fact WHERE id = 5", "UPDATE ledger SET at = '2020' WHERE id = 3")
    for finding in verify(desk.folder.root):
        assert finding.what.endswith(".")
        assert finding.remedy.endswith(".")


def test_a_check_can_be_stopped(desk):
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        verify(desk.folder.root, cancel=token)


def test_a_check_while_somebody_writes_finds_nothing(desk):
    write_head(desk.folder.head, _head_of(desk))
    assert verify(desk.folder.root) == ()


def _head_of(store):
    with store.snapshot() as tx:
        return tx.ledger.head


def damaged(vault, name, how):
    sha256 = vault.seal(name).sha256
    path = vault.path(sha256)
    path.chmod(0o600)
    how(path)
    return path


VAULT = [
    (lambda path: path.unlink(), "missing"),
    (lambda path: path.write_bytes(b"onf"), "not what was sealed"),
    (lambda path: path.write_bytes(b"on"), "not what was sealed"),
    (lambda path: path.write_bytes(b""), "not what was sealed"),
]


@pytest.mark.parametrize(("how", "words"), VAULT)
def test_a_changed_vault_file_is_named_with_its_owner(desk, how, words):
    root = desk.folder.root
    vault = Vault(root)
    damaged(vault, b"one", how)
    (finding,) = check_vault(vault, expected_blobs(root))
    assert finding.is_damage
    assert words in finding.what
    assert "evidence 1" in finding.where


def test_two_vault_files_in_each_others_place_are_both_found(desk):
    root = desk.folder.root
    vault = Vault(root)
    one, two = (vault.path(vault.seal(name).sha256) for name in (b"one", b"two"))
    spare = one.with_name("spare")
    one.rename(spare)
    two.rename(one)
    spare.rename(two)
    found = check_vault(vault, expected_blobs(root))
    assert {("evidence 1" in each.where, "evidence 2" in each.what) for each in found} == {
        (True, True), (False, False),
    }  # fmt: skip
    assert all("exchanged" in each.what and "name again" in each.remedy for each in found)
    assert check_vault(vault, expected_blobs(root), every_byte=False) == ()


def test_a_vault_file_overwritten_by_another_says_whose_bytes_it_holds(desk):
    vault = Vault(desk.folder.root)
    one, two = (vault.path(vault.seal(name).sha256) for name in (b"one", b"two"))
    one.chmod(0o600)
    one.write_bytes(two.read_bytes())
    (finding,) = check_vault(vault, expected_blobs(desk.folder.root))
    assert "evidence 1" in finding.where
    assert "holds the bytes of evidence 2" in finding.what


def test_damage_is_told_with_the_case_and_the_exhibit(desk):
    with desk.transaction() as tx:
        (case,) = tx.cases.list()
        shown = tx.exhibits.add(Exhibit(0, case.id, tx.evidence.get(1), 0))
        copy = Vault(desk.folder.root).seal(b"blacked out")
        kept = tx.evidence.add(
            Evidence(0, copy.sha256, copy.size, "copy.txt", "text/plain", tx.at)
        )  # fmt: skip
        tx.derivations.add(Derivation(0, kept.id, 1, Derived.REDACTION, "", tx.at, "user"))
    vault = Vault(desk.folder.root)
    vault.path(copy.sha256).unlink()
    damaged(vault, b"one", VAULT[1][0])
    wheres = [each.where for each in check_vault(vault, expected_blobs(desk.folder.root))]
    assert any(f"case {case.number}, exhibit {shown.number}; evidence 1" in each for each in wheres)
    assert any(f"redacted copy of exhibit {shown.number}" in each for each in wheres)


def test_the_letter_inside_a_bundle_is_expected_in_the_vault(desk):
    root = desk.folder.root
    letter = Vault(root).seal(b"%PDF letter")
    with desk.transaction() as tx:
        tx.bundles.add(BundleRecord(1, 1, "", letter.sha256, 2, "", "{}"))
    assert check_vault(Vault(root), expected_blobs(root)) == ()
    Vault(root).path(letter.sha256).unlink()
    (finding,) = check_vault(Vault(root), expected_blobs(root))
    assert "letter of bundle 1" in finding.where


def test_another_time_stamp_is_no_finding_and_a_foreign_file_is_no_damage(desk):
    import os

    root = desk.folder.root
    vault = Vault(root)
    os.utime(vault.path(vault.seal(b"one").sha256), (1, 1))
    assert check_vault(vault, expected_blobs(root)) == ()
    vault.seal(b"an orphan of a crash")
    (vault.root / "Thumbs.db").write_bytes(b"x")
    found = check_vault(vault, expected_blobs(root))
    assert [finding.severity.value for finding in found] == ["warning", "notice"]
