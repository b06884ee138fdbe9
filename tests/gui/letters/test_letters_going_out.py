"""From the room of letters out into the world: printed as one job, mailed, called sent."""

import pypdfium2
import pytest
from PySide6.QtCore import QItemSelectionModel
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QDialog

from disputedesk.desk.operations.mailing import record_posting
from disputedesk.desk.operations.papers import make_letter
from disputedesk.desk.operations.undo import undo
from disputedesk.desk.queries.cases import find_case
from disputedesk.desk.queries.postings import postings_of
from disputedesk.gui.mail_sheet import MailSheet
from disputedesk.gui.pdf_pages import measure
from disputedesk.gui.posted_sheet import PostedSheet
from disputedesk.gui.print_sheet import PrintSheet
from disputedesk.gui.sent_sheet import SentSheet
from disputedesk.model.posting import PostingWay
from tests.gui.stage import TODAY, dialog_of, nameless

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", "propagateSizeHints")


@pytest.fixture
def desk(sample_desk):
    """The sample desk: a case that lacks nothing for its letter."""
    return sample_desk


@pytest.fixture
def letters(desk):
    """Two papers of a case, neither sent."""
    case = find_case(desk, "1001")
    return [
        make_letter(desk, case, form="bank_chargeback", language=language)
        for language in ("en", "ru")
    ]


@pytest.fixture
def room(letters, make_window, settle):
    window = make_window("letters", size=(780, 560))
    shown = window.room_view("letters")
    shown.bar.field.setText("1001")
    shown.bar.changed.emit()
    settle()
    choose(shown, letters[0].value.id, settle)
    return shown


def choose(room, number, settle):
    at = room.model.find(number)
    room.table.setCurrentIndex(room.model.index(at, 0))
    room.grab()
    settle()
    room._resting.stop()
    room._show_chosen()
    settle()


def mark_all(room, settle):
    rows = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for at in range(room.model.rowCount()):
        room.table.selectionModel().select(room.model.index(at, 0), rows)
    settle()


def test_marked_papers_are_one_print_job_with_a_sheet_before_each(room, letters, settle, tmp_path):
    mark_all(room, settle)
    count = room.model.rowCount()
    assert room.detail.printing.text() == f"Print {count} papers…"
    assert room.detail.printing.accessibleName() == room.detail.printing.text()
    room.detail.printing.click()
    settle()
    sheet = dialog_of(room.window(), PrintSheet)
    assert nameless(sheet) == []
    made = {outcome.value.id: outcome.value for outcome in letters}
    assert set(made) <= set(sheet.wanted[0]), "what is marked is ticked"
    for number, box in sheet.boxes.items():
        box.setChecked(number in made)
    sheet.save_to(str(tmp_path / "all.pdf"))
    settle()
    pages = [letters[1].value.pages, letters[0].value.pages]
    assert measure(tmp_path / "all.pdf").pages == sum(pages) + 2
    with pypdfium2.PdfDocument(tmp_path / "all.pdf") as pdf:
        first = pdf[0].get_textpage().get_text_range()
        second = pdf[pages[0] + 1].get_textpage().get_text_range()
    assert "1001" in first
    assert "1001" in second
    sheet.accept()
    settle()
    dialog_of(room.window(), QPrintDialog).reject()
    sheet.reject()


def test_a_paper_marked_far_down_is_printed_though_it_was_never_shown(room, letters, settle):
    room.detail.set_marked([outcome.value.id for outcome in letters])
    room.model.forget_all()
    room.detail.print_marked()
    settle()
    sheet = dialog_of(room.window(), PrintSheet)
    assert list(sheet.boxes) == [outcome.value.id for outcome in letters]
    sheet.reject()


def test_one_paper_is_mailed_from_the_room(room, letters, settle):
    room.detail.mail.click()
    settle()
    sheet = dialog_of(room.window(), MailSheet)
    assert letters[0].value.name in sheet.attached.text()
    sheet.reject()


def test_a_paper_goes_out_first_as_a_step_and_then_again(room, letters, desk, settle):
    number = letters[0].value.id
    assert room.detail.telling.text() == "I have sent it…"
    room.detail.telling.click()
    settle()
    sent = dialog_of(room.window(), SentSheet)
    sent.accept()
    settle()
    settle()
    assert postings_of(desk, number)[0].filing is not None, "the other side's clock runs"
    choose(room, number, settle)
    assert room.detail.telling.text() == "It went out again…"
    assert room.detail.went.text().count("✓") == 1
    room.detail.telling.click()
    settle()
    again = dialog_of(room.window(), PostedSheet)
    again.fields.way.setCurrentIndex(again.fields.way.findData("registered"))
    again.fields.tracking.line.setText("RR1")
    again.accept()
    settle()
    settle()
    assert [each.way for each in postings_of(desk, number)] == [
        PostingWay.POST, PostingWay.REGISTERED,
    ]  # fmt: skip
    assert "RR1" in room.detail.went.text(), "what was kept is told at once"


def test_a_going_out_that_is_taken_back_is_no_longer_told(room, letters, settle):
    number = letters[0].value.id
    job = room.bridge.run(record_posting, number, way=PostingWay.FAX, on=TODAY)
    kept = []
    job.succeeded.connect(kept.append)
    settle()
    choose(room, number, settle)
    assert "by fax" in room.detail.went.text()
    room.bridge.run(undo, kept[0].undo)
    settle()
    choose(room, number, settle)
    assert not room.detail.went.isVisibleTo(room.detail)
    assert room.detail.telling.text() == "I have sent it…"


def test_an_empty_list_leaves_nothing_to_print_save_or_send(room, letters, settle):
    mark_all(room, settle)
    assert len(room.detail._marked) == len(letters)
    room.bar.field.setText("nothing has these words")
    room.bar.changed.emit()
    settle()
    assert room.pages.currentWidget() is room.empty
    assert (room.detail.row, room.detail._marked) == (None, ())
    for press in (room.detail.print_marked, room.detail.save, room.detail.tell_sent):
        press()
    settle()
    assert [one for one in room.window().findChildren(QDialog) if one.isVisible()] == []
    room.show_all()
    settle()
    assert room.detail.row is not None
