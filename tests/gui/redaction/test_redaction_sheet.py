"""Blacking out in the desktop: by mouse, by keys alone, seen before it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog

from disputedesk.desk.operations.evidence import add_evidence
from disputedesk.gui.redaction.grips import CORNER, WHOLE, Grip, grip_at, pulled
from disputedesk.gui.redaction.history import BoxHistory
from disputedesk.gui.redaction.page_list import PageList
from disputedesk.gui.redaction.sheet import RedactionSheet
from disputedesk.gui.rooms import OpenCase, RedactEvidence
from disputedesk.media import tesseract
from disputedesk.media.redaction_boxes import Box
from disputedesk.model.ids import CaseId
from tests.gui.stage import dialog_of, marked_up, nameless
from tests.unit.media.conftest import CARD, SHOWN, a_pdf, a_picture, number_on, saved, words_on

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture(autouse=True)
def _blind(monkeypatch):
    monkeypatch.setattr(tesseract, "find_tesseract", lambda: None)


@pytest.fixture
def add(full_desk, tmp_path):
    """Keeps bytes as an exhibit of the first case."""

    def kept(name, data):
        path = tmp_path / name
        path.write_bytes(data)
        (number,) = add_evidence(full_desk, CaseId(1), [path]).value
        with full_desk.store.snapshot() as rows:
            return rows.exhibits.get(number)

    return kept


@pytest.fixture
def opened(qtbot, full_desk, make_window, settle):
    """Opens the sheet over the window for an exhibit."""

    def made(exhibit):
        window = make_window("cases")
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.desktop.ask(RedactEvidence(exhibit.evidence.id))
        settle()
        sheet = dialog_of(window, RedactionSheet)
        settle()
        qtbot.waitUntil(lambda: sheet.view is not None)
        settle()
        return sheet

    return made


@pytest.fixture
def picture(add):
    return add("receipt.png", saved(a_picture(), "PNG"))


def _drag(qtbot, canvas, start, end):
    """Draws with the mouse from one part of the page to another."""
    first, last = (
        QPoint(round(x * canvas.width()), round(y * canvas.height())) for x, y in (start, end)
    )
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=first)
    qtbot.mouseMove(canvas, (first + last) / 2)
    qtbot.mouseMove(canvas, last)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=last)


def _outgoing(desk, exhibit):
    with desk.store.snapshot() as rows:
        return rows.exhibits.get(exhibit.id).outgoing


def test_a_box_drawn_by_mouse_is_seen_in_the_copy_and_kept(qtbot, opened, picture, settle, desk):
    sheet = opened(picture)
    assert not sheet.look.isEnabled()
    _drag(qtbot, sheet.canvas, (SHOWN.left, SHOWN.top), (SHOWN.right, SHOWN.bottom))
    (box,) = sheet.history.now
    assert (box.left, box.bottom) == pytest.approx((SHOWN.left, SHOWN.bottom), abs=0.01)
    qtbot.mouseClick(sheet.look, Qt.MouseButton.LeftButton)
    settle()
    assert sheet.draft is not None
    assert "nothing is left under 1 box" in sheet._told.text()
    assert sheet.keep.isVisible()
    assert not sheet.look.isVisible()
    qtbot.mouseClick(sheet.keep, Qt.MouseButton.LeftButton)
    settle()
    assert _outgoing(desk, picture).name == "receipt-redacted.png"


def test_everything_can_be_done_with_keys_alone(qtbot, opened, picture, settle, desk):
    sheet = opened(picture)
    canvas = sheet.canvas
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    (first,) = sheet.history.now
    qtbot.keyClick(canvas, Qt.Key.Key_Left)
    qtbot.keyClick(canvas, Qt.Key.Key_Up)
    (moved,) = sheet.history.now
    assert (moved.left, moved.top) == pytest.approx((first.left - 0.01, first.top - 0.01))
    assert moved.right - moved.left == pytest.approx(first.right - first.left)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.history.now[0].right == pytest.approx(moved.right + 0.01)
    qtbot.keyClick(canvas, Qt.Key.Key_N)
    assert len(sheet.history.now) == 2
    qtbot.keyClick(canvas, Qt.Key.Key_Backtab)
    assert "Box 1 of 2" in canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert "Box 2 of 2" in canvas.accessibleDescription()
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert len(sheet.history.now) == 1
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert not canvas.hasFocus()
    sheet.look.setFocus()
    qtbot.keyClick(sheet.look, Qt.Key.Key_Space)
    settle()
    qtbot.keyClick(sheet.keep, Qt.Key.Key_Space)
    settle()
    assert _outgoing(desk, picture).id != picture.evidence.id


def test_boxes_are_taken_back_and_put_again_inside_the_sheet(qtbot, opened, picture):
    sheet = opened(picture)
    _drag(qtbot, sheet.canvas, (0.1, 0.1), (0.4, 0.3))
    _drag(qtbot, sheet.canvas, (0.2, 0.2), (0.3, 0.4))
    moved = sheet.history.now
    assert len(moved) == 1
    assert moved[0].left == pytest.approx(0.2, abs=0.01)
    qtbot.mouseClick(sheet.undo, Qt.MouseButton.LeftButton)
    assert sheet.history.now[0].left == pytest.approx(0.1, abs=0.01)
    sheet._redo()
    assert sheet.history.now == moved
    qtbot.mouseClick(sheet.undo, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.undo, Qt.MouseButton.LeftButton)
    assert sheet.history.now == ()
    assert not sheet.undo.isEnabled()


def test_a_click_draws_no_box(qtbot, opened, picture):
    sheet = opened(picture)
    qtbot.mouseClick(sheet.canvas, Qt.MouseButton.LeftButton)
    assert sheet.history.now == ()


def test_what_was_found_is_covered_with_one_click(qtbot, opened, add, settle):
    pages = [number_on, *[words_on(f"Page {at}") for at in range(2, 30)], number_on]
    sheet = opened(add("statement.pdf", a_pdf(*pages)))
    assert "2 places" in sheet._told.text()
    assert sheet.pages.pages.rowCount() == 30
    qtbot.mouseClick(sheet.cover, Qt.MouseButton.LeftButton)
    assert {box.page for box in sheet.history.now} == {1, 30}
    assert not sheet.cover.isVisible()
    assert sheet.pages.pages.data(sheet.pages.pages.index(29, 0)) == "Page 30 · ■ 1 box"
    qtbot.mouseClick(sheet.look, Qt.MouseButton.LeftButton)
    settle()
    assert sheet.draft.proof.pages == 30


def test_a_click_into_the_frame_covers_one_finding(qtbot, opened, add):
    sheet = opened(add("bill.pdf", a_pdf(number_on)))
    (found,) = sheet.view.found
    middle = QPoint(
        round((found.left + found.right) / 2 * sheet.canvas.width()),
        round((found.top + found.bottom) / 2 * sheet.canvas.height()),
    )
    qtbot.mouseClick(sheet.canvas, Qt.MouseButton.LeftButton, pos=middle)
    assert sheet.history.now == (found,)


def test_the_copy_can_be_left_for_the_boxes_again(qtbot, opened, picture, settle, desk):
    sheet = opened(picture)
    _drag(qtbot, sheet.canvas, (0.1, 0.1), (0.4, 0.3))
    sheet.make()
    settle()
    assert sheet.canvas.read_only
    _drag(qtbot, sheet.canvas, (0.5, 0.5), (0.6, 0.6))
    assert len(sheet.history.now) == 1
    qtbot.mouseClick(sheet.back, Qt.MouseButton.LeftButton)
    settle()
    assert not sheet.canvas.read_only
    assert _outgoing(desk, picture).id == picture.evidence.id
    sheet.reject()


def test_a_second_redaction_begins_with_the_boxes_of_the_first(qtbot, opened, picture, settle):
    sheet = opened(picture)
    _drag(qtbot, sheet.canvas, (0.1, 0.1), (0.4, 0.3))
    boxes = sheet.history.now
    sheet.make()
    settle()
    qtbot.mouseClick(sheet.keep, Qt.MouseButton.LeftButton)
    settle()
    again = opened(picture)
    assert [round(box.left, 4) for box in again.history.now] == [
        round(box.left, 4) for box in boxes
    ]
    again.reject()


def test_a_mail_is_shown_as_its_masked_words(qtbot, opened, add, settle, desk):
    mail = f"From: a@example.org\r\nTo: b@example.org\r\nSubject: Card\r\n\r\nCard {CARD}\r\n"
    exhibit = add("mail.eml", mail.encode())
    sheet = opened(exhibit)
    settle()
    assert "•••• 1111" in sheet.text.toPlainText()
    assert CARD not in sheet.text.toPlainText()
    assert not sheet.area.isVisible()
    qtbot.mouseClick(sheet.keep, Qt.MouseButton.LeftButton)
    settle()
    assert _outgoing(desk, exhibit).media_type == "text/plain"


def test_a_copy_that_fails_its_proof_is_told_in_the_sheet_and_not_offered(
    qtbot, opened, picture, settle, monkeypatch
):
    sheet = opened(picture)
    _drag(qtbot, sheet.canvas, (SHOWN.left, SHOWN.top), (SHOWN.right, SHOWN.bottom))
    monkeypatch.setattr("disputedesk.media.redaction_pictures.painted", lambda image, *_: image)
    sheet.make()
    settle()
    assert "does not hide what is under it" in sheet._told.text()
    assert not sheet.keep.isVisible()
    assert sheet.look.isEnabled()
    sheet.reject()


def test_a_broken_file_is_told_in_the_sheet(opened, add, full_desk, make_window, settle):
    window = make_window("cases")
    window.desktop.ask(RedactEvidence(add("bill.pdf", b"%PDF-1.7 cut").evidence.id))
    settle()
    sheet = dialog_of(window, RedactionSheet)
    settle()
    assert "damaged" in sheet._told.text()
    assert not sheet.look.isEnabled()
    sheet.reject()


def test_the_page_grows_and_boxes_stay_where_they_are(qtbot, opened, picture, settle):
    sheet = opened(picture)
    _drag(qtbot, sheet.canvas, (0.1, 0.1), (0.4, 0.3))
    boxes, wide = sheet.history.now, sheet.canvas.width()
    qtbot.mouseClick(sheet.larger, Qt.MouseButton.LeftButton)
    settle()
    assert sheet.canvas.width() == pytest.approx(1.5 * wide, abs=2)
    assert sheet.history.now == boxes
    qtbot.mouseClick(sheet.smaller, Qt.MouseButton.LeftButton)
    settle()
    assert sheet.canvas.width() == pytest.approx(wide, abs=2)
    assert not sheet.smaller.isEnabled()


def test_every_control_has_a_name_and_no_text_is_markup(opened, picture):
    sheet = opened(picture)
    assert nameless(sheet) == []
    assert marked_up(sheet) == []


def test_the_exhibits_of_a_case_lead_to_the_sheet(qtbot, full_desk, picture, make_window, settle):
    window = make_window("cases")
    window.desktop.ask(OpenCase(CaseId(1)))
    settle()
    card = window.room_view("cases").workspace.exhibits
    qtbot.mouseClick(card.black_out, Qt.MouseButton.LeftButton)
    settle()
    assert dialog_of(window, RedactionSheet).view.original.id == picture.evidence.id
    for dialog in window.findChildren(QDialog):
        dialog.reject()


def test_the_list_of_pages_keeps_to_the_rules_of_models(qtbot, qtmodeltester):
    pages = PageList()
    qtbot.addWidget(pages)
    pages.show_pages(3, (Box(2, 0, 0, 1, 1),), ())
    qtmodeltester.check(pages.pages)


SIDE = st.floats(0, 1)


@given(box=st.tuples(SIDE, SIDE, SIDE, SIDE), across=st.floats(-2, 2), down=st.floats(-2, 2),
       grip=st.sampled_from([WHOLE, CORNER, Grip.LEFT, Grip.TOP | Grip.RIGHT]))  # fmt: skip
def test_a_pulled_box_stays_straight_and_on_its_page(box, across, down, grip):
    left, right = sorted(box[:2])
    top, bottom = sorted(box[2:])
    moved = pulled(Box(1, left, top, right, bottom), grip, across, down)
    assert 0 <= moved.left <= moved.right <= 1
    assert 0 <= moved.top <= moved.bottom <= 1
    if grip == WHOLE:
        assert moved.right - moved.left == pytest.approx(right - left)


def test_a_box_is_held_by_its_sides_its_corners_or_its_middle():
    box, near = Box(1, 0.2, 0.2, 0.6, 0.4), (0.01, 0.01)
    assert grip_at(box, 0.4, 0.3, near) == WHOLE
    assert grip_at(box, 0.6, 0.4, near) == CORNER
    assert grip_at(box, 0.2, 0.3, near) == Grip.LEFT
    assert grip_at(box, 0.4, 0.2, near) == Grip.TOP
    assert grip_at(box, 0.9, 0.3, near) is None


def test_what_was_undone_is_forgotten_once_something_else_is_drawn():
    history = BoxHistory()
    one, two = (Box(1, 0, 0, 1, 1),), (Box(2, 0, 0, 1, 1),)
    history.take(one)
    history.undo()
    history.take(two)
    history.redo()
    assert history.now == two
    history.redo()
    assert history.now == two
