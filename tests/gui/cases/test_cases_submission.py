"""A dispute text walked through: one button, what was copied is kept, and the form is filed."""

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest

from disputedesk.desk.operations.cases import set_case
from disputedesk.desk.operations.evidence import PastedImage, add_evidence
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import case_detail, case_rows
from disputedesk.desk.queries.papers import document_bytes
from disputedesk.desk.queries.submissions import submission_walk
from disputedesk.gui.answering import AnswerField
from disputedesk.gui.cases.filed_sheet import FiledSheet
from disputedesk.gui.cases.submission_sheet import SubmissionSheet
from disputedesk.gui.rooms import OpenCase
from disputedesk.model.case import Wish
from tests.gui.cases.test_cases_sheets import _answer_all
from tests.gui.stage import dialog_of, marked_up, nameless

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def window(qtbot, full_desk, make_window):
    made = make_window("cases")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


@pytest.fixture
def space(desk, window, settle):
    """The workspace of the one case."""
    (row,) = case_rows(desk)
    window.desktop.ask(OpenCase(row.id))
    settle()
    return window.room_view("cases").workspace


@pytest.fixture
def open_sheet(window, space, settle):
    """Opens the sheet of the case's dispute text, its questions answered."""

    def open_it():
        choice = next(p for p in space.detail.papers if p.kind == "submission")
        space.acts.prepare(choice)
        settle()
        sheet = dialog_of(window, SubmissionSheet)
        if sheet.findChildren(AnswerField):
            _answer_all(sheet, settle)
        settle()
        return sheet

    return open_it


@pytest.fixture
def sheet(open_sheet):
    return open_sheet()


def clipboard():
    return QGuiApplication.clipboard().text()


def copy(sheet, settle):
    QTest.mouseClick(sheet.copy_next, Qt.MouseButton.LeftButton)
    settle()
    settle()


def turn_to(sheet, name):
    sheet.steps.setCurrentRow([step.name for step in sheet.walk.steps].index(name))


def test_one_button_copies_every_step_in_order_and_marks_it(sheet, settle):
    names = [step.name for step in sheet.walk.steps]
    assert names[:4] == ["reason", "wish", "amount", "text"]
    for at, step in enumerate(sheet.walk.steps):
        assert sheet.page.step.name == step.name
        copy(sheet, settle)
        if step.text:
            assert clipboard() == step.text
        assert sheet.steps.item(at).text().startswith("✓")
    assert sheet.walk.next is None
    assert nameless(sheet) == []
    assert marked_up(sheet) == []


