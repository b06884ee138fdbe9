"""The contact sheet costs what is seen of it, however much there is."""

import datetime as dt
from array import array

import pytest
from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt
from PySide6.QtGui import QImage

from disputedesk.common.work import CancelToken
from disputedesk.desk.evidence_views import EvidenceRow
from disputedesk.gui.evidence.contact_sheet import ContactSheet, marks_of, uses_of
from disputedesk.gui.evidence.grid import Grid
from disputedesk.gui.jobs import JobHandle
from disputedesk.gui.paged import BLOCK, PagedModel
from disputedesk.gui.rows import Column
from disputedesk.gui.thumbnails import Thumbnails, Wanted
from tests.gui.stage import TODAY

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


def a_row(number, **values):
    added = dt.datetime.combine(TODAY, dt.time(12), dt.UTC)
    fields = {
        "sha256": f"{number:064x}", "size": 5, "name": f"file {number}", "media_type": "text/plain",
        "added_at": added, "captured_at": None, "caption": "", "uses": (), "suspicions": 0,
        "has_copy": False, "made": "", **values,
    }  # fmt: skip
    return EvidenceRow(number, **fields)


class Rows:
    """Counts which rows a model asks for; answers through the real job runner."""

    def __init__(self, bridge, **values):
        self._bridge = bridge
        self._values = values
        self.asked = []

    def fetch(self, ids):
        self.asked.append(ids)
        return self._bridge.read(lambda _desk: [a_row(one, **self._values) for one in ids])


def _model(rows, count):
    column = Column("evidence", "Evidence", lambda row: row.name)
    model = PagedModel((column,), lambda row: row.id, rows.fetch)
    model.set_ids(array("q", range(count)))
    return model


@pytest.fixture
def make_sheet(qtbot, theme, bridge, settle):
    def make(count, size=(900, 700), **values):
        rows = Rows(bridge, **values)
        model = _model(rows, count)
        sheet = ContactSheet(bridge, model)
        model.setParent(sheet)
        qtbot.addWidget(sheet)
        sheet.resize(*size)
        sheet.show()
        qtbot.waitExposed(sheet)
        sheet.grab()
        settle()
        sheet.grab()
        settle()
        return sheet, rows

    return make


@pytest.mark.parametrize("count", [100, 10_000, 1_000_000])
def test_opening_reads_one_block_of_rows_however_many_there_are(make_sheet, count):
    sheet, rows = make_sheet(count)
    assert sum(len(ids) for ids in rows.asked) <= BLOCK
    first, last = sheet.lines_in_view()
    assert first == 0
    assert 0 < last < 60


def test_scrolling_to_the_end_reads_the_last_rows_and_none_between(make_sheet, settle):
    sheet, rows = make_sheet(10_000)
    bar = sheet.verticalScrollBar()
    bar.setValue(bar.maximum())
    sheet.grab()
    settle()
    assert sheet.lines_in_view()[1] == 9_999
    assert {one for ids in rows.asked for one in ids} <= {
        *range(BLOCK),
        *range(9_984 - BLOCK, 10_000),
    }


class _Plain(Grid):
    def __init__(self):
        super().__init__(QSize(100, 120))
        self.painted = []

    def paint_cell(self, painter, place, at, *, chosen):
        self.painted.append(at)


@pytest.fixture
def grid(qtbot, bridge):
    made = _Plain()
    made.rows = Rows(bridge)
    made.kept = _model(made.rows, 1_000)
    made.setModel(made.kept)
    qtbot.addWidget(made)
    made.resize(520, 400)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_a_point_and_the_cell_under_it_agree(grid):
    grid.verticalScrollBar().setValue(333)
    for at in range(*grid.lines_in_view()):
        place = grid.visualRect(grid.kept.index(at, 0))
        assert grid.indexAt(place.center()).row() == at
        assert grid.indexAt(place.topLeft()).row() == at
    assert not grid.indexAt(QPoint(5_000, 10)).isValid()


def test_only_cells_in_view_are_painted(grid):
    grid.painted.clear()
    grid.grab()
    first, last = grid.lines_in_view()
    assert set(grid.painted) == set(range(first, last + 1))


@pytest.mark.parametrize(
    ("key", "start", "end"),
    [
        (Qt.Key.Key_Right, 0, 1), (Qt.Key.Key_Left, 1, 0), (Qt.Key.Key_Left, 0, 0),
        (Qt.Key.Key_Down, 1, 6), (Qt.Key.Key_Up, 6, 1), (Qt.Key.Key_Up, 2, 2),
        (Qt.Key.Key_End, 3, 999), (Qt.Key.Key_Home, 500, 0), (Qt.Key.Key_PageDown, 0, 15),
        (Qt.Key.Key_PageUp, 17, 2), (Qt.Key.Key_Down, 997, 997),
    ],
)  # fmt: skip
def test_keys_lead_where_the_eye_expects(qtbot, grid, key, start, end):
    assert grid.columns == 5
    grid.setCurrentIndex(grid.kept.index(start, 0))
    qtbot.keyClick(grid, key)
    assert grid.currentIndex().row() == end
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()).center())


