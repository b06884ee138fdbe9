"""The running program: desks are swapped under the window, languages too, and it ends cleanly."""

import pytest
from PySide6.QtWidgets import QApplication

from disputedesk.common import texts
from disputedesk.common.clock import FixedClock
from disputedesk.desk.operations.settings import set_setting
from disputedesk.gui.places import Places
from disputedesk.gui.program import Program
from disputedesk.gui.rooms import ReviewFiles
from disputedesk.gui.single import Single, _paths_in
from tests.gui.stage import TODAY


@pytest.fixture
def program(qapp, qtbot, tmp_path):
    made = Program(FixedClock.on(TODAY), qapp, Places(None), tmp_path / "state")
    made.start(tmp_path / "mine", sample=False)
    yield made
    made.stop()
    made.window.close()
    made.window.deleteLater()
    qtbot.waitUntil(lambda: made._runner.running == 0)


def quiet(qtbot, program):
    qtbot.waitUntil(lambda: program._runner.running == 0, timeout=20_000)
    QApplication.sendPostedEvents(None, 0)
    qtbot.waitUntil(lambda: program._runner.running == 0)


def test_a_sample_desk_opens_in_place_and_goes_with_one_click(qtbot, program, tmp_path):
    quiet(qtbot, program)
    first = program.window
    first.sample_wanted.emit()
    qtbot.waitUntil(lambda: program.window is not first, timeout=60_000)
    quiet(qtbot, program)
    sample = program._desk
    assert sample.is_sample
    assert sample.folder != tmp_path / "mine"
    program.window._remove_sample()
    qtbot.waitUntil(lambda: program._desk is not sample)
    quiet(qtbot, program)
    assert program._desk.folder == tmp_path / "mine"
    assert not sample.folder.exists()


def test_the_window_speaks_another_language_at_once(qtbot, program):
    quiet(qtbot, program)
    first = program.window
    program._bridge.run(set_setting, "language", "ru")
    qtbot.waitUntil(lambda: program.window is not first)
    assert texts.language() == "ru"
    quiet(qtbot, program)
    program._bridge.run(set_setting, "language", "en")
    qtbot.waitUntil(lambda: texts.language() == "en")
    quiet(qtbot, program)


def test_closing_stops_the_work_and_the_desk(qtbot, program):
    quiet(qtbot, program)
    runner = program._runner
    program.stop()
    assert runner.running == 0 or runner._stopped
    assert program._desk is None


def test_a_second_start_hands_its_files_over_and_ends(qtbot, qapp, program, tmp_path):
    quiet(qtbot, program)
    asked = []
    program.window.desktop.answer(ReviewFiles, asked.append)
    mail = tmp_path / "order.eml"
    mail.write_text("Subject: x")
    qtbot.waitUntil(lambda: program._single._server is not None)
    second = Single(tmp_path / "mine", tmp_path / "state")
    assert not second.claim()
    assert second.hand_over([mail, tmp_path / "nowhere"])
    qtbot.waitUntil(lambda: bool(asked))
    assert asked == [ReviewFiles((mail,))]


def test_two_desks_do_not_hinder_each_other(qapp, tmp_path):
    first = Single(tmp_path / "one", tmp_path / "state")
    second = Single(tmp_path / "two", tmp_path / "state")
    assert first.claim()
    assert second.claim()
    first.release()
    again = Single(tmp_path / "one", tmp_path / "state")
    assert again.claim()
    again.release()
    second.release()


NOTHING = [b"", b"{", b'{"a": 1}', b"[1, null]", b'["/no/such/file"]', b"\xff"]


@pytest.mark.parametrize("data", NOTHING)
def test_a_message_that_names_no_files_names_none(data):
    assert _paths_in(data) == ()
