"""What was sent to a destination fixes numbers, not pages; saving is whole or nothing."""

import dataclasses
import datetime as dt
import errno
import shutil

import pytest

from disputedesk.common.errors import DeskError, Refused
from disputedesk.desk import placing
from disputedesk.desk.operations import exhibits
from disputedesk.desk.operations.bundles import make_bundle
from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.operations.packets import make_packet
from disputedesk.desk.queries.cases import find_case
from disputedesk.model.ids import DocumentId
from disputedesk.papers.plan import RunKind, plan_of

SENT_ON = dt.date(2026, 11, 24)


@pytest.fixture
def case(sample):
    return find_case(sample, "1001")


def send(desk, document):
    with desk.transaction("test.send") as change:
        change.rows.documents.update(dataclasses.replace(document, sent_on=SENT_ON))


def packet(desk, case, profile, **asked):
    return make_packet(desk, case, profile=profile, language="en", **asked).value


def plan(desk, document):
    with desk.store.snapshot() as rows:
        return plan_of(rows.bundles.find(document.id).plan)


def numbers(desk, case):
    with desk.store.snapshot() as rows:
        return {each.evidence.id: each.number for each in rows.exhibits.list(case)}


@pytest.mark.parametrize("profile", ["visa", "paypal"])
def test_a_packet_that_was_sent_fixes_numbers_but_not_the_pages_of_the_next_bundle(
    sample, case, profile, tmp_path
):
    send(sample, packet(sample, case, profile).documents[0])
    (tmp_path / "later.txt").write_text("more words")
    before = numbers(sample, case)
    (added,) = add_evidence(sample, case, [tmp_path / "later.txt"]).value
    with pytest.raises(Refused):
        exhibits.move_exhibit(sample, exhibits_of(sample, case)[0].id, 3)
    exhibits.move_exhibit(sample, added, 1)
    exhibits.arrange_exhibits(sample, case)
    after = numbers(sample, case)
    assert {one: after[one] for one in before} == before
    (document,) = make_bundle(sample, case, language="en").value
    runs = plan(sample, document).runs
    assert [run.kind for run in runs].count(RunKind.INDEX) == 1
    assert [run.number for run in runs if run.kind is RunKind.EXHIBIT] == [1, 2, 3, 4, 5]


def exhibits_of(desk, case):
    with desk.store.snapshot() as rows:
        return rows.exhibits.list(case)


def test_a_bundle_follows_the_last_bundle_and_not_a_packet_sent_since(sample, case, tmp_path):
    (first,) = make_bundle(sample, case, language="en").value
    send(sample, first)
    send(sample, packet(sample, case, "visa").documents[0])
    (tmp_path / "later.txt").write_text("more words")
    add_evidence(sample, case, [tmp_path / "later.txt"])
    (second,) = make_bundle(sample, case, language="en").value
    then, now = plan(sample, first), plan(sample, second)
    assert now.runs[: len(then.runs) - 1] == then.runs[:-1]
    assert [run.number for run in now.runs if run.kind is RunKind.INDEX] == [1, 2]


def test_an_exhibit_that_only_a_packet_left_out_keeps_its_number_too(sample, case):
    document = packet(sample, case, "paypal").documents[0]
    whole = plan(sample, document)
    without = dataclasses.replace(whole, exhibits=(whole.exhibits[0], *whole.exhibits[2:]))
    with sample.transaction("test.send") as change:
        other = dataclasses.replace(document, id=DocumentId(0), sent_on=SENT_ON)
        sent = change.rows.documents.add(other)
        record = change.rows.bundles.find(document.id)
        told = dataclasses.replace(record, document=sent.id, plan=without.json())
        change.rows.bundles.add(told)
    before = numbers(sample, case)
    exhibits.remove_exhibit(sample, exhibits_of(sample, case)[1].id)
    exhibits.arrange_exhibits(sample, case)
    assert numbers(sample, case) == before


# -- whole or nothing ------------------------------------------------------------------------------


def documents(desk, case):
    with desk.store.snapshot() as rows:
        return rows.documents.list(case)


@pytest.fixture
def full(monkeypatch):
    """A disk that is full after the second file."""
    real, done = shutil.copyfileobj, []

    def copy(read, written, length=0):
        if len(done) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        done.append(1)
        real(read, written, length)

    monkeypatch.setattr(placing.shutil, "copyfileobj", copy)


@pytest.mark.parametrize("there", [False, True])
def test_a_full_disk_leaves_neither_files_nor_a_paper(sample, case, tmp_path, full, there):
    target = tmp_path / "deep" / "out"
    if there:
        target.mkdir(parents=True)
    before = documents(sample, case)
    with pytest.raises(DeskError, match="No space left"):
        packet(sample, case, "paypal", target=target)
    assert documents(sample, case) == before
    assert target.exists() == there
    assert not there or not list(target.iterdir())


def test_files_that_cannot_be_named_leave_neither_files_nor_a_paper(
    sample, case, tmp_path, monkeypatch
):
    real = placing.Path.replace
    moved = []

    def replace(self, target):
        if self.parent.name.startswith(".placing-"):
            if len(moved) == 2:
                raise OSError(errno.EIO, "Input/output error")
            moved.append(target)
        return real(self, target)

    monkeypatch.setattr(placing.Path, "replace", replace)
    before = documents(sample, case)
    with pytest.raises(DeskError):
        packet(sample, case, "paypal", target=tmp_path / "out")
    assert len(moved) == 2
    assert documents(sample, case) == before
    assert not (tmp_path / "out").exists()


def test_a_place_below_a_file_is_told_and_the_old_file_stays(sample, case, tmp_path):
    (tmp_path / "file").write_text("mine")
    before = documents(sample, case)
    with pytest.raises(DeskError):
        packet(sample, case, "visa", target=tmp_path / "file" / "v.pdf")
    assert (tmp_path / "file").read_text() == "mine"
    assert documents(sample, case) == before


def test_one_pdf_takes_the_place_of_the_old_one(sample, case, tmp_path):
    target = tmp_path / "v.pdf"
    target.write_text("old")
    made = packet(sample, case, "visa", target=target)
    assert sample.vault.read(made.documents[0].sha256) == target.read_bytes()
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".placing")] == []
