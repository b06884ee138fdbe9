"""The running program: desks are swapped under the window, languages too, and it ends cleanly."""

import pytest
from PySide6.QtWidgets import QApplication

from disputedesk.common import texts
from disputedesk.common.clock import FixedClock
from disputedesk.desk.operations.settings import set_setting
from disputedesk.gui.places import Places
from disputedesk.gui.program import Program
from tests.gui.stage import TODAY


@pytest.fixture
def program(qapp, qtbot, tmp_path):
    made = Program(FixedClock.on(TODAY), qapp, Places(None))
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
