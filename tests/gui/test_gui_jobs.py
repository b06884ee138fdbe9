"""Work leaves the GUI thread and always tells how it ended."""

import sys
import threading

import pytest
from PySide6.QtCore import QObject, QThread, Signal

from disputedesk.common.errors import Refused
from disputedesk.gui.jobs import JobRunner


def test_a_job_gives_its_value_on_the_gui_thread(qtbot, runner, qapp):
    threads, values = [], []
    handle = runner.start(lambda _p, _t: threading.get_ident(), writes=False)
    handle.succeeded.connect(lambda _value: threads.append(QThread.currentThread()))
    handle.succeeded.connect(values.append)
    with qtbot.waitSignal(handle.finished):
        pass
    assert values != [threading.get_ident()]
    assert threads == [qapp.thread()]
    assert handle.is_over


def test_a_failure_is_handed_over_whole(qtbot, runner):
    def work(_progress, _token):
        raise Refused("It was not taken.", "a.csv", "Try again.")

    handle = runner.start(work, writes=True)
    with qtbot.waitSignal(handle.failed) as seen:
        pass
    assert isinstance(seen.args[0], Refused)
    assert seen.args[0].where == "a.csv"


def test_a_cancelled_job_ends_as_cancelled_and_not_as_failed(qtbot, runner):
    started = threading.Event()

    def work(progress, token):
        started.set()
        while True:
            progress("counting", 1, 0)

    handle = runner.start(work, writes=False)
    failures = []
    handle.failed.connect(failures.append)
    qtbot.waitUntil(started.is_set)
    with qtbot.waitSignal(handle.cancelled):
        handle.cancel()
    qtbot.waitUntil(lambda: handle.is_over)
    assert failures == []


def test_progress_is_told_with_words_and_numbers(qtbot, runner):
    handle = runner.start(lambda progress, _t: progress("reading", 3, 3), writes=False)
    with qtbot.waitSignal(handle.progressed) as seen:
        pass
    assert seen.args == ["reading", 3, 3]


def test_writers_wait_for_each_other_and_readers_do_not_wait_for_them(qtbot, runner):
    gate, order = threading.Event(), []

    def slow(_progress, _token):
        gate.wait(5)
        order.append("first writer")

    first = runner.start(slow, writes=True)
    second = runner.start(lambda _p, _t: order.append("second writer"), writes=True)
    reader = runner.start(lambda _p, _t: order.append("reader"), writes=False)
    qtbot.waitUntil(lambda: reader.is_over)
    gate.set()
    qtbot.waitUntil(lambda: first.is_over and second.is_over)
    assert order == ["reader", "first writer", "second writer"]


def test_stop_ends_everything_and_waits(qtbot):
    runner = JobRunner()
    begun, ended = threading.Event(), threading.Event()

    def work(progress, token):
        begun.set()
        try:
            while True:
                progress("counting", 1, 0)
        finally:
            ended.set()

    handle = runner.start(work, writes=True)
    waiting = runner.start(lambda _p, _t: None, writes=True)
    qtbot.waitUntil(begun.is_set)
    runner.stop()
    assert ended.is_set()
    qtbot.waitUntil(lambda: handle.is_over and waiting.is_over)


def test_many_short_jobs_lose_no_ending(qtbot, runner):
    ended = []
    handles = [runner.start(lambda _p, _t, n=n: n, writes=n % 2 == 0) for n in range(300)]
    for handle in handles:
        handle.succeeded.connect(ended.append)
    qtbot.waitUntil(lambda: runner.running == 0, timeout=10_000)
    assert sorted(ended) == list(range(300))


class _Emitter(QObject):
    told = Signal(bool, object)


@pytest.mark.parametrize("value", [True, None], ids=["True", "None"])
def test_emitting_loses_no_reference_to_what_everybody_shares(qapp, value):
    held = [value] * 4000  # a faulty Qt would take these first, and not the interpreter's own
    emitter = _Emitter()
    emitter.told.connect(lambda flag, thing: None)
    before = sys.getrefcount(value)
    for _ in range(1000):
        emitter.told.emit(True, None)
        emitter.setObjectName("a")
    after = sys.getrefcount(value)
    assert after >= before - 50
    assert len(held) == 4000
