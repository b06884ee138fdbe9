"""Files brought in: seen first, kept by one press, taken back by another."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog

from disputedesk.common import texts
from disputedesk.desk.operations.people import NewClient, set_client
from disputedesk.desk.queries.orders import order_ids, order_rows
from disputedesk.desk.views import OrdersQuery
from disputedesk.gui.intake.entries import Entry, Group, Heading
from disputedesk.gui.intake.review_sheet import ReviewSheet
from disputedesk.gui.rooms import AddOrder, ChooseFiles, ReviewFiles
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")

AMAZON = (
    "Website,Order ID,Order Date,Purchase Order Number,Currency,Unit Price,Unit Price Tax,"
    "Shipping Charge,Total Discounts,Total Owed,Shipment Item Subtotal,"
    "Shipment Item Subtotal Tax,ASIN,Product Condition,Quantity,Payment Instrument Type,"
    "Order Status,Shipment Status,Ship Date,Shipping Option,Shipping Address,Billing Address,"
    "Carrier Name & Tracking Number,Product Name\n"
)


def _row(number, day, title, price="19.90"):
    return (
        f"Amazon.de,{number},{day}T10:00:00Z,Not Applicable,EUR,{price},0,0,0,{price},{price},0,"
        f"B000000001,New,1,Visa - 1234,Closed,Shipped,{day}T20:00:00Z,std,Anna,Anna,"
        f"DHL(00340434161094000000),{title}\n"
    )


@pytest.fixture
def export(tmp_path):
    """An export of two orders."""
    path = tmp_path / "Retail.OrderHistory.1.csv"
    rows = _row("305-1111111-1111111", "2026-10-01", "A lamp")
    rows += _row("305-2222222-2222222", "2026-11-02", "A <b>kettle</b>")
    path.write_text(AMAZON + rows, encoding="utf-8")
    return path


@pytest.fixture
def window(qtbot, desk, make_window):
    made = make_window("today")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def review(window, export, settle):
    window.desktop.ask(ReviewFiles((export,)))
    settle()
    return dialog_of(window, ReviewSheet)


def _count(desk):
    return len(order_ids(desk, OrdersQuery()))


def test_what_was_found_is_shown_and_nothing_is_kept_before(desk, review, export):
    entries = [row for row in review.list.found.rows if isinstance(row, Entry)]
    assert [entry.group for entry in entries] == [Group.NEW, Group.NEW]
    assert review.accept_button.text() == "Keep 2"
    assert _count(desk) == 0
    assert export.exists()


def test_one_press_keeps_and_the_bar_takes_it_back(qtbot, desk, window, review, settle):
    qtbot.mouseClick(review.accept_button, Qt.MouseButton.LeftButton)
    settle()
    assert _count(desk) == 2
    notice = window.notices.shown[-1]
    undo = next(b for b in notice.findChildren(type(review.cancel)) if b.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    settle()
    assert _count(desk) == 0


def test_space_unticks_and_enter_keeps_the_rest(qtbot, desk, review, settle):
    review.list.setFocus()
    qtbot.keyClick(review.list, Qt.Key.Key_Space)
    assert review.accept_button.text() == "Keep 1"
    qtbot.keyClick(review.list, Qt.Key.Key_Return)
    settle()
    assert _count(desk) == 1


def test_escape_leaves_with_nothing_kept(qtbot, desk, window, review, settle):
    qtbot.keyClick(review, Qt.Key.Key_Escape)
    settle()
    assert _count(desk) == 0
    assert not [s for s in window.findChildren(ReviewSheet) if s.isVisible()]


def test_with_nothing_ticked_the_button_says_why_it_is_off(qtbot, review):
    review.list.tick_all(on=False)
    assert not review.accept_button.isEnabled()
    assert "ticked" in review.reason.text()
    review.list.tick_all(on=True)
    assert review.accept_button.isEnabled()


def test_the_same_file_again_is_known_and_says_so(window, review, export, settle):
    review.accept_button.click()
    settle()
    window.desktop.ask(ReviewFiles((export,)))
    settle()
    again = dialog_of(window, ReviewSheet)
    assert again.empty.isVisible()
    assert "already" in again.empty.title.text()
    assert not again.accept_button.isVisible()
    again.close()


def test_a_file_nobody_understands_gets_a_sentence_and_a_door(window, tmp_path, settle):
    path = tmp_path / "notes.txt"
    path.write_text("Milk, bread and a new lamp.", encoding="utf-8")
    window.desktop.ask(ReviewFiles((path,)))
    settle()
    sheet = dialog_of(window, ReviewSheet)
    assert sheet.empty.isVisible()
    assert sheet.empty.title.text()
    asked = []
    window.desktop.answer(AddOrder, asked.append)
    door = next(b for b in sheet.empty.findChildren(type(sheet.cancel)) if b.isVisible())
    door.click()
    assert asked


def test_the_groups_have_headings_that_cannot_be_chosen(review):
    at = next(i for i, row in enumerate(review.list.found.rows) if isinstance(row, Heading))
    index = review.list.found.index(at, 0)
    assert not review.list.found.flags(index) & Qt.ItemFlag.ItemIsSelectable


def test_the_model_keeps_qt_s_rules(qtmodeltester, review):
    qtmodeltester.check(review.list.found)


def test_files_dropped_on_the_window_are_reviewed(qtbot, window, export, settle):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(export))])
    window.dropEvent(
        QDropEvent(QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                   Qt.KeyboardModifier.NoModifier)
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(window.findChildren(ReviewSheet)))
    settle()
    sheet = dialog_of(window, ReviewSheet)
    assert sheet.review.files[0].name == export.name
    sheet.close()


def test_choosing_files_opens_the_system_s_dialog_and_then_the_review(window, export, settle):
    window.desktop.ask(ChooseFiles())
    dialog = dialog_of(window, QFileDialog)
    dialog.filesSelected.emit([str(export)])
    dialog.close()
    settle()
    assert dialog_of(window, ReviewSheet).review is not None


def test_reading_can_be_stopped(qtbot, desk, window, export, settle):
    window.desktop.ask(ReviewFiles(tuple(export for _ in range(40))))
    sheet = dialog_of(window, ReviewSheet)
    sheet.reject()
    settle()
    assert _count(desk) == 0


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_control_has_a_name_and_no_label_reads_markup(
    desk, make_window, settle, export, language
):
    texts.set_language(language)
    window = make_window("today")
    window.desktop.ask(ReviewFiles((export,)))
    settle()
    assert nameless(window) == []
    assert marked_up(window) == []


def test_real_mails_are_grouped(window, settle):
    samples = Path(__file__).parents[4] / "shared" / "samples" / "mail"
    if not samples.is_dir():
        pytest.skip("the samples are not here")
    window.desktop.ask(ReviewFiles((samples,)))
    settle()
    sheet = dialog_of(window, ReviewSheet)
    groups = [row.group for row in sheet.list.found.rows if isinstance(row, Heading)]
    assert groups == sorted(groups, key=list(Group).index)
    assert Group.NEW in groups


def test_with_several_people_it_asks_whose_orders_they_are(desk, window, export, settle):
    for name, own in (("Anna", True), ("James", False)):
        set_client(desk, None, NewClient(name, is_self=own))
    window.desktop.ask(ReviewFiles((export,)))
    settle()
    sheet = dialog_of(window, ReviewSheet)
    assert sheet.whose.isVisible()
    sheet.whose.setCurrentIndex(sheet.whose.findText("James"))
    sheet.accept()
    settle()
    rows = order_rows(desk, order_ids(desk, OrdersQuery()))
    assert {row.client for row in rows} == {"James"}
