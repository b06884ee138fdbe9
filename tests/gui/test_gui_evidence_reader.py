"""Evidence is read behind the screens: soon after it came, and never in their way."""

import threading
import time

import pytest

from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.desk.queries.suspicions import suspicions_of
from disputedesk.gui.shell.evidence_reader import EvidenceReader
from disputedesk.media import ocr
from disputedesk.model.ids import CaseId

PAN = "4111 1111 1111 1111"


@pytest.fixture(autouse=True)
def _no_pictures(monkeypatch):
    monkeypatch.setattr(ocr, "can_read_pictures", lambda: False)


@pytest.fixture
def reader(full_desk, bridge, runner):
    made = EvidenceReader(bridge, runner)
    yield made
    made.rest()


@pytest.fixture
def note(tmp_path):
    path = tmp_path / "note.txt"
    path.write_text(f"card {PAN}")
    return path


def test_what_comes_is_read_by_itself_and_the_case_is_told(reader, bridge, note, qtbot, settle):
    told = []
    bridge.changed.connect(lambda changes, initiator: told.append((changes, initiator)))
    bridge.run(add_evidence, CaseId(1), [note])
    qtbot.waitUntil(lambda: any(who is reader for _, who in told), timeout=10_000)
    (changes,) = [changes for changes, who in told if who is reader]
    assert CaseId(1) in changes.cases
    assert [each.shown for each in suspicions_of(bridge.desk, CaseId(1))] == ["•••• 1111"]


def test_its_own_news_does_not_make_it_read_again(reader, bridge, note, settle):
    add_evidence(bridge.desk, CaseId(1), [note])
    reader.look()
    settle()
    assert not reader._soon.isActive()


def test_more_than_one_round_is_read_to_the_end(reader, bridge, tmp_path, qtbot):
    paths = []
    for number in range(6):
        path = tmp_path / f"{number}.txt"
        path.write_text(f"{number}: {PAN}")
        paths.append(path)
    add_evidence(bridge.desk, CaseId(1), paths)
    reader.look()
    qtbot.waitUntil(lambda: len(suspicions_of(bridge.desk, CaseId(1))) == 6, timeout=10_000)


def test_slow_reading_keeps_neither_screens_nor_operations_waiting(bridge, qtbot, settle):
    free = threading.Event()

    def slow(_desk):
        free.wait(10)

    handle = bridge.run_behind(None, slow)
    try:
        works = [bridge.read(lambda _desk: 7), bridge.run(lambda _desk: None)]
        qtbot.waitUntil(lambda: all(work.is_over for work in works), timeout=5_000)
        assert not handle.is_over
    finally:
        free.set()
    settle()


def test_closing_stops_it(reader, bridge, runner, monkeypatch, qtbot):
    from disputedesk.desk.operations import reading

    begun = threading.Event()

    def endless(_desk, *, most, cancel):
        begun.set()
        while True:
            cancel.check()
            time.sleep(0.01)

    monkeypatch.setattr(reading, "read_new_evidence", endless)
    reader.look()
    assert begun.wait(5)
    begin = time.monotonic()
    reader.rest()
    runner.stop()
    assert time.monotonic() - begin < 2
    reader.look()
    assert runner.running <= 1