def test_the_shortcut_does_what_the_button_does(sheet, settle):
    QTest.keyClick(sheet, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle()
    settle()
    assert sheet.page.step.name == "wish"


def test_it_goes_on_where_it_stopped_after_closing(sheet, open_sheet, settle):
    copy(sheet, settle)
    copy(sheet, settle)
    sheet.reject()
    settle()
    again = open_sheet()
    assert again.page.step.name == "amount"
    assert again.steps.item(0).text().startswith("✓")


def test_an_edited_text_is_what_is_copied_and_sealed_and_closing_loses_nothing(
    desk, space, sheet, open_sheet, settle
):
    turn_to(sheet, "text")
    sheet.page.editor.setPlainText("Pay me back. Card 4111 1111 1111 1111.")
    settle()
    sheet.reject()
    settle()
    again = open_sheet()
    turn_to(again, "text")
    assert again.page.text.startswith("Pay me back.")
    copy(again, settle)
    assert clipboard().startswith("Pay me back.")
    assert "4111 1111 1111 1111" not in clipboard()
    document = case_detail(desk, space.detail.case.id).documents[-1]
    assert clipboard() in document_bytes(desk, document.id).decode()


def test_an_edit_stays_while_other_steps_are_looked_at(sheet):
    turn_to(sheet, "text")
    sheet.page.editor.setPlainText("Mine.")
    turn_to(sheet, "amount")
    turn_to(sheet, "text")
    assert sheet.page.text == "Mine."


def test_the_counter_follows_the_words_and_only_a_published_limit_stops(sheet):
    turn_to(sheet, "text")
    limit = sheet.page.step.field.limit
    sheet.page.editor.setPlainText("x" * (limit + 7))
    assert "7 too many" in sheet.page.count.text()
    assert sheet.copy_next.isEnabled(), "the limit is a working limit of ours"


def test_a_change_of_the_case_is_told_and_taken_up(desk, space, sheet, open_sheet, settle):
    copy(sheet, settle)
    sheet.reject()
    settle()
    set_case(desk, space.detail.case.id, wish=Wish.PART_REFUND, narrative="It is another story.")
    again = open_sheet()
    assert again.changed.isVisible()
    turn_to(again, "text")
    assert "another story" not in again.page.text
    again._renew()
    settle()
    assert not again.changed.isVisible()
    turn_to(again, "text")
    assert "another story" in again.page.text


def test_a_story_without_end_is_counted_and_not_cut(desk, space, open_sheet):
    set_case(desk, space.detail.case.id, narrative="word " * 20_000)
    sheet = open_sheet()
    turn_to(sheet, "text")
    assert "too many" in sheet.page.count.text()
    assert sheet.page.text.count("word ") >= 19_999


def test_words_of_the_platform_are_kept_for_the_next_time(desk, space, sheet, settle):
    turn_to(sheet, "reason")
    sheet.page.editor.setText("Parcel is lost")
    assert sheet.page.keep.isVisible()
    QTest.mouseClick(sheet.page.keep, Qt.MouseButton.LeftButton)
    settle()
    settle()
    case = space.detail.case.id
    form = sheet.walk.written.form
    walk = submission_walk(desk, case, form=form, language="en")
    assert walk.written.field("reason").text == "Parcel is lost"


def test_text_and_files_are_saved_and_the_folder_is_known_then(
    desk, space, open_sheet, tmp_path, *, qtbot, settle
):
    picture = QImage(40, 40, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    place = tmp_path / "shot.png"
    assert picture.save(str(place))
    add_evidence(desk, space.detail.case.id, [place])
    sheet = open_sheet()
    folder = tmp_path / "upload"
    sheet.save_to(str(folder))
    qtbot.waitUntil(lambda: bool(sheet.walk and sheet.walk.folder), timeout=60_000)
    settle()
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 2
    turn_to(sheet, "file 1")
    assert sheet.page.step.text in names
    assert sheet.page.folder.text() == "Open the folder"


def test_what_was_filed_keeps_its_confirmation_and_can_be_taken_back(
    window, space, sheet, tmp_path, settle
):
    receipt = tmp_path / "confirmation.txt"
    receipt.write_text("We have your dispute")
    QTest.mouseClick(sheet.sent, Qt.MouseButton.LeftButton)
    filed = dialog_of(window, FiledSheet)
    assert nameless(filed) == []
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(receipt))])
    drop = QDropEvent(
        QPointF(9, 9), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    filed.dropEvent(drop)
    settle()
    assert "confirmation.txt" in filed.shown.text()
    filed.reference.line.setText("D-9")
    QTest.mouseClick(filed.accept_button, Qt.MouseButton.LeftButton)
    settle()
    settle()
    desk = window.desktop.bridge.desk
    detail = case_detail(desk, space.detail.case.id)
    assert [(f.avenue, f.reference) for f in detail.filings] == [("platform_dispute", "D-9")]
    assert detail.exhibits[-1].kind == "receipt"
    assert detail.documents[-1].sent_on is not None
    undo(desk)
    assert case_detail(desk, space.detail.case.id).filings == ()


def test_a_pasted_picture_is_a_confirmation_too(window, sheet, settle):
    QTest.mouseClick(sheet.sent, Qt.MouseButton.LeftButton)
    filed = dialog_of(window, FiledSheet)
    picture = QImage(20, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    QGuiApplication.clipboard().setImage(picture)
    QTest.mouseClick(filed.paste, Qt.MouseButton.LeftButton)
    assert "the pasted picture" in filed.shown.text()
    QTest.mouseClick(filed.remove, Qt.MouseButton.LeftButton)
    assert filed.receipt is None


def test_thirty_files_are_thirty_steps(desk, space, open_sheet):
    case = space.detail.case.id
    add_evidence(
        desk, case,
        [PastedImage(b"\x89PNG\r\n\x1a\n" + bytes([n]) * 40, desk.clock.now()) for n in range(30)],
    )  # fmt: skip
    sheet = open_sheet()
    assert [s.name for s in sheet.walk.steps][-1] == "file 30"
    turn_to(sheet, "file 30")
    assert "30" in sheet.page.step.label
