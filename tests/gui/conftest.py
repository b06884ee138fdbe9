"""A real desk behind a real window, offscreen; nothing is faked but the clock."""

import gc
import os
import shutil
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtWidgets import QApplication

from disputedesk.common import texts
from disputedesk.common.clock import FixedClock
from disputedesk.desk.desk import Desk
from disputedesk.desk.operations.cases import open_case
from disputedesk.desk.operations.orders import NewOrder, add_order
from disputedesk.desk.sample import make_sample_desk
from disputedesk.gui.bridge import Bridge
from disputedesk.gui.collecting import Collector
from disputedesk.gui.focus import FocusRing
from disputedesk.gui.jobs import JobRunner
from disputedesk.gui.places import Places
from disputedesk.gui.shell.main_window import MainWindow
from disputedesk.gui.theme import Theme, ThemeChoice
from disputedesk.model.money import Money
from disputedesk.model.problem import Problem
from tests.gui.stage import TODAY, day, timer

HERE = Path(__file__).parent

_PATIENCE_MS = 30_000
"""How long work may take before it counts as stuck: a first bundle on a busy machine takes 10 s."""


def pytest_collection_modifyitems(items):
    """The offscreen platform says of itself what it cannot do; that is no fault of ours."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support"))


@pytest.fixture(autouse=True)
def _english():
    texts.set_language("en")
    yield
    texts.set_language("en")


@pytest.fixture(scope="session", autouse=True)
def _collector(qapp):
    """Cycles are collected on the GUI thread, as in the program."""
    made = Collector()
    yield
    made.stop()


@pytest.fixture(autouse=True)
def _swept(_collector):
    yield
    gc.collect()


@pytest.fixture(scope="session")
def theme(qapp):
    made = Theme(qapp, ThemeChoice.LIGHT)
    made.ring = FocusRing(qapp, made)
    return made


@pytest.fixture
def desk(tmp_path):
    """An empty desk."""
    made = Desk.open(tmp_path / "desk", clock=FixedClock.on(TODAY))
    yield made
    made.close()


@pytest.fixture(scope="session")
def sample_folder(tmp_path_factory):
    """The sample desk as it is made, once for all; tests work on copies of it."""
    folder = tmp_path_factory.mktemp("samples") / "sample"
    make_sample_desk(folder, clock=FixedClock.on(TODAY)).close()
    return folder


@pytest.fixture
def sample_desk(sample_folder, tmp_path):
    """A sample desk of one's own: cases that lack nothing, papers, replies, refunds."""
    folder = shutil.copytree(sample_folder, tmp_path / "sample")
    made = Desk.open(folder, clock=FixedClock.on(TODAY))
    yield made
    made.close()


@pytest.fixture
def full_desk(desk):
    """A desk with a late parcel under dispute, a jacket on its way, and one without a clock."""
    filament = NewOrder(
        "aliexpress", "3064617543720042", "3D printer filament, 2 pcs", "InnoPioneer",
        day(-85), Money(4310, "USD"), None,
        {"shipped_on": day(-81), "promised_by": day(-12), "protection_ends_at": timer(-13)},
    )  # fmt: skip
    late = add_order(desk, filament).value
    open_case(desk, late, problem=Problem.NOT_RECEIVED)
    jacket = NewOrder(
        "aliexpress", "8123441190877777", "Winter jacket <b>size L</b>", "NordStyle",
        day(-50), Money(5990, "USD"), None,
        {"shipped_on": day(-46), "promised_by": day(4), "protection_ends_at": timer(19)},
    )  # fmt: skip
    add_order(desk, jacket)
    add_order(desk, NewOrder("amazon", "302-1", "Headphones", "", day(-3), Money(12900, "EUR")))
    return desk


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    made.stop()
    qapp.sendPostedEvents(None, 0)
    assert not made.running or made._stopped


@pytest.fixture
def bridge(desk, runner):
    return Bridge(desk, runner)


@pytest.fixture
def settle(qtbot, runner):
    """Waits until no work is running and what it told has been shown."""

    def wait():
        qtbot.waitUntil(lambda: runner.running == 0, timeout=_PATIENCE_MS)
        QApplication.sendPostedEvents(None, 0)
        qtbot.waitUntil(lambda: runner.running == 0, timeout=_PATIENCE_MS)

    return wait


@pytest.fixture
def make_window(qtbot, theme, bridge, settle):
    """Makes the window on the test's desk, shown and read."""

    def make(room="today", size=(1280, 800), places=None):
        theme.choose(ThemeChoice.LIGHT)
        window = MainWindow(bridge, theme, places or Places(None))
        qtbot.addWidget(window)
        window.resize(*size)
        with qtbot.waitActive(window):
            window.show()
        window.show_room(room)
        settle()
        return window

    return make