def test_a_click_chooses_and_enter_opens_what_was_chosen(qtbot, grid):
    place = grid.visualRect(grid.kept.index(7, 0)).center()
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert grid.currentIndex().row() == 7
    assert [index.row() for index in grid.selectedIndexes()] == [7]
    opened = []
    grid.opened.connect(opened.append)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert [index.row() for index in opened] == [7]


def test_another_width_keeps_the_topmost_cell(grid):
    grid.verticalScrollBar().setValue(120 * 40)
    assert grid.lines_in_view()[0] == 200
    grid.resize(320, 400)
    assert grid.columns == 3
    first = grid.lines_in_view()[0]
    assert first <= 200 < first + 3


def test_another_list_can_be_scrolled_to_its_end_at_once(grid):
    grid.kept.set_ids(array("q", range(50_000)))
    grid.scrollTo(grid.kept.index(49_999, 0))
    assert grid.lines_in_view()[1] == 49_999


def test_an_empty_sheet_has_nowhere_to_go(qtbot, grid):
    grid.kept.set_ids(array("q"))
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert not grid.currentIndex().isValid()
    qtbot.waitUntil(lambda: grid.verticalScrollBar().maximum() == 0)
    grid.grab()
    assert isinstance(grid.moveCursor(Grid.CursorAction.MoveNext, Qt.KeyboardModifier.NoModifier),
                      QModelIndex)  # fmt: skip


def test_the_paged_rows_keep_the_rules_of_qt(qtmodeltester, bridge, settle):
    model = _model(Rows(bridge), 300)
    settle()
    qtmodeltester.check(model)
    settle()


# -- pictures


class _Pictured:
    """Stands for a bridge whose reads end when the test says so."""

    def __init__(self):
        self.jobs = []

    def read(self, _query, sha256, *_rest):
        token = CancelToken()
        job = JobHandle(token)
        job.token, job.sha256 = token, sha256
        self.jobs.append(job)
        return job

    def end(self, image=None):
        job = self.jobs[-1]
        if job.token.is_cancelled:
            job.cancelled.emit()
        else:
            job.succeeded.emit(image)
        job.finished.emit()


def _image():
    return QImage(256, 256, QImage.Format.Format_RGB32)


def test_what_was_scrolled_away_is_not_read(qapp):
    bridge = _Pictured()
    pictures = Thumbnails(bridge)
    pictures.want([Wanted("a", "image/png"), Wanted("b", "image/png")])
    pictures.want([Wanted("c", "image/png")])
    assert bridge.jobs[0].token.is_cancelled
    bridge.end()
    assert [job.sha256 for job in bridge.jobs] == ["a", "c"]
    bridge.end(_image())
    assert pictures.waiting == 0
    assert pictures.image("c") is not None
    assert pictures.image("b") is None


def test_what_is_still_wanted_is_read_once_and_not_begun_again(qapp):
    bridge = _Pictured()
    pictures = Thumbnails(bridge)
    pictures.want([Wanted("a", "image/png"), Wanted("b", "image/png")])
    pictures.want([Wanted("b", "image/png"), Wanted("a", "image/png")])
    assert not bridge.jobs[0].token.is_cancelled
    bridge.end(_image())
    bridge.end(None)
    pictures.want([Wanted("a", "image/png"), Wanted("b", "image/png")])
    assert [job.sha256 for job in bridge.jobs] == ["a", "b"]


def test_pictures_are_kept_up_to_a_bound_and_the_oldest_go_first(qapp):
    bridge = _Pictured()
    pictures = Thumbnails(bridge, most_bytes=3 * 256 * 256 * 4)
    for name in "abcde":
        pictures.want([Wanted(name, "image/png")])
        bridge.end(_image())
        pictures.image("a")
    assert pictures.held_bytes <= 3 * 256 * 256 * 4
    assert pictures.image("a") is not None
    assert pictures.image("b") is None
    assert pictures.image("e") is not None


# -- words


def test_a_number_that_must_not_leave_is_marked_until_a_copy_hides_it():
    assert [mark.text for mark in marks_of(a_row(1, suspicions=2))] == ["shows a number"]
    assert [mark.text for mark in marks_of(a_row(1, suspicions=2, has_copy=True))] == ["redacted"]
    assert [mark.text for mark in marks_of(a_row(1, made="redaction"))] == ["redacted copy"]
    assert marks_of(a_row(1)) == ()


def test_where_it_is_used_is_told_in_a_few_words():
    assert uses_of(a_row(1)) == "in no case"
    assert uses_of(a_row(1, uses=((1001, 3),))) == "case 1001, exhibit 3"
    assert uses_of(a_row(1, uses=((1001, 3), (1002, 1)))) == "in 2 cases"
