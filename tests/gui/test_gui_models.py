"""Models keep Qt's rules, and lists keep their place."""

import dataclasses
import time
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputedesk.gui.jobs import JobRunner
from disputedesk.gui.paged import BLOCK, PagedModel
from disputedesk.gui.rows import Column, RowModel, RowRole, SortRole, ToneRole
from disputedesk.gui.table import copy_rows
from disputedesk.gui.tokens import Tone


@dataclasses.dataclass(frozen=True)
class Thing:
    key: int
    name: str = "thing"


COLUMNS = (
    Column("name", "Name", lambda thing: thing.name),
    Column(
        "key", "Key", lambda thing: str(thing.key), sort=lambda thing: thing.key,
        tone=lambda thing: Tone.SOON, right=True,
    ),
)  # fmt: skip


def a_model(*keys):
    model = RowModel(COLUMNS, lambda thing: thing.key)
    model.set_rows([Thing(key) for key in keys])
    return model


def test_a_row_model_keeps_the_rules_of_qt(qtmodeltester):
    model = a_model(1, 2, 3)
    qtmodeltester.check(model)


def test_a_row_model_answers_its_roles(qapp):
    model = a_model(7)
    index = model.index(0, 1)
    assert index.data() == "7"
    assert index.data(RowRole) == Thing(7)
    assert index.data(SortRole) == 7
    assert Tone(index.data(ToneRole)) is Tone.SOON
    assert model.headerData(1, model_orientation()) == "Key"


def model_orientation():
    from PySide6.QtCore import Qt

    return Qt.Orientation.Horizontal


def test_a_changed_row_is_told_alone(qapp):
    model = a_model(1, 2, 3)
    told, resets = [], []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model.modelReset.connect(lambda: resets.append(1))
    model.set_rows([Thing(1), Thing(2, "new"), Thing(3)])
    assert told == [(1, 1)]
    assert not resets


@given(st.lists(st.integers(0, 20), unique=True), st.lists(st.integers(0, 20), unique=True))
def test_whatever_changes_the_model_shows_the_new_rows(before, after):
    model = a_model(*before)
    model.set_rows([Thing(key, "new") for key in after])
    assert model.rows == tuple(Thing(key, "new") for key in after)
    assert all(model.find(key) == at for at, key in enumerate(after))


def test_kept_rows_keep_their_selection(qapp):
    from PySide6.QtCore import QPersistentModelIndex

    model = a_model(1, 2, 3, 4)
    kept = QPersistentModelIndex(model.index(2, 0))
    model.set_rows([Thing(0), Thing(3), Thing(4), Thing(5)])
    assert kept.isValid()
    assert kept.data(RowRole) == Thing(3)


@pytest.fixture
def paged(qtbot, runner: JobRunner):
    asked = []

    def fetch(ids):
        asked.append(ids)
        return runner.start(lambda _p, _t: tuple(Thing(one) for one in ids), writes=False)

    model = PagedModel(COLUMNS, lambda thing: thing.key, fetch)
    model.asked = asked
    return model


def test_a_paged_model_keeps_the_rules_of_qt(qtmodeltester, paged, runner, qtbot):
    paged.set_ids(array("q", range(300)))
    qtmodeltester.check(paged)
    qtbot.waitUntil(lambda: runner.running == 0)


def test_a_row_shows_a_sign_of_waiting_and_then_itself(qtbot, paged):
    paged.set_ids(array("q", range(1000)))
    assert paged.index(0, 0).data() == "…"
    with qtbot.waitSignal(paged.filled):
        pass
    assert paged.index(0, 0).data() == "thing"
    assert paged.index(BLOCK - 1, 1).data() == str(BLOCK - 1)


def test_a_long_list_fetches_only_what_is_looked_at(qtbot, paged):
    paged.set_ids(array("q", range(100_000)))
    with qtbot.waitSignal(paged.filled):
        assert paged.index(99_999, 0).data() == "…"
    assert paged.index(99_999, 1).data() == "99999"
    assert len(paged.asked) == 1


def test_fast_scrolling_asks_for_what_is_on_the_screen_now(qtbot, paged, runner):
    paged.set_ids(array("q", range(100_000)))
    for at in range(0, 90_000, 500):
        paged.index(at, 0).data()
    paged.index(90_000, 0).data()
    qtbot.waitUntil(lambda: paged.row_at(paged.index(90_000, 0)) is not None)
    qtbot.waitUntil(lambda: runner.running == 0)
    assert len(paged.asked) < 12


def test_an_answer_to_an_older_query_is_dropped(qtbot, paged, runner):
    paged.set_ids(array("q", range(200)))
    paged.index(0, 0).data()
    qtbot.waitUntil(lambda: bool(paged.asked))
    paged.set_ids(array("q", [900, 901]))
    qtbot.waitUntil(lambda: runner.running == 0)
    paged.index(0, 0).data()
    qtbot.waitUntil(lambda: paged.row_at(paged.index(0, 0)) is not None)
    assert paged.row_at(paged.index(0, 0)) == Thing(900)


def test_a_hundred_thousand_ids_are_shown_at_once(paged):
    ids = array("q", range(100_000))
    begun = time.perf_counter()
    paged.set_ids(ids)
    assert paged.rowCount() == 100_000
    assert time.perf_counter() - begun < 0.05
    assert paged.find(99_999) == 99_999
    assert paged.find(-5) == -1


def test_copied_rows_are_text_for_a_spreadsheet_and_no_formula(qapp):
    from PySide6.QtGui import QGuiApplication

    rows = [Thing(1, "=1+1"), Thing(2, "two\tlines\nhere")]
    text = copy_rows(COLUMNS, rows)
    assert text == "Name\tKey\n'=1+1\t1\ntwo lines here\t2\n"
    assert QGuiApplication.clipboard().text() == text
